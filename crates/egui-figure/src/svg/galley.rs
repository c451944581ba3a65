//! Laid-out text: runs of one font and format, with the position of each character.
//!
//! egui doesn't expose which font drew a glyph, so the font is chosen again by egui's rule.

use std::sync::Arc;

use egui::epaint::TextShape;
use egui::{Color32, Pos2, Rect, Vec2, emath::Rot2};
use skrifa::outline::OutlinePen;

use super::TextMode;
use super::element::{SvgElement, rotation_transform, stroke_rgb_and_opacity};
use super::flowing_text::{PositionedCharacter, PositionedRun};
use super::format::{escape_xml, format_fine, format_length, push_number, rgb_and_opacity};
use super::glyphs::{GlyphLocator, PlacedGlyph, TextDecoration, backgrounds, decoration_lines};
use super::shaped_text::ShapedGlyph;
use super::writer::SvgWriter;
use crate::FigureError;
use crate::loaded_face::{GlyphSource, LoadedFace};

/// Consecutive characters with the same font, format and baseline.
struct TextRun {
    /// The index of the font.
    face: usize,
    /// The size of the glyphs, in points.
    size: f32,
    color: Color32,
    is_slanted: bool,
    baseline: f32,
    /// True if the glyphs depend on each other, as in Arabic, or are in color. Programs differ in how they place
    /// such text, so it is written as outlines and images.
    is_shaped: bool,
    characters: Vec<RunCharacter>,
}

/// A character of a run.
struct RunCharacter {
    character: char,
    /// The byte of the text at which the character begins.
    at: usize,
    x: f32,
    /// The glyph in a shaped run.
    shaped: Option<ShapedGlyph>,
    /// True if it belongs to the character before it (such as a combining mark), and so has no position of
    /// its own.
    is_continuation: bool,
}

