//! Networks written as programs: the programs print the outputs of the forward pass, and their numbers are
//! the knobs.
//!
//! The tests that need Python are ignored by default; run them with `cargo test -- --ignored`.

use std::fs;
use std::path::Path;
use std::process::Command;

use neurodial_core::code::{Language, SourceListing};
use neurodial_core::formats::Preset;
use neurodial_core::network::{Activation, Architecture, Knob, LayerPlan, Network, NeuronPlan};
use neurodial_core::session::{Adjustable, Document};
use proptest::prelude::*;

use crate::support::random_documents::{self, neuron_activations};
use crate::support::{knobs_and_inputs, preset};

/// Returns a document with these layers; its numbers look random and are the same every time.
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
    let architecture = Architecture::new(names, layers.iter().map(plan).collect()).unwrap();
    let number = |i: usize| ((i * 7919 + seed * 104_729 + 11) % 10_007) as f64 / 2500.0 - 2.0;
    let knobs = (0..architecture.knob_count()).map(number).collect();
    let mut document = Document::new(Network::from_knobs(architecture, knobs).unwrap());
    document.inputs = (0..inputs).map(|i| number(i + 77)).collect();
    document
}

/// Returns a document whose lists of numbers need several lines.
fn wide_document() -> Document {
    let layers = vec![vec![Activation::Relu; 40], vec![Activation::Sigmoid; 30]];
    document(300, layers, 2)
}

/// Returns all presets and documents that have every activation alone, after another layer, and among others,
/// each with a name.
fn all_documents() -> Vec<(String, Document)> {
    let presets = Preset::ALL.into_iter();
    let mut documents: Vec<(String, Document)> = presets
        .map(|preset| (preset.name.to_owned(), preset.document().unwrap()))
        .collect();
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
    let mixed = neuron_activations();
    documents.push(("mixed".into(), document(2, vec![mixed.clone()], 3)));
    documents.push(("mixed twice".into(), document(2, vec![mixed.clone(), mixed], 4)));
    documents.push(("wide".into(), wide_document()));
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
    // Weighted sums in the hundreds, where a naive exponential overflows, and in the thousandths.
    for scale in [400.0, 1e-3] {
        for activation in Activation::ALL {
            let mut scaled = document(2, vec![vec![activation; 5]], 21);
            scaled.inputs = vec![scale, -0.5 * scale];
            documents.push((format!("{activation} at {scale}"), scaled));
        }
    }
    documents
}

/// Reads the last line that a program prints, a list of numbers.
fn last_line(stdout: &str) -> Vec<f64> {
    let list = stdout.lines().last().unwrap();
    let list = list.strip_prefix('[').unwrap().strip_suffix(']').unwrap();
    list.split(',')
        .map(|number| number.trim().parse().unwrap())
        .collect()
}

/// Compares outputs with the forward pass; they may differ by rounding, because programs do not use fused
/// multiply-adds.
fn assert_outputs(name: &str, document: &Document, found: &[f64]) {
    let forward_pass = document.network.forward(&document.inputs);
    let last = document.network.architecture().last_layer();
    let expected = &forward_pass.layers()[last].a;
    assert_eq!(found.len(), expected.len(), "{name}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(
            (found - expected).abs() <= 1e-12 * expected.abs().max(1e-2),
            "{name}: {found} is not {expected}"
        );
    }
}

/// Runs the programs for all documents in one process, each in a namespace of its own, and checks their
/// outputs.
fn assert_python_outputs(language: Language) {
    let documents = all_documents();
    let folder = tempfile::tempdir().unwrap();
    for (index, (_, document)) in documents.iter().enumerate() {
        let text = language.write(document).text;
        fs::write(folder.path().join(format!("{index}.py")), text).unwrap();
    }
    let runner = "import runpy, sys\nfor i in range(int(sys.argv[1])): runpy.run_path(f'{i}.py')\n";
    fs::write(folder.path().join("all.py"), runner).unwrap();
    let output = Command::new(python())
        .current_dir(folder.path())
        .args(["-W", "error", "all.py", &documents.len().to_string()])
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && stderr.is_empty(), "{stderr}");
    assert_outputs_of_all(language, &String::from_utf8(output.stdout).unwrap(), &documents);
}

