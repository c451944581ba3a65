//! Fonts for characters that the bundled fonts lack: files that are given, and the installed fonts.
//!
//! All fonts have a fixed rank, and a character is drawn with the first font that has it. So the font of a
//! character doesn't depend on the other characters of a figure.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use resvg::usvg::fontdb::{Database, FaceInfo, ID, Source, Stretch, Style};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::string::StringId;
use skrifa::{FontRef, GlyphId, MetadataProvider as _};

use crate::bundled_fonts::{self, FontFace};
use crate::color_glyph::has_color;
use crate::error::{FigureError, FontProblem};

/// The largest font file, in bytes. The largest in use, with several languages of East Asia, have 30 MB.
const MAX_FILE_SIZE: u64 = 200 << 20;

/// The fonts for characters that the bundled fonts lack. Without further ado, that is the bundled
/// [Chinese font](bundled_fonts::chinese) only.
///
/// Clones share the list of [used installed fonts](Self::used_installed_fonts).
///
/// ```
/// # fn main() -> Result<(), egui_figure::FigureError> {
/// use egui_figure::{FallbackFonts, HeadlessContext};
///
/// let mut headless = HeadlessContext::new();
/// headless.set_fallback_fonts(FallbackFonts::installed());
/// headless.draw(egui::vec2(120.0, 40.0), |ui| {
///     ui.label("只有中文");
/// })?;
/// assert!(headless.fallback_fonts().used_installed_fonts().is_empty());
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default)]
pub struct FallbackFonts {
    /// The fonts from files, in the order of preference.
    files: Vec<FontFace>,
    uses_installed_fonts: bool,
    used: Arc<Mutex<BTreeSet<&'static str>>>,
}

/// The place of a font in the order in which fonts are tried.
pub(crate) type FontRank = usize;

impl FallbackFonts {
    /// Returns the bundled Chinese font and then all installed fonts, which are listed at the first character
    /// that needs one.
    pub fn installed() -> Self {
        Self {
            uses_installed_fonts: true,
            ..Self::default()
        }
    }

    /// Adds the first font in a file, to be tried after those added before and before the installed fonts. A
    /// second font of a family has no effect.
    ///
    /// # Errors
    /// Returns an error if the file can't be read or is no font.
    pub fn add_file(&mut self, path: &Path) -> Result<(), FigureError> {
        let error = |reason: FontProblem| FigureError::InvalidFont {
            name: format!("“{}”", path.display()),
            reason,
        };
        let bytes = read_font_file(path).map_err(error)?;
        let not_a_font = || error(FontProblem::NotAFont);
        let face = leak_face(bytes, 0).ok_or_else(not_a_font)?;
        if self.files.iter().all(|file| file.name != face.name) {
            self.files.push(face);
        }
        Ok(())
    }

    /// Returns the same fonts, with an empty list of used ones.
    pub fn unused(&self) -> Self {
        Self {
            used: Arc::default(),
            ..self.clone()
        }
    }

    /// Returns the names of the installed fonts that text was drawn with so far, in alphabetic order.
    pub fn used_installed_fonts(&self) -> Vec<&'static str> {
        let used = self.used.lock();
        used.map_or_else(|_| Vec::new(), |used| used.iter().copied().collect())
    }

    /// Returns the first font that can draw a character, with its rank.
    pub(crate) fn find(&self, character: char) -> Option<(FontRank, FontFace)> {
        if is_in_chinese_font(character) {
            return Some((0, bundled_fonts::chinese()));
        }
        let has_ink = |face: &FontFace| {
            [Ink::Outline, Ink::Color]
                .into_iter()
                .any(|ink| can_draw(face.bytes, face.index, character, ink))
        };
        if let Some(index) = self.files.iter().position(has_ink) {
            return Some((1 + index, *self.files.get(index)?));
        }
        if !self.uses_installed_fonts {
            return None;
        }
        let (rank, face) = installed_fonts().find(character, &self.files)?;
        if let Ok(mut used) = self.used.lock() {
            used.insert(face.name);
        }
        Some((1 + self.files.len() + rank, face))
    }
}

/// True if the bundled Chinese font has the character. The font is decompressed only for a character that it
/// may have.
fn is_in_chinese_font(character: char) -> bool {
    matches!(character, '\u{2100}'..='\u{24FF}' | '\u{3000}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}')
        && can_draw(bundled_fonts::chinese().bytes, 0, character, Ink::Outline)
}

/// Reads a font file.
fn read_font_file(path: &Path) -> Result<Vec<u8>, FontProblem> {
    let unreadable = |error: std::io::Error| FontProblem::Unreadable(error.to_string());
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(FontProblem::NotAFile);
    }
    if metadata.len() > MAX_FILE_SIZE {
        return Err(FontProblem::TooLarge(MAX_FILE_SIZE >> 20));
    }
    std::fs::read(path).map_err(unreadable)
}

