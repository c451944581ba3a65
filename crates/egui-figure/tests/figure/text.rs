//! Text in SVG files: its characters, their positions, and the fonts.

use egui::epaint::TextShape;
use egui::text::{LayoutJob, TextFormat};
use egui::{Align2, Color32, FontFamily, FontId, Painter, Shape, pos2, vec2};
use egui_figure::fonts::{self, BodyFont};
use egui_figure::{FigureError, HeadlessContext, bundled_fonts, png, svg};
use proptest::prelude::*;
use roxmltree::Document;

use crate::gallery::{self, BLUE, INK, RED, draw, draw_in, options, outline_options};

fn svg_of(paint: impl Fn(&Painter)) -> String {
    let drawing = draw(vec2(400.0, 300.0), paint);
    svg::from_drawing(&drawing, &options()).unwrap()
}

/// Returns a function that paints a text 10 points from the left and top.
fn paint_text(text: &str, font: FontId) -> impl Fn(&Painter) {
    move |painter| {
        painter.text(pos2(10.0, 10.0), Align2::LEFT_TOP, text, font.clone(), INK);
    }
}

/// Returns the content of each text element and each part of one in another format, with the values of these
/// attributes. The font family is the first of its list.
fn texts(svg: &str, attributes: &[&str]) -> Vec<(String, Vec<String>)> {
    let document = Document::parse(svg).unwrap();
    let is_text = |node: &roxmltree::Node<'_, '_>| node.has_tag_name("text") || node.has_tag_name("tspan");
    document
        .descendants()
        .filter(is_text)
        .map(|node| {
            let value = |name: &&str| {
                let value = node.attribute(*name).unwrap_or_default();
                value.split(", ").next().unwrap().to_owned()
            };
            (
                node.text().unwrap().to_owned(),
                attributes.iter().map(value).collect(),
            )
        })
        .collect()
}

/// Returns the content of each whole text element.
fn whole_texts(svg: &str) -> Vec<String> {
    let document = Document::parse(svg).unwrap();
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    let content = |text: roxmltree::Node<'_, '_>| {
        let parts = text.descendants().filter(|node| node.is_text());
        parts.filter_map(|part| part.text()).collect()
    };
    texts.map(content).collect()
}

/// Returns the content of each text element.
fn text_contents(svg: &str) -> Vec<String> {
    texts(svg, &[]).into_iter().map(|(text, _)| text).collect()
}

#[test]
fn text_elements_hold_the_characters_of_the_strings() {
    let svg = svg_of(gallery::texts);
    let all = whole_texts(&svg).join("|");
    for expected in [
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
        assert!(all.contains(expected), "{expected} in {all}");
    }
}

#[test]
fn text_names_the_family_in_the_font_file() {
    let families = [
        (FontFamily::Proportional, ["Neurodial Sans", "", ""]),
        (fonts::semibold(), ["Neurodial Sans", "600", ""]),
        (fonts::serif(), ["Neurodial Serif", "", ""]),
        (fonts::serif_italic(), ["Neurodial Serif", "", "italic"]),
        (FontFamily::Monospace, ["Neurodial Mono", "", ""]),
    ];
    for (family, expected) in families {
        let svg = svg_of(paint_text("ab", FontId::new(20.0, family.clone())));
        let found = texts(&svg, &["font-family", "font-weight", "font-style"]);
        assert_eq!(
            found,
            [("ab".to_owned(), expected.map(str::to_owned).to_vec())],
            "{family:?}"
        );
        // egui draws this font smaller.
        let size = if family == FontFamily::Monospace {
            "19.2"
        } else {
            "20"
        };
        assert_eq!(texts(&svg, &["font-size"])[0].1, [size]);
    }
    for face in bundled_fonts::ALL.into_iter().chain([bundled_fonts::chinese()]) {
        let font = skrifa::FontRef::new(face.bytes).unwrap();
        let name = |id| {
            let mut names = skrifa::MetadataProvider::localized_strings(&font, id);
            names.next().map(|name| name.to_string())
        };
        use skrifa::string::StringId;
        let family = name(StringId::TYPOGRAPHIC_FAMILY_NAME).or(name(StringId::FAMILY_NAME));
        assert_eq!(family.as_deref(), Some(face.family), "{}", face.file);
    }
}

#[test]
fn body_text_has_serifs_in_a_context_with_serif_text() {
    let mut headless = HeadlessContext::with_serif_text();
    for (family, expected) in [
        (FontFamily::Proportional, ["Neurodial Serif", ""]),
        (fonts::semibold(), ["Neurodial Serif", "600"]),
        (FontFamily::Monospace, ["Neurodial Mono", ""]),
    ] {
        let paint = paint_text("AV 0.26", FontId::new(20.0, family.clone()));
        let drawing = draw_in(&mut headless, vec2(400.0, 300.0), paint);
        let svg = svg::from_drawing(&drawing, &options()).unwrap();
        let found = texts(&svg, &["font-family", "font-weight"]);
        assert_eq!(found[0].1, expected, "{family:?}");
    }
}

