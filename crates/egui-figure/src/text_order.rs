//! The order in which text is drawn where egui's own layout is not enough: text from right to left, and line
//! breaks in Chinese.
//!
//! egui shapes each word of Hebrew or Arabic from right to left, but puts the words of a text from left to
//! right, and shortens a text at its right end. And it lets a line end with an opening bracket. So painted
//! texts with such characters are laid out again.

use std::sync::Arc;

use egui::epaint::TextShape;
use egui::layers::ShapeIdx;
use egui::text::{ByteIndex, LayoutJob, LayoutSection};
use egui::{Context, Galley, LayerId, Shape};
use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

/// The characters that no line of Chinese text ends with: （ 《 「 『 【 〔 〈 〖 ［ ｛ “ ‘.
const OPENING: &str = "\u{FF08}\u{300A}\u{300C}\u{300E}\u{3010}\u{3014}\u{3008}\u{3016}\u{FF3B}\u{FF5B}“‘";
/// Separates characters that egui must not shape together. It is invisible.
const SEPARATOR: char = '\u{200E}';

/// Lays out again all texts that were painted in this pass and need it.
pub(crate) fn reorder_painted_text(ctx: &Context) {
    let mut layers: Vec<LayerId> = ctx.memory(|memory| memory.layer_ids().collect());
    for layer in [LayerId::background(), LayerId::debug()] {
        if !layers.contains(&layer) {
            layers.push(layer);
        }
    }
    for layer in layers {
        let found: Vec<(usize, Shape)> = ctx.graphics(|graphics| {
            let entries = graphics
                .get(layer)
                .into_iter()
                .flat_map(|list| list.all_entries());
            let with_index = entries.enumerate();
            with_index
                .filter(|(_, clipped)| needs_reordering(&clipped.shape))
                .map(|(index, clipped)| (index, clipped.shape.clone()))
                .collect()
        });
        for (index, mut shape) in found {
            reorder_shape(ctx, &mut shape);
            ctx.graphics_mut(|graphics| {
                if let Some(list) = graphics.get_mut(layer) {
                    list.mutate_shape(ShapeIdx(index), |clipped| clipped.shape = shape);
                }
            });
        }
    }
}

fn needs_reordering(shape: &Shape) -> bool {
    match shape {
        Shape::Vec(shapes) => shapes.iter().any(needs_reordering),
        Shape::Text(text) => {
            has_rtl(&text.galley.job.text) || row_with_bracket_at_end(&text.galley, 0).is_some()
        }
        _ => false,
    }
}

fn reorder_shape(ctx: &Context, shape: &mut Shape) {
    match shape {
        Shape::Vec(shapes) => shapes.iter_mut().for_each(|shape| reorder_shape(ctx, shape)),
        Shape::Text(TextShape { galley, .. }) if has_rtl(&galley.job.text) => {
            *galley = visual_galley(ctx, galley);
        }
        Shape::Text(TextShape { galley, .. }) => *galley = move_brackets(ctx, galley),
        _ => {}
    }
}

/// True for the letters of Hebrew, Arabic and other scripts that are written from right to left, with their
/// marks, digits and punctuation.
fn is_rtl(character: char) -> bool {
    matches!(character, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}')
}

fn has_rtl(text: &str) -> bool {
    // The first bytes of all such characters, to skip most texts quickly.
    text.bytes().any(|byte| matches!(byte, 0xD6..=0xE0 | 0xEF)) && text.chars().any(is_rtl)
}

