//! The command line: every command, every refusal, exit codes, and that refusals write nothing.

#![allow(
    clippy::unwrap_used,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/command.rs"]
mod command;

use std::fs;
use std::process::{Command, Stdio};

use assert_cmd::cargo::cargo_bin;
use command::{names_in, output_of, printed, refusal, refusal_in};

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
