//! Actions of what is learned from, and of how training stands.

use std::sync::Arc;

use crate::session::history::Piece;
use crate::session::{Course, Gesture, Lesson, Refusal, View};

use super::Session;

impl Session {
    pub(super) fn set_course(&mut self, course: Option<Arc<Course>>, gesture: Option<Gesture>) {
        let label = course_label(self.course(), course.as_ref());
        self.change(|| label, gesture, vec![Piece::Course(course)]);
    }

    pub(super) fn take_network_for_data(&mut self) -> Result<(), Refusal> {
        let course = self.course().ok_or(Refusal::NoData)?;
        let reason = course.material().err().map(str::to_owned);
        let network = course.network().ok_or_else(|| {
            Refusal::Data(reason.unwrap_or_else(|| "this data is too large for a network".to_owned()))
        })?;
        let label = || "a network for this data".into();
        self.change(label, None, vec![Piece::Document(Box::new(network))]);
        // What was selected and swept belonged to the network before.
        let fresh = View::of(self.blueprint());
        self.view.selected = fresh.selected;
        self.view.over = fresh.over;
        self.view.axes = fresh.axes;
        Ok(())
    }

    pub(super) fn take_lesson(&mut self, lesson: Lesson) -> Result<(), Refusal> {
        if let Some(knobs) = lesson.knobs {
            self.set_knobs("train", knobs, Some(lesson.gesture))?;
        }
        self.run = lesson.run;
        self.lessons += 1;
        Ok(())
    }
}

/// What a change of the course is called in the menu of undo.
fn course_label(before: Option<&Arc<Course>>, now: Option<&Arc<Course>>) -> String {
    match now {
        Some(now) => now.choice().difference(before.map(|before| before.choice())),
        None => "no data".to_owned(),
    }
}
