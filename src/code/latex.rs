//! A neuron's sum as LaTeX: in symbols, with its numbers, the products, and what the activation makes of it.

use crate::network::{Activation, Knob, Network, NeuronAt, Symbol, Trace};
use crate::words::fixed;

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
