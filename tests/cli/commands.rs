//! Presets, `new`, `show` and `set`; names of documents, wrong arguments, help, and the environment.

use std::fs;
use std::process::{Command, Stdio};

use assert_cmd::cargo::cargo_bin;

use crate::command::{error_in, error_of, names_in, stdout_in, stdout_of};
use crate::support::{json_file, printed_json};

/// Returns the first word of every line that `presets` prints.
fn preset_names() -> Vec<String> {
    stdout_of(&["presets"])
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn presets_lists_one_preset_per_line_with_its_name_first() {
    assert_eq!(
        preset_names(),
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
fn new_writes_a_network_with_the_given_layers_initializer_and_seed() {
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
    assert_eq!(stdout_in(folder.path(), &new), "");
    let by_default = fs::read_to_string(folder.path().join("f.json")).unwrap();
    let explicit = [&new[..5], &["--init", "xavier", "--seed", "0", "-o", "-"]].concat();
    assert_eq!(stdout_in(folder.path(), &explicit), by_default);
    let json = json_file(folder.path(), "f.json");
    assert_eq!(json["layers"][0]["activation"], "tanh");
    assert_eq!(json["layers"][1]["activation"], "sigmoid");
    assert_eq!(json["layers"][0]["weights"].as_array().unwrap().len(), 4);
    assert_eq!(
        json["layers"][0]["biases"],
        serde_json::json!([0.0, 0.0, 0.0, 0.0])
    );
    let other_seed = [&new[..5], &["--seed", "1", "-o", "-"]].concat();
    assert_ne!(stdout_in(folder.path(), &other_seed), by_default);
    let with_biases = [&new[..5], &["--biases", "-o", "-"]].concat();
    let json = printed_json(folder.path(), &with_biases);
    assert_ne!(json["layers"][0]["biases"][0], 0.0);
    assert_eq!(names_in(folder.path()), ["f.json"]);
}

#[test]
fn new_rejects_impossible_layers_and_options() {
    for (layers, activations, words) in [
        ("2", "tanh", "at least one layer"),
        ("", "tanh", "not a whole number"),
        ("2,-4,1", "tanh", "not a whole number"),
        ("-2,4", "tanh", "not a whole number"),
        ("2,4.5", "tanh", "not a whole number"),
        ("2,0", "tanh", "layer 1 has 0 neurons"),
        ("0,2", "tanh", "1 to 4096 inputs"),
        ("2,4097", "tanh", "4097 neurons"),
        ("2,10000000000", "tanh", "10,000,000,000 neurons"),
        ("2,99999999999999999999999999", "tanh", "4096"),
        ("4096,4096", "tanh", "4,000,000"),
        ("2,4,1", "tanh,relu,step", "has 3 names"),
        (
            "2,1",
            "tanhh",
            "'tanhh' for '--activations <NAME,…>' [possible values: linear",
        ),
        (&["1"; 66].join(","), "relu", "1 to 64 layers"),
    ] {
        let error = error_of(&[
            "new",
            "--layers",
            layers,
            "--activations",
            activations,
            "-o",
            "f.json",
        ]);
        assert!(error.contains(words), "{layers}: {error}");
    }
    let new = ["new", "--layers", "2,1", "--activations", "tanh"];
    for (more, words) in [
        (&[][..], "--output"),
        (
            &["--init", "best", "-o", "f"],
            "'best' for '--init <SCHEME>' [possible values: zeros",
        ),
        (
            &["--seed", "-1", "-o", "f"],
            "“-1” is not a seed; write an integer",
        ),
        (&["-o", "gone/f.json"], "gone/f.json was not written"),
        (&["-o", "."], "folder"),
    ] {
        let error = error_of(&[&new[..], more].concat());
        assert!(error.contains(words), "{more:?}: {error}");
    }
}

#[test]
fn show_json_prints_the_whole_document_which_can_be_opened() {
    let folder = tempfile::tempdir().unwrap();
    for name in preset_names() {
        let json = stdout_of(&["show", &name, "--json"]);
        fs::write(folder.path().join("f.json"), &json).unwrap();
        assert_eq!(stdout_in(folder.path(), &["show", "f.json", "--json"]), json);
        let text = stdout_of(&["show", &name]);
        assert!(text.starts_with(&format!("{name}: ")), "{text}");
    }
    let text = stdout_of(&["show", "bump"]);
    assert!(text.contains("neuron 1: weight 1, bias -0.3\n"), "{text}");
    assert!(text.contains("x[1]: -1 to 2, increment 0.1\n"), "{text}");
}

#[test]
fn set_changes_exactly_the_given_values() {
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
        "w[1,2,1]=１．５",
        "ｗ［１，２，２］＝−１／４",
        "x[3] = 1 / 4 ",
        "-o",
        "f.json",
    ];
    assert_eq!(stdout_in(folder.path(), &set), "");
    let json = json_file(folder.path(), "f.json");
    let layer = &json["layers"][0];
    assert_eq!(layer["weights"][1][2].as_f64(), Some(1.0 / 3.0));
    assert_eq!(layer["weights"][0], serde_json::json!([-3.0, 0.8, -0.5, 1.0]));
    assert_eq!(layer["weights"][1][0], 1.5);
    assert_eq!(layer["weights"][1][1], -0.25);
    assert_eq!(layer["weights"][2][3], 0.25);
    assert_eq!(layer["biases"], serde_json::json!([2.0, -0.002, 0.5]));
    assert_eq!(layer["names"], serde_json::json!([null, "yes", null]));
    assert_eq!(layer["activations"], serde_json::json!(["step", "tanh", "step"]));
    assert_eq!(json["inputs"], serde_json::json!([4.0, 2.0, 0.25, 2.5]));
    assert_eq!(
        json["input_names"],
        serde_json::json!(["height", "a=b", null, null])
    );
    // Without -o the file itself is rewritten; an empty name removes the name.
    let again = [
        "set",
        "f.json",
        "name[x1]=",
        "name[x2]=",
        "name[1,2]=",
        "activation[1]=relu",
    ];
    assert_eq!(stdout_in(folder.path(), &again), "");
    let text = fs::read_to_string(folder.path().join("f.json")).unwrap();
    assert!(!text.contains("names") && !text.contains("activations"), "{text}");
    assert_eq!(names_in(folder.path()), ["f.json"]);
}

#[test]
fn set_changes_nothing_if_one_assignment_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let document = r#"{"neurodial":1,"layers":[{"activation":"relu","weights":[[1,2]],"biases":[0]}],"locked":["b[1,1]"]}"#;
    fs::write(folder.path().join("f.json"), document).unwrap();
    for (wrong, words) in [
        ("b[1,1]=1", "locked"),
        ("w[1,1,3]=1", "no w[1,1,3]"),
        ("w[0,1,1]=1", "counted from 1"),
        ("w[1,1]=1", "is not a place in a network"),
        ("x[3]=1", "no x[3]"),
        ("w[1,1,1]", "has no value"),
        ("w[1,1,1]=", "not a number"),
        ("w[1,1,1]=nan", "not a number"),
        ("w[1,1,1]=1e999", "too large"),
        ("w[1,1,1]=1/0", "divides by zero"),
        ("name[x3]=a", "no x[3]"),
        ("name[1,2]=a", "no neuron 2 in layer 1"),
        ("name[2]=a", "is not a place"),
        ("activation[2]=tanh", "layer 2"),
        ("activation[1]=tanhh", "no activation function “tanhh”"),
        ("activation[1,1]=softmax", "whole layer"),
        ("w[1,1,1]=1\n2", "not a number"),
    ] {
        let error = error_in(folder.path(), &["set", "f.json", "w[1,1,1]=5", wrong]);
        assert!(error.contains(words), "{wrong}: {error}");
        error_in(folder.path(), &["set", "f.json", wrong, "-o", "g.json"]);
    }
    let long = format!("name[x1]={}", "x".repeat(201));
    assert!(error_in(folder.path(), &["set", "f.json", &long]).contains("200 characters"));
    assert!(error_in(folder.path(), &["set", "f.json"]).contains("nothing to set"));
    assert!(error_of(&["set", "article", "x[1]=4"]).contains("article is a preset"));
}

#[test]
fn a_name_means_a_subcommand_before_a_preset_before_a_file() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["article", "show", "mine"] {
        stdout_in(folder.path(), &["set", "neuron", "x[1]=-4", "-o", name]);
    }
    assert!(stdout_in(folder.path(), &["forward", "article"]).contains("4.8"));
    assert!(stdout_in(folder.path(), &["forward", "./article"]).contains("input 1: -4\n"));
    assert!(stdout_in(folder.path(), &["forward", "show"]).contains("input 1: -4\n"));
    assert!(stdout_in(folder.path(), &["forward", "mine"]).contains("input 1: -4\n"));
    assert!(error_in(folder.path(), &["presets", "mine"]).contains("mine"));
    let error = error_of(&["unheard"]);
    for name in ["unheard", "neuron", "article-quiet", "deep"] {
        assert!(error.contains(name), "{error}");
    }
    assert!(error_of(&["./article"]).contains("./article: there is no such file"));
    assert!(error_of(&["show", "."]).contains("folder"));
}

