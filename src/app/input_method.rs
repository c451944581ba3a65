//! Keys that belong to an input method, with which Chinese and other texts are composed.

use egui::{Context, Event, Id, ImeEvent, Plugin, RawInput};

/// Drops key presses while a text is being composed: Enter, Escape, arrow keys and digits choose among the
/// candidates then, so they must not answer a dialog or run a command.
///
/// Most systems don't report these keys at all, but not every input method keeps to that.
#[derive(Debug, Default)]
pub(super) struct CompositionKeys {
    /// The text field in which a text is being composed.
    field: Option<Id>,
}

impl Plugin for CompositionKeys {
    fn debug_name(&self) -> &'static str {
        "composition"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        let focused = ctx.memory(egui::Memory::focused);
        // A composition ends with the focus, even if the system doesn't report it.
        self.field = self
            .field
            .filter(|&field| input.focused && focused == Some(field));
        input.events.retain(|event| {
            match event {
                Event::Ime(ImeEvent::Preedit { text, .. }) => {
                    self.field = focused.filter(|_| !text.is_empty());
                }
                Event::Ime(ImeEvent::Commit(_)) | Event::PointerButton { .. } => self.field = None,
                Event::Key { pressed: true, .. } => return self.field.is_none(),
                _ => {}
            }
            true
        });
    }
}
