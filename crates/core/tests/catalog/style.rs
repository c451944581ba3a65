//! The texts keep the rules of `docs/glossary.md` for each language.

use crate::messages;

/// Spellings and words that the glossary replaces by others.
const AVOIDED_ENGLISH: [&str; 14] = [
    "colour",
    "optimis",
    "initialis",
    "randomis",
    "standardis",
    "regularis",
    "generalis",
    "centre",
    "grey",
    "told as",
    "squeezes",
    "please",
    "sorry",
    "!",
];
const AVOIDED_CHINESE: [&str; 24] = [
    "偏差",
    "激活功能",
    "密集层",
    "整流",
    "归纳",
    "阀值",
    "隐层",
    "隐含层",
    "撤消",
    "缺省",
    "步长衰减",
    "正确率",
    "噪音",
    "权值",
    "您",
    "！",
    "过度拟合",
    "批次",
    "训练轮次",
    "向量图",
    "拖拽",
    "概要图",
    "铰链",
    "精度",
];

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[test]
fn english_texts_have_american_spelling_and_typographic_quotes() {
    for (key, text) in messages("en") {
        let plain = crate::without_variables(&text).to_lowercase();
        for avoided in AVOIDED_ENGLISH {
            assert!(!plain.contains(avoided), "{key}: “{avoided}” in {text}");
        }
        assert!(!plain.contains(['"', '\'']), "{key}: write “ ” and ’ in {text}");
        assert!(!plain.contains("..."), "{key}: write … in {text}");
        assert!(!plain.chars().any(is_chinese), "{key}: Chinese in {text}");
    }
}

#[test]
fn chinese_texts_have_chinese_punctuation_and_spaces_beside_letters_and_digits() {
    for (key, text) in messages("zh-Hans") {
        let plain = crate::without_variables(&text);
        for avoided in AVOIDED_CHINESE {
            assert!(!plain.contains(avoided), "{key}: “{avoided}” in {text}");
        }
        let characters: Vec<char> = plain.chars().collect();
        for pair in characters.windows(2) {
            let (chinese, other) = match (is_chinese(pair[0]), is_chinese(pair[1])) {
                (true, false) => (pair[0], pair[1]),
                (false, true) => (pair[1], pair[0]),
                _ => continue,
            };
            assert!(
                !other.is_ascii_alphanumeric(),
                "{key}: a space is missing between {chinese} and {other} in {text}"
            );
            assert!(
                !matches!(other, ',' | ';' | ':' | '?' | '!' | '(' | ')' | '"' | '\''),
                "{key}: {other} beside {chinese} is not full-width in {text}"
            );
        }
        assert!(!plain.contains("..."), "{key}: write … in {text}");
    }
}

#[test]
fn chinese_texts_are_translated() {
    let chinese = messages("zh-Hans");
    for (key, text) in messages("en") {
        let words = crate::without_variables(&text);
        let word_count = words
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| word.chars().count() > 1)
            .count();
        let translated = chinese.iter().find(|(other, _)| *other == key);
        let (_, translated) = translated.unwrap_or_else(|| panic!("{key} is missing"));
        assert!(
            word_count < 2 || translated.chars().any(is_chinese),
            "{key}: {translated} is not Chinese"
        );
    }
}
