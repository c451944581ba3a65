//! The annotations of each knob besides its value: the profile of the sensitivity target (a neuron’s number,
//! or the loss) along its range, the switch point of the selected neuron, and the effect of a small turn.

use egui::Color32;

use crate::panes::context::PaneContext;
use crate::widgets::profile::ProfileColormap;
use crate::widgets::slider::{KnobIndicators, RangePosition, SensitivityArrow};
use neurodial_core::insight::knob_profile::{LossProfileInfo, PROFILE_POINTS};
use neurodial_core::insight::sensitivity::DerivedQuantity;
use neurodial_core::insight::{Insight, SwitchPoint};
use neurodial_core::network::{GradientFlow, Threshold};
use neurodial_core::session::{Adjustable, SensitivityTarget, Session};
use neurodial_core::text::{Messages, format_fixed};

/// True if knobs have profiles, marks and arrows. A figure without a selected neuron has no profiles of it, but it
/// can have those of an output or of the loss.
pub(crate) fn shows_profiles(context: &PaneContext<'_>) -> bool {
    context.session.view().has_knob_profiles && has_target(context)
}

/// True if there is a sensitivity target. In a figure that highlights no neuron, the selected neuron is not
/// one.
fn has_target(context: &PaneContext<'_>) -> bool {
    let is_of_selected = context.session.view().sensitivity_target == SensitivityTarget::Selected;
    !is_of_selected || context.options.is_none_or(|options| options.has_selection)
}

/// Profiles, switch points and sensitivities of the knobs in view.
#[derive(Debug)]
pub(crate) struct KnobAnnotations {
    /// The knobs and inputs that affect the sensitivity target, in ascending order.
    adjustables: Vec<Adjustable>,
    profiles: Vec<[Color32; PROFILE_POINTS]>,
    /// The position of the lowest loss along each range, as a fraction from 0 to 1; `None` for other targets
    /// and where the loss is constant.
    lowest_loss: Vec<Option<f64>>,
    color_scale: Option<ProfileScale>,
    color: Color32,
    /// The slope that is drawn as an arrow of slope 1.
    arrow_unit: f64,
    has_arrows: bool,
    has_profiles: bool,
}

/// The color scale of the profiles.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ProfileScale {
    /// The colors from the smallest to the largest value.
    pub(crate) colormap: ProfileColormap,
    /// The current loss and the number of samples that it was computed with; `None` for other targets.
    pub(crate) measured: Option<LossProfileInfo>,
}

impl KnobAnnotations {
    /// Computes the annotations of the knobs and inputs in view, which must be in ascending order.
    pub(crate) fn new(context: &PaneContext<'_>, in_view: impl Iterator<Item = Adjustable>) -> Self {
        Self::build(context, in_view, true)
    }

