//! Requests for figures that make no sense: one sentence, exit code 2, nothing written, an old file untouched.

#![allow(
    clippy::unwrap_used,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/command.rs"]
mod command;

use std::fs;

use command::{printed, refusal_in};

/// Refused with these words, over a file that was there and for one that was not.
fn check(document: &str, options: &[&str], words: &str) {
    let folder = tempfile::tempdir().unwrap();
    for name in ["old.svg", "old.png", "old.pdf"] {
        fs::write(folder.path().join(name), "old").unwrap();
    }
    for output in ["old.svg", "new.svg", "old.png", "old.pdf"] {
        let arguments = [&["figure", document, "-o", output], options].concat();
        let sentence = refusal_in(folder.path(), &arguments);
        assert!(sentence.contains(words), "{options:?} {output}: {sentence}");
    }
}

#[test]
fn names_that_are_not_there_are_named() {
    check(
        "article",
        &["--pane", "sculpture"],
        "no pane “sculpture”; the panes are knobs, diagram",
    );
    check("article", &["--pane", ""], "no pane “”");
    check("article", &["--pane", "diagram,"], "no pane “”");
    check("article", &["--pane", "diagram,window"], "stands alone");
    check(
        "article",
        &["--pane", "curves,curves,curves,curves,curves,curves,curves"],
        "at most 6",
    );
    check(
        "article",
        &["--look", "pink"],
        "--look is print, light, dark or gray, not “pink”",
    );
    check(
        "article",
        &["--labels", "some"],
        "--labels is all, selected or none",
    );
    check("article", &["--quantity", "x"], "--quantity");
    check("article", &["--curves", "x"], "--curves");
    check("articel", &[], "no preset and no file named “articel”");
}

#[test]
fn knobs_and_neurons_that_are_not_there_are_named() {
    check("article", &["--select", "neuron[1,4]"], "neuron 4");
    check("article", &["--select", "neuron[2,1]"], "layer 2");
    check(
        "article",
        &["--select", "neuron[0,1]"],
        "“neuron[0,1]” is no neuron",
    );
    check("article", &["--select", "w[1,1,1]"], "is no neuron");
    check(
        "article",
        &["--pane", "curves", "--over", "w[1,4,1]"],
        "no w[1,4,1]",
    );
    check("article", &["--pane", "curves", "--over", "x[5]"], "no x[5]");
    check(
        "article",
        &["--pane", "curves", "--over", "slope"],
        "can’t be swept",
    );
    check("article", &["--pane", "family", "--vary", "b[9,9]"], "no b[9,9]");
    check("article", &["--pane", "family", "--values", "1,x"], "--values");
    check("article", &["--over", "x[5]"], "--over: this network has no x[5]");
    check(
        "article",
        &["--pane", "map", "--up", "x[5]"],
        "--up: this network has no x[5]",
    );
    check("article", &["--vary", "b[1,1]"], "--vary is for --pane family");
    check("article", &["--values", "1,2"], "--values is for --pane family");
    check("article", &["--select", "-1"], "“-1” is no neuron");
    check("article", &["--pin", "-1"], "--pin: this document has no pins");
}

#[test]
fn sizes_that_are_none_are_refused() {
    for width in ["0", "0mm", "-5mm", "NaN", "inf", "1e99mm", "wide", "", "85 m"] {
        check("article", &[&format!("--width={width}")], "--width");
        check("article", &[&format!("--height={width}")], "--height");
        check("article", &["--width", width], "--width: “");
        check("article", &["--height", width], "--height: “");
    }
    check("article", &["--width", "1e9px"], "the width of a figure");
    check("article", &["--width", "20mm"], "ask for at least 3");
    check(
        "article",
        &["--pane", "knobs", "--height", "20mm"],
        "ask for at least 108.6 mm",
    );
    check("article", &["--width", "1e9mm"], "points");
    check("article", &["--width", "5mm"], "too narrow");
    check("article", &["--height", "100m"], "--height");
    check("article", &["--height", "1e7px"], "points");
    for dpi in ["0", "-1", "NaN", "inf", "1e9", "fine"] {
        check("article", &["--dpi", dpi], "--dpi is 1 to 10000");
        check("article", &[&format!("--dpi={dpi}")], "--dpi is 1 to 10000");
    }
    for size in ["0pt", "1e9pt", "NaN", "-8pt", "big"] {
        check("article", &["--font-size", size], "--font-size is 2pt to 200pt");
        check(
            "article",
            &[&format!("--font-size={size}")],
            "--font-size is 2pt to 200pt",
        );
    }
    check("article", &["--decimals", "13"], "--decimals is 0 to 12");
    for decimals in ["-1", "1.5", "some"] {
        check("article", &["--decimals", decimals], "--decimals is 0 to 12");
    }
    check("article", &["--as", "rust"], "--as is for --pane code");
    check("article", &["--pane", "code", "--as", "cobol"], "--as: “cobol”");
    check(
        "article",
        &["--pane", "curves", "--from", "2", "--to", "1"],
        "--from must be less than --to",
    );
    check("article", &["--pane", "curves", "--to", "inf"], "--to");
    check(
        "article",
        &["--pane", "curves", "--from", "2", "--to", "2"],
        "--from must be less than --to",
    );
    check("article", &["--pane", "curves", "--from", "nan"], "--from");
    check("article", &["--pane", "curves", "--to", "x"], "--to");
}

