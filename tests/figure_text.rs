//! Text in a figure is text: its characters are there, where egui put them, in faces that every program finds.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "support/gallery.rs"]
mod gallery;

use egui::epaint::TextShape;
use egui::text::{LayoutJob, TextFormat};
use egui::{Align2, Color32, FontFamily, FontId, Painter, Shape, pos2, vec2};
use egui_figure::fonts::{self, BodyFont};
use egui_figure::{FigureError, HeadlessContext, bundled_fonts, png, svg};
use gallery::{BLUE, INK, RED, draw, draw_in, options, outlined};
use proptest::prelude::*;
use roxmltree::Document;

fn svg_of(drawing: impl Fn(&Painter)) -> String {
    let drawing = draw(vec2(400.0, 300.0), drawing);
    svg::from_drawing(&drawing, &options()).unwrap()
}

fn words(text: &str, font: FontId) -> impl Fn(&Painter) {
    move |painter| {
        painter.text(pos2(10.0, 10.0), Align2::LEFT_TOP, text, font.clone(), INK);
    }
}

/// All texts of a file, each with the attributes that the test names.
fn texts(svg: &str, attributes: &[&str]) -> Vec<(String, Vec<String>)> {
    let document = Document::parse(svg).unwrap();
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    texts
        .map(|node| {
            let content = node.descendants().filter(|inner| inner.is_text());
            let values = attributes
                .iter()
                .map(|name| node.attribute(*name).unwrap_or_default().to_owned());
            (content.filter_map(|part| part.text()).collect(), values.collect())
        })
        .collect()
}

fn text_of(svg: &str) -> Vec<String> {
    texts(svg, &[]).into_iter().map(|(text, _)| text).collect()
}

#[test]
fn the_characters_are_those_of_the_string() {
    let svg = svg_of(gallery::texts);
    let all = text_of(&svg).join("|");
    for wanted in [
        "Weights, biases & <activation> 0.26",
        "AVATAR To. Wave Typ",
        "Semi-bold 1.25 AV",
        "w₁₂ and fluffy AVW",
        "mono: 0.26 ",
        "→",
        "y\u{302} e\u{301}x",
        "turned by 30°",
        "spaced ",
        "A long line",
        "…",
        "seven",
    ] {
        assert!(all.contains(wanted), "{wanted} in {all}");
    }
}

#[test]
fn each_face_has_the_name_that_its_file_has() {
    let families = [
        (FontFamily::Proportional, ["Neurodial Sans", "", ""]),
        (fonts::semibold(), ["Neurodial Sans", "600", ""]),
        (fonts::serif(), ["Neurodial Serif", "", ""]),
        (fonts::serif_italic(), ["Neurodial Serif", "", "italic"]),
        (FontFamily::Monospace, ["Neurodial Mono", "", ""]),
    ];
    for (family, expected) in families {
        let svg = svg_of(words("ab", FontId::new(20.0, family.clone())));
        let found = texts(&svg, &["font-family", "font-weight", "font-style"]);
        assert_eq!(
            found,
            [("ab".to_owned(), expected.map(str::to_owned).to_vec())],
            "{family:?}"
        );
        // egui draws this face smaller.
        let size = if family == FontFamily::Monospace {
            "19.2"
        } else {
            "20"
        };
        assert_eq!(texts(&svg, &["font-size"])[0].1, [size]);
    }
    for face in bundled_fonts::ALL {
        let found = skrifa::FontRef::new(face.bytes).unwrap();
        let name = |id| {
            let mut names = skrifa::MetadataProvider::localized_strings(&found, id);
            names.next().map(|name| name.to_string())
        };
        use skrifa::string::StringId;
        let family = name(StringId::TYPOGRAPHIC_FAMILY_NAME).or(name(StringId::FAMILY_NAME));
        assert_eq!(family.as_deref(), Some(face.family), "{}", face.file);
    }
}

