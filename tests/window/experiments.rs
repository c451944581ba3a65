//! Snapshots of the knobs, the experiment log, and stepping through the forward pass.

use egui::{Key, Modifiers, vec2};
use neurodial::panes::Pane;
use neurodial_core::insight::Insight;
use neurodial_core::network::{Initialization, Initializer, Knob};
use neurodial_core::session::{
    ActionError, Adjustable, Edit, ForwardStep, ForwardStride, KnobLayout, ViewChange,
};
use neurodial_core::text::Messages;

use crate::support::{CTRL, TestWindow, preset, w};

/// Drags a slider and settles.
fn drag_slider(window: &mut TestWindow, target: Adjustable, change: f32) {
    window.drag_slider(target, change);
    window.settle();
}

#[test]
fn a_snapshot_stays_as_an_overlay_and_changed_knobs_are_counted() {
    let mut window = TestWindow::with_preset("article");
    window.press_key(Key::P);
    window.settle();
    assert!(window.shows_text("All knobs match “Snapshot 1”."));
    assert_eq!(window.undo_count(), 1, "taking a snapshot can be undone");
    let snapshot_curves = window.insight().snapshot_overlay().unwrap().curves().to_vec();
    drag_slider(&mut window, w(2, 1), 1.0);
    assert!(window.shows_text("1 knob differs from “Snapshot 1”"));
    drag_slider(&mut window, w(2, 2), 1.0);
    assert!(window.shows_text("2 knobs differ from “Snapshot 1”."));
    let insight = window.insight();
    let overlay = insight.snapshot_overlay().unwrap();
    assert_eq!(overlay.curves(), snapshot_curves, "the overlay stays");
    assert_ne!(insight.sweep().curves[0].points, snapshot_curves[0].points);
    assert_eq!(overlay.value(w(2, 2)), Some(-0.91));
}

#[test]
fn one_knob_at_a_time_allows_only_one_knob_to_differ() {
    let mut window = TestWindow::with_preset("article");
    window.press_key(Key::P);
    window.settle();
    window.click(Messages::ENGLISH.snapshot_bar_one_knob());
    assert!(window.session().view().is_one_knob_at_a_time);
    drag_slider(&mut window, w(2, 1), 1.0);
    let value = window.value(w(2, 1));
    assert_ne!(value, 0.5);
    drag_slider(&mut window, w(2, 2), 1.0);
    assert_eq!(window.value(w(2, 2)), -0.91, "refused");
    assert!(window.shows_text("differs from the snapshot; with one knob at a time"));
    drag_slider(&mut window, w(2, 1), 2.0);
    assert_ne!(window.value(w(2, 1)), value, "the same knob can change further");
    window.click(&Messages::ENGLISH.snapshot_bar_restore_name("Snapshot 1"));
    drag_slider(&mut window, w(2, 2), 1.0);
    assert_ne!(window.value(w(2, 2)), -0.91, "no other knob differs any more");
}

#[test]
fn one_knob_at_a_time_refuses_actions_that_change_several_knobs() {
    let mut session = preset("article");
    session.apply(Edit::TakeSnapshot(String::new())).unwrap();
    session.apply(ViewChange::SetOneKnobAtATime(true)).unwrap();
    let before = session.document().clone();
    let both = vec![(w(2, 1), 0.75), (w(2, 2), 0.25)];
    assert!(matches!(
        session.apply(Edit::SetMany(both)),
        Err(ActionError::AnotherKnobDiffers(_))
    ));
    let initialization = Initialization {
        initializer: Initializer::Xavier,
        seed: 1,
        has_random_biases: true,
    };
    assert_eq!(
        session.apply(Edit::Initialize(initialization)),
        Err(ActionError::ChangesAllKnobs)
    );
    assert_eq!(*session.document(), before);
    session.apply(Edit::SetMany(vec![(w(2, 1), 0.75)])).unwrap();
    let other = Edit::SetMany(vec![(w(2, 2), 0.25)]);
    assert!(matches!(
        session.apply(other),
        Err(ActionError::AnotherKnobDiffers(_))
    ));
}

