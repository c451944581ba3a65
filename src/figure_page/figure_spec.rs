//! A figure: its panels, what they show, and the page that they are drawn on.

use std::sync::Arc;

use egui::{Align2, Galley, Painter, Rect, Ui, UiBuilder, pos2, vec2};

use crate::canvas::Elements;
use crate::panes::pane_info::{PlotKind, SizeHint, TextExport, TextPage};
use crate::panes::{
    DiagramOptions, DiagramStyle, EdgeLabels, Pane, PaneContext, PaneRequest, PrintOptions, YLabel, diagram,
};
use crate::theme::{ColorTheme, ThemeMode, style, type_scale};
use egui_figure::HeadlessContext;
use neurodial_core::formats::json;
use neurodial_core::insight::{CurveFamily, Insight, description, fit_y_axis_tightly};
use neurodial_core::network::Knob;
use neurodial_core::session::{
    Action, Adjustable, CurveAxes, CurveScope, Document, Edit, Gesture, Origin, Session, TrainingRun,
    TrainingUpdate, View, ViewChange,
};
use neurodial_core::text::{Locale, Messages};

use super::legend;
use super::length::Length;
use super::panel_layout::{LETTER_HEIGHT, MARGIN, PanelLayout, PanelLayoutError, PanelRequest};
use super::rendered_figure::{FigurePageError, MAX_CURVES, MAX_SIDE, RenderedFigure};

/// The gap above the caption, in points.
const CAPTION_GAP: f32 = 8.0;
/// The maximum number of weights that are written on their connections; more would be unreadable.
const MAX_EDGE_LABELS: usize = 30;

/// The caption of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FigureCaption {
    /// The title of the figure and the description of the network's architecture.
    Description,
    /// Another text.
    Text(String),
}

impl FigureCaption {
    /// Returns the caption with a text; the description if it is empty.
    pub(crate) fn from_text(text: &str) -> Self {
        match text.trim() {
            "" => Self::Description,
            text => Self::Text(text.to_owned()),
        }
    }
}

/// A figure of a document: its panels, the view that they show, and the settings of the page.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureSpec {
    /// The panels, from left to right.
    pub panels: Vec<Pane>,
    /// The selection and the display settings. If they have no range for the vertical axis of the curves, it
    /// fits the curves tightly.
    pub view: View,
    /// True if the selected neuron stands out.
    pub has_selection: bool,
    /// The training run for a plot of the loss.
    pub run: Option<Arc<TrainingRun>>,
    /// The knob or input that varies in a curve family; by default the bias of the neuron.
    pub varied: Option<Adjustable>,
    /// The values of the varied knob or input; if empty, nine values evenly spaced over its range.
    pub values: Vec<f64>,
    /// The color theme.
    pub mode: ThemeMode,
    /// The language of the texts.
    pub locale: Locale,
    /// The width of the page.
    pub width: Length,
    /// The height of the page; by default the height that the panels need.
    pub height: Option<Length>,
    /// True if panels that don't fit the height are cut off instead of refused. Animations need this, as all
    /// their frames have the height of the first.
    pub allows_clipping: bool,
    /// The font size of running text in points of 1/72 inch; by default 8, or the window's font size if the
    /// width is given in pixels.
    pub font_size: Option<f32>,
    /// The weights whose values are written on their connections. By default those of the selected neuron if
    /// it stands out; otherwise all if there are few, and else none.
    pub edge_labels: Option<EdgeLabels>,
    /// The style of network diagrams.
    pub diagram: DiagramOptions,
    /// The position of the names of vertical axes.
    pub y_label: YLabel,
    /// True if there are legends that explain colors and signs.
    pub has_legend: bool,
    /// The caption below the panels.
    pub caption: Option<FigureCaption>,
    /// True if the background is transparent.
    pub is_transparent: bool,
    /// True if the document is embedded in the file.
    pub embeds_document: bool,
}

impl FigureSpec {
    /// Creates a figure of the default pane with the default settings of the page. Nothing is highlighted
    /// in it, it isn't stepped through the forward pass, and diagrams have no small maps, on which numbers have
    /// too little contrast for print.
    pub fn new(view: View) -> Self {
        Self {
            panels: vec![Pane::default_figure()],
            view: View {
                highlighted: None,
                forward_step: None,
                backward_step: None,
                has_small_maps: false,
                ..view
            },
            has_selection: false,
            run: None,
            varied: None,
            values: Vec::new(),
            mode: ThemeMode::Print,
            locale: Locale::English,
            width: Length::millimeters(170.0),
            height: None,
            allows_clipping: false,
            font_size: None,
            edge_labels: None,
            diagram: DiagramOptions::STANDARD,
            y_label: YLabel::Above,
            has_legend: true,
            caption: None,
            is_transparent: false,
            embeds_document: true,
        }
    }

