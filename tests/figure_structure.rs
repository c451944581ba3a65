//! What must hold in every figure of every preset: all knobs are there, nothing is cut or covered, and all can be read.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

#[path = "support/eyes.rs"]
mod eyes;
#[path = "support/faults.rs"]
mod faults;
#[path = "support/pinned.rs"]
mod pinned;
#[path = "support/sheet.rs"]
mod sheet;

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::vec2;
use egui_figure::HeadlessContext;
use egui_figure::svg::TextMode;
use eyes::{least_distance, luminance};
use faults::{covered_words, cuts, faint_words, names, overlaps, tiny_words};
use neurodial::article::ArticleFigure;
use neurodial::figure_page::{FigurePanel, FigureSpec, Length};
use neurodial::panes::{EdgeLabels, Pane};
use neurodial::theme::ThemeMode;
use neurodial_core::network::{
    Activation, Architecture, Initialization, Initializer, Network, NeuronAddress,
};
use neurodial_core::session::training_run::Branch;
use neurodial_core::session::{
    Action, DataSource, Document, Origin, Preset, SensitivityTarget, Session, TrainingConfig, TrainingRun,
    TrainingSetup,
};
use neurodial_core::text::format_fixed;
use neurodial_core::training::{EpochMetrics, Metrics};
use pinned::pinned;
use sheet::{Sheet, Word, color_of};

const LOOKS: [ThemeMode; 4] = [
    ThemeMode::Print,
    ThemeMode::Grayscale,
    ThemeMode::Light,
    ThemeMode::Dark,
];

/// A figure of a document, and what to call it where it is wrong.
struct Scene {
    name: String,
    document: Document,
    plate: FigureSpec,
}

fn exhibits() -> impl Iterator<Item = FigurePanel> {
    FigurePanel::names()
        .into_iter()
        .map(|name| FigurePanel::from_name(name).unwrap())
}

/// Every pane of every preset as wide as a page; and, where `has_narrow`, as wide as a column, and with a selection.
fn scenes(has_narrow: bool) -> Vec<Scene> {
    let mut scenes = Vec::new();
    for preset in Preset::ALL {
        let document = preset.document().unwrap();
        let mut add = |what: &str, plate: FigureSpec| {
            scenes.push(Scene {
                name: format!("{} {what}", preset.name),
                document: document.clone(),
                plate,
            });
        };
        for exhibit in exhibits().filter(|&exhibit| exhibit != Pane::Compare.into()) {
            let plate = FigureSpec {
                panels: vec![exhibit],
                ..FigureSpec::default()
            };
            if has_narrow {
                let narrow = FigureSpec {
                    width: Length::millimeters(85.0),
                    ..plate.clone()
                };
                add(&format!("{} 85mm", exhibit.name()), narrow);
            }
            add(exhibit.name(), plate);
        }
        if has_narrow {
            let selected = FigureSpec {
                selected: Some(NeuronAddress { layer: 0, neuron: 0 }),
                ..FigureSpec::default()
            };
            add("diagram selected", selected);
        }
    }
    scenes
}

fn sheet_of(studio: &mut HeadlessContext, scene: &Scene, mode: ThemeMode) -> Result<Sheet, String> {
    let plate = FigureSpec {
        mode,
        ..scene.plate.clone()
    };
    let printed = plate.draw(studio, &scene.document).map_err(|e| e.to_string())?;
    Ok(Sheet::read(&printed.to_svg(TextMode::EmbeddedFonts).unwrap()))
}

