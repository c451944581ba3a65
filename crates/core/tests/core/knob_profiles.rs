//! The value of a neuron along each knob and input, compared with forward passes.

use neurodial_core::insight::KnobProfiles;
use neurodial_core::insight::knob_profile::PROFILE_POINTS;
use neurodial_core::network::NeuronAddress;
use neurodial_core::session::Quantity;
use proptest::prelude::*;

use crate::support::random_documents::moderate_document;
use crate::support::{adjustable, is_near, knobs_and_inputs, neuron_value, neurons, preset, with_value};

proptest! {
    #[test]
    fn profiles_agree_with_forward_passes(document in moderate_document(), neuron in 0_usize..9) {
        let architecture = document.network.architecture();
        let forward_pass = document.network.forward(&document.inputs);
        let neurons = neurons(architecture);
        let at = neurons[neuron % neurons.len()];
        let adjustables = knobs_and_inputs(architecture);
        let mut profiles = KnobProfiles::default();
        for quantity in [Quantity::Output, Quantity::WeightedSum] {
            profiles.update(&document, &forward_pass, at, quantity, &adjustables);
            for (profile, &target) in adjustables.iter().enumerate() {
                let range = document.range(target);
                for index in (0..PROFILE_POINTS).step_by(7).chain([PROFILE_POINTS - 1]) {
                    let value = range.value_at(index as f64 / (PROFILE_POINTS - 1) as f64);
                    let changed = with_value(&document, target, value);
                    let expected = neuron_value(&changed, at, quantity);
                    let found = profiles.profile(profile)[index];
                    prop_assert!(is_near(&changed, found, expected), "{target} at {value}: {found}, {expected}");
                }
            }
        }
    }
}

#[test]
fn the_profile_of_a_bias_of_the_article_rises_from_the_switch_point_on() {
    let document = preset("article");
    let forward_pass = document.network.forward(&document.inputs);
    let mut profiles = KnobProfiles::default();
    let second = NeuronAddress { layer: 0, neuron: 1 };
    let knobs = [adjustable("b[1,2]"), adjustable("b[1,1]")];
    profiles.update(&document, &forward_pass, second, Quantity::Output, &knobs);
    let range = document.range(knobs[0]);
    for (index, &value) in profiles.profile(0).iter().enumerate() {
        let bias = range.value_at(index as f64 / 63.0);
        assert_eq!(value > 0.0, bias > 1.79, "{bias}");
    }
    assert!(
        profiles
            .profile(1)
            .iter()
            .all(|&value| value == forward_pass.a(0, 1)[0]),
        "the bias of another neuron"
    );
    let [min, max] = profiles.value_range().unwrap();
    assert!(min == 0.0 && (max - 3.21).abs() < 1e-12);
    profiles.update(&document, &forward_pass, second, Quantity::Output, &[]);
    assert_eq!(profiles.value_range(), None);
}
