//! `neurodial figure` and `animate` with data: losses, confusion, maps with samples, landscapes, and training that moves.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/command.rs"]
mod command;

use std::fs;
use std::path::Path;

use command::{neurodial_in, printed, refusal_in};
use roxmltree::Document;

/// A folder with a network for two moons, as it starts and as it is trained, with its log.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let new = [
        "new",
        "--layers",
        "2,5,1",
        "--activations",
        "tanh,sigmoid",
        "--init",
        "xavier",
    ];
    printed(at, &[&new[..], &["--seed", "1", "-o", "start.json"]].concat());
    let mut train = vec!["train", "start.json"];
    train.extend(DATA);
    train.extend(["--log", "log.csv", "-o", "trained.json"]);
    assert!(neurodial_in(at, &train).status.success());
    folder
}

const DATA: [&str; 11] = [
    "--data",
    "moons",
    "--samples",
    "60",
    "--noise",
    "0.1",
    "--test",
    "0.25",
    "--epochs",
    "12",
    "--seed=3",
];

fn svg(folder: &Path, document: &str, options: &[&str]) -> String {
    let arguments = [&["figure", document, "-o", "f.svg", "--no-state"], options].concat();
    assert_eq!(printed(folder, &arguments), "");
    fs::read_to_string(folder.join("f.svg")).unwrap()
}

fn texts(svg: &str) -> Vec<String> {
    let document = Document::parse(svg).unwrap();
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    texts
        .map(|text| {
            let pieces = text.descendants().filter(|node| node.is_text());
            pieces.filter_map(|piece| piece.text()).collect()
        })
        .collect()
}

#[test]
fn losses_are_those_of_the_log_whether_trained_anew_or_read() {
    let folder = folder();
    let at = folder.path();
    let log = fs::read_to_string(at.join("log.csv")).unwrap();
    let last: Vec<f64> = log
        .lines()
        .last()
        .unwrap()
        .split(',')
        .map(|cell| cell.parse().unwrap())
        .collect();
    let anew = svg(at, "start.json", &[&["--pane", "loss"], &DATA[..]].concat());
    let read = svg(at, "start.json", &["--pane", "loss", "--log", "log.csv"]);
    for svg in [&anew, &read] {
        let texts = texts(svg);
        assert!(texts.contains(&"epoch 12".to_owned()), "{texts:?}");
        let train = texts.iter().find(|text| text.starts_with("train ")).unwrap();
        let shown: f64 = train.split([' ', ',']).nth(1).unwrap().parse().unwrap();
        assert!(
            (shown - last[1]).abs() < 0.01 * last[1],
            "{train} for {}",
            last[1]
        );
        assert!(texts.iter().any(|text| text.starts_with("test ")), "{texts:?}");
    }
    let curves = |svg: &str| {
        let document = Document::parse(svg).unwrap();
        let paths = document.descendants().filter(|node| node.has_tag_name("path"));
        paths
            .filter_map(|node| node.attribute("d").map(str::to_owned))
            .max_by_key(String::len)
            .unwrap()
    };
    assert_eq!(curves(&anew), curves(&read));
    let log_axis = svg(
        at,
        "start.json",
        &["--pane", "loss", "--log", "log.csv", "--log-axis"],
    );
    assert_ne!(curves(&log_axis), curves(&read));
    assert!(texts(&log_axis).contains(&"loss, logarithmic".to_owned()));
}

#[test]
fn beside_its_losses_stands_the_network_that_the_epochs_made() {
    let folder = folder();
    let at = folder.path();
    let no_epochs = [&DATA[..8], &DATA[10..]].concat();
    let parts = |document: &str, panes: &str, data: &[&str]| -> Vec<(String, String)> {
        let svg = svg(at, document, &[&["--pane", panes], data].concat());
        let document = Document::parse(&svg).unwrap();
        let parts = document.descendants().filter_map(|node| {
            let part = node.attribute("data-part")?;
            let title = node.children().find(|node| node.has_tag_name("title"))?;
            Some((part.to_owned(), title.text()?.to_owned()))
        });
        let mut parts: Vec<_> = parts.collect();
        parts.sort();
        parts.dedup();
        parts
    };
    for pane in ["diagram", "confusion", "landscape", "data", "map", "code"] {
        let alone = parts("start.json", pane, &DATA);
        let beside = parts("start.json", &format!("{pane},loss"), &DATA);
        assert!(!alone.is_empty() || pane == "data", "{pane} has parts");
        for part in &alone {
            assert!(beside.contains(part), "{pane}: {part:?} is not among {beside:?}");
        }
        // Without a number of epochs the document itself stands beside the losses that its training would have.
        let untrained = parts("start.json", pane, &no_epochs);
        let beside = parts("start.json", &format!("{pane},loss"), &no_epochs);
        for part in &untrained {
            assert!(beside.contains(part), "{pane}: {part:?} is not among {beside:?}");
        }
        assert!(
            untrained != alone || pane == "data",
            "{pane} shows what was learned"
        );
    }
}

