//! Text in scripts that need other fonts than those for Latin and Greek. The fonts are small ones in `fonts/`, made by
//! `scripts/make-test-fonts.sh`, so that no test depends on the fonts that are installed.

use std::path::Path;

use egui::text::LayoutJob;
use egui::{Align2, FontFamily, FontId, Painter, pos2, vec2};
use egui_figure::fonts;
use egui_figure::pdf::{self, PdfOptions};
use egui_figure::{FallbackFonts, FigureError, HeadlessContext, png, svg};
use roxmltree::Document;

use crate::gallery::{INK, draw, draw_in, options, outline_options};

/// Returns the fonts in these files of `fonts/`, without installed fonts.
pub fn fonts_from(files: &[&str]) -> FallbackFonts {
    let mut fonts = FallbackFonts::default();
    for file in files {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/figure/fonts");
        fonts.add_file(&Path::new(folder).join(file)).unwrap();
    }
    fonts
}

/// Returns an SVG in which each text is painted on a line of its own, 10 points from the left.
fn svg_of(fonts: FallbackFonts, family: &FontFamily, texts: &[&str]) -> Result<String, FigureError> {
    let mut headless = HeadlessContext::new();
    headless.set_fallback_fonts(fonts);
    let drawing = draw_in(&mut headless, vec2(400.0, 300.0), |painter| {
        for (index, text) in texts.iter().enumerate() {
            let position = pos2(10.0, 10.0 + 30.0 * index as f32);
            painter.text(
                position,
                Align2::LEFT_TOP,
                text,
                FontId::new(20.0, family.clone()),
                INK,
            );
        }
    });
    svg::from_drawing(&drawing, &options())
}

/// Returns the family and the content of each text element and each part of one in another format.
fn families_and_texts(svg: &str) -> Vec<(String, String)> {
    let document = Document::parse(svg).unwrap();
    let is_text = |node: &roxmltree::Node<'_, '_>| node.has_tag_name("text") || node.has_tag_name("tspan");
    let texts = document.descendants().filter(is_text);
    let family = |node: &roxmltree::Node<'_, '_>| {
        let families = node.attribute("font-family").unwrap();
        families
            .strip_suffix(", sans-serif")
            .unwrap_or(families)
            .to_owned()
    };
    texts
        .map(|node| (family(&node), node.text().unwrap().to_owned()))
        .collect()
}

/// Returns the label and the leftmost x coordinate of each text that is drawn as outlines.
fn outlined_texts(svg: &str) -> Vec<(String, f32)> {
    let document = Document::parse(svg).unwrap();
    let groups = document
        .descendants()
        .filter(|node| node.attribute("role") == Some("img"));
    let leftmost = |node: &roxmltree::Node<'_, '_>| {
        let path = node.first_element_child().unwrap().attribute("d").unwrap();
        let is_separator = |c: char| c.is_ascii_alphabetic() || c == ' ';
        let numbers: Vec<f32> = path
            .split(is_separator)
            .filter_map(|number| number.parse().ok())
            .collect();
        numbers.iter().step_by(2).copied().fold(f32::INFINITY, f32::min)
    };
    groups
        .map(|node| (node.attribute("aria-label").unwrap().to_owned(), leftmost(&node)))
        .collect()
}

/// Returns the number of dark pixels of an SVG of 400 × 300 points.
fn ink(svg: &str) -> usize {
    let raster = png::rasterize(svg, [400, 300]).unwrap();
    raster.rgba.chunks(4).filter(|pixel| pixel[0] < 128).count()
}

#[test]
fn chinese_text_is_drawn_upright_with_the_bundled_font_in_every_family() {
    let families = [
        FontFamily::Proportional,
        FontFamily::Monospace,
        fonts::semibold(),
        fonts::serif(),
        fonts::serif_italic(),
    ];
    for family in families {
        let svg = svg_of(FallbackFonts::default(), &family, &["损失：（偏置）。x"]).unwrap();
        let texts = families_and_texts(&svg);
        assert_eq!(
            texts[0],
            ("Neurodial CJK".to_owned(), "损失：（偏置）。".to_owned()),
            "{family:?}"
        );
        assert_eq!(texts.len(), 2, "{texts:?}");
        assert!(!svg.contains("CJK\" font-size=\"20\" font-style"), "{family:?}");
        // The glyphs come from the font that is embedded in the file.
        assert!(ink(&svg) > 300, "{family:?}: {}", ink(&svg));
        let pdf = pdf::from_svg(&svg, &PdfOptions::new(vec2(400.0, 300.0))).unwrap();
        assert!(pdf.windows(8).any(|bytes| bytes == b"/CIDFont"), "{family:?}");
    }
}

