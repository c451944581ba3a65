//! The division of a lesson's text into title, steps and parts, for the original and for translations.

use super::lesson::Located;
use super::outline::{BlockKind, FencedBlock, ListItem, Outline, OutlineBlock};
use super::problem::{LessonProblem, ProblemKind};
use super::prose::{Prose, ProseError};
use super::source::{LessonSource, MAX_TEXT_BYTES};

/// The kind of a part of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PartKind {
    Ask,
    Do,
    Hint,
    After,
}

impl PartKind {
    pub(super) const ALL: [Self; 4] = [Self::Ask, Self::Do, Self::Hint, Self::After];

    /// Returns the word of a heading, in English and in Chinese.
    pub(super) const fn words(self) -> [&'static str; 2] {
        match self {
            Self::Ask => ["Ask", "想一想"],
            Self::Do => ["Do", "动手"],
            Self::Hint => ["Hint", "提示"],
            Self::After => ["After", "小结"],
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        let is_word = |known: &str| known.eq_ignore_ascii_case(word.trim());
        Self::ALL
            .into_iter()
            .find(|kind| kind.words().into_iter().any(is_word))
    }
}

/// A text under one heading.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Section {
    pub(super) blocks: Vec<OutlineBlock>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct RawPart {
    pub(super) line: usize,
    pub(super) kind: PartKind,
    pub(super) section: Section,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct RawStep {
    pub(super) line: usize,
    pub(super) title: String,
    /// The id; empty if there is none.
    pub(super) id: String,
    pub(super) section: Section,
    pub(super) parts: Vec<RawPart>,
}

/// A lesson's text, divided.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RawLesson {
    pub(super) source: LessonSource,
    pub(super) title: Option<Located<String>>,
    /// The edition in the comment `<!-- translates edition 1 -->`.
    pub(super) translated_edition: Option<usize>,
    pub(super) section: Section,
    pub(super) steps: Vec<RawStep>,
    pub(super) outline: Outline,
    /// True after a heading that is none of the parts: what follows belongs to nothing.
    is_skipping: bool,
}

/// Collects the problems of a file.
#[derive(Debug)]
pub(super) struct Problems<'a> {
    pub(super) file: &'a str,
    pub(super) found: Vec<LessonProblem>,
}

impl Problems<'_> {
    pub(super) fn add(&mut self, line: usize, kind: ProblemKind) {
        self.add_for(line, None, kind);
    }

    pub(super) fn add_for(&mut self, line: usize, key: Option<&'static str>, kind: ProblemKind) {
        self.found.push(LessonProblem {
            file: self.file.to_owned(),
            line: Some(line),
            key,
            kind,
        });
    }
}

impl RawLesson {
    /// Divides the text of a lesson; `None` if it is too large.
    pub(super) fn read(source: &LessonSource, problems: &mut Problems<'_>) -> Option<Self> {
        if source.text.len() > MAX_TEXT_BYTES {
            problems.found.push(LessonProblem {
                file: source.name.clone(),
                line: None,
                key: None,
                kind: ProblemKind::TooLarge,
            });
            return None;
        }
        let text: &str = &source.text;
        let mut outline = Outline::read(text);
        let blocks = std::mem::take(&mut outline.blocks);
        let mut raw = Self {
            source: source.clone(),
            title: None,
            translated_edition: translated_edition(text),
            section: Section::default(),
            steps: Vec::new(),
            outline,
            is_skipping: false,
        };
        for block in blocks {
            raw.add(block, problems);
        }
        if raw.title.is_none() {
            problems.add(1, ProblemKind::NoTitle);
        }
        Some(raw)
    }

    fn add(&mut self, block: OutlineBlock, problems: &mut Problems<'_>) {
        let line = block.line;
        if let BlockKind::Toml(fence) | BlockKind::Json(fence) = &block.kind
            && !fence.is_closed
        {
            let language = match block.kind {
                BlockKind::Json(_) => "json",
                _ => "toml",
            };
            problems.add(line, ProblemKind::UnclosedBlock(language));
        }
        let BlockKind::Heading { level, text, id } = block.kind else {
            if let BlockKind::Text = &block.kind
                && is_comment(&self.source.text[block.range.clone()])
            {
                return;
            }
            if self.is_skipping {
                return;
            }
            let section = match self.steps.last_mut() {
                None => &mut self.section,
                Some(step) => match step.parts.last_mut() {
                    None => &mut step.section,
                    Some(part) => &mut part.section,
                },
            };
            section.blocks.push(block);
            return;
        };
        self.is_skipping = false;
        match level {
            1 if self.title.is_none() => self.title = Some(Located { line, value: text }),
            1 => problems.add(line, ProblemKind::SecondTitle),
            2 => self.steps.push(RawStep {
                line,
                title: text,
                id: id.unwrap_or_default(),
                section: Section::default(),
                parts: Vec::new(),
            }),
            3 => match (PartKind::from_word(&text), self.steps.last_mut()) {
                (Some(kind), Some(step)) => step.parts.push(RawPart {
                    line,
                    kind,
                    section: Section::default(),
                }),
                (Some(_), None) => problems.add(line, ProblemKind::PartBeforeStep(text)),
                (None, _) => {
                    self.is_skipping = true;
                    problems.add(line, ProblemKind::UnknownPart(text));
                }
            },
            _ => problems.add(line, ProblemKind::DeepHeading(text)),
        }
    }

