//! The structure of a lesson's Markdown: headings, fenced blocks, lists and text, each with its line.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Parser, Tag, TagEnd};

use super::prose::markdown_options;

/// A block of the text at the outermost level.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct OutlineBlock {
    /// The line, counted from 1.
    pub(super) line: usize,
    /// The bytes of the text.
    pub(super) range: Range<usize>,
    pub(super) kind: BlockKind,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum BlockKind {
    /// A heading: level, text and id.
    Heading {
        level: usize,
        text: String,
        id: Option<String>,
    },
    /// A fenced block of settings.
    Toml(FencedBlock),
    /// A fenced block with a document.
    Json(FencedBlock),
    /// A list.
    List(Vec<ListItem>),
    /// Anything else.
    Text,
}

/// The content of a fenced block.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FencedBlock {
    pub(super) text: String,
    /// The line of the first line of the content.
    pub(super) first_line: usize,
    /// False if the fence at the end is missing.
    pub(super) is_closed: bool,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ListItem {
    pub(super) line: usize,
    /// True or false for an item with a box, checked or not.
    pub(super) mark: Option<bool>,
    /// The bytes of its text, without the mark and without nested lists.
    pub(super) text: Range<usize>,
    /// The bytes of the texts of the nested list.
    pub(super) nested: Option<Range<usize>>,
}

/// A picture in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Picture {
    pub(super) line: usize,
    pub(super) path: String,
    pub(super) has_alt: bool,
}

/// The structure of a text.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Outline {
    pub(super) blocks: Vec<OutlineBlock>,
    pub(super) pictures: Vec<Picture>,
    line_starts: Vec<usize>,
}

impl Outline {
    /// Reads the structure of Markdown.
    pub(super) fn read(text: &str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
        let mut outline = Self {
            line_starts: starts.collect(),
            ..Self::default()
        };
        let mut depth = 0_usize;
        let mut open: Option<OutlineBlock> = None;
        let mut heading_text = String::new();
        let mut list = ListReader::default();
        for (event, range) in Parser::new_ext(text, markdown_options()).into_offset_iter() {
            match &event {
                Event::Start(tag) => {
                    if depth == 0 {
                        heading_text.clear();
                        list = ListReader::default();
                        open = Some(OutlineBlock {
                            line: outline.line_of(range.start),
                            kind: outline.block_kind(text, tag, range.clone()),
                            range: range.clone(),
                        });
                    }
                    if let Tag::Image { dest_url, .. } = tag {
                        outline.pictures.push(Picture {
                            line: outline.line_of(range.start),
                            path: dest_url.to_string(),
                            has_alt: has_alt(text.get(range.clone()).unwrap_or_default()),
                        });
                    }
                    depth += 1;
                }
                Event::End(_) => depth = depth.saturating_sub(1),
                Event::Text(part) | Event::Code(part) => heading_text += part,
                Event::Rule | Event::Html(_) if depth == 0 => {
                    outline.blocks.push(OutlineBlock {
                        line: outline.line_of(range.start),
                        range: range.clone(),
                        kind: BlockKind::Text,
                    });
                }
                _ => {}
            }
            if matches!(
                open,
                Some(OutlineBlock {
                    kind: BlockKind::List(_),
                    ..
                })
            ) {
                list.add(&event, range, depth, &outline);
            }
            if depth == 0
                && let Some(mut block) = open.take()
            {
                match &mut block.kind {
                    BlockKind::Heading { text, .. } => text.clone_from(&heading_text.trim().to_owned()),
                    BlockKind::List(items) => *items = std::mem::take(&mut list.items),
                    BlockKind::Toml(_) | BlockKind::Json(_) | BlockKind::Text => {}
                }
                outline.blocks.push(block);
            }
        }
        outline
    }

    /// Returns the line of a byte, counted from 1.
    pub(super) fn line_of(&self, at: usize) -> usize {
        self.line_starts.partition_point(|&start| start <= at)
    }

    fn block_kind(&self, text: &str, tag: &Tag<'_>, range: Range<usize>) -> BlockKind {
        match tag {
            Tag::Heading { level, id, .. } => BlockKind::Heading {
                level: match level {
                    HeadingLevel::H1 => 1,
                    HeadingLevel::H2 => 2,
                    HeadingLevel::H3 => 3,
                    HeadingLevel::H4 | HeadingLevel::H5 | HeadingLevel::H6 => 4,
                },
                text: String::new(),
                id: id.as_ref().map(ToString::to_string),
            },
            Tag::CodeBlock(CodeBlockKind::Fenced(language)) => {
                let block = || self.fenced_block(text, range.clone());
                match language.trim().to_ascii_lowercase().as_str() {
                    "toml" => BlockKind::Toml(block()),
                    "json" => BlockKind::Json(block()),
                    _ => BlockKind::Text,
                }
            }
            Tag::List(_) => BlockKind::List(Vec::new()),
            _ => BlockKind::Text,
        }
    }