#[test]
fn the_compare_pane_shows_the_snapshot_beside_the_current_state() {
    let mut window = TestWindow::with_preset("article");
    window.click("Compare");
    assert!(window.shows_text(Messages::ENGLISH.compare_hint()));
    window.click(Messages::ENGLISH.compare_take_snapshot());
    window.settle();
    drag_slider(&mut window, w(2, 1), 1.0);
    let now = window.formatted(window.value(w(2, 1)));
    window.toggle_maximized(Pane::Compare);
    window.settle();
    assert!(
        window.shows_text(&format!(
            "weight from input 1 to neuron 2: 0.500 in the snapshot, {now} now, change +"
        )),
        "{}",
        window.accessibility_tree()
    );
    assert!(window.shows_text("Output 2: 1.210 in the snapshot, "));
    assert!(window.shows_text("Output 1: 4.800 in the snapshot and now"));
    assert!(
        window.elements_in(Pane::Compare).is_empty(),
        "nothing in it can be dragged"
    );
    let texts = window.painted_texts();
    let drawn = |number: &str| texts.iter().filter(|text| *text == number).count();
    // In a diagram and in the table; the bias of neuron 3 is 0.500 in both diagrams.
    assert_eq!((drawn("0.500"), drawn(&now)), (4, 2));
    window.click(Messages::ENGLISH.header_show_all());
    window.settle();
    // Among the other panes its height is small, but diagrams and table are there too.
    let texts = window.painted_texts();
    let drawn = |number: &str| texts.iter().filter(|text| *text == number).count();
    assert!(
        drawn(Messages::ENGLISH.compare_change()) == 1 && drawn("Output 3") == 1,
        "{texts:?}"
    );
    assert!(
        drawn(Messages::ENGLISH.compare_current()) == 2,
        "over the diagram and the column: {texts:?}"
    );
    // The handles of the other panes work, and a drag needs one pass.
    let (handle, points_per_unit) = window.slider_handle(w(2, 1));
    window.press_at(handle);
    window.move_to(handle + vec2(points_per_unit, 0.0));
    window.check_one_pass();
    window.release();
    window.press_key_with(CTRL, Key::Z);
    window.click(&Messages::ENGLISH.snapshot_bar_swap_name("Snapshot 1"));
    window.settle();
    assert_eq!(window.value(w(2, 1)), 0.5);
}

#[test]
fn every_knob_layout_shows_the_difference_from_the_snapshot() {
    let mut session = preset("article");
    session.apply(Edit::TakeSnapshot(String::new())).unwrap();
    let (target, value) = (w(2, 1), 0.75);
    session.apply(Edit::Set { target, value }).unwrap();
    for layout in [KnobLayout::List, KnobLayout::Desk, KnobLayout::HeatMap] {
        // A heat map shows numbers only for the highlighted knob.
        let highlighted = (layout == KnobLayout::HeatMap).then_some(w(2, 1));
        session.apply(ViewChange::Highlight(highlighted)).unwrap();
        let mut window = TestWindow::with_session(session.clone());
        while window.session().view().knob_layout != layout {
            window.press_key_with(CTRL, Key::B);
        }
        window.settle();
        let texts = window.painted_texts();
        let differences = texts
            .iter()
            .filter(|text| *text == "+0.250" || text.ends_with("(+0.250)"));
        assert_eq!(differences.count(), 1, "{layout:?}: {texts:?}");
    }
}

#[test]
fn snapshots_can_be_swapped_hidden_renamed_and_removed() {
    let mut window = TestWindow::with_preset("article");
    window.press_key(Key::P);
    window.settle();
    drag_slider(&mut window, w(2, 1), 1.0);
    let value = window.value(w(2, 1));
    window.click(&Messages::ENGLISH.snapshot_bar_swap_name("Snapshot 1"));
    assert_eq!(window.value(w(2, 1)), 0.5);
    assert_eq!(
        window.insight().snapshot_overlay().unwrap().value(w(2, 1)),
        Some(value)
    );
    window.click(Messages::ENGLISH.snapshot_bar_menu());
    window.click(Messages::ENGLISH.snapshot_bar_rename());
    window.press_ctrl(Key::A);
    window.type_text("before");
    window.press_key(Key::Enter);
    window.settle();
    assert_eq!(window.session().document().snapshots[0].name, "before");
    window.click(&Messages::ENGLISH.snapshot_bar_hide("before"));
    assert!(window.insight().snapshot_overlay().is_none());
    window.choose(&["Edit", Messages::ENGLISH.menu_show_snapshot(), "before"]);
    assert!(window.insight().snapshot_overlay().is_some());
    window.click(Messages::ENGLISH.snapshot_bar_menu());
    window.click(Messages::ENGLISH.snapshot_bar_remove());
    assert!(window.session().document().snapshots.is_empty());
    assert!(!window.has_node(Messages::ENGLISH.snapshot_bar_menu()));
}

