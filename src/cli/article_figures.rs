//! `neurodial article-figures`: the figures of the article.

use std::path::PathBuf;

use crate::article::ArticleFigure;
use crate::figure_page::FigureFormat;
use crate::theme::ThemeMode;
use egui_figure::{FallbackFonts, HeadlessContext};
use neurodial_core::formats::file::create_parent_folder;
use neurodial_core::text::{Locale, Messages};

use super::values::{locales, text_mode, theme_modes};
use super::{font_args, output};

/// The arguments of `article-figures`.
#[derive(Debug, clap::Args)]
pub struct ArticleFiguresArgs {
    /// The folder to write to; it is created if it doesn’t exist
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// The color theme
    #[arg(long, alias = "look", value_name = "THEME", default_value = "print", value_parser = theme_modes())]
    theme: ThemeMode,
    /// The language of the texts
    #[arg(long, value_name = "LANGUAGE", default_value = Locale::English.name(), value_parser = locales())]
    language: Locale,
    /// Write text with embedded fonts, which can be edited, instead of outlines, which look the same in every program
    #[arg(long, conflicts_with = "outline")]
    embed_fonts: bool,
    /// Convert text to outlines, as without this option
    #[arg(long, hide = true)]
    outline: bool,
}

/// Draws all figures and then writes all files.
///
/// # Errors
/// Returns an error if a figure can’t be drawn or a file can’t be written.
pub(crate) fn run(arguments: &ArticleFiguresArgs) -> anyhow::Result<()> {
    let text = text_mode(arguments.outline || !arguments.embed_fonts);
    let fonts = FallbackFonts::installed();
    let mut headless = HeadlessContext::new();
    headless.set_fallback_fonts(fonts.clone());
    let mut files = Vec::new();
    for figure in ArticleFigure::ALL {
        let bytes = figure
            .draw(&mut headless, arguments.theme, Messages::new(arguments.language))?
            .to_bytes(FigureFormat::Svg, text, None)?;
        files.push((arguments.output.join(format!("{}.svg", figure.name())), bytes));
    }
    for (path, bytes) in files {
        create_parent_folder(&path)?;
        output::write_file(&path, &bytes)?;
    }
    font_args::report_installed_fonts(&fonts);
    Ok(())
}
