//! `neurodial train` and `neurodial gradients`: what they write, what they refuse, and how well networks learn by them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "support/command.rs"]
mod command;

use std::fs;
use std::path::Path;

use command::{names_in, neurodial_in, printed, refusal_in};
use serde_json::{Value, json};

/// Runs a command that may tell its progress on stderr; returns stdout and stderr.
fn told(folder: &Path, line: &str) -> (String, String) {
    let arguments: Vec<&str> = line.split_whitespace().collect();
    let output = neurodial_in(folder, &arguments);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let (stdout, stderr) = (text(output.stdout), text(output.stderr));
    assert!(output.status.success(), "{line}: {stderr}");
    (stdout, stderr)
}

fn new(folder: &Path, layers: &str, activations: &str, seed: u64) {
    told(
        folder,
        &format!("new --layers {layers} --activations {activations} --init xavier --seed {seed} -o n.json"),
    );
}

fn outputs(folder: &Path, document: &str, csv: &str) -> Vec<Vec<f64>> {
    let text = printed(folder, &["forward", document, "--csv", csv, "--json"]);
    let json: Value = serde_json::from_str(&text).unwrap();
    serde_json::from_value(json["a"].as_array().unwrap().last().unwrap().clone()).unwrap()
}

/// The log’s rows; cells that are empty are `None`.
fn log(folder: &Path) -> Vec<Vec<Option<f64>>> {
    let text = fs::read_to_string(folder.join("log.csv")).unwrap();
    let mut lines = text.lines();
    assert_eq!(
        lines.next(),
        Some("epoch,train_loss,test_loss,train_accuracy,test_accuracy")
    );
    let row = |line: &str| line.split(',').map(|cell| cell.parse().ok()).collect();
    lines.map(row).collect()
}

fn case(name: &str, index: usize) -> Value {
    let text = fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/oracle")
            .join(name),
    )
    .unwrap();
    serde_json::from_str::<Value>(&text).unwrap()[index].clone()
}

/// Writes a case of the oracle as a document and two CSV files.
fn write_case(folder: &Path, case: &Value) {
    let document = json!({"neurodial": 1, "layers": case["layers"]});
    fs::write(folder.join("n.json"), document.to_string()).unwrap();
    for (name, rows) in [("x.csv", &case["x"]), ("y.csv", &case["y"])] {
        let rows = rows.as_array().unwrap().iter();
        let lines = rows.map(|row| row.to_string().replace(['[', ']'], "") + "\n");
        fs::write(folder.join(name), lines.collect::<String>()).unwrap();
    }
}

fn assert_near(got: &Value, wanted: &Value, tolerance: f64) {
    match (got.as_array(), wanted.as_array()) {
        (Some(got), Some(wanted)) => {
            assert_eq!(got.len(), wanted.len());
            got.iter()
                .zip(wanted)
                .for_each(|(got, wanted)| assert_near(got, wanted, tolerance));
        }
        _ => {
            let (got, wanted) = (got.as_f64().unwrap(), wanted.as_f64().unwrap());
            assert!(
                (got - wanted).abs() <= tolerance * wanted.abs().max(1.0),
                "{got} {wanted}"
            );
        }
    }
}

#[test]
fn gradients_are_those_of_jax() {
    let folder = tempfile::tempdir().unwrap();
    for index in [2, 4, 10, 33, 64] {
        let case = case("gradients.json", index);
        write_case(folder.path(), &case);
        let [loss, l1, l2] = ["loss", "l1", "l2"].map(|name| case[name].to_string().replace('"', ""));
        let line = format!(
            "gradients n.json --inputs x.csv --targets y.csv --loss {loss} --l1 {l1} --l2 {l2} --json"
        );
        let (text, stderr) = told(folder.path(), &line);
        assert_eq!(stderr, "");
        let json: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(json.as_object().unwrap().len(), 3);
        for name in ["value", "weights", "biases"] {
            assert_near(&json[name], &case[name], 1e-10);
        }
        let words = told(folder.path(), line.trim_end_matches(" --json")).0;
        assert!(
            words.starts_with("value: ") && words.contains("\nw[1,1,1]: "),
            "{words}"
        );
    }
}

