//! The sum in symbols over the table, and the result under it.

use std::sync::Arc;

use egui::{Color32, FontId, Galley, Painter, Pos2, Rect, Stroke, pos2, vec2};

use crate::canvas::{Canvas, Description, Item, Part, Place};
use neurodial_core::insight::Formula;
use crate::look::type_scale;
use neurodial_core::network::{Activation, Knob};
use crate::panes::Scene;
use neurodial_core::session::Target;
use crate::widgets::maths::Piece;

use super::coupling::Coupling;
use super::geometry::{wrapped, written_terms};
use super::words::{activation_words, softmax_share};

/// The height of a line of mathematics, in points.
const LINE: f32 = 24.0;
/// From the top of a line to its base line, in points.
const BASE: f32 = 17.0;

/// A line of mathematics that breaks between its pieces.
pub struct Lines {
    pieces: Vec<(Piece, Option<Knob>)>,
    places: Vec<(f32, usize)>,
}

impl Lines {
    fn new(pieces: Vec<(Piece, Option<Knob>)>, room: f32, indent: f32) -> Self {
        let widths: Vec<f32> = pieces.iter().map(|(piece, _)| piece.width).collect();
        Self {
            places: wrapped(&widths, room, indent),
            pieces,
        }
    }

    /// `z₂ = w₂₁x₁ + … + b₂`, abbreviated where there are many terms.
    pub fn of_sum(painter: &Painter, scene: &Scene<'_>, formula: &Formula, room: f32) -> Self {
        let look = scene.look;
        let blueprint = scene.session.blueprint();
        let at = formula.at;
        let upright = |text: &str| Piece::text(painter, text, type_scale::maths_upright(), look.ink_soft);
        let head = Piece::row([
            Piece::symbol(painter, &blueprint.z_symbol(at), 1.0, scene.identity(at)),
            upright(" = "),
        ]);
        let indent = head.width;
        let mut pieces: Vec<(Piece, Option<Knob>)> = Vec::new();
        let mut lead = head;
        for written in written_terms(formula.terms.len()) {
            let Some(term) = written.and_then(|index| formula.terms.get(index)) else {
                pieces.push((Piece::row([lead, upright("…")]), None));
                lead = upright(" + ");
                continue;
            };
            let weight = Piece::symbol(painter, &blueprint.symbol(term.knob), 1.0, look.sign(term.weight));
            let source = blueprint.source_symbol(at.layer, term.input);
            let source = Piece::symbol(painter, &source, 1.0, look.ink);
            pieces.push((
                Piece::row([lead, weight, Piece::space(1.0), source]),
                Some(term.knob),
            ));
            lead = upright(" + ");
        }
        let bias = Knob::bias(at.layer, at.neuron);
        let symbol = Piece::symbol(painter, &blueprint.symbol(bias), 1.0, look.ink);
        pieces.push((Piece::row([lead, symbol]), Some(bias)));
        Self::new(pieces, room, indent)
    }

    /// Its height in points.
    pub fn height(&self) -> f32 {
        let lines = self.places.last().map_or(0, |&(_, line)| line + 1);
        lines as f32 * LINE
    }

    /// Paints it with its left top corner at `origin`; each term can be pointed at.
    pub fn paint_ui(&self, canvas: &mut Canvas<'_>, scene: &Scene<'_>, origin: Pos2) {
        for ((piece, knob), &(left, line)) in self.pieces.iter().zip(&self.places) {
            let top_left = origin + vec2(left, line as f32 * LINE);
            let rect = Rect::from_min_size(top_left, vec2(piece.width, LINE));
            if let Some(knob) = *knob {
                let part = Part::Term(knob);
                if canvas.is_lit(part) || scene.session.view().held == Some(Target::Knob(knob)) {
                    let at = neurodial_core::network::NeuronAt {
                        layer: knob.layer,
                        neuron: knob.neuron,
                    };
                    let tint = scene.look.tint(scene.identity(at));
                    canvas
                        .painter()
                        .rect_filled(rect.shrink2(vec2(0.0, 1.0)), 4.0, tint);
                }
                canvas.place_more(Item::new(part, Place::Rect(rect)));
            }
            piece.paint(canvas.painter(), top_left + vec2(0.0, BASE));
        }
    }
}

