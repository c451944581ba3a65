//! Tests of the functions against values computed by another program, and of every width against the plain
//! one.

use fearless_simd::Simd;

use super::dot_products::{DotProducts, dot_products};
use super::lanes::map;
use super::matrix_product::{MatrixProduct, StridedRows, StridedWeights};
use super::varied_sum::{ChangedOperand, UpdatedSum, VariedSum, VaryingOperand};
use super::{LANES, SimdWidth, Task, error_function, exponential, functions, sine};
use crate::network::activation::ActivationBackwardTask;
use crate::network::{Activation, Architecture, ForwardPass, Network};

/// Functions on which activation functions are based, for computing many values at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum ElementaryFunction {
    /// `exp(x)`, within 1 ulp.
    Exp,
    /// `erf(x)`, within 2 ulp.
    Erf,
    /// `1 − erf(x)`, with full precision where it is almost 0.
    Erfc,
    /// `sin(x)`, within 2 ulp for every number.
    Sine,
    /// `cos(x)`, within 2 ulp for every number.
    Cosine,
}

impl ElementaryFunction {
    /// Computes `y[i] = f(x[i])` at the given SIMD width.
    fn apply_each(self, width: SimdWidth, x: &[f64], y: &mut [f64]) {
        width.run(FunctionTask { function: self, x, y });
    }
}

struct FunctionTask<'a> {
    function: ElementaryFunction,
    x: &'a [f64],
    y: &'a mut [f64],
}

impl Task for FunctionTask<'_> {
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<S: Simd>(self, simd: S) {
        let Self { function, x, y } = self;
        match function {
            ElementaryFunction::Exp => map(simd, x, y, |x| exponential::exp(x)),
            ElementaryFunction::Erf => map(simd, x, y, |x| error_function::erf(x)),
            ElementaryFunction::Erfc => map(simd, x, y, |x| error_function::erfc(x)),
            ElementaryFunction::Sine => map(simd, x, y, |x| sine::sin(x)),
            ElementaryFunction::Cosine => map(simd, x, y, |x| sine::cos(x)),
        }
    }
}

/// Lines with the name of a function, an argument, and the value in two parts; see
/// `scripts/reference-values.py`.
const REFERENCE: &str = include_str!("../../../tests/core/reference/functions.csv");

/// Returns the values of a function, or of the derivative of an activation function (`tanh'`), at the given
/// width.
fn values_at(width: SimdWidth, name: &str, x: &[f64]) -> Vec<f64> {
    let mut y = vec![f64::NAN; x.len()];
    if let Ok(activation) = name.parse::<Activation>() {
        activation.apply_each_with_width(width, x, &mut y);
    } else if let Some(name) = name.strip_suffix('\'') {
        let activation: Activation = name.parse().unwrap();
        y.fill(1.0);
        width.run(ActivationBackwardTask {
            activation,
            z: x,
            gradients: &mut y,
        });
    } else {
        let function = match name {
            "exp" => ElementaryFunction::Exp,
            "erf" => ElementaryFunction::Erf,
            "erfc" => ElementaryFunction::Erfc,
            "sin" => ElementaryFunction::Sine,
            "cos" => ElementaryFunction::Cosine,
            _ => unreachable!("{name}"),
        };
        function.apply_each(width, x, &mut y);
    }
    y
}

/// Returns the names of the functions, each with rows of the argument, the value, and the rest of the value.
fn reference() -> Vec<(&'static str, Vec<[f64; 3]>)> {
    let mut by_name: Vec<(&str, Vec<[f64; 3]>)> = Vec::new();
    for line in REFERENCE.lines() {
        let fields: Vec<&str> = line.split(',').collect();
        let number = |index: usize| fields[index].parse::<f64>().unwrap();
        let row = [number(1), number(2), number(3)];
        match by_name.last_mut() {
            Some((name, rows)) if *name == fields[0] => rows.push(row),
            _ => by_name.push((fields[0], vec![row])),
        }
    }
    by_name
}

/// Returns the distance between a number and the next larger one.
fn ulp(value: f64) -> f64 {
    let value = value.abs().max(f64::MIN_POSITIVE);
    f64::from_bits(value.to_bits() + 1) - value
}

/// True if both numbers have the same bits, or both are NaN.
fn is_same_bits_or_nan(left: f64, right: f64) -> bool {
    left.to_bits() == right.to_bits() || left.is_nan() && right.is_nan()
}

