//! A listing that follows its document.

use crate::network::Blueprint;
use crate::session::{Document, Target};

use super::listing::Spelling;
use super::{Language, Listing};

/// More numbers than this that differ at once are written anew, and not one by one.
const MOST_PATCHES: usize = 16;

/// A number that was written otherwise before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Whose number.
    pub target: Target,
    /// The first byte of the number that differs.
    pub from: usize,
}

/// A listing that is brought up to its document frame by frame, in time that depends on what changed.
///
/// It compares numbers by their bits and asks nobody whether something changed, so it can't be stale.
#[derive(Debug, Clone, Default)]
pub struct LiveListing {
    listing: Listing,
    language: Option<Language>,
    blueprint: Option<Blueprint>,
    knobs: Vec<f64>,
    inputs: Vec<f64>,
    /// Of each knob, in the flat order, and then of each input: which span is its number.
    spans: Vec<usize>,
    /// Where lines start.
    lines: Vec<usize>,
    columns: usize,
    /// Whether numbers were replaced, so that lines may be longer than a writer would make them.
    is_patched: bool,
}

impl LiveListing {
    /// Brings it up to date; gives back the numbers that changed, if it is the same network in the same language.
    ///
    /// With `keeps_lines` a number is replaced where it stands, so that lines stay as they are under a hand that
    /// turns it; without, the text is what [`Language::write`] writes.
    pub fn follow(&mut self, language: Language, document: &Document, keeps_lines: bool) -> Vec<Change> {
        let blueprint = document.network.blueprint();
        let is_same = self.language == Some(language) && self.blueprint.as_ref() == Some(blueprint);
        if !is_same {
            self.language = Some(language);
            self.blueprint = Some(blueprint.clone());
            self.write(language, document);
            return Vec::new();
        }
        let changed = self.changed(document);
        if changed.is_empty() && (keeps_lines || !self.is_patched) {
            return Vec::new();
        }
        if keeps_lines && changed.len() <= MOST_PATCHES {
            return self.patch(language.spelling(), document, &changed);
        }
        let before = std::mem::take(&mut self.listing);
        self.write(language, document);
        let differs = |index: &usize| {
            let (old, new) = (before.spans.get(*index)?, self.listing.spans.get(*index)?);
            change(
                new.target,
                before.text.get(old.range.clone())?,
                self.listing.text.get(new.range.clone())?,
            )
        };
        let spans: Vec<usize> = changed.iter().map(|&place| self.spans[place]).collect();
        spans.iter().filter_map(differs).collect()
    }

    /// The text and its numbers.
    pub fn listing(&self) -> &Listing {
        &self.listing
    }

    /// The number of lines.
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// The characters of the longest line, at least.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The bytes of a line, without its end.
    pub fn line(&self, line: usize) -> std::ops::Range<usize> {
        let start = self.lines.get(line).copied().unwrap_or(self.listing.text.len());
        let end = match self.lines.get(line + 1) {
            Some(next) => next - 1,
            None => self.listing.text.trim_end_matches('\n').len().max(start),
        };
        start..end
    }

    /// The line on which a byte is.
    pub fn line_of(&self, byte: usize) -> usize {
        self.lines
            .partition_point(|&start| start <= byte)
            .saturating_sub(1)
    }

    /// The place of a target's number among all, if it has one.
    pub fn span_of(&self, target: Target) -> Option<usize> {
        let place = match target {
            Target::Knob(knob) => self.blueprint.as_ref()?.index_of(knob)?,
            Target::Input(input) => self.knobs.len() + input,
        };
        self.spans.get(place).copied()
    }

    /// The places, in the flat order, whose values have other bits.
    fn changed(&self, document: &Document) -> Vec<usize> {
        let now = document.network.knobs().iter().chain(&document.inputs);
        let before = self.knobs.iter().chain(&self.inputs);
        let pairs = before.zip(now).enumerate();
        pairs
            .filter(|(_, (before, now))| before.to_bits() != now.to_bits())
            .map(|(place, _)| place)
            .collect()
    }