#[test]
fn font_files_come_with_their_licenses() {
    let names: Vec<&str> = bundled_fonts::files().map(|(name, _)| name).collect();
    assert_eq!(names.len(), 11, "{names:?}");
    assert!(names.contains(&"OFL-Inter.txt") && names.contains(&"NotoSerif-Italic.ttf"));
    assert!(bundled_fonts::files().all(|(_, bytes)| bytes.len() > 1000));
}

/// Returns the x position of each character of the only text element, by advance widths and the listed distances.
fn x_positions(svg: &str, advance: impl Fn(char) -> f32) -> Vec<f32> {
    let elements = texts(svg, &["x", "dx"]);
    assert_eq!(elements.len(), 1, "{svg}");
    let (text, values) = &elements[0];
    let mut next: f32 = values[0].parse().unwrap();
    let mut distances = values[1].split(' ').filter_map(|value| value.parse::<f32>().ok());
    let position = |character| {
        let x = next + distances.next().unwrap_or(0.0);
        next = x + advance(character);
        x
    };
    text.chars().map(position).collect()
}

/// Returns the x position of each character in egui: the running sum of its advance widths.
fn egui_x_positions(text: &str, font: &FontId, body_font: BodyFont) -> Vec<f32> {
    let mut positions = Vec::new();
    let context = egui::Context::default();
    context.set_fonts(fonts::definitions(body_font));
    let mut input = egui::RawInput::default();
    let id = input.viewport_id;
    input.viewports.get_mut(&id).unwrap().native_pixels_per_point = Some(4.0);
    let mut output = context.run_ui(input, |ui| {
        let galley = ui.painter().layout_no_wrap(text.to_owned(), font.clone(), INK);
        let mut x = 10.0;
        positions = galley.rows[0]
            .glyphs
            .iter()
            .map(|glyph| {
                let start = x;
                x += glyph.advance_width;
                start
            })
            .collect();
    });
    output.textures_delta.clear();
    positions
}

/// Returns the advance width of a character in the bundled font with this index.
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
fn every_character_is_where_egui_puts_it() {
    use BodyFont::{Sans, Serif};
    for (text, face, family, body_font) in [
        ("AVATAR Typ. 0.26 − 1.75", 0, FontFamily::Proportional, Sans),
        ("To. WAVE, Yes", 1, fonts::semibold(), Sans),
        ("AV. fluffy", 3, fonts::serif_italic(), Sans),
        ("0123456789", 0, FontFamily::Proportional, Sans),
        ("AVATAR Typ. 0.26 − 1.75", 2, FontFamily::Proportional, Serif),
        ("To. WAVE, Yes", 4, fonts::semibold(), Serif),
    ] {
        let mut headless = match body_font {
            Sans => HeadlessContext::new(),
            Serif => HeadlessContext::with_serif_text(),
        };
        for size in [7.5, 13.0, 24.0] {
            let font = FontId::new(size, family.clone());
            let drawing = draw_in(&mut headless, vec2(400.0, 300.0), paint_text(text, font.clone()));
            let svg = svg::from_drawing(&drawing, &options()).unwrap();
            let positions = x_positions(&svg, |character| advance(face, size, character));
            let expected = egui_x_positions(text, &font, body_font);
            assert_eq!(positions.len(), expected.len());
            for (x, expected) in positions.iter().zip(&expected) {
                assert!((x - expected).abs() < 0.02, "{text}: {x} instead of {expected}");
            }
        }
    }
}

#[test]
fn text_without_kerning_needs_one_x_position() {
    let svg = svg_of(paint_text("−12.3456789", FontId::proportional(13.0)));
    assert_eq!(texts(&svg, &["x", "dx"])[0].1, ["10", ""]);
    let kerned = svg_of(paint_text("AVAV", FontId::proportional(13.0)));
    let values = &texts(&kerned, &["x", "dx"])[0].1;
    assert_eq!((values[0].as_str(), values[1].split(' ').count()), ("10", 4));
}

#[test]
fn a_combining_accent_has_no_distance_of_its_own() {
    let svg = svg_of(paint_text("AVe\u{301}AV", FontId::proportional(13.0)));
    let count = |values: &Vec<String>| values[0].split(' ').count();
    let spans: Vec<(String, usize)> = texts(&svg, &["dx"])
        .iter()
        .map(|(text, values)| (text.clone(), count(values)))
        .collect();
    assert_eq!(spans, [("AVe\u{301}".to_owned(), 3), ("AV".to_owned(), 2)]);
}

