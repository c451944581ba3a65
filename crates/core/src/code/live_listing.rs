//! A listing that is updated along with its document.

use crate::network::Architecture;
use crate::session::{Adjustable, Document};

use super::source_listing::NumberFormat;
use super::{Language, SourceListing};

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
    listing: SourceListing,
    language: Option<Language>,
    architecture: Option<Architecture>,
    knobs: Vec<f64>,
    inputs: Vec<f64>,
    /// The index of the span of each knob, in the flat order, and then of each input.
    spans: Vec<usize>,
    /// The byte positions at which lines start.
    line_starts: Vec<usize>,
    max_line_length: usize,
    /// True if numbers were replaced in place, so that lines may be longer than [`Language::write`] makes
    /// them.
    is_patched: bool,
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
        let before = std::mem::take(&mut self.listing);
        self.write(language, document);
        let differs = |index: &usize| {
            let (old, new) = (before.spans.get(*index)?, self.listing.spans.get(*index)?);
            number_change(
                new.adjustable,
                before.text.get(old.range.clone())?,
                self.listing.text.get(new.range.clone())?,
            )
        };
        let spans: Vec<usize> = changed
            .iter()
            .map(|&value_index| self.spans[value_index])
            .collect();
        spans.iter().filter_map(differs).collect()
    }

    /// Returns the text and its numbers.
    pub fn listing(&self) -> &SourceListing {
        &self.listing
    }

    /// Returns the number of lines.
    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }

    /// Returns at least the number of characters of the longest line.
    pub fn max_line_length(&self) -> usize {
        self.max_line_length
    }

    /// Returns the byte range of a line, without its end.
    pub fn line_range(&self, line: usize) -> std::ops::Range<usize> {
        let start = self
            .line_starts
            .get(line)
            .copied()
            .unwrap_or(self.listing.text.len());
        let end = match self.line_starts.get(line + 1) {
            Some(next) => next - 1,
            None => self.listing.text.trim_end_matches('\n').len().max(start),
        };
        start..end
    }

    /// Returns the index of the line that contains a byte.
    pub fn line_at(&self, byte: usize) -> usize {
        self.line_starts
            .partition_point(|&start| start <= byte)
            .saturating_sub(1)
    }

    /// Returns the index of the span of a knob or input, if it has one.
    pub fn span_index(&self, adjustable: Adjustable) -> Option<usize> {
        let value_index = match adjustable {
            Adjustable::Knob(knob) => self.architecture.as_ref()?.index_of(knob)?,
            Adjustable::Input(input) => self.knobs.len() + input,
            Adjustable::Hyperparameter(_) => return None,
        };
        self.spans.get(value_index).copied()
    }

    /// Returns the indices of the values whose bits have changed: knobs in the flat order, then inputs.
    fn changed_indices(&self, document: &Document) -> Vec<usize> {
        let after = document.network.knobs().iter().chain(&document.inputs);
        let before = self.knobs.iter().chain(&self.inputs);
        let pairs = before.zip(after).enumerate();
        pairs
            .filter(|(_, (before, after))| before.to_bits() != after.to_bits())
            .map(|(value_index, _)| value_index)
            .collect()
    }

    /// Writes the whole listing again.
    fn write(&mut self, language: Language, document: &Document) {
        let architecture = document.network.architecture();
        self.listing = language.write(document);
        self.is_patched = false;
        self.store_values(document);
        self.spans.clear();
        self.spans.resize(self.knobs.len() + self.inputs.len(), 0);
        for (index, span) in self.listing.spans.iter().enumerate() {
            let value_index = match span.adjustable {
                Adjustable::Knob(knob) => architecture.index_of(knob),
                Adjustable::Input(input) => Some(self.knobs.len() + input),
                Adjustable::Hyperparameter(_) => None,
            };
            if let Some(slot) = value_index.and_then(|value_index| self.spans.get_mut(value_index)) {
                *slot = index;
            }
        }
        let text = &self.listing.text;
        self.line_starts.clear();
        self.line_starts.push(0);
        let ends = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        self.line_starts.extend(ends.map(|(at, _)| at + 1));
        // The text after the last line end is no line.
        if self.line_starts.len() > 1 {
            self.line_starts.pop();
        }
        self.max_line_length = text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
    }

    /// Stores the values that the listing shows.
    fn store_values(&mut self, document: &Document) {
        self.knobs.clear();
        self.knobs.extend_from_slice(document.network.knobs());
        self.inputs.clear();
        self.inputs.extend_from_slice(&document.inputs);
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
            let span_index = self.spans[value_index];
            let span = &self.listing.spans[span_index];
            let (range, target) = (span.range.clone(), span.adjustable);
            let text = number_format(document.value(target).unwrap_or(0.0));
            changes.extend(number_change(target, &self.listing.text[range.clone()], &text));
            self.listing.text.replace_range(range.clone(), &text);
            let shifted = |at: usize| at + text.len() - range.len();
            self.listing.spans[span_index].range.end = range.start + text.len();
            for span in &mut self.listing.spans[span_index + 1..] {
                span.range = shifted(span.range.start)..shifted(span.range.end);
            }
            let line = self.line_at(range.start);
            for start in &mut self.line_starts[line + 1..] {
                *start = shifted(*start);
            }
            let length = self.listing.text[self.line_range(line)].chars().count();
            self.max_line_length = self.max_line_length.max(length);
        }
        self.is_patched = true;
        self.store_values(document);
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
                let span = &live.listing().spans[live.span_index(target).expect("it is written")];
                assert_eq!(span.adjustable, target);
                assert!(
                    live.line_range(live.line_at(span.range.start))
                        .contains(&span.range.start)
                );
            }
            live.update(language, session.document(), false);
            assert_eq!(*live.listing(), language.write(session.document()));
            let lines: Vec<&str> = live.listing().text.lines().collect();
            let found = (0..live.line_count()).map(|line| &live.listing().text[live.line_range(line)]);
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