#[test]
fn functions_are_within_their_documented_error() {
    let reference = reference();
    assert!(reference.len() >= 18 && reference.iter().all(|(_, rows)| rows.len() > 60));
    for (name, rows) in reference {
        let x: Vec<f64> = rows.iter().map(|row| row[0]).collect();
        for ([x, value, rest], found) in rows.iter().copied().zip(values_at(SimdWidth::best(), name, &x)) {
            let error = ((found - value) - rest).abs();
            let tolerance = match name {
                "exp" | "tanh" | "erf" | "sin" | "cos" | "sine" => 2.0 * ulp(value),
                _ => f64::max(1e-12 * value.abs(), 1e-14),
            };
            assert!(error <= tolerance, "{name}({x:?}) is {value:?}, not {found:?}");
        }
    }
}

#[test]
fn small_values_keep_their_digits() {
    // The tolerance is much smaller than the documented one, also where a value is almost 0.
    for (name, rows) in reference() {
        let x: Vec<f64> = rows.iter().map(|row| row[0]).collect();
        for ([x, value, rest], found) in rows.iter().copied().zip(values_at(SimdWidth::best(), name, &x)) {
            let is_far_out = matches!(name, "gelu" | "gelu'") && x < -5.0 || value.abs() < 1e-300;
            let cancels = matches!(name, "silu'" | "gelu'") && value.abs() < 0.1;
            if !is_far_out && !cancels {
                let error = ((found - value) - rest).abs();
                assert!(
                    error <= 1e-13 * value.abs(),
                    "{name}({x:?}) is {value:?}, not {found:?}"
                );
            }
        }
    }
}

/// Numbers at which functions behave in a special way.
const SPECIAL: [f64; 24] = [
    0.0,
    -0.0,
    5e-324,
    -5e-324,
    f64::MIN_POSITIVE,
    1e-200,
    -1e-17,
    0.875,
    -0.8749999999999999,
    0.99,
    1e6,
    -1000000.0000000001,
    20.0,
    -20.000000000000004,
    -708.5,
    -745.1332191019412,
    709.782712893384,
    710.0,
    1e300,
    -f64::MAX,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::NAN,
    -f64::NAN,
];

#[test]
fn every_width_gives_the_bits_of_the_plain_one() {
    let names: Vec<String> = Activation::ALL
        .iter()
        .flat_map(|activation| [activation.to_string(), format!("{activation}'")])
        .chain(["exp", "erf", "erfc", "sin", "cos"].map(str::to_owned))
        .collect();
    let arguments = |count: usize| -> Vec<f64> {
        (0..count)
            .map(|i| match i % 3 {
                0 => SPECIAL[(i / 3 + count) % SPECIAL.len()],
                _ => (i as f64 * 0.618_033_988_749 + count as f64 * 0.37).fract() * 50.0 - 25.0,
            })
            .collect()
    };
    for name in &names {
        for count in (1..=40).chain([1000]) {
            let x = arguments(count);
            let plain = values_at(SimdWidth::plain(), name, &x);
            for width in SimdWidth::all() {
                let found = values_at(width, name, &x);
                for ((&x, &plain), &found) in x.iter().zip(&plain).zip(&found) {
                    assert!(
                        is_same_bits_or_nan(found, plain),
                        "{name}({x:?}) is {found:?} with {width}, not {plain:?}"
                    );
                }
            }
            // A single number goes through the same lanes.
            let alone = values_at(SimdWidth::best(), name, &x[count - 1..]);
            assert!(
                is_same_bits_or_nan(alone[0], plain[count - 1]),
                "{name}({:?}) alone",
                x[count - 1]
            );
        }
    }
}

