//! Values derived from a session: the forward pass, the curves, their zeros and the formula.

use neurodial_core::formats::Preset;
use neurodial_core::insight::data_plot::PlotValue;
use neurodial_core::insight::output_grid::GridDetail;
use neurodial_core::insight::output_maps::OutputMapsRequest;
use neurodial_core::insight::{Curve, DataPlot, Insight, Sweep};
use neurodial_core::network::{
    Activation, Architecture, ArchitectureEdit, Initialization, Initializer, Knob, Network, NeuronAddress,
};
use neurodial_core::session::{
    Action, Adjustable, CurveAxes, CurveScope, DataSource, Document, Edit, HistoryCommand, Quantity, Session,
    TrainingConfig, ViewChange,
};

use crate::support::{
    apply_all, dense_session, knobs_and_inputs, neuron_value, open, preset, random_network, training_setup,
    with_same_axis, with_value,
};

fn preset_session(name: &str) -> Session {
    open(preset(name))
}

/// Opens a session and shows the curves from `from` to `to`.
fn insight_between(session: Session, from: f64, to: f64) -> Insight {
    let axes = CurveAxes {
        x: Some([from, to]),
        y: None,
    };
    Insight::new(&apply_all(session, &[ViewChange::SetAxes(axes).into()]))
}

/// Checks that x ascends within the axis and that every y has the bits of a plain forward pass.
fn assert_exact(session: &Session, sweep: &Sweep) {
    for curve in &sweep.curves {
        assert!(curve.points.is_sorted_by_key(|point| point[0]), "x ascends");
        for &[x, y] in &curve.points {
            assert!(sweep.x[0] <= x && x <= sweep.x[1]);
            let document = with_value(session.document(), sweep.swept, x);
            let expected = neuron_value(&document, curve.at, sweep.quantity);
            assert_eq!(
                y.to_bits(),
                expected.to_bits(),
                "{:?} at {x}: {y} is not {expected}",
                curve.at
            );
        }
    }
}

fn value_near(curve: &Curve, x: f64) -> f64 {
    let near = |point: &&[f64; 2]| (point[0] - x).abs();
    curve
        .points
        .iter()
        .min_by(|a, b| near(a).total_cmp(&near(b)))
        .unwrap()[1]
}

/// Returns the pairs of neighboring points whose values differ by more than `height`.
fn jumps(curve: &Curve, height: f64) -> Vec<[[f64; 2]; 2]> {
    let pairs = curve.points.windows(2).map(|pair| [pair[0], pair[1]]);
    pairs.filter(|[a, b]| (a[1] - b[1]).abs() > height).collect()
}

#[test]
fn the_second_neuron_of_the_article_crosses_zero_where_input_1_is_minus_1_42() {
    let insight = Insight::new(&preset_session("article"));
    let inside = &insight.sweep().crossings.inside;
    assert_eq!(inside.len(), 1);
    assert!((inside[0].x + 1.42).abs() < 1e-9, "{inside:?}");
    assert!(inside[0].is_rising);
    assert!((insight.sweep().curves[0].current[1] - 1.21).abs() < 1e-12);
    assert_eq!(insight.sweep().x, [-5.0, 5.0]);
}

#[test]
fn a_crossing_outside_of_the_axis_is_found_on_its_side() {
    let left = insight_between(preset_session("article"), 0.0, 5.0);
    let crossings = &left.sweep().crossings;
    assert!(crossings.inside.is_empty() && crossings.above.is_none());
    assert!((crossings.below.unwrap().x + 1.42).abs() < 1e-9);
    let right = insight_between(preset_session("article"), -5.0, -2.0);
    assert!((right.sweep().crossings.above.unwrap().x + 1.42).abs() < 1e-9);
    assert!(right.sweep().crossings.below.is_none());
}

