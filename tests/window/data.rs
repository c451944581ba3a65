//! Data in the window: a table from a file, custom points, computed features, a target curve, and the lowest loss.

use std::path::Path;
use std::sync::Arc;

use egui::{Key, Pos2, Rect, vec2};
use neurodial::canvas::Element;
use neurodial::panes::Pane;
use neurodial_core::data::{ComputedFeature, CustomPoints, Targets};
use neurodial_core::formats::json;
use neurodial_core::insight::DataPlot;
use neurodial_core::insight::data_plot::PlotValue;
use neurodial_core::network::Knob;
use neurodial_core::session::{
    Adjustable, DataSource, Origin, Session, TrainingConfig, TrainingSetup, UndoLabel,
};
use neurodial_core::text::Messages;

use crate::support::training::{
    choose_dataset, dataset_label, train_loss, train_test_split, window_with_data,
};
use crate::support::{TestWindow, network, w};

const FLOWERS: &str = "\u{feff}number;width;width;colour;\"kind, or so\"\r\n1;3,5;5,1;red;lily\r\n2;3,0;4,9;blue;\"rose; wild\"\r\n\
    3;;4,7;red;lily\r\n4;3,1;x;red;lily\r\n5;3,6;5,0;red;tulip\r\n6;3,9;5,4;blue;lily\r\n7;3,4;4,6;red;\"rose; wild\"\r\n\
    8;2,9;4,4;red;tulip\r\n9;3,3;4,1;red;lily\r\n";

/// Opens a window and drops a table on it.
fn window_with_dropped_table(folder: &Path, text: &str) -> TestWindow {
    let file = folder.join("flowers.csv");
    std::fs::write(&file, text).unwrap();
    let mut window = TestWindow::with_session(network(&[2, 4, 1]));
    window.drop_file(&file);
    window
}

/// Returns the number of samples of training set and test set.
fn sample_count(window: &TestWindow) -> usize {
    let split = train_test_split(window);
    split.train.sample_count() + split.test.as_ref().map_or(0, |test| test.sample_count())
}

#[test]
fn a_dropped_table_can_be_used_for_training() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window_with_dropped_table(folder.path(), FLOWERS);
    window.step_until("rows", |window| window.shows_text("7 rows, 3 inputs"));
    window.settle();
    // The invalid cells are listed with their lines.
    for text in [
        "2 unreadable rows are skipped",
        "Line 4, column “width”: there is no number",
        "Line 5, column “width”: “x” is not a number",
        Messages::ENGLISH.target_kind_text_class(),
        "lily: 3 · rose; wild: 2 · tulip: 2",
    ] {
        assert!(window.shows_text(text), "{text}\n{}", window.accessibility_tree());
    }
    window.click(&Messages::ENGLISH.import_data_use_as_input("number"));
    window.step_until("rows", |window| window.shows_text("7 rows, 2 inputs"));
    window.settle();
    window.click("Test set: 0%");
    window.click(Messages::ENGLISH.create_matching_network());
    window.step_until("the data", |window| window.session().setup().is_some());
    window.settle();
    let split = train_test_split(&window);
    assert_eq!(split.train.inputs()[..2], [3.5, 3.0]);
    assert_eq!(split.train.input(1)[..2], [5.1, 4.9]);
    assert!(split.scaling.is_some());
    let Targets::Classes { names, .. } = split.train.targets() else {
        panic!("{:?}", split.train.targets());
    };
    assert_eq!(names, &["lily", "rose; wild", "tulip"]);
    let session = window.session();
    assert_eq!(session.architecture().input_count(), 2);
    assert_eq!(session.document().inputs, [3.5, 5.1]);
    let last = session.architecture().last_layer();
    assert_eq!(session.architecture().width(last), 3);
    // Two columns have the same name, so the document stores their numbers.
    let text = json::write_for(session.document(), &folder.path().join("n.json"));
    assert!(
        text.contains("\"columns\": [\"2\", \"3\"], \"skip_bad_rows\": true"),
        "{text}"
    );
    assert!(
        text.contains("\"file\": \"flowers.csv\", \"target\": \"kind, or so\""),
        "{text}"
    );
    drop(session);
    // Network and data are undone in two steps.
    window.press_ctrl(Key::Z);
    window.press_ctrl(Key::Z);
    assert!(window.session().setup().is_none());
    assert_eq!(window.session().architecture().input_count(), 2);
}