#[test]
fn running_text_has_serifs_where_a_paper_is_set_so() {
    let mut studio = HeadlessContext::with_serif_text();
    for (family, expected) in [
        (FontFamily::Proportional, ["Neurodial Serif", ""]),
        (fonts::semibold(), ["Neurodial Serif", "600"]),
        (FontFamily::Monospace, ["Neurodial Mono", ""]),
    ] {
        let draw = words("AV 0.26", FontId::new(20.0, family.clone()));
        let drawing = draw_in(&mut studio, vec2(400.0, 300.0), draw);
        let svg = svg::from_drawing(&drawing, &options()).unwrap();
        let found = texts(&svg, &["font-family", "font-weight"]);
        assert_eq!(found[0].1, expected, "{family:?}");
    }
}

#[test]
fn the_files_of_the_faces_come_with_their_licences() {
    let names: Vec<&str> = bundled_fonts::files().map(|(name, _)| name).collect();
    assert_eq!(names.len(), 9, "{names:?}");
    assert!(names.contains(&"OFL-Inter.txt") && names.contains(&"NotoSerif-Italic.ttf"));
    assert!(bundled_fonts::files().all(|(_, bytes)| bytes.len() > 1000));
}

/// Where each character is: as listed, and then one behind the other.
fn places(svg: &str, advance: impl Fn(char) -> f32) -> Vec<f32> {
    let found = texts(svg, &["x"]);
    assert_eq!(found.len(), 1, "{svg}");
    let (text, values) = &found[0];
    let mut listed = values[0].split(' ').map(|value| value.parse::<f32>().unwrap());
    let mut next = 0.0;
    let place = |character| {
        let place = listed.next().unwrap_or(next);
        next = place + advance(character);
        place
    };
    text.chars().map(place).collect()
}

/// The running sum of egui's own widths.
fn sums(text: &str, font: &FontId, running: BodyFont) -> Vec<f32> {
    let mut sums = Vec::new();
    let context = egui::Context::default();
    context.set_fonts(fonts::definitions(running));
    let mut input = egui::RawInput::default();
    let id = input.viewport_id;
    input.viewports.get_mut(&id).unwrap().native_pixels_per_point = Some(4.0);
    let mut output = context.run_ui(input, |ui| {
        let galley = ui.painter().layout_no_wrap(text.to_owned(), font.clone(), INK);
        let mut x = 10.0;
        sums = galley.rows[0]
            .glyphs
            .iter()
            .map(|glyph| {
                let place = x;
                x += glyph.advance_width;
                place
            })
            .collect();
    });
    output.textures_delta.clear();
    sums
}

fn advance(face: usize, size: f32, character: char) -> f32 {
    use skrifa::MetadataProvider as _;
    let font = skrifa::FontRef::new(bundled_fonts::ALL[face].bytes).unwrap();
    let size = skrifa::instance::Size::new(size);
    let metrics = font.glyph_metrics(size, skrifa::instance::LocationRef::default());
    metrics
        .advance_width(font.charmap().map(character).unwrap())
        .unwrap()
}

#[test]
fn every_character_is_where_egui_has_it() {
    use BodyFont::{Sans, Serif};
    for (text, face, family, running) in [
        ("AVATAR Typ. 0.26 − 1.75", 0, FontFamily::Proportional, Sans),
        ("To. WAVE, Yes", 1, fonts::semibold(), Sans),
        ("AV. fluffy", 3, fonts::serif_italic(), Sans),
        ("0123456789", 0, FontFamily::Proportional, Sans),
        ("AVATAR Typ. 0.26 − 1.75", 2, FontFamily::Proportional, Serif),
        ("To. WAVE, Yes", 4, fonts::semibold(), Serif),
    ] {
        let mut studio = match running {
            Sans => HeadlessContext::new(),
            Serif => HeadlessContext::with_serif_text(),
        };
        for size in [7.5, 13.0, 24.0] {
            let font = FontId::new(size, family.clone());
            let drawing = draw_in(&mut studio, vec2(400.0, 300.0), words(text, font.clone()));
            let svg = svg::from_drawing(&drawing, &options()).unwrap();
            let found = places(&svg, |character| advance(face, size, character));
            let expected = sums(text, &font, running);
            assert_eq!(found.len(), expected.len());
            for (found, expected) in found.iter().zip(&expected) {
                assert!(
                    (found - expected).abs() < 0.02,
                    "{text}: {found} instead of {expected}"
                );
            }
        }
    }
}

