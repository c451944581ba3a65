//! A network assembled from parsed matrices.

use crate::network::{Activation, Architecture, ArchitectureError, LayerPlan, Network};
use crate::text::{Localized, Messages, shortened};

use super::matrix_parser::{self, MatrixParseError, ParsedMatrix};

/// A network read from text.
#[derive(Debug, Clone, PartialEq)]
pub struct ParsedNetwork {
    /// The network.
    pub network: Network,
    /// The inputs, if the text had a vector named `x` or `inputs`.
    pub inputs: Option<Vec<f64>>,
    /// True if the weights of some layer were written `[input][neuron]` and have been transposed.
    pub is_transposed: bool,
}

/// The reason why a text is not a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NetworkParseError {
    /// The text can't be parsed.
    Text(MatrixParseError),
    /// The text contains no matrix.
    NoMatrix,
    /// The matrices don't fit together.
    Mismatch {
        /// The line on which the matrix starts that doesn't fit.
        line: usize,
        /// The name of the matrix, if it has one.
        name: Option<String>,
        /// The reason.
        mismatch: MatrixMismatch,
    },
    /// The network would be too large.
    Size(ArchitectureError),
}

/// The reason why a matrix doesn't fit the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatrixMismatch {
    /// There are several rows of inputs.
    SeveralInputs,
    /// The layer has a bias already.
    SecondBias,
    /// There are no weights for the bias.
    BiasAlone,
    /// The weights don't fit the biases, or what is before them.
    Size {
        /// The number of rows.
        rows: usize,
        /// The number of columns.
        columns: usize,
        /// The number of biases of the layer, if it has any.
        biases: Option<usize>,
        /// The part before the layer.
        before: PrecedingPart,
    },
}

/// The part before a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrecedingPart {
    /// Nothing that was given.
    Nothing,
    /// This many inputs.
    Inputs(usize),
    /// A layer of this many neurons.
    Layer(usize),
}

impl MatrixMismatch {
    fn message(self, matrix: &str, messages: Messages) -> String {
        let (rows, columns, biases, before) = match self {
            Self::SeveralInputs => return messages.pasted_several_inputs(matrix),
            Self::SecondBias => return messages.pasted_second_bias(matrix),
            Self::BiasAlone => return messages.pasted_bias_alone(matrix),
            Self::Size {
                rows,
                columns,
                biases,
                before,
            } => (rows, columns, biases, before),
        };
        match (biases, before) {
            (None, PrecedingPart::Nothing) => messages.pasted_size(matrix, rows, columns),
            (None, PrecedingPart::Layer(neurons)) => {
                messages.pasted_size_after_layer(matrix, rows, columns, neurons)
            }
            (None, PrecedingPart::Inputs(inputs)) => {
                messages.pasted_size_after_inputs(matrix, rows, columns, inputs)
            }
            (Some(biases), PrecedingPart::Nothing) => {
                messages.pasted_size_with_bias(matrix, rows, columns, biases)
            }
            (Some(biases), PrecedingPart::Layer(neurons)) => {
                messages.pasted_size_with_bias_after_layer(matrix, rows, columns, biases, neurons)
            }
            (Some(biases), PrecedingPart::Inputs(inputs)) => {
                messages.pasted_size_with_bias_after_inputs(matrix, rows, columns, biases, inputs)
            }
        }
    }
}

impl Localized for NetworkParseError {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::Text(error) => error.message(messages),
            Self::NoMatrix => messages.pasted_no_matrix().to_owned(),
            Self::Mismatch { line, name, mismatch } => {
                let matrix = match name {
                    Some(name) => format!("“{name}”"),
                    None => messages.pasted_this_matrix().to_owned(),
                };
                messages.pasted_problem(line, mismatch.message(&matrix, messages))
            }
            Self::Size(error) => error.message(messages),
        }
    }
}

crate::localized_errors!(NetworkParseError);

impl From<MatrixParseError> for NetworkParseError {
    fn from(error: MatrixParseError) -> Self {
        Self::Text(error)
    }
}

impl From<ArchitectureError> for NetworkParseError {
    fn from(error: ArchitectureError) -> Self {
        Self::Size(error)
    }
}

struct LayerMatrices {
    weights: ParsedMatrix,
    bias: Option<ParsedMatrix>,
}

