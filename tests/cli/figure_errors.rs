//! Errors of `neurodial figure`: one line, exit code 2, and no file is written or changed.

use std::fs;

use crate::command::{error_in, names_in, stdout_in};

/// Asserts that `figure` fails with an error that contains these words, for new files and for files that exist.
fn assert_error(document: &str, options: &[&str], words: &str) {
    let folder = tempfile::tempdir().unwrap();
    for name in ["old.svg", "old.png", "old.pdf"] {
        fs::write(folder.path().join(name), "old").unwrap();
    }
    for output in ["old.svg", "new.svg", "old.png", "old.pdf"] {
        let arguments = [&["figure", document, "-o", output], options].concat();
        let error = error_in(folder.path(), &arguments);
        assert!(error.contains(words), "{options:?} {output}: {error}");
    }
}

#[test]
fn errors_name_unknown_panes_and_style_options() {
    assert_error(
        "article",
        &["--pane", "sculpture"],
        "invalid value 'sculpture' for '--pane <PANE,…>' [possible values: knobs, diagram",
    );
    assert_error("article", &["--pane", ""], "a value is required for '--pane");
    assert_error(
        "article",
        &["--pane", "diagram,"],
        "a value is required for '--pane",
    );
    assert_error(
        "article",
        &["--pane", "diagram,window"],
        "use --pane window alone",
    );
    assert_error(
        "article",
        &["--pane", "curves,curves,curves,curves,curves,curves,curves"],
        "at most 6",
    );
    assert_error(
        "article",
        &["--theme", "pink"],
        "'pink' for '--theme <THEME>' [possible values: light, dark, high-contrast, high-contrast-dark, print, grayscale]",
    );
    assert_error(
        "article",
        &["--labels", "some"],
        "'some' for '--labels <WHICH>' [possible values: all, selected, none]",
    );
    assert_error("article", &["--quantity", "x"], "--quantity");
    assert_error("article", &["--curves", "x"], "--curves");
    assert_error("articel", &[], "no preset and no file named “articel”");
}

#[test]
fn empty_panes_are_refused_with_what_to_do_first() {
    for (pane, words) in [
        ("saved-inputs", "the pane Saved inputs is empty; add rows first"),
        ("experiments", "press R in the window"),
        ("compare", "press P in the window"),
    ] {
        assert_error("article", &["--pane", pane], words);
        assert_error("article", &["--pane", &format!("diagram,{pane}")], words);
    }
    assert_error("article", &["--width", "science"], "or as one of neurips, iclr,");
}

#[test]
fn errors_name_options_of_diagrams_that_do_not_fit() {
    assert_error(
        "article",
        &["--style", "fancy"],
        "'fancy' for '--style <STYLE>' [possible values: standard, plain]",
    );
    assert_error("article", &["--bias", "node"], "--bias node is for --style plain");
    assert_error(
        "article",
        &["--layer-colors"],
        "--layer-colors is for --style plain",
    );
    assert_error(
        "article",
        &["--style", "plain", "--bias", "value"],
        "use --bias node or --bias none",
    );
    assert_error(
        "article",
        &["--style", "plain", "--pane", "curves"],
        "--style is for --pane diagram or --pane compare",
    );
}

