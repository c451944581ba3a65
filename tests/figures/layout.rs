//! Figures of every preset and of networks that are hard to lay out: nothing is cut off or covered, and every word can
//! be read.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::vec2;
use egui_figure::HeadlessContext;
use neurodial::article::ArticleFigure;
use neurodial::figure_page::{FigureSpec, Length};
use neurodial::panes::{EdgeLabels, Pane};
use neurodial::theme::ThemeMode;
use neurodial_core::formats::Preset;
use neurodial_core::network::{Activation, Architecture, Network, NeuronAddress};
use neurodial_core::session::{
    CurveScope, Document, Edit, Origin, SensitivityTarget, Session, TrainingConfig,
};
use neurodial_core::text::Messages;

use crate::support::documents::{
    filled, preset, random_knobs, training_config, training_run, with_data, with_snapshot,
};
use crate::support::layout_checks::{
    covered_words, id_and_title_problems, low_contrast_words, outside_of_page, overlaps, small_words,
};
use crate::support::parsed_figure::ParsedFigure;

/// A figure to draw and check.
struct Scene {
    /// The name in the messages of failed checks.
    name: String,
    document: Document,
    spec: FigureSpec,
}

/// Returns every pane of every preset with the width of a page and, if `has_narrow`, with the width of a column, and
/// diagrams with a selected neuron.
fn preset_scenes(has_narrow: bool) -> Vec<Scene> {
    let mut scenes = Vec::new();
    for preset in Preset::ALL {
        let document = filled(preset.document().unwrap());
        let mut add = |name: &str, spec: FigureSpec| {
            scenes.push(Scene {
                name: format!("{} {name}", preset.name),
                document: document.clone(),
                spec,
            });
        };
        let is_shown = |panel: &Pane| *panel != Pane::Compare && !panel.needs_data();
        for panel in Pane::ALL.into_iter().filter(is_shown) {
            let spec = FigureSpec {
                panels: vec![panel],
                ..FigureSpec::for_document(&document)
            };
            if has_narrow {
                let narrow = FigureSpec {
                    width: Length::millimeters(85.0),
                    ..spec.clone()
                };
                add(&format!("{} 85mm", panel.name()), narrow);
            }
            add(panel.name(), spec);
        }
        if has_narrow {
            let mut selected = FigureSpec {
                has_selection: true,
                ..FigureSpec::for_document(&document)
            };
            selected.view.selected = NeuronAddress { layer: 0, neuron: 0 };
            add("diagram selected", selected);
        }
    }
    scenes
}

/// Finds problems that no figure may have.
fn common_problems(figure: &ParsedFigure) -> Vec<String> {
    let mut problems = id_and_title_problems(figure);
    problems.extend(outside_of_page(figure));
    problems.extend(overlaps(&figure.words));
    problems.extend(small_words(figure));
    problems
}

fn assert_no_problems(problems: &[String]) {
    assert!(
        problems.is_empty(),
        "{} problems:\n{}",
        problems.len(),
        problems.join("\n")
    );
}

/// Checks figures of all presets in a color theme.
fn check_presets(mode: ThemeMode) {
    let mut context = HeadlessContext::new();
    let mut problems = Vec::new();
    for scene in preset_scenes(mode == ThemeMode::Print) {
        let spec = FigureSpec { mode, ..scene.spec };
        let found = match spec.draw(&mut context, &scene.document) {
            Ok(rendered) => {
                let figure = ParsedFigure::from_rendered(&rendered);
                let mut found = common_problems(&figure);
                found.extend(low_contrast_words(&figure));
                if mode == ThemeMode::Print {
                    // The order of painting is the same in all color themes.
                    found.extend(covered_words(&figure));
                }
                found
            }
            Err(e) => vec![e.to_string()],
        };
        problems.extend(
            found
                .into_iter()
                .map(|problem| format!("{}: {problem}", scene.name)),
        );
    }
    assert_no_problems(&problems);
}

#[test]
fn figures_of_presets_have_no_problems_in_print() {
    check_presets(ThemeMode::Print);
}

