//! Caches values that are computed only when they are requested, at most once for each revision. Panes
//! request them while they draw, because the visible knobs are not known earlier.

use std::cell::{Ref, RefCell};
use std::sync::Arc;

use crate::code::LiveListing;
use crate::code::live_listing::NumberChange;
use crate::network::{ForwardPass, NeuronAddress};
use crate::session::{Adjustable, RunState, Session};
use crate::text::SharedText;

use super::curve_family::CurveFamily;
use super::data_plot::{DataMap, DataPlot};
use super::data_points::DataPoints;
use super::knob_profile::KnobProfiles;
use super::loss_evaluation::LossEvaluation;
use super::loss_landscape::LossLandscape;
use super::neuron_map::NeuronMap;
use super::output_grid::{GridAxis, GridDetail};
use super::output_maps::{OutputMaps, OutputMapsRequest};
use super::sensitivity::Sensitivity;
use super::small_maps::SmallMaps;

/// The values that were requested last, with the revision that they belong to.
#[derive(Debug, Clone)]
pub(super) struct LazyCache {
    evaluation: RefCell<Cached<Option<Result<LossEvaluation, SharedText>>>>,
    sensitivity: RefCell<Cached<Sensitivity>>,
    profiles: RefCell<Cached<KnobProfiles>>,
    /// The knobs and inputs that the profiles belong to.
    profile_targets: RefCell<Vec<Adjustable>>,
    output_maps: RefCell<Cached<OutputMaps, OutputMapsRequest>>,
    curve_family: RefCell<Cached<Option<CurveFamily>>>,
    small_maps: RefCell<Cached<SmallMaps>>,
    /// The map of a neuron over the data, which has a key of its own.
    neuron_map: RefCell<NeuronMap>,
    loss_landscape: RefCell<Cached<LossLandscape, GridDetail>>,
    /// With true if numbers were replaced in place.
    code_listing: RefCell<Cached<LiveListing, bool>>,
}

/// A cached value with the revision and the request that it belongs to; both are `None` before the first
/// computation.
#[derive(Debug, Clone)]
struct Cached<T, Request = ()> {
    revision: Option<u64>,
    request: Option<Request>,
    value: T,
}

impl<T, Request: PartialEq> Cached<T, Request> {
    /// Creates an entry without a valid value. `value` only provides the buffers.
    fn empty(value: T) -> RefCell<Self> {
        RefCell::new(Self {
            revision: None,
            request: None,
            value,
        })
    }

    /// True if the value belongs to the revision and the request.
    fn is_for(&self, revision: u64, request: Request) -> bool {
        self.revision == Some(revision) && self.request == Some(request)
    }

    /// Records the revision and the request that the value belongs to.
    fn set_for(&mut self, revision: u64, request: Request) {
        self.revision = Some(revision);
        self.request = Some(request);
    }
}

impl Default for LazyCache {
    fn default() -> Self {
        Self {
            evaluation: Cached::empty(None),
            sensitivity: Cached::empty(Sensitivity::empty()),
            profiles: Cached::empty(KnobProfiles::default()),
            profile_targets: RefCell::default(),
            output_maps: Cached::empty(OutputMaps::empty()),
            curve_family: Cached::empty(None),
            small_maps: Cached::empty(SmallMaps::default()),
            neuron_map: RefCell::default(),
            loss_landscape: Cached::empty(LossLandscape::default()),
            code_listing: Cached::empty(LiveListing::default()),
        }
    }
}

