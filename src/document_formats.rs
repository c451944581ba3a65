//! The formats of documents: those of the core, and figures with an embedded document.

use egui_figure::{FigureError, embedded_text};
use neurodial_core::formats::{DocumentError, DocumentFormat, FormatRegistry, json};
use neurodial_core::session::Document;
use neurodial_core::text::{Localized, Messages};

use crate::figure_page::rendered_figure::{PROGRAM_NAME, figure_error_message};

/// All formats that documents are opened from and saved in.
pub(crate) static DOCUMENT_FORMATS: FormatRegistry = FormatRegistry::with_added(FIGURES);

static FIGURES: &[DocumentFormat] = &[
    figure(Messages::format_svg, &["svg"], embedded_text::is_svg),
    figure(Messages::format_png, &["png"], embedded_text::is_png),
    figure(Messages::format_pdf, &["pdf"], embedded_text::is_pdf),
];

/// Returns the format of figures that are drawn with an embedded document.
const fn figure(
    name: fn(Messages) -> &'static str,
    extensions: &'static [&'static str],
    recognizes: fn(&[u8]) -> bool,
) -> DocumentFormat {
    DocumentFormat {
        name,
        extensions,
        recognizes,
        read: read_figure,
        write: None,
    }
}

/// The reason why a figure has no readable document.
#[derive(Debug)]
enum UnreadableFigure {
    /// This is not the content of a figure.
    NotRecognized,
    /// The embedded text can't be extracted.
    Extraction(FigureError),
}

impl Localized for UnreadableFigure {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::NotRecognized => messages.figure_not_recognized().to_owned(),
            Self::Extraction(error) => figure_error_message(error, messages),
        }
    }
}

fn read_figure(bytes: &[u8]) -> Result<Document, DocumentError> {
    match embedded_text::extract(bytes, PROGRAM_NAME) {
        Some(Ok(text)) => json::read(&text),
        Some(Err(error)) => Err(DocumentError::new(UnreadableFigure::Extraction(error))),
        None => Err(DocumentError::new(UnreadableFigure::NotRecognized)),
    }
}