#[test]
fn simple_scripts_stay_text_in_a_subset_of_the_font() {
    let cases = [
        ("Cyrillic.ttf", "Noto Sans", "температура"),
        ("TraditionalChinese.otf", "Noto Sans CJK TC", "溫體"),
        ("Emoji.ttf", "Noto Sans Symbols2", "🌡🌧"),
    ];
    for (file, family, text) in cases {
        let svg = svg_of(fonts_from(&[file]), &FontFamily::Proportional, &[text]).unwrap();
        assert_eq!(families_and_texts(&svg), [(family.to_owned(), text.to_owned())]);
        assert!(
            svg.contains(&format!("@font-face{{font-family:\"{family}\"")),
            "{svg}"
        );
        assert!(ink(&svg) > 100, "{family}: {}", ink(&svg));
        assert!(fonts_from(&[file]).used_installed_fonts().is_empty());
    }
}

/// Returns the places of all images that a text has, `[left, top, width, height]`, and the number of different ones.
fn image_places(svg: &str) -> (Vec<[f32; 4]>, usize) {
    let document = Document::parse(svg).unwrap();
    let number = |text: &str| text.parse::<f32>().unwrap();
    let images: Vec<_> = document
        .descendants()
        .filter(|node| node.has_tag_name("image"))
        .collect();
    let place = |node: roxmltree::Node<'_, '_>| {
        let id = node.attribute("href").unwrap().trim_start_matches('#');
        let image = images
            .iter()
            .find(|image| image.attribute("id") == Some(id))
            .unwrap();
        let numbers = node.attribute("transform").unwrap().split(['(', ')', ' ']);
        let [x, y, scale] = numbers
            .filter_map(|part| part.parse::<f32>().ok())
            .collect::<Vec<_>>()[..]
        else {
            panic!("{node:?}");
        };
        let [left, top, width, height] =
            ["x", "y", "width", "height"].map(|key| scale * number(image.attribute(key).unwrap()));
        [x + left, y + top, width, height]
    };
    let uses = document.descendants().filter(|node| node.has_tag_name("use"));
    (uses.map(place).collect(), images.len())
}

/// Returns the number of pixels of an SVG of 400 × 300 points whose color is not gray.
fn colored_pixels(svg: &str) -> usize {
    let raster = png::rasterize(svg, [400, 300]).unwrap();
    let is_colored = |pixel: &&[u8]| pixel[..3].iter().max().unwrap() - pixel[..3].iter().min().unwrap() > 30;
    raster.rgba.chunks(4).filter(is_colored).count()
}

#[test]
fn emoji_in_color_are_images_in_the_text() {
    // The text, and the place of its image relative to the start of the image's glyph and the baseline. The fonts
    // say it for the outlines; in the bitmaps the emoji are smaller than the em square.
    let cases = [
        ("ColorLayers.ttf", "🟥", [2.0, -20.0, 20.0, 20.0]),
        ("ColorLayers.ttf", "🟦", [2.0, -20.0, 20.0, 20.0]),
        ("ColorBitmaps.ttf", "🌡", [7.87, -17.86, 9.0, 22.02]),
        ("ColorBitmaps.ttf", "🇨🇭", [3.47, -15.48, 17.98, 17.24]),
        ("AppleBitmaps.ttf", "🌧", [7.88, -20.9, 9.0, 22.2]),
    ];
    for (file, emoji, expected) in cases {
        let text = format!("a {emoji}b{emoji}");
        let mut headless = HeadlessContext::new();
        headless.set_fallback_fonts(fonts_from(&[file]));
        let drawing = draw_in(&mut headless, vec2(400.0, 300.0), |painter| {
            let font = FontId::proportional(20.0);
            painter.text(pos2(10.0, 10.0), Align2::LEFT_TOP, &text, font, INK);
        });
        let svg = svg::from_drawing(&drawing, &options()).unwrap();
        // The same emoji is in the file once.
        let (places, count) = image_places(&svg);
        assert_eq!((places.len(), count), (2, 1), "{file} {emoji}");
        let document = Document::parse(&svg).unwrap();
        let texts: Vec<_> = document
            .descendants()
            .filter(|node| node.has_tag_name("text"))
            .collect();
        let number =
            |index: usize, key: &str| -> f32 { texts[index].attribute(key).unwrap().parse().unwrap() };
        assert_eq!(texts[0].text().map(str::trim), Some("a"), "{emoji}");
        assert_eq!(texts[1].text(), Some("b"), "{emoji}");
        // The emoji starts where the text before it ends, and the text after it where the emoji ends.
        let advance = if file == "ColorBitmaps.ttf" {
            20.0 * 2550.0 / 2048.0
        } else {
            24.0
        };
        let start = number(1, "x") - advance;
        let [left, top, width, height] = places[0];
        let actual = [left - start, top - number(0, "y"), width, height];
        for (actual, expected) in actual.into_iter().zip(expected) {
            assert!(
                (actual - expected).abs() < 0.3,
                "{file} {emoji}: {actual} instead of {expected}"
            );
        }
        assert!(
            document
                .descendants()
                .any(|node| node.attribute("aria-label") == Some(emoji)),
            "{emoji}"
        );
        // In color as outlines, in PNG and in PDF; in gray only if that is asked for.
        let outlined = svg::from_drawing(&drawing, &outline_options()).unwrap();
        assert_eq!(image_places(&outlined).0, places, "{emoji}");
        assert!(
            colored_pixels(&svg) > 100 && colored_pixels(&outlined) > 100,
            "{emoji}"
        );
        let pdf = pdf::from_svg(&svg, &PdfOptions::new(vec2(400.0, 300.0))).unwrap();
        assert!(
            pdf.windows(14)
                .any(|bytes| bytes == b"/Subtype/Image" || bytes == b"/Subtype /Imag"),
            "{emoji}"
        );
        let gray = svg::SvgOptions {
            is_grayscale: true,
            ..options()
        };
        let gray = svg::from_drawing(&drawing, &gray).unwrap();
        assert_eq!(image_places(&gray).0, places, "{emoji}");
        assert_eq!(colored_pixels(&gray), 0, "{emoji}");
    }
}

