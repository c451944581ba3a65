//! `neurodial presets`: lists the presets, one on each line.

use neurodial_core::formats::Preset;

use super::output;

/// Prints each preset’s name and note.
///
/// # Errors
/// Returns an error if stdout can’t be written.
pub(crate) fn run() -> anyhow::Result<()> {
    let width = Preset::ALL
        .map(|preset| preset.name.len())
        .into_iter()
        .max()
        .unwrap_or(0);
    let mut text = String::new();
    for preset in Preset::ALL {
        let note = preset.document()?.note;
        text += &format!("{:width$}  {note}\n", preset.name);
    }
    output::print(&text)
}
