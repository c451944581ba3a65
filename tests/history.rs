//! Undo and redo, over random sequences of everything that a person can do.

#![allow(
    clippy::unwrap_used,
    reason = "clippy does not see that helpers of a test are tests"
)]

mod support;

use neurodial_core::network::{ArchitectureEdit, Initialization, Initializer, Knob, NeuronAddress};
use neurodial_core::session::{
    Action, ActionError, Adjustable, CurveAxes, CurveScope, Document, Gesture, Origin, Preset, Quantity,
    Session,
};
use proptest::collection::vec;
use proptest::prelude::*;
use support::bits;

fn open(document: Document) -> Session {
    Session::open(document, Origin::Preset("article"))
}

fn article() -> Session {
    open(Preset::from_name("article").unwrap().document().unwrap())
}

fn target() -> impl Strategy<Value = Adjustable> {
    prop_oneof![
        knob().prop_map(Adjustable::Knob),
        (0..4_usize).prop_map(Adjustable::Input),
    ]
}

fn knob() -> impl Strategy<Value = Knob> {
    let weight = (0..3_usize, 0..3_usize, 0..3_usize)
        .prop_map(|(layer, neuron, input)| Knob::weight(layer, neuron, input));
    let bias = (0..3_usize, 0..3_usize).prop_map(|(layer, neuron)| Knob::bias(layer, neuron));
    prop_oneof![3 => weight, 1 => bias]
}

fn neuron() -> impl Strategy<Value = NeuronAddress> {
    (0..3_usize, 0..3_usize).prop_map(|(layer, neuron)| NeuronAddress { layer, neuron })
}

/// Numbers that a hand may send, unsound ones among them.
fn sent() -> impl Strategy<Value = f64> {
    prop_oneof![8 => -6.0..6.0_f64, 4 => support::number(), 1 => Just(f64::NAN), 1 => Just(f64::INFINITY)]
}

fn rows() -> impl Strategy<Value = Vec<Vec<f64>>> {
    (1..4_usize).prop_flat_map(|inputs| vec(vec(sent(), inputs), 0..3))
}

fn surgery() -> impl Strategy<Value = ArchitectureEdit> {
    prop_oneof![
        Just(ArchitectureEdit::AddInput),
        (0..4_usize).prop_map(ArchitectureEdit::RemoveInput),
        (0..3_usize).prop_map(|layer| ArchitectureEdit::AddNeuron { layer }),
        neuron().prop_map(ArchitectureEdit::RemoveNeuron),
        (0..4_usize).prop_map(|before| ArchitectureEdit::AddLayer { before }),
        (0..3_usize).prop_map(ArchitectureEdit::RemoveLayer),
    ]
}

/// Every action that may change a document, but undo and redo.
fn change() -> impl Strategy<Value = Action> {
    let gesture = prop::option::of((0..3_u64).prop_map(Gesture));
    prop_oneof![
        6 => (target(), sent(), gesture).prop_map(|(target, value, gesture)| Action::Turn { target, value, gesture }),
        2 => (target(), sent()).prop_map(|(target, value)| Action::Set { target, value }),
        1 => target().prop_map(Action::Reset),
        1 => (target(), support::range()).prop_map(|(target, range)| Action::SetRange { target, range }),
        2 => (knob(), any::<bool>()).prop_map(|(knob, locked)| Action::SetLocked { knob, is_locked: locked }),
        1 => Just(Action::UnlockAll),
        1 => (prop::sample::select(&Initializer::ALL[..]), any::<u64>(), any::<bool>())
            .prop_map(|(scheme, seed, biases)| Action::Initialize(Initialization { initializer: scheme, seed, has_random_biases: biases })),
        1 => vec(sent(), 1..4).prop_map(Action::SetInputs),
        1 => rows().prop_map(Action::SetSavedInputs),
        1 => Just(Action::TakeSnapshot("a pin".into())),
        1 => (0..2_usize).prop_map(Action::RemoveSnapshot),
        1 => (0..2_usize).prop_map(Action::RestoreSnapshot),
        1 => (0..2_usize).prop_map(Action::SwapSnapshot),
        1 => (0..2_usize).prop_map(|pin| Action::RenameSnapshot { snapshot: pin, name: "another".into() }),
        1 => Just(Action::RecordExperiment("a row".into())),
        1 => (0..2_usize).prop_map(Action::RemoveExperimentRow),
        1 => (0..2_usize).prop_map(Action::RestoreExperimentRow),
        1 => (0..2_usize).prop_map(|record| Action::AnnotateExperimentRow { row: record, note: "seen".into() }),
        1 => (0..3_usize, 0..4_usize, sent()).prop_map(|(row, input, value)| Action::SetSavedInput { row, input, value }),
        1 => (0..4_usize, support::name()).prop_map(|(input, name)| Action::NameInput { input, name }),
        1 => (neuron(), support::name()).prop_map(|(at, name)| Action::NameNeuron { at, name }),
        1 => (0..3_usize, prop::option::of(0..3_usize), support::own_activation())
            .prop_map(|(layer, neuron, activation)| Action::SetActivation { layer, neuron, activation }),
        1 => (0..3_usize, prop::option::of(0..3_usize)).prop_map(|(layer, neuron)| Action::SetActivation {
            layer,
            neuron,
            activation: neurodial_core::network::Activation::Softmax,
        }),
        3 => surgery().prop_map(Action::EditArchitecture),
        1 => Just(Action::StartOver),
    ]
}