#[test]
fn special_values_are_exact() {
    let one = |name: &str, x: f64| values_at(SimdWidth::best(), name, &[x])[0];
    let infinity = f64::INFINITY;
    for (name, x, y) in [
        ("exp", -infinity, 0.0),
        ("exp", infinity, infinity),
        ("exp", 0.0, 1.0),
        ("exp", -0.0, 1.0),
        ("exp", 709.782712893385, infinity),
        ("exp", -745.1332191019411, 5e-324),
        ("exp", -745.14, 0.0),
        ("tanh", 0.0, 0.0),
        ("tanh", -0.0, -0.0),
        ("tanh", 5e-324, 5e-324),
        ("tanh", infinity, 1.0),
        ("tanh", -infinity, -1.0),
        ("erf", -0.0, -0.0),
        ("erf", infinity, 1.0),
        ("erf", -infinity, -1.0),
        ("erfc", infinity, 0.0),
        ("erfc", -infinity, 2.0),
        ("sin", 0.0, 0.0),
        ("sin", -0.0, -0.0),
        ("cos", 0.0, 1.0),
        ("sigmoid", -infinity, 0.0),
        ("sigmoid", infinity, 1.0),
        ("sigmoid", 0.0, 0.5),
        ("softplus", -infinity, 0.0),
        ("softplus", infinity, infinity),
        ("relu", -0.0, 0.0),
        ("elu", -infinity, -1.0),
        ("elu", -0.0, -0.0),
        ("gelu", 0.0, 0.0),
    ] {
        assert_eq!(one(name, x).to_bits(), f64::to_bits(y), "{name}({x:?})");
    }
    for name in [
        "exp",
        "tanh",
        "erf",
        "erfc",
        "sin",
        "cos",
        "sigmoid",
        "softplus",
        "silu",
        "gelu",
        "elu",
        "relu",
        "leaky_relu",
    ] {
        assert!(one(name, f64::NAN).is_nan(), "{name} of what is no number");
    }
    assert!(one("sin", infinity).is_nan() && one("cos", -infinity).is_nan());
}

#[test]
fn softmax_gives_the_same_bits_at_every_width_and_for_single_samples() {
    for (neurons, samples) in [(1, 1), (3, 1), (10, 1), (3, 7), (10, 8), (5, 21)] {
        let z: Vec<f64> = (0..neurons * samples)
            .map(|i| (i as f64 * 0.618_033_988_749).fract() * 60.0 - 30.0)
            .collect();
        let run = |width: SimdWidth, z: &[f64], samples| {
            let mut a = vec![0.0; z.len()];
            width.run(functions::SoftmaxTask {
                z,
                samples,
                a: &mut a,
            });
            a
        };
        let plain = run(SimdWidth::plain(), &z, samples);
        for width in SimdWidth::all() {
            assert_eq!(run(width, &z, samples), plain, "{width}");
        }
        for sample in 0..samples {
            let column =
                |rows: &[f64]| -> Vec<f64> { rows.iter().skip(sample).step_by(samples).copied().collect() };
            assert_eq!(run(SimdWidth::best(), &column(&z), 1), column(&plain));
        }
    }
}

/// Returns numbers of both signs, some of them 0.
fn numbers(count: usize, seed: usize) -> Vec<f64> {
    let at = |i: usize| ((i + 7 * seed) as f64 * 0.618_033_988_749).fract() * 4.0 - 2.0;
    (0..count)
        .map(|i| if i % 11 == 5 { 0.0 } else { at(i) })
        .collect()
}

fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|value| value.to_bits()).collect()
}

/// The rows, terms and samples of products: tiles with and without remainders, and more terms than a block
/// has.
const SHAPES: [[usize; 3]; 14] = [
    [1, 1, 1],
    [3, 4, 1],
    [41, 9, 1],
    [9, 170, 1],
    [1, 3, 5],
    [2, 2, 16],
    [3, 5, 17],
    [8, 8, 24],
    [13, 7, 40],
    [15, 161, 25],
    [30, 330, 9],
    [4, 2, 100],
    [7, 32, 62],
    [3, 33, 16],
];

#[test]
fn a_sum_adds_its_terms_in_order_and_the_bias_last() {
    for [rows, terms, samples] in SHAPES {
        let (weights, inputs, bias) = (
            numbers(rows * terms, 1),
            numbers(terms * samples, 2),
            numbers(rows, 3),
        );
        let mut expected = Vec::new();
        for row in 0..rows {
            for sample in 0..samples {
                let products =
                    (0..terms).map(|term| (weights[row * terms + term], inputs[term * samples + sample]));
                expected.push(products.fold(0.0, |sum, (w, x)| libm::fma(w, x, sum)) + bias[row]);
            }
        }
        let transposed: Vec<f64> = (0..terms * rows)
            .map(|i| weights[i % rows * terms + i / rows])
            .collect();
        for (values, row_step, term_step) in [(&weights, terms, 1), (&transposed, 1, rows)] {
            for width in SimdWidth::all() {
                let mut into = vec![f64::NAN; rows * samples];
                width.run(MatrixProduct {
                    weights: StridedWeights {
                        values,
                        row_step,
                        term_step,
                    },
                    inputs: StridedRows {
                        values: &inputs,
                        stride: samples,
                    },
                    bias: Some(&bias),
                    rows,
                    terms,
                    samples,
                    into: &mut into,
                    into_stride: samples,
                });
                assert_eq!(
                    bits(&into),
                    bits(&expected),
                    "{rows} × {terms} × {samples} with {width}"
                );
            }
        }
    }
}

