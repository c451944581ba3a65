//! Drawings with every kind of shape and text.

use egui::epaint::{
    BandPoint, BandShape, CubicBezierShape, EllipseShape, PathShape, PathStroke, QuadraticBezierShape,
    RectShape, TextShape,
};
use egui::text::{LayoutJob, TextFormat};
use egui::{
    Align2, Color32, ColorImage, CornerRadius, Direction, FontFamily, FontId, Mesh, Painter, Rect, Shape,
    Stroke, StrokeKind, TextureOptions, Vec2, pos2, vec2,
};
use egui_figure::svg::{SvgOptions, TextMode};
use egui_figure::{Drawing, FigureMarker, HeadlessContext, fonts};

pub const INK: Color32 = Color32::from_rgb(20, 30, 50);
pub const RED: Color32 = Color32::from_rgb(204, 51, 17);
pub const BLUE: Color32 = Color32::from_rgb(0, 119, 187);

/// Draws with a new context.
pub fn draw(size: Vec2, paint: impl Fn(&Painter)) -> Drawing {
    draw_in(&mut HeadlessContext::new(), size, paint)
}

/// Draws with an existing context.
pub fn draw_in(headless: &mut HeadlessContext, size: Vec2, paint: impl Fn(&Painter)) -> Drawing {
    headless.draw(size, |ui| paint(ui.painter())).unwrap()
}

/// Returns the settings for a drawing of 400 × 300 points on white.
pub fn options() -> SvgOptions {
    SvgOptions {
        background: Some(Color32::WHITE),
        title: "A title".to_owned(),
        description: "A <description> & \"more\"".to_owned(),
        ..SvgOptions::new(vec2(400.0, 300.0))
    }
}

/// Returns the [`options`] with text as outlines.
pub fn outline_options() -> SvgOptions {
    SvgOptions {
        text_mode: TextMode::Outlines,
        ..options()
    }
}

pub fn rect(x: f32, y: f32, width: f32, height: f32) -> Rect {
    Rect::from_min_size(pos2(x, y), vec2(width, height))
}

/// Paints every kind of shape except text, on 400 × 300 points.
pub fn shapes(painter: &Painter) {
    let line = Stroke::new(2.0, INK);
    painter.add(Shape::Noop);
    painter.circle(pos2(40.0, 40.0), 20.0, RED, line);
    painter.circle(
        pos2(90.0, 40.0),
        20.0,
        RED.gamma_multiply(0.5),
        (6.0, INK.gamma_multiply(0.5)),
    );
    let ellipse = EllipseShape {
        center: pos2(140.0, 40.0),
        radius: vec2(25.0, 12.0),
        fill: BLUE,
        stroke: line,
        angle: 0.5,
    };
    painter.add(ellipse);
    painter.line_segment([pos2(180.0, 20.0), pos2(230.0, 60.0)], line);
    painter.extend(Shape::dashed_line(
        &[pos2(180.0, 60.0), pos2(230.0, 20.0)],
        Stroke::new(1.5, RED),
        4.0,
        3.0,
    ));
    let zigzag = vec![
        pos2(250.0, 60.0),
        pos2(260.0, 20.0),
        pos2(270.0, 60.0),
        pos2(300.0, 60.0),
        pos2(300.0, 20.0),
    ];
    painter.add(Shape::line(zigzag, Stroke::new(4.0, BLUE)));
    for (index, stroke_kind) in [StrokeKind::Inside, StrokeKind::Middle, StrokeKind::Outside]
        .into_iter()
        .enumerate()
    {
        let x = 20.0 + 50.0 * index as f32;
        let corners = CornerRadius {
            nw: 0,
            ne: 4,
            sw: 8,
            se: 12,
        };
        painter.rect(
            rect(x, 80.0, 36.0, 30.0),
            corners,
            RED.gamma_multiply(0.4),
            Stroke::new(4.0, INK),
            stroke_kind,
        );
        let triangle = vec![pos2(x, 155.0), pos2(x + 18.0, 125.0), pos2(x + 36.0, 155.0)];
        painter.add(PathShape {
            points: triangle,
            closed: true,
            fill: BLUE.gamma_multiply(0.4),
            stroke: PathStroke::new(3.0, INK).with_kind(stroke_kind),
        });
    }
    painter.add(RectShape::filled(rect(180.0, 80.0, 40.0, 30.0), 6, BLUE).with_blur_width(8.0));
    painter
        .add(RectShape::new(rect(240.0, 85.0, 40.0, 20.0), 3, RED, line, StrokeKind::Middle).with_angle(0.4));
    let points = (0..=20).map(|step| {
        let x = step as f32 / 20.0;
        let middle = 140.0 + 8.0 * (6.0 * x).sin();
        BandPoint::new(180.0 + 100.0 * x, middle - 10.0 * x..=middle + 10.0 * x)
    });
    painter.add(BandShape::new(
        points.collect(),
        RED.gamma_multiply(0.3),
        Stroke::new(1.0, RED),
    ));
    let quadratic = [pos2(20.0, 200.0), pos2(50.0, 160.0), pos2(80.0, 200.0)];
    painter.add(QuadraticBezierShape::from_points_stroke(
        quadratic,
        false,
        Color32::TRANSPARENT,
        line,
    ));
    let cubic = [
        pos2(90.0, 200.0),
        pos2(100.0, 150.0),
        pos2(140.0, 150.0),
        pos2(150.0, 200.0),
    ];
    painter.add(CubicBezierShape::from_points_stroke(cubic, true, BLUE, line));
    let gradient = PathStroke::new_uv(4.0, |area, at| {
        RED.lerp_to_gamma(BLUE, (at.x - area.min.x) / area.width())
    });
    painter.add(Shape::line(
        vec![pos2(310.0, 30.0), pos2(340.0, 50.0), pos2(380.0, 30.0)],
        gradient,
    ));
    painter.add(Shape::gradient_rect(
        rect(310.0, 80.0, 70.0, 30.0),
        Direction::LeftToRight,
        [RED, BLUE],
    ));
    painter.add(Shape::gradient_rect(
        rect(310.0, 120.0, 70.0, 30.0),
        Direction::TopDown,
        [RED, Color32::TRANSPARENT],
    ));
    painter.add(Shape::Vec(vec![three_color_triangle(), color_scale(), star()]));
}

