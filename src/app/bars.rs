//! The bar with the menus above, and the status line below.

use egui::{Align, Button, Frame, Label, Layout, Margin, MenuBar, Panel, RichText, Stroke, Ui};

use crate::canvas::{Part, Topic};
use crate::look::type_scale;
use crate::network::{Activation, NeuronAt, Surgery};
use crate::panes::Pane;
use crate::panes::diagram::paint;
use crate::panes::knobs::told;
use crate::session::{Action, Coaching, Preset, Stride, Target};

use super::dialog::{Dialog, NameDialog, Named, Then};
use super::score;
use super::{App, Command, layout};

/// Draws the bar above.
pub fn top_ui(app: &mut App, ui: &mut Ui, outbox: &mut Vec<Action>, commands: &mut Vec<Command>) {
    let look = app.look();
    let frame = Frame::new()
        .fill(look.card)
        .inner_margin(Margin::symmetric(14, 6));
    Panel::top("top")
        .frame(frame)
        .show_separator_line(false)
        .show(ui, |ui| {
            MenuBar::new().ui(ui, |ui| {
                ui.label(
                    RichText::new("neurodial")
                        .font(type_scale::title())
                        .color(look.ink),
                );
                ui.add_space(6.0);
                ui.menu_button("File", |ui| file_menu(app, ui, commands));
                ui.menu_button("Edit", |ui| edit_menu(app, ui, outbox, commands));
                ui.menu_button("Network", |ui| network_menu(app, ui, outbox, commands));
                ui.menu_button("Learning", |ui| learning_menu(app, ui, commands));
                ui.menu_button("View", |ui| view_menu(app, ui, commands));
                ui.menu_button("Help", |ui| {
                    entry(ui, commands, Command::Keys, true);
                    entry(ui, commands, Command::About, true);
                });
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    /// Narrower than this, what has a place in a menu too leaves room for the name.
                    const ROOMY: f32 = 340.0;
                    const LEAST_NAME: f32 = 64.0;
                    let is_roomy = ui.available_width() > ROOMY;
                    let mode = if app.preferences.dark { "☀" } else { "☾" };
                    quick(ui, commands, Command::SwitchMode, mode, true);
                    let history = app.session.history();
                    quick(
                        ui,
                        commands,
                        Command::StartOver,
                        "⟲ Start over",
                        !history.is_empty(),
                    );
                    quick(
                        ui,
                        commands,
                        Command::Redo,
                        "↷ Redo",
                        history.redo_label().is_some(),
                    );
                    quick(
                        ui,
                        commands,
                        Command::Undo,
                        "↶ Undo",
                        history.undo_label().is_some(),
                    );
                    if is_roomy {
                        quick(ui, commands, Command::Pin, "Pin", true);
                    }
                    // The window's own title says the name too.
                    if ui.available_width() > LEAST_NAME {
                        ui.with_layout(Layout::left_to_right(Align::Center), |ui| name_ui(app, ui));
                    }
                });
            });
        });
    let bottom = ui.available_rect_before_wrap().top();
    let stroke = Stroke::new(1.0, look.hairline);
    ui.painter().hline(ui.max_rect().x_range(), bottom, stroke);
}

fn name_ui(app: &App, ui: &mut Ui) {
    let look = app.look();
    let mut name = app.name();
    if app.session.is_unsaved() {
        name += " •";
    }
    ui.add_space(10.0);
    let name = RichText::new(name).font(type_scale::strong()).color(look.ink);
    let response = ui.add(Label::new(name).truncate());
    if app.session.is_unsaved() {
        response.on_hover_text("There are changes that no file has");
    }
    /// With less room than this a note is no sentence any more.
    const LEAST_NOTE: f32 = 150.0;
    /// Between the note and the buttons after it.
    const APART: f32 = 20.0;
    let note = &app.session.document().note;
    let room = ui.available_width() - APART;
    if !note.is_empty() && room >= LEAST_NOTE {
        ui.scope(|ui| {
            ui.set_max_width(room);
            let text = RichText::new(note).font(type_scale::small()).color(look.ink_soft);
            ui.add(Label::new(text).truncate());
        });
    }
}

