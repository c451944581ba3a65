//! What a pin looks like in figures of knobs.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/pinned.rs"]
mod pinned;
#[path = "support/sheet.rs"]
mod sheet;

use egui::Rect;
use egui_figure::HeadlessContext;
use egui_figure::svg::TextMode;
use neurodial::figure_page::{FigurePanel, FigureSpec, Length};
use pinned::pinned;
use sheet::Sheet;

#[test]
fn what_has_been_added_since_a_pin_is_explained_and_clear_of_the_corner_of_its_cell() {
    let mut studio = HeadlessContext::new();
    for pane in ["desk", "heat-map", "knobs"] {
        for width in [79.0, 85.0, 170.0] {
            let plate = FigureSpec {
                panels: vec![FigurePanel::from_name(pane).unwrap()],
                width: Length::millimeters(width),
                snapshot: Some(0),
                ..FigureSpec::default()
            };
            let printed = plate.draw(&mut studio, &pinned()).unwrap();
            let sheet = Sheet::read(&printed.to_svg(TextMode::EmbeddedFonts).unwrap());
            let name = format!("{pane} {width} mm");
            let has = |text: &str| sheet.words.iter().any(|word| word.text.contains(text));
            if width >= 85.0 {
                assert!(
                    has("pinned as “before the turn”; 3 ") && has("by the small numbers"),
                    "{name}"
                );
            }
            let deltas = ["+2.310", "−1.740", "−3.250"];
            for delta in deltas {
                let word = sheet.words.iter().find(|word| word.text == delta);
                let Some(word) = word else {
                    panic!("{name} has no {delta}");
                };
                let is_corner =
                    |bounds: Rect| pane == "heat-map" && bounds.width().max(bounds.height()) < 9.0;
                let mut corners = sheet.shapes.iter().filter(|shape| is_corner(shape.bounds));
                assert!(
                    !corners.any(|corner| corner.bounds.expand(1.0).intersects(word.bounds)),
                    "{name}: {delta} lies on a corner"
                );
            }
        }
    }
}
