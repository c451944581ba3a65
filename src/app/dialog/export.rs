//! The dialog that exports a figure: panes, size and color theme, with a live preview.

use std::path::Path;
use std::sync::Arc;

use egui::{ColorImage, ComboBox, Context, RichText, TextEdit, TextureHandle, TextureOptions, Ui, vec2};

use super::outcome::{DialogOutcome, buttons_ui};
use crate::app::command::Command;
use crate::app::figure_renderer::{FigureRenderer, RenderError, RenderJob, RenderResult};
use crate::figure_page::length::{PageWidth, parse_font_size};
use crate::figure_page::{FigureCaption, FigureFormat, FigureSpec};
use crate::panes::{BiasStyle, DiagramOptions, DiagramStyle, EdgeLabels, Pane, YLabel};
use crate::theme::{ColorTheme, ThemeMode, type_scale};
use crate::widgets::number_field::select_all_on_focus;
use egui_figure::png::Raster;
use egui_figure::svg::TextMode;
use neurodial_core::session::{Session, View};
use neurodial_core::text::{Locale, Localized, Messages, parse_number};

/// The width of the preview, in points.
const PREVIEW_WIDTH: f32 = 420.0;
/// The largest height of the preview, in points.
const MAX_PREVIEW_HEIGHT: f32 = 420.0;
/// The space beside and below an enlarged preview, in points.
const ENLARGED_MARGIN: egui::Vec2 = vec2(70.0, 150.0);

/// The settings of exported figures. They last while the window is open.
pub(crate) struct ExportSettings {
    panels: Vec<Pane>,
    format: FigureFormat,
    mode: ThemeMode,
    width: String,
    height: String,
    font_size: String,
    edge_labels: Option<EdgeLabels>,
    diagram: DiagramOptions,
    y_label: YLabel,
    /// The number of decimals; by default that of the window.
    decimals: Option<usize>,
    /// The ends of the horizontal axis of curves.
    from: String,
    to: String,
    /// The resolution of a PNG in dots per inch; `None` for the default.
    dpi: Option<f32>,
    has_serif_text: bool,
    has_legend: bool,
    has_caption: bool,
    /// The text of the caption; if empty, the description of the network.
    caption: String,
    has_selection: bool,
    is_transparent: bool,
    has_outlined_text: bool,
    embeds_document: bool,
    renderer: Option<FigureRenderer>,
    /// The specification, the kind of font, the session revision and the width in pixels of the preview requested last.
    requested: Option<(FigureSpec, bool, u64, u32)>,
    is_preview_enlarged: bool,
    preview: Option<TextureHandle>,
    problem: Option<RenderError>,
}

impl std::fmt::Debug for ExportSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Export")
            .field("exhibits", &self.panels)
            .finish_non_exhaustive()
    }
}

impl Default for ExportSettings {
    fn default() -> Self {
        Self {
            panels: vec![Pane::default_figure()],
            format: FigureFormat::Svg,
            mode: ThemeMode::Print,
            width: "170mm".to_owned(),
            height: String::new(),
            font_size: "8pt".to_owned(),
            edge_labels: None,
            diagram: DiagramOptions::STANDARD,
            y_label: YLabel::Above,
            decimals: None,
            from: String::new(),
            to: String::new(),
            dpi: None,
            has_serif_text: false,
            has_legend: true,
            has_caption: false,
            caption: String::new(),
            has_selection: true,
            is_transparent: false,
            has_outlined_text: false,
            embeds_document: true,
            renderer: None,
            requested: None,
            is_preview_enlarged: false,
            preview: None,
            problem: None,
        }
    }
}

impl ExportSettings {
    /// The width of the preview, in points.
    pub(crate) const PREVIEW_WIDTH: f32 = PREVIEW_WIDTH;

    /// Chooses the pane of a figure that shows a single one.
    pub(crate) fn follow(&mut self, pane: Option<Pane>) {
        if let (Some(pane), [single]) = (pane, self.panels.as_mut_slice()) {
            *single = pane;
        }
    }

    /// Chooses whether the dialog has a preview in the size of the window instead of its settings.
    pub(crate) fn set_preview_enlarged(&mut self, is_enlarged: bool) {
        self.is_preview_enlarged = is_enlarged;
    }

