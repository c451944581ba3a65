//! Pins, experiments and stepping in the window.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/window.rs"]
mod window;

use egui::{Key, Modifiers, vec2};
use neurodial::panes::Pane;
use neurodial_core::network::{Initialization, Initializer, Knob};
use neurodial_core::session::{Action, ActionError, Adjustable, ForwardStep, KnobLayout};
use window::{COMMAND, Window, preset, w};

/// Turns a weight by its slider.
fn turn(window: &mut Window, target: Adjustable, by: f32) {
    let (handle, per_one) = window.handle(target);
    window.drag(handle, handle + vec2(by * per_one, 0.0));
    window.rest();
}

#[test]
fn a_pin_stays_as_a_ghost_and_the_meter_counts() {
    let mut window = Window::on("article");
    window.key(Key::P);
    window.rest();
    assert!(window.says("No knob differs from pin 1"));
    assert_eq!(window.steps(), 1, "a pin is saved, so it can be undone");
    let pinned = window.insight().snapshot_overlay().unwrap().curves().to_vec();
    turn(&mut window, w(2, 1), 1.0);
    assert!(window.says("1 knob differs from pin 1"));
    turn(&mut window, w(2, 2), 1.0);
    assert!(window.says("2 knobs differ from pin 1: turn one at a time to see which did it"));
    let insight = window.insight();
    let ghost = insight.snapshot_overlay().unwrap();
    assert_eq!(ghost.curves(), pinned, "the ghost stays");
    assert_ne!(insight.sweep().curves[0].points, pinned[0].points);
    assert_eq!(ghost.value(w(2, 2)), Some(-0.91));
}

#[test]
fn the_guard_lets_one_knob_at_a_time_differ() {
    let mut window = Window::on("article");
    window.key(Key::P);
    window.rest();
    window.click("one knob at a time");
    assert!(window.session().view().is_one_knob_at_a_time);
    turn(&mut window, w(2, 1), 1.0);
    let turned = window.value(w(2, 1));
    assert_ne!(turned, 0.5);
    turn(&mut window, w(2, 2), 1.0);
    assert_eq!(window.value(w(2, 2)), -0.91, "refused");
    assert!(window.says("differs from the pin; one knob at a time"));
    turn(&mut window, w(2, 1), 2.0);
    assert_ne!(window.value(w(2, 1)), turned, "the same knob goes on");
    window.click("Go back to pin 1");
    turn(&mut window, w(2, 2), 1.0);
    assert_ne!(window.value(w(2, 2)), -0.91, "none differs any more");
}

#[test]
fn the_guard_holds_for_what_turns_several_knobs_at_once() {
    let mut session = preset("article");
    let pin = [
        Action::TakeSnapshot(String::new()),
        Action::SetOneKnobAtATime(true),
    ];
    pin.into_iter().for_each(|action| session.apply(action).unwrap());
    let before = session.document().clone();
    let both = vec![(w(2, 1), 0.75), (w(2, 2), 0.25)];
    assert!(matches!(
        session.apply(Action::SetMany(both)),
        Err(ActionError::AnotherKnobDiffers(_))
    ));
    let how = Initialization {
        initializer: Initializer::Xavier,
        seed: 1,
        has_random_biases: true,
    };
    assert_eq!(
        session.apply(Action::Initialize(how)),
        Err(ActionError::ChangesAllKnobs)
    );
    assert_eq!(*session.document(), before);
    session.apply(Action::SetMany(vec![(w(2, 1), 0.75)])).unwrap();
    let other = Action::SetMany(vec![(w(2, 2), 0.25)]);
    assert!(matches!(
        session.apply(other),
        Err(ActionError::AnotherKnobDiffers(_))
    ));
}

