//! The fuzz targets with seeded random changes of the kept inputs, without cargo-fuzz.
//!
//! `FUZZ_INPUTS` is the number of inputs of each target, `FUZZ_SECONDS` the longest time for it, `FUZZ_SEED` the seed;
//! `scripts/fuzz-test.sh` runs them for long. An input that fails is written to the folder `fuzz/seeds`, where it is tried
//! first from then on.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "../../fuzz/src/lib.rs"]
mod targets;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The longest input.
const MAX_LENGTH: usize = 1 << 16;
/// What often leads to errors, in texts and numbers.
const TOKENS: &[&[u8]] = &[
    b"0",
    b"-0",
    b"1e308",
    b"-1e308",
    b"1e-320",
    b"1e999",
    b"NaN",
    b"inf",
    b"9223372036854775808",
    b"18446744073709551616",
    b"0.1",
    b"1/3",
    b",",
    b";",
    b"\t",
    b"\n",
    b"\r\n",
    b"\"",
    b"\"\"",
    b"'",
    b"[",
    b"]",
    b"[[",
    b"{",
    b"}",
    b"(",
    b")",
    b"<",
    b">",
    b"</",
    b"/>",
    b"&",
    b"&#0;",
    b"&lt;",
    b"]]>",
    b"<!--",
    b"null",
    b"true",
    b"\\u0000",
    b"\\",
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xe2\x80\xae",
    b"endstream",
    b"endobj",
    b"stream",
    b"/FlateDecode",
    b"/Length 99999999",
    b"IDAT",
    b"iTXt",
    b"zTXt",
    b"tEXt",
    b"\x7f\xff\xff\xff",
    b"\x80\x00\x00\x00",
    b"x1",
    b"x1*x2",
    b"**",
    b"np.array",
    b"torch.tensor",
    b"=",
];

struct Rng(u64);

impl Rng {
    /// Returns a number from 0 to `limit` − 1; 0 if `limit` is 0.
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

/// Returns a kept input after some random changes.
fn mutated(seeds: &[Vec<u8>], rng: &mut Rng) -> Vec<u8> {
    let mut input = seeds[rng.below(seeds.len())].clone();
    for _ in 0..1 + rng.below(6) {
        let start = rng.below(input.len() + 1);
        let max_length = [4, 40, input.len() + 1][rng.below(3)];
        let length = rng.below(max_length);
        let end = (start + length).min(input.len());
        match rng.below(8) {
            0 => input.truncate(start),
            1 if start < input.len() => input[start] ^= 1 << rng.below(8),
            2 if start < input.len() => input[start] = rng.below(256) as u8,
            3 => drop(input.drain(start..end)),
            4 => {
                let copy = input[start..end].to_vec();
                let at = rng.below(input.len() + 1);
                input.splice(at..at, copy);
            }
            5 => {
                let other = &seeds[rng.below(seeds.len())];
                let from = rng.below(other.len() + 1);
                let to = (from + length).min(other.len());
                input.splice(start..start, other[from..to].iter().copied());
            }
            6 => {
                // A number becomes another one.
                let digits = input[start..].iter().position(u8::is_ascii_digit);
                if let Some(first) = digits.map(|offset| start + offset) {
                    let count = input[first..]
                        .iter()
                        .take_while(|byte| byte.is_ascii_digit())
                        .count();
                    let token = TOKENS[rng.below(11)];
                    input.splice(first..first + count, token.iter().copied());
                }
            }
            _ => {
                let token = TOKENS[rng.below(TOKENS.len())];
                let end = if rng.below(2) == 0 { start } else { end };
                input.splice(start..end, token.iter().copied());
            }
        }
        input.truncate(MAX_LENGTH);
    }
    input
}

fn folder_of(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/seeds")
        .join(name)
}

fn run(name: &str) {
    let number = |variable: &str, default: u64| {
        let text = std::env::var(variable).ok();
        text.map_or(default, |text| text.parse().unwrap())
    };
    let (_, read) = targets::TARGETS
        .iter()
        .find(|(target, _)| *target == name)
        .unwrap();
    let inputs = number("FUZZ_INPUTS", 10_000);
    let limit = Duration::from_secs(number("FUZZ_SECONDS", 10));
    let mut rng = Rng(number("FUZZ_SEED", 1));
    let mut files: Vec<PathBuf> = fs::read_dir(folder_of(name))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let seeds: Vec<Vec<u8>> = files.iter().map(|path| fs::read(path).unwrap()).collect();
    assert!(!seeds.is_empty());

    let start = Instant::now();
    let mut slowest = Duration::ZERO;
    let mut count = 0;
    while count < inputs && start.elapsed() < limit {
        let input = match usize::try_from(count).ok().and_then(|index| seeds.get(index)) {
            Some(seed) => seed.clone(),
            None => mutated(&seeds, &mut rng),
        };
        let begin = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| read(&input)));
        slowest = slowest.max(begin.elapsed());
        if outcome.is_err() {
            let path = folder_of(name).join(format!("failed-{:08x}", rng.0 >> 32));
            fs::write(&path, &input).unwrap();
            panic!("input {count} of {name} fails: {}", path.display());
        }
        count += 1;
    }
    println!(
        "{name}: {count} inputs in {:.1?}, the slowest {slowest:.1?}",
        start.elapsed()
    );
}

#[test]
fn documents() {
    run("document");
}

#[test]
fn svg_figures() {
    run("svg");
}

#[test]
fn png_figures() {
    run("png");
}

#[test]
fn pdf_figures() {
    run("pdf");
}

#[test]
fn tables() {
    run("table");
}

#[test]
fn spreadsheets() {
    run("spreadsheet");
}

#[test]
fn pasted_code() {
    run("pasted_code");
}

#[test]
fn typed_numbers() {
    run("typed_number");
}

#[test]
fn share_links() {
    run("link");
}

#[test]
fn lessons() {
    run("lesson");
}

#[test]
fn every_target_has_a_file_for_cargo_fuzz_and_inputs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    for (name, _) in targets::TARGETS {
        assert!(
            root.join("fuzz_targets").join(format!("{name}.rs")).exists(),
            "{name}"
        );
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
        assert!(fs::read_dir(folder_of(name)).unwrap().count() > 0, "{name}");
    }
}
