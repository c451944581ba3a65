//! Figures of the loss landscape: words do not cover markers or other words.

use egui::Rect;
use egui_figure::HeadlessContext;
use neurodial::figure_page::{FigureSpec, Length};
use neurodial::panes::Pane;
use neurodial_core::network::Knob;
use neurodial_core::session::Document;

use crate::support::documents::{training_config, with_data};
use crate::support::parsed_figure::ParsedFigure;

/// Draws the landscape over one knob or two knobs, given by their indices.
fn landscape(
    context: &mut HeadlessContext,
    document: &Document,
    width: f32,
    over: (usize, Option<usize>),
) -> ParsedFigure {
    let architecture = document.network.architecture();
    let knob = |index: usize| -> Knob { architecture.knob_at(index).unwrap() };
    let mut spec = FigureSpec {
        panels: vec![Pane::Landscape],
        width: Length::millimeters(width),
        ..FigureSpec::for_document(document)
    };
    spec.view.landscape_knobs = (knob(over.0), over.1.map(knob));
    ParsedFigure::from_rendered(&spec.draw(context, document).unwrap())
}

#[test]
fn the_label_of_the_lowest_loss_covers_no_marker_and_no_other_word() {
    let mut context = HeadlessContext::new();
    for source in ["moons", "iris", "sine"] {
        let document = with_data(training_config(source));
        let count = document.network.architecture().knob_count();
        let pairs = (0..count)
            .step_by(3)
            .map(|across| (across, Some((across + 4) % count)));
        let single = (0..count).step_by(4).map(|across| (across, None));
        for over in pairs.chain(single).filter(|&(across, up)| up != Some(across)) {
            for width in [60.0, 85.0] {
                let figure = landscape(&mut context, &document, width, over);
                let name = format!("{source} {over:?} {width} mm");
                // Markers are discs and rings.
                let is_marker = |bounds: &Rect| {
                    let (width, height) = (bounds.width(), bounds.height());
                    (9.0..17.0).contains(&width) && (width - height).abs() < 0.1
                };
                let bounds = figure.shapes.iter().map(|shape| shape.bounds);
                let markers: Vec<Rect> = bounds.filter(is_marker).collect();
                assert!(!markers.is_empty(), "{name}");
                let lowest = figure.words.iter().filter(|word| word.text.starts_with("lowest"));
                for word in lowest {
                    for marker in &markers {
                        // The corners of the bounds are outside of the ring.
                        let covered = word.bounds.intersect(marker.shrink(1.5));
                        assert!(!covered.is_positive(), "{name}: “{}” on {marker:?}", word.text);
                    }
                    for other in figure.words.iter().filter(|other| other.text != word.text) {
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
fn the_superscript_of_an_axis_label_keeps_a_gap_to_the_numbers() {
    let mut context = HeadlessContext::new();
    let document = with_data(training_config("moons"));
    for over in [(0, Some(1)), (0, None)] {
        let figure = landscape(&mut context, &document, 85.0, over);
        let lowest_word = |text: &str| {
            let words = figure.words.iter().filter(|word| word.text == text);
            words
                .map(|word| word.bounds)
                .max_by(|a, b| a.bottom().total_cmp(&b.bottom()))
                .unwrap_or_else(|| panic!("no “{text}”"))
        };
        let (number, superscript) = (lowest_word("2"), lowest_word("(1)"));
        let gap = superscript.top() - number.bottom();
        assert!((2.5..20.0).contains(&gap), "{over:?}: {gap}");
    }
}
