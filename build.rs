//! Lists the files of the bundled lessons in `assets/lessons`, which the program contains.

use std::path::Path;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=assets/lessons");
    if let Err(problem) = write_lessons() {
        println!("cargo::error={problem}");
    }
}

/// Writes `bundled_lessons.rs`: an array of the names and contents, in the order of names.
fn write_lessons() -> Result<(), String> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(|e| format!("CARGO_MANIFEST_DIR: {e}"))?;
    let folder = Path::new(&root).join("assets/lessons");
    let failed = |e: std::io::Error| format!("{}: {e}", folder.display());
    let mut names = Vec::new();
    let entries = match folder.is_dir() {
        true => fs::read_dir(&folder).map_err(failed)?.collect(),
        false => Vec::new(),
    };
    for entry in entries {
        let entry = entry.map_err(failed)?;
        if entry.file_type().map_err(failed)?.is_file() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    let mut code = "&[\n".to_owned();
    for name in names {
        let path = folder.join(&name);
        code += &format!(
            "    BundledFile {{ name: {name:?}, bytes: include_bytes!({:?}) }},\n",
            path.display().to_string()
        );
    }
    code += "]\n";
    let output = env::var("OUT_DIR").map_err(|e| format!("OUT_DIR: {e}"))?;
    let path = Path::new(&output).join("bundled_lessons.rs");
    fs::write(&path, code).map_err(|e| format!("{}: {e}", path.display()))
}
