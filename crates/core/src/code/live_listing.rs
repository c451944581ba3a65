//! A listing that is updated along with its document.

use crate::network::{Architecture, changed_indices};
use crate::session::{Adjustable, Document};

use super::source_listing::NumberFormat;
use super::{Language, NumberSpan, SourceListing};

/// The maximum number of changes that are written into the old text. If there are more, the whole listing is
/// written again.
const MAX_PATCHES: usize = 16;

/// A number that has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberChange {
    /// The knob or input.
    pub adjustable: Adjustable,
    /// The first byte within the number that differs.
    pub first_changed_byte: usize,
}

/// A listing that is updated to its document each frame, in time that depends on the number of changes.
///
/// It compares numbers by their bits and depends on no change notification, so it can't be stale.
#[derive(Debug, Clone, Default)]
pub struct LiveListing {
    text: String,
    /// The numbers of all lines, with ranges within their lines, so that a number that becomes longer or
    /// shorter moves only those after it in its line.
    spans: Vec<NumberSpan>,
    lines: Vec<Line>,
    language: Option<Language>,
    architecture: Option<Architecture>,
    knobs: Vec<f64>,
    inputs: Vec<f64>,
    /// The index of the span of each knob, in the flat order, and then of each input.
    span_indices: Vec<usize>,
    max_line_length: usize,
    /// True if numbers were replaced in place, so that lines may be longer than [`Language::write`] makes
    /// them.
    is_patched: bool,
}

/// The beginning of a line.
#[derive(Debug, Clone, Copy)]
struct Line {
    /// Its first byte.
    start: usize,
    /// The index of its first number, or of the next one if it has none.
    first_span: usize,
}

impl LiveListing {
    /// Updates the listing and returns the numbers that changed. Returns none if the architecture or the
    /// language is another one.
    ///
    /// With `keeps_lines` numbers are replaced in place, so that line breaks don't move while a knob is
    /// dragged; without, the text is exactly that of [`Language::write`].
    pub fn update(
        &mut self,
        language: Language,
        document: &Document,
        keeps_lines: bool,
    ) -> Vec<NumberChange> {
        let architecture = document.network.architecture();
        let is_same = self.language == Some(language) && self.architecture.as_ref() == Some(architecture);
        if !is_same {
            self.language = Some(language);
            self.architecture = Some(architecture.clone());
            self.write(language, document);
            return Vec::new();
        }
        let changed = self.changed_indices(document);
        if changed.is_empty() && (keeps_lines || !self.is_patched) {
            return Vec::new();
        }
        if keeps_lines && changed.len() <= MAX_PATCHES {
            return self.patch(language.number_format(), document, &changed);
        }
        let number_texts = |listing: &Self| -> Vec<String> {
            let spans = changed
                .iter()
                .map(|&value_index| listing.span_indices[value_index]);
            spans.map(|index| listing.number_text(index).to_owned()).collect()
        };
        let before = number_texts(self);
        self.write(language, document);
        let after = number_texts(self);
        let adjustables = changed
            .iter()
            .map(|&value_index| self.spans[self.span_indices[value_index]].adjustable);
        let texts = before.iter().zip(&after);
        adjustables
            .zip(texts)
            .filter_map(|(adjustable, (before, after))| number_change(adjustable, before, after))
            .collect()
    }

    /// Returns the whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the text with the positions of its numbers.
    pub fn to_listing(&self) -> SourceListing {
        let spans = (0..self.line_count()).flat_map(|line| {
            let start = self.lines[line].start;
            self.line_spans(line).iter().map(move |span| NumberSpan {
                range: start + span.range.start..start + span.range.end,
                ..*span
            })
        });
        SourceListing {
            spans: spans.collect(),
            text: self.text.clone(),
        }
    }

    /// Returns the number of lines.
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// Returns at least the number of characters of the longest line.
    pub fn max_line_length(&self) -> usize {
        self.max_line_length
    }

