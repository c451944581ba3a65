//! LaTeX: a neuron's sum (in symbols, with its numbers, the products, and what the activation makes of it), and
//! the whole network as matrices.

use crate::network::{Activation, Blueprint, Knob, Network, NeuronAt, Symbol, Trace};
use crate::session::{Document, Target};
use crate::words::fixed;

use super::Listing;
use super::listing::{Pen, exact, in_comment};

/// The most columns that amsmath's matrices have unless they are told.
const MATRIX_COLUMNS: usize = 10;

/// The whole network as an `align*` environment (package amsmath): the inputs, then layer by layer
/// `z = W a + b` with the numbers, and what the activation makes of it.
pub fn write(document: &Document) -> Listing {
    let network = &document.network;
    let blueprint = network.blueprint();
    let mut pen = Pen::new(exact_latex, usize::MAX);
    pen.line(&format!(
        "% {} Needs the package amsmath.",
        blueprint.shape_words()
    ));
    write_names(&mut pen, blueprint);
    let widest = (0..blueprint.layers().len())
        .map(|layer| blueprint.fan_in(layer))
        .max();
    if let Some(columns @ MATRIX_COLUMNS..) = widest.filter(|&columns| columns > MATRIX_COLUMNS) {
        pen.line(&format!("\\setcounter{{MaxMatrixCols}}{{{columns}}}"));
    }
    pen.line("\\begin{align*}");
    pen.write("  x &= ");
    matrix(&mut pen, &document.inputs, 1, |input, _| Target::Input(input));
    for (layer, plan) in blueprint.layers().iter().enumerate() {
        let view = network.layer(layer);
        let raised = if blueprint.layers().len() > 1 {
            format!("^{{({})}}", layer + 1)
        } else {
            String::new()
        };
        pen.write(&format!(" \\\\\n  z{raised} &= "));
        matrix(&mut pen, view.weights, view.fan_in, |neuron, input| {
            Knob::weight(layer, neuron, input).into()
        });
        let source = match layer {
            0 => "x".to_owned(),
            _ => format!("a^{{({layer})}}"),
        };
        pen.write(&format!(" {source} + "));
        matrix(&mut pen, view.biases, 1, |neuron, _| {
            Knob::bias(layer, neuron).into()
        });
        let mut row = |index: &str, activation: Activation| {
            let z = format!("z{raised}_{{{index}}}");
            let all = format!("z{raised}_{{j}}");
            let a = elementwise(activation, &z, &all);
            pen.write(&format!(" \\\\\n  a{raised}_{{{index}}} &= {a}"));
        };
        match plan.activation() {
            Some(activation) if plan.neurons.len() == 1 => row("1", activation),
            Some(activation) => row("i", activation),
            None => {
                for (neuron, plan) in plan.neurons.iter().enumerate() {
                    row(&(neuron + 1).to_string(), plan.activation);
                }
            }
        }
    }
    pen.write("\n\\end{align*}\n");
    pen.finish()
}

/// Names as comments: a matrix has no place for them.
fn write_names(pen: &mut Pen, blueprint: &Blueprint) {
    for (input, name) in blueprint.input_names().iter().enumerate() {
        if let Some(name) = name {
            pen.line(&format!("% x_{{{}}}: {}", input + 1, in_comment(name)));
        }
    }
    for (layer, plan) in blueprint.layers().iter().enumerate() {
        for (neuron, plan) in plan.neurons.iter().enumerate() {
            if let Some(name) = &plan.name {
                let symbol = latex_symbol(&blueprint.a_symbol(NeuronAt { layer, neuron }));
                pen.line(&format!("% {symbol}: {}", in_comment(name)));
            }
        }
    }
}

/// A `pmatrix` of rows of `columns` numbers.
fn matrix(pen: &mut Pen, values: &[f64], columns: usize, target: impl Fn(usize, usize) -> Target) {
    pen.write("\\begin{pmatrix}\n");
    for (row, values) in values.chunks(columns).enumerate() {
        pen.write(if row == 0 { "    " } else { " \\\\\n    " });
        for (column, &value) in values.iter().enumerate() {
            if column > 0 {
                pen.write(" & ");
            }
            pen.number(value, target(row, column));
        }
    }
    pen.write("\n  \\end{pmatrix}");
}

/// The definition of an activation, of the pre-activation `z`; `all` are those of its layer, for a softmax.
fn elementwise(activation: Activation, z: &str, all: &str) -> String {
    let cases = |above: &str, below: &str| {
        format!("\\begin{{cases}} {above} & {z} > 0 \\\\ {below} & {z} \\le 0 \\end{{cases}}")
    };
    match activation {
        Activation::Linear => z.to_owned(),
        Activation::Step => cases("1", "0"),
        Activation::Relu => format!("\\max(0, {z})"),
        Activation::LeakyRelu => cases(z, &format!("0.01 \\, {z}")),
        Activation::Elu => cases(z, &format!("e^{{{z}}} - 1")),
        Activation::Sigmoid => format!("\\frac{{1}}{{1 + e^{{-{z}}}}}"),
        Activation::Tanh => format!("\\tanh {z}"),
        Activation::Softplus => format!("\\ln\\left(1 + e^{{{z}}}\\right)"),
        Activation::Silu => format!("\\frac{{{z}}}{{1 + e^{{-{z}}}}}"),
        Activation::Gelu => {
            format!(
                "\\frac{{{z}}}{{2}} \\left(1 + \\operatorname{{erf}} \\frac{{{z}}}{{\\sqrt{{2}}}}\\right)"
            )
        }
        Activation::Sine => format!("\\sin {z}"),
        Activation::Softmax => format!("\\frac{{e^{{{z}}}}}{{\\sum_j e^{{{all}}}}}"),
    }
}