#[test]
fn a_pin_and_the_present_state_stand_side_by_side() {
    let mut window = Window::on("article");
    window.click("Compare");
    assert!(window.says("Nothing is pinned"));
    window.click("Pin the present state");
    window.rest();
    turn(&mut window, w(2, 1), 1.0);
    let now = window.shown(window.value(w(2, 1)));
    window.switch_alone(Pane::Compare);
    window.rest();
    assert!(
        window.says(&format!(
            "weight from input 1 to neuron 2: 0.500 at the pin, {now} now, +"
        )),
        "{}",
        window.tree()
    );
    assert!(window.says("output 2: 1.210 at the pin, "));
    assert!(window.says("output 1: 4.800 at the pin, 4.800 now, same"));
    assert!(window.parts(Pane::Compare).is_empty(), "pictures are not taken");
    let texts = painted_texts(&window);
    let drawn = |number: &str| texts.iter().filter(|text| *text == number).count();
    // In its diagram and in the table; the bias of neuron 3 is 0.500 in both diagrams.
    assert_eq!((drawn("0.500"), drawn(&now)), (4, 2));
    window.click("Show all panes");
    window.rest();
    // In its place among the others, which is low, there are diagrams and table too.
    let low = painted_texts(&window);
    let drawn = |number: &str| low.iter().filter(|text| *text == number).count();
    assert!(drawn("change") == 1 && drawn("output 3") == 1, "{low:?}");
    assert!(drawn("now") == 2, "over the diagram and the column: {low:?}");
    // The other panes keep their grips, and a drag is one pass with it.
    let (handle, per_one) = window.handle(w(2, 1));
    window.press_at(handle);
    window.move_to(handle + vec2(per_one, 0.0));
    window.check_one_pass();
    window.release();
    window.key_with(COMMAND, Key::Z);
    window.click("Swap with pin 1");
    window.rest();
    assert_eq!(window.value(w(2, 1)), 0.5);
}

/// All texts of the last frame.
fn painted_texts(window: &Window) -> Vec<String> {
    let shapes = window.harness.output().shapes.iter();
    let texts = shapes.filter_map(|clipped| match &clipped.shape {
        egui::Shape::Text(text) => Some(text.galley.text().to_owned()),
        _ => None,
    });
    texts.collect()
}

#[test]
fn desk_and_heat_map_show_what_has_been_added_since_the_pin() {
    let mut session = preset("article");
    let actions = [
        Action::TakeSnapshot(String::new()),
        Action::Set {
            target: w(2, 1),
            value: 0.75,
        },
    ];
    actions
        .into_iter()
        .for_each(|action| session.apply(action).unwrap());
    for face in [KnobLayout::List, KnobLayout::Desk, KnobLayout::HeatMap] {
        // A heat map has numbers where somebody is.
        let held = (face == KnobLayout::HeatMap).then_some(w(2, 1));
        session.apply(Action::Highlight(held)).unwrap();
        let mut window = Window::open(session.clone());
        while window.session().view().knob_layout != face {
            window.key_with(COMMAND, Key::B);
        }
        window.rest();
        let texts = painted_texts(&window);
        let deltas = texts
            .iter()
            .filter(|text| *text == "+0.250" || text.ends_with("(+0.250)"));
        assert_eq!(deltas.count(), 1, "{face:?}: {texts:?}");
    }
}

#[test]
fn pins_are_swapped_hidden_renamed_and_removed() {
    let mut window = Window::on("article");
    window.key(Key::P);
    window.rest();
    turn(&mut window, w(2, 1), 1.0);
    let turned = window.value(w(2, 1));
    window.click("Swap with pin 1");
    assert_eq!(window.value(w(2, 1)), 0.5);
    assert_eq!(
        window.insight().snapshot_overlay().unwrap().value(w(2, 1)),
        Some(turned)
    );
    window.click("pins");
    window.click("Rename…");
    window.command(Key::A);
    window.type_text("before");
    window.key(Key::Enter);
    window.rest();
    assert_eq!(window.session().document().snapshots[0].name, "before");
    window.click("Hide before; it is kept");
    assert!(window.insight().snapshot_overlay().is_none());
    window.choose(&["Edit", "Show pin", "before"]);
    assert!(window.insight().snapshot_overlay().is_some());
    window.click("pins");
    window.click("Remove");
    assert!(window.session().document().snapshots.is_empty());
    assert!(!window.has("pins"));
}