#[test]
fn a_crossing_of_a_later_layer_is_found_inside_and_outside_of_the_axis() {
    // 2 tanh(x) − 1 is zero at atanh(0.5).
    let crossings = |from, to| {
        let layers = [(1, Activation::Tanh), (1, Activation::Linear)];
        let session = dense_session(&[0.0], &layers, &[1.0, 0.0, 2.0, -1.0]);
        insight_between(session, from, to).sweep().crossings.clone()
    };
    let root = 0.5_f64.atanh();
    let inside = crossings(-5.0, 5.0).inside;
    assert_eq!(inside.len(), 1);
    assert!((inside[0].x - root).abs() < 1e-15 && inside[0].is_rising);
    assert!((crossings(-3.0, 0.0).above.unwrap().x - root).abs() < 1e-14);
    assert!((crossings(0.6, 1.0).below.unwrap().x - root).abs() < 1e-14);
    assert_eq!(crossings(0.6, 1.0).above, None);
    let far = crossings(100.0, 101.0).below.unwrap();
    assert!((far.x - root).abs() < 1e-14, "{far:?}");
}

#[test]
fn falling_and_missing_crossings_are_distinguished() {
    let crossings = |weight, bias| {
        let session = dense_session(&[1.0], &[(1, Activation::Relu)], &[weight, bias]);
        Insight::new(&session).sweep().crossings.clone()
    };
    assert!(!crossings(-2.0, 1.0).inside[0].is_rising);
    assert_eq!(crossings(-2.0, 1.0).inside[0].x, 0.5);
    for (weight, bias) in [(0.0, 0.0), (0.0, 1.0), (0.0, -1.0), (1e-320, 1.0)] {
        assert_eq!(crossings(weight, bias), Default::default(), "{weight} {bias}");
    }
    let knob_of_another_neuron = ViewChange::Sweep(Knob::weight(0, 0, 0).into()).into();
    let session = apply_all(preset_session("article"), &[knob_of_another_neuron]);
    let insight = Insight::new(&session);
    assert_eq!(insight.sweep().crossings, Default::default());
}

#[test]
fn a_step_is_vertical_at_any_threshold() {
    for threshold in [0.3, 1.0 / 3.0, -4.999, 2.7e-5, 0.0] {
        let session = dense_session(&[1.0], &[(1, Activation::Step)], &[1.5, -1.5 * threshold]);
        let insight = Insight::new(&session);
        let curve = &insight.sweep().curves[0];
        let jumps = jumps(curve, 0.1);
        assert_eq!(jumps.len(), 1);
        let [[x0, y0], [x1, y1]] = jumps[0];
        assert_eq!([y0, y1], [0.0, 1.0]);
        assert!(x1 - x0 <= f64::max(x1.abs() * 3e-16, 1e-17), "{x0} {x1}");
        assert!((x0 - threshold).abs() < 1e-15);
    }
}

#[test]
fn a_step_of_a_later_layer_is_vertical() {
    let layers = [(1, Activation::Tanh), (1, Activation::Step)];
    let insight = Insight::new(&dense_session(&[0.0], &layers, &[1.0, 0.0, 2.0, -1.0]));
    let jumps = jumps(&insight.sweep().curves[0], 0.1);
    assert_eq!(jumps.len(), 1);
    let [[x0, _], [x1, _]] = jumps[0];
    assert!(x1 - x0 <= 3e-16 && (x0 - 0.5_f64.atanh()).abs() < 1e-15);
}

#[test]
fn a_kink_is_sharp() {
    let layers = [(1, Activation::Relu)];
    let insight = Insight::new(&dense_session(&[1.0], &layers, &[3.0, -1.0]));
    let curve = &insight.sweep().curves[0];
    for &[x, y] in &curve.points {
        assert!((y - f64::max(0.0, 3.0 * x - 1.0)).abs() < 1e-14);
    }
    let corner = curve.points.iter().rev().find(|point| point[1] == 0.0).unwrap();
    assert!((corner[0] - 1.0 / 3.0).abs() < 1e-15);
    // The kink of a later layer is approximated by bisection.
    let layers = [(1, Activation::Sigmoid), (1, Activation::Relu)];
    let session = dense_session(&[1.0], &layers, &[4.0, 0.0, 10.0, -7.0]);
    let insight = Insight::new(&session);
    let curve = &insight.sweep().curves[0];
    for pair in curve.points.windows(2) {
        let [[x0, y0], [x1, y1]] = [pair[0], pair[1]];
        let middle = x0 + 0.5 * (x1 - x0);
        let document = with_value(session.document(), Adjustable::Input(0), middle);
        let expected = neuron_value(&document, curve.at, Quantity::Output);
        assert!((expected - 0.5 * (y0 + y1)).abs() < 0.01, "at {middle}");
    }
}