/// A button on the bar for a command.
fn quick(ui: &mut Ui, commands: &mut Vec<Command>, command: Command, text: &str, is_enabled: bool) {
    let response = ui.add_enabled(is_enabled, Button::new(text).frame(false));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, is_enabled, command.text()));
    let keys = command.shortcut().map(|keys| ui.ctx().format_shortcut(&keys));
    let hint = format!("{} {}", command.text(), keys.unwrap_or_default());
    if response.on_hover_text(hint.trim()).clicked() {
        commands.push(command);
    }
}

/// An entry of a menu for a command.
fn entry(ui: &mut Ui, commands: &mut Vec<Command>, command: Command, is_enabled: bool) {
    named_entry(ui, commands, command, &command.text(), is_enabled);
}

fn named_entry(ui: &mut Ui, commands: &mut Vec<Command>, command: Command, text: &str, is_enabled: bool) {
    let mut button = Button::new(text);
    if let Some(keys) = command.shortcut() {
        button = button.shortcut_text(ui.ctx().format_shortcut(&keys));
    }
    if ui.add_enabled(is_enabled, button).clicked() {
        commands.push(command);
        ui.close();
    }
}

fn file_menu(app: &mut App, ui: &mut Ui, commands: &mut Vec<Command>) {
    entry(ui, commands, Command::New, true);
    ui.menu_button("Open preset", |ui| {
        for preset in Preset::ALL {
            entry(ui, commands, Command::OpenPreset(preset), true);
        }
    });
    entry(ui, commands, Command::Open, true);
    let recent = app.preferences.recent.clone();
    ui.add_enabled_ui(!recent.is_empty(), |ui| {
        ui.menu_button("Open recent", |ui| {
            for path in recent {
                if ui.button(path.display().to_string()).clicked() {
                    let ctx = ui.ctx().clone();
                    app.leave_for(&ctx, Then::Open(path));
                    ui.close();
                }
            }
        });
    });
    entry(ui, commands, Command::PasteNetwork, true);
    entry(ui, commands, Command::Coach(Coaching::OpenData), true);
    ui.separator();
    entry(ui, commands, Command::Save, app.session.is_unsaved());
    entry(ui, commands, Command::SaveAs, true);
    ui.separator();
    entry(ui, commands, Command::ExportFigure, true);
    entry(ui, commands, Command::CopyFigure, true);
    let has_rows = !app.session.document().records.is_empty();
    entry(ui, commands, Command::ExportRows, has_rows);
    ui.separator();
    entry(ui, commands, Command::Quit, true);
}

fn edit_menu(app: &App, ui: &mut Ui, outbox: &mut Vec<Action>, commands: &mut Vec<Command>) {
    let history = app.session.history();
    let undo = history
        .undo_label()
        .map_or("Undo".to_owned(), |label| format!("Undo {label}"));
    let redo = history
        .redo_label()
        .map_or("Redo".to_owned(), |label| format!("Redo {label}"));
    named_entry(ui, commands, Command::Undo, &undo, history.undo_label().is_some());
    named_entry(ui, commands, Command::Redo, &redo, history.redo_label().is_some());
    entry(ui, commands, Command::StartOver, !history.is_empty());
    ui.separator();
    entry(ui, commands, Command::Randomise, true);
    entry(
        ui,
        commands,
        Command::UnlockAll,
        !app.session.document().locked.is_empty(),
    );
    ui.separator();
    entry(ui, commands, Command::AddCase, true);
    entry(ui, commands, Command::Record, true);
    ui.separator();
    entry(ui, commands, Command::Pin, true);
    let pins = &app.session.document().pins;
    ui.add_enabled_ui(!pins.is_empty(), |ui| {
        ui.menu_button("Show pin", |ui| {
            let shown = app.session.view().pin;
            for (index, pin) in pins.iter().enumerate() {
                if ui.selectable_label(shown == Some(index), &pin.name).clicked() {
                    outbox.push(Action::ShowPin(Some(index)));
                    ui.close();
                }
            }
            ui.separator();
            if ui.selectable_label(shown.is_none(), "None").clicked() {
                outbox.push(Action::ShowPin(None));
                ui.close();
            }
        });
    });
}

