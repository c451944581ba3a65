//! Presentation mode.

use egui::{Key, Modifiers, Shape, ViewportCommand, vec2};
use neurodial::canvas::Element;
use neurodial::panes::Pane;
use neurodial_core::formats::Preset;
use neurodial_core::network::Knob;
use neurodial_core::session::{Adjustable, DataSource, Edit, Origin, Session, TrainingConfig, TrainingSetup};

use crate::support::{CTRL, CTRL_SHIFT, TestWindow, preset};

/// The panes that are not in the window.
const FIGURES_ONLY: [Pane; 4] = [Pane::Dials, Pane::HeatMap, Pane::Family, Pane::SmallMultiples];

fn presented(name: &str) -> TestWindow {
    let mut window = TestWindow::with_size(preset(name), vec2(1280.0, 720.0));
    window.press_key(Key::F11);
    window.settle();
    window
}

/// Returns the panes with elements.
fn shown_panes(window: &TestWindow) -> Vec<Pane> {
    let mut panes = Pane::ALL.to_vec();
    panes.retain(|&pane| !window.elements_in(pane).is_empty());
    panes
}

/// Fills the window with a pane.
fn maximize(window: &mut TestWindow, pane: Pane) {
    let messages = window.messages;
    window.press_key_with(CTRL_SHIFT, Key::P);
    window.settle();
    window.type_text(&messages.command_maximize_pane(pane.title(messages)));
    window.press_key(Key::Enter);
    window.settle();
}

/// Checks the sizes of all numbers in view, and returns how many there are.
#[track_caller]
fn check_number_sizes(window: &TestWindow, situation: &str) -> usize {
    let screen = window.harness.ctx.content_rect();
    let pixels_per_point = window.harness.ctx.pixels_per_point();
    let mut count = 0;
    for clipped in &window.harness.output().shapes {
        let Shape::Text(text) = &clipped.shape else {
            continue;
        };
        let is_in_view = clipped
            .clip_rect
            .intersect(screen)
            .intersects(text.visual_bounding_rect());
        for section in &text.galley.job.sections {
            let range = section.byte_range.start.0..section.byte_range.end.0;
            let piece = &text.galley.text()[range];
            if is_in_view && piece.contains(|c: char| c.is_ascii_digit()) {
                let height = section.format.font_id.size * pixels_per_point;
                assert!(height >= 24.0, "{situation}: {piece} has {height} pixels");
                count += 1;
            }
        }
    }
    count
}

#[test]
fn no_number_is_smaller_than_24_pixels_on_a_projector() {
    for Preset { name, .. } in Preset::ALL {
        let mut window = presented(name);
        assert!(check_number_sizes(&window, name) > 0, "{name}");
        for pane in [Pane::Diagram, Pane::Curves, Pane::Formula] {
            maximize(&mut window, pane);
            assert!(check_number_sizes(&window, name) > 0, "{name}, {pane:?}");
        }
    }
}

#[test]
fn no_number_of_any_pane_is_smaller_than_24_pixels_on_a_projector() {
    for dataset in ["spiral", "iris", "sine"] {
        let setup = TrainingSetup::new(TrainingConfig::new(DataSource::from_name(dataset).unwrap())).unwrap();
        let mut session = Session::open(setup.new_document().unwrap(), Origin::Untitled);
        let inputs = session.document().inputs.clone();
        session.apply(Edit::SetSavedInputs(vec![inputs])).unwrap();
        session.apply(Edit::TakeSnapshot("before".to_owned())).unwrap();
        let mut window = TestWindow::with_size(session, vec2(1280.0, 720.0));
        window.press_key(Key::R);
        window.press_key(Key::F11);
        window.settle();
        let at = window.session().view().selected;
        window.drag_slider(Adjustable::Knob(Knob::weight(at.layer, at.neuron, 0)), 0.2);
        window.settle();
        for pane in Pane::ALL.into_iter().filter(|pane| !FIGURES_ONLY.contains(pane)) {
            maximize(&mut window, pane);
            check_number_sizes(&window, &format!("{dataset}, {pane:?}"));
        }
    }
}