/// Returns the galley with its text in visual order. A text that was too long is shortened at its logical end,
/// which is the left end of a text from right to left.
fn visual_galley(ctx: &Context, galley: &Galley) -> Arc<Galley> {
    let job = &galley.job;
    let lay_out = |mut job: LayoutJob| {
        // The rows are those of the original galley.
        job.wrap.max_width = f32::INFINITY;
        ctx.fonts_mut(|fonts| fonts.layout_job(job))
    };
    if galley.rows.len() == 1 && !galley.elided {
        return lay_out(job_with(job, &visual_order(&job.text, &[])));
    }
    if job.wrap.max_rows > 1 {
        let width_of = |start: usize, end: usize| {
            let mut characters = visual_order(&job.text[start..end], &[]);
            // Each character has the format of its place in the whole text.
            for (at, _) in &mut characters {
                *at = at.map(|at| start + at);
            }
            lay_out(job_with(job, &characters)).size().x
        };
        let mut row_ends = row_ends(&job.text, job.wrap.max_width, width_of);
        row_ends.truncate(job.wrap.max_rows);
        let mut text = job.text[..row_ends.pop().unwrap_or_default()].to_owned();
        if text.len() < job.text.len() {
            text = text.trim_end().to_owned();
            text.extend(job.wrap.overflow_character);
        }
        let mut wrapped = job_with(job, &visual_order(&text, &row_ends));
        wrapped.break_on_newline = true;
        return lay_out(wrapped);
    }
    let ends: Vec<usize> = job.text.char_indices().map(|(at, _)| at).collect();
    let shortened = |count: usize| {
        let mut text = job.text[..ends.get(count).copied().unwrap_or(job.text.len())]
            .trim_end()
            .to_owned();
        text.extend(job.wrap.overflow_character);
        lay_out(job_with(job, &visual_order(&text, &[])))
    };
    // Binary search for the longest beginning that fits.
    let (mut fitting, mut too_long) = (0, ends.len());
    while fitting + 1 < too_long {
        let middle = usize::midpoint(fitting, too_long);
        if shortened(middle).size().x <= job.wrap.max_width {
            fitting = middle;
        } else {
            too_long = middle;
        }
    }
    shortened(fitting)
}

/// Returns the bytes of the text at which rows end, so that each row has at most `max_width`. Rows end at spaces only.
/// `width_of` measures the text between two bytes.
fn row_ends(text: &str, max_width: f32, width_of: impl Fn(usize, usize) -> f32) -> Vec<usize> {
    let mut row_ends = Vec::new();
    let mut row_start = 0;
    let mut end = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let word_end = end + word.len();
        let visible_end = row_start + text[row_start..word_end].trim_end().len();
        if end > row_start && width_of(row_start, visible_end) > max_width {
            row_ends.push(end);
            row_start = end;
        }
        end = word_end;
        if word.ends_with('\n') {
            row_ends.push(end);
            row_start = end;
        }
    }
    row_ends.push(end);
    row_ends
}

/// A character of a text and the place in the original text that it comes from; `None` if it was added.
type PlacedCharacter = (Option<usize>, char);

/// Returns the job with other characters, each in the format of the place that it comes from.
fn job_with(job: &LayoutJob, characters: &[PlacedCharacter]) -> LayoutJob {
    let mut changed = LayoutJob {
        text: String::new(),
        sections: Vec::new(),
        ..job.clone()
    };
    let mut current = 0;
    for &(at, character) in characters {
        let section = at.map_or(current, |at| {
            let ends = |section: &LayoutSection| section.byte_range.end.0 <= at;
            job.sections
                .partition_point(ends)
                .min(job.sections.len().saturating_sub(1))
        });
        let start = changed.text.len();
        changed.text.push(character);
        let end = ByteIndex(changed.text.len());
        match (changed.sections.last_mut(), job.sections.get(section)) {
            (Some(last), _) if section == current => last.byte_range.end = end,
            (_, Some(original)) => changed.sections.push(LayoutSection {
                byte_range: ByteIndex(start)..end,
                ..original.clone()
            }),
            (_, None) => {}
        }
        current = section;
    }
    changed
}

/// Returns the characters of a text in the order from left to right in which egui has to get them: words of
/// right-to-left letters stay in logical order, because egui turns them when it shapes them.
///
/// A text of such words, digits and blanks only is a paragraph from right to left (a name that is shown
/// alone). Any other text is from left to right, and its right-to-left parts, from letter to letter, are
/// isolated: in “שלום = 0.5” the number stays on the right.
///
/// `row_ends` are the bytes at which a paragraph is broken into rows, besides those at line breaks; each row gets its
/// own order, and a line break at its end.
fn visual_order(text: &str, row_ends: &[usize]) -> Vec<PlacedCharacter> {
    let mut characters = Vec::with_capacity(text.len());
    let mut start = 0;
    for (index, paragraph) in text.split('\n').enumerate() {
        if index > 0 {
            characters.push((Some(start - 1), '\n'));
        }
        let is_neutral =
            |c: char| is_rtl(c) || c.is_ascii_digit() || c.is_whitespace() || "…-_()".contains(c);
        let is_rtl_paragraph = paragraph.chars().all(is_neutral) && paragraph.contains(is_rtl);
        let end = start + paragraph.len();
        let inner_ends = row_ends
            .iter()
            .copied()
            .filter(|&row_end| start < row_end && row_end < end);
        let mut row_start = start;
        for row_end in inner_ends.chain([end]) {
            let row = &text[row_start..row_end];
            let row = if row_end < end { row.trim_end() } else { row };
            if is_rtl_paragraph {
                push_rtl(&mut characters, row, row_start);
            } else {
                push_isolating(&mut characters, row, row_start);
            }
            if row_end < end {
                characters.push((None, '\n'));
            }
            row_start = row_end;
        }
        start = end + 1;
    }
    characters
}