    fn fenced_block(&self, text: &str, range: Range<usize>) -> FencedBlock {
        let source = text.get(range.clone()).unwrap_or_default();
        let mark = source.chars().next().unwrap_or('`');
        let content_start = source.find('\n').map_or(source.len(), |at| at + 1);
        let content = &source[content_start..];
        let trimmed = content.trim_end();
        let last_start = trimmed.rfind('\n').map_or(0, |at| at + 1);
        let last = trimmed[last_start..].trim();
        let is_closed = last.len() >= 3 && last.chars().all(|c| c == mark);
        FencedBlock {
            text: match is_closed {
                true => content[..last_start].to_owned(),
                false => content.to_owned(),
            },
            first_line: self.line_of(range.start) + 1,
            is_closed,
        }
    }
}

/// True if the Markdown of a picture has words between its brackets.
fn has_alt(markdown: &str) -> bool {
    let alt = markdown.strip_prefix("![").and_then(|rest| rest.split_once("]"));
    alt.is_some_and(|(alt, _)| !alt.trim().is_empty())
}

/// Collects the items of a list from its events.
#[derive(Default)]
struct ListReader {
    items: Vec<ListItem>,
}

impl ListReader {
    /// Adds an event; `depth` counts the open tags after it, 1 for the list itself.
    fn add(&mut self, event: &Event<'_>, range: Range<usize>, depth: usize, outline: &Outline) {
        const IN_ITEM: usize = 2;
        match event {
            Event::Start(Tag::Item) if depth == IN_ITEM => self.items.push(ListItem {
                line: outline.line_of(range.start),
                mark: None,
                text: range.end..range.end,
                nested: None,
            }),
            _ => {}
        }
        let Some(item) = self.items.last_mut() else {
            return;
        };
        match event {
            Event::TaskListMarker(is_checked) if item.mark.is_none() && item.nested.is_none() => {
                item.mark = Some(*is_checked);
                item.text = range.end..range.end;
            }
            Event::Start(Tag::List(_)) if depth == IN_ITEM + 1 => {
                item.nested.get_or_insert(range);
            }
            Event::Start(Tag::Item) if depth == IN_ITEM => {}
            Event::End(TagEnd::Item | TagEnd::List(_)) => {}
            // Only what is before a nested list is the text.
            _ if depth >= IN_ITEM && item.nested.is_none() => {
                item.text.start = item.text.start.min(range.start);
                item.text.end = item.text.end.max(range.end);
                if item.text.start == item.text.end || item.text.end > range.end {
                    item.text.end = range.end.max(item.text.start);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_blocks_and_lists_have_their_lines() {
        let text = "# Title\n\n```toml\na = 1\n```\n\nText\nmore.\n\n## Step {#one}\n\n- [x] left\n- [ ] right\n  - Most *people*\n    say so.\n- −2: no\n";
        let outline = Outline::read(text);
        let lines: Vec<usize> = outline.blocks.iter().map(|block| block.line).collect();
        assert_eq!(lines, [1, 3, 7, 10, 12]);
        let BlockKind::Toml(block) = &outline.blocks[1].kind else {
            panic!()
        };
        assert_eq!(
            (block.text.as_str(), block.first_line, block.is_closed),
            ("a = 1\n", 4, true)
        );
        let BlockKind::Heading {
            level,
            text: title,
            id,
        } = &outline.blocks[3].kind
        else {
            panic!()
        };
        assert_eq!((*level, title.as_str(), id.as_deref()), (2, "Step", Some("one")));
        let BlockKind::List(items) = &outline.blocks[4].kind else {
            panic!()
        };
        let found: Vec<_> = items
            .iter()
            .map(|item| (item.line, item.mark, text[item.text.clone()].trim()))
            .collect();
        assert_eq!(
            found,
            [
                (12, Some(true), "left"),
                (13, Some(false), "right"),
                (16, None, "−2: no")
            ]
        );
        let nested = items[1].nested.clone().unwrap();
        assert_eq!(text[nested].trim(), "- Most *people*\n    say so.");
    }

    #[test]
    fn a_fence_without_an_end_is_found() {
        let outline = Outline::read("# T\n\n```toml\na = 1\n\n## S\n");
        let BlockKind::Toml(block) = &outline.blocks[1].kind else {
            panic!()
        };
        assert!(!block.is_closed);
    }
}
