//! The network as programs: what they print is what the trace has, and their numbers are the knobs.

#![allow(
    clippy::unwrap_used,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/command.rs"]
mod command;
#[allow(dead_code, reason = "not every test file needs all of it")]
mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use command::{output_of, printed, refusal};
use neurodial_core::code::{Language, SourceListing};
use neurodial_core::network::{Activation, Architecture, Knob, LayerPlan, Network, NeuronPlan};
use neurodial_core::session::{Adjustable, Document, Preset};
use proptest::prelude::*;

fn presets() -> impl Iterator<Item = (String, Document)> {
    Preset::ALL
        .into_iter()
        .map(|preset| (preset.name.to_owned(), preset.document().unwrap()))
}

/// A document with these layers; its numbers look like chance and are the same every time.
fn document(inputs: usize, layers: Vec<Vec<Activation>>, seed: usize) -> Document {
    let plan = |activations: &Vec<Activation>| LayerPlan {
        neurons: activations
            .iter()
            .enumerate()
            .map(|(neuron, &activation)| NeuronPlan {
                name: (neuron % 2 == 1).then(|| format!("a “name”\\ {neuron} # % // \u{202e}")),
                activation,
            })
            .collect(),
    };
    let names = (0..inputs)
        .map(|i| (i == 1).then(|| "height".to_owned()))
        .collect();
    let blueprint = Architecture::new(names, layers.iter().map(plan).collect()).unwrap();
    let number = |i: usize| ((i * 7919 + seed * 104_729 + 11) % 10_007) as f64 / 2500.0 - 2.0;
    let knobs = (0..blueprint.knob_count()).map(number).collect();
    let mut document = Document::new(Network::from_knobs(blueprint, knobs).unwrap());
    document.inputs = (0..inputs).map(|i| number(i + 77)).collect();
    document
}

/// Documents that together have every activation alone, after another layer, and among others.
fn varied() -> Vec<(String, Document)> {
    let mut documents: Vec<(String, Document)> = Vec::new();
    for activation in Activation::ALL {
        documents.push((
            format!("one layer of {activation}"),
            document(3, vec![vec![activation; 3]], 1),
        ));
        let layers = vec![
            vec![activation; 4],
            vec![Activation::Tanh; 3],
            vec![activation; 2],
        ];
        documents.push((format!("three layers with {activation}"), document(2, layers, 2)));
    }
    let own: Vec<Activation> = Activation::ALL
        .into_iter()
        .filter(|&activation| activation != Activation::Softmax)
        .collect();
    documents.push(("mixed".into(), document(2, vec![own.clone()], 3)));
    documents.push(("mixed twice".into(), document(2, vec![own.clone(), own], 4)));
    documents.push(("one input".into(), document(1, vec![vec![Activation::Gelu]], 5)));
    for seed in 6..20 {
        let pick = |at: usize| Activation::ALL[(seed * 5 + at * 7) % 11];
        let layers = (0..1 + seed % 4)
            .map(|layer| {
                (0..1 + (seed + layer) % 5)
                    .map(|neuron| pick(layer * 5 + neuron))
                    .collect()
            })
            .collect();
        documents.push((format!("seed {seed}"), document(1 + seed % 6, layers, seed)));
    }
    // Sums of hundreds, where a naive exponential overflows, and of thousandths.
    for scale in [400.0, 1e-3] {
        for activation in Activation::ALL {
            let mut far = document(2, vec![vec![activation; 5]], 21);
            far.inputs = vec![scale, -0.5 * scale];
            documents.push((format!("{activation} at {scale}"), far));
        }
    }
    documents
}

/// The program's last line as numbers.
fn run(program: &str, name: &str, text: &str) -> Vec<f64> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("network.py");
    fs::write(&file, text).unwrap();
    let output = Command::new(program).arg(&file).output().unwrap();
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{name}: {}\n{text}",
        String::from_utf8_lossy(&output.stderr)
    );
    last_line(&String::from_utf8(output.stdout).unwrap())
}

fn last_line(stdout: &str) -> Vec<f64> {
    let list = stdout.lines().last().unwrap();
    let list = list.strip_prefix('[').unwrap().strip_suffix(']').unwrap();
    list.split(',')
        .map(|number| number.trim().parse().unwrap())
        .collect()
}

/// The outputs are those of the trace, but for the roundings of sums that are not fused.
fn assert_outputs(name: &str, document: &Document, found: &[f64]) {
    let trace = document.network.forward(&document.inputs);
    let last = document.network.architecture().last_layer();
    let expected = &trace.layers()[last].a;
    assert_eq!(found.len(), expected.len(), "{name}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(
            (found - expected).abs() <= 1e-12 * expected.abs().max(1e-2),
            "{name}: {found} is not {expected}"
        );
    }
}