fn network_menu(app: &mut App, ui: &mut Ui, outbox: &mut Vec<Action>, commands: &mut Vec<Command>) {
    let blueprint = app.session.blueprint().clone();
    let selected = app.session.view().selected;
    let mut operate = |ui: &mut Ui, text: String, surgery: Surgery, is_enabled: bool| {
        if ui.add_enabled(is_enabled, Button::new(text)).clicked() {
            outbox.push(Action::Operate(surgery));
            ui.close();
        }
    };
    let here = blueprint.neuron_words(selected);
    let layer = selected.layer;
    operate(ui, "Add an input".into(), Surgery::AddInput, true);
    let inputs = blueprint.inputs();
    ui.add_enabled_ui(inputs > 1, |ui| {
        ui.menu_button("Remove an input", |ui| {
            // A long list would not fit a screen; the part menu of an input removes any of them.
            for input in 0..inputs.min(30) {
                operate(
                    ui,
                    blueprint.input_words(input),
                    Surgery::RemoveInput(input),
                    true,
                );
            }
        });
    });
    ui.separator();
    let in_layer = format!("Add a neuron to layer {}", layer + 1);
    operate(ui, in_layer, Surgery::AddNeuron { layer }, true);
    let is_removable = blueprint.width(layer) > 1;
    operate(
        ui,
        format!("Remove {here}"),
        Surgery::RemoveNeuron(selected),
        is_removable,
    );
    ui.separator();
    let before = format!("Add a layer before layer {}", layer + 1);
    operate(ui, before, Surgery::AddLayer { before: layer }, true);
    let after = format!("Add a layer after layer {}", layer + 1);
    operate(ui, after, Surgery::AddLayer { before: layer + 1 }, true);
    let is_removable = blueprint.layers().len() > 1;
    let text = format!("Remove layer {}", layer + 1);
    operate(ui, text, Surgery::RemoveLayer(layer), is_removable);
    ui.separator();
    let of_layer = format!("Activation of layer {}", layer + 1);
    ui.menu_button(of_layer, |ui| activation_choice(ui, app, layer, None, outbox));
    let is_free = !blueprint.layers()[layer].is_softmax();
    ui.add_enabled_ui(is_free, |ui| {
        let neuron = Some(selected.neuron);
        ui.menu_button(format!("Activation of {here}"), |ui| {
            activation_choice(ui, app, layer, neuron, outbox);
        });
    });
    if ui.button(format!("Name {here}…")).clicked() {
        app.dialog = Some(Dialog::Name(NameDialog::new(
            Named::Neuron(selected),
            &app.session,
        )));
        ui.close();
    }
    ui.separator();
    entry(ui, commands, Command::Initialise, true);
    ui.separator();
    ui.menu_button("Step through", |ui| {
        let is_stepping = app.session.view().step.is_some();
        entry(ui, commands, Command::Step(Stride::Term), true);
        entry(ui, commands, Command::Step(Stride::Neuron), true);
        entry(ui, commands, Command::Step(Stride::Layer), true);
        entry(ui, commands, Command::StepBack, is_stepping);
        let play = if app.is_playing() {
            "Stop".to_owned()
        } else {
            Command::Play.text()
        };
        named_entry(ui, commands, Command::Play, &play, true);
        entry(ui, commands, Command::StopStepping, is_stepping);
    });
}

fn learning_menu(app: &App, ui: &mut Ui, commands: &mut Vec<Command>) {
    let has_course = app.session.course().is_some();
    for asked in [Coaching::PlayPause, Coaching::Epoch, Coaching::Step] {
        entry(ui, commands, Command::Coach(asked), has_course);
    }
    entry(
        ui,
        commands,
        Command::Coach(Coaching::Back),
        app.coach.has_start(&app.session),
    );
    ui.separator();
    entry(ui, commands, Command::Coach(Coaching::Duel), has_course);
    entry(ui, commands, Command::Coach(Coaching::NewNetwork), has_course);
}