#[test]
fn the_target_column_and_classes_from_numbers_can_be_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let rows: String = (0..40)
        .map(|row| format!("{},{},{}\n", row, row % 3, row % 2))
        .collect();
    let mut window = window_with_dropped_table(folder.path(), &format!("x,three,two\n{rows}"));
    window.step_until("rows", |window| window.shows_text("40 rows, 2 inputs"));
    window.settle();
    assert!(window.shows_text("0: 20 · 1: 20"));
    window.click(&Messages::ENGLISH.import_data_use_as_target("three"));
    window.step_until("rows", |window| window.shows_text("0: 14 · 1: 13 · 2: 13"));
    window.settle();
    window.click(Messages::ENGLISH.target_kind_number());
    window.settle();
    assert!(!window.shows_text("0: 14"));
    window.click(Messages::ENGLISH.target_kind_numeric_class());
    window.click(Messages::ENGLISH.import_data_use());
    window.step_until("the data", |window| window.session().setup().is_some());
    let split = train_test_split(&window);
    assert_eq!((split.train.sample_count(), sample_count(&window)), (32, 40));
    assert!(matches!(split.train.targets(), Targets::Classes { names, .. } if names.len() == 3));
    // The columns can be chosen again, beginning with the current choice.
    window.toggle_maximized(Pane::Training);
    choose_dataset(&mut window, "Columns of this file…");
    window.step_until("rows", |window| window.shows_text("0: 14 · 1: 13 · 2: 13"));
    window.settle();
    window.click("Cancel");
    assert_eq!(window.undo_count(), 1);
}

#[test]
fn a_file_without_a_usable_table_shows_one_message() {
    let folder = tempfile::tempdir().unwrap();
    for (table, message) in [
        ("", "needs at least two columns"),
        ("one\n1\n", "needs at least two columns"),
        ("a,b\nx,y\n", "Choose at least one input"),
        ("a,b\n1,\n", "Choose at least one input"),
    ] {
        let mut window = window_with_dropped_table(folder.path(), table);
        window.step_until("a message", |window| window.shows_text(message));
        window.settle();
        window.click("Cancel");
        assert!(window.session().setup().is_none());
    }
}

#[test]
fn a_table_that_can_be_read_in_two_ways_is_asked_about() {
    let folder = tempfile::tempdir().unwrap();
    let text = "a;b;kind\n1,000;2;yes\n3,000;4;Yes\n5,000;6;no\n";
    let mut window = window_with_dropped_table(folder.path(), text);
    window.step_until("a question", |window| {
        window.shows_text("“1,000” can have thousands or decimals")
    });
    window.settle();
    window.click(Messages::ENGLISH.read_decimal());
    window.choose(&[Messages::ENGLISH.decimal_comma()]);
    window.step_until("rows", |window| window.shows_text("3 rows, 2 inputs"));
    window.settle();
    assert!(window.shows_text("classes that differ only in letter case: Yes and yes"));
    window.click(Messages::ENGLISH.read_merge_classes());
    window.step_until("merged classes", |window| window.shows_text("Yes: 2 · no: 1"));
    window.settle();
    window.click(Messages::ENGLISH.create_matching_network());
    window.step_until("the data", |window| window.session().setup().is_some());
    let text = json::write_for(window.session().document(), &folder.path().join("n.json"));
    assert!(
        text.contains("\"decimal\": \",\"") && text.contains("\"merge_classes\": true"),
        "{text}"
    );
}

/// Returns the area in which custom points are edited.
fn point_area(window: &TestWindow) -> Rect {
    window.element_rect(Pane::Data, Element::CustomPointArea)
}

/// Returns the position of a point with these inputs on the screen.
fn pos_of(window: &TestWindow, x: f64, y: f64) -> Pos2 {
    let rect = point_area(window);
    let across = ((x + 6.0) / 12.0) as f32;
    let up = ((y + 6.0) / 12.0) as f32;
    Pos2::new(
        rect.left() + across * rect.width(),
        rect.bottom() - up * rect.height(),
    )
}