#[test]
fn emoji_of_several_characters_are_one_image() {
    for text in ["🇨🇭", "👍🏽"] {
        let svg = svg_of(
            fonts_from(&["ColorBitmaps.ttf"]),
            &FontFamily::Proportional,
            &[text],
        )
        .unwrap();
        assert_eq!(image_places(&svg).0.len(), 1, "{text}");
    }
    let error = svg_of(
        fonts_from(&["ColorBitmaps.ttf"]),
        &FontFamily::Proportional,
        &["🌧"],
    )
    .unwrap_err();
    assert_eq!(error, FigureError::MissingCharacter('🌧'));
}

#[test]
fn fonts_for_other_scripts_change_no_other_figure() {
    let family = FontFamily::Proportional;
    let expected = svg_of(FallbackFonts::default(), &family, &["Weight, bias → 0.5 αβ"]).unwrap();
    let fonts = fonts_from(&["Cyrillic.ttf", "Arabic.ttf"]);
    assert_eq!(
        svg_of(fonts, &family, &["Weight, bias → 0.5 αβ"]).unwrap(),
        expected
    );
}

#[test]
fn font_of_a_character_does_not_depend_on_the_text_before_it() {
    for text in ["體溫度", "度體溫"] {
        let svg = svg_of(
            fonts_from(&["TraditionalChinese.otf"]),
            &FontFamily::Proportional,
            &[text],
        )
        .unwrap();
        let texts = families_and_texts(&svg);
        let bundled = ("Neurodial CJK".to_owned(), "度".to_owned());
        assert!(texts.contains(&bundled), "{texts:?}");
    }
    // Nor on what the same context has drawn before.
    let mut headless = HeadlessContext::new();
    headless.set_fallback_fonts(fonts_from(&["Cyrillic.ttf", "TraditionalChinese.otf"]));
    let mut svg_of_text = |text: &str| {
        let drawing = draw_in(&mut headless, vec2(400.0, 300.0), |painter| {
            painter.text(
                pos2(10.0, 10.0),
                Align2::LEFT_TOP,
                text,
                FontId::proportional(20.0),
                INK,
            );
        });
        svg::from_drawing(&drawing, &options()).unwrap()
    };
    let first = svg_of_text("體 a");
    svg_of_text("度 т");
    assert_eq!(svg_of_text("體 a"), first);
}

#[test]
fn words_of_right_to_left_names_are_drawn_from_right_to_left() {
    let svg = svg_of(
        fonts_from(&["Hebrew.ttf"]),
        &FontFamily::Proportional,
        &["שלום עולם"],
    )
    .unwrap();
    let words = outlined_texts(&svg);
    let [(second, second_x), (first, first_x)] = &words[..] else {
        panic!("{words:?}");
    };
    assert_eq!([second.as_str(), first.as_str()], ["עולם", "שלום"]);
    assert!(second_x < first_x, "{words:?}");
}

#[test]
fn arabic_letters_join() {
    let fonts = || fonts_from(&["Arabic.ttf"]);
    let family = FontFamily::Proportional;
    let joined = svg_of(fonts(), &family, &["درجة الحرارة"]).unwrap();
    let labels: Vec<String> = outlined_texts(&joined)
        .into_iter()
        .map(|(label, _)| label)
        .collect();
    assert_eq!(labels, ["الحرارة", "درجة"]);
    // A zero-width non-joiner keeps them apart.
    let apart = svg_of(
        fonts(),
        &family,
        &["د\u{200C}ر\u{200C}ج\u{200C}ة ا\u{200C}ل\u{200C}ح\u{200C}ر\u{200C}ا\u{200C}ر\u{200C}ة"],
    );
    assert_ne!(ink(&joined), ink(&apart.unwrap()));
}