#[test]
fn narrow_bumps_are_found() {
    let layers = [(2, Activation::Step), (1, Activation::Linear)];
    for (from, to) in [(0.3, 0.301), (0.3, 0.300_000_1), (-4.0, -3.999_999)] {
        let session = dense_session(&[1.0], &layers, &[1.0, 1.0, -from, -to, 1.0, -1.0, 0.0]);
        let insight = Insight::new(&session);
        let jumps = jumps(&insight.sweep().curves[0], 0.5);
        assert_eq!(jumps.len(), 2, "{from} to {to}");
        assert!((jumps[0][0][0] - from).abs() < 1e-12 && (jumps[1][0][0] - to).abs() < 1e-12);
    }
    let insight = Insight::new(&preset_session("bump"));
    let curve = &insight.sweep().curves[0];
    assert_eq!(jumps(curve, 0.5).len(), 2);
    assert_eq!(value_near(curve, 0.3), 0.0);
    assert_eq!(value_near(curve, 0.5), 1.0);
    assert_eq!(value_near(curve, 0.7), 1.0);
    assert_eq!(value_near(curve, 0.71), 0.0);
}

#[test]
fn every_point_has_the_same_bits_as_a_forward_pass_of_the_changed_network() {
    for preset in Preset::ALL {
        let opened = open(preset.document().unwrap());
        for swept in knobs_and_inputs(opened.architecture()) {
            for quantity in [Quantity::WeightedSum, Quantity::Output] {
                for scope in [CurveScope::Neuron, CurveScope::Layer, CurveScope::Network] {
                    let actions = [
                        ViewChange::Sweep(swept).into(),
                        ViewChange::SetQuantity(quantity).into(),
                        ViewChange::SetCurveScope(scope).into(),
                        ViewChange::Select(NeuronAddress { layer: 0, neuron: 0 }).into(),
                    ];
                    let session = apply_all(opened.clone(), &actions);
                    assert_exact(&session, Insight::new(&session).sweep());
                }
            }
        }
    }
}

#[test]
fn the_current_point_has_the_value_of_the_forward_pass_and_lies_on_the_curve() {
    for preset in Preset::ALL {
        let session = open(preset.document().unwrap());
        let insight = Insight::new(&session);
        let sweep = insight.sweep();
        assert_eq!(sweep.current, session.document().inputs[0]);
        for curve in &sweep.curves {
            assert_eq!(
                curve.current,
                [
                    sweep.current,
                    insight.forward_pass().a(curve.at.layer, curve.at.neuron)[0]
                ]
            );
            assert!(curve.points.contains(&curve.current), "{}", preset.name);
        }
    }
}

#[test]
fn each_curve_scope_shows_at_most_64_neurons_and_always_the_selected_one() {
    let architecture = Architecture::dense(2, &[(100, Activation::Tanh), (70, Activation::Tanh)]).unwrap();
    let mut session = open(Document::new(Network::zeros(architecture)));
    let mut curves = |selected: NeuronAddress, scope| -> Vec<NeuronAddress> {
        session.apply(ViewChange::Select(selected)).unwrap();
        session.apply(ViewChange::SetCurveScope(scope)).unwrap();
        Insight::new(&session)
            .sweep()
            .curves
            .iter()
            .map(|curve| curve.at)
            .collect()
    };
    let selected = NeuronAddress { layer: 0, neuron: 80 };
    assert_eq!(curves(selected, CurveScope::Neuron), [selected]);
    let layer = curves(selected, CurveScope::Layer);
    assert_eq!((layer.len(), layer[62].neuron, layer[63]), (64, 62, selected));
    let network = curves(selected, CurveScope::Network);
    assert_eq!(
        (network.len(), network[63]),
        (64, NeuronAddress { layer: 1, neuron: 63 })
    );
}

