//! Painted controls that panes share. They know nothing of the session.
//!
//! | module | contents |
//! | --- | --- |
//! | `math` | mathematical symbols with sub- and superscripts, and rows of them |
//! | `cached_texture` | a texture that is kept from one frame to the next |
//! | [`compact_slider`] | a small slider with name and value |
//! | `slider` | a straight and a round slider for a knob, with indicators |
//! | `menu` | menus that scroll if the window is too small for them |
//! | [`pixel_image`] | a grid of numbers as a picture with a square for each |
//! | `profile` | a quantity over the range of a track or dial, as colors |
//! | `number_field` | a text field for a number |
//! | `truncated_text` | a line of text that is cut to a width |
//! | `wrapped_text` | text on several lines, broken by the rules of Chinese and English |

pub(crate) mod cached_texture;
pub mod compact_slider;
pub(crate) mod math;
pub(crate) mod menu;
pub(crate) mod number_field;
pub mod pixel_image;
pub(crate) mod profile;
pub(crate) mod slider;
pub(crate) mod truncated_text;
pub(crate) mod wrapped_text;

pub(crate) use truncated_text::truncated_text;
pub(crate) use wrapped_text::{wrapped_label_ui, wrapped_text};