#[test]
fn figures_of_presets_have_no_problems_in_grayscale() {
    check_presets(ThemeMode::Grayscale);
}

#[test]
fn figures_of_presets_have_no_problems_in_the_light_theme() {
    check_presets(ThemeMode::Light);
}

#[test]
fn figures_of_presets_have_no_problems_in_the_dark_theme() {
    check_presets(ThemeMode::Dark);
}

/// Returns a network with tanh layers of the given widths after the inputs; `has_names` gives long names to the inputs
/// and to the neurons of the first layer.
fn network(widths: &[usize], has_names: bool) -> Document {
    let layers: Vec<(usize, Activation)> = widths[1..]
        .iter()
        .map(|&width| (width, Activation::Tanh))
        .collect();
    let architecture = Architecture::dense(widths[0], &layers).unwrap();
    let knobs = random_knobs(&architecture, 3);
    let mut session = Session::open(
        Document::new(Network::from_knobs(architecture, knobs).unwrap()),
        Origin::Untitled,
    );
    if has_names {
        for input in 0..widths[0] {
            let name = format!("average annual temperature no. {}", input + 1);
            session
                .apply(Edit::NameInput {
                    input,
                    name: Some(name),
                })
                .unwrap();
        }
        for neuron in 0..widths[1] {
            let at = NeuronAddress { layer: 0, neuron };
            let name = format!("detector of Mediterranean climate {}", neuron + 1);
            session.apply(Edit::NameNeuron { at, name: Some(name) }).unwrap();
        }
    }
    session.document().clone()
}

/// Returns a network that fits the data, together with the data.
fn on_data(source: &str) -> Document {
    with_data(TrainingConfig {
        epochs: 8,
        ..training_config(source)
    })
}

/// Returns figures that are hard to lay out: large and tiny networks, long names, few and many decimals.
fn hard_scenes() -> Vec<Scene> {
    let networks = [
        ("1-1", network(&[1, 1], false)),
        ("12-20-20-10", network(&[12, 20, 20, 10], false)),
        ("64-32-10", network(&[64, 32, 10], false)),
        ("3-2 with long names", network(&[3, 2], true)),
        ("article", preset("article")),
    ];
    let widths = [
        ("85mm", Length::millimeters(85.0)),
        ("170mm", Length::millimeters(170.0)),
        ("600px", Length::pixels(600.0)),
    ];
    let mut scenes = Vec::new();
    for (name, document) in networks {
        let document = filled(document);
        let is_drawn = |panel: &Pane| !panel.needs_data() && *panel != Pane::Compare;
        for panel in Pane::ALL.into_iter().filter(is_drawn) {
            for ((width_name, width), decimals) in widths.into_iter().zip([6, 0, 3]) {
                let mut spec = FigureSpec {
                    panels: vec![panel],
                    width,
                    ..FigureSpec::for_document(&document)
                };
                spec.view.decimals = decimals;
                scenes.push(Scene {
                    name: format!("{name} {} {width_name} decimals {decimals}", panel.name()),
                    document: document.clone(),
                    spec,
                });
            }
        }
    }
    for panel in Pane::ALL.into_iter().filter(|panel| !panel.needs_data()) {
        for (width_name, width) in widths {
            let document = with_snapshot();
            let mut spec = FigureSpec {
                panels: vec![panel],
                width,
                ..FigureSpec::for_document(&document)
            };
            spec.view.snapshot = Some(0);
            scenes.push(Scene {
                name: format!("snapshot {} {width_name}", panel.name()),
                document,
                spec,
            });
        }
    }
    for source in ["iris", "digits", "moons", "sine", "plane"] {
        let (document, run) = (on_data(source), Arc::new(training_run(true)));
        for panel in Pane::ALL
            .into_iter()
            .filter(|pane| pane.needs_data())
            .chain([Pane::Map])
        {
            for (width_name, width) in widths {
                let spec = FigureSpec {
                    panels: vec![panel],
                    width,
                    run: Some(Arc::clone(&run)),
                    ..FigureSpec::for_document(&document)
                };
                scenes.push(Scene {
                    name: format!("{source} {} {width_name}", panel.name()),
                    document: document.clone(),
                    spec,
                });
            }
        }
    }
    for (source, pane) in [
        ("moons", "knobs"),
        ("moons", "desk"),
        ("iris", "knobs"),
        ("iris", "desk"),
    ] {
        for (width_name, width) in widths {
            let document = on_data(source);
            let mut spec = FigureSpec {
                panels: vec![Pane::from_name(pane).unwrap()],
                width,
                ..FigureSpec::for_document(&document)
            };
            spec.view.sensitivity_target = SensitivityTarget::Loss;
            scenes.push(Scene {
                name: format!("{source} {pane} with loss profiles {width_name}"),
                document,
                spec,
            });
        }
    }
    scenes
}

