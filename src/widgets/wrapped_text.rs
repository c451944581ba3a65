//! Text on several lines, broken by the rules of Chinese and English.
//!
//! egui breaks a line after any Chinese character, and within a number if a line has nothing else, such as
//! `0.5、1.5、2.5`. Here a number stays together with its sign and unit, no line begins with a comma, and none
//! ends with an opening bracket.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontId, Galley, Label, Painter, Response, Role, Ui, WidgetInfo};

/// Returns the layout of a text in lines of at most `max_width` points. Only something that can't be broken, such
/// as a long word, makes a line wider.
pub(crate) fn wrapped_text(painter: &Painter, text: &str, format: TextFormat, max_width: f32) -> Arc<Galley> {
    let unwrapped = |text: String| {
        let mut job = LayoutJob::single_section(text, format.clone());
        job.wrap.max_width = f32::INFINITY;
        painter.layout_job(job)
    };
    let galley = unwrapped(text.to_owned());
    if galley.size().x <= max_width {
        return galley;
    }
    let glyphs = galley.rows.iter().flat_map(|row| {
        let line_end = row.ends_with_newline.then_some(('\n', 0.0));
        let glyphs = row.glyphs.iter().map(|glyph| (glyph.chr, glyph.advance_width));
        glyphs.chain(line_end)
    });
    unwrapped(with_line_breaks(&glyphs.collect::<Vec<_>>(), max_width))
}

/// Draws a text in the room that is left, as a label.
pub(crate) fn wrapped_label_ui(ui: &mut Ui, text: &str, font: FontId, color: Color32) -> Response {
    let galley = wrapped_text(
        ui.painter(),
        text,
        TextFormat::simple(font, color),
        ui.available_width(),
    );
    let response = ui.add(Label::new(galley));
    // The line breaks are not part of the text.
    response.widget_info(|| WidgetInfo::labeled(Role::Label, ui.is_enabled(), text));
    response
}

/// Returns a text, given with the widths of its characters, with line breaks. A space at a line break is replaced
/// by it.
fn with_line_breaks(glyphs: &[(char, f32)], max_width: f32) -> String {
    let characters: Vec<char> = glyphs.iter().map(|(character, _)| *character).collect();
    let mut text = String::new();
    let mut start = 0;
    while start < characters.len() {
        let end = line_end(&characters, glyphs, start, max_width);
        let is_last = end == characters.len();
        let line: String = characters[start..end].iter().collect();
        match is_last || line.ends_with('\n') {
            true => text += &line,
            false => {
                text += line.trim_end_matches(' ');
                text.push('\n');
            }
        }
        start = end;
    }
    text
}

/// Returns the index after the last character of the line that begins at `start`.
fn line_end(characters: &[char], glyphs: &[(char, f32)], start: usize, max_width: f32) -> usize {
    let mut width = 0.0;
    let mut last_break = None;
    for (index, &(character, advance)) in glyphs.iter().enumerate().skip(start) {
        if character == '\n' {
            return index + 1;
        }
        width += advance;
        // A space at the end of a line is not drawn.
        if width > max_width
            && character != ' '
            && let Some(end) = last_break
        {
            return end;
        }
        if index + 1 < characters.len() && can_break(characters, index + 1) {
            last_break = Some(index + 1);
            if width > max_width && character != ' ' {
                return index + 1;
            }
        }
    }
    characters.len()
}

/// True if a line can end before the character at `index`, which is not the first one.
fn can_break(characters: &[char], index: usize) -> bool {
    let (before, after) = (characters[index - 1], characters[index]);
    if after == ' ' || is_never_first(after) || is_never_last(before) {
        return false;
    }
    if before == ' ' {
        return index < 2 || !is_joined_by_space(characters, index);
    }
    is_chinese(before) || is_chinese(after) || is_full_width(before) || is_full_width(after)
}

/// True if the space before `index` is between a number and its unit, or between 第, 神经元, 输入, 输出 or 类别 and
/// its number.
fn is_joined_by_space(characters: &[char], index: usize) -> bool {
    let (before, after) = (characters[index - 2], characters[index]);
    let word: String = characters[index..]
        .iter()
        .take_while(|c| c.is_ascii_alphabetic())
        .collect();
    let is_unit = is_measure_word(after)
        || matches!(
            word.as_str(),
            "mm" | "cm" | "in" | "pt" | "px" | "dpi" | "ms" | "s" | "MB" | "kB"
        );
    let has_number = matches!(before, '第' | '元' | '入' | '出' | '别');
    has_number && after.is_ascii_digit() || before.is_ascii_digit() && is_unit
}

