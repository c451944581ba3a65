//! The functions against values that another program computed, and every width against the plain one.

use fearless_simd::Simd;

use super::lanes::map;
use super::{Task, Width, error_function, exponential, functions, sine};
use crate::network::Activation;

/// Lines of a name, a place, and the value there in two parts; see `scripts/reference-values.py`.
const REFERENCE: &str = include_str!("../../../tests/reference/functions.csv");

/// A function by the name that it has in the reference.
struct Named<'a>(&'a str, &'a [f64], &'a mut [f64]);

impl Task for Named<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, simd: S) {
        let Self(name, x, y) = self;
        macro_rules! each {
            ($f:path) => {
                map(
                    simd,
                    x,
                    y,
                    #[inline(always)]
                    |x| $f(x),
                )
            };
        }
        match name {
            "exp" => each!(exponential::exp),
            "sin" => each!(sine::sin),
            "cos" => each!(sine::cos),
            "erf" => each!(error_function::erf),
            "erfc" => each!(error_function::erfc),
            _ => unreachable!("{name}"),
        }
    }
}

fn values_at(width: Width, name: &str, x: &[f64]) -> Vec<f64> {
    let mut y = vec![f64::NAN; x.len()];
    if let Ok(activation) = name.parse::<Activation>() {
        activation.of_each_at(width, x, &mut y);
    } else if let Some(name) = name.strip_suffix('\'') {
        let activation: Activation = name.parse().unwrap();
        let mut a = vec![0.0; x.len()];
        activation.of_each_at(width, x, &mut a);
        y.fill(1.0);
        width.run(functions::Derive {
            activation,
            z: x,
            a: &a,
            gradients: &mut y,
        });
    } else {
        width.run(Named(name, x, &mut y));
    }
    y
}

/// All names with their places, values and what those leave.
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

/// The distance between a number and its neighbour.
fn ulp(value: f64) -> f64 {
    let value = value.abs().max(f64::MIN_POSITIVE);
    f64::from_bits(value.to_bits() + 1) - value
}

fn same(left: f64, right: f64) -> bool {
    left.to_bits() == right.to_bits() || left.is_nan() && right.is_nan()
}

#[test]
fn functions_are_as_near_to_the_reference_as_is_promised() {
    let reference = reference();
    assert!(reference.len() >= 18 && reference.iter().all(|(_, rows)| rows.len() > 60));
    for (name, rows) in reference {
        let x: Vec<f64> = rows.iter().map(|row| row[0]).collect();
        for ([x, near, rest], found) in rows.iter().copied().zip(values_at(Width::best(), name, &x)) {
            let off = ((found - near) - rest).abs();
            let most = match name {
                "exp" | "tanh" | "erf" | "sin" | "cos" | "sine" => 2.0 * ulp(near),
                _ => f64::max(1e-12 * near.abs(), 1e-14),
            };
            assert!(off <= most, "{name}({x:?}) is {near:?}, not {found:?}");
        }
    }
}

#[test]
fn where_digits_could_get_lost_they_are_kept() {
    // Far closer than is promised: also where a value is almost 0.
    for (name, rows) in reference() {
        let x: Vec<f64> = rows.iter().map(|row| row[0]).collect();
        for ([x, near, rest], found) in rows.iter().copied().zip(values_at(Width::best(), name, &x)) {
            let is_far_out = matches!(name, "gelu" | "gelu'") && x < -5.0 || near.abs() < 1e-300;
            let cancels = matches!(name, "silu'" | "gelu'") && near.abs() < 0.1;
            if !is_far_out && !cancels {
                let off = ((found - near) - rest).abs();
                assert!(
                    off <= 1e-13 * near.abs(),
                    "{name}({x:?}) is {near:?}, not {found:?}"
                );
            }
        }
    }
}

/// Numbers at which something is different.
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
fn every_width_has_the_bits_of_the_plain_one() {
    let names: Vec<String> = Activation::ALL
        .iter()
        .flat_map(|activation| [activation.to_string(), format!("{activation}'")])
        .chain(["exp", "erf", "erfc", "sin", "cos"].map(str::to_owned))
        .collect();
    let places = |count: usize| -> Vec<f64> {
        (0..count)
            .map(|i| match i % 3 {
                0 => SPECIAL[(i / 3 + count) % SPECIAL.len()],
                _ => (i as f64 * 0.618_033_988_749 + count as f64 * 0.37).fract() * 50.0 - 25.0,
            })
            .collect()
    };
    for name in &names {
        for count in (1..=40).chain([1000]) {
            let x = places(count);
            let plain = values_at(Width::plain(), name, &x);
            for width in Width::all() {
                let found = values_at(width, name, &x);
                for ((&x, &plain), &found) in x.iter().zip(&plain).zip(&found) {
                    assert!(
                        same(found, plain),
                        "{name}({x:?}) is {found:?} with {width}, not {plain:?}"
                    );
                }
            }
            // One alone goes through the same lanes.
            let alone = values_at(Width::best(), name, &x[count - 1..]);
            assert!(
                same(alone[0], plain[count - 1]),
                "{name}({:?}) alone",
                x[count - 1]
            );
        }
    }
}

#[test]
fn special_values_are_what_they_should_be() {
    let one = |name: &str, x: f64| values_at(Width::best(), name, &[x])[0];
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
fn a_softmax_has_the_bits_of_the_plain_one_and_of_its_samples_alone() {
    for (neurons, samples) in [(1, 1), (3, 1), (10, 1), (3, 7), (10, 8), (5, 21)] {
        let z: Vec<f64> = (0..neurons * samples)
            .map(|i| (i as f64 * 0.618_033_988_749).fract() * 60.0 - 30.0)
            .collect();
        let run = |width: Width, z: &[f64], samples| {
            let mut a = vec![0.0; z.len()];
            width.run(functions::Softmax {
                z,
                samples,
                a: &mut a,
            });
            a
        };
        let plain = run(Width::plain(), &z, samples);
        for width in Width::all() {
            assert_eq!(run(width, &z, samples), plain, "{width}");
        }
        for sample in 0..samples {
            let column =
                |rows: &[f64]| -> Vec<f64> { rows.iter().skip(sample).step_by(samples).copied().collect() };
            assert_eq!(run(Width::best(), &column(&z), 1), column(&plain));
        }
    }
}
