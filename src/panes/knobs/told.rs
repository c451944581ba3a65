//! What is told of each knob besides its value: what the subject (a neuron’s number, or the loss) would be along its
//! range, where the selected neuron switches, and what a small turn does.

use egui::Color32;

use neurodial_core::insight::description::threshold_phrase;
use neurodial_core::insight::sensitivity::DerivedQuantity;
use neurodial_core::insight::strip::{LossProfileInfo, PROFILE_POINTS};
use neurodial_core::insight::{SwitchPoint, Insight};
use neurodial_core::network::GradientFlow;
use crate::panes::PaneContext;
use neurodial_core::session::{Session, SensitivityTarget, Adjustable};
use crate::widgets::marks::{SensitivityArrow, KnobIndicators, RangePosition};
use crate::widgets::strip::ProfileColormap;

/// Whether tracks are painted with colours: where no neuron is the selected one, they would tell of none; of a loss they
/// tell without one.
pub fn shows_profiles(context: &PaneContext<'_>) -> bool {
    context.session.view().has_knob_profiles && has_target(context)
}

fn has_target(context: &PaneContext<'_>) -> bool {
    let is_of_selected = context.session.view().sensitivity_target == SensitivityTarget::Selected;
    !is_of_selected || context.options.is_none_or(|paper| paper.has_selection)
}

/// What is told of the knobs in view.
#[derive(Debug)]
pub struct KnobAnnotations {
    /// The knobs that the subject depends on, in order.
    adjustables: Vec<Adjustable>,
    profiles: Vec<[Color32; PROFILE_POINTS]>,
    /// Where a loss is least along each of them, as a fraction of the way.
    lowest_loss: Vec<Option<f64>>,
    color_scale: Option<ProfileScale>,
    color: Color32,
    /// A slope of one whole for the arrows.
    arrow_unit: f64,
    has_arrows: bool,
    has_profiles: bool,
}

/// What the colours of strips mean.
#[derive(Debug, Clone, Copy)]
pub struct ProfileScale {
    /// From little to much.
    pub ramp: ProfileColormap,
    /// What a loss was measured with.
    pub measured: Option<LossProfileInfo>,
}

impl KnobAnnotations {
    /// For the knobs in view, which come in the order of their addresses.
    pub fn new(context: &PaneContext<'_>, in_view: impl Iterator<Item = Adjustable>) -> Self {
        Self::build(context, in_view, shows_profiles(context))
    }

    fn build(context: &PaneContext<'_>, in_view: impl Iterator<Item = Adjustable>, has_profiles: bool) -> Self {
        let mut annotations = Self {
            adjustables: Vec::new(),
            profiles: Vec::new(),
            lowest_loss: Vec::new(),
            color_scale: None,
            color: target_color(context),
            arrow_unit: 1.0,
            has_arrows: has_target(context),
            has_profiles,
        };
        if !annotations.has_arrows {
            return annotations;
        }
        let Some(sensitivity) = context.insight.sensitivity(context.session) else {
            return annotations;
        };
        annotations.adjustables
            .extend(in_view.filter(|&target| sensitivity.slope(target) != GradientFlow::Independent));
        if sensitivity.quantity() == DerivedQuantity::Loss {
            // A gradient is read by comparing: the steepest knob has a long arrow, whatever the unit of the loss is.
            const STEEPEST: f64 = 4.0;
            let slopes = sensitivity.knob_derivatives().iter().copied();
            let steepest = slopes
                .filter(|slope| slope.is_finite())
                .fold(0.0, |most, slope: f64| slope.abs().max(most));
            annotations.arrow_unit = if steepest > 0.0 { steepest / STEEPEST } else { 1.0 };
        }
        if annotations.has_profiles && !annotations.adjustables.is_empty() {
            annotations.compute_profiles(context);
        }
        annotations
    }

