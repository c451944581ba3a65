//! Pixels: sizes, background, resolution, and gradients with the colors that egui interpolates.

use egui::{Color32, Direction, Mesh, Painter, Shape, pos2, vec2};
use egui_figure::png::Raster;
use egui_figure::{FigureError, UnsupportedShape, png, svg};

use crate::gallery::{self, BLUE, RED, draw, options, rect};

/// Returns a drawing of 100 × 50 points with 4 pixels per point.
fn raster(background: Option<Color32>, paint: impl Fn(&Painter)) -> Raster {
    let drawing = draw(vec2(100.0, 50.0), paint);
    let options = svg::SvgOptions {
        width: "100".to_owned(),
        height: "50".to_owned(),
        background,
        ..options()
    };
    png::rasterize(&svg::from_drawing(&drawing, &options).unwrap(), [400, 200]).unwrap()
}

/// Returns the color at a point.
fn color_at(raster: &Raster, x: f32, y: f32) -> [u8; 4] {
    let pixel = (y * 4.0) as usize * raster.width as usize + (x * 4.0) as usize;
    raster.rgba[4 * pixel..4 * pixel + 4].try_into().unwrap()
}

#[track_caller]
fn assert_close(actual: [u8; 4], expected: [u8; 4], tolerance: u8) {
    let is_close = actual
        .iter()
        .zip(expected)
        .all(|(a, b)| a.abs_diff(b) <= tolerance);
    assert!(is_close, "{actual:?} instead of {expected:?}");
}

fn mix(from: Color32, to: Color32, fraction: f32) -> [u8; 4] {
    from.lerp_to_gamma(to, fraction).to_srgba_unmultiplied()
}

#[test]
fn gradients_have_the_colors_that_egui_interpolates() {
    type PositionAt = fn(f32) -> (f32, f32);
    let directions: [(Direction, PositionAt); 4] = [
        (Direction::LeftToRight, |t| (10.0 + 80.0 * t, 25.0)),
        (Direction::RightToLeft, |t| (90.0 - 80.0 * t, 25.0)),
        (Direction::TopDown, |t| (50.0, 5.0 + 40.0 * t)),
        (Direction::BottomUp, |t| (50.0, 45.0 - 40.0 * t)),
    ];
    for (direction, position_at) in directions {
        let area = rect(10.0, 5.0, 80.0, 40.0);
        let raster = raster(None, |painter| {
            painter.add(Shape::gradient_rect(area, direction, [RED, BLUE]));
        });
        for fraction in [0.1, 0.5, 0.9] {
            let (x, y) = position_at(fraction);
            assert_close(color_at(&raster, x, y), mix(RED, BLUE, fraction), 3);
        }
        assert_eq!(color_at(&raster, 5.0, 25.0), [0; 4]);
    }
}

#[test]
fn a_gradient_to_transparent_keeps_its_color() {
    let raster = raster(None, |painter| {
        let area = rect(0.0, 0.0, 100.0, 50.0);
        painter.add(Shape::gradient_rect(
            area,
            Direction::LeftToRight,
            [RED, Color32::TRANSPARENT],
        ));
    });
    let [r, g, b, a] = color_at(&raster, 50.0, 25.0);
    assert_close([r, g, b, 255], RED.to_array(), 4);
    assert!(a.abs_diff(127) < 4, "{a}");
}

#[test]
fn a_triangle_interpolates_the_colors_of_its_corners() {
    let corners = [pos2(10.0, 45.0), pos2(50.0, 5.0), pos2(90.0, 45.0)];
    let colors = [Color32::RED, Color32::GREEN, Color32::BLUE];
    let raster = raster(None, |painter| {
        let mut mesh = Mesh::default();
        for (corner, color) in corners.into_iter().zip(colors) {
            mesh.colored_vertex(corner, color);
        }
        mesh.add_triangle(0, 1, 2);
        painter.add(Shape::mesh(mesh));
    });
    for weights in [
        [0.8, 0.1, 0.1],
        [0.1, 0.8, 0.1],
        [0.1, 0.1, 0.8],
        [0.34, 0.33, 0.33],
    ] {
        let weighted = || weights.into_iter().zip(corners);
        let x = weighted().map(|(weight, corner)| weight * corner.x).sum();
        let y = weighted().map(|(weight, corner)| weight * corner.y).sum();
        let expected = weights.map(|weight: f32| (255.0 * weight) as u8);
        assert_close(
            color_at(&raster, x, y),
            [expected[0], expected[1], expected[2], 255],
            6,
        );
    }
    assert_eq!(color_at(&raster, 20.0, 10.0), [0; 4]);
}

