//! Export figure: what, how large, in which colours, with a live preview.

use std::sync::Arc;

use egui::{ColorImage, ComboBox, RichText, TextEdit, TextureHandle, TextureOptions, Ui, vec2};

use super::{After, Dialog, buttons};
use crate::app::App;
use crate::app::easel::{Done, Easel, Use};
use crate::app::files::Purpose;
use neurodial_core::code::Language;
use egui_figure::png::Raster;
use egui_figure::svg::Text;
use crate::look::Mode;
use crate::panes::plate::{Exhibit, Kind, Plate};
use crate::panes::{Labels, Pane, code};
use neurodial_core::session::Session;

/// The width of the preview in points.
const PREVIEW: f32 = 420.0;
/// The most height of the preview in points.
const PREVIEW_HEIGHT: f32 = 420.0;

/// The settings of figures, kept while the window is open.
pub struct Export {
    exhibits: Vec<Exhibit>,
    kind: Kind,
    mode: Mode,
    width: String,
    height: String,
    type_size: String,
    labels: Option<Labels>,
    has_selection: bool,
    is_transparent: bool,
    is_outlined: bool,
    has_state: bool,
    easel: Option<Easel>,
    /// What the preview was asked for last: the plate and the session's revision.
    asked: Option<(Plate, u64)>,
    preview: Option<TextureHandle>,
    problem: Option<String>,
}

impl std::fmt::Debug for Export {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Export")
            .field("exhibits", &self.exhibits)
            .finish_non_exhaustive()
    }
}

impl Default for Export {
    fn default() -> Self {
        Self {
            exhibits: vec![Exhibit::Pane(Pane::Diagram)],
            kind: Kind::Svg,
            mode: Mode::Print,
            width: "170mm".to_owned(),
            height: String::new(),
            type_size: "8pt".to_owned(),
            labels: None,
            has_selection: true,
            is_transparent: false,
            is_outlined: false,
            has_state: true,
            easel: None,
            asked: None,
            preview: None,
            problem: None,
        }
    }
}

impl Export {
    fn text(&self) -> Text {
        if self.is_outlined {
            Text::Outlined
        } else {
            Text::Embedded
        }
    }

    /// What the settings say, on the session's view and with the code in the language that its pane shows.
    ///
    /// # Errors
    /// A field that is no length or no size: one sentence.
    fn plate(&self, session: &Session, language: Language) -> Result<Plate, String> {
        let (view, run) = (session.view(), session.shared_run());
        let length = |text: &str| text.parse().map_err(|e| format!("{e}"));
        let optional = |text: &str| match text.trim() {
            "" => Ok(None),
            text => length(text).map(Some),
        };
        let size = self.type_size.trim().trim_end_matches("pt").trim();
        let type_size = match (size, size.parse::<f32>()) {
            ("", _) => None,
            (_, Ok(size)) if (2.0..=200.0).contains(&size) => Some(size),
            _ => {
                return Err(format!(
                    "“{}” is no size of type; write it like 8pt",
                    self.type_size
                ));
            }
        };
        Ok(Plate {
            exhibits: self.exhibits.clone(),
            mode: self.mode,
            width: length(&self.width)?,
            height: optional(&self.height)?,
            type_size,
            labels: self.labels,
            decimals: view.decimals,
            selected: self.has_selection.then_some(view.selected),
            pin: view.pin,
            run: Some(Arc::clone(run)),
            log_loss: view.log_loss,
            map_over: Some(view.map_over),
            map_whose: view.map_whose,
            landscape_over: Some(view.landscape_over),
            subject: view.subject,
            has_strips: view.strips,
            over: Some(view.over),
            from: view.axes.x.map(|x| x[0]),
            to: view.axes.x.map(|x| x[1]),
            y: view.axes.y,
            quantity: view.quantity,
            scope: Some(view.scope),
            language,
            is_transparent: self.is_transparent,
            has_state: self.has_state,
            ..Plate::default()
        })
    }
}

impl App {
    /// Takes what the easel has finished.
    pub(in crate::app) fn take_figures(&mut self, ctx: &egui::Context) {
        while let Some(result) = self.export.easel.as_ref().and_then(Easel::result) {
            match result {
                Ok(Done::Preview(raster)) => {
                    let image = image(raster);
                    self.export.preview = Some(ctx.load_texture("figure", image, TextureOptions::LINEAR));
                    self.export.problem = None;
                }
                // It stands where the preview would; a width that is being typed is no cause for a notice.
                Ok(Done::NoPreview(problem)) => self.export.problem = Some(problem),
                Ok(Done::Copy(raster)) => {
                    ctx.copy_image(image(raster));
                    self.tell("Copied the figure".to_owned());
                }
                Ok(Done::Written(path)) => self.tell(format!("Exported {}", path.display())),
                Err(e) => {
                    self.export.problem = Some(e.to_string());
                    self.complain(e.to_string());
                }
            }
        }
    }

    /// Draws a figure with the present settings.
    fn draw_figure(&mut self, ctx: &egui::Context, purpose: Use) {
        match self.export.plate(&self.session, code::language(ctx)) {
            Ok(plate) => {
                let easel = self.export.easel.get_or_insert_with(|| Easel::start(ctx));
                easel.ask(&plate, self.session.document(), purpose);
            }
            Err(e) => self.complain(e),
        }
    }

    /// Puts the figure on the clipboard.
    pub(in crate::app) fn copy_figure(&mut self, ctx: &egui::Context) {
        self.draw_figure(ctx, Use::Copy);
    }