    /// Returns the text of a line, without its end; an empty one if there is no such line.
    pub fn line_text(&self, line: usize) -> &str {
        let Some(start) = self.lines.get(line).map(|line| line.start) else {
            return "";
        };
        match self.lines.get(line + 1) {
            Some(next) => &self.text[start..next.start - 1],
            None => self.text[start..].trim_end_matches('\n'),
        }
    }

    /// Returns the indices of the numbers of a line.
    pub fn line_span_indices(&self, line: usize) -> std::ops::Range<usize> {
        let first_span = |line: usize| {
            self.lines
                .get(line)
                .map_or(self.spans.len(), |line| line.first_span)
        };
        first_span(line)..first_span(line + 1)
    }

    /// Returns the numbers of a line, with their ranges within the line.
    pub fn line_spans(&self, line: usize) -> &[NumberSpan] {
        &self.spans[self.line_span_indices(line)]
    }

    /// Returns the knob or input of a number of the text, if there are so many.
    pub fn adjustable(&self, span_index: usize) -> Option<Adjustable> {
        Some(self.spans.get(span_index)?.adjustable)
    }

    /// Returns the index of the line with the number of a knob or input, if it is written in the text.
    pub fn line_of(&self, adjustable: Adjustable) -> Option<usize> {
        Some(self.line_of_span(self.span_index(adjustable)?))
    }

    fn line_of_span(&self, span_index: usize) -> usize {
        let after = self.lines.partition_point(|line| line.first_span <= span_index);
        after.saturating_sub(1)
    }

    /// Returns the text of a number.
    fn number_text(&self, span_index: usize) -> &str {
        let line = self.line_text(self.line_of_span(span_index));
        &line[self.spans[span_index].range.clone()]
    }

    /// Returns the index of the span of a knob or input, if it has one.
    pub fn span_index(&self, adjustable: Adjustable) -> Option<usize> {
        let value_index = match adjustable {
            Adjustable::Knob(knob) => self.architecture.as_ref()?.index_of(knob)?,
            Adjustable::Input(input) => self.knobs.len() + input,
            Adjustable::Hyperparameter(_) => return None,
        };
        self.span_indices.get(value_index).copied()
    }

    /// Returns the indices of the values whose bits have changed: knobs in the flat order, then inputs.
    fn changed_indices(&self, document: &Document) -> Vec<usize> {
        let inputs = changed_indices(&self.inputs, &document.inputs).map(|input| self.knobs.len() + input);
        changed_indices(&self.knobs, document.network.knobs())
            .chain(inputs)
            .collect()
    }

    /// Writes the whole listing again.
    fn write(&mut self, language: Language, document: &Document) {
        let architecture = document.network.architecture();
        let SourceListing { text, mut spans } = language.write(document);
        self.is_patched = false;
        self.knobs.clear();
        self.knobs.extend_from_slice(document.network.knobs());
        self.inputs.clear();
        self.inputs.extend_from_slice(&document.inputs);
        self.span_indices.clear();
        self.span_indices.resize(self.knobs.len() + self.inputs.len(), 0);
        for (index, span) in spans.iter().enumerate() {
            let value_index = match span.adjustable {
                Adjustable::Knob(knob) => architecture.index_of(knob),
                Adjustable::Input(input) => Some(self.knobs.len() + input),
                Adjustable::Hyperparameter(_) => None,
            };
            if let Some(slot) = value_index.and_then(|value_index| self.span_indices.get_mut(value_index)) {
                *slot = index;
            }
        }
        self.lines.clear();
        self.max_line_length = 0;
        let (mut start, mut first_span) = (0, 0);
        for line in text.split_inclusive('\n') {
            self.lines.push(Line { start, first_span });
            let length = line.trim_end_matches('\n').chars().count();
            self.max_line_length = self.max_line_length.max(length);
            let end = start + line.len();
            while let Some(span) = spans.get_mut(first_span).filter(|span| span.range.start < end) {
                span.range = span.range.start - start..span.range.end - start;
                first_span += 1;
            }
            start = end;
        }
        self.text = text;
        self.spans = spans;
    }

