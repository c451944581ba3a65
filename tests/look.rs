//! The palette can be read and told apart, by everyone; every sign the app writes has a glyph.

#![allow(
    clippy::unwrap_used,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/eyes.rs"]
mod eyes;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use egui::{Color32, FontFamily, FontId};
use egui_figure::fonts;
use eyes::{EYES, contrast, distance, lab, least_distance, linear, luminance};
use neurodial::theme::{ColorTheme, ThemeMode, style, type_scale};

const MODES: [ThemeMode; 2] = [ThemeMode::Light, ThemeMode::Dark];

#[test]
fn the_measures_agree_with_published_values() {
    assert!((contrast(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 1e-9);
    assert!(
        (contrast(Color32::from_gray(0x77), Color32::WHITE) - 4.48).abs() < 0.01,
        "WebAIM: #777 on white"
    );
    let red = lab(linear(Color32::from_rgb(255, 0, 0)));
    for (got, published) in red.into_iter().zip([53.24, 80.09, 67.20]) {
        assert!((got - published).abs() < 0.05, "{red:?}");
    }
    for (name, matrix) in EYES {
        let grey = distance(Color32::from_gray(90), Color32::from_gray(200), matrix);
        let seen = distance(Color32::from_gray(90), Color32::from_gray(200), EYES[0].1);
        assert!((grey - seen).abs() < 0.5, "{name} sees greys as they are");
    }
    let (red, green) = (Color32::from_rgb(200, 60, 60), Color32::from_rgb(110, 110, 20));
    assert!(
        distance(red, green, EYES[2].1) < 0.4 * distance(red, green, EYES[0].1),
        "deuteranopia hides red"
    );
}

#[test]
fn text_can_be_read_on_every_surface() {
    for mode in MODES {
        let look = ColorTheme::from_mode(mode);
        let mut texts = vec![
            ("ink", look.text, 7.0),
            ("ink_soft", look.weak_text, 4.5),
            ("ink_faint", look.faint_text, 3.0),
            ("positive", look.positive, 4.5),
            ("negative", look.negative, 4.5),
            ("accent", look.accent, 4.5),
            ("warn", look.warning, 4.5),
        ];
        texts.extend(look.neuron_colors.iter().map(|&color| ("identity", color, 4.5)));
        for (name, color, least) in texts {
            let got = contrast(color, look.card);
            assert!(
                got >= least,
                "{mode:?} {name} {color:?} on card: {got:.2} < {least}"
            );
        }
        for surface in [look.background, look.card_raised, look.selection_fill] {
            for color in [look.text, look.weak_text] {
                let got = contrast(color, surface);
                assert!(got >= 4.5, "{mode:?} {color:?} on {surface:?}: {got:.2}");
            }
        }
    }
}

#[test]
fn the_two_signs_differ_for_all_eyes_and_in_grey() {
    for mode in MODES {
        let look = ColorTheme::from_mode(mode);
        let (least, eyes) = least_distance(look.positive, look.negative);
        assert!(least >= 40.0, "{mode:?}: {least:.1} with {eyes}");
        let grey = |color| lab([luminance(color); 3])[0];
        let apart = (grey(look.positive) - grey(look.negative)).abs();
        assert!(apart >= 7.0, "{mode:?}: lightness differs by {apart:.1}");
    }
}

/// 2.3 is a just noticeable difference between large patches side by side (Mahy, Van Eycken and Oosterlinck, 1994).
/// Thin strokes apart from each other need several times that.
const APART_AT_LEAST: f64 = 13.0;
const LATER_APART_AT_LEAST: f64 = 7.5;

#[test]
fn the_first_four_identities_differ_from_each_other_and_from_the_signs_for_all_eyes() {
    for mode in MODES {
        let look = ColorTheme::from_mode(mode);
        let mut colors = vec![("positive", look.positive), ("negative", look.negative)];
        colors.extend(
            ["green", "purple", "ochre", "wine"]
                .into_iter()
                .zip(look.neuron_colors),
        );
        for (i, &(name, color)) in colors.iter().enumerate() {
            for &(other, other_color) in &colors[i + 1..] {
                let (least, eyes) = least_distance(color, other_color);
                assert!(
                    least >= APART_AT_LEAST,
                    "{mode:?} {name}, {other}: {least:.1} with {eyes}"
                );
            }
        }
    }
}

#[test]
fn the_later_identities_are_no_sign_and_no_other_neuron() {
    for mode in MODES {
        let look = ColorTheme::from_mode(mode);
        for (i, &color) in look.neuron_colors.iter().enumerate().skip(4) {
            for sign in [look.positive, look.negative] {
                let (least, eyes) = least_distance(color, sign);
                let normal = distance(color, sign, EYES[0].1);
                assert!(
                    least >= 12.0 && normal >= 28.0,
                    "{mode:?} {i}: {least:.1} with {eyes}, {normal:.1}"
                );
            }
            for (j, &other) in look.neuron_colors[..i].iter().enumerate() {
                let (least, eyes) = least_distance(color, other);
                assert!(
                    least >= LATER_APART_AT_LEAST,
                    "{mode:?} {i}, {j}: {least:.1} with {eyes}"
                );
                assert!(distance(color, other, EYES[0].1) >= 18.0, "{mode:?} {i}, {j}");
            }
        }
    }
}

#[test]
fn dark_is_a_design_of_its_own() {
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
    for look in [light, dark] {
        assert!(
            look.background.r() >= look.background.b(),
            "{:?}: the ground is warm",
            look.mode
        );
    }
}

#[test]
fn a_look_answers_by_sign_and_by_index() {
    let look = ColorTheme::from_mode(ThemeMode::Light);
    assert_eq!(look.sign_color(0.1), look.positive);
    assert_eq!(look.sign_color(-0.1), look.negative);
    for neither in [0.0, -0.0, f64::NAN] {
        assert_eq!(look.sign_color(neither), look.weak_text);
    }
    assert_eq!(look.neuron_color(8), look.neuron_color(0));
    assert_ne!(look.neuron_color(1), look.neuron_color(0));
    assert_eq!(ColorTheme::mix(look.text, look.card, 0.0), look.text);
    assert_eq!(ColorTheme::mix(look.text, look.card, 2.0), look.card);
    let faint = look.faded(look.positive);
    assert!(faint.is_opaque());
    assert!(contrast(faint, look.card) < 2.0);
}

const WRITTEN: &str = concat!(
    "…–—‘’“”•·′″←↑→↓↔↶↷⟲−×÷±≈≠≤≥∑Σ√∞∂∇∈⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾ᵀ₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₙᵢⱼ▶■●○▾▸▴◂✔✓✕⚙☾☀🔒🔓⌘⌥⇧⏎⋮≡",
    "⌫⏸⏮⏭↺↻⊙⋅∏∫⚠★☆"
);

/// Runs `look` in bare contexts that have the bundled fonts, running text without and with serifs.
fn with_fonts(mut look: impl FnMut(&mut egui::epaint::text::FontsView<'_>)) {
    for running in [fonts::BodyFont::Sans, fonts::BodyFont::Serif] {
        let ctx = egui::Context::default();
        ctx.set_fonts(fonts::definitions(running));
        ctx.run_ui(egui::RawInput::default(), |_| {})
            .textures_delta
            .clear();
        ctx.fonts_mut(&mut look);
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
fn every_character_the_app_writes_has_a_glyph_in_every_family() {
    let latin = (' '..='~').chain('\u{a1}'..='\u{17f}').filter(|&c| c != '\u{ad}');
    let greek = ('Α'..='ώ').filter(|&c| c != '\u{3a2}');
    let wanted: Vec<char> = latin.chain(greek).chain(WRITTEN.chars()).collect();
    with_fonts(|view| {
        for family in all_families() {
            let font = FontId::new(13.0, family);
            let missing: String = wanted.iter().filter(|&&c| !view.has_glyph(&font, c)).collect();
            assert!(missing.is_empty(), "{:?} lacks {missing}", font.family);
            assert!(!view.has_glyph(&font, '中'), "the measure can say no");
        }
    });
}

/// What stands in the source outside comments and tests, of characters that are not ASCII. What `cli` writes goes to a
/// terminal, which has fonts of its own.
fn written_in(folder: &Path, found: &mut BTreeMap<char, PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("cli") {
                written_in(&path, found);
            }
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let source = fs::read_to_string(&path).unwrap();
            let program = source.split("#[cfg(test)]").next().unwrap();
            let lines = program
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"));
            for character in lines.flat_map(str::chars).filter(|c| !c.is_ascii()) {
                found.entry(character).or_insert_with(|| path.clone());
            }
        }
    }
}

#[test]
fn every_character_of_the_source_has_a_glyph() {
    let mut found = BTreeMap::new();
    written_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert!(found.contains_key(&'…') && found.len() > 30, "{}", found.len());
    with_fonts(|view| {
        for (&character, path) in &found {
            let has = view.has_glyph(&type_scale::body(), character);
            assert!(
                has,
                "{character} (U+{:04X}) in {}",
                u32::from(character),
                path.display()
            );
        }
    });
}

#[test]
fn the_italic_serif_itself_has_digits_greek_and_indices() {
    let wanted = "0123456789abcdefghijklmnopqrstuvwxyzαβγδεζηθλμσφΔΣΩ₀₁₂₃₄₅₆₇₈₉₊₋ₙ";
    with_fonts(|view| {
        let have = view.characters(&fonts::serif_italic()).clone();
        for c in wanted.chars() {
            assert_eq!(have[&c][0], "Neurodial Serif Italic", "{c}");
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
fn all_faces_of_one_size_share_row_and_baseline() {
    with_fonts(|view| {
        let row = view.row_height(&FontId::new(16.0, FontFamily::Proportional));
        for family in [fonts::semibold(), fonts::serif(), fonts::serif_italic()] {
            assert_eq!(view.row_height(&FontId::new(16.0, family)), row);
        }
    });
}

#[test]
fn the_style_follows_the_look_and_not_the_system() {
    for mode in MODES {
        let ctx = egui::Context::default();
        let look = ColorTheme::from_mode(mode);
        style::apply(&ctx, look);
        for system in [egui::Theme::Light, egui::Theme::Dark] {
            let input = egui::RawInput {
                system_theme: Some(system),
                ..Default::default()
            };
            ctx.run_ui(input, |_| {}).textures_delta.clear();
            let now = ctx.global_style();
            assert_eq!(now.visuals.dark_mode, mode == ThemeMode::Dark);
            assert_eq!(now.visuals.panel_fill, look.background);
            assert_eq!(now.visuals.text_color(), look.text);
            assert_eq!(now.animation_time, 0.0);
            assert_eq!(
                now.visuals.widgets.active.bg_stroke,
                egui::Stroke::new(2.0, look.accent),
                "focus ring"
            );
        }
    }
}

#[test]
fn the_font_files_stay_small() {
    let bytes: usize = fonts::definitions(fonts::BodyFont::Sans)
        .font_data
        .values()
        .map(|data| data.bytes().len())
        .sum();
    assert!(bytes < 700_000, "{bytes} bytes");
}

#[test]
fn on_paper_every_word_can_be_read() {
    for mode in [ThemeMode::Print, ThemeMode::Grayscale] {
        let look = ColorTheme::from_mode(mode);
        assert_eq!(look.card, Color32::WHITE);
        let texts = [
            look.text,
            look.weak_text,
            look.positive,
            look.negative,
            look.warning,
        ];
        for color in texts.into_iter().chain(look.neuron_colors) {
            assert!(contrast(color, look.card) >= 4.5, "{mode:?} {color:?}");
            assert!(mode == ThemeMode::Print || color.r() == color.g() && color.g() == color.b());
        }
    }
    // Without colour, neighbours are told apart by their dashes.
    let gray = ColorTheme::from_mode(ThemeMode::Grayscale);
    for index in 0..8 {
        assert_ne!(gray.dash_pattern(index), gray.dash_pattern(index + 1));
        assert_eq!(ColorTheme::from_mode(ThemeMode::Print).dash_pattern(index), None);
    }
}
