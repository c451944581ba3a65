//! The loss landscape on paper: its words stand where nothing else lies.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/sheet.rs"]
mod sheet;

use std::sync::Arc;

use egui_figure::HeadlessContext;
use egui_figure::svg::TextMode;
use neurodial::figure_page::{FigureSpec, Length};
use neurodial::panes::Pane;
use neurodial_core::network::Knob;
use neurodial_core::session::{DataSource, Document, TrainingConfig, TrainingSetup};
use sheet::Sheet;

/// A network that fits some data, with the data.
fn on_data(source: &str) -> Document {
    let course = TrainingSetup::new(TrainingConfig::new(DataSource::from_name(source).unwrap())).unwrap();
    let mut document = course.new_document().unwrap();
    document.training_setup = Some(Arc::new(course));
    document
}

/// The landscape of two knobs, by their places in the flat order, or of one.
fn landscape(
    studio: &mut HeadlessContext,
    document: &Document,
    width: f32,
    over: (usize, Option<usize>),
) -> Sheet {
    let blueprint = document.network.architecture();
    let knob = |index: usize| -> Knob { blueprint.knob_at(index).unwrap() };
    let plate = FigureSpec {
        panels: vec![Pane::Landscape.into()],
        width: Length::millimeters(width),
        landscape_knobs: Some((knob(over.0), over.1.map(knob))),
        ..FigureSpec::default()
    };
    let printed = plate.draw(studio, document).unwrap();
    Sheet::read(&printed.to_svg(TextMode::EmbeddedFonts).unwrap())
}

#[test]
fn no_word_lies_on_a_mark_and_none_on_another() {
    let mut studio = HeadlessContext::new();
    for source in ["moons", "iris", "sine"] {
        let document = on_data(source);
        let count = document.network.architecture().knob_count();
        let pairs = (0..count)
            .step_by(3)
            .map(|across| (across, Some((across + 4) % count)));
        let single = (0..count).step_by(4).map(|across| (across, None));
        for over in pairs.chain(single).filter(|&(across, up)| up != Some(across)) {
            for width in [60.0, 85.0] {
                let sheet = landscape(&mut studio, &document, width, over);
                let name = format!("{source} {over:?} {width} mm");
                // Marks are discs and rings.
                let marks = sheet.shapes.iter().map(|shape| shape.bounds).filter(|bounds| {
                    let (width, height) = (bounds.width(), bounds.height());
                    (9.0..17.0).contains(&width) && (width - height).abs() < 0.1
                });
                let marks: Vec<_> = marks.collect();
                assert!(!marks.is_empty(), "{name}");
                let lowest = sheet.words.iter().filter(|word| word.text.starts_with("lowest"));
                for word in lowest {
                    for mark in &marks {
                        // A ring is within its square.
                        let covered = word.bounds.intersect(mark.shrink(1.5));
                        assert!(!covered.is_positive(), "{name}: “{}” on {mark:?}", word.text);
                    }
                    for other in sheet.words.iter().filter(|other| other.text != word.text) {
                        let covered = word.bounds.intersect(other.bounds);
                        assert!(
                            !covered.is_positive(),
                            "{name}: “{}”, “{}”",
                            word.text,
                            other.text
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn the_name_of_an_axis_with_an_upper_index_keeps_away_from_the_numbers() {
    let mut studio = HeadlessContext::new();
    let document = on_data("moons");
    for over in [(0, Some(1)), (0, None)] {
        let sheet = landscape(&mut studio, &document, 85.0, over);
        let lowest = |text: &str| {
            let words = sheet.words.iter().filter(|word| word.text == text);
            words
                .map(|word| word.bounds)
                .max_by(|a, b| a.bottom().total_cmp(&b.bottom()))
                .unwrap_or_else(|| panic!("no “{text}”"))
        };
        let (number, index) = (lowest("2"), lowest("(1)"));
        let gap = index.top() - number.bottom();
        assert!((2.5..20.0).contains(&gap), "{over:?}: {gap}");
    }
}
