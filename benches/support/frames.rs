//! The program in a window without a screen: one call per frame, with the events of a real window.

#![allow(dead_code, reason = "not every benchmark needs all of it")]

use egui::{ClippedPrimitive, Context, Event, Modifiers, PointerButton, Pos2, RawInput, Rect, pos2, vec2};
use neurodial::app::{App, StoragePaths};
use neurodial::canvas::{DragMapping, Element};
use neurodial::panes::Pane;
use neurodial_core::session::{Adjustable, Session};

/// A window of 1280 × 800 points.
pub struct Window {
    pub app: App,
    ctx: Context,
    time: f64,
}

impl Window {
    /// Opens a session and draws frames until the layout is stable.
    pub fn open(session: Session) -> Self {
        let ctx = Context::default();
        let app = App::new(&ctx, session, StoragePaths::default());
        let mut window = Self { app, ctx, time: 0.0 };
        for _ in 0..20 {
            window.frame(Vec::new());
        }
        window
    }

    /// Runs one frame with these events; returns the triangles for the graphics card.
    pub fn frame(&mut self, events: Vec<Event>) -> Vec<ClippedPrimitive> {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0))),
            time: Some(self.time),
            focused: true,
            events,
            ..RawInput::default()
        };
        let mut output = self.ctx.run_ui(input, |ui| self.app.pass_ui(ui));
        output.textures_delta.clear();
        self.ctx.tessellate(output.shapes, output.pixels_per_point)
    }

    /// Brings a pane in front of other tabs.
    pub fn show(&mut self, pane: Pane) {
        self.app.show_pane(pane);
        for _ in 0..5 {
            self.frame(Vec::new());
        }
    }

    /// Returns the visible sliders of knobs from top to bottom: what they change, and the position of the handle.
    pub fn handles(&self) -> Vec<(Adjustable, Pos2)> {
        let placed = self.app.elements().placed().iter();
        placed
            .filter_map(|placed| match (placed.element, placed.handle?.mapping) {
                (
                    Element::Adjustable(target @ Adjustable::Knob(_)),
                    DragMapping::Track {
                        handle_pos: Some(handle),
                        ..
                    },
                ) => Some((target, handle)),
                _ => None,
            })
            .collect()
    }

    /// Returns the position of one slider's handle.
    pub fn handle(&self, wanted: Adjustable) -> Option<Pos2> {
        let handles = self.handles();
        handles
            .iter()
            .find(|(target, _)| *target == wanted)
            .map(|&(_, pos)| pos)
    }
}

pub fn moved(x: f32, y: f32) -> Event {
    Event::PointerMoved(pos2(x, y))
}

pub fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    }
}
