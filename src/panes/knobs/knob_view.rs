//! A knob and a neuron as the list, the dials and the heat map show them.

use egui::{Align2, FontId, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};

use crate::canvas::{Canvas, Element, ElementInfo, FocusLinks, HitShape, Placement};
use crate::panes::context::PaneContext;
use crate::panes::number_entry::number_entry_ui;
use crate::theme::type_scale;
use crate::widgets::math::MathBox;
use crate::widgets::slider::{SensitivityArrow, SliderState};
use crate::widgets::truncated_text;
use neurodial_core::network::{Knob, NeuronAddress};
use neurodial_core::session::{Adjustable, ValueRange};

use super::annotations::{self, KnobAnnotations};
use super::list_rows::KnobListRows;

/// A knob in view. It is built once per frame, and each layout draws it in its own way.
#[derive(Debug, Clone, Copy)]
pub(crate) struct KnobView<'a> {
    /// The knob.
    pub(crate) knob: Knob,
    /// The current value.
    pub(crate) value: f64,
    /// The range of the values.
    pub(crate) range: ValueRange,
    /// The state of the slider: position, color, lock, profile and marks.
    pub(crate) slider: SliderState<'a>,
    /// The effect of a small turn.
    pub(crate) arrow: Option<SensitivityArrow>,
    /// The value in the snapshot that is shown, if that is different.
    pub(crate) snapshot_value: Option<f64>,
}

impl<'a> KnobView<'a> {
    /// Creates the view of a knob on a canvas. Without annotations it has no profile, marks or arrow.
    pub(crate) fn new(
        context: &PaneContext<'_>,
        canvas: &Canvas<'_>,
        annotations: Option<&'a KnobAnnotations>,
        knob: Knob,
    ) -> Self {
        let document = context.session.document();
        let target = Adjustable::Knob(knob);
        let value = document.value(target).unwrap_or(0.0);
        let range = document.range(target);
        let has_zero = (range.min..=range.max).contains(&0.0);
        let snapshot_value = context.snapshot_value(target);
        let indicators = annotations.map(|annotations| annotations.indicators(context, target));
        let indicators = indicators.unwrap_or_default();
        Self {
            knob,
            value,
            range,
            slider: SliderState {
                fraction: range.fraction_of(value),
                zero_fraction: has_zero.then(|| range.fraction_of(0.0)),
                color: context.neuron_color(knob.neuron_address()),
                is_highlighted: canvas.is_highlighted(Element::Adjustable(target))
                    || context.session.view().highlighted == Some(target),
                is_locked: document.is_locked(target),
                profile: annotations.and_then(|annotations| annotations.profile(target)),
                is_filled: annotations.is_some_and(|annotations| !annotations.has_profiles()),
                switch_point: indicators.switch_point,
                lowest_loss: annotations.and_then(|all| Some((indicators.lowest_loss?, all.color()))),
                snapshot_fraction: snapshot_value.map(|value| range.fraction_of(value)),
            },
            arrow: indicators.arrow,
            snapshot_value,
        }
    }

    /// Returns the knob as something that can be dragged.
    pub(crate) fn target(&self) -> Adjustable {
        Adjustable::Knob(self.knob)
    }

    /// Returns the element of the slider.
    pub(crate) fn element(&self) -> Element {
        Element::Adjustable(self.target())
    }

    /// Lays out the symbol, in the color of the sign.
    pub(crate) fn symbol(&self, painter: &Painter, context: &PaneContext<'_>, scale: f32) -> MathBox {
        let color = if self.knob.is_bias() {
            context.theme.text
        } else {
            context.theme.sign_color(self.value)
        };
        let symbol = context.session.architecture().symbol(self.knob);
        MathBox::symbol(painter, &symbol, scale, color)
    }

    /// Returns the difference from the snapshot as text; `None` if there is none.
    pub(crate) fn difference(&self, context: &PaneContext<'_>) -> Option<String> {
        let before = self.snapshot_value?;
        Some(context.format_difference(before, self.value))
    }

