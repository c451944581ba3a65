//! A snapshot and the current state side by side: two network diagrams and a table of the differences.

use egui::{Align2, Button, Painter, Rect, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};

use crate::canvas::Elements;
use crate::theme::type_scale;
use crate::widgets::truncated_text;
use neurodial_core::insight::SnapshotSession;
use neurodial_core::network::{Architecture, NeuronAddress};
use neurodial_core::session::{Adjustable, Edit, Session, ViewChange};
use neurodial_core::text::Messages;

use super::context::{EdgeLabels, PaneContext, PrintOptions};
use super::diagram;
use super::pane_info::{LayoutRegion, PaneInfo, SizeHint};
use super::training::hint_ui;

/// The properties of the pane.
pub(crate) static PANE: PaneInfo = PaneInfo {
    region: Some(LayoutRegion::CenterBottom),
    heading: Some(heading),
    compares_snapshot: true,
    figure_remedy: |session, _| {
        let is_empty = session.document().snapshots.is_empty();
        is_empty.then_some(Messages::figure_remedy_compare)
    },
    figure_options: &diagram::DIAGRAM_OPTIONS,
    prepare_figure: |session| {
        let last = session.document().snapshots.len().checked_sub(1);
        let last = last.filter(|_| session.view().snapshot.is_none());
        last.map(|snapshot| ViewChange::ShowSnapshot(Some(snapshot)).into())
    },
    width_share: 1.4,
    print_width,
    print_height: |_, context, width| Ok(SizeHint::fixed(print_height(context, width))),
    ..PaneInfo::new(&["compare"], Messages::pane_compare, |ui, context, _| {
        compare_ui(ui, context)
    })
};

/// The minimum height of a diagram with numbers on its edges, in points.
const MIN_HEIGHT_FOR_LABELS: f32 = 200.0;
/// The minimum width of a diagram with numbers on its edges, in points.
const MIN_WIDTH_FOR_LABELS: f32 = 320.0;
/// The width of the pane in a figure without a snapshot, and the minimum width of both diagrams together, in
/// points.
const MIN_PRINT_WIDTH: f32 = 210.0;
/// The maximum number of rows; those with the largest differences are shown.
const MAX_ROWS: usize = 200;
/// The maximum number of rows in a figure.
const MAX_PRINT_ROWS: usize = 24;

/// The minimum width of a table with names instead of symbols, in points.
const MIN_WIDTH_FOR_NAMES: f32 = 380.0;
/// The height of the title above each diagram, in points.
const TITLE_HEIGHT: f32 = 20.0;
/// The height of a row of the table, in points.
const ROW_HEIGHT: f32 = 20.0;
/// The distance between the diagrams, and between the diagrams and the table, in points.
const GAP: f32 = 10.0;
/// The minimum height of a diagram, in points.
const MIN_DIAGRAM_HEIGHT: f32 = 90.0;
/// The minimum height of a pane with the table below the diagrams, in points.
const MIN_STACKED_HEIGHT: f32 = 320.0;
/// The fraction of such a height for the diagrams.
const DIAGRAMS_FRACTION: f32 = 0.62;
/// The minimum width of a lower pane with the table beside the diagrams, in points.
const MIN_SIDE_BY_SIDE_WIDTH: f32 = 520.0;
/// The fraction of such a width for the table, and the minimum width of the table, in points.
const SIDE_TABLE_WIDTH: (f32, f32) = (0.42, 250.0);
/// The distance by which the titles of diagrams beside a table extend into the gap above the pane's content,
/// in points.
const TITLE_LIFT: f32 = 4.0;
/// The maximum width of a table, in points; in a wider one the numbers would be too far from their names.
const MAX_TABLE_WIDTH: f32 = 640.0;

/// A number in the snapshot and in the current state.
struct ValueDifference {
    /// The name in words: “weight from input 2 to neuron 1”.
    name: String,
    /// The symbol: “w₁₂”.
    symbol: String,
    before: f64,
    after: f64,
}

impl ValueDifference {
    fn is_same(&self) -> bool {
        self.before.to_bits() == self.after.to_bits()
    }
}

