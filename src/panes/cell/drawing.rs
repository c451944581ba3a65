//! The picture of a nerve cell: the cell with its roles in color, the nucleus and the myelin sheath, and the parts
//! that light up.

use std::sync::LazyLock;

use earcut::Earcut;
use egui::emath::TSTransform;
use egui::epaint::{EllipseShape, PathShape};
use egui::{Color32, Mesh, Pos2, Rect, Shape, Stroke, pos2, vec2};

use super::shape::{self, BAND_DISTANCES, CELL_OUTLINES, NUCLEUS_CENTER, axon_boundary, axon_center};
use crate::theme::{ColorTheme, ThemeMode};

/// The width of outlines, in points.
const LINE_WIDTH: f32 = 1.6;
/// The x coordinates between which an impulse runs along the axon, in points.
const IMPULSE_WAY: [f32; 2] = [206.0, 512.0];
/// The radius of the light of an impulse on the axon, in points.
const IMPULSE_RADIUS: f32 = 15.0;

/// The role of a part of a neuron.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LabelRole {
    /// Receiving signals: dendrites; inputs and weights.
    Receive,
    /// Adding the signals: the cell body; the weighted sum.
    AddUp,
    /// Passing the result on: the axon; activation and output.
    PassOn,
}

impl LabelRole {
    /// All roles, in the order in which a signal passes them.
    pub(crate) const ALL: [Self; 3] = [Self::Receive, Self::AddUp, Self::PassOn];

    /// Returns the fill color of parts with this role.
    pub(crate) fn fill_color(self, theme: &ColorTheme) -> Color32 {
        // In grayscale the parts differ by how dark they are.
        let share = match (self, theme.mode) {
            (Self::Receive, ThemeMode::Grayscale) => 0.06,
            (Self::AddUp, ThemeMode::Grayscale) => 0.34,
            (Self::PassOn, ThemeMode::Grayscale) => 0.16,
            (Self::Receive | Self::AddUp, _) => 0.22,
            (Self::PassOn, _) => 0.3,
        };
        ColorTheme::mix(theme.card, self.color(theme), share)
    }

    /// Returns the outline color of parts with this role.
    pub(crate) fn outline_color(self, theme: &ColorTheme) -> Color32 {
        ColorTheme::mix(self.color(theme), theme.text, 0.3)
    }

    /// Returns the color of this role at full strength.
    pub(crate) fn color(self, theme: &ColorTheme) -> Color32 {
        theme.neuron_colors[self as usize]
    }
}

/// The parts of the cell that light up, each from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct CellLight {
    /// The dendrites.
    pub(crate) dendrites: f32,
    /// The cell body.
    pub(crate) body: f32,
    /// The way of an impulse along the axon that is behind it; `None` without one. At 1 it is in the terminals.
    pub(crate) impulse: Option<f32>,
}

/// The picture of a nerve cell in its own coordinates, within [`CellDrawing::BOUNDS`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct CellDrawing<'a> {
    theme: &'a ColorTheme,
    light: CellLight,
    /// True if areas are triangles, because egui fills convex shapes only; figures fill any outline.
    is_on_screen: bool,
}

impl<'a> CellDrawing<'a> {
    /// The bounds of the picture, in points.
    pub(crate) const BOUNDS: Rect = Rect {
        min: pos2(0.0, 0.0),
        max: pos2(640.0, 340.0),
    };

    /// Creates the picture of a cell at rest for a figure.
    pub(crate) fn printed(theme: &'a ColorTheme) -> Self {
        Self {
            theme,
            light: CellLight::default(),
            is_on_screen: false,
        }
    }

    /// Returns the picture with parts that light up, for the window or for a figure.
    #[must_use]
    pub(crate) fn with_light(self, light: CellLight, is_on_screen: bool) -> Self {
        Self {
            light,
            is_on_screen,
            ..self
        }
    }

    /// Returns all shapes of the picture, scaled into `rect`.
    pub(crate) fn fitted(&self, rect: Rect) -> Vec<Shape> {
        let scale = (rect.size() / Self::BOUNDS.size()).min_elem();
        let corner = rect.center() - scale * Self::BOUNDS.center().to_vec2();
        let transform = TSTransform::new(corner.to_vec2(), scale);
        let parts = [self.membrane(), self.nucleus(), self.myelin(), self.impulse()];
        let mut shapes: Vec<Shape> = parts.into_iter().flatten().collect();
        for shape in &mut shapes {
            shape.transform(transform);
        }
        shapes
    }

    /// Returns the fill color of a part, as brightly lit as its light says.
    fn fill_color(&self, role: LabelRole) -> Color32 {
        let light = match role {
            LabelRole::Receive => self.light.dendrites,
            LabelRole::AddUp => self.light.body,
            LabelRole::PassOn => self.light.impulse.map_or(0.0, |way| f32::from(way >= 1.0)),
        };
        let lit = match self.theme.mode {
            ThemeMode::Grayscale => ColorTheme::mix(self.theme.card, self.theme.text, 0.75),
            _ => role.color(self.theme),
        };
        ColorTheme::mix(role.fill_color(self.theme), lit, 0.85 * light.clamp(0.0, 1.0))
    }

