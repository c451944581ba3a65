//! Texts and plots below each other, divided into pages.

use egui::{Color32, FontId, Painter, Rect, Stroke, Ui, Vec2, pos2, vec2};

use crate::figure_page::rendered_figure::{FigurePageError, PROGRAM_NAME};
use crate::figure_page::{FigureFormat, Length, RenderedFigure};
use crate::plot::{PlotArea, PlotFrame};
use crate::theme::{ColorTheme, ThemeMode, style, type_scale};
use egui_figure::pdf::{self, PdfOptions};
use egui_figure::svg::TextMode;
use egui_figure::{Drawing, HeadlessContext};
use neurodial_core::text::Locale;

/// The height in which everything is laid out before it is divided, in points.
const FLOW_HEIGHT: f32 = 39_000.0;
/// The margin on all sides of a page, in points.
const MARGIN: f32 = 56.0;
/// The space after a block, in points.
const SPACING: f32 = 6.0;

neurodial_core::named_enum! {
    /// A size of paper.
    pub enum Paper {
        /// 210 × 297 mm.
        A4 = "a4",
        /// 8.5 × 11 inches.
        Letter = "letter",
    }
}

impl Paper {
    /// Returns the width and the height.
    const fn size(self) -> [Length; 2] {
        match self {
            Self::A4 => [Length::millimeters(210.0), Length::millimeters(297.0)],
            Self::Letter => [Length::millimeters(215.9), Length::millimeters(279.4)],
        }
    }
}

/// Places blocks below each other.
pub(crate) struct PageFlow<'a> {
    painter: &'a Painter,
    pub(crate) theme: &'static ColorTheme,
    width: f32,
    y: f32,
    /// The heights at which a page may end.
    breaks: Vec<f32>,
}

impl PageFlow<'_> {
    /// Returns the painter, for the names of axes.
    pub(crate) fn painter(&self) -> &Painter {
        self.painter
    }

    /// Adds a title.
    pub(crate) fn title(&mut self, text: &str) {
        self.add_text(text, type_scale::title(), self.theme.text, 0.0);
        self.space(SPACING);
    }

    /// Adds a heading, which stays with what follows.
    pub(crate) fn heading(&mut self, text: &str) {
        self.space(2.0 * SPACING);
        self.end_block();
        self.add_text(text, type_scale::strong(), self.theme.text, 0.0);
    }

    /// Adds a paragraph.
    pub(crate) fn paragraph(&mut self, text: &str) {
        if !text.is_empty() {
            self.add_text(text, type_scale::body(), self.theme.text, 0.0);
            self.end_block();
        }
    }

    /// Adds a paragraph that stays with what follows.
    pub(crate) fn lead_in(&mut self, text: &str) {
        if !text.is_empty() {
            self.add_text(text, type_scale::body(), self.theme.text, 0.0);
        }
    }

    /// Adds a choice with an empty box.
    pub(crate) fn choice(&mut self, text: &str) {
        const BOX: f32 = 10.0;
        let top = self.y + 3.0;
        let square = Rect::from_min_size(pos2(4.0, top), Vec2::splat(BOX));
        let stroke = Stroke::new(1.0, self.theme.text);
        self.painter
            .rect_stroke(square, 1.0, stroke, egui::StrokeKind::Inside);
        self.add_text(text, type_scale::body(), self.theme.text, BOX + 12.0);
    }

    /// Adds a label and a line to write on.
    pub(crate) fn line_to_fill(&mut self, label: &str, length: f32) {
        self.space(SPACING);
        let font = type_scale::body();
        let galley = self
            .painter
            .layout_no_wrap(label.to_owned(), font, self.theme.text);
        let size = galley.size();
        self.painter.galley(pos2(0.0, self.y), galley, self.theme.text);
        let x = size.x + 6.0;
        let y = self.y + size.y - 2.0;
        let end = (x + length).min(self.width);
        let stroke = Stroke::new(0.8, self.theme.axis);
        self.painter.line_segment([pos2(x, y), pos2(end, y)], stroke);
        self.y += size.y + SPACING;
        self.end_block();
    }

    /// Adds a row of a table; the first column takes the remaining width.
    pub(crate) fn table_row(&mut self, cells: &[String], widths: &[f32], is_header: bool) {
        let (font, color) = match is_header {
            true => (type_scale::small(), self.theme.weak_text),
            false => (type_scale::body(), self.theme.text),
        };
        let others: f32 = widths.iter().sum();
        let first = (self.width - others).max(80.0);
        let mut x = 0.0;
        let mut height: f32 = 0.0;
        for (index, cell) in cells.iter().enumerate() {
            let width = match index.checked_sub(1) {
                None => first,
                Some(index) => widths.get(index).copied().unwrap_or(80.0),
            };
            let galley = self
                .painter
                .layout(cell.clone(), font.clone(), color, width - 10.0);
            height = height.max(galley.size().y);
            self.painter.galley(pos2(x, self.y), galley, color);
            x += width;
        }
        self.y += height + 3.0;
        let stroke = Stroke::new(0.5, self.theme.grid);
        self.painter
            .line_segment([pos2(0.0, self.y), pos2(self.width, self.y)], stroke);
        self.y += 3.0;
        self.end_block();
    }

    /// Adds axes and returns the area between them.
    pub(crate) fn plot(&mut self, frame: &PlotFrame, size: Vec2) -> PlotArea {
        let rect = Rect::from_min_size(pos2(0.0, self.y), size.min(vec2(self.width, size.y)));
        let area = frame.paint(self.painter, self.theme, rect);
        self.y += rect.height() + SPACING;
        self.end_block();
        area
    }

    /// Adds empty space.
    pub(crate) fn space(&mut self, height: f32) {
        self.y += height;
    }

    /// Ends a block, after which a page may end.
    pub(crate) fn end_block(&mut self) {
        self.breaks.push(self.y);
    }

    fn add_text(&mut self, text: &str, font: FontId, color: Color32, indent: f32) {
        let galley = self
            .painter
            .layout(text.to_owned(), font, color, self.width - indent);
        let height = galley.size().y;
        self.painter.galley(pos2(indent, self.y), galley, color);
        self.y += height + 3.0;
    }
}