#[test]
fn a_locked_knob_stays_and_is_still_locked_in_the_figure() {
    let folder = folder();
    let at = folder.path();
    let text = fs::read_to_string(at.join("start.json")).unwrap();
    let mut document: serde_json::Value = serde_json::from_str(&text).unwrap();
    document["locked"] = serde_json::json!(["w[1,1,2]"]);
    fs::write(at.join("locked.json"), document.to_string()).unwrap();
    printed(
        at,
        &[
            &["figure", "locked.json", "--pane", "diagram,loss", "-o", "l.svg"],
            &DATA[..],
        ]
        .concat(),
    );
    let shown: serde_json::Value = serde_json::from_str(&printed(at, &["show", "l.svg", "--json"])).unwrap();
    let weight = |document: &serde_json::Value, input: usize| {
        document["layers"][0]["weights"][0][input].as_f64().unwrap()
    };
    assert_eq!(shown["locked"], document["locked"]);
    assert_eq!(weight(&shown, 1), weight(&document, 1));
    assert_ne!(weight(&shown, 0), weight(&document, 0));
}

#[test]
fn epochs_train_a_copy_for_every_pane() {
    let folder = folder();
    let at = folder.path();
    let untrained = [&DATA[..8], &DATA[10..]].concat();
    for pane in ["diagram", "map", "data", "confusion", "curves", "code", "formula"] {
        let with = |document: &str, data: &[&str]| svg(at, document, &[&["--pane", pane], data].concat());
        let made = with("start.json", &DATA);
        assert_eq!(made, with("trained.json", &untrained), "{pane}");
        assert_ne!(made, with("start.json", &untrained), "{pane}");
    }
    // The file carries what it shows; and the document itself stays as it was.
    let before = fs::read(at.join("start.json")).unwrap();
    printed(
        at,
        &[&["figure", "start.json", "-o", "g.svg"], &DATA[..]].concat(),
    );
    let knobs = |file: &str| {
        let text = printed(at, &["show", file, "--json"]);
        let document: serde_json::Value = serde_json::from_str(&text).unwrap();
        document["layers"].clone()
    };
    assert!(!knobs("g.svg").is_null());
    assert_eq!(knobs("g.svg"), knobs("trained.json"));
    assert_eq!(fs::read(at.join("start.json")).unwrap(), before);
}

#[test]
fn a_document_with_data_needs_no_data_on_the_line() {
    let folder = folder();
    let at = folder.path();
    for pane in ["data", "confusion", "landscape", "loss"] {
        let bytes = svg(at, "trained.json", &["--pane", pane]);
        assert_eq!(bytes, svg(at, "trained.json", &["--pane", pane]), "{pane}");
        let error = refusal_in(at, &["figure", "start.json", "--pane", pane, "-o", "x.svg"]);
        assert!(error.contains("--data") && error.contains(pane), "{error}");
    }
}

#[test]
fn the_confusion_counts_every_sample_once() {
    let folder = folder();
    let svg = svg(folder.path(), "trained.json", &["--pane", "confusion"]);
    let document = Document::parse(&svg).unwrap();
    let mut counts = [0, 0];
    for part in document
        .descendants()
        .filter(|node| node.has_attribute("data-part"))
    {
        let address = part.attribute("data-part").unwrap();
        let side = match address.split('[').next().unwrap() {
            "train" => 0,
            "test" => 1,
            _ => continue,
        };
        let title = part.children().find(|node| node.has_tag_name("title")).unwrap();
        let (words, count) = title.text().unwrap().split_once(": ").unwrap();
        assert!(words.contains(" told as "), "{words}");
        counts[side] += count.parse::<usize>().unwrap();
    }
    assert_eq!(counts, [45, 15]);
    let texts = texts(&svg);
    assert!(texts.iter().any(|text| text.ends_with("of 45")), "{texts:?}");
}