#[test]
fn a_picture_of_too_many_pixels_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let huge = [
        "figure", "article", "--dpi", "10000", "--width", "300mm", "-o", "f.png",
    ];
    assert!(refusal_in(folder.path(), &huge).contains("million"));
}

#[test]
fn endings_and_panes_must_fit() {
    let folder = tempfile::tempdir().unwrap();
    for (output, pane, words) in [
        ("f.gif", "diagram", "“f.gif” has no ending that says the format"),
        ("f", "diagram", "no ending"),
        (".svg", "diagram", "no ending"),
        ("f.svg.bak", "diagram", "no ending"),
        ("f.csv", "diagram", "--pane curves"),
        ("f.csv", "curves,diagram", "--pane curves"),
        ("f.csv", "window", "picture"),
        ("f.tex", "curves", "--pane formula"),
    ] {
        let sentence = refusal_in(
            folder.path(),
            &["figure", "article", "--pane", pane, "-o", output],
        );
        assert!(sentence.contains(words), "{output} {pane}: {sentence}");
    }
    assert!(refusal_in(folder.path(), &["figure", "article"]).contains("--output"));
}

#[test]
fn places_that_can_not_be_written_are_named() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("folder.svg")).unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    for output in [
        "gone/f.svg",
        "folder.svg",
        "file/f.svg",
        "/dev/null/f.svg",
        "/proc/f.svg",
    ] {
        let sentence = refusal_in(folder.path(), &["figure", "neuron", "-o", output]);
        assert!(sentence.contains(output), "{output}: {sentence}");
    }
    for command in ["fonts", "article-figures"] {
        let sentence = refusal_in(folder.path(), &[command, "-o", "file"]);
        assert!(sentence.contains("file"), "{command}: {sentence}");
    }
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_file() {
    // A limit on the size of files stands for a full disk.
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("f.svg"), "old").unwrap();
    let program = assert_cmd::cargo::cargo_bin!("neurodial");
    let script = format!(
        "trap '' XFSZ; ulimit -f 4; exec '{}' figure article -o f.svg",
        program.display()
    );
    let output = std::process::Command::new("sh")
        .args(["-c", &script])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert_eq!(fs::read(folder.path().join("f.svg")).unwrap(), b"old");
    assert_eq!(command::names_in(folder.path()), ["f.svg"]);
}

#[test]
fn a_character_that_no_font_has_is_named() {
    let folder = tempfile::tempdir().unwrap();
    printed(folder.path(), &["set", "article", "name[1,2]=𓀀", "-o", "f.json"]);
    for output in ["f.svg", "f.png", "f.pdf"] {
        for more in [&[][..], &["--outline"], &["--serif"]] {
            let arguments = [&["figure", "f.json", "-o", output], more].concat();
            let sentence = refusal_in(folder.path(), &arguments);
            assert!(sentence.contains("“𓀀” (U+13000)"), "{output}: {sentence}");
        }
    }
    // Where the name is not drawn it does no harm.
    printed(
        folder.path(),
        &[
            "figure",
            "f.json",
            "--pane",
            "curves",
            "--select",
            "neuron[1,1]",
            "-o",
            "f.svg",
        ],
    );
}

#[test]
fn the_window_takes_no_options_of_paper() {
    for options in [
        &["--serif"][..],
        &["--font-size", "8pt"],
        &["--labels", "all"],
        &["--transparent"],
        &["--look", "gray"],
    ] {
        check(
            "article",
            &[&["--pane", "window"], options].concat(),
            "the window",
        );
    }
}