#[test]
fn a_key_records_an_experiment_row_and_the_row_restores_its_state() {
    let mut window = TestWindow::with_preset("article");
    window.press_ctrl(Key::Num9);
    window.press_key(Key::R);
    window.press_ctrl(Key::Num9);
    drag_slider(&mut window, w(2, 1), 1.0);
    let value = window.value(w(2, 1));
    window.press_key(Key::R);
    window.press_ctrl(Key::Num9);
    let changed = window.insight().experiments().changed_knobs.clone();
    assert_eq!(changed, [Knob::weight(0, 1, 0)]);
    assert!(
        window.has_node(&Messages::ENGLISH.experiments_plot_name("a₂", "w₂₁", 2)),
        "{}",
        window.accessibility_tree()
    );
    window.click(&Messages::ENGLISH.experiments_row_name(1));
    assert_eq!(window.value(w(2, 1)), 0.5);
    window.focus(&Messages::ENGLISH.experiments_row_name(2));
    window.press_key(Key::Enter);
    window.settle();
    assert_eq!(window.value(w(2, 1)), value);
    window.click(&Messages::ENGLISH.experiments_row_note(2));
    window.type_text("prn");
    window.press_key(Key::Enter);
    window.settle();
    let rows = window.session().document().experiment_rows.clone();
    assert_eq!(rows.len(), 2, "letters in a note are no commands");
    assert_eq!(rows[1].name, "prn");
    assert!(window.session().document().snapshots.is_empty());
    window.focus(&Messages::ENGLISH.experiments_row_name(1));
    window.press_key(Key::Delete);
    window.settle();
    assert_eq!(window.session().document().experiment_rows.len(), 1);
    window.press_ctrl(Key::Z);
    assert_eq!(window.session().document().experiment_rows, rows);
}

#[test]
fn experiment_rows_export_as_csv_with_every_digit_and_as_markdown() {
    let mut window = TestWindow::with_preset("article");
    window.press_key(Key::R);
    drag_slider(&mut window, w(2, 1), 1.0);
    window.press_key(Key::R);
    window.settle();
    let session = window.session();
    let insight = window.insight();
    let csv = insight.experiments().to_csv(&session);
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(
        lines[0],
        "row,x[1],x[2],x[3],x[4],\"w[1,2,1]\",\"a[1,1]\",\"a[1,2]\",\"a[1,3]\",note"
    );
    assert_eq!(lines.len(), 3);
    let cells: Vec<&str> = lines[2].split(',').collect();
    assert_eq!(cells[5].parse::<f64>().unwrap(), window.value(w(2, 1)));
    let markdown = insight.experiments().to_markdown(&session);
    assert!(markdown.starts_with("| row | x₁ |"), "{markdown}");
    assert!(
        markdown.contains("| 1.000 | 2.000 | 3.000 | 2.500 | 0.500 |"),
        "{markdown}"
    );
}

#[test]
fn stepping_highlights_each_product_and_ends_with_escape() {
    let mut window = TestWindow::with_preset("article");
    window.press_key(Key::N);
    window.settle();
    assert_eq!(window.session().view().forward_step, Some(ForwardStep::FIRST));
    assert_eq!(window.session().view().highlighted, Some(w(1, 1)));
    assert!(window.shows_text("Step 1 of 6, neuron 1"));
    for _ in 0..7 {
        window.press_key(Key::N);
    }
    window.settle();
    assert_eq!(window.session().view().highlighted, Some(w(2, 2)));
    assert_eq!(window.session().view().selected.neuron, 1);
    assert!(window.shows_text("running sum −1.32"));
    window.press_key(Key::B);
    assert_eq!(window.session().view().highlighted, Some(w(2, 1)));
    window.press_key_with(Modifiers::SHIFT, Key::N);
    assert_eq!(window.session().view().highlighted, Some(w(3, 1)));
    window.press_key(Key::Escape);
    window.settle();
    assert_eq!(window.session().view().forward_step, None);
    assert_eq!(window.session().view().highlighted, None);
    assert_eq!(window.undo_count(), 0, "stepping is no undo step");
}

