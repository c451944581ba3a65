//! Everything that colors show in a figure is visible without them: in grayscale, and with color vision deficiencies.

use std::sync::Arc;

use egui::{Color32, Rect};
use egui_figure::HeadlessContext;
use neurodial::figure_page::{FigureSpec, Length};
use neurodial::panes::Pane;
use neurodial::theme::{ColorTheme, ThemeMode};
use neurodial_core::network::{Activation, Architecture, Network, NeuronAddress};
use neurodial_core::session::{Adjustable, Document};

use crate::support::color_vision::{COLOR_VISIONS, luminance, luminance_seen, min_distance};
use crate::support::documents::{self, preset, random_knobs, training_config, training_run};
use crate::support::parsed_figure::{ElementGroup, ParsedFigure, color_of};

const PRINT_MODES: [ThemeMode; 2] = [ThemeMode::Print, ThemeMode::Grayscale];

/// Draws a pane with a specification that `change` modifies.
fn draw(
    pane: &str,
    mode: ThemeMode,
    document: &Document,
    change: impl FnOnce(&mut FigureSpec),
) -> ParsedFigure {
    let mut spec = FigureSpec {
        panels: vec![Pane::from_name(pane).unwrap()],
        mode,
        ..FigureSpec::for_document(document)
    };
    change(&mut spec);
    ParsedFigure::from_rendered(&spec.draw(&mut HeadlessContext::new(), document).unwrap())
}

/// Returns the curves, with the data of the longest path in each.
fn curves_of(figure: &ParsedFigure) -> Vec<(ElementGroup, String)> {
    let elements = figure.elements().into_iter().filter(|element| {
        let title = element.title.as_deref().unwrap_or_default();
        title.starts_with("curve of")
    });
    elements
        .filter_map(|element| {
            let (longest, _) = element.strokes.iter().max_by_key(|(path, _)| path.len())?;
            let longest = longest.clone();
            Some((element, longest))
        })
        .collect()
}

/// Returns the number of separate lines in the data of a path: a solid line has few, a dashed one has many.
fn line_count(path: &str) -> usize {
    path.matches('M').count()
}

/// True if two colors differ for every color vision, or differ in luminance.
fn are_distinct(a: Color32, b: Color32) -> bool {
    min_distance(a, b).0 >= 12.0 || (luminance(a) - luminance(b)).abs() > 0.05
}

#[test]
fn curves_have_labels_and_differ_by_dashes_or_for_every_color_vision() {
    for mode in PRINT_MODES {
        let figure = draw("curves", mode, &preset("article"), |_| {});
        let curves = curves_of(&figure);
        assert_eq!(curves.len(), 3, "{mode:?}");
        for (index, (curve, path)) in curves.iter().enumerate() {
            for (other, other_path) in &curves[..index] {
                let differ_by_dashes = line_count(path) != line_count(other_path);
                let [a, b] = [curve, other].map(|curve| color_of(&curve.strokes.last().unwrap().1));
                let differ_by_color = mode != ThemeMode::Grayscale && are_distinct(a, b);
                assert!(
                    differ_by_dashes || differ_by_color,
                    "{mode:?} {:?} and {:?}",
                    curve.title,
                    other.title
                );
            }
        }
        let labels = figure.words.iter().filter(|word| word.text == "a").count();
        // One is the label of the axis, the others are at the ends of the curves.
        assert_eq!(labels, 4, "{mode:?}");
    }
}

#[test]
fn curves_of_a_family_for_negative_values_are_dashed() {
    let varied = Adjustable::parse("b[1,2]");
    let neuron = NeuronAddress { layer: 0, neuron: 1 };
    for mode in PRINT_MODES {
        for pane in ["family", "multiples"] {
            let figure = draw(pane, mode, &preset("article"), |spec| {
                spec.varied = varied;
                spec.view.selected = neuron;
                spec.values = vec![-3.0, -1.0, 2.0, 4.0];
            });
            let curves = curves_of(&figure);
            assert_eq!(curves.len(), 4, "{mode:?} {pane}");
            for (curve, path) in curves {
                let title = curve.title.unwrap();
                let is_negative = title.contains('−');
                assert_eq!(line_count(&path) > 4, is_negative, "{mode:?} {pane} {title}");
            }
        }
    }
}

/// Returns a network whose heat map has cells that are too small for numbers.
fn wide_network() -> Document {
    let architecture = Architecture::dense(20, &[(6, Activation::Tanh)]).unwrap();
    let knobs = random_knobs(&architecture, 5);
    Document::new(Network::from_knobs(architecture, knobs).unwrap())
}

fn negative_knob_count(document: &Document) -> usize {
    document
        .network
        .knobs()
        .iter()
        .filter(|&&knob| knob < 0.0)
        .count()
}

/// Returns the number of words with a minus sign.
fn negative_word_count(figure: &ParsedFigure) -> usize {
    figure
        .words
        .iter()
        .filter(|word| word.text.starts_with('−'))
        .count()
}

