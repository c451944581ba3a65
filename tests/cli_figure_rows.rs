//! `neurodial figure --batch` and `neurodial animate`: many figures, all or nothing.

#![allow(
    clippy::unwrap_used,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/command.rs"]
mod command;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use assert_cmd::cargo::cargo_bin;
use command::{names_in, printed, refusal_in};

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).unwrap();
}

#[test]
fn a_batch_draws_a_figure_a_row() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    for (head, rows) in [
        ("w[1,1,2],b[1,3]", "0.5,1\n-0.25,2\n"),
        ("\"w[1,1,2]\",\"b[1,3]\"", "0.5,1\n-0.25,2\n"),
        ("w[1,1,2];b[1,3]", "0,5;1\n-0,25;2\n"),
        ("\u{feff}w[1,1,2]\tb[1,3]", "0.5\t1\r\n-1/4\t2\r\n"),
    ] {
        write(path, "rows.csv", &format!("{head}\n{rows}"));
        printed(path, &["figure", "article", "--batch", "rows.csv", "-o", "f.svg"]);
        assert_eq!(names_in(path), ["f-1.svg", "f-2.svg", "rows.csv"], "{head}");
        for (file, weight, bias) in [("f-1.svg", 0.5, 1.0), ("f-2.svg", -0.25, 2.0)] {
            let json: serde_json::Value =
                serde_json::from_str(&printed(path, &["show", file, "--json"])).unwrap();
            assert_eq!(json["layers"][0]["weights"][0][1], weight, "{head} {file}");
            assert_eq!(json["layers"][0]["biases"][2], bias, "{head} {file}");
            assert_eq!(json["layers"][0]["weights"][0][0], 0.2, "the others stay");
        }
        // A row's figure is the figure of the document with those numbers.
        printed(
            path,
            &["set", "article", "w[1,1,2]=-0.25", "b[1,3]=2", "-o", "g.json"],
        );
        printed(path, &["figure", "g.json", "-o", "g.svg"]);
        assert_eq!(
            fs::read(path.join("g.svg")).unwrap(),
            fs::read(path.join("f-2.svg")).unwrap()
        );
        for name in ["g.json", "g.svg", "f-1.svg", "f-2.svg"] {
            fs::remove_file(path.join(name)).unwrap();
        }
    }
}

#[test]
fn names_of_a_batch_have_numbers_of_one_length() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    write(path, "rows.csv", &format!("x[1]\n{}", "1\n".repeat(11)));
    printed(
        path,
        &[
            "figure",
            "neuron",
            "--batch",
            "rows.csv",
            "-o",
            "a/n{}-x.svg",
            "--no-state",
        ],
    );
    let names = names_in(&path.join("a"));
    assert_eq!(names.len(), 11);
    assert_eq!(
        (names[0].as_str(), names[10].as_str()),
        ("n01-x.svg", "n11-x.svg")
    );
    let csv = [
        "figure", "neuron", "--batch", "rows.csv", "--pane", "curves", "-o", "b/c.csv",
    ];
    printed(path, &csv);
    assert_eq!(names_in(&path.join("b")).len(), 11);
}

#[test]
fn a_wrong_row_draws_nothing() {
    let folder = tempfile::tempdir().unwrap();
    for (text, words) in [
        ("", "no row"),
        ("w[1,1,2]\n", "no row"),
        ("w[1,1,2]\n1\nx\n", "line 3"),
        ("w[1,1,2]\n1\n1,2\n", "line 3"),
        ("w[1,1,2],b[1,1]\n1\n", "2 names"),
        ("w[1,1,2]\n1\nnan\n", "line 3"),
        ("w[1,1,2]\n1e999\n", "line 2"),
        ("w[1,1,9]\n1\n", "no w[1,1,9]"),
        ("w[0,1,1]\n1\n", "w[0,1,1]"),
        ("weight\n1\n", "“weight”"),
    ] {
        write(folder.path(), "rows.csv", text);
        let arguments = ["figure", "article", "--batch", "rows.csv", "-o", "f.svg"];
        let sentence = refusal_in(folder.path(), &arguments);
        assert!(
            sentence.contains("rows.csv") && sentence.contains(words),
            "{text:?}: {sentence}"
        );
    }
    let gone = ["figure", "article", "--batch", "gone.csv", "-o", "f.svg"];
    assert!(refusal_in(folder.path(), &gone).contains("gone.csv"));
}