/// Returns the name of the snapshot that is shown.
fn snapshot_name<'a>(context: &PaneContext<'a>) -> &'a str {
    let overlay = context.insight.snapshot_overlay();
    overlay.map_or(context.messages.compare_snapshot(), |snapshot| snapshot.name())
}

/// Returns the heading of the pane.
pub(crate) fn heading(context: &PaneContext<'_>) -> String {
    match context.insight.snapshot_overlay() {
        Some(overlay) => context.messages.compare_heading(overlay.name()),
        None => context.messages.pane_compare().to_owned(),
    }
}

/// Returns the height in a figure in a pane of `width` points; without a snapshot, that of one sentence.
pub(crate) fn print_height(context: &PaneContext<'_>, width: f32) -> f32 {
    if context.insight.snapshot_overlay().is_none() {
        return 3.0 * ROW_HEIGHT;
    }
    let rows = differences(context).len().min(MAX_PRINT_ROWS) + 1;
    let diagram = diagram::print_size::print_height(context, (width - GAP) / 2.0).preferred;
    TITLE_HEIGHT + diagram + GAP + rows as f32 * ROW_HEIGHT
}

/// Returns the minimum and preferred width in a figure, in points: two networks fit side by side.
pub(crate) fn print_width(painter: &Painter, context: &PaneContext<'_>) -> SizeHint {
    if context.insight.snapshot_overlay().is_none() {
        return SizeHint::fixed(MIN_PRINT_WIDTH);
    }
    let one = diagram::print_size::print_width(painter, context);
    let both = |width: f32| 2.0 * width.max(MIN_PRINT_WIDTH / 2.0) + GAP;
    SizeHint::new(both(one.min), both(one.preferred))
}

/// Draws the compare pane.
pub(crate) fn compare_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    let Some(snapshot_session) = context.insight.snapshot_session(context.session) else {
        no_snapshot_ui(ui, context);
        return;
    };
    let rect = ui.available_rect_before_wrap();
    let rows = differences(context);
    let layout = match context.options {
        Some(_) => {
            let diagram = diagram::print_size::print_height(context, (rect.width() - GAP) / 2.0).preferred;
            CompareLayout::for_print(rect, diagram)
        }
        None => CompareLayout::new(rect, rows.len()),
    };
    if !layout.is_scrolled {
        comparison_ui(ui, context, &snapshot_session, layout, &rows);
        return;
    }
    ScrollArea::vertical()
        .id_salt("comparison")
        .auto_shrink(false)
        .show(ui, |ui| {
            let (content, _) = ui.allocate_exact_size(layout.bounds().size(), Sense::hover());
            let moved = content.min - rect.min;
            let layout = CompareLayout {
                diagrams: layout.diagrams.map(|rect| rect.translate(moved)),
                table: layout.table.translate(moved),
                ..layout
            };
            comparison_ui(ui, context, &snapshot_session, layout, &rows);
        });
}

/// Draws the diagrams and the table.
fn comparison_ui(
    ui: &mut Ui,
    context: &PaneContext<'_>,
    snapshot_session: &SnapshotSession,
    layout: CompareLayout,
    rows: &[ValueDifference],
) {
    if let Some(diagrams) = layout.diagrams {
        let height = diagrams.height() - TITLE_HEIGHT;
        let [left, right] = diagram_halves(diagrams);
        let mut print_options = Some(context.options.unwrap_or(PrintOptions {
            // In a low diagram labels would hide the edges.
            edge_labels: if height < MIN_HEIGHT_FOR_LABELS {
                EdgeLabels::None
            } else {
                EdgeLabels::Selected
            },
            has_selection: true,
            ..PrintOptions::without_labels(diagram::paint::MIN_NUMBER_SIZE)
        }));
        if let Some(options) = print_options
            .as_mut()
            .filter(|_| left.width() < MIN_WIDTH_FOR_LABELS)
        {
            options.edge_labels = EdgeLabels::None;
        }
        title_ui(ui.painter(), context, left, snapshot_name(context));
        title_ui(ui.painter(), context, right, context.messages.compare_current());
        let snapshot = (snapshot_session.session(), snapshot_session.insight());
        let current = (context.session, context.insight);
        for ((session, insight), rect, id) in [(snapshot, left, "pin"), (current, right, "now")] {
            let (actions, requests) = (&mut Vec::new(), &mut Vec::new());
            let (theme, messages) = (context.theme, context.messages);
            let mut shown = PaneContext::new(
                session,
                insight,
                theme,
                messages,
                print_options,
                actions,
                requests,
            );
            let rect = Rect::from_min_max(rect.min + vec2(0.0, TITLE_HEIGHT), rect.max);
            let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(id));
            child.set_clip_rect(rect.intersect(ui.clip_rect()));
            diagram::diagram_ui(&mut child, &mut shown, &mut Elements::for_static_picture());
        }
    }
    table_ui(ui, context, layout, rows);
}