#[test]
fn training_on_two_files_goes_the_way_of_optax() {
    let folder = tempfile::tempdir().unwrap();
    for index in 0..6 {
        let case = case("optimizers.json", index);
        write_case(folder.path(), &case);
        let (name, rate) = (case["name"].as_str().unwrap(), &case["learning_rate"]);
        told(
            folder.path(),
            &format!(
                "train n.json --inputs x.csv --targets y.csv --loss categorical_cross_entropy --optimizer {name} \
                 --learning-rate {rate} --epochs 25 --batch all --log log.csv -o out.json"
            ),
        );
        let text = fs::read_to_string(folder.path().join("out.json")).unwrap();
        let json: Value = serde_json::from_str(&text).unwrap();
        for (layer, weights) in case["weights_after"].as_array().unwrap().iter().enumerate() {
            assert_near(&json["layers"][layer]["weights"], weights, 1e-9);
            assert_near(
                &json["layers"][layer]["biases"],
                &case["biases_after"][layer],
                1e-9,
            );
        }
        let log = log(folder.path());
        assert_eq!(log.len(), 26);
        for (row, loss) in log
            .iter()
            .zip(case["losses_before_each_step"].as_array().unwrap())
        {
            assert_near(&json!(row[1]), loss, 1e-9);
            assert!(row[2].is_none() && row[3].is_some() && row[4].is_none());
        }
    }
}

#[test]
fn the_flowers_are_learned_in_their_own_units() {
    let folder = tempfile::tempdir().unwrap();
    let iris =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/data/iris.csv")).unwrap();
    let rows = || iris.lines().skip(1).map(|line| line.rsplit_once(',').unwrap());
    let inputs: String = rows().map(|(inputs, _)| format!("{inputs}\n")).collect();
    fs::write(folder.path().join("x.csv"), inputs).unwrap();
    let species = ["setosa", "versicolor", "virginica"];
    let article =
        "--optimizer adam --learning-rate 0.05 --epochs 200 --batch 10 --loss categorical_cross_entropy";
    for (seed, options) in (1..=5).flat_map(|seed| [(seed, ""), (seed, article)]) {
        new(folder.path(), "4,3", "softmax", seed);
        let (_, stderr) = told(
            folder.path(),
            &format!("train n.json --data iris {options} --seed {seed} -o out.json"),
        );
        assert!(
            stderr.contains("classes: setosa, versicolor, virginica\n"),
            "{stderr}"
        );
        let outputs = outputs(folder.path(), "out.json", "x.csv");
        let is_right = |(row, (_, name)): &(&Vec<f64>, (&str, &str))| {
            let class = species.iter().position(|species| species == name).unwrap();
            row.iter().all(|&output| output <= row[class])
        };
        let right = outputs.iter().zip(rows()).filter(is_right).count();
        assert!(right >= 146, "seed {seed}, {options}: {right}");
    }
}

#[test]
fn the_spiral_is_learned_from_x_and_sin_x() {
    let folder = tempfile::tempdir().unwrap();
    let mut good = 0;
    for seed in 1..=5 {
        new(folder.path(), "4,8,8,1", "tanh", seed);
        told(
            folder.path(),
            &format!(
                "train n.json --data spiral --features sin(x1),sin(x2) --test 0.5 --seed {seed} --log log.csv -o out.json"
            ),
        );
        let log = log(folder.path());
        good += usize::from(log.last().unwrap()[2].unwrap() < 0.05);
    }
    assert!(good >= 4, "{good} of 5");
}

#[test]
#[ignore = "takes minutes; .ci/run runs it"]
fn the_digits_are_learned() {
    let folder = tempfile::tempdir().unwrap();
    let mut sum = 0.0;
    for seed in 1..=5 {
        told(
            folder.path(),
            &format!("new --layers 64,32,10 --activations relu,softmax --init he --seed {seed} -o n.json"),
        );
        let start = std::time::Instant::now();
        told(
            folder.path(),
            &format!("train n.json --data digits --test 0.2 --seed {seed} --log log.csv -o out.json"),
        );
        let accuracy = log(folder.path()).last().unwrap()[4].unwrap();
        println!("seed {seed}: {accuracy} in {:?}", start.elapsed());
        sum += accuracy;
    }
    assert!(sum / 5.0 >= 0.96, "{}", sum / 5.0);
}

#[test]
fn the_same_line_gives_the_same_bytes_and_these_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    new(folder.path(), "2,4,1", "tanh,sigmoid", 1);
    let line = "train n.json --data circle --samples 40 --noise 0.2 --seed 7 --epochs 5 --batch 7 --test 0.25 \
                --schedule cosine --l2 0.01 -o -";
    let (first, _) = told(folder.path(), line);
    assert_eq!(first, told(folder.path(), line).0);
    assert_ne!(
        first,
        told(folder.path(), &line.replace("--seed 7", "--seed 8")).0
    );
    let json: Value = serde_json::from_str(&first).unwrap();
    assert_eq!(
        json["layers"][1]["biases"][0].as_f64().unwrap().to_bits(),
        BIAS_BITS
    );
}

/// Renewed whenever a kernel rounds otherwise; last when a tanh came nearer to itself.
const BIAS_BITS: u64 = 4_580_096_497_994_368_125;