/// The role of a matrix according to its name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum MatrixRole {
    Weights,
    Bias,
    Inputs,
    Unknown,
}

/// Reads a network from pasted text; see [`matrix_parser::parse`] for the formats.
///
/// Names identify weights (`W1`, `weights_1`, `0.weight`, `kernel`), biases (`b1`, `biases`, `0.bias`) and
/// inputs (`x`, `inputs`); a number in a name gives the order of the layers. Without names a matrix is
/// weights, and a vector after it with a number for each neuron is its biases; layers without biases get 0. A
/// vector as weights is one neuron.
///
/// Weights may be `[neuron][input]`, as in PyTorch, or `[input][neuron]`, as in Keras; the biases, the next
/// layer and the inputs decide. If they leave it open, `[neuron][input]` is assumed.
///
/// Matrices contain no activations. If the widths are those of `template`, names and activations are taken
/// from it; otherwise hidden layers get ReLU and the output layer is linear.
///
/// # Errors
///
/// Returns an error if the text can't be parsed, contains no matrix, its matrices don't fit together, or the
/// network would be too large.
///
/// ```
/// use neurodial_core::code::parsed_network;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let text = "weights = [[0.2, 0.8], [0.5, -0.91]]\nbiases = [2, 3]\ninputs = [1, 2]";
/// let parsed = parsed_network::parse(text, None)?;
/// assert_eq!(parsed.network.knobs(), [0.2, 0.8, 0.5, -0.91, 2.0, 3.0]);
/// assert_eq!(parsed.inputs, Some(vec![1.0, 2.0]));
/// # Ok(())
/// # }
/// ```
pub fn parse(text: &str, template: Option<&Architecture>) -> Result<ParsedNetwork, NetworkParseError> {
    from_matrices(matrix_parser::parse(text)?, template)
}

/// Builds a network from parsed matrices, in the same way as [`parse`].
///
/// # Errors
///
/// Returns an error if there is no matrix, the matrices don't fit together, or the network would be too
/// large.
pub(crate) fn from_matrices(
    matrices: Vec<ParsedMatrix>,
    template: Option<&Architecture>,
) -> Result<ParsedNetwork, NetworkParseError> {
    let (layers, inputs) = group_by_layer(matrices)?;
    if layers.is_empty() {
        return Err(NetworkParseError::NoMatrix);
    }
    let are_transposed = find_orientations(&layers, inputs.as_ref().map(|inputs| inputs.values.len()))?;
    let mut plans = Vec::new();
    let last = layers.len() - 1;
    let mut first_inputs = 0;
    for (index, (layer, &is_transposed)) in layers.iter().zip(&are_transposed).enumerate() {
        let (fan_in, width) = fan_in_and_width(&layer.weights, is_transposed);
        if index == 0 {
            first_inputs = fan_in;
        }
        let activation = if index == last {
            Activation::Linear
        } else {
            Activation::Relu
        };
        plans.push((width, activation));
    }
    let architecture = Architecture::dense(first_inputs, &plans)?;
    let architecture = match template {
        Some(template) if has_same_widths(template, &architecture) => template.clone(),
        _ => architecture,
    };
    let is_transposed = are_transposed.contains(&true);
    let mut knobs = Vec::with_capacity(architecture.knob_count());
    for (index, (layer, is_transposed)) in layers.into_iter().zip(are_transposed).enumerate() {
        let weights = if is_transposed {
            layer.weights.transposed()
        } else {
            layer.weights
        };
        knobs.extend(weights.values);
        match layer.bias {
            Some(bias) => knobs.extend(bias.values),
            None => knobs.resize(knobs.len() + architecture.width(index), 0.0),
        }
    }
    let network = Network::from_knobs(architecture, knobs).ok_or(NetworkParseError::NoMatrix)?;
    Ok(ParsedNetwork {
        network,
        inputs: inputs.map(|inputs| inputs.values),
        is_transposed,
    })
}

/// True if both architectures have the same number of inputs and the same widths.
fn has_same_widths(left: &Architecture, right: &Architecture) -> bool {
    let widths = |architecture: &Architecture| -> Vec<usize> {
        let layers: &[LayerPlan] = architecture.layers();
        layers.iter().map(|plan| plan.neurons.len()).collect()
    };
    left.input_count() == right.input_count() && widths(left) == widths(right)
}