fn is_chinese(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
}

/// True for punctuation that is only in Chinese texts, unlike “ ”, ’ and ….
fn is_full_width(c: char) -> bool {
    ('\u{3000}'..='\u{303f}').contains(&c) || ('\u{ff01}'..='\u{ff5d}').contains(&c)
}

fn is_never_first(c: char) -> bool {
    "，。、；：？！）》」』】〉”’…—～·%°,.;:?!)]}".contains(c)
}

fn is_never_last(c: char) -> bool {
    "（《「『【〈“‘～([{−+±".contains(c)
}

fn is_measure_word(c: char) -> bool {
    "个层轮步条行列朵张次项种位秒倍维页".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the lines if each Chinese character and full-width mark is two wide, and every other one.
    fn lines(text: &str, max_width: usize) -> Vec<String> {
        let glyphs: Vec<(char, f32)> = text
            .chars()
            .map(|c| {
                let is_wide = is_chinese(c) || is_full_width(c) || "“”…".contains(c);
                (c, if is_wide { 2.0 } else { 1.0 })
            })
            .collect();
        let broken = with_line_breaks(&glyphs, max_width as f32);
        broken.split('\n').map(str::to_owned).collect()
    }

    #[test]
    fn numbers_stay_together_with_their_signs_and_units() {
        for (text, max_width, expected) in [
            (
                "各输入为 0.125、−1.250、0.000。",
                18,
                &["各输入为 0.125、", "−1.250、0.000。"][..],
            ),
            ("0.5、1.5、2.5", 5, &["0.5、", "1.5、", "2.5"]),
            ("网络有 150 个样本", 12, &["网络有", "150 个样本"]),
            ("在第 12 轮停止", 7, &["在", "第 12 轮", "停止"]),
            ("宽 85 mm 的图", 6, &["宽", "85 mm", "的图"]),
            ("准确率为 98.3%，高", 13, &["准确率为", "98.3%，高"]),
            ("从 −5～5 取值", 5, &["从", "−5～5", "取值"]),
            ("选中神经元 1", 10, &["选中神经", "元 1"]),
        ] {
            assert_eq!(lines(text, max_width), expected, "{text}");
        }
    }

    #[test]
    fn no_line_begins_with_a_comma_or_ends_with_an_opening_bracket() {
        for (text, max_width, expected) in [
            ("神经元开启，输出", 10, &["神经元开", "启，输出"][..]),
            ("这是输出（a）的值", 10, &["这是输出", "（a）的值"]),
            ("单击“训练”按钮", 6, &["单击", "“训", "练”按", "钮"]),
            ("等待……完成", 6, &["等", "待……", "完成"]),
            ("can’t", 3, &["can’t"]),
        ] {
            assert_eq!(lines(text, max_width), expected, "{text}");
        }
    }

    #[test]
    fn lines_of_a_laid_out_text_are_narrow_enough_and_keep_numbers_together() {
        egui::__run_test_ui(|ui| {
            for text in [
                "各输入为 0.125（输入 1）、−1.250（输入 2）、0.000（输入 3）。",
                "The inputs are 0.125 for input 1, −1.250 for input 2, and 0.000 for input 3.",
            ] {
                let format = TextFormat::simple(FontId::proportional(14.0), Color32::BLACK);
                let galley = wrapped_text(ui.painter(), text, format, 90.0);
                assert!(
                    galley.rows.len() > 3 && galley.size().x <= 90.0,
                    "{:?}",
                    galley.size()
                );
                let without_space = |text: &str| text.replace([' ', '\n'], "");
                assert_eq!(without_space(galley.text()), without_space(text));
                for number in ["0.125", "−1.250", "0.000"] {
                    let is_whole = |row: &egui::epaint::text::PlacedRow| row.text().contains(number);
                    assert!(
                        galley.rows.iter().any(is_whole),
                        "{number} in {:?}",
                        galley.text()
                    );
                }
            }
        });
    }

    #[test]
    fn english_lines_end_at_spaces() {
        assert_eq!(
            lines("The output, rounded to 3 decimals, is 0.000 for neuron 1.", 20),
            ["The output, rounded", "to 3 decimals, is", "0.000 for neuron 1."]
        );
        assert_eq!(lines("a extraordinarily b", 6), ["a", "extraordinarily", "b"]);
        assert_eq!(lines("one\n\ntwo three", 9), ["one", "", "two three"]);
        assert_eq!(lines("", 9), [""]);
    }
}