    /// Returns the whole cell: filled with the dendrites' color and the axon with its own, with bands over both
    /// that lead to the body's color, and outlined in the color of each part.
    pub(crate) fn membrane(&self) -> Vec<Shape> {
        let [receive, add, pass] = LabelRole::ALL.map(|role| self.fill_color(role));
        let triangles = &*CELL_TRIANGLES;
        let mut shapes = vec![
            self.area(&CELL_OUTLINES.whole, &triangles.whole, receive),
            self.area(&CELL_OUTLINES.axon, &triangles.axon, pass),
        ];
        for (index, sides) in CELL_OUTLINES.bands.iter().enumerate() {
            let share = (index + 1) as f32 / BAND_DISTANCES.len() as f32;
            for (side, other) in [receive, pass].into_iter().enumerate() {
                let color = ColorTheme::mix(other, add, share);
                shapes.push(self.area(&sides[side], &triangles.bands[index][side], color));
            }
        }
        shapes.extend(self.outlines());
        shapes
    }

    /// Returns an area filled with one color.
    fn area(&self, outline: &[Pos2], triangles: &[u32], color: Color32) -> Shape {
        if !self.is_on_screen {
            return Shape::Path(PathShape {
                points: outline.to_vec(),
                closed: true,
                fill: color,
                stroke: Stroke::NONE.into(),
            });
        }
        let mut mesh = Mesh::default();
        for &point in outline {
            mesh.colored_vertex(point, color);
        }
        mesh.indices.extend(triangles);
        Shape::mesh(mesh)
    }

    /// Returns the outline of the cell, in the color of each part that it goes around.
    fn outlines(&self) -> Vec<Shape> {
        let role = |at: Pos2| {
            if shape::body_distance(at) < BAND_DISTANCES[2] {
                LabelRole::AddUp
            } else if axon_boundary(at) < 0.0 {
                LabelRole::PassOn
            } else {
                LabelRole::Receive
            }
        };
        let mut shapes = Vec::new();
        let Some(&start) = CELL_OUTLINES.whole.first() else {
            return shapes;
        };
        let mut line = |points: Vec<Pos2>, role: LabelRole| {
            let stroke = Stroke::new(LINE_WIDTH, role.outline_color(self.theme));
            shapes.push(Shape::line(points, stroke));
        };
        let mut run: Vec<Pos2> = Vec::new();
        let mut current_role = role(start);
        for &point in CELL_OUTLINES.whole.iter().chain([&start]) {
            run.push(point);
            let next = role(point);
            if next != current_role {
                line(std::mem::replace(&mut run, vec![point]), current_role);
                current_role = next;
            }
        }
        line(run, current_role);
        shapes
    }

    /// Returns the nucleus in the cell body.
    pub(crate) fn nucleus(&self) -> Vec<Shape> {
        let theme = self.theme;
        let color = LabelRole::AddUp.color(theme);
        let share = match theme.mode {
            ThemeMode::Grayscale => 0.1,
            _ => 0.5,
        };
        let outline = LabelRole::AddUp.outline_color(theme);
        let ellipse = EllipseShape {
            center: NUCLEUS_CENTER,
            radius: vec2(14.0, 12.5),
            fill: ColorTheme::mix(theme.card, color, share),
            stroke: Stroke::new(1.2, outline),
            angle: -0.3,
        };
        let dot = Shape::circle_filled(NUCLEUS_CENTER + vec2(3.0, -2.5), 3.6, outline);
        vec![ellipse.into(), dot]
    }

    /// Returns the myelin segments around the axon, with bare nodes between them.
    pub(crate) fn myelin(&self) -> Vec<Shape> {
        let theme = self.theme;
        let color = LabelRole::PassOn.color(theme);
        let (fill, line_color) = if theme.mode == ThemeMode::Grayscale {
            (theme.card, ColorTheme::mix(theme.card, theme.text, 0.3))
        } else {
            (
                ColorTheme::mix(theme.card, color, 0.12),
                ColorTheme::mix(theme.card, color, 0.5),
            )
        };
        let line = Stroke::new(LINE_WIDTH, LabelRole::PassOn.outline_color(theme));
        let mut shapes = Vec::new();
        for ends in MYELIN_SEGMENTS {
            shapes.push(Shape::Path(PathShape {
                points: capsule(ends),
                closed: true,
                fill,
                stroke: line.into(),
            }));
            // Lines that suggest the layers of the myelin.
            for aside in [-5.4, 5.4] {
                let inner = [ends[0] + 7.0, ends[1] - 7.0];
                let way = (0..=8).map(|step| beside_axon(inner, step as f32 / 8.0, aside));
                shapes.push(Shape::line(way.collect(), Stroke::new(1.0, line_color)));
            }
        }
        shapes
    }