    /// Draws the preview, the buttons and the settings below each other. While a dialog is open, it has the preview for
    /// itself. Returns [`DialogOutcome::RunCommand`] to open the dialog with an enlarged preview.
    pub(crate) fn panel_ui(
        &mut self,
        ui: &mut Ui,
        theme: &ColorTheme,
        session: &Session,
        messages: Messages,
        is_dialog_open: bool,
    ) -> DialogOutcome {
        let mut outcome = DialogOutcome::KeepOpen;
        ui.spacing_mut().item_spacing.y = 8.0;
        if !is_dialog_open {
            self.request_preview(ui.ctx(), session, messages.locale, PREVIEW_WIDTH);
        }
        let size = vec2(PREVIEW_WIDTH, MAX_PREVIEW_HEIGHT);
        if self.preview_ui(ui, theme, messages, size, false) {
            // The dialog has room for it.
            outcome = DialogOutcome::RunCommand(Command::ExportFigure);
        }
        ui.horizontal(|ui| {
            let write = RichText::new(messages.export_write()).font(type_scale::strong());
            if ui.button(write).clicked() {
                outcome = DialogOutcome::ExportFigure(self.format);
            }
            if ui.button(messages.export_copy()).clicked() {
                outcome = DialogOutcome::CopyFigure;
            }
        });
        settings_ui(self, ui, messages, true);
        outcome
    }

    /// Returns the figure that the settings describe, with the session's view.
    ///
    /// # Errors
    /// Returns an error if a field contains no valid length or font size.
    fn figure_spec(&self, session: &Session, locale: Locale) -> Result<FigureSpec, RenderError> {
        let length = |text: &str| text.parse().map_err(RenderError::Length);
        let is_given = |text: &&str| !text.trim().is_empty();
        let height = Some(self.height.as_str()).filter(is_given);
        let font_size = Some(self.font_size.as_str()).filter(is_given);
        let width: PageWidth = self.width.parse().map_err(RenderError::Width)?;
        let view = session.view();
        let end = |text: &str, default: f64| match text.trim() {
            "" => Ok(default),
            text => parse_number(text).map_err(RenderError::Number),
        };
        let mut curve_axes = view.curve_axes;
        if is_given(&self.from.as_str()) || is_given(&self.to.as_str()) {
            let range = session.document().range(view.swept);
            let ends = [end(&self.from, range.min)?, end(&self.to, range.max)?];
            if ends[0] >= ends[1] {
                return Err(RenderError::EmptyAxis);
            }
            curve_axes.x = Some(ends);
        }
        let view = View {
            decimals: self.decimals.unwrap_or(view.decimals),
            curve_axes,
            ..view.clone()
        };
        Ok(FigureSpec {
            panels: self.panels.clone(),
            mode: self.mode,
            locale,
            width: width.length,
            height: height.map(length).transpose()?,
            font_size: font_size
                .map(parse_font_size)
                .transpose()
                .map_err(RenderError::FontSize)?
                .or(width.font_size),
            diagram: self.diagram,
            has_legend: self.has_legend,
            y_label: self.y_label,
            caption: self.has_caption.then(|| FigureCaption::from_text(&self.caption)),
            edge_labels: self.edge_labels,
            has_selection: self.has_selection,
            run: Some(Arc::clone(session.shared_run())),
            is_transparent: self.is_transparent,
            embeds_document: self.embeds_document,
            ..FigureSpec::new(view)
        })
    }

    /// Requests a figure with the current settings.
    ///
    /// # Errors
    /// Returns an error if a field contains no valid length or font size.
    pub(crate) fn request(
        &mut self,
        ctx: &Context,
        session: &Session,
        locale: Locale,
        job: RenderJob,
    ) -> Result<(), RenderError> {
        let spec = self.figure_spec(session, locale)?;
        let has_serif_text = self.has_serif_text;
        self.renderer(ctx)
            .request(&spec, has_serif_text, session.document(), job);
        Ok(())
    }

    /// Requests a file with the figure. The format is that of its extension, or the chosen one.
    ///
    /// # Errors
    /// Returns an error if a field contains no valid length or font size.
    pub(crate) fn request_file(
        &mut self,
        ctx: &Context,
        session: &Session,
        locale: Locale,
        path: &Path,
    ) -> Result<(), RenderError> {
        let (path, format) = match FigureFormat::from_path(path) {
            Some(format) => (path.to_owned(), format),
            None => {
                let mut name = path.as_os_str().to_owned();
                name.push(format!(".{}", self.format.extension()));
                (name.into(), self.format)
            }
        };
        let text = if self.has_outlined_text {
            TextMode::Outlines
        } else {
            TextMode::EmbeddedFonts
        };
        self.request(
            ctx,
            session,
            locale,
            RenderJob::Write {
                path,
                format,
                text,
                dpi: self.dpi,
            },
        )
    }