/// Draws the pane when no snapshot is shown.
fn no_snapshot_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    if context.options.is_some() {
        hint_ui(ui, context, context.messages.compare_no_snapshot());
        return;
    }
    let messages = context.messages;
    hint_ui(ui, context, messages.compare_hint());
    ui.add_space(4.0);
    if ui.add(Button::new(messages.compare_take_snapshot())).clicked() {
        let number = context.session.document().snapshots.len() + 1;
        let name = messages.snapshot_number(number);
        context.actions.push(Edit::TakeSnapshot(name).into());
    }
    for (index, snapshot) in context.session.document().snapshots.iter().enumerate() {
        if snapshot.fits(context.session.document())
            && ui.button(messages.compare_show(&snapshot.name)).clicked()
        {
            context.actions.push(ViewChange::ShowSnapshot(Some(index)).into());
        }
    }
}

fn title_ui(painter: &Painter, context: &PaneContext<'_>, half: Rect, text: &str) {
    let job = truncated_text(text, type_scale::strong(), context.theme.text, half.width());
    let galley = painter.layout_job(job);
    let at = Align2::CENTER_CENTER.align_size_within_rect(
        galley.size(),
        Rect::from_min_size(half.min, vec2(half.width(), TITLE_HEIGHT)),
    );
    painter.galley(at.min, galley, context.theme.text);
}

/// Returns the outputs, and then the knobs and inputs that differ, the largest differences first.
fn differences(context: &PaneContext<'_>) -> Vec<ValueDifference> {
    let Some(overlay) = context.insight.snapshot_overlay() else {
        return Vec::new();
    };
    let architecture = context.session.architecture();
    let layer = architecture.last_layer();
    let outputs = (0..architecture.width(layer)).map(|neuron| {
        let at = NeuronAddress { layer, neuron };
        ValueDifference {
            name: output_name(context.messages, architecture, at),
            symbol: context.messages.compare_output(neuron + 1),
            before: overlay.output(at),
            after: context.output(at),
        }
    });
    let mut changed: Vec<ValueDifference> = adjustables(context.session)
        .filter_map(|target| {
            Some(ValueDifference {
                before: context.snapshot_value(target)?,
                after: context.session.document().value(target)?,
                name: target.describe_in(architecture, context.messages),
                symbol: target.symbol(architecture).to_unicode(),
            })
        })
        .collect();
    changed.sort_by(|a, b| (b.after - b.before).abs().total_cmp(&(a.after - a.before).abs()));
    outputs.chain(changed).take(MAX_ROWS).collect()
}

fn adjustables(session: &Session) -> impl Iterator<Item = Adjustable> + '_ {
    let knobs = session.architecture().knobs().map(Adjustable::Knob);
    knobs.chain((0..session.architecture().input_count()).map(Adjustable::Input))
}

fn output_name(messages: Messages, architecture: &Architecture, at: NeuronAddress) -> String {
    match &architecture.layers()[at.layer].neurons[at.neuron].name {
        Some(name) => messages.compare_output_with_name(at.neuron + 1, name),
        None => messages.compare_output(at.neuron + 1),
    }
}