    /// Writes the figure to a file that was chosen.
    pub(in crate::app) fn export_to(&mut self, ctx: &egui::Context, path: &std::path::Path) {
        let ending = path
            .extension()
            .unwrap_or_default()
            .to_string_lossy()
            .to_lowercase();
        let (path, kind) = match Kind::of_ending(&ending) {
            Some(kind) => (path.to_owned(), kind),
            None => {
                let mut name = path.as_os_str().to_owned();
                name.push(format!(".{}", self.export.kind.ending()));
                (name.into(), self.export.kind)
            }
        };
        let text = self.export.text();
        self.draw_figure(ctx, Use::Write { path, kind, text });
    }
}

fn image(raster: Raster) -> ColorImage {
    ColorImage::from_rgba_unmultiplied([raster.width as usize, raster.height as usize], &raster.rgba)
}

/// Draws the dialog.
pub fn export_ui(app: &mut App, ui: &mut Ui) -> After {
    ui.horizontal_top(|ui| {
        ui.vertical(|ui| {
            ui.set_width(250.0);
            settings_ui(&mut app.export, ui);
        });
        ui.add_space(12.0);
        ui.vertical(|ui| {
            ui.set_width(PREVIEW);
            preview_ui(app, ui);
        });
    });
    let ctx = ui.ctx().clone();
    match buttons(ui, &["Export…", "Copy", "Close"]) {
        Some(0) => {
            let kind = app.export.kind;
            app.choose_file(&ctx, Purpose::Export(kind), None);
            After::Close
        }
        Some(1) => {
            app.copy_figure(&ctx);
            After::Stay(Dialog::Export)
        }
        Some(_) => After::Close,
        None => After::Stay(Dialog::Export),
    }
}

fn settings_ui(export: &mut Export, ui: &mut Ui) {
    ui.label("Panes, from left to right");
    egui::Grid::new("panes")
        .num_columns(3)
        .spacing([8.0, 2.0])
        .show(ui, |ui| {
            for (index, exhibit) in Exhibit::all().enumerate() {
                let mut is_shown = export.exhibits.contains(&exhibit);
                if ui.checkbox(&mut is_shown, exhibit.title()).changed() {
                    if is_shown {
                        export.exhibits.push(exhibit);
                    } else if export.exhibits.len() > 1 {
                        export.exhibits.retain(|other| *other != exhibit);
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
            "Format",
            &mut export.kind,
            &[(Kind::Svg, "SVG"), (Kind::Pdf, "PDF"), (Kind::Png, "PNG")],
        );
        choice_ui(
            ui,
            "Colours",
            &mut export.mode,
            &[
                (Mode::Print, "print"),
                (Mode::Gray, "gray"),
                (Mode::Light, "light"),
                (Mode::Dark, "dark"),
            ],
        );
        choice_ui(
            ui,
            "Weights on edges",
            &mut export.labels,
            &[
                (None, "where they fit"),
                (Some(Labels::All), "all"),
                (Some(Labels::Selected), "selected neuron’s"),
                (Some(Labels::None), "none"),
            ],
        );
        field_ui(ui, "Width", &mut export.width, "170mm");
        field_ui(ui, "Height", &mut export.height, "as needed");
        field_ui(ui, "Size of type", &mut export.type_size, "8pt");
    });
    ui.horizontal(|ui| {
        for width in ["85mm", "170mm", "600px"] {
            if ui.button(width).clicked() {
                export.width = width.to_owned();
            }
        }
    });
    ui.checkbox(&mut export.has_selection, "The selected neuron stands out");
    ui.checkbox(&mut export.is_transparent, "No ground");
    ui.checkbox(&mut export.is_outlined, "Text as outlines");
    ui.checkbox(&mut export.has_state, "The file carries the network");
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
    ui.add(TextEdit::singleline(text).desired_width(90.0).hint_text(hint))
        .labelled_by(label.id);
    ui.end_row();
}

fn preview_ui(app: &mut App, ui: &mut Ui) {
    let revision = app.session.revision();
    match app.export.plate(&app.session, code::language(ui.ctx())) {
        Ok(plate) => {
            let wanted = (plate, revision);
            if app.export.asked.as_ref() != Some(&wanted) {
                let pixels = (PREVIEW * ui.ctx().pixels_per_point()) as u32;
                let easel = app.export.easel.get_or_insert_with(|| Easel::start(ui.ctx()));
                easel.ask(&wanted.0, app.session.document(), Use::Preview(pixels));
                app.export.asked = Some(wanted);
            }
        }
        Err(e) => app.export.problem = Some(e),
    }
    let look = app.look();
    if let Some(problem) = &app.export.problem {
        ui.set_min_height(0.5 * PREVIEW);
        ui.label(RichText::new(problem).color(look.warn));
    } else if let Some(preview) = &app.export.preview {
        let size = preview.size_vec2();
        let scale = (PREVIEW / size.x).min(PREVIEW_HEIGHT / size.y);
        let response =
            ui.add(egui::Image::new((preview.id(), scale * size)).alt_text("preview of the figure"));
        ui.painter().rect_stroke(
            response.rect,
            0.0,
            egui::Stroke::new(1.0, look.hairline),
            egui::StrokeKind::Outside,
        );
    } else {
        ui.allocate_space(vec2(PREVIEW, 0.5 * PREVIEW));
    }
}
