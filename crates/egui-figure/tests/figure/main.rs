//! Tests of the files that this crate writes and reads.
//!
//! | module | contents |
//! | --- | --- |
//! | `against_egui` | compares figures with the pixels that egui's own triangles give |
//! | `embedded_text` | embedding and extracting a text, also with damaged and malicious files |
//! | `other_scripts` | text that needs other fonts: Chinese, right to left, emoji |
//! | `pdf` | PDF files |
//! | `png` | pixels: sizes, resolution, background, gradients |
//! | `svg` | SVG files: shapes, groups, clips |
//! | `text` | text in SVG files: characters, positions, fonts |
//! | `egui_raster` | fills egui's triangles without a graphics card |
//! | `gallery` | drawings with every kind of shape and text |

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test panics")]

mod against_egui;
mod egui_raster;
mod embedded_text;
mod gallery;
mod other_scripts;
mod pdf;
mod png;
mod svg;
mod text;
