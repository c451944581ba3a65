//! The window as a person prefers it.

use egui::Context;

use crate::look::{Look, Mode, style};
use neurodial_core::session::Action;

use super::App;
use super::preferences::Preferences;

impl App {
    pub(super) fn look(&self) -> &'static Look {
        Look::of(if self.preferences.dark {
            Mode::Dark
        } else {
            Mode::Light
        })
    }

    /// Makes the window look as the preferences say.
    pub(super) fn show_preferences(&mut self, ctx: &Context) {
        style::apply(ctx, self.look());
        ctx.set_zoom_factor(self.preferences.scale as f32 / 100.0);
        self.view_as_preferred();
    }

    /// Makes the session's view what was preferred in the one before.
    pub(super) fn view_as_preferred(&mut self) {
        let Preferences {
            decimals,
            face,
            strips,
            ..
        } = self.preferences;
        for action in [
            Action::ShowFace(face),
            Action::ShowStrips(strips),
            Action::SetDecimals(decimals),
        ] {
            // Not through `act`, which would take each for a new preference.
            let _ = self.session.apply(action);
        }
    }

    pub(super) fn keep_preferences(&mut self) {
        if let Some(path) = &self.places.preferences
            && let Err(e) = self.preferences.write(path)
        {
            let text = e.to_string();
            self.complain(text);
        }
    }
}