    /// Returns the light of the impulse on its way along the axon.
    fn impulse(&self) -> Vec<Shape> {
        let Some(way) = self.light.impulse.filter(|&way| way < 1.0) else {
            return Vec::new();
        };
        let [from, to] = IMPULSE_WAY;
        let at = axon_center(from + way * (to - from));
        let color = match self.theme.mode {
            ThemeMode::Grayscale => self.theme.text,
            _ => LabelRole::PassOn.color(self.theme),
        };
        vec![
            Shape::circle_filled(at, IMPULSE_RADIUS, color.gamma_multiply(0.35)),
            Shape::circle_filled(at, 0.6 * IMPULSE_RADIUS, color),
        ]
    }
}

/// The triangles of the areas of [`CELL_OUTLINES`], as indices of their points.
struct CellTriangles {
    whole: Vec<u32>,
    axon: Vec<u32>,
    bands: [[Vec<u32>; 2]; BAND_DISTANCES.len()],
}

static CELL_TRIANGLES: LazyLock<CellTriangles> = LazyLock::new(|| CellTriangles {
    whole: triangles(&CELL_OUTLINES.whole),
    axon: triangles(&CELL_OUTLINES.axon),
    bands: std::array::from_fn(|band| {
        std::array::from_fn(|side| triangles(&CELL_OUTLINES.bands[band][side]))
    }),
});

/// Divides the area in an outline into triangles.
fn triangles(outline: &[Pos2]) -> Vec<u32> {
    let mut triangles = Vec::new();
    let points = outline.iter().map(|point| [point.x, point.y]);
    Earcut::new().earcut(points, &[], &mut triangles);
    triangles
}

/// The starts and ends of the myelin segments along the axon, as x coordinates in points.
const MYELIN_SEGMENTS: [[f32; 2]; 4] = [[256.0, 312.0], [320.0, 376.0], [384.0, 440.0], [448.0, 490.0]];

/// Returns the point beside the axon at a fraction of the way from `from` to `to`, `aside` points away from
/// the axon.
fn beside_axon([from, to]: [f32; 2], share: f32, aside: f32) -> Pos2 {
    let x = from + share * (to - from);
    let along = (axon_center(x + 1.0) - axon_center(x - 1.0)).normalized();
    axon_center(x) + aside * along.rot90()
}

/// Returns the outline of a capsule that follows the axon.
fn capsule(ends: [f32; 2]) -> Vec<Pos2> {
    const HALF_HEIGHT: f32 = 10.5;
    const END_LENGTH: f32 = 8.0;
    /// The number of points of each end and of each side.
    const STEPS: usize = 7;
    let length = ends[1] - ends[0];
    // Fractions of the length with their fractions of the half height, along one side.
    let quarter = |step: usize| libm::sincosf(std::f32::consts::FRAC_PI_2 * step as f32 / STEPS as f32);
    let start = (0..=STEPS).map(|step| {
        let (sin, cos) = quarter(step);
        (
            END_LENGTH / length * (1.0 - cos),
            (HALF_HEIGHT - END_LENGTH + END_LENGTH * sin) / HALF_HEIGHT,
        )
    });
    let side: Vec<(f32, f32)> = start
        .clone()
        .chain(
            (1..STEPS)
                .map(|step| (step as f32 / STEPS as f32, 1.0))
                .filter(|(share, _)| (END_LENGTH / length..1.0 - END_LENGTH / length).contains(share)),
        )
        .chain(start.rev().map(|(share, thick)| (1.0 - share, thick)))
        .collect();
    let there = side
        .iter()
        .map(|&(share, thick)| beside_axon(ends, share, -HALF_HEIGHT * thick));
    let back = side
        .iter()
        .rev()
        .map(|&(share, thick)| beside_axon(ends, share, HALF_HEIGHT * thick));
    there.chain(back).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_triangles_cover_exactly_the_area_in_the_outline() {
        let outline = &CELL_OUTLINES.whole;
        let cross = |a: Pos2, b: Pos2| f64::from(a.x) * f64::from(b.y) - f64::from(a.y) * f64::from(b.x);
        let ends = outline.iter().zip(outline.iter().cycle().skip(1));
        let area = 0.5 * ends.map(|(&a, &b)| cross(a, b)).sum::<f64>().abs();
        let corners = CELL_TRIANGLES.whole.chunks(3).map(|triangle| {
            let [a, b, c] = [0, 1, 2].map(|corner| outline[triangle[corner] as usize]);
            0.5 * (cross(a, b) + cross(b, c) + cross(c, a)).abs()
        });
        let covered: f64 = corners.sum();
        assert!(
            area > 10_000.0 && (covered / area - 1.0).abs() < 1e-3,
            "{covered} {area}"
        );
    }

    #[test]
    fn a_lit_part_differs_from_one_at_rest() {
        let theme = ColorTheme::from_mode(ThemeMode::Light);
        let rest = CellDrawing::printed(theme);
        let light = CellLight {
            body: 1.0,
            ..CellLight::default()
        };
        let lit = rest.with_light(light, false);
        assert_ne!(
            lit.fill_color(LabelRole::AddUp),
            rest.fill_color(LabelRole::AddUp)
        );
        assert_eq!(
            lit.fill_color(LabelRole::Receive),
            rest.fill_color(LabelRole::Receive)
        );
    }
}