const SHORT: [&str; 6] = ["--seconds", "1", "--rate", "4", "--width", "160px"];

fn animation<'a>(output: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let start = [
        "animate", "neuron", "--over", "b[1,1]", "--from", "-2", "--to", "2", "-o", output,
    ];
    [&start[..], &SHORT, more].concat()
}

#[test]
fn an_animation_moves() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    printed(path, &animation("s.gif", &[]));
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    let mut gif = options
        .read_info(fs::File::open(path.join("s.gif")).unwrap())
        .unwrap();
    let mut count = 0;
    while let Some(frame) = gif.read_next_frame().unwrap() {
        assert_eq!(frame.delay, 25, "hundredths of a second");
        count += 1;
    }
    assert_eq!((gif.width(), count), (160, 4));

    printed(path, &animation("s.png", &["--pane", "curves"]));
    let reader = png::Decoder::new(std::io::BufReader::new(
        fs::File::open(path.join("s.png")).unwrap(),
    ));
    let reader = reader.read_info().unwrap();
    assert_eq!(reader.info().width, 160);
    assert_eq!(reader.info().animation_control().unwrap().num_frames, 4);

    printed(path, &animation("frames/", &[]));
    let names = names_in(&path.join("frames"));
    assert_eq!(names, ["0001.png", "0002.png", "0003.png", "0004.png"]);
    let pictures: Vec<Vec<u8>> = names
        .iter()
        .map(|name| fs::read(path.join("frames").join(name)).unwrap())
        .collect();
    assert!(pictures.windows(2).all(|pair| pair[0] != pair[1]));
    // There and back: the last is the first.
    printed(path, &animation("back/", &["--back"]));
    let picture = |name: &str| fs::read(path.join("back").join(name)).unwrap();
    assert_eq!(picture("0001.png"), picture("0004.png"));
    assert_eq!(names_in(path), ["back", "frames", "s.gif", "s.png"]);
}

#[test]
fn an_animation_that_makes_no_sense_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    write(path, "old.gif", "old");
    for (output, more, words) in [
        ("s.mp4", &[][..], ".gif"),
        ("s.gif", &["--over", "b[1,2]"], "cannot be used multiple times"),
        ("old.gif", &["--pane", "sculpture"], "no pane “sculpture”"),
        ("gone/s.gif", &[], "gone/s.gif"),
    ] {
        let sentence = refusal_in(path, &animation(output, more));
        assert!(sentence.contains(words), "{output} {more:?}: {sentence}");
    }
    for (more, words) in [
        (&["--over", "b[1,2]"][..], "no b[1,2]"),
        (&["--over", "c[1]"], "can’t be swept"),
        (&["--over", "b[1,1]", "--from", "x"], "--from"),
        (&["--over", "b[1,1]", "--rate", "0"], "--rate"),
        (&["--over", "b[1,1]", "--seconds", "0"], "pictures"),
        (&["--over", "b[1,1]", "--seconds", "nan"], "pictures"),
        (&["--over", "b[1,1]", "--seconds", "1e9"], "pictures"),
    ] {
        let arguments = [&["animate", "neuron", "-o", "old.gif"], more].concat();
        let sentence = refusal_in(path, &arguments);
        assert!(sentence.contains(words), "{more:?}: {sentence}");
    }
}

#[cfg(unix)]
#[test]
fn an_animation_that_is_stopped_leaves_nothing() {
    use std::os::unix::process::ExitStatusExt as _;
    let folder = tempfile::tempdir().unwrap();
    for output in ["s.gif", "frames/"] {
        let long = ["--seconds", "60", "--rate", "50", "--width", "300px"];
        let child = Command::new(cargo_bin!("neurodial"))
            .current_dir(folder.path())
            .args(["animate", "article", "--over", "b[1,1]", "-o", output])
            .args(long)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_secs(3));
        let identifier = child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-INT", &identifier])
                .status()
                .unwrap()
                .success()
        );
        let output = child.wait_with_output().unwrap();
        // On a machine so slow that the program has not yet asked to be told, the signal itself ends it.
        let is_stopped = output.status.code() == Some(2) || output.status.signal() == Some(2);
        assert!(is_stopped, "{output:?}");
        if output.status.code().is_some() {
            assert!(String::from_utf8_lossy(&output.stderr).contains("stopped; nothing was written"));
        }
        assert!(
            names_in(folder.path()).is_empty(),
            "{:?}",
            names_in(folder.path())
        );
    }
}
