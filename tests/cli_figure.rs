//! `neurodial figure`, `fonts` and `article-figures`: every option changes what it says, files are the same anywhere,
//! and each opens again as its document.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/command.rs"]
mod command;

use std::fs;
use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use command::{names_in, output_of, printed};
use roxmltree::Document;

/// Draws into a folder; gives back the file's bytes.
fn drawn(folder: &Path, document: &str, file: &str, options: &[&str]) -> Vec<u8> {
    let arguments = [&["figure", document, "-o", file], options].concat();
    assert_eq!(printed(folder, &arguments), "");
    fs::read(folder.join(file)).unwrap()
}

fn bytes_of(document: &str, file: &str, options: &[&str]) -> Vec<u8> {
    drawn(tempfile::tempdir().unwrap().path(), document, file, options)
}

fn svg_of(document: &str, options: &[&str]) -> String {
    String::from_utf8(bytes_of(document, "f.svg", options)).unwrap()
}

/// The content of every text of a figure.
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

fn has(svg: &str, word: &str) -> bool {
    texts(svg).iter().any(|text| text.trim() == word)
}

/// An attribute of the root element.
fn root(svg: &str, name: &str) -> String {
    let document = Document::parse(svg).unwrap();
    document.root_element().attribute(name).unwrap().to_owned()
}

/// A picture: width, height, dots a metre, and the opacity of its first pixel if it has opacities.
fn png_of(bytes: &[u8]) -> (u32, u32, u32, Option<u8>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes))
        .read_info()
        .unwrap();
    let info = reader.info();
    let (width, height) = (info.width, info.height);
    let dots = info.pixel_dims.unwrap();
    assert_eq!((dots.xppu, dots.unit), (dots.yppu, png::Unit::Meter));
    let has_opacity = info.color_type == png::ColorType::Rgba;
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    (width, height, dots.xppu, has_opacity.then(|| pixels[3]))
}

#[test]
fn the_ending_says_the_format() {
    let bytes = |file: &str, options: &[&str]| bytes_of("neuron", file, options);
    let small = ["--width", "40mm", "--dpi", "60"];
    assert!(bytes("f.svg", &[]).starts_with(b"<svg "));
    assert!(bytes("F.SVG", &[]).starts_with(b"<svg "));
    assert!(bytes("f.png", &small).starts_with(b"\x89PNG\r\n\x1a\n"));
    assert!(bytes("f.pdf", &[]).starts_with(b"%PDF-1."));
    let csv = String::from_utf8(bytes("f.csv", &["--pane", "curves"])).unwrap();
    assert!(csv.starts_with("\"x[1]\",\"a[1,1]\"\n"), "{csv}");
    let tex = String::from_utf8(bytes("f.tex", &["--pane", "formula"])).unwrap();
    assert!(tex.contains('\\') && tex.contains("w_{"), "{tex}");
}

#[test]
fn a_length_on_paper_gives_exact_pixels() {
    let folder = tempfile::tempdir().unwrap();
    let pixels = |options: &[&str]| png_of(&drawn(folder.path(), "neuron", "f.png", options));
    let (width, _, dots, _) = pixels(&["--width", "85mm", "--dpi", "300"]);
    assert_eq!((width, dots), (1004, 11_811), "85 / 25.4 · 300 and 300 / 0.0254");
    let (width, height, dots, _) = pixels(&["--width", "85mm", "--height", "40mm", "--dpi", "100"]);
    assert_eq!((width, height, dots), (335, 157, 3937));
    let (width, _, dots, _) = pixels(&["--width", "600px"]);
    assert_eq!((width, dots), (600, 3780), "96 dpi");
    let (width, height, ..) = pixels(&["--width", "300", "--height", "200px", "--dpi", "192"]);
    assert_eq!((width, height), (600, 400));
    let (width, ..) = pixels(&["--width", "85mm"]);
    assert_eq!(width, 1004, "300 dpi on paper if not told");
}