fn custom_points(window: &TestWindow) -> CustomPoints {
    let session = window.session();
    match &session.setup().unwrap().config().source {
        DataSource::Custom(points) => CustomPoints::clone(points),
        other => panic!("{other:?}"),
    }
}

fn window_with_points(points: CustomPoints) -> TestWindow {
    let mut document = network(&[points.input_names().len(), 4, 1]).document().clone();
    let choice = TrainingConfig::new(DataSource::Custom(Arc::new(points)));
    document.training_setup = Some(Arc::new(TrainingSetup::new(choice).unwrap()));
    let mut window = TestWindow::with_session(Session::open(document, Origin::Preset("article")));
    window.toggle_maximized(Pane::Data);
    window.settle();
    window
}

#[track_caller]
fn check_near(point: &[f64], x: f64, y: f64) {
    assert!(
        (point[0] - x).abs() < 0.02 && (point[1] - y).abs() < 0.04,
        "{point:?}"
    );
}

#[test]
fn custom_points_can_be_added_moved_and_removed() {
    let mut window = window_with_points(CustomPoints::for_classification());
    assert!(window.shows_text("There are no points yet"));
    let pos = pos_of(&window, -2.0, 3.0);
    window.click_at(pos);
    check_near(&custom_points(&window).points()[0].inputs, -2.0, 3.0);
    assert_eq!(custom_points(&window).points()[0].target, 1.0);
    window.settle();
    window.click(&Messages::ENGLISH.new_point_class_name("0"));
    let pos = pos_of(&window, 4.0, -1.0);
    window.click_at(pos);
    assert_eq!(
        (custom_points(&window).points()[1].target, window.undo_count()),
        (0.0, 2)
    );
    assert!(window.shows_text("Loss "));
    // A drag is one step, and Escape takes it back.
    let (from, to) = (pos_of(&window, 4.0, -1.0), pos_of(&window, 1.0, 1.0));
    window.press_at(from);
    window.move_to(from + vec2(9.0, 9.0));
    window.move_to(to);
    check_near(&custom_points(&window).points()[1].inputs, 1.0, 1.0);
    window.check_one_pass();
    window.press_key(Key::Escape);
    check_near(&custom_points(&window).points()[1].inputs, 4.0, -1.0);
    window.release();
    assert_eq!(window.undo_count(), 2);
    window.drag(from, to);
    assert_eq!(window.undo_count(), 3);
    check_near(&custom_points(&window).points()[1].inputs, 1.0, 1.0);
    // A point can't leave the area.
    let point = pos_of(&window, 1.0, 1.0);
    window.drag(point, point_area(&window).right_center() + vec2(300.0, 0.0));
    assert_eq!(custom_points(&window).points()[1].inputs[0], 6.0);
    window.press_ctrl(Key::Z);
    // The keyboard moves the selected point.
    window.settle();
    window.press_key(Key::ArrowLeft);
    check_near(&custom_points(&window).points()[1].inputs, 0.76, 1.0);
    window.press_key(Key::Num2);
    assert_eq!(custom_points(&window).points()[1].target, 1.0);
    window.press_key(Key::PageUp);
    window.press_key(Key::Delete);
    assert_eq!(custom_points(&window).points().len(), 1);
    check_near(&custom_points(&window).points()[0].inputs, 0.76, 1.0);
    window.right_click_at(pos_of(&window, 0.76, 1.0));
    assert_eq!(custom_points(&window).points().len(), 0);
    assert!(window.shows_text("There are no points yet"));
    for _ in 0..window.undo_count() {
        window.press_ctrl(Key::Z);
    }
    assert_eq!(custom_points(&window), CustomPoints::for_classification());
}

