//! Converts SVG to a PDF file, with one page for each SVG. Vector graphics stay vector graphics; text stays text, in subsets of
//! the fonts.

use egui::Vec2;
use krilla::configure::{ConfigurationBuilder, PdfVersion};
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::Size;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::{Document, SerializeSettings};
use krilla_svg::{SurfaceExt as _, SvgSettings};

use super::embedded_text::EmbeddedText;
use super::{FigureError, png};

/// Settings for writing a PDF file.
#[derive(Debug, Clone)]
pub struct PdfOptions {
    /// The width and height of the page in pt (1/72 inch).
    pub size_in_pt: [f32; 2],
    /// The title.
    pub title: String,
    /// A description of the figure.
    pub description: String,
    /// The name of the program that creates the figure; not written if empty.
    pub creator: String,
    /// The language of the text as a BCP 47 tag, such as `en`.
    pub language: String,
    /// A text to embed as an attached file, such as the document that the figure shows.
    pub embedded_text: Option<EmbeddedText>,
}

impl PdfOptions {
    /// Returns the settings for a page that shows a drawing of `size` points at its natural size (1 point is
    /// 1/96 inch), in English, without title, description, creator and embedded text.
    pub fn new(size: Vec2) -> Self {
        Self {
            size_in_pt: [0.75 * size.x, 0.75 * size.y],
            title: String::new(),
            description: String::new(),
            creator: String::new(),
            language: "en".to_owned(),
            embedded_text: None,
        }
    }
}

/// Converts an SVG to a PDF 1.4 file with one page. The SVG is stretched to the size of the page.
///
/// ```
/// # fn main() -> Result<(), egui_figure::FigureError> {
/// use egui_figure::pdf::{self, PdfOptions};
///
/// let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" width="96" height="48"><circle r="20"/></svg>"#;
/// let options = PdfOptions {
///     title: "A quarter of a disc".to_owned(),
///     ..PdfOptions::new(egui::vec2(96.0, 48.0))
/// };
/// assert!(pdf::from_svg(svg, &options)?.starts_with(b"%PDF"));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// Returns an error if `svg` can't be parsed, the page has no area, the embedded text is over 64 MiB or its
/// name is invalid, or encoding fails.
pub fn from_svg(svg: &str, options: &PdfOptions) -> Result<Vec<u8>, FigureError> {
    from_svgs(&[svg], options)
}

/// Converts SVGs to a PDF 1.4 file with a page for each, all of the same size, as [`from_svg`] does.
///
/// # Errors
/// Returns an error in the same cases as [`from_svg`].
pub fn from_svgs(svgs: &[&str], options: &PdfOptions) -> Result<Vec<u8>, FigureError> {
    let [width, height] = options.size_in_pt;
    let size_error = || FigureError::InvalidPageSize(options.size_in_pt);
    let encode_error = |reason: &str| FigureError::Encode {
        format: "PDF",
        reason: reason.to_owned(),
    };
    let page_settings = PageSettings::from_wh(width, height).ok_or_else(size_error)?;
    let area = Size::from_wh(width, height).ok_or_else(size_error)?;
    let trees: Result<Vec<_>, FigureError> = svgs.iter().map(|svg| png::parse_svg(svg, "PDF")).collect();

    // Older programs, such as pdfLaTeX, warn about newer versions; nothing here needs one.
    let configuration = ConfigurationBuilder::new()
        .with_version(PdfVersion::Pdf14)
        .finish()
        .map_err(|error| encode_error(&format!("{error:?}")))?;
    let mut document = Document::new_with(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    });
    let mut metadata = Metadata::new()
        .title(options.title.clone())
        .description(options.description.clone())
        .language(options.language.clone());
    if !options.creator.is_empty() {
        metadata = metadata.creator(options.creator.clone());
    }
    document.set_metadata(metadata);
    if let Some(embedded) = &options.embedded_text {
        embedded.check("PDF")?;
        let file = EmbeddedFile {
            path: embedded.file_name(),
            mime_type: MimeType::new("application/json"),
            description: Some(embedded.description.to_owned()),
            association_kind: AssociationKind::Source,
            data: embedded.text.as_bytes().to_vec().into(),
            modification_date: None,
            compress: Some(true),
            location: None,
        };
        document
            .embed_file(file)
            .ok_or_else(|| encode_error("the text can't be attached"))?;
    }
    for tree in trees? {
        let mut page = document.start_page_with(page_settings.clone());
        let mut surface = page.surface();
        surface
            .draw_svg(&tree, area, SvgSettings::default())
            .ok_or_else(|| encode_error("the SVG can't be converted"))?;
        surface.finish();
        page.finish();
    }
    document
        .finish()
        .map_err(|error| encode_error(&format!("{error:?}")))
}