#[test]
fn right_to_left_names_are_shortened_at_their_left_end() {
    let mut headless = HeadlessContext::new();
    headless.set_fallback_fonts(fonts_from(&["Hebrew.ttf"]));
    let drawing = draw_in(&mut headless, vec2(400.0, 300.0), |painter: &Painter| {
        let text = "שלום עולם טמפרטורה";
        let mut job = LayoutJob::simple_singleline(text.to_owned(), FontId::proportional(20.0), INK);
        job.wrap = egui::text::TextWrapping::truncate_at_width(110.0);
        painter.galley(pos2(10.0, 10.0), painter.layout_job(job), INK);
    });
    let svg = svg::from_drawing(&drawing, &options()).unwrap();
    let document = Document::parse(&svg).unwrap();
    let dots = document
        .descendants()
        .find(|node| node.text() == Some("…"))
        .unwrap();
    let dots_x: f32 = dots.attribute("x").unwrap().parse().unwrap();
    let words = outlined_texts(&svg);
    assert!(words.iter().all(|(_, x)| *x > dots_x), "{words:?} {dots_x}");
    assert_eq!(words.last().unwrap().0, "שלום");
}

#[test]
fn rows_of_right_to_left_text_are_from_top_to_bottom() {
    let mut headless = HeadlessContext::new();
    headless.set_fallback_fonts(fonts_from(&["Hebrew.ttf"]));
    let words = ["שלום", "עולם", "טמפרטורה", "עיבוד"];
    for max_rows in [usize::MAX, 2] {
        let drawing = draw_in(&mut headless, vec2(400.0, 300.0), |painter: &Painter| {
            let mut job = LayoutJob::simple(words.join(" "), FontId::proportional(20.0), INK, 130.0);
            job.wrap.max_rows = max_rows;
            painter.galley(pos2(10.0, 10.0), painter.layout_job(job), INK);
        });
        let svg = svg::from_drawing(&drawing, &outline_options()).unwrap();
        let document = Document::parse(&svg).unwrap();
        let groups = document
            .descendants()
            .filter_map(|node| node.attribute("aria-label"));
        let labels: Vec<&str> = groups.map(str::trim).filter(|label| !label.is_empty()).collect();
        let first_row = [words[1], words[0]];
        assert_eq!(labels[..2], first_row, "{labels:?}");
        let rest: &[&str] = if max_rows == 2 { &["…"] } else { &words[2..] };
        assert!(labels[2..].starts_with(rest), "{labels:?}");
    }
}

#[test]
fn lines_of_chinese_neither_begin_nor_end_with_the_wrong_punctuation() {
    let text = "神经网络（模型）有：《权重》、“偏置”，以及「激活函数」。（它）把加权和变成输出！";
    let (mut row_count, mut wrong_ends) = (0, 0);
    for width in (60..400).step_by(7) {
        let drawing = draw(vec2(400.0, 900.0), |painter| {
            let galley = painter.layout(text.to_owned(), FontId::proportional(16.0), INK, width as f32);
            painter.galley(pos2(0.0, 0.0), galley, INK);
        });
        let [egui::Shape::Text(shape)] = &drawing
            .shapes
            .iter()
            .map(|clipped| &clipped.shape)
            .collect::<Vec<_>>()[..]
        else {
            panic!("one text");
        };
        let rows = &shape.galley.rows;
        row_count += rows.len();
        for (index, row) in rows.iter().enumerate() {
            let first = row.glyphs.first().unwrap().chr;
            let last = row.glyphs.last().unwrap().chr;
            assert!(
                !"）》」”。，、：！".contains(first),
                "{width}: {first} in row {index}"
            );
            let is_inner = index + 1 < rows.len();
            wrong_ends += usize::from(is_inner && "（《「“".contains(last));
        }
    }
    // Only where the text would need one more line, a bracket stays at the end of one.
    assert!(row_count > 200 && wrong_ends < 8, "{wrong_ends} of {row_count}");
}

#[test]
fn files_that_are_no_fonts_are_refused() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    for (path, reason) in [
        (file, "not a TrueType or OpenType font"),
        ("no/such.ttf", "No such file"),
        ("/", "not a file"),
    ] {
        let error = FallbackFonts::default().add_file(Path::new(path)).unwrap_err();
        assert!(error.to_string().contains(reason), "{error}");
        assert!(error.to_string().contains(path), "{error}");
    }
}
