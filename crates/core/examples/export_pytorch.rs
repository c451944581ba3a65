//! Writes a bundled network as a PyTorch program.
//!
//! ```text
//! cargo run -p neurodial-core --example export_pytorch -- xor
//! ```
//!
//! The argument is the name of a preset; without it the names are listed and `article` is written.

use neurodial_core::code::Language;
use neurodial_core::formats::Preset;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let name = std::env::args().nth(1);
    if name.is_none() {
        let names: Vec<_> = Preset::ALL.iter().map(|preset| preset.name).collect();
        eprintln!("Presets: {}\n", names.join(", "));
    }
    let name = name.as_deref().unwrap_or("article");
    let preset = Preset::from_name(name).ok_or_else(|| format!("there is no preset {name}"))?;
    print!("{}", Language::PyTorch.write(&preset.document()?).text);
    Ok(())
}