#[test]
fn without_a_display_the_error_names_commands_that_need_none() {
    for arguments in [&[][..], &["article"], &["./mine"]] {
        let folder = tempfile::tempdir().unwrap();
        stdout_in(folder.path(), &["set", "neuron", "x[1]=1", "-o", "mine"]);
        let error = error_in(folder.path(), arguments);
        assert!(
            error.contains("display") && error.contains("neurodial forward article"),
            "{error}"
        );
    }
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bad.json"), "{").unwrap();
    assert!(
        error_in(folder.path(), &["bad.json"])
            .contains("bad.json: line 1, column 1: the text ends too early")
    );
}

#[test]
fn wrong_arguments_are_an_error_of_one_line() {
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
        error_of(arguments);
    }
    assert!(error_of(&["show"]).contains("neurodial --help"));
    assert!(error_of(&["foward", "article"]).contains("no command “foward”"));
}

#[test]
fn an_unknown_language_is_an_error_that_names_the_languages() {
    for command in [
        &["describe", "article"][..],
        &["figure", "article", "-o", "f.svg"],
        &["animate", "article", "--over", "b[1,1]", "-o", "f.gif"],
        &["article-figures", "-o", "figures"],
    ] {
        let error = error_of(&[command, &["--language", "fr"]].concat());
        assert!(
            error.contains("'fr' for '--language <LANGUAGE>' [possible values: en, zh-Hans]"),
            "{error}"
        );
    }
}