fn look() -> impl Strategy<Value = Action> {
    let ends = || prop::option::of((sent(), sent()).prop_map(|(from, to)| [from, to]));
    prop_oneof![
        neuron().prop_map(Action::Select),
        prop::option::of(target()).prop_map(Action::Highlight),
        target().prop_map(Action::Sweep),
        Just(Action::SetQuantity(Quantity::WeightedSum)),
        Just(Action::SetCurveScope(CurveScope::Layer)),
        (ends(), ends()).prop_map(|(x, y)| Action::SetAxes(CurveAxes { x, y })),
        (0..20_usize).prop_map(Action::SetDecimals),
    ]
}

fn anything() -> impl Strategy<Value = Action> {
    prop_oneof![8 => change(), 2 => Just(Action::Undo), 2 => Just(Action::Redo), 1 => look()]
}

fn undo_all(session: &mut Session) -> usize {
    std::iter::from_fn(|| session.apply(Action::Undo).ok()).count()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undoing_everything_gives_the_opened_document_and_redoing_everything_the_last(
        document in support::document(),
        actions in vec(anything(), 0..40),
    ) {
        let mut session = open(document.clone());
        for action in actions {
            let _ = session.apply(action);
        }
        while session.apply(Action::Redo).is_ok() {}
        let last = bits(session.document());
        let steps = undo_all(&mut session);
        prop_assert_eq!(bits(session.document()), bits(&document));
        prop_assert!(!session.is_unsaved());
        prop_assert_eq!(session.apply(Action::Undo), Err(ActionError::NothingToUndo));
        let redone = std::iter::from_fn(|| session.apply(Action::Redo).ok()).count();
        prop_assert_eq!(redone, steps);
        prop_assert_eq!(bits(session.document()), last);
        prop_assert_eq!(session.apply(Action::Redo), Err(ActionError::NothingToRedo));
    }

    #[test]
    fn each_step_is_undone_and_redone_exactly(document in support::document(), actions in vec(anything(), 1..30)) {
        let mut session = open(document);
        for action in actions {
            let (before, steps) = (bits(session.document()), session.history().len());
            let is_change = !matches!(action, Action::Undo | Action::Redo);
            let outcome = session.apply(action.clone());
            let after = bits(session.document());
            if outcome.is_err() {
                prop_assert_eq!(&after, &before, "{:?} was refused and changed something", action);
                prop_assert_eq!(session.history().len(), steps);
            }
            if session.history().is_empty() {
                continue;
            }
            let is_own_step = is_change && session.history().len() == steps + 1;
            session.apply(Action::Undo).unwrap();
            if is_own_step {
                prop_assert_eq!(bits(session.document()), before, "undoing {:?}", action);
            }
            session.apply(Action::Redo).unwrap();
            prop_assert_eq!(bits(session.document()), after, "redoing {:?}", action);
        }
    }

    #[test]
    fn whatever_is_done_the_document_can_be_saved_and_opened(
        document in support::document(),
        actions in vec(anything(), 0..30),
    ) {
        let mut session = open(document);
        for action in actions {
            let _ = session.apply(action);
            let text = neurodial_core::session::format::write(session.document());
            let again = neurodial_core::session::format::read(&text).unwrap();
            prop_assert_eq!(bits(&again), bits(session.document()));
        }
    }

    #[test]
    fn unsaved_says_whether_the_document_differs_from_the_saved_state(
        before in vec(change(), 0..10),
        after in vec(anything(), 0..20),
    ) {
        let mut session = article();
        for action in before {
            let _ = session.apply(action);
        }
        session.mark_saved(session.history().version(), Origin::File("f.json".into()));
        let saved = bits(session.document());
        prop_assert!(!session.is_unsaved());
        for action in after {
            let _ = session.apply(action);
            if !session.is_unsaved() {
                prop_assert_eq!(bits(session.document()), saved.clone());
            }
        }
    }

    #[test]
    fn a_locked_knob_keeps_its_value(
        document in support::document(),
        actions in vec(change(), 1..30),
    ) {
        let mut session = open(document);
        for action in actions {
            let locked = session.document().locked.clone();
            let values = |session: &Session| -> Vec<_> {
                locked.iter().map(|&knob| session.document().network.get(knob).map(f64::to_bits)).collect()
            };
            let before = values(&session);
            let may_move = matches!(
                action,
                Action::EditArchitecture(_)
                    | Action::StartOver
                    | Action::RestoreSnapshot(_)
                    | Action::SwapSnapshot(_)
                    | Action::RestoreExperimentRow(_)
            );
            let _ = session.apply(action.clone());
            if !may_move {
                prop_assert_eq!(values(&session), before, "{:?}", action);
            }
        }
    }

    #[test]
    fn one_gesture_is_one_step(target in 0..4_usize, values in vec(-5.0..5.0_f64, 1..50)) {
        let mut session = article();
        for &value in &values {
            let gesture = Some(Gesture(7));
            session.apply(Action::Turn { target: Adjustable::Input(target), value, gesture }).unwrap();
        }
        prop_assert_eq!(session.document().inputs[target], values[values.len() - 1]);
        prop_assert_eq!(undo_all(&mut session), 1);
        prop_assert_eq!(bits(session.document()), bits(session.opened()));
    }

    #[test]
    fn a_gesture_that_returns_to_its_start_leaves_no_step(
        document in support::document(),
        values in vec(-5.0..5.0_f64, 1..10),
    ) {
        let mut session = open(document.clone());
        let gesture = Some(Gesture(7));
        let target = Adjustable::Input(0);
        // Near the largest number there may be no range that is wide enough.
        let start = document.inputs[0];
        prop_assume!(document.range(target).clamp(start) == start);
        for value in values.into_iter().chain([document.inputs[0]]) {
            session.apply(Action::Turn { target, value, gesture }).unwrap();
        }
        prop_assert!(session.history().is_empty(), "{:?}", session.history().undo_label());
        prop_assert!(!session.is_unsaved());
        prop_assert_eq!(bits(session.document()), bits(&document));
    }
}

