//! Everything that menus, keys and the help list can do besides turning knobs.

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::panes::Pane;
use neurodial_core::session::{Coaching, Preset, Quantity, Scope, Stride};

/// One entry of a menu. The menus, the keys and the help list all come from here, so they cannot disagree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Command {
    /// A network of a person's own shape.
    New,
    /// A document from a file.
    Open,
    /// A bundled document.
    OpenPreset(Preset),
    /// A network from pasted matrices.
    PasteNetwork,
    /// Shows small maps in the neurons of the diagram, or not.
    SwitchSmallMaps,
    /// To the file that it came from.
    Save,
    /// To another file.
    SaveAs,
    /// Asks what a figure shall show.
    ExportFigure,
    /// Puts the figure on the clipboard.
    CopyFigure,
    /// Ends the program.
    Quit,
    /// Takes the last step back.
    Undo,
    /// Does it again.
    Redo,
    /// Back to the state when opened.
    StartOver,
    /// New starting values for all knobs that are not locked.
    Randomise,
    /// As above, but asks how.
    Initialise,
    /// Unlocks every knob.
    UnlockAll,
    /// Keeps the present inputs as a case.
    AddCase,
    /// Keeps the present state to compare with.
    Pin,
    /// Writes the present state into the experiments.
    Record,
    /// Asks for the file that the experiments are written to.
    ExportRows,
    /// Steps on through the forward pass.
    Step(Stride),
    /// Steps back through the forward pass.
    StepBack,
    /// Steps on by itself, about once a second, or stops.
    Play,
    /// Ends stepping.
    StopStepping,
    /// The knobs as a list, a desk or a heat map.
    SwitchFace,
    /// Paints the knobs' tracks with what would happen, or not.
    SwitchStrips,
    /// What strips and arrows tell of: the selected neuron, an output, the loss.
    SwitchSubject,
    /// Asks something of training.
    Coach(Coaching),
    /// The next neuron is selected.
    NextNeuron,
    /// The neuron before is selected.
    PreviousNeuron,
    /// The curves show z or the output.
    SwitchQuantity,
    /// The curves show the neuron, its layer, or the network.
    SwitchScope,
    /// The axes of the curves fit again.
    FitAxes,
    /// Zooms into the curves.
    ZoomIn,
    /// Zooms out of the curves.
    ZoomOut,
    /// Moves the view of the curves to the left.
    PanLeft,
    /// Moves the view of the curves to the right.
    PanRight,
    /// Moves the view of the curves up.
    PanUp,
    /// Moves the view of the curves down.
    PanDown,
    /// Shows or hides a pane.
    Toggle(Pane),
    /// One pane fills the window, or all are back.
    Fill(Pane),
    /// All panes where they were at first.
    ResetLayout,
    /// Light or dark.
    SwitchMode,
    /// A larger interface.
    Larger,
    /// A smaller interface.
    Smaller,
    /// The interface at 100 %.
    NormalSize,
    /// One decimal more.
    MoreDecimals,
    /// One decimal fewer.
    FewerDecimals,
    /// The list of keys.
    Keys,
    /// What this program is.
    About,
}

impl Command {
    /// The commands with keys of their own, in the order of the help list.
    const WITH_KEYS: &[Self] = &[
        Self::New,
        Self::Open,
        Self::Save,
        Self::SaveAs,
        Self::ExportFigure,
        Self::CopyFigure,
        Self::Quit,
        Self::Undo,
        Self::Redo,
        Self::StartOver,
        Self::Randomise,
        Self::AddCase,
        Self::Pin,
        Self::Record,
        Self::Step(Stride::Term),
        Self::StepBack,
        Self::Step(Stride::Neuron),
        Self::Step(Stride::Layer),
        Self::Play,
        Self::SwitchFace,
        Self::SwitchSubject,
        Self::Coach(Coaching::PlayPause),
        Self::Coach(Coaching::Epoch),
        Self::Coach(Coaching::Step),
        Self::Coach(Coaching::Back),
        Self::NextNeuron,
        Self::PreviousNeuron,
        Self::SwitchQuantity,
        Self::SwitchScope,
        Self::FitAxes,
        Self::ZoomIn,
        Self::ZoomOut,
        Self::PanLeft,
        Self::PanRight,
        Self::PanUp,
        Self::PanDown,
        Self::SwitchMode,
        Self::Larger,
        Self::Smaller,
        Self::NormalSize,
        Self::MoreDecimals,
        Self::FewerDecimals,
        Self::Keys,
    ];

    /// The commands that have a key, in the order of the help list.
    pub fn with_keys() -> impl Iterator<Item = (KeyboardShortcut, Self)> {
        let filled = Pane::ALL.into_iter().map(Self::Fill);
        let commands = Self::WITH_KEYS.iter().copied().chain(filled);
        commands.filter_map(|command| Some((command.shortcut()?, command)))
    }

