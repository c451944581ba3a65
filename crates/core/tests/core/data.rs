//! Data sets: generated, bundled, split, standardized and encoded.

use neurodial_core::data::{
    BundledDataset, ColumnSelection, ComputedFeature, Condition, Dataset, DatasetError, DatasetGenerator,
    GeneratorConfig, Scaling, table,
};
use neurodial_core::network::{Activation, LayerPlan};
use neurodial_core::training::{EncodedDataset, Loss};
use proptest::prelude::*;

use crate::support::datasets::{class_names, generated, labels, numbers};

#[test]
fn generated_data_has_the_requested_size_and_the_inputs_and_classes_of_its_generator() {
    for generator in DatasetGenerator::ALL {
        let data = generated(generator, 101, 0.1, 1);
        assert_eq!(data.sample_count(), 101, "{generator}");
        assert_eq!(data.feature_names().len(), generator.input_count(), "{generator}");
        assert!(data.inputs().iter().all(|x| x.abs() < 8.0), "{generator}");
        if generator.has_classes() {
            let ones = labels(&data).iter().sum::<usize>();
            assert_eq!((ones, class_names(&data)), (51, vec!["0", "1"]), "{generator}");
        }
        assert_eq!(generator.name().parse(), Ok(generator));
    }
}

#[test]
fn generated_data_follows_its_formula_exactly_without_noise() {
    let at = |data: &Dataset, sample| (data.input(0)[sample], data.input(1)[sample]);
    for generator in [
        DatasetGenerator::Circle,
        DatasetGenerator::Xor,
        DatasetGenerator::Moons,
        DatasetGenerator::Spiral,
    ] {
        let data = generated(generator, 200, 0.0, 7);
        for (sample, &label) in labels(&data).iter().enumerate() {
            let (x, y) = at(&data, sample);
            let radius = x.hypot(y);
            match generator {
                DatasetGenerator::Circle => assert_eq!(label == 1, radius < 3.0),
                DatasetGenerator::Xor => assert_eq!(label == 1, x * y < 0.0),
                DatasetGenerator::Moons => assert!(
                    ((x + 1.5 - 3.0 * label as f64).hypot(y + 0.75 - 1.5 * label as f64) - 3.0).abs() < 1e-12
                ),
                _ => assert!(radius <= 5.0 && (radius - 5.0 * (sample % 100) as f64 / 100.0).abs() < 1e-12),
            }
        }
    }
    type Formula = fn(f64) -> f64;
    let formulas: [(DatasetGenerator, Formula); 6] = [
        (DatasetGenerator::Line, |x| 0.5 * x + 1.0),
        (DatasetGenerator::Parabola, |x| 0.2 * x * x),
        (DatasetGenerator::Sine, f64::sin),
        (DatasetGenerator::Step, |x| f64::from(u8::from(x > 0.0))),
        (DatasetGenerator::Bump, |x| (-x * x).exp()),
        (DatasetGenerator::NoisySine, f64::sin),
    ];
    for (generator, formula) in formulas {
        let data = generated(generator, 400, 0.0, 7);
        let errors = data
            .input(0)
            .iter()
            .zip(numbers(&data))
            .map(|(&x, y)| y - formula(x));
        let std_dev = (errors.map(|error| error * error).sum::<f64>() / 400.0).sqrt();
        let expected = if generator == DatasetGenerator::NoisySine {
            0.2
        } else {
            0.0
        };
        assert!(
            (std_dev - expected).abs() < 0.05 * expected + 1e-12,
            "{generator}: {std_dev}"
        );
        assert_eq!((data.input(0)[0], data.input(0)[399]), (-5.0, 5.0));
    }
    let plane = generated(DatasetGenerator::Plane, 100, 0.0, 7);
    let bumps = generated(DatasetGenerator::Bumps, 2000, 0.0, 7);
    for sample in 0..100 {
        let (x, y) = at(&plane, sample);
        assert!((numbers(&plane)[sample] - (x + y) / 12.0).abs() < 1e-12);
    }
    for (sample, &value) in numbers(&bumps).iter().enumerate() {
        let (x, y) = at(&bumps, sample);
        let distance = (((x.abs() - 2.0).abs() - 2.0).hypot(y.abs() - 2.5)).min(10.0);
        assert!(
            (value.abs() - (1.0 - distance / 2.0).max(0.0)).abs() < 1e-12,
            "{x} {y} {value}"
        );
    }
}

