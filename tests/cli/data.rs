//! Tables on the command line: `neurodial data`, the options of tables, columns by name, and typed conditions.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::command::{error_in, neurodial_in, stdout_in};
use crate::support::{json_file, printed_json};

const ONE_INPUT: &str = r#"{"neurodial":1,"layers":[{"activation":"linear","weights":[[1]],"biases":[0]}]}"#;
const NAMED: &str = r#"{"neurodial":1,"input_names":["height","width"],"layers":[{"activation":"linear","weights":[[1,100]],"biases":[0]}]}"#;

/// Returns a folder with these files.
fn folder_with(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// Runs a command that succeeds, and returns what it writes to stderr.
fn notes(folder: &Path, arguments: &[&str]) -> String {
    let output = neurodial_in(folder, arguments);
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{arguments:?}: {stderr}");
    stderr
}

#[test]
fn a_table_is_reported_as_json() {
    let text = "sep=;\nName;größe;Kind;;\nAnn;1,5;yes;;\nBob;;no;;\n\nCyd;2,25;yes;;\nDan;x\nEve;3,5;Yes;;\n";
    let folder = folder_with(&[("t.csv", text)]);
    let report = printed_json(folder.path(), &["data", "t.csv", "--json"]);
    assert_eq!(
        report,
        json!({
            "encoding": "UTF-8",
            "separator": ";",
            "decimal": ",",
            "header_line": 2,
            "columns": [
                {"name": "Name", "kind": "class", "missing": 0, "classes": {"Ann": 1, "Bob": 1, "Cyd": 1, "Eve": 1}},
                {"name": "größe", "kind": "number", "missing": 1},
                {"name": "Kind", "kind": "class", "missing": 0, "classes": {"yes": 2, "no": 1, "Yes": 1}},
                {"name": "", "kind": "empty", "missing": 4},
                {"name": "", "kind": "empty", "missing": 4},
            ],
            "rows": 4,
            "skipped": [{"line": 7, "reason": "line 7 has 2 columns, but the first row has 5"}],
            "values": [
                ["Ann", 1.5, "yes", null, null],
                ["Bob", null, "no", null, null],
                ["Cyd", 2.25, "yes", null, null],
                ["Eve", 3.5, "Yes", null, null],
            ],
        })
    );
    let text = stdout_in(folder.path(), &["data", "t.csv"]);
    for part in [
        "encoding    UTF-8",
        "2. größe: number, 1 missing",
        "yes 2",
        "1 row skipped",
        "Yes and yes",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    let merged = printed_json(folder.path(), &["data", "t.csv", "--json", "--merge-classes"]);
    assert_eq!(merged["columns"][2]["classes"], json!({"no": 1, "yes": 3}));
}

#[test]
fn what_can_be_read_in_two_ways_is_refused_with_the_option() {
    let folder = folder_with(&[
        ("n1.json", ONE_INPUT),
        ("thousands.csv", "x,y\n1,\"1,000\"\n2,\"2,000\"\n"),
        ("date.csv", "x,y\n3/4,1\n1/2,2\n"),
        ("dates.csv", "x,y\n03/04/2024,1\n05/06/2024,2\n"),
        ("quote.csv", "x,y\n1,\"no\n2,yes\n"),
        ("row.csv", "x\n\"1,000\"\n"),
        ("picture.csv", "\u{89}PNG"),
        ("object.csv", "{\"a\": 1}"),
    ]);
    let folder = folder.path();
    let train = |file: &str, more: &[&str]| -> Vec<String> {
        let all = [
            "train", "n1.json", "--data", file, "--epochs", "0", "-o", "out.json",
        ];
        all.iter().chain(more).map(|&part| part.to_owned()).collect()
    };
    let refused = |file: &str, part: &str| {
        let arguments = train(file, &[]);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let error = error_in(folder, &arguments);
        assert!(error.contains(part), "{file}: {error}");
    };
    refused("thousands.csv", "--thousands");
    refused("date.csv", "--dates");
    refused("dates.csv", "--dates");
    refused("quote.csv", "the quote that opens on line 2 is not closed");
    refused("object.csv", "JSON file");
    assert!(error_in(folder, &["forward", "n1.json", "--csv", "row.csv"]).contains("--thousands"));
    assert!(error_in(folder, &["data", "thousands.csv"]).contains("--thousands"));
    let outputs = |more: &[&str]| {
        let arguments = [&["forward", "n1.json", "--csv", "row.csv", "--json"], more].concat();
        printed_json(folder, &arguments)["a"][0][0][0].clone()
    };
    assert_eq!(outputs(&["--thousands", ","]), json!(1000.0));
    assert_eq!(outputs(&["--decimal", ","]), json!(1.0));
    // The choice is kept in the document.
    let arguments = train("thousands.csv", &["--thousands", ","]);
    notes(folder, &arguments.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(json_file(folder, "out.json")["data"]["thousands"], json!(","));
    assert!(!stdout_in(folder, &["show", "out.json"]).contains("can have thousands"));
    let fractions = train("date.csv", &["--dates", "no"]);
    notes(folder, &fractions.iter().map(String::as_str).collect::<Vec<_>>());
    // Contradictions and options without a table.
    assert!(
        error_in(
            folder,
            &["data", "date.csv", "--decimal", ",", "--thousands", ","]
        )
        .contains("--thousands")
    );
    assert!(error_in(folder, &["data", "date.csv", "--encoding", "klingon"]).contains("not an encoding"));
    let error = error_in(
        folder,
        &[
            "train", "n1.json", "--data", "line", "--dates", "no", "-o", "o.json",
        ],
    );
    assert!(error.contains("--dates is for tables"), "{error}");
    assert!(error_in(folder, &["forward", "n1.json", "--header", "no"]).contains("--header is for tables"));
    let error = error_in(folder, &["figure", "n1.json", "--dates", "no", "-o", "o.svg"]);
    assert!(error.contains("--dates is for tables"), "{error}");
}

#[test]
fn columns_are_matched_by_name_in_every_command() {
    let folder = folder_with(&[
        ("net.json", NAMED),
        ("rows.csv", "width,id,height\n5,7,1\n"),
        ("some.csv", "width,length\n5,1\n"),
        ("plain.csv", "a,b\n1,5\n"),
        ("train.csv", "width,height,sum\n1,2,102\n2,1,201\n3,4,304\n"),
        ("targets.csv", "y\n501\n"),
    ]);
    let folder = folder.path();
    let value = |file: &str| {
        let output = neurodial_in(folder, &["forward", "net.json", "--csv", file, "--json"]);
        assert!(output.status.success(), "{output:?}");
        let json: Value = serde_json::from_slice(&output.stdout).unwrap();
        (
            json["a"][0][0][0].clone(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let (by_name, note) = value("rows.csv");
    assert_eq!(by_name, json!(501.0));
    assert!(note.contains("not used: id"), "{note}");
    let (by_position, note) = value("plain.csv");
    assert_eq!(by_position, json!(501.0));
    assert!(note.contains("used in their order: a and b"), "{note}");
    assert!(error_in(folder, &["forward", "net.json", "--csv", "some.csv"]).contains("no column for height"));
    notes(
        folder,
        &[
            "train",
            "net.json",
            "--data",
            "train.csv",
            "--epochs",
            "0",
            "-o",
            "out.json",
        ],
    );
    assert_eq!(
        json_file(folder, "out.json")["data"]["columns"],
        json!(["height", "width"])
    );
    let gradients = [
        "gradients",
        "net.json",
        "--inputs",
        "rows.csv",
        "--targets",
        "targets.csv",
    ];
    let arguments = [&gradients[..], &["--loss", "mean_squared_error", "--json"]].concat();
    let output = neurodial_in(folder, &arguments);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["value"], json!(0.0));
    notes(
        folder,
        &["figure", "net.json", "--rows", "rows.csv", "-o", "row.svg"],
    );
    assert!(folder.join("row-1.svg").exists());
}

#[test]
fn notes_say_what_a_person_should_know() {
    let folder = folder_with(&[
        ("n1.json", ONE_INPUT),
        ("one.csv", "x,y\n1,no\n2,no\n"),
        ("case.csv", "x,y\n1,yes\n2,Yes\n3,no\n"),
        ("header.csv", "0,1\n10,20\n30,40\n"),
        ("bad.csv", "x,y\n1,5\n2,-\n3,7\n"),
    ]);
    let folder = folder.path();
    assert!(
        stdout_in(folder, &["data", "header.csv"]).contains("the numbers on line 1 are taken as the header")
    );
    let skipped = [
        "train",
        "n1.json",
        "--data",
        "bad.csv",
        "--skip-bad-rows",
        "--epochs",
        "0",
        "-o",
        "o.json",
    ];
    let text = notes(folder, &skipped);
    assert!(
        text.contains("1 row skipped") && text.contains("line 3, column “y”: there is no target"),
        "{text}"
    );
    fs::write(
        folder.join("n2.json"),
        r#"{"neurodial":1,"layers":[{"activation":"softmax","weights":[[1],[1]],"biases":[0,0]}]}"#,
    )
    .unwrap();
    let error = error_in(
        folder,
        &[
            "train", "n2.json", "--data", "case.csv", "--epochs", "0", "-o", "o2.json",
        ],
    );
    assert!(error.contains("Yes, no, and yes"), "{error}");
    let merged = [
        "train",
        "n2.json",
        "--data",
        "case.csv",
        "--merge-classes",
        "--epochs",
        "0",
        "-o",
        "o2.json",
    ];
    assert!(notes(folder, &merged).contains("classes: Yes, no"));
    let one = r#"{"neurodial":1,"layers":[{"activation":"softmax","weights":[[1]],"biases":[0]}]}"#;
    fs::write(folder.join("one.json"), one).unwrap();
    let text = notes(
        folder,
        &[
            "train", "one.json", "--data", "one.csv", "--epochs", "0", "-o", "o3.json",
        ],
    );
    assert!(text.contains("the single class “no”"), "{text}");
}

#[test]
fn hostile_tables_are_refused_with_one_message() {
    let folder = folder_with(&[("n1.json", ONE_INPUT)]);
    let folder = folder.path();
    for (name, text) in [
        ("wide.csv", "a,".repeat(2_000_000)),
        ("short.csv", "1\n".repeat(1_000_000)),
        ("quotes.csv", "\"".repeat(999_999)),
        ("opened.csv", format!("a,b\n1,\"{}", "x\n".repeat(500_000))),
    ] {
        fs::write(folder.join(name), text).unwrap();
        error_in(
            folder,
            &[
                "train", "n1.json", "--data", name, "--epochs", "0", "-o", "o.json",
            ],
        );
    }
}

#[test]
fn a_typed_condition_is_a_dataset() {
    let folder = folder_with(&[]);
    let folder = folder.path();
    stdout_in(
        folder,
        &[
            "new",
            "--layers",
            "2,4,1",
            "--activations",
            "tanh,sigmoid",
            "-o",
            "n.json",
        ],
    );
    let train = |condition: &'static str| {
        [
            "train", "n.json", "--data", condition, "--epochs", "3", "-o", "out.json",
        ]
    };
    let text = notes(folder, &train("x2 > sin(x1)"));
    assert!(text.contains("classes: 0, 1"), "{text}");
    assert_eq!(
        json_file(folder, "out.json")["data"]["condition"],
        json!("x2 > sin(x1)")
    );
    assert!(stdout_in(folder, &["show", "out.json"]).contains("x2 > sin(x1)"));
    // The document trains on the same points.
    notes(
        folder,
        &["train", "out.json", "--epochs", "1", "-o", "again.json"],
    );
    for (condition, part) in [
        ("x2 > sni(x1)", "“sni” at character 6 is unknown"),
        ("x2 > sin(x1", "the parenthesis at character 9 is not closed"),
        ("x2 > 9", "true for no point"),
        ("x2 > sqrt(-1 - x1^2)", "undefined for almost every point"),
    ] {
        let error = error_in(folder, &train(condition));
        assert!(error.contains(part), "{condition}: {error}");
    }
    let figure = [
        "figure",
        "n.json",
        "--data",
        "x1^2 + x2^2 < 9",
        "--pane",
        "data",
        "-o",
        "data.svg",
    ];
    assert_eq!(stdout_in(folder, &figure), "");
}