    /// The text in menus. `…` says that it asks for more.
    pub fn text(self) -> String {
        match self {
            Self::New => "New network…".into(),
            Self::Open => "Open…".into(),
            Self::OpenPreset(preset) => preset.name.into(),
            Self::PasteNetwork => "Paste a network…".into(),
            Self::SwitchSmallMaps => "Maps in neurons".into(),
            Self::Save => "Save".into(),
            Self::SaveAs => "Save as…".into(),
            Self::ExportFigure => "Export figure…".into(),
            Self::CopyFigure => "Copy figure".into(),
            Self::Quit => "Quit".into(),
            Self::Undo => "Undo".into(),
            Self::Redo => "Redo".into(),
            Self::StartOver => "Start over".into(),
            Self::Randomise => "Randomise unlocked".into(),
            Self::Initialise => "Initialise…".into(),
            Self::UnlockAll => "Unlock all".into(),
            Self::AddCase => "Keep inputs as a case".into(),
            Self::Pin => "Pin".into(),
            Self::Record => "Record a row".into(),
            Self::ExportRows => "Export experiments…".into(),
            Self::Step(Stride::Term) => "Step to the next term".into(),
            Self::Step(Stride::Neuron) => "Step to the next neuron".into(),
            Self::Step(Stride::Layer) => "Step to the next layer".into(),
            Self::StepBack => "Step back".into(),
            Self::Play => "Step by step, slowly".into(),
            Self::StopStepping => "End stepping".into(),
            Self::SwitchFace => "Knobs: list, desk, heat map".into(),
            Self::SwitchStrips => "Strips".into(),
            Self::SwitchSubject => "Strips and arrows: neuron, output, loss".into(),
            Self::Coach(Coaching::PlayPause) => "Train or pause".into(),
            Self::Coach(Coaching::Epoch) => "Train one epoch".into(),
            Self::Coach(Coaching::Step) => "Train one step".into(),
            Self::Coach(Coaching::Back) => "Back to the start of training".into(),
            Self::Coach(Coaching::GoTo(_)) => "Back to an epoch".into(),
            Self::Coach(Coaching::TakeUp(_)) => "Take up a branch of training".into(),
            Self::Coach(Coaching::Duel) => "Duel with gradient descent".into(),
            Self::Coach(Coaching::HandsBest) => "Back to your best".into(),
            Self::Coach(Coaching::GoOnFromHand) => "Gradient descent goes on from here".into(),
            Self::Coach(Coaching::CloseDuel) => "Put the duel away".into(),
            Self::Coach(Coaching::OpenData) => "Open data…".into(),
            Self::Coach(Coaching::EditData) => "Columns of the data…".into(),
            Self::Coach(Coaching::NewNetwork) => "A network for this data".into(),
            Self::NextNeuron => "Next neuron".into(),
            Self::PreviousNeuron => "Previous neuron".into(),
            Self::SwitchQuantity => "Curves: output or sum".into(),
            Self::SwitchScope => "Curves: neuron, layer, network".into(),
            Self::FitAxes => "Fit the axes".into(),
            Self::ZoomIn => "Zoom into the curves".into(),
            Self::ZoomOut => "Zoom out of the curves".into(),
            Self::PanLeft => "Move the curves’ view left".into(),
            Self::PanRight => "Move the curves’ view right".into(),
            Self::PanUp => "Move the curves’ view up".into(),
            Self::PanDown => "Move the curves’ view down".into(),
            Self::Toggle(pane) => pane.title().into(),
            Self::Fill(pane) => format!("{} fills the window", pane.title()),
            Self::ResetLayout => "Panes back in place".into(),
            Self::SwitchMode => "Light or dark".into(),
            Self::Larger => "Larger".into(),
            Self::Smaller => "Smaller".into(),
            Self::NormalSize => "Normal size".into(),
            Self::MoreDecimals => "More decimals".into(),
            Self::FewerDecimals => "Fewer decimals".into(),
            Self::Keys => "Keys".into(),
            Self::About => "About neurodial".into(),
        }
    }