/// Draws the table: the name, the number in the snapshot, the current number, and the difference.
fn table_ui(ui: &mut Ui, context: &PaneContext<'_>, layout: CompareLayout, rows: &[ValueDifference]) {
    let rect = layout.table;
    if rect.height() < 2.0 * ROW_HEIGHT {
        return;
    }
    let messages = context.messages;
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("differences"));
    let cells = |row: &ValueDifference| {
        let change = if row.is_same() {
            messages.compare_same().to_owned()
        } else {
            context.format_difference(row.before, row.after)
        };
        [
            context.format_number(row.before),
            context.format_number(row.after),
            change,
        ]
    };
    let column = column_width(ui.painter(), context, rect.width(), rows.iter().flat_map(cells));
    let has_names = rect.width() >= MIN_WIDTH_FOR_NAMES;
    let heads = [
        "",
        snapshot_name(context),
        messages.compare_current(),
        messages.compare_change(),
    ];
    row_ui(&mut child, context, column, heads, None);
    let list = |ui: &mut Ui, max_rows: usize| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for row in rows.iter().take(max_rows) {
            let [was, now, change] = cells(row);
            let name = if has_names { &row.name } else { &row.symbol };
            let description = match row.is_same() {
                true => messages.compare_row_same(&row.name, &now),
                false => messages.compare_row(&row.name, &was, &now, &change),
            };
            row_ui(
                ui,
                context,
                column,
                [name, &was, &now, &change],
                Some(description),
            );
        }
    };
    if context.options.is_some() {
        list(&mut child, MAX_PRINT_ROWS);
    } else if layout.is_scrolled {
        list(&mut child, MAX_ROWS);
    } else {
        ScrollArea::vertical()
            .id_salt("differences")
            .auto_shrink(false)
            .show(&mut child, |ui| list(ui, MAX_ROWS));
    }
}

/// Returns the width of each column of numbers in a table of `width` points: as wide as the numbers, but
/// limited so that the names fit.
fn column_width(
    painter: &Painter,
    context: &PaneContext<'_>,
    width: f32,
    numbers: impl Iterator<Item = String>,
) -> f32 {
    let needed = numbers.map(|number| {
        let galley = painter.layout_no_wrap(number, type_scale::body(), context.theme.text);
        galley.size().x + 10.0
    });
    let max_width = (0.75 * width / 3.0).max(1.0);
    needed
        .fold((0.62 * width / 3.0).min(110.0), f32::max)
        .min(max_width)
}

/// Draws a row of the table whose last three cells are in columns of `column` points. `name` is the name in
/// words for screen readers; `None` is for the header.
fn row_ui(
    ui: &mut Ui,
    context: &PaneContext<'_>,
    column: f32,
    cells: [&str; 4],
    description: Option<String>,
) {
    let is_head = description.is_none();
    let theme = context.theme;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::hover());
    if !ui.is_rect_visible(rect) {
        return;
    }
    let right = rect.right() - 12.0;
    let (font, color) = if is_head {
        (type_scale::small(), theme.weak_text)
    } else {
        (type_scale::body(), theme.text)
    };
    let room = right - 3.0 * column - rect.left() - 8.0;
    let painter = ui.painter();
    let galley = painter.layout_job(truncated_text(cells[0], font.clone(), color, room));
    let at = pos2(rect.left() + 2.0, rect.center().y - galley.size().y / 2.0);
    painter.galley(at, galley, color);
    for (cell_index, text) in cells[1..].iter().enumerate() {
        let color = if cell_index == 0 { theme.weak_text } else { color };
        let galley = painter.layout_job(truncated_text(*text, font.clone(), color, column - 8.0));
        let x = right - (2 - cell_index) as f32 * column - galley.size().x;
        painter.galley(pos2(x, rect.center().y - galley.size().y / 2.0), galley, color);
    }
    painter.hline(
        rect.x_range(),
        rect.bottom(),
        egui::Stroke::new(0.75, theme.border),
    );
    if let Some(description) = description.filter(|_| context.options.is_none()) {
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &description));
    }
}

/// The rectangles of the diagrams and the table.
#[derive(Debug, Clone, Copy, PartialEq)]
struct CompareLayout {
    /// The rectangle of both diagrams with their titles; `None` if they don't fit.
    diagrams: Option<Rect>,
    /// The rectangle of the table with its header.
    table: Rect,
    /// True if the whole content scrolls, instead of the table alone.
    is_scrolled: bool,
}

impl CompareLayout {
    /// Returns the layout in a figure: diagrams of `diagram_height` points above the table.
    fn for_print(rect: Rect, diagram_height: f32) -> Self {
        Self::stacked(rect, diagram_height)
    }

