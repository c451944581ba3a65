//! Changes since a snapshot in figures of knobs.

use egui::Rect;
use egui_figure::HeadlessContext;
use neurodial::figure_page::{FigureSpec, Length};
use neurodial::panes::Pane;

use crate::support::documents::with_snapshot;
use crate::support::parsed_figure::ParsedFigure;

#[test]
fn changes_since_a_snapshot_are_explained_and_do_not_cover_the_corner_of_their_cell() {
    let mut context = HeadlessContext::new();
    for pane in ["desk", "heat-map", "knobs"] {
        for width in [79.0, 85.0, 170.0] {
            let document = with_snapshot();
            let mut spec = FigureSpec {
                panels: vec![Pane::from_name(pane).unwrap()],
                width: Length::millimeters(width),
                ..FigureSpec::for_document(&document)
            };
            spec.view.snapshot = Some(0);
            let figure = ParsedFigure::from_rendered(&spec.draw(&mut context, &document).unwrap());
            let name = format!("{pane} {width} mm");
            let has = |text: &str| figure.words.iter().any(|word| word.text.contains(text));
            if width >= 85.0 {
                assert!(
                    has("snapshot “before the turn”; 3 ") && has("by the small numbers"),
                    "{name}"
                );
            }
            for change in ["+2.310", "−1.740", "−3.250"] {
                let word = figure.words.iter().find(|word| word.text == change);
                let word = word.unwrap_or_else(|| panic!("{name} has no {change}"));
                let is_corner =
                    |bounds: Rect| pane == "heat-map" && bounds.width().max(bounds.height()) < 9.0;
                let mut corners = figure.shapes.iter().filter(|shape| is_corner(shape.bounds));
                assert!(
                    !corners.any(|corner| corner.bounds.expand(1.0).intersects(word.bounds)),
                    "{name}: {change} covers a corner"
                );
            }
        }
    }
}
