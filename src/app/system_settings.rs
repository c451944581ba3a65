//! The settings of the operating system for people who see badly or whom motion disturbs. They are read once, when
//! the window opens; neither winit nor eframe reports them.
//!
//! | system | high contrast | reduced motion |
//! | --- | --- | --- |
//! | Linux | the desktop portal's `contrast`, `GTK_THEME`, GNOME's `high-contrast` and `gtk-theme` | the desktop portal's `reduced-motion`, GNOME's `enable-animations` |
//! | macOS | `increaseContrast` | `reduceMotion` |
//! | Windows | `HighContrast` in the registry | `MinAnimate` in the registry |

use std::process::{Command, Stdio};

/// The settings of the operating system.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct SystemSettings {
    /// True if the system asks for high contrast.
    pub(crate) has_high_contrast: bool,
    /// True if the system asks for less motion.
    pub(crate) has_reduced_motion: bool,
}

impl SystemSettings {
    /// Reads the settings. What the system doesn't say is off.
    pub(crate) fn read() -> Self {
        if cfg!(target_os = "macos") {
            let is_on = |key| is_positive(&output("defaults", &["read", "com.apple.universalaccess", key]));
            return Self {
                has_high_contrast: is_on("increaseContrast"),
                has_reduced_motion: is_on("reduceMotion"),
            };
        }
        if cfg!(target_os = "windows") {
            let value = |key, name| registry_value(&output("reg", &["query", key, "/v", name]));
            // The first bit of the flags says that it is on.
            let flags = value(r"HKCU\Control Panel\Accessibility\HighContrast", "Flags");
            let animation = value(r"HKCU\Control Panel\Desktop\WindowMetrics", "MinAnimate");
            return Self {
                has_high_contrast: flags.is_some_and(|flags| flags & 1 == 1),
                has_reduced_motion: animation == Some(0),
            };
        }
        let portal = portal_settings();
        let setting = |schema, key| output("gsettings", &["get", schema, key]);
        let is_contrast_theme = |name: &str| name.to_lowercase().contains("highcontrast");
        Self {
            has_high_contrast: is_in_portal(&portal, "contrast")
                || std::env::var("GTK_THEME").is_ok_and(|name| is_contrast_theme(&name))
                || setting("org.gnome.desktop.a11y.interface", "high-contrast") == "true"
                || is_contrast_theme(&setting("org.gnome.desktop.interface", "gtk-theme")),
            has_reduced_motion: is_in_portal(&portal, "reduced-motion")
                || setting("org.gnome.desktop.interface", "enable-animations") == "false",
        }
    }
}

/// Returns the settings of appearance that all desktops publish through the portal, as `gdbus` prints them.
fn portal_settings() -> String {
    const ARGUMENTS: [&str; 11] = [
        "call",
        "--session",
        "--timeout",
        "1",
        "--dest",
        "org.freedesktop.portal.Desktop",
        "--object-path",
        "/org/freedesktop/portal/desktop",
        "--method",
        "org.freedesktop.portal.Settings.ReadAll",
        "['org.freedesktop.appearance']",
    ];
    output("gdbus", &ARGUMENTS)
}

/// True if the printed settings of the portal have the value 1 for a key.
fn is_in_portal(settings: &str, key: &str) -> bool {
    settings.contains(&format!("'{key}': <uint32 1>"))
}

/// Returns what a program prints; an empty text if it can't be run.
fn output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output();
    output.map_or_else(
        |_| String::new(),
        |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
    )
}

/// True if macOS prints that a setting is on.
fn is_positive(text: &str) -> bool {
    matches!(text, "1" | "true" | "YES")
}

/// Returns the number at the end of what `reg query` prints.
fn registry_value(text: &str) -> Option<u32> {
    text.split_whitespace().last()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outputs_of_the_systems_are_understood() {
        assert!(is_positive("1") && !is_positive("0") && !is_positive(""));
        let text = "HKEY_CURRENT_USER\\Control Panel\\Accessibility\\HighContrast\r\n    Flags    REG_SZ    127\r\n\r\n";
        assert_eq!(registry_value(text), Some(127));
        assert_eq!(registry_value(""), None);
        let text =
            "({'org.freedesktop.appearance': {'contrast': <uint32 1>, 'reduced-motion': <uint32 0>}},)";
        assert!(is_in_portal(text, "contrast") && !is_in_portal(text, "reduced-motion"));
        assert_eq!(output("a program that does not exist", &[]), "");
    }
}