#[test]
fn the_signs_in_a_heat_map_are_visible_in_grayscale() {
    // If the cells have numbers, these have signs.
    for mode in PRINT_MODES {
        let document = preset("article");
        let figure = draw("heat-map", mode, &document, |_| {});
        // One more number is at the end of the scale.
        assert_eq!(
            negative_word_count(&figure),
            negative_knob_count(&document) + 1,
            "{mode:?}"
        );
    }
    // If not, negative cells have a stroke in print; in grayscale they are lighter than zero and positive ones darker.
    let document = wide_network();
    let narrow = |spec: &mut FigureSpec| spec.width = Length::millimeters(85.0);
    let print = draw("heat-map", ThemeMode::Print, &document, narrow);
    let strokes = print
        .svg
        .lines()
        .filter(|line| line.contains("<path") && line.contains("stroke=\"#111\""));
    let strokes = strokes.map(|line| line_count(line).max(1)).sum::<usize>();
    assert_eq!(strokes, negative_knob_count(&document));
    let gray = draw("heat-map", ThemeMode::Grayscale, &document, narrow);
    let theme = ColorTheme::from_mode(ThemeMode::Grayscale);
    let zero = luminance(ColorTheme::mix(theme.card, theme.text, 0.4));
    let pixels = gray.pixels(2).within(gray.page).into_iter().map(luminance);
    let cells: Vec<f64> = pixels
        .filter(|&luminance_of_pixel| {
            luminance_of_pixel < 0.97 && luminance_of_pixel > luminance(theme.weak_text)
        })
        .collect();
    let light = cells.iter().filter(|&&cell| cell > zero + 0.02).count();
    let dark = cells.iter().filter(|&&cell| cell < zero - 0.02).count();
    assert!(light > 1_000 && dark > 1_000, "{light} {dark}");
}

/// Returns a network with random knobs for the data moons, together with the data.
fn on_moons() -> Document {
    let mut document = documents::with_data(training_config("moons"));
    let knobs = random_knobs(document.network.architecture(), 3);
    document.network.knobs_mut().copy_from_slice(&knobs);
    document
}

#[test]
fn the_two_classes_of_a_data_plot_differ_in_luminance_for_every_color_vision() {
    // The predicted class is one on the left and the other on the right.
    let mut document = on_moons();
    let architecture = Architecture::dense(2, &[(1, Activation::Sigmoid)]).unwrap();
    document.network = Network::from_knobs(architecture, vec![500.0, 0.0, 0.0]).unwrap();
    for mode in PRINT_MODES {
        let figure = draw("data", mode, &document, |_| {});
        let pixels = figure.pixels(1);
        let median_color = |share_of_width: f32| {
            let middle = figure.page.left() + share_of_width * figure.page.width();
            let strip =
                Rect::from_x_y_ranges(middle - 30.0..=middle + 30.0, figure.page.y_range().shrink(60.0));
            let mut colors = pixels.within(strip);
            colors.sort_by(|a, b| luminance(*a).total_cmp(&luminance(*b)));
            colors[colors.len() / 2]
        };
        let (left, right) = (median_color(0.35), median_color(0.62));
        for (name, matrix) in COLOR_VISIONS {
            let [a, b] = [left, right].map(|color| luminance_seen(color, matrix));
            assert!((a - b).abs() > 0.03, "{mode:?} {left:?} {right:?} {name}");
        }
        // The samples of one class are discs, those of the other are squares.
        let squares = figure.svg.matches("<rect").count();
        let discs = figure.svg.matches("<circle").count();
        assert!(squares > 50 && discs > 50, "{mode:?} {squares} {discs}");
    }
}

#[test]
fn the_loss_curve_of_the_test_set_is_dashed() {
    let run = training_run(false);
    for mode in PRINT_MODES {
        let figure = draw("loss", mode, &on_moons(), |spec| {
            spec.run = Some(Arc::new(run.clone()));
        });
        let paths = figure
            .svg
            .lines()
            .filter(|line| line.contains("<path") && line.contains("stroke"));
        let max = paths.map(line_count).max().unwrap_or(0);
        assert!(max > 10, "{mode:?}: {max}");
    }
}

#[test]
fn every_negative_knob_has_a_minus_sign_in_panes_of_knobs() {
    let document = preset("article");
    for mode in PRINT_MODES {
        for pane in ["knobs", "desk"] {
            let figure = draw(pane, mode, &document, |_| {});
            assert_eq!(
                negative_word_count(&figure),
                negative_knob_count(&document),
                "{mode:?} {pane}"
            );
        }
    }
}

#[test]
fn the_diagram_labels_a_neuron_that_is_dead_for_the_data() {
    let mut document = on_moons();
    let architecture = Architecture::dense(2, &[(3, Activation::Relu), (1, Activation::Sigmoid)]).unwrap();
    let mut knobs = vec![1.0; architecture.knob_count()];
    let Some(Adjustable::Knob(bias)) = Adjustable::parse("b[1,2]") else {
        panic!("b[1,2] is a knob");
    };
    knobs[architecture.index_of(bias).unwrap()] = -900.0;
    document.network = Network::from_knobs(architecture, knobs).unwrap();
    for mode in PRINT_MODES {
        for width in [60.0, 85.0, 170.0] {
            let figure = draw("diagram", mode, &document, |spec| {
                spec.width = Length::millimeters(width);
            });
            let dead: Vec<Rect> = figure
                .words
                .iter()
                .filter(|word| word.text == "dead")
                .map(|word| word.bounds)
                .collect();
            assert_eq!(dead.len(), 1, "{mode:?} {width}");
            let others = figure.words.iter().filter(|word| word.text != "dead");
            for other in others {
                let common = other.bounds.intersect(dead[0]);
                assert!(
                    !common.is_positive(),
                    "{mode:?} {width}: “dead” covers “{}”",
                    other.text
                );
            }
            assert!(figure.page.contains_rect(dead[0]));
        }
    }
}