/// Adds a paragraph from left to right that begins at `start`.
fn push_isolating(characters: &mut Vec<PlacedCharacter>, paragraph: &str, start: usize) {
    let mut rest = 0;
    while let Some(first) = paragraph[rest..].find(is_rtl).map(|at| rest + at) {
        let is_ltr = |c: char| bidi_class(c) == BidiClass::L;
        let limit = paragraph[first..]
            .find(is_ltr)
            .map_or(paragraph.len(), |at| first + at);
        let last = paragraph[first..limit].char_indices().rfind(|(_, c)| is_rtl(*c));
        let end = last.map_or(limit, |(at, c)| first + at + c.len_utf8());
        characters.extend(placed(&paragraph[rest..first], start + rest));
        push_rtl(characters, &paragraph[first..end], start + first);
        rest = end;
    }
    characters.extend(placed(&paragraph[rest..], start + rest));
}

/// Returns the characters of a part of the text that begins at `start`.
fn placed(part: &str, start: usize) -> impl DoubleEndedIterator<Item = PlacedCharacter> {
    part.char_indices()
        .map(move |(at, character)| (Some(start + at), character))
}

/// Adds a part from right to left that begins at `start` (Unicode Standard Annex #9).
fn push_rtl(characters: &mut Vec<PlacedCharacter>, part: &str, start: usize) {
    let bidi = BidiInfo::new(part, Some(Level::rtl()));
    for paragraph in &bidi.paragraphs {
        let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let run_start = start + run.start;
            let is_run_rtl = levels.get(run.start).is_some_and(Level::is_rtl);
            let text = &part[run];
            // Digits and letters of the same font would be shaped as one word.
            if let (Some((_, last)), Some(first)) = (characters.last(), text.chars().next())
                && is_rtl(*last)
                && is_rtl(first)
            {
                characters.push((None, SEPARATOR));
            }
            if is_run_rtl {
                push_rtl_run(characters, text, run_start);
            } else {
                characters.extend(placed(text, run_start));
            }
        }
    }
}

/// Adds a run from right to left: its words in reverse order, and between them mirrored punctuation.
fn push_rtl_run(characters: &mut Vec<PlacedCharacter>, run: &str, start: usize) {
    let is_in_word =
        |c: char| is_rtl(c) || matches!(c, '\u{200C}' | '\u{200D}') || bidi_class(c) == BidiClass::NSM;
    let all: Vec<PlacedCharacter> = placed(run, start).collect();
    let words = all.chunk_by(|(_, before), (_, after)| is_in_word(*before) && is_in_word(*after));
    for word in words.rev() {
        characters.extend(word.iter().map(|&(at, character)| (at, mirrored(character))));
    }
}

/// Returns the mirror image of a bracket, or the character itself.
fn mirrored(character: char) -> char {
    const PAIRS: [(char, char); 7] = [
        ('(', ')'),
        ('[', ']'),
        ('{', '}'),
        ('<', '>'),
        ('«', '»'),
        ('‹', '›'),
        ('≤', '≥'),
    ];
    let other = PAIRS.iter().find_map(|&(left, right)| match character {
        _ if character == left => Some(right),
        _ if character == right => Some(left),
        _ => None,
    });
    other.unwrap_or(character)
}