/// One process for all: each text is a program of its own, run in a namespace of its own.
fn run_all(python: &str, language: Language) {
    let documents: Vec<(String, Document)> = presets().chain(varied()).collect();
    let folder = tempfile::tempdir().unwrap();
    for (index, (_, document)) in documents.iter().enumerate() {
        let text = language.write(document).text;
        fs::write(folder.path().join(format!("{index}.py")), text).unwrap();
    }
    let runner = "import runpy, sys\nfor i in range(int(sys.argv[1])): runpy.run_path(f'{i}.py')\n";
    fs::write(folder.path().join("all.py"), runner).unwrap();
    let output = Command::new(python)
        .current_dir(folder.path())
        .args(["-W", "error", "all.py", &documents.len().to_string()])
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && stderr.is_empty(), "{stderr}");
    let stdout = String::from_utf8(output.stdout).unwrap();
    assert_eq!(stdout.lines().count(), documents.len(), "each prints one line");
    for (line, (name, document)) in stdout.lines().zip(&documents) {
        assert_outputs(&format!("{language}, {name}"), document, &last_line(line));
    }
}

/// A Python with this module, named by the environment or the usual one.
fn python_with(module: &str) -> Option<String> {
    let python = std::env::var("NEURODIAL_TEST_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let output = Command::new(&python)
        .args(["-c", &format!("import {module}")])
        .output();
    if output.is_ok_and(|output| output.status.success()) {
        return Some(python);
    }
    println!("skipped: {python} has no {module}");
    None
}

#[test]
fn python_prints_what_the_trace_has() {
    run_all("python3", Language::Python);
}

#[test]
fn numpy_prints_what_the_trace_has_where_it_is_installed() {
    if let Some(python) = python_with("numpy") {
        run_all(&python, Language::NumPy);
    }
}

#[test]
fn pytorch_prints_what_the_trace_has_where_it_is_installed() {
    if let Some(python) = python_with("torch") {
        run_all(&python, Language::PyTorch);
    }
}

#[test]
fn numpy_and_pytorch_are_written_in_pythons_grammar() {
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for language in [Language::NumPy, Language::PyTorch] {
        for (index, (_, document)) in presets().chain(varied()).enumerate() {
            let file = folder.path().join(format!("{language}{index}.py"));
            fs::write(&file, language.write(&document).text).unwrap();
            files.push(file);
        }
    }
    let check = "import ast, sys\nfor f in sys.argv[1:]: ast.parse(open(f, encoding='utf-8').read())";
    let output = Command::new("python3")
        .args(["-c", check])
        .args(&files)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn rust_compiles_without_a_warning_and_prints_what_the_trace_has() {
    let folder = tempfile::tempdir().unwrap();
    let documents: Vec<(String, Document)> = presets().chain(varied()).collect();
    // A module each, so that the compiler starts once.
    let mut all = String::new();
    for (index, (_, document)) in documents.iter().enumerate() {
        let text = Language::Rust.write(document).text;
        let text = text.replace("fn main()", "pub fn main()");
        let text = text.strip_prefix("//!").unwrap();
        all += &format!("mod m{index} {{\n//{text}}}\n");
    }
    all += "fn main() {\n";
    all.extend((0..documents.len()).map(|index| format!("    m{index}::main();\n")));
    all += "}\n";
    // Without a word about it rustc takes the oldest edition.
    for edition in ["2015", "2024"] {
        let stdout = compiled(folder.path(), &all, edition);
        assert_eq!(stdout.lines().count(), documents.len());
        for (line, (name, document)) in stdout.lines().zip(&documents) {
            assert_outputs(&format!("rust {edition}, {name}"), document, &last_line(line));
        }
    }
    let article = Preset::DEFAULT.document().unwrap();
    let stdout = compiled(folder.path(), &Language::Rust.write(&article).text, "2024");
    assert_outputs("article", &article, &last_line(&stdout));
}

fn compiled(folder: &Path, text: &str, edition: &str) -> String {
    fs::write(folder.join("network.rs"), text).unwrap();
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    let output = Command::new(rustc)
        .current_dir(folder)
        .args(["--edition", edition, "-D", "warnings", "network.rs"])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let output = Command::new(folder.join("network")).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// LaTeX writes a power of ten where programs write an exponent.
fn value_of(text: &str) -> f64 {
    let text = text.replace(" \\times 10^{", "e").replace('}', "");
    text.parse().unwrap()
}

/// Each knob and each input has one span, and it is the number's exact value.
fn assert_spans(listing: &SourceListing, document: &Document) {
    let blueprint = document.network.architecture();
    let mut targets: Vec<Adjustable> = listing.spans.iter().map(|span| span.adjustable).collect();
    targets.sort();
    let mut expected: Vec<Adjustable> = blueprint.knobs().map(Adjustable::Knob).collect();
    expected.extend((0..blueprint.input_count()).map(Adjustable::Input));
    expected.sort();
    assert_eq!(targets, expected);
    let mut end = 0;
    for span in &listing.spans {
        assert!(span.range.start >= end && span.range.end > span.range.start);
        end = span.range.end;
        let text = &listing.text[span.range.clone()];
        let value = document.value(span.adjustable).unwrap();
        assert_eq!(
            value_of(text).to_bits(),
            value.to_bits(),
            "{}: {text}",
            span.adjustable
        );
        assert_eq!(listing.span_at(span.range.start), Some(span));
        assert_eq!(listing.span_at(span.range.end - 1), Some(span));
        assert_ne!(listing.span_at(span.range.end), Some(span));
    }
    assert_eq!(listing.span_at(0), None);
}

proptest! {
    #[test]
    fn spans_are_the_numbers_of_all_knobs_and_inputs(document in support::document()) {
        for language in Language::ALL {
            let listing = language.write(&document);
            assert_spans(&listing, &document);
            prop_assert!(listing.text.ends_with('\n') && !listing.text.contains(" \n"), "{}", listing.text);
            prop_assert!(!listing.text.contains("\n\n\n\n"), "{}", listing.text);
        }
    }
}

#[test]
fn long_lists_are_broken_into_lines() {
    let wide = document(
        300,
        vec![vec![Activation::Relu; 40], vec![Activation::Sigmoid; 30]],
        2,
    );
    for language in [
        Language::Python,
        Language::NumPy,
        Language::PyTorch,
        Language::Rust,
    ] {
        let listing = language.write(&wide);
        assert_spans(&listing, &wide);
        let longest = listing.text.lines().map(str::len).max().unwrap();
        let least = if language == Language::Rust { 100 } else { 88 };
        assert!(longest <= least, "{language}: {longest}");
    }
    assert_outputs(
        "wide",
        &wide,
        &run("python3", "wide", &Language::Python.write(&wide).text),
    );
    let latex = Language::Latex.write(&wide).text;
    assert!(latex.contains("\\setcounter{MaxMatrixCols}{300}\n"), "{latex}");
}

#[test]
fn the_article_in_python_reads_as_the_article_writes_it() {
    let expected = "\
# 4 inputs, then 3 neurons (relu).

inputs = [1.0, 2.0, 3.0, 2.5]

weights = [
    [0.2, 0.8, -0.5, 1.0],
    [0.5, -0.91, 0.26, -0.5],
    [-0.26, -0.27, 0.17, 0.87],
]
biases = [2.0, 3.0, 0.5]


def relu(z):
    return max(0.0, z)


outputs = []
for neuron_weights, bias in zip(weights, biases):
    total = 0.0
    for value, weight in zip(inputs, neuron_weights):
        total += value * weight
    outputs.append(relu(total + bias))

print(outputs)
";
    assert_eq!(output_of(&["code", "article"]), expected);
    assert_eq!(output_of(&["code", "article", "--as", "python"]), expected);
}

#[test]
fn latex_has_the_matrices_of_every_layer() {
    let latex = output_of(&["code", "xor", "--as", "latex"]);
    for part in [
        "z^{(1)} &= \\begin{pmatrix}\n    1 & 1 \\\\\n    1 & 1\n  \\end{pmatrix} x + \\begin{pmatrix}",
        "z^{(2)} &= \\begin{pmatrix}\n    1 & -1\n  \\end{pmatrix} a^{(1)} + \\begin{pmatrix}\n    -0.5\n",
        "% a^{(1)}_{1}: or\n",
    ] {
        assert!(latex.contains(part), "{part} in\n{latex}");
    }
    let count = |what: &str| latex.matches(what).count();
    assert_eq!(count("\\begin{"), count("\\end{"));
    assert_eq!(count("{"), count("}"));
}

#[test]
fn code_is_written_to_a_file_or_refused_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let said = printed(folder.path(), &["code", "deep", "--as", "rust", "-o", "deep.rs"]);
    assert!(said.is_empty());
    let text = fs::read_to_string(folder.path().join("deep.rs")).unwrap();
    assert_eq!(text, output_of(&["code", "deep", "--as", "rust"]));
    assert!(refusal(&["code", "article", "--as", "fortran"]).contains("python, numpy, pytorch, rust, latex"));
    assert!(refusal(&["code", "gone"]).contains("gone"));
    assert!(refusal(&["code", "article", "-o", "no/such/folder/a.py"]).contains("no/such/folder"));
}

#[test]
fn four_million_knobs_are_written() {
    let blueprint = Architecture::dense(1999, &[(2000, Activation::Relu)]).unwrap();
    let document = Document::new(Network::zeros(blueprint));
    let listing = Language::Python.write(&document);
    assert_eq!(listing.spans.len(), 4_000_000 + 1999);
    assert_eq!(
        listing.spans.last().unwrap().adjustable,
        Knob::bias(0, 1999).into()
    );
}
