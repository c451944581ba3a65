//! Undo and redo after random sequences of actions.

use neurodial_core::formats::json;
use neurodial_core::nerve_cell::CellSetting;
use neurodial_core::network::{
    Activation, ArchitectureEdit, Initialization, Initializer, Knob, NeuronAddress,
};
use neurodial_core::session::{
    Action, ActionError, Adjustable, CurveAxes, CurveScope, Document, Edit, Gesture, HistoryCommand, Origin,
    Quantity, Session, ViewChange,
};
use neurodial_core::text::{Locale, Localized as _, Messages};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::support::preset;
use crate::support::random_documents::{self, document_bits};

fn open(document: Document) -> Session {
    Session::open(document, Origin::Preset("article"))
}

fn article() -> Session {
    open(preset("article"))
}

fn adjustable() -> impl Strategy<Value = Adjustable> {
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

/// Generates numbers that an action may contain, invalid ones among them.
fn value() -> impl Strategy<Value = f64> {
    prop_oneof![8 => -6.0..6.0_f64, 4 => random_documents::number(), 1 => Just(f64::NAN), 1 => Just(f64::INFINITY)]
}

fn rows() -> impl Strategy<Value = Vec<Vec<f64>>> {
    (1..4_usize).prop_flat_map(|inputs| vec(vec(value(), inputs), 0..3))
}

fn architecture_edit() -> impl Strategy<Value = ArchitectureEdit> {
    prop_oneof![
        Just(ArchitectureEdit::AddInput),
        (0..4_usize).prop_map(ArchitectureEdit::RemoveInput),
        (0..3_usize).prop_map(|layer| ArchitectureEdit::AddNeuron { layer }),
        neuron().prop_map(ArchitectureEdit::RemoveNeuron),
        (0..4_usize).prop_map(|before| ArchitectureEdit::AddLayer { before }),
        (0..3_usize).prop_map(ArchitectureEdit::RemoveLayer),
    ]
}

fn edit() -> impl Strategy<Value = Edit> {
    let gesture = prop::option::of((0..3_u64).prop_map(Gesture));
    prop_oneof![
        6 => (adjustable(), value(), gesture).prop_map(|(target, value, gesture)| Edit::Turn { target, value, gesture }),
        2 => (adjustable(), value()).prop_map(|(target, value)| Edit::Set { target, value }),
        1 => adjustable().prop_map(Edit::Reset),
        1 => (adjustable(), random_documents::range()).prop_map(|(target, range)| Edit::SetRange { target, range }),
        2 => (knob(), any::<bool>()).prop_map(|(knob, is_locked)| Edit::SetLocked { knob, is_locked }),
        1 => Just(Edit::UnlockAll),
        1 => (prop::sample::select(&Initializer::ALL[..]), any::<u64>(), any::<bool>())
            .prop_map(|(initializer, seed, has_random_biases)| {
                Edit::Initialize(Initialization { initializer, seed, has_random_biases })
            }),
        1 => vec(value(), 1..4).prop_map(Edit::SetInputs),
        1 => rows().prop_map(Edit::SetSavedInputs),
        1 => Just(Edit::TakeSnapshot("a snapshot".into())),
        1 => (0..2_usize).prop_map(Edit::RemoveSnapshot),
        1 => (0..2_usize).prop_map(Edit::RestoreSnapshot),
        1 => (0..2_usize).prop_map(Edit::SwapSnapshot),
        1 => (0..2_usize).prop_map(|snapshot| Edit::RenameSnapshot { snapshot, name: "another".into() }),
        1 => Just(Edit::RecordExperiment("a row".into())),
        1 => (0..2_usize).prop_map(Edit::RemoveExperimentRow),
        1 => (0..2_usize).prop_map(Edit::RestoreExperimentRow),
        1 => (0..2_usize).prop_map(|row| Edit::AnnotateExperimentRow { row, note: "seen".into() }),
        1 => (0..3_usize, 0..4_usize, value()).prop_map(|(row, input, value)| Edit::SetSavedInput { row, input, value }),
        1 => (0..4_usize, random_documents::name()).prop_map(|(input, name)| Edit::NameInput { input, name }),
        1 => (neuron(), random_documents::name()).prop_map(|(at, name)| Edit::NameNeuron { at, name }),
        1 => (0..3_usize, prop::option::of(0..3_usize), random_documents::neuron_activation())
            .prop_map(|(layer, neuron, activation)| Edit::SetActivation { layer, neuron, activation }),
        1 => (0..3_usize, prop::option::of(0..3_usize)).prop_map(|(layer, neuron)| Edit::SetActivation {
            layer,
            neuron,
            activation: Activation::Softmax,
        }),
        3 => architecture_edit().prop_map(Edit::EditArchitecture),
    ]
}

fn view_change() -> impl Strategy<Value = ViewChange> {
    let ends = || prop::option::of((value(), value()).prop_map(|(from, to)| [from, to]));
    prop_oneof![
        neuron().prop_map(ViewChange::Select),
        prop::option::of(adjustable()).prop_map(ViewChange::Highlight),
        adjustable().prop_map(ViewChange::Sweep),
        Just(ViewChange::SetQuantity(Quantity::WeightedSum)),
        Just(ViewChange::SetCurveScope(CurveScope::Layer)),
        (ends(), ends()).prop_map(|(x, y)| ViewChange::SetAxes(CurveAxes { x, y })),
        (0..20_usize).prop_map(ViewChange::SetDecimals),
    ]
}

/// Generates the actions that may change a document, except undo and redo.
fn document_action() -> impl Strategy<Value = Action> {
    prop_oneof![33 => edit().prop_map(Action::from), 1 => Just(HistoryCommand::StartOver.into())]
}

fn any_action() -> impl Strategy<Value = Action> {
    prop_oneof![
        8 => document_action(),
        2 => Just(HistoryCommand::Undo.into()),
        2 => Just(HistoryCommand::Redo.into()),
        1 => view_change().prop_map(Action::from),
    ]
}

/// Undoes everything and returns the number of steps.
fn undo_all(session: &mut Session) -> usize {
    std::iter::from_fn(|| session.apply(HistoryCommand::Undo).ok()).count()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undoing_everything_restores_the_opened_document_and_redoing_everything_the_last_one(
        document in random_documents::document(),
        actions in vec(any_action(), 0..40),
    ) {
        let mut session = open(document.clone());
        for action in actions {
            let _ = session.apply(action);
        }
        while session.apply(HistoryCommand::Redo).is_ok() {}
        let last = document_bits(session.document());
        let steps = undo_all(&mut session);
        prop_assert_eq!(document_bits(session.document()), document_bits(&document));
        prop_assert!(!session.is_unsaved());
        prop_assert_eq!(session.apply(HistoryCommand::Undo), Err(ActionError::NothingToUndo));
        let redone = std::iter::from_fn(|| session.apply(HistoryCommand::Redo).ok()).count();
        prop_assert_eq!(redone, steps);
        prop_assert_eq!(document_bits(session.document()), last);
        prop_assert_eq!(session.apply(HistoryCommand::Redo), Err(ActionError::NothingToRedo));
    }

    #[test]
    fn each_step_is_undone_and_redone_exactly(document in random_documents::document(), actions in vec(any_action(), 1..30)) {
        let mut session = open(document);
        for action in actions {
            let (before, steps) = (document_bits(session.document()), session.history().len());
            let is_edit = !matches!(action, Action::History(HistoryCommand::Undo | HistoryCommand::Redo));
            let outcome = session.apply(action.clone());
            let after = document_bits(session.document());
            if outcome.is_err() {
                prop_assert_eq!(&after, &before, "{:?} was refused and changed the document", action);
                prop_assert_eq!(session.history().len(), steps);
            }
            if session.history().is_empty() {
                continue;
            }
            let is_own_step = is_edit && session.history().len() == steps + 1;
            session.apply(HistoryCommand::Undo).unwrap();
            if is_own_step {
                prop_assert_eq!(document_bits(session.document()), before, "undoing {:?}", action);
            }
            session.apply(HistoryCommand::Redo).unwrap();
            prop_assert_eq!(document_bits(session.document()), after, "redoing {:?}", action);
        }
    }

    #[test]
    fn after_any_actions_the_document_can_be_written_and_read(
        document in random_documents::document(),
        actions in vec(any_action(), 0..30),
    ) {
        let mut session = open(document);
        for action in actions {
            let _ = session.apply(action);
            let text = json::write(session.document());
            let again = json::read(&text).unwrap();
            prop_assert_eq!(document_bits(&again), document_bits(session.document()));
        }
    }

    #[test]
    fn a_document_that_differs_from_its_saved_state_is_unsaved(
        before in vec(document_action(), 0..10),
        after in vec(any_action(), 0..20),
    ) {
        let mut session = article();
        for action in before {
            let _ = session.apply(action);
        }
        session.mark_saved(session.history().version(), Origin::File("f.json".into()));
        let saved = document_bits(session.document());
        prop_assert!(!session.is_unsaved());
        for action in after {
            let _ = session.apply(action);
            if !session.is_unsaved() {
                prop_assert_eq!(document_bits(session.document()), saved.clone());
            }
        }
    }

    #[test]
    fn a_locked_knob_keeps_its_value(
        document in random_documents::document(),
        actions in vec(document_action(), 1..30),
    ) {
        let mut session = open(document);
        for action in actions {
            let locked = session.document().locked.clone();
            let values = |session: &Session| -> Vec<_> {
                locked.iter().map(|&knob| session.document().network.get(knob).map(f64::to_bits)).collect()
            };
            let before = values(&session);
            let may_change_locked = matches!(
                action,
                Action::History(HistoryCommand::StartOver)
                    | Action::Edit(
                        Edit::EditArchitecture(_)
                            | Edit::RestoreSnapshot(_)
                            | Edit::SwapSnapshot(_)
                            | Edit::RestoreExperimentRow(_)
                    )
            );
            let _ = session.apply(action.clone());
            if !may_change_locked {
                prop_assert_eq!(values(&session), before, "{:?}", action);
            }
        }
    }

    #[test]
    fn one_gesture_is_one_undo_step(target in 0..4_usize, values in vec(-5.0..5.0_f64, 1..50)) {
        let mut session = article();
        for &value in &values {
            let gesture = Some(Gesture(7));
            session.apply(Edit::Turn { target: Adjustable::Input(target), value, gesture }).unwrap();
        }
        prop_assert_eq!(session.document().inputs[target], values[values.len() - 1]);
        prop_assert_eq!(undo_all(&mut session), 1);
        prop_assert_eq!(document_bits(session.document()), document_bits(session.opened()));
    }

    #[test]
    fn a_gesture_that_returns_to_its_start_leaves_no_undo_step(
        document in random_documents::document(),
        values in vec(-5.0..5.0_f64, 1..10),
    ) {
        let mut session = open(document.clone());
        let gesture = Some(Gesture(7));
        let target = Adjustable::Input(0);
        // Near the largest number no range may be wide enough.
        let start = document.inputs[0];
        prop_assume!(document.range(target).clamp(start) == start);
        for value in values.into_iter().chain([document.inputs[0]]) {
            session.apply(Edit::Turn { target, value, gesture }).unwrap();
        }
        prop_assert!(session.history().is_empty(), "{:?}", session.history().undo_label());
        prop_assert!(!session.is_unsaved());
        prop_assert_eq!(document_bits(session.document()), document_bits(&document));
    }
}

#[test]
fn each_gesture_and_each_change_without_one_is_an_undo_step() {
    let mut session = article();
    let gestures = [Some(1), Some(1), Some(2), None, None, Some(2)];
    for (index, gesture) in gestures.into_iter().enumerate() {
        session
            .apply(Edit::Turn {
                target: Adjustable::Input(0),
                value: 2.0 + 0.1 * index as f64,
                gesture: gesture.map(Gesture),
            })
            .unwrap();
    }
    assert_eq!(undo_all(&mut session), 5);
}

#[test]
fn a_gesture_that_continues_after_an_undo_is_a_new_undo_step() {
    let mut session = article();
    let turn = |value| Edit::Turn {
        target: Adjustable::Input(0),
        value,
        gesture: Some(Gesture(1)),
    };
    session.apply(turn(2.0)).unwrap();
    session.apply(HistoryCommand::Undo).unwrap();
    session.apply(HistoryCommand::Redo).unwrap();
    session.apply(turn(3.0)).unwrap();
    session.apply(HistoryCommand::Undo).unwrap();
    assert_eq!(session.document().inputs[0], 2.0);
}

#[test]
fn start_over_restores_the_opened_document_and_can_be_undone() {
    let mut session = article();
    session
        .apply(Edit::EditArchitecture(ArchitectureEdit::AddNeuron { layer: 0 }))
        .unwrap();
    session
        .apply(Edit::Set {
            target: Knob::bias(0, 3).into(),
            value: 70.0,
        })
        .unwrap();
    let changed = document_bits(session.document());
    session.apply(HistoryCommand::StartOver).unwrap();
    assert_eq!(document_bits(session.document()), document_bits(session.opened()));
    session.apply(HistoryCommand::Undo).unwrap();
    assert_eq!(document_bits(session.document()), changed);
}

#[test]
fn start_over_restores_the_sign_of_zero() {
    let mut session = article();
    let target = Adjustable::Input(0);
    session.apply(Edit::Set { target, value: 0.0 }).unwrap();
    let mut session = open(session.document().clone());
    session.apply(Edit::Set { target, value: -0.0 }).unwrap();
    session.apply(HistoryCommand::StartOver).unwrap();
    assert_eq!(document_bits(session.document()), document_bits(session.opened()));
}

#[test]
fn actions_that_change_a_locked_knob_are_refused() {
    let mut session = article();
    let knob = Knob::weight(0, 1, 2);
    session
        .apply(Edit::SetLocked {
            knob,
            is_locked: true,
        })
        .unwrap();
    let target = Adjustable::Knob(knob);
    let gesture = None;
    for action in [
        Edit::Turn {
            target,
            value: 1.0,
            gesture,
        },
        Edit::Set { target, value: 1.0 },
        Edit::Reset(target),
    ] {
        let sentence = session.apply(action).unwrap_err().to_string();
        assert!(
            sentence.contains("weight from input 3 to neuron 2") && sentence.contains("locked"),
            "{sentence}"
        );
    }
    let initialization = Initialization {
        initializer: Initializer::Normal,
        seed: 1,
        has_random_biases: true,
    };
    session.apply(Edit::Initialize(initialization)).unwrap();
    assert_eq!(session.document().network.get(knob), Some(0.26));
    assert_ne!(session.document().network.get(Knob::weight(0, 0, 0)), Some(0.2));
}

#[test]
fn values_that_are_not_finite_are_refused() {
    let mut session = article();
    let target = Adjustable::Input(0);
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert!(session.apply(Edit::Set { target, value }).is_err());
        assert!(
            session
                .apply(Edit::SetInputs(vec![1.0, 2.0, 3.0, value]))
                .is_err()
        );
        assert!(
            session
                .apply(Edit::SetSavedInputs(vec![vec![1.0, 2.0, 3.0, value]]))
                .is_err()
        );
    }
    let (value, gesture) = (f64::NAN, None);
    assert!(
        session
            .apply(Edit::Turn {
                target,
                value,
                gesture
            })
            .is_err()
    );
    assert!(session.history().is_empty());
}