#[test]
fn a_regression_point_takes_its_input_and_target_from_its_position() {
    let mut window = window_with_points(CustomPoints::for_regression(1));
    let rect = point_area(&window);
    window.click_at(rect.min + vec2(0.25 * rect.width(), 0.25 * rect.height()));
    let points = custom_points(&window);
    check_near(
        &[points.points()[0].inputs[0], points.points()[0].target],
        -3.0,
        1.0,
    );
    assert_eq!(window.undo_count(), 1);
}

#[test]
fn editing_generated_data_creates_a_copy() {
    let mut window = window_with_data(network(&[2, 4, 1]), "xor");
    let before = train_test_split(&window);
    window.toggle_maximized(Pane::Data);
    window.click(Messages::ENGLISH.edit_points());
    window.settle();
    assert_eq!(custom_points(&window).points().len(), 200);
    assert_eq!(train_test_split(&window).train, before.train);
    assert_eq!(train_test_split(&window).test, before.test);
    window.click(Messages::ENGLISH.delete_points_name());
    assert_eq!(custom_points(&window).points().len(), 0);
    window.press_ctrl(Key::Z);
    window.press_ctrl(Key::Z);
    assert_eq!(train_test_split(&window).train, before.train);
}

#[test]
fn computed_features_leave_the_loss_unchanged_until_their_weights_change() {
    let mut window = window_with_data(network(&[2, 4, 1]), "circle");
    let before = train_loss(&window);
    window.click(&Messages::ENGLISH.computed_feature_name("sin(x1)"));
    window.click(&Messages::ENGLISH.computed_feature_name("x1*x2"));
    window.settle();
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
    assert_eq!(train_loss(&window), before);
    // The remaining feature keeps its weights.
    let product: Adjustable = Knob::weight(0, 1, 3).into();
    window.toggle_maximized(Pane::Training);
    window.drag_slider(product, 0.5);
    let weight = window.value(product);
    assert_ne!(weight, 0.0);
    window.toggle_maximized(Pane::Training);
    window.click(&Messages::ENGLISH.computed_feature_name("sin(x1)"));
    window.settle();
    assert_eq!(window.session().architecture().input_count(), 3);
    assert_eq!(window.value(Knob::weight(0, 1, 2).into()), weight);
    window.toggle_maximized(Pane::Data);
    window.settle();
    let map = match window.insight().data_plot(&window.session(), false) {
        Some(DataPlot::Map(map)) => map.clone(),
        other => panic!("{other:?}"),
    };
    // The axes of the map are the raw inputs; the feature is computed from them.
    let session = window.session();
    let network = &session.document().network;
    for (row, column) in [(0, 0), (3, 7), (map.grid_size - 1, 5)] {
        let value_at =
            |[from, to]: [f64; 2], cell: usize| from + (to - from) * cell as f64 / (map.grid_size - 1) as f64;
        let (x, y) = (value_at(map.x, column), value_at(map.y, row));
        let forward_pass = network.forward_batch(&[x, y, x * y], 1);
        let output = forward_pass.layers().last().unwrap().a[0];
        let PlotValue::Scaled(value) = map.values[row * map.grid_size + column] else {
            panic!()
        };
        assert!((value - output).abs() < 1e-12, "{value} {output}");
    }
}

#[test]
fn a_target_curve_can_be_chosen_in_the_curves_pane() {
    let mut window = TestWindow::with_preset("bump");
    window.click("Target curve");
    window.choose(&[&dataset_label("sine", Messages::ENGLISH)]);
    window.settle();
    assert_eq!(window.session().setup().unwrap().config().source.name(), "sine");
    assert!(
        window
            .insight()
            .target_curve()
            .is_some_and(|curve| curve.points().len() == 160)
    );
    assert!(window.shows_text("Loss 0."));
    window.click("Target curve");
    window.choose(&["no target"]);
    assert!(window.session().setup().is_none() && window.insight().target_curve().is_none());
}

