//! The data and training settings that `train` writes into a document.

use std::fs;
use std::path::Path;

use neurodial_core::formats::data_files::OutsideFiles;
use neurodial_core::formats::{self, FormatRegistry};
use serde_json::{Value, json};

use crate::command::{error_in, neurodial_in, stdout_in};

/// Runs a command that must succeed.
fn run(folder: &Path, line: &str) {
    let arguments: Vec<&str> = line.split_whitespace().collect();
    let output = neurodial_in(folder, &arguments);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{line}: {stderr}");
}

#[test]
fn train_writes_its_data_and_settings_into_the_document() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    run(folder, "new --layers 4,4,1 --activations tanh,sigmoid -o n.json");
    run(
        folder,
        "train n.json --data circle --samples 80 --noise 0.1 --seed 3 --test 0.25 --features x1^2,sin(x2) \
         --l1 0.001 --optimizer momentum --learning-rate 0.05 --schedule cosine --batch all --epochs 7 -o a.json",
    );
    let text = fs::read_to_string(folder.join("a.json")).unwrap();
    let document: Value = serde_json::from_str(&text).unwrap();
    let data = json!({"set": "circle", "samples": 80, "noise": 0.1, "seed": 3, "test": 0.25,
        "features": ["x1^2", "sin(x2)"], "standardise": false});
    assert_eq!(document["data"], data);
    let training = json!({"l1": 0.001, "l2": 0.0, "optimizer": "momentum", "learning_rate": 0.05,
        "schedule": "cosine", "batch": "all", "epochs": 7});
    assert_eq!(document["training"], training);
    // The document has everything needed to train again, and options override it.
    run(folder, "train a.json -o again.json");
    run(
        folder,
        "train a.json --data circle --samples 80 --noise 0.1 --seed 3 --test 0.25 --features x1^2,sin(x2) -o same.json",
    );
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    assert_eq!(read("again.json"), read("same.json"));
    assert_ne!(read("again.json"), text);
    let shown = stdout_in(folder, &["show", "a.json"]);
    for part in [
        "circle: 4 inputs, 60 samples for training, 20 for testing",
        "noise 0.1, seed 3, inputs not standardized",
        "computed features x1^2, sin(x2)",
        "momentum, learning rate 0.05 (cosine), full batch, 7 epochs",
    ] {
        assert!(shown.contains(part), "{shown}");
    }
    let error = error_in(folder, &["train", "n.json", "-o", "b.json"]);
    assert!(error.contains("--data"), "{error}");
}

#[test]
fn the_path_of_a_table_is_relative_to_the_document_and_the_table_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::create_dir_all(folder.join("out/deep")).unwrap();
    fs::create_dir_all(folder.join("data")).unwrap();
    let csv = folder.join("data/größe.csv");
    fs::write(&csv, "a;b;kind\n1;2;no\n3;1;yes\n2;2;no\n4;0;yes\n").unwrap();
    run(folder, "new --layers 2,1 --activations sigmoid -o n.json");
    run(
        folder,
        "train n.json --data data/größe.csv --target kind --epochs 2 -o out/deep/o.json",
    );
    let path = folder.join("out/deep/o.json");
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains("\"file\": \"../../data/größe.csv\""), "{text}");
    let open_document = || {
        let session = FormatRegistry::default()
            .open_with(&path, &OutsideFiles::All)
            .unwrap();
        session.document().clone()
    };
    let open = || open_document().training_setup.unwrap();
    let setup = open();
    assert_eq!(setup.split().unwrap().train.sample_count(), 4);
    assert_eq!(setup.problem(), None);
    assert_eq!(stdout_in(folder, &["show", "out/deep/o.json", "--json"]), text);
    // In another folder the document has another relative path.
    let elsewhere = folder.join("data/o.json");
    formats::save(&open_document(), &elsewhere).unwrap();
    assert!(
        fs::read_to_string(&elsewhere)
            .unwrap()
            .contains("\"file\": \"größe.csv\"")
    );
    assert_eq!(
        formats::open(&elsewhere)
            .unwrap()
            .training_setup
            .unwrap()
            .problem(),
        None
    );

    fs::write(&csv, "a;b;kind\n1;2;no\n3;1;yes\n2;2;no\n").unwrap();
    let setup = open();
    assert!(
        setup.problem().unwrap().to_string().contains("has changed"),
        "{:?}",
        setup.problem()
    );
    assert_eq!(setup.split().unwrap().train.sample_count(), 3);
    fs::write(&csv, "a;b;kind\n1;2;no\n3;;yes\n").unwrap();
    assert!(
        open()
            .problem()
            .unwrap()
            .to_string()
            .contains("line 3, column “b”")
    );
    fs::remove_file(&csv).unwrap();
    let problem = open().problem().unwrap().to_string();
    assert!(problem.contains("größe.csv: there is no such file"), "{problem}");
    // The document opens nevertheless and keeps its settings.
    assert!(stdout_in(folder, &["show", "out/deep/o.json", "--allow-outside-data"]).contains("no such file"));
    assert_eq!(stdout_in(folder, &["show", "out/deep/o.json", "--json"]), text);
    stdout_in(folder, &["forward", "out/deep/o.json"]);
    let error = error_in(
        folder,
        &["train", "out/deep/o.json", "--allow-outside-data", "-o", "x.json"],
    );
    assert!(error.contains("no such file"), "{error}");
}

