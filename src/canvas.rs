//! What panes draw on: parts, how they can be taken, and the list that hands work with.
//!
//! | file | noun |
//! | --- | --- |
//! | [`part`] | [`Part`]: what a drawn thing stands for |
//! | [`place`] | [`Place`]: where it is, and how near the pointer is to it |
//! | [`grip`] | [`Grip`]: how it can be taken, and how distance becomes value |
//! | [`stage`] | [`Stage`]: all parts of the last frame, and what is lit, focused and being typed |
//! | [`surface`] | [`Canvas`]: one pane's drawing area |
//! | [`mark`] | [`Mark`]: what brackets a part's shapes in a figure |
//!
//! Panes only place parts. All gestures are worked out in one place, `app::hands`, from the list of the last
//! frame, before anything is drawn: so no drawn number is ever stale.

pub mod grip;
pub mod part;
pub mod place;
pub mod stage;
pub mod surface;

pub use grip::{Handle, DragMapping};
pub use part::{Element, HighlightGroup};
pub use place::HitShape;
pub use stage::{NumberEdit, FocusLinks, HoveredHandle, ElementMenu, PlacedElement, Elements};
pub use surface::{Canvas, ElementInfo, Placement};