/// Checks all figures of a look in every way.
fn check_all(mode: ThemeMode) {
    let mut studio = HeadlessContext::new();
    let mut faults = Vec::new();
    for scene in scenes(mode == ThemeMode::Print) {
        let sheet = match sheet_of(&mut studio, &scene, mode) {
            Ok(sheet) => sheet,
            Err(e) => {
                faults.push(format!("{}: {e}", scene.name));
                continue;
            }
        };
        let mut found = names(&sheet);
        found.extend(cuts(&sheet));
        found.extend(overlaps(&sheet.words));
        found.extend(tiny_words(&sheet));
        found.extend(faint_words(&sheet));
        if mode == ThemeMode::Print {
            // What lies over what is the same in all looks.
            found.extend(covered_words(&sheet));
        }
        faults.extend(found.into_iter().map(|fault| format!("{}: {fault}", scene.name)));
    }
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn figures_for_print_are_sound() {
    check_all(ThemeMode::Print);
}

#[test]
fn figures_in_gray_are_sound() {
    check_all(ThemeMode::Grayscale);
}

#[test]
fn light_figures_are_sound() {
    check_all(ThemeMode::Light);
}

#[test]
fn dark_figures_are_sound() {
    check_all(ThemeMode::Dark);
}

/// A network of some widths, its first layer's names as long as people write them where asked.
fn network(widths: &[usize], has_names: bool) -> Document {
    let layers: Vec<(usize, Activation)> = widths[1..]
        .iter()
        .map(|&width| (width, Activation::Tanh))
        .collect();
    let blueprint = Architecture::dense(widths[0], &layers).unwrap();
    let how = Initialization {
        initializer: Initializer::Xavier,
        seed: 3,
        has_random_biases: true,
    };
    let knobs = how.values(&blueprint);
    let mut session = Session::open(
        Document::new(Network::from_knobs(blueprint, knobs).unwrap()),
        Origin::Untitled,
    );
    if has_names {
        for input in 0..widths[0] {
            let name = format!("average annual temperature no. {}", input + 1);
            session
                .apply(Action::NameInput {
                    input,
                    name: Some(name),
                })
                .unwrap();
        }
        for neuron in 0..widths[1] {
            let at = NeuronAddress { layer: 0, neuron };
            let name = format!("detector of Mediterranean climate {}", neuron + 1);
            session
                .apply(Action::NameNeuron { at, name: Some(name) })
                .unwrap();
        }
    }
    session.document().clone()
}

/// A network that fits some data, with the data, and how training it went.
fn learned(source: &str) -> (Document, TrainingRun) {
    let choice = TrainingConfig {
        epochs: 8,
        ..TrainingConfig::new(DataSource::from_name(source).unwrap())
    };
    let course = TrainingSetup::new(choice).unwrap();
    let mut document = course.new_document().unwrap();
    document.training_setup = Some(Arc::new(course));
    let losses = [0.9, 0.31, 0.12, 0.056, 0.0313];
    let measured = |loss| Metrics {
        loss,
        accuracy: Some(1.0 - loss),
    };
    let records = losses.iter().enumerate().map(|(epoch, &loss)| EpochMetrics {
        epoch,
        train: measured(loss),
        test: Some(measured(1.2 * loss)),
    });
    let line = Branch {
        metrics: Arc::new(records.collect()),
        ..Branch::default()
    };
    let run = TrainingRun {
        current_epoch: 4,
        current_branch: line,
        ..TrainingRun::default()
    };
    (document, run)
}

/// Figures that are hard to lay out: wide and deep networks, tiny ones, long names, few and many decimals.
fn hard_scenes() -> Vec<Scene> {
    let networks = [
        ("1-1", network(&[1, 1], false)),
        ("12-20-20-10", network(&[12, 20, 20, 10], false)),
        ("64-32-10", network(&[64, 32, 10], false)),
        ("3-2 with long names", network(&[3, 2], true)),
        (
            "article",
            Preset::from_name("article").unwrap().document().unwrap(),
        ),
    ];
    let widths = [
        ("85mm", Length::millimeters(85.0)),
        ("170mm", Length::millimeters(170.0)),
        ("600px", Length::pixels(600.0)),
    ];
    let mut scenes = Vec::new();
    for (name, document) in networks {
        let shown = |exhibit: &FigurePanel| !exhibit.needs_data() && *exhibit != Pane::Compare.into();
        for exhibit in exhibits().filter(shown) {
            for (index, (words, width)) in widths.into_iter().enumerate() {
                let decimals = [6, 0, 3][index];
                let plate = FigureSpec {
                    panels: vec![exhibit],
                    width,
                    decimals,
                    ..FigureSpec::default()
                };
                scenes.push(Scene {
                    name: format!("{name} {} {words} decimals {decimals}", exhibit.name()),
                    document: document.clone(),
                    plate,
                });
            }
        }
    }
    for exhibit in exhibits().filter(|exhibit| !exhibit.needs_data()) {
        for (words, width) in widths {
            let plate = FigureSpec {
                panels: vec![exhibit],
                width,
                snapshot: Some(0),
                ..FigureSpec::default()
            };
            scenes.push(Scene {
                name: format!("pinned {} {words}", exhibit.name()),
                document: pinned(),
                plate,
            });
        }
    }
    for source in ["iris", "digits", "moons", "sine", "plane"] {
        let (document, run) = learned(source);
        for exhibit in exhibits()
            .filter(FigurePanel::needs_data)
            .chain([Pane::Map.into()])
        {
            for (words, width) in widths {
                let plate = FigureSpec {
                    panels: vec![exhibit],
                    width,
                    run: Some(Arc::new(run.clone())),
                    ..FigureSpec::default()
                };
                scenes.push(Scene {
                    name: format!("{source} {} {words}", exhibit.name()),
                    document: document.clone(),
                    plate,
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
        for (words, width) in widths {
            let plate = FigureSpec {
                panels: vec![FigurePanel::from_name(pane).unwrap()],
                width,
                sensitivity_target: SensitivityTarget::Loss,
                ..FigureSpec::default()
            };
            scenes.push(Scene {
                name: format!("{source} {pane} with strips of the loss {words}"),
                document: learned(source).0,
                plate,
            });
        }
    }
    scenes
}

/// Draws scenes and looks for faults, of each scene the first few: those that all figures may have, and what else
/// `look_for` finds. A scene that is refused has a fault unless `may_refuse` is right to.
fn check_scenes(
    scenes: Vec<Scene>,
    may_refuse: impl Fn(&Scene, &str) -> bool,
    look_for: impl Fn(&Scene, &Sheet) -> Vec<String>,
) {
    const FEW: usize = 3;
    let mut studio = HeadlessContext::new();
    let mut faults = Vec::new();
    for scene in scenes {
        let mut found = match scene.plate.draw(&mut studio, &scene.document) {
            Ok(printed) => {
                let sheet = Sheet::read(&printed.to_svg(TextMode::EmbeddedFonts).unwrap());
                let mut found = names(&sheet);
                found.extend(cuts(&sheet));
                found.extend(overlaps(&sheet.words));
                found.extend(tiny_words(&sheet));
                found.extend(look_for(&scene, &sheet));
                found
            }
            Err(e) if may_refuse(&scene, &e.to_string()) => continue,
            Err(e) => vec![e.to_string()],
        };
        let more = found.len().saturating_sub(FEW);
        found.truncate(FEW);
        if more > 0 {
            found.push(format!("and {more} more"));
        }
        faults.extend(found.into_iter().map(|fault| format!("{}: {fault}", scene.name)));
    }
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn hard_figures_are_sound_or_refused_in_a_sentence() {
    // Only what would be too small to be read, or too long for a page.
    const REFUSALS: [&str; 3] = [
        "ask for at least",
        "more than a figure can hold",
        "of a figure is 1 to",
    ];
    check_scenes(
        hard_scenes(),
        |_, refusal| REFUSALS.iter().any(|known| refusal.contains(known)),
        |_, sheet| faint_words(sheet),
    );
}

/// Panes beside each other, in columns of papers.
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
        let document = preset.document().unwrap();
        for panes in panes {
            let shows_labels = panes.contains("diagram");
            for &labels in labels.iter().take(if shows_labels { 3 } else { 1 }) {
                for width in widths {
                    for height in [None, Some(110.0)] {
                        let is_diagram = panes == "diagram" || panes == "diagram,curves";
                        if height.is_some() && !(is_diagram && labels.is_none()) {
                            continue;
                        }
                        let selected = (labels == Some(EdgeLabels::Selected))
                            .then_some(NeuronAddress { layer: 0, neuron: 0 });
                        scenes.push(Scene {
                            name: format!("{} {panes} {width}mm {labels:?} height {height:?}", preset.name),
                            document: document.clone(),
                            plate: FigureSpec {
                                panels: panes
                                    .split(',')
                                    .map(|pane| FigurePanel::from_name(pane).unwrap())
                                    .collect(),
                                width: Length::millimeters(width),
                                height: height.map(Length::millimeters),
                                edge_labels: labels,
                                selected,
                                ..FigureSpec::default()
                            },
                        });
                    }
                }
            }
        }
    }
    scenes
}

/// Knobs that have no part with a title.
fn missing_knobs(scene: &Scene, sheet: &Sheet) -> Vec<String> {
    let parts = sheet.parts();
    let titled: BTreeSet<&str> = parts
        .iter()
        .filter(|part| part.title.is_some())
        .map(|part| part.address.as_str())
        .collect();
    let knobs = scene
        .document
        .network
        .architecture()
        .knobs()
        .map(|knob| knob.to_string());
    knobs
        .filter(|knob| !titled.contains(knob.as_str()))
        .map(|knob| format!("{knob} is not there"))
        .collect()
}

#[test]
fn panes_side_by_side_are_sound_in_the_columns_of_papers() {
    check_scenes(
        scenes_side_by_side(),
        // Only a height that is asked for can be too little.
        |scene, refusal| scene.plate.height.is_some() && refusal.contains("ask for at least"),
        |scene, sheet| {
            let mut found = Vec::new();
            if scene.plate.width == Length::millimeters(85.0) {
                found.extend(faint_words(sheet));
                found.extend(covered_words(sheet));
            }
            if scene.plate.panels.contains(&Pane::Diagram.into()) {
                found.extend(missing_knobs(scene, sheet));
            }
            found
        },
    );
}

/// The length that a refusal asks for, in its unit.
fn asked_for(refusal: &str) -> Length {
    let (_, asked) = refusal.split_once("ask for at least ").unwrap();
    let (length, _) = asked.split_once(',').unwrap();
    length.parse().unwrap()
}

#[test]
fn numbers_in_discs_have_six_points_whatever_the_size_of_type() {
    let mut studio = HeadlessContext::new();
    for preset in Preset::ALL {
        let document = preset.document().unwrap();
        for (type_size, width) in [(6.0, 85.0), (6.0, 170.0), (8.0, 62.0), (8.0, 85.0), (12.0, 100.0)] {
            let plate = FigureSpec {
                font_size: Some(type_size),
                width: Length::millimeters(width),
                ..FigureSpec::default()
            };
            let printed = plate.draw(&mut studio, &document).unwrap();
            let sheet = Sheet::read(&printed.to_svg(TextMode::EmbeddedFonts).unwrap());
            let points = width / 25.4 * 72.0 / sheet.page.width();
            let outputs = sheet
                .parts()
                .into_iter()
                .filter(|part| part.address.starts_with('a'));
            let mut seen = 0;
            for output in outputs {
                let of_output = |word: &&Word| word.text.contains('.') && output.text.ends_with(&word.text);
                let number = sheet.words.iter().find(of_output).unwrap();
                let size = number.size * points;
                assert!(
                    size >= 5.99,
                    "{} {type_size}pt {width}mm: “{}” has {size:.2}",
                    preset.name,
                    number.text
                );
                seen += 1;
            }
            assert!(seen > 0, "{}", preset.name);
            assert!(
                overlaps(&sheet.words).is_empty(),
                "{} {type_size}pt {width}mm",
                preset.name
            );
        }
    }
}

#[test]
fn what_is_too_small_is_refused_with_the_size_that_is_enough() {
    let mut studio = HeadlessContext::new();
    for preset in Preset::ALL {
        let document = preset.document().unwrap();
        for exhibit in exhibits().filter(|exhibit| !exhibit.needs_data()) {
            let narrow = FigureSpec {
                panels: vec![exhibit],
                width: Length::millimeters(12.0),
                ..FigureSpec::default()
            };
            let name = format!("{} {}", preset.name, exhibit.name());
            let refusal = narrow
                .draw(&mut studio, &document)
                .err()
                .expect(&name)
                .to_string();
            assert!(refusal.contains(exhibit.name()), "{refusal}");
            let enough = FigureSpec {
                width: asked_for(&refusal),
                ..narrow
            };
            let printed = enough.draw(&mut studio, &document);
            let sheet = Sheet::read(&printed.expect(&name).to_svg(TextMode::EmbeddedFonts).unwrap());
            let mut found = cuts(&sheet);
            found.extend(overlaps(&sheet.words));
            found.extend(tiny_words(&sheet));
            assert!(found.is_empty(), "{name} {}: {found:?}", enough.width);
            let low = FigureSpec {
                height: Some(Length::millimeters(3.0)),
                ..enough.clone()
            };
            let refusal = low.draw(&mut studio, &document).err().expect(&name).to_string();
            let enough = FigureSpec {
                height: Some(asked_for(&refusal)),
                ..enough
            };
            let printed = enough.draw(&mut studio, &document);
            let sheet = Sheet::read(&printed.expect(&name).to_svg(TextMode::EmbeddedFonts).unwrap());
            let mut found = cuts(&sheet);
            found.extend(overlaps(&sheet.words));
            assert!(found.is_empty(), "{name} {:?}: {found:?}", enough.height);
        }
    }
}

#[test]
fn every_knob_is_there_with_its_value() {
    let mut studio = HeadlessContext::new();
    for preset in Preset::ALL {
        let document = preset.document().unwrap();
        for pane in [Pane::Diagram, Pane::Knobs] {
            for (labels, decimals) in [(EdgeLabels::None, 3), (EdgeLabels::All, 2)] {
                let plate = FigureSpec {
                    panels: vec![FigurePanel::Pane(pane)],
                    edge_labels: Some(labels),
                    decimals,
                    ..FigureSpec::default()
                };
                let printed = plate.draw(&mut studio, &document).unwrap();
                let parts = Sheet::read(&printed.to_svg(TextMode::EmbeddedFonts).unwrap()).parts();
                for knob in document.network.architecture().knobs() {
                    let value = format_fixed(document.value(knob.into()).unwrap(), decimals);
                    let address = knob.to_string();
                    let mut groups = parts.iter().filter(|part| part.address == address);
                    let says = |part: &sheet::PartGroup| {
                        part.title
                            .as_ref()
                            .is_some_and(|title| title.ends_with(&format!(": {value}")))
                    };
                    assert!(groups.any(says), "{} {pane:?} {address} {value}", preset.name);
                    let shown = parts
                        .iter()
                        .filter(|part| part.address == address)
                        .any(|part| part.text.contains(&value));
                    let must_show = pane == Pane::Knobs || labels == EdgeLabels::All;
                    assert!(
                        shown || !must_show,
                        "{} {pane:?} {address} {value} is not written",
                        preset.name
                    );
                }
            }
        }
    }
}

#[test]
fn the_sign_of_a_weight_is_seen_without_colour_and_by_all_eyes() {
    let mut studio = HeadlessContext::new();
    for preset in Preset::ALL {
        let document = preset.document().unwrap();
        for mode in LOOKS {
            let plate = FigureSpec {
                edge_labels: Some(EdgeLabels::None),
                mode,
                ..FigureSpec::default()
            };
            let printed = plate.draw(&mut studio, &document).unwrap();
            let parts = Sheet::read(&printed.to_svg(TextMode::EmbeddedFonts).unwrap()).parts();
            let mut colors: [BTreeSet<String>; 2] = Default::default();
            for part in parts.iter().filter(|part| part.address.starts_with('w')) {
                let title = part.title.as_ref().unwrap();
                let is_negative = title.contains('−');
                let (way, stroke) = part.strokes.last().unwrap();
                let pieces = way.matches('M').count();
                assert_eq!(pieces > 4, is_negative, "{} {mode:?} {title}: {way}", preset.name);
                colors[usize::from(is_negative)].insert(stroke.clone());
            }
            for positive in &colors[0] {
                for negative in &colors[1] {
                    let (a, b) = (color_of(positive), color_of(negative));
                    let (least, eyes) = least_distance(a, b);
                    if mode == ThemeMode::Grayscale {
                        assert!([a, b].iter().all(|c| c.r() == c.g() && c.g() == c.b()));
                    } else {
                        assert!(
                            least >= 30.0,
                            "{mode:?} {positive} {negative}: {least:.1} with {eyes}"
                        );
                        let apart = (luminance(a) - luminance(b)).abs();
                        assert!(apart > 0.02, "{mode:?} {positive} {negative}: {apart:.3}");
                    }
                }
            }
        }
    }
}

#[test]
fn the_articles_own_figures_hold_too() {
    let mut studio = HeadlessContext::new();
    let mut faults = Vec::new();
    for figure in ArticleFigure::ALL {
        for mode in LOOKS {
            let printed = figure.draw(&mut studio, mode).unwrap();
            let sheet = Sheet::read(&printed.to_svg(TextMode::EmbeddedFonts).unwrap());
            let mut found = cuts(&sheet);
            found.extend(overlaps(&sheet.words));
            found.extend(faint_words(&sheet));
            faults.extend(
                found
                    .into_iter()
                    .map(|fault| format!("{} {mode:?}: {fault}", figure.name())),
            );
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_articles_diagram_is_small() {
    let document = Preset::from_name("article").unwrap().document().unwrap();
    let printed = FigureSpec::default()
        .draw(&mut HeadlessContext::new(), &document)
        .unwrap();
    let bytes = printed.to_svg(TextMode::EmbeddedFonts).unwrap().len();
    assert!(bytes < 100_000, "{bytes} bytes");
}

#[test]
fn the_measures_see_faults() {
    let head = r##"<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" viewBox="0 0 200 100">
<rect width="200" height="100" fill="#fff"/>"##;
    let text = |x: u32, fill: &str, words: &str| {
        format!(
            r#"<text x="{x}" y="40" font-family="Neurodial Sans" font-size="16" fill="{fill}">{words}</text>"#
        )
    };
    let sheet = |content: &[String]| Sheet::read(&format!("{head}\n{}\n</svg>", content.join("\n")));
    let over = sheet(&[text(10, "#000", "one"), text(20, "#000", "two")]);
    assert_eq!(overlaps(&over.words).len(), 1);
    let beside = sheet(&[text(10, "#000", "one"), text(60, "#000", "two")]);
    assert!(overlaps(&beside.words).is_empty() && faint_words(&beside).is_empty());
    assert_eq!(beside.words[0].text, "one");
    let size = beside.words[0].bounds.size();
    assert!((size - vec2(28.0, 9.0)).length() < 4.0, "{size:?}");
    assert_eq!(faint_words(&sheet(&[text(10, "#999", "one")])).len(), 1);
    let dark = r##"<rect width="200" height="100" fill="#222"/>"##.to_owned();
    assert_eq!(faint_words(&sheet(&[dark, text(10, "#000", "one")])).len(), 1);
}
