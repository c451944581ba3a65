//! `neurodial train` and `neurodial gradients`: files, messages and errors, and how well networks learn.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::command::{error_in, names_in, neurodial_in};
use crate::support::{json_file, printed_json};

/// Runs a command line that must succeed, but may report progress on stderr; returns stdout and stderr.
fn run(folder: &Path, command_line: &str) -> (String, String) {
    let arguments: Vec<&str> = command_line.split_whitespace().collect();
    let output = neurodial_in(folder, &arguments);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let (stdout, stderr) = (text(output.stdout), text(output.stderr));
    assert!(output.status.success(), "{command_line}: {stderr}");
    (stdout, stderr)
}

/// Runs a command line that must fail and returns the error message.
fn run_with_error(folder: &Path, command_line: &str) -> String {
    error_in(folder, &command_line.split_whitespace().collect::<Vec<_>>())
}

/// Writes a network with random weights to `n.json`.
fn new(folder: &Path, layers: &str, activations: &str, seed: u64) {
    run(
        folder,
        &format!("new --layers {layers} --activations {activations} --init xavier --seed {seed} -o n.json"),
    );
}

/// Returns the network’s outputs for the rows of a CSV file, as `[sample][output]`.
fn outputs(folder: &Path, document: &str, csv: &str) -> Vec<Vec<f64>> {
    let json = printed_json(folder, &["forward", document, "--csv", csv, "--json"]);
    serde_json::from_value(json["a"].as_array().unwrap().last().unwrap().clone()).unwrap()
}

/// Returns the rows of `log.csv`; an empty cell is `None`.
fn read_log(folder: &Path) -> Vec<Vec<Option<f64>>> {
    let text = fs::read_to_string(folder.join("log.csv")).unwrap();
    let mut lines = text.lines();
    assert_eq!(
        lines.next(),
        Some("epoch,train_loss,test_loss,train_accuracy,test_accuracy")
    );
    let row = |line: &str| line.split(',').map(|cell| cell.parse().ok()).collect();
    lines.map(row).collect()
}

/// Returns a case with results that another library computed.
fn oracle_case(name: &str, index: usize) -> Value {
    json_file(&core_crate().join("tests/core/oracle"), name)[index].clone()
}

/// Returns the folder of the package neurodial-core.
fn core_crate() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/core")
}

/// Writes a case as a document and two CSV files.
fn write_case(folder: &Path, case: &Value) {
    let document = json!({"neurodial": 1, "layers": case["layers"]});
    fs::write(folder.join("n.json"), document.to_string()).unwrap();
    for (name, rows) in [("x.csv", &case["x"]), ("y.csv", &case["y"])] {
        let rows = rows.as_array().unwrap().iter();
        let lines = rows.map(|row| row.to_string().replace(['[', ']'], "") + "\n");
        fs::write(folder.join(name), lines.collect::<String>()).unwrap();
    }
}

/// Asserts that two numbers, or all numbers in two nested arrays, are equal within a relative tolerance.
fn assert_close(actual: &Value, expected: &Value, tolerance: f64) {
    match (actual.as_array(), expected.as_array()) {
        (Some(actual), Some(expected)) => {
            assert_eq!(actual.len(), expected.len());
            for (actual, expected) in actual.iter().zip(expected) {
                assert_close(actual, expected, tolerance);
            }
        }
        _ => {
            let (actual, expected) = (actual.as_f64().unwrap(), expected.as_f64().unwrap());
            assert!(
                (actual - expected).abs() <= tolerance * expected.abs().max(1.0),
                "{actual} {expected}"
            );
        }
    }
}

#[test]
fn gradients_equal_those_of_jax() {
    let folder = tempfile::tempdir().unwrap();
    for index in [2, 4, 10, 33, 64] {
        let case = oracle_case("gradients.json", index);
        write_case(folder.path(), &case);
        let [loss, l1, l2] = ["loss", "l1", "l2"].map(|name| case[name].to_string().replace('"', ""));
        let command_line = format!(
            "gradients n.json --inputs x.csv --targets y.csv --loss {loss} --l1 {l1} --l2 {l2} --json"
        );
        let (text, stderr) = run(folder.path(), &command_line);
        assert_eq!(stderr, "");
        let json: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(json.as_object().unwrap().len(), 3);
        for name in ["value", "weights", "biases"] {
            assert_close(&json[name], &case[name], 1e-10);
        }
        let (text, _) = run(folder.path(), command_line.trim_end_matches(" --json"));
        assert!(
            text.starts_with("loss: ") && text.contains("\nw[1,1,1]: "),
            "{text}"
        );
    }
}