#[test]
fn two_gestures_are_two_steps_and_turns_without_one_stand_alone() {
    let mut session = article();
    let gestures = [Some(1), Some(1), Some(2), None, None, Some(2)];
    for (index, gesture) in gestures.into_iter().enumerate() {
        session
            .apply(Action::Turn {
                target: Adjustable::Input(0),
                value: 2.0 + 0.1 * index as f64,
                gesture: gesture.map(Gesture),
            })
            .unwrap();
    }
    assert_eq!(undo_all(&mut session), 5);
}

#[test]
fn a_gesture_that_goes_on_after_an_undo_is_a_new_step() {
    let mut session = article();
    let turn = |value| Action::Turn {
        target: Adjustable::Input(0),
        value,
        gesture: Some(Gesture(1)),
    };
    session.apply(turn(2.0)).unwrap();
    session.apply(Action::Undo).unwrap();
    session.apply(Action::Redo).unwrap();
    session.apply(turn(3.0)).unwrap();
    session.apply(Action::Undo).unwrap();
    assert_eq!(session.document().inputs[0], 2.0);
}

#[test]
fn start_over_goes_back_to_the_opened_state_and_can_be_undone() {
    let mut session = article();
    session
        .apply(Action::EditArchitecture(ArchitectureEdit::AddNeuron { layer: 0 }))
        .unwrap();
    session
        .apply(Action::Set {
            target: Knob::bias(0, 3).into(),
            value: 70.0,
        })
        .unwrap();
    let changed = bits(session.document());
    session.apply(Action::StartOver).unwrap();
    assert_eq!(bits(session.document()), bits(session.opened()));
    session.apply(Action::Undo).unwrap();
    assert_eq!(bits(session.document()), changed);
}

#[test]
fn start_over_brings_back_the_sign_of_zero() {
    let mut session = article();
    let target = Adjustable::Input(0);
    session.apply(Action::Set { target, value: 0.0 }).unwrap();
    let mut session = open(session.document().clone());
    session.apply(Action::Set { target, value: -0.0 }).unwrap();
    session.apply(Action::StartOver).unwrap();
    assert_eq!(bits(session.document()), bits(session.opened()));
}

#[test]
fn a_locked_knob_refuses_every_hand() {
    let mut session = article();
    let knob = Knob::weight(0, 1, 2);
    session
        .apply(Action::SetLocked {
            knob,
            is_locked: true,
        })
        .unwrap();
    let target = Adjustable::Knob(knob);
    let gesture = None;
    for action in [
        Action::Turn {
            target,
            value: 1.0,
            gesture,
        },
        Action::Set { target, value: 1.0 },
        Action::Reset(target),
    ] {
        let sentence = session.apply(action).unwrap_err().to_string();
        assert!(
            sentence.contains("weight from input 3 to neuron 2") && sentence.contains("locked"),
            "{sentence}"
        );
    }
    let how = Initialization {
        initializer: Initializer::Normal,
        seed: 1,
        has_random_biases: true,
    };
    session.apply(Action::Initialize(how)).unwrap();
    assert_eq!(session.document().network.get(knob), Some(0.26));
    assert_ne!(session.document().network.get(Knob::weight(0, 0, 0)), Some(0.2));
}

