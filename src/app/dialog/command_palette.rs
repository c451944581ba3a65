//! The command palette: a field to search, and the list of all commands that match.

use egui::{Align, AtomExt as _, Button, Id, Key, Layout, Modifiers, RichText, ScrollArea, TextEdit, Ui};

use crate::app::command::{Command, shortcut_text};
use crate::theme::{ColorTheme, type_scale};
use crate::widgets::menu::scroll_to_focus;
use neurodial_core::session::Session;
use neurodial_core::text::Messages;

use super::outcome::DialogOutcome;

/// The maximum height of the list, in points.
const MAX_LIST_HEIGHT: f32 = 380.0;
/// The height of the dialog without the list, in points.
const REST_HEIGHT: f32 = 150.0;
/// The number of rows that Page Up and Page Down move.
const PAGE_ROWS: usize = 8;

/// Finds and runs a command.
#[derive(Debug)]
pub(crate) struct CommandPalette {
    entries: Vec<PaletteEntry>,
    query: String,
    /// The selected row of the list.
    selected: usize,
}

#[derive(Debug)]
struct PaletteEntry {
    command: Command,
    text: String,
    /// The text in the language of the window and in English, in lower case.
    search_text: String,
    disabled_reason: Option<&'static str>,
}

impl CommandPalette {
    /// Creates the palette with the commands as they are now.
    pub(crate) fn new(
        session: &Session,
        messages: Messages,
        disabled_reason: impl Fn(Command) -> Option<&'static str>,
    ) -> Self {
        let entries = Command::all(session).map(|command| {
            let text = command.full_text(session, messages).into_owned();
            let english = command.full_text(session, Messages::ENGLISH);
            PaletteEntry {
                command,
                search_text: format!("{text} {english}").to_lowercase(),
                text,
                disabled_reason: disabled_reason(command),
            }
        });
        Self {
            entries: entries.collect(),
            query: String::new(),
            selected: 0,
        }
    }

    /// Returns the entries that contain every word of the query, in any order.
    fn matches(&self) -> Vec<&PaletteEntry> {
        let query = self.query.to_lowercase();
        let is_match = |entry: &&PaletteEntry| {
            query
                .split_whitespace()
                .all(|word| entry.search_text.contains(word))
        };
        self.entries.iter().filter(is_match).collect()
    }

    pub(super) fn show_ui(&mut self, ui: &mut Ui, theme: &ColorTheme, messages: Messages) -> DialogOutcome {
        let id = Id::unique("command_palette");
        // The keys belong to the list while the field has the focus. They come before the field, which would
        // move its cursor with them.
        let (down, up, is_entered) = if ui.memory(|memory| memory.has_focus(id)) {
            ui.input_mut(|input| {
                let mut count = |key| input.count_and_consume_key(Modifiers::NONE, key);
                let down = count(Key::ArrowDown) + PAGE_ROWS * count(Key::PageDown);
                let up = count(Key::ArrowUp) + PAGE_ROWS * count(Key::PageUp);
                (down, up, count(Key::Enter) > 0)
            })
        } else {
            (0, 0, false)
        };
        let field = TextEdit::singleline(&mut self.query)
            .id(id)
            .hint_text(messages.palette_hint())
            .desired_width(f32::INFINITY);
        let response = ui.add(field);
        ui.ctx()
            .accesskit_node_builder(id, |node| node.set_label(messages.palette_hint()));
        if ui.memory(|memory| memory.focused().is_none()) {
            response.request_focus();
        }
        if response.changed() {
            self.selected = 0;
        }
        let matches = self.matches();
        let selected = (self.selected + down)
            .min(matches.len().saturating_sub(1))
            .saturating_sub(up);
        let has_moved = selected != self.selected || response.changed();
        let mut chosen = matches.get(selected).copied().filter(|_| is_entered);
        if matches.is_empty() {
            ui.label(messages.palette_no_match(&self.query));
        }
        let height = (ui.ctx().content_rect().height() - REST_HEIGHT).clamp(80.0, MAX_LIST_HEIGHT);
        ScrollArea::vertical()
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                ui.with_layout(Layout::top_down_justified(Align::Min), |ui| {
                    for (row, entry) in matches.iter().enumerate() {
                        let response = entry.row_ui(ui, theme, row == selected);
                        if row == selected && has_moved {
                            response.scroll_to_me(None);
                        }
                        if response.clicked() {
                            chosen = Some(entry);
                        }
                    }
                    scroll_to_focus(ui);
                });
            });
        let outcome = match chosen {
            Some(entry) if entry.disabled_reason.is_none() => DialogOutcome::RunCommand(entry.command),
            _ => DialogOutcome::KeepOpen,
        };
        self.selected = selected;
        outcome
    }
}

impl PaletteEntry {
    /// Draws the command with its shortcut and the reason why it is disabled.
    fn row_ui(&self, ui: &mut Ui, theme: &ColorTheme, is_selected: bool) -> egui::Response {
        let mut button = match self.disabled_reason {
            Some(reason) => Button::selectable(
                is_selected,
                (
                    RichText::new(&self.text).color(theme.weak_text),
                    RichText::new(reason)
                        .font(type_scale::small())
                        .color(theme.weak_text)
                        .atom_shrink(true),
                ),
            ),
            None => Button::selectable(is_selected, self.text.as_str()),
        };
        let shortcut = self.command.shortcut();
        let shortcut = shortcut.map(|shortcut| shortcut_text(ui.ctx(), shortcut));
        if let Some(shortcut) = &shortcut {
            button = button.shortcut_text(shortcut);
        }
        let mut response = ui.add(button.truncate());
        if let Some(reason) = self.disabled_reason {
            response = response.on_hover_text(reason);
        }
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_label(self.text.as_str());
            if let Some(reason) = self.disabled_reason {
                node.set_disabled();
                node.set_description(reason);
            }
            if let Some(shortcut) = shortcut {
                node.set_keyboard_shortcut(shortcut);
            }
        });
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::structure::StructureCommand;
    use neurodial_core::formats::Preset;
    use neurodial_core::session::Origin;
    use neurodial_core::text::Locale;

    fn session() -> Session {
        let preset = Preset::from_name("article").unwrap();
        Session::open(preset.document().unwrap(), Origin::Untitled)
    }

    #[test]
    fn words_match_in_any_order_and_in_english_too() {
        let session = session();
        let mut palette = CommandPalette::new(&session, Messages::new(Locale::SimplifiedChinese), |_| None);
        let mut found = |query: &str| {
            palette.query = query.to_owned();
            let commands: Vec<Command> = palette.matches().iter().map(|entry| entry.command).collect();
            commands
        };
        assert_eq!(found("mode DARK"), [Command::ToggleDarkMode]);
        assert_eq!(
            found("add neuron"),
            [Command::Structure(StructureCommand::AddNeuron)]
        );
        assert_eq!(found("深色"), [Command::ToggleDarkMode]);
        assert_eq!(found("深色 dark"), [Command::ToggleDarkMode]);
        assert!(found("no such command").is_empty());
        assert_eq!(found(""), Command::all(&session).collect::<Vec<_>>());
    }

    #[test]
    fn every_command_has_a_name_of_its_own() {
        for locale in Locale::ALL {
            let palette = CommandPalette::new(&session(), Messages::new(locale), |_| None);
            let mut texts: Vec<&str> = palette.entries.iter().map(|entry| entry.text.as_str()).collect();
            texts.sort_unstable();
            let count = texts.len();
            texts.dedup();
            assert_eq!(texts.len(), count, "{texts:?}");
        }
    }
}
