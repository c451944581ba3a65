//! Font files with only the characters of a figure, for browsers.
//!
//! `subsetter` makes subsets for PDF, where glyphs are addressed by number. A browser also needs the tables
//! `cmap` (characters to glyphs) and `name`, so the file is assembled again with those. Kerning is left out:
//! a figure gives the position of each character.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use subsetter::GlyphRemapper;

use super::error::{FigureError, FontProblem};
use super::loaded_face::LoadedFace;

/// Subsets (base64) by font name and characters.
type SubsetCache = BTreeMap<(&'static str, String), Arc<str>>;
/// The tables of a font file: tag and bytes.
type FontTables = Vec<([u8; 4], Vec<u8>)>;

/// Returns the subset of a font as base64. The same characters give the same text, which is cached.
///
/// # Errors
/// Returns an error if the font can't be parsed.
pub(super) fn web_font_base64(
    face: &LoadedFace,
    characters: &BTreeSet<char>,
) -> Result<Arc<str>, FigureError> {
    /// The subsets made so far; similar figures share a few.
    static CACHE: OnceLock<Mutex<SubsetCache>> = OnceLock::new();
    const MAX_ENTRIES: usize = 256;
    let key = (face.face.name, characters.iter().collect::<String>());
    let cache = CACHE.get_or_init(Mutex::default);
    if let Ok(subsets) = cache.lock()
        && let Some(text) = subsets.get(&key)
    {
        return Ok(Arc::clone(text));
    }
    let bytes = subset(face, characters).ok_or_else(|| FigureError::InvalidFont {
        name: face.face.name.to_owned(),
        reason: FontProblem::Damaged,
    })?;
    let text: Arc<str> = STANDARD.encode(bytes).into();
    if let Ok(mut subsets) = cache.lock() {
        if subsets.len() >= MAX_ENTRIES {
            subsets.clear();
        }
        subsets.insert(key, Arc::clone(&text));
    }
    Ok(text)
}

/// Returns a font file with only these characters, or `None` if the font is damaged; characters that the font lacks
/// are skipped.
fn subset(face: &LoadedFace, characters: &BTreeSet<char>) -> Option<Vec<u8>> {
    let mut glyphs = GlyphRemapper::new();
    let mut map = BTreeMap::new();
    for &character in characters {
        let Some(glyph) = face.glyph(character) else {
            continue;
        };
        let old_id = u16::try_from(glyph.to_u32()).ok()?;
        map.insert(u32::from(character), glyphs.remap(old_id));
    }
    let reduced = subsetter::subset(face.face.bytes, face.face.index, &glyphs).ok()?;
    let mut tables = read_tables(&reduced, 0)?;
    tables.retain(|(tag, _)| tag != b"name");
    tables.push((*b"cmap", cmap_table(&map)));
    tables.push((*b"name", name_table(face.face.family)));
    let original_tables = read_tables(face.face.bytes, face.face.index)?;
    tables.extend(original_tables.into_iter().filter(|(tag, _)| tag == b"OS/2"));
    let version = reduced.first_chunk::<4>()?;
    Some(assemble_font(*version, tables))
}

/// Returns the tables of the font with this index in a file, or `None` if the file is damaged.
fn read_tables(file: &[u8], index: u32) -> Option<FontTables> {
    let start = if file.starts_with(b"ttcf") {
        let at = 12 + 4 * usize::try_from(index).ok()?;
        usize::try_from(u32::from_be_bytes(*file.get(at..)?.first_chunk()?)).ok()?
    } else {
        0
    };
    let header = file.get(start..)?;
    let count = u16::from_be_bytes(*header.get(4..6)?.first_chunk()?);
    let records = header.get(12..)?.chunks_exact(16).take(usize::from(count));
    records
        .map(|record| {
            let tag = *record.first_chunk::<4>()?;
            let read_offset = |at: usize| {
                let bytes = record.get(at..at + 4)?.first_chunk()?;
                usize::try_from(u32::from_be_bytes(*bytes)).ok()
            };
            let (offset, length) = (read_offset(8)?, read_offset(12)?);
            Some((tag, file.get(offset..offset.checked_add(length)?)?.to_vec()))
        })
        .collect()
}

/// Returns a `cmap` table (format 12): one segment for each run of consecutive characters and glyphs.
fn cmap_table(map: &BTreeMap<u32, u16>) -> Vec<u8> {
    let mut runs: Vec<[u32; 3]> = Vec::new();
    for (&character, &glyph) in map {
        let glyph = u32::from(glyph);
        match runs.last_mut() {
            Some([first, last, start])
                if *last + 1 == character && *start + (character - *first) == glyph =>
            {
                *last = character;
            }
            _ => runs.push([character, character, glyph]),
        }
    }
    let count = runs.len() as u32;
    let mut table = Vec::new();
    // Version 0, one subtable: Windows, full Unicode.
    push16(&mut table, &[0, 1, 3, 10]);
    push32(&mut table, &[12]);
    push16(&mut table, &[12, 0]);
    push32(&mut table, &[16 + 12 * count, 0, count]);
    for run in runs {
        push32(&mut table, &run);
    }
    table
}

/// Returns a `name` table with the four names that a font must have, all made from the family name.
fn name_table(family: &str) -> Vec<u8> {
    let postscript: String = family.split(' ').collect();
    let texts = [(1, family), (2, "Regular"), (4, family), (6, postscript.as_str())];
    let mut table = Vec::new();
    let mut strings: Vec<u8> = Vec::new();
    push16(&mut table, &[0, texts.len() as u16, 6 + 12 * texts.len() as u16]);
    for (name_id, text) in texts {
        let start = strings.len() as u16;
        for unit in text.encode_utf16() {
            push16(&mut strings, &[unit]);
        }
        let length = strings.len() as u16 - start;
        // Windows, Unicode, English (United States).
        push16(&mut table, &[3, 1, 0x409, name_id, length, start]);
    }
    table.extend(strings);
    table
}

fn push16(bytes: &mut Vec<u8>, values: &[u16]) {
    bytes.extend(values.iter().flat_map(|value| value.to_be_bytes()));
}

fn push32(bytes: &mut Vec<u8>, values: &[u32]) {
    bytes.extend(values.iter().flat_map(|value| value.to_be_bytes()));
}

/// Returns the sum of a table's big-endian 32-bit words, modulo 2³².
fn checksum(bytes: &[u8]) -> u32 {
    let word = |chunk: &[u8]| {
        let mut word = [0; 4];
        for (to, from) in word.iter_mut().zip(chunk) {
            *to = *from;
        }
        u32::from_be_bytes(word)
    };
    bytes.chunks(4).map(word).fold(0, u32::wrapping_add)
}

/// Assembles a font file from its tables (OpenType specification, “Organization of an OpenType Font”).
fn assemble_font(version: [u8; 4], mut tables: FontTables) -> Vec<u8> {
    /// The offset of the whole file's checksum adjustment in the table `head`.
    const CHECKSUM_OFFSET: usize = 8;
    tables.sort();
    for (tag, bytes) in &mut tables {
        if tag == b"head"
            && let Some(sum) = bytes.get_mut(CHECKSUM_OFFSET..CHECKSUM_OFFSET + 4)
        {
            sum.fill(0);
        }
    }
    let count = tables.len() as u16;
    let power = count.max(1).ilog2() as u16;
    let search = 16 << power;
    let mut file = version.to_vec();
    push16(&mut file, &[count, search, power, 16 * count - search]);
    let mut offset = 12 + 16 * u32::from(count);
    let mut adjustment_offset = None;
    for (tag, bytes) in &tables {
        if tag == b"head" {
            adjustment_offset = Some(offset as usize + CHECKSUM_OFFSET);
        }
        file.extend(tag);
        push32(&mut file, &[checksum(bytes), offset, bytes.len() as u32]);
        offset += (bytes.len() as u32).next_multiple_of(4);
    }
    for (_, bytes) in &tables {
        file.extend(bytes);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    let adjustment = 0xB1B0_AFBA_u32.wrapping_sub(checksum(&file));
    if let Some(sum) = adjustment_offset.and_then(|at| file.get_mut(at..at + 4)) {
        sum.copy_from_slice(&adjustment.to_be_bytes());
    }
    file
}