#[test]
fn what_is_not_finite_is_refused() {
    let mut session = article();
    let target = Adjustable::Input(0);
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert!(session.apply(Action::Set { target, value }).is_err());
        assert!(
            session
                .apply(Action::SetInputs(vec![1.0, 2.0, 3.0, value]))
                .is_err()
        );
        assert!(
            session
                .apply(Action::SetSavedInputs(vec![vec![1.0, 2.0, 3.0, value]]))
                .is_err()
        );
    }
    let (value, gesture) = (f64::NAN, None);
    assert!(
        session
            .apply(Action::Turn {
                target,
                value,
                gesture
            })
            .is_err()
    );
    assert!(session.history().is_empty());
}

#[test]
fn a_turn_stays_within_its_range_and_a_typed_value_widens_it() {
    let mut session = article();
    let (target, gesture) = (Adjustable::Input(0), None);
    session
        .apply(Action::Turn {
            target,
            value: 99.0,
            gesture,
        })
        .unwrap();
    assert_eq!(session.document().inputs[0], 5.0);
    session.apply(Action::Set { target, value: 7.0 }).unwrap();
    assert_eq!(session.document().range(target).max, 10.0);
    session.apply(Action::Set { target, value: 1.0 }).unwrap();
    assert_eq!(session.document().range(target).max, 10.0, "it stays wide");
}

proptest! {
    #[test]
    fn a_range_is_widened_to_hold_the_value_and_never_narrowed(range in support::range(), value in support::number()) {
        let widened = range.including(value);
        prop_assert!(widened.is_valid());
        prop_assert!(widened.min <= range.min && widened.max >= range.max);
        let too_wide = !(value.max(range.max) - value.min(range.min)).is_finite();
        prop_assert!(too_wide || (widened.min <= value && value <= widened.max), "{:?}", widened);
    }
}

#[test]
fn a_number_of_the_chosen_case_is_one_step_and_takes_the_inputs_along() {
    let mut session = open(Preset::from_name("xor").unwrap().document().unwrap());
    let cases = session.document().saved_inputs.clone();
    session.apply(Action::SetInputs(cases[1].clone())).unwrap();
    let set =
        |session: &mut Session, row, value| session.apply(Action::SetSavedInput { row, input: 0, value });
    set(&mut session, 1, 0.25).unwrap();
    assert_eq!(session.document().saved_inputs[1], [0.25, cases[1][1]]);
    assert_eq!(session.document().inputs, session.document().saved_inputs[1]);
    session.apply(Action::Undo).unwrap();
    assert_eq!(session.document().saved_inputs, cases);
    assert_eq!(session.document().inputs, cases[1]);
    set(&mut session, 2, 0.75).unwrap();
    assert_eq!(
        session.document().inputs,
        cases[1],
        "another case leaves them alone"
    );
    let steps = session.history().len();
    set(&mut session, 2, 0.75).unwrap();
    assert_eq!(session.history().len(), steps, "nothing changed");
    assert!(matches!(set(&mut session, 9, 0.0), Err(ActionError::NotFound(_))));
    assert!(matches!(
        set(&mut session, 0, f64::NAN),
        Err(ActionError::InvalidValue(_))
    ));
}

#[test]
fn what_training_found_is_one_step_and_locked_knobs_must_keep_theirs() {
    use neurodial_core::network::Knob;
    let document = neurodial_core::session::Preset::DEFAULT.document().unwrap();
    let mut session = Session::open(document, neurodial_core::session::Origin::Untitled);
    let locked = Knob::bias(0, 1);
    session
        .apply(Action::SetLocked {
            knob: locked,
            is_locked: true,
        })
        .unwrap();
    let before = session.document().clone();
    let mut knobs: Vec<f64> = before.network.knobs().iter().map(|knob| knob + 1.0).collect();
    let mut refused = |knobs: &[f64]| session.apply(Action::SetTrainedKnobs(knobs.to_vec())).is_err();
    assert!(refused(&knobs));
    let index = before.network.architecture().index_of(locked).unwrap();
    knobs[index] -= 1.0;
    assert!(refused(&knobs[1..]));
    assert!(refused(&[&knobs[1..], &[f64::NAN]].concat()));
    assert_eq!(*session.document(), before);
    session.apply(Action::SetTrainedKnobs(knobs.clone())).unwrap();
    assert_eq!(session.document().network.knobs(), knobs);
    session.apply(Action::Undo).unwrap();
    assert_eq!(*session.document(), before);
}
