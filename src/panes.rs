//! The panes of the window. Each pane draws from a session and the values derived from it, lays out its
//! elements, and sends actions. Panes compute nothing and own no state but what egui keeps for them: textures,
//! texts that are being typed, and times of highlights.
//!
//! | file | pane |
//! | --- | --- |
//! | `knobs` | every weight and bias: sliders, dials or a heat map |
//! | `diagram` | the network diagram: inputs, neurons and connections |
//! | `curves` | outputs over an input or a knob |
//! | `formula` | the selected neuron's weighted sum with its numbers |
//! | `saved_inputs` | rows of inputs and their outputs |
//! | `code` | the network as a program |
//! | `description` | the network described in sentences |
//! | `experiments` | the experiment log: recorded states and their outputs |
//! | `output_map` | a neuron's output over two inputs or knobs |
//! | `loss_landscape` | the loss over the ranges of one knob or of two |
//! | `training` | the loss, the accuracy and the controls of training |
//! | `compare` | a snapshot and the current state side by side |
//! | `data` | the dataset and the network's predictions for it |
//! | `confusion` | the confusion matrix |
//! | `cell` | a natural neuron and an artificial one with the same input |
//! | `curve_family` | one curve for each of several values of a number, in figures |
//!
//! Below the panes are `pane_info` with the properties that each of them declares, `context` with what they
//! draw from, `number_entry`, a number that can be typed, and `dataset_gallery`, a choice of datasets by their
//! pictures. Here is the list of all panes.

pub(crate) mod cell;
pub(crate) mod code;
pub(crate) mod compare;
pub(crate) mod confusion;
pub(crate) mod context;
pub(crate) mod curve_family;
pub(crate) mod curves;
pub(crate) mod data;
pub(crate) mod dataset_gallery;
pub(crate) mod description;
pub(crate) mod diagram;
pub(crate) mod experiments;
pub(crate) mod formula;
pub(crate) mod knobs;
pub(crate) mod loss_landscape;
pub(crate) mod number_entry;
pub(crate) mod output_map;
pub(crate) mod pane_info;
pub(crate) mod saved_inputs;
pub(crate) mod training;

pub use crate::plot::YLabel;
pub use context::{
    BiasStyle, DiagramOptions, DiagramStyle, EdgeLabels, PaneContext, PaneRequest, PrintOptions,
};

use egui::{Id, Ui};
use serde::{Deserialize, Serialize};

use crate::canvas::Elements;
use neurodial_core::text::Messages;
use pane_info::{PaneInfo, PlotKind};

macro_rules! panes {
    ($($(#[$doc:meta])* $pane:ident = $info:path;)+) => {
        /// A pane of the window or of a figure.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum Pane { $($(#[$doc])* $pane,)+ }

        impl Pane {
            /// All panes, in the order of menus.
            pub const ALL: [Self; [$(stringify!($pane)),+].len()] = [$(Self::$pane),+];

            /// Returns the properties.
            pub(crate) fn info(self) -> &'static PaneInfo {
                match self { $(Self::$pane => &$info,)+ }
            }
        }
    };
}

// A new pane needs one entry here. Its file declares everything else.
panes! {
    /// Every weight and bias: sliders, dials or a heat map.
    Knobs = knobs::PANE;
    /// The network diagram: inputs, neurons and connections.
    Diagram = diagram::PANE;
    /// Outputs over an input or a knob.
    Curves = curves::PANE;
    /// The selected neuron's weighted sum with its numbers.
    Formula = formula::PANE;
    /// Rows of inputs and their outputs.
    Cases = saved_inputs::PANE;
    /// The network as a program.
    Code = code::PANE;
    /// The network described in sentences.
    Words = description::PANE;
    /// A neuron's output over two inputs or knobs.
    Map = output_map::PANE;
    /// The experiment log: recorded states and their outputs.
    Experiments = experiments::PANE;
    /// The loss, the accuracy and the controls of training.
    Training = training::PANE;
    /// A snapshot and the current state side by side.
    Compare = compare::PANE;
    /// The dataset and the network's predictions for it.
    Data = data::PANE;
    /// The confusion matrix of a classification dataset.
    Confusion = confusion::PANE;
    /// The loss over the ranges of one knob or of two.
    Landscape = loss_landscape::PANE;
    /// A natural neuron and an artificial one with the same input.
    Cell = cell::PANE;
    /// The knobs as dials, in figures.
    Dials = knobs::DIALS;
    /// The knobs as a heat map, in figures.
    HeatMap = knobs::HEAT_MAP;
    /// A curve family in one plot, in figures.
    Family = curve_family::FAMILY;
    /// A curve family with each curve in its own plot, in figures.
    SmallMultiples = curve_family::SMALL_MULTIPLES;
}

impl Pane {
    /// Iterates over the panes of the window, in the order of menus.
    pub(crate) fn in_window() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|pane| pane.info().region.is_some())
    }

    /// Returns the pane that a figure shows unless others are chosen.
    pub(crate) fn default_figure() -> Self {
        let mut panes = Self::ALL.into_iter();
        panes
            .find(|pane| pane.info().is_default_figure)
            .unwrap_or(Self::ALL[0])
    }

    /// Returns the pane with this name on the command line; `None` if there is none.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|pane| pane.info().names.contains(&name))
    }

    /// Returns the names on the command line, the default one first.
    pub(crate) fn names(self) -> &'static [&'static str] {
        self.info().names
    }

    /// Returns the pane's default name on the command line.
    pub fn name(self) -> &'static str {
        self.info().names[0]
    }

    /// Returns the title in menus and on the tab.
    pub fn title(self, messages: Messages) -> &'static str {
        (self.info().title)(messages)
    }

    /// Returns the text above the pane; it names the selected neuron if the pane shows only that one.
    pub(crate) fn heading(self, context: &PaneContext<'_>) -> String {
        match self.info().heading {
            Some(heading) => heading(context),
            None => self.title(context.messages).to_owned(),
        }
    }

    /// True if the pane shows nothing without a dataset.
    pub fn needs_data(self) -> bool {
        self.info().needs_data
    }

    pub(crate) fn has_plot(self, plot: PlotKind) -> bool {
        self.info().plot == Some(plot)
    }

    /// Returns the id of the pane's canvas.
    pub fn canvas_id(self) -> Id {
        Id::unique(self)
    }

    /// Draws the pane into the whole of `ui`.
    pub fn pane_ui(self, ui: &mut Ui, context: &mut PaneContext<'_>, elements: &mut Elements) {
        context.canvas_id = self.canvas_id();
        elements.messages = context.messages;
        (self.info().draw_ui)(ui, context, elements);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_two_panes_share_a_name_or_a_shortcut_and_one_is_the_default_figure() {
        let names = Pane::ALL.iter().flat_map(|pane| pane.info().names);
        assert_eq!(names.clone().collect::<HashSet<_>>().len(), names.count());
        let shortcuts = Pane::ALL.iter().filter_map(|pane| pane.info().shortcut);
        assert_eq!(shortcuts.clone().collect::<HashSet<_>>().len(), shortcuts.count());
        let defaults = Pane::ALL.iter().filter(|pane| pane.info().is_default_figure);
        assert_eq!(defaults.count(), 1);
    }
}
