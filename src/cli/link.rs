//! `neurodial link`: prints a document as a link.

use anyhow::ensure;

use neurodial_core::formats::link;
use neurodial_core::session::DataSource;

use super::document_arg::DocumentArg;
use super::output;

/// The arguments of `link`.
#[derive(Debug, clap::Args)]
pub struct LinkArgs {
    #[command(flatten)]
    document: DocumentArg,
    /// The address of a page that shows neurodial, which is printed in front of the link
    #[arg(long, value_name = "URL")]
    base: Option<String>,
}

/// Prints the link, and a note if rows of data are not in it.
///
/// # Errors
/// Returns an error if the document can’t be opened or the address has a `#` already.
pub(crate) fn run(arguments: &LinkArgs) -> anyhow::Result<()> {
    let base = arguments.base.as_deref().unwrap_or_default();
    ensure!(
        !base.contains('#') && !base.contains(char::is_whitespace),
        "--base {base}: the address of a page has no # and no spaces; the link begins with a #"
    );
    let session = arguments.document.open()?;
    output::print(&format!("{base}{}\n", link::write(session.document())))?;
    let setup = session.document().training_setup.as_ref();
    if let Some(DataSource::Table(table)) = setup.map(|setup| &setup.config().source) {
        output::print_error_line(&format!(
            "note: the link names the data file {} but does not contain it",
            table.file.path_in_document
        ));
    }
    Ok(())
}