#[test]
fn training_on_two_files_gives_the_knobs_of_optax() {
    let folder = tempfile::tempdir().unwrap();
    for index in 0..6 {
        let case = oracle_case("optimizers.json", index);
        write_case(folder.path(), &case);
        let (name, rate) = (case["name"].as_str().unwrap(), &case["learning_rate"]);
        run(
            folder.path(),
            &format!(
                "train n.json --inputs x.csv --targets y.csv --loss categorical_cross_entropy --optimizer {name} \
                 --learning-rate {rate} --epochs 25 --batch all --log log.csv -o out.json"
            ),
        );
        let json = json_file(folder.path(), "out.json");
        for (layer, weights) in case["weights_after"].as_array().unwrap().iter().enumerate() {
            assert_close(&json["layers"][layer]["weights"], weights, 1e-9);
            assert_close(
                &json["layers"][layer]["biases"],
                &case["biases_after"][layer],
                1e-9,
            );
        }
        let log = read_log(folder.path());
        assert_eq!(log.len(), 26);
        for (row, loss) in log
            .iter()
            .zip(case["losses_before_each_step"].as_array().unwrap())
        {
            assert_close(&json!(row[1]), loss, 1e-9);
            assert!(row[2].is_none() && row[3].is_some() && row[4].is_none());
        }
    }
}

#[test]
fn networks_learn_iris_and_classify_it_in_its_own_units() {
    let folder = tempfile::tempdir().unwrap();
    let iris = fs::read_to_string(core_crate().join("assets/data/iris.csv")).unwrap();
    let rows = || iris.lines().skip(1).map(|line| line.rsplit_once(',').unwrap());
    let inputs: String = rows().map(|(inputs, _)| format!("{inputs}\n")).collect();
    fs::write(folder.path().join("x.csv"), inputs).unwrap();
    let species = ["setosa", "versicolor", "virginica"];
    let article =
        "--optimizer adam --learning-rate 0.05 --epochs 200 --batch 10 --loss categorical_cross_entropy";
    for (seed, options) in (1..=5).flat_map(|seed| [(seed, ""), (seed, article)]) {
        new(folder.path(), "4,3", "softmax", seed);
        let (_, stderr) = run(
            folder.path(),
            &format!("train n.json --data iris {options} --seed {seed} -o out.json"),
        );
        assert!(
            stderr.contains("classes: setosa, versicolor, virginica\n"),
            "{stderr}"
        );
        let outputs = outputs(folder.path(), "out.json", "x.csv");
        let is_correct = |(row, (_, name)): &(&Vec<f64>, (&str, &str))| {
            let class = species.iter().position(|species| species == name).unwrap();
            row.iter().all(|&output| output <= row[class])
        };
        let correct = outputs.iter().zip(rows()).filter(is_correct).count();
        assert!(correct >= 146, "seed {seed}, {options}: {correct}");
    }
}

#[test]
fn most_networks_learn_the_spiral_from_x_and_sin_x() {
    let folder = tempfile::tempdir().unwrap();
    let mut learned = 0;
    for seed in 1..=5 {
        new(folder.path(), "4,8,8,1", "tanh", seed);
        run(
            folder.path(),
            &format!(
                "train n.json --data spiral --features sin(x1),sin(x2) --test 0.5 --seed {seed} --log log.csv -o out.json"
            ),
        );
        let log = read_log(folder.path());
        learned += usize::from(log.last().unwrap()[2].unwrap() < 0.05);
    }
    assert!(learned >= 4, "{learned} of 5");
}

#[test]
#[ignore = "takes minutes; .ci/run runs it"]
fn networks_learn_the_digits() {
    let folder = tempfile::tempdir().unwrap();
    let mut total = 0.0;
    for seed in 1..=5 {
        run(
            folder.path(),
            &format!("new --layers 64,32,10 --activations relu,softmax --init he --seed {seed} -o n.json"),
        );
        let start = std::time::Instant::now();
        run(
            folder.path(),
            &format!("train n.json --data digits --test 0.2 --seed {seed} --log log.csv -o out.json"),
        );
        let accuracy = read_log(folder.path()).last().unwrap()[4].unwrap();
        println!("seed {seed}: {accuracy} in {:?}", start.elapsed());
        total += accuracy;
    }
    assert!(total / 5.0 >= 0.96, "{}", total / 5.0);
}

