//! The command `link`, and links as documents.

use crate::command::{error_of, neurodial_in, stdout_in, stdout_of};
use crate::support::printed_json;

#[test]
fn a_link_opens_as_the_same_document() {
    let link = stdout_of(&["link", "article"]);
    let link = link.trim_end();
    assert!(link.starts_with('#') && link.len() < 400, "{link}");
    let json = stdout_of(&["show", "article", "--json"]);
    assert_eq!(stdout_of(&["show", link, "--json"]), json);
    let address = stdout_of(&["link", "article", "--base", "https://example.org/play/"]);
    assert_eq!(address.trim_end(), format!("https://example.org/play/{link}"));
    assert_eq!(stdout_of(&["show", address.trim_end(), "--json"]), json);
}

#[test]
fn a_trained_network_with_data_and_settings_makes_a_short_link() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let layers = ["--layers", "2,8,8,1", "--activations", "tanh,tanh,sigmoid"];
    stdout_in(folder, &[&["new"], &layers[..], &["-o", "net.json"]].concat());
    let train = [
        "--data",
        "spiral",
        "--epochs",
        "3",
        "--optimizer",
        "adam",
        "--batch",
        "16",
    ];
    let arguments = [&["train", "net.json"], &train[..], &["-o", "trained.json"]].concat();
    assert!(neurodial_in(folder, &arguments).status.success());
    let link = stdout_in(folder, &["link", "trained.json"]);
    assert!(link.trim_end().len() < 2000, "{} characters", link.len());
    let shown = |document: &str| printed_json(folder, &["show", document, "--json"]);
    assert_eq!(shown(link.trim_end()), shown("trained.json"));
}

#[test]
fn a_damaged_link_is_refused() {
    let link = stdout_of(&["link", "article"]);
    let message = "the link is damaged or cut; copy all of it again";
    for damaged in [&link[..50], "#", "#x", &link.replace('1', "0")] {
        let error = error_of(&["show", damaged]);
        assert!(error.contains(message), "{damaged}: {error}");
    }
    assert!(error_of(&["show", "#2abc"]).contains("newer"));
    let error = error_of(&["link", "article", "--base", "https://example.org/#a"]);
    assert!(error.contains("has no #"), "{error}");
}