impl LazyCache {
    /// Returns the training set with its forward pass and loss: `None` without data, an error message if the
    /// data does not fit the network.
    pub(super) fn evaluation(
        &self,
        revision: u64,
        session: &Session,
    ) -> Ref<'_, Option<Result<LossEvaluation, SharedText>>> {
        if self.evaluation.borrow().revision != Some(revision) {
            let mut cached = self.evaluation.borrow_mut();
            let (document, setup) = (session.document(), session.setup());
            cached.value = match (cached.value.take(), setup) {
                (_, None) => None,
                (Some(Ok(mut evaluation)), Some(setup)) if evaluation.is_compatible_with(document, setup) => {
                    evaluation.update(&document.network);
                    Some(Ok(evaluation))
                }
                (_, Some(setup)) => Some(LossEvaluation::new(document, &Arc::clone(setup))),
            };
            cached.revision = Some(revision);
        }
        Ref::map(self.evaluation.borrow(), |cached| &cached.value)
    }

    /// Returns the derivatives of the sensitivity target, or `None` if that is the loss and there is no data
    /// or the data does not fit the network.
    pub(super) fn sensitivity(
        &self,
        revision: u64,
        session: &Session,
        forward_pass: &ForwardPass,
    ) -> Option<Ref<'_, Sensitivity>> {
        let neuron = session.view().sensitivity_neuron(session.architecture());
        if self.sensitivity.borrow().revision != Some(revision) {
            let document = session.document();
            let mut cached = self.sensitivity.borrow_mut();
            match neuron {
                Some((at, quantity)) => cached.value.update(document, forward_pass, at, quantity),
                None => match &*self.evaluation(revision, session) {
                    Some(Ok(evaluation)) => cached.value.update_loss(&document.network, evaluation),
                    None | Some(Err(_)) => return None,
                },
            }
            cached.revision = Some(revision);
        }
        Some(Ref::map(self.sensitivity.borrow(), |cached| &cached.value))
    }

    /// Returns the fraction of the range at which the loss is lowest, for one of the profiles that were
    /// requested last. Returns `None` if the profiles are out of date or not of the loss.
    pub(super) fn lowest_fraction(&self, revision: u64, target: Adjustable) -> Option<f64> {
        let cached = self.profiles.borrow();
        let index = self
            .profile_targets
            .borrow()
            .iter()
            .position(|&other| other == target)?;
        let is_current = cached.revision == Some(revision) && cached.value.loss_info().is_some();
        if is_current {
            cached.value.lowest_fraction(index)
        } else {
            None
        }
    }

    /// Returns the profiles of `targets`, or `None` if the sensitivity target is the loss and there is no
    /// data or the data does not fit the network.
    pub(super) fn profiles(
        &self,
        revision: u64,
        session: &Session,
        forward_pass: &ForwardPass,
        targets: &[Adjustable],
    ) -> Option<Ref<'_, KnobProfiles>> {
        let is_current =
            self.profiles.borrow().revision == Some(revision) && *self.profile_targets.borrow() == targets;
        if !is_current {
            let document = session.document();
            let mut cached = self.profiles.borrow_mut();
            match session.view().sensitivity_neuron(session.architecture()) {
                Some((at, quantity)) => cached.value.update(document, forward_pass, at, quantity, targets),
                None => match &*self.evaluation(revision, session) {
                    Some(Ok(evaluation)) => {
                        let is_training = session.run().state == RunState::Running;
                        cached.value.set_coarse(is_training);
                        cached.value.update_loss(document, evaluation, targets);
                    }
                    None | Some(Err(_)) => return None,
                },
            }
            cached.revision = Some(revision);
            let mut cached = self.profile_targets.borrow_mut();
            cached.clear();
            cached.extend_from_slice(targets);
        }
        Some(Ref::map(self.profiles.borrow(), |cached| &cached.value))
    }

    pub(super) fn output_maps<'a>(
        &self,
        revision: u64,
        session: &Session,
        forward_pass: &ForwardPass,
        data_points: impl FnOnce() -> Option<&'a DataPoints>,
        request: OutputMapsRequest,
    ) -> Ref<'_, OutputMaps> {
        if !self.output_maps.borrow().is_for(revision, request) {
            let mut cached = self.output_maps.borrow_mut();
            cached.value.update(session, forward_pass, data_points, request);
            cached.set_for(revision, request);
        }
        Ref::map(self.output_maps.borrow(), |cached| &cached.value)
    }

    /// Returns the curve family over the knob or input that was used last, if there is one.
    pub(super) fn curve_family(&self, revision: u64, session: &Session) -> Option<Ref<'_, CurveFamily>> {
        if !self.curve_family.borrow().is_for(revision, ()) {
            let mut cached = self.curve_family.borrow_mut();
            cached.value = CurveFamily::of_last_used(session);
            cached.set_for(revision, ());
        }
        Ref::filter_map(self.curve_family.borrow(), |cached| cached.value.as_ref()).ok()
    }

    /// Returns the small maps of all neurons.
    pub(super) fn small_maps<'a>(
        &self,
        revision: u64,
        session: &Session,
        forward_pass: &ForwardPass,
        data_plot: impl FnOnce() -> Option<&'a DataPlot>,
    ) -> Ref<'_, SmallMaps> {
        if !self.small_maps.borrow().is_for(revision, ()) {
            let mut cached = self.small_maps.borrow_mut();
            cached.value.update(session, forward_pass, data_plot());
            cached.set_for(revision, ());
        }
        Ref::map(self.small_maps.borrow(), |cached| &cached.value)
    }

    /// Returns the map of a neuron over the two inputs of a data plot, with the axes and as fine as that.
    pub(super) fn neuron_map(
        &self,
        session: &Session,
        forward_pass: &ForwardPass,
        at: NeuronAddress,
        data_map: &DataMap,
    ) -> Ref<'_, NeuronMap> {
        let axes = [(0, data_map.x), (1, data_map.y)].map(|(input, range)| GridAxis {
            target: Adjustable::Input(input),
            range,
        });
        let grid_size = data_map.grid_size;
        self.neuron_map
            .borrow_mut()
            .update(session.document(), forward_pass, axes, (at, None), grid_size);
        self.neuron_map.borrow()
    }

    /// Returns the loss landscape, or `None` if there is no data or the data does not fit the network.
    pub(super) fn loss_landscape(
        &self,
        revision: u64,
        session: &Session,
        detail: GridDetail,
    ) -> Option<Ref<'_, LossLandscape>> {
        if !self.loss_landscape.borrow().is_for(revision, detail) {
            let evaluation = self.evaluation(revision, session);
            let evaluation = evaluation.as_ref()?.as_ref().ok()?;
            let mut cached = self.loss_landscape.borrow_mut();
            let knobs = session.view().landscape_knobs;
            cached.value.update(session.document(), evaluation, knobs, detail);
            cached.set_for(revision, detail);
        }
        Some(Ref::map(self.loss_landscape.borrow(), |cached| &cached.value))
    }

    /// Returns the code, and the numbers in it that have changed since it was requested last.
    pub(super) fn code_listing(
        &self,
        revision: u64,
        session: &Session,
        keeps_lines: bool,
    ) -> (Ref<'_, LiveListing>, Vec<NumberChange>) {
        let mut changes = Vec::new();
        if !self.code_listing.borrow().is_for(revision, keeps_lines) {
            let mut cached = self.code_listing.borrow_mut();
            let language = session.view().code_language;
            changes = cached.value.update(language, session.document(), keeps_lines);
            cached.set_for(revision, keeps_lines);
        }
        (
            Ref::map(self.code_listing.borrow(), |cached| &cached.value),
            changes,
        )
    }
}
