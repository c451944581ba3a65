//! What is told by colours in a figure is told without them too: in grey, and for eyes that see fewer colours.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "support/eyes.rs"]
mod eyes;
#[path = "support/sheet.rs"]
mod sheet;

use std::sync::Arc;

use egui::{Color32, Rect};
use egui_figure::HeadlessContext;
use egui_figure::svg::TextMode;
use eyes::{EYES, least_distance, linear, luminance};
use neurodial::figure_page::{FigurePanel, FigureSpec, Length};
use neurodial::theme::{ColorTheme, ThemeMode};
use neurodial_core::network::{Activation, Architecture, Initialization, Initializer, Network};
use neurodial_core::session::training_run::Branch;
use neurodial_core::session::{
    Adjustable, DataSource, Document, Preset, TrainingConfig, TrainingRun, TrainingSetup,
};
use neurodial_core::training::{EpochMetrics, Metrics};
use sheet::{PartGroup, Sheet, color_of};

const PAPER: [ThemeMode; 2] = [ThemeMode::Print, ThemeMode::Grayscale];

fn document(preset: &str) -> Document {
    Preset::from_name(preset).unwrap().document().unwrap()
}

fn sheet(pane: &str, mode: ThemeMode, document: &Document, change: impl FnOnce(&mut FigureSpec)) -> Sheet {
    let mut plate = FigureSpec {
        panels: vec![FigurePanel::from_name(pane).unwrap()],
        mode,
        ..FigureSpec::default()
    };
    change(&mut plate);
    let printed = plate.draw(&mut HeadlessContext::new(), document).unwrap();
    Sheet::read(&printed.to_svg(TextMode::EmbeddedFonts).unwrap())
}

/// The parts whose title begins so, with the longest way drawn in each.
fn titled(sheet: &Sheet, start: &str) -> Vec<(PartGroup, String)> {
    let parts = sheet.parts().into_iter().filter(|part| {
        let title = part.title.as_deref().unwrap_or_default();
        title.starts_with(start)
    });
    parts
        .filter_map(|part| {
            let longest = part.strokes.iter().max_by_key(|(way, _)| way.len())?.0.clone();
            Some((part, longest))
        })
        .collect()
}

/// The lengths of the first dashes of a way, without the gaps between them; of a solid line nothing.
fn dashes(way: &str) -> usize {
    way.matches('M').count()
}

/// Whether two colours are told apart by all eyes, or by their lightness.
fn are_apart(a: Color32, b: Color32) -> bool {
    least_distance(a, b).0 >= 12.0 || (luminance(a) - luminance(b)).abs() > 0.05
}

#[test]
fn curves_differ_by_dash_or_by_colour_for_all_eyes_and_each_has_its_name() {
    for mode in PAPER {
        let sheet = sheet("curves", mode, &document("article"), |_| {});
        let curves = titled(&sheet, "curve of");
        assert_eq!(curves.len(), 3, "{mode:?}");
        for (index, (part, way)) in curves.iter().enumerate() {
            for (other, other_way) in &curves[..index] {
                let by_dash = dashes(way) != dashes(other_way);
                let colors = [part, other].map(|part| color_of(&part.strokes.last().unwrap().1));
                let is_told = by_dash || mode != ThemeMode::Grayscale && are_apart(colors[0], colors[1]);
                assert!(is_told, "{mode:?} {:?} and {:?}", part.title, other.title);
                assert!(mode != ThemeMode::Grayscale || by_dash);
            }
        }
        let names = sheet.words.iter().filter(|word| word.text == "a").count();
        // One at the axis, and one at the end of each curve.
        assert_eq!(names, 4, "{mode:?}");
    }
}