#[test]
fn the_users_best_knobs_are_kept_and_can_be_restored() {
    let mut window = window_with_data(network(&[2, 4, 1]), "gaussians");
    window.toggle_maximized(Pane::Training);
    window.settle();
    assert!(!window.has_node(Messages::ENGLISH.status_best_loss_name()));
    let target = w(1, 1);
    let mut best = (train_loss(&window), window.value(target));
    for value in [0.4, -0.7, 1.2, -2.0] {
        let change = (value - window.value(target)) as f32;
        window.drag_slider(target, change);
        window.settle();
        if train_loss(&window) < best.0 {
            best = (train_loss(&window), window.value(target));
        }
    }
    assert!(
        window.has_node(Messages::ENGLISH.status_best_loss_name()),
        "{}",
        window.accessibility_tree()
    );
    window.click(Messages::ENGLISH.status_best_loss_name());
    window.settle();
    assert!(train_loss(&window) <= best.0);
    assert_eq!(
        window.session().history().undo_label(),
        Some(&UndoLabel::RestoreBest)
    );
    // Another dataset has another lowest loss.
    window.toggle_maximized(Pane::Training);
    choose_dataset(&mut window, "xor");
    window.settle();
    assert!(!window.has_node(Messages::ENGLISH.status_best_loss_name()));
}

#[test]
fn data_outside_of_the_folder_is_asked_for_once() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().canonicalize().unwrap();
    let inner = folder.join("inner");
    std::fs::create_dir(&inner).unwrap();
    std::fs::write(folder.join("t.csv"), "a,b,y\n1,2,3\n4,5,6\n7,8,10\n").unwrap();
    let document = r#"{"neurodial": 1, "layers": [{"activation": "linear", "weights": [[1, 2]], "biases": [0]}], "data": {"file": "../t.csv"}}"#;
    let path = inner.join("n.json");
    std::fs::write(&path, document).unwrap();
    let messages = Messages::ENGLISH;
    let has_data = |window: &TestWindow| {
        window
            .session()
            .setup()
            .is_some_and(|setup| setup.split().is_ok())
    };

    let mut window = TestWindow::with_session(network(&[2, 1]));
    window.drop_file(&path);
    window.step_until("the question", |window| {
        window.has_node(messages.outside_data_title())
    });
    assert!(window.shows_text(&folder.join("t.csv").display().to_string()));
    // The answer that does nothing is the first one.
    window.press_key(Key::Enter);
    window.settle();
    assert!(!window.has_node(messages.outside_data_title()) && !has_data(&window));

    window.drop_file(&path);
    window.step_until("the question", |window| {
        window.has_node(messages.outside_data_title())
    });
    window.settle();
    window.click(messages.outside_data_read());
    window.step_until("the data", has_data);
    assert_eq!(window.undo_count(), 0);
    assert!(!window.session().is_unsaved());

    window.drop_file(&path);
    window.step_until("the data", has_data);
    assert!(!window.has_node(messages.outside_data_title()));
}

#[test]
fn every_decision_about_a_table_can_be_changed() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window_with_dropped_table(folder.path(), "x,y\n1,a\n-999,b\n3,B\noops,a\n5,b\n6,b\n");
    let messages = window.messages;
    window.step_until("rows", |window| window.shows_text("5 rows, 1 input"));
    window.settle();
    for name in [
        messages.read_encoding(),
        messages.read_separator(),
        messages.read_decimal(),
        messages.read_thousands(),
        messages.read_dates(),
        messages.read_header(),
        messages.read_comment(),
        messages.read_missing(),
        messages.read_skip_bad_rows(),
        messages.read_merge_classes(),
    ] {
        assert!(window.has_node(name), "{name}\n{}", window.accessibility_tree());
    }
    // The first rows as a table.
    assert!(window.shows_text("-999"));
    window.click(messages.read_merge_classes());
    window.step_until("merged classes", |window| window.shows_text("a: 1 · b: 4"));
    window.settle();
    window.click(messages.read_missing());
    window.type_text("-999");
    window.step_until("a missing value", |window| window.shows_text("4 rows, 1 input"));
    window.settle();
    window.click(messages.read_skip_bad_rows());
    window.settle();
    assert!(window.shows_text(&messages.rows_unreadable(2)));
    window.click(messages.import_data_use());
    window.settle();
    assert!(window.session().setup().is_none());
    window.click(messages.read_skip_bad_rows());
    window.settle();
    window.click(messages.import_data_use());
    window.step_until("the data", |window| window.session().setup().is_some());
}
