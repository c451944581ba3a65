//! The option `--font`, and the note on installed fonts in a figure.

use std::path::PathBuf;

use crate::figure_page::FigurePageError;

use super::output;
use egui_figure::FallbackFonts;

/// The fonts for characters that the bundled fonts lack.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct FontArgs {
    /// A font file for characters that the bundled fonts lack, tried before installed fonts; can be repeated
    #[arg(long = "font", value_name = "FILE")]
    files: Vec<PathBuf>,
}

impl FontArgs {
    /// Reads the files.
    ///
    /// # Errors
    /// Returns an error if a file can’t be read or is no font.
    pub(crate) fn load(&self) -> anyhow::Result<FallbackFonts> {
        let mut fonts = FallbackFonts::installed();
        for path in &self.files {
            fonts.add_file(path).map_err(FigurePageError::from)?;
        }
        Ok(fonts)
    }
}

/// Says on stderr which installed fonts a figure needed, because it may look different on another computer.
pub(crate) fn report_installed_fonts(fonts: &FallbackFonts) {
    let names = fonts.used_installed_fonts();
    if names.is_empty() {
        return;
    }
    output::print_error_line(&format!(
        "note: some text is drawn with installed fonts (“{}”); for the same figure on every computer, name a font \
         file with --font FILE",
        names.join("”, “")
    ));
}
