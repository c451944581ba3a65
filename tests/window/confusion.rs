//! The samples of a cell of the confusion matrix.

use egui::Key;
use egui_kittest::kittest::Queryable;
use neurodial::canvas::Element;
use neurodial::panes::Pane;
use neurodial_core::session::ConfusionCell;
use neurodial_core::text::Messages;

use crate::support::training::window_with_data;
use crate::support::{TestWindow, network};

const MESSAGES: Messages = Messages::ENGLISH;

/// Opens the confusion matrix of an untrained network; returns also the fullest cell of the test set, and its
/// number of samples.
fn window_with_cell(widths: &[usize], dataset: &str) -> (TestWindow, ConfusionCell, usize) {
    let mut window = window_with_data(network(widths), dataset);
    window.toggle_maximized(Pane::Confusion);
    window.settle();
    let (cell, count) = {
        let (insight, session) = (window.insight(), window.session());
        let predictions = insight.predictions(&session).unwrap();
        let set = predictions.sets.iter().find(|set| set.is_test).unwrap();
        let classes = predictions.class_names.len();
        let cells = (0..classes * classes).map(|index| ConfusionCell {
            is_test: true,
            class: index / classes,
            predicted: index % classes,
        });
        let count = |cell: &ConfusionCell| set.confusion.count(cell.class, cell.predicted);
        let cell = cells.max_by_key(count).unwrap();
        let samples = set.samples_in(cell.class, cell.predicted);
        assert_eq!(samples.len(), count(&cell));
        // Every one of them is what the cell says.
        for &sample in &samples {
            let outputs = session.document().network.forward(&set.inputs_of(sample));
            let last = session.architecture().last_layer();
            let output = |class: usize| outputs.a(last, class)[0];
            assert!((0..classes).all(|class| output(class) <= output(cell.predicted)));
        }
        (cell, samples.len())
    };
    (window, cell, count)
}

fn sample_count(window: &TestWindow) -> usize {
    let prefix = MESSAGES.confusion_sample(1).replace('1', "");
    window.harness.query_all_by_label_contains(&prefix).count()
}

#[test]
fn a_click_on_a_cell_shows_its_samples_and_a_click_on_one_makes_it_the_input() {
    for (widths, dataset) in [(&[64, 8, 10][..], "digits"), (&[4, 6, 3], "iris")] {
        let (mut window, cell, count) = window_with_cell(widths, dataset);
        assert!(count > 0);
        assert_eq!(sample_count(&window), 0);
        let center = window
            .element_rect(Pane::Confusion, Element::ConfusionCell(cell))
            .center();
        window.click_at(center);
        assert_eq!(window.session().view().confusion_cell, Some(cell));
        assert_eq!(sample_count(&window), count, "{dataset}");
        let (number, inputs) = {
            let (insight, session) = (window.insight(), window.session());
            let predictions = insight.predictions(&session).unwrap();
            let set = predictions.sets.iter().find(|set| set.is_test).unwrap();
            let sample = set.samples_in(cell.class, cell.predicted)[0];
            (sample + 1, set.inputs_of(sample))
        };
        window.click(&MESSAGES.confusion_sample(number));
        assert_eq!(window.session().document().inputs, inputs);
        window.press_ctrl(Key::Z);
        assert_ne!(window.session().document().inputs, inputs, "it can be undone");
        window.click(MESSAGES.confusion_samples_close());
        assert_eq!(sample_count(&window), 0);
    }
}

#[test]
fn keys_move_between_cells_and_show_their_samples() {
    let (mut window, cell, count) = window_with_cell(&[4, 6, 3], "iris");
    let canvas = window.elements_in(Pane::Confusion);
    let placed = canvas
        .iter()
        .find(|placed| placed.element == Element::ConfusionCell(cell))
        .unwrap();
    assert!(placed.is_focusable);
    let center = placed.hit_shape.bounds().center();
    window.click_at(center);
    window.click_at(center + egui::vec2(0.0, 0.0));
    window.settle();
    let is_shown = window.session().view().confusion_cell.is_some();
    window.press_key(Key::Enter);
    window.settle();
    assert_ne!(
        window.session().view().confusion_cell.is_some(),
        is_shown,
        "{count}"
    );
}
