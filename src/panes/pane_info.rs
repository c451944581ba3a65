//! The properties that every pane declares in its own file. Menus, tabs, the default layout, the command line
//! and figures are built from them.

use egui::{Key, Painter, Ui, Vec2};

use crate::canvas::Elements;
use neurodial_core::insight::Insight;
use neurodial_core::session::{Action, Session, WindowLayout};
use neurodial_core::text::{Localized, Messages};

use super::context::{PaneContext, PaneRequest};

/// A part of the window. Panes of the same region are tabs of one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LayoutRegion {
    /// The column on the left.
    Left,
    /// The upper half of the center.
    CenterTop,
    /// The lower half of the center.
    CenterBottom,
    /// The upper right; in a small window, the first tabs of the only group on the right.
    RightTop,
    /// The lower right.
    RightBottom,
}

/// The place of a pane in a layout of the window.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PanePlace {
    pub(crate) layout: WindowLayout,
    pub(crate) region: LayoutRegion,
    /// True if the pane is in front of the other tabs of its region, instead of the first.
    pub(crate) is_in_front: bool,
}

impl PanePlace {
    /// Creates the place of a pane that is not in front of the tabs before it.
    pub(crate) const fn new(layout: WindowLayout, region: LayoutRegion) -> Self {
        Self {
            layout,
            region,
            is_in_front: false,
        }
    }

    /// Puts the pane in front of the other tabs of its region.
    #[must_use]
    pub(crate) const fn in_front(mut self) -> Self {
        self.is_in_front = true;
        self
    }
}

/// The plot of a pane, which determines the part of a figure's specification that the pane shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PlotKind {
    /// The curves of the sweep. They are computed only while a pane with them is visible.
    Curves,
    /// A curve family.
    CurveFamily,
    /// The losses of a training run.
    Losses,
    /// A neuron's output over two axes.
    OutputMap,
    /// The loss over one knob or two.
    LossLandscape,
}

/// The appearance of the snapshot in a pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SnapshotSample {
    /// A dashed curve.
    Line,
    /// A pale band under a connection, as wide as the connection was.
    Band,
    /// A ring on a track.
    Ring,
    /// A corner mark in a cell.
    Corner,
}

/// A text that a figure of a pane can be saved as instead of a picture.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TextExport {
    /// The extension of the file.
    pub(crate) extension: &'static str,
    /// The content of the file in words.
    pub(crate) content: &'static str,
    /// Returns the text.
    pub(crate) to_text: fn(&PaneContext<'_>, TextPage) -> String,
}

/// The page of a text that is a picture in another language.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct TextPage {
    /// The width in points of the layout.
    pub(crate) width: f32,
    /// The height in points of the layout, if one was chosen.
    pub(crate) height: Option<f32>,
    /// The number of points of the page per point of the layout.
    pub(crate) zoom: f32,
}

/// The error for a list of knobs with more rows than a figure can hold.
#[derive(Debug)]
pub struct TooManyRowsError(pub(crate) usize);

impl Localized for TooManyRowsError {
    fn message(&self, messages: Messages) -> String {
        messages.too_many_rows(self.0)
    }
}

neurodial_core::localized_errors!(TooManyRowsError);

/// The minimum and the preferred length of a pane's side in a figure, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct SizeHint {
    /// The minimum length at which the pane can be read.
    pub(crate) min: f32,
    /// The length if the pane may choose, and the minimum width beside other panes.
    pub(crate) preferred: f32,
}

impl SizeHint {
    /// The minimum height of a plot that can be read, in points.
    pub(crate) const MIN_PLOT_HEIGHT: f32 = 120.0;

    /// Creates a hint for a side that needs at least `min` points and looks best from `preferred` points on.
    pub(crate) const fn new(min: f32, preferred: f32) -> Self {
        Self {
            min,
            preferred: preferred.max(min),
        }
    }

    /// Creates a hint for a side that needs exactly `length` points.
    pub(crate) const fn fixed(length: f32) -> Self {
        Self::new(length, length)
    }

    /// Creates a hint for the height of a plot: at least [`Self::MIN_PLOT_HEIGHT`], preferably `fraction`
    /// times its width, between 150 and 420.
    pub(crate) const fn plot_height(fraction: f32, width: f32) -> Self {
        Self::new(Self::MIN_PLOT_HEIGHT, (fraction * width).clamp(150.0, 420.0))
    }
}

/// A function that returns a text in a language.
pub(crate) type TextFunction = fn(Messages) -> &'static str;