#[test]
fn dragging_stays_within_the_range_and_setting_a_value_widens_it() {
    let mut session = article();
    let (target, gesture) = (Adjustable::Input(0), None);
    session
        .apply(Edit::Turn {
            target,
            value: 99.0,
            gesture,
        })
        .unwrap();
    assert_eq!(session.document().inputs[0], 5.0);
    session.apply(Edit::Set { target, value: 7.0 }).unwrap();
    assert_eq!(session.document().range(target).max, 10.0);
    session.apply(Edit::Set { target, value: 1.0 }).unwrap();
    assert_eq!(session.document().range(target).max, 10.0, "the range stays wide");
}

proptest! {
    #[test]
    fn a_range_is_widened_to_contain_the_value_and_never_narrowed(
        range in random_documents::range(),
        value in random_documents::number(),
    ) {
        let widened = range.including(value);
        prop_assert!(widened.is_valid());
        prop_assert!(widened.min <= range.min && widened.max >= range.max);
        let is_too_wide = !(value.max(range.max) - value.min(range.min)).is_finite();
        prop_assert!(is_too_wide || (widened.min <= value && value <= widened.max), "{:?}", widened);
    }
}

#[test]
fn changing_the_current_row_of_saved_inputs_changes_the_inputs_in_one_undo_step() {
    let mut session = open(preset("xor"));
    let rows = session.document().saved_inputs.clone();
    session.apply(Edit::SetInputs(rows[1].clone())).unwrap();
    let set = |session: &mut Session, row, value| session.apply(Edit::SetSavedInput { row, input: 0, value });
    set(&mut session, 1, 0.25).unwrap();
    assert_eq!(session.document().saved_inputs[1], [0.25, rows[1][1]]);
    assert_eq!(session.document().inputs, session.document().saved_inputs[1]);
    session.apply(HistoryCommand::Undo).unwrap();
    assert_eq!(session.document().saved_inputs, rows);
    assert_eq!(session.document().inputs, rows[1]);
    set(&mut session, 2, 0.75).unwrap();
    assert_eq!(
        session.document().inputs,
        rows[1],
        "another row leaves the inputs as they are"
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
fn trained_knobs_are_one_undo_step_and_must_keep_the_locked_values() {
    let mut session = article();
    let locked = Knob::bias(0, 1);
    session
        .apply(Edit::SetLocked {
            knob: locked,
            is_locked: true,
        })
        .unwrap();
    let before = session.document().clone();
    let mut knobs: Vec<f64> = before.network.knobs().iter().map(|knob| knob + 1.0).collect();
    let mut is_refused = |knobs: &[f64]| session.apply(Edit::SetTrainedKnobs(knobs.to_vec())).is_err();
    assert!(is_refused(&knobs));
    let index = before.network.architecture().index_of(locked).unwrap();
    knobs[index] -= 1.0;
    assert!(is_refused(&knobs[1..]));
    assert!(is_refused(&[&knobs[1..], &[f64::NAN]].concat()));
    assert_eq!(*session.document(), before);
    session.apply(Edit::SetTrainedKnobs(knobs.clone())).unwrap();
    assert_eq!(session.document().network.knobs(), knobs);
    session.apply(HistoryCommand::Undo).unwrap();
    assert_eq!(*session.document(), before);
}

#[test]
fn labels_and_reasons_are_in_the_language_of_the_reader() {
    let mut session = article();
    let target = Adjustable::Knob(Knob::weight(0, 1, 0));
    let chinese = Messages::new(Locale::SimplifiedChinese);
    let label = |session: &Session, messages| session.history().undo_label().unwrap().message(messages);
    session
        .apply(Edit::Turn {
            target,
            value: 0.75,
            gesture: None,
        })
        .unwrap();
    assert_eq!(label(&session, Messages::ENGLISH), "change w₂₁");
    assert_eq!(label(&session, chinese), "调节 w₂₁");
    session
        .apply(Edit::EditArchitecture(ArchitectureEdit::AddInput))
        .unwrap();
    assert_eq!(label(&session, chinese), "添加输入");
    let knob = Knob::weight(0, 1, 0);
    let is_locked = true;
    session.apply(Edit::SetLocked { knob, is_locked }).unwrap();
    let refusal = session.apply(Edit::Set { target, value: 0.0 }).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "The weight from input 1 to neuron 2 is locked; unlock it first"
    );
    assert_eq!(
        refusal.message(chinese),
        "从输入 1 到神经元 2 的权重已锁定，请先解锁"
    );
    let refusal = session
        .apply(Edit::TakeSnapshot(String::new()))
        .and(session.apply(Edit::RemoveSnapshot(7)));
    assert_eq!(refusal.unwrap_err().message(chinese), "没有快照 8");
}

#[test]
fn a_drag_of_the_current_is_one_step_and_undo_removes_the_cell_again() {
    let mut session = article();
    let turn = |value: f64| Edit::SetCell {
        setting: CellSetting::Current,
        value,
        gesture: Some(Gesture(7)),
    };
    for value in [2.1, 2.5, 3.0] {
        session.apply(turn(value)).unwrap();
    }
    let current = |session: &Session| {
        session
            .document()
            .cell
            .map(|cell| cell.value(CellSetting::Current))
    };
    assert_eq!((current(&session), session.history().len()), (Some(3.0), 1));
    let refused = session.apply(turn(10.5)).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "The current must be from 0 to 10 nA; it was 10.5"
    );
    assert_eq!(current(&session), Some(3.0));
    session.apply(HistoryCommand::Undo).unwrap();
    assert_eq!(session.document().cell, None);
    session.apply(HistoryCommand::Redo).unwrap();
    assert_eq!(current(&session), Some(3.0));
}
