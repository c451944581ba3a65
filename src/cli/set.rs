//! `neurodial set`: changes a document; either all assignments are applied or none.

use std::path::PathBuf;

use anyhow::bail;

use neurodial_core::session::Origin;
use neurodial_core::text::shortened;

use super::values::refusal_error;
use super::{assignment, document_arg, output};

/// The arguments of `set`.
#[derive(Debug, clap::Args)]
pub struct SetArgs {
    /// The name of a preset, or a file
    #[arg(value_name = "DOCUMENT")]
    document: PathBuf,
    /// 'w[1,2,3]=1/3' 'b[1,2]=-2e-3' 'x[1]=4' 'name[x1]=height' 'name[1,2]=yes' 'activation[1]=step'
    /// 'activation[1,2]=tanh': layers, neurons and inputs are counted from 1; applied in order
    #[arg(value_name = "PLACE=VALUE")]
    assignments: Vec<String>,
    /// The file to write; by default DOCUMENT is overwritten; - is the standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Applies the assignments in order and writes the document.
///
/// # Errors
/// Returns an error if an assignment is invalid, a preset is given without `-o`, or the file can’t be
/// written.
pub(crate) fn run(arguments: &SetArgs) -> anyhow::Result<()> {
    let mut session = document_arg::open(&arguments.document)?;
    let output = match (&arguments.output, session.origin()) {
        (Some(output), _) => output.clone(),
        (None, Origin::File(path)) => path.clone(),
        (None, _) => bail!(
            "{} is a preset and stays as it is; say with -o FILE where to write",
            document_arg::title(&session)
        ),
    };
    if arguments.assignments.is_empty() && arguments.output.is_none() {
        bail!("there is nothing to set; write it like 'w[1,2,3]=0.5'");
    }
    for text in &arguments.assignments {
        let action = assignment::parse(text)?;
        let place = shortened(text.split('=').next().unwrap_or(text).trim());
        session
            .apply(action)
            .map_err(|refusal| refusal_error(&place, &refusal))?;
    }
    output::write_document(session.document(), &output)
}