#[test]
fn the_page_of_an_svg_and_a_pdf_has_that_length_too() {
    let svg = svg_of("neuron", &["--width", "85mm", "--height", "40mm"]);
    assert_eq!(
        (root(&svg, "width"), root(&svg, "height")),
        ("85mm".into(), "40mm".into())
    );
    let svg = svg_of("neuron", &["--width", "600px"]);
    assert_eq!(root(&svg, "width"), "600");
    assert!(root(&svg, "viewBox").starts_with("0 0 600 "), "a point a pixel");
    let pdf = bytes_of(
        "neuron",
        "f.pdf",
        &["--width", "1in", "--height", "2in", "--font-size", "3pt"],
    );
    let pdf = hayro_syntax::Pdf::new(pdf).unwrap();
    assert_eq!(pdf.pages()[0].base_dimensions(), (72.0, 144.0));
}

#[test]
fn type_has_the_size_that_is_asked_for() {
    for (size, options) in [
        (8.0, &[][..]),
        (6.0, &["--font-size", "6pt"]),
        (10.5, &["--font-size", "10.5"]),
    ] {
        let svg = svg_of("neuron", &[&["--width", "120mm"], options].concat());
        let view: Vec<f32> = root(&svg, "viewBox")
            .split(' ')
            .map(|n| n.parse().unwrap())
            .collect();
        let points_per_unit = 120.0 / 25.4 * 72.0 / view[2];
        // Running text is 13 units large.
        assert!(
            (13.0 * points_per_unit - size).abs() < 0.01,
            "{size}: {}",
            13.0 * points_per_unit
        );
    }
}

#[test]
fn serifs_are_there_when_they_are_asked_for() {
    let families = |options: &[&str]| {
        let svg = svg_of("article", options);
        let document = Document::parse(&svg).unwrap();
        let texts = document.descendants().filter(|node| node.has_tag_name("text"));
        let mut families: Vec<String> = texts
            .map(|node| node.attribute("font-family").unwrap().to_owned())
            .collect();
        families.sort();
        families.dedup();
        families
    };
    assert_eq!(
        families(&["--pane", "diagram,formula", "--serif"]),
        ["Neurodial Serif"]
    );
    assert_eq!(
        families(&["--pane", "diagram,formula"]),
        ["Neurodial Sans", "Neurodial Serif"]
    );
    let plain = bytes_of("neuron", "f.png", &["--width", "300px"]);
    assert_ne!(
        bytes_of("neuron", "f.png", &["--width", "300px", "--serif"]),
        plain
    );
}

#[test]
fn decimals_are_as_many_as_asked_for() {
    for (decimals, number) in [("0", "−1"), ("1", "−0.9"), ("2", "−0.91"), ("5", "−0.91000")] {
        let svg = svg_of("article", &["--pane", "knobs", "--decimals", decimals]);
        assert!(has(&svg, number), "{decimals}: {:?}", texts(&svg));
    }
    assert!(has(&svg_of("article", &["--pane", "knobs"]), "−0.910"));
}

#[test]
fn labels_stand_on_the_edges_that_are_named() {
    let labels = |options: &[&str]| {
        let svg = svg_of("article", options);
        // 0.87 is neuron 3's, −0.91 neuron 2's.
        ["0.870", "−0.910"].map(|number| has(&svg, number))
    };
    assert_eq!(labels(&["--labels", "all"]), [true, true]);
    assert_eq!(labels(&["--labels", "none"]), [false, false]);
    assert_eq!(
        labels(&["--labels", "selected", "--select", "neuron[1,2]"]),
        [false, true]
    );
    assert_eq!(labels(&["--select", "neuron[1,3]"]), [true, false]);
    assert_eq!(labels(&[]), [true, true], "all of 15");
}

#[test]
fn nothing_lies_under_a_transparent_figure() {
    let small = ["--width", "200px"];
    assert_eq!(png_of(&bytes_of("neuron", "f.png", &small)).3, None, "opaque");
    let clear = [&small[..], &["--transparent"]].concat();
    assert_eq!(png_of(&bytes_of("neuron", "f.png", &clear)).3, Some(0));
    let ground = |svg: &str| {
        Document::parse(svg)
            .unwrap()
            .root_element()
            .children()
            .any(|node| node.has_tag_name("rect") && node.attribute("x").is_none())
    };
    assert!(ground(&svg_of("neuron", &[])));
    assert!(!ground(&svg_of("neuron", &["--transparent"])));
}