    /// Creates the default figure of a document, in which curves show all outputs.
    pub fn for_document(document: &Document) -> Self {
        Self::new(View {
            curve_scope: CurveScope::Network,
            ..View::new(document.network.architecture())
        })
    }

    /// Opens a session with the view and the run of this figure.
    ///
    /// # Errors
    /// Returns an error if the run doesn't fit the network.
    pub(crate) fn open_session(
        &self,
        document: &Document,
        origin: Origin,
    ) -> Result<Session, FigurePageError> {
        let mut session = Session::open_with_view(document.clone(), origin, self.view.clone());
        if let Some(run) = &self.run {
            session.apply(Edit::ApplyTraining(TrainingUpdate {
                knobs: None,
                gesture: Gesture(0),
                run: Arc::clone(run),
            }))?;
        }
        Ok(session)
    }

    /// Opens a session that shows the document as the panels of this figure do.
    ///
    /// # Errors
    /// Returns an error if the snapshot that a panel needs doesn't fit the network.
    pub(crate) fn open_panel_session(&self, document: &Document) -> Result<Session, FigurePageError> {
        let mut session = self.open_session(document, Origin::Untitled)?;
        for pane in &self.panels {
            if let Some(action) = (pane.info().prepare_figure)(&session) {
                session.apply(action)?;
            }
        }
        let CurveAxes { x, y } = session.view().curve_axes;
        if y.is_none() {
            let y = fit_y_axis_tightly(&Insight::new(&session).sweep().curves);
            session.apply(ViewChange::SetAxes(CurveAxes { x, y: Some(y) }))?;
        }
        Ok(session)
    }

    /// True if a panel has a plot of this kind.
    fn has_plot(&self, plot: PlotKind) -> bool {
        self.panels.iter().any(|pane| pane.has_plot(plot))
    }

    /// Draws the document.
    ///
    /// # Errors
    /// Returns an error if the network lacks a part of this figure, or if the size or a character can't be
    /// drawn.
    pub fn draw(
        &self,
        headless: &mut HeadlessContext,
        document: &Document,
    ) -> Result<RenderedFigure, FigurePageError> {
        let session = self.open_panel_session(document)?;
        FigurePage::new(self, &session)?.draw(headless, document)
    }

    /// Returns the text that a pane of this figure can be saved as. Diagrams are in the plain style.
    ///
    /// # Errors
    /// Returns an error if the network lacks a part of this figure.
    pub(crate) fn text(&self, document: &Document, export: TextExport) -> Result<String, FigurePageError> {
        let spec = Self {
            diagram: DiagramOptions {
                style: DiagramStyle::Plain,
                ..self.diagram
            },
            ..self.clone()
        };
        let session = spec.open_panel_session(document)?;
        Ok(FigurePage::new(&spec, &session)?.text(export))
    }
}

/// The figure: its specification, the session that it shows, and the values derived from it.
struct FigurePage<'a> {
    spec: &'a FigureSpec,
    session: &'a Session,
    insight: Insight,
    family: Option<CurveFamily>,
}

impl<'a> FigurePage<'a> {
    /// Creates the page of a specification. `session` is the one that [`FigureSpec::open_panel_session`]
    /// returns.
    ///
    /// # Errors
    /// Returns an error if a pane would be empty, if the network lacks the knob or input that a curve family varies, or
    /// if the family has too many values.
    fn new(spec: &'a FigureSpec, session: &'a Session) -> Result<Self, FigurePageError> {
        let insight = Insight::new(session);
        for &pane in &spec.panels {
            if let Some(remedy) = (pane.info().figure_remedy)(session, &insight) {
                return Err(FigurePageError::EmptyPane(pane, remedy));
            }
        }
        Ok(Self {
            spec,
            session,
            insight,
            family: family(spec, session)?,
        })
    }

    /// Draws the page. `document` is the one that is embedded in the file.
    ///
    /// # Errors
    /// Returns an error if the size or a character can't be drawn.
    fn draw(
        &self,
        headless: &mut HeadlessContext,
        document: &Document,
    ) -> Result<RenderedFigure, FigurePageError> {
        let theme = ColorTheme::from_mode(self.spec.mode);
        style::apply(headless.context(), theme);
        let messages = Messages::new(self.spec.locale);
        let (mut actions, mut requests) = (Vec::new(), Vec::new());
        let mut context = self.pane_context(&mut actions, &mut requests);
        let arrangement = self.panel_layout(headless, &mut context)?;
        let size = arrangement.size;
        let drawing = headless.draw(size, |ui| self.panels_ui(ui, &mut context, &arrangement))?;
        let FigureSpec { width, height, .. } = *self.spec;
        Ok(RenderedFigure {
            drawing,
            page: [width, height.unwrap_or(width.scaled(size.y / size.x))],
            // The background is that of a pane in the window, on which all colors can be read.
            background: (!self.spec.is_transparent).then_some(theme.card),
            is_grayscale: self.spec.mode == ThemeMode::Grayscale,
            locale: self.spec.locale,
            title: self.title(messages),
            description: description::describe(self.session, &self.insight, messages),
            // Embed the document as it was opened, without changes that a panel needed.
            document: self.spec.embeds_document.then(|| json::write(document)),
        })
    }

