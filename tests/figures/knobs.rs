//! Every knob in figures of a network: its group, its value and its sign.

use std::collections::BTreeSet;

use egui_figure::HeadlessContext;
use neurodial::figure_page::FigureSpec;
use neurodial::panes::{EdgeLabels, Pane};
use neurodial::theme::ThemeMode;
use neurodial_core::formats::Preset;
use neurodial_core::text::format_fixed;

use crate::support::color_vision::{luminance, min_distance};
use crate::support::parsed_figure::{ElementGroup, ParsedFigure, color_of};

#[test]
fn every_knob_has_a_group_with_its_value() {
    let mut context = HeadlessContext::new();
    for preset in Preset::ALL {
        let document = preset.document().unwrap();
        for pane in [Pane::Diagram, Pane::Knobs] {
            for (labels, decimals) in [(EdgeLabels::None, 3), (EdgeLabels::All, 2)] {
                let mut spec = FigureSpec {
                    panels: vec![pane],
                    edge_labels: Some(labels),
                    ..FigureSpec::for_document(&document)
                };
                spec.view.decimals = decimals;
                let rendered = spec.draw(&mut context, &document).unwrap();
                let figure = ParsedFigure::from_rendered(&rendered);
                let elements = figure.elements();
                for knob in document.network.architecture().knobs() {
                    let value = format_fixed(document.value(knob.into()).unwrap(), decimals);
                    let address = knob.to_string();
                    let name = format!("{} {pane:?} {address} {value}", preset.name);
                    let groups = || elements.iter().filter(|element| element.address == address);
                    let has_title = |group: &ElementGroup| {
                        let title = group.title.as_deref().unwrap_or_default();
                        title.ends_with(&format!(": {value}"))
                    };
                    assert!(groups().any(has_title), "{name}");
                    let is_label_required = pane == Pane::Knobs || labels == EdgeLabels::All;
                    let has_label = groups().any(|group| group.text.contains(&value));
                    assert!(has_label || !is_label_required, "{name} has no label");
                }
            }
        }
    }
}

#[test]
fn the_sign_of_a_weight_is_visible_without_color_and_for_every_color_vision() {
    let mut context = HeadlessContext::new();
    for preset in Preset::ALL {
        let document = preset.document().unwrap();
        for mode in ThemeMode::ALL {
            let spec = FigureSpec {
                edge_labels: Some(EdgeLabels::None),
                mode,
                ..FigureSpec::for_document(&document)
            };
            let rendered = spec.draw(&mut context, &document).unwrap();
            let elements = ParsedFigure::from_rendered(&rendered).elements();
            let (mut positive_colors, mut negative_colors) = (BTreeSet::new(), BTreeSet::new());
            for weight in elements.iter().filter(|element| element.address.starts_with('w')) {
                let title = weight.title.as_ref().unwrap();
                let is_negative = title.contains('−');
                let (path, stroke) = weight.strokes.last().unwrap();
                let is_dashed = path.matches('M').count() > 4;
                assert_eq!(is_dashed, is_negative, "{} {mode:?} {title}: {path}", preset.name);
                let colors = if is_negative {
                    &mut negative_colors
                } else {
                    &mut positive_colors
                };
                colors.insert(stroke.clone());
            }
            for positive in &positive_colors {
                for negative in &negative_colors {
                    let (a, b) = (color_of(positive), color_of(negative));
                    let (distance, vision) = min_distance(a, b);
                    if mode == ThemeMode::Grayscale {
                        assert!([a, b].iter().all(|c| c.r() == c.g() && c.g() == c.b()));
                    } else {
                        assert!(
                            distance >= 30.0,
                            "{mode:?} {positive} {negative}: {distance:.1} with {vision}"
                        );
                        let difference = (luminance(a) - luminance(b)).abs();
                        assert!(
                            difference > 0.02,
                            "{mode:?} {positive} {negative}: {difference:.3}"
                        );
                    }
                }
            }
        }
    }
}
