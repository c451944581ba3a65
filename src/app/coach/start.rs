//! Where a run began, and what it has learned from since.

use std::sync::Arc;

use neurodial_core::learning::Settings;
use neurodial_core::session::course::Material;
use neurodial_core::session::run::{Change, change_words, data_words};
use neurodial_core::session::{Choice, Course, Gesture, Run};

use super::Architecture;

/// Where the last run began, and what it learned from.
#[derive(Debug, Clone)]
pub struct Start {
    pub(super) architecture: Architecture,
    pub(super) gesture: Gesture,
    /// As they were last.
    pub(super) settings: Settings,
    /// What it learned from, one after the other.
    pub(super) data: Vec<Choice>,
    /// What it learned from last.
    pub(super) material: Arc<Material>,
}

impl Start {
    /// Notes on the line what has changed since the run was left.
    pub(super) fn go_on(
        &mut self,
        run: &mut Run,
        course: &Course,
        material: &Arc<Material>,
        settings: &Settings,
    ) {
        let epoch = run.at;
        if let Some(words) = change_words(&self.settings, settings) {
            let data = None;
            Arc::make_mut(&mut run.line.changes).push(Change { epoch, words, data });
        }
        self.settings = settings.clone();
        if !Arc::ptr_eq(&self.material, material) {
            self.data.push(course.choice().clone());
            self.material = Arc::clone(material);
        }
        // A branch, or what was gone back to, may be of still older data.
        let (was, now) = (run.line.data(), self.data.len() - 1);
        if was != now {
            run.line
                .learn_from(now, epoch, data_words(&self.data[was], &self.data[now]));
        }
    }
}
