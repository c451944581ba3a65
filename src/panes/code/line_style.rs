//! The colors and sizes of lines, in the window and in a figure.

use std::ops::Range;

use egui::{Color32, FontId, Painter};

use crate::canvas::ElementInfo;
use crate::panes::context::PaneContext;
use neurodial_core::code::syntax::{SyntaxKind, highlight};
use neurodial_core::code::{Language, NumberSpan};
use neurodial_core::network::{KnobKind, NeuronAddress};
use neurodial_core::session::Adjustable;

/// The height of a line at the usual font size, in points.
pub(crate) const LINE_HEIGHT: f32 = 18.0;
/// The distance from the text to the left end of a tinted line, in points.
pub(crate) const MARGIN: f32 = 6.0;

/// Returns the width of a character, in points.
pub(crate) fn char_width(painter: &Painter, font: &FontId) -> f32 {
    const COUNT: usize = 20;
    let text = "0".repeat(COUNT);
    let galley = painter.layout_no_wrap(text, font.clone(), Color32::BLACK);
    galley.size().x / COUNT as f32
}

/// Divides a line into ranges of bytes with their colors: weights have the color of their sign, as in the
/// other panes, and the rest has muted colors. The ranges of `spans` are within the line.
pub(crate) fn colored_ranges(
    context: &PaneContext<'_>,
    language: Language,
    text: &str,
    spans: &[NumberSpan],
) -> Vec<(Range<usize>, Color32)> {
    let theme = context.theme;
    let mut spans = spans.iter().peekable();
    let mut ranges = Vec::new();
    for (range, kind) in highlight(language, text) {
        let color = match kind {
            SyntaxKind::Plain => theme.text,
            SyntaxKind::Keyword => theme.accent,
            SyntaxKind::Comment | SyntaxKind::StringLiteral => theme.weak_text,
        };
        let mut from = range.start;
        while let Some(span) = spans.next_if(|span| span.range.start < range.end) {
            let number = span.range.clone();
            if number.start < from || number.end > range.end {
                continue;
            }
            if from < number.start {
                ranges.push((from..number.start, color));
            }
            from = number.end;
            ranges.push((number, number_color(context, span.adjustable)));
        }
        if from < range.end {
            ranges.push((from..range.end, color));
        }
    }
    ranges
}

/// Returns the description of a number of the source code for screen readers and figures.
pub(crate) fn number_description(context: &PaneContext<'_>, target: Adjustable, text: String) -> ElementInfo {
    let (document, messages) = (context.session.document(), context.messages);
    ElementInfo {
        name: messages.code_number(target.describe_in(context.session.architecture(), messages)),
        value: Some(text),
        numeric_value: document
            .value(target)
            .map(|value| (value, document.range(target))),
        is_disabled: document.is_locked(target),
        ..ElementInfo::default()
    }
}

/// Returns the color of a number: that of its sign if it is a weight, otherwise the color of text.
fn number_color(context: &PaneContext<'_>, target: Adjustable) -> Color32 {
    match target {
        Adjustable::Knob(knob) if matches!(knob.kind, KnobKind::Weight { .. }) => {
            let value = context.session.document().value(target).unwrap_or(0.0);
            context.theme.sign_color(value)
        }
        Adjustable::Knob(_) | Adjustable::Input(_) | Adjustable::Hyperparameter(_) => context.theme.text,
    }
}

/// True if a line has numbers that can be changed and all of them are weights of the selected neuron.
pub(crate) fn has_selected_weights_only(context: &PaneContext<'_>, spans: &[NumberSpan]) -> bool {
    let selected = context.session.view().selected;
    let is_selected_weight = |span: &NumberSpan| is_weight_of(span.adjustable, selected);
    !spans.is_empty() && spans.iter().all(is_selected_weight) && context.is_selected(selected)
}

/// Returns the background color of such a line.
pub(crate) fn selection_tint(context: &PaneContext<'_>) -> Color32 {
    context
        .theme
        .tinted(context.neuron_color(context.session.view().selected))
}

fn is_weight_of(target: Adjustable, at: NeuronAddress) -> bool {
    let Adjustable::Knob(knob) = target else {
        return false;
    };
    matches!(knob.kind, KnobKind::Weight { .. }) && (knob.layer, knob.neuron) == (at.layer, at.neuron)
}

/// Converts byte positions in a line to columns. The positions must be passed in ascending order.
pub(super) struct ColumnCounter<'a> {
    text: &'a str,
    byte: usize,
    column: usize,
}

impl<'a> ColumnCounter<'a> {
    /// Returns a counter for a line.
    pub(crate) fn new(text: &'a str) -> Self {
        Self {
            text,
            byte: 0,
            column: 0,
        }
    }

    /// Returns the column of the character at a byte position.
    pub(crate) fn column_at(&mut self, byte: usize) -> usize {
        let skipped = self.text.get(self.byte..byte).unwrap_or_default();
        self.column += skipped.chars().count();
        self.byte = self.byte.max(byte);
        self.column
    }
}
