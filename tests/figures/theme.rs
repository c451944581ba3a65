//! Color themes, styles and fonts: contrast of text, colors that differ for every color vision, and glyphs for every
//! character of the program.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use egui::{Color32, FontFamily, FontId};
use egui_figure::svg::{self, SvgOptions};
use egui_figure::{HeadlessContext, fonts};
use neurodial::theme::{ColorTheme, ThemeMode, style, type_scale};

use crate::support::color_vision::{COLOR_VISIONS, contrast, distance, lab, linear, luminance, min_distance};

const SCREEN_MODES: [ThemeMode; 2] = [ThemeMode::Light, ThemeMode::Dark];

const HIGH_CONTRAST_MODES: [ThemeMode; 2] = [ThemeMode::HighContrast, ThemeMode::HighContrastDark];

#[test]
fn contrast_and_distances_agree_with_published_values() {
    assert!((contrast(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 1e-9);
    assert!(
        (contrast(Color32::from_gray(0x77), Color32::WHITE) - 4.48).abs() < 0.01,
        "WebAIM: #777 on white"
    );
    let red = lab(linear(Color32::from_rgb(255, 0, 0)));
    for (got, published) in red.into_iter().zip([53.24, 80.09, 67.20]) {
        assert!((got - published).abs() < 0.05, "{red:?}");
    }
    for (name, matrix) in COLOR_VISIONS {
        let grays = |matrix| distance(Color32::from_gray(90), Color32::from_gray(200), matrix);
        let difference = grays(matrix) - grays(COLOR_VISIONS[0].1);
        assert!(difference.abs() < 0.5, "{name} changes grays");
    }
    let (red, green) = (Color32::from_rgb(200, 60, 60), Color32::from_rgb(110, 110, 20));
    assert!(
        distance(red, green, COLOR_VISIONS[2].1) < 0.4 * distance(red, green, COLOR_VISIONS[0].1),
        "deuteranopia does not bring red close to green"
    );
}

#[test]
fn text_contrasts_with_every_background() {
    for mode in SCREEN_MODES {
        let theme = ColorTheme::from_mode(mode);
        let mut texts = vec![
            ("text", theme.text, 7.0),
            ("weak_text", theme.weak_text, 4.5),
            ("faint_text", theme.faint_text, 3.0),
            ("positive", theme.positive, 4.5),
            ("negative", theme.negative, 4.5),
            ("accent", theme.accent, 4.5),
            ("warning", theme.warning, 4.5),
        ];
        texts.extend(theme.neuron_colors.iter().map(|&color| ("neuron", color, 4.5)));
        for (name, color, min) in texts {
            let contrast = contrast(color, theme.card);
            assert!(
                contrast >= min,
                "{mode:?} {name} {color:?} on card: {contrast:.2} < {min}"
            );
        }
        for background in [theme.background, theme.card_raised, theme.selection_fill] {
            for color in [theme.text, theme.weak_text] {
                let contrast = contrast(color, background);
                assert!(
                    contrast >= 4.5,
                    "{mode:?} {color:?} on {background:?}: {contrast:.2}"
                );
            }
        }
    }
}

#[test]
fn the_colors_of_signs_differ_for_every_color_vision_and_in_lightness() {
    for mode in SCREEN_MODES {
        let theme = ColorTheme::from_mode(mode);
        let (distance, vision) = min_distance(theme.positive, theme.negative);
        assert!(distance >= 40.0, "{mode:?}: {distance:.1} with {vision}");
        let lightness = |color| lab([luminance(color); 3])[0];
        let difference = (lightness(theme.positive) - lightness(theme.negative)).abs();
        assert!(
            difference >= 7.0,
            "{mode:?}: lightness differs by {difference:.1}"
        );
    }
}

/// The minimum distance of the colors of the first four neurons. A distance of 2.3 is just noticeable between large
/// areas side by side (Mahy, Van Eycken and Oosterlinck, 1994); thin strokes with a gap between them need several times
/// as much.
const MIN_DISTANCE: f64 = 13.0;
/// The minimum distance of the colors of later neurons.
const MIN_DISTANCE_OF_LATER_COLORS: f64 = 7.5;

#[test]
fn the_first_four_neuron_colors_differ_from_each_other_and_from_the_signs_for_every_color_vision() {
    for mode in SCREEN_MODES {
        let theme = ColorTheme::from_mode(mode);
        let mut colors = vec![("positive", theme.positive), ("negative", theme.negative)];
        colors.extend(
            ["green", "purple", "ochre", "wine"]
                .into_iter()
                .zip(theme.neuron_colors),
        );
        for (i, &(name, color)) in colors.iter().enumerate() {
            for &(other, other_color) in &colors[i + 1..] {
                let (distance, vision) = min_distance(color, other_color);
                assert!(
                    distance >= MIN_DISTANCE,
                    "{mode:?} {name}, {other}: {distance:.1} with {vision}"
                );
            }
        }
    }
}

#[test]
fn later_neuron_colors_differ_from_the_signs_and_from_each_other() {
    for mode in SCREEN_MODES {
        let theme = ColorTheme::from_mode(mode);
        for (i, &color) in theme.neuron_colors.iter().enumerate().skip(4) {
            for sign in [theme.positive, theme.negative] {
                let (min, vision) = min_distance(color, sign);
                let normal = distance(color, sign, COLOR_VISIONS[0].1);
                assert!(
                    min >= 12.0 && normal >= 28.0,
                    "{mode:?} {i}: {min:.1} with {vision}, {normal:.1}"
                );
            }
            for (j, &other) in theme.neuron_colors[..i].iter().enumerate() {
                let (min, vision) = min_distance(color, other);
                assert!(
                    min >= MIN_DISTANCE_OF_LATER_COLORS,
                    "{mode:?} {i}, {j}: {min:.1} with {vision}"
                );
                assert!(
                    distance(color, other, COLOR_VISIONS[0].1) >= 18.0,
                    "{mode:?} {i}, {j}"
                );
            }
        }
    }
}

#[test]
fn the_dark_theme_is_not_the_inverted_light_theme() {
    let (light, dark) = (
        ColorTheme::from_mode(ThemeMode::Light),
        ColorTheme::from_mode(ThemeMode::Dark),
    );
    assert!(
        luminance(dark.background) < luminance(dark.card)
            && luminance(dark.card) < luminance(dark.card_raised)
    );
    assert!(luminance(light.background) < luminance(light.card));
    let inverted = |c: Color32| Color32::from_rgb(255 - c.r(), 255 - c.g(), 255 - c.b());
    assert_ne!(dark.positive, inverted(light.positive));
    for theme in [light, dark] {
        assert!(
            theme.background.r() >= theme.background.b(),
            "{:?}: the background is not warm",
            theme.mode
        );
    }
}

#[test]
fn colors_depend_on_signs_and_on_neuron_indices() {
    let theme = ColorTheme::from_mode(ThemeMode::Light);
    assert_eq!(theme.sign_color(0.1), theme.positive);
    assert_eq!(theme.sign_color(-0.1), theme.negative);
    for number in [0.0, -0.0, f64::NAN] {
        assert_eq!(theme.sign_color(number), theme.weak_text);
    }
    assert_eq!(theme.neuron_color(8), theme.neuron_color(0));
    assert_ne!(theme.neuron_color(1), theme.neuron_color(0));
    assert_eq!(ColorTheme::mix(theme.text, theme.card, 0.0), theme.text);
    assert_eq!(ColorTheme::mix(theme.text, theme.card, 2.0), theme.card);
    let faded = theme.faded(theme.positive);
    assert!(faded.is_opaque());
    assert!(contrast(faded, theme.card) < contrast(theme.positive, theme.card));
}

#[test]
fn connections_of_other_neurons_can_be_seen_on_a_projector() {
    for mode in [SCREEN_MODES, HIGH_CONTRAST_MODES].concat() {
        let theme = ColorTheme::from_mode(mode);
        for color in [theme.positive, theme.negative, theme.weak_text] {
            let contrast = contrast(theme.faded(color), theme.card);
            assert!(contrast >= 2.5, "{mode:?} {color:?}: {contrast:.2}");
        }
    }
}

#[test]
fn every_color_of_high_contrast_has_a_contrast_of_7() {
    for mode in HIGH_CONTRAST_MODES {
        let theme = ColorTheme::from_mode(mode);
        let mut colors = vec![
            theme.text,
            theme.weak_text,
            theme.faint_text,
            theme.positive,
            theme.negative,
            theme.accent,
            theme.border,
            theme.axis,
            theme.track_edge,
            theme.warning,
        ];
        colors.extend(theme.neuron_colors);
        for color in colors {
            let contrast = contrast(color, theme.card);
            assert!(contrast >= 7.0, "{mode:?} {color:?}: {contrast:.2}");
        }
        assert!(contrast(theme.text, theme.selection_fill) >= 7.0);
    }
}

/// Characters of the program that are neither Latin nor Greek letters.
const SYMBOLS: &str = concat!(
    "…–—‘’“”•·′″←↑→↓↔↶↷⟲−×÷±≈≠≤≥∑Σ√∞∂∇∈⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾ᵀ₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₙᵢⱼ▶■●○▾▸▴◂✔✓✕⚙☾☀🔒🔓⌘⌥⇧⏎⋮≡",
    "⌫⏸⏮⏭↺↻⊙⋅∏∫⚠★☆"
);

/// Runs `check` in contexts with only the bundled fonts, with sans-serif and with serif body text.
fn with_fonts(mut check: impl FnMut(&mut egui::epaint::text::FontsView<'_>)) {
    for body_font in [fonts::BodyFont::Sans, fonts::BodyFont::Serif] {
        let ctx = egui::Context::default();
        ctx.set_fonts(fonts::definitions(body_font));
        ctx.run_ui(egui::RawInput::default(), |_| {})
            .textures_delta
            .clear();
        ctx.fonts_mut(&mut check);
    }
}

fn all_families() -> [FontFamily; 5] {
    [
        FontFamily::Proportional,
        FontFamily::Monospace,
        fonts::semibold(),
        fonts::serif(),
        fonts::serif_italic(),
    ]
}

#[test]
fn every_character_of_the_program_has_a_glyph_in_every_family() {
    let latin = (' '..='~').chain('\u{a1}'..='\u{17f}').filter(|&c| c != '\u{ad}');
    let greek = ('Α'..='ώ').filter(|&c| c != '\u{3a2}');
    let characters: Vec<char> = latin.chain(greek).chain(SYMBOLS.chars()).collect();
    with_fonts(|view| {
        for family in all_families() {
            let font = FontId::new(13.0, family);
            let missing: String = characters
                .iter()
                .filter(|&&c| !view.has_glyph(&font, c))
                .collect();
            assert!(missing.is_empty(), "{:?} lacks {missing}", font.family);
            assert!(!view.has_glyph(&font, '中'), "a glyph that is missing is found");
        }
    });
}

/// Collects the characters beyond ASCII in the source outside of comments and tests. The folder `cli` is left out,
/// because its texts are shown with the fonts of a terminal.
fn collect_characters(folder: &Path, found: &mut BTreeMap<char, PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("cli") {
                collect_characters(&path, found);
            }
        } else if path
            .extension()
            .is_some_and(|extension| extension == "rs" || extension == "ftl")
        {
            let source = fs::read_to_string(&path).unwrap();
            let without_tests = source.split("#[cfg(test)]").next().unwrap();
            let lines = without_tests
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"));
            for character in lines.flat_map(str::chars).filter(|c| !c.is_ascii()) {
                found.entry(character).or_insert_with(|| path.clone());
            }
        }
    }
}

#[test]
fn every_character_of_the_source_and_the_catalog_has_a_glyph() {
    let mut found = BTreeMap::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in [
        "src",
        "crates/core/src",
        "crates/egui-figure/src",
        "crates/core/assets/locales",
    ] {
        collect_characters(&root.join(folder), &mut found);
    }
    assert!(
        found.contains_key(&'…') && found.contains_key(&'中'),
        "{}",
        found.len()
    );
    // The bundled fonts alone, without those of the system.
    let mut headless = HeadlessContext::new();
    for (&character, path) in &found {
        let draw = |ui: &mut egui::Ui| drop(ui.label(character.to_string()));
        let drawing = headless.draw(egui::vec2(40.0, 40.0), draw).unwrap();
        let svg = svg::from_drawing(&drawing, &SvgOptions::new(drawing.size));
        let code = u32::from(character);
        assert!(svg.is_ok(), "{character} (U+{code:04X}) in {}", path.display());
    }
}

#[test]
fn the_serif_italic_font_has_digits_letters_and_indices_itself() {
    let characters = "0123456789abcdefghijklmnopqrstuvwxyzαβγδεζηθλμσφΔΣΩ₀₁₂₃₄₅₆₇₈₉₊₋ₙ";
    with_fonts(|view| {
        let fonts_of = view.characters(&fonts::serif_italic()).clone();
        for c in characters.chars() {
            assert_eq!(fonts_of[&c][0], "Neurodial Serif Italic", "{c}");
        }
    });
}

#[test]
fn numbers_with_the_same_decimals_have_the_same_width() {
    with_fonts(|view| {
        for font in [
            type_scale::number(),
            type_scale::strong(),
            type_scale::big_number(),
            type_scale::body(),
        ] {
            let mut width = |text: &str| {
                view.layout_no_wrap(text.to_owned(), font.clone(), Color32::BLACK)
                    .size()
                    .x
            };
            for digit in '0'..='9' {
                let text = format!("{digit}{digit}.{digit}{digit}");
                assert!((width(&text) - width("00.00")).abs() < 1e-3, "{text} at {font:?}");
            }
            for other in ["1.71", "4.47", "7.11", "9.04"] {
                assert!((width(other) - width("0.00")).abs() < 1e-3, "{other} at {font:?}");
            }
            assert!(
                (width("−1.71") - width("+0.44")).abs() < 1e-3,
                "signs at {font:?}"
            );
        }
    });
}

#[test]
fn all_faces_of_one_size_have_the_same_row_height() {
    with_fonts(|view| {
        let row = view.row_height(&FontId::new(16.0, FontFamily::Proportional));
        for family in [fonts::semibold(), fonts::serif(), fonts::serif_italic()] {
            assert_eq!(view.row_height(&FontId::new(16.0, family)), row);
        }
    });
}

#[test]
fn the_style_depends_on_the_color_theme_and_not_on_the_system() {
    for mode in SCREEN_MODES {
        let ctx = egui::Context::default();
        let theme = ColorTheme::from_mode(mode);
        style::apply(&ctx, theme);
        for system in [egui::Theme::Light, egui::Theme::Dark] {
            let input = egui::RawInput {
                system_theme: Some(system),
                ..Default::default()
            };
            ctx.run_ui(input, |_| {}).textures_delta.clear();
            let current = ctx.global_style();
            assert_eq!(
                current.visuals.dark_mode,
                matches!(mode, ThemeMode::Dark | ThemeMode::HighContrastDark)
            );
            assert_eq!(current.visuals.panel_fill, theme.background);
            assert_eq!(current.visuals.text_color(), theme.text);
            assert_eq!(current.animation_time, 0.0);
            assert_eq!(
                current.visuals.widgets.active.bg_stroke,
                egui::Stroke::new(2.0, theme.accent),
                "focus ring"
            );
        }
    }
}

#[test]
fn the_font_files_are_small() {
    let bytes: usize = fonts::definitions(fonts::BodyFont::Sans)
        .font_data
        .values()
        .map(|data| data.bytes().len())
        .sum();
    assert!(bytes < 700_000, "{bytes} bytes");
}

#[test]
fn colors_of_print_themes_contrast_with_white() {
    for mode in [ThemeMode::Print, ThemeMode::Grayscale] {
        let theme = ColorTheme::from_mode(mode);
        assert_eq!(theme.card, Color32::WHITE);
        let texts = [
            theme.text,
            theme.weak_text,
            theme.positive,
            theme.negative,
            theme.warning,
        ];
        for color in texts.into_iter().chain(theme.neuron_colors) {
            assert!(contrast(color, theme.card) >= 4.5, "{mode:?} {color:?}");
            assert!(mode == ThemeMode::Print || color.r() == color.g() && color.g() == color.b());
        }
    }
    // In grayscale, neighboring curves differ by their dashes.
    let gray = ColorTheme::from_mode(ThemeMode::Grayscale);
    for index in 0..8 {
        assert_ne!(gray.dash_pattern(index), gray.dash_pattern(index + 1));
        assert_eq!(ColorTheme::from_mode(ThemeMode::Print).dash_pattern(index), None);
    }
}
