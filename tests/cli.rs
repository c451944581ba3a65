//! The command line: every command, every refusal, exit codes, and that refusals write nothing.

#![allow(
    clippy::unwrap_used,
    reason = "clippy does not see that helpers of a test are tests"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use assert_cmd::cargo::cargo_bin;

fn neurodial_in(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(cargo_bin!("neurodial"));
    command.current_dir(folder).args(arguments);
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        command.env_remove(name);
    }
    command.output().unwrap()
}

fn output_of(arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    printed(folder.path(), arguments)
}

fn printed(folder: &Path, arguments: &[&str]) -> String {
    let output = neurodial_in(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    assert!(output.stderr.is_empty(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// The sentence of a refusal; checks that it is one, that the code is 2 and that nothing was written.
fn refusal_in(folder: &Path, arguments: &[&str]) -> String {
    let before: Vec<_> = names_in(folder)
        .into_iter()
        .map(|name| (fs::read(folder.join(&name)).ok(), name))
        .collect();
    let output = neurodial_in(folder, arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
    assert!(output.stdout.is_empty(), "{arguments:?}: {output:?}");
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(stderr.lines().count(), 1, "{arguments:?}: {stderr}");
    assert!(stderr.starts_with("neurodial: "), "{arguments:?}: {stderr}");
    assert!(
        !stderr.contains("panicked") && !stderr.contains("error:"),
        "{arguments:?}: {stderr}"
    );
    let after: Vec<_> = names_in(folder)
        .into_iter()
        .map(|name| (fs::read(folder.join(&name)).ok(), name))
        .collect();
    assert_eq!(before, after, "{arguments:?} wrote something");
    stderr
}

fn refusal(arguments: &[&str]) -> String {
    refusal_in(tempfile::tempdir().unwrap().path(), arguments)
}

#[test]
fn presets_are_listed_a_line_each_with_the_name_first() {
    let listed = output_of(&["presets"]);
    let names: Vec<_> = listed
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(
        names,
        [
            "neuron",
            "article",
            "article-quiet",
            "and",
            "xor",
            "bump",
            "softmax",
            "deep"
        ]
    );
}

#[test]
fn forward_says_the_articles_outputs_in_words() {
    let text = output_of(&["forward", "article"]);
    for line in [
        "  input 4: 2.5",
        "Layer 1: 3 neurons, relu",
        "  neuron 1: sum 4.8, output 4.8",
        "  neuron 2: sum 1.21, output 1.21",
        "  neuron 3: sum 2.385, output 2.385",
    ] {
        assert!(text.lines().any(|found| found == line), "{line} in\n{text}");
    }
    assert!(output_of(&["forward", "article-quiet"]).contains("neuron 2: sum -0.79, output 0\n"));
}

#[test]
fn forward_shows_hidden_layers_and_names() {
    let text = output_of(&["forward", "xor"]);
    assert!(
        text.contains("  or: sum 0.5, output 1\n  and: sum -0.5, output 0\n"),
        "{text}"
    );
    assert!(
        text.contains("Layer 2: 1 neuron, step\n  neuron 1: sum 0.5, output 1\n"),
        "{text}"
    );
}

#[test]
fn forward_json_is_layer_sample_neuron() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in.csv"), "0,1\n1,1\n1,0\n").unwrap();
    let text = printed(folder.path(), &["forward", "xor", "--csv", "in.csv", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        json["z"],
        serde_json::json!([[[0.5, -0.5], [1.5, 0.5], [0.5, -0.5]], [[0.5], [-0.5], [0.5]]])
    );
    assert_eq!(
        json["a"],
        serde_json::json!([[[1.0, 0.0], [1.0, 1.0], [1.0, 0.0]], [[1.0], [0.0], [1.0]]])
    );
    assert_eq!(json.as_object().unwrap().len(), 2);
}

#[test]
fn forward_takes_inputs_from_the_line_as_people_write_them() {
    let folder = tempfile::tempdir().unwrap();
    printed(
        folder.path(),
        &["set", "article", "activation[1]=linear", "-o", "f.json"],
    );
    let z = |line: &str| {
        let json = printed(folder.path(), &["forward", "f.json", "--input", line, "--json"]);
        serde_json::from_str::<serde_json::Value>(&json).unwrap()["z"].clone()
    };
    assert_eq!(z("1,2,3,2.5"), serde_json::json!([[[4.8, 1.21, 2.385]]]));
    assert_eq!(z(" 1 , 4/2, 3e0,2.5"), z("1,2,3,2.5"));
    assert_eq!(z("1;2;3;2,5"), z("1,2,3,2.5"));
    assert_eq!(z("-1,2,3,2.5"), z("−1,2,3,2.5"));
}

#[test]
fn csv_files_are_read_as_spreadsheets_write_them() {
    let folder = tempfile::tempdir().unwrap();
    let expected = output_of(&["forward", "and", "--input", "0,0.5", "--json"]);
    for (index, text) in [
        "0,0.5",
        "0,0.5\n",
        "a,b\n0,0.5\n",
        "\u{feff}a,b\r\n0,0.5\r\n",
        "\u{feff}0,0.5\r\n\r\n  \r\n",
        " 0 , 1/2 \n",
        "\"0\",\"0,5\"\n",
        "a;b\n0;0,5\n",
        "some words\n0;0,5\n",
        "a\tb\n0\t0,5\n",
        "a,2\n0,0.5\n",
        "\n\n\"two\nlines\",b\n\n0,0.5",
        "0,0.5\r",
    ]
    .into_iter()
    .enumerate()
    {
        let name = format!("{index}.csv");
        fs::write(folder.path().join(&name), text).unwrap();
        let found = printed(folder.path(), &["forward", "and", "--csv", &name, "--json"]);
        assert_eq!(found, expected, "{text:?}");
    }
}

#[test]
fn several_samples_are_a_table() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in.csv"), "0,1\n1,1\n").unwrap();
    let table = printed(folder.path(), &["forward", "and", "--csv", "in.csv"]);
    let rows: Vec<Vec<_>> = table
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(rows[0].join(" "), "sample input 1 input 2 output of neuron 1");
    assert_eq!(rows[1..], [["1", "0", "1", "0"], ["2", "1", "1", "1"]]);
}

#[test]
fn bad_csv_files_are_refused_with_file_line_and_column() {
    let folder = tempfile::tempdir().unwrap();
    for (text, words) in [
        ("", "there is no row of numbers"),
        ("a,b\n", "there is no row of numbers"),
        ("\n\n", "there is no row of numbers"),
        ("1,2\n3,x\n", "line 2, column 2: “x” is not a number"),
        ("1,2\r\n\r\n3,x\r\n", "line 3, column 2"),
        (
            "1,2\n\n  \n3\n",
            "line 4: it has 1 column and the network has 2 inputs",
        ),
        ("1,2,3\n", "line 1: it has 3 columns"),
        ("a,b\n1,\n", "line 2, column 2: there is no number"),
        ("1,2\n1,nan\n", "line 2, column 2"),
        ("1,1e999\n", "line 1, column 2: “1e999” is too large"),
        (
            "\"a\nb\",c\n1,2\n\n1,1/0\n",
            "line 5, column 2: “1/0” divides by zero",
        ),
    ] {
        fs::write(folder.path().join("in.csv"), text).unwrap();
        for json in [&[][..], &["--json"]] {
            let sentence = refusal_in(
                folder.path(),
                &[&["forward", "and", "--csv", "in.csv"], json].concat(),
            );
            assert!(
                sentence.contains("in.csv") && sentence.contains(words),
                "{text:?}: {sentence}"
            );
        }
    }
    fs::write(folder.path().join("in.csv"), [0xff, 0xfe, 0x31]).unwrap();
    assert!(refusal_in(folder.path(), &["forward", "and", "--csv", "in.csv"]).contains("not text"));
    assert!(refusal(&["forward", "and", "--csv", "gone.csv"]).contains("gone.csv: there is no such file"));
}

#[test]
fn a_result_that_is_not_finite_is_refused_and_names_the_neuron() {
    let folder = tempfile::tempdir().unwrap();
    printed(
        folder.path(),
        &[
            "set",
            "xor",
            "activation[1]=linear",
            "w[2,1,2]=1e300",
            "-o",
            "f.json",
        ],
    );
    fs::write(folder.path().join("in.csv"), "1,1\n1e300,1\n").unwrap();
    let sentence = refusal_in(folder.path(), &["forward", "f.json", "--csv", "in.csv", "--json"]);
    assert!(
        sentence.contains("neuron 1 of layer 2") && sentence.contains("sample 2"),
        "{sentence}"
    );
    let sentence = refusal_in(folder.path(), &["forward", "f.json", "--input", "1e308,1e308"]);
    assert!(sentence.contains("“or” (neuron 1 of layer 1)"), "{sentence}");
}

#[test]
fn new_makes_what_it_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let new = [
        "new",
        "--layers",
        "2,4,1",
        "--activations",
        "tanh,sigmoid",
        "-o",
        "f.json",
    ];
    assert_eq!(printed(folder.path(), &new), "");
    let by_default = fs::read_to_string(folder.path().join("f.json")).unwrap();
    let said = [&new[..5], &["--init", "xavier", "--seed", "0", "-o", "-"]].concat();
    assert_eq!(printed(folder.path(), &said), by_default);
    let json: serde_json::Value = serde_json::from_str(&by_default).unwrap();
    assert_eq!(json["layers"][0]["activation"], "tanh");
    assert_eq!(json["layers"][1]["activation"], "sigmoid");
    assert_eq!(json["layers"][0]["weights"].as_array().unwrap().len(), 4);
    assert_eq!(
        json["layers"][0]["biases"],
        serde_json::json!([0.0, 0.0, 0.0, 0.0])
    );
    let other_seed = [&new[..5], &["--seed", "1", "-o", "-"]].concat();
    assert_ne!(printed(folder.path(), &other_seed), by_default);
    let with_biases = [&new[..5], &["--biases", "-o", "-"]].concat();
    let json: serde_json::Value = serde_json::from_str(&printed(folder.path(), &with_biases)).unwrap();
    assert_ne!(json["layers"][0]["biases"][0], 0.0);
    assert_eq!(names_in(folder.path()), ["f.json"]);
}

#[test]
fn new_refuses_what_no_network_can_be() {
    for (layers, activations, words) in [
        ("2", "tanh", "at least one layer"),
        ("", "tanh", "not a whole number"),
        ("2,-4,1", "tanh", "not a whole number"),
        ("-2,4", "tanh", "not a whole number"),
        ("2,4.5", "tanh", "not a whole number"),
        ("2,0", "tanh", "layer 1 has 0 neurons"),
        ("0,2", "tanh", "1 to 4096 inputs"),
        ("2,4097", "tanh", "4097 neurons"),
        ("2,10000000000", "tanh", "10000000000 neurons"),
        ("2,99999999999999999999999999", "tanh", "4096"),
        ("4096,4096", "tanh", "4000000"),
        ("2,4,1", "tanh,relu,step", "names 3"),
        ("2,1", "tanhh", "no activation “tanhh”"),
        (&["1"; 66].join(","), "relu", "1 to 64 layers"),
    ] {
        let sentence = refusal(&[
            "new",
            "--layers",
            layers,
            "--activations",
            activations,
            "-o",
            "f.json",
        ]);
        assert!(sentence.contains(words), "{layers}: {sentence}");
    }
    let new = ["new", "--layers", "2,1", "--activations", "tanh"];
    for (more, words) in [
        (&[][..], "--output"),
        (&["--init", "best", "-o", "f"], "no initialisation “best”"),
        (&["--seed", "-1", "-o", "f"], "a seed is a whole number"),
        (&["-o", "gone/f.json"], "gone/f.json was not written"),
        (&["-o", "."], "folder"),
    ] {
        let sentence = refusal(&[&new[..], more].concat());
        assert!(sentence.contains(words), "{more:?}: {sentence}");
    }
}

#[test]
fn show_json_is_the_whole_document_and_opens_again() {
    let folder = tempfile::tempdir().unwrap();
    for name in output_of(&["presets"])
        .lines()
        .filter_map(|line| line.split_whitespace().next())
    {
        let json = output_of(&["show", name, "--json"]);
        fs::write(folder.path().join("f.json"), &json).unwrap();
        assert_eq!(printed(folder.path(), &["show", "f.json", "--json"]), json);
        let words = output_of(&["show", name]);
        assert!(words.starts_with(&format!("{name}: ")), "{words}");
    }
    let words = output_of(&["show", "bump"]);
    assert!(words.contains("neuron 1: weight 1, bias -0.3\n"), "{words}");
    assert!(words.contains("x[1]: -1 to 2 in steps of 0.1\n"), "{words}");
}

#[test]
fn set_changes_exactly_what_it_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let set = [
        "set",
        "article",
        "w[1,2,3]=1/3",
        "b[1,2]=-2e-3",
        "x[1]=4",
        "name[x1]=height",
        "name[1,2]=yes",
        "activation[1]=step",
        "activation[1,2]=tanh",
        "w[1,1,1]=-3",
        "w[1,3,4]=0,25",
        "name[x2]=a=b",
        "-o",
        "f.json",
    ];
    assert_eq!(printed(folder.path(), &set), "");
    let text = fs::read_to_string(folder.path().join("f.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let layer = &json["layers"][0];
    assert_eq!(layer["weights"][1][2].as_f64(), Some(1.0 / 3.0));
    assert_eq!(layer["weights"][0], serde_json::json!([-3.0, 0.8, -0.5, 1.0]));
    assert_eq!(layer["weights"][2][3], 0.25);
    assert_eq!(layer["biases"], serde_json::json!([2.0, -0.002, 0.5]));
    assert_eq!(layer["names"], serde_json::json!([null, "yes", null]));
    assert_eq!(layer["activations"], serde_json::json!(["step", "tanh", "step"]));
    assert_eq!(json["inputs"], serde_json::json!([4.0, 2.0, 3.0, 2.5]));
    assert_eq!(
        json["input_names"],
        serde_json::json!(["height", "a=b", null, null])
    );
    // Without -o the file itself is rewritten; an empty name takes the name away.
    let again = [
        "set",
        "f.json",
        "name[x1]=",
        "name[x2]=",
        "name[1,2]=",
        "activation[1]=relu",
    ];
    assert_eq!(printed(folder.path(), &again), "");
    let text = fs::read_to_string(folder.path().join("f.json")).unwrap();
    assert!(!text.contains("names") && !text.contains("activations"), "{text}");
    assert_eq!(names_in(folder.path()), ["f.json"]);
}

#[test]
fn set_is_all_or_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let document = r#"{"neurodial":1,"layers":[{"activation":"relu","weights":[[1,2]],"biases":[0]}],"locked":["b[1,1]"]}"#;
    fs::write(folder.path().join("f.json"), document).unwrap();
    for (bad, words) in [
        ("b[1,1]=1", "locked"),
        ("w[1,1,3]=1", "no w[1,1,3]"),
        ("w[0,1,1]=1", "counted from 1"),
        ("w[1,1]=1", "no place in a network"),
        ("x[3]=1", "no x[3]"),
        ("w[1,1,1]", "sets nothing"),
        ("w[1,1,1]=", "not a number"),
        ("w[1,1,1]=nan", "not a number"),
        ("w[1,1,1]=1e999", "too large"),
        ("w[1,1,1]=1/0", "divides by zero"),
        ("name[x3]=a", "no x[3]"),
        ("name[1,2]=a", "no neuron 2 in layer 1"),
        ("name[2]=a", "no place"),
        ("activation[2]=tanh", "layer 2"),
        ("activation[1]=tanhh", "no activation “tanhh”"),
        ("activation[1,1]=softmax", "whole layer"),
        ("w[1,1,1]=1\n2", "not a number"),
    ] {
        let sentence = refusal_in(folder.path(), &["set", "f.json", "w[1,1,1]=5", bad]);
        assert!(sentence.contains(words), "{bad}: {sentence}");
        refusal_in(folder.path(), &["set", "f.json", bad, "-o", "g.json"]);
    }
    let long = format!("name[x1]={}", "x".repeat(201));
    assert!(refusal_in(folder.path(), &["set", "f.json", &long]).contains("200 characters"));
    assert!(refusal_in(folder.path(), &["set", "f.json"]).contains("nothing to set"));
    assert!(refusal(&["set", "article", "x[1]=4"]).contains("article is a preset"));
}

#[test]
fn a_name_is_subcommand_then_preset_then_file() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["article", "show", "mine"] {
        printed(folder.path(), &["set", "neuron", "x[1]=-4", "-o", name]);
    }
    assert!(printed(folder.path(), &["forward", "article"]).contains("4.8"));
    assert!(printed(folder.path(), &["forward", "./article"]).contains("input 1: -4\n"));
    assert!(printed(folder.path(), &["forward", "show"]).contains("input 1: -4\n"));
    assert!(printed(folder.path(), &["forward", "mine"]).contains("input 1: -4\n"));
    assert!(refusal_in(folder.path(), &["presets", "mine"]).contains("mine"));
    let sentence = refusal(&["unheard"]);
    for name in ["unheard", "neuron", "article-quiet", "deep"] {
        assert!(sentence.contains(name), "{sentence}");
    }
    assert!(refusal(&["./article"]).contains("./article: there is no such file"));
    assert!(refusal(&["show", "."]).contains("folder"));
}

#[test]
fn without_a_display_the_window_is_one_sentence_with_what_works() {
    for arguments in [&[][..], &["article"], &["./mine"]] {
        let folder = tempfile::tempdir().unwrap();
        printed(folder.path(), &["set", "neuron", "x[1]=1", "-o", "mine"]);
        let sentence = refusal_in(folder.path(), arguments);
        assert!(
            sentence.contains("display") && sentence.contains("neurodial forward article"),
            "{sentence}"
        );
    }
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bad.json"), "{").unwrap();
    assert!(refusal_in(folder.path(), &["bad.json"]).contains("bad.json: the text ends too early"));
}

#[test]
fn arguments_that_make_no_sense_are_one_sentence() {
    for arguments in [
        &["--no-such"][..],
        &["foward", "article"],
        &["article", "show"],
        &["show"],
        &["show", "article", "--jsonn"],
        &["show", "article", "and"],
        &["forward", "article", "--input"],
        &["forward", "article", "--input", "1,2,3,4", "--csv", "f"],
        &["forward", "article", "--input", "1,2,3"],
        &["forward", "article", "--input", "1,2,3,x"],
        &["forward", "article", "--input", ""],
        &["new"],
        &["set"],
        &["set", "article", "x[1]=1", "-o"],
        &[""],
        &["a\nb"],
        &["set", "article", "a\n\nb\u{1b}[31m", "-o", "f"],
    ] {
        refusal(arguments);
    }
    assert!(refusal(&["show"]).contains("neurodial --help"));
    assert!(refusal(&["foward", "article"]).contains("no command “foward”"));
}

#[test]
fn help_and_version_go_to_stdout() {
    assert!(output_of(&["--help"]).contains("Usage: neurodial"));
    assert!(output_of(&["set", "--help"]).contains("activation[1]=step"));
    assert!(output_of(&["--version"]).starts_with("neurodial "));
}

#[cfg(unix)]
#[test]
fn arguments_that_are_not_unicode_are_refused() {
    use std::os::unix::ffi::OsStrExt as _;
    let strange = std::ffi::OsStr::from_bytes(b"\xff\xfe");
    for before in [
        &[][..],
        &["show"],
        &["set", "article"],
        &["forward", "article", "--input"],
        &["new", "--layers"],
    ] {
        let output = Command::new(cargo_bin!("neurodial"))
            .args(before)
            .arg(strange)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{before:?}: {output:?}");
        assert_eq!(
            String::from_utf8_lossy(&output.stderr).lines().count(),
            1,
            "{output:?}"
        );
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    let new = [
        "new",
        "--layers",
        "300,300",
        "--activations",
        "tanh",
        "-o",
        "f.json",
    ];
    printed(folder.path(), &new);
    let mut child = Command::new(cargo_bin!("neurodial"))
        .current_dir(folder.path())
        .args(["show", "f.json", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
}

#[test]
fn the_locale_changes_nothing() {
    for arguments in [
        &["forward", "article"][..],
        &["show", "deep", "--json"],
        &["presets"],
        &["--help"],
    ] {
        let run = |locale: &str| {
            let mut command = Command::new(cargo_bin!("neurodial"));
            for name in ["LANG", "LC_ALL", "LC_NUMERIC", "LANGUAGE"] {
                command.env(name, locale);
            }
            command.env("CLICOLOR_FORCE", if locale == "C" { "0" } else { "1" });
            command.args(arguments).output().unwrap().stdout
        };
        assert_eq!(run("C"), run("de_DE.UTF-8"), "{arguments:?}");
    }
}