#[test]
fn errors_name_knobs_and_neurons_that_do_not_exist() {
    assert_error("article", &["--select", "neuron[1,4]"], "neuron 4");
    assert_error("article", &["--select", "neuron[2,1]"], "layer 2");
    assert_error(
        "article",
        &["--select", "neuron[0,1]"],
        "“neuron[0,1]” is not a neuron",
    );
    assert_error("article", &["--select", "w[1,1,1]"], "is not a neuron");
    assert_error(
        "article",
        &["--pane", "curves", "--over", "w[1,4,1]"],
        "no w[1,4,1]",
    );
    assert_error("article", &["--pane", "curves", "--over", "x[5]"], "no x[5]");
    assert_error(
        "article",
        &["--pane", "curves", "--over", "slope"],
        "is not a knob or an input",
    );
    assert_error("article", &["--pane", "family", "--vary", "b[9,9]"], "no b[9,9]");
    assert_error("article", &["--pane", "family", "--values", "1,x"], "--values");
    assert_error("article", &["--over", "x[5]"], "--over: this network has no x[5]");
    assert_error(
        "article",
        &["--pane", "map", "--up", "x[5]"],
        "--up: this network has no x[5]",
    );
    assert_error(
        "article",
        &["--vary", "b[1,1]"],
        "--vary is for --pane curve-family",
    );
    assert_error(
        "article",
        &["--values", "1,2"],
        "--values is for --pane curve-family",
    );
    assert_error("article", &["--select", "-1"], "“-1” is not a neuron");
    assert_error(
        "article",
        &["--snapshot", "-1"],
        "--snapshot: the document has no snapshots",
    );
}

#[test]
fn invalid_sizes_numbers_and_ranges_are_errors() {
    for width in ["0", "0mm", "-5mm", "NaN", "inf", "1e99mm", "wide", "", "85 m"] {
        assert_error("article", &[&format!("--width={width}")], "--width");
        assert_error("article", &[&format!("--height={width}")], "--height");
        assert_error("article", &["--width", width], "--width <LENGTH>': “");
        assert_error("article", &["--height", width], "--height <LENGTH>': “");
    }
    assert_error(
        "article",
        &["--width", "1e9px"],
        "a figure can be 1 to 20,000 px wide",
    );
    assert_error("article", &["--width", "20mm"], "use at least 3");
    assert_error(
        "article",
        &["--pane", "knobs", "--height", "20mm"],
        "use at least 108.6 mm",
    );
    assert_error("article", &["--width", "1e9mm"], "px wide");
    assert_error(
        "article",
        &["--width", "5mm"],
        "a width of 5 mm is too small for the pane Network diagram",
    );
    assert_error("article", &["--height", "100m"], "--height");
    assert_error("article", &["--height", "1e7px"], "px high");
    for dpi in ["0", "-1", "NaN", "inf", "1e9", "fine"] {
        assert_error(
            "article",
            &["--dpi", dpi],
            "is not a resolution; write a number from 1 to 10000",
        );
        assert_error(
            "article",
            &[&format!("--dpi={dpi}")],
            "is not a resolution; write a number from 1 to 10000",
        );
    }
    for size in ["0pt", "1e9pt", "NaN", "-8pt", "big"] {
        assert_error(
            "article",
            &["--font-size", size],
            "is not a valid font size; write it like 8pt, from 2pt to 200pt",
        );
        assert_error(
            "article",
            &[&format!("--font-size={size}")],
            "is not a valid font size; write it like 8pt, from 2pt to 200pt",
        );
    }
    assert_error(
        "article",
        &["--decimals", "13"],
        "is not a number of decimals; write an integer from 0 to 12",
    );
    for decimals in ["-1", "1.5", "some"] {
        assert_error(
            "article",
            &["--decimals", decimals],
            "is not a number of decimals; write an integer from 0 to 12",
        );
    }
    assert_error("article", &["--as", "rust"], "--as is for --pane code");
    assert_error(
        "article",
        &["--pane", "code", "--as", "cobol"],
        "'cobol' for '--as <LANGUAGE>'",
    );
    assert_error(
        "article",
        &["--pane", "curves", "--from", "2", "--to", "1"],
        "--from must be less than --to",
    );
    assert_error("article", &["--pane", "curves", "--to", "inf"], "--to");
    assert_error(
        "article",
        &["--pane", "curves", "--from", "2", "--to", "2"],
        "--from must be less than --to",
    );
    assert_error("article", &["--pane", "curves", "--from", "nan"], "--from");
    assert_error("article", &["--pane", "curves", "--to", "x"], "--to");
}

