//! What each command does.

use egui::Context;

use neurodial_core::network::{Initialisation, NeuronAt, Scheme};
use neurodial_core::session::{Action, Axes, Scope};

use super::command::{next_scope, other_quantity};
use super::dialog::{Dialog, InitialiseDialog, NewDialog, PasteDialog, Then};
use super::files::Purpose;
use super::preferences::Preferences;
use super::{App, Command, layout};

/// How much one step zooms the curves.
const ZOOM: f64 = 1.25;
/// How much of the view one step moves the curves.
const PAN: f64 = 0.1;
/// The sizes of the interface are multiples of this, in percent.
const SCALE_STEP: u32 = 25;

impl App {
    /// Runs a command.
    pub(super) fn run_command(&mut self, ctx: &Context, command: Command) {
        match command {
            Command::New => self.dialog = Some(Dialog::New(NewDialog::default())),
            Command::Open => self.leave_for(ctx, Then::ChooseFile),
            Command::OpenPreset(preset) => self.leave_for(ctx, Then::OpenPreset(preset)),
            Command::PasteNetwork => self.dialog = Some(Dialog::Paste(PasteDialog::default())),
            Command::SwitchSmallMaps => {
                let shown = !self.session.view().has_small_maps;
                self.act(Action::ShowSmallMaps(shown));
            }
            Command::Save => {
                self.save(ctx, None);
            }
            Command::SaveAs => self.choose_file(ctx, Purpose::Save, None),
            Command::ExportFigure => self.dialog = Some(Dialog::Export),
            Command::CopyFigure => self.copy_figure(ctx),
            Command::Quit => self.leave_for(ctx, Then::Quit),
            Command::Undo => self.act(Action::Undo),
            Command::Redo => self.act(Action::Redo),
            Command::StartOver => self.act(Action::StartOver),
            Command::Randomise => self.randomise(),
            Command::Initialise => self.dialog = Some(Dialog::Initialise(InitialiseDialog::default())),
            Command::UnlockAll => self.act(Action::UnlockAll),
            Command::AddCase => self.add_case(),
            Command::Pin => self.act(Action::Pin(String::new())),
            Command::Record => self.record(),
            Command::ExportRows => self.choose_file(ctx, Purpose::Rows, None),
            Command::Step(stride) => self.step(stride),
            Command::StepBack => self.step_back(),
            Command::Play => self.play(ctx),
            Command::StopStepping => self.stop_stepping(),
            Command::SwitchFace => self.act(Action::ShowFace(self.session.view().face.next())),
            Command::SwitchStrips => self.act(Action::ShowStrips(!self.session.view().strips)),
            Command::SwitchSubject => {
                let blueprint = self.session.blueprint();
                let outputs = blueprint.width(blueprint.last_layer());
                let has_data = self.session.course().is_some();
                let next = self.session.view().subject.next(outputs, has_data);
                self.act(Action::TellOf(next));
            }
            Command::Coach(asked) => self.act(Action::Coach(asked)),
            Command::NextNeuron => self.select_beside(1),
            Command::PreviousNeuron => self.select_beside(-1),
            Command::SwitchQuantity => {
                let other = other_quantity(self.session.view().quantity);
                self.act(Action::ShowQuantity(other));
            }
            Command::SwitchScope => {
                let next: Scope = next_scope(self.session.view().scope);
                self.act(Action::ShowScope(next));
            }
            Command::FitAxes => self.act(Action::SetAxes(Axes { x: None, y: None })),
            Command::ZoomIn => self.zoom(1.0 / ZOOM),
            Command::ZoomOut => self.zoom(ZOOM),
            Command::PanLeft => self.pan(-PAN, 0.0),
            Command::PanRight => self.pan(PAN, 0.0),
            Command::PanUp => self.pan(0.0, PAN),
            Command::PanDown => self.pan(0.0, -PAN),
            Command::Toggle(pane) => {
                if self.filled == Some(pane) {
                    self.filled = None;
                }
                let shown = layout::is_shown(&self.tree, pane);
                layout::set_shown(&mut self.tree, pane, !shown);
                self.is_rearranged = true;
                self.keep_layout();
            }
            Command::Fill(pane) => {
                self.filled = if self.filled.is_some() && self.filled == Some(pane) {
                    None
                } else {
                    Some(pane)
                };
            }
            Command::ResetLayout => {
                self.tree = layout::first_layout(self.is_roomy);
                self.is_rearranged = false;
                self.filled = None;
                self.keep_layout();
            }
            Command::SwitchMode => {
                self.preferences.dark = !self.preferences.dark;
                self.new_preferences(ctx);
            }
            Command::Larger => self.set_scale(ctx, self.preferences.scale + SCALE_STEP),
            Command::Smaller => self.set_scale(ctx, self.preferences.scale.saturating_sub(SCALE_STEP)),
            Command::NormalSize => self.set_scale(ctx, 100),
            Command::MoreDecimals => self.act(Action::SetDecimals(self.session.view().decimals + 1)),
            Command::FewerDecimals => {
                let fewer = self.session.view().decimals.saturating_sub(1);
                self.act(Action::SetDecimals(fewer));
            }
            Command::Keys => self.dialog = Some(Dialog::Keys),
            Command::About => self.dialog = Some(Dialog::About),
        }
    }

