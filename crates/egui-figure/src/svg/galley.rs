//! Laid-out text: runs of one face and format, with the place of each character.
//!
//! egui doesn't say which face drew a glyph, so the face is found as egui finds it.

use std::fmt::Write as _;

use egui::epaint::TextShape;
use egui::{Color32, Pos2, Rect, Vec2, emath::Rot2};
use skrifa::outline::OutlinePen;

use super::Text;
use super::element::{Element, rotation, visible};
use super::format::{escape, fine, number, number_to, straight};
use super::walk::{Placed, Stripe, Walk, backgrounds, lines};
use super::writer::Writer;
use crate::FigureError;
use crate::face::{Drawn, Opened};

/// Characters of one face, format and baseline.
struct Run {
    face: usize,
    /// Of the glyphs, in points.
    size: f32,
    color: Color32,
    is_slanted: bool,
    baseline: f32,
    characters: Vec<Character>,
}

struct Character {
    character: char,
    x: f32,
    /// Whether it belongs to the one before it, and so has no place of its own.
    is_tail: bool,
}

impl Writer<'_> {
    /// # Errors
    /// If no bundled face has one of the characters.
    pub fn galley(&mut self, shape: &TextShape) -> Result<(), FigureError> {
        let galley = &shape.galley;
        if shape.opacity_factor <= 0.0 || shape.pos.any_nan() || !shape.angle.is_finite() {
            return Ok(());
        }
        let tint = |color: Color32| {
            let color = if color == Color32::PLACEHOLDER {
                shape.fallback_color
            } else {
                color
            };
            if shape.opacity_factor < 1.0 {
                color.gamma_multiply(shape.opacity_factor)
            } else {
                color
            }
        };
        let glyph_tint = |color: Color32| tint(shape.override_text_color.unwrap_or(color));
        let turn = rotation(shape.angle, shape.pos);
        let origin = shape.pos.to_vec2();
        let turned = |rect: Rect| {
            let turned = rect.rotate_bb(Rot2::from_angle(shape.angle));
            turned.translate(origin)
        };
        let mut walk = Walk::new(galley);
        for row in &galley.rows {
            let placed = walk.row(row);
            let start = origin + row.pos.to_vec2();
            // Glyphs may stick out of their row: an italic f, an accent.
            let reach = row.rect().expand2(Vec2::new(0.5, 0.25) * row.height().max(1.0));
            let bounds = turned(reach);
            let stripe = |writer: &mut Self, stripe: &Stripe| {
                let rect = stripe.rect.translate(start);
                let element = Element::new("rect")
                    .with_numbers([
                        ("x", rect.min.x),
                        ("y", rect.min.y),
                        ("width", rect.width()),
                        ("height", rect.height()),
                    ])
                    .filled(tint(stripe.color));
                if straight(tint(stripe.color)).is_some() && rect.is_positive() {
                    writer.place(bounds, &element.transformed(turn.as_str()));
                }
            };
            for background in backgrounds(&placed) {
                stripe(self, &background);
            }
            if self.sees(bounds) {
                for run in self.runs(&placed, start, glyph_tint)? {
                    self.run(&run, bounds, &turn);
                }
            }
            for is_under in [true, false] {
                for line in lines(&placed, is_under) {
                    stripe(self, &line);
                }
            }
            if visible(shape.underline).is_some() && !row.visuals.mesh.is_empty() {
                let rect = row.visuals.mesh_bounds;
                let half = 0.5 * shape.underline.width;
                let line =
                    Rect::from_min_max(rect.left_bottom(), rect.right_bottom()).expand2(Vec2::new(0.0, half));
                // Its colour is its own.
                let element = Element::new("rect").with_numbers([
                    ("x", line.min.x + start.x),
                    ("y", line.min.y + start.y),
                    ("width", line.width()),
                    ("height", line.height()),
                ]);
                let element = element.filled(shape.underline.color);
                self.place(bounds, &element.transformed(turn.as_str()));
            }
        }
        Ok(())
    }

    /// The row cut into runs; what shows nothing is left out.
    fn runs(
        &self,
        row: &[Placed<'_>],
        start: Vec2,
        tint: impl Fn(Color32) -> Color32,
    ) -> Result<Vec<Run>, FigureError> {
        let mut runs: Vec<Run> = Vec::new();
        for placed in row {
            let format = placed.format;
            let family = &format.font_id.family;
            let last_face = runs.last().map(|run| run.face);
            let has_it = |face: usize| {
                let face = self.faces.get(face);
                face.is_some_and(|face| face.glyph(placed.character).is_some())
            };
            let drawn = match last_face {
                // A mark is drawn by the face of what it stands on.
                Some(face) if placed.is_tail && has_it(face) => Drawn::By(face),
                _ => self.faces.draws(self.drawing.running, family, placed.character)?,
            };
            let Drawn::By(face) = drawn else { continue };
            let Some(opened) = self.faces.get(face) else {
                continue;
            };
            let size = format.font_id.size * placed.scale * opened.scale;
            let run = Run {
                face,
                size,
                color: tint(format.color),
                is_slanted: format.italics,
                baseline: start.y + placed.glyph.pos.y + size * opened.lower,
                characters: Vec::new(),
            };
            if !runs.last().is_some_and(|last| last.takes(&run)) {
                runs.push(run);
            }
            if let Some(run) = runs.last_mut() {
                run.characters.push(Character {
                    character: match placed.character {
                        '\t' | '\n' => ' ',
                        other => other,
                    },
                    x: start.x + placed.x,
                    is_tail: placed.is_tail,
                });
            }
        }
        let shows = |run: &Run| {
            let is_inked = |of: &Character| !of.character.is_whitespace();
            run.characters.iter().any(is_inked) && straight(run.color).is_some()
        };
        runs.retain(shows);
        Ok(runs)
    }

    fn run(&mut self, run: &Run, bounds: Rect, turn: &str) {
        let Some(opened) = self.faces.get(run.face) else {
            return;
        };
        let mut transform = turn.to_owned();
        if run.is_slanted {
            // egui leans by a quarter.
            let lean = format!("matrix(1 0 -.25 1 {} 0)", number(0.25 * run.baseline));
            transform = format!("{transform} {lean}").trim_start().to_owned();
        }
        let words: String = run.characters.iter().map(|of| of.character).collect();
        let element = match self.text {
            Text::Outlined => {
                let path = Element::new("path").with("d", outlines(run, opened));
                let mut inner = String::new();
                path.write_to(&mut inner, None);
                Element::new("g")
                    .with("role", "img")
                    .with("aria-label", escape(&words))
                    .filled(run.color)
                    .holding(inner.trim_end())
            }
            Text::Embedded => {
                self.used.entry(run.face).or_default().extend(
                    words
                        .chars()
                        .filter(|&character| opened.glyph(character).is_some()),
                );
                text_element(run, opened, &words)
            }
        };
        self.place(bounds, &element.transformed(transform));
    }
}

