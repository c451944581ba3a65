//! The window.

use crate::session::Session;

/// Opens the window and returns when it is closed.
///
/// # Errors
/// If no window can be opened.
pub fn run(_session: Session) -> anyhow::Result<()> {
    anyhow::bail!("this build has no window")
}