    /// Remembers where the panes are, if a person has put them there.
    pub(super) fn keep_layout(&mut self) {
        self.preferences.layout = self.is_rearranged.then(|| self.tree.clone());
        self.keep_preferences();
    }

    fn new_preferences(&mut self, ctx: &Context) {
        self.show_preferences(ctx);
        self.keep_preferences();
    }

    fn set_scale(&mut self, ctx: &Context, scale: u32) {
        let scales = Preferences::SCALES;
        self.preferences.scale = scale.clamp(*scales.start(), *scales.end());
        self.new_preferences(ctx);
    }

    /// New values each time; the seed is told, so that they can be had again.
    fn randomise(&mut self) {
        // The clock is the one thing that differs between two starts; the seed it gives is shown.
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let seed = now.map_or(0, |time| u64::from(time.subsec_nanos()) % 1_000_000);
        self.act(Action::Initialise(Initialisation {
            scheme: Scheme::Xavier,
            seed,
            biases: false,
        }));
        self.tell(format!("New weights: xavier, seed {seed}; biases 0"));
    }

    fn add_case(&mut self) {
        let mut cases = self.session.document().cases.clone();
        cases.push(self.session.document().inputs.clone());
        self.act(Action::SetCases(cases));
    }

    fn record(&mut self) {
        self.act(Action::Record(String::new()));
        if !self.message.is_problem {
            let rows = self.session.document().records.len();
            self.tell(format!("Recorded row {rows} of the experiments"));
        }
    }

    /// Selects the neuron `step` places further in the order of the layers, round and round.
    fn select_beside(&mut self, step: isize) {
        let blueprint = self.session.blueprint();
        let all: Vec<usize> = (0..blueprint.layers().len())
            .map(|layer| blueprint.width(layer))
            .collect();
        let NeuronAt { layer, neuron } = self.session.view().selected;
        let index = all[..layer].iter().sum::<usize>() + neuron;
        let count: usize = all.iter().sum();
        let mut rest = (index as isize + step).rem_euclid(count as isize) as usize;
        for (layer, &width) in all.iter().enumerate() {
            if rest < width {
                self.act(Action::Select(NeuronAt { layer, neuron: rest }));
                return;
            }
            rest -= width;
        }
    }

    /// Brings the curves up to date, also where they are not in view.
    fn look_at_curves(&mut self) {
        self.insight.show_curves(true);
        self.insight.update(&self.session);
    }

    fn zoom(&mut self, factor: f64) {
        self.look_at_curves();
        let sweep = self.insight.sweep();
        let zoomed = |[from, to]: [f64; 2]| {
            let (middle, half) = ((from + to) / 2.0, (to - from) / 2.0 * factor);
            Some([middle - half, middle + half])
        };
        let axes = Axes {
            x: zoomed(sweep.x),
            y: zoomed(sweep.y),
        };
        self.act(Action::SetAxes(axes));
    }

    fn pan(&mut self, across: f64, up: f64) {
        self.look_at_curves();
        let sweep = self.insight.sweep();
        let moved = |[from, to]: [f64; 2], by: f64| {
            let way = by * (to - from);
            Some([from + way, to + way])
        };
        let axes = Axes {
            x: moved(sweep.x, across),
            y: moved(sweep.y, up),
        };
        self.act(Action::SetAxes(axes));
    }
}
