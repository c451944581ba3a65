//! `neurodial fonts`: the bundled fonts as files, to be installed for programs that ignore a file's own.

use std::path::PathBuf;

use egui_figure::typeface;
use neurodial_core::session::file::{make_folder_of, write_atomically};

/// What `fonts` is told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The folder to write them to; it is made if it is not there
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
}

/// Writes them with their licences.
///
/// # Errors
/// If a file can’t be written: one sentence.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    for (name, bytes) in typeface::files() {
        let path = arguments.output.join(name);
        make_folder_of(&path)?;
        write_atomically(&path, bytes)?;
    }
    Ok(())
}
