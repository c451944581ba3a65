//! SVG files: every kind of shape, groups, clips, nothing for invisible shapes, the same bytes each time.

use std::sync::Arc;

use egui::epaint::{ClippedShape, EllipseShape, PathStroke};
use egui::{Color32, PaintCallback, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, pos2, vec2};
use egui_figure::{FigureError, HeadlessContext, UnsupportedShape, svg};
use roxmltree::{Document, Node};

use crate::gallery::{self, BLUE, INK, RED, begin_group, draw, end_group, options, rect, title};

fn svg_of(paint: impl Fn(&Painter)) -> String {
    let drawing = draw(vec2(400.0, 300.0), paint);
    svg::from_drawing(&drawing, &options()).unwrap()
}

fn count(svg: &str, name: &str) -> usize {
    let document = Document::parse(svg).unwrap();
    let root = document.root_element();
    root.descendants().filter(|node| node.has_tag_name(name)).count()
}

/// Returns an attribute of the only element with this name, not counting definitions and the background.
fn attribute_of_only(svg: &str, name: &str, attribute: &str) -> String {
    let document = Document::parse(svg).unwrap();
    let is_defined = |node: &Node<'_, '_>| node.ancestors().any(|outer| outer.has_tag_name("defs"));
    let mut elements = document.descendants().filter(|node| {
        node.has_tag_name(name) && node.attribute("height") != Some("300") && !is_defined(node)
    });
    let element = elements.next().unwrap_or_else(|| panic!("no {name} in {svg}"));
    assert!(elements.next().is_none(), "{svg}");
    element.attribute(attribute).unwrap_or_default().to_owned()
}