#[test]
fn numbers_need_only_one_place() {
    let svg = svg_of(words("−12.3456789", FontId::proportional(13.0)));
    assert_eq!(texts(&svg, &["x"])[0].1, ["10"]);
    let kerned = svg_of(words("AVAV", FontId::proportional(13.0)));
    assert_eq!(texts(&kerned, &["x"])[0].1[0].split(' ').count(), 4);
}

#[test]
fn an_accent_of_its_own_has_no_place_of_its_own() {
    let svg = svg_of(words("AVe\u{301}AV", FontId::proportional(13.0)));
    let document = Document::parse(&svg).unwrap();
    let spans: Vec<(String, usize)> = document
        .descendants()
        .filter(|node| node.has_tag_name("tspan"))
        .map(|node| {
            (
                node.text().unwrap().to_owned(),
                node.attribute("x").unwrap().split(' ').count(),
            )
        })
        .collect();
    assert_eq!(spans, [("AVe\u{301}".to_owned(), 3), ("AV".to_owned(), 2)]);
}

#[test]
fn spaces_at_the_ends_and_in_a_row_stay() {
    let svg = svg_of(words(" a  b ", FontId::proportional(13.0)));
    assert_eq!(text_of(&svg), [" a  b "]);
    assert!(svg.contains(r#"xml:space="preserve""#), "{svg}");
}

#[test]
fn a_character_that_no_face_has_is_an_error_that_names_it() {
    for (text, code) in [("in 中 out", "U+4E2D"), ("a\u{1f600}", "U+1F600")] {
        let drawing = draw(vec2(200.0, 40.0), words(text, FontId::proportional(13.0)));
        for options in [options(), outlined()] {
            let error = svg::from_drawing(&drawing, &options).unwrap_err();
            assert!(matches!(error, FigureError::MissingCharacter(_)), "{error}");
            assert!(error.to_string().contains(code), "{error}");
        }
    }
}

#[test]
fn colours_are_those_that_egui_paints() {
    let svg = svg_of(|painter| {
        let galley = |text: &str, color: Color32| {
            painter.layout_no_wrap(text.to_owned(), FontId::proportional(13.0), color)
        };
        painter.add(Shape::galley(
            pos2(0.0, 0.0),
            galley("placeholder", Color32::PLACEHOLDER),
            RED,
        ));
        painter.add(Shape::galley(pos2(0.0, 20.0), galley("own", BLUE), RED));
        painter.add(Shape::galley_with_override_text_color(
            pos2(0.0, 40.0),
            galley("over", BLUE),
            RED,
        ));
        painter.add(TextShape::new(pos2(0.0, 60.0), galley("half", RED), RED).with_opacity_factor(0.5));
        painter.add(TextShape::new(pos2(0.0, 80.0), galley("gone", RED), RED).with_opacity_factor(0.0));
    });
    let found = texts(&svg, &["fill", "fill-opacity"]);
    let expected = [
        ("placeholder", ["#c31", ""]),
        ("own", ["#07b", ""]),
        ("over", ["#c31", ""]),
        ("half", ["#cb3412", "0.502"]),
    ];
    assert_eq!(
        found,
        expected.map(|(text, values)| (text.to_owned(), values.map(str::to_owned).to_vec()))
    );
}

#[test]
fn formats_of_a_row_are_texts_of_their_own() {
    let svg = svg_of(|painter| {
        let mut job = LayoutJob::default();
        for (text, color, size) in [
            ("w", INK, 20.0),
            ("12", INK, 12.0),
            (" = ", RED, 20.0),
            ("0.26", RED, 20.0),
        ] {
            let font_id = FontId::proportional(size);
            job.append(
                text,
                0.0,
                TextFormat {
                    font_id,
                    color,
                    ..TextFormat::default()
                },
            );
        }
        let galley = painter.layout_job(job);
        painter.galley(pos2(10.0, 10.0), galley, INK);
    });
    assert_eq!(text_of(&svg), ["w", "12", " = 0.26"]);
}

#[test]
fn a_turned_text_turns_around_its_corner() {
    let svg = svg_of(|painter| {
        let galley = painter.layout_no_wrap("up".to_owned(), FontId::proportional(13.0), INK);
        painter.add(TextShape::new(pos2(50.0, 80.0), galley, INK).with_angle(-std::f32::consts::FRAC_PI_2));
    });
    assert_eq!(texts(&svg, &["transform"])[0].1, ["rotate(-90 50 80)"]);
}

#[test]
fn outlines_look_as_the_text_and_say_it() {
    let drawing = draw(vec2(400.0, 300.0), gallery::texts);
    let raster = |options: &svg::SvgOptions| {
        let svg = svg::from_drawing(&drawing, options).unwrap();
        (png::rasterize(&svg, [1200, 900]).unwrap(), svg)
    };
    let (text, _) = raster(&options());
    let (outlines, svg) = raster(&outlined());
    let pairs = text.rgba.iter().zip(&outlines.rgba);
    let sum: f64 = pairs.map(|(a, b)| f64::from(a.abs_diff(*b))).sum();
    let mean = sum / text.rgba.len() as f64;
    assert!(mean < 0.1, "{mean}");
    let document = Document::parse(&svg).unwrap();
    let labels: Vec<&str> = document
        .descendants()
        .filter_map(|node| node.attribute("aria-label"))
        .collect();
    assert!(
        labels.contains(&"Weights, biases & <activation> 0.26"),
        "{labels:?}"
    );
    assert!(!svg.contains("<text") && !svg.contains("font-face"));
}

#[test]
fn browsers_get_a_font_that_maps_just_these_characters() {
    let svg = svg_of(words("A 0.26 é⚙", FontId::proportional(13.0)));
    use base64::Engine as _;
    use skrifa::MetadataProvider as _;
    let fonts: Vec<Vec<u8>> = svg
        .split("base64,")
        .skip(1)
        .map(|rest| {
            let text = rest.split(')').next().unwrap();
            base64::engine::general_purpose::STANDARD.decode(text).unwrap()
        })
        .collect();
    let mut characters: Vec<char> = Vec::new();
    for bytes in &fonts {
        let font = skrifa::FontRef::new(bytes).unwrap();
        for (code, glyph) in font.charmap().mappings() {
            let character = char::from_u32(code).unwrap();
            characters.push(character);
            let wide = font
                .glyph_metrics(
                    skrifa::instance::Size::new(13.0),
                    skrifa::instance::LocationRef::default(),
                )
                .advance_width(glyph);
            let face = usize::from(character == '⚙') * 6;
            assert_eq!(wide, Some(advance(face, 13.0, character)), "{character}");
        }
    }
    characters.sort_unstable();
    assert_eq!(characters, [' ', '.', '0', '2', '6', 'A', 'é', '⚙']);
    assert!(svg.len() < 15_000, "{}", svg.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_words_are_kept_or_refused(text in "[ -~àéüαβ→∞\u{301}\u{200b}中\t\n\r]{0,40}", size in 4.0_f32..40.0) {
        let drawing = draw(vec2(2000.0, 300.0), words(&text, FontId::proportional(size)));
        match svg::from_drawing(&drawing, &options()) {
            Ok(svg) => {
                let found: String = text_of(&svg).concat();
                let shown = |text: &str| -> String {
                    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect()
                };
                prop_assert_eq!(shown(&found), shown(&text));
            }
            Err(error) => prop_assert!(text.contains(['中', '\u{301}']), "{}", error),
        }
    }
}
