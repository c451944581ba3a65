//! A number of the choice as a small slider, which `app::hands` turn; it can be typed too.

use egui::{FontSelection, Id, Rect, Sense, Ui, WidgetInfo, accesskit};

use crate::panes::Scene;
use crate::panes::cases::cell::{focus_ring, reason_ui};
use neurodial_core::session::{Choice, Course, Setting};
use crate::widgets::gauge::{self, GaugeGeometry, GaugeState};
use crate::widgets::number_field::{Typed, value_field};
use neurodial_core::words::Draft;

/// A setting whose value is being typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Typing {
    /// Which one.
    pub setting: Setting,
    /// What has been typed so far.
    pub draft: Draft,
}

impl Typing {
    /// What is being typed, if anything is.
    pub fn load(ctx: &egui::Context) -> Option<Self> {
        ctx.data(|data| data.get_temp(Self::id()))
    }

    /// Begins to type, or ends it.
    pub fn store(ctx: &egui::Context, typing: Option<Self>) {
        ctx.data_mut(|data| match typing {
            Some(typing) => {
                data.insert_temp(Self::id(), typing);
            }
            None => data.remove::<Self>(Self::id()),
        });
    }

    fn id() -> Id {
        Id::unique("a setting that is being typed")
    }
}

/// The id of a setting's gauge, by which hands find it.
pub fn id_of(setting: Setting) -> Id {
    Id::unique(("setting", setting))
}

/// What stands before the value.
const fn short(setting: Setting) -> &'static str {
    match setting {
        Setting::Samples => "points",
        Setting::Noise => "noise",
        Setting::Test => "test",
        Setting::Seed => "seed",
        Setting::Rate => "rate",
        Setting::Batch => "batch",
        Setting::Epochs => "epochs",
        Setting::L1 => "L1",
        Setting::L2 => "L2",
    }
}

/// What a setting is, for a hint.
const fn hint(setting: Setting) -> &'static str {
    match setting {
        Setting::Samples => "How many points are made",
        Setting::Noise => "How far points are off, as a standard deviation",
        Setting::Test => "The part of the samples that is held out for testing",
        Setting::Seed => "Makes the data, holds samples out, and orders them; the same seed, the same run",
        Setting::Rate => "Learning rate: how far a step goes",
        Setting::Batch => "The samples of a step",
        Setting::Epochs => "How often every sample is seen before training ends",
        Setting::L1 => "L1 regularisation: what the size of every weight costs",
        Setting::L2 => "L2 regularisation: what the square of every weight costs",
    }
}

/// Draws a setting into `rect`; gives back the choice that was typed.
pub fn gauge_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    course: &Course,
    setting: Setting,
    rect: Rect,
) -> Option<Choice> {
    let choice = course.choice();
    let id = id_of(setting);
    let typing = Typing::load(ui.ctx()).filter(|typing| typing.setting == setting);
    let response = ui.interact(rect, id, Sense::drag());
    let words = setting.words(choice);
    let rail = setting.rail(course);
    let value = setting.value(choice);
    let number = if value.is_finite() { value } else { rail.max };
    response.widget_info(|| WidgetInfo::slider(ui.is_enabled(), number, setting.name()));
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_label(setting.name());
        node.set_value(words.clone());
        node.set_numeric_value(number);
        node.set_min_numeric_value(if rail.has_zero { 0.0 } else { rail.min });
        node.set_max_numeric_value(rail.max);
        node.add_action(accesskit::Action::Click);
        node.add_action(accesskit::Action::SetValue);
        node.add_action(accesskit::Action::Increment);
        node.add_action(accesskit::Action::Decrement);
    });
    ui.ctx().memory_mut(|memory| {
        let filter = egui::EventFilter {
            horizontal_arrows: true,
            ..Default::default()
        };
        memory.set_focus_lock_filter(id, filter);
    });
    if let Some(typing) = typing {
        return field_ui(ui, scene, choice, typing, rect);
    }
    let geometry = GaugeGeometry::within(rect);
    let is_in_hand = response.is_pointer_button_down_on();
    let is_lit = is_in_hand || response.hovered();
    let state = GaugeState {
        name: short(setting),
        value: &words,
        fraction: rail.fraction_of(value),
        is_lit,
    };
    let font = FontSelection::Default.resolve(ui.style());
    gauge::paint(ui.painter(), scene.look, geometry, state, font);
    focus_ring(ui, &response, rect);
    if is_lit {
        let is_on_rail = ui
            .input(|input| input.pointer.hover_pos())
            .is_some_and(|pos| geometry.is_on_rail(pos));
        ui.set_cursor_icon(match is_on_rail || is_in_hand {
            true => egui::CursorIcon::ResizeHorizontal,
            false => egui::CursorIcon::Text,
        });
    }
    response.on_hover_text(hint(setting));
    None
}

/// The field in which a value is typed, in place of its gauge.
fn field_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    choice: &Choice,
    mut typing: Typing,
    rect: Rect,
) -> Option<Choice> {
    let setting = typing.setting;
    let id = id_of(setting);
    let read = |draft: &Draft| match draft.text.trim() {
        "" => Ok(None),
        text => setting.read(choice, text).map(Some),
    };
    let problem = read(&typing.draft).err();
    let name = format!("type {}", setting.name());
    let field = rect.shrink2(egui::vec2(0.0, 3.0));
    let font = FontSelection::Default.resolve(ui.style());
    let typed = value_field(
        ui,
        (field, id.with("field")),
        (&name, font),
        &mut typing.draft,
        problem.clone(),
        |draft| read(draft).ok(),
    );
    match typed {
        Typed::Not => {
            if let Some(problem) = problem {
                reason_ui(ui, scene, rect.left_bottom() + egui::vec2(0.0, 3.0), &problem);
            }
            Typing::store(ui.ctx(), Some(typing));
            None
        }
        Typed::Ended { number, goes_back } => {
            Typing::store(ui.ctx(), None);
            if goes_back {
                ui.memory_mut(|memory| memory.request_focus(id));
            }
            number
        }
    }
}