#[test]
fn in_a_family_negative_values_are_dashed() {
    let varied = Adjustable::parse("b[1,2]");
    for mode in PAPER {
        for pane in ["family", "multiples"] {
            let sheet = sheet(pane, mode, &document("article"), |plate| {
                plate.varied = varied;
                plate.values = vec![-3.0, -1.0, 2.0, 4.0];
            });
            let curves = titled(&sheet, "curve of");
            assert_eq!(curves.len(), 4, "{mode:?} {pane}");
            for (part, way) in curves {
                let title = part.title.unwrap();
                let is_negative = title.contains('−');
                assert_eq!(dashes(&way) > 4, is_negative, "{mode:?} {pane} {title}");
            }
        }
    }
}

/// A network with cells too small for numbers in its heat map.
fn wide() -> Document {
    let blueprint = Architecture::dense(20, &[(6, Activation::Tanh)]).unwrap();
    let how = Initialization {
        initializer: Initializer::Xavier,
        seed: 5,
        has_random_biases: true,
    };
    let knobs = how.values(&blueprint);
    Document::new(Network::from_knobs(blueprint, knobs).unwrap())
}

#[test]
fn the_signs_in_a_heat_map_are_seen_in_grey() {
    // With numbers the sign is written.
    for mode in PAPER {
        let document = document("article");
        let sheet = sheet("heat-map", mode, &document, |_| {});
        let negative = document.network.knobs().iter().filter(|knob| **knob < 0.0);
        let written = sheet.words.iter().filter(|word| word.text.starts_with('−'));
        // One is the end of the scale.
        assert_eq!(written.count(), negative.count() + 1, "{mode:?}");
    }
    // Without, each negative cell has a stroke, or is lighter than nothing is, and each positive one darker.
    let document = wide();
    let knobs = document.network.knobs();
    let negative = knobs.iter().filter(|knob| **knob < 0.0).count();
    let narrow = |plate: &mut FigureSpec| plate.width = Length::millimeters(85.0);
    let print = sheet("heat-map", ThemeMode::Print, &document, narrow);
    let strokes = print
        .svg
        .lines()
        .filter(|line| line.contains("<path") && line.contains("stroke=\"#111\""));
    let strokes = strokes.map(|line| dashes(line).max(1)).sum::<usize>();
    assert_eq!(strokes, negative);
    let gray = sheet("heat-map", ThemeMode::Grayscale, &document, narrow);
    let look = ColorTheme::from_mode(ThemeMode::Grayscale);
    let middle = luminance(ColorTheme::mix(look.card, look.text, 0.4));
    let most = knobs.iter().fold(0.0_f64, |most, knob| most.max(knob.abs()));
    let pixels = gray.pixels(2);
    let all = pixels.within(gray.page);
    let (light, dark) = all.iter().fold((0, 0), |(light, dark), &color| {
        let own = luminance(color);
        let is_cell = own < 0.97 && own > luminance(look.weak_text);
        (
            light + usize::from(is_cell && own > middle + 0.02),
            dark + usize::from(is_cell && own < middle - 0.02),
        )
    });
    assert!(most > 0.0 && light > 1_000 && dark > 1_000, "{light} {dark}");
}

fn with_data(source: &str) -> Document {
    let course = TrainingSetup::new(TrainingConfig::new(DataSource::from_name(source).unwrap())).unwrap();
    let mut document = course.new_document().unwrap();
    let how = Initialization {
        initializer: Initializer::Xavier,
        seed: 3,
        has_random_biases: true,
    };
    let knobs = how.values(document.network.architecture());
    document.network.knobs_mut().copy_from_slice(&knobs);
    document.training_setup = Some(Arc::new(course));
    document
}