#[test]
fn the_formula_has_every_product_and_their_sum() {
    let insight = Insight::new(&preset_session("article"));
    let formula = insight.formula();
    assert_eq!(formula.at, NeuronAddress { layer: 0, neuron: 1 });
    let products: Vec<f64> = formula.terms.iter().map(|term| term.product).collect();
    assert_eq!(products, [0.5, -0.91 * 2.0, 0.26 * 3.0, -0.5 * 2.5]);
    assert_eq!(formula.terms[2].knob, Knob::weight(0, 1, 2));
    assert!((products.iter().sum::<f64>() + formula.bias - formula.z).abs() < 1e-14);
    assert_eq!(formula.output, insight.forward_pass().a(0, 1)[0]);
    assert!(formula.layer_z.is_empty());
    let softmax = Insight::new(&preset_session("softmax"));
    assert_eq!(softmax.formula().layer_z, softmax.forward_pass().layers()[0].z);
}

#[test]
fn updating_once_or_twice_gives_the_same_as_a_new_insight() {
    let layers = [
        (4, Activation::Tanh),
        (4, Activation::Tanh),
        (1, Activation::Tanh),
    ];
    let architecture = Architecture::dense(2, &layers).unwrap();
    let mut session = open(Document::new(Network::zeros(architecture)));
    let mut insight = Insight::new(&session);
    let knob = Knob::weight(1, 2, 1);
    let actions: [Action; 8] = [
        Edit::Set {
            target: knob.into(),
            value: 2.5,
        }
        .into(),
        ViewChange::Sweep(knob.into()).into(),
        ViewChange::SetCurveScope(CurveScope::Layer).into(),
        ViewChange::Select(NeuronAddress { layer: 1, neuron: 3 }).into(),
        Edit::EditArchitecture(ArchitectureEdit::RemoveLayer(2)).into(),
        Edit::SetSavedInputs(vec![vec![1.0, 2.0], vec![0.0, -1.0]]).into(),
        HistoryCommand::Undo.into(),
        Edit::Initialize(Initialization {
            initializer: Initializer::Normal,
            seed: 3,
            has_random_biases: true,
        })
        .into(),
    ];
    for action in actions {
        session.apply(action).unwrap();
        for _ in 0..2 {
            insight.update(&session);
            let new = Insight::new(&session);
            assert_eq!(insight.revision(), session.revision());
            assert_eq!(insight.forward_pass(), new.forward_pass());
            assert_eq!(*insight.sweep(), with_same_axis(new.sweep(), insight.sweep()));
            assert_eq!(insight.formula(), new.formula());
            assert_eq!(
                insight.saved_inputs_forward_pass(),
                new.saved_inputs_forward_pass()
            );
        }
    }
}

#[test]
fn saved_inputs_are_computed_in_their_order_and_at_most_1_000() {
    let insight = Insight::new(&preset_session("xor"));
    assert_eq!(insight.saved_inputs_forward_pass().sample_count(), 4);
    assert_eq!(insight.saved_inputs_forward_pass().a(1, 0), [0.0, 1.0, 1.0, 0.0]);
    assert_eq!(
        Insight::new(&preset_session("neuron"))
            .saved_inputs_forward_pass()
            .sample_count(),
        0
    );
    let rows = Edit::SetSavedInputs(vec![vec![1.0, 1.0]; 1_001]).into();
    let many = apply_all(preset_session("and"), &[rows]);
    assert_eq!(
        Insight::new(&many).saved_inputs_forward_pass().sample_count(),
        1_000
    );
}

/// Opens a random network with the data that it fits.
fn session_with_data(activation: Activation, dataset: &str) -> Session {
    let architecture = Architecture::dense(2, &[(5, Activation::Tanh), (1, activation)]).unwrap();
    let mut document = Document::new(random_network(architecture, Initializer::Normal, 4));
    let config = TrainingConfig::new(DataSource::from_name(dataset).unwrap());
    document.training_setup = Some(training_setup(config));
    open(document)
}