/// Returns `Σ weights · inputs + bias`, added in order.
fn sum(weights: &[f64], inputs: &[f64], bias: f64) -> f64 {
    let terms = weights.iter().zip(inputs);
    terms.fold(0.0, |sum, (&weight, &input)| libm::fma(weight, input, sum)) + bias
}

#[test]
fn a_varied_sum_has_the_bits_of_a_complete_sum() {
    for count in [1, 5, 19] {
        let (weights, inputs, row) = (numbers(count, 1), numbers(count, 2), numbers(37, 4));
        for index in [0, count / 2, count - 1] {
            let operands = [
                VaryingOperand::Weight(index),
                VaryingOperand::Input(index),
                VaryingOperand::Bias,
            ];
            for (width, varying) in SimdWidth::all()
                .into_iter()
                .flat_map(|width| operands.map(|op| (width, op)))
            {
                let mut into = vec![f64::NAN; row.len()];
                width.run(VariedSum {
                    weights: &weights,
                    inputs: &inputs,
                    bias: 0.3,
                    varying,
                    row: &row,
                    into: &mut into,
                });
                for (&value, &found) in row.iter().zip(&into) {
                    let (mut weights, mut inputs, mut bias) = (weights.clone(), inputs.clone(), 0.3);
                    match varying {
                        VaryingOperand::Weight(index) => weights[index] = value,
                        VaryingOperand::Input(index) => inputs[index] = value,
                        VaryingOperand::Bias => bias = value,
                    }
                    let expected = sum(&weights, &inputs, bias);
                    assert_eq!(found.to_bits(), expected.to_bits(), "{varying:?} with {width}");
                }
            }
        }
    }
}

#[test]
fn an_updated_sum_has_the_same_bits_at_every_width_and_adds_the_change() {
    let (old, weight) = (0.25, -1.5);
    let row = numbers(19, 1);
    for other in [vec![0.7], numbers(19, 2)] {
        for changed in [ChangedOperand::Input { weight }, ChangedOperand::Weight { old }] {
            for width in SimdWidth::all() {
                let (mut fresh, mut added) = (vec![f64::NAN; row.len()], vec![0.3; row.len()]);
                for (base, into) in [(Some(0.3), &mut fresh), (None, &mut added)] {
                    width.run(UpdatedSum {
                        changed,
                        row: &row,
                        other: &other,
                        base,
                        into,
                    });
                }
                assert_eq!(bits(&fresh), bits(&added), "{changed:?} with {width}");
                for (column, (&value, &found)) in row.iter().zip(&fresh).enumerate() {
                    let other = other[column % other.len()];
                    let expected = match changed {
                        ChangedOperand::Input { weight } => 0.3 + weight * (value - other),
                        ChangedOperand::Weight { old } => 0.3 + (value - old) * other,
                    };
                    assert_eq!(found.to_bits(), expected.to_bits(), "{changed:?} with {width}");
                }
            }
        }
    }
}

struct DotProductsTask<'a>(DotProducts<'a>);

impl Task for DotProductsTask<'_> {
    type Output = ();

    fn run<S: Simd>(self, simd: S) {
        dot_products(simd, self.0);
    }
}

