//! A figure looks as in a window: its SVG, drawn by resvg, is compared with egui's own triangles.

use egui::{Align2, FontId, Painter, Ui, Vec2, pos2, vec2};
use egui_figure::svg::{self, SvgOptions};
use egui_figure::{FallbackFonts, HeadlessContext, png};

use crate::{egui_raster, gallery, other_scripts};

const PIXELS_PER_POINT: f32 = 4.0;

/// The difference between a figure and egui's own pixels. The difference of two pixels is that of the color
/// channel that differs most, from 0 to 255.
struct Difference {
    /// The mean difference of two pixels.
    mean: f32,
    /// The fraction of pixels that differ by more than a quarter of the range.
    large_fraction: f32,
}

impl Difference {
    #[track_caller]
    fn assert_below(&self, mean: f32, large_fraction: f32) {
        assert!(
            self.mean < mean && self.large_fraction < large_fraction,
            "mean {}, large fraction {}",
            self.mean,
            self.large_fraction
        );
    }
}

fn difference(size: Vec2, options: &SvgOptions, ui: impl Fn(&mut Ui)) -> Difference {
    difference_with_fonts(FallbackFonts::default(), size, options, ui)
}

fn difference_with_fonts(
    fonts: FallbackFonts,
    size: Vec2,
    options: &SvgOptions,
    ui: impl Fn(&mut Ui),
) -> Difference {
    let expected = egui_raster::paint(size, PIXELS_PER_POINT, fonts.clone(), &ui);
    let mut headless = HeadlessContext::new();
    headless.set_fallback_fonts(fonts);
    let drawing = headless.draw(size, &ui).unwrap();
    let options = SvgOptions {
        width: size.x.to_string(),
        height: size.y.to_string(),
        ..options.clone()
    };
    let svg = svg::from_drawing(&drawing, &options).unwrap();
    let pixels = [size.x, size.y].map(|side| (side * PIXELS_PER_POINT) as u32);
    let raster = png::rasterize(&svg, pixels).unwrap();
    let mut sum = 0.0;
    let mut large_count = 0;
    for (figure, expected) in raster.rgba.chunks(4).zip(&expected) {
        let channels = (0..3).map(|channel| (f32::from(figure[channel]) - expected[channel]).abs());
        let largest = channels.fold(0.0, f32::max);
        sum += largest;
        large_count += u32::from(largest > 64.0);
    }
    let count = expected.len() as f32;
    Difference {
        mean: sum / count,
        large_fraction: large_count as f32 / count,
    }
}

fn painter_difference(options: &SvgOptions, draw: impl Fn(&Painter)) -> Difference {
    difference(vec2(400.0, 300.0), options, |ui| draw(ui.painter()))
}

#[test]
fn shapes_look_as_egui_paints_them() {
    painter_difference(&gallery::options(), gallery::shapes).assert_below(0.6, 0.002);
}

#[test]
fn texts_look_as_egui_paints_them() {
    for options in [gallery::options(), gallery::outline_options()] {
        painter_difference(&options, gallery::texts).assert_below(1.3, 0.006);
    }
}

#[test]
fn a_transformed_layer_looks_as_egui_paints_it() {
    let layers = |ui: &mut Ui| {
        let painter = ui.painter().clone();
        let layer = egui::LayerId::new(egui::Order::Foreground, egui::Id::unique("layer"));
        let transform = egui::emath::TSTransform::new(vec2(-20.0, 10.0), 1.5);
        ui.ctx().set_transform_layer(layer, transform);
        gallery::texts(&painter.clone().with_layer_id(layer));
        let other = egui::LayerId::new(egui::Order::Foreground, egui::Id::unique("other"));
        gallery::shapes(&painter.with_layer_id(other));
    };
    difference(vec2(400.0, 300.0), &gallery::options(), layers).assert_below(2.5, 0.015);
}

#[test]
fn texts_in_other_scripts_look_as_egui_paints_them() {
    let fonts = || {
        other_scripts::fonts_from(&[
            "Hebrew.ttf",
            "Arabic.ttf",
            "Devanagari.ttf",
            "Cyrillic.ttf",
            "TraditionalChinese.otf",
            "Emoji.ttf",
            "ColorBitmaps.ttf",
            "ColorLayers.ttf",
        ])
    };
    let texts = [
        "损失：（偏置）。",
        "體溫 a",
        "температура",
        "🌡 🌧",
        "שלום עולם = 0.5",
        "درجة الحرارة ١٢",
        "तापमान हिन्दी",
        "a 🟥🟦🇨🇭👍🏽 b",
    ];
    for options in [gallery::options(), gallery::outline_options()] {
        for text in texts {
            let ui = |ui: &mut Ui| {
                let font = FontId::proportional(24.0);
                ui.painter()
                    .text(pos2(10.0, 10.0), Align2::LEFT_TOP, text, font, gallery::INK);
            };
            difference_with_fonts(fonts(), vec2(240.0, 50.0), &options, ui).assert_below(2.0, 0.01);
        }
    }
}

#[test]
fn textures_look_as_egui_paints_them() {
    difference(vec2(200.0, 60.0), &gallery::options(), |ui| gallery::textures(ui)).assert_below(1.0, 0.01);
}