#[test]
fn looks_have_their_colours() {
    let fill = |look: &str| {
        let svg = svg_of("neuron", &["--look", look]);
        let at = svg.find("fill=\"").unwrap() + 6;
        svg[at..].split('"').next().unwrap().to_owned()
    };
    assert_eq!([fill("print"), fill("gray")], ["#fff", "#fff"]);
    assert_ne!(fill("light"), fill("dark"));
    let gray = svg_of("article", &["--look", "gray"]);
    for piece in gray.split("=\"#").skip(1) {
        let hex = format!("#{}", piece.split('"').next().unwrap());
        let color = egui::Color32::from_hex(&hex).unwrap();
        assert!(color.r() == color.g() && color.g() == color.b(), "{hex}");
    }
}

/// The first column of a table, its head apart.
fn column(csv: &str) -> (String, Vec<f64>) {
    let mut lines = csv.lines();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(csv.as_bytes());
    let head = reader.records().next().unwrap().unwrap()[0].to_owned();
    lines.next();
    (
        head,
        lines
            .map(|line| line.split(',').next().unwrap().parse().unwrap())
            .collect(),
    )
}

#[test]
fn curves_are_over_what_is_named_and_as_far() {
    let csv = |options: &[&str]| {
        let all = [&["--pane", "curves"], options].concat();
        column(&String::from_utf8(bytes_of("article", "f.csv", &all)).unwrap())
    };
    for over in ["x[2]", "w[1,2,3]", "b[1,1]"] {
        let (head, places) = csv(&["--over", over, "--from", "-2", "--to", "1/2"]);
        assert_eq!(head, over);
        assert_eq!((places[0], *places.last().unwrap()), (-2.0, 0.5));
        assert!(places.len() > 2 && places.is_sorted());
    }
    assert_eq!(csv(&[]).0, "x[1]");
    let svg = svg_of(
        "article",
        &["--pane", "curves", "--over", "x[1]", "--from", "10", "--to", "20"],
    );
    assert!(
        has(&svg, "20") && has(&svg, "10") && !has(&svg, "−5"),
        "{:?}",
        texts(&svg)
    );
}

#[test]
fn several_panes_stand_side_by_side_with_letters() {
    let svg = svg_of("article", &["--pane", "diagram,curves,formula"]);
    let document = Document::parse(&svg).unwrap();
    let x = |letter: &str| -> f32 {
        let mut texts = document.descendants().filter(|node| node.has_tag_name("text"));
        let found = texts.find(|node| node.text() == Some(letter)).unwrap();
        found
            .attribute("x")
            .unwrap()
            .split(' ')
            .next()
            .unwrap()
            .parse()
            .unwrap()
    };
    assert!(x("(a)") < x("(b)") && x("(b)") < x("(c)"));
    assert!(!has(&svg_of("article", &[]), "(a)"));
}

