//! The language of the window.

use neurodial::app::StoragePaths;
use neurodial_core::insight::description;
use neurodial_core::text::{Locale, Messages};

use crate::support::{TestWindow, preset};

/// Returns the description of the window's network in a language.
fn description_in(window: &TestWindow, locale: Locale) -> String {
    description::describe(&window.session(), &window.insight(), Messages::new(locale))
}

#[test]
fn another_language_is_shown_at_once_and_after_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let storage = StoragePaths {
        preferences: Some(folder.path().join("preferences.json")),
        recovery: None,
    };
    let mut window = TestWindow::with_storage(preset("article"), storage.clone());
    window.choose(&["View", "Description"]);
    assert_eq!(
        window.text_value(Messages::new(Locale::English).description_of_network()),
        description_in(&window, Locale::English)
    );
    window.choose(&["View", "Language", "简体中文"]);
    assert_eq!(
        window.text_value(Messages::new(Locale::SimplifiedChinese).description_of_network()),
        description_in(&window, Locale::SimplifiedChinese)
    );
    drop(window);
    let mut window = TestWindow::with_storage(preset("article"), storage);
    let chinese = Messages::new(Locale::SimplifiedChinese);
    window.choose(&["View", chinese.pane_description()]);
    assert_eq!(
        window.text_value(Messages::new(Locale::SimplifiedChinese).description_of_network()),
        description_in(&window, Locale::SimplifiedChinese)
    );
    window.choose(&["View", "语言", "English"]);
    assert_eq!(
        window.text_value(Messages::new(Locale::English).description_of_network()),
        description_in(&window, Locale::English)
    );
}
