//! Draws the frames of a moving wave and writes them as an animated GIF and PNG in the current folder.

use egui::{Color32, Stroke, Ui, pos2, vec2};
use egui_figure::animation::{self, AnimationFormat};
use egui_figure::png::{self, Raster};
use egui_figure::svg::{self, SvgOptions};
use egui_figure::{FigureError, HeadlessContext};

const FRAME_COUNT: u8 = 30;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut headless = HeadlessContext::new();
    headless.context().set_theme(egui::Theme::Light);
    let frames = (0..FRAME_COUNT)
        .map(|index| frame(&mut headless, f32::from(index) / f32::from(FRAME_COUNT)))
        .collect::<Result<Vec<Raster>, FigureError>>()?;
    // Each frame is shown for 4 hundredths of a second.
    for (file, format) in [
        ("wave.gif", AnimationFormat::Gif),
        ("wave.png", AnimationFormat::Apng),
    ] {
        std::fs::write(file, animation::encode(format, &frames, 4)?)?;
    }
    Ok(())
}

/// Draws one frame; `phase` is from 0 to 1.
fn frame(headless: &mut HeadlessContext, phase: f32) -> Result<Raster, FigureError> {
    let drawing = headless.draw(vec2(200.0, 100.0), |ui| wave_ui(ui, phase))?;
    let options = SvgOptions {
        background: Some(Color32::WHITE),
        ..SvgOptions::new(drawing.size)
    };
    png::rasterize(&svg::from_drawing(&drawing, &options)?, [400, 200])
}

fn wave_ui(ui: &mut Ui, phase: f32) {
    ui.label(format!("Phase {phase:.2}"));
    let points = (0..=100_u8).map(|step| {
        let t = f32::from(step) / 100.0;
        let angle = (2.0 * t - phase) * std::f32::consts::TAU;
        pos2(10.0 + 180.0 * t, 60.0 - 30.0 * angle.sin())
    });
    ui.painter()
        .line(points.collect(), Stroke::new(2.0, Color32::from_rgb(0, 119, 187)));
}
