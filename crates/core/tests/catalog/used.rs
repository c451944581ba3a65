//! Every message is used.

use std::collections::BTreeSet;

use crate::source::Source;
use crate::{messages, sources};

#[test]
fn every_message_is_used() {
    let names: BTreeSet<String> = sources()
        .iter()
        .flat_map(|(_, code)| Source::read(code).names)
        .collect();
    let messages = messages("en");
    let is_referred_to = |key: &str| {
        messages
            .iter()
            .any(|(_, text)| text.contains(&format!("{{ {key} }}")))
    };
    let unused: Vec<&str> = messages
        .iter()
        .map(|(key, _)| key.as_str())
        .filter(|key| !names.contains(&key.replace(['-', '.'], "_")) && !is_referred_to(key))
        .collect();
    assert!(
        unused.is_empty(),
        "remove these messages from assets/locales, or use them: {unused:?}"
    );
}