#[test]
fn the_two_sides_of_a_map_of_data_differ_in_lightness_for_all_eyes() {
    // Everything to the left is told as the one class, everything to the right as the other.
    let mut document = with_data("moons");
    let blueprint = Architecture::dense(2, &[(1, Activation::Sigmoid)]).unwrap();
    document.network = Network::from_knobs(blueprint, vec![500.0, 0.0, 0.0]).unwrap();
    for mode in PAPER {
        let sheet = sheet("data", mode, &document, |_| {});
        let ground = sheet.pixels(1);
        let side = |part: f32| {
            let middle = sheet.page.left() + part * sheet.page.width();
            let strip =
                Rect::from_x_y_ranges(middle - 30.0..=middle + 30.0, sheet.page.y_range().shrink(60.0));
            let mut seen = ground.within(strip);
            seen.sort_by(|a, b| luminance(*a).total_cmp(&luminance(*b)));
            seen[seen.len() / 2]
        };
        let (one, other) = (side(0.25), side(0.8));
        let apart = EYES.iter().all(|(_, matrix)| {
            let [a, b] = [one, other].map(|color| {
                let rgb = linear(color);
                let own = matrix.map(|row| eyes::dot(row, rgb));
                eyes::dot(own, [0.2126, 0.7152, 0.0722])
            });
            (a - b).abs() > 0.03
        });
        assert!(apart, "{mode:?} {one:?} {other:?}");
        // The samples of one class are discs, those of the other squares.
        let squares = sheet.svg.matches("<rect").count();
        let discs = sheet.svg.matches("<circle").count();
        assert!(squares > 50 && discs > 50, "{mode:?} {squares} {discs}");
    }
}

#[test]
fn the_loss_on_what_is_held_out_is_dashed() {
    let records = [0.9, 0.31, 0.12, 0.056, 0.0313]
        .iter()
        .enumerate()
        .map(|(epoch, &loss)| {
            let measured = |loss| Metrics { loss, accuracy: None };
            EpochMetrics {
                epoch,
                train: measured(loss),
                test: Some(measured(1.2 * loss)),
            }
        });
    let run = TrainingRun {
        current_epoch: 4,
        current_branch: Branch {
            metrics: Arc::new(records.collect()),
            ..Branch::default()
        },
        ..TrainingRun::default()
    };
    for mode in PAPER {
        let sheet = sheet("loss", mode, &with_data("moons"), |plate| {
            plate.run = Some(Arc::new(run.clone()));
        });
        let ways = sheet
            .svg
            .lines()
            .filter(|line| line.contains("<path") && line.contains("stroke"));
        let most = ways.map(dashes).max().unwrap_or(0);
        assert!(most > 10, "{mode:?}: {most}");
    }
}

#[test]
fn a_number_in_the_knobs_has_its_sign() {
    let document = document("article");
    for mode in PAPER {
        for pane in ["knobs", "desk"] {
            let sheet = sheet(pane, mode, &document, |_| {});
            let negative = document
                .network
                .knobs()
                .iter()
                .filter(|knob| **knob < 0.0)
                .count();
            let written = sheet
                .words
                .iter()
                .filter(|word| word.text.starts_with('−'))
                .count();
            assert_eq!(written, negative, "{mode:?} {pane}");
        }
    }
}

#[test]
fn a_neuron_that_is_dead_over_the_data_says_so_in_the_diagram() {
    let mut document = with_data("moons");
    let blueprint = Architecture::dense(2, &[(3, Activation::Relu), (1, Activation::Sigmoid)]).unwrap();
    let mut knobs = vec![1.0; blueprint.knob_count()];
    let bias = Adjustable::parse("b[1,2]").unwrap();
    let Adjustable::Knob(knob) = bias else { panic!() };
    knobs[blueprint.index_of(knob).unwrap()] = -900.0;
    document.network = Network::from_knobs(blueprint, knobs).unwrap();
    for mode in PAPER {
        for width in [60.0, 85.0, 170.0] {
            let sheet = sheet("diagram", mode, &document, |plate| {
                plate.width = Length::millimeters(width)
            });
            let dead: Vec<Rect> = sheet
                .words
                .iter()
                .filter(|word| word.text == "dead")
                .map(|word| word.bounds)
                .collect();
            assert_eq!(dead.len(), 1, "{mode:?} {width}");
            let others = sheet.words.iter().filter(|word| word.text != "dead");
            for other in others {
                let common = other.bounds.intersect(dead[0]);
                assert!(
                    !common.is_positive(),
                    "{mode:?} {width}: “dead” lies on “{}”",
                    other.text
                );
            }
            assert!(sheet.page.contains_rect(dead[0]));
        }
    }
}