#[test]
fn an_output_has_one_color_scale_in_all_maps() {
    let request = OutputMapsRequest {
        detail: GridDetail::Fine,
        is_fitted_to_data: false,
    };
    for activation in [
        Activation::Linear,
        Activation::Sigmoid,
        Activation::Tanh,
        Activation::Relu,
    ] {
        for dataset in ["circle", "moons", "plane", "bumps"] {
            let session = session_with_data(activation, dataset);
            let insight = Insight::new(&session);
            let Some(DataPlot::Map(map)) = insight.data_plot(&session, false) else {
                panic!("{dataset} has two inputs");
            };
            let at = NeuronAddress { layer: 1, neuron: 0 };
            let small_maps = insight.small_maps(&session);
            assert_eq!(
                small_maps.map(at).unwrap().scale,
                map.scale,
                "{activation} {dataset}"
            );
            let output_maps = insight.output_maps(&session, request);
            let (_, output_map) = output_maps.maps().next().unwrap();
            assert_eq!(output_map.scale(), map.scale, "{activation} {dataset}");
            // The picture and the maps agree at the corners, which all of them have.
            let small_map = small_maps.map(at).unwrap();
            let corners = [(0, 0), (small_map.values.len() - 1, map.values.len() - 1)];
            for (small, large) in corners {
                let PlotValue::Scaled(position) = map.values[large] else {
                    panic!("a single output has a scale");
                };
                let position = position.clamp(-1.0, 1.0);
                assert!((map.scale.normalized(small_map.values[small]) - position).abs() < 1e-9);
            }
        }
    }
}

#[test]
fn the_axes_of_a_data_map_have_the_same_scale() {
    for dataset in ["circle", "xor", "gaussians", "spiral", "moons", "plane", "bumps"] {
        let session = session_with_data(Activation::Sigmoid, dataset);
        let insight = Insight::new(&session);
        let Some(DataPlot::Map(map)) = insight.data_plot(&session, false) else {
            panic!("{dataset} has two inputs");
        };
        let [width, height] = [map.x, map.y].map(|[from, to]| to - from);
        assert!(
            (width - height).abs() < 1e-9 * width,
            "{dataset}: {width} and {height}"
        );
        for point in &map.points {
            assert!(map.x[0] <= point.x && point.x <= map.x[1]);
            assert!(map.y[0] <= point.y && point.y <= map.y[1]);
        }
    }
}

#[test]
fn a_decision_boundary_is_smooth_and_lies_where_the_output_is_at_the_threshold() {
    for activation in [Activation::Sigmoid, Activation::Tanh, Activation::Step] {
        let session = session_with_data(activation, "circle");
        let insight = Insight::new(&session);
        let Some(DataPlot::Map(map)) = insight.data_plot(&session, false) else {
            panic!("circle has two inputs");
        };
        let last = (map.grid_size - 1) as f64;
        let network = &session.document().network;
        let mut points = 0;
        for line in &map.decision_boundaries {
            points += line.len();
            for &[column, row] in line {
                let x = map.x[0] + (map.x[1] - map.x[0]) * column / last;
                let y = map.y[0] + (map.y[1] - map.y[0]) * row / last;
                let z = network.forward(&[x, y]).z(1, 0)[0];
                assert!(z.abs() < 0.05, "{activation}: z is {z} at ({x}, {y})");
            }
            for corner in line.windows(3) {
                let direction = |from: [f64; 2], to: [f64; 2]| f64::atan2(to[1] - from[1], to[0] - from[0]);
                let is_short =
                    |from: [f64; 2], to: [f64; 2]| f64::hypot(to[0] - from[0], to[1] - from[1]) < 0.3;
                if is_short(corner[0], corner[1]) || is_short(corner[1], corner[2]) {
                    continue;
                }
                let turn = direction(corner[1], corner[2]) - direction(corner[0], corner[1]);
                let turn = f64::atan2(f64::sin(turn), f64::cos(turn)).abs();
                assert!(turn < 0.7, "{activation}: it turns by {turn} radians");
            }
        }
        assert!(points > 50, "{activation}: {points}");
    }
}
