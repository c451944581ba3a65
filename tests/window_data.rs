//! Data in the window: a table from a file, points by hand, features, a target curve, and the score of the knobs.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/lessons.rs"]
mod lessons;
#[path = "support/window.rs"]
mod window;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Key, Pos2, vec2};
use neurodial::canvas::Element;
use neurodial::panes::Pane;
use neurodial_core::data::{ComputedFeature, CustomPoints, Targets};
use neurodial_core::network::Knob;
use neurodial_core::session::{Adjustable, DataSource, Origin, Session, TrainingConfig, TrainingSetup};

use lessons::{choose_data, loss, material, on_data, until};
use window::{Window, network};

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|e| e.to_string())
    }
}

const FLOWERS: &str = "\u{feff}number;width;width;colour;\"kind, or so\"\r\n1;3,5;5,1;red;lily\r\n2;3,0;4,9;blue;\"rose; wild\"\r\n\
    3;;4,7;red;lily\r\n4;3,1;x;red;lily\r\n5;3,6;5,0;red;tulip\r\n6;3,9;5,4;blue;lily\r\n7;3,4;4,6;red;\"rose; wild\"\r\n\
    8;2,9;4,4;red;tulip\r\n9;3,3;4,1;red;lily\r\n";

/// The window with a file dropped on it, when its rows have been read.
fn dropped(folder: &Path, text: &str) -> Window {
    let file = folder.join("flowers.csv");
    std::fs::write(&file, text).unwrap();
    let mut window = Window::open(network(&[2, 4, 1]));
    window
        .harness
        .input_mut()
        .dropped_files
        .push(Arc::new(Dropped(file)));
    window.harness.step();
    window
}

fn samples(window: &Window) -> usize {
    let material = material(window);
    material.train.sample_count() + material.test.as_ref().map_or(0, |test| test.sample_count())
}

#[test]
fn a_table_is_dropped_read_and_learned_from() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = dropped(folder.path(), FLOWERS);
    until(&mut window, "rows", |window| window.says("7 rows, 3 inputs"));
    window.rest();
    // What can't be read is told with its line.
    for part in [
        "2 rows can’t be read and are left out",
        "line 4, column “width”: there is no number",
        "line 5, column “width”: “x” is not a number",
        "a class, by its name",
        "lily 3 · rose; wild 2 · tulip 2",
    ] {
        assert!(window.says(part), "{part}\n{}", window.tree());
    }
    window.click("learn from number");
    until(&mut window, "rows", |window| window.says("7 rows, 2 inputs"));
    window.rest();
    window.click("hold out 0 %");
    window.click("With a network for it");
    until(&mut window, "the data", |window| {
        window.session().setup().is_some()
    });
    window.rest();
    let material = material(&window);
    assert_eq!(material.train.inputs()[..2], [3.5, 3.0]);
    assert_eq!(material.train.input(1)[..2], [5.1, 4.9]);
    assert!(material.scaling.is_some());
    let Targets::Classes { names, .. } = material.train.targets() else {
        panic!("{:?}", material.train.targets());
    };
    assert_eq!(names, &["lily", "rose; wild", "tulip"]);
    let session = window.session();
    assert_eq!(session.architecture().input_count(), 2);
    assert_eq!(session.document().inputs, [3.5, 5.1]);
    let last = session.architecture().last_layer();
    assert_eq!(session.architecture().width(last), 3);
    // Two columns have the same name, so the document tells them by their numbers.
    let text =
        neurodial_core::session::file::document_text(session.document(), &folder.path().join("n.json"));
    assert!(
        text.contains("\"columns\": [\"2\", \"3\"], \"skip_bad_rows\": true"),
        "{text}"
    );
    assert!(
        text.contains("\"file\": \"flowers.csv\", \"target\": \"kind, or so\""),
        "{text}"
    );
    drop(session);
    // All of it is undone in two steps, and nothing asks for anything.
    window.command(Key::Z);
    window.command(Key::Z);
    assert!(window.session().setup().is_none());
    assert_eq!(window.session().architecture().input_count(), 2);
}

#[test]
fn another_target_and_numbers_as_classes_can_be_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let rows: String = (0..40)
        .map(|row| format!("{},{},{}\n", row, row % 3, row % 2))
        .collect();
    let mut window = dropped(folder.path(), &format!("x,three,two\n{rows}"));
    until(&mut window, "rows", |window| window.says("40 rows, 2 inputs"));
    window.rest();
    assert!(window.says("0 20 · 1 20"));
    window.click("learn three");
    until(&mut window, "rows", |window| window.says("0 14 · 1 13 · 2 13"));
    window.rest();
    window.click("a number");
    window.rest();
    assert!(!window.says("0 14"));
    window.click("a class for each number");
    window.click("Use the data");
    until(&mut window, "the data", |window| {
        window.session().setup().is_some()
    });
    let material = material(&window);
    assert_eq!((material.train.sample_count(), samples(&window)), (32, 40));
    assert!(matches!(material.train.targets(), Targets::Classes { names, .. } if names.len() == 3));
    // The columns can be chosen anew, and stand as they were.
    window.switch_alone(Pane::Training);
    choose_data(&mut window, "Columns of this file…");
    until(&mut window, "rows", |window| window.says("0 14 · 1 13 · 2 13"));
    window.rest();
    window.click("Cancel");
    assert_eq!(window.steps(), 1);
}