/// The fewest digits that read back as the same number; a power of ten in place of an exponent.
pub(super) fn exact_latex(value: f64) -> String {
    let text = exact(value);
    let text = text.strip_suffix(".0").unwrap_or(&text);
    match text.split_once('e') {
        Some((digits, exponent)) => format!("{digits} \\times 10^{{{exponent}}}"),
        None => text.to_owned(),
    }
}

/// The sum of a neuron as an `align*` environment (package amsmath); `trace` is the forward pass of one input.
pub fn formula(network: &Network, trace: &Trace, at: NeuronAt, decimals: usize) -> String {
    let blueprint = network.blueprint();
    let view = network.layer(at.layer);
    let weights = view.weights_of(at.neuron);
    let bias = network.get(Knob::bias(at.layer, at.neuron)).unwrap_or(0.0);
    let number = |value: f64| latex_number(value, decimals);
    let z = latex_symbol(&blueprint.z_symbol(at));
    let a = latex_symbol(&blueprint.a_symbol(at));
    let sources: Vec<f64> = (0..weights.len())
        .map(|input| trace.into_layer(at.layer, input)[0])
        .collect();

    let mut symbols = Vec::new();
    let mut numbers = Vec::new();
    let mut products = Vec::new();
    for (input, (&weight, &source)) in weights.iter().zip(&sources).enumerate() {
        let knob = Knob::weight(at.layer, at.neuron, input);
        symbols.push(format!(
            "{} {}",
            latex_symbol(&blueprint.symbol(knob)),
            latex_symbol(&blueprint.source_symbol(at.layer, input))
        ));
        numbers.push(format!(
            "{} \\cdot {}",
            number(weight),
            parenthesised(number(source))
        ));
        products.push(number(weight * source));
    }
    symbols.push(latex_symbol(&blueprint.symbol(Knob::bias(at.layer, at.neuron))));
    numbers.push(number(bias));
    products.push(number(bias));
    let sum = trace.z(at.layer, at.neuron)[0];
    let output = trace.a(at.layer, at.neuron)[0];
    let lines = [
        format!("  {z} &= {} \\\\", symbols.join(" + ")),
        format!("  &= {} \\\\", added(&numbers)),
        format!("  &= {} \\\\", added(&products)),
        format!("  &= {} \\\\", number(sum)),
        format!(
            "  {a} &= {} = {}",
            activation(
                blueprint.layers()[at.layer].neurons[at.neuron].activation,
                &z,
                &number(sum)
            ),
            number(output)
        ),
    ];
    format!("\\begin{{align*}}\n{}\n\\end{{align*}}\n", lines.join("\n"))
}

/// What stands for an activation of `z`, whose number is `sum`.
fn activation(activation: Activation, z: &str, sum: &str) -> String {
    match activation {
        Activation::Linear => z.to_owned(),
        Activation::Relu => format!("\\max(0, {sum})"),
        Activation::Tanh => format!("\\tanh({sum})"),
        Activation::Sine => format!("\\sin({sum})"),
        Activation::Sigmoid => format!("\\frac{{1}}{{1 + e^{{-{}}}}}", parenthesised(sum.to_owned())),
        Activation::Softplus => format!("\\ln\\left(1 + e^{{{sum}}}\\right)"),
        Activation::Softmax => {
            let letter = z.split('_').next().unwrap_or("z");
            format!("\\frac{{e^{{{sum}}}}}{{\\sum_j e^{{{letter}_{{j}}}}}}")
        }
        other => format!("\\operatorname{{{}}}({sum})", other.name().replace('_', "\\_")),
    }
}

/// `w_{21}`, with the layer as `w^{(1)}_{21}`.
fn latex_symbol(symbol: &Symbol) -> String {
    match &symbol.superscript {
        Some(layer) => format!("{}^{{({layer})}}_{{{}}}", symbol.letter, symbol.subscript),
        None => format!("{}_{{{}}}", symbol.letter, symbol.subscript),
    }
}

/// A number for mathematics: a hyphen is a minus sign there, and an exponent is a power of ten.
fn latex_number(value: f64, decimals: usize) -> String {
    let text = fixed(value, decimals).replace('−', "-").replace('∞', "\\infty");
    match text.split_once('e') {
        Some((digits, exponent)) if exponent.parse::<i32>().is_ok() => {
            format!("{digits} \\times 10^{{{exponent}}}")
        }
        _ => text,
    }
}

fn parenthesised(number: String) -> String {
    if number.starts_with('-') {
        format!("({number})")
    } else {
        number
    }
}

/// Terms added up, with a minus sign in place of “+ -”.
fn added(terms: &[String]) -> String {
    let mut text = String::new();
    for (index, term) in terms.iter().enumerate() {
        match (index, term.strip_prefix('-')) {
            (0, _) => text.push_str(term),
            (_, Some(rest)) => text.push_str(&format!(" - {rest}")),
            (_, None) => text.push_str(&format!(" + {term}")),
        }
    }
    text
}
