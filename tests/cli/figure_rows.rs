//! `neurodial figure --rows` and `neurodial animate`: many figures, of which all are written or none.

use std::fs;
use std::path::Path;

use crate::command::{error_in, names_in, neurodial_in, stdout_in};
use crate::support::printed_json;

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).unwrap();
}

#[test]
fn rows_draw_one_figure_each() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    for (header, rows) in [
        ("w[1,1,2],b[1,3]", "0.5,1\n-0.25,2\n"),
        ("\"w[1,1,2]\",\"b[1,3]\"", "0.5,1\n-0.25,2\n"),
        ("w[1,1,2];b[1,3]", "0,5;1\n-0,25;2\n"),
        ("\u{feff}w[1,1,2]\tb[1,3]", "0.5\t1\r\n-1/4\t2\r\n"),
    ] {
        write(path, "rows.csv", &format!("{header}\n{rows}"));
        stdout_in(path, &["figure", "article", "--rows", "rows.csv", "-o", "f.svg"]);
        assert_eq!(names_in(path), ["f-1.svg", "f-2.svg", "rows.csv"], "{header}");
        for (file, weight, bias) in [("f-1.svg", 0.5, 1.0), ("f-2.svg", -0.25, 2.0)] {
            let json = printed_json(path, &["show", file, "--json"]);
            assert_eq!(json["layers"][0]["weights"][0][1], weight, "{header} {file}");
            assert_eq!(json["layers"][0]["biases"][2], bias, "{header} {file}");
            assert_eq!(
                json["layers"][0]["weights"][0][0], 0.2,
                "other weights stay the same"
            );
        }
        // The figure of a row equals the figure of a document with its numbers.
        stdout_in(
            path,
            &["set", "article", "w[1,1,2]=-0.25", "b[1,3]=2", "-o", "g.json"],
        );
        stdout_in(path, &["figure", "g.json", "-o", "g.svg"]);
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
fn the_files_of_rows_have_numbers_with_the_same_number_of_digits() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    write(path, "rows.csv", &format!("x[1]\n{}", "1\n".repeat(11)));
    stdout_in(
        path,
        &[
            "figure",
            "neuron",
            "--rows",
            "rows.csv",
            "-o",
            "a/n{}-x.svg",
            "--no-embed",
        ],
    );
    let names = names_in(&path.join("a"));
    assert_eq!(names.len(), 11);
    assert_eq!(
        (names[0].as_str(), names[10].as_str()),
        ("n01-x.svg", "n11-x.svg")
    );
    let csv = [
        "figure", "neuron", "--rows", "rows.csv", "--pane", "curves", "-o", "b/c.csv",
    ];
    stdout_in(path, &csv);
    assert_eq!(names_in(&path.join("b")).len(), 11);
}

#[test]
fn one_wrong_row_is_an_error_for_all_rows() {
    let folder = tempfile::tempdir().unwrap();
    for (text, words) in [
        ("", "no row"),
        ("w[1,1,2]\n", "no row"),
        ("w[1,1,2]\n1\nx\n", "line 3"),
        ("w[1,1,2]\n1\n1,2\n", "line 3"),
        ("w[1,1,2],b[1,1]\n1\n", "line 2 has 1 column"),
        ("w[1,1,2]\n1\nnan\n", "line 3"),
        ("w[1,1,2]\n1e999\n", "line 2"),
        ("w[1,1,9]\n1\n", "no w[1,1,9]"),
        ("w[0,1,1]\n1\n", "w[0,1,1]"),
        ("weight\n1\n", "“weight”"),
    ] {
        write(folder.path(), "rows.csv", text);
        let arguments = ["figure", "article", "--rows", "rows.csv", "-o", "f.svg"];
        let error = error_in(folder.path(), &arguments);
        assert!(
            error.contains("rows.csv") && error.contains(words),
            "{text:?}: {error}"
        );
    }
    let gone = ["figure", "article", "--rows", "gone.csv", "-o", "f.svg"];
    assert!(error_in(folder.path(), &gone).contains("gone.csv"));
}

#[test]
fn the_former_spelling_draws_the_same_figures_and_notes_the_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    write(path, "rows.csv", "w[1,1,2]\n0.5\n1\n");
    stdout_in(
        path,
        &["figure", "article", "--rows", "rows.csv", "-o", "new.svg"],
    );
    let former = ["figure", "article", "--batch", "rows.csv", "-o", "old.svg"];
    let output = neurodial_in(path, &former);
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{stderr}");
    assert_eq!(
        stderr,
        "note: --batch FILE.csv is now --rows FILE.csv; --batch is the batch size\n"
    );
    let read = |name: &str| fs::read(path.join(name)).unwrap();
    assert_eq!(read("new-1.svg"), read("old-1.svg"));
    assert_eq!(read("new-2.svg"), read("old-2.svg"));
    assert_ne!(read("new-1.svg"), read("new-2.svg"));
    // Together with the new spelling it is the size of a mini-batch, which is a number.
    let both = [
        "figure", "article", "--rows", "rows.csv", "--batch", "rows.csv", "-o", "b.svg",
    ];
    assert!(error_in(path, &both).contains("--batch"));
}

const FOUR_FRAMES: [&str; 6] = ["--seconds", "1", "--rate", "4", "--width", "160px"];

