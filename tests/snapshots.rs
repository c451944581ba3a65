//! Pictures of the window and of panes on paper, in every look: drawn by the road that figures take, without a graphics
//! card, and compared with those in `tests/snapshots`.
//!
//! When a drawing has changed on purpose, renew them, look at each one, and commit them:
//!
//!     UPDATE_SNAPSHOTS=1 cargo test --test snapshots
//!
//! A picture that differs stands beside the old one as `*.new.png`, with the differences in `*.diff.png`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/window.rs"]
mod window;

use std::sync::Arc;
use std::{env, fs, io};

use egui::{Vec2, vec2};
use egui_figure::svg::TextMode;
use egui_figure::{HeadlessContext, png};
use egui_kittest::{SnapshotOptions, SnapshotResult, try_image_snapshot_options};
use image::RgbaImage;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use neurodial::app::StoragePaths;
use neurodial::figure_page::{FigurePanel, FigureSpec, Length};
use neurodial::theme::ThemeMode;
use neurodial_core::session::training_run::Branch;
use neurodial_core::session::{DataSource, Document, Preset, TrainingConfig, TrainingRun, TrainingSetup};
use neurodial_core::training::{EpochMetrics, Metrics};
use window::Window;

const LOOKS: [(&str, ThemeMode); 4] = [
    ("print", ThemeMode::Print),
    ("gray", ThemeMode::Grayscale),
    ("light", ThemeMode::Light),
    ("dark", ThemeMode::Dark),
];

/// The panes on paper: name, document, width in points.
const PANES: [(&str, &str, f32); 12] = [
    ("diagram", "article", 420.0),
    ("knobs", "article", 300.0),
    ("curves", "article", 380.0),
    ("formula", "article-quiet", 360.0),
    ("cases", "xor", 320.0),
    ("map", "xor", 260.0),
    ("family", "article", 380.0),
    ("desk", "article", 340.0),
    ("heat-map", "deep", 340.0),
    ("confusion", "flowers", 420.0),
    ("loss", "flowers", 340.0),
    ("landscape", "flowers", 320.0),
];

/// A preset; or a network for the flowers with their data.
fn document(name: &str) -> Document {
    match Preset::from_name(name) {
        Some(preset) => preset.document().unwrap(),
        None => {
            let course =
                TrainingSetup::new(TrainingConfig::new(DataSource::from_name("iris").unwrap())).unwrap();
            let mut document = course.new_document().unwrap();
            document.training_setup = Some(Arc::new(course));
            document
        }
    }
}

/// How training went, where losses are drawn.
fn run() -> TrainingRun {
    let losses = [1.3, 0.72, 0.55, 0.47, 0.42, 0.37, 0.33, 0.31];
    let measured = |loss: f64| Metrics {
        loss,
        accuracy: Some((1.15 - loss).clamp(0.3, 1.0)),
    };
    let records = losses.iter().enumerate().map(|(epoch, &loss)| EpochMetrics {
        epoch,
        train: measured(loss),
        test: Some(measured(1.08 * loss + 0.02)),
    });
    let records = Arc::new(records.collect());
    TrainingRun {
        current_epoch: losses.len() - 1,
        current_branch: Branch {
            metrics: records,
            ..Branch::default()
        },
        ..TrainingRun::default()
    }
}

/// The smallest window there may be.
const SMALL: Vec2 = vec2(640.0, 420.0);

fn compare(picture: &RgbaImage, name: &str) -> SnapshotResult {
    // A processor may round the last bit of an edge otherwise, and that is all that is forgiven.
    let options = SnapshotOptions::new().threshold(0.6).max_failed_pixels(4);
    let path = options.output_path.join(format!("{name}.png"));
    let was = fs::read(&path).ok();
    let result = try_image_snapshot_options(picture, name, &options);
    if result.is_ok() && fs::read(&path).ok() != was {
        // It was renewed: smaller than the comparing crate writes it, since the pictures are in the repository.
        let file = io::BufWriter::new(fs::File::create(&path).unwrap());
        let encoder = PngEncoder::new_with_quality(file, CompressionType::Best, FilterType::Adaptive);
        image::DynamicImage::from(picture.clone())
            .to_rgb8()
            .write_with_encoder(encoder)
            .unwrap();
    }
    result
}

fn check(faults: Vec<SnapshotResult>) {
    let faults: Vec<String> = faults
        .into_iter()
        .filter_map(|result| result.err().map(|error| error.to_string()))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn panes_on_paper_look_as_they_were_reviewed() {
    let mut studio = HeadlessContext::new();
    let mut results = Vec::new();
    for (pane, preset, width) in PANES {
        let document = document(preset);
        for (look, mode) in LOOKS {
            let plate = FigureSpec {
                panels: vec![FigurePanel::from_name(pane).unwrap()],
                mode,
                width: Length::pixels(width),
                run: Some(Arc::new(run())),
                ..FigureSpec::default()
            };
            let printed = plate.draw(&mut studio, &document).unwrap();
            let svg = printed.to_svg(TextMode::EmbeddedFonts).unwrap();
            let raster = png::rasterize(&svg, printed.pixel_size(None).unwrap()).unwrap();
            let picture = RgbaImage::from_raw(raster.width, raster.height, raster.rgba).unwrap();
            results.push(compare(&picture, &format!("{pane}-{look}")));
        }
    }
    check(results);
}

#[test]
fn the_window_looks_as_it_was_reviewed() {
    let mut results = Vec::new();
    for is_dark in [false, true] {
        let look = if is_dark { "dark" } else { "light" };
        for scene in ["window", "menu", "list"] {
            // In a low pane the curve comes before the row of its controls.
            let size = if scene == "list" {
                SMALL + vec2(0.0, 80.0)
            } else {
                SMALL
            };
            let mut window = Window::with(window::preset("article"), StoragePaths::default(), size);
            window.rest();
            if is_dark {
                window.command(egui::Key::D);
            }
            match scene {
                "menu" => window.choose(&["Network"]),
                "list" => window.click("shown number"),
                _ => {}
            }
            window.rest();
            let picture = window.harness.render().unwrap();
            results.push(compare(&picture, &format!("{scene}-{look}")));
        }
    }
    check(results);
}

#[test]
fn a_moved_label_is_seen() {
    if env::var_os("UPDATE_SNAPSHOTS").is_some() {
        return;
    }
    let mut window = Window::with(window::preset("neuron"), StoragePaths::default(), SMALL);
    window.rest();
    let before = window.harness.render().unwrap();
    let track = window.handle(window::b(1)).0;
    window.drag(track, track + vec2(3.0, 0.0));
    window.rest();
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
