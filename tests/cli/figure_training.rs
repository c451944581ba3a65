//! `neurodial figure` and `animate` with data: loss curve, confusion matrix, samples on maps, loss landscape, and an
//! animation of training.

use std::fs;
use std::path::Path;

use roxmltree::Document;
use serde_json::{Value, json};

use crate::command::{error_in, neurodial_in, stdout_in};
use crate::support::{draw_figure, json_file, printed_json, svg_texts};

/// Returns a folder with a network before and after training on `DATA`, and the log of the training.
fn trained_folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let new = [
        "new",
        "--layers",
        "2,5,1",
        "--activations",
        "tanh,sigmoid",
        "--init",
        "xavier",
    ];
    stdout_in(path, &[&new[..], &["--seed", "1", "-o", "start.json"]].concat());
    let mut train = vec!["train", "start.json"];
    train.extend(DATA);
    train.extend(["--log", "log.csv", "-o", "trained.json"]);
    assert!(neurodial_in(path, &train).status.success());
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

/// Returns the arguments of `DATA` without the number of epochs.
fn data_without_epochs() -> Vec<&'static str> {
    [&DATA[..8], &DATA[10..]].concat()
}

/// Draws a figure without the document inside, so that figures of different documents can be equal.
fn figure_svg(folder: &Path, document: &str, options: &[&str]) -> String {
    let options = [&["--no-embed"], options].concat();
    String::from_utf8(draw_figure(folder, document, "f.svg", &options)).unwrap()
}

#[test]
fn the_loss_curve_of_new_training_equals_that_of_its_log() {
    let folder = trained_folder();
    let path = folder.path();
    let log = fs::read_to_string(path.join("log.csv")).unwrap();
    let last_row: Vec<f64> = log
        .lines()
        .last()
        .unwrap()
        .split(',')
        .map(|cell| cell.parse().unwrap())
        .collect();
    let trained = figure_svg(path, "start.json", &[&["--pane", "loss"], &DATA[..]].concat());
    let from_log = figure_svg(path, "start.json", &["--pane", "loss", "--log", "log.csv"]);
    for svg in [&trained, &from_log] {
        let texts = svg_texts(svg);
        assert!(texts.contains(&"Epoch 12".to_owned()), "{texts:?}");
        let train = texts.iter().find(|text| text.starts_with("Training ")).unwrap();
        let shown: f64 = train.split([' ', ',']).nth(1).unwrap().parse().unwrap();
        assert!(
            (shown - last_row[1]).abs() < 0.01 * last_row[1],
            "{train} for {}",
            last_row[1]
        );
        assert!(texts.iter().any(|text| text.starts_with("Test ")), "{texts:?}");
    }
    let longest_path = |svg: &str| {
        let document = Document::parse(svg).unwrap();
        let paths = document.descendants().filter(|node| node.has_tag_name("path"));
        paths
            .filter_map(|node| node.attribute("d").map(str::to_owned))
            .max_by_key(String::len)
            .unwrap()
    };
    assert_eq!(longest_path(&trained), longest_path(&from_log));
    let log_axis = figure_svg(
        path,
        "start.json",
        &["--pane", "loss", "--log", "log.csv", "--log-axis"],
    );
    assert_ne!(longest_path(&log_axis), longest_path(&from_log));
    assert!(svg_texts(&log_axis).contains(&"loss (log scale)".to_owned()));
}

#[test]
fn panes_beside_the_loss_curve_show_the_trained_network() {
    let folder = trained_folder();
    let path = folder.path();
    let without_epochs = data_without_epochs();
    let parts = |document: &str, panes: &str, data: &[&str]| -> Vec<(String, String)> {
        let svg = figure_svg(path, document, &[&["--pane", panes], data].concat());
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
        assert!(!alone.is_empty() || pane == "data", "{pane} has no parts");
        for part in &alone {
            assert!(beside.contains(part), "{pane}: {part:?} is not among {beside:?}");
        }
        // Without a number of epochs the untrained document is shown beside the losses of its training.
        let untrained = parts("start.json", pane, &without_epochs);
        let beside = parts("start.json", &format!("{pane},loss"), &without_epochs);
        for part in &untrained {
            assert!(beside.contains(part), "{pane}: {part:?} is not among {beside:?}");
        }
        assert!(
            untrained != alone || pane == "data",
            "{pane} does not show the training"
        );
    }
}