    /// Handles the results of the figure renderer. Returns the last message for the status line, or error.
    pub(crate) fn receive(&mut self, ctx: &Context, messages: Messages) -> Option<Result<String, String>> {
        let mut message = None;
        while let Some(result) = self.renderer.as_ref().and_then(FigureRenderer::next_result) {
            match result {
                Ok(RenderResult::Preview(raster)) => {
                    let image = color_image(raster);
                    self.preview = Some(ctx.load_texture("figure", image, TextureOptions::LINEAR));
                    self.problem = None;
                }
                // The reason takes the place of the preview. An incomplete width while typing needs no
                // message in the status line.
                Ok(RenderResult::PreviewFailed(problem)) => self.problem = Some(problem),
                Ok(RenderResult::Copy(raster)) => {
                    ctx.copy_image(color_image(raster));
                    message = Some(Ok(messages.figure_copied().to_owned()));
                }
                Ok(RenderResult::Written(_, Some(lost))) => message = Some(Err(lost.message(messages))),
                Ok(RenderResult::Written(path, None)) => {
                    message = Some(Ok(messages.file_exported(path.display())));
                }
                Err(e) => {
                    message = Some(Err(e.message(messages)));
                    self.problem = Some(e);
                }
            }
        }
        message
    }

    fn renderer(&mut self, ctx: &Context) -> &FigureRenderer {
        self.renderer.get_or_insert_with(|| FigureRenderer::start(ctx))
    }

    pub(super) fn show_ui(
        &mut self,
        ui: &mut Ui,
        theme: &ColorTheme,
        session: &Session,
        messages: Messages,
    ) -> DialogOutcome {
        if self.is_preview_enlarged {
            let size = ui.ctx().content_rect().size() - ENLARGED_MARGIN;
            let size = size.max(vec2(200.0, 120.0));
            self.request_preview(ui.ctx(), session, messages.locale, size.x);
            self.is_preview_enlarged = !self.preview_ui(ui, theme, messages, size, true);
        } else {
            ui.horizontal_top(|ui| {
                ui.vertical(|ui| {
                    ui.set_width(250.0);
                    settings_ui(self, ui, messages, false);
                });
                ui.add_space(12.0);
                ui.vertical(|ui| {
                    ui.set_width(PREVIEW_WIDTH);
                    let size = vec2(PREVIEW_WIDTH, MAX_PREVIEW_HEIGHT);
                    self.request_preview(ui.ctx(), session, messages.locale, size.x);
                    self.is_preview_enlarged = self.preview_ui(ui, theme, messages, size, false);
                });
            });
        }
        let buttons = [
            messages.export_write(),
            messages.export_copy(),
            messages.dialog_close(),
        ];
        match buttons_ui(ui, &buttons) {
            Some(0) => DialogOutcome::ExportFigure(self.format),
            Some(1) => DialogOutcome::CopyFigure,
            Some(_) => DialogOutcome::Close,
            None => DialogOutcome::KeepOpen,
        }
    }

    /// True if the preview takes the whole window.
    pub(super) fn is_preview_enlarged(&self) -> bool {
        self.is_preview_enlarged
    }

    /// Requests the preview that is `width` points wide, unless it is the one requested last.
    fn request_preview(&mut self, ctx: &Context, session: &Session, locale: Locale, width: f32) {
        match self.figure_spec(session, locale) {
            Ok(spec) => {
                let pixels = (width * ctx.pixels_per_point()) as u32;
                let request = (spec, self.has_serif_text, session.revision(), pixels);
                if self.requested.as_ref() != Some(&request) {
                    let renderer = self.renderer(ctx);
                    let job = RenderJob::Preview(pixels);
                    renderer.request(&request.0, request.1, session.document(), job);
                    self.requested = Some(request);
                }
            }
            Err(e) => self.problem = Some(e),
        }
    }