#[test]
fn a_file_without_a_table_is_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    for (text, part) in [
        ("", "needs at least two columns"),
        ("one\n1\n", "needs at least two columns"),
        ("a,b\nx,y\n", "Choose at least one input"),
        ("a,b\n1,\n", "there is no target"),
    ] {
        let mut window = dropped(folder.path(), text);
        until(&mut window, "a sentence", |window| window.says(part));
        window.rest();
        window.click("Cancel");
        assert!(window.session().setup().is_none());
    }
}

fn field(window: &Window) -> egui::Rect {
    window.places(Pane::Data, Element::CustomPointArea)[0].bounds()
}

fn at(window: &Window, x: f64, y: f64) -> Pos2 {
    let rect = field(window);
    let across = ((x + 6.0) / 12.0) as f32;
    let up = ((y + 6.0) / 12.0) as f32;
    Pos2::new(
        rect.left() + across * rect.width(),
        rect.bottom() - up * rect.height(),
    )
}

fn own(window: &Window) -> CustomPoints {
    let session = window.session();
    match &session.setup().unwrap().config().source {
        DataSource::Custom(points) => CustomPoints::clone(points),
        other => panic!("{other:?}"),
    }
}

fn on_points(points: CustomPoints) -> Window {
    let mut document = network(&[points.input_names().len(), 4, 1]).document().clone();
    let choice = TrainingConfig::new(DataSource::Custom(Arc::new(points)));
    document.training_setup = Some(Arc::new(TrainingSetup::new(choice).unwrap()));
    let mut window = Window::open(Session::open(document, Origin::Preset("article")));
    window.switch_alone(Pane::Data);
    window.rest();
    window
}

#[track_caller]
fn near(point: &[f64], x: f64, y: f64) {
    assert!(
        (point[0] - x).abs() < 0.02 && (point[1] - y).abs() < 0.04,
        "{point:?}"
    );
}

#[test]
fn points_are_set_moved_and_taken_away_by_hand() {
    let mut window = on_points(CustomPoints::for_classification());
    assert!(window.says("There are no points yet"));
    let place = at(&window, -2.0, 3.0);
    window.click_at(place);
    near(&own(&window).points()[0].inputs, -2.0, 3.0);
    assert_eq!(own(&window).points()[0].target, 1.0);
    window.rest();
    window.click("new points are 0");
    let place = at(&window, 4.0, -1.0);
    window.click_at(place);
    assert_eq!((own(&window).points()[1].target, window.steps()), (0.0, 2));
    assert!(window.says("loss "));
    // A drag is one step, and Escape takes it back.
    let (from, to) = (at(&window, 4.0, -1.0), at(&window, 1.0, 1.0));
    window.press_at(from);
    window.move_to(from + vec2(9.0, 9.0));
    window.move_to(to);
    near(&own(&window).points()[1].inputs, 1.0, 1.0);
    window.check_one_pass();
    window.key(Key::Escape);
    near(&own(&window).points()[1].inputs, 4.0, -1.0);
    window.release();
    assert_eq!(window.steps(), 2);
    window.drag(from, to);
    assert_eq!(window.steps(), 3);
    near(&own(&window).points()[1].inputs, 1.0, 1.0);
    // Beyond the plane is no place.
    let edge = at(&window, 1.0, 1.0);
    window.drag(edge, field(&window).right_center() + vec2(300.0, 0.0));
    assert_eq!(own(&window).points()[1].inputs[0], 6.0);
    window.command(Key::Z);
    // Keys.
    window.rest();
    window.key(Key::ArrowLeft);
    near(&own(&window).points()[1].inputs, 0.76, 1.0);
    window.key(Key::Num2);
    assert_eq!(own(&window).points()[1].target, 1.0);
    window.key(Key::PageUp);
    window.key(Key::Delete);
    assert_eq!(own(&window).points().len(), 1);
    near(&own(&window).points()[0].inputs, 0.76, 1.0);
    window.right_click_at(at(&window, 0.76, 1.0));
    assert_eq!(own(&window).points().len(), 0);
    assert!(window.says("There are no points yet"));
    for _ in 0..window.steps() {
        window.command(Key::Z);
    }
    assert_eq!(own(&window), CustomPoints::for_classification());
}