/// The properties of a pane.
pub(crate) struct PaneInfo {
    /// The names on the command line, the default one first.
    pub(crate) names: &'static [&'static str],
    /// Returns the title in menus and on the tab.
    pub(crate) title: TextFunction,
    /// The region in the layout Explore; `None` if the pane exists only in figures.
    pub(crate) region: Option<LayoutRegion>,
    /// True if the pane is in front of the other tabs of that region in a large window, instead of the first.
    pub(crate) is_in_front: bool,
    /// True if the layout Explore doesn't have the pane until the user asks for it.
    pub(crate) is_closed_at_first: bool,
    /// The places in the other layouts that have the pane.
    pub(crate) other_places: &'static [PanePlace],
    /// The key that maximizes the pane, together with Ctrl.
    pub(crate) shortcut: Option<Key>,
    /// Draws the pane.
    pub(crate) draw_ui: fn(&mut Ui, &mut PaneContext<'_>, &mut Elements),
    /// Returns the heading; by default the heading is the title.
    pub(crate) heading: Option<fn(&PaneContext<'_>) -> String>,
    /// True if presentation mode leaves the heading out, because the content says the same.
    pub(crate) is_presented_without_heading: bool,
    /// Draws the controls beside the heading, from right to left.
    pub(crate) heading_controls_ui: fn(&mut Ui, &mut PaneContext<'_>),
    /// The width of these controls, in points.
    pub(crate) heading_controls_width: f32,
    /// A button beside the heading: the function that returns its text, and its request.
    pub(crate) heading_button: Option<(TextFunction, PaneRequest)>,
    /// True if the pane shows nothing without a dataset.
    pub(crate) needs_data: bool,
    /// The plot, if the pane has one of these.
    pub(crate) plot: Option<PlotKind>,
    /// True if the pane has a slider and a number for every knob, and scrolls to the one that has the focus.
    pub(crate) lists_knobs: bool,
    /// True if the pane shows the snapshot and the current state side by side.
    pub(crate) compares_snapshot: bool,
    /// True if a figure shows this pane unless others are chosen.
    pub(crate) is_default_figure: bool,
    /// The options of the command line for this pane.
    pub(crate) figure_options: &'static [&'static str],
    /// The text that a figure of the pane can be saved as.
    pub(crate) text_export: Option<TextExport>,
    /// Returns the function that says what to do first, if a figure of the pane would be empty.
    pub(crate) figure_remedy: fn(&Session, &Insight) -> Option<TextFunction>,
    /// Returns the action that a session needs before a figure is drawn from it.
    pub(crate) prepare_figure: fn(&Session) -> Option<Action>,
    /// The share of a row's width in a figure, relative to the other panes of the row.
    pub(crate) width_share: f32,
    /// Returns the width in a figure, in points; by default that of a plot.
    pub(crate) print_width: fn(&Painter, &PaneContext<'_>) -> SizeHint,
    /// Returns the height in a figure for a given width, both in points; by default that of a plot.
    pub(crate) print_height: fn(&Painter, &PaneContext<'_>, f32) -> Result<SizeHint, TooManyRowsError>,
    /// The appearance of the snapshot, if the pane shows it behind the current state.
    pub(crate) snapshot_sample: Option<SnapshotSample>,
    /// True if numbers in a pane of this size, in points, show the differences from the snapshot.
    pub(crate) has_differences: fn(&Painter, &PaneContext<'_>, Vec2) -> bool,
}

/// Returns the remedy for a pane that needs a dataset if there is none.
pub(crate) fn data_remedy(session: &Session) -> Option<TextFunction> {
    session
        .setup()
        .is_none()
        .then_some(Messages::figure_remedy_data as TextFunction)
}

impl PaneInfo {
    /// Returns the place of the pane in a layout; `None` if the layout lacks it.
    pub(crate) fn place(&self, layout: WindowLayout) -> Option<PanePlace> {
        match layout {
            WindowLayout::Explore if self.is_closed_at_first => None,
            WindowLayout::Explore => Some(PanePlace {
                layout,
                region: self.region?,
                is_in_front: self.is_in_front,
            }),
            // A figure can show every pane.
            WindowLayout::Figure => Some(PanePlace {
                layout,
                region: self.region.map(|_| LayoutRegion::Left)?,
                is_in_front: self.is_default_figure,
            }),
            WindowLayout::Train | WindowLayout::Present => self
                .other_places
                .iter()
                .copied()
                .find(|place| place.layout == layout),
        }
    }

    /// Creates the properties of a plot that exists only in figures; a pane changes what is different.
    pub(crate) const fn new(
        names: &'static [&'static str],
        title: TextFunction,
        draw_ui: fn(&mut Ui, &mut PaneContext<'_>, &mut Elements),
    ) -> Self {
        Self {
            names,
            title,
            region: None,
            is_in_front: false,
            is_closed_at_first: false,
            other_places: &[],
            shortcut: None,
            draw_ui,
            heading: None,
            is_presented_without_heading: false,
            heading_controls_ui: |_, _| {},
            heading_controls_width: 0.0,
            heading_button: None,
            needs_data: false,
            plot: None,
            lists_knobs: false,
            compares_snapshot: false,
            is_default_figure: false,
            figure_options: &[],
            text_export: None,
            figure_remedy: |_, _| None,
            prepare_figure: |_| None,
            width_share: 1.0,
            print_width: |_, _| SizeHint::new(125.0, 200.0),
            print_height: |_, _, width| Ok(SizeHint::plot_height(0.64, width)),
            snapshot_sample: None,
            has_differences: |_, _, _| false,
        }
    }
}