/// Returns a triangle with a color at each corner.
fn three_color_triangle() -> Shape {
    let mut mesh = Mesh::default();
    mesh.colored_vertex(pos2(170.0, 200.0), Color32::RED);
    mesh.colored_vertex(pos2(200.0, 165.0), Color32::GREEN);
    mesh.colored_vertex(pos2(230.0, 200.0), Color32::BLUE);
    mesh.add_triangle(0, 1, 2);
    Shape::mesh(mesh)
}

/// Returns a strip with gradients between four colors.
fn color_scale() -> Shape {
    let mut mesh = Mesh::default();
    for (step, color) in [BLUE, Color32::WHITE, Color32::YELLOW, RED]
        .into_iter()
        .enumerate()
    {
        let x = 250.0 + 40.0 * step as f32;
        mesh.colored_vertex(pos2(x, 170.0), color);
        mesh.colored_vertex(pos2(x, 190.0), color);
        if step > 0 {
            let index = 2 * step as u32;
            mesh.add_triangle(index - 2, index - 1, index);
            mesh.add_triangle(index - 1, index, index + 1);
        }
    }
    Shape::mesh(mesh)
}

/// Returns a star of one color.
fn star() -> Shape {
    let mut mesh = Mesh::default();
    let center = pos2(50.0, 250.0);
    mesh.colored_vertex(center, BLUE);
    for corner in 0..10 {
        let radius = if corner % 2 == 0 { 28.0 } else { 12.0 };
        let angle = corner as f32 * std::f32::consts::TAU / 10.0;
        mesh.colored_vertex(center + radius * Vec2::angled(angle), BLUE);
        mesh.add_triangle(0, 1 + corner, 1 + (corner + 1) % 10);
    }
    Shape::mesh(mesh)
}

/// Paints a texture of 2 × 2 texels: as a mesh, mirrored, and in a rotated rectangle.
pub fn textures(ui: &egui::Ui) {
    let colors = [Color32::RED, Color32::GREEN, Color32::BLUE, Color32::YELLOW];
    let image = ColorImage::new([2, 2], colors.to_vec());
    let handle = ui.ctx().load_texture("colors", image, TextureOptions::NEAREST);
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    let painter = ui.painter();
    painter.image(handle.id(), rect(10.0, 10.0, 40.0, 40.0), whole, Color32::WHITE);
    let mirrored = Rect::from_min_max(pos2(1.0, 0.0), pos2(0.5, 1.0));
    painter.image(
        handle.id(),
        rect(60.0, 10.0, 20.0, 40.0),
        mirrored,
        Color32::WHITE,
    );
    let rotated = RectShape::filled(rect(90.0, 15.0, 30.0, 30.0), 8, Color32::WHITE);
    painter.add(rotated.with_texture(handle.id(), whole).with_angle(0.5));
    // The handle must outlive the passes that draw it.
    ui.ctx()
        .data_mut(|data| data.insert_temp(egui::Id::unique("colors"), handle));
}