/// The activations as entries of a menu; the present one is marked.
pub fn activation_choice(
    ui: &mut Ui,
    app: &App,
    layer: usize,
    neuron: Option<usize>,
    outbox: &mut Vec<Action>,
) {
    let plan = &app.session.blueprint().layers()[layer];
    let present = match neuron {
        Some(neuron) => Some(plan.neurons[neuron].activation),
        None => plan.activation(),
    };
    for activation in Activation::ALL {
        if neuron.is_some() && activation == Activation::Softmax {
            continue;
        }
        if ui
            .selectable_label(present == Some(activation), activation.name())
            .clicked()
        {
            outbox.push(Action::SetActivation {
                layer,
                neuron,
                activation,
            });
            ui.close();
        }
    }
}

fn view_menu(app: &App, ui: &mut Ui, commands: &mut Vec<Command>) {
    // All of it fits a window of 720 points.
    ui.spacing_mut().item_spacing.y = 2.0;
    for pane in Pane::ALL {
        let is_shown = layout::is_shown(&app.tree, pane);
        if ui.selectable_label(is_shown, pane.title()).clicked() {
            commands.push(Command::Toggle(pane));
            ui.close();
        }
    }
    ui.separator();
    ui.menu_button("One pane alone", |ui| {
        for pane in Pane::ALL {
            entry(ui, commands, Command::Fill(pane), true);
        }
    });
    entry(ui, commands, Command::ResetLayout, true);
    ui.separator();
    entry(ui, commands, Command::SwitchMode, true);
    let scale = format!("Interface at {} %", app.preferences.scale);
    ui.menu_button(scale, |ui| {
        for command in [Command::Larger, Command::Smaller, Command::NormalSize] {
            entry(ui, commands, command, true);
        }
    });
    let decimals = format!("{} decimals", app.session.view().decimals);
    ui.menu_button(decimals, |ui| {
        entry(ui, commands, Command::MoreDecimals, true);
        entry(ui, commands, Command::FewerDecimals, true);
    });
    ui.separator();
    let has_maps = app.session.view().has_small_maps;
    let maps = Command::SwitchSmallMaps;
    ui.add_enabled_ui(app.session.blueprint().inputs() > 1, |ui| {
        if ui.selectable_label(has_maps, maps.text()).clicked() {
            commands.push(maps);
            ui.close();
        }
    });
    entry(ui, commands, Command::SwitchFace, true);
    let has_strips = app.session.view().strips;
    if ui
        .selectable_label(has_strips, Command::SwitchStrips.text())
        .on_hover_text("Colours along each knob: what a neuron, or the loss, would be there")
        .clicked()
    {
        commands.push(Command::SwitchStrips);
        ui.close();
    }
    entry(ui, commands, Command::SwitchSubject, true);
    ui.separator();
    ui.menu_button("Curves", |ui| {
        for command in [
            Command::SwitchQuantity,
            Command::SwitchScope,
            Command::FitAxes,
            Command::ZoomIn,
            Command::ZoomOut,
        ] {
            entry(ui, commands, command, true);
        }
    });
    entry(ui, commands, Command::NextNeuron, true);
    entry(ui, commands, Command::PreviousNeuron, true);
}

/// Draws the status line: what the last action said, or what the pointer is on.
pub fn status_ui(app: &App, ui: &mut Ui, outbox: &mut Vec<Action>) {
    let look = app.look();
    let frame = Frame::new().fill(look.ground).inner_margin(Margin {
        left: 16,
        right: 16,
        top: 0,
        bottom: 6,
    });
    Panel::bottom("status")
        .frame(frame)
        .show_separator_line(false)
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                let blueprint = app.session.blueprint();
                let summary = format!(
                    "{} {}, {} {}, {} knobs",
                    blueprint.inputs(),
                    if blueprint.inputs() == 1 {
                        "input"
                    } else {
                        "inputs"
                    },
                    blueprint.layers().len(),
                    if blueprint.layers().len() == 1 {
                        "layer"
                    } else {
                        "layers"
                    },
                    blueprint.knob_count()
                );
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    ui.label(
                        RichText::new(summary)
                            .font(type_scale::small())
                            .color(look.ink_soft),
                    );
                    score::score_ui(app, ui, outbox);
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        let is_news = app.stage.reason.is_some() || !app.message.text.is_empty();
                        let (text, color) = if let Some(reason) = &app.stage.reason {
                            (reason.clone(), look.warn)
                        } else if app.message.text.is_empty() {
                            (hint(app), look.ink_soft)
                        } else if app.message.is_problem {
                            (app.message.text.clone(), look.warn)
                        } else {
                            (app.message.text.clone(), look.ink)
                        };
                        let text = RichText::new(text).font(type_scale::small()).color(color);
                        let label = ui.add(Label::new(text).truncate());
                        if is_news {
                            // A screen reader says it without being asked.
                            ui.ctx().accesskit_node_builder(label.id, |node| {
                                node.set_live(egui::accesskit::Live::Polite);
                            });
                        }
                    });
                });
            });
        });
}