#[test]
fn noise_shifts_the_same_points_by_its_standard_deviation() {
    let (clean, noisy) = (
        generated(DatasetGenerator::Circle, 5000, 0.0, 3),
        generated(DatasetGenerator::Circle, 5000, 0.5, 3),
    );
    let pairs = clean.inputs().iter().zip(noisy.inputs());
    let variance = pairs.map(|(a, b)| (a - b) * (a - b)).sum::<f64>() / 10_000.0;
    assert!((variance.sqrt() - 0.5).abs() < 0.02, "{variance}");
}

#[test]
fn the_points_of_a_seed_never_change() {
    let data = generated(DatasetGenerator::Gaussians, 4, 0.25, 42);
    assert_eq!(data, generated(DatasetGenerator::Gaussians, 4, 0.25, 42));
    assert_ne!(data, generated(DatasetGenerator::Gaussians, 4, 0.25, 43));
    let bits = data.inputs().iter().map(|x| x.to_bits());
    let digest = bits.fold(0_u64, |digest, bits| digest.rotate_left(7) ^ bits);
    assert_eq!(digest, 5_623_706_249_559_784_814);
}

#[test]
fn impossible_sample_counts_and_noise_are_refused() {
    for (samples, noise) in [
        (1, 0.0),
        (usize::MAX, 0.0),
        (10, -0.1),
        (10, f64::NAN),
        (10, f64::INFINITY),
    ] {
        let seed = 0;
        let config = GeneratorConfig { samples, noise, seed };
        assert!(
            DatasetGenerator::Xor.dataset(config).is_err(),
            "{samples} {noise}"
        );
    }
}

#[test]
fn the_bundled_data_sets_are_complete() {
    let iris = BundledDataset::Iris.dataset().unwrap();
    assert_eq!((iris.sample_count(), iris.feature_names().len()), (150, 4));
    assert_eq!(class_names(&iris), ["setosa", "versicolor", "virginica"]);
    assert_eq!(iris.feature_names()[2], "petal_length_cm");
    assert_eq!(
        (iris.input(0)[0], iris.input(3)[149], labels(&iris)[149]),
        (5.1, 1.8, 2)
    );
    let digits = BundledDataset::Digits.dataset().unwrap();
    assert_eq!((digits.sample_count(), digits.feature_names().len()), (1797, 64));
    assert_eq!(class_names(&digits).concat(), "0123456789");
    assert!(digits.inputs().iter().all(|pixel| (0.0..=16.0).contains(pixel)));
}

#[test]
fn a_split_has_every_sample_once_and_keeps_the_order() {
    let data = generated(DatasetGenerator::Line, 50, 0.0, 0);
    let (train, test) = data.split(0.2, 9).unwrap();
    assert_eq!((train.sample_count(), test.sample_count()), (40, 10));
    let mut all = [train.input(0), test.input(0)].concat();
    assert!(train.input(0).is_sorted() && test.input(0).is_sorted());
    all.sort_unstable_by(f64::total_cmp);
    assert_eq!(all, data.input(0));
    assert_ne!(data.split(0.2, 9), data.split(0.2, 10));
    for fraction in [0.001, 0.999, f64::NAN, -1.0] {
        assert!(
            matches!(data.split(fraction, 1), Err(DatasetError::Split { .. })),
            "{fraction}"
        );
    }
}

#[test]
fn features_are_parsed_and_computed_from_the_inputs() {
    let features: Vec<ComputedFeature> = ["x1^2", "x2²", "x1*x2", "sin(x1)", "sin x2"]
        .map(|text| text.parse().unwrap())
        .into();
    assert_eq!(features, ComputedFeature::FOR_TWO_INPUTS);
    let data = generated(DatasetGenerator::Xor, 10, 0.0, 0)
        .with_features(&features)
        .unwrap();
    assert_eq!(
        data.feature_names()[2..],
        ["x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)"]
    );
    let column = |input: usize| data.input(input)[4];
    let (a, b) = (column(0), column(1));
    assert_eq!([column(2), column(3), column(4)], [a * a, b * b, a * b]);
    assert!((column(5) - a.sin()).abs() < 1e-15 && (column(6) - b.sin()).abs() < 1e-15);
    assert!(
        generated(DatasetGenerator::Line, 10, 0.0, 0)
            .with_features(&[ComputedFeature::Sine(1)])
            .is_err()
    );
    for text in ["x0^2", "y1^2", "sin", "x1*", "", "cos(x1)"] {
        assert!(text.parse::<ComputedFeature>().is_err(), "{text}");
    }
}