/// Returns the Python interpreter: `NEURODIAL_TEST_PYTHON`, or else `python3`.
fn python() -> String {
    std::env::var("NEURODIAL_TEST_PYTHON").unwrap_or_else(|_| "python3".to_owned())
}

/// Compares the output of many programs, one line for each document.
fn assert_outputs_of_all(language: Language, stdout: &str, documents: &[(String, Document)]) {
    assert_eq!(stdout.lines().count(), documents.len(), "each prints one line");
    for (line, (name, document)) in stdout.lines().zip(documents) {
        assert_outputs(&format!("{language}, {name}"), document, &last_line(line));
    }
}

#[test]
#[ignore = "needs Python 3"]
fn python_programs_print_the_outputs_of_the_forward_pass() {
    assert_python_outputs(Language::Python);
}

#[test]
#[ignore = "needs Python 3 with NumPy"]
fn numpy_programs_print_the_outputs_of_the_forward_pass() {
    assert_python_outputs(Language::NumPy);
}

#[test]
#[ignore = "needs Python 3 with PyTorch"]
fn pytorch_programs_print_the_outputs_of_the_forward_pass() {
    assert_python_outputs(Language::PyTorch);
}

#[test]
#[ignore = "needs Python 3"]
fn numpy_and_pytorch_programs_are_valid_python() {
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for language in [Language::NumPy, Language::PyTorch] {
        for (index, (_, document)) in all_documents().iter().enumerate() {
            let file = folder.path().join(format!("{language}{index}.py"));
            fs::write(&file, language.write(document).text).unwrap();
            files.push(file);
        }
    }
    let check = "import ast, sys\nfor f in sys.argv[1:]: ast.parse(open(f, encoding='utf-8').read())";
    let output = Command::new(python())
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
fn rust_programs_compile_without_warnings_and_print_the_outputs_of_the_forward_pass() {
    let folder = tempfile::tempdir().unwrap();
    let documents = all_documents();
    // One module for each program, so that the compiler starts only once.
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
    // 2015 is the edition that rustc takes by default.
    for edition in ["2015", "2024"] {
        let stdout = compile_and_run(folder.path(), &all, edition);
        assert_outputs_of_all(Language::Rust, &stdout, &documents);
    }
    let article = preset("article");
    let stdout = compile_and_run(folder.path(), &Language::Rust.write(&article).text, "2024");
    assert_outputs("article", &article, &last_line(&stdout));
}

fn compile_and_run(folder: &Path, text: &str, edition: &str) -> String {
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

/// Parses a number, which LaTeX writes with a power of ten instead of an exponent.
fn value_of(text: &str) -> f64 {
    let text = text.replace(" \\times 10^{", "e").replace('}', "");
    text.parse().unwrap()
}

/// Checks that each knob and each input has one span, whose text is its exact value.
fn assert_spans(listing: &SourceListing, document: &Document) {
    let mut adjustables: Vec<Adjustable> = listing.spans.iter().map(|span| span.adjustable).collect();
    adjustables.sort();
    let mut expected = knobs_and_inputs(document.network.architecture());
    expected.sort();
    assert_eq!(adjustables, expected);
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
    fn spans_are_the_numbers_of_all_knobs_and_inputs(document in random_documents::document()) {
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
    let wide = wide_document();
    for language in [
        Language::Python,
        Language::NumPy,
        Language::PyTorch,
        Language::Rust,
    ] {
        let listing = language.write(&wide);
        assert_spans(&listing, &wide);
        let longest = listing.text.lines().map(str::len).max().unwrap();
        let limit = if language == Language::Rust { 100 } else { 88 };
        assert!(longest <= limit, "{language}: {longest}");
    }
    let latex = Language::Latex.write(&wide).text;
    assert!(latex.contains("\\setcounter{MaxMatrixCols}{300}\n"), "{latex}");
}

#[test]
fn a_listing_of_four_million_knobs_has_a_span_for_each() {
    let architecture = Architecture::dense(1999, &[(2000, Activation::Relu)]).unwrap();
    let document = Document::new(Network::zeros(architecture));
    let listing = Language::Python.write(&document);
    assert_eq!(listing.spans.len(), 4_000_000 + 1999);
    assert_eq!(
        listing.spans.last().unwrap().adjustable,
        Knob::bias(0, 1999).into()
    );
}