impl Run {
    fn takes(&self, other: &Self) -> bool {
        self.face == other.face
            && self.size == other.size
            && self.color == other.color
            && self.is_slanted == other.is_slanted
            && self.baseline == other.baseline
    }

    /// How many places must be written, from the first character on: the widths of the face put all others where they
    /// are. (Kerning is left to no program.)
    fn places_needed(&self, face: &Opened) -> usize {
        /// In points, and too little to add up to anything.
        const CLOSE: f32 = 0.001;
        let pairs = self.characters.windows(2).enumerate();
        let mut moved = pairs.filter(|(_, pair)| {
            let [before, of] = pair else { return false };
            let plain = before.x + face.advance(before.character) * self.size;
            !of.is_tail && (of.x - plain).abs() > CLOSE
        });
        moved.next_back().map_or(1, |(index, _)| index + 2)
    }
}

fn text_element(run: &Run, opened: &Opened, words: &str) -> Element {
    let face = &opened.face;
    let mut element = Element::new("text");
    let x_of = |of: &Character| number(of.x);
    let has_tails = run.characters.iter().any(|of| of.is_tail);
    let needed = run.places_needed(opened);
    let mut content = String::new();
    if needed == 1 || !has_tails {
        let places: Vec<String> = run.characters.iter().take(needed).map(x_of).collect();
        element = element.with("x", places.join(" "));
        content = escape(words);
    } else {
        // A list of places counts characters, and programs differ in how they count those of one letter.
        let mut rest = run.characters.as_slice();
        while !rest.is_empty() {
            let count = |is_tail: bool, skip: usize| {
                let from = rest.get(skip..).unwrap_or_default();
                from.iter().take_while(|of| of.is_tail == is_tail).count()
            };
            let bases = count(false, 0).max(1);
            let (piece, others) = rest.split_at((bases + count(true, bases)).min(rest.len()));
            let places: Vec<String> = piece.iter().take(bases).map(x_of).collect();
            let letters: String = piece.iter().map(|of| of.character).collect();
            // Writing to a string can't fail.
            let _ = write!(
                content,
                r#"<tspan x="{}">{}</tspan>"#,
                places.join(" "),
                escape(&letters)
            );
            rest = others;
        }
    }
    element = element
        .with("y", number(run.baseline))
        .with("font-family", face.family)
        .with("font-size", fine(run.size));
    if face.weight != 400 {
        element = element.with("font-weight", face.weight.to_string());
    }
    if face.italic {
        element = element.with("font-style", "italic");
    }
    if words != words.trim() || words.contains("  ") {
        element = element.with("xml:space", "preserve");
    }
    element.filled(run.color).holding(content)
}

/// The outlines of all characters of a run as one path.
fn outlines(run: &Run, face: &Opened) -> String {
    let mut pen = Pen {
        origin: Pos2::ZERO,
        way: String::new(),
    };
    for letter in run.characters.chunk_by(|_, next| next.is_tail) {
        let text: String = letter.iter().map(|of| of.character).collect();
        let x = letter.first().map_or(0.0, |first| first.x);
        for (glyph, [right, up]) in face.letter(&text) {
            pen.origin = Pos2::new(x + right * run.size, run.baseline - up * run.size);
            face.outline(glyph, run.size, &mut pen);
        }
    }
    pen.way
}

/// Writes outlines as a `d` attribute.
struct Pen {
    origin: Pos2,
    way: String,
}

impl Pen {
    fn push(&mut self, letter: char, points: &[(f32, f32)]) {
        self.way.push(letter);
        for (index, (x, y)) in points.iter().enumerate() {
            if index > 0 {
                self.way.push(' ');
            }
            number_to(&mut self.way, self.origin.x + x, 3);
            self.way.push(' ');
            number_to(&mut self.way, self.origin.y - y, 3);
        }
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.push('M', &[(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.push('L', &[(x, y)]);
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        self.push('Q', &[(cx0, cy0), (x, y)]);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.push('C', &[(cx0, cy0), (cx1, cy1), (x, y)]);
    }

    fn close(&mut self) {
        self.way.push('Z');
    }
}