    /// Draws the difference from the snapshot, if there is one, aligned to `pos`.
    pub(crate) fn difference_ui(
        &self,
        painter: &Painter,
        context: &PaneContext<'_>,
        pos: Pos2,
        align: Align2,
    ) {
        if let Some(text) = self.difference(context) {
            let font = context.font(type_scale::small());
            painter.text(pos, align, text, font, context.theme.weak_text);
        }
    }

    /// Returns the accessible description.
    pub(crate) fn info(&self, context: &PaneContext<'_>) -> ElementInfo {
        let PaneContext {
            session,
            insight,
            messages,
            ..
        } = *context;
        ElementInfo {
            name: session.architecture().describe_knob(self.knob, messages),
            value: Some(context.format_number(self.value)),
            description: Some(annotations::sensitivity_text(
                session,
                insight,
                self.target(),
                messages,
            )),
            numeric_value: Some((self.value, self.range)),
            is_disabled: self.slider.is_locked,
            ..ElementInfo::default()
        }
    }

    /// Returns the placement of the slider in `rect`. It can have the focus, and the arrow keys lead to the
    /// knobs before and after it.
    pub(crate) fn placement(&self, context: &PaneContext<'_>, rect: Rect) -> Placement {
        let rows = KnobListRows::of_pane(context);
        let neighbor = |step| {
            let knob = rows.neighbor(self.knob, step)?;
            Some(Element::Adjustable(knob.into()))
        };
        Placement::new(self.element(), HitShape::Rect(rect)).focusable(FocusLinks {
            before: neighbor(-1),
            after: neighbor(1),
        })
    }

    /// Draws the number in `rect`, or the text field while it is edited.
    pub(crate) fn number_ui(
        &self,
        canvas: &mut Canvas<'_>,
        context: &mut PaneContext<'_>,
        rect: Rect,
        font: FontId,
        align: Align2,
    ) {
        number_entry_ui(canvas, context, self.target(), rect, font, align);
    }

    /// Draws the button that plays the knob in the middle of `rect`, if the knob is highlighted, focused or being
    /// played.
    pub(crate) fn play_ui(&self, canvas: &mut Canvas<'_>, context: &PaneContext<'_>, rect: Rect) {
        let PaneContext {
            theme,
            session,
            messages,
            ..
        } = *context;
        let is_played = canvas.elements().played == Some(self.target());
        if is_played || self.slider.is_highlighted || canvas.has_focus(self.element()) {
            let color = if is_played {
                theme.accent
            } else if self.slider.is_locked {
                theme.faint_text
            } else {
                theme.weak_text
            };
            paint_play(canvas.painter(), rect.center(), is_played, color);
        }
        let play = Placement::new(Element::Play(self.knob), HitShape::Rect(rect)).rank(2);
        canvas.place(play, || ElementInfo {
            name: messages.knob_play(session.architecture().describe_knob(self.knob, messages)),
            is_button: true,
            is_selected: Some(is_played),
            ..ElementInfo::default()
        });
    }

    /// Draws the lock in the middle of `rect`, if the knob is locked or highlighted.
    pub(crate) fn lock_ui(&self, canvas: &mut Canvas<'_>, context: &PaneContext<'_>, rect: Rect) {
        let PaneContext {
            theme,
            session,
            messages,
            ..
        } = *context;
        let is_locked = self.slider.is_locked;
        if is_locked || self.slider.is_highlighted {
            let color = if is_locked { theme.text } else { theme.faint_text };
            paint_lock(canvas.painter(), rect.center(), is_locked, color);
        }
        let lock = Placement::new(Element::Lock(self.knob), HitShape::Rect(rect)).rank(2);
        canvas.place(lock, || ElementInfo {
            name: messages.knob_lock(session.architecture().describe_knob(self.knob, messages)),
            is_button: true,
            is_selected: Some(is_locked),
            ..ElementInfo::default()
        });
    }
}

/// Paints a triangle, or a square while the knob is being played.
fn paint_play(painter: &Painter, center: Pos2, is_played: bool, color: egui::Color32) {
    if is_played {
        let square = Rect::from_center_size(center, vec2(7.0, 7.0));
        painter.rect_filled(square, 1.0, color);
    } else {
        let corners = [vec2(-3.0, -4.5), vec2(4.5, 0.0), vec2(-3.0, 4.5)].map(|offset| center + offset);
        painter.add(Shape::convex_polygon(corners.to_vec(), color, Stroke::NONE));
    }
}