    /// Draws the preview, as large as `size` allows. Returns true if a click enlarges it or makes it small again.
    fn preview_ui(
        &self,
        ui: &mut Ui,
        theme: &ColorTheme,
        messages: Messages,
        size: egui::Vec2,
        is_enlarged: bool,
    ) -> bool {
        let mut is_toggled = false;
        if let Some(problem) = &self.problem {
            ui.set_min_height(0.5 * size.x.min(PREVIEW_WIDTH));
            ui.label(RichText::new(problem.message(messages)).color(theme.warning));
        } else if let Some(preview) = &self.preview {
            let pixels = preview.size_vec2();
            let scale = (size.x / pixels.x).min(size.y / pixels.y);
            let image = egui::Image::new((preview.id(), scale * pixels))
                .alt_text(messages.export_preview())
                .sense(egui::Sense::CLICK);
            let response = ui.add(image).on_hover_cursor(if is_enlarged {
                egui::CursorIcon::ZoomOut
            } else {
                egui::CursorIcon::ZoomIn
            });
            let rect = response.rect;
            let text = match is_enlarged {
                true => messages.export_preview_shrink(),
                false => messages.export_preview_enlarge(),
            };
            is_toggled = ui.button(text).clicked() | response.clicked();
            let stroke = egui::Stroke::new(1.0, theme.border);
            ui.painter()
                .rect_stroke(rect, 0.0, stroke, egui::StrokeKind::Outside);
            let installed_fonts = self.renderer.as_ref().map(FigureRenderer::installed_fonts);
            if let Some(names) = installed_fonts.filter(|names| !names.is_empty()) {
                ui.label(messages.export_installed_fonts(messages.list(names)));
            }
        } else {
            ui.allocate_space(vec2(size.x.min(PREVIEW_WIDTH), 0.5 * PREVIEW_WIDTH));
        }
        is_toggled
    }
}

fn color_image(raster: Raster) -> ColorImage {
    ColorImage::from_rgba_unmultiplied([raster.width as usize, raster.height as usize], &raster.rgba)
}

/// Draws the settings. Those that are needed less often are shown from the beginning if `has_room`.
fn settings_ui(export: &mut ExportSettings, ui: &mut Ui, messages: Messages, has_room: bool) {
    ui.label(messages.export_panes());
    egui::Grid::new("panes")
        .num_columns(3)
        .spacing([8.0, 2.0])
        .show(ui, |ui| {
            for (index, panel) in Pane::ALL.into_iter().enumerate() {
                let mut is_shown = export.panels.contains(&panel);
                if ui.checkbox(&mut is_shown, panel.title(messages)).changed() {
                    if is_shown {
                        export.panels.push(panel);
                    } else if export.panels.len() > 1 {
                        export.panels.retain(|other| *other != panel);
                    }
                }
                if index % 3 == 2 {
                    ui.end_row();
                }
            }
        });
    ui.add_space(4.0);
    egui::Grid::new("figure").num_columns(2).show(ui, |ui| {
        choice_ui(
            ui,
            messages.export_format(),
            &mut export.format,
            &[
                (FigureFormat::Svg, "SVG"),
                (FigureFormat::Pdf, "PDF"),
                (FigureFormat::Png, "PNG"),
            ],
        );
        choice_ui(
            ui,
            messages.export_color_theme(),
            &mut export.mode,
            &[
                (ThemeMode::Print, messages.export_color_theme_print()),
                (ThemeMode::Grayscale, messages.export_color_theme_grayscale()),
                (ThemeMode::Light, messages.export_color_theme_light()),
                (ThemeMode::Dark, messages.export_color_theme_dark()),
                (
                    ThemeMode::HighContrast,
                    messages.export_color_theme_high_contrast(),
                ),
                (
                    ThemeMode::HighContrastDark,
                    messages.export_color_theme_high_contrast_dark(),
                ),
            ],
        );
        choice_ui(
            ui,
            messages.export_weights(),
            &mut export.edge_labels,
            &[
                (None, messages.export_weights_automatic()),
                (Some(EdgeLabels::All), messages.export_weights_all()),
                (Some(EdgeLabels::Selected), messages.export_weights_selected()),
                (Some(EdgeLabels::None), messages.export_weights_hidden()),
            ],
        );
        field_ui(ui, messages.export_width(), &mut export.width, "170mm");
        field_ui(
            ui,
            messages.export_height(),
            &mut export.height,
            messages.export_height_automatic(),
        );
        field_ui(ui, messages.export_font_size(), &mut export.font_size, "8pt");
    });
    ui.horizontal_wrapped(|ui| {
        for width in ["85mm", "170mm", "600px", "neurips", "ieee", "nature"] {
            if ui.button(width).clicked() {
                export.width = width.to_owned();
                // A publication has a font size of its own.
                if width.chars().all(|c| c.is_ascii_alphabetic()) {
                    export.font_size.clear();
                }
            }
        }
    });
    ui.checkbox(&mut export.has_selection, messages.export_highlight());
    ui.checkbox(&mut export.is_transparent, messages.export_transparent());
    ui.checkbox(&mut export.has_outlined_text, messages.export_outlines());
    ui.checkbox(&mut export.embeds_document, messages.export_embed());
    egui::CollapsingHeader::new(messages.export_more())
        .id_salt("more")
        .default_open(has_room)
        .show(ui, |ui| more_settings_ui(export, ui, messages));
}