#[test]
fn adjacent_gradients_in_one_direction_become_one_path() {
    let drawing = draw(vec2(100.0, 50.0), |painter| {
        let mut mesh = Mesh::default();
        for step in 0..=50_u32 {
            let color = Color32::from_rgb(5 * step as u8, 100, 250 - 5 * step as u8);
            let color = if step % 2 == 0 { color } else { Color32::WHITE };
            mesh.colored_vertex(pos2(2.0 * step as f32, 0.0), color);
            mesh.colored_vertex(pos2(2.0 * step as f32, 50.0), color);
            if step > 0 {
                mesh.add_triangle(2 * step - 2, 2 * step - 1, 2 * step);
                mesh.add_triangle(2 * step - 1, 2 * step, 2 * step + 1);
            }
        }
        painter.add(Shape::mesh(mesh));
    });
    let svg = svg::from_drawing(&drawing, &options()).unwrap();
    assert_eq!(svg.matches("<path").count(), 1);
    assert_eq!(svg.matches("<stop").count(), 51);
    assert!(svg.contains(r#"d="M0 0 100 0 100 50 0 50Z""#), "{svg}");
}

#[test]
fn adjacent_triangles_of_one_color_have_no_seams() {
    let raster = raster(Some(Color32::WHITE), |painter| {
        let mut mesh = Mesh::default();
        mesh.colored_vertex(pos2(50.0, 25.0), BLUE);
        for corner in 0..12_u32 {
            let angle = corner as f32 * std::f32::consts::TAU / 12.0;
            mesh.colored_vertex(pos2(50.0, 25.0) + 20.0 * egui::Vec2::angled(angle), BLUE);
            mesh.add_triangle(0, 1 + corner, 1 + (corner + 1) % 12);
        }
        painter.add(Shape::mesh(mesh));
    });
    for step in 0..200 {
        let angle = step as f32 * 0.0314;
        let position = pos2(50.0, 25.0) + 15.0 * egui::Vec2::angled(angle);
        assert_eq!(color_at(&raster, position.x, position.y), BLUE.to_array());
    }
}

#[test]
fn a_mesh_that_shows_the_font_atlas_is_an_error() {
    let drawing = draw(vec2(100.0, 50.0), |painter| {
        let mut mesh = Mesh::default();
        let uv = egui::Rect::from_min_max(pos2(0.1, 0.1), pos2(0.2, 0.2));
        mesh.add_rect_with_uv(rect(0.0, 0.0, 10.0, 10.0), uv, RED);
        painter.add(Shape::mesh(mesh));
    });
    let error = svg::from_drawing(&drawing, &options()).unwrap_err();
    assert_eq!(error, FigureError::UnsupportedShape(UnsupportedShape::GlyphMesh));
}

#[test]
fn the_background_is_transparent_unless_given() {
    let dot = |painter: &Painter| {
        painter.circle_filled(pos2(50.0, 25.0), 10.0, RED);
    };
    assert_eq!(color_at(&raster(None, dot), 5.0, 5.0), [0; 4]);
    assert_eq!(color_at(&raster(Some(BLUE), dot), 5.0, 5.0), BLUE.to_array());
    assert_eq!(color_at(&raster(None, dot), 50.0, 25.0), RED.to_array());
}

#[test]
fn a_png_has_the_given_size_and_resolution() {
    let drawing = draw(vec2(400.0, 300.0), gallery::texts);
    let svg = svg::from_drawing(&drawing, &options()).unwrap();
    let file = png::from_svg(&svg, [1004, 753], Some(11_811), None).unwrap();
    assert!(file == png::from_svg(&svg, [1004, 753], Some(11_811), None).unwrap());
    let reader = ::png::Decoder::new(std::io::Cursor::new(&file))
        .read_info()
        .unwrap();
    let info = reader.info();
    assert_eq!((info.width, info.height), (1004, 753));
    assert_eq!(
        info.pixel_dims.map(|dots| (dots.xppu, dots.yppu)),
        Some((11_811, 11_811))
    );
    assert_eq!(
        info.color_type,
        ::png::ColorType::Rgb,
        "an opaque image has no alpha channel"
    );
}

#[test]
fn rejects_impossible_sizes_and_invalid_svg() {
    let drawing = draw(vec2(40.0, 30.0), |_| {});
    let svg = svg::from_drawing(&drawing, &options()).unwrap();
    for pixels in [[0, 10], [10, 0], [u32::MAX, 10], [100_000, 100_000]] {
        let error = png::rasterize(&svg, pixels).unwrap_err();
        assert!(matches!(error, FigureError::InvalidImageSize(_)), "{error}");
    }
    assert!(png::rasterize("not an SVG", [10, 10]).is_err());
}
