//! What is told of each knob besides its value: what the selected neuron would give along its range, where that neuron
//! switches, and what a small turn does.

use egui::Color32;

use crate::insight::description::crossing;
use crate::insight::strip::PLACES;
use crate::insight::{Flip, Insight};
use crate::network::Slope;
use crate::panes::Scene;
use crate::session::{Session, Target};
use crate::widgets::marks::{Arrow, Marks, Spot};
use crate::widgets::strip::Ramp;

/// Whether tracks are painted with colours: where no neuron is the selected one, they would tell of none.
pub fn has_strips(scene: &Scene<'_>) -> bool {
    scene.session.view().strips && speaks_of_one(scene)
}

fn speaks_of_one(scene: &Scene<'_>) -> bool {
    scene.paper.is_none_or(|paper| paper.has_selection)
}

/// What is told of the knobs in view.
#[derive(Debug)]
pub struct Told {
    /// The knobs that the neuron depends on, in order.
    targets: Vec<Target>,
    strips: Vec<[Color32; PLACES]>,
    ramp: Option<Ramp>,
    color: Color32,
    has_arrows: bool,
    has_strips: bool,
}

impl Told {
    /// For the knobs in view, which come in the order of their addresses.
    pub fn new(scene: &Scene<'_>, in_view: impl Iterator<Item = Target>) -> Self {
        let view = scene.session.view();
        let mut told = Self {
            targets: Vec::new(),
            strips: Vec::new(),
            ramp: None,
            color: scene.identity(view.selected),
            has_arrows: speaks_of_one(scene),
            has_strips: has_strips(scene),
        };
        if !told.has_arrows {
            return told;
        }
        let sensitivity = scene.insight.sensitivity(scene.session);
        told.targets
            .extend(in_view.filter(|&target| sensitivity.slope(target) != Slope::Apart));
        if told.has_strips && !told.targets.is_empty() {
            let strips = scene.insight.strips(scene.session, &told.targets);
            let extent = strips.extent().unwrap_or([0.0, 0.0]);
            let ramp = Ramp::new(scene.look, told.color, extent);
            told.ramp = Some(ramp);
            let count = told.targets.len();
            told.strips.extend((0..count).map(|index| {
                let values = strips.strip(index);
                std::array::from_fn(|place| ramp.color(values[place]))
            }));
        }
        told
    }

    /// The scale of the colours, if there are any.
    pub fn ramp(&self) -> Option<Ramp> {
        self.ramp
    }

    /// The colour of the neuron that all of this is about.
    pub fn color(&self) -> Color32 {
        self.color
    }

    /// Whether there is an arrow on every knob that has a say.
    pub fn has_arrows(&self) -> bool {
        self.has_arrows
    }

    /// Whether tracks are painted with colours.
    pub fn has_strips(&self) -> bool {
        self.has_strips
    }

    /// The colours along a knob's range; `None` if the neuron does not depend on it.
    pub fn strip(&self, target: Target) -> Option<&[Color32]> {
        let index = self.targets.binary_search(&target).ok()?;
        self.strips.get(index).map(|colors| colors.as_slice())
    }

    /// Where the neuron switches, and what a small turn does.
    pub fn marks(&self, scene: &Scene<'_>, target: Target) -> Marks {
        if self.targets.binary_search(&target).is_err() {
            return Marks::default();
        }
        let sensitivity = scene.insight.sensitivity(scene.session);
        let arrow = match sensitivity.slope(target) {
            Slope::Apart => None,
            Slope::Stepped => Some(Arrow::Step),
            Slope::Smooth => sensitivity
                .derivative(scene.session.blueprint(), target)
                .map(Arrow::Slope),
        };
        let range = scene.session.document().range(target);
        let flip = flip_value(scene.insight, target).map(|value| {
            if value < range.min {
                Spot::Below
            } else if value > range.max {
                Spot::Above
            } else {
                Spot::Within(range.fraction_of(value))
            }
        });
        Marks { flip, arrow }
    }
}

/// The value of a knob at which its neuron's sum is 0.
fn flip_value(insight: &Insight, target: Target) -> Option<f64> {
    match target {
        Target::Knob(knob) => insight.flips().knob(knob).and_then(Flip::value),
        Target::Input(_) => None,
    }
}

/// In words, without a period: what a small turn does, and where the neuron switches. “raise b₂ by 0.1 and output 2
/// rises by 0.10; neuron 2 would switch off at 1.790”
pub fn words(session: &Session, insight: &Insight, target: Target) -> String {
    let mut words = insight
        .sensitivity(session)
        .words(session, insight.trace(), target);
    if let Some(value) = flip_value(insight, target) {
        let at = session.view().selected;
        let blueprint = session.blueprint();
        let activation = blueprint.layers()[at.layer].neurons[at.neuron].activation;
        let z = insight.formula().z;
        let does = crossing(activation, z).unwrap_or("would have the sum 0");
        let range = session.document().range(target);
        let beyond = if value < range.min || value > range.max {
            ", beyond the range"
        } else {
            ""
        };
        let number = crate::words::fixed(value, session.view().decimals);
        words += &format!("; {} {does} at {number}{beyond}", blueprint.neuron_words(at));
    }
    words
}
