//! The page of a figure with its panels.

use egui::{Align2, Rect, Ui, UiBuilder, Vec2, pos2, vec2};

use crate::canvas::Elements;
use crate::panes::{EdgeLabels, PaneContext, PrintOptions, SizeHint, diagram};
use crate::theme::{ColorTheme, style, type_scale};
use egui_figure::HeadlessContext;
use neurodial_core::insight::{CurveFamily, Insight, description};
use neurodial_core::network::Knob;
use neurodial_core::session::{Document, KnobLayout, Session, format};
use neurodial_core::text::Messages;

use super::panel_layout::{LETTER_HEIGHT, MARGIN, PanelLayout, PanelLayoutError, PanelRequest};
use super::{FigurePageError, FigurePanel, FigureSpec, RenderedFigure, legend};

/// The maximum number of weights that are written on their connections; more would be unreadable.
const MAX_EDGE_LABELS: usize = 30;
/// The maximum length of a figure's side, in points.
const MAX_SIDE: f32 = 20_000.0;

/// The figure: its specification, the session that it shows, and the values derived from it.
pub(super) struct FigurePage<'a> {
    spec: &'a FigureSpec,
    session: &'a Session,
    insight: Insight,
    family: Option<CurveFamily>,
}

/// The reason why panels can't be laid out on a page.
enum LayoutFailure {
    Page(FigurePageError),
    Layout(PanelLayoutError),
}

impl From<PanelLayoutError> for LayoutFailure {
    fn from(error: PanelLayoutError) -> Self {
        Self::Layout(error)
    }
}

impl<'a> FigurePage<'a> {
    /// Creates the page of a specification. `session` is the one that [`FigureSpec::open_session`] returns,
    /// or one that the specification was applied to.
    ///
    /// # Errors
    /// Returns an error if the network lacks the knob or input that a curve family varies, or if the family
    /// has too many values.
    pub(crate) fn new(spec: &'a FigureSpec, session: &'a Session) -> Result<Self, FigurePageError> {
        Ok(Self {
            spec,
            session,
            insight: Insight::new(session),
            family: family(spec, session)?,
        })
    }

    /// Draws the page. `document` is the one that is embedded in the file.
    ///
    /// # Errors
    /// Returns an error if the size or a character can't be drawn.
    pub(crate) fn draw(
        &self,
        headless: &mut HeadlessContext,
        document: &Document,
    ) -> Result<RenderedFigure, FigurePageError> {
        let theme = ColorTheme::from_mode(self.spec.mode);
        style::apply(headless.context(), theme);
        let messages = Messages::new(self.spec.locale);
        let mut outbox = Vec::new();
        let mut context = PaneContext {
            session: self.session,
            insight: &self.insight,
            theme,
            messages,
            options: Some(self.print_options()),
            actions: &mut outbox,
            requests: &mut Vec::new(),
        };
        let arrangement = self.panel_layout(headless, &mut context)?;
        let size = arrangement.size;
        let drawing = headless.draw(size, |ui| self.panels_ui(ui, &mut context, &arrangement))?;
        let FigureSpec { width, height, .. } = *self.spec;
        Ok(RenderedFigure {
            drawing,
            page: [width, height.unwrap_or(width.scaled(size.y / size.x))],
            // The background is that of a pane in the window, on which all colors can be read.
            background: (!self.spec.is_transparent).then_some(theme.card),
            title: self.title(),
            description: description::describe(self.session, &self.insight, messages),
            // Embed the document as it was opened, without changes that a panel needed.
            document: self.spec.embeds_document.then(|| format::write(document)),
        })
    }

    /// Draws the panels with their letters, and below them the legend of the snapshot overlay.
    fn panels_ui(&self, ui: &mut Ui, context: &mut PaneContext<'_>, arrangement: &PanelLayout) {
        let theme = context.theme;
        let mut elements = Elements::for_figure();
        let panels = self.spec.panels.iter().copied();
        let shown: Vec<(FigurePanel, Rect)> = panels.zip(arrangement.panel_rects.iter().copied()).collect();
        for (index, (panel, rect)) in shown.iter().enumerate() {
            if arrangement.has_letters {
                let letter = format!("({})", char::from(b'a' + (index % 26) as u8));
                let at = rect.left_top() - vec2(0.0, LETTER_HEIGHT);
                ui.painter()
                    .text(at, Align2::LEFT_TOP, letter, type_scale::strong(), theme.text);
            }
            let mut child = ui.new_child(UiBuilder::new().max_rect(*rect).id_salt(("figure", index)));
            child.set_clip_rect(rect.expand(MARGIN));
            panel.panel_ui(&mut child, context, &mut elements, self.family.as_ref());
        }
        let size = arrangement.size;
        let line = Rect::from_min_max(
            pos2(MARGIN, size.y - MARGIN - legend::height(context)),
            (size - Vec2::splat(MARGIN)).to_pos2(),
        );
        legend::legend_ui(ui.painter(), context, &shown, line);
    }

    fn print_options(&self) -> PrintOptions {
        let spec = self.spec;
        let architecture = self.session.architecture();
        let edges = architecture.knob_count();
        let edge_labels = spec.edge_labels.unwrap_or(match spec.selected {
            Some(_) => EdgeLabels::Selected,
            None if edges <= MAX_EDGE_LABELS => EdgeLabels::All,
            None => EdgeLabels::None,
        });
        PrintOptions {
            edge_labels,
            has_selection: spec.selected.is_some(),
            knob_layout: KnobLayout::List,
            min_number_size: self.min_number_size(),
        }
    }