fn all_of(folder: &Path, name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(folder.join(name)).unwrap()).unwrap()
}

/// A document that was trained, but for what it was trained with.
fn without_lesson(folder: &Path, name: &str) -> Value {
    let mut json = all_of(folder, name);
    let fields = json.as_object_mut().unwrap();
    assert!(fields.remove("data").is_some() && fields.remove("training").is_some());
    json
}

#[test]
fn no_epoch_leaves_the_document_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    new(folder.path(), "4,3", "softmax", 3);
    told(folder.path(), "train n.json --data iris --epochs 0 -o out.json");
    assert_eq!(
        without_lesson(folder.path(), "out.json"),
        all_of(folder.path(), "n.json")
    );
}

#[test]
fn locked_knobs_stay_and_everything_else_of_the_document_too() {
    let folder = tempfile::tempdir().unwrap();
    let document = r#"{"neurodial": 1, "note": "mine", "inputs": [1.0, 2.0], "locked": ["w[1,1,2]", "b[1,1]"],
        "layers": [{"activation": "sigmoid", "weights": [[0.1, 0.2]], "biases": [0.3]}]}"#;
    fs::write(folder.path().join("n.json"), document).unwrap();
    told(
        folder.path(),
        "train n.json --data gaussians --scale standard -o out.json",
    );
    let text = fs::read_to_string(folder.path().join("out.json")).unwrap();
    let json: Value = serde_json::from_str(&text).unwrap();
    let layer = &json["layers"][0];
    assert_eq!(
        (&layer["weights"][0][1], &layer["biases"][0]),
        (&json!(0.2), &json!(0.3))
    );
    assert_ne!(layer["weights"][0][0], json!(0.1));
    assert_eq!(
        (&json["note"], &json["inputs"]),
        (&json!("mine"), &json!([1.0, 2.0]))
    );
}

#[test]
fn a_csv_file_is_learned_and_its_bad_rows_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let rows: String = (0..60)
        .map(|row| {
            format!(
                "{row},{},{}\n",
                1000 + row % 7,
                if row < 30 { "low" } else { "high" }
            )
        })
        .collect();
    let csv = |extra: &str| {
        fs::write(
            folder.path().join("d.csv"),
            format!("size,other,kind\n{extra}{rows}"),
        )
        .unwrap()
    };
    csv("");
    new(folder.path(), "2,1", "sigmoid", 1);
    let (_, stderr) = told(
        folder.path(),
        "train n.json --data d.csv --init xavier --log log.csv -o out.json",
    );
    assert!(stderr.contains("classes: high, low\n"), "{stderr}");
    assert_eq!(log(folder.path()).last().unwrap()[3], Some(1.0));
    fs::write(folder.path().join("x.csv"), "5,1003\n55,1003\n").unwrap();
    let outputs = outputs(folder.path(), "out.json", "x.csv");
    assert!(outputs[0][0] > 0.9 && outputs[1][0] < 0.1, "{outputs:?}");

    csv("1,,low\n1,2\n");
    fs::remove_file(folder.path().join("out.json")).unwrap();
    let line = "train n.json --data d.csv -o out.json";
    let sentence = refusal_in(folder.path(), &line.split(' ').collect::<Vec<_>>());
    assert!(
        sentence.contains("d.csv, line 2, column “other”: there is no number (there is another"),
        "{sentence}"
    );
    let (_, stderr) = told(folder.path(), &format!("{line} --skip-bad-rows --init xavier"));
    assert!(
        stderr.contains("d.csv: 2 rows left out\nline 2, ") && stderr.contains("\nline 3, "),
        "{stderr}"
    );
}

#[test]
fn a_rate_that_is_too_high_is_told_and_what_was_good_is_written() {
    let folder = tempfile::tempdir().unwrap();
    new(folder.path(), "1,4,1", "relu,linear", 1);
    let (_, stderr) = told(
        folder.path(),
        "train n.json --data parabola --optimizer sgd --learning-rate 1e9 --log log.csv -o out.json",
    );
    assert!(stderr.contains("went back to epoch 0"), "{stderr}");
    assert!(
        stderr.contains("note: the loss rose beyond all bounds"),
        "{stderr}"
    );
    assert_eq!(
        without_lesson(folder.path(), "out.json"),
        all_of(folder.path(), "n.json")
    );
}

