//! `neurodial figure`, `fonts` and `article-figures`: the effect of every option, the same bytes in every environment,
//! and figures that can be opened as their document.

use std::fs;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use roxmltree::Document;

use crate::command::{error_in, names_in, stdout_in, stdout_of};
use crate::support::{draw_figure, svg_texts};

fn figure_bytes(document: &str, file: &str, options: &[&str]) -> Vec<u8> {
    draw_figure(tempfile::tempdir().unwrap().path(), document, file, options)
}

fn figure_svg(document: &str, options: &[&str]) -> String {
    String::from_utf8(figure_bytes(document, "f.svg", options)).unwrap()
}

/// True if one of the text elements contains exactly this text.
fn has_text(svg: &str, text: &str) -> bool {
    svg_texts(svg).iter().any(|found| found.trim() == text)
}

/// Returns an attribute of the root element.
fn root_attribute(svg: &str, name: &str) -> String {
    let document = Document::parse(svg).unwrap();
    document.root_element().attribute(name).unwrap().to_owned()
}

/// Properties of a PNG image.
struct PngProperties {
    /// Width and height in pixels.
    size: [u32; 2],
    pixels_per_meter: u32,
    /// The opacity of the first pixel, or `None` if the image has no alpha channel.
    first_alpha: Option<u8>,
}

fn png_properties(bytes: &[u8]) -> PngProperties {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes))
        .read_info()
        .unwrap();
    let info = reader.info();
    let size = [info.width, info.height];
    let density = info.pixel_dims.unwrap();
    assert_eq!((density.xppu, density.unit), (density.yppu, png::Unit::Meter));
    let has_alpha = info.color_type == png::ColorType::Rgba;
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    PngProperties {
        size,
        pixels_per_meter: density.xppu,
        first_alpha: has_alpha.then(|| pixels[3]),
    }
}

#[test]
fn the_extension_determines_the_format() {
    let bytes = |file: &str, options: &[&str]| figure_bytes("neuron", file, options);
    let small = ["--width", "40mm", "--dpi", "60"];
    assert!(bytes("f.svg", &[]).starts_with(b"<svg "));
    assert!(bytes("F.SVG", &[]).starts_with(b"<svg "));
    assert!(bytes("f.png", &small).starts_with(b"\x89PNG\r\n\x1a\n"));
    assert!(bytes("f.pdf", &[]).starts_with(b"%PDF-1.4"));
    let csv = String::from_utf8(bytes("f.csv", &["--pane", "curves"])).unwrap();
    assert!(csv.starts_with("\"x[1]\",\"a[1,1]\"\n"), "{csv}");
    let tex = String::from_utf8(bytes("f.tex", &["--pane", "formula"])).unwrap();
    assert!(tex.contains("z &= w x + b"), "{tex}");
}

#[test]
fn publications_have_a_width_and_a_font_size() {
    let font_sizes = |svg: &str| {
        let document = Document::parse(svg).unwrap();
        let view_box = document.root_element().attribute("viewBox").unwrap();
        let units: f32 = view_box.split(' ').nth(2).unwrap().parse().unwrap();
        let width = root_attribute(svg, "width");
        let inches: f32 = width.strip_suffix("in").unwrap().parse().unwrap();
        // Running text has 13 units.
        (inches, 13.0 / units * inches * 72.0)
    };
    for (name, expected) in [
        ("neurips", (5.5, 9.0)),
        ("IEEE", (3.5, 8.0)),
        ("nature", (3.504, 7.0)),
    ] {
        let (inches, points) = font_sizes(&figure_svg("article", &["--pane", "curves", "--width", name]));
        assert!((inches - expected.0).abs() < 1e-3, "{name}: {inches}");
        assert!((points - expected.1).abs() < 0.02, "{name}: {points}");
    }
    let options = ["--pane", "curves", "--width", "nature", "--font-size", "6pt"];
    let (_, points) = font_sizes(&figure_svg("article", &options));
    assert!((points - 6.0).abs() < 0.02, "{points}");
}

#[test]
fn a_caption_is_below_the_figure() {
    let plain = figure_svg("article", &[]);
    let svg = figure_svg("article", &["--caption=Four inputs."]);
    assert!(has_text(&svg, "Four inputs."), "{:?}", svg_texts(&svg));
    let height = |svg: &str| -> f32 {
        root_attribute(svg, "height")
            .trim_end_matches("mm")
            .parse()
            .unwrap()
    };
    assert!(height(&svg) > height(&plain) + 3.0);
    let texts = svg_texts(&figure_svg("article", &["--caption"])).concat();
    assert!(texts.contains("A dense neural network with 4 inputs."), "{texts}");
    assert!(texts.contains("Network diagram (4-3 network)."), "{texts}");
}

