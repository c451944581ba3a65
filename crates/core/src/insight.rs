//! Everything that is derived from a session: computed once for each revision and shared by all panes.
//!
//! | module | contents |
//! | --- | --- |
//! | `target_curve` | `TargetCurve`: the training samples of a network with one input |
//! | `sweep` | [`Sweep`]: the curves of neurons over one swept knob or input |
//! | `curve` | [`Curve`]: one neuron's curve, and the vertical axis that is fitted to curves |
//! | [`curve_drag`] | [`CurveDrag`]: the knob that changes when a curve is dragged, and its new value |
//! | `crossing` | `Crossings`: the zeros of the selected neuron's `z` along the swept axis |
//! | `formula` | [`Formula`]: the selected neuron's weighted sum, term by term |
//! | `overlay_curves` | `OverlayCurves`: the curves of an earlier state |
//! | `shown_decimals` | `ShownDecimals`: the number of decimals without trailing zeros |
//! | `snapshot_overlay` | `SnapshotOverlay`: the values and curves of the shown snapshot |
//! | [`experiment_table`] | [`ExperimentTable`]: snapshots and recorded rows as a table |
//! | `switch_point` | [`SwitchPoints`]: the value of each knob at which the neuron's `z` is 0 |
//! | [`sensitivity`] | [`Sensitivity`]: derivatives with respect to all knobs and inputs, and sentences about them |
//! | [`knob_profile`] | [`KnobProfiles`]: a neuron's value, or the loss, over the range of each knob |
//! | `loss_evaluation` | [`LossEvaluation`]: the encoded samples that the current loss is computed on |
//! | [`output_grid`] | [`OutputGrid`]: the values of neurons over a grid of two knobs or inputs |
//! | [`neuron_map`] | [`NeuronMap`]: one neuron's outputs on a grid, with contours and a color scale |
//! | [`output_maps`] | [`OutputMaps`]: the maps of the selected neuron or of all outputs |
//! | [`small_maps`] | [`SmallMaps`]: a small map for each neuron |
//! | `contour` | [`Contour`]: the lines on which a grid has one value |
//! | `loss_landscape` | [`LossLandscape`]: the loss over the ranges of one knob or of two |
//! | `network_metrics` | [`NetworkMetrics`]: loss, accuracy and diagnoses of the current network |
//! | [`data_plot`] | [`DataPlot`]: the dataset and the network's predictions for it |
//! | `data_points` | `DataPoints`: the samples as points over any two inputs |
//! | [`data_thumbnail`] | [`DataThumbnail`]: the small picture by which people recognize a dataset |
//! | [`predictions`] | [`Predictions`]: the confusion matrices of the training set and the test set |
//! | `prefix_cache` | the inputs of the first changed layer, cached for each value of a swept number |
//! | `baseline` | the network and inputs of the last computation, compared with the current ones |
//! | `lazy_cache` | values that are computed only when they are requested, such as profiles, sensitivities and maps |
//! | `computation_id` | [`ComputationId`]: identifies one computation of a model |
//! | [`partial_forward`] | [`PartialForward`](partial_forward::PartialForward): forward passes in which one or two numbers vary |
//! | `loss_sweep` | the loss of many samples while one knob varies, in f32 |
//! | `frame_budget` | the work that a frame may take, and its parts |
//! | `curve_request` | what a sampler of curves is asked for, and the sign changes that are known exactly |
//! | `curve_sampler` | the positions at which curves are sampled: more where a curve bends or jumps |
//! | `cache` | [`Insight`]: everything that is derived from a session, with its cached values |
//! | `curve_table` | [`CurveTable`]: the curves as a table |
//! | [`stepping`] | the steps of a forward and a backward pass, with their numbers |
//! | `curve_family` | [`CurveFamily`]: one curve for each of several values of another knob or input |
//! | [`description`] | the network, its inputs, its outputs and the selected neuron described in sentences |

mod baseline;
pub(crate) mod cache;
mod computation_id;
pub(crate) mod contour;
pub(crate) mod crossing;
pub(crate) mod curve;
pub mod curve_drag;
pub(crate) mod curve_family;
mod curve_request;
mod curve_sampler;
pub(crate) mod curve_table;
pub mod data_plot;
pub(crate) mod data_points;
pub mod data_thumbnail;
pub mod description;
pub mod experiment_table;
pub(crate) mod formula;
mod frame_budget;
pub mod knob_profile;
mod lazy_cache;
pub(crate) mod loss_evaluation;
pub(crate) mod loss_landscape;
mod loss_sweep;
pub(crate) mod network_metrics;
pub mod neuron_map;
pub mod output_grid;
pub mod output_maps;
pub(crate) mod overlay_curves;
pub mod partial_forward;
pub mod predictions;
mod prefix_cache;
pub mod sensitivity;
pub(crate) mod shown_decimals;
pub mod small_maps;
pub(crate) mod snapshot_overlay;
pub mod stepping;
pub(crate) mod sweep;
pub(crate) mod switch_point;
pub(crate) mod target_curve;

pub use cache::{Insight, SnapshotSession};
pub use computation_id::ComputationId;
pub use contour::Contour;
pub use crossing::Crossing;
pub use curve::{Curve, fit_y_axis, fit_y_axis_tightly};
pub use curve_drag::CurveDrag;
pub use curve_family::CurveFamily;
pub use curve_table::CurveTable;
pub use data_plot::DataPlot;
pub use data_thumbnail::DataThumbnail;
pub use experiment_table::ExperimentTable;
pub use formula::{Formula, FormulaTerm};
pub use knob_profile::KnobProfiles;
pub use loss_evaluation::LossEvaluation;
pub use loss_landscape::LossLandscape;
pub use network_metrics::NetworkMetrics;
pub use neuron_map::NeuronMap;
pub use output_grid::OutputGrid;
pub use output_maps::OutputMaps;
pub use predictions::Predictions;
pub use sensitivity::Sensitivity;
pub use shown_decimals::ShownDecimals;
pub use small_maps::SmallMaps;
pub use sweep::Sweep;
pub use switch_point::{SwitchPoint, SwitchPoints};