/// Paints text in every format, on 400 × 300 points.
pub fn texts(painter: &Painter) {
    let text = |x: f32, y: f32, content: &str, font: FontId| {
        painter.text(pos2(x, y), Align2::LEFT_TOP, content, font, INK)
    };
    text(
        10.0,
        10.0,
        "Weights, biases & <activation> 0.26",
        FontId::proportional(16.0),
    );
    text(10.0, 35.0, "AVATAR To. Wave Typ", FontId::proportional(16.0));
    text(
        10.0,
        60.0,
        "Semi-bold 1.25 AV",
        FontId::new(16.0, fonts::semibold()),
    );
    text(
        10.0,
        85.0,
        "z = w·x + b  → σ(z)",
        FontId::new(16.0, fonts::serif()),
    );
    text(
        10.0,
        110.0,
        "w₁₂ and fluffy AVW",
        FontId::new(16.0, fonts::serif_italic()),
    );
    text(10.0, 135.0, "mono: 0.26 → 🔒", FontId::monospace(16.0));
    text(
        10.0,
        160.0,
        "▶ ⚙ ∇ ŷ y\u{302} e\u{301}x",
        FontId::proportional(16.0),
    );
    let galley = painter.layout(
        "Several words in a paragraph that is wrapped, and aligned to the left.".to_owned(),
        FontId::proportional(11.0),
        Color32::PLACEHOLDER,
        120.0,
    );
    painter.galley(pos2(10.0, 190.0), galley, BLUE);
    let galley = painter.layout_no_wrap("turned by 30°".to_owned(), FontId::proportional(14.0), RED);
    painter.add(TextShape::new(pos2(300.0, 20.0), galley, RED).with_angle(0.5));
    let mut job = LayoutJob::default();
    let format = |color: Color32| TextFormat {
        font_id: FontId::new(14.0, FontFamily::Proportional),
        color,
        ..TextFormat::default()
    };
    job.append(
        "spaced ",
        0.0,
        TextFormat {
            extra_letter_spacing: 2.0,
            ..format(INK)
        },
    );
    job.append(
        "under ",
        0.0,
        TextFormat {
            underline: Stroke::new(1.0, RED),
            ..format(INK)
        },
    );
    job.append(
        "struck ",
        10.0,
        TextFormat {
            strikethrough: Stroke::new(1.0, RED),
            ..format(BLUE)
        },
    );
    job.append(
        "lit",
        0.0,
        TextFormat {
            background: Color32::YELLOW,
            italics: true,
            ..format(INK)
        },
    );
    let galley = painter.layout_job(job);
    painter.add(TextShape::new(pos2(150.0, 190.0), galley, INK).with_opacity_factor(0.7));
    let mut job = LayoutJob::simple_singleline(
        "A long line that is cut".to_owned(),
        FontId::proportional(14.0),
        INK,
    );
    job.wrap.max_width = 90.0;
    job.wrap.max_rows = 1;
    let galley = painter.layout_job(job);
    painter.galley(pos2(150.0, 220.0), galley, INK);
    let mut job = LayoutJob::single_section("One two three four five six seven".to_owned(), format(INK));
    job.wrap.max_width = 110.0;
    job.justify = true;
    let galley = painter.layout_job(job);
    painter.galley(pos2(260.0, 220.0), galley, INK);
}

/// Returns a marker that begins a group.
pub fn begin_group(name: &str) -> Shape {
    FigureMarker::BeginGroup {
        name: name.to_owned(),
    }
    .into_shape()
}

/// Returns a marker with the title of a group.
pub fn title(title: &str) -> Shape {
    FigureMarker::Title(title.to_owned()).into_shape()
}

/// Returns a marker that ends a group.
pub fn end_group() -> Shape {
    FigureMarker::EndGroup.into_shape()
}
