//! The command `code`.

use std::fs;

use crate::command::{error_of, stdout_in, stdout_of};

#[test]
fn the_python_code_of_the_article_preset_is_like_that_of_the_article() {
    let expected = "\
# 4 inputs, then 3 neurons (ReLU).

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
    assert_eq!(stdout_of(&["code", "article"]), expected);
    assert_eq!(stdout_of(&["code", "article", "--as", "python"]), expected);
}

#[test]
fn latex_has_the_matrices_of_every_layer() {
    let latex = stdout_of(&["code", "xor", "--as", "latex"]);
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
fn code_is_written_to_a_file_and_wrong_arguments_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let stdout = stdout_in(folder.path(), &["code", "deep", "--as", "rust", "-o", "deep.rs"]);
    assert!(stdout.is_empty());
    let text = fs::read_to_string(folder.path().join("deep.rs")).unwrap();
    assert_eq!(text, stdout_of(&["code", "deep", "--as", "rust"]));
    assert!(
        error_of(&["code", "article", "--as", "fortran"])
            .contains("[possible values: python, numpy, pytorch, rust, latex]")
    );
    assert!(error_of(&["code", "gone"]).contains("gone"));
    assert!(error_of(&["code", "article", "-o", "no/such/folder/a.py"]).contains("no/such/folder"));
}
