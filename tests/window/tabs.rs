//! Panes that share a tab bar, and layouts written by older versions.

use neurodial::app::StoragePaths;

use crate::support::{TestWindow, preset};

/// Preferences as they were written before the panes Code, Description and Output map existed.
const OLD_PREFERENCES: &str = r#"{
  "dark": false, "scale": 100, "decimals": 3, "recent": [],
  "layout": {
    "id": 7, "root": 7,
    "tiles": {
      "next_tile_id": 8,
      "tiles": {
        "1": { "Pane": "knobs" }, "2": { "Pane": "diagram" }, "3": { "Pane": "curves" },
        "4": { "Pane": "formula" }, "5": { "Pane": "cases" },
        "6": { "Container": { "Linear": {
          "children": [2, 3], "dir": "Vertical", "shares": { "shares": {} } } } },
        "7": { "Container": { "Linear": {
          "children": [1, 6, 4, 5], "dir": "Horizontal", "shares": { "shares": {} } } } }
      },
      "invisible": []
    },
    "height": null, "width": null
  }
}"#;

#[test]
fn an_older_layout_opens_and_receives_the_new_panes() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("preferences.json");
    std::fs::write(&file, OLD_PREFERENCES).unwrap();
    let storage = StoragePaths {
        preferences: Some(file),
        recovery: None,
    };
    let mut window = TestWindow::with_storage(preset("xor"), storage);
    window.settle();
    assert!(window.has_node("Close Saved inputs") && window.has_node("Close Curves"));
    assert!(!window.has_node("Close Code") && !window.has_node("Close Output map"));
    for (pane, covered) in [
        ("Code", "Saved inputs"),
        ("Description", "Saved inputs"),
        ("Output map", "Curves"),
    ] {
        window.choose(&["View", pane]);
        assert!(window.has_node(&format!("Close {pane}")), "{pane}");
        assert!(
            !window.has_node(&format!("Close {covered}")),
            "{covered} under {pane}"
        );
    }
    window.choose(&["View", "Saved inputs"]);
    assert!(window.has_node("Close Saved inputs") && !window.has_node("Close Description"));
    assert!(window.has_node("Close Knobs") && window.has_node("Close Formula"));
}

#[test]
fn a_hidden_tab_can_be_shown_again() {
    let mut window = TestWindow::with_preset("xor");
    for pane in ["Code", "Description", "Output map"] {
        window.choose(&[pane]);
        let close = format!("Close {pane}");
        assert!(window.has_node(&close));
        window.click(&close);
        assert!(!window.has_node(&close));
        window.choose(&["View", pane]);
        assert!(window.has_node(&close), "{pane} is shown again");
    }
}