#[test]
fn one_key_records_a_row_and_a_row_brings_its_state_back() {
    let mut window = Window::on("article");
    window.command(Key::Num9);
    window.key(Key::R);
    window.command(Key::Num9);
    turn(&mut window, w(2, 1), 1.0);
    let turned = window.value(w(2, 1));
    window.key(Key::R);
    window.command(Key::Num9);
    let changed = window.insight().experiments().changed_knobs.clone();
    assert_eq!(changed, [Knob::weight(0, 1, 0)]);
    assert!(window.has("a₂ over w₂₁, 2 points"), "{}", window.tree());
    window.click("row 1");
    assert_eq!(window.value(w(2, 1)), 0.5);
    window.ask("row 2", egui::accesskit::Action::Focus, None);
    window.rest();
    window.key(Key::Enter);
    window.rest();
    assert_eq!(window.value(w(2, 1)), turned);
    window.click("note of row 2");
    window.type_text("prn");
    window.key(Key::Enter);
    window.rest();
    let records = window.session().document().experiment_rows.clone();
    assert_eq!(records.len(), 2, "letters in a note are no commands");
    assert_eq!(records[1].name, "prn");
    assert!(window.session().document().snapshots.is_empty());
    window.ask("row 1", egui::accesskit::Action::Focus, None);
    window.rest();
    window.key(Key::Delete);
    window.rest();
    assert_eq!(window.session().document().experiment_rows.len(), 1);
    window.command(Key::Z);
    assert_eq!(window.session().document().experiment_rows, records);
}

#[test]
fn the_rows_leave_as_csv_with_every_digit_and_as_markdown() {
    let mut window = Window::on("article");
    window.key(Key::R);
    turn(&mut window, w(2, 1), 1.0);
    window.key(Key::R);
    window.rest();
    let session = window.session();
    let insight = window.insight();
    let csv = insight.experiments().to_csv(&session);
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines[0], "row,x₁,x₂,x₃,x₄,w₂₁,a₁,a₂,a₃,note");
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
fn stepping_lights_each_product_and_ends_with_escape() {
    let mut window = Window::on("article");
    window.key(Key::N);
    window.rest();
    assert_eq!(window.session().view().forward_step, Some(ForwardStep::FIRST));
    assert_eq!(window.session().view().highlighted, Some(w(1, 1)));
    assert!(window.says("Step 1 of 6, neuron 1"));
    for _ in 0..7 {
        window.key(Key::N);
    }
    window.rest();
    assert_eq!(window.session().view().highlighted, Some(w(2, 2)));
    assert_eq!(window.session().view().selected.neuron, 1);
    assert!(window.says("sum so far −1.320"));
    window.key(Key::B);
    assert_eq!(window.session().view().highlighted, Some(w(2, 1)));
    window.key_with(Modifiers::SHIFT, Key::N);
    assert_eq!(window.session().view().highlighted, Some(w(3, 1)));
    window.key(Key::Escape);
    window.rest();
    assert_eq!(window.session().view().forward_step, None);
    assert_eq!(window.session().view().highlighted, None);
    assert_eq!(window.steps(), 0, "looking changes nothing");
}

#[test]
fn slow_play_goes_on_about_once_a_second_and_stops_at_the_end() {
    let mut window = Window::on("article");
    window.key(Key::G);
    window.wait(3.5);
    assert_eq!(window.session().view().forward_step.unwrap().product, 3);
    window.key(Key::G);
    window.wait(3.0);
    assert_eq!(
        window.session().view().forward_step.unwrap().product,
        3,
        "stopped"
    );
}

#[test]
fn the_last_running_sum_is_z_to_the_bit() {
    for name in ["article", "deep", "xor", "softmax", "bump"] {
        let mut session = preset(name);
        let mut at = Some(ForwardStep::FIRST);
        let mut steps = 0;
        while let Some(step) = at {
            session
                .apply(neurodial_core::session::Action::StepTo(at))
                .unwrap();
            let insight = neurodial_core::insight::Insight::new(&session);
            let formula = insight.formula();
            assert_eq!(formula.at, step.neuron_at());
            assert_eq!(
                formula.running_sums.last().unwrap().to_bits(),
                formula.z.to_bits()
            );
            assert_eq!(formula.running_sums.len(), formula.terms.len() + 1);
            let next = step.next(
                session.architecture(),
                neurodial_core::session::ForwardStride::Product,
            );
            if let Some(next) = next {
                assert_eq!(next.previous(session.architecture()), Some(step));
            }
            at = next;
            steps += 1;
        }
        let blueprint = session.architecture();
        let neurons: usize = (0..blueprint.layers().len())
            .map(|layer| blueprint.width(layer))
            .sum();
        assert_eq!(steps, blueprint.knob_count() + neurons, "{name}");
    }
}

#[test]
fn letters_are_commands_only_where_nothing_is_typed() {
    let mut window = Window::on("article");
    window.key_with(COMMAND, Key::P);
    window.rest();
    assert!(window.session().document().snapshots.is_empty());
}