/// Returns the arguments of a short animation.
fn animate_arguments<'a>(output: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let sweep = [
        "animate", "neuron", "--over", "b[1,1]", "--from", "-2", "--to", "2", "-o", output,
    ];
    [&sweep[..], &FOUR_FRAMES, more].concat()
}

#[test]
fn the_frames_of_an_animation_differ() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    stdout_in(path, &animate_arguments("s.gif", &[]));
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

    stdout_in(path, &animate_arguments("s.png", &["--pane", "curves"]));
    let reader = png::Decoder::new(std::io::BufReader::new(
        fs::File::open(path.join("s.png")).unwrap(),
    ));
    let reader = reader.read_info().unwrap();
    assert_eq!(reader.info().width, 160);
    assert_eq!(reader.info().animation_control().unwrap().num_frames, 4);

    stdout_in(path, &animate_arguments("frames/", &[]));
    let names = names_in(&path.join("frames"));
    let expected = [
        ".neurodial-frames",
        "0001.png",
        "0002.png",
        "0003.png",
        "0004.png",
    ];
    assert_eq!(
        names, expected,
        "a hidden list tells which frames may be replaced"
    );
    let frames: Vec<Vec<u8>> = names[1..]
        .iter()
        .map(|name| fs::read(path.join("frames").join(name)).unwrap())
        .collect();
    assert!(frames.windows(2).all(|pair| pair[0] != pair[1]));
    // With --back the last frame equals the first.
    stdout_in(path, &animate_arguments("back/", &["--back"]));
    let frame = |name: &str| fs::read(path.join("back").join(name)).unwrap();
    assert_eq!(frame("0001.png"), frame("0004.png"));
    assert_eq!(names_in(path), ["back", "frames", "s.gif", "s.png"]);
}

/// Returns the colors of the pixels of a PNG image in its left part, where the numbers of a vertical axis are.
fn pixels_on_the_left(path: &Path) -> Vec<u8> {
    const WIDTH: usize = 20;
    let file = std::io::BufReader::new(fs::File::open(path).unwrap());
    let mut reader = png::Decoder::new(file).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let image = reader.next_frame(&mut pixels).unwrap();
    let bytes = WIDTH * image.color_type.samples();
    let rows = pixels.chunks_exact(image.line_size);
    rows.flat_map(|row| &row[..bytes]).copied().collect()
}

#[test]
fn the_vertical_axis_of_an_animation_holds_still() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    for options in [&[][..], &["--curves", "layer"], &["--select", "neuron[1,1]"]] {
        let animate = [
            "animate",
            "article",
            "--over",
            "b[1,1]",
            "--pane",
            "curves",
            "--seconds",
            "1",
            "--rate",
            "4",
        ];
        let arguments = [&animate[..], &["--width", "300px", "-o", "frames/"], options].concat();
        stdout_in(path, &arguments);
        let left = |frame: usize| pixels_on_the_left(&path.join(format!("frames/{frame:04}.png")));
        let first = left(1);
        assert!(first.iter().any(|&value| value < 128), "the axis has numbers");
        for frame in 2..=4 {
            assert!(
                left(frame) == first,
                "{options:?}: the axis moves before frame {frame}"
            );
        }
    }
}

#[test]
fn wrong_options_of_an_animation_are_errors() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    write(path, "old.gif", "old");
    for (output, more, words) in [
        ("s.mp4", &[][..], ".gif"),
        ("s.gif", &["--over", "b[1,2]"], "cannot be used multiple times"),
        (
            "old.gif",
            &["--pane", "sculpture"],
            "invalid value 'sculpture' for '--pane",
        ),
        ("gone/s.gif", &[], "gone/s.gif"),
    ] {
        let error = error_in(path, &animate_arguments(output, more));
        assert!(error.contains(words), "{output} {more:?}: {error}");
    }
    for (more, words) in [
        (&["--over", "b[1,2]"][..], "no b[1,2]"),
        (&["--over", "c[1]"], "“c[1]” is not a knob or an input"),
        (&["--over", "b[1,1]", "--from", "x"], "--from"),
        (&["--over", "b[1,1]", "--rate", "0"], "--rate"),
        (&["--over", "b[1,1]", "--seconds", "0"], "frames"),
        (&["--over", "b[1,1]", "--seconds", "nan"], "frames"),
        (&["--over", "b[1,1]", "--seconds", "1e9"], "frames"),
    ] {
        let arguments = [&["animate", "neuron", "-o", "old.gif"], more].concat();
        let error = error_in(path, &arguments);
        assert!(error.contains(words), "{more:?}: {error}");
    }
}

#[cfg(unix)]
#[test]
fn an_interrupted_animation_writes_nothing() {
    use crate::support::interrupt_after;
    let folder = tempfile::tempdir().unwrap();
    for output in ["s.gif", "frames/"] {
        let arguments = [
            "animate",
            "xor",
            "--over",
            "b[1,1]",
            "--pane",
            "diagram,loss",
            "--data",
            "xor",
            "--epochs",
            "1",
            "--seconds",
            "60",
            "--rate",
            "50",
            "--width",
            "300px",
            "-o",
            output,
        ];
        // After training for the pane of the loss, a note about step activations is printed, and 3000 frames follow.
        let (status, stderr) = interrupt_after(folder.path(), &arguments, "note: ");
        assert_eq!(status.code(), Some(2), "{stderr}");
        assert!(stderr.contains("stopped; nothing was written"), "{stderr}");
        let names = names_in(folder.path());
        assert!(names.is_empty(), "{names:?}");
    }
}