    /// Returns the text of blocks for which `is_text` is true, with the expressions in it.
    pub(super) fn prose(
        &self,
        section: &Section,
        is_text: impl Fn(&OutlineBlock) -> bool,
        problems: &mut Problems<'_>,
    ) -> Prose {
        let ranges = section.blocks.iter().filter(|block| is_text(block));
        self.prose_of(ranges.map(|block| block.range.clone()), problems)
    }

    /// Returns the text of several places, as paragraphs.
    pub(super) fn prose_of(
        &self,
        ranges: impl Iterator<Item = std::ops::Range<usize>>,
        problems: &mut Problems<'_>,
    ) -> Prose {
        let mut markdown = String::new();
        // The places in the Markdown and in the source where pieces begin.
        let mut pieces: Vec<(usize, usize)> = Vec::new();
        for range in ranges {
            if !markdown.is_empty() {
                markdown += "\n\n";
            }
            let text = self.source.text.get(range.clone()).unwrap_or_default();
            let indent = text.len() - text.trim_start_matches(['\n', '\r', ' ']).len();
            pieces.push((markdown.len(), range.start + indent));
            markdown += text[indent..].trim_end();
        }
        let line_of = |at: usize| {
            let index = pieces
                .partition_point(|(start, _)| *start <= at)
                .saturating_sub(1);
            let (start, source) = pieces.get(index).copied().unwrap_or_default();
            self.outline.line_of(source + at.saturating_sub(start))
        };
        Prose::read(markdown, line_of, |line, error| {
            problems.add(
                line,
                match error {
                    ProseError::Unclosed(brace) => ProblemKind::UnclosedBrace(brace),
                    ProseError::Expression(text, error) => ProblemKind::InsertedExpression(text, error),
                },
            );
        })
    }

    /// Returns the text of a list item.
    pub(super) fn item_text(&self, item: &ListItem) -> &str {
        self.source.text.get(item.text.clone()).unwrap_or_default().trim()
    }

    /// Returns the text of a nested list, without its marks.
    pub(super) fn reply(&self, item: &ListItem, problems: &mut Problems<'_>) -> Option<Prose> {
        let nested = item.nested.clone()?;
        let text = self.source.text.get(nested.clone())?;
        let inner = Outline::read(text);
        let lists = inner.blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::List(items) => Some(items),
            _ => None,
        });
        let ranges: Vec<_> = lists
            .flatten()
            .map(|item| nested.start + item.text.start..nested.start + item.text.end)
            .collect();
        Some(self.prose_of(ranges.into_iter(), problems))
    }
}

impl Section {
    /// Returns the blocks of settings.
    pub(super) fn tomls(&self) -> impl Iterator<Item = (usize, &FencedBlock)> {
        self.blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::Toml(fence) => Some((block.line, fence)),
            _ => None,
        })
    }

    /// Returns the documents.
    pub(super) fn jsons(&self) -> impl Iterator<Item = (usize, &FencedBlock)> {
        self.blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::Json(fence) => Some((block.line, fence)),
            _ => None,
        })
    }

    /// Returns the first list whose items all fulfill a condition.
    pub(super) fn list(&self, is_item: impl Fn(&ListItem) -> bool) -> Option<(&OutlineBlock, &[ListItem])> {
        self.blocks.iter().find_map(|block| match &block.kind {
            BlockKind::List(items) if !items.is_empty() && items.iter().all(&is_item) => {
                Some((block, items.as_slice()))
            }
            _ => None,
        })
    }
}

/// True for a block that is no setting and no document.
pub(super) fn is_prose(block: &OutlineBlock) -> bool {
    matches!(block.kind, BlockKind::Text | BlockKind::List(_))
}

fn is_comment(text: &str) -> bool {
    let text = text.trim();
    text.starts_with("<!--") && text.ends_with("-->")
}

/// Returns the edition that a translation names in its first lines.
fn translated_edition(text: &str) -> Option<usize> {
    const FIRST_LINES: usize = 5;
    let mut lines = text.lines().take(FIRST_LINES);
    lines.find_map(|line| {
        let comment = line.trim().strip_prefix("<!--")?.strip_suffix("-->")?;
        let edition = comment.trim().strip_prefix("translates edition")?;
        edition.trim().parse().ok()
    })
}