#[test]
fn dot_products_are_summed_in_eight_lanes_and_then_by_halves() {
    let sum_of_lanes = |lanes: [f64; LANES]| {
        let four: Vec<f64> = (0..4).map(|i| lanes[i] + lanes[i + 4]).collect();
        (four[0] + four[2]) + (four[1] + four[3])
    };
    // All ways in which tiles can fill a matrix and leave a remainder.
    let small = (1..=9).flat_map(|rows| (1..=18).map(move |columns| [rows, columns]));
    let small =
        small.flat_map(|[rows, columns]| [2, 8, 16, 19, 24, 32, 40].map(|samples| [rows, columns, samples]));
    for [rows, columns, samples] in SHAPES.into_iter().chain(small) {
        let (left, right) = (numbers(rows * samples, 5), numbers(columns * samples, 6));
        let (mut expected, mut expected_sums) = (Vec::new(), Vec::new());
        for row in 0..rows {
            let left = &left[row * samples..][..samples];
            for column in 0..columns {
                let mut lanes = [0.0; LANES];
                for (i, (l, r)) in left.iter().zip(&right[column * samples..][..samples]).enumerate() {
                    lanes[i % LANES] = libm::fma(*l, *r, lanes[i % LANES]);
                }
                expected.push(sum_of_lanes(lanes));
            }
            let mut lanes = [0.0; LANES];
            left.iter().enumerate().for_each(|(i, l)| lanes[i % LANES] += l);
            expected_sums.push(sum_of_lanes(lanes));
        }
        for width in SimdWidth::all() {
            let mut into = vec![f64::NAN; rows * columns + rows];
            width.run(DotProductsTask(DotProducts {
                left: &left,
                right: &right,
                samples,
                rows,
                columns,
                into: &mut into,
            }));
            assert_eq!(
                bits(&into),
                bits(&[&expected[..], &expected_sums].concat()),
                "{rows} × {columns} × {samples} with {width}"
            );
        }
    }
}

/// Returns a network whose layers have different activations; the neurons of one layer have different ones
/// too.
fn varied_network() -> Network {
    let layers = [
        (35, Activation::Tanh),
        (18, Activation::Gelu),
        (9, Activation::Sine),
        (5, Activation::Softmax),
    ];
    let mut architecture = Architecture::dense(170, &layers).unwrap();
    for (neuron, activation) in Activation::ALL.into_iter().take(9).enumerate() {
        architecture.set_activation(2, Some(neuron), activation).unwrap();
    }
    let knobs = numbers(architecture.knob_count(), 8)
        .iter()
        .map(|knob| 0.3 * knob)
        .collect();
    Network::from_knobs(architecture, knobs).unwrap()
}

#[test]
fn a_batch_gives_the_bits_of_single_samples_at_every_width() {
    let network = varied_network();
    for samples in (1..=40).step_by(3) {
        let x = numbers(170 * samples, 9);
        let batch = network.forward_batch(&x, samples);
        let mut with_slopes = ForwardPass::with_slopes();
        with_slopes.run(&network, &x, samples);
        for (one, all) in with_slopes.layers().iter().zip(batch.layers()) {
            assert_eq!(bits(&one.z), bits(&all.z));
            assert_eq!(bits(&one.a), bits(&all.a));
        }
        for width in SimdWidth::all() {
            for expected in [&batch, &with_slopes] {
                let mut forward = expected.clone();
                forward.run_from_with_width(width, &network, 0);
                assert_eq!(&forward, expected, "{width}");
            }
        }
        for sample in [0, samples / 2, samples - 1] {
            let column: Vec<f64> = x.iter().skip(sample).step_by(samples).copied().collect();
            let alone = network.forward(&column);
            for (one, all) in alone.layers().iter().zip(batch.layers()) {
                let of = |rows: &[f64]| -> Vec<f64> {
                    rows.iter().skip(sample).step_by(samples).copied().collect()
                };
                assert_eq!(bits(&one.z), bits(&of(&all.z)));
                assert_eq!(bits(&one.a), bits(&of(&all.a)));
            }
        }
    }
}

#[test]
fn updating_after_a_knob_change_gives_the_bits_of_a_complete_pass() {
    let mut network = varied_network();
    let x = numbers(170 * 11, 9);
    let mut forward = network.forward_batch(&x, 11);
    for index in [0, 5_000, 6_010, 6_700, 6_800, 6_899] {
        let before = network.clone();
        let index = index % network.knobs().len();
        network.knobs_mut()[index] += 0.37;
        let mut previous = ForwardPass::default();
        previous.run(&before, &x, 11);
        forward.update(&before, &network);
        assert_eq!(forward, network.forward_batch(&x, 11), "knob {index}");
        assert_ne!(forward, previous, "knob {index} changes something");
    }
}