/// Draws scenes and asserts that they have neither common problems nor those that `find_more` finds; the first few of
/// each scene are reported. An error while drawing is a problem unless `is_allowed_error` is true for its message.
fn check_scenes(
    scenes: Vec<Scene>,
    is_allowed_error: impl Fn(&Scene, &str) -> bool,
    find_more: impl Fn(&Scene, &ParsedFigure) -> Vec<String>,
) {
    const MAX_REPORTED: usize = 3;
    let mut context = HeadlessContext::new();
    let mut problems = Vec::new();
    for scene in scenes {
        let mut found = match scene.spec.draw(&mut context, &scene.document) {
            Ok(rendered) => {
                let figure = ParsedFigure::from_rendered(&rendered);
                let mut found = common_problems(&figure);
                found.extend(find_more(&scene, &figure));
                found
            }
            Err(e) if is_allowed_error(&scene, &e.to_string()) => continue,
            Err(e) => vec![e.to_string()],
        };
        let more = found.len().saturating_sub(MAX_REPORTED);
        found.truncate(MAX_REPORTED);
        if more > 0 {
            found.push(format!("and {more} more"));
        }
        problems.extend(
            found
                .into_iter()
                .map(|problem| format!("{}: {problem}", scene.name)),
        );
    }
    assert_no_problems(&problems);
}

#[test]
fn hard_figures_have_no_problems_or_are_too_small_or_too_long() {
    // Errors for words that would be too small, and for figures that would be too long.
    const ALLOWED_ERRORS: [&str; 4] = [
        "use at least",
        "more than a figure can hold",
        "a figure can be 1 to",
        "choose a dataset with classes first",
    ];
    check_scenes(
        hard_scenes(),
        |_, error| ALLOWED_ERRORS.iter().any(|allowed| error.contains(allowed)),
        |_, figure| low_contrast_words(figure),
    );
}

/// Returns panes side by side, with the widths of columns and pages.
fn scenes_side_by_side() -> Vec<Scene> {
    let panes = [
        "diagram",
        "diagram,curves",
        "diagram,curves,formula",
        "curves,map",
        "knobs,diagram",
        "desk,heat-map",
        "cases,description,family",
        "code,diagram",
    ];
    let widths = [85.0, 100.0, 170.0];
    let labels = [None, Some(EdgeLabels::All), Some(EdgeLabels::Selected)];
    let mut scenes = Vec::new();
    for preset in Preset::ALL {
        let document = filled(preset.document().unwrap());
        for panes in panes {
            let shows_labels = panes.contains("diagram");
            for &labels in labels.iter().take(if shows_labels { 3 } else { 1 }) {
                for width in widths {
                    for height in [None, Some(110.0)] {
                        let is_diagram = panes == "diagram" || panes == "diagram,curves";
                        if height.is_some() && !(is_diagram && labels.is_none()) {
                            continue;
                        }
                        let mut spec = FigureSpec {
                            panels: panes
                                .split(',')
                                .map(|pane| Pane::from_name(pane).unwrap())
                                .collect(),
                            has_selection: labels == Some(EdgeLabels::Selected),
                            width: Length::millimeters(width),
                            height: height.map(Length::millimeters),
                            edge_labels: labels,
                            ..FigureSpec::for_document(&document)
                        };
                        if spec.has_selection {
                            spec.view.selected = NeuronAddress { layer: 0, neuron: 0 };
                            spec.view.curve_scope = CurveScope::Neuron;
                        }
                        scenes.push(Scene {
                            name: format!("{} {panes} {width}mm {labels:?} height {height:?}", preset.name),
                            document: document.clone(),
                            spec,
                        });
                    }
                }
            }
        }
    }
    scenes
}

