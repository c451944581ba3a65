//! The table of all panes. Menus, tabs, the default layout, the command line and figures are built from it.

use egui::{Id, Painter, Ui};
use serde::{Deserialize, Serialize};

use crate::canvas::Elements;

use super::knobs::TooManyRowsError;
use super::{
    PaneContext, SizeHint, code, compare, confusion, curves, data, description, diagram, experiments,
    formula, knobs, loss_landscape, output_map, saved_inputs, training,
};

/// The part of the window where a pane is placed by default. Panes of the same region are tabs of one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LayoutRegion {
    /// The column on the left.
    Left,
    /// The upper half of the center.
    CenterTop,
    /// The lower half of the center.
    CenterBottom,
    /// The upper right; in a small window, the first tabs of the only group on the right.
    RightTop,
    /// The lower right.
    RightBottom,
}

/// The properties of a pane.
struct PaneInfo {
    /// The names on the command line, the default one first.
    names: &'static [&'static str],
    title: &'static str,
    region: LayoutRegion,
    draw_ui: fn(&mut Ui, &mut PaneContext<'_>, &mut Elements),
    heading: Option<fn(&PaneContext<'_>) -> String>,
    heading_controls_ui: Option<fn(&mut Ui, &mut PaneContext<'_>)>,
    needs_data: bool,
    width_share: f32,
    width: fn(&Painter, &PaneContext<'_>) -> Result<SizeHint, TooManyRowsError>,
    height: fn(&Painter, &PaneContext<'_>, f32) -> Result<SizeHint, TooManyRowsError>,
}

/// The minimum height of a plot that can be read, in points.
const MIN_PLOT_HEIGHT: f32 = 120.0;

/// Returns the height of a plot in points: at least [`MIN_PLOT_HEIGHT`], preferably `fraction` times its
/// width, between 150 and 420.
fn plot_height(fraction: f32, width: f32) -> SizeHint {
    SizeHint::new(MIN_PLOT_HEIGHT, (fraction * width).clamp(150.0, 420.0))
}

impl PaneInfo {
    const fn new(
        names: &'static [&'static str],
        title: &'static str,
        region: LayoutRegion,
        draw_ui: fn(&mut Ui, &mut PaneContext<'_>, &mut Elements),
    ) -> Self {
        Self {
            names,
            title,
            region,
            draw_ui,
            heading: None,
            heading_controls_ui: None,
            needs_data: false,
            width_share: 1.0,
            width: |_, _| Ok(SizeHint::new(125.0, 200.0)),
            height: |_, _, width| Ok(plot_height(0.64, width)),
        }
    }

    /// Sets the function that returns the pane's heading; by default the heading is the title.
    const fn heading(mut self, heading: fn(&PaneContext<'_>) -> String) -> Self {
        self.heading = Some(heading);
        self
    }

    /// Sets the function that draws controls beside the heading.
    const fn heading_controls(mut self, choices: fn(&mut Ui, &mut PaneContext<'_>)) -> Self {
        self.heading_controls_ui = Some(choices);
        self
    }

    /// Marks the pane as one that shows nothing without a dataset.
    const fn requiring_data(mut self) -> Self {
        self.needs_data = true;
        self
    }

    /// Sets the pane's share of a row's width in a figure, relative to the other panes of the row; by default
    /// 1.
    const fn width_share(mut self, share: f32) -> Self {
        self.width_share = share;
        self
    }

    /// Sets the function that returns the width in a figure, in points; by default that of a plot.
    const fn width(
        mut self,
        width: fn(&Painter, &PaneContext<'_>) -> Result<SizeHint, TooManyRowsError>,
    ) -> Self {
        self.width = width;
        self
    }

    /// Sets the function that returns the height in a figure for a given width, both in points; by default
    /// that of a plot.
    const fn height(
        mut self,
        height: fn(&Painter, &PaneContext<'_>, f32) -> Result<SizeHint, TooManyRowsError>,
    ) -> Self {
        self.height = height;
        self
    }
}

macro_rules! panes {
    ($($(#[$doc:meta])* $pane:ident = $info:expr;)+) => {
        /// A pane of the window.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum Pane { $($(#[$doc])* $pane,)+ }

        impl Pane {
            /// All panes, in the order of menus.
            pub(crate) const ALL: [Self; [$(stringify!($pane)),+].len()] = [$(Self::$pane),+];

            fn info(self) -> &'static PaneInfo {
                match self { $(Self::$pane => { static INFO: PaneInfo = $info; &INFO })+ }
            }
        }
    };
}

// A new pane needs one entry here and its own file. The first nine panes have the shortcuts Ctrl+1 to Ctrl+9.
panes! {
    /// Every weight and bias: sliders, dials or a heat map.
    Knobs = PaneInfo::new(&["knobs"], "Knobs", LayoutRegion::Left, knobs::knobs_ui)
        .heading_controls(knobs::layout_buttons::layout_buttons_ui).width_share(0.9).width(|painter, context| Ok(knobs::print_width(painter, context)))
        .height(|painter, context, width| knobs::print_height(painter, context, width).map(SizeHint::fixed));
    /// The network diagram: inputs, neurons and connections.
    Diagram = PaneInfo::new(&["diagram"], "Network", LayoutRegion::CenterTop, diagram::diagram_ui)
        .width_share(1.6).width(|painter, context| Ok(diagram::print_size::print_width(painter, context)))
        .height(|_, context, width| Ok(diagram::print_size::print_height(context, width)));
    /// Outputs over an input or a knob.
    Curves = PaneInfo::new(&["curves"], "Curves", LayoutRegion::CenterBottom, curves::curves_ui).heading(curves::heading);
    /// The selected neuron's weighted sum with its numbers.
    Formula = PaneInfo::new(&["formula"], "Formula", LayoutRegion::RightTop, formula::formula_ui)
        .heading(formula::heading).width(|painter, context| Ok(formula::print_width(painter, context)))
        .height(|painter, context, width| Ok(SizeHint::fixed(formula::print_height(painter, context, width))));
    /// Rows of inputs and their outputs.
    Cases = PaneInfo::new(&["cases"], "Cases", LayoutRegion::RightBottom, saved_inputs::saved_inputs_ui)
        .width_share(0.9).width(|_, context| Ok(saved_inputs::print_width(context)))
        .height(|_, context, _| Ok(SizeHint::fixed(saved_inputs::print_height(context))));
    /// The network as a program.
    Code = PaneInfo::new(&["code"], "Code", LayoutRegion::RightBottom, code::code_ui)
        .heading(|_| "As code".to_owned())
        .width_share(1.4).width(|painter, context| Ok(code::printed::print_width(painter, context)))
        .height(|painter, context, width| Ok(SizeHint::fixed(code::print_height(painter, context, width))));
    /// The network described in sentences.
    Words = PaneInfo::new(&["description", "words"], "Words", LayoutRegion::RightBottom, description::description_ui)
        .heading(|_| "In words".to_owned())
        .height(|painter, context, width| Ok(SizeHint::fixed(description::print_height(painter, context, width))));
    /// A neuron's output over two inputs or knobs.
    Map = PaneInfo::new(&["map"], "Map", LayoutRegion::CenterBottom, output_map::output_map_ui)
        .heading(output_map::heading).width(|_, _| Ok(SizeHint::new(170.0, 210.0)))
        .height(|_, context, width| Ok(SizeHint::new(MIN_PLOT_HEIGHT, output_map::print_height(context, width))));
    /// The experiment log: recorded states and their outputs.
    Experiments = PaneInfo::new(&["experiments"], "Experiments", LayoutRegion::CenterBottom, |ui, context, _| experiments::experiments_ui(ui, context))
        .width(|_, _| Ok(SizeHint::new(230.0, 300.0)))
        .height(|_, context, width| Ok(SizeHint::fixed(experiments::print_height(context, width))));
    /// The loss, the accuracy and the controls of training.
    Training = PaneInfo::new(&["loss", "training"], "Training", LayoutRegion::CenterBottom, training::training_ui).requiring_data();
    /// A snapshot and the current state side by side.
    Compare = PaneInfo::new(&["compare"], "Compare", LayoutRegion::CenterBottom, |ui, context, _| compare::compare_ui(ui, context))
        .heading(compare::heading).width_share(1.4).width(|painter, context| Ok(compare::print_width(painter, context)))
        .height(|_, context, width| Ok(SizeHint::fixed(compare::print_height(context, width))));
    /// The dataset and the network's predictions for it.
    Data = PaneInfo::new(&["data"], "Data", LayoutRegion::RightBottom, data::data_ui).requiring_data()
        .height(|painter, context, width| Ok(data::print_height(painter, context, width)));
    /// The confusion matrix of a classification dataset.
    Confusion = PaneInfo::new(&["confusion"], "Confusion", LayoutRegion::RightBottom, confusion::confusion_ui).requiring_data()
        .height(|painter, context, width| Ok(SizeHint::fixed(confusion::print_height(painter, context, width))));
    /// The loss over the ranges of one knob or of two.
    Landscape = PaneInfo::new(&["landscape"], "Landscape", LayoutRegion::CenterBottom, loss_landscape::loss_landscape_ui).requiring_data()
        .heading(loss_landscape::heading).height(|_, _, width| Ok(plot_height(0.8, width)));
}

impl Pane {
    /// Returns the pane's names on the command line, the default one first.
    pub(crate) fn names(self) -> &'static [&'static str] {
        self.info().names
    }

    /// Returns the title in menus and on the tab.
    pub fn title(self) -> &'static str {
        self.info().title
    }

    /// Returns the region of the window where the pane is placed by default.
    pub(crate) fn default_region(self) -> LayoutRegion {
        self.info().region
    }

    /// Returns the text above the pane; it names the selected neuron if the pane shows only that one.
    pub(crate) fn heading(self, context: &PaneContext<'_>) -> String {
        match self.info().heading {
            Some(heading) => heading(context),
            None => self.title().to_owned(),
        }
    }

    /// Draws the controls beside the heading, from right to left.
    pub(crate) fn heading_controls_ui(self, ui: &mut Ui, context: &mut PaneContext<'_>) {
        if let Some(choices) = self.info().heading_controls_ui {
            choices(ui, context);
        }
    }

    /// True if the pane shows nothing without a dataset.
    pub(crate) fn needs_data(self) -> bool {
        self.info().needs_data
    }

    /// Returns the pane's share of a row's width in a figure, relative to the other panes of the row.
    pub(crate) fn width_share(self) -> f32 {
        self.info().width_share
    }

    /// Returns the width that the pane needs in a figure, in points.
    ///
    /// # Errors
    /// Returns an error if the pane has more rows than a figure can hold.
    pub(crate) fn print_width(
        self,
        painter: &Painter,
        context: &PaneContext<'_>,
    ) -> Result<SizeHint, TooManyRowsError> {
        (self.info().width)(painter, context)
    }

    /// Returns the height that the pane needs in a figure of this width, both in points.
    ///
    /// # Errors
    /// Returns an error if the pane has more rows than a figure can hold.
    pub(crate) fn print_height(
        self,
        painter: &Painter,
        context: &PaneContext<'_>,
        width: f32,
    ) -> Result<SizeHint, TooManyRowsError> {
        (self.info().height)(painter, context, width)
    }

    /// Returns the id of the pane's canvas.
    pub fn canvas_id(self) -> Id {
        Id::unique(self)
    }

    /// Draws the pane into the whole of `ui`.
    pub fn pane_ui(self, ui: &mut Ui, context: &mut PaneContext<'_>, elements: &mut Elements) {
        (self.info().draw_ui)(ui, context, elements);
    }
}