#[test]
fn training_gives_the_same_bytes_every_time_and_on_every_machine() {
    let folder = tempfile::tempdir().unwrap();
    new(folder.path(), "2,4,1", "tanh,sigmoid", 1);
    let command_line = "train n.json --data circle --samples 40 --noise 0.2 --seed 7 --epochs 5 --batch 7 --test 0.25 \
                --schedule cosine --l2 0.01 -o -";
    let (first, _) = run(folder.path(), command_line);
    assert_eq!(first, run(folder.path(), command_line).0);
    let (other_seed, _) = run(folder.path(), &command_line.replace("--seed 7", "--seed 8"));
    assert_ne!(first, other_seed);
    let json: Value = serde_json::from_str(&first).unwrap();
    assert_eq!(
        json["layers"][1]["biases"][0].as_f64().unwrap().to_bits(),
        BIAS_BITS
    );
}

/// The trained bias; it changes only when the rounding of a function in the kernel changes.
const BIAS_BITS: u64 = 4_580_096_497_994_368_125;

/// Returns a trained document without its data and its training configuration.
fn without_training(folder: &Path, name: &str) -> Value {
    let mut json = json_file(folder, name);
    let fields = json.as_object_mut().unwrap();
    assert!(fields.remove("data").is_some() && fields.remove("training").is_some());
    json
}

#[test]
fn zero_epochs_leave_the_network_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    new(folder.path(), "4,3", "softmax", 3);
    run(folder.path(), "train n.json --data iris --epochs 0 -o out.json");
    assert_eq!(
        without_training(folder.path(), "out.json"),
        json_file(folder.path(), "n.json")
    );
}

#[test]
fn locked_knobs_and_the_rest_of_the_document_stay_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let document = r#"{"neurodial": 1, "note": "mine", "inputs": [1.0, 2.0], "locked": ["w[1,1,2]", "b[1,1]"],
        "layers": [{"activation": "sigmoid", "weights": [[0.1, 0.2]], "biases": [0.3]}]}"#;
    fs::write(folder.path().join("n.json"), document).unwrap();
    run(
        folder.path(),
        "train n.json --data gaussians --scale standard -o out.json",
    );
    let json = json_file(folder.path(), "out.json");
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
fn training_on_a_csv_file_reports_unreadable_rows() {
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
    let write_csv = |extra: &str| {
        fs::write(
            folder.path().join("d.csv"),
            format!("size,other,kind\n{extra}{rows}"),
        )
        .unwrap()
    };
    write_csv("");
    new(folder.path(), "2,1", "sigmoid", 1);
    let (_, stderr) = run(
        folder.path(),
        "train n.json --data d.csv --init xavier --log log.csv -o out.json",
    );
    assert!(stderr.contains("classes: high, low\n"), "{stderr}");
    assert_eq!(read_log(folder.path()).last().unwrap()[3], Some(1.0));
    fs::write(folder.path().join("x.csv"), "5,1003\n55,1003\n").unwrap();
    let outputs = outputs(folder.path(), "out.json", "x.csv");
    assert!(outputs[0][0] > 0.9 && outputs[1][0] < 0.1, "{outputs:?}");

    write_csv("1,,low\n1,2\n");
    fs::remove_file(folder.path().join("out.json")).unwrap();
    let command_line = "train n.json --data d.csv -o out.json";
    let error = run_with_error(folder.path(), command_line);
    assert!(
        error.contains("d.csv, line 2, column “other”: there is no number (1 more such row"),
        "{error}"
    );
    let (_, stderr) = run(
        folder.path(),
        &format!("{command_line} --skip-bad-rows --init xavier"),
    );
    assert!(
        stderr.contains("d.csv: 2 rows skipped\nline 2, ") && stderr.contains("\nline 3 has 2 columns"),
        "{stderr}"
    );
}

#[test]
fn diverging_training_is_reported_and_the_best_knobs_are_written() {
    let folder = tempfile::tempdir().unwrap();
    new(folder.path(), "1,4,1", "relu,linear", 1);
    let (_, stderr) = run(
        folder.path(),
        "train n.json --data parabola --optimizer sgd --learning-rate 1e9 --log log.csv -o out.json",
    );
    assert!(stderr.contains("restored epoch 0"), "{stderr}");
    assert!(stderr.contains("note: Training diverged"), "{stderr}");
    assert_eq!(
        without_training(folder.path(), "out.json"),
        json_file(folder.path(), "n.json")
    );
}