    fn build(
        context: &PaneContext<'_>,
        in_view: impl Iterator<Item = Adjustable>,
        has_profiles: bool,
    ) -> Self {
        let mut annotations = Self {
            adjustables: Vec::new(),
            profiles: Vec::new(),
            lowest_loss: Vec::new(),
            color_scale: None,
            color: target_color(context),
            arrow_unit: 1.0,
            has_arrows: shows_profiles(context),
            has_profiles: has_profiles && shows_profiles(context),
        };
        if !annotations.has_arrows {
            return annotations;
        }
        let Some(sensitivity) = context.insight.sensitivity(context.session) else {
            return annotations;
        };
        annotations
            .adjustables
            .extend(in_view.filter(|&target| sensitivity.gradient_flow(target) != GradientFlow::Independent));
        if sensitivity.quantity() == DerivedQuantity::Loss {
            // A gradient is read by comparison: the steepest knob has a long arrow in whatever unit the loss
            // is.
            const STEEPEST: f64 = 4.0;
            let slopes = sensitivity.knob_derivatives().iter().copied();
            let steepest = slopes
                .filter(|slope| slope.is_finite())
                .fold(0.0, |max, slope: f64| slope.abs().max(max));
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
        let colormap = match measured {
            Some(measured) => {
                ProfileColormap::for_loss(context.theme, self.color, extent, measured.current_loss)
            }
            None => ProfileColormap::new(context.theme, self.color, extent),
        };
        self.color_scale = Some(ProfileScale { colormap, measured });
        for index in 0..self.adjustables.len() {
            let values = profiles.profile(index);
            self.profiles
                .push(std::array::from_fn(|sample| colormap.color(values[sample])));
            self.lowest_loss
                .push(measured.and_then(|_| profiles.lowest_fraction(index)));
        }
    }

    /// Computes the annotations without profiles, for layouts whose knobs have no tracks.
    pub(crate) fn arrows_only(context: &PaneContext<'_>, in_view: impl Iterator<Item = Adjustable>) -> Self {
        Self::build(context, in_view, false)
    }

    /// Returns the color scale of the profiles; `None` if there are no profiles.
    pub(crate) fn color_scale(&self) -> Option<ProfileScale> {
        self.color_scale
    }

    /// Returns the color of the sensitivity target.
    pub(crate) fn color(&self) -> Color32 {
        self.color
    }

    /// True if every knob that affects the sensitivity target has an arrow.
    pub(crate) fn has_arrows(&self) -> bool {
        self.has_arrows
    }

    /// True if tracks are painted with profiles.
    pub(crate) fn has_profiles(&self) -> bool {
        self.has_profiles
    }

    /// Returns the colors along a knob's range; `None` if the sensitivity target doesn't depend on the knob.
    pub(crate) fn profile(&self, target: Adjustable) -> Option<&[Color32]> {
        let index = self.adjustables.binary_search(&target).ok()?;
        self.profiles.get(index).map(|colors| colors.as_slice())
    }

    /// Returns the switch point of the selected neuron, the position of the lowest loss and the sensitivity
    /// arrow of a knob.
    pub(crate) fn indicators(&self, context: &PaneContext<'_>, target: Adjustable) -> KnobIndicators {
        if !self.has_arrows {
            return KnobIndicators::default();
        }
        let range = context.session.document().range(target);
        let threshold = context.insight.formula().activation.info().threshold;
        let switch_value = switch_value(context.insight, target).filter(|_| threshold.exists());
        let switch_point = switch_value.map(|value| {
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
            match sensitivity.gradient_flow(target) {
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

/// Returns the color of profiles and arrows: that of the neuron they show, or the accent color for the loss.
pub(super) fn target_color(context: &PaneContext<'_>) -> Color32 {
    let view = context.session.view();
    match view.sensitivity_neuron(context.session.architecture()) {
        Some((at, _)) => context.neuron_color(at),
        None => context.theme.accent,
    }
}

/// Returns the value of a knob at which the weighted sum of the selected neuron is 0.
fn switch_value(insight: &Insight, target: Adjustable) -> Option<f64> {
    match target {
        Adjustable::Knob(knob) => insight
            .switch_points()
            .for_knob(knob)
            .and_then(SwitchPoint::value),
        Adjustable::Input(_) | Adjustable::Hyperparameter(_) => None,
    }
}

/// Returns a description, without a period, of the effect of a small turn and of the switch point: “raise b₂
/// by 0.1 and output 2 rises by 0.10; neuron 2 would turn off at 1.790”.
pub(crate) fn sensitivity_text(
    session: &Session,
    insight: &Insight,
    target: Adjustable,
    messages: Messages,
) -> String {
    let mut clauses = vec![insight.describe_sensitivity(session, target, messages)];
    let decimals = session.view().decimals;
    let lowest = insight.best_value(session, target);
    clauses
        .extend(lowest.map(|value| messages.sensitivity_lowest_loss(format_fixed(value, decimals.min(2)))));
    if let Some(value) = switch_value(insight, target) {
        let neuron = session
            .architecture()
            .describe_neuron(session.view().selected, messages);
        let range = session.document().range(target);
        let number = format_fixed(value, decimals);
        let number = match value < range.min || value > range.max {
            true => messages.value_outside_range(number),
            false => number,
        };
        let is_above = insight.formula().z > 0.0;
        clauses.extend(match insight.formula().activation.info().threshold {
            Threshold::Switch | Threshold::LeakySwitch if is_above => {
                Some(messages.would_turn_off(neuron, number))
            }
            Threshold::Switch | Threshold::LeakySwitch => Some(messages.would_turn_on(neuron, number)),
            Threshold::OneHalf if is_above => Some(messages.would_fall_below_half(neuron, number)),
            Threshold::OneHalf => Some(messages.would_rise_above_half(neuron, number)),
            Threshold::Sign | Threshold::SoftSwitch if is_above => {
                Some(messages.would_become_negative(neuron, number))
            }
            Threshold::Sign | Threshold::SoftSwitch => Some(messages.would_become_positive(neuron, number)),
            Threshold::None => None,
        });
    }
    clauses.join(messages.clause_separator())
}