/// Returns the matrices as layers in order, and the inputs.
fn group_by_layer(
    matrices: Vec<ParsedMatrix>,
) -> Result<(Vec<LayerMatrices>, Option<ParsedMatrix>), NetworkParseError> {
    let mut weights: Vec<(Option<u64>, ParsedMatrix)> = Vec::new();
    let mut biases: Vec<(Option<u64>, ParsedMatrix)> = Vec::new();
    // The bias that follows each matrix of weights and has no name.
    let mut following_biases: Vec<Option<ParsedMatrix>> = Vec::new();
    let mut inputs = None;
    for matrix in matrices {
        let (role, number) = matrix
            .name
            .as_deref()
            .map_or((MatrixRole::Unknown, None), parse_name);
        match role {
            MatrixRole::Inputs if matrix.is_vector || matrix.rows == 1 || matrix.columns == 1 => {
                inputs = Some(matrix)
            }
            MatrixRole::Inputs => {
                return Err(mismatch_error(&matrix, MatrixMismatch::SeveralInputs));
            }
            MatrixRole::Bias => biases.push((number, matrix)),
            MatrixRole::Weights => {
                weights.push((number, matrix));
                following_biases.push(None);
            }
            MatrixRole::Unknown => {
                let is_bias = match (weights.last(), following_biases.last()) {
                    (Some((_, before)), Some(None)) => {
                        let length = matrix.values.len();
                        let is_row = matrix.is_vector || matrix.rows == 1 || matrix.columns == 1;
                        is_row && (length == before.rows || length == before.columns)
                    }
                    _ => false,
                };
                if is_bias {
                    if let Some(follower) = following_biases.last_mut() {
                        *follower = Some(matrix);
                    }
                } else {
                    weights.push((number, matrix));
                    following_biases.push(None);
                }
            }
        }
    }
    let numbers = |list: &[(Option<u64>, ParsedMatrix)]| -> Option<Vec<u64>> {
        let mut numbers: Vec<u64> = list.iter().map(|(number, _)| *number).collect::<Option<_>>()?;
        numbers.sort_unstable();
        let count = numbers.len();
        numbers.dedup();
        (numbers.len() == count).then_some(numbers)
    };
    let order = numbers(&weights);
    let by_number =
        order.is_some() && !biases.is_empty() && biases.iter().all(|(number, _)| number.is_some());
    let mut layers: Vec<(Option<u64>, LayerMatrices)> = weights
        .into_iter()
        .zip(following_biases)
        .map(|((number, weights), bias)| (number, LayerMatrices { weights, bias }))
        .collect();
    if order.is_some() {
        layers.sort_by_key(|(number, _)| *number);
    }
    for (index, (number, bias)) in biases.into_iter().enumerate() {
        let found = if by_number {
            layers.iter_mut().find(|(other, _)| *other == number)
        } else {
            layers.get_mut(index)
        };
        match found {
            Some((_, layer)) if layer.bias.is_none() => layer.bias = Some(bias),
            Some(_) => return Err(mismatch_error(&bias, MatrixMismatch::SecondBias)),
            None => {
                return Err(mismatch_error(&bias, MatrixMismatch::BiasAlone));
            }
        }
    }
    Ok((layers.into_iter().map(|(_, layer)| layer).collect(), inputs))
}

/// Returns the role that is meant by a name such as `W1`, `weights_1`, `model[0].weight`, `b` or `inputs`,
/// and the number in it if there is exactly one.
fn parse_name(name: &str) -> (MatrixRole, Option<u64>) {
    let lower = name.to_lowercase();
    let word = lower.trim_matches(|c: char| c.is_ascii_digit() || matches!(c, '_' | '.' | '(' | ')'));
    let last = word.rsplit(['.', '_', ']']).next().unwrap_or(word);
    let role = if lower.contains("bias")
        || matches!(last, "b")
        || matches!(word, "b" | "intercept" | "intercepts")
    {
        MatrixRole::Bias
    } else if ["weight", "kernel", "coef", "theta"]
        .iter()
        .any(|part| lower.contains(part))
        || matches!(last, "w")
    {
        MatrixRole::Weights
    } else if matches!(word, "x" | "input" | "inputs") {
        MatrixRole::Inputs
    } else {
        MatrixRole::Unknown
    };
    let digits: Vec<&str> = lower
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .collect();
    let number = match digits.as_slice() {
        [only] => only.parse().ok(),
        _ => None,
    };
    (role, number)
}

