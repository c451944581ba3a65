//! Converts SVG to a one-page PDF file. Vector graphics stay vector graphics; text stays text, in subsets of
//! the fonts.

use krilla::Document;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::Size;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt as _, SvgSettings};

use super::{FigureError, embedded_text, png};

/// Converts an SVG to a PDF file with one page of `size_in_pt` `[width, height]` (1 pt = 1/72 inch).
/// `embedded_text` becomes an attached file.
///
/// # Errors
/// Returns an error if `svg` can't be parsed, the page has no area, the embedded text is over 64 MiB, or
/// encoding fails.
pub fn from_svg(
    svg: &str,
    embedded_text: Option<&str>,
    title: &str,
    description: &str,
    size_in_pt: [f32; 2],
) -> Result<Vec<u8>, FigureError> {
    let [width, height] = size_in_pt;
    let size = || FigureError::InvalidSize(format!("{width} × {height} pt large"));
    let fault = |text: &str| FigureError::Encode("PDF", text.to_owned());
    let page_settings = PageSettings::from_wh(width, height).ok_or_else(size)?;
    let area = Size::from_wh(width, height).ok_or_else(size)?;
    let tree = png::parse_svg(svg, "PDF")?;

    let mut document = Document::new();
    let metadata = Metadata::new()
        .title(title.to_owned())
        .description(description.to_owned())
        .creator("neurodial".to_owned())
        .language("en".to_owned());
    document.set_metadata(metadata);
    if let Some(text) = embedded_text {
        let file = EmbeddedFile {
            path: embedded_text::ATTACHMENT_NAME.to_owned(),
            mime_type: MimeType::new("application/json"),
            description: Some("The network that the figure shows".to_owned()),
            association_kind: AssociationKind::Source,
            data: embedded_text::check_size(text, "PDF")?.as_bytes().to_vec().into(),
            modification_date: None,
            compress: Some(true),
            location: None,
        };
        document
            .embed_file(file)
            .ok_or_else(|| fault("the network can't be attached"))?;
    }
    let mut page = document.start_page_with(page_settings);
    let mut surface = page.surface();
    surface
        .draw_svg(&tree, area, SvgSettings::default())
        .ok_or_else(|| fault("the drawing is refused"))?;
    surface.finish();
    page.finish();
    document.finish().map_err(|error| fault(&format!("{error:?}")))
}