#[cfg(unix)]
#[test]
fn ctrl_c_saves_what_there_is() {
    use std::process::{Command, Stdio};
    let folder = tempfile::tempdir().unwrap();
    new(folder.path(), "2,8,8,1", "tanh", 1);
    let child = Command::new(assert_cmd::cargo::cargo_bin!("neurodial"))
        .current_dir(folder.path())
        .args([
            "train", "n.json", "--data", "spiral", "--epochs", "1000000", "-o", "out.json",
        ])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(std::time::Duration::from_secs(2));
    let killed = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(killed.success());
    let output = child.wait_with_output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(
        output.status.success() && stderr.contains("stopped after epoch"),
        "{stderr}"
    );
    let read = |name| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_ne!(read("n.json"), read("out.json"));
    told(folder.path(), "show out.json");
}

#[test]
fn bad_requests_are_one_sentence_and_write_nothing() {
    let folder = tempfile::tempdir().unwrap();
    new(folder.path(), "2,1", "sigmoid", 1);
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("x.csv", "1,2\n3,4\n");
    write("y.csv", "1\n0\n");
    write("y3.csv", "1\n0\n1\n");
    write("words.csv", "a,b,kind\nu,v,x\nw,z,y\n");
    write("empty.csv", "");
    fs::create_dir(folder.path().join("folder")).unwrap();
    for (options, part) in [
        (
            "--data nothing",
            "there is no data set and no file named “nothing”; the data sets are iris, digits, circle",
        ),
        ("--data missing.csv", "there is no such file"),
        (
            "--data empty.csv",
            "empty.csv: a data set needs at least two columns",
        ),
        ("--data words.csv", "column “a” has no numbers in it"),
        ("--data words.csv --target age", "there is no column “age”"),
        (
            "--data iris",
            "the data has 4 inputs and the network has 2 inputs",
        ),
        ("--data xor --target kind", "--target is for data from a CSV file"),
        ("--data iris --noise 1", "--noise is for data that is made"),
        ("--data xor --samples 1", "2 to 1000000 samples"),
        ("--data xor --samples many", "“many” is not a whole number"),
        ("--data xor --noise -1", "noise is a number from 0"),
        ("--data xor --features x3^2", "x3^2 can’t be added"),
        ("--data xor --features cosine", "is no feature"),
        ("--data xor --features x1^2", "the data has 3 inputs"),
        ("--data xor --loss much", "there is no loss “much”"),
        ("--data xor --optimizer best", "there is no optimizer “best”"),
        (
            "--data xor --learning-rate 0",
            "the learning rate is a number above 0",
        ),
        ("--data xor --learning-rate nan", "“nan” is not a number"),
        ("--data xor --l1 -1", "l1 is a number from 0 on"),
        ("--data xor --schedule fast", "is no schedule"),
        ("--data xor --epochs -3", "“-3” is not a whole number"),
        ("--data xor --batch 0", "“0” is neither"),
        ("--data xor --seed -1", "a seed is a whole number"),
        ("--data xor --test 1", "--test is a part from 0 to below 1"),
        ("--data xor --test 0.0001", "leaves none"),
        ("--data xor --log out.json", "name the same file"),
        ("--data xor --log none/log.csv", "none/log.csv was not written"),
        ("--data xor -o folder", "folder was not written: it is a folder"),
        ("--data xor --inputs x.csv", "cannot be used with"),
        ("--inputs x.csv", "required"),
        (
            "--inputs x.csv --targets y3.csv",
            "x.csv has 2 rows and y3.csv has 3 rows",
        ),
        (
            "--inputs y.csv --targets y.csv",
            "it has 1 column and the network has 2 inputs",
        ),
        (
            "--inputs x.csv --targets x.csv",
            "it has 2 columns and the network has 1 output",
        ),
        ("", "required"),
    ] {
        let output = if options.contains("-o ") {
            ""
        } else {
            "-o out.json"
        };
        let line = format!("train n.json {options} {output}");
        let sentence = refusal_in(folder.path(), &line.split_whitespace().collect::<Vec<_>>());
        assert!(sentence.contains(part), "{line}: {sentence}");
    }
    new(folder.path(), "2,1", "tanh", 1);
    for (line, part) in [
        (
            "train n.json --data xor --loss binary_cross_entropy -o out.json",
            "the last layer is tanh; give it sigmoid",
        ),
        (
            "gradients n.json --inputs x.csv --targets y.csv --loss binary_cross_entropy",
            "the last layer is tanh",
        ),
        (
            "gradients n.json --inputs x.csv --targets y3.csv --loss hinge",
            "3 rows",
        ),
        (
            "gradients n.json --inputs x.csv --targets y.csv --loss hinge --l2 -1",
            "--l2 is a number from 0 on",
        ),
        ("gradients n.json --inputs x.csv --targets y.csv", "required"),
    ] {
        let sentence = refusal_in(folder.path(), &line.split_whitespace().collect::<Vec<_>>());
        assert!(sentence.contains(part), "{line}: {sentence}");
    }
    assert!(!names_in(folder.path()).contains(&"out.json".to_owned()));
}