    /// Replaces the changed numbers in place.
    fn patch(
        &mut self,
        number_format: NumberFormat,
        document: &Document,
        changed: &[usize],
    ) -> Vec<NumberChange> {
        let mut changes = Vec::new();
        for &value_index in changed {
            let index = self.span_indices[value_index];
            let adjustable = self.spans[index].adjustable;
            let value = document.value(adjustable).unwrap_or(0.0);
            let after = number_format(value);
            changes.extend(number_change(adjustable, self.number_text(index), &after));
            let line = self.line_of_span(index);
            let range = self.spans[index].range.clone();
            let start = self.lines[line].start;
            self.text
                .replace_range(start + range.start..start + range.end, &after);
            let shifted = |at: usize| at + after.len() - range.len();
            self.spans[index].range.end = range.start + after.len();
            for span in index + 1..self.line_span_indices(line).end {
                let range = &mut self.spans[span].range;
                *range = shifted(range.start)..shifted(range.end);
            }
            for line in &mut self.lines[line + 1..] {
                line.start = shifted(line.start);
            }
            let length = self.line_text(line).chars().count();
            self.max_line_length = self.max_line_length.max(length);
            match value_index.checked_sub(self.knobs.len()) {
                None => self.knobs[value_index] = value,
                Some(input) => self.inputs[input] = value,
            }
        }
        self.is_patched = true;
        changes
    }
}

/// Returns the change from one text of a number to another, or `None` if they are equal.
fn number_change(adjustable: Adjustable, before: &str, after: &str) -> Option<NumberChange> {
    let same = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b);
    (before != after).then(|| NumberChange {
        adjustable,
        first_changed_byte: same.count().min(after.len().saturating_sub(1)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::Preset;
    use crate::session::{Edit, Origin, Session};

    fn session(name: &str) -> Session {
        let document = Preset::from_name(name).and_then(|preset| preset.document().ok());
        Session::open(document.expect("a bundled preset"), Origin::Untitled)
    }

    #[test]
    fn an_updated_listing_equals_a_newly_written_one_in_every_language() {
        for language in Language::ALL {
            let mut session = session("deep");
            let mut live = LiveListing::default();
            live.update(language, session.document(), false);
            for (step, text) in ["x[2]", "w[1,2,1]", "b[2,1]"].into_iter().enumerate() {
                let target = Adjustable::parse(text).expect("an address");
                let value = -0.123_456_789 * (step as f64 + 1.0);
                let set = Edit::Set { target, value };
                session.apply(set).expect("it can be set");
                let changes = live.update(language, session.document(), true);
                assert_eq!(changes.len(), 1, "{language}");
                assert_eq!(changes[0].adjustable, target);
                let line = live.line_of(target).expect("it is written");
                let mut spans = live.line_spans(line).iter();
                let span = spans.find(|span| span.adjustable == target);
                let text = &live.line_text(line)[span.expect("it is in its line").range.clone()];
                assert_eq!(text.parse(), Ok(value), "{language}");
            }
            live.update(language, session.document(), false);
            assert_eq!(live.to_listing(), language.write(session.document()));
            let lines: Vec<&str> = live.text().lines().collect();
            let found = (0..live.line_count()).map(|line| live.line_text(line));
            assert_eq!(found.collect::<Vec<_>>(), lines);
        }
    }

    #[test]
    fn only_the_digits_that_differ_are_reported() {
        let target = Adjustable::Input(0);
        let from =
            |before, after| number_change(target, before, after).map(|change| change.first_changed_byte);
        assert_eq!(from("1.25", "1.26"), Some(3));
        assert_eq!(from("1.25", "1.2"), Some(2));
        assert_eq!(from("0.5", "-0.5"), Some(0));
        assert_eq!(from("0.5", "0.5"), None);
    }
}