/// Paints a padlock, closed or open.
fn paint_lock(painter: &Painter, center: Pos2, is_closed: bool, color: egui::Color32) {
    let body = Rect::from_center_size(center + vec2(0.0, 2.5), vec2(9.0, 7.0));
    painter.rect_filled(body, 1.5, color);
    let (left, right, top) = (center.x - 2.8, center.x + 2.8, center.y - 5.0);
    let open_side = if is_closed { body.top() } else { top + 2.5 };
    let shackle = vec![
        pos2(left, body.top()),
        pos2(left, top + 1.8),
        pos2(left + 1.8, top),
        pos2(right - 1.8, top),
        pos2(right, top + 1.8),
        pos2(right, open_side),
    ];
    painter.add(Shape::line(shackle, Stroke::new(1.5, color)));
}

/// Draws the title of a layer with its lower left corner at `pos`.
pub(crate) fn layer_title_ui(painter: &Painter, context: &PaneContext<'_>, pos: Pos2, layer: usize) {
    let text = if layer == context.session.architecture().last_layer() {
        context.messages.knob_output_layer().to_owned()
    } else {
        context.messages.knob_hidden_layer(layer + 1)
    };
    let color = context.theme.weak_text;
    painter.text(
        pos,
        Align2::LEFT_BOTTOM,
        text,
        context.font(type_scale::small()),
        color,
    );
}

/// Draws the name and the output of a neuron on one line.
///
/// The line is centered at `middle`; the name is at the left end of `rect` after a bar of `bar_height` points,
/// and the output ends at `right`. The neuron can be hit in `hit_rect`.
pub(crate) fn neuron_line_ui(
    canvas: &mut Canvas<'_>,
    context: &PaneContext<'_>,
    at: NeuronAddress,
    [rect, hit_rect]: [Rect; 2],
    (middle, bar_height, right): (f32, f32, f32),
    has_word: bool,
) {
    let theme = context.theme;
    let color = context.neuron_color(at);
    let element = Element::Neuron(at);
    canvas.begin_element(element);
    let painter = canvas.painter();
    if canvas.is_highlighted(element) {
        painter.rect_filled(rect.shrink2(vec2(0.0, 2.0)), 4.0, theme.tinted(color));
    }
    let bar = Rect::from_center_size(pos2(rect.left() + 1.75, middle), vec2(3.5, bar_height));
    painter.rect_filled(bar, 1.5, color);
    let number = context.format_output(at);
    let number = if has_word {
        context.messages.knob_neuron_output(number)
    } else {
        number
    };
    let end = painter.text(
        pos2(right, middle),
        Align2::RIGHT_CENTER,
        number,
        context.font(type_scale::strong()),
        color,
    );
    let font = context.font(if context.is_selected(at) {
        type_scale::strong()
    } else {
        type_scale::body()
    });
    let left = rect.left() + 11.0;
    let label = context
        .session
        .architecture()
        .neuron_label_in(at, context.messages);
    let name = truncated_text(label, font, theme.text, end.left() - left - 8.0);
    let name = painter.layout_job(name);
    painter.galley(pos2(left, middle - name.size().y / 2.0), name, theme.text);
    place_neuron(canvas, context, at, hit_rect, 0);
    canvas.end_element();
}

/// Places a neuron that can be selected in `rect`.
pub(crate) fn place_neuron(
    canvas: &mut Canvas<'_>,
    context: &PaneContext<'_>,
    at: NeuronAddress,
    rect: Rect,
    rank: u8,
) {
    let placement = Placement::new(Element::Neuron(at), HitShape::Rect(rect)).rank(rank);
    canvas.place(placement, || ElementInfo {
        name: context
            .session
            .architecture()
            .describe_neuron(at, context.messages),
        value: Some(context.messages.knob_neuron_output(context.format_output(at))),
        is_button: true,
        is_selected: Some(context.is_selected(at)),
        ..ElementInfo::default()
    });
}