/// The sum, and what the activation makes of it.
pub struct Outcome {
    sum: [Piece; 2],
    activation: Lines,
    words: Arc<Galley>,
    /// The layer of a softmax.
    coupling: Option<Coupling>,
    /// What the output was at the pin.
    ghost: Option<Arc<Galley>>,
}

impl Outcome {
    /// Lays it out for a pane of `room` points.
    pub fn new(painter: &Painter, scene: &Scene<'_>, formula: &Formula, room: f32) -> Self {
        let identity = scene.identity(formula.at);
        let look = scene.look;
        let blueprint = scene.session.blueprint();
        let big = type_scale::big_number();
        let so_far = so_far(scene, formula);
        let z = scene.number(so_far.unwrap_or(formula.z));
        let upright = |text: &str| Piece::text(painter, text, type_scale::maths_upright(), look.ink_soft);
        let sum = [
            Piece::row([
                match so_far {
                    Some(_) => Piece::text(painter, "sum so far", type_scale::body(), identity),
                    None => Piece::symbol(painter, &blueprint.z_symbol(formula.at), 1.1, identity),
                },
                upright(" ="),
            ]),
            Piece::text(painter, z.clone(), big, identity),
        ];
        let number = |text: String, color: Color32| Piece::text(painter, text, type_scale::number(), color);
        let name = |text: &str| Piece::text(painter, text, type_scale::body(), look.ink);
        let mut pieces = vec![Piece::symbol(
            painter,
            &blueprint.a_symbol(formula.at),
            1.0,
            identity,
        )];
        match formula.activation {
            // The activation comes after the sum.
            _ if so_far.is_some() => {}
            Activation::Softmax => {
                let power = |exponent: Piece| {
                    let e = Piece::text(painter, "e", type_scale::maths(), look.ink_soft);
                    Piece::row([e, exponent.raised(6.0)])
                };
                let small = |text: String| Piece::text(painter, text, small_number(), look.ink_soft);
                let z_small = Piece::text(painter, "z", smaller(type_scale::maths()), look.ink_soft);
                pieces.push(Piece::row([
                    upright(" = "),
                    power(small(z)),
                    upright(" / Σ "),
                    power(z_small),
                ]));
                if let Some((own, sum)) = softmax_share(formula.z, &formula.layer_z) {
                    let own = number(scene.number(own), look.ink);
                    let sum = number(scene.number(sum), look.ink);
                    pieces.push(Piece::row([upright(" = "), own, upright(" / "), sum]));
                }
            }
            Activation::Linear => pieces.push(Piece::row([
                upright(" = "),
                Piece::symbol(painter, &blueprint.z_symbol(formula.at), 1.0, look.ink_soft),
            ])),
            other => pieces.push(Piece::row([
                upright(" = "),
                name(other.name()),
                upright("("),
                number(z, look.ink),
                upright(")"),
            ])),
        }
        let output = if so_far.is_some() {
            "…".to_owned()
        } else {
            scene.number(formula.output)
        };
        let output = Piece::text(painter, output, type_scale::strong(), identity);
        pieces.push(Piece::row([upright(" = "), output]));
        let indent = pieces[0].width;
        let pieces = pieces.into_iter().map(|piece| (piece, None)).collect();
        let words = painter.layout(
            match so_far {
                Some(_) => format!("{} comes after the sum", formula.activation.name()),
                None => activation_words(formula.activation, formula.z).to_owned(),
            },
            type_scale::small(),
            look.ink_soft,
            room - 8.0,
        );
        let was = scene.was_output(formula.at);
        let ghost = was.map(|was| {
            let delta = scene.delta(was, formula.output);
            let text = format!("output {delta}, was {}", scene.number(was));
            painter.layout(text, type_scale::small(), look.ink, room - 8.0)
        });
        Self {
            coupling: so_far.is_none().then(|| Coupling::of(scene, formula)).flatten(),
            ghost,
            sum,
            activation: Lines::new(pieces, room - 8.0, indent),
            words,
        }
    }

