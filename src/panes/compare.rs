//! A snapshot and the current state side by side: two network diagrams and a table of the differences.
//! [`layout`] computes their positions.

pub(crate) mod layout;

use egui::{Align2, Button, Painter, Rect, RichText, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};

use crate::canvas::Elements;
use crate::theme::type_scale;
use neurodial_core::insight::SnapshotSession;
use neurodial_core::network::{Architecture, NeuronAddress};
use neurodial_core::session::{Adjustable, Edit, KnobLayout, Session, ViewChange};

use super::SizeHint;
use super::{EdgeLabels, PaneContext, PrintOptions, diagram};
use layout::{CompareLayout, GAP, ROW_HEIGHT, TITLE_HEIGHT, diagram_halves};

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

/// A number in the snapshot and in the current state.
struct ValueDifference {
    /// The name in words: “weight from input 2 to neuron 1”.
    name: String,
    /// The symbol: “w₁₂”.
    symbol: String,
    before: f64,
    after: f64,
}

/// Returns the heading of the pane.
pub(crate) fn heading(context: &PaneContext<'_>) -> String {
    match context.insight.snapshot_overlay() {
        Some(overlay) => format!("{} and now", overlay.name()),
        None => "Compare".to_owned(),
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
            knob_layout: KnobLayout::List,
            min_number_size: diagram::paint::MIN_NUMBER_SIZE,
        }));
        if let Some(options) = print_options
            .as_mut()
            .filter(|_| left.width() < MIN_WIDTH_FOR_LABELS)
        {
            options.edge_labels = EdgeLabels::None;
        }
        let name = context
            .insight
            .snapshot_overlay()
            .map_or("pin", |snapshot| snapshot.name());
        title_ui(ui.painter(), context, left, name);
        title_ui(ui.painter(), context, right, "now");
        let snapshot_context = PaneContext {
            session: snapshot_session.session(),
            insight: snapshot_session.insight(),
            theme: context.theme,
            messages: context.messages,
            options: print_options,
            actions: &mut Vec::new(),
            requests: &mut Vec::new(),
        };
        let current_context = PaneContext {
            session: context.session,
            insight: context.insight,
            theme: context.theme,
            messages: context.messages,
            options: print_options,
            actions: &mut Vec::new(),
            requests: &mut Vec::new(),
        };
        for (mut shown, rect, id) in [(snapshot_context, left, "pin"), (current_context, right, "now")] {
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
        ui.label(RichText::new("Nothing is pinned.").color(context.theme.weak_text));
        return;
    }
    let text = "Nothing is pinned. A pin keeps the present state; here it stands beside what you make of it.";
    ui.label(RichText::new(text).color(context.theme.weak_text));
    ui.add_space(4.0);
    if ui.add(Button::new("Pin the present state")).clicked() {
        context.actions.push(Edit::TakeSnapshot(String::new()).into());
    }
    for (index, snapshot) in context.session.document().snapshots.iter().enumerate() {
        if snapshot.fits(context.session.document()) && ui.button(format!("Show {}", snapshot.name)).clicked()
        {
            context.actions.push(ViewChange::ShowSnapshot(Some(index)).into());
        }
    }
}

fn title_ui(painter: &Painter, context: &PaneContext<'_>, half: Rect, text: &str) {
    let mut job =
        egui::text::LayoutJob::simple_singleline(text.to_owned(), type_scale::strong(), context.theme.text);
    job.wrap = egui::text::TextWrapping::truncate_at_width(half.width().max(8.0));
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
            name: output_name(architecture, at),
            symbol: format!("output {}", neuron + 1),
            before: overlay.output(at),
            after: context.output(at),
        }
    });
    let mut changed: Vec<ValueDifference> = adjustables(context.session)
        .filter_map(|target| {
            Some(ValueDifference {
                before: context.snapshot_value(target)?,
                after: context.session.document().value(target)?,
                name: target.describe(architecture),
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

fn output_name(architecture: &Architecture, at: NeuronAddress) -> String {
    match &architecture.layers()[at.layer].neurons[at.neuron].name {
        Some(name) => format!("output {}, {name}", at.neuron + 1),
        None => format!("output {}", at.neuron + 1),
    }
}

/// Draws the table: the name, the number in the snapshot, the current number, and the difference.
fn table_ui(ui: &mut Ui, context: &PaneContext<'_>, layout: CompareLayout, rows: &[ValueDifference]) {
    let rect = layout.table;
    if rect.height() < 2.0 * ROW_HEIGHT {
        return;
    }
    let name = context
        .insight
        .snapshot_overlay()
        .map_or("pin", |snapshot| snapshot.name())
        .to_owned();
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("differences"));
    let cells = |row: &ValueDifference| {
        let change = if row.before.to_bits() == row.after.to_bits() {
            "same".to_owned()
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
    row_ui(&mut child, context, column, ["", &name, "now", "change"], None);
    let list = |ui: &mut Ui, max_rows: usize| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for row in rows.iter().take(max_rows) {
            let [was, now, change] = cells(row);
            let name = if has_names { &row.name } else { &row.symbol };
            row_ui(ui, context, column, [name, &was, &now, &change], Some(&row.name));
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
fn row_ui(ui: &mut Ui, context: &PaneContext<'_>, column: f32, cells: [&str; 4], name: Option<&str>) {
    let is_head = name.is_none();
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
    let mut job = egui::text::LayoutJob::simple_singleline(cells[0].to_owned(), font.clone(), color);
    let room = right - 3.0 * column - rect.left() - 8.0;
    job.wrap = egui::text::TextWrapping::truncate_at_width(room.max(8.0));
    let painter = ui.painter();
    let galley = painter.layout_job(job);
    let at = pos2(rect.left() + 2.0, rect.center().y - galley.size().y / 2.0);
    painter.galley(at, galley, color);
    for (cell_index, text) in cells[1..].iter().enumerate() {
        let color = if cell_index == 0 { theme.weak_text } else { color };
        let mut job = egui::text::LayoutJob::simple_singleline((*text).to_owned(), font.clone(), color);
        job.wrap = egui::text::TextWrapping::truncate_at_width(column - 8.0);
        let galley = painter.layout_job(job);
        let x = right - (2 - cell_index) as f32 * column - galley.size().x;
        painter.galley(pos2(x, rect.center().y - galley.size().y / 2.0), galley, color);
    }
    painter.hline(
        rect.x_range(),
        rect.bottom(),
        egui::Stroke::new(0.75, theme.border),
    );
    if let Some(name) = name.filter(|_| context.options.is_none()) {
        let [_, was, now, change] = cells;
        let description = format!("{name}: {was} at the pin, {now} now, {change}");
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &description));
    }
}
