//! Images of the window and of panes in figures, rendered without a graphics card and compared with those in
//! `tests/snapshots`.
//!
//! After an intended change of a drawing, renew the images, look at each of them, and commit them:
//!
//!     UPDATE_SNAPSHOTS=1 cargo test --test window snapshots
//!
//! An image that differs is written next to the expected one as `*.new.png`, and the differences as `*.diff.png`.

use std::sync::Arc;
use std::{env, fs, io};

use egui::{Key, Pos2, Vec2, vec2};
use egui_figure::svg::TextMode;
use egui_figure::{HeadlessContext, png};
use egui_kittest::{SnapshotOptions, SnapshotResult, try_image_snapshot_options};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, RgbaImage};
use neurodial::figure_page::{FigureSpec, Length};
use neurodial::panes::Pane;
use neurodial::theme::ThemeMode;
use neurodial_core::formats::Preset;
use neurodial_core::session::training_run::Branch;
use neurodial_core::session::{DataSource, Document, TrainingConfig, TrainingRun, TrainingSetup};
use neurodial_core::text::Locale;
use neurodial_core::training::{EpochMetrics, Metrics};

use crate::support::training::choose_dataset;
use crate::support::{TestWindow, b, preset};

const THEMES: [(&str, ThemeMode); 2] = [("print", ThemeMode::Print), ("dark", ThemeMode::Dark)];

/// The panes in figures: name, document, width in points.
const PANES: [(&str, &str, f32); 13] = [
    ("diagram", "article", 420.0),
    ("knobs", "article", 300.0),
    ("curves", "article", 380.0),
    ("formula", "article-quiet", 360.0),
    ("cases", "xor", 320.0),
    ("map", "xor", 260.0),
    ("family", "article", 380.0),
    ("desk", "article", 340.0),
    ("heat-map", "deep", 340.0),
    ("data", "moons", 260.0),
    ("confusion", "flowers", 420.0),
    ("loss", "flowers", 340.0),
    ("landscape", "flowers", 320.0),
];

/// Returns the document of a preset, or for another name one with that dataset and a network for it; `flowers` is the
/// iris dataset.
fn document(name: &str) -> Document {
    match Preset::from_name(name) {
        Some(preset) => preset.document().unwrap(),
        None => {
            let source = DataSource::from_name(if name == "flowers" { "iris" } else { name });
            let setup = TrainingSetup::new(TrainingConfig::new(source.unwrap())).unwrap();
            let mut document = setup.new_document().unwrap();
            document.training_setup = Some(Arc::new(setup));
            document
        }
    }
}

/// Returns the run of which losses are drawn.
fn run() -> TrainingRun {
    let losses = [1.3, 0.72, 0.55, 0.47, 0.42, 0.37, 0.33, 0.31];
    let metrics = |loss: f64| Metrics {
        loss,
        accuracy: Some((1.15 - loss).clamp(0.3, 1.0)),
    };
    let epochs = losses.iter().enumerate().map(|(epoch, &loss)| EpochMetrics {
        epoch,
        train: metrics(loss),
        test: Some(metrics(1.08 * loss + 0.02)),
    });
    TrainingRun {
        current_epoch: losses.len() - 1,
        current_branch: Branch {
            metrics: Arc::new(epochs.collect()),
            ..Branch::default()
        },
        ..TrainingRun::default()
    }
}

/// The smallest size of the window, in points.
const SMALL: Vec2 = vec2(640.0, 420.0);

fn compare(image: &RgbaImage, name: &str) -> SnapshotResult {
    // Processors may round the last bit of an edge differently; nothing else is tolerated.
    let options = SnapshotOptions::new().threshold(0.6).max_failed_pixels(4);
    let path = options.output_path.join(format!("{name}.png"));
    let previous = fs::read(&path).ok();
    let result = try_image_snapshot_options(image, name, &options);
    if result.is_ok() && fs::read(&path).ok() != previous {
        // It was renewed; write it smaller than egui_kittest does, because it is in the repository.
        let file = io::BufWriter::new(fs::File::create(&path).unwrap());
        let encoder = PngEncoder::new_with_quality(file, CompressionType::Best, FilterType::Adaptive);
        DynamicImage::from(image.clone())
            .to_rgb8()
            .write_with_encoder(encoder)
            .unwrap();
    }
    result
}

