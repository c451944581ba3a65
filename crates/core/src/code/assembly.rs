//! Matrices as a network.

use crate::network::{Activation, Blueprint, BlueprintError, LayerPlan, Network};
use crate::words::shortened;

use super::matrix::{self, Matrix, MatrixError};

/// A network that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Assembly {
    /// The network.
    pub network: Network,
    /// Its inputs, if the text had a vector named `x` or `inputs`.
    pub inputs: Option<Vec<f64>>,
    /// Whether the weights were written `[input][neuron]` in some layer, and were turned round.
    pub is_transposed: bool,
}

/// Why a text is no network. Each is one sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AssemblyError {
    /// It can't be read.
    #[error(transparent)]
    Text(#[from] MatrixError),
    /// There is nothing to read.
    #[error("there is no matrix in this text; write one like W1 = [[0.2, 0.8], [0.5, -0.9]]")]
    Nothing,
    /// Its matrices don't follow from each other.
    #[error("line {line}: {reason}")]
    Fit {
        /// Where the matrix starts that does not fit.
        line: usize,
        /// How it does not fit.
        reason: String,
    },
    /// The network would be too large.
    #[error(transparent)]
    Size(#[from] BlueprintError),
}

/// One layer's matrices.
struct Layer {
    weights: Matrix,
    bias: Option<Matrix>,
}

/// What a matrix is, as far as its name tells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Weights,
    Bias,
    Inputs,
    Unknown,
}

/// Reads a network from pasted text; see [`matrix::read`] for what is understood.
///
/// Names tell weights (`W1`, `weights_1`, `0.weight`, `kernel`), biases (`b1`, `biases`, `0.bias`) and inputs (`x`,
/// `inputs`), and a number in them the order of the layers. Without names a matrix is weights, and a vector after it
/// with a number for each neuron is its biases; layers without biases get 0. A vector as weights is one neuron.
///
/// Weights may be written `[neuron][input]`, as PyTorch has them, or `[input][neuron]`, as Keras has: biases, the
/// next layer and the inputs tell which. Where they leave it open, `[neuron][input]` is assumed.
///
/// Text of matrices has no activations: where the shape is that of `like`, names and activations are taken from
/// there; otherwise hidden layers get relu and the last one is linear.
///
/// # Errors
/// One sentence; a matrix that does not fit is named with its line.
pub fn read(text: &str, like: Option<&Blueprint>) -> Result<Assembly, AssemblyError> {
    assemble(matrix::read(text)?, like)
}

