//! Painted controls that panes share. They know nothing of the session.
//!
//! | module | contents |
//! | --- | --- |
//! | `math` | mathematical symbols with sub- and superscripts, and rows of them |
//! | `track` | the track and handle of a slider |
//! | `cached_texture` | a texture that is kept from one frame to the next |
//! | [`compact_slider`] | a small slider with name and value |
//! | `dial` | a round slider |
//! | `profile` | a quantity over the range of a track or dial, as colors |
//! | `indicators` | indicators on a track or dial: switch point, lowest loss, sensitivity arrow |
//! | `number_field` | a text field for a number |
//! | `truncated_text` | a line of text that is cut to a width |

pub(crate) mod cached_texture;
pub mod compact_slider;
pub(crate) mod dial;
pub(crate) mod indicators;
pub(crate) mod math;
pub(crate) mod number_field;
pub(crate) mod profile;
pub(crate) mod track;
pub(crate) mod truncated_text;

pub(crate) use truncated_text::truncated_text;