/// Draws the settings that are needed less often.
fn more_settings_ui(export: &mut ExportSettings, ui: &mut Ui, messages: Messages) {
    /// The numbers of decimals and the resolutions to choose from.
    const DECIMALS: [usize; 7] = [0, 1, 2, 3, 4, 5, 6];
    const RESOLUTIONS: [u16; 5] = [96, 150, 300, 600, 1200];
    let automatic = messages.export_automatic();
    egui::Grid::new("more").num_columns(2).show(ui, |ui| {
        choice_ui(
            ui,
            messages.export_diagram_style(),
            &mut export.diagram.style,
            &[
                (DiagramStyle::Standard, messages.export_diagram_style_standard()),
                (DiagramStyle::Plain, messages.export_diagram_style_plain()),
            ],
        );
        let is_plain = export.diagram.style == DiagramStyle::Plain;
        let mut biases = vec![
            (None, automatic),
            (Some(BiasStyle::Hidden), messages.export_biases_none()),
        ];
        if is_plain {
            biases.push((Some(BiasStyle::Node), messages.export_biases_node()));
        } else if export.diagram.has_bias_nodes() {
            export.diagram.bias = None;
        }
        choice_ui(ui, messages.export_biases(), &mut export.diagram.bias, &biases);
        choice_ui(
            ui,
            messages.export_y_label(),
            &mut export.y_label,
            &[
                (YLabel::Above, messages.export_y_label_above()),
                (YLabel::Beside, messages.export_y_label_beside()),
            ],
        );
        let decimals = DECIMALS.map(|decimals| decimals.to_string());
        let decimals: Vec<(Option<usize>, &str)> = [(None, automatic)]
            .into_iter()
            .chain(
                DECIMALS
                    .into_iter()
                    .map(Some)
                    .zip(decimals.iter().map(String::as_str)),
            )
            .collect();
        choice_ui(ui, messages.export_decimals(), &mut export.decimals, &decimals);
        let resolutions = RESOLUTIONS.map(|dpi| messages.export_dots_per_inch(dpi));
        let values = RESOLUTIONS.into_iter().map(|dpi| Some(f32::from(dpi)));
        let resolutions: Vec<(Option<f32>, &str)> = [(None, automatic)]
            .into_iter()
            .chain(values.zip(resolutions.iter().map(String::as_str)))
            .collect();
        choice_ui(ui, messages.export_resolution(), &mut export.dpi, &resolutions);
        field_ui(ui, messages.export_from(), &mut export.from, automatic);
        field_ui(ui, messages.export_to(), &mut export.to, automatic);
    });
    let is_plain = export.diagram.style == DiagramStyle::Plain;
    ui.add_enabled_ui(is_plain, |ui| {
        ui.checkbox(
            &mut export.diagram.has_layer_colors,
            messages.export_layer_colors(),
        );
    });
    ui.checkbox(&mut export.has_legend, messages.export_legend());
    ui.checkbox(&mut export.has_caption, messages.export_caption());
    if export.has_caption {
        let field = TextEdit::multiline(&mut export.caption).desired_rows(2);
        let field = field
            .desired_width(f32::INFINITY)
            .hint_text(messages.export_caption_text());
        let field = ui.add(field);
        let name = messages.export_caption_text_name();
        ui.ctx()
            .accesskit_node_builder(field.id, |node| node.set_label(name));
    }
    ui.checkbox(&mut export.has_serif_text, messages.export_serif());
}

fn choice_ui<T: PartialEq + Copy>(ui: &mut Ui, name: &str, value: &mut T, choices: &[(T, &str)]) {
    let label = ui.label(name);
    let text = choices
        .iter()
        .find(|(choice, _)| choice == value)
        .map_or("", |(_, text)| text);
    ComboBox::from_id_salt(name)
        .selected_text(text)
        .show_ui(ui, |ui| {
            for &(choice, text) in choices {
                ui.selectable_value(value, choice, text);
            }
        })
        .response
        .labelled_by(label.id);
    ui.end_row();
}

fn field_ui(ui: &mut Ui, name: &str, text: &mut String, hint: &str) {
    let label = ui.label(name);
    let field = ui.add(TextEdit::singleline(text).desired_width(90.0).hint_text(hint));
    select_all_on_focus(ui, &field, text);
    field.labelled_by(label.id);
    ui.end_row();
}