impl SvgWriter<'_> {
    /// Writes a text.
    ///
    /// # Errors
    /// Returns an error if no font has one of the characters.
    pub(crate) fn galley(&mut self, shape: &TextShape) -> Result<(), FigureError> {
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
        let rotation = rotation_transform(shape.angle, shape.pos);
        let origin = shape.pos.to_vec2();
        let mut locator = GlyphLocator::new(galley, &self.faces, self.drawing.body_font);
        for row in &galley.rows {
            let placed = locator.next_row(row);
            let start = origin + row.pos.to_vec2();
            // Glyphs may extend beyond their row: an italic f, an accent.
            let ink_rect = row.rect().expand2(Vec2::new(0.5, 0.25) * row.height().max(1.0));
            let bounds = ink_rect
                .rotate_bb(Rot2::from_angle(shape.angle))
                .translate(origin);
            let push_decoration = |writer: &mut Self, decoration: &TextDecoration| {
                let rect = decoration.rect.translate(start);
                let element = SvgElement::new("rect")
                    .with_lengths([
                        ("x", rect.min.x),
                        ("y", rect.min.y),
                        ("width", rect.width()),
                        ("height", rect.height()),
                    ])
                    .with_fill(tint(decoration.color));
                if rgb_and_opacity(tint(decoration.color)).is_some() && rect.is_positive() {
                    writer.flush_text();
                    writer.push(bounds, &element.with_transform(rotation.as_str()));
                }
            };
            for background in backgrounds(&placed) {
                push_decoration(self, &background);
            }
            if self.is_visible(bounds) {
                for run in self.runs(&placed, start, glyph_tint)? {
                    self.run(&run, bounds, &rotation)?;
                }
            }
            for is_underline in [true, false] {
                for line in decoration_lines(&placed, is_underline) {
                    push_decoration(self, &line);
                }
            }
            if stroke_rgb_and_opacity(shape.underline).is_some() && !row.visuals.mesh.is_empty() {
                let rect = row.visuals.mesh_bounds;
                let half = 0.5 * shape.underline.width;
                let line =
                    Rect::from_min_max(rect.left_bottom(), rect.right_bottom()).expand2(Vec2::new(0.0, half));
                // An underline of the whole shape has its own color.
                let element = SvgElement::new("rect").with_lengths([
                    ("x", line.min.x + start.x),
                    ("y", line.min.y + start.y),
                    ("width", line.width()),
                    ("height", line.height()),
                ]);
                let element = element.with_fill(shape.underline.color);
                self.flush_text();
                self.push(bounds, &element.with_transform(rotation.as_str()));
            }
        }
        Ok(())
    }

    /// Splits a row into runs; invisible runs are left out.
    fn runs(
        &self,
        row: &[PlacedGlyph<'_>],
        start: Vec2,
        tint: impl Fn(Color32) -> Color32,
    ) -> Result<Vec<TextRun>, FigureError> {
        let mut runs: Vec<TextRun> = Vec::new();
        for placed in row {
            let format = placed.format;
            let family = &format.font_id.family;
            let previous_face = runs.last().map(|run| run.face);
            let has_glyph = |face: usize| {
                let face = self.faces.get(face);
                face.is_some_and(|face| face.glyph(placed.character).is_some())
            };
            let source = match previous_face {
                _ if let Some(shaped) = placed.shaped => GlyphSource::Face(shaped.face),
                // A combining mark is drawn with the font of its base character.
                Some(face) if placed.is_continuation && has_glyph(face) => GlyphSource::Face(face),
                _ => self
                    .faces
                    .glyph_source(self.drawing.body_font, family, placed.character)?,
            };
            let GlyphSource::Face(face) = source else { continue };
            let Some(loaded_face) = self.faces.get(face) else {
                continue;
            };
            let size = format.font_id.size * placed.scale * loaded_face.scale;
            let run = TextRun {
                face,
                size,
                color: tint(format.color),
                is_slanted: format.italics,
                baseline: start.y + placed.glyph.pos.y + size * loaded_face.y_offset_factor,
                is_shaped: placed.shaped.is_some(),
                characters: Vec::new(),
            };
            if !runs.last().is_some_and(|last| last.has_format_of(&run)) {
                runs.push(run);
            }
            if let Some(run) = runs.last_mut() {
                run.characters.push(RunCharacter {
                    character: match placed.character {
                        '\t' | '\n' => ' ',
                        other => other,
                    },
                    at: placed.at,
                    x: start.x + placed.x,
                    shaped: placed.shaped,
                    is_continuation: placed.is_continuation,
                });
            }
        }
        let is_visible = |run: &TextRun| {
            let has_ink = |item: &RunCharacter| !item.character.is_whitespace();
            run.characters.iter().any(has_ink) && rgb_and_opacity(run.color).is_some()
        };
        runs.retain(is_visible);
        Ok(runs)
    }

    /// Writes a run as a text element, or as outlines and images.
    ///
    /// # Errors
    /// Returns an error if an image can't be encoded.
    fn run(&mut self, run: &TextRun, bounds: Rect, rotation: &str) -> Result<(), FigureError> {
        let faces = Arc::clone(&self.faces);
        let Some(face) = faces.get(run.face) else {
            return Ok(());
        };
        let mut transform = rotation.to_owned();
        if run.is_slanted {
            // egui slants text by a quarter of the height.
            let slant = format!("matrix(1 0 -.25 1 {} 0)", format_length(0.25 * run.baseline));
            transform = format!("{transform} {slant}").trim_start().to_owned();
        }
        let mut characters: Vec<(usize, char)> = run
            .characters
            .iter()
            .map(|item| (item.at, item.character))
            .collect();
        let mut text_mode = self.options.text_mode;
        if run.is_shaped {
            // In text from right to left, egui has some characters twice.
            characters.sort_unstable();
            characters.dedup();
            text_mode = TextMode::Outlines;
        }
        let text: String = characters.into_iter().map(|(_, character)| character).collect();
        let element = match text_mode {
            TextMode::Outlines => {
                let mut inner = String::new();
                let path_data = outlines(run, face);
                if !path_data.is_empty() {
                    let path = SvgElement::new("path").with("d", path_data);
                    path.write_to(&mut inner, None);
                }
                for image in self.color_glyphs(run, face)? {
                    image.write_to(&mut inner, None);
                }
                SvgElement::new("g")
                    .with("role", "img")
                    .with("aria-label", escape_xml(&text))
                    .with_fill(run.color)
                    .with_content(inner.trim_end())
            }
            TextMode::EmbeddedFonts => {
                self.used_characters
                    .entry(run.face)
                    .or_default()
                    .extend(text.chars().filter(|&character| face.glyph(character).is_some()));
                self.text_run(&run.to_positioned(face), bounds, transform);
                return Ok(());
            }
        };
        self.flush_text();
        self.push(bounds, &element.with_transform(transform));
        Ok(())
    }

    /// Returns the glyphs in color of a shaped run as uses of images, each of which the file has once.
    ///
    /// # Errors
    /// Returns an error if an image can't be encoded.
    fn color_glyphs(&mut self, run: &TextRun, face: &LoadedFace) -> Result<Vec<SvgElement>, FigureError> {
        /// Enough for print: 768 dots per inch.
        const PIXELS_PER_POINT: f32 = 8.0;
        let mut elements = Vec::new();
        for item in &run.characters {
            let Some(ShapedGlyph {
                glyph: Some(glyph),
                offset: [right, up],
                ..
            }) = item.shaped
            else {
                continue;
            };
            let Some(mut image) = face.color_glyph(glyph, PIXELS_PER_POINT * run.size) else {
                continue;
            };
            if self.options.is_grayscale {
                image.raster.desaturate();
            }
            let id = self.define_image(&image.raster, image.rect)?;
            let (x, y) = (item.x + right * run.size, run.baseline - up * run.size);
            let (x, y) = (format_length(x), format_length(y));
            let mut element = SvgElement::new("use")
                .with("href", format!("#{id}"))
                .with_transform(format!("translate({x} {y}) scale({})", format_fine(run.size)));
            if let Some((_, opacity)) = rgb_and_opacity(run.color)
                && opacity < 1.0
            {
                element = element.with("opacity", format_fine(opacity));
            }
            elements.push(element);
        }
        Ok(elements)
    }
}