#[test]
fn every_kind_of_shape_becomes_an_element_of_valid_xml() {
    let svg = svg_of(gallery::shapes);
    for (name, min_count) in [
        ("circle", 3),
        ("ellipse", 1),
        ("path", 15),
        ("rect", 3),
        ("linearGradient", 4),
        ("feGaussianBlur", 1),
        ("image", 1),
    ] {
        assert!(count(&svg, name) >= min_count, "{name}: {}", count(&svg, name));
    }
    assert!(svg.contains(r#"viewBox="0 0 400 300""#), "{svg}");
}

#[test]
fn numbers_have_at_most_three_decimals_and_no_exponent() {
    let svg = svg_of(|painter| {
        gallery::shapes(painter);
        painter.circle_filled(pos2(-0.001, 1e-7), 12.345_678, RED);
        painter.line_segment([pos2(-1e30, 5.0), pos2(1e30, 5.0)], (1.0, RED));
    });
    let document = Document::parse(&svg).unwrap();
    let values = document.descendants().flat_map(|node| {
        let attributes = node.attributes().filter(|attribute| {
            ![
                "href",
                "fill",
                "stroke",
                "stop-color",
                "id",
                "clip-path",
                "filter",
                "style",
            ]
            .contains(&attribute.name())
        });
        attributes
            .map(|attribute| attribute.value().to_owned())
            .collect::<Vec<_>>()
    });
    let mut numbers = 0;
    for value in values {
        for word in value.split(|c: char| !(c.is_ascii_digit() || "+-.eE".contains(c))) {
            let Ok(number) = word.parse::<f64>() else { continue };
            numbers += 1;
            assert!(number.abs() <= 1e6, "{word}");
            assert!(
                !word.contains(['e', 'E']) && !word.starts_with("-0 ") && word != "-0",
                "{word}"
            );
            let decimals = word.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            assert!(decimals <= 3 && !word.ends_with('.'), "{word}");
        }
    }
    assert!(numbers > 300, "{numbers}");
}

#[test]
fn the_same_drawing_gives_the_same_bytes_whatever_was_drawn_before() {
    let first = svg_of(|painter| {
        gallery::shapes(painter);
        gallery::texts(painter);
    });
    let mut headless = HeadlessContext::new();
    headless
        .draw(vec2(900.0, 200.0), |ui| {
            ui.label("Another drawing of another size");
            ui.collapsing("Collapsible", |ui| ui.button("Button"));
        })
        .unwrap();
    for _ in 0..2 {
        let again = gallery::draw_in(&mut headless, vec2(400.0, 300.0), |painter| {
            gallery::shapes(painter);
            gallery::texts(painter);
        });
        assert!(first == svg::from_drawing(&again, &options()).unwrap());
    }
}

#[test]
fn draws_until_two_passes_are_equal() {
    let mut passes = 0;
    let drawing = HeadlessContext::new().draw(vec2(100.0, 100.0), |ui| {
        passes += 1;
        let radius = 20.0 - 15.0 / passes as f32;
        ui.painter()
            .circle_filled(pos2(50.0, 50.0), if passes > 4 { 7.0 } else { radius }, RED);
        ui.painter().add(begin_group("a[1]"));
    });
    let svg = svg::from_drawing(&drawing.unwrap(), &options()).unwrap();
    assert_eq!(attribute_of_only(&svg, "circle", "r"), "7");
    assert_eq!(passes, 6);
}

#[test]
fn a_clip_is_written_once_and_only_for_shapes_that_it_cuts() {
    let svg = svg_of(|painter| {
        let clipped = painter.with_clip_rect(rect(50.0, 50.0, 100.0, 100.0));
        clipped.circle_filled(pos2(100.0, 100.0), 20.0, RED);
        clipped.circle_filled(pos2(50.0, 100.0), 20.0, RED);
        clipped.circle_filled(pos2(150.0, 100.0), 20.0, BLUE);
        clipped.circle_filled(pos2(300.0, 100.0), 20.0, BLUE);
        painter.circle_filled(pos2(500.0, 100.0), 20.0, BLUE);
        painter.circle_filled(pos2(400.0, 100.0), 20.0, INK);
    });
    assert_eq!(count(&svg, "circle"), 4);
    assert_eq!(count(&svg, "clipPath"), 1);
    assert_eq!(svg.matches("clip-path=").count(), 2);
}

#[test]
fn the_clip_of_a_rotated_shape_is_not_rotated() {
    let svg = svg_of(|painter| {
        let clipped = painter.with_clip_rect(rect(50.0, 50.0, 100.0, 100.0));
        clipped.add(EllipseShape::filled(pos2(60.0, 60.0), vec2(30.0, 10.0), RED).with_angle(1.0));
    });
    let document = Document::parse(&svg).unwrap();
    let ellipse = document
        .descendants()
        .find(|node| node.has_tag_name("ellipse"))
        .unwrap();
    assert_eq!(ellipse.attribute("transform"), Some("rotate(57.296 60 60)"));
    assert_eq!(ellipse.attribute("clip-path"), None);
    assert!(ellipse.parent().unwrap().attribute("clip-path").is_some());
}

#[test]
fn a_translucent_color_becomes_a_color_and_an_opacity() {
    let half = Color32::from_rgba_unmultiplied(200, 100, 50, 128);
    let svg = svg_of(|painter| {
        painter.circle_filled(pos2(50.0, 50.0), 20.0, half);
    });
    // As exact as a color premultiplied by its alpha allows.
    assert_eq!(attribute_of_only(&svg, "circle", "fill"), "#c76432");
    assert_eq!(attribute_of_only(&svg, "circle", "fill-opacity"), "0.502");
}

#[test]
fn invisible_shapes_write_nothing() {
    let empty = svg_of(|_| {});
    let svg = svg_of(|painter| {
        painter.circle_filled(pos2(50.0, 50.0), 20.0, Color32::TRANSPARENT);
        painter.circle_filled(pos2(50.0, 50.0), 0.0, RED);
        painter.circle_stroke(pos2(50.0, 50.0), 5.0, (0.0, RED));
        painter.rect_filled(rect(5.0, 5.0, 0.0, 10.0), 0, RED);
        painter.rect(
            rect(5.0, 5.0, 9.0, 9.0),
            0,
            Color32::TRANSPARENT,
            Stroke::NONE,
            StrokeKind::Inside,
        );
        painter.line_segment([pos2(1.0, 1.0), pos2(1.0, 1.0)], (1.0, RED));
        painter.line_segment([pos2(1.0, 1.0), pos2(9.0, 1.0)], (1.0, Color32::TRANSPARENT));
        painter.text(
            pos2(5.0, 5.0),
            egui::Align2::LEFT_TOP,
            "   ",
            egui::FontId::default(),
            INK,
        );
        painter.add(Shape::mesh(egui::Mesh::default()));
        painter.add(begin_group("w[1,2,3]"));
        painter.add(title("a weight"));
        painter.add(Shape::Noop);
        painter.add(end_group());
    });
    assert_eq!(svg, empty);
}

#[test]
fn shapes_with_nan_are_left_out() {
    let nan = pos2(f32::NAN, 5.0);
    let mut mesh = egui::Mesh::default();
    for at in [pos2(0.0, 0.0), pos2(9.0, 0.0), nan] {
        mesh.colored_vertex(at, RED);
    }
    mesh.add_triangle(0, 1, 2);
    let shapes = [
        Shape::circle_filled(nan, 20.0, RED),
        Shape::circle_filled(pos2(50.0, 50.0), f32::NAN, RED),
        Shape::line_segment([nan, pos2(9.0, 1.0)], (1.0, RED)),
        Shape::line(
            vec![pos2(1.0, 1.0), nan, pos2(9.0, 1.0)],
            PathStroke::new(1.0, RED),
        ),
        Shape::rect_filled(Rect::from_min_max(nan, pos2(9.0, 9.0)), 0, RED),
        EllipseShape::filled(pos2(50.0, 50.0), vec2(5.0, 9.0), RED)
            .with_angle(f32::NAN)
            .into(),
        Shape::mesh(mesh),
    ];
    let empty = svg_of(|_| {});
    let mut drawing = draw(vec2(400.0, 300.0), |_| {});
    drawing.shapes = shapes
        .map(|shape| ClippedShape::new(Rect::EVERYTHING, shape))
        .to_vec();
    assert_eq!(svg::from_drawing(&drawing, &options()).unwrap(), empty);
}

#[test]
fn a_dashed_line_is_one_path() {
    let svg = svg_of(|painter| {
        let points = [pos2(10.0, 10.0), pos2(110.0, 60.0)];
        painter.extend(Shape::dashed_line(&points, Stroke::new(1.5, RED), 5.0, 3.0));
        painter.extend(Shape::dashed_line(
            &points,
            Stroke::new(1.5, RED.gamma_multiply(0.5)),
            5.0,
            3.0,
        ));
    });
    assert_eq!(count(&svg, "path"), 2);
    // A dash begins every 8 points, and the line is 111.8 points long.
    assert_eq!(svg.matches('M').count(), 2 * 14, "{svg}");
}

#[test]
fn crossing_translucent_lines_are_separate_paths() {
    let svg = svg_of(|painter| {
        for color in [RED, RED.gamma_multiply(0.5)] {
            painter.line_segment([pos2(10.0, 10.0), pos2(90.0, 90.0)], (2.0, color));
            painter.line_segment([pos2(90.0, 10.0), pos2(10.0, 90.0)], (2.0, color));
        }
    });
    assert_eq!(count(&svg, "path"), 1 + 2);
}

#[test]
fn a_paint_callback_is_an_error() {
    let callback = PaintCallback {
        rect: rect(0.0, 0.0, 10.0, 10.0),
        callback: Arc::new(7_u8),
    };
    let drawing = draw(vec2(40.0, 40.0), move |painter| {
        painter.add(Shape::Callback(callback.clone()));
    });
    let error = svg::from_drawing(&drawing, &options()).unwrap_err();
    assert_eq!(
        error,
        FigureError::UnsupportedShape(UnsupportedShape::PaintCallback)
    );
    assert!(error.to_string().contains("paint callback"), "{error}");
}

#[test]
fn rejects_impossible_drawing_sizes() {
    for size in [
        vec2(0.0, 10.0),
        vec2(f32::NAN, 10.0),
        vec2(10.0, f32::INFINITY),
        vec2(10.0, 1e6),
    ] {
        let error = HeadlessContext::new().draw(size, |_| {}).err().unwrap();
        assert!(matches!(error, FigureError::InvalidDrawingSize(_)), "{error}");
    }
}

#[test]
fn markers_become_nested_groups_with_unique_ids_and_titles() {
    let dot = |painter: &Painter, x: f32| {
        painter.circle_filled(pos2(x, 50.0), 5.0, RED);
    };
    let svg = svg_of(|painter| {
        painter.add(begin_group("a[1,2]"));
        painter.add(title("part 2 & its “value”: 0.26"));
        dot(painter, 10.0);
        painter.add(begin_group("b[1,2]"));
        dot(painter, 20.0);
        painter.add(end_group());
        painter.add(end_group());
        painter.add(begin_group("w[1,2,3]"));
        dot(painter, 30.0);
        painter.add(end_group());
        painter.add(begin_group("w[1,2,3]"));
        dot(painter, 40.0);
        painter.add(end_group());
        painter.add(begin_group("w[1,2]"));
        dot(painter, 50.0);
        painter.add(end_group());
        painter.add(begin_group("w[1]"));
        dot(painter, 60.0);
        painter.add(end_group());
        painter.add(begin_group("w[1]"));
        dot(painter, 70.0);
        painter.add(end_group());
        painter.add(begin_group("«3»"));
        dot(painter, 80.0);
        // One end without a group, and one group without an end.
        painter.add(end_group());
        painter.add(end_group());
        painter.add(begin_group("axis x"));
        dot(painter, 90.0);
    });
    let document = Document::parse(&svg).unwrap();
    let groups: Vec<Node<'_, '_>> = document
        .descendants()
        .filter(|node| node.has_tag_name("g"))
        .collect();
    let ids: Vec<&str> = groups
        .iter()
        .map(|group| group.attribute("id").unwrap())
        .collect();
    assert_eq!(
        ids,
        [
            "a-1-2",
            "b-1-2",
            "w-1-2-3",
            "w-1-2-3-2",
            "w-1-2",
            "w-1",
            "w-1-3",
            "part-3",
            "axis-x"
        ]
    );
    assert_eq!(groups[3].attribute("data-name"), Some("w[1,2,3]"));
    assert_eq!(groups[1].parent(), Some(groups[0]));
    let first = groups[0].first_element_child().unwrap();
    assert_eq!(first.tag_name().name(), "title");
    assert_eq!(first.text(), Some("part 2 & its “value”: 0.26"));
}

#[test]
fn writes_size_title_description_and_background() {
    let drawing = draw(vec2(40.0, 30.0), |painter| {
        painter.circle_filled(pos2(20.0, 15.0), 5.0, RED);
    });
    let transparent = svg::SvgOptions {
        background: None,
        width: "85mm".to_owned(),
        ..options()
    };
    let svg = svg::from_drawing(&drawing, &transparent).unwrap();
    let document = Document::parse(&svg).unwrap();
    let root = document.root_element();
    assert_eq!(root.attribute("width"), Some("85mm"));
    let text = |name: &str| {
        let element = root.children().find(|node| node.has_tag_name(name));
        element
            .and_then(|element| element.text())
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(text("title"), "A title");
    assert_eq!(text("desc"), "A <description> & \"more\"");
    assert_eq!(count(&svg, "rect"), 0);
    assert!(!svg.contains("@font-face"), "no font without text");
    let opaque = svg::from_drawing(&drawing, &options()).unwrap();
    assert!(
        opaque.contains(r##"<rect width="40" height="30" fill="#fff"/>"##),
        "{opaque}"
    );
}

#[test]
fn drawings_can_be_translated_cropped_and_appended() {
    let mut headless = HeadlessContext::new();
    let mut dot = |x: f32| {
        gallery::draw_in(&mut headless, vec2(100.0, 100.0), |painter| {
            painter.add(begin_group("x[1]"));
            painter.circle_filled(pos2(x, 50.0), 10.0, RED);
            painter.add(end_group());
        })
    };
    let (mut left, mut right) = (dot(50.0), dot(90.0));
    right.crop(Rect::from_min_max(pos2(50.0, 0.0), pos2(90.0, 100.0)));
    assert_eq!(right.size, vec2(40.0, 100.0));
    right.translate(vec2(100.0, 0.0));
    left.append(right);
    left.size = vec2(140.0, 100.0);
    let svg = svg::from_drawing(&left, &options()).unwrap();
    let document = Document::parse(&svg).unwrap();
    let circles: Vec<Node<'_, '_>> = document
        .descendants()
        .filter(|node| node.has_tag_name("circle"))
        .collect();
    assert_eq!(circles[0].attribute("cx"), Some("50"));
    assert_eq!(circles[1].attribute("cx"), Some("140"));
    assert!(
        circles[1].attribute("clip-path").is_none(),
        "the edge of the page clips it"
    );
    assert_eq!(count(&svg, "g"), 2);
    assert_eq!(Pos2::ZERO + left.size, pos2(140.0, 100.0));
}