/// Returns the index of the first row from `start` on that ends with an opening bracket, though the text goes on
/// in the next row.
fn row_with_bracket_at_end(galley: &Galley, start: usize) -> Option<usize> {
    let mut rows = galley
        .rows
        .iter()
        .take(galley.rows.len().saturating_sub(1))
        .enumerate()
        .skip(start);
    rows.find_map(|(index, row)| {
        let last = row
            .glyphs
            .last()
            .filter(|_| row.glyphs.len() > 1 && !row.ends_with_newline);
        last.is_some_and(|glyph| OPENING.contains(glyph.chr))
            .then_some(index)
    })
}

/// Returns the galley with each bracket at the end of a row moved to the next row, unless the text would get more
/// rows by that and cover what is below it.
fn move_brackets(ctx: &Context, galley: &Arc<Galley>) -> Arc<Galley> {
    let mut best = Arc::clone(galley);
    let mut start = 0;
    while let Some(row) = row_with_bracket_at_end(&best, start) {
        let until_row_end: usize = best.rows[..=row]
            .iter()
            .map(|row| row.char_count_including_newline().0)
            .sum();
        let characters: Vec<PlacedCharacter> = placed(&best.job.text, 0).collect();
        let (before, after) = characters.split_at(until_row_end.saturating_sub(1).min(characters.len()));
        // A text in which characters and glyphs differ in number is left alone.
        if after
            .first()
            .is_some_and(|(_, character)| OPENING.contains(*character))
        {
            let job = job_with(&best.job, &[before, &[(None, '\n')], after].concat());
            let moved = ctx.fonts_mut(|fonts| fonts.layout_job(job));
            if moved.rows.len() == best.rows.len() {
                best = moved;
            }
        }
        start = row + 1;
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visual(text: &str) -> String {
        visual_order(text, &[])
            .into_iter()
            .map(|(_, character)| character)
            .collect()
    }

    #[test]
    fn words_of_right_to_left_names_are_in_reverse_order() {
        assert_eq!(visual("שלום עולם"), "עולם שלום");
        assert_eq!(visual("כניסה 12"), "12 כניסה");
        assert_eq!(visual("קלט (ראשון)…"), "…(ראשון) קלט");
        assert_eq!(visual("سنة١٢"), "١٢\u{200E}سنة");
    }

    #[test]
    fn right_to_left_parts_are_isolated_in_other_text() {
        assert_eq!(visual("שלום עולם = 0.5"), "עולם שלום = 0.5");
        assert_eq!(visual("x₁ שלום 1 עולם, x₂ א"), "x₁ עולם 1 שלום, x₂ א");
        assert_eq!(visual("a\nשלום עולם\nb"), "a\nעולם שלום\nb");
        assert_eq!(visual("no letters"), "no letters");
    }

    #[test]
    fn rows_end_at_spaces() {
        let rows = |text: &'static str| {
            let mut start = 0;
            let ends = row_ends(text, 10.0, |start, end| text[start..end].chars().count() as f32);
            ends.into_iter()
                .map(|end| {
                    let row = &text[start..end];
                    start = end;
                    row
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(rows("אחת שתיים שלוש"), ["אחת שתיים ", "שלוש"]);
        assert_eq!(rows("a\n\nb c d e f"), ["a\n", "\n", "b c d e f"]);
        assert_eq!(rows("ארוכה־מהשורה ב"), ["ארוכה־מהשורה ", "ב"]);
    }

    #[test]
    fn each_row_has_its_own_order() {
        let text = "אחת שתיים שלוש 12 34";
        let at = |word: &str| text.find(word).unwrap();
        let rows: String = visual_order(text, &[at("שלוש"), at("12"), text.len()])
            .into_iter()
            .map(|(_, character)| character)
            .collect();
        assert_eq!(rows, "שתיים אחת\nשלוש\n34 12");
    }

    #[test]
    fn characters_keep_their_format() {
        let mut job = LayoutJob::default();
        job.append(
            "ab שלום ",
            0.0,
            egui::TextFormat::simple(egui::FontId::default(), egui::Color32::RED),
        );
        job.append("עולם", 3.0, egui::TextFormat::default());
        let changed = job_with(&job, &visual_order(&job.text, &[]));
        let parts: Vec<&str> = changed
            .sections
            .iter()
            .map(|section| &changed.text[section.byte_range.start.0..section.byte_range.end.0])
            .collect();
        assert_eq!(parts, ["ab ", "עולם", " שלום"]);
        assert_eq!(changed.sections[2].format.color, egui::Color32::RED);
    }
}