/// Returns a font of a file, or `None` if the file is no font. The file is kept in memory until the program
/// ends, because egui and all figures may use it.
fn leak_face(bytes: Vec<u8>, index: u32) -> Option<FontFace> {
    let font = FontRef::from_index(&bytes, index).ok()?;
    let name_of = |id| {
        font.localized_strings(id)
            .english_or_first()
            .map(|name| name.to_string())
    };
    let family = name_of(StringId::TYPOGRAPHIC_FAMILY_NAME)
        .or_else(|| name_of(StringId::FAMILY_NAME))
        .filter(|name| !name.is_empty())?;
    let is_parsed = font.charmap().has_map()
        && font
            .metrics(Size::unscaled(), LocationRef::default())
            .units_per_em
            > 0;
    let weight = font.attributes().weight.value().round() as u16;
    let family: &'static str = family.replace(['"', '\\', '<', '&'], " ").leak();
    is_parsed.then(|| FontFace {
        name: family,
        file: "",
        bytes: bytes.leak(),
        index,
        family,
        weight,
        italic: false,
    })
}

/// The way a font draws a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ink {
    /// As an outline.
    Outline,
    /// In color, as a bitmap or as several outlines, which becomes an image in figures.
    Color,
}

/// True if a font has the character and draws it in this way.
fn can_draw(bytes: &[u8], index: u32, character: char, ink: Ink) -> bool {
    let Ok(font) = FontRef::from_index(bytes, index) else {
        return false;
    };
    let glyph = font.charmap().map(character);
    let Some(glyph) = glyph.filter(|&glyph| glyph != GlyphId::NOTDEF) else {
        return false;
    };
    match ink {
        Ink::Outline => character.is_whitespace() || has_outline(&font, glyph),
        Ink::Color => has_color(&font, glyph),
    }
}

/// True if the outline of a glyph is not empty.
pub(crate) fn has_outline(font: &FontRef<'_>, glyph: GlyphId) -> bool {
    /// Notices lines and curves.
    struct InkPen(bool);
    impl OutlinePen for InkPen {
        fn move_to(&mut self, _: f32, _: f32) {}
        fn line_to(&mut self, _: f32, _: f32) {
            self.0 = true;
        }
        fn quad_to(&mut self, _: f32, _: f32, _: f32, _: f32) {
            self.0 = true;
        }
        fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {
            self.0 = true;
        }
        fn close(&mut self) {}
    }
    let mut pen = InkPen(false);
    let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
    let outline = font.outline_glyphs().get(glyph);
    outline.is_some_and(|outline| outline.draw(settings, &mut pen).is_ok()) && pen.0
}

/// The installed fonts in the order in which they are tried.
struct InstalledFonts {
    database: Database,
    /// One font per family.
    ranked: Vec<ID>,
    /// The fonts that were needed so far, by rank; `None` if its file can't be used.
    loaded: Mutex<BTreeMap<FontRank, Option<FontFace>>>,
}

/// Returns the installed fonts, which are listed at the first call.
fn installed_fonts() -> &'static InstalledFonts {
    static FONTS: OnceLock<InstalledFonts> = OnceLock::new();
    FONTS.get_or_init(|| {
        let mut database = Database::new();
        database.load_system_fonts();
        InstalledFonts {
            ranked: ranked_fonts(&database),
            database,
            loaded: Mutex::default(),
        }
    })
}

impl InstalledFonts {
    /// Returns the first font that draws the character as an outline, or else the first that draws it in color;
    /// none of the families in `files`.
    fn find(&self, character: char, files: &[FontFace]) -> Option<(FontRank, FontFace)> {
        [Ink::Outline, Ink::Color].into_iter().find_map(|ink| {
            self.ranked.iter().enumerate().find_map(|(rank, &id)| {
                let draws = |bytes: &[u8], index| can_draw(bytes, index, character, ink);
                let is_found = self.database.with_face_data(id, draws) == Some(true);
                let face = is_found.then(|| self.load(rank, id)).flatten()?;
                let is_new = files.iter().all(|file| file.name != face.name);
                is_new.then_some((rank, face))
            })
        })
    }

    /// Returns a font, whose file is read at the first call.
    fn load(&self, rank: FontRank, id: ID) -> Option<FontFace> {
        let mut loaded = self.loaded.lock().ok()?;
        *loaded.entry(rank).or_insert_with(|| {
            let info = self.database.face(id)?;
            let path = source_path(&info.source)?;
            leak_face(read_font_file(path).ok()?, info.index)
        })
    }
}

