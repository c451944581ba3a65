//! Minimum sizes of figures and fonts, and the size of the file.

use egui_figure::HeadlessContext;
use egui_figure::svg::TextMode;
use neurodial::figure_page::{FigureSpec, Length};
use neurodial::panes::Pane;
use neurodial_core::formats::Preset;
use neurodial_core::text::Messages;

use crate::support::documents::{filled, preset};
use crate::support::layout_checks::{outside_of_page, overlaps, small_words};
use crate::support::parsed_figure::{ParsedFigure, Word};

/// Returns the length that an error message asks for.
fn requested_length(error: &str) -> Length {
    let (_, request) = error.split_once("use at least ").unwrap();
    let (length, _) = request.split_once(',').unwrap();
    length.parse().unwrap()
}

#[test]
fn outputs_in_a_diagram_have_at_least_six_points_for_every_font_size() {
    let mut context = HeadlessContext::new();
    for preset in Preset::ALL {
        let document = preset.document().unwrap();
        for (font_size, width) in [(6.0, 85.0), (6.0, 170.0), (8.0, 62.0), (8.0, 85.0), (12.0, 100.0)] {
            let spec = FigureSpec {
                font_size: Some(font_size),
                width: Length::millimeters(width),
                ..FigureSpec::for_document(&document)
            };
            let figure = ParsedFigure::from_rendered(&spec.draw(&mut context, &document).unwrap());
            let points_per_unit = width / 25.4 * 72.0 / figure.page.width();
            let outputs: Vec<_> = figure
                .elements()
                .into_iter()
                .filter(|element| element.address.starts_with('a'))
                .collect();
            assert!(!outputs.is_empty(), "{}", preset.name);
            for output in outputs {
                let of_output = |word: &&Word| word.text.contains('.') && output.text.ends_with(&word.text);
                let number = figure.words.iter().find(of_output).unwrap();
                let size = number.size * points_per_unit;
                assert!(
                    size >= 5.99,
                    "{} {font_size}pt {width}mm: “{}” has {size:.2}",
                    preset.name,
                    number.text
                );
            }
            assert!(
                overlaps(&figure.words).is_empty(),
                "{} {font_size}pt {width}mm",
                preset.name
            );
        }
    }
}

#[test]
fn the_error_for_a_small_figure_states_a_size_that_is_large_enough() {
    let mut context = HeadlessContext::new();
    for preset in Preset::ALL {
        let document = filled(preset.document().unwrap());
        for panel in Pane::ALL.into_iter().filter(|panel| !panel.needs_data()) {
            let narrow = FigureSpec {
                panels: vec![panel],
                width: Length::millimeters(12.0),
                ..FigureSpec::for_document(&document)
            };
            let name = format!("{} {}", preset.name, panel.name());
            let mut draw = |spec: &FigureSpec| spec.draw(&mut context, &document);
            let error = draw(&narrow).err().expect(&name).to_string();
            assert!(error.contains(panel.title(Messages::ENGLISH)), "{error}");
            let wide = FigureSpec {
                width: requested_length(&error),
                ..narrow
            };
            let figure = ParsedFigure::from_rendered(&draw(&wide).expect(&name));
            let mut problems = outside_of_page(&figure);
            problems.extend(overlaps(&figure.words));
            problems.extend(small_words(&figure));
            assert!(problems.is_empty(), "{name} {}: {problems:?}", wide.width);
            let low = FigureSpec {
                height: Some(Length::millimeters(3.0)),
                ..wide.clone()
            };
            let error = draw(&low).err().expect(&name).to_string();
            let high = FigureSpec {
                height: Some(requested_length(&error)),
                ..wide
            };
            let figure = ParsedFigure::from_rendered(&draw(&high).expect(&name));
            let mut problems = outside_of_page(&figure);
            problems.extend(overlaps(&figure.words));
            assert!(problems.is_empty(), "{name} {:?}: {problems:?}", high.height);
        }
    }
}

#[test]
fn the_file_of_a_diagram_is_small() {
    let document = preset("article");
    let spec = FigureSpec::for_document(&document);
    let figure = spec.draw(&mut HeadlessContext::new(), &document).unwrap();
    let bytes = figure.to_svg(TextMode::EmbeddedFonts).unwrap().len();
    assert!(bytes < 100_000, "{bytes} bytes");
}
