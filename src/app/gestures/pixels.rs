//! Drawing into the picture of the inputs.

use egui::{Context, Event, Id, Key, PointerButton, Pos2, Rect, vec2};

use crate::canvas::{Element, Elements};
use crate::panes::diagram::input_image::paper_and_ink;
use neurodial_core::network::ImageShape;
use neurodial_core::session::{Action, Adjustable, Edit, Gesture, Session, ViewChange};

/// A stroke of the pen, from press to release. It is one undo step.
#[derive(Debug, Clone)]
struct Stroke {
    gesture: Gesture,
    button: PointerButton,
    is_erasing: bool,
    /// The picture on the screen.
    rect: Rect,
    shape: ImageShape,
    last_pos: Pos2,
    /// The inputs before the stroke.
    before: Vec<f64>,
    /// The inputs so far.
    pixels: Vec<f64>,
}

/// The pen with which the inputs are drawn.
#[derive(Debug, Default)]
pub(super) struct PixelInput {
    stroke: Option<Stroke>,
}

impl PixelInput {
    /// True during a stroke.
    pub(super) fn is_drawing(&self) -> bool {
        self.stroke.is_some()
    }

    /// Handles the pointer: dragging draws, and with the secondary button or Shift it erases. `canvas` is the one
    /// under the pointer.
    pub(super) fn handle(
        &mut self,
        ctx: &Context,
        session: &Session,
        elements: &Elements,
        canvas: Option<Id>,
        mut new_gesture: impl FnMut() -> Gesture,
    ) -> Vec<Action> {
        let mut actions = Vec::new();
        let (events, is_fine) = ctx.input(|input| (input.events.clone(), input.modifiers.shift));
        for event in events {
            match event {
                Event::PointerButton {
                    pos,
                    button: button @ (PointerButton::Primary | PointerButton::Secondary),
                    pressed: true,
                    ..
                } if self.stroke.is_none() => {
                    let is_erasing = is_fine || button == PointerButton::Secondary;
                    self.stroke = canvas
                        .and_then(|canvas| picture_at(elements, canvas, pos))
                        .zip(session.document().image_shape())
                        .map(|(rect, shape)| Stroke {
                            gesture: new_gesture(),
                            button,
                            is_erasing,
                            rect,
                            shape,
                            last_pos: pos,
                            before: session.document().inputs.clone(),
                            pixels: session.document().inputs.clone(),
                        });
                    if let Some(stroke) = &mut self.stroke {
                        actions.push(ViewChange::Highlight(None).into());
                        stroke.draw_to(pos, session, &mut actions);
                    }
                }
                Event::PointerMoved(pos) => {
                    if let Some(stroke) = &mut self.stroke {
                        stroke.draw_to(pos, session, &mut actions);
                    }
                }
                Event::PointerButton {
                    button,
                    pressed: false,
                    ..
                } if self.stroke.as_ref().is_some_and(|stroke| stroke.button == button) => self.stroke = None,
                Event::PointerGone => self.stroke = None,
                Event::Key {
                    key: Key::Escape,
                    pressed: true,
                    ..
                } => actions.extend(self.stroke.take().into_iter().flat_map(Stroke::cancel)),
                _ => {}
            }
        }
        actions
    }
}

/// Returns the rectangle of the picture that a position on a canvas hits.
fn picture_at(elements: &Elements, canvas: Id, pos: Pos2) -> Option<Rect> {
    let placed = elements.hit_test(canvas, pos)?;
    (placed.element == Element::InputImage).then(|| placed.hit_shape.bounds())
}

impl Stroke {
    /// Draws a line from the last position to `pos`.
    fn draw_to(&mut self, pos: Pos2, session: &Session, actions: &mut Vec<Action>) {
        /// The distance between two dots of the line, in pixels.
        const STEP: f32 = 0.4;
        let cell = self.rect.size() / vec2(self.shape.columns as f32, self.shape.rows as f32);
        let in_pixels = |pos: Pos2| (pos - self.rect.min) / cell;
        let (from, to) = (in_pixels(self.last_pos), in_pixels(pos));
        self.last_pos = pos;
        let steps = ((to - from).length() / STEP).ceil().clamp(1.0, 1000.0) as usize;
        let changed_before = self.pixels.clone();
        for step in 1..=steps {
            self.dot(from + (to - from) * (step as f32 / steps as f32), session);
        }
        for (input, (&value, &before)) in self.pixels.iter().zip(&changed_before).enumerate() {
            if value != before {
                actions.push(turn(input, value, self.gesture));
            }
        }
    }

    /// Draws or erases a dot around a position in pixels. It is a pixel wide in a picture of 8 × 8 and wider in larger
    /// ones; a pixel that is partly covered becomes gray.
    fn dot(&mut self, center: egui::Vec2, session: &Session) {
        let ImageShape { rows, columns } = self.shape;
        let radius = (columns.max(rows) as f32 / 20.0).max(0.4);
        let reach = radius.ceil() as isize + 1;
        let middle = [center.x.floor() as isize, center.y.floor() as isize];
        for y in middle[1] - reach..=middle[1] + reach {
            for x in middle[0] - reach..=middle[0] + reach {
                let (Ok(column), Ok(row)) = (usize::try_from(x), usize::try_from(y)) else {
                    continue;
                };
                if column >= columns || row >= rows {
                    continue;
                }
                let is_middle = [x, y] == middle;
                let offset = vec2(x as f32 + 0.5, y as f32 + 0.5) - center;
                let covered = match is_middle {
                    true => 1.0,
                    // Tenths have short numbers.
                    false => (10.0 * (radius + 0.5 - offset.length()).clamp(0.0, 1.0)).round() / 10.0,
                };
                let input = row * columns + column;
                let Some(pixel) = self.pixels.get_mut(input) else {
                    continue;
                };
                let [paper, ink] = paper_and_ink(session, input);
                let strength = f64::from(covered) * (ink - paper);
                *pixel = if self.is_erasing {
                    pixel.min(ink - strength)
                } else {
                    pixel.max(paper + strength)
                };
            }
        }
    }

    /// Returns the actions that restore the inputs as they were at the press.
    fn cancel(self) -> Vec<Action> {
        let pixels = self.pixels.iter().zip(&self.before).enumerate();
        let changed = pixels.filter(|(_, (now, before))| now != before);
        changed
            .map(|(input, (_, &before))| turn(input, before, self.gesture))
            .collect()
    }
}

fn turn(input: usize, value: f64, gesture: Gesture) -> Action {
    Edit::Turn {
        target: Adjustable::Input(input),
        value,
        gesture: Some(gesture),
    }
    .into()
}
