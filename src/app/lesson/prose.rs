//! Draws the text of a lesson: paragraphs, lists, code, tables and pictures, with the current numbers in it.

use egui::text::{LayoutJob, TextFormat};
use egui::{
    Color32, ColorImage, FontFamily, FontId, Id, Image, RichText, Stroke, TextureHandle, TextureOptions, Ui,
};

use crate::theme::{ColorTheme, type_scale};
use egui_figure::fonts;
use neurodial_core::lessons::{Evaluation, LessonFolder, Prose, ProseBlock, ProseSpan, value_text};

use super::LessonRequest;

/// The widest picture whose pixels are read.
const MAX_PICTURE_SIDE: u32 = 4096;
/// The indentation of a list, in points.
const INDENT: f32 = 16.0;

/// The colors, numbers and pictures that texts are drawn with.
pub(in crate::app) struct ProseContext<'a> {
    pub(in crate::app) theme: &'static ColorTheme,
    pub(in crate::app) evaluation: &'a Evaluation<'a>,
    pub(in crate::app) folder: &'a LessonFolder,
    /// The requests that clicks made, such as opening a link.
    pub(in crate::app) requests: Vec<LessonRequest>,
}

impl ProseContext<'_> {
    /// Returns the blocks of a text with its numbers.
    fn blocks(&self, prose: &Prose) -> Vec<ProseBlock> {
        prose.blocks(|expression, decimals| value_text(&self.evaluation.value(expression), decimals))
    }

    /// Returns a text without its Markdown, for the name of a control.
    pub(in crate::app) fn plain(&self, prose: &Prose) -> String {
        prose.plain_text(|expression, decimals| value_text(&self.evaluation.value(expression), decimals))
    }

    /// Returns the layout of a short text with its styles, for a control.
    pub(in crate::app) fn job(&self, prose: &Prose, font: FontId, color: Color32) -> LayoutJob {
        let mut job = LayoutJob::default();
        for block in self.blocks(prose) {
            if let ProseBlock::Paragraph(spans) | ProseBlock::Item { spans, .. } = block {
                self.append(&mut job, &spans, &font, color);
            }
        }
        job
    }

    fn append(&self, job: &mut LayoutJob, spans: &[ProseSpan], font: &FontId, color: Color32) {
        for span in spans {
            job.append(&span.text, 0.0, self.format(span, font, color));
        }
    }

    fn format(&self, span: &ProseSpan, font: &FontId, color: Color32) -> TextFormat {
        let family = match span {
            ProseSpan { is_code: true, .. } => FontFamily::Monospace,
            ProseSpan {
                is_emphasized: true, ..
            } => fonts::serif_italic(),
            ProseSpan { is_strong: true, .. } => fonts::semibold(),
            _ => font.family.clone(),
        };
        let mut format = TextFormat::simple(FontId::new(font.size, family), color);
        format.line_height = Some(1.4 * font.size);
        if span.is_code {
            format.background = self.theme.track;
        }
        format
    }

    /// Draws a text. `blank_ui` draws the field of a blank.
    pub(in crate::app) fn prose_ui(
        &mut self,
        ui: &mut Ui,
        prose: &Prose,
        mut blank_ui: impl FnMut(&mut Ui, usize),
    ) {
        let (font, color) = (type_scale::body(), self.theme.text);
        for block in self.blocks(prose) {
            match block {
                ProseBlock::Paragraph(spans) => self.paragraph_ui(ui, &spans, (&font, color), &mut blank_ui),
                ProseBlock::Item { depth, number, spans } => {
                    ui.horizontal_top(|ui| {
                        ui.add_space(INDENT * depth as f32);
                        let mark = number.map_or_else(|| "•".to_owned(), |number| format!("{number}."));
                        ui.label(RichText::new(mark).font(font.clone()).color(color));
                        ui.vertical(|ui| self.paragraph_ui(ui, &spans, (&font, color), &mut blank_ui));
                    });
                }
                ProseBlock::Code(code) => {
                    let text = RichText::new(code.trim_end())
                        .font(type_scale::code())
                        .color(color);
                    egui::Frame::new()
                        .fill(self.theme.track)
                        .corner_radius(4)
                        .inner_margin(6)
                        .show(ui, |ui| ui.label(text));
                }
                ProseBlock::Picture { path, alt } => self.picture_ui(ui, &path, &alt),
                ProseBlock::TableRow { is_header, cells } => {
                    ui.columns(cells.len().max(1), |columns| {
                        for (column, spans) in columns.iter_mut().zip(&cells) {
                            let mut font = font.clone();
                            if is_header {
                                font.family = fonts::semibold();
                            }
                            self.paragraph_ui(column, spans, (&font, color), &mut blank_ui);
                        }
                    });
                }
            }
        }
    }

    fn paragraph_ui(
        &mut self,
        ui: &mut Ui,
        spans: &[ProseSpan],
        (font, color): (&FontId, Color32),
        blank_ui: &mut impl FnMut(&mut Ui, usize),
    ) {
        let is_plain = spans
            .iter()
            .all(|span| span.blank.is_none() && span.link.is_none());
        if is_plain {
            let mut job = LayoutJob::default();
            self.append(&mut job, spans, font, color);
            ui.label(job);
            return;
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            for span in spans {
                if let Some(blank) = span.blank {
                    blank_ui(ui, blank);
                } else if let Some(address) = &span.link {
                    if ui.link(&span.text).on_hover_text(address).clicked() {
                        self.requests.push(LessonRequest::OpenLink(address.clone()));
                    }
                } else {
                    let mut job = LayoutJob::default();
                    self.append(&mut job, std::slice::from_ref(span), font, color);
                    ui.label(job);
                }
            }
        });
    }

    /// Draws a picture of the lesson's folder, or its alt text if it can't be read.
    fn picture_ui(&self, ui: &mut Ui, path: &str, alt: &str) {
        let id = Id::unique(("lesson_picture", path));
        let known: Option<Option<TextureHandle>> = ui.data(|data| data.get_temp(id));
        let texture = known.unwrap_or_else(|| {
            let image = self.folder.read(path).ok().and_then(|bytes| png_image(&bytes));
            let texture = image.map(|image| ui.ctx().load_texture(path, image, TextureOptions::LINEAR));
            ui.data_mut(|data| data.insert_temp(id, texture.clone()));
            texture
        });
        match texture {
            Some(texture) => {
                let width = ui.available_width();
                let image = Image::from_texture(&texture).max_width(width).alt_text(alt);
                let response = ui.add(image);
                response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, alt));
            }
            None => {
                let stroke = Stroke::new(1.0, self.theme.border);
                egui::Frame::new()
                    .stroke(stroke)
                    .inner_margin(6)
                    .show(ui, |ui| ui.label(RichText::new(alt).color(self.theme.weak_text)));
            }
        }
    }
}

/// Reads a PNG; `None` if it is none or too large.
fn png_image(bytes: &[u8]) -> Option<ColorImage> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().ok()?;
    let (width, height) = (reader.info().width, reader.info().height);
    if width.max(height) > MAX_PICTURE_SIDE {
        return None;
    }
    let mut pixels = vec![0; reader.output_buffer_size()?];
    let info = reader.next_frame(&mut pixels).ok()?;
    let size = [width as usize, height as usize];
    let pixels = &pixels[..info.buffer_size()];
    match info.color_type {
        png::ColorType::Rgba => Some(ColorImage::from_rgba_unmultiplied(size, pixels)),
        png::ColorType::Rgb => Some(ColorImage::from_rgb(size, pixels)),
        png::ColorType::Grayscale => Some(ColorImage::from_gray(size, pixels)),
        png::ColorType::GrayscaleAlpha => {
            let rgba: Vec<u8> = pixels
                .chunks(2)
                .flat_map(|pixel| [pixel[0], pixel[0], pixel[0], pixel[1]])
                .collect();
            Some(ColorImage::from_rgba_unmultiplied(size, &rgba))
        }
        png::ColorType::Indexed => None,
    }
}
