//! A figure shows what the screen shows: SVG, drawn by resvg, beside egui's own triangles.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "support/gallery.rs"]
mod gallery;
#[path = "support/screen.rs"]
mod screen;

use egui::{Painter, Ui, Vec2, vec2};
use egui_figure::{HeadlessContext, png, svg};

/// Pixels a point.
const FINE: f32 = 4.0;

/// How the two differ: on average, of 255; and the share of pixels that differ by more than a quarter.
fn difference(size: Vec2, options: &svg::SvgOptions, ui: impl Fn(&mut Ui)) -> (f32, f32) {
    let screen = screen::paint(size, FINE, &ui);
    let drawing = HeadlessContext::new().draw(size, &ui).unwrap();
    let options = svg::SvgOptions {
        width: size.x.to_string(),
        height: size.y.to_string(),
        ..options.clone()
    };
    let svg = svg::from_drawing(&drawing, &options).unwrap();
    let pixels = [size.x * FINE, size.y * FINE].map(|side| side as u32);
    let raster = png::rasterize(&svg, pixels).unwrap();
    if let Ok(folder) = std::env::var("LOOK") {
        let name = format!("{folder}/{}-{:?}", size.x, options.text_mode);
        std::fs::write(format!("{name}.rgba"), &raster.rgba).unwrap();
        let bytes: Vec<u8> = screen.iter().flatten().map(|v| v.round() as u8).collect();
        std::fs::write(format!("{name}.rgb"), bytes).unwrap();
    }
    let mut sum = 0.0;
    let mut far = 0;
    for (figure, screen) in raster.rgba.chunks(4).zip(&screen) {
        let distance = (0..3).map(|part| (f32::from(figure[part]) - screen[part]).abs());
        let most = distance.fold(0.0, f32::max);
        sum += most;
        far += u32::from(most > 64.0);
    }
    let count = screen.len() as f32;
    (sum / count, far as f32 / count)
}

fn painted(size: Vec2, options: &svg::SvgOptions, draw: impl Fn(&Painter)) -> (f32, f32) {
    difference(size, options, |ui| draw(ui.painter()))
}

#[test]
fn every_shape_is_where_the_screen_has_it() {
    let (mean, far) = painted(vec2(400.0, 300.0), &gallery::options(), gallery::shapes);
    assert!(mean < 0.6 && far < 0.002, "{mean} {far}");
}

#[test]
fn every_text_is_where_the_screen_has_it() {
    for options in [gallery::options(), gallery::outlined()] {
        let (mean, far) = painted(vec2(400.0, 300.0), &options, gallery::texts);
        assert!(mean < 1.3 && far < 0.006, "{:?}: {mean} {far}", options.text_mode);
    }
}

#[test]
fn an_enlarged_layer_is_where_the_screen_has_it() {
    let area = |ui: &mut Ui| {
        let painter = ui.painter().clone();
        let layer = egui::LayerId::new(egui::Order::Foreground, egui::Id::unique("layer"));
        let transform = egui::emath::TSTransform::new(vec2(-20.0, 10.0), 1.5);
        ui.ctx().set_transform_layer(layer, transform);
        gallery::texts(&painter.clone().with_layer_id(layer));
        let other = egui::LayerId::new(egui::Order::Foreground, egui::Id::unique("other"));
        gallery::shapes(&painter.with_layer_id(other));
    };
    let (mean, far) = difference(vec2(400.0, 300.0), &gallery::options(), area);
    assert!(mean < 2.5 && far < 0.015, "{mean} {far}");
}

#[test]
fn pictures_are_where_the_screen_has_them() {
    let (mean, far) = difference(vec2(200.0, 60.0), &gallery::options(), |ui| gallery::pictures(ui));
    assert!(mean < 1.0 && far < 0.01, "{mean} {far}");
}