#[test]
fn a_map_has_the_samples_of_the_data() {
    let folder = folder();
    let at = folder.path();
    let count = |svg: &str| svg.matches("<circle").count() + svg.matches("<rect").count();
    let with = svg(at, "trained.json", &["--pane", "map"]);
    let without = svg(at, "start.json", &["--pane", "map"]);
    assert!(
        count(&with) >= count(&without) + 60,
        "{} {}",
        count(&with),
        count(&without)
    );
    let over = svg(
        at,
        "trained.json",
        &["--pane", "map", "--over", "w[1,1,1]", "--up", "x[1]"],
    );
    assert!(count(&over) < count(&with), "knobs have no samples");
}

#[test]
fn training_moves_and_is_the_same_every_time() {
    let folder = folder();
    let at = folder.path();
    let movie = |name: &str| {
        let mut arguments = vec![
            "animate",
            "start.json",
            "--training",
            "--pane",
            "loss,data,diagram",
        ];
        arguments.extend(DATA);
        arguments.extend(["--seconds", "1", "--rate", "5", "--width", "300px", "-o", name]);
        assert!(neurodial_in(at, &arguments).status.success());
        at.join(name)
    };
    assert_eq!(
        fs::read(movie("one.gif")).unwrap(),
        fs::read(movie("two.gif")).unwrap()
    );
    let frames = movie("frames/");
    let mut pictures: Vec<Vec<u8>> = (1..=5)
        .map(|index| fs::read(frames.join(format!("{index:04}.png"))).unwrap())
        .collect();
    pictures.dedup();
    assert_eq!(pictures.len(), 5, "every picture is another one");
}

#[test]
fn what_makes_no_sense_is_refused_in_a_sentence() {
    let folder = folder();
    let at = folder.path();
    fs::write(
        at.join("bad.csv"),
        "epoch,train_loss,test_loss,train_accuracy,test_accuracy\n0,1,,,\n0,0.5,,,\n",
    )
    .unwrap();
    fs::write(
        at.join("cut.csv"),
        "epoch,train_loss,test_loss,train_accuracy,test_accuracy\n0,1,,\n",
    )
    .unwrap();
    for (arguments, words) in [
        (
            vec!["figure", "article", "--pane", "data", "--data", "moons"],
            "2 inputs",
        ),
        (
            vec!["figure", "start.json", "--pane", "loss", "--log", "start.json"],
            "no log",
        ),
        (
            vec!["figure", "start.json", "--pane", "loss", "--log", "bad.csv"],
            "line 3",
        ),
        (
            vec!["figure", "start.json", "--pane", "loss", "--log", "cut.csv"],
            "line 2",
        ),
        (vec!["figure", "start.json", "--log", "log.csv"], "--pane loss"),
        (
            vec!["figure", "trained.json", "--pane", "loss", "--batch", "0"],
            "--batch",
        ),
        (
            vec!["figure", "trained.json", "--pane", "landscape", "--over", "x[1]"],
            "weights and biases",
        ),
        (vec!["figure", "trained.json", "--up", "x[1]"], "--up"),
        (vec!["figure", "trained.json", "--pin", "1"], "no pins"),
        (vec!["figure", "article", "--epochs", "3"], "--epochs: --data"),
        (
            vec!["figure", "trained.json", "--optimizer", "sgd"],
            "--optimizer is for training",
        ),
        (
            vec![
                "figure",
                "start.json",
                "--pane",
                "loss",
                "--log",
                "log.csv",
                "--epochs",
                "3",
            ],
            "--epochs has no place",
        ),
    ] {
        let error = refusal_in(at, &[&arguments[..], &["-o", "x.svg"]].concat());
        assert!(error.contains(words), "{arguments:?}: {error}");
    }
    let error = refusal_in(at, &["animate", "start.json", "--training", "-o", "x.gif"]);
    assert!(
        error.contains("--training") && error.contains("--data"),
        "{error}"
    );
    let error = refusal_in(
        at,
        &[
            "animate",
            "trained.json",
            "--training",
            "--over",
            "x[1]",
            "-o",
            "x.gif",
        ],
    );
    assert!(error.contains("--over"), "{error}");
}

#[test]
fn rows_of_a_batch_are_trained_each() {
    let folder = folder();
    let at = folder.path();
    fs::write(at.join("rows.csv"), "w[1,1,1]\n-2\n2\n").unwrap();
    let arguments = [
        "figure",
        "trained.json",
        "--pane",
        "loss",
        "--batch",
        "rows.csv",
        "-o",
        "l.svg",
    ];
    assert_eq!(printed(at, &arguments), "");
    let read = |name: &str| fs::read_to_string(at.join(name)).unwrap();
    let first = |svg: String| {
        let texts = texts(&svg);
        texts.into_iter().find(|text| text.starts_with("train ")).unwrap()
    };
    assert_ne!(first(read("l-1.svg")), first(read("l-2.svg")));
}