#[test]
fn every_pane_shows_the_number_that_changes() {
    let knob = Adjustable::Knob(Knob::weight(0, 1, 1));
    let mut window = presented("article");
    window.drag_slider(knob, 0.5);
    window.settle();
    let value = window.formatted(window.value(knob));
    for pane in Pane::ALL.into_iter().filter(|pane| !FIGURES_ONLY.contains(pane)) {
        maximize(&mut window, pane);
        let texts = window.painted_texts().join("\n");
        // Code has another minus sign.
        let value = value.trim_end_matches('0').trim_start_matches('−');
        assert!(texts.contains(value), "{pane:?} lacks {value}: {texts}");
    }
}

#[test]
fn the_panes_are_alone_and_come_back_as_they_were() {
    let mut window = TestWindow::with_size(preset("article"), vec2(1280.0, 720.0));
    let tree = window.accessibility_tree();
    let undo_count = window.undo_count();
    window.send_key(Key::F11, Modifiers::NONE, true);
    assert_eq!(window.viewport_commands(), [ViewportCommand::Fullscreen(true)]);
    window.send_key(Key::F11, Modifiers::NONE, false);
    window.settle();
    assert!(window.button_named(window.messages.menu_file()).is_none());
    assert_eq!(shown_panes(&window), [Pane::Knobs, Pane::Diagram, Pane::Curves]);
    // Only the knobs of the selected neuron.
    let knobs = window.elements_in(Pane::Knobs).into_iter();
    let neurons = knobs.filter_map(|placed| match placed.element {
        Element::Adjustable(Adjustable::Knob(knob)) => Some(knob.neuron),
        _ => None,
    });
    assert!(
        neurons
            .into_iter()
            .all(|neuron| neuron == window.session().view().selected.neuron)
    );
    // A key that would change the size has no effect.
    window.press_ctrl(Key::Plus);
    window.press_key(Key::Escape);
    window.settle();
    assert_eq!(window.accessibility_tree(), tree);
    assert_eq!(window.undo_count(), undo_count);
    assert_eq!(window.harness.ctx.zoom_factor(), 1.0);
}

#[test]
fn a_maximized_pane_is_presented_alone_and_stays_maximized() {
    let mut window = TestWindow::with_size(preset("article"), vec2(1280.0, 720.0));
    window.press_ctrl(Key::Num4);
    window.press_key(Key::F11);
    window.settle();
    assert_eq!(shown_panes(&window), [Pane::Formula]);
    window.press_ctrl(Key::Num2);
    assert_eq!(shown_panes(&window), [Pane::Diagram]);
    window.press_key(Key::F11);
    window.settle();
    assert_eq!(shown_panes(&window), [Pane::Formula]);
    window.press_key(Key::Escape);
    window.settle();
    assert!(shown_panes(&window).len() > 3);
}

#[test]
fn the_presented_panes_are_chosen_in_a_menu_and_remembered() {
    let mut window = presented("article");
    let messages = window.messages;
    for pane in [Pane::Curves, Pane::Formula] {
        window.choose(&[messages.presentation_panes(), pane.title(messages)]);
    }
    assert_eq!(shown_panes(&window), [Pane::Knobs, Pane::Diagram, Pane::Formula]);
    window.click(messages.presentation_leave());
    window.press_key(Key::F11);
    window.settle();
    assert_eq!(shown_panes(&window), [Pane::Knobs, Pane::Diagram, Pane::Formula]);
}

#[test]
fn a_changed_knob_stays_highlighted_and_can_be_undone() {
    let mut window = presented("article");
    let knob = Adjustable::Knob(Knob::weight(0, 1, 1));
    window.drag_slider(knob, 0.5);
    window.settle();
    assert_eq!(window.session().view().highlighted, Some(knob));
    assert_eq!(window.undo_count(), 1);
    window.press_key_with(CTRL, Key::Z);
    assert_eq!(window.undo_count(), 0);
}

#[test]
fn escape_ends_stepping_first() {
    let mut window = presented("article");
    window.press_key(Key::N);
    window.press_key(Key::Escape);
    window.settle();
    assert!(window.session().view().forward_step.is_none());
    assert!(
        window.button_named(window.messages.menu_file()).is_none(),
        "still presenting"
    );
    window.press_key(Key::Escape);
    window.settle();
    assert!(window.button_named(window.messages.menu_file()).is_some());
}