    /// Returns the layout in a pane of the window, for a table of `rows` rows without its header.
    fn new(rect: Rect, rows: usize) -> Self {
        let max_diagram_height = rect.height() - TITLE_HEIGHT;
        if rect.height() >= MIN_STACKED_HEIGHT {
            return Self::stacked(rect, DIAGRAMS_FRACTION * rect.height() - TITLE_HEIGHT);
        }
        if max_diagram_height >= MIN_DIAGRAM_HEIGHT && rect.width() >= MIN_SIDE_BY_SIDE_WIDTH {
            let (share, min_width) = SIDE_TABLE_WIDTH;
            let split = rect.right() - (share * rect.width()).clamp(min_width, MAX_TABLE_WIDTH);
            return Self {
                diagrams: Some(rect.with_max_x(split - GAP).with_min_y(rect.top() - TITLE_LIFT)),
                table: rect.with_min_x(split + GAP),
                is_scrolled: false,
            };
        }
        if max_diagram_height < MIN_DIAGRAM_HEIGHT {
            return Self {
                diagrams: None,
                table: rect.with_max_x(rect.right().min(rect.left() + MAX_TABLE_WIDTH)),
                is_scrolled: false,
            };
        }
        // Half a row of the table is visible below its header, to show that there is more to scroll to.
        let diagram_height = (max_diagram_height - GAP - 1.5 * ROW_HEIGHT).max(MIN_DIAGRAM_HEIGHT);
        let total_height = TITLE_HEIGHT + diagram_height + GAP + (rows + 1) as f32 * ROW_HEIGHT;
        let content_rect = Rect::from_min_size(rect.min, vec2(rect.width(), total_height.max(rect.height())));
        Self {
            is_scrolled: true,
            ..Self::stacked(content_rect, diagram_height)
        }
    }

    fn stacked(rect: Rect, diagram_height: f32) -> Self {
        let bottom = rect.top() + TITLE_HEIGHT + diagram_height;
        let right = rect.right().min(rect.left() + MAX_TABLE_WIDTH);
        Self {
            diagrams: Some(rect.with_max_y(bottom)),
            table: Rect::from_min_max(pos2(rect.left(), bottom + GAP), pos2(right, rect.bottom())),
            is_scrolled: false,
        }
    }

    /// Returns the bounding rectangle of the diagrams and the table.
    fn bounds(&self) -> Rect {
        self.diagrams
            .map_or(self.table, |diagrams| diagrams.union(self.table))
    }
}

/// Returns the left and right half of the rectangle of the diagrams.
fn diagram_halves(rect: Rect) -> [Rect; 2] {
    let width = (rect.width() - GAP) / 2.0;
    let left = Rect::from_min_size(rect.min, vec2(width, rect.height()));
    [left, left.translate(vec2(width + GAP, 0.0))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_every_pane_size_the_rows_fit_or_scroll() {
        for width in [160.0, 300.0, 519.0, 520.0, 900.0, 1400.0] {
            for height in [60.0, 109.0, 110.0, 150.0, 200.0, 319.0, 320.0, 700.0] {
                let rect = Rect::from_min_size(pos2(30.0, 40.0), vec2(width, height));
                let layout = CompareLayout::new(rect, 7);
                let name = format!("{width} × {height}: {layout:?}");
                assert!(layout.table.height() >= 2.5 * ROW_HEIGHT, "{name}");
                assert!(layout.table.width() >= 150.0, "{name}");
                if layout.is_scrolled {
                    assert!(layout.table.height() >= 8.0 * ROW_HEIGHT, "{name}");
                    assert!(
                        layout.table.top() + ROW_HEIGHT <= rect.bottom() || height < 180.0,
                        "{name}"
                    );
                } else {
                    let around = rect.with_min_y(rect.top() - TITLE_LIFT).expand(0.01);
                    assert!(around.contains_rect(layout.bounds()), "{name}");
                }
                if let Some(diagrams) = layout.diagrams {
                    assert!(!diagrams.intersects(layout.table), "{name}");
                    assert!(diagrams.height() - TITLE_HEIGHT >= MIN_DIAGRAM_HEIGHT, "{name}");
                }
                assert_eq!(
                    layout.diagrams.is_some(),
                    height - TITLE_HEIGHT >= MIN_DIAGRAM_HEIGHT,
                    "{name}"
                );
            }
        }
    }
}
