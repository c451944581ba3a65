//! SVG to a page of PDF: lines stay lines, and text stays text, in subsets of the faces.

use krilla::Document;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::Size;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt as _, SvgSettings};

use super::{FigureError, png, state};

/// The figure as a PDF file of one page of `size_in_pt` (1/72 inch).
///
/// # Errors
/// If `svg` can't be read, or the page has no area.
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
            path: state::ATTACHMENT_NAME.to_owned(),
            mime_type: MimeType::new("application/json"),
            description: Some("The network that the figure shows".to_owned()),
            association_kind: AssociationKind::Source,
            data: state::check_size(text, "PDF")?.as_bytes().to_vec().into(),
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
