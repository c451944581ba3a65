//! The panes there are: one table, from which menus, tabs, the first layout, the command line and figures come.

use egui::{Id, Painter, Ui};
use serde::{Deserialize, Serialize};

use crate::canvas::Elements;

use super::plate::{FigurePageError, SizeHint};
use super::{
    PaneContext, cases, code, compare, confusion, curves, data, diagram, experiments, formula, knobs, landscape,
    map, training, words,
};

/// Where a pane is at first. All of one place are tabs over one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LayoutRegion {
    /// The column to the left.
    Left,
    /// The middle, above.
    CenterTop,
    /// The middle, below.
    CenterBottom,
    /// To the right, above; in a small window the first of the tabs there.
    RightTop,
    /// To the right, below.
    RightBottom,
}

/// All that tells a pane from the others.
struct PaneInfo {
    /// The names on the command line, the usual one first.
    names: &'static [&'static str],
    title: &'static str,
    region: LayoutRegion,
    draw_ui: fn(&mut Ui, &mut PaneContext<'_>, &mut Elements),
    heading: Option<fn(&PaneContext<'_>) -> String>,
    heading_controls_ui: Option<fn(&mut Ui, &mut PaneContext<'_>)>,
    needs_data: bool,
    width_share: f32,
    width: fn(&Painter, &PaneContext<'_>) -> Result<SizeHint, FigurePageError>,
    height: fn(&Painter, &PaneContext<'_>, f32) -> Result<SizeHint, FigurePageError>,
}

/// A plot lower than this can't be read, in points.
const MIN_PLOT_HEIGHT: f32 = 120.0;

/// The height of a plot, as a part of its width where it may choose.
fn plot_height(fraction: f32, width: f32) -> SizeHint {
    SizeHint::new(MIN_PLOT_HEIGHT, (fraction * width).clamp(150.0, 420.0))
}

impl PaneInfo {
    const fn new(
        names: &'static [&'static str],
        title: &'static str,
        home: LayoutRegion,
        show: fn(&mut Ui, &mut PaneContext<'_>, &mut Elements),
    ) -> Self {
        Self {
            names,
            title,
            region: home,
            draw_ui: show,
            heading: None,
            heading_controls_ui: None,
            needs_data: false,
            width_share: 1.0,
            width: |_, _| Ok(SizeHint::new(125.0, 200.0)),
            height: |_, _, width| Ok(plot_height(0.64, width)),
        }
    }

    /// What stands over it; otherwise its title.
    const fn heading(mut self, heading: fn(&PaneContext<'_>) -> String) -> Self {
        self.heading = Some(heading);
        self
    }

    /// What stands beside its heading.
    const fn heading_controls(mut self, choices: fn(&mut Ui, &mut PaneContext<'_>)) -> Self {
        self.heading_controls_ui = Some(choices);
        self
    }

    /// It is about data, and shows nothing without.
    const fn requiring_data(mut self) -> Self {
        self.needs_data = true;
        self
    }

    /// How much of a figure's width it gets beside others; otherwise 1.
    const fn width_share(mut self, share: f32) -> Self {
        self.width_share = share;
        self
    }

    /// The width that it needs on paper, in points; otherwise that of a plot.
    const fn width(mut self, width: fn(&Painter, &PaneContext<'_>) -> Result<SizeHint, FigurePageError>) -> Self {
        self.width = width;
        self
    }

    /// The height that it needs on paper at a width, both in points; otherwise that of a plot.
    const fn height(mut self, height: fn(&Painter, &PaneContext<'_>, f32) -> Result<SizeHint, FigurePageError>) -> Self {
        self.height = height;
        self
    }
}

macro_rules! panes {
    ($($(#[$doc:meta])* $pane:ident = $about:expr;)+) => {
        /// Which pane.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum Pane { $($(#[$doc])* $pane,)+ }

        impl Pane {
            /// All of them, in the order of menus.
            pub const ALL: [Self; [$(stringify!($pane)),+].len()] = [$(Self::$pane),+];

            fn about(self) -> &'static PaneInfo {
                match self { $(Self::$pane => { static ABOUT: PaneInfo = $about; &ABOUT })+ }
            }
        }
    };
}

// A new pane is a line here and its file; all else follows. The first nine have the keys Ctrl 1 to 9.
panes! {
    /// Every weight and bias on a track.
    Knobs = PaneInfo::new(&["knobs"], "Knobs", LayoutRegion::Left, knobs::knobs_ui)
        .heading_controls(knobs::faces::layout_buttons_ui).width_share(0.9).width(|painter, context| Ok(knobs::print_width(painter, context)))
        .height(|painter, context, width| knobs::print_height(painter, context, width).map(SizeHint::fixed));
    /// Inputs, neurons and edges.
    Diagram = PaneInfo::new(&["diagram"], "Network", LayoutRegion::CenterTop, diagram::diagram_ui)
        .width_share(1.6).width(|painter, context| Ok(diagram::paper::print_width(painter, context)))
        .height(|_, context, width| Ok(diagram::paper::print_height(context, width)));
    /// Outputs over an input or a knob.
    Curves = PaneInfo::new(&["curves"], "Curves", LayoutRegion::CenterBottom, curves::curves_ui).heading(curves::heading);
    /// The selected neuron's sum with its numbers.
    Formula = PaneInfo::new(&["formula"], "Formula", LayoutRegion::RightTop, formula::formula_ui)
        .heading(formula::heading).width(|painter, context| Ok(formula::print_width(painter, context)))
        .height(|painter, context, width| Ok(SizeHint::fixed(formula::print_height(painter, context, width))));
    /// Rows of inputs and their outputs.
    Cases = PaneInfo::new(&["cases"], "Cases", LayoutRegion::RightBottom, cases::saved_inputs_ui)
        .width_share(0.9).width(|_, context| Ok(cases::print_width(context)))
        .height(|_, context, _| Ok(SizeHint::fixed(cases::print_height(context))));
    /// The network as a program.
    Code = PaneInfo::new(&["code"], "Code", LayoutRegion::RightBottom, code::code_ui)
        .heading(|_| "As code".to_owned())
        .width_share(1.4).width(|painter, context| Ok(code::paper::print_width(painter, context)))
        .height(|painter, context, width| Ok(SizeHint::fixed(code::print_height(painter, context, width))));
    /// The whole picture in sentences.
    Words = PaneInfo::new(&["description", "words"], "Words", LayoutRegion::RightBottom, words::description_ui)
        .heading(|_| "In words".to_owned())
        .height(|painter, context, width| Ok(SizeHint::fixed(words::print_height(painter, context, width))));
    /// What a neuron makes of two numbers at once.
    Map = PaneInfo::new(&["map"], "Map", LayoutRegion::CenterBottom, map::output_map_ui)
        .heading(map::heading).width(|_, _| Ok(SizeHint::new(170.0, 210.0)))
        .height(|_, context, width| Ok(SizeHint::new(MIN_PLOT_HEIGHT, map::print_height(context, width))));
    /// What was tried, and what came of it.
    Experiments = PaneInfo::new(&["experiments"], "Experiments", LayoutRegion::CenterBottom, |ui, context, _| experiments::experiments_ui(ui, context))
        .width(|_, _| Ok(SizeHint::new(230.0, 300.0)))
        .height(|_, context, width| Ok(SizeHint::fixed(experiments::print_height(context, width))));
    /// How well the knobs do, and training them.
    Training = PaneInfo::new(&["loss", "training"], "Training", LayoutRegion::CenterBottom, training::training_ui).requiring_data();
    /// A pin and the present state side by side.
    Compare = PaneInfo::new(&["compare"], "Compare", LayoutRegion::CenterBottom, |ui, context, _| compare::compare_ui(ui, context))
        .heading(compare::heading).width_share(1.4).width(|painter, context| Ok(compare::print_width(painter, context)))
        .height(|_, context, width| Ok(SizeHint::fixed(compare::print_height(context, width))));
    /// The data and what the network makes of it.
    Data = PaneInfo::new(&["data"], "Data", LayoutRegion::RightBottom, data::data_ui).requiring_data()
        .height(|painter, context, width| Ok(data::print_height(painter, context, width)));
    /// Which classes of the data are told as which.
    Confusion = PaneInfo::new(&["confusion"], "Confusion", LayoutRegion::RightBottom, confusion::confusion_ui).requiring_data()
        .height(|painter, context, width| Ok(SizeHint::fixed(confusion::print_height(painter, context, width))));
    /// The loss over the ranges of one knob or of two.
    Landscape = PaneInfo::new(&["landscape"], "Landscape", LayoutRegion::CenterBottom, landscape::loss_landscape_ui).requiring_data()
        .heading(landscape::heading).height(|_, _, width| Ok(plot_height(0.8, width)));
}

impl Pane {
    /// The name on the command line.
    pub fn name(self) -> &'static str {
        self.about().names[0]
    }

    /// What has this name on the command line.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|pane| pane.about().names.contains(&name))
    }

    /// The title in menus and on the tab.
    pub fn title(self) -> &'static str {
        self.about().title
    }

    /// Where it is at first.
    pub fn default_region(self) -> LayoutRegion {
        self.about().region
    }

    /// What stands over it: the selected neuron, where it speaks of one.
    pub fn heading(self, context: &PaneContext<'_>) -> String {
        match self.about().heading {
            Some(heading) => heading(context),
            None => self.title().to_owned(),
        }
    }

    /// Draws what stands beside its heading, from right to left.
    pub fn heading_controls_ui(self, ui: &mut Ui, context: &mut PaneContext<'_>) {
        if let Some(choices) = self.about().heading_controls_ui {
            choices(ui, context);
        }
    }

    /// Whether it is about data, and shows nothing without.
    pub fn needs_data(self) -> bool {
        self.about().needs_data
    }

    /// How much of a figure's width it gets beside others.
    pub fn width_share(self) -> f32 {
        self.about().width_share
    }

    /// The width that it needs on paper, in points.
    ///
    /// # Errors
    /// If it is longer than a figure can be.
    pub fn print_width(self, painter: &Painter, context: &PaneContext<'_>) -> Result<SizeHint, FigurePageError> {
        (self.about().width)(painter, context)
    }

    /// The height that it needs on paper at this width, both in points.
    ///
    /// # Errors
    /// If it is longer than a figure can be.
    pub fn print_height(self, painter: &Painter, context: &PaneContext<'_>, width: f32) -> Result<SizeHint, FigurePageError> {
        (self.about().height)(painter, context, width)
    }

    /// What tells its canvas from the others.
    pub fn canvas_id(self) -> Id {
        Id::unique(self)
    }

    /// Draws the pane into the whole of `ui`.
    pub fn pane_ui(self, ui: &mut Ui, context: &mut PaneContext<'_>, elements: &mut Elements) {
        (self.about().draw_ui)(ui, context, elements);
    }
}