/// Returns the path of a font in a file.
fn source_path(source: &Source) -> Option<&PathBuf> {
    match source {
        Source::File(path) | Source::SharedFile(path, _) => Some(path),
        Source::Binary(_) => None,
    }
}

/// Returns one upright font per family, the most regular, with the families in the order of preference.
fn ranked_fonts(database: &Database) -> Vec<ID> {
    let mut families: BTreeMap<&str, Vec<&FaceInfo>> = BTreeMap::new();
    for face in database.faces() {
        if let Some((family, _)) = face.families.first()
            && face.style == Style::Normal
            && !is_placeholder(family)
        {
            families.entry(family).or_default().push(face);
        }
    }
    let mut ranked: Vec<_> = families
        .into_iter()
        .filter_map(|(family, faces)| {
            let regularity = |face: &&FaceInfo| {
                let deviation = face.weight.0.abs_diff(400);
                (
                    face.stretch != Stretch::Normal,
                    deviation,
                    source_path(&face.source).cloned(),
                    face.index,
                )
            };
            let face = faces.into_iter().min_by_key(regularity)?;
            Some(((preference(family, face.monospaced), family), face.id))
        })
        .collect();
    ranked.sort();
    ranked.into_iter().map(|(_, id)| id).collect()
}

/// True for fonts that have boxes or nothing for all characters, and hidden fonts of the system.
fn is_placeholder(family: &str) -> bool {
    family.starts_with('.')
        || ["LastResort", "Last Resort", "Blank", "Fallback"]
            .iter()
            .any(|word| family.contains(word))
}

/// Returns the place of a family: first the usual sans-serif fonts of the systems, then other fonts of Noto
/// Sans, then all other fonts, those with serifs and fixed widths last.
fn preference(family: &str, is_monospaced: bool) -> usize {
    /// Of fonts for several languages of East Asia, the first is the one for Traditional Chinese: Simplified
    /// Chinese is bundled.
    const FAMILIES: [&str; 24] = [
        "Noto Sans",
        "Noto Sans CJK TC",
        "Noto Sans TC",
        "Noto Sans CJK JP",
        "Noto Sans JP",
        "Noto Sans CJK KR",
        "Noto Sans KR",
        "Noto Emoji",
        "Segoe UI",
        "Microsoft JhengHei",
        "Yu Gothic",
        "Malgun Gothic",
        "Nirmala UI",
        "Segoe UI Symbol",
        "Segoe UI Emoji",
        "Helvetica Neue",
        "PingFang TC",
        "Hiragino Sans",
        "Apple SD Gothic Neo",
        "Geeza Pro",
        "Arial Hebrew",
        "Kohinoor Devanagari",
        "Apple Symbols",
        "Arial",
    ];
    const SERIF_WORDS: [&str; 10] = [
        "Serif", "Times", "Song", "Ming", "Mincho", "Batang", "Myungjo", "Naskh", "Nastaliq", "Roman",
    ];
    let is_mono = is_monospaced || family.contains("Mono");
    let listed = FAMILIES.iter().position(|&listed| listed == family);
    listed.unwrap_or_else(|| {
        let class = match family {
            _ if is_mono => 3,
            _ if SERIF_WORDS.iter().any(|word| family.contains(word)) => 2,
            _ if family.starts_with("Noto Sans") => 0,
            _ => 1,
        };
        FAMILIES.len() + class
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sans_serif_fonts_precede_serif_and_monospaced_fonts() {
        let mut families = [
            ("Noto Sans Mono CJK TC", true),
            ("Noto Serif Hebrew", false),
            ("Unifont", false),
            ("Noto Sans Hebrew", false),
            ("Noto Sans CJK TC", false),
            ("Noto Sans", false),
        ];
        families.sort_by_key(|(family, is_monospaced)| (preference(family, *is_monospaced), *family));
        let names = families.map(|(family, _)| family);
        assert_eq!(
            names,
            [
                "Noto Sans",
                "Noto Sans CJK TC",
                "Noto Sans Hebrew",
                "Unifont",
                "Noto Serif Hebrew",
                "Noto Sans Mono CJK TC"
            ]
        );
    }

    #[test]
    fn chinese_font_has_all_of_gb2312_and_no_letters() {
        for character in "一龥座啊齄、。《》「」（），：；？！～Ａ９ァん℃①Ⅱ".chars()
        {
            let is_expected = character != '龥';
            assert_eq!(is_in_chinese_font(character), is_expected, "{character}");
        }
        for character in "aé→ж한".chars() {
            assert!(!is_in_chinese_font(character), "{character}");
        }
    }
}