    /// Returns the number of points of the page per point of the layout. Text gets the requested font size,
    /// and everything else is scaled alike.
    fn zoom(&self) -> f32 {
        const PRINT_FONT_SIZE: f32 = 8.0;
        let size = match (self.spec.font_size, self.spec.width.is_in_pixels()) {
            (Some(size), _) => size * 96.0 / 72.0,
            (None, false) => PRINT_FONT_SIZE * 96.0 / 72.0,
            (None, true) => return 1.0,
        };
        size / type_scale::body().size
    }

    /// Returns the minimum font size of a number in a disc, in points of the layout: 6 points of 1/72 inch on
    /// the page, but no larger than running text and no smaller than in the window.
    fn min_number_size(&self) -> f32 {
        const MIN_PRINTED_SIZE: f32 = 6.0 * 96.0 / 72.0;
        (MIN_PRINTED_SIZE / self.zoom()).clamp(diagram::paint::MIN_NUMBER_SIZE, type_scale::body().size)
    }

    /// Returns the layout of the panels.
    fn panel_layout(
        &self,
        headless: &mut HeadlessContext,
        context: &mut PaneContext<'_>,
    ) -> Result<PanelLayout, FigurePageError> {
        let zoom = self.zoom();
        let width = self.spec.width.points() / zoom;
        let height = self.spec.height.map(|height| height.points() / zoom);
        let is_side = |side: f32| (1.0..=MAX_SIDE).contains(&(side * zoom));
        let check = |side: f32, name: &str| match is_side(side) {
            true => Ok(()),
            false => Err(FigurePageError::Invalid(format!(
                "the {name} of a figure is 1 to {MAX_SIDE} points of 1/96 inch, and this one would have {:.0}",
                side * zoom
            ))),
        };
        check(width, "width")?;
        height.map_or(Ok(()), |height| check(height, "height"))?;
        let footer_height = legend::height(context);
        let mut found = None;
        // Text can be measured only while drawing.
        headless.draw(vec2(width, LETTER_HEIGHT), |ui| {
            if found.is_some() {
                return;
            }
            let painter = ui.painter();
            let panel = |panel: &FigurePanel| {
                let width_share = panel.width_share();
                panel
                    .width(painter, context)
                    .map(|width| PanelRequest { width_share, width })
            };
            let panels: Result<Vec<PanelRequest>, FigurePageError> =
                self.spec.panels.iter().map(panel).collect();
            found = Some(panels.and_then(|panels| {
                PanelLayout::new(&panels, width, height, footer_height, |index, width| {
                    let height =
                        self.spec.panels[index].height(painter, context, width, self.family.as_ref());
                    let cut = |height: SizeHint| {
                        if self.spec.allows_clipping {
                            SizeHint::new(0.0, height.preferred)
                        } else {
                            height
                        }
                    };
                    height.map(cut).map_err(LayoutFailure::Page)
                })
                .map_err(|failure| self.page_error(failure))
            }));
        })?;
        let found = found.unwrap_or_else(|| Err(FigurePageError::Invalid("nothing is drawn".to_owned())))?;
        check(found.size.y, "height")?;
        Ok(found)
    }

    /// Returns the error for the user if panels can't be laid out.
    fn page_error(&self, failure: LayoutFailure) -> FigurePageError {
        let zoom = self.zoom();
        let (length, reason, panel_names, min_length) = match failure {
            LayoutFailure::Page(error) => return error,
            LayoutFailure::Layout(PanelLayoutError::TooNarrow(index, min_page_length)) => {
                let name = self.spec.panels.get(index).map_or("pane", FigurePanel::name);
                (self.spec.width, "narrow", format!("pane {name}"), min_page_length)
            }
            LayoutFailure::Layout(PanelLayoutError::TooShort(min_page_length)) => {
                let names: Vec<&str> = self.spec.panels.iter().map(FigurePanel::name).collect();
                let panel_names = match names.len() {
                    1 => format!("pane {}", names[0]),
                    _ => format!("panes {}", names.join(", ")),
                };
                (
                    self.spec.height.unwrap_or(self.spec.width),
                    "low",
                    panel_names,
                    min_page_length,
                )
            }
        };
        let min_page_length = length.in_same_unit(min_length * zoom);
        FigurePageError::Invalid(format!(
            "{length} is too {reason} for {panel_names} at this size of type: ask for at least {min_page_length}, or for smaller type"
        ))
    }

    fn title(&self) -> String {
        let session = self.session;
        let shape: Vec<String> = std::iter::once(session.architecture().input_count())
            .chain(
                session
                    .architecture()
                    .layers()
                    .iter()
                    .map(|plan| plan.neurons.len()),
            )
            .map(|width| width.to_string())
            .collect();
        let names: Vec<&str> = self.spec.panels.iter().map(FigurePanel::name).collect();
        format!("{} of a {} network", names.join(", "), shape.join("-"))
    }
}

/// Returns the curve family of the panels that show one; `None` if there are none.
fn family(spec: &FigureSpec, session: &Session) -> Result<Option<CurveFamily>, FigurePageError> {
    const DEFAULT_CURVES: usize = 9;
    const MAX_CURVES: usize = 64;
    if !spec.has_family() {
        return Ok(None);
    }
    let at = session.view().selected;
    let varied = spec.varied.unwrap_or(Knob::bias(at.layer, at.neuron).into());
    let range = session.document().range(varied);
    let even = |index: usize| range.value_at(index as f64 / (DEFAULT_CURVES - 1) as f64);
    let values = match spec.values.as_slice() {
        [] => (0..DEFAULT_CURVES).map(even).collect(),
        values if values.len() <= MAX_CURVES => values.to_vec(),
        values => {
            let text = format!("a family has at most {MAX_CURVES} curves, not {}", values.len());
            return Err(FigurePageError::Invalid(text));
        }
    };
    Ok(Some(CurveFamily::new(session, varied, &values, spec.y_range)?))
}
