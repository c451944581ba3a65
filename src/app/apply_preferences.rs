//! Applying and saving the preferences.

use egui::Context;

use crate::theme::{ColorTheme, ThemeMode, style};
use neurodial_core::session::{View, ViewChange};
use neurodial_core::text::{Locale, Messages};

use super::App;
use super::preferences::Preferences;

impl App {
    /// Returns the color theme of the preferred mode.
    pub(super) fn theme(&self) -> &'static ColorTheme {
        ColorTheme::from_mode(if self.preferences.dark {
            ThemeMode::Dark
        } else {
            ThemeMode::Light
        })
    }

    /// Shows the window in the language of the operating system, unless another one has been chosen.
    pub(super) fn set_system_language(&mut self, name: &str) {
        let language = self.preferences.language;
        self.messages = Messages::new(language.unwrap_or_else(|| Locale::from_system_name(name)));
    }

    /// Shows the window in another language, from the next frame on.
    pub(super) fn set_language(&mut self, locale: Locale) {
        self.preferences.language = Some(locale);
        self.messages = Messages::new(locale);
        self.save_preferences();
    }

    /// Applies all preferences to the window and the session's view.
    pub(super) fn apply_preferences(&mut self, ctx: &Context) {
        style::apply(ctx, self.theme());
        ctx.set_zoom_factor(self.preferences.scale as f32 / 100.0);
        self.apply_view_preferences();
    }

    /// Applies the preferred view options to the session.
    pub(super) fn apply_view_preferences(&mut self) {
        let Preferences {
            decimals,
            knob_layout,
            has_knob_profiles,
            ..
        } = self.preferences;
        for action in [
            ViewChange::SetKnobLayout(knob_layout),
            ViewChange::ShowKnobProfiles(has_knob_profiles),
            ViewChange::SetDecimals(decimals),
        ] {
            // Not through `apply_action`, which would save each one as a new preference.
            let _ = self.session.apply(action);
        }
    }

    /// Applies the choices of the earlier session's view that last while the window is open.
    pub(super) fn keep_view_choices(&mut self, view_before: &View) {
        let settings = view_before.are_training_settings_shown;
        let choices = [
            ViewChange::SetCodeLanguage(view_before.code_language),
            ViewChange::SetActivationForLayer(view_before.is_activation_for_layer),
            ViewChange::ShowExperimentPlot(view_before.is_experiment_plot_shown),
        ];
        for action in choices
            .into_iter()
            .chain(settings.map(ViewChange::ShowTrainingSettings))
        {
            let _ = self.session.apply(action);
        }
    }

    /// Writes the preferences to their file, if there is one.
    pub(super) fn save_preferences(&mut self) {
        if let Some(path) = &self.storage_paths.preferences
            && let Err(e) = self.preferences.write(path)
        {
            let text = e.to_string();
            self.show_problem(text);
        }
    }
}