#[test]
fn outputs_that_are_not_computed_yet_are_question_marks() {
    let mut window = TestWindow::with_preset("article");
    let output = |window: &TestWindow, neuron: usize| {
        let name = Messages::ENGLISH.diagram_neuron(format!("neuron {neuron}"));
        window.text_value(&name)
    };
    let all = [1, 2, 3].map(|neuron| output(&window, neuron));
    window.press_key(Key::N);
    window.settle();
    for neuron in 1..=3 {
        assert_eq!(output(&window, neuron), "?");
    }
    for _ in 0..5 {
        window.press_key(Key::N);
    }
    window.settle();
    assert_eq!(output(&window, 1), all[0], "its activation function is applied");
    assert_eq!(output(&window, 2), "?");
    window.press_key(Key::Escape);
    window.settle();
    assert_eq!([1, 2, 3].map(|neuron| output(&window, neuron)), all);
}

#[test]
fn the_backward_pass_is_stepped_through_with_the_same_keys() {
    let mut window = TestWindow::with_preset("article");
    window.press_key_with(Modifiers::SHIFT, Key::B);
    window.settle();
    assert!(window.shows_text("Neuron 1: L is the output of neuron 2"));
    window.press_key(Key::N);
    window.settle();
    assert!(window.shows_text("Neuron 1: dL/dz₁ = dL/da₁ × ReLU′("));
    window.press_key(Key::N);
    window.settle();
    assert!(window.shows_text("Neuron 1: dL/dw₁₁ = dL/dz₁ × x₁ = "));
    assert_eq!(window.session().view().highlighted, Some(w(1, 1)));
    window.press_key(Key::B);
    window.press_key_with(Modifiers::SHIFT, Key::N);
    window.settle();
    assert_eq!(window.session().view().selected.neuron, 1);
    assert!(window.shows_text("Neuron 2: L is the output of neuron 2"));
    window.press_key(Key::N);
    window.press_key(Key::Escape);
    window.settle();
    assert_eq!(window.session().view().backward_step, None);
    assert_eq!(window.undo_count(), 0, "stepping is no undo step");
}

#[test]
fn automatic_stepping_advances_about_once_a_second_until_stopped() {
    let mut window = TestWindow::with_preset("article");
    window.press_key(Key::G);
    window.run_for(3.5);
    assert_eq!(window.session().view().forward_step.unwrap().product, 3);
    window.press_key(Key::G);
    window.run_for(3.0);
    assert_eq!(
        window.session().view().forward_step.unwrap().product,
        3,
        "it has stopped"
    );
}

#[test]
fn the_last_running_sum_equals_z_exactly() {
    for name in ["article", "deep", "xor", "softmax", "bump"] {
        let mut session = preset(name);
        let mut current = Some(ForwardStep::FIRST);
        let mut steps = 0;
        while let Some(step) = current {
            session.apply(ViewChange::StepTo(current)).unwrap();
            let insight = Insight::new(&session);
            let formula = insight.formula();
            assert_eq!(formula.at, step.neuron_at());
            assert_eq!(
                formula.running_sums.last().unwrap().to_bits(),
                formula.z.to_bits()
            );
            assert_eq!(formula.running_sums.len(), formula.terms.len() + 1);
            let next = step.next(session.architecture(), ForwardStride::Product);
            if let Some(next) = next {
                assert_eq!(next.previous(session.architecture()), Some(step));
            }
            current = next;
            steps += 1;
        }
        let architecture = session.architecture();
        let neurons: usize = (0..architecture.layers().len())
            .map(|layer| architecture.width(layer))
            .sum();
        assert_eq!(steps, architecture.knob_count() + neurons, "{name}");
    }
}

#[test]
fn ctrl_with_a_letter_does_not_run_the_command_of_the_letter() {
    let mut window = TestWindow::with_preset("article");
    window.press_key_with(CTRL, Key::P);
    window.settle();
    assert!(window.session().document().snapshots.is_empty());
}
