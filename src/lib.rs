//! The program neurodial: explore small neural networks by hand. Every weight and every bias is a knob; turn
//! one, and diagram, curves, formula, code and loss follow in the same frame. It has a window and a command
//! line, which compute and draw with the same code.
//!
//! # Crates and modules
//! Two crates know nothing of the window: [`neurodial_core`] computes (networks, datasets, training,
//! documents, undo, source code), and [`egui_figure`] turns egui shapes into SVG, PDF and PNG files. This
//! library contains the rest. The [glossary](../../../docs/glossary.md) (`docs/glossary.md` in the repository)
//! explains the terms.
//!
//! A module imports only modules above it in this table.
//!
//! | module | contents |
//! | --- | --- |
//! | [`theme`] | colors, text sizes and egui's style |
//! | [`canvas`] | elements that can be dragged, their handles, and the drawing area of a pane |
//! | [`widgets`] | sliders, dials, number fields and mathematical symbols, which know no session |
//! | `plot` | axes, grids, and labels that keep off each other, which know no session |
//! | [`panes`] | the views of a network, one file or folder each, and the figure page that arranges them for print |
//! | [`lessons`] | the bundled lessons |
//! | `lesson_sheet` | worksheets, and the answers of a class, for print |
//! | `document_formats` | the formats of documents that can be opened and saved |
//! | [`app`] | the window: frame order, gestures, menus, dialogs, files, preferences, the training thread |
//! | [`cli`] | the command line: one file for each command |
//!
//! # How a turn of a knob flows
//! A frame handles input before it paints:
//!
//! 1. `app::gestures` finds the element under the pointer among the elements of the last frame, and turns the
//!    drag, wheel, key or touch into an [`Action`](neurodial_core::session::Action).
//! 2. [`Session::apply`](neurodial_core::session::Session::apply), the only function that changes a document,
//!    gives the session a new revision and records an undo step.
//! 3. [`Insight`](neurodial_core::insight::Insight) is updated to that revision.
//! 4. Every pane draws from session and insight, and places its elements for the next frame.
//!
//! So no number on the screen is older than another. A figure is the same drawing without a window: the shapes
//! of the panes, written by [`egui_figure`].
//!
//! # Known shortcomings
//! - A number that is typed and a choice from a menu change the session while it is drawn; their frame is
//!   therefore drawn twice.
//! - Texts that are not in the message catalog of [`neurodial_core::text`] are in English only.
//! - The limits of the computations are listed in [`neurodial_core`].

pub mod app;
pub mod article;
pub mod canvas;
pub mod cli;
pub(crate) mod document_formats;
pub mod figure_page;
pub(crate) mod lesson_sheet;
pub mod lessons;
pub mod panes;
pub(crate) mod plot;
pub mod theme;
pub mod widgets;
