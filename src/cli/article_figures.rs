//! `neurodial article-figures`: the article's own figures.

use std::path::PathBuf;

use egui_figure::Studio;
use egui_figure::svg::Text;
use crate::panes::article::ArticleFigure;
use crate::panes::plate::Kind;
use neurodial_core::session::file::{make_folder_of, write_atomically};

use super::figure::values::mode;

/// What `article-figures` is told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The folder to write them to; it is made if it is not there
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// The colours: print, light, dark or gray
    #[arg(long, value_name = "LOOK", default_value = "print")]
    look: String,
    /// Text as outlines, for programs without the fonts
    #[arg(long)]
    outline: bool,
}

/// Draws all of them, and then writes all of them.
///
/// # Errors
/// If a file can’t be written: one sentence.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let text = if arguments.outline {
        Text::Outlined
    } else {
        Text::Embedded
    };
    let mode = mode(&arguments.look)?;
    let mut studio = Studio::new();
    let mut files = Vec::new();
    for figure in ArticleFigure::ALL {
        let bytes = figure.draw(&mut studio, mode)?.file(Kind::Svg, text, None)?;
        files.push((arguments.output.join(format!("{}.svg", figure.name())), bytes));
    }
    for (path, bytes) in files {
        make_folder_of(&path)?;
        write_atomically(&path, &bytes)?;
    }
    Ok(())
}
