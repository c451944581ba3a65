//! The drawing area of panes: the elements drawn on it, how they can be dragged, and the list of elements
//! that input handling uses.
//!
//! | module | contents |
//! | --- | --- |
//! | `element` | [`Element`]: the meaning of a drawn thing |
//! | `hit_shape` | [`HitShape`]: the area of an element, and its distance from the pointer |
//! | `handle` | [`Handle`]: what a drag of an element changes, and how pointer movement becomes values |
//! | `elements` | [`Elements`]: all elements of the last frame, which are highlighted, focused or edited |
//! | `drawing_area` | `Canvas`: the drawing area of one pane |
//!
//! Panes only place elements. One module of `app` turns all gestures into actions, from the elements of the
//! last frame and before anything is drawn, so no drawn number is out of date.

pub(crate) mod drawing_area;
pub(crate) mod element;
pub(crate) mod elements;
pub(crate) mod handle;
pub(crate) mod hit_shape;

pub(crate) use drawing_area::{Canvas, ElementInfo, Placement};
pub use element::Element;
pub(crate) use element::HighlightGroup;
pub(crate) use elements::{ElementMenu, FocusLinks, HoveredHandle, NumberEdit};
pub use elements::{Elements, PlacedElement};
pub(crate) use handle::FINE_FACTOR;
pub use handle::{DragMapping, DragTarget, Handle};
pub use hit_shape::HitShape;
pub(crate) use hit_shape::TOUCH_SIZE;
