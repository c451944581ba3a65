//! The command `describe`.

use crate::command::{error_of, stdout_of};

#[test]
fn the_article_is_described() {
    let expected = "A dense neural network with 4 inputs. Layer 1 has 3 neurons (ReLU). \
        The inputs are 1.000, 2.000, 3.000, and 2.500. \
        The outputs are 4.800 for neuron 1, 1.210 for neuron 2, and 2.385 for neuron 3. \
        Neuron 2 is on: 0.500 − 1.820 + 0.780 − 1.250 + 3.000 = 1.210, which is its output. \
        Largest positive contribution: input 3, 0.780. Largest negative contribution: input 2, −1.820. \
        It would turn off if its bias b₂ fell below 1.790, or if input 2 rose above 3.330.\n";
    assert_eq!(stdout_of(&["describe", "article"]), expected);
    let hidden = stdout_of(&["describe", "article-quiet", "--decimals", "2"]);
    assert!(
        hidden.contains("Neuron 2 is off: 0.50 − 1.82 + 0.78 − 1.25 + 1.00 = −0.79, so its output is 0.00. "),
        "{hidden}"
    );
    assert!(
        hidden.contains("It would turn on if its bias b₂ rose above 1.79, or if input 2 fell below 1.13."),
        "{hidden}"
    );
}

#[test]
fn another_neuron_can_be_selected_and_wrong_options_are_refused() {
    let text = stdout_of(&["describe", "xor", "--select", "neuron[1,2]", "--decimals", "1"]);
    assert!(
        text.contains("“and” of layer 1 is off: 1.0 + 0.0 − 1.5 = −0.5, so its output is 0.0."),
        "{text}"
    );
    assert!(error_of(&["describe", "xor", "--select", "neuron[1,3]"]).contains("neuron 3 in layer 1"));
    assert!(error_of(&["describe", "xor", "--decimals", "13"]).contains("“13” is not a number of decimals"));
    assert!(error_of(&["describe", "xor", "--select", "second"]).contains("not a neuron"));
}

#[test]
fn the_description_has_the_language_that_is_asked_for() {
    let text = stdout_of(&["describe", "article", "--language", "zh-Hans"]);
    assert!(
        text.starts_with("这是一个全连接神经网络，有 4 个输入。"),
        "{text}"
    );
    assert_eq!(
        stdout_of(&["describe", "article", "--language", "en"]),
        stdout_of(&["describe", "article"])
    );
    let error = error_of(&["describe", "article", "--language", "fr"]);
    assert!(
        error.contains("'fr' for '--language <LANGUAGE>' [possible values: en, zh-Hans]"),
        "{error}"
    );
}