/// Finds knobs that have no group with a title.
fn missing_knobs(scene: &Scene, figure: &ParsedFigure) -> Vec<String> {
    let elements = figure.elements();
    let titled: BTreeSet<&str> = elements
        .iter()
        .filter(|element| element.title.is_some())
        .map(|element| element.address.as_str())
        .collect();
    let knobs = scene
        .document
        .network
        .architecture()
        .knobs()
        .map(|knob| knob.to_string());
    knobs
        .filter(|knob| !titled.contains(knob.as_str()))
        .map(|knob| format!("{knob} is missing"))
        .collect()
}

#[test]
fn panes_side_by_side_have_no_problems_and_show_every_knob() {
    check_scenes(
        scenes_side_by_side(),
        // Only a given height can be too small.
        |scene, error| scene.spec.height.is_some() && error.contains("use at least"),
        |scene, figure| {
            let mut problems = Vec::new();
            if scene.spec.width == Length::millimeters(85.0) {
                problems.extend(low_contrast_words(figure));
                problems.extend(covered_words(figure));
            }
            if scene.spec.panels.contains(&Pane::Diagram) {
                problems.extend(missing_knobs(scene, figure));
            }
            problems
        },
    );
}

#[test]
fn the_figures_of_the_article_have_no_problems() {
    let mut context = HeadlessContext::new();
    let mut problems = Vec::new();
    for article_figure in ArticleFigure::ALL {
        for mode in ThemeMode::ALL {
            let figure = ParsedFigure::from_rendered(
                &article_figure
                    .draw(&mut context, mode, Messages::ENGLISH)
                    .unwrap(),
            );
            let mut found = outside_of_page(&figure);
            found.extend(overlaps(&figure.words));
            found.extend(low_contrast_words(&figure));
            let name = article_figure.name();
            problems.extend(
                found
                    .into_iter()
                    .map(|problem| format!("{name} {mode:?}: {problem}")),
            );
        }
    }
    assert_no_problems(&problems);
}

#[test]
fn the_checks_find_problems() {
    let start = r##"<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" viewBox="0 0 200 100">
<rect width="200" height="100" fill="#fff"/>"##;
    let text = |x: u32, fill: &str, words: &str| {
        format!(
            r#"<text x="{x}" y="40" font-family="Neurodial Sans" font-size="16" fill="{fill}">{words}</text>"#
        )
    };
    let parse =
        |content: &[String]| ParsedFigure::from_svg(&format!("{start}\n{}\n</svg>", content.join("\n")));
    let overlapping = parse(&[text(10, "#000", "one"), text(20, "#000", "two")]);
    assert_eq!(overlaps(&overlapping.words).len(), 1);
    let separate = parse(&[text(10, "#000", "one"), text(60, "#000", "two")]);
    assert!(overlaps(&separate.words).is_empty() && low_contrast_words(&separate).is_empty());
    assert_eq!(separate.words[0].text, "one");
    let size = separate.words[0].bounds.size();
    assert!((size - vec2(28.0, 9.0)).length() < 4.0, "{size:?}");
    assert_eq!(low_contrast_words(&parse(&[text(10, "#999", "one")])).len(), 1);
    let dark_background = r##"<rect width="200" height="100" fill="#222"/>"##.to_owned();
    assert_eq!(
        low_contrast_words(&parse(&[dark_background, text(10, "#000", "one")])).len(),
        1
    );
}