#[test]
fn outlines_leave_no_text() {
    for pane in ["diagram", "formula"] {
        let svg = svg_of("article", &["--pane", pane, "--outline"]);
        assert!(!svg.contains("<text") && !svg.contains("font-face"), "{pane}");
        assert!(
            svg.contains(r#"aria-label="1.210""#),
            "what it says is still there"
        );
    }
}

#[test]
fn a_figure_opens_again_as_its_document() {
    let folder = tempfile::tempdir().unwrap();
    let set = [
        "set",
        "deep",
        "w[1,2,1]=1/3",
        "x[1]=-0",
        "name[1,1]=<&\"ü",
        "-o",
        "f.json",
    ];
    printed(folder.path(), &set);
    let source = printed(folder.path(), &["show", "f.json", "--json"]);
    for file in ["f.svg", "f.png", "f.pdf"] {
        for options in [
            &["--width", "300px"][..],
            &["--width", "300px", "--pane", "formula", "--outline"],
        ] {
            drawn(folder.path(), "f.json", file, options);
            assert_eq!(
                printed(folder.path(), &["show", file, "--json"]),
                source,
                "{file}"
            );
        }
        assert!(printed(folder.path(), &["forward", file]).contains("layer") || !source.is_empty());
    }
    if Command::new("qpdf").arg("--version").output().is_ok() {
        let rewrite = [
            "--object-streams=generate",
            "--stream-data=compress",
            "f.pdf",
            "g.pdf",
        ];
        let output = Command::new("qpdf")
            .args(rewrite)
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        assert_eq!(printed(folder.path(), &["show", "g.pdf", "--json"]), source);
    }
}

#[test]
fn without_its_state_a_figure_is_only_a_picture() {
    let folder = tempfile::tempdir().unwrap();
    for file in ["f.svg", "f.png", "f.pdf"] {
        drawn(folder.path(), "neuron", file, &["--no-state", "--width", "200px"]);
        let sentence = command::refusal_in(folder.path(), &["show", file, "--json"]);
        assert!(sentence.contains("carries no network"), "{sentence}");
    }
}

#[test]
fn a_figure_is_the_same_everywhere() {
    let files = ["f.svg", "f.png", "f.pdf", "w.svg"];
    let run = |environment: &[(&str, &str)]| -> Vec<Vec<u8>> {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("home");
        fs::create_dir_all(home.join(".config/neurodial")).unwrap();
        fs::write(
            home.join(".config/neurodial/preferences.json"),
            r#"{"dark":true,"decimals":1}"#,
        )
        .unwrap();
        let draw = |file: &&str| {
            let pane = if file.starts_with('w') {
                "window"
            } else {
                "diagram,curves"
            };
            let mut program = Command::new(cargo_bin!("neurodial"));
            program.current_dir(folder.path()).env_clear();
            program.args(["figure", "xor", "--pane", pane, "--width", "300px", "-o", file]);
            let home = if environment.is_empty() {
                "/nowhere".as_ref()
            } else {
                home.as_os_str()
            };
            program.env("HOME", home).envs(environment.iter().copied());
            let output = program.output().unwrap();
            assert!(output.status.success(), "{output:?}");
            fs::read(folder.path().join(file)).unwrap()
        };
        files.iter().map(draw).collect()
    };
    let bare = run(&[]);
    let elsewhere = run(&[
        ("LANG", "de_DE.UTF-8"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("TZ", "Pacific/Auckland"),
        ("XDG_CONFIG_HOME", "/dev/null"),
        ("XDG_DATA_DIRS", "/nowhere"),
        ("FONTCONFIG_FILE", "/nowhere/fonts.conf"),
        ("DISPLAY", ":77"),
        ("WAYLAND_DISPLAY", "wayland-77"),
        ("RAYON_NUM_THREADS", "7"),
    ]);
    for (file, (a, b)) in files.iter().zip(bare.iter().zip(&elsewhere)) {
        assert!(a == b, "{file} differs");
    }
}

#[test]
fn the_fonts_are_written_with_their_licences() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(printed(folder.path(), &["fonts", "-o", "a/b"]), "");
    let names = names_in(&folder.path().join("a/b"));
    assert_eq!(names.len(), 9, "{names:?}");
    assert!(names.contains(&"Inter-Regular.otf".to_owned()) && names.contains(&"OFL-Noto.txt".to_owned()));
}

#[test]
fn the_articles_figures_are_written_by_their_names() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(printed(folder.path(), &["article-figures", "-o", "figures"]), "");
    let names = [
        "artificial-neuron.svg",
        "bias-family.svg",
        "natural-neuron.svg",
        "network.svg",
        "output.svg",
        "step.svg",
        "weight-family.svg",
    ];
    assert_eq!(names_in(&folder.path().join("figures")), names);
    for name in names {
        let svg = fs::read_to_string(folder.path().join("figures").join(name)).unwrap();
        assert!(Document::parse(&svg).is_ok() && texts(&svg).len() > 3, "{name}");
    }
}

#[test]
fn help_names_every_option() {
    let help = output_of(&["figure", "--help"]);
    for option in [
        "--pane",
        "--look",
        "--width",
        "--height",
        "--dpi",
        "--font-size",
        "--serif",
        "--decimals",
        "--labels",
        "--transparent",
        "--select",
        "--over",
        "--from",
        "--to",
        "--outline",
        "--no-state",
        "--batch",
    ] {
        assert!(help.contains(option), "{option}");
    }
}