/// As [`read`], from matrices.
///
/// # Errors
/// As [`read`], but for the text.
pub fn assemble(matrices: Vec<Matrix>, like: Option<&Blueprint>) -> Result<Assembly, AssemblyError> {
    let (layers, inputs) = sorted(matrices)?;
    if layers.is_empty() {
        return Err(AssemblyError::Nothing);
    }
    let turned = orientation(&layers, inputs.as_ref().map(|inputs| inputs.values.len()))?;
    let mut plans = Vec::new();
    let last = layers.len() - 1;
    let mut first_inputs = 0;
    for (index, (layer, &is_turned)) in layers.iter().zip(&turned).enumerate() {
        let (fan_in, width) = sizes(&layer.weights, is_turned);
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
    let blueprint = Blueprint::dense(first_inputs, &plans)?;
    let blueprint = match like {
        Some(like) if is_same_shape(like, &blueprint) => like.clone(),
        _ => blueprint,
    };
    let is_transposed = turned.contains(&true);
    let mut knobs = Vec::with_capacity(blueprint.knob_count());
    for (index, (layer, is_turned)) in layers.into_iter().zip(turned).enumerate() {
        let weights = if is_turned {
            layer.weights.transposed()
        } else {
            layer.weights
        };
        knobs.extend(weights.values);
        match layer.bias {
            Some(bias) => knobs.extend(bias.values),
            None => knobs.resize(knobs.len() + blueprint.width(index), 0.0),
        }
    }
    let network = Network::from_knobs(blueprint, knobs).ok_or(AssemblyError::Nothing)?;
    Ok(Assembly {
        network,
        inputs: inputs.map(|inputs| inputs.values),
        is_transposed,
    })
}

fn is_same_shape(left: &Blueprint, right: &Blueprint) -> bool {
    let widths = |blueprint: &Blueprint| -> Vec<usize> {
        let layers: &[LayerPlan] = blueprint.layers();
        layers.iter().map(|plan| plan.neurons.len()).collect()
    };
    left.inputs() == right.inputs() && widths(left) == widths(right)
}

/// The matrices as layers in order, and the inputs.
fn sorted(matrices: Vec<Matrix>) -> Result<(Vec<Layer>, Option<Matrix>), AssemblyError> {
    let mut weights: Vec<(Option<u64>, Matrix)> = Vec::new();
    let mut biases: Vec<(Option<u64>, Matrix)> = Vec::new();
    // The bias that follows each matrix of weights without a name.
    let mut followers: Vec<Option<Matrix>> = Vec::new();
    let mut inputs = None;
    for matrix in matrices {
        let (role, number) = matrix.name.as_deref().map_or((Role::Unknown, None), role);
        match role {
            Role::Inputs if matrix.is_vector || matrix.rows == 1 || matrix.columns == 1 => {
                inputs = Some(matrix)
            }
            Role::Inputs => {
                return Err(misfit(
                    &matrix,
                    "holds several rows of inputs; paste one row, or the weights",
                ));
            }
            Role::Bias => biases.push((number, matrix)),
            Role::Weights => {
                weights.push((number, matrix));
                followers.push(None);
            }
            Role::Unknown => {
                let is_bias = match (weights.last(), followers.last()) {
                    (Some((_, before)), Some(None)) => {
                        let length = matrix.values.len();
                        let is_row = matrix.is_vector || matrix.rows == 1 || matrix.columns == 1;
                        is_row && (length == before.rows || length == before.columns)
                    }
                    _ => false,
                };
                if is_bias {
                    if let Some(follower) = followers.last_mut() {
                        *follower = Some(matrix);
                    }
                } else {
                    weights.push((number, matrix));
                    followers.push(None);
                }
            }
        }
    }
    let numbers = |list: &[(Option<u64>, Matrix)]| -> Option<Vec<u64>> {
        let mut numbers: Vec<u64> = list.iter().map(|(number, _)| *number).collect::<Option<_>>()?;
        numbers.sort_unstable();
        let count = numbers.len();
        numbers.dedup();
        (numbers.len() == count).then_some(numbers)
    };
    let order = numbers(&weights);
    let by_number =
        order.is_some() && !biases.is_empty() && biases.iter().all(|(number, _)| number.is_some());
    let mut layers: Vec<(Option<u64>, Layer)> = weights
        .into_iter()
        .zip(followers)
        .map(|((number, weights), bias)| (number, Layer { weights, bias }))
        .collect();
    if order.is_some() {
        layers.sort_by_key(|(number, _)| *number);
    }
    for (place, (number, bias)) in biases.into_iter().enumerate() {
        let found = if by_number {
            layers.iter_mut().find(|(other, _)| *other == number)
        } else {
            layers.get_mut(place)
        };
        match found {
            Some((_, layer)) if layer.bias.is_none() => layer.bias = Some(bias),
            Some(_) => return Err(misfit(&bias, "is a second bias of the same layer")),
            None => {
                return Err(misfit(
                    &bias,
                    "is a bias, and there are no weights that it belongs to",
                ));
            }
        }
    }
    Ok((layers.into_iter().map(|(_, layer)| layer).collect(), inputs))
}

/// What a name says: `W1`, `weights_1`, `model[0].weight`, `b`, `inputs`.
fn role(name: &str) -> (Role, Option<u64>) {
    let lower = name.to_lowercase();
    let word = lower.trim_matches(|c: char| c.is_ascii_digit() || matches!(c, '_' | '.' | '(' | ')'));
    let last = word.rsplit(['.', '_', ']']).next().unwrap_or(word);
    let role = if lower.contains("bias")
        || matches!(last, "b")
        || matches!(word, "b" | "intercept" | "intercepts")
    {
        Role::Bias
    } else if ["weight", "kernel", "coef", "theta"]
        .iter()
        .any(|part| lower.contains(part))
        || matches!(last, "w")
    {
        Role::Weights
    } else if matches!(word, "x" | "input" | "inputs") {
        Role::Inputs
    } else {
        Role::Unknown
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

/// Inputs and neurons of a matrix of weights.
fn sizes(weights: &Matrix, is_turned: bool) -> (usize, usize) {
    if is_turned {
        (weights.rows, weights.columns)
    } else {
        (weights.columns, weights.rows)
    }
}

/// For each layer whether its weights are `[input][neuron]`. One way for all layers is preferred, and of the two
/// `[neuron][input]`.
fn orientation(layers: &[Layer], inputs: Option<usize>) -> Result<Vec<bool>, AssemblyError> {
    let fits = |index: usize, is_turned: bool, wanted: Option<usize>| {
        let layer: &Layer = &layers[index];
        let (fan_in, width) = sizes(&layer.weights, is_turned);
        let is_vector = layer.weights.is_vector && is_turned && layer.weights.columns > 1;
        let bias = layer.bias.as_ref().is_none_or(|bias| bias.values.len() == width);
        // A vector as weights is one neuron, unless its layer has a bias for each of its numbers.
        bias && wanted.is_none_or(|wanted| wanted == fan_in) && (!is_vector || layer.bias.is_some())
    };
    // As far as the layers fit, each after the one before.
    let run = |choose: &dyn Fn(usize, Option<usize>) -> Option<bool>| {
        let mut turned = Vec::new();
        let mut wanted = inputs;
        for (index, layer) in layers.iter().enumerate() {
            let Some(is_turned) = choose(index, wanted) else {
                break;
            };
            turned.push(is_turned);
            wanted = Some(sizes(&layer.weights, is_turned).1);
        }
        turned
    };
    let uniform = |is_turned: bool| run(&|index, wanted| fits(index, is_turned, wanted).then_some(is_turned));
    let mixed = |first: bool| {
        run(&|index, wanted| {
            let both = if index == 0 {
                [first, !first]
            } else {
                [false, true]
            };
            let mut both = both.into_iter().take(if index == 0 { 1 } else { 2 });
            both.find(|&is_turned| fits(index, is_turned, wanted))
        })
    };
    let tries = [uniform(false), uniform(true), mixed(false), mixed(true)];
    if let Some(found) = tries.iter().find(|turned| turned.len() == layers.len()) {
        return Ok(found.clone());
    }
    // The first of the longest.
    let longest = tries.iter().rev().max_by_key(|turned| turned.len());
    let place = longest.map_or(0, Vec::len);
    let Layer { weights, bias } = &layers[place];
    let before = match (
        longest.and_then(|turned| turned.last()),
        place.checked_sub(1),
        inputs,
    ) {
        (Some(&is_turned), Some(before), _) => {
            let (_, width) = sizes(&layers[before].weights, is_turned);
            format!("; the layer before has {}", counted(width, "neuron"))
        }
        (_, _, Some(inputs)) => format!("; there are {}", counted(inputs, "input")),
        _ => String::new(),
    };
    let bias = bias.as_ref().map_or_else(String::new, |bias| {
        format!(" and has {}", counted(bias.values.len(), "bias"))
    });
    let reason = format!(
        "is {} by {}{bias}, which does not fit{before}",
        weights.rows, weights.columns
    );
    Err(misfit(weights, &reason))
}

fn counted(count: usize, noun: &str) -> String {
    match (count, noun) {
        (1, _) => format!("1 {noun}"),
        (_, "bias") => format!("{count} biases"),
        _ => format!("{count} {noun}s"),
    }
}

fn misfit(matrix: &Matrix, reason: &str) -> AssemblyError {
    let name = matrix
        .name
        .as_deref()
        .map_or("this matrix".to_owned(), |name| format!("“{}”", shortened(name)));
    AssemblyError::Fit {
        line: matrix.line,
        reason: format!("{name} {reason}"),
    }
}
