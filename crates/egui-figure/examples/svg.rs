//! Draws a UI with a plot to SVG, PNG and PDF files in the current folder.

use egui::{Color32, Frame, Pos2, Rect, Sense, Stroke, Ui, pos2, vec2};
use egui_figure::pdf::{self, PdfOptions};
use egui_figure::svg::{self, SvgOptions};
use egui_figure::{FigureMarker, HeadlessContext, png};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut headless = HeadlessContext::new();
    headless.context().set_theme(egui::Theme::Light);
    let drawing = headless.draw(vec2(320.0, 200.0), |ui| {
        Frame::new().inner_margin(10).show(ui, figure_ui);
    })?;

    let options = SvgOptions {
        background: Some(Color32::WHITE),
        title: "Sine and cosine".to_owned(),
        ..SvgOptions::new(drawing.size)
    };
    let svg = svg::from_drawing(&drawing, &options)?;
    std::fs::write("waves.svg", &svg)?;

    // 300 dots per inch; a point is 1/96 inch.
    let pixels = [drawing.size.x, drawing.size.y].map(|side| (side * 300.0 / 96.0).round() as u32);
    std::fs::write("waves.png", png::from_svg(&svg, pixels, Some(11_811), None)?)?;

    let options = PdfOptions {
        title: "Sine and cosine".to_owned(),
        ..PdfOptions::new(drawing.size)
    };
    std::fs::write("waves.pdf", pdf::from_svg(&svg, &options)?)?;
    Ok(())
}

const BLUE: Color32 = Color32::from_rgb(0, 119, 187);
const RED: Color32 = Color32::from_rgb(204, 51, 17);

/// Shows a heading, a plot, and a legend.
fn figure_ui(ui: &mut Ui) {
    ui.heading("Sine and cosine");
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 130.0), Sense::hover());
    let painter = ui.painter_at(rect);
    let axis = Stroke::new(1.0, Color32::GRAY);
    painter.hline(rect.x_range(), rect.center().y, axis);
    for (name, function, color) in [
        ("sine", f32::sin as fn(f32) -> f32, BLUE),
        ("cosine", f32::cos, RED),
    ] {
        // The markers make each curve an SVG group with an id and a title.
        let name = name.to_owned();
        painter.add(FigureMarker::BeginGroup { name: name.clone() }.into_shape());
        painter.add(FigureMarker::Title(format!("The {name} of x")).into_shape());
        painter.line(curve(rect, function), Stroke::new(2.0, color));
        painter.add(FigureMarker::EndGroup.into_shape());
    }
    ui.horizontal(|ui| {
        ui.colored_label(BLUE, "sine");
        ui.colored_label(RED, "cosine");
        ui.label("for x from 0 to 4π");
    });
}

/// Returns the points of a function from 0 to 4π, scaled to fill `rect`.
fn curve(rect: Rect, function: fn(f32) -> f32) -> Vec<Pos2> {
    let point = |step: u8| {
        let t = f32::from(step) / 200.0;
        let y = function(t * 4.0 * std::f32::consts::PI);
        pos2(
            rect.left() + t * rect.width(),
            rect.center().y - 0.45 * rect.height() * y,
        )
    };
    (0..=200).map(point).collect()
}
