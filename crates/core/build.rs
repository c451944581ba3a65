//! Checks the message catalog in `assets/locales` and generates the methods of `text::Messages` from it.

#![expect(
    clippy::disallowed_methods,
    reason = "a build script reads the catalog and writes the generated code"
)]

use std::path::Path;
use std::{env, fs};

#[path = "build/catalog.rs"]
mod catalog;

use catalog::SourceFile;

fn main() {
    println!("cargo::rerun-if-changed=assets/locales");
    println!("cargo::rerun-if-changed=build");
    if let Err(problem) = write_messages() {
        println!("cargo::error={problem}");
    }
}

/// Writes `messages.rs`, or returns what is wrong with the catalog.
fn write_messages() -> Result<(), String> {
    let english = read_locale("en")?;
    let chinese = read_locale("zh-Hans")?;
    let code = catalog::generate(&english, &chinese)?;
    let folder = env::var("OUT_DIR").map_err(|e| format!("OUT_DIR: {e}"))?;
    let path = Path::new(&folder).join("messages.rs");
    fs::write(&path, code).map_err(|e| format!("{}: {e}", path.display()))
}

/// Reads all files of a language, in the order of their names.
fn read_locale(name: &str) -> Result<Vec<SourceFile>, String> {
    let folder = Path::new("assets/locales").join(name);
    let failed = |e: std::io::Error| format!("{}: {e}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|extension| extension == "ftl") {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            files.push(SourceFile { name, text });
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}
