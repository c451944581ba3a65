//! Questions that the window asks, one at a time, over everything else.

mod data;
mod export;
mod help;
mod paste;
mod path;
mod shape;
mod small;

use std::path::PathBuf;

use egui::{Context, Id, Modal, RichText, Ui};

use crate::look::type_scale;
use neurodial_core::session::file::recovery::Rescued;
use neurodial_core::session::{Action, Document, Preset};

use super::App;

pub use data::DataDialog;
pub use export::Export;
pub use paste::PasteDialog;
pub use path::PathDialog;
pub use shape::{InitialiseDialog, NewDialog};
pub use small::{NameDialog, Named, RangeDialog};

/// What is to happen once unsaved work is safe or given up.
#[derive(Debug, Clone)]
pub enum Then {
    /// The program ends.
    Quit,
    /// Another file is chosen.
    ChooseFile,
    /// A file is opened.
    Open(PathBuf),
    /// A preset is opened.
    OpenPreset(Preset),
    /// A new network is opened.
    OpenNew(Box<Document>),
}

/// What is asked.
#[derive(Debug)]
pub enum Dialog {
    /// Save, give up, or go back?
    Unsaved(Then),
    /// Open what a window that is gone left unsaved?
    Rescue(Vec<Rescued>),
    /// Something went wrong; one sentence.
    Problem(String),
    /// The path of a file.
    Path(PathDialog),
    /// How far a knob or an input can be turned.
    Range(RangeDialog),
    /// What an input or a neuron is called.
    Name(NameDialog),
    /// The shape of a new network.
    New(NewDialog),
    /// The matrices of a network.
    Paste(PasteDialog),
    /// How knobs start.
    Initialise(InitialiseDialog),
    /// Which columns of a table are learned from.
    Data(Box<DataDialog>),
    /// What a figure shows, and how.
    Export,
    /// The list of keys.
    Keys,
    /// What this program is.
    About,
}

/// What becomes of a dialog after it was drawn.
enum After {
    /// It stays.
    Stay(Dialog),
    /// It is done.
    Close,
}

/// Draws the dialog that is open, if one is.
pub fn dialog_ui(app: &mut App, ctx: &Context, outbox: &mut Vec<Action>) {
    let Some(dialog) = app.dialog.take() else {
        return;
    };
    let frame = egui::Frame::popup(&ctx.global_style()).inner_margin(18);
    let modal = Modal::new(Id::unique("dialog")).frame(frame).show(ctx, |ui| {
        ui.set_width(dialog.width());
        ui.spacing_mut().item_spacing.y = 8.0;
        heading(ui, dialog.title());
        match dialog {
            Dialog::Unsaved(then) => unsaved_ui(app, ui, then),
            Dialog::Rescue(rescued) => rescue_ui(app, ui, rescued),
            Dialog::Problem(text) => problem_ui(ui, text),
            Dialog::Path(path) => path.show(app, ui),
            Dialog::Range(range) => range.show(app, ui, outbox),
            Dialog::Name(name) => name.show(ui, outbox),
            Dialog::New(new) => new.show(app, ui),
            Dialog::Paste(paste) => paste.show(app, ui),
            Dialog::Initialise(initialise) => initialise.show(ui, outbox),
            Dialog::Data(data) => data.show(app, ui),
            Dialog::Export => export::export_ui(app, ui),
            Dialog::Keys => help::keys_ui(ui),
            Dialog::About => help::about_ui(ui),
        }
    });
    let is_dismissed = modal.should_close();
    match modal.inner {
        // What was rescued is never thrown away by a slip of the hand.
        After::Stay(rescue @ Dialog::Rescue(_)) => app.dialog = Some(rescue),
        After::Stay(dialog) if !is_dismissed && app.dialog.is_none() => app.dialog = Some(dialog),
        After::Stay(_) => {}
        // A dialog can lead to another one; that one then is there already.
        After::Close => ctx.request_discard("a dialog was answered"),
    }
}

impl Dialog {
    fn title(&self) -> &'static str {
        match self {
            Self::Unsaved(_) => "Unsaved changes",
            Self::Rescue(_) => "Unsaved work was kept",
            Self::Problem(_) => "That did not work",
            Self::Path(path) => path.title(),
            Self::Range(_) => "Range and step",
            Self::Name(_) => "Name",
            Self::New(_) => "New network",
            Self::Paste(_) => "Paste a network",
            Self::Initialise(_) => "Initialise",
            Self::Data(_) => "Data from a file",
            Self::Export => "Export figure",
            Self::Keys => "Keys",
            Self::About => "neurodial",
        }
    }

    fn width(&self) -> f32 {
        match self {
            Self::Keys | Self::Paste(_) => 560.0,
            Self::Export | Self::Data(_) => 700.0,
            _ => 400.0,
        }
    }
}

fn heading(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).font(type_scale::title()));
}

/// A row of buttons at the right end; gives back which was pressed. Enter presses the first.
fn buttons(ui: &mut Ui, texts: &[&str]) -> Option<usize> {
    let mut pressed = ui.input(|input| input.key_pressed(egui::Key::Enter)).then_some(0);
    ui.add_space(4.0);
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        for (index, text) in texts.iter().enumerate() {
            let rich = if index == 0 {
                RichText::new(*text).font(type_scale::strong())
            } else {
                RichText::new(*text)
            };
            if ui.button(rich).clicked() {
                pressed = Some(index);
            }
        }
    });
    pressed
}

fn unsaved_ui(app: &mut App, ui: &mut Ui, then: Then) -> After {
    ui.label(format!("{} has changes that no file has.", app.name()));
    let ctx = ui.ctx().clone();
    match buttons(ui, &["Save", "Don’t save", "Cancel"]) {
        Some(0) => {
            if app.save(&ctx, Some(then.clone())) {
                app.go_on(&ctx, then);
            }
            After::Close
        }
        Some(1) => {
            app.go_on(&ctx, then);
            After::Close
        }
        Some(_) => After::Close,
        None => After::Stay(Dialog::Unsaved(then)),
    }
}

fn rescue_ui(app: &mut App, ui: &mut Ui, mut rescued: Vec<Rescued>) -> After {
    use neurodial_core::session::Origin;
    let Some(newest) = rescued.first() else {
        return After::Close;
    };
    let what = match &newest.origin {
        Origin::File(path) => path.display().to_string(),
        Origin::Preset(name) => (*name).to_owned(),
        Origin::Untitled => "An untitled network".to_owned(),
    };
    ui.label(format!(
        "{what} was open when neurodial ended, with changes that no file has."
    ));
    if rescued.len() > 1 {
        ui.label(format!(
            "There are {} such documents; this is the newest.",
            rescued.len()
        ));
    }
    match buttons(ui, &["Open it", "Throw it away", "Ask me next time"]) {
        Some(0) => {
            let newest = rescued.remove(0);
            app.open_rescued(newest.document.clone(), newest.origin.clone());
            // From now on this window keeps it safe.
            app.autosave.follow(&app.session);
            newest.settle();
            After::Close
        }
        Some(1) => {
            rescued.remove(0).settle();
            if rescued.is_empty() {
                After::Close
            } else {
                After::Stay(Dialog::Rescue(rescued))
            }
        }
        Some(_) => After::Close,
        None => After::Stay(Dialog::Rescue(rescued)),
    }
}

fn problem_ui(ui: &mut Ui, text: String) -> After {
    ui.label(&text);
    match buttons(ui, &["OK"]) {
        Some(_) => After::Close,
        None => After::Stay(Dialog::Problem(text)),
    }
}
