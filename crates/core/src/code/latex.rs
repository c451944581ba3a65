//! LaTeX: the whole network as matrices, and the weighted sum of one neuron (in symbols, with numbers, as
//! products, and with its output).

use crate::network::{Activation, Architecture, ForwardPass, Knob, MathSymbol, Network, NeuronAddress};
use crate::session::{Adjustable, Document};
use crate::text::format_fixed;

use super::SourceListing;
use super::source_listing::{ListingWriter, comment_text, format_exact};

/// The default limit on the columns of amsmath's matrices (`MaxMatrixCols`).
const MAX_MATRIX_COLUMNS: usize = 10;

/// The largest number of lines of a formula that must stay on one page.
const MAX_UNBROKEN_LINES: usize = 30;

/// Writes the whole network as an `align*` environment (package amsmath): the inputs, then for each layer
/// `z = W a + b` with the numbers, and the formula of the outputs.
pub fn write(document: &Document) -> SourceListing {
    let network = &document.network;
    let architecture = network.architecture();
    let mut writer = ListingWriter::new(format_exact_latex, usize::MAX);
    writer.write_line(&format!(
        "% {} Needs the package amsmath.",
        architecture.summary()
    ));
    write_names(&mut writer, architecture);
    let widest = (0..architecture.layers().len())
        .map(|layer| architecture.fan_in(layer))
        .max();
    if let Some(columns @ MAX_MATRIX_COLUMNS..) = widest.filter(|&columns| columns > MAX_MATRIX_COLUMNS) {
        writer.write_line(&format!("\\setcounter{{MaxMatrixCols}}{{{columns}}}"));
    }
    writer.write_line("\\begin{align*}");
    writer.write("  x &= ");
    write_matrix(&mut writer, &document.inputs, 1, |input, _| {
        Adjustable::Input(input)
    });
    for (layer, plan) in architecture.layers().iter().enumerate() {
        let view = network.layer(layer);
        let superscript = if architecture.layers().len() > 1 {
            format!("^{{({})}}", layer + 1)
        } else {
            String::new()
        };
        writer.write(&format!(" \\\\\n  z{superscript} &= "));
        write_matrix(&mut writer, view.weights, view.fan_in, |neuron, input| {
            Knob::weight(layer, neuron, input).into()
        });
        let layer_input = match layer {
            0 => "x".to_owned(),
            _ => format!("a^{{({layer})}}"),
        };
        writer.write(&format!(" {layer_input} + "));
        write_matrix(&mut writer, view.biases, 1, |neuron, _| {
            Knob::bias(layer, neuron).into()
        });
        let mut row = |index: &str, activation: Activation| {
            let z = format!("z{superscript}_{{{index}}}");
            let all = format!("z{superscript}_{{j}}");
            let a = activation.info().latex.replace("#z", &z).replace("#all", &all);
            writer.write(&format!(" \\\\\n  a{superscript}_{{{index}}} &= {a}"));
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
    writer.write("\n\\end{align*}\n");
    writer.finish()
}

/// Writes names as comments, because a matrix has no place for them.
fn write_names(writer: &mut ListingWriter, architecture: &Architecture) {
    for (input, name) in architecture.input_names().iter().enumerate() {
        if let Some(name) = name {
            writer.write_line(&format!("% x_{{{}}}: {}", input + 1, comment_text(name)));
        }
    }
    for (layer, plan) in architecture.layers().iter().enumerate() {
        for (neuron, plan) in plan.neurons.iter().enumerate() {
            if let Some(name) = &plan.name {
                let symbol = latex_symbol(&architecture.a_symbol(NeuronAddress { layer, neuron }));
                writer.write_line(&format!("% {symbol}: {}", comment_text(name)));
            }
        }
    }
}

/// Writes a `pmatrix` whose rows have `columns` numbers.
fn write_matrix(
    writer: &mut ListingWriter,
    values: &[f64],
    columns: usize,
    target: impl Fn(usize, usize) -> Adjustable,
) {
    writer.write("\\begin{pmatrix}\n");
    for (row, values) in values.chunks(columns).enumerate() {
        writer.write(if row == 0 { "    " } else { " \\\\\n    " });
        for (column, &value) in values.iter().enumerate() {
            if column > 0 {
                writer.write(" & ");
            }
            writer.write_number(value, target(row, column));
        }
    }
    writer.write("\n  \\end{pmatrix}");
}

/// Formats a number with the fewest digits that read back as the same number, with a power of ten instead of
/// an exponent.
pub(super) fn format_exact_latex(value: f64) -> String {
    let text = format_exact(value);
    let text = text.strip_suffix(".0").unwrap_or(&text);
    match text.split_once('e') {
        Some((digits, exponent)) => format!("{digits} \\times 10^{{{exponent}}}"),
        None => text.to_owned(),
    }
}

/// Returns the calculation of a neuron's output as an `align*` environment (package amsmath); `forward_pass`
/// is that of one sample. Long sums are broken into lines that fit a page.
pub fn formula(network: &Network, forward_pass: &ForwardPass, at: NeuronAddress, decimals: usize) -> String {
    let architecture = network.architecture();
    let view = network.layer(at.layer);
    let weights = view.weights_of(at.neuron);
    let bias = network.get(Knob::bias(at.layer, at.neuron)).unwrap_or(0.0);
    let number = |value: f64| latex_number(value, decimals);
    let z = latex_symbol(&architecture.z_symbol(at));
    let a = latex_symbol(&architecture.a_symbol(at));
    let inputs: Vec<f64> = (0..weights.len())
        .map(|input| forward_pass.layer_input(at.layer, input)[0])
        .collect();

    let mut symbols = Vec::new();
    let mut numbers = Vec::new();
    let mut products = Vec::new();
    for (input, (&weight, &source)) in weights.iter().zip(&inputs).enumerate() {
        let knob = Knob::weight(at.layer, at.neuron, input);
        symbols.push(format!(
            "{} {}",
            latex_symbol(&architecture.symbol(knob)),
            latex_symbol(&architecture.layer_input_symbol(at.layer, input))
        ));
        numbers.push(format!(
            "{} \\cdot {}",
            number(weight),
            parenthesized(number(source))
        ));
        products.push(number(weight * source));
    }
    symbols.push(latex_symbol(
        &architecture.symbol(Knob::bias(at.layer, at.neuron)),
    ));
    numbers.push(number(bias));
    products.push(number(bias));
    let sum = forward_pass.z(at.layer, at.neuron)[0];
    let output = forward_pass.a(at.layer, at.neuron)[0];
    // The width of a line of an article in letters, without `z =`.
    const LINE_WIDTH: usize = 60;
    let per_line = |width: usize| (LINE_WIDTH / width).max(1);
    let number_width = 2 + decimals;
    // Indices are smaller than letters; braces and underscores are not shown.
    let shown = |c: &char| c.is_alphanumeric() || "(),".contains(*c);
    let index_count = symbols
        .iter()
        .map(|term| term.chars().filter(shown).count())
        .max();
    let symbol_width = 4 + 7 * index_count.unwrap_or(0) / 10;
    let lines = [
        format!("  {z} &= {} \\\\", sum_text(&symbols, per_line(symbol_width))),
        format!("  &= {} \\\\", sum_text(&numbers, per_line(2 * number_width + 4))),
        format!("  &= {} \\\\", sum_text(&products, per_line(number_width + 3))),
        format!("  &= {} \\\\", number(sum)),
        format!(
            "  {a} &= {} = {}",
            activation_with_value(
                architecture.layers()[at.layer].neurons[at.neuron].activation,
                &z,
                &number(sum)
            ),
            number(output)
        ),
    ];
    let lines = lines.join("\n");
    if lines.lines().count() > MAX_UNBROKEN_LINES {
        return format!("{{\\allowdisplaybreaks\n\\begin{{align*}}\n{lines}\n\\end{{align*}}}}\n");
    }
    format!("\\begin{{align*}}\n{lines}\n\\end{{align*}}\n")
}

/// Returns the formula of an activation function with the number `sum` as its argument.
fn activation_with_value(activation: Activation, z: &str, sum: &str) -> String {
    let letter = z.split('_').next().unwrap_or("z");
    let template = activation.info().latex_with_number;
    template
        .replace("#all", &format!("{letter}_{{j}}"))
        .replace("#z", z)
        .replace("#(x)", &parenthesized(sum.to_owned()))
        .replace("#x", sum)
}

/// Returns `w_{21}`, `w^{(1)}_{21}` with the layer, or `w` without an index.
fn latex_symbol(symbol: &MathSymbol) -> String {
    let MathSymbol {
        letter, subscript, ..
    } = symbol;
    match &symbol.superscript {
        Some(layer) => format!("{letter}^{{({layer})}}_{{{subscript}}}"),
        None if subscript.is_empty() => letter.to_string(),
        None => format!("{letter}_{{{subscript}}}"),
    }
}

/// Formats a number for math mode: a minus sign as a hyphen, an exponent as a power of ten.
fn latex_number(value: f64, decimals: usize) -> String {
    let text = format_fixed(value, decimals)
        .replace('−', "-")
        .replace('∞', "\\infty");
    match text.split_once('e') {
        Some((digits, exponent)) if exponent.parse::<i32>().is_ok() => {
            format!("{digits} \\times 10^{{{exponent}}}")
        }
        _ => text,
    }
}

/// Puts a negative number in parentheses.
fn parenthesized(number: String) -> String {
    if number.starts_with('-') {
        format!("({number})")
    } else {
        number
    }
}

/// Returns the terms joined by plus signs, or by minus signs before negative terms, with at most `per_line` terms in
/// a line.
fn sum_text(terms: &[String], per_line: usize) -> String {
    let mut text = String::new();
    for (index, term) in terms.iter().enumerate() {
        if index > 0 && index % per_line == 0 {
            text.push_str(" \\\\\n  &\\quad{}");
        }
        match (index, term.strip_prefix('-')) {
            (0, _) => text.push_str(term),
            (_, Some(rest)) => text.push_str(&format!(" - {rest}")),
            (_, None) => text.push_str(&format!(" + {term}")),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_sums_are_broken_into_lines() {
        let terms: Vec<String> = ["1", "-2", "3", "-4", "5"].map(str::to_owned).to_vec();
        assert_eq!(sum_text(&terms, 9), "1 - 2 + 3 - 4 + 5");
        let lines = sum_text(&terms, 2);
        assert_eq!(lines, "1 - 2 \\\\\n  &\\quad{} + 3 - 4 \\\\\n  &\\quad{} + 5");
    }
}