fn check(results: Vec<SnapshotResult>) {
    let errors: Vec<String> = results
        .into_iter()
        .filter_map(|result| result.err().map(|error| error.to_string()))
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

#[test]
fn panes_match_their_snapshots() {
    let mut context = HeadlessContext::new();
    let mut results = Vec::new();
    for (pane, document_name, width) in PANES {
        let document = document(document_name);
        for (theme, mode) in THEMES {
            let spec = FigureSpec {
                panels: vec![Pane::from_name(pane).unwrap()],
                mode,
                width: Length::pixels(width),
                run: Some(Arc::new(run())),
                ..FigureSpec::for_document(&document)
            };
            let figure = spec.draw(&mut context, &document).unwrap();
            let svg = figure.to_svg(TextMode::EmbeddedFonts).unwrap();
            let raster = png::rasterize(&svg, figure.pixel_size(None).unwrap()).unwrap();
            let image = RgbaImage::from_raw(raster.width, raster.height, raster.rgba).unwrap();
            results.push(compare(&image, &format!("{pane}-{theme}")));
        }
    }
    check(results);
}

#[test]
fn the_window_matches_its_snapshots() {
    let mut results = Vec::new();
    for is_dark in [false, true] {
        let theme = if is_dark { "dark" } else { "light" };
        for scene in ["window", "menu", "list"] {
            // A lower Curves pane has no room for its controls.
            let size = if scene == "list" {
                SMALL + vec2(0.0, 160.0)
            } else {
                SMALL
            };
            let mut window = TestWindow::with_size(preset("article"), size);
            window.settle();
            if is_dark {
                window.press_ctrl(Key::D);
            }
            match scene {
                "menu" => window.choose(&["Network"]),
                "list" => window.click("Plotted quantity"),
                _ => {}
            }
            window.settle();
            let image = window.harness.render().unwrap();
            results.push(compare(&image, &format!("{scene}-{theme}")));
        }
    }
    check(results);
}

#[test]
fn the_chinese_window_matches_its_snapshots() {
    let mut results = Vec::new();
    for (scene, pane, is_dark) in [
        ("window", Pane::Knobs, false),
        ("description", Pane::Words, false),
        ("training", Pane::Training, true),
    ] {
        let mut window = TestWindow::with_size(preset("article"), vec2(900.0, 600.0));
        window.choose_language(Locale::SimplifiedChinese);
        if is_dark {
            window.press_ctrl(Key::D);
        }
        match scene {
            "training" => {
                window.toggle_maximized(pane);
                choose_dataset(&mut window, "iris");
            }
            "description" => window.toggle_maximized(pane),
            _ => {}
        }
        window.move_to(Pos2::ZERO);
        window.settle();
        let image = window.harness.render().unwrap();
        results.push(compare(&image, &format!("{scene}-chinese")));
    }
    check(results);
}

#[test]
fn a_moved_label_fails_the_comparison() {
    if env::var_os("UPDATE_SNAPSHOTS").is_some() {
        return;
    }
    let mut window = TestWindow::with_size(preset("neuron"), SMALL);
    window.settle();
    let before = window.harness.render().unwrap();
    let (handle, _) = window.slider_handle(b(1));
    window.drag(handle, handle + vec2(3.0, 0.0));
    window.settle();
    let folder = tempfile::tempdir().unwrap();
    let options = SnapshotOptions::new()
        .threshold(0.6)
        .max_failed_pixels(4)
        .output_path(folder.path());
    before.save(folder.path().join("before.png")).unwrap();
    let after = window.harness.render().unwrap();
    assert!(try_image_snapshot_options(&before, "before", &options).is_ok());
    assert!(try_image_snapshot_options(&after, "before", &options).is_err());
}