#[test]
fn files_of_inputs_and_targets_are_written_into_the_document() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("x.csv"), "1,2\n3,4\n").unwrap();
    fs::write(folder.join("y.csv"), "1\n0\n").unwrap();
    run(folder, "new --layers 2,1 --activations linear -o n.json");
    run(
        folder,
        "train n.json --inputs x.csv --targets y.csv --epochs 3 -o o.json",
    );
    let text = fs::read_to_string(folder.join("o.json")).unwrap();
    assert!(
        text.contains("\"inputs_file\": \"x.csv\", \"targets_file\": \"y.csv\""),
        "{text}"
    );
    let setup = formats::open(&folder.join("o.json"))
        .unwrap()
        .training_setup
        .unwrap();
    assert_eq!(setup.split().unwrap().train.inputs(), [1.0, 3.0, 2.0, 4.0]);
    run(folder, "train o.json -o p.json");
}

/// A document of a neuron with two inputs, with the data in this file.
fn document_with_data(file: &str) -> String {
    format!(
        r#"{{"neurodial": 1, "layers": [{{"activation": "linear", "weights": [[1, 2]], "biases": [0]}}], "data": {{"file": "{file}"}}}}"#
    )
}

#[test]
fn data_outside_of_the_folder_is_read_only_if_it_is_allowed() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().canonicalize().unwrap();
    let inner = folder.join("inner");
    fs::create_dir_all(inner.join("below")).unwrap();
    let table = "a,b,y\n1,2,3\n4,5,6\n7,8,9\n";
    for path in ["secret.csv", "inner/own.csv", "inner/below/own.csv"] {
        fs::write(folder.join(path), table).unwrap();
    }
    let absolute = folder.join("secret.csv");
    let mut outside = vec![
        "../secret.csv".to_owned(),
        "below/../../secret.csv".to_owned(),
        absolute.display().to_string(),
    ];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("../secret.csv", inner.join("link.csv")).unwrap();
        std::os::unix::fs::symlink("..", inner.join("up")).unwrap();
        outside.extend(["link.csv".to_owned(), "up/secret.csv".to_owned()]);
    }
    for file in outside {
        fs::write(inner.join("n.json"), document_with_data(&file)).unwrap();
        let output = neurodial_in(&inner, &["show", "n.json"]);
        let (stdout, stderr) = (
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
        );
        assert!(output.status.success(), "{file}: {stderr}");
        assert!(stderr.contains("--allow-outside-data"), "{file}: {stderr}");
        assert!(
            stdout.contains("outside of the document’s folder"),
            "{file}: {stdout}"
        );
        if !file.starts_with("link") && !file.starts_with("up") {
            assert!(
                stdout.contains(&absolute.display().to_string()),
                "{file}: {stdout}"
            );
        }
        let error = error_in(&inner, &["train", "n.json", "-o", "o.json"]);
        assert!(error.contains("--allow-outside-data"), "{file}: {error}");
        let shown = stdout_in(&inner, &["show", "n.json", "--allow-outside-data"]);
        assert!(shown.contains("2 samples for training"), "{file}: {shown}");
        run(&inner, "train n.json --allow-outside-data --epochs 1 -o o.json");
    }
    let own = inner.join("own.csv").display().to_string();
    for file in ["own.csv", "below/own.csv", "./below/../own.csv", &own] {
        fs::write(inner.join("n.json"), document_with_data(file)).unwrap();
        let output = neurodial_in(&inner, &["show", "n.json"]);
        assert!(output.stderr.is_empty(), "{file}: {output:?}");
        assert!(
            String::from_utf8_lossy(&output.stdout).contains("2 samples for training"),
            "{file}"
        );
    }
}

#[cfg(unix)]
#[test]
fn data_is_never_read_from_a_pipe_a_device_or_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let made = std::process::Command::new("mkfifo")
        .arg(folder.join("pipe"))
        .status();
    assert!(made.unwrap().success());
    fs::create_dir(folder.join("folder")).unwrap();
    for file in ["pipe", "folder", "/dev/zero", "/dev/stdin"] {
        fs::write(folder.join("n.json"), document_with_data(file)).unwrap();
        let arguments = ["show", "n.json", "--allow-outside-data"];
        let shown = stdout_in(folder, &arguments);
        assert!(shown.contains("is not a file but"), "{file}: {shown}");
        let error = error_in(
            folder,
            &["train", "n.json", "--allow-outside-data", "-o", "o.json"],
        );
        assert!(error.contains("is not a file but"), "{file}: {error}");
    }
}
