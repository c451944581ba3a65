//! The values of neurons over two knobs or inputs, compared with forward passes.

use neurodial_core::insight::OutputGrid;
use neurodial_core::insight::output_grid::{GridAxis, MappedNeurons};
use neurodial_core::network::{Activation, Architecture, Network, NeuronAddress};
use neurodial_core::session::{Adjustable, Document, Quantity};
use proptest::prelude::*;

use crate::contour::contour_lines;
use crate::support::random_documents::moderate_document;
use crate::support::{
    adjustable, bits, is_near, knobs_and_inputs, neuron_value, neurons, preset, with_value,
};

proptest! {
    #[test]
    fn grids_agree_with_forward_passes(
        document in moderate_document(),
        x in 0_usize..99,
        y in 1_usize..99,
        maps_one_neuron in any::<bool>(),
    ) {
        let architecture = document.network.architecture();
        let forward_pass = document.network.forward(&document.inputs);
        let adjustables = knobs_and_inputs(architecture);
        let (x, y) = (x % adjustables.len(), y % adjustables.len());
        prop_assume!(x != y);
        let axes = [GridAxis::new(&document, adjustables[x]), GridAxis { target: adjustables[y], range: [-1.25, 2.0] }];
        let points = 5;
        let neurons = neurons(architecture);
        let mut grid = OutputGrid::default();
        for quantity in [Quantity::Output, Quantity::WeightedSum] {
            for &at in &neurons {
                let mapped = if maps_one_neuron { MappedNeurons::Neuron(at) } else { MappedNeurons::All };
                grid.run(&document, &forward_pass, axes, points, mapped, quantity);
                let values = grid.neuron_values(at).unwrap();
                prop_assert_eq!(values.len(), points * points);
                for (index, &found) in values.iter().enumerate() {
                    let (row, column) = (index / points, index % points);
                    let changed = with_value(&document, axes[0].target, axes[0].value_at(column as f64, points));
                    let changed = with_value(&changed, axes[1].target, axes[1].value_at(row as f64, points));
                    let expected = neuron_value(&changed, at, quantity);
                    prop_assert!(is_near(&changed, found, expected), "{at:?}: {found}, {expected}");
                }
                prop_assert_eq!(grid.neuron_values(NeuronAddress { layer: 9, neuron: 0 }), None);
                prop_assert_eq!(grid.neuron_values(NeuronAddress { neuron: 99, ..at }), None);
                if maps_one_neuron {
                    prop_assert!(neurons.iter().all(|&other| grid.neuron_values(other).is_some() == (other == at)));
                }
            }
        }
    }
}

#[test]
fn an_updated_grid_has_the_same_bits_as_a_new_one() {
    let mut architecture = Architecture::dense(
        3,
        &[
            (4, Activation::Tanh),
            (3, Activation::Sine),
            (2, Activation::Softmax),
            (1, Activation::Gelu),
        ],
    )
    .unwrap();
    architecture.set_activation(1, Some(2), Activation::Step).unwrap();
    let knobs = (0..architecture.knob_count())
        .map(|i| (i as f64 * 0.618).fract() * 2.0 - 1.0)
        .collect();
    let mut document = Document::new(Network::from_knobs(architecture, knobs).unwrap());
    document.inputs = vec![0.3, -0.7, 0.2];
    for addresses in [["x[1]", "x[3]"], ["x[2]", "w[2,1,2]"], ["b[1,2]", "w[3,1,1]"]] {
        let axes = addresses.map(|address| GridAxis::new(&document, adjustable(address)));
        for mapped in [
            MappedNeurons::All,
            MappedNeurons::Neuron(NeuronAddress { layer: 2, neuron: 1 }),
        ] {
            let run = |grid: &mut OutputGrid, document: &Document| {
                let forward_pass = document.network.forward(&document.inputs);
                grid.run(document, &forward_pass, axes, 21, mapped, Quantity::Output);
            };
            let mut updated = OutputGrid::default();
            run(&mut updated, &document);
            for address in [
                "w[1,2,1]", "b[1,4]", "w[2,3,2]", "w[2,1,2]", "b[3,2]", "w[4,1,1]", "w[1,1,3]",
            ] {
                let knob = adjustable(address);
                document = with_value(&document, knob, document.value(knob).unwrap() + 0.4);
                run(&mut updated, &document);
                let mut fresh = OutputGrid::default();
                run(&mut fresh, &document);
                for at in neurons(document.network.architecture()) {
                    assert_eq!(
                        updated.neuron_values(at).map(bits),
                        fresh.neuron_values(at).map(bits),
                        "{address} over {addresses:?}, {at:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn the_output_of_xor_is_a_band_between_two_straight_lines() {
    let document = preset("xor");
    let forward_pass = document.network.forward(&document.inputs);
    let axis = |input| GridAxis {
        target: Adjustable::Input(input),
        range: [-1.0, 2.0],
    };
    let mut grid = OutputGrid::default();
    let mut lines = |neuron, quantity, level| {
        let axes = [axis(0), axis(1)];
        grid.run(&document, &forward_pass, axes, 64, MappedNeurons::All, quantity);
        contour_lines(grid.neuron_values(neuron).unwrap(), 64, level)
    };
    let hidden = NeuronAddress { layer: 0, neuron: 0 };
    let output = NeuronAddress { layer: 1, neuron: 0 };
    assert_eq!(lines(output, Quantity::Output, 0.5).len(), 2);
    assert_eq!(lines(hidden, Quantity::Output, 0.5).len(), 1);
    // The weighted sum of a hidden neuron is 0 along the straight line x₁ + x₂ = 0.5.
    for [column, row] in lines(hidden, Quantity::WeightedSum, 0.0).concat() {
        let sum = axis(0).value_at(column, 64) + axis(1).value_at(row, 64);
        assert!((sum - 0.5).abs() < 1e-12);
    }
}
