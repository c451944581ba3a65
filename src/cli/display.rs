//! The check that a window can be opened.

use anyhow::bail;

const COMMANDS_HINT: &str = "commands such as “neurodial forward article” work without a display \
                       (neurodial --help lists them)";

/// Checks the environment for a display.
///
/// # Errors
/// On Linux, returns an error if neither a Wayland nor an X11 display is named.
pub fn check() -> anyhow::Result<()> {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let displays = ["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY"];
    if cfg!(target_os = "linux") && !displays.into_iter().any(is_set) {
        bail!("no display was found to open a window on; {COMMANDS_HINT}");
    }
    Ok(())
}

/// Returns the error for a display on which no window opens.
pub fn window_error(reason: &anyhow::Error) -> anyhow::Error {
    let reason = format!("{reason:#}");
    // The windowing library begins with the line of its source; the actual reason comes last.
    let reason = reason.rsplit(": ").next().unwrap_or(&reason);
    let reason = reason.trim_end_matches(['.', '\n']);
    anyhow::anyhow!("no window could be opened on this display ({reason}); {COMMANDS_HINT}")
}