    /// The key, if it has one.
    pub fn shortcut(self) -> Option<KeyboardShortcut> {
        const COMMAND: Modifiers = Modifiers::COMMAND;
        // Of the first panes.
        const DIGITS: [Key; 9] = [
            Key::Num1,
            Key::Num2,
            Key::Num3,
            Key::Num4,
            Key::Num5,
            Key::Num6,
            Key::Num7,
            Key::Num8,
            Key::Num9,
        ];
        let both = COMMAND.plus(Modifiers::SHIFT);
        let (modifiers, key) = match self {
            Self::New => (COMMAND, Key::N),
            Self::Open => (COMMAND, Key::O),
            Self::Save => (COMMAND, Key::S),
            Self::SaveAs => (both, Key::S),
            Self::ExportFigure => (COMMAND, Key::E),
            Self::CopyFigure => (both, Key::C),
            Self::Quit => (COMMAND, Key::Q),
            Self::Undo => (COMMAND, Key::Z),
            Self::Redo => (both, Key::Z),
            Self::StartOver => (both, Key::R),
            Self::Randomise => (COMMAND, Key::R),
            Self::AddCase => (COMMAND, Key::K),
            Self::Pin => (Modifiers::NONE, Key::P),
            Self::Record => (Modifiers::NONE, Key::R),
            Self::Step(Stride::Term) => (Modifiers::NONE, Key::N),
            Self::Step(Stride::Neuron) => (Modifiers::SHIFT, Key::N),
            Self::Step(Stride::Layer) => (Modifiers::ALT, Key::N),
            Self::StepBack => (Modifiers::NONE, Key::B),
            Self::Play => (Modifiers::NONE, Key::G),
            Self::SwitchFace => (COMMAND, Key::B),
            Self::SwitchSubject => (COMMAND, Key::I),
            Self::Coach(Coaching::PlayPause) => (COMMAND, Key::Space),
            Self::Coach(Coaching::Epoch) => (COMMAND, Key::Enter),
            Self::Coach(Coaching::Step) => (both, Key::Enter),
            Self::Coach(Coaching::Back) => (COMMAND, Key::Backspace),
            Self::NextNeuron => (COMMAND, Key::ArrowDown),
            Self::PreviousNeuron => (COMMAND, Key::ArrowUp),
            Self::SwitchQuantity => (COMMAND, Key::T),
            Self::SwitchScope => (COMMAND, Key::L),
            Self::FitAxes => (COMMAND, Key::F),
            Self::ZoomIn => (both, Key::ArrowUp),
            Self::ZoomOut => (both, Key::ArrowDown),
            Self::PanLeft => (Modifiers::ALT, Key::ArrowLeft),
            Self::PanRight => (Modifiers::ALT, Key::ArrowRight),
            Self::PanUp => (Modifiers::ALT, Key::ArrowUp),
            Self::PanDown => (Modifiers::ALT, Key::ArrowDown),
            Self::Fill(pane) => (COMMAND, *DIGITS.get(pane as usize)?),
            Self::SwitchMode => (COMMAND, Key::D),
            Self::Larger => (COMMAND, Key::Plus),
            Self::Smaller => (COMMAND, Key::Minus),
            Self::NormalSize => (COMMAND, Key::Num0),
            Self::MoreDecimals => (COMMAND, Key::Period),
            Self::FewerDecimals => (COMMAND, Key::Comma),
            Self::Keys => (Modifiers::NONE, Key::F1),
            Self::OpenPreset(_)
            | Self::Coach(
                Coaching::GoTo(_)
                | Coaching::TakeUp(_)
                | Coaching::NewNetwork
                | Coaching::OpenData
                | Coaching::EditData
                | Coaching::Duel
                | Coaching::HandsBest
                | Coaching::GoOnFromHand
                | Coaching::CloseDuel,
            )
            | Self::Initialise
            | Self::UnlockAll
            | Self::StopStepping
            | Self::ExportRows
            | Self::PasteNetwork
            | Self::SwitchSmallMaps
            | Self::SwitchStrips
            | Self::Toggle(_)
            | Self::ResetLayout
            | Self::About => return None,
        };
        Some(KeyboardShortcut::new(modifiers, key))
    }

    /// The commands whose keys were pressed since the last frame. Longer shortcuts are looked at first, so
    /// that Shift is not overlooked.
    pub fn pressed(ctx: &egui::Context) -> Vec<Self> {
        let mut commands: Vec<(KeyboardShortcut, Self)> = Self::with_keys().collect();
        commands.sort_by_key(|(shortcut, _)| !(shortcut.modifiers.shift || shortcut.modifiers.alt));
        // The key next to plus, as it is on most keyboards.
        commands.push((
            KeyboardShortcut::new(Modifiers::COMMAND, Key::Equals),
            Self::Larger,
        ));
        commands.push((KeyboardShortcut::new(Modifiers::COMMAND, Key::Y), Self::Redo));
        let is_typing = ctx.text_edit_focused();
        ctx.input_mut(|input| {
            let pressed = commands.into_iter().filter(|(shortcut, command)| {
                // A letter alone, and what a text field does itself.
                let is_typed = matches!(
                    command,
                    Self::Undo | Self::Redo | Self::PanLeft | Self::PanRight | Self::Coach(Coaching::Back)
                ) || shortcut.logical_key.name().len() == 1 && !shortcut.modifiers.command;
                !(is_typing && is_typed) && input.consume_shortcut(shortcut)
            });
            pressed.map(|(_, command)| command).collect()
        })
    }
}

/// The next choice of whose curves are shown.
pub fn next_scope(scope: Scope) -> Scope {
    match scope {
        Scope::Neuron => Scope::Layer,
        Scope::Layer => Scope::Network,
        Scope::Network => Scope::Neuron,
    }
}

/// The other choice of what the curves show.
pub fn other_quantity(quantity: Quantity) -> Quantity {
    match quantity {
        Quantity::Output => Quantity::PreActivation,
        Quantity::PreActivation => Quantity::Output,
    }
}
