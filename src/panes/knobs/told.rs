//! What is told of each knob besides its value: what the subject (a neuron’s number, or the loss) would be along its
//! range, where the selected neuron switches, and what a small turn does.

use egui::Color32;

use neurodial_core::insight::description::crossing;
use neurodial_core::insight::sensitivity::Derived;
use neurodial_core::insight::strip::{Measured, PLACES};
use neurodial_core::insight::{Flip, Insight};
use neurodial_core::network::Slope;
use crate::panes::Scene;
use neurodial_core::session::{Session, Subject, Target};
use crate::widgets::marks::{Arrow, Marks, Spot};
use crate::widgets::strip::Ramp;

/// Whether tracks are painted with colours: where no neuron is the selected one, they would tell of none; of a loss they
/// tell without one.
pub fn has_strips(scene: &Scene<'_>) -> bool {
    scene.session.view().strips && speaks_of_one(scene)
}

fn speaks_of_one(scene: &Scene<'_>) -> bool {
    let is_of_selected = scene.session.view().subject == Subject::Selected;
    !is_of_selected || scene.paper.is_none_or(|paper| paper.has_selection)
}

/// What is told of the knobs in view.
#[derive(Debug)]
pub struct Told {
    /// The knobs that the subject depends on, in order.
    targets: Vec<Target>,
    strips: Vec<[Color32; PLACES]>,
    /// Where a loss is least along each of them, as a fraction of the way.
    best: Vec<Option<f64>>,
    scale: Option<Scale>,
    color: Color32,
    /// A slope of one whole for the arrows.
    unit: f64,
    has_arrows: bool,
    has_strips: bool,
}

/// What the colours of strips mean.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    /// From little to much.
    pub ramp: Ramp,
    /// What a loss was measured with.
    pub measured: Option<Measured>,
}

impl Told {
    /// For the knobs in view, which come in the order of their addresses.
    pub fn new(scene: &Scene<'_>, in_view: impl Iterator<Item = Target>) -> Self {
        Self::with(scene, in_view, has_strips(scene))
    }

    fn with(scene: &Scene<'_>, in_view: impl Iterator<Item = Target>, has_strips: bool) -> Self {
        let mut told = Self {
            targets: Vec::new(),
            strips: Vec::new(),
            best: Vec::new(),
            scale: None,
            color: color(scene),
            unit: 1.0,
            has_arrows: speaks_of_one(scene),
            has_strips,
        };
        if !told.has_arrows {
            return told;
        }
        let Some(sensitivity) = scene.insight.sensitivity(scene.session) else {
            return told;
        };
        told.targets
            .extend(in_view.filter(|&target| sensitivity.slope(target) != Slope::Apart));
        if sensitivity.of_what() == Derived::Loss {
            // A gradient is read by comparing: the steepest knob has a long arrow, whatever the unit of the loss is.
            const STEEPEST: f64 = 4.0;
            let slopes = sensitivity.by_knob().iter().copied();
            let steepest = slopes
                .filter(|slope| slope.is_finite())
                .fold(0.0, |most, slope: f64| slope.abs().max(most));
            told.unit = if steepest > 0.0 { steepest / STEEPEST } else { 1.0 };
        }
        if told.has_strips && !told.targets.is_empty() {
            told.paint(scene);
        }
        told
    }

    fn paint(&mut self, scene: &Scene<'_>) {
        let Some(strips) = scene.insight.strips(scene.session, &self.targets) else {
            return;
        };
        let extent = strips.extent().unwrap_or([0.0, 0.0]);
        let measured = strips.measured();
        let ramp = match measured {
            Some(measured) => Ramp::of_loss(scene.look, self.color, extent, measured.now),
            None => Ramp::new(scene.look, self.color, extent),
        };
        self.scale = Some(Scale { ramp, measured });
        for index in 0..self.targets.len() {
            let values = strips.strip(index);
            self.strips
                .push(std::array::from_fn(|place| ramp.color(values[place])));
            self.best.push(measured.and_then(|_| strips.lowest(index)));
        }
    }

    /// The same without colours along tracks, for knobs that have none.
    pub fn arrows(scene: &Scene<'_>, in_view: impl Iterator<Item = Target>) -> Self {
        Self::with(scene, in_view, false)
    }

    /// The scale of the colours, if there are any.
    pub fn scale(&self) -> Option<Scale> {
        self.scale
    }

    /// The colour of what all of this is about.
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

    /// The colours along a knob's range; `None` if the subject does not depend on it.
    pub fn strip(&self, target: Target) -> Option<&[Color32]> {
        let index = self.targets.binary_search(&target).ok()?;
        self.strips.get(index).map(|colors| colors.as_slice())
    }

    /// Where the selected neuron switches, where the loss is least, and what a small turn does.
    pub fn marks(&self, scene: &Scene<'_>, target: Target) -> Marks {
        if !self.has_arrows {
            return Marks::default();
        }
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
        let index = self.targets.binary_search(&target).ok();
        let arrow = index.and_then(|_| {
            let sensitivity = scene.insight.sensitivity(scene.session)?;
            match sensitivity.slope(target) {
                Slope::Apart => None,
                Slope::Stepped => Some(Arrow::Step),
                Slope::Smooth => sensitivity
                    .derivative(scene.session.blueprint(), target)
                    .map(|slope| Arrow::Slope(slope / self.unit)),
            }
        });
        Marks {
            flip,
            arrow,
            best: index.and_then(|index| self.best.get(index).copied().flatten()),
        }
    }
}

/// The colour of what strips and arrows tell of: the neuron’s own, or that of the interface for the loss.
fn color(scene: &Scene<'_>) -> Color32 {
    let view = scene.session.view();
    match view.neuron_told_of(scene.session.blueprint()) {
        Some((at, _)) => scene.identity(at),
        None => scene.look.accent,
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
    let mut words = insight.sensitivity_words(session, target);
    if let Some(value) = insight.best_value(session, target) {
        let number = neurodial_core::words::fixed(value, session.view().decimals.min(2));
        words += &format!("; it is least near {number}");
    }
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
        let number = neurodial_core::words::fixed(value, session.view().decimals);
        words += &format!("; {} {does} at {number}{beyond}", blueprint.neuron_words(at));
    }
    words
}
