//! `neurodial article-figures`: the figures of the article.

use std::path::PathBuf;

use crate::article::ArticleFigure;
use crate::figure_page::FigureFormat;
use egui_figure::HeadlessContext;
use egui_figure::svg::TextMode;
use neurodial_core::session::file::{create_parent_folder, write_atomically};
use neurodial_core::text::Messages;

use super::figure::values::{parse_locale, parse_mode};

/// The arguments of `article-figures`.
#[derive(Debug, clap::Args)]
pub struct ArticleFiguresArgs {
    /// The folder to write to; it is created if it doesn’t exist
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// The color theme: print, light, dark or gray
    #[arg(long, value_name = "LOOK", default_value = "print")]
    look: String,
    /// The language of the texts: en or zh-Hans; by default en
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
    /// Convert text to outlines, for programs without the fonts
    #[arg(long)]
    outline: bool,
}

/// Draws all figures and then writes all files.
///
/// # Errors
/// Returns an error if a figure can’t be drawn or a file can’t be written.
pub(crate) fn run(arguments: &ArticleFiguresArgs) -> anyhow::Result<()> {
    let text = if arguments.outline {
        TextMode::Outlines
    } else {
        TextMode::EmbeddedFonts
    };
    let mode = parse_mode(&arguments.look)?;
    let messages = Messages::new(parse_locale(arguments.language.as_deref())?);
    let mut headless = HeadlessContext::new();
    let mut files = Vec::new();
    for figure in ArticleFigure::ALL {
        let bytes = figure
            .draw(&mut headless, mode, messages)?
            .to_bytes(FigureFormat::Svg, text, None)?;
        files.push((arguments.output.join(format!("{}.svg", figure.name())), bytes));
    }
    for (path, bytes) in files {
        create_parent_folder(&path)?;
        write_atomically(&path, &bytes)?;
    }
    Ok(())
}