#[test]
fn a_point_of_a_curve_is_its_place_and_its_number() {
    let mut window = on_points(CustomPoints::for_regression(1));
    let rect = field(&window);
    window.click_at(rect.min + vec2(0.25 * rect.width(), 0.25 * rect.height()));
    let points = own(&window);
    near(
        &[points.points()[0].inputs[0], points.points()[0].target],
        -3.0,
        1.0,
    );
    assert_eq!(window.steps(), 1);
}

#[test]
fn made_data_is_edited_as_a_copy() {
    let mut window = on_data(network(&[2, 4, 1]), "xor");
    let before = material(&window);
    window.switch_alone(Pane::Data);
    window.click("Edit the points");
    window.rest();
    assert_eq!(own(&window).points().len(), 200);
    assert_eq!(material(&window).train, before.train);
    assert_eq!(material(&window).test, before.test);
    window.click("take all points away");
    assert_eq!(own(&window).points().len(), 0);
    window.command(Key::Z);
    window.command(Key::Z);
    assert_eq!(material(&window).train, before.train);
}

#[test]
fn features_are_inputs_that_change_nothing_until_they_are_turned() {
    let mut window = on_data(network(&[2, 4, 1]), "circle");
    let before = loss(&window);
    window.click("feature sin(x1)");
    window.click("feature x1*x2");
    window.rest();
    {
        let session = window.session();
        let names = session.architecture().input_names();
        assert_eq!(names[2..], [Some("sin x₁".to_owned()), Some("x₁x₂".to_owned())]);
        let features = &session.setup().unwrap().config().features;
        assert_eq!(
            features,
            &[ComputedFeature::Sine(0), ComputedFeature::Product(0, 1)]
        );
    }
    assert_eq!(loss(&window), before);
    // The one that is left keeps its weights.
    let product: Adjustable = Knob::weight(0, 1, 3).into();
    window.switch_alone(Pane::Training);
    let (handle, per_one) = window.handle(product);
    window.drag(handle, handle + vec2(0.5 * per_one, 0.0));
    let turned = window.value(product);
    assert_ne!(turned, 0.0);
    window.switch_alone(Pane::Training);
    window.click("feature sin(x1)");
    window.rest();
    assert_eq!(window.session().architecture().input_count(), 3);
    assert_eq!(window.value(Knob::weight(0, 1, 2).into()), turned);
    window.switch_alone(Pane::Data);
    window.rest();
    let map = match window.insight().data_plot(&window.session()) {
        Some(neurodial_core::insight::DataPlot::Map(map)) => map.clone(),
        other => panic!("{other:?}"),
    };
    // The map is over the raw inputs, and what is computed from them goes along.
    let session = window.session();
    let network = &session.document().network;
    for (row, column) in [(0, 0), (3, 7), (map.grid_size - 1, 5)] {
        let along = |[from, to]: [f64; 2], place: usize| {
            from + (to - from) * place as f64 / (map.grid_size - 1) as f64
        };
        let (x, y) = (along(map.x, column), along(map.y, row));
        let run = network.forward_batch(&[x, y, x * y], 1);
        let output = run.layers().last().unwrap().a[0];
        let neurodial_core::insight::data_plot::PlotValue::Scaled(degree) =
            map.values[row * map.grid_size + column]
        else {
            panic!()
        };
        assert!((degree - output).abs() < 1e-12, "{degree} {output}");
    }
}

#[test]
fn a_target_curve_is_chosen_where_the_curve_is() {
    let mut window = Window::on("bump");
    window.click("target of the curve");
    window.choose(&["sine"]);
    window.rest();
    assert_eq!(window.session().setup().unwrap().config().source.name(), "sine");
    assert!(
        window
            .insight()
            .target_curve()
            .is_some_and(|aim| aim.points().len() == 160)
    );
    assert!(window.says("loss 0."));
    window.click("target of the curve");
    window.choose(&["no target"]);
    assert!(window.session().setup().is_none() && window.insight().target_curve().is_none());
}

#[test]
fn the_best_of_a_hand_is_kept_and_can_be_gone_back_to() {
    let mut window = on_data(network(&[2, 4, 1]), "gaussians");
    window.switch_alone(Pane::Training);
    window.rest();
    assert!(!window.says("your best"));
    let target: Adjustable = Knob::weight(0, 0, 0).into();
    let mut best = (loss(&window), window.value(target));
    for value in [0.4, -0.7, 1.2, -2.0] {
        let (handle, per_one) = window.handle(target);
        let way = (value - window.value(target)) as f32 * per_one;
        window.drag(handle, handle + vec2(way, 0.0));
        window.rest();
        if loss(&window) < best.0 {
            best = (loss(&window), window.value(target));
        }
    }
    assert!(window.says("your best"), "{}", window.tree());
    window.click("back to your best knobs");
    window.rest();
    assert!(loss(&window) <= best.0);
    assert_eq!(window.session().history().undo_label(), Some("back to your best"));
    // Other data is another contest.
    window.switch_alone(Pane::Training);
    choose_data(&mut window, "xor");
    window.rest();
    assert!(!window.says("your best"));
}