    fn pane_context<'b>(
        &'b self,
        actions: &'b mut Vec<Action>,
        requests: &'b mut Vec<PaneRequest>,
    ) -> PaneContext<'b> {
        PaneContext {
            family: self.family.as_ref(),
            ..PaneContext::new(
                self.session,
                &self.insight,
                ColorTheme::from_mode(self.spec.mode),
                Messages::new(self.spec.locale),
                Some(self.print_options()),
                actions,
                requests,
            )
        }
    }

    /// Returns the text that a pane can be saved as.
    fn text(&self, export: TextExport) -> String {
        let (mut actions, mut requests) = (Vec::new(), Vec::new());
        let context = self.pane_context(&mut actions, &mut requests);
        let zoom = self.zoom();
        let page = TextPage {
            width: self.spec.width.points() / zoom,
            height: self.spec.height.map(|height| height.points() / zoom),
            zoom,
        };
        (export.to_text)(&context, page)
    }

    /// Draws the panels with their letters, and below them the legend of the snapshot overlay.
    fn panels_ui(&self, ui: &mut Ui, context: &mut PaneContext<'_>, arrangement: &PanelLayout) {
        let theme = context.theme;
        let mut elements = Elements::for_figure();
        let panels = self.spec.panels.iter().copied();
        let shown: Vec<(Pane, Rect)> = panels.zip(arrangement.panel_rects.iter().copied()).collect();
        for (index, (panel, rect)) in shown.iter().enumerate() {
            if arrangement.has_letters {
                let letter = format!("({})", char::from(b'a' + (index % 26) as u8));
                let at = rect.left_top() - vec2(0.0, LETTER_HEIGHT);
                ui.painter()
                    .text(at, Align2::LEFT_TOP, letter, type_scale::strong(), theme.text);
            }
            let mut child = ui.new_child(UiBuilder::new().max_rect(*rect).id_salt(("figure", index)));
            child.set_clip_rect(rect.expand(MARGIN));
            panel.pane_ui(&mut child, context, &mut elements);
        }
        let size = arrangement.size;
        let mut bottom = size.y - MARGIN;
        if let Some(galley) = self.caption_galley(ui.painter(), context, size.x) {
            bottom -= galley.size().y;
            ui.painter().galley(pos2(MARGIN, bottom), galley, theme.text);
            bottom -= CAPTION_GAP;
        }
        let line = Rect::from_min_max(
            pos2(MARGIN, bottom - legend::height(context)),
            pos2(size.x - MARGIN, bottom),
        );
        legend::legend_ui(ui.painter(), context, &shown, line);
    }

    /// Lays out the caption for a page of this width, if there is one.
    fn caption_galley(
        &self,
        painter: &Painter,
        context: &PaneContext<'_>,
        width: f32,
    ) -> Option<Arc<Galley>> {
        let messages = context.messages;
        let text = match self.spec.caption.as_ref()? {
            FigureCaption::Text(text) => text.clone(),
            FigureCaption::Description => {
                let paragraphs = description::paragraphs(self.session, &self.insight, messages);
                let network = paragraphs.into_iter().next().unwrap_or_default();
                messages.figure_caption(self.title(messages), network)
            }
        };
        /// The rest is for programs that lack the font and use a wider one.
        const WIDTH_FRACTION: f32 = 0.92;
        let color = context.theme.text;
        let width = WIDTH_FRACTION * (width - 2.0 * MARGIN);
        Some(painter.layout(text, type_scale::body(), color, width))
    }

    fn print_options(&self) -> PrintOptions {
        let spec = self.spec;
        let architecture = self.session.architecture();
        let edges = architecture.knob_count();
        let edge_labels = spec.edge_labels.unwrap_or(match spec.has_selection {
            _ if spec.diagram.style == DiagramStyle::Plain => EdgeLabels::None,
            true => EdgeLabels::Selected,
            false if edges <= MAX_EDGE_LABELS => EdgeLabels::All,
            false => EdgeLabels::None,
        });
        PrintOptions {
            edge_labels,
            has_selection: spec.has_selection,
            min_number_size: self.min_number_size(),
            has_numbers: spec.edge_labels != Some(EdgeLabels::None),
            has_legend: spec.has_legend,
            diagram: spec.diagram,
            y_label: spec.y_label,
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

    fn panel_layout(
        &self,
        headless: &mut HeadlessContext,
        context: &mut PaneContext<'_>,
    ) -> Result<PanelLayout, FigurePageError> {
        let zoom = self.zoom();
        let width = self.spec.width.points() / zoom;
        let height = self.spec.height.map(|height| height.points() / zoom);
        let check = |side: f32, error: fn(f32) -> FigurePageError| {
            let is_valid = (1.0..=MAX_SIDE as f32).contains(&(side * zoom));
            is_valid.then_some(()).ok_or_else(|| error(side * zoom))
        };
        check(width, FigurePageError::InvalidWidth)?;
        height.map_or(Ok(()), |height| check(height, FigurePageError::InvalidHeight))?;
        let mut found = None;
        // Text can be measured only while drawing.
        headless.draw(vec2(width, LETTER_HEIGHT), |ui| {
            if found.is_some() {
                return;
            }
            let painter = ui.painter();
            let caption = self.caption_galley(painter, context, width);
            let caption_height = caption.map_or(0.0, |galley| galley.size().y + CAPTION_GAP);
            let footer_height = legend::height(context) + caption_height;
            let request = |pane: &Pane| PanelRequest {
                width_share: pane.info().width_share,
                width: (pane.info().print_width)(painter, context),
            };
            let requests: Vec<PanelRequest> = self.spec.panels.iter().map(request).collect();
            let layout = PanelLayout::new(&requests, width, height, footer_height, |index, width| {
                let height = (self.spec.panels[index].info().print_height)(painter, context, width);
                let cut = |height: SizeHint| {
                    if self.spec.allows_clipping {
                        SizeHint::new(0.0, height.preferred)
                    } else {
                        height
                    }
                };
                height.map(cut)
            });
            found = Some(layout.map_err(|error| self.page_error(error)));
        })?;
        let found = found.unwrap_or(Err(FigurePageError::InvalidHeight(0.0)))?;
        check(found.size.y, FigurePageError::InvalidHeight)?;
        Ok(found)
    }

    /// Returns the error for the user if panels can't be laid out.
    fn page_error(&self, error: PanelLayoutError) -> FigurePageError {
        let min = |length: Length, points: f32| length.in_same_unit(points * self.zoom());
        match error {
            PanelLayoutError::Rows(error) => error.into(),
            PanelLayoutError::TooNarrow(index, points) => FigurePageError::TooNarrow {
                pane: self
                    .spec
                    .panels
                    .get(index)
                    .copied()
                    .unwrap_or(Pane::default_figure()),
                width: self.spec.width,
                min_width: min(self.spec.width, points),
            },
            PanelLayoutError::TooShort(points) => {
                let height = self.spec.height.unwrap_or(self.spec.width);
                FigurePageError::TooLow {
                    panes: self.spec.panels.clone(),
                    height,
                    min_height: min(height, points),
                }
            }
        }
    }

    fn title(&self, messages: Messages) -> String {
        let architecture = self.session.architecture();
        let layers = architecture.layers().iter().map(|plan| plan.neurons.len());
        let widths: Vec<String> = std::iter::once(architecture.input_count())
            .chain(layers)
            .map(|width| width.to_string())
            .collect();
        let panes = messages.list(self.spec.panels.iter().map(|pane| pane.title(messages)));
        messages.figure_title(panes, widths.join("-"))
    }
}

/// Returns the curve family of the panels that show one; `None` if there are none.
fn family(spec: &FigureSpec, session: &Session) -> Result<Option<CurveFamily>, FigurePageError> {
    const DEFAULT_CURVES: usize = 9;
    if !spec.has_plot(PlotKind::CurveFamily) {
        return Ok(None);
    }
    let at = session.view().selected;
    let varied = spec.varied.unwrap_or(Knob::bias(at.layer, at.neuron).into());
    let range = session.document().range(varied);
    let even = |index: usize| range.value_at(index as f64 / (DEFAULT_CURVES - 1) as f64);
    let values = match spec.values.as_slice() {
        [] => (0..DEFAULT_CURVES).map(even).collect(),
        values if values.len() <= MAX_CURVES => values.to_vec(),
        values => return Err(FigurePageError::TooManyCurves(values.len())),
    };
    Ok(Some(CurveFamily::new(
        session,
        varied,
        &values,
        spec.view.curve_axes.y,
    )?))
}
