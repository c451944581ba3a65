//! The slope along each knob and input, its description, and the values at which a neuron switches.

use neurodial_core::insight::{Insight, Sensitivity, SwitchPoint, SwitchPoints};
use neurodial_core::network::{GradientFlow, Knob, NeuronAddress};
use neurodial_core::session::{Edit, Quantity, ViewChange};
use neurodial_core::text::{Locale, Messages};
use proptest::prelude::*;

use crate::support::random_documents::moderate_document;
use crate::support::{adjustable, apply_all, knobs_and_inputs, neuron_value, open, preset, with_value};

#[test]
fn the_article_has_the_expected_switch_points() {
    let insight = Insight::new(&open(preset("article")));
    let switch_points = SwitchPoints::from_formula(insight.formula());
    let assert_near = |switch_point: Option<SwitchPoint>, expected: f64| {
        let found = switch_point.unwrap().value().unwrap();
        assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
    };
    assert_near(switch_points.for_knob(Knob::bias(0, 1)), 1.79);
    assert_near(switch_points.for_knob(Knob::weight(0, 1, 0)), 0.5 - 1.21);
    assert_near(switch_points.for_source(1), 2.0 + 1.21 / 0.91);
    assert_eq!(switch_points.for_knob(Knob::bias(0, 0)), None);
    assert_eq!(switch_points.for_knob(Knob::weight(0, 1, 4)), None);
    assert_eq!(switch_points.for_source(4), None);
}

#[test]
fn the_weight_of_a_zero_input_has_no_switch_point() {
    let select = ViewChange::Select(NeuronAddress { layer: 0, neuron: 0 }).into();
    let session = apply_all(open(preset("xor")), &[select]);
    let switch_points = SwitchPoints::from_formula(Insight::new(&session).formula());
    assert_eq!(
        switch_points.for_knob(Knob::weight(0, 0, 1)),
        Some(SwitchPoint::Never),
        "its input is 0"
    );
    assert_eq!(
        switch_points.for_knob(Knob::weight(0, 0, 0)),
        Some(SwitchPoint::At(0.5))
    );
    let set_bias = Edit::Set {
        target: adjustable("b[1,1]"),
        value: -1.0,
    }
    .into();
    let session = apply_all(session, &[set_bias]);
    let switch_points = SwitchPoints::from_formula(Insight::new(&session).formula());
    assert_eq!(
        switch_points.for_knob(Knob::weight(0, 0, 1)),
        Some(SwitchPoint::Always),
        "its weighted sum is 0"
    );
    assert_eq!(
        switch_points.for_knob(Knob::bias(0, 0)),
        Some(SwitchPoint::At(-1.0))
    );
}

#[test]
fn sensitivities_are_described_with_their_sign_and_size() {
    let session = open(preset("article"));
    let forward_pass = session.document().network.forward(&session.document().inputs);
    let sensitivity = Sensitivity::from_session(&session, &forward_pass);
    let description =
        |address: &str| sensitivity.describe(&session, &forward_pass, adjustable(address), Messages::ENGLISH);
    assert_eq!(
        description("w[1,2,3]"),
        "increase w₂₃ by 0.1, and output 2 increases by 0.30"
    );
    assert_eq!(
        description("x[2]"),
        "increase x₂ by 0.1, and output 2 decreases by 0.091"
    );
    assert_eq!(description("w[1,1,3]"), "output 2 does not depend on w₁₃");
    let chinese = Messages::new(Locale::SimplifiedChinese);
    assert_eq!(
        sensitivity.describe(&session, &forward_pass, adjustable("x[2]"), chinese),
        "x₂ 增大 0.1 时，输出 2 减小 0.091"
    );
    assert_eq!(
        sensitivity.derivative(session.architecture(), adjustable("w[1,2,3]")),
        Some(3.0)
    );
    assert_eq!(
        sensitivity.derivative(session.architecture(), adjustable("w[1,9,3]")),
        None
    );

    let quiet = open(preset("article-quiet"));
    let forward_pass = quiet.document().network.forward(&quiet.document().inputs);
    let description = Sensitivity::from_session(&quiet, &forward_pass).describe(
        &quiet,
        &forward_pass,
        adjustable("w[1,2,3]"),
        Messages::ENGLISH,
    );
    assert_eq!(
        description,
        "the slope is 0 here: small changes of w₂₃ have no effect on output 2"
    );

    let xor = open(preset("xor"));
    let forward_pass = xor.document().network.forward(&xor.document().inputs);
    let sensitivity = Sensitivity::from_session(&xor, &forward_pass);
    for address in ["w[1,1,2]", "b[2,1]", "x[1]"] {
        assert_eq!(
            sensitivity.gradient_flow(adjustable(address)),
            GradientFlow::BlockedByStep
        );
        let description = sensitivity.describe(&xor, &forward_pass, adjustable(address), Messages::ENGLISH);
        assert!(
            description.starts_with("a step function has slope 0: "),
            "{description}"
        );
    }
}

proptest! {
    #[test]
    fn the_described_change_of_the_output_is_the_actual_one(document in moderate_document(), index in 0_usize..9) {
        let session = open(document);
        let (document, architecture) = (session.document(), session.architecture());
        let forward_pass = document.network.forward(&document.inputs);
        let sensitivity = Sensitivity::from_session(&session, &forward_pass);
        let adjustables = knobs_and_inputs(architecture);
        let target = adjustables[index % adjustables.len()];
        let description = sensitivity.describe(&session, &forward_pass, target, Messages::ENGLISH);
        let selected = session.view().selected;
        let value = document.value(target).unwrap();
        let change = neuron_value(&with_value(document, target, value + 0.1), selected, Quantity::Output)
            - neuron_value(document, selected, Quantity::Output);
        if description.starts_with("increase ") && description.contains(" by 0.1, and ") {
            let described: f64 = description.rsplit(' ').next().unwrap().replace('−', "-").parse().unwrap();
            prop_assert!((described - change.abs()).abs() <= 0.06 * described, "{}: {}", description, change);
            prop_assert_eq!(description.contains(" increases "), change > 0.0, "{}: {}", description, change);
        }
        if sensitivity.gradient_flow(target) == GradientFlow::Independent {
            prop_assert_eq!(change, 0.0);
        }
    }
}