#[test]
fn training_for_a_figure_keeps_locked_knobs() {
    let folder = trained_folder();
    let path = folder.path();
    let mut document = json_file(path, "start.json");
    document["locked"] = json!(["w[1,1,2]"]);
    fs::write(path.join("locked.json"), document.to_string()).unwrap();
    let options = [&["--pane", "diagram,loss"], &DATA[..]].concat();
    draw_figure(path, "locked.json", "l.svg", &options);
    let embedded = printed_json(path, &["show", "l.svg", "--json"]);
    let weight =
        |document: &Value, input: usize| document["layers"][0]["weights"][0][input].as_f64().unwrap();
    assert_eq!(embedded["locked"], document["locked"]);
    assert_eq!(weight(&embedded, 1), weight(&document, 1));
    assert_ne!(weight(&embedded, 0), weight(&document, 0));
}

#[test]
fn with_a_number_of_epochs_every_pane_shows_a_trained_copy() {
    let folder = trained_folder();
    let path = folder.path();
    let without_epochs = data_without_epochs();
    for pane in ["diagram", "map", "data", "confusion", "curves", "code", "formula"] {
        let draw =
            |document: &str, data: &[&str]| figure_svg(path, document, &[&["--pane", pane], data].concat());
        let trained = draw("start.json", &DATA);
        assert_eq!(trained, draw("trained.json", &without_epochs), "{pane}");
        assert_ne!(trained, draw("start.json", &without_epochs), "{pane}");
    }
    // The figure contains the trained network, and the document itself is unchanged.
    let before = fs::read(path.join("start.json")).unwrap();
    draw_figure(path, "start.json", "g.svg", &DATA);
    let layers = |file: &str| printed_json(path, &["show", file, "--json"])["layers"].clone();
    assert!(!layers("g.svg").is_null());
    assert_eq!(layers("g.svg"), layers("trained.json"));
    assert_eq!(fs::read(path.join("start.json")).unwrap(), before);
}

#[test]
fn panes_of_data_use_the_data_of_the_document() {
    let folder = trained_folder();
    let path = folder.path();
    for pane in ["data", "confusion", "landscape", "training"] {
        let first = figure_svg(path, "trained.json", &["--pane", pane]);
        assert_eq!(
            first,
            figure_svg(path, "trained.json", &["--pane", pane]),
            "{pane}"
        );
        let error = error_in(path, &["figure", "start.json", "--pane", pane, "-o", "x.svg"]);
        assert!(error.contains("--data") && error.contains(pane), "{error}");
    }
}

#[test]
fn the_confusion_matrix_counts_every_sample_once() {
    let folder = trained_folder();
    let svg = figure_svg(folder.path(), "trained.json", &["--pane", "confusion"]);
    let document = Document::parse(&svg).unwrap();
    let mut counts = [0, 0];
    for part in document
        .descendants()
        .filter(|node| node.has_attribute("data-part"))
    {
        let address = part.attribute("data-part").unwrap();
        let set = match address.split('[').next().unwrap() {
            "train" => 0,
            "test" => 1,
            _ => continue,
        };
        let title = part.children().find(|node| node.has_tag_name("title")).unwrap();
        let (label, count) = title.text().unwrap().split_once(": ").unwrap();
        assert!(label.contains(" predicted as "), "{label}");
        counts[set] += count.parse::<usize>().unwrap();
    }
    assert_eq!(counts, [45, 15]);
    let texts = svg_texts(&svg);
    assert!(
        texts.iter().any(|text| text.ends_with("of 45 correct")),
        "{texts:?}"
    );
}