#[test]
fn standardized_inputs_have_mean_0_and_standard_deviation_1_and_constant_ones_become_0() {
    let loaded = table::read("a,b,y\n1,7.1,0\n2,7.1,0\n6,7.1,1\n", &ColumnSelection::default()).unwrap();
    let scaling = Scaling::fit(&loaded.dataset).unwrap();
    assert_eq!(scaling.mean[0], 3.0);
    assert!((scaling.std_dev[0] - (14.0_f64 / 3.0).sqrt()).abs() < 1e-15);
    assert_eq!(scaling.std_dev[1], 1.0);
    let mut inputs = loaded.dataset.inputs().to_vec();
    scaling.transform(&mut inputs, 3);
    assert!(inputs[3..].iter().all(|x| x.abs() < 1e-12));
    let huge = table::read("a,y\n1e308,0\n-1e308,1\n", &ColumnSelection::default())
        .unwrap()
        .dataset;
    assert!(Scaling::fit(&huge).is_err());
}

#[test]
fn classes_are_encoded_for_the_output_layer_and_the_loss_function() {
    let two = generated(DatasetGenerator::Circle, 2, 0.0, 0);
    let targets = |data: &Dataset, width, activation, loss| {
        let plan = LayerPlan::new(width, activation);
        EncodedDataset::new(data, data.feature_names().len(), &plan, loss).map(|encoded| encoded.targets)
    };
    let binary = Loss::BinaryCrossEntropy;
    assert_eq!(targets(&two, 1, Activation::Sigmoid, binary), Ok(vec![0.0, 1.0]));
    assert_eq!(
        targets(&two, 1, Activation::Tanh, Loss::MeanSquaredError),
        Ok(vec![-1.0, 1.0])
    );
    assert_eq!(
        targets(&two, 1, Activation::Linear, Loss::Hinge),
        Ok(vec![-1.0, 1.0])
    );
    let softmax = targets(&two, 2, Activation::Softmax, Loss::CategoricalCrossEntropy);
    assert_eq!(softmax, Ok(vec![1.0, 0.0, 0.0, 1.0]));
    assert!(targets(&two, 3, Activation::Softmax, Loss::CategoricalCrossEntropy).is_err());
    let iris = BundledDataset::Iris.dataset().unwrap();
    assert!(targets(&iris, 1, Activation::Sigmoid, binary).is_err());
    assert!(EncodedDataset::new(&iris, 3, &LayerPlan::new(3, Activation::Softmax), binary).is_err());
}

proptest! {
    #[test]
    fn any_text_is_a_condition_or_refused_with_a_place(text in "[x12 ypie.+*/^()<>=,nsqrtlogandmi²π≥0-9-]{0,40}") {
        let config = GeneratorConfig { samples: 20, noise: 0.0, seed: 3 };
        match text.parse::<Condition>() {
            Ok(condition) => {
                if let Ok(data) = condition.dataset(config) {
                    prop_assert_eq!(data.sample_count(), 20);
                    prop_assert!(data.inputs().iter().all(|value| value.is_finite()));
                    let sum: usize = labels(&data).iter().sum();
                    prop_assert!(0 < sum && sum < 20);
                }
            }
            Err(error) => {
                prop_assert!(error.place.start <= error.place.end && error.place.end <= text.chars().count());
                prop_assert!(!error.to_string().is_empty());
            }
        }
    }

    #[test]
    fn a_comparison_of_sums_has_its_mathematical_meaning(a in -9.0_f64..9.0, b in -9.0_f64..9.0, x in -5.0_f64..5.0, y in -5.0_f64..5.0) {
        let text = format!("({a:.3})*x1 - x2/2 >= {b:.3} + min(x1, x2)^2");
        let [a, b] = [a, b].map(|value| format!("{value:.3}").parse::<f64>().unwrap());
        let expression = neurodial_core::data::expression::Expression::parse_condition(&text).unwrap();
        prop_assert_eq!(expression.holds(&[x, y]), Some(a * x - y / 2.0 >= b + libm::pow(x.min(y), 2.0)));
    }
}