impl TextRun {
    /// True if both runs have the same font, format and baseline.
    fn has_format_of(&self, other: &Self) -> bool {
        self.face == other.face
            && self.size == other.size
            && self.color == other.color
            && self.is_slanted == other.is_slanted
            && self.baseline == other.baseline
            && self.is_shaped == other.is_shaped
    }

    /// Returns the run for writing it as text.
    fn to_positioned(&self, face: &LoadedFace) -> PositionedRun {
        let characters = self.characters.iter().map(|item| PositionedCharacter {
            character: item.character,
            x: item.x,
            advance: face.advance(item.character) * self.size,
            is_continuation: item.is_continuation,
        });
        PositionedRun {
            face: face.face,
            size: self.size,
            color: self.color,
            baseline: self.baseline,
            characters: characters.collect(),
        }
    }
}

/// Returns the outlines of all characters of a run as the `d` attribute of one path.
fn outlines(run: &TextRun, face: &LoadedFace) -> String {
    let mut pen = PathPen {
        origin: Pos2::ZERO,
        path_data: String::new(),
    };
    for item in &run.characters {
        if let Some(ShapedGlyph {
            glyph: Some(glyph),
            offset: [right, up],
            ..
        }) = item.shaped
        {
            if face.has_color(glyph) {
                continue;
            }
            pen.origin = Pos2::new(item.x + right * run.size, run.baseline - up * run.size);
            face.outline(glyph, run.size, &mut pen);
        }
    }
    let is_unshaped = |item: &RunCharacter| item.shaped.is_none();
    for cluster in run.characters.chunk_by(|_, next| next.is_continuation) {
        let text: String = cluster
            .iter()
            .filter(|item| is_unshaped(item))
            .map(|item| item.character)
            .collect();
        let x = cluster.first().map_or(0.0, |first| first.x);
        for (glyph, [right, up]) in face.shape_cluster(&text) {
            pen.origin = Pos2::new(x + right * run.size, run.baseline - up * run.size);
            face.outline(glyph, run.size, &mut pen);
        }
    }
    pen.path_data
}

/// Collects glyph outlines as the `d` attribute of a path.
struct PathPen {
    origin: Pos2,
    path_data: String,
}

impl PathPen {
    fn push(&mut self, command: char, points: &[(f32, f32)]) {
        self.path_data.push(command);
        for (index, (x, y)) in points.iter().enumerate() {
            if index > 0 {
                self.path_data.push(' ');
            }
            push_number(&mut self.path_data, self.origin.x + x, 3);
            self.path_data.push(' ');
            push_number(&mut self.path_data, self.origin.y - y, 3);
        }
    }
}

impl OutlinePen for PathPen {
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
        self.path_data.push('Z');
    }
}