/// Returns the number of elements of an SVG for which a condition holds.
fn count(svg: &str, condition: impl Fn(&roxmltree::Node<'_, '_>) -> bool) -> usize {
    let document = Document::parse(svg).unwrap();
    document.descendants().filter(|node| condition(node)).count()
}

#[test]
fn plain_diagrams_have_circles_symbols_and_edges_without_values() {
    let svg = figure_svg("article", &["--style", "plain"]);
    assert_eq!(
        count(&svg, |node| node.has_tag_name("circle")),
        7,
        "4 inputs and 3 neurons"
    );
    for text in [
        "input layer",
        "output layer",
        "ReLU",
        "positive weight",
        "negative weight",
    ] {
        assert!(has_text(&svg, text), "{text}: {:?}", svg_texts(&svg));
    }
    // The current values and the bias are in the titles only.
    assert!(
        svg_texts(&svg).iter().all(|text| !text.contains('.')),
        "{:?}",
        svg_texts(&svg)
    );
    assert!(svg.contains("stroke-opacity"));
    let with_bias = figure_svg("article", &["--style", "plain", "--bias", "node"]);
    assert_eq!(count(&with_bias, |node| node.has_tag_name("circle")), 8);
    assert!(with_bias.contains(r#"data-part="b[1,1]""#));
    let labeled = figure_svg("article", &["--style", "plain", "--labels", "all"]);
    assert!(has_text(&labeled, "−0.910"));
    let colored = figure_svg("article", &["--style", "plain", "--layer-colors", "--no-legend"]);
    let fills = |svg: &str| {
        let document = Document::parse(svg).unwrap();
        let circles = document.descendants().filter(|node| node.has_tag_name("circle"));
        circles
            .filter_map(|node| node.attribute("fill").map(str::to_owned))
            .collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!((fills(&svg).len(), fills(&colored).len()), (1, 2));
    assert!(!has_text(&colored, "positive weight"));
}

#[test]
fn diagrams_without_labels_have_no_numbers() {
    let svg = figure_svg("deep", &["--labels", "none", "--style", "plain"]);
    let has_digit = |text: &String| text.contains(|c: char| c.is_ascii_digit());
    assert!(!svg_texts(&svg).iter().any(has_digit), "{:?}", svg_texts(&svg));
    // The standard style keeps the symbols of the inputs.
    let svg = figure_svg("deep", &["--labels", "none"]);
    let is_value = |text: &String| text.contains('.');
    assert!(!svg_texts(&svg).iter().any(is_value), "{:?}", svg_texts(&svg));
    let svg = figure_svg("article", &["--bias", "none"]);
    assert!(
        !svg_texts(&svg).iter().any(|text| text.contains('=')),
        "{:?}",
        svg_texts(&svg)
    );
}

#[test]
fn diagrams_are_tikz_code_that_latex_compiles() {
    let tex = String::from_utf8(figure_bytes("article", "f.tex", &[])).unwrap();
    let lines: Vec<&str> = tex.lines().collect();
    assert!(
        lines[0].starts_with('%') && tex.contains("\\usepackage{tikz}"),
        "{tex}"
    );
    let nodes = tex.matches("\\node[neuron]").count();
    assert_eq!((nodes, tex.matches("\\draw[").count()), (7, 12), "{tex}");
    assert!(tex.contains("(n-1-3)") && tex.contains("$x_{4}$"), "{tex}");
    // Each brace is closed, also with special characters in names.
    let folder = tempfile::tempdir().unwrap();
    let document = r#"{"neurodial":1,"input_names":["50 % {of_x","Δ"],"layers":[{"activation":"relu","weights":[[1,2]],"biases":[1]}]}"#;
    fs::write(folder.path().join("named.json"), document).unwrap();
    let options = ["--bias", "node", "--labels", "all", "--layer-colors"];
    let bytes = draw_figure(folder.path(), "named.json", "f.tex", &options);
    let tex = String::from_utf8(bytes).unwrap();
    let braces = |brace: char| tex.matches(brace).count() - tex.matches(&format!("\\{brace}")).count();
    assert_eq!(braces('{'), braces('}'), "{tex}");
    assert!(
        tex.contains("50 \\% \\{of\\_x") && tex.contains("$\\Delta$"),
        "{tex}"
    );
}

#[test]
fn a_length_on_paper_and_a_resolution_determine_the_number_of_pixels() {
    let folder = tempfile::tempdir().unwrap();
    let draw = |options: &[&str]| png_properties(&draw_figure(folder.path(), "neuron", "f.png", options));
    let png = draw(&["--width", "85mm", "--dpi", "300"]);
    assert_eq!(png.size[0], 1004, "85 / 25.4 · 300");
    assert_eq!(png.pixels_per_meter, 11_811, "300 / 0.0254");
    let png = draw(&["--width", "85mm", "--height", "40mm", "--dpi", "100"]);
    assert_eq!((png.size, png.pixels_per_meter), ([335, 157], 3937));
    let png = draw(&["--width", "600px"]);
    assert_eq!((png.size[0], png.pixels_per_meter), (600, 3780), "96 dpi");
    let png = draw(&["--width", "300", "--height", "200px", "--dpi", "192"]);
    assert_eq!(png.size, [600, 400]);
    let png = draw(&["--width", "85mm"]);
    assert_eq!(png.size[0], 1004, "the default for paper is 300 dpi");
}

#[test]
fn the_page_of_an_svg_and_a_pdf_has_the_given_size() {
    let svg = figure_svg("neuron", &["--width", "85mm", "--height", "40mm"]);
    assert_eq!(
        (root_attribute(&svg, "width"), root_attribute(&svg, "height")),
        ("85mm".into(), "40mm".into())
    );
    let svg = figure_svg("neuron", &["--width", "600px"]);
    assert_eq!(root_attribute(&svg, "width"), "600");
    assert!(
        root_attribute(&svg, "viewBox").starts_with("0 0 600 "),
        "one unit per pixel"
    );
    let pdf = figure_bytes(
        "neuron",
        "f.pdf",
        &["--width", "1in", "--height", "2in", "--font-size", "3pt"],
    );
    let pdf = hayro_syntax::Pdf::new(pdf).unwrap();
    assert_eq!(pdf.pages()[0].base_dimensions(), (72.0, 144.0));
}

#[test]
fn text_has_the_given_font_size() {
    for (size, options) in [
        (8.0, &[][..]),
        (6.0, &["--font-size", "6pt"]),
        (10.5, &["--font-size", "10.5"]),
    ] {
        let svg = figure_svg("neuron", &[&["--width", "120mm"], options].concat());
        let view: Vec<f32> = root_attribute(&svg, "viewBox")
            .split(' ')
            .map(|n| n.parse().unwrap())
            .collect();
        let points_per_unit = 120.0 / 25.4 * 72.0 / view[2];
        // Body text has 13 units.
        assert!(
            (13.0 * points_per_unit - size).abs() < 0.01,
            "{size}: {}",
            13.0 * points_per_unit
        );
    }
}

#[test]
fn text_has_serifs_only_with_the_option_serif() {
    let families = |options: &[&str]| {
        let svg = figure_svg("article", options);
        let document = Document::parse(&svg).unwrap();
        let is_text =
            |node: &roxmltree::Node<'_, '_>| node.has_tag_name("text") || node.has_tag_name("tspan");
        let texts = document.descendants().filter(is_text);
        let first = |families: &str| families.split(", ").next().unwrap().to_owned();
        let mut families: Vec<String> = texts
            .map(|node| first(node.attribute("font-family").unwrap()))
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
    let plain = figure_bytes("neuron", "f.png", &["--width", "300px"]);
    assert_ne!(
        figure_bytes("neuron", "f.png", &["--width", "300px", "--serif"]),
        plain
    );
}

#[test]
fn numbers_have_the_given_number_of_decimals() {
    for (decimals, number) in [("0", "−1"), ("1", "−0.9"), ("2", "−0.91"), ("5", "−0.91000")] {
        let svg = figure_svg("article", &["--pane", "knobs", "--decimals", decimals]);
        assert!(has_text(&svg, number), "{decimals}: {:?}", svg_texts(&svg));
    }
    assert!(has_text(&figure_svg("article", &["--pane", "knobs"]), "−0.910"));
}

#[test]
fn labels_are_shown_on_the_chosen_edges() {
    let labels = |options: &[&str]| {
        let svg = figure_svg("article", options);
        // 0.87 is a weight of neuron 3, −0.91 one of neuron 2.
        ["0.870", "−0.910"].map(|number| has_text(&svg, number))
    };
    assert_eq!(labels(&["--labels", "all"]), [true, true]);
    assert_eq!(labels(&["--labels", "none"]), [false, false]);
    assert_eq!(
        labels(&["--labels", "selected", "--select", "neuron[1,2]"]),
        [false, true]
    );
    assert_eq!(labels(&["--select", "neuron[1,3]"]), [true, false]);
    assert_eq!(labels(&[]), [true, true], "all, if there are only 15");
}

#[test]
fn a_transparent_figure_has_no_background() {
    let small = ["--width", "200px"];
    assert_eq!(
        png_properties(&figure_bytes("neuron", "f.png", &small)).first_alpha,
        None
    );
    let transparent = [&small[..], &["--transparent"]].concat();
    assert_eq!(
        png_properties(&figure_bytes("neuron", "f.png", &transparent)).first_alpha,
        Some(0)
    );
    let has_background = |svg: &str| {
        Document::parse(svg)
            .unwrap()
            .root_element()
            .children()
            .any(|node| node.has_tag_name("rect") && node.attribute("x").is_none())
    };
    assert!(has_background(&figure_svg("neuron", &[])));
    assert!(!has_background(&figure_svg("neuron", &["--transparent"])));
}

#[test]
fn color_themes_have_their_own_colors() {
    let first_fill = |theme: &str| {
        let svg = figure_svg("neuron", &["--theme", theme]);
        let at = svg.find("fill=\"").unwrap() + 6;
        svg[at..].split('"').next().unwrap().to_owned()
    };
    assert_eq!([first_fill("print"), first_fill("gray")], ["#fff", "#fff"]);
    assert_ne!(first_fill("light"), first_fill("dark"));
    let gray = figure_svg("article", &["--look", "gray"]);
    for attribute in gray.split("=\"#").skip(1) {
        let hex = format!("#{}", attribute.split('"').next().unwrap());
        let color = egui::Color32::from_hex(&hex).unwrap();
        assert!(color.r() == color.g() && color.g() == color.b(), "{hex}");
    }
}

/// Returns the header and the numbers of the first column of a CSV table.
fn first_column(csv: &str) -> (String, Vec<f64>) {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().unwrap()[0].to_owned();
    let numbers = reader.records().map(|row| row.unwrap()[0].parse().unwrap());
    (header, numbers.collect())
}

#[test]
fn curves_cover_the_given_axis_and_range() {
    let csv = |options: &[&str]| {
        let all = [&["--pane", "curves"], options].concat();
        first_column(&String::from_utf8(figure_bytes("article", "f.csv", &all)).unwrap())
    };
    for over in ["x[2]", "w[1,2,3]", "b[1,1]"] {
        let (header, values) = csv(&["--over", over, "--from", "-2", "--to", "1/2"]);
        assert_eq!(header, over);
        assert_eq!((values[0], *values.last().unwrap()), (-2.0, 0.5));
        assert!(values.len() > 2 && values.is_sorted());
    }
    assert_eq!(csv(&[]).0, "x[1]");
    let svg = figure_svg(
        "article",
        &["--pane", "curves", "--over", "x[1]", "--from", "10", "--to", "20"],
    );
    assert!(
        has_text(&svg, "20") && has_text(&svg, "10") && !has_text(&svg, "−5"),
        "{:?}",
        svg_texts(&svg)
    );
}

#[test]
fn several_panes_are_labeled_with_letters_from_left_to_right() {
    let svg = figure_svg("article", &["--pane", "diagram,curves,formula"]);
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
    assert!(!has_text(&figure_svg("article", &[]), "(a)"));
}

#[test]
fn outlines_replace_all_text_elements() {
    for pane in ["diagram", "formula"] {
        let svg = figure_svg("article", &["--pane", pane, "--outline"]);
        assert!(!svg.contains("<text") && !svg.contains("font-face"), "{pane}");
        assert!(
            svg.contains(r#"aria-label="1.210""#),
            "the text is kept for screen readers"
        );
    }
}

#[test]
fn a_figure_can_be_opened_as_its_document() {
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
    stdout_in(folder.path(), &set);
    let source = stdout_in(folder.path(), &["show", "f.json", "--json"]);
    for file in ["f.svg", "f.png", "f.pdf"] {
        for options in [
            &["--width", "300px"][..],
            &["--width", "300px", "--pane", "formula", "--outline"],
        ] {
            draw_figure(folder.path(), "f.json", file, options);
            assert_eq!(
                stdout_in(folder.path(), &["show", file, "--json"]),
                source,
                "{file}"
            );
        }
        assert!(stdout_in(folder.path(), &["forward", file]).contains("layer") || !source.is_empty());
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
        assert_eq!(stdout_in(folder.path(), &["show", "g.pdf", "--json"]), source);
    }
}

#[test]
fn a_figure_without_state_can_not_be_opened() {
    let folder = tempfile::tempdir().unwrap();
    for file in ["f.svg", "f.png", "f.pdf"] {
        draw_figure(folder.path(), "neuron", file, &["--no-state", "--width", "200px"]);
        let error = error_in(folder.path(), &["show", file, "--json"]);
        assert!(error.contains("contains no network"), "{error}");
    }
}

#[test]
fn the_environment_does_not_change_a_figure() {
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
            let mut command = Command::new(cargo_bin!("neurodial"));
            command.current_dir(folder.path()).env_clear();
            command.args(["figure", "xor", "--pane", pane, "--width", "300px", "-o", file]);
            let home = if environment.is_empty() {
                "/nowhere".as_ref()
            } else {
                home.as_os_str()
            };
            command.env("HOME", home).envs(environment.iter().copied());
            let output = command.output().unwrap();
            assert!(output.status.success(), "{output:?}");
            fs::read(folder.path().join(file)).unwrap()
        };
        files.iter().map(draw).collect()
    };
    let empty = run(&[]);
    let other = run(&[
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
    for (file, (a, b)) in files.iter().zip(empty.iter().zip(&other)) {
        assert!(a == b, "{file} differs");
    }
}

#[test]
fn names_in_other_scripts_are_drawn_with_the_given_font() {
    let folder = tempfile::tempdir().unwrap();
    let fonts = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/crates/egui-figure/tests/figure/fonts"
    );
    stdout_in(
        folder.path(),
        &["set", "neuron", "name[1,1]=тем 温度", "-o", "f.json"],
    );
    let font = format!("{fonts}/Cyrillic.ttf");
    let options = ["--font", &format!("{fonts}/Hebrew.ttf"), "--font", &font];
    let svg = String::from_utf8(draw_figure(folder.path(), "f.json", "f.svg", &options)).unwrap();
    assert!(has_text(&svg, "тем") && has_text(&svg, "温度"), "{svg}");
    let family = |text: &str| {
        let document = Document::parse(&svg).unwrap();
        let mut nodes = document.descendants().filter(|node| node.is_element());
        let node = nodes.find(|node| node.text().is_some_and(|found| found.trim() == text));
        node.unwrap().attribute("font-family").unwrap().to_owned()
    };
    assert_eq!(family("тем"), "Noto Sans, sans-serif");
    assert_eq!(family("温度"), "Neurodial CJK, sans-serif");
}

#[test]
fn fonts_writes_the_fonts_with_their_licenses() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(stdout_in(folder.path(), &["fonts", "-o", "a/b"]), "");
    let names = names_in(&folder.path().join("a/b"));
    assert_eq!(names.len(), 11, "{names:?}");
    assert!(names.contains(&"Inter-Regular.otf".to_owned()) && names.contains(&"OFL-Noto.txt".to_owned()));
}

const ARTICLE_FIGURES: [&str; 7] = [
    "artificial-neuron.svg",
    "bias-family.svg",
    "natural-neuron.svg",
    "network.svg",
    "output.svg",
    "step.svg",
    "weight-family.svg",
];

#[test]
fn article_figures_writes_seven_figures_with_text() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(
        stdout_in(
            folder.path(),
            &["article-figures", "-o", "figures", "--embed-fonts"]
        ),
        ""
    );
    assert_eq!(names_in(&folder.path().join("figures")), ARTICLE_FIGURES);
    for name in ARTICLE_FIGURES {
        let svg = fs::read_to_string(folder.path().join("figures").join(name)).unwrap();
        assert!(svg_texts(&svg).len() > 3, "{name}");
    }
}

#[test]
fn article_figures_writes_the_same_bytes_every_time() {
    let folder = tempfile::tempdir().unwrap();
    let runs = ["one", "two"].map(|run| folder.path().join(run));
    for run in ["one", "two"] {
        assert_eq!(stdout_in(folder.path(), &["article-figures", "-o", run]), "");
    }
    assert_eq!(names_in(&runs[0]), ARTICLE_FIGURES);
    for name in ARTICLE_FIGURES {
        let [one, two] = runs.each_ref().map(|run| fs::read(run.join(name)).unwrap());
        assert_eq!(one, two, "{name}");
    }
}

#[test]
fn the_help_of_figure_names_every_option_and_the_choices() {
    let help = stdout_of(&["figure", "--help"]);
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    for option in [
        "--pane",
        "--theme",
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
        "--no-embed",
        "--rows",
        "[possible values: light, dark, high-contrast, high-contrast-dark, print, grayscale]",
    ] {
        assert!(help.contains(option), "{option}");
    }
}