/// What the pointer is on, and what a hand can do there.
fn hint(app: &App) -> String {
    if app.stage.lit.is_none()
        && let Some(words) = app.step_words()
    {
        return words;
    }
    let about = hint_about(app);
    let hovered = app
        .stage
        .hovered
        .filter(|hovered| !matches!(hovered.part, Part::Number(_) | Part::Point(_)));
    match hovered.and_then(|hovered| super::hint::words(&app.session, hovered.grip)) {
        Some(drag) => format!("{about} · {drag}"),
        None => about,
    }
}

/// Where a branch of training went, and how to come back to it.
fn branch_words(app: &App, branch: usize) -> String {
    let Some(line) = app.session.run().branches.get(branch) else {
        return String::new();
    };
    let changes: Vec<&str> = line.changes.iter().map(|change| change.words.as_str()).collect();
    let changed = if changes.is_empty() {
        String::new()
    } else {
        format!(", with {}", changes.join(", then "))
    };
    let loss = line.records.last().map_or(f64::NAN, |record| record.train.loss);
    format!(
        "Another branch, to epoch {} and a loss of {}{changed}: click to take it up again",
        line.end(),
        crate::words::fine(loss, app.session.view().decimals)
    )
}

fn hint_about(app: &App) -> String {
    let blueprint = app.session.blueprint();
    let Some(lit) = app.stage.lit else {
        return "Drag a slider, an edge, a rim or a number; click a neuron to look into it. F1 lists the keys."
            .to_owned();
    };
    match (lit, lit.topic()) {
        (Part::Plane, _) => "Drag to move the view, turn the wheel to zoom, double click to fit".to_owned(),
        (Part::Field, _) => "Click to set a point".to_owned(),
        (Part::Sample(sample), _) => format!(
            "Point {}: drag to move it, right click or Delete to take it away",
            sample + 1
        ),
        (Part::Timeline, _) => {
            "Drag back and forth through the epochs; play then goes on from there as a branch".to_owned()
        }
        (Part::Branch(branch), _) => branch_words(app, branch),
        (Part::Point([across, up]), _) => format!(
            "Drag to turn {} and {} together; the arrow keys turn them one by one",
            across.symbol(blueprint).plain(),
            up.symbol(blueprint).plain()
        ),
        (Part::Lock(knob), _) => format!("Click to lock or unlock the {}", blueprint.knob_words(knob)),
        (Part::Number(target), _) => {
            format!("Click to type the {}, drag to turn it", target.words(blueprint))
        }
        (_, Some(Topic::Target(target))) => {
            let range = app.session.document().range(target);
            let locked = if app.session.document().is_locked(target) {
                ", locked"
            } else {
                ""
            };
            let number = |value: f64| crate::words::fixed(value, app.session.view().decimals);
            let more = match target {
                Target::Knob(_) => format!("; {}", told::words(&app.session, &app.insight, target)),
                Target::Input(_) => String::new(),
            };
            format!(
                "{} = {}, from {} to {}{locked}{more}",
                target.words(blueprint),
                number(app.session.document().value(target).unwrap_or(0.0)),
                number(range.min),
                number(range.max)
            )
        }
        (_, Some(Topic::Neuron(NeuronAt { layer, neuron }))) => {
            let at = NeuronAt { layer, neuron };
            let score = app.insight.score(&app.session);
            let is_dead = score.is_some_and(|score| score.as_ref().is_ok_and(|score| score.is_dead(at)));
            let dead = if is_dead {
                format!("; {}", paint::DEAD)
            } else {
                String::new()
            };
            format!("Click to look into {}{dead}", blueprint.neuron_words(at))
        }
        (_, None) => String::new(),
    }
}