    fn write(&mut self, language: Language, document: &Document) {
        let blueprint = document.network.blueprint();
        self.listing = language.write(document);
        self.is_patched = false;
        self.remember(document);
        self.spans.clear();
        self.spans.resize(self.knobs.len() + self.inputs.len(), 0);
        for (index, span) in self.listing.spans.iter().enumerate() {
            let place = match span.target {
                Target::Knob(knob) => blueprint.index_of(knob),
                Target::Input(input) => Some(self.knobs.len() + input),
            };
            if let Some(slot) = place.and_then(|place| self.spans.get_mut(place)) {
                *slot = index;
            }
        }
        let text = &self.listing.text;
        self.lines.clear();
        self.lines.push(0);
        let ends = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        self.lines.extend(ends.map(|(at, _)| at + 1));
        // What follows the last line end is no line.
        if self.lines.len() > 1 {
            self.lines.pop();
        }
        self.columns = text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
    }

    fn remember(&mut self, document: &Document) {
        self.knobs.clear();
        self.knobs.extend_from_slice(document.network.knobs());
        self.inputs.clear();
        self.inputs.extend_from_slice(&document.inputs);
    }

    /// Replaces single numbers where they stand.
    fn patch(&mut self, spelling: Spelling, document: &Document, changed: &[usize]) -> Vec<Change> {
        let mut changes = Vec::new();
        for &place in changed {
            let index = self.spans[place];
            let span = &self.listing.spans[index];
            let (range, target) = (span.range.clone(), span.target);
            let text = spelling(document.value(target).unwrap_or(0.0));
            changes.extend(change(target, &self.listing.text[range.clone()], &text));
            self.listing.text.replace_range(range.clone(), &text);
            let moved = |at: usize| at + text.len() - range.len();
            self.listing.spans[index].range.end = range.start + text.len();
            for span in &mut self.listing.spans[index + 1..] {
                span.range = moved(span.range.start)..moved(span.range.end);
            }
            let line = self.line_of(range.start);
            for start in &mut self.lines[line + 1..] {
                *start = moved(*start);
            }
            let length = self.listing.text[self.line(line)].chars().count();
            self.columns = self.columns.max(length);
        }
        self.is_patched = true;
        self.remember(document);
        changes
    }
}

fn change(target: Target, before: &str, now: &str) -> Option<Change> {
    let same = before.bytes().zip(now.bytes()).take_while(|(a, b)| a == b);
    (before != now).then(|| Change {
        target,
        from: same.count().min(now.len().saturating_sub(1)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Action, Origin, Preset, Session};

    fn session(name: &str) -> Session {
        let document = Preset::named(name).and_then(|preset| preset.document().ok());
        Session::open(document.expect("a bundled preset"), Origin::Untitled)
    }

    #[test]
    fn a_followed_listing_is_the_written_one_in_every_language() {
        for language in Language::ALL {
            let mut session = session("deep");
            let mut live = LiveListing::default();
            live.follow(language, session.document(), false);
            for (step, text) in ["x[2]", "w[1,2,1]", "b[2,1]"].into_iter().enumerate() {
                let target = Target::parse(text).expect("an address");
                let value = -0.123_456_789 * (step as f64 + 1.0);
                let set = Action::Set { target, value };
                session.apply(set).expect("it can be set");
                let changes = live.follow(language, session.document(), true);
                assert_eq!(changes.len(), 1, "{language}");
                assert_eq!(changes[0].target, target);
                let span = &live.listing().spans[live.span_of(target).expect("it is written")];
                assert_eq!(span.target, target);
                assert!(
                    live.line(live.line_of(span.range.start))
                        .contains(&span.range.start)
                );
            }
            live.follow(language, session.document(), false);
            assert_eq!(*live.listing(), language.write(session.document()));
            let lines: Vec<&str> = live.listing().text.lines().collect();
            let found = (0..live.line_count()).map(|line| &live.listing().text[live.line(line)]);
            assert_eq!(found.collect::<Vec<_>>(), lines);
        }
    }

    #[test]
    fn only_the_digits_that_differ_are_told() {
        let target = Target::Input(0);
        let from = |before, now| change(target, before, now).map(|change| change.from);
        assert_eq!(from("1.25", "1.26"), Some(3));
        assert_eq!(from("1.25", "1.2"), Some(2));
        assert_eq!(from("0.5", "-0.5"), Some(0));
        assert_eq!(from("0.5", "0.5"), None);
    }
}