#[cfg(unix)]
#[test]
fn interrupted_training_writes_the_knobs_of_the_last_epoch() {
    use crate::support::interrupt_after;
    let folder = tempfile::tempdir().unwrap();
    new(folder.path(), "2,8,8,1", "tanh", 1);
    let arguments = [
        "train", "n.json", "--data", "spiral", "--epochs", "1000", "-o", "out.json",
    ];
    // The first progress is printed after epoch 100.
    let (status, stderr) = interrupt_after(folder.path(), &arguments, "epoch 100 ");
    assert!(
        status.success() && stderr.contains("stopped at epoch"),
        "{stderr}"
    );
    let read = |name| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_ne!(read("n.json"), read("out.json"));
    run(folder.path(), "show out.json");
}

#[test]
fn wrong_options_are_errors_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    new(folder.path(), "2,1", "sigmoid", 1);
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("x.csv", "1,2\n3,4\n");
    write("y.csv", "1\n0\n");
    write("y3.csv", "1\n0\n1\n");
    write("words.csv", "a,b,kind\nu,v,x\nw,z,y\n");
    write("empty.csv", "");
    fs::create_dir(folder.path().join("folder")).unwrap();
    fs::hard_link(folder.path().join("x.csv"), folder.path().join("hard.csv")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("x.csv", folder.path().join("soft.csv")).unwrap();
    #[cfg(not(unix))]
    fs::hard_link(folder.path().join("x.csv"), folder.path().join("soft.csv")).unwrap();
    for (options, words) in [
        (
            "--data nothing",
            "there is no dataset and no file named “nothing”; the datasets are iris, digits, circle",
        ),
        ("--data missing.csv", "there is no such file"),
        (
            "--data empty.csv",
            "empty.csv: a dataset needs at least two columns",
        ),
        ("--data words.csv", "column “a” contains no numbers"),
        ("--data words.csv --target age", "there is no column “age”"),
        (
            "--data iris",
            "the dataset has 4 inputs (sepal_length_cm, sepal_width_cm, petal_length_cm, and petal_width_cm), but the network has 2 inputs",
        ),
        ("--data xor --target kind", "--target is for tables"),
        ("--data iris --noise 1", "--noise is for generated data"),
        ("--data xor --samples 1", "2 to 1,000,000 samples"),
        ("--data xor --samples many", "“many” is not a number of samples"),
        ("--data xor --noise -1", "noise is a number from 0"),
        ("--data xor --features x3^2", "x3^2 needs more inputs"),
        ("--data xor --features cosine", "is not a valid computed feature"),
        ("--data xor --features x1^2", "the dataset has 3 inputs"),
        (
            "--data xor --loss much",
            "'much' for '--loss <NAME>' [possible values: mean_squared_error",
        ),
        (
            "--data xor --optimizer best",
            "'best' for '--optimizer <NAME>' [possible values: sgd",
        ),
        (
            "--data xor --learning-rate 0",
            "the learning rate is a number above 0",
        ),
        ("--data xor --learning-rate nan", "“nan” is not a number"),
        ("--data xor --l1 -1", "the L1 regularization is a number ≥ 0"),
        (
            "--data xor --schedule fast",
            "is not a valid learning-rate schedule",
        ),
        ("--data xor --epochs -3", "“-3” is not a number of epochs"),
        ("--data xor --batch 0", "“0” is not a batch size"),
        ("--data xor --seed -1", "“-1” is not a seed"),
        ("--data xor --test 1", "--test must be at least 0 and below 1"),
        (
            "--data xor --test 0.0001",
            "leaves the training set or the test set empty",
        ),
        ("--data xor --log out.json", "name the same file"),
        (
            "--data x.csv -o x.csv",
            "-o would overwrite x.csv, which is read by --data",
        ),
        (
            "--data x.csv -o hard.csv",
            "-o would overwrite hard.csv, which is read by --data",
        ),
        (
            "--data x.csv -o folder/../soft.csv",
            "-o would overwrite folder/../soft.csv, which is read by --data",
        ),
        ("--data xor --log ./out.json", "name the same file"),
        (
            "--data xor --log n.json",
            "--log would overwrite n.json, which is read by DOCUMENT",
        ),
        (
            "--data xor -o ./n.json",
            "-o would overwrite ./n.json, which is read by DOCUMENT",
        ),
        (
            "--inputs x.csv --targets y3.csv --log y3.csv",
            "--log would overwrite y3.csv, which is read by --targets",
        ),
        ("--data xor --log none/log.csv", "none/log.csv was not written"),
        ("--data xor -o folder", "folder was not written: this is a folder"),
        ("--data xor --inputs x.csv", "cannot be used with"),
        ("--inputs x.csv", "required"),
        (
            "--inputs x.csv --targets y3.csv",
            "x.csv has 2 rows and y3.csv has 3 rows",
        ),
        (
            "--inputs y.csv --targets y.csv",
            "there is 1 column (column 1), but the network needs 2",
        ),
        (
            "--inputs x.csv --targets x.csv",
            "2 columns (column 1 and column 2), but the network needs 1",
        ),
        ("", "the document has no dataset"),
    ] {
        let output = if options.contains("-o ") {
            ""
        } else {
            "-o out.json"
        };
        let command_line = format!("train n.json {options} {output}");
        let error = run_with_error(folder.path(), &command_line);
        assert!(error.contains(words), "{command_line}: {error}");
    }
    new(folder.path(), "2,1", "tanh", 1);
    for (command_line, words) in [
        (
            "train n.json --data xor --loss binary_cross_entropy -o out.json",
            "the activation of the output layer is tanh; use sigmoid there",
        ),
        (
            "gradients n.json --inputs x.csv --targets y.csv --loss binary_cross_entropy",
            "the activation of the output layer is tanh",
        ),
        (
            "gradients n.json --inputs x.csv --targets y3.csv --loss hinge",
            "3 rows",
        ),
        (
            "gradients n.json --inputs x.csv --targets y.csv --loss hinge --l2 -1",
            "--l2 must be a number ≥ 0",
        ),
        ("gradients n.json --inputs x.csv --targets y.csv", "required"),
    ] {
        let error = run_with_error(folder.path(), command_line);
        assert!(error.contains(words), "{command_line}: {error}");
    }
    assert!(!names_in(folder.path()).contains(&"out.json".to_owned()));
}