#[test]
fn a_map_over_two_inputs_shows_the_samples() {
    let folder = trained_folder();
    let path = folder.path();
    let marker_count = |document: &str, options: &[&str]| {
        let svg = figure_svg(path, document, &[&["--pane", "map"], options].concat());
        svg.matches("<circle").count() + svg.matches("<rect").count()
    };
    let with_data = marker_count("trained.json", &[]);
    let without_data = marker_count("start.json", &[]);
    assert!(with_data >= without_data + 60, "{with_data} {without_data}");
    let over_a_knob = marker_count("trained.json", &["--over", "w[1,1,1]", "--up", "x[1]"]);
    assert!(over_a_knob < with_data, "samples have no value of a knob");
}

#[test]
fn an_animation_of_training_has_different_frames_and_the_same_bytes_every_time() {
    let folder = trained_folder();
    let path = folder.path();
    let animate = |name: &str| {
        let mut arguments = vec![
            "animate",
            "start.json",
            "--training",
            "--pane",
            "loss,data,diagram",
        ];
        arguments.extend(DATA);
        arguments.extend(["--seconds", "1", "--rate", "5", "--width", "300px", "-o", name]);
        assert!(neurodial_in(path, &arguments).status.success());
        path.join(name)
    };
    assert_eq!(
        fs::read(animate("one.gif")).unwrap(),
        fs::read(animate("two.gif")).unwrap()
    );
    let frames_folder = animate("frames/");
    let mut frames: Vec<Vec<u8>> = (1..=5)
        .map(|index| fs::read(frames_folder.join(format!("{index:04}.png"))).unwrap())
        .collect();
    frames.dedup();
    assert_eq!(frames.len(), 5, "two frames are equal");
}

#[test]
fn wrong_options_of_data_and_training_are_errors() {
    let folder = trained_folder();
    let path = folder.path();
    fs::write(
        path.join("bad.csv"),
        "epoch,train_loss,test_loss,train_accuracy,test_accuracy\n0,1,,,\n0,0.5,,,\n",
    )
    .unwrap();
    fs::write(
        path.join("cut.csv"),
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
            "not a training log",
        ),
        (
            vec!["figure", "start.json", "--pane", "loss", "--log", "bad.csv"],
            "line 3",
        ),
        (
            vec!["figure", "start.json", "--pane", "loss", "--log", "cut.csv"],
            "line 2",
        ),
        (
            vec!["figure", "start.json", "--log", "log.csv"],
            "--pane training",
        ),
        (
            vec!["figure", "trained.json", "--pane", "loss", "--batch", "0"],
            "--batch",
        ),
        (
            vec!["figure", "trained.json", "--pane", "landscape", "--over", "x[1]"],
            "choose a weight or a bias",
        ),
        (vec!["figure", "trained.json", "--up", "x[1]"], "--up"),
        (vec!["figure", "trained.json", "--snapshot", "1"], "no snapshots"),
        (
            vec!["figure", "article", "--epochs", "3"],
            "--epochs: the document has no dataset",
        ),
        (
            vec!["figure", "trained.json", "--optimizer", "sgd"],
            "--optimizer has no effect without training",
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
            "leave out --epochs",
        ),
    ] {
        let error = error_in(path, &[&arguments[..], &["-o", "x.svg"]].concat());
        assert!(error.contains(words), "{arguments:?}: {error}");
    }
    let error = error_in(path, &["animate", "start.json", "--training", "-o", "x.gif"]);
    assert!(
        error.contains("--training") && error.contains("--data"),
        "{error}"
    );
    let error = error_in(
        path,
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
fn the_network_of_every_row_is_trained() {
    let folder = trained_folder();
    let path = folder.path();
    fs::write(path.join("rows.csv"), "w[1,1,1]\n-2\n2\n").unwrap();
    let arguments = [
        "figure",
        "trained.json",
        "--pane",
        "loss",
        "--rows",
        "rows.csv",
        "-o",
        "l.svg",
    ];
    assert_eq!(stdout_in(path, &arguments), "");
    let loss_label = |name: &str| {
        let texts = svg_texts(&fs::read_to_string(path.join(name)).unwrap());
        texts
            .into_iter()
            .find(|text| text.starts_with("Training "))
            .unwrap()
    };
    assert_ne!(loss_label("l-1.svg"), loss_label("l-2.svg"));
}
