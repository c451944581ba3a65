//! neurodial: a desktop instrument that makes a small neural network something you can hold. Every weight and
//! every bias is a knob; turn one and the diagram, the curves and the formula move in the same frame.
//!
//! # The map of the house
//! A room imports only rooms above it in this list, and of those only what its line needs; `tests/rooms.rs`
//! reads the `use` lines and holds that.
//!
//! | room | holds | egui |
//! | --- | --- | --- |
//! | [`words`] | numbers and words as people write them | no |
//! | [`network`] | knob, blueprint, activation, forward pass, initialisation; the kernel that computes | no |
//! | [`data`] | data sets: made by formula, bundled, from CSV | no |
//! | [`learning`] | loss, optimiser, trainer, and what is wrong when nothing is learned | no |
//! | [`session`] | document, action, history, files, presets: what a person works on | no |
//! | [`insight`] | all that is derived from a session: curves, crossings, the formula's numbers | no |
//! | [`code`] | the network as text that other programs read | no |
//! | [`look`] | colours, type, fonts | yes |
//! | [`canvas`] | part, grip, and the stage that they are laid out on | yes |
//! | [`figure`] | egui's shapes as SVG, PNG and PDF; the state in a picture | yes |
//! | [`widgets`] | mathematical names, slider tracks, number fields; they know no session | yes |
//! | [`panes`] | one view a file: draws, lays out parts, returns actions | yes |
//! | [`app`] | the window: hands, frame order, menus, files, preferences | yes |
//! | [`cli`] | one file a headless command | no |
//!
//! # How a turn of a knob flows
//! A frame is hands before eyes. [`app::hands`] turns what happened to the parts of the last frame into
//! [`session::Action`]s; [`session::Session::apply`], the only thing that changes anything, gives the session a new
//! revision; [`insight::Insight`] is brought up to it; then every pane draws from those two and lays out its parts
//! for the next frame. One pass, and no number on the screen is older than another.
//!
//! # Known shortcomings
//! - A number typed in place and a choice from a menu cost a second pass in their frame.
//! - A curve can miss a bump that two steps in a layer after the first make within less than 1/128 of the axis.
//! - A processor without fused multiply-adds (before 2013) has the same bits, but far more slowly.
//! - AVX-512 is used from Ice Lake and Zen 4 on; before, AVX2.
//! - Exported programs add up without fused multiply-adds, so their outputs differ from the window's in the last bits,
//!   and a step whose sum is 0 but for those may fall the other way.
//! - Strips of the loss are in single precision; of much data only some samples count in them, and their legend says
//!   how many.
//! - The window speaks English only.

pub mod app;
pub mod article;
pub mod canvas;
pub mod cli;
pub mod figure_page;
pub mod panes;
pub mod theme;
pub mod widgets;