    fn compute_profiles(&mut self, context: &PaneContext<'_>) {
        let Some(profiles) = context.insight.knob_profiles(context.session, &self.adjustables) else {
            return;
        };
        let extent = profiles.value_range().unwrap_or([0.0, 0.0]);
        let measured = profiles.loss_info();
        let ramp = match measured {
            Some(measured) => ProfileColormap::for_loss(context.theme, self.color, extent, measured.current_loss),
            None => ProfileColormap::new(context.theme, self.color, extent),
        };
        self.color_scale = Some(ProfileScale { ramp, measured });
        for index in 0..self.adjustables.len() {
            let values = profiles.profile(index);
            self.profiles
                .push(std::array::from_fn(|place| ramp.color(values[place])));
            self.lowest_loss.push(measured.and_then(|_| profiles.lowest_fraction(index)));
        }
    }

    /// The same without colours along tracks, for knobs that have none.
    pub fn arrows_only(context: &PaneContext<'_>, in_view: impl Iterator<Item = Adjustable>) -> Self {
        Self::build(context, in_view, false)
    }

    /// The scale of the colours, if there are any.
    pub fn color_scale(&self) -> Option<ProfileScale> {
        self.color_scale
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
    pub fn has_profiles(&self) -> bool {
        self.has_profiles
    }

    /// The colours along a knob's range; `None` if the subject does not depend on it.
    pub fn profile(&self, target: Adjustable) -> Option<&[Color32]> {
        let index = self.adjustables.binary_search(&target).ok()?;
        self.profiles.get(index).map(|colors| colors.as_slice())
    }

    /// Where the selected neuron switches, where the loss is least, and what a small turn does.
    pub fn marks(&self, context: &PaneContext<'_>, target: Adjustable) -> KnobIndicators {
        if !self.has_arrows {
            return KnobIndicators::default();
        }
        let range = context.session.document().range(target);
        let switch_point = switch_value(context.insight, target).map(|value| {
            if value < range.min {
                RangePosition::Below
            } else if value > range.max {
                RangePosition::Above
            } else {
                RangePosition::Within(range.fraction_of(value))
            }
        });
        let index = self.adjustables.binary_search(&target).ok();
        let arrow = index.and_then(|_| {
            let sensitivity = context.insight.sensitivity(context.session)?;
            match sensitivity.slope(target) {
                GradientFlow::Independent => None,
                GradientFlow::BlockedByStep => Some(SensitivityArrow::Step),
                GradientFlow::Smooth => sensitivity
                    .derivative(context.session.architecture(), target)
                    .map(|slope| SensitivityArrow::Slope(slope / self.arrow_unit)),
            }
        });
        KnobIndicators {
            switch_point,
            arrow,
            lowest_loss: index.and_then(|index| self.lowest_loss.get(index).copied().flatten()),
        }
    }
}

/// The colour of what strips and arrows tell of: the neuron’s own, or that of the interface for the loss.
fn target_color(context: &PaneContext<'_>) -> Color32 {
    let view = context.session.view();
    match view.sensitivity_neuron(context.session.architecture()) {
        Some((at, _)) => context.neuron_color(at),
        None => context.theme.accent,
    }
}

/// The value of a knob at which its neuron's sum is 0.
fn switch_value(insight: &Insight, target: Adjustable) -> Option<f64> {
    match target {
        Adjustable::Knob(knob) => insight.switch_points().for_knob(knob).and_then(SwitchPoint::value),
        Adjustable::Input(_) => None,
    }
}

/// In words, without a period: what a small turn does, and where the neuron switches. “raise b₂ by 0.1 and output 2
/// rises by 0.10; neuron 2 would switch off at 1.790”
pub fn sensitivity_text(session: &Session, insight: &Insight, target: Adjustable) -> String {
    let mut words = insight.describe_sensitivity(session, target);
    if let Some(value) = insight.best_value(session, target) {
        let number = neurodial_core::words::format_fixed(value, session.view().decimals.min(2));
        words += &format!("; it is least near {number}");
    }
    if let Some(value) = switch_value(insight, target) {
        let at = session.view().selected;
        let architecture = session.architecture();
        let activation = architecture.layers()[at.layer].neurons[at.neuron].activation;
        let z = insight.formula().z;
        let does = threshold_phrase(activation, z).unwrap_or("would have the sum 0");
        let range = session.document().range(target);
        let beyond = if value < range.min || value > range.max {
            ", beyond the range"
        } else {
            ""
        };
        let number = neurodial_core::words::format_fixed(value, session.view().decimals);
        words += &format!("; {} {does} at {number}{beyond}", architecture.describe_neuron(at));
    }
    words
}