#[test]
fn former_names_of_options_and_values_still_work_but_are_not_in_the_help() {
    let folder = tempfile::tempdir().unwrap();
    let former = [
        "figure",
        "article",
        "--pane",
        "desk",
        "--look",
        "grey",
        "--strips",
        "none",
        "--no-state",
        "-o",
        "former.svg",
    ];
    let current = [
        "figure",
        "article",
        "--pane",
        "dials",
        "--theme",
        "grayscale",
        "--profiles",
        "none",
        "--no-embed",
        "-o",
        "current.svg",
    ];
    for figure in [former, current] {
        stdout_in(folder.path(), &figure);
    }
    let read = |name: &str| fs::read(folder.path().join(name)).unwrap();
    assert!(read("former.svg") == read("current.svg"));
    let error = error_in(folder.path(), &["figure", "article", "--pin", "1", "-o", "f.svg"]);
    assert!(
        error.contains("--snapshot: the document has no snapshots"),
        "{error}"
    );
    let help = stdout_of(&["figure", "--help"]);
    for name in [
        "desk",
        "--look",
        "gray]",
        "grey",
        "--strips",
        "--no-state",
        "--pin",
    ] {
        assert!(!help.contains(name), "{name}");
    }
}

/// The help of every command. With UPDATE_SNAPSHOTS=1 the test renews it.
#[test]
fn the_help_is_the_stored_one() {
    let mut help = String::new();
    let main = stdout_of(&["--help"]);
    let (_, commands) = main.split_once("Commands:\n").unwrap();
    let names = commands.lines().take_while(|line| !line.is_empty());
    let names = names.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    for name in names.filter(|name| !name.is_empty() && *name != "help") {
        help += &format!("$ neurodial {name} --help\n{}\n", stdout_of(&[name, "--help"]));
    }
    help = format!("$ neurodial --help\n{main}\n{help}");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots/help.txt");
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(path, &help).unwrap();
    }
    let stored = fs::read_to_string(path).unwrap_or_default();
    let differences: Vec<_> = help.lines().filter(|line| !stored.contains(line)).collect();
    assert!(
        stored == help,
        "set UPDATE_SNAPSHOTS=1 to renew {path}: {differences:#?}"
    );
}

#[test]
fn help_and_version_go_to_stdout() {
    assert!(stdout_of(&["--help"]).contains("Usage: neurodial"));
    assert!(stdout_of(&["set", "--help"]).contains("activation[1]=step"));
    assert!(stdout_of(&["--version"]).starts_with("neurodial "));
}

#[cfg(unix)]
#[test]
fn arguments_that_are_not_unicode_are_an_error() {
    use std::os::unix::ffi::OsStrExt as _;
    let not_unicode = std::ffi::OsStr::from_bytes(b"\xff\xfe");
    for before in [
        &[][..],
        &["show"],
        &["set", "article"],
        &["forward", "article", "--input"],
        &["new", "--layers"],
    ] {
        let output = Command::new(cargo_bin!("neurodial"))
            .args(before)
            .arg(not_unicode)
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
fn a_closed_stdout_is_no_error() {
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
    stdout_in(folder.path(), &new);
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
fn the_locale_does_not_change_the_output() {
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

#[test]
fn a_document_is_not_written_as_a_figure() {
    for command in [
        &["set", "article", "-o", "a.svg"] as &[&str],
        &["new", "--layers", "1,1", "--activations", "relu", "-o", "a.PDF"],
        &["train", "xor", "--data", "xor", "-o", "a.png"],
    ] {
        let error = error_of(command);
        assert!(error.contains("use .json, or export a figure"), "{error}");
    }
}

#[test]
fn set_changes_the_nerve_cell_and_refuses_values_out_of_range() {
    let folder = tempfile::tempdir().unwrap();
    let set = [
        "set",
        "neuron",
        "cell.current=3",
        "cell.refractory=5",
        "-o",
        "c.json",
    ];
    assert_eq!(stdout_in(folder.path(), &set), "");
    let cell = json_file(folder.path(), "c.json")["cell"].clone();
    assert_eq!(cell, serde_json::json!({"current": 3.0, "refractory": 5.0}));
    let error = error_in(folder.path(), &["set", "c.json", "cell.current=10.5"]);
    let reason = "cell.current: the current must be from 0 to 10 nA; it was 10.5";
    assert!(error.contains(reason), "{error}");
    assert_eq!(json_file(folder.path(), "c.json")["cell"], cell);
    let description = stdout_in(folder.path(), &["describe", "c.json"]);
    assert!(
        description.contains("fires 83.8 impulses a second"),
        "{description}"
    );
}
