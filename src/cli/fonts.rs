//! `neurodial fonts`: writes the bundled fonts as files, to be installed for programs that ignore a file's
//! embedded fonts.

use std::path::PathBuf;

use egui_figure::bundled_fonts;
use neurodial_core::formats::file::create_parent_folder;

use super::output;

/// The arguments of `fonts`.
#[derive(Debug, clap::Args)]
pub struct FontsArgs {
    /// The folder to write to; it is created if it doesn’t exist
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
}

/// Writes the fonts with their licenses.
///
/// # Errors
/// Returns an error if a file can’t be written.
pub(crate) fn run(arguments: &FontsArgs) -> anyhow::Result<()> {
    for (name, bytes) in bundled_fonts::files() {
        let path = arguments.output.join(name);
        create_parent_folder(&path)?;
        output::write_file(&path, bytes)?;
    }
    Ok(())
}
