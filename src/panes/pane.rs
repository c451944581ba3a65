//! The panes there are: one table, from which menus, tabs, the first layout, the command line and figures come.

use egui::{Id, Painter, Ui};
use serde::{Deserialize, Serialize};

use crate::canvas::Stage;

use super::plate::{PlateError, Side};
use super::{
    Scene, cases, code, compare, confusion, curves, data, diagram, experiments, formula, knobs, landscape,
    map, training, words,
};

/// Where a pane is at first. All of one place are tabs over one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Home {
    /// The column to the left.
    Left,
    /// The middle, above.
    Picture,
    /// The middle, below.
    Plots,
    /// To the right, above; in a small window the first of the tabs there.
    Sum,
    /// To the right, below.
    Texts,
}

/// All that tells a pane from the others.
struct About {
    /// The names on the command line, the usual one first.
    names: &'static [&'static str],
    title: &'static str,
    home: Home,
    show: fn(&mut Ui, &mut Scene<'_>, &mut Stage),
    heading: Option<fn(&Scene<'_>) -> String>,
    choices: Option<fn(&mut Ui, &mut Scene<'_>)>,
    needs_data: bool,
    share: f32,
    width: fn(&Painter, &Scene<'_>) -> Result<Side, PlateError>,
    height: fn(&Painter, &Scene<'_>, f32) -> Result<Side, PlateError>,
}

/// A plot lower than this can't be read, in points.
const LEAST_PLOT: f32 = 120.0;

/// The height of a plot, as a part of its width where it may choose.
fn plot(part: f32, width: f32) -> Side {
    Side::new(LEAST_PLOT, (part * width).clamp(150.0, 420.0))
}

impl About {
    const fn new(
        names: &'static [&'static str],
        title: &'static str,
        home: Home,
        show: fn(&mut Ui, &mut Scene<'_>, &mut Stage),
    ) -> Self {
        Self {
            names,
            title,
            home,
            show,
            heading: None,
            choices: None,
            needs_data: false,
            share: 1.0,
            width: |_, _| Ok(Side::new(125.0, 200.0)),
            height: |_, _, width| Ok(plot(0.64, width)),
        }
    }

    /// What stands over it; otherwise its title.
    const fn heading(mut self, heading: fn(&Scene<'_>) -> String) -> Self {
        self.heading = Some(heading);
        self
    }

    /// What stands beside its heading.
    const fn choices(mut self, choices: fn(&mut Ui, &mut Scene<'_>)) -> Self {
        self.choices = Some(choices);
        self
    }

    /// It is about data, and shows nothing without.
    const fn of_data(mut self) -> Self {
        self.needs_data = true;
        self
    }

    /// How much of a figure's width it gets beside others; otherwise 1.
    const fn share(mut self, share: f32) -> Self {
        self.share = share;
        self
    }

    /// The width that it needs on paper, in points; otherwise that of a plot.
    const fn width(mut self, width: fn(&Painter, &Scene<'_>) -> Result<Side, PlateError>) -> Self {
        self.width = width;
        self
    }

    /// The height that it needs on paper at a width, both in points; otherwise that of a plot.
    const fn height(mut self, height: fn(&Painter, &Scene<'_>, f32) -> Result<Side, PlateError>) -> Self {
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

            fn about(self) -> &'static About {
                match self { $(Self::$pane => { static ABOUT: About = $about; &ABOUT })+ }
            }
        }
    };
}

// A new pane is a line here and its file; all else follows. The first nine have the keys Ctrl 1 to 9.
panes! {
    /// Every weight and bias on a track.
    Knobs = About::new(&["knobs"], "Knobs", Home::Left, knobs::knobs_ui)
        .choices(knobs::faces::faces_ui).share(0.9).width(|painter, scene| Ok(knobs::paper_width(painter, scene)))
        .height(|painter, scene, width| knobs::paper_height(painter, scene, width).map(Side::fixed));
    /// Inputs, neurons and edges.
    Diagram = About::new(&["diagram"], "Network", Home::Picture, diagram::diagram_ui)
        .share(1.6).width(|painter, scene| Ok(diagram::paper::width(painter, scene)))
        .height(|_, scene, width| Ok(diagram::paper::height(scene, width)));
    /// Outputs over an input or a knob.
    Curves = About::new(&["curves"], "Curves", Home::Plots, curves::curves_ui).heading(curves::heading);
    /// The selected neuron's sum with its numbers.
    Formula = About::new(&["formula"], "Formula", Home::Sum, formula::formula_ui)
        .heading(formula::heading).width(|painter, scene| Ok(formula::paper_width(painter, scene)))
        .height(|painter, scene, width| Ok(Side::fixed(formula::paper_height(painter, scene, width))));
    /// Rows of inputs and their outputs.
    Cases = About::new(&["cases"], "Cases", Home::Texts, cases::cases_ui)
        .share(0.9).width(|_, scene| Ok(cases::paper_width(scene)))
        .height(|_, scene, _| Ok(Side::fixed(cases::paper_height(scene))));
    /// The network as a program.
    Code = About::new(&["code"], "Code", Home::Texts, code::code_ui)
        .heading(|_| "As code".to_owned())
        .share(1.4).width(|painter, scene| Ok(code::paper::width(painter, scene)))
        .height(|painter, scene, width| Ok(Side::fixed(code::paper_height(painter, scene, width))));
    /// The whole picture in sentences.
    Words = About::new(&["description", "words"], "Words", Home::Texts, words::words_ui)
        .heading(|_| "In words".to_owned())
        .height(|painter, scene, width| Ok(Side::fixed(words::paper_height(painter, scene, width))));
    /// What a neuron makes of two numbers at once.
    Map = About::new(&["map"], "Map", Home::Plots, map::map_ui)
        .heading(map::heading).width(|_, _| Ok(Side::new(170.0, 210.0)))
        .height(|_, scene, width| Ok(Side::new(LEAST_PLOT, map::paper_height(scene, width))));
    /// What was tried, and what came of it.
    Experiments = About::new(&["experiments"], "Experiments", Home::Plots, |ui, scene, _| experiments::experiments_ui(ui, scene))
        .width(|_, _| Ok(Side::new(230.0, 300.0)))
        .height(|_, scene, width| Ok(Side::fixed(experiments::paper_height(scene, width))));
    /// How well the knobs do, and training them.
    Training = About::new(&["loss", "training"], "Training", Home::Plots, training::training_ui).of_data();
    /// A pin and the present state side by side.
    Compare = About::new(&["compare"], "Compare", Home::Plots, |ui, scene, _| compare::compare_ui(ui, scene))
        .heading(compare::heading).share(1.4).width(|painter, scene| Ok(compare::paper_width(painter, scene)))
        .height(|_, scene, width| Ok(Side::fixed(compare::paper_height(scene, width))));
    /// The data and what the network makes of it.
    Data = About::new(&["data"], "Data", Home::Texts, data::data_ui).of_data()
        .height(|painter, scene, width| Ok(data::paper_height(painter, scene, width)));
    /// Which classes of the data are told as which.
    Confusion = About::new(&["confusion"], "Confusion", Home::Texts, confusion::confusion_ui).of_data()
        .height(|painter, scene, width| Ok(Side::fixed(confusion::paper_height(painter, scene, width))));
    /// The loss over the ranges of one knob or of two.
    Landscape = About::new(&["landscape"], "Landscape", Home::Plots, landscape::landscape_ui).of_data()
        .heading(landscape::heading).height(|_, _, width| Ok(plot(0.8, width)));
}

impl Pane {
    /// The name on the command line.
    pub fn name(self) -> &'static str {
        self.about().names[0]
    }

    /// What has this name on the command line.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|pane| pane.about().names.contains(&name))
    }

    /// The title in menus and on the tab.
    pub fn title(self) -> &'static str {
        self.about().title
    }

    /// Where it is at first.
    pub fn home(self) -> Home {
        self.about().home
    }

    /// What stands over it: the selected neuron, where it speaks of one.
    pub fn heading(self, scene: &Scene<'_>) -> String {
        match self.about().heading {
            Some(heading) => heading(scene),
            None => self.title().to_owned(),
        }
    }

    /// Draws what stands beside its heading, from right to left.
    pub fn choices_ui(self, ui: &mut Ui, scene: &mut Scene<'_>) {
        if let Some(choices) = self.about().choices {
            choices(ui, scene);
        }
    }

    /// Whether it is about data, and shows nothing without.
    pub fn needs_data(self) -> bool {
        self.about().needs_data
    }

    /// How much of a figure's width it gets beside others.
    pub fn share(self) -> f32 {
        self.about().share
    }

    /// The width that it needs on paper, in points.
    ///
    /// # Errors
    /// If it is longer than a figure can be.
    pub fn paper_width(self, painter: &Painter, scene: &Scene<'_>) -> Result<Side, PlateError> {
        (self.about().width)(painter, scene)
    }

    /// The height that it needs on paper at this width, both in points.
    ///
    /// # Errors
    /// If it is longer than a figure can be.
    pub fn paper_height(self, painter: &Painter, scene: &Scene<'_>, width: f32) -> Result<Side, PlateError> {
        (self.about().height)(painter, scene, width)
    }

    /// What tells its canvas from the others.
    pub fn canvas_id(self) -> Id {
        Id::unique(self)
    }

    /// Draws the pane into the whole of `ui`.
    pub fn show(self, ui: &mut Ui, scene: &mut Scene<'_>, stage: &mut Stage) {
        (self.about().show)(ui, scene, stage);
    }
}