/// A program without the fonts can't print one part over another.
#[test]
fn parts_of_a_text_in_several_fonts_follow_each_other() {
    let svg = svg_of(|painter| {
        let mut x = 10.0;
        // A formula of several texts: one with an index, and one farther away.
        for (text, font, y) in [
            ("σ(", FontId::new(20.0, fonts::serif()), 10.0),
            ("z", FontId::new(20.0, fonts::serif_italic()), 10.0),
            ("12", FontId::new(13.0, fonts::serif()), 20.0),
            (") = ", FontId::new(20.0, fonts::serif()), 10.0),
            ("0.5 →", FontId::proportional(20.0), 10.0),
        ] {
            let rect = painter.text(pos2(x, y), Align2::LEFT_TOP, text, font, INK);
            x = rect.right();
        }
        painter.text(
            pos2(x + 60.0, 10.0),
            Align2::LEFT_TOP,
            "far",
            FontId::proportional(20.0),
            INK,
        );
        painter.text(
            pos2(10.0, 60.0),
            Align2::LEFT_TOP,
            "below",
            FontId::proportional(20.0),
            INK,
        );
    });
    assert_eq!(whole_texts(&svg), ["σ(z12) = 0.5 →", "far", "below"]);
    let document = Document::parse(&svg).unwrap();
    let spans = document.descendants().filter(|node| node.has_tag_name("tspan"));
    assert!(spans.clone().count() >= 4, "{svg}");
    assert!(
        spans
            .clone()
            .all(|span| span.attribute("x").is_none() && span.attribute("y").is_none())
    );
    let shifts: f32 = spans
        .filter_map(|span| span.attribute("dy")?.parse::<f32>().ok())
        .sum();
    assert!(shifts.abs() < 0.02, "{shifts}");
}

#[test]
fn a_font_is_followed_by_the_generic_family() {
    for (family, expected) in [
        (FontFamily::Proportional, "Neurodial Sans, sans-serif"),
        (fonts::serif_italic(), "Neurodial Serif, serif"),
        (FontFamily::Monospace, "Neurodial Mono, monospace"),
    ] {
        let svg = svg_of(paint_text("ab", FontId::new(20.0, family)));
        assert!(svg.contains(&format!(r#"font-family="{expected}""#)), "{svg}");
    }
}

#[test]
fn leading_trailing_and_repeated_spaces_are_kept() {
    let svg = svg_of(paint_text(" a  b ", FontId::proportional(13.0)));
    assert_eq!(text_contents(&svg), [" a  b "]);
    assert!(svg.contains(r#"xml:space="preserve""#), "{svg}");
}

#[test]
fn a_character_that_no_font_has_is_an_error() {
    for (text, code) in [
        ("in 한 out", "“한” (U+D55C)"),
        ("體", "U+9AD4"),
        ("ж", "U+0436"),
        ("ש", "U+05E9"),
        ("a\u{1f600}", "U+1F600"),
    ] {
        let drawing = draw(vec2(200.0, 40.0), paint_text(text, FontId::proportional(13.0)));
        for options in [options(), outline_options()] {
            let error = svg::from_drawing(&drawing, &options).unwrap_err();
            assert!(matches!(error, FigureError::MissingCharacter(_)), "{error}");
            assert!(error.to_string().contains(code), "{error}");
        }
    }
}

#[test]
fn text_colors_are_those_that_egui_paints() {
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
fn runs_of_different_formats_are_separate_elements() {
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
    assert_eq!(text_contents(&svg), ["w", "12", " = 0.26"]);
}

#[test]
fn rotated_text_turns_around_its_top_left_corner() {
    let svg = svg_of(|painter| {
        let galley = painter.layout_no_wrap("up".to_owned(), FontId::proportional(13.0), INK);
        painter.add(TextShape::new(pos2(50.0, 80.0), galley, INK).with_angle(-std::f32::consts::FRAC_PI_2));
    });
    assert_eq!(texts(&svg, &["transform"])[0].1, ["rotate(-90 50 80)"]);
}

#[test]
fn outlines_look_like_the_text_and_have_it_as_a_label() {
    let drawing = draw(vec2(400.0, 300.0), gallery::texts);
    let raster = |options: &svg::SvgOptions| {
        let svg = svg::from_drawing(&drawing, options).unwrap();
        (png::rasterize(&svg, [1200, 900]).unwrap(), svg)
    };
    let (text, _) = raster(&options());
    let (outlines, svg) = raster(&outline_options());
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
fn embedded_fonts_map_only_the_characters_used() {
    let svg = svg_of(paint_text("A 0.26 é⚙", FontId::proportional(13.0)));
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
            let width = font
                .glyph_metrics(
                    skrifa::instance::Size::new(13.0),
                    skrifa::instance::LocationRef::default(),
                )
                .advance_width(glyph);
            let face = usize::from(character == '⚙') * 6;
            assert_eq!(width, Some(advance(face, 13.0, character)), "{character}");
        }
    }
    characters.sort_unstable();
    assert_eq!(characters, [' ', '.', '0', '2', '6', 'A', 'é', '⚙']);
    assert!(svg.len() < 15_000, "{}", svg.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_kept_or_is_an_error(text in "[ -~àéüαβ→∞\u{301}\u{200b}中\t\n\r]{0,40}", size in 4.0_f32..40.0) {
        let drawing = draw(vec2(2000.0, 300.0), paint_text(&text, FontId::proportional(size)));
        match svg::from_drawing(&drawing, &options()) {
            Ok(svg) => {
                let written: String = text_contents(&svg).concat();
                let visible = |text: &str| -> String {
                    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect()
                };
                prop_assert_eq!(visible(&written), visible(&text));
            }
            Err(error) => prop_assert!(text.contains(['中', '\u{301}']), "{}", error),
        }
    }
}