/// The words about a sheet for those who don't see it, and for programs.
pub(crate) struct SheetInfo {
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) locale: Locale,
}

/// Draws a sheet and returns the bytes of a file: a PDF with pages of the paper, or else a single page that is as high
/// as needed.
///
/// # Errors
/// Returns an error if a figure can't be drawn or encoded.
pub(crate) fn sheet(
    headless: &mut HeadlessContext,
    format: FigureFormat,
    paper: Paper,
    info: &SheetInfo,
    mut content: impl FnMut(&mut PageFlow<'_>),
) -> Result<Vec<u8>, FigurePageError> {
    let theme = ColorTheme::from_mode(ThemeMode::Print);
    style::apply(headless.context(), theme);
    let [width, height] = paper.size().map(Length::points);
    let inner_width = width - 2.0 * MARGIN;
    let mut breaks = Vec::new();
    let mut end = 0.0;
    let drawing = headless.draw(vec2(inner_width, FLOW_HEIGHT), |ui: &mut Ui| {
        let mut flow = PageFlow {
            painter: ui.painter(),
            theme,
            width: inner_width,
            y: 0.0,
            breaks: Vec::new(),
        };
        content(&mut flow);
        end = flow.y;
        breaks = flow.breaks;
    })?;
    let page_height = match format {
        FigureFormat::Pdf => height - 2.0 * MARGIN,
        FigureFormat::Svg | FigureFormat::Png => end.max(1.0),
    };
    let mut pages = Vec::new();
    let mut top = 0.0;
    for bottom in page_ends(&breaks, end, page_height) {
        pages.push(page(&drawing, [top, bottom], [width, page_height + 2.0 * MARGIN]));
        top = bottom;
    }
    let figures: Vec<RenderedFigure> = pages
        .into_iter()
        .map(|drawing| RenderedFigure {
            page: [
                paper.size()[0],
                paper.size()[0].scaled(drawing.size.y / drawing.size.x),
            ],
            drawing,
            background: Some(Color32::WHITE),
            is_grayscale: false,
            locale: info.locale,
            title: info.title.clone(),
            description: info.description.clone(),
            document: None,
        })
        .collect();
    match (format, figures.as_slice()) {
        (FigureFormat::Svg | FigureFormat::Png, [figure]) => {
            figure.to_bytes(format, TextMode::EmbeddedFonts, None)
        }
        _ => {
            let svgs: Result<Vec<String>, FigurePageError> = figures
                .iter()
                .map(|figure| figure.to_svg(TextMode::EmbeddedFonts))
                .collect();
            let svgs = svgs?;
            let svgs: Vec<&str> = svgs.iter().map(String::as_str).collect();
            let options = PdfOptions {
                title: info.title.clone(),
                description: info.description.clone(),
                creator: PROGRAM_NAME.to_owned(),
                language: info.locale.name().to_owned(),
                ..PdfOptions::new(vec2(width, height))
            };
            Ok(pdf::from_svgs(&svgs, &options)?)
        }
    }
}

/// Returns the heights at which pages end: as late as possible after a block.
fn page_ends(breaks: &[f32], end: f32, page_height: f32) -> Vec<f32> {
    let mut ends = Vec::new();
    let mut top = 0.0;
    while end - top > page_height + 0.5 {
        let fitting = breaks
            .iter()
            .copied()
            .filter(|&at| top < at && at <= top + page_height);
        // A block that is higher than a page is divided anywhere.
        top = fitting.reduce(f32::max).unwrap_or(top + page_height);
        ends.push(top);
    }
    ends.push(end.max(1.0));
    ends
}

/// Returns a part of a drawing with margins.
fn page(drawing: &Drawing, [top, bottom]: [f32; 2], [width, height]: [f32; 2]) -> Drawing {
    let mut page = drawing.clone();
    let part = Rect::from_x_y_ranges(-MARGIN..=width - MARGIN, top..=bottom);
    page.shapes
        .retain(|clipped| clipped.shape.visual_bounding_rect().intersects(part.shrink(0.25)));
    page.crop(part);
    page.translate(vec2(0.0, MARGIN));
    page.size = vec2(width, height);
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_end_after_blocks() {
        assert_eq!(page_ends(&[40.0, 90.0, 130.0], 130.0, 100.0), [90.0, 130.0]);
        assert_eq!(page_ends(&[40.0], 40.0, 100.0), [40.0]);
        assert_eq!(page_ends(&[250.0], 250.0, 100.0), [100.0, 200.0, 250.0]);
    }
}