    /// How wide it is at least, in points.
    pub fn least_width(&self, painter: &Painter) -> f32 {
        const APART: f32 = 20.0;
        let coupling = self
            .coupling
            .as_ref()
            .map_or(0.0, |coupling| coupling.least_width(painter));
        coupling.max(self.sum[0].width + self.sum[1].width + APART)
    }

    /// Whether a table follows.
    pub fn has_table(&self) -> bool {
        self.coupling.is_some()
    }

    /// Its height in points.
    pub fn height(&self) -> f32 {
        let ghost = self.ghost.as_ref().map_or(0.0, |ghost| ghost.size().y);
        let coupling = self.coupling.as_ref().map_or(0.0, Coupling::height);
        SUM_HEIGHT + self.activation.height() + self.words.size().y + ghost + coupling + 4.0
    }

    /// Paints it over `rect`, which hides the rows that pass under it.
    pub fn paint_ui(&self, canvas: &mut Canvas<'_>, scene: &Scene<'_>, formula: &Formula, rect: Rect) {
        let look = scene.look;
        let part = Part::Neuron(formula.at);
        canvas.begin(part);
        let painter = canvas.painter();
        if scene.paper.is_none() {
            painter.rect_filled(rect, 0.0, look.card);
        }
        painter.hline(rect.x_range(), rect.top() + 1.0, Stroke::new(1.5, look.axis));
        let [left, right] = [rect.left() + 4.0, rect.right() - 4.0];
        let base = rect.top() + SUM_HEIGHT - 10.0;
        self.sum[0].paint(painter, pos2(left, base));
        self.sum[1].paint(painter, pos2(right - self.sum[1].width, base));
        let top = rect.top() + SUM_HEIGHT;
        let line = Rect::from_x_y_ranges(rect.x_range(), top - 2.0..=top + self.activation.height());
        if canvas.is_lit(part) {
            let tint = look.tint(scene.identity(formula.at));
            canvas.painter().rect_filled(line, 4.0, tint);
        }
        self.activation.paint_ui(canvas, scene, pos2(left, top));
        let words_at = pos2(left, top + self.activation.height());
        let painter = canvas.painter();
        // Empty text has no bounds.
        if !self.words.text().is_empty() {
            painter.galley(words_at, Arc::clone(&self.words), look.ink_soft);
        }
        if let Some(coupling) = &self.coupling {
            let place = rect.with_min_y(rect.bottom() - coupling.height() - 2.0);
            coupling.paint_ui(canvas, scene, formula, place);
        }
        let painter = canvas.painter();
        if let Some(ghost) = &self.ghost {
            let under = words_at + vec2(0.0, self.words.size().y);
            painter.galley(under, Arc::clone(ghost), look.ink);
        }
        let session = scene.session;
        // Above the rows that pass under it.
        canvas.place(Item::new(part, Place::Rect(rect)).rank(3), || {
            let neuron = session.blueprint().neuron_words(formula.at);
            Description::of(format!("output of {neuron}"), scene.number(formula.output))
        });
        canvas.end();
    }
}

/// The sum of what has been added, while stepping through it has not come to its end.
fn so_far(scene: &Scene<'_>, formula: &Formula) -> Option<f64> {
    let step = scene.session.view().step.filter(|step| step.at() == formula.at)?;
    formula.running.get(step.term).copied()
}

const SUM_HEIGHT: f32 = 34.0;

fn smaller(font: FontId) -> FontId {
    FontId::new(font.size * 0.7, font.family)
}

fn small_number() -> FontId {
    smaller(FontId::new(14.0, type_scale::number().family))
}
