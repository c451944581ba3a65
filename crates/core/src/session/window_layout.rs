//! The layouts of the window.

use serde::{Deserialize, Serialize};

use crate::text::Messages;

crate::named_enum! {
    /// A layout of the window: which panes it shows, and where.
    #[derive(Default, PartialOrd, Ord, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum WindowLayout {
        /// Every knob beside the diagram, the curves and the formula.
        #[default]
        Explore = "explore",
        /// The diagram with a map in each neuron, the predictions and the loss.
        Train = "train",
        /// Few panes, large.
        Present = "present",
        /// The panes of a figure beside its settings and its preview.
        Figure = "figure",
    }

    /// Error for a name that is not one of the layouts.
    pub struct UnknownLayoutError(unknown_layout);
}

impl WindowLayout {
    /// Returns the name that people read.
    pub const fn label(self, messages: Messages) -> &'static str {
        match self {
            Self::Explore => messages.layout_explore(),
            Self::Train => messages.layout_train(),
            Self::Present => messages.layout_present(),
            Self::Figure => messages.layout_figure(),
        }
    }

    /// Returns a sentence that says what the layout is for.
    pub const fn description(self, messages: Messages) -> &'static str {
        match self {
            Self::Explore => messages.layout_explore_tooltip(),
            Self::Train => messages.layout_train_tooltip(),
            Self::Present => messages.layout_present_tooltip(),
            Self::Figure => messages.layout_figure_tooltip(),
        }
    }
}