/// Returns the number of inputs and of neurons of a weight matrix.
fn fan_in_and_width(weights: &ParsedMatrix, is_transposed: bool) -> (usize, usize) {
    if is_transposed {
        (weights.rows, weights.columns)
    } else {
        (weights.columns, weights.rows)
    }
}

/// Returns true for each layer whose weights are `[input][neuron]`. The same orientation in all layers is
/// preferred to different ones, and `[neuron][input]` is preferred to `[input][neuron]`.
///
/// # Errors
///
/// Returns an error for the first layer that doesn't fit in any orientation.
fn find_orientations(
    layers: &[LayerMatrices],
    inputs: Option<usize>,
) -> Result<Vec<bool>, NetworkParseError> {
    let fits = |index: usize, is_transposed: bool, required_fan_in: Option<usize>| {
        let layer: &LayerMatrices = &layers[index];
        let (fan_in, width) = fan_in_and_width(&layer.weights, is_transposed);
        let is_vector = layer.weights.is_vector && is_transposed && layer.weights.columns > 1;
        let bias = layer.bias.as_ref().is_none_or(|bias| bias.values.len() == width);
        // A vector as weights is one neuron, unless its layer has a bias for each of its numbers.
        bias && required_fan_in.is_none_or(|required_fan_in| required_fan_in == fan_in)
            && (!is_vector || layer.bias.is_some())
    };
    // Returns the orientations of the layers up to the first that doesn't fit the one before.
    let fitting_layers = |choose: &dyn Fn(usize, Option<usize>) -> Option<bool>| {
        let mut are_transposed = Vec::new();
        let mut required_fan_in = inputs;
        for (index, layer) in layers.iter().enumerate() {
            let Some(is_transposed) = choose(index, required_fan_in) else {
                break;
            };
            are_transposed.push(is_transposed);
            required_fan_in = Some(fan_in_and_width(&layer.weights, is_transposed).1);
        }
        are_transposed
    };
    let uniform = |is_transposed: bool| {
        fitting_layers(&|index, required_fan_in| {
            fits(index, is_transposed, required_fan_in).then_some(is_transposed)
        })
    };
    let mixed = |first: bool| {
        fitting_layers(&|index, required_fan_in| {
            let both = if index == 0 {
                [first, !first]
            } else {
                [false, true]
            };
            let mut both = both.into_iter().take(if index == 0 { 1 } else { 2 });
            both.find(|&is_transposed| fits(index, is_transposed, required_fan_in))
        })
    };
    let candidates = [uniform(false), uniform(true), mixed(false), mixed(true)];
    if let Some(found) = candidates
        .iter()
        .find(|orientations| orientations.len() == layers.len())
    {
        return Ok(found.clone());
    }
    // The first candidate among the longest.
    let longest = candidates
        .iter()
        .rev()
        .max_by_key(|orientations| orientations.len());
    let index = longest.map_or(0, Vec::len);
    let LayerMatrices { weights, bias } = &layers[index];
    let before = match (
        longest.and_then(|orientations| orientations.last()),
        index.checked_sub(1),
        inputs,
    ) {
        (Some(&is_transposed), Some(before), _) => {
            let (_, width) = fan_in_and_width(&layers[before].weights, is_transposed);
            PrecedingPart::Layer(width)
        }
        (_, _, Some(inputs)) => PrecedingPart::Inputs(inputs),
        _ => PrecedingPart::Nothing,
    };
    let mismatch = MatrixMismatch::Size {
        rows: weights.rows,
        columns: weights.columns,
        biases: bias.as_ref().map(|bias| bias.values.len()),
        before,
    };
    Err(mismatch_error(weights, mismatch))
}

/// Returns the error that a matrix doesn't fit.
fn mismatch_error(matrix: &ParsedMatrix, mismatch: MatrixMismatch) -> NetworkParseError {
    NetworkParseError::Mismatch {
        line: matrix.line,
        name: matrix.name.as_deref().map(shortened),
        mismatch,
    }
}