#[test]
fn too_many_pixels_are_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let huge = [
        "figure", "article", "--dpi", "10000", "--width", "300mm", "-o", "f.png",
    ];
    assert!(error_in(folder.path(), &huge).contains("100,000,000 pixels"));
}

#[test]
fn the_extension_and_the_pane_must_match() {
    let folder = tempfile::tempdir().unwrap();
    for (output, pane, words) in [
        ("f.gif", "diagram", "“f.gif” has no known file extension"),
        ("f", "diagram", "no known file extension"),
        (".svg", "diagram", "no known file extension"),
        ("f.svg.bak", "diagram", "no known file extension"),
        ("f.csv", "diagram", "--pane curves"),
        ("f.csv", "curves,diagram", "--pane curves"),
        ("f.csv", "window", "image"),
        ("f.tex", "curves", "--pane formula"),
    ] {
        let error = error_in(
            folder.path(),
            &["figure", "article", "--pane", pane, "-o", output],
        );
        assert!(error.contains(words), "{output} {pane}: {error}");
    }
    assert!(error_in(folder.path(), &["figure", "article"]).contains("--output"));
}

#[test]
fn errors_name_files_that_can_not_be_written() {
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
        let error = error_in(folder.path(), &["figure", "neuron", "-o", output]);
        assert!(error.contains(output), "{output}: {error}");
    }
    for command in ["fonts", "article-figures"] {
        let error = error_in(folder.path(), &[command, "-o", "file"]);
        assert!(error.contains("file"), "{command}: {error}");
    }
}

#[cfg(unix)]
#[test]
fn a_full_disk_keeps_the_old_file() {
    // A limit on the file size has the same effect as a full disk.
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("f.svg"), "old").unwrap();
    let command = assert_cmd::cargo::cargo_bin!("neurodial");
    let script = format!(
        "trap '' XFSZ; ulimit -f 4; exec '{}' figure article -o f.svg",
        command.display()
    );
    let output = std::process::Command::new("sh")
        .args(["-c", &script])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert_eq!(fs::read(folder.path().join("f.svg")).unwrap(), b"old");
    assert_eq!(names_in(folder.path()), ["f.svg"]);
}

#[test]
fn the_error_names_a_character_that_no_font_has() {
    let folder = tempfile::tempdir().unwrap();
    stdout_in(
        folder.path(),
        &["set", "article", "name[1,2]=\u{40000}", "-o", "f.json"],
    );
    for output in ["f.svg", "f.png", "f.pdf"] {
        for more in [&[][..], &["--outline"], &["--serif"]] {
            let arguments = [&["figure", "f.json", "-o", output], more].concat();
            let error = error_in(folder.path(), &arguments);
            assert!(error.contains("“\u{40000}” (U+40000)"), "{output}: {error}");
            assert!(
                error.contains("install a font") && error.contains("--font FILE"),
                "{error}"
            );
        }
    }
    // A figure without the name can be drawn.
    stdout_in(
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
fn a_file_that_is_no_font_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("text.ttf"), "no font").unwrap();
    for command in [
        &["figure", "neuron", "-o", "f.svg"][..],
        &["animate", "neuron", "--over", "b[1,1]", "-o", "f.gif"],
    ] {
        for (file, reason) in [
            ("text.ttf", "is not a TrueType or OpenType font"),
            ("gone.ttf", "No such file"),
        ] {
            let error = error_in(folder.path(), &[command, &["--font", file]].concat());
            assert!(
                error.contains(&format!("“{file}”")) && error.contains(reason),
                "{error}"
            );
        }
    }
    assert_eq!(names_in(folder.path()), ["text.ttf"]);
}

#[test]
fn options_of_printed_figures_are_errors_for_the_window() {
    for options in [
        &["--serif"][..],
        &["--font-size", "8pt"],
        &["--labels", "all"],
        &["--transparent"],
        &["--theme", "grayscale"],
    ] {
        assert_error(
            "article",
            &[&["--pane", "window"], options].concat(),
            "--pane window does not support",
        );
    }
}