#[test]
fn training_stops_by_itself_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    new(folder, "2,3,1", "tanh,sigmoid", 1);
    let train = "train n.json --data moons --noise 0.3 --samples 60 --test 0.4 --learning-rate 0.1 --seed 1";
    run(
        folder,
        &format!("{train} --epochs 60 --log log.csv -o whole.json"),
    );
    let log = read_log(folder);
    let target = log[20][1].unwrap();
    let first = log.iter().skip(1).find(|row| row[1].unwrap() <= target).unwrap()[0].unwrap();
    let (_, stderr) = run(
        folder,
        &format!("{train} --epochs 60 --stop-at-loss {target} -o stopped.json"),
    );
    assert!(
        stderr.contains(&format!(
            "stopped at epoch {first} of 60, because the training loss has reached its target: loss"
        )),
        "{stderr}"
    );
    run(folder, &format!("{train} --epochs {first} -o short.json"));
    let layers = |name: &str| json_file(folder, name)["layers"].clone();
    assert_eq!(layers("stopped.json"), layers("short.json"));
    // The document keeps the setting, and so the window trains in the same way.
    assert_eq!(
        json_file(folder, "stopped.json")["training"]["stop_at_loss"],
        json!(target)
    );
    assert!(
        json_file(folder, "short.json")["training"]
            .get("stop_at_loss")
            .is_none()
    );
    let (_, stderr) = run(folder, "train stopped.json -o again.json");
    assert!(
        stderr.contains("the training loss has reached its target"),
        "{stderr}"
    );
    let (shown, _) = run(folder, "show stopped.json");
    assert!(shown.contains("\n  stops at loss "), "{shown}");
    for (options, reason) in [
        ("--stop-at-accuracy 0.5", "the accuracy has reached its target"),
        (
            "--patience 3 --epochs 2000",
            "the training loss has made no progress since epoch ",
        ),
        (
            "--test-patience 3 --epochs 2000",
            "the test loss has made no progress since epoch ",
        ),
    ] {
        let (_, stderr) = run(folder, &format!("{train} {options} -o stopped.json"));
        assert!(
            stderr.contains(&format!("because {reason}")),
            "{options}: {stderr}"
        );
    }
}

#[test]
fn stopping_criteria_that_cannot_be_met_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    new(folder, "2,3,1", "tanh,linear", 1);
    for (options, message) in [
        ("--data plane --stop-at-accuracy 0.9", "the data has no classes"),
        ("--data plane --test-patience 5", "there is no test set"),
        (
            "--data plane --stop-at-loss 0",
            "the target loss is a number above 0, not 0",
        ),
        (
            "--data moons --stop-at-accuracy 1.01",
            "above 0 and up to 1, not 1.01",
        ),
        ("--data moons --patience 0", "at least 1 epoch without progress"),
    ] {
        let error = run_with_error(folder, &format!("train n.json {options} -o out.json"));
        assert!(error.contains(message), "{options}: {error}");
        assert!(!folder.join("out.json").exists());
    }
}
