//! The discs of inputs and neurons with their numbers and biases.

use egui::{Align2, Pos2, Rect, Sense, pos2, vec2};

use crate::canvas::{Canvas, Element, ElementInfo, Handle, HitShape, Placement};
use crate::panes::context::BiasStyle;
use crate::panes::number_entry::number_entry_ui;
use crate::theme::type_scale;
use neurodial_core::network::{Knob, NeuronAddress};
use neurodial_core::session::Adjustable;

use super::geometry::{self, ColumnContent, ColumnSlot};
use super::sizes::{NAME_GAP, OUTPUT_BIAS_GAP, OutputBiasPosition};
use super::{Diagram, HIT_TOLERANCE, label_fonts, paint};

/// The margin to the left of a number that can be edited, in points.
const NUMBER_MARGIN: f32 = 2.0;

impl Diagram<'_, '_> {
    /// Draws all inputs, neurons and gaps.
    pub(super) fn discs_ui(&mut self, canvas: &mut Canvas<'_>) {
        let columns = std::mem::take(&mut self.geometry.columns);
        let spacing = self.geometry.spacing;
        for column in &columns {
            for &(slot, at) in &column.slots {
                match (column.content, slot) {
                    (ColumnContent::Inputs, ColumnSlot::Visible(input)) => self.input_ui(canvas, input, at),
                    (ColumnContent::Layer(layer), ColumnSlot::Visible(neuron)) => {
                        self.neuron_ui(canvas, NeuronAddress { layer, neuron }, at);
                    }
                    (ColumnContent::Gap(_), _) => {
                        paint::gap(canvas.painter(), self.context, at, None, spacing)
                    }
                    (_, ColumnSlot::Gap(left_out)) => {
                        let available_width = spacing.min(2.0 * (canvas.rect().right() - at.x));
                        paint::gap(
                            canvas.painter(),
                            self.context,
                            at,
                            Some(left_out),
                            available_width,
                        );
                    }
                }
            }
        }
        self.geometry.columns = columns;
    }

    /// True if biases are shown.
    fn has_biases(&self) -> bool {
        let bias = self.context.options.and_then(|options| options.diagram.bias);
        bias != Some(BiasStyle::Hidden)
    }

    fn input_ui(&mut self, canvas: &mut Canvas<'_>, input: usize, center: Pos2) {
        let (radius, scale) = (self.geometry.radius, self.geometry.scale);
        let target = Adjustable::Input(input);
        let element = Element::Adjustable(target);
        let session = self.context.session;
        let architecture = session.architecture();
        let is_lit = canvas.is_highlighted(element) || session.view().highlighted == Some(target);
        canvas.begin_element(element);
        paint::input(canvas.painter(), self.context, center, radius, is_lit);
        let right = center - vec2(self.geometry.half_width + scale * 8.0, 0.0);
        let shortened = paint::input_name(canvas.painter(), self.context, input, right);
        if let (Some(rect), Some(name)) = (shortened, &architecture.input_names()[input]) {
            full_name_ui(canvas, element, rect, name);
        }
        let value = session.document().inputs[input];
        let range = session.document().range(target);
        let item = Placement::new(element, HitShape::Circle { center, radius })
            .handle(Some(Handle::vertical_drag(target, range)))
            .rank(2);
        canvas.place(self.with_focus_links(item), || ElementInfo {
            name: architecture.describe_input(input, self.context.messages),
            value: Some(self.context.format_number(value)),
            numeric_value: Some((value, range)),
            ..ElementInfo::default()
        });
        if !self.geometry.has_numbers() || !self.context.has_numbers() {
            canvas.end_element();
            return;
        }
        let font = paint::number_font(radius, label_fonts::min_number_size(self.context), scale);
        let number = canvas.painter().layout_no_wrap(
            self.context.format_adjustable(value),
            font.clone(),
            self.context.theme.text,
        );
        let mut inner = Rect::from_center_size(center, vec2(2.0 * radius - scale * 6.0, scale * 22.0));
        let min_width =
            number.size().x * label_fonts::min_number_size(self.context).min(font.size) / font.size;
        if min_width > inner.width() {
            inner = Rect::from_center_size(center, vec2(min_width + 4.0, scale * 22.0));
            paint::number_background(
                canvas.painter(),
                self.context.theme,
                Rect::from_center_size(center, vec2(min_width, scale * 14.0)),
            );
        }
        number_entry_ui(canvas, self.context, target, inner, font, Align2::CENTER_CENTER);
        canvas.end_element();
    }

    fn neuron_ui(&mut self, canvas: &mut Canvas<'_>, at: NeuronAddress, center: Pos2) {
        let radius = self.geometry.radius;
        let session = self.context.session;
        let architecture = session.architecture();
        let element = Element::Neuron(at);
        let bias = Adjustable::Knob(Knob::bias(at.layer, at.neuron));
        let state = paint::NeuronStyle {
            color: self.context.neuron_color(at),
            is_selected: self.context.is_selected(at),
            is_highlighted: canvas.is_highlighted(element),
            is_bias_highlighted: canvas.is_highlighted(Element::Adjustable(bias))
                || session.view().highlighted == Some(bias),
            output_text: match self.context.has_numbers() {
                true => self.context.format_output(at),
                false => String::new(),
            },
            name: self.name_within(at),
            small_map: self
                .small_maps
                .get(&at)
                .copied()
                .filter(|_| self.context.is_computed(at)),
            dead_text: self
                .context
                .is_dead(at)
                .then(|| self.context.messages.diagram_dead()),
            min_number_size: label_fonts::min_number_size(self.context),
            has_number: self.geometry.has_numbers(),
        };
        let value = session.document().value(bias).unwrap_or(0.0);
        let range = session.document().range(bias);
        let ring_radius = radius + self.geometry.bias_ring_gap();
        canvas.begin_element(Element::Adjustable(bias));
        // A small map takes the place of the ring, which appears while the bias is highlighted.
        if state.small_map.is_none() && self.has_biases() {
            let painter = canvas.painter();
            paint::bias_ring(painter, self.context, center, ring_radius, range, value, &state);
        }
        let hit_ring = HitShape::Ring {
            center,
            radius: radius + self.geometry.bias_ring_gap(),
            tolerance: HIT_TOLERANCE,
        };
        let item = Placement::new(Element::Adjustable(bias), hit_ring)
            .handle(Some(Handle::vertical_drag(bias, range)))
            .rank(2);
        let messages = self.context.messages;
        let neuron_name = architecture.describe_neuron(at, messages);
        canvas.place(self.with_focus_links(item), || ElementInfo {
            name: messages.diagram_bias_ring(&neuron_name),
            value: Some(self.context.format_number(value)),
            numeric_value: Some((value, range)),
            is_disabled: session.document().is_locked(bias),
            ..ElementInfo::default()
        });
        self.bias_ui(canvas, at, center);
        canvas.end_element();
        canvas.begin_element(element);
        paint::neuron(canvas.painter(), self.context, center, radius, &state);
        if state.small_map.is_some() && state.is_bias_highlighted {
            let painter = canvas.painter();
            paint::bias_ring(painter, self.context, center, ring_radius, range, value, &state);
        }
        let item = Placement::new(element, HitShape::Circle { center, radius }).rank(3);
        canvas.place(self.with_focus_links(item), || ElementInfo {
            name: match state.dead_text.is_some() {
                true => messages.diagram_dead_neuron(&neuron_name),
                false => messages.diagram_neuron(&neuron_name),
            },
            value: Some(state.output_text.clone()),
            description: state
                .dead_text
                .is_some()
                .then(|| messages.diagram_dead_description().to_owned()),
            is_button: true,
            is_selected: Some(state.is_selected),
            ..ElementInfo::default()
        });
        canvas.end_element();
    }

    /// Returns the name that is written in the disc of a neuron. That of an output neuron is beside it.
    fn name_within(&self, at: NeuronAddress) -> Option<String> {
        let architecture = self.context.session.architecture();
        let is_beside = at.layer == architecture.last_layer();
        let name = &architecture.layers()[at.layer].neurons[at.neuron].name;
        name.clone().filter(|_| !is_beside)
    }

    /// Draws the name of an output neuron beside its disc. `y` is the middle of the line, and `right`
    /// its right end.
    fn output_name_ui(&self, canvas: &mut Canvas<'_>, at: NeuronAddress, left: Pos2, right: f32) {
        let name = self.context.session.document().output_name(at.neuron);
        let font = self.context.font(type_scale::strong());
        let color = self.context.neuron_color(at);
        // A disc without room for the output has it beside the name.
        let text = match (name, self.geometry.has_numbers()) {
            (Some(name), true) => name.to_owned(),
            (Some(name), false) => format!("{name}  {}", self.context.format_output(at)),
            (None, _) => self.context.format_output(at),
        };
        let shortened = paint::text_line(canvas.painter(), left, right, &text, font, color);
        let name = name.unwrap_or_default();
        if let Some(rect) = shortened {
            full_name_ui(canvas, Element::Neuron(at), rect, name);
        }
    }

    /// Returns the distance from an output neuron to the next one.
    fn output_pitch(&self) -> f32 {
        let slots = self.geometry.columns.last().map(|column| column.slots.as_slice());
        match slots {
            Some([(_, first), (_, second), ..]) => second.y - first.y,
            _ => f32::INFINITY,
        }
    }

    /// Draws what is written about a neuron outside of its disc. Of an output neuron this is beside the disc if there
    /// is room: its name, its bias and the state of its activation function. Below other neurons it is the bias.
    fn bias_ui(&mut self, canvas: &mut Canvas<'_>, at: NeuronAddress, center: Pos2) {
        let (radius, scale) = (self.geometry.radius, self.geometry.scale);
        let architecture = self.context.session.architecture();
        let bias = Knob::bias(at.layer, at.neuron);
        let is_output = at.layer == architecture.last_layer();
        let is_beside = is_output && self.geometry.output_bias_position == OutputBiasPosition::Beside;
        let has_name = is_output && self.context.session.document().output_name(at.neuron).is_some();
        let right = canvas.rect().right();
        let has_number_beside = is_output && self.context.options.is_none() && !self.geometry.has_numbers();
        let is_hidden = !self.has_biases() || !self.context.has_numbers();
        if (has_name || has_number_beside) && (!is_beside || is_hidden) {
            let left = center + vec2(self.geometry.half_width + scale * NAME_GAP, 0.0);
            self.output_name_ui(canvas, at, left, right);
        }
        if is_hidden || (!is_beside && !self.geometry.has_bias_lines) {
            return;
        }
        let symbol = architecture.symbol(bias);
        let neuron = &architecture.layers()[at.layer].neurons[at.neuron];
        let activation_text = match self.context.is_computed(at) {
            true => paint::activation_state_text(
                neuron.activation,
                self.context.weighted_sum(at),
                architecture.width(at.layer),
                self.context.messages,
            ),
            false => neuron.activation.label(self.context.messages).to_owned(),
        };
        let theme = self.context.theme;
        let color = self.context.neuron_color(at);
        let font = self.context.font(type_scale::small());
        let number = if is_beside {
            /// The distance of two lines, in points.
            const LINE: f32 = 18.0;
            let left = center.x + self.geometry.half_width + scale * OUTPUT_BIAS_GAP;
            // As many lines as fit: the bias, the name above it and the activation function below it.
            let max_lines = (self.output_pitch() / (scale * LINE)).floor();
            let max_lines = if radius > scale * 16.0 { max_lines } else { 1.0 };
            let has_activation = max_lines >= if has_name { 3.0 } else { 2.0 };
            if has_name && max_lines < 2.0 {
                self.output_name_ui(canvas, at, pos2(left, center.y), right);
                return;
            }
            let lines = 1.0 + f32::from(u8::from(has_name)) + f32::from(u8::from(has_activation));
            let mut line_y = center.y - 0.5 * scale * LINE * (lines - 1.0);
            if has_name {
                self.output_name_ui(canvas, at, pos2(left, line_y), right);
                line_y += scale * LINE;
            }
            let at_neuron = at;
            let at = pos2(left, line_y);
            let end = paint::bias_name(canvas.painter(), self.context, &symbol, at);
            if has_activation {
                let below = pos2(left, line_y + scale * LINE);
                paint::text_line(
                    canvas.painter(),
                    below,
                    right,
                    &activation_text,
                    font.clone(),
                    color,
                );
                if let Some(snapshot_output) = self.context.snapshot_output(at_neuron) {
                    let number = self.context.format_value(snapshot_output);
                    let text = self.context.messages.diagram_snapshot_output(number);
                    let pos = pos2(left, line_y + scale * (LINE + 16.0));
                    paint::text_line(canvas.painter(), pos, right, &text, font.clone(), theme.weak_text);
                }
            }
            let size = scale * vec2(58.0, 18.0);
            Rect::from_min_size(pos2(end - NUMBER_MARGIN, at.y - 0.5 * size.y), size)
        } else {
            // The bias ring is open at the bottom, so the line may begin inside it.
            let middle = pos2(
                center.x,
                center.y + radius + 0.5 * scale * (geometry::BIAS_LINE_HEIGHT + 6.0),
            );
            let has_name = self.geometry.has_bias_names;
            let value = self.context.session.document().value(bias.into());
            let value = self.context.format_adjustable(value.unwrap_or(0.0));
            // The background is only as wide as the text on it, so that the edges below it reappear beside
            // it.
            let width = if has_name {
                paint::bias_width(canvas.painter(), self.context, &symbol, &value) + scale * 3.0
            } else {
                let number = canvas.painter().layout_no_wrap(value, font.clone(), theme.text);
                number.size().x + 8.0
            };
            let height = scale * (geometry::BIAS_LINE_HEIGHT - 2.0);
            let background = Rect::from_center_size(middle, vec2(width, height));
            canvas.painter().rect_filled(background, 3.0, theme.card);
            let left = pos2(background.left() + 3.0, middle.y);
            let end = if has_name {
                paint::bias_name(canvas.painter(), self.context, &symbol, left) - NUMBER_MARGIN
            } else {
                left.x
            };
            Rect::from_min_max(pos2(end, background.top()), background.max)
        };
        number_entry_ui(
            canvas,
            self.context,
            bias.into(),
            number,
            font,
            Align2::LEFT_CENTER,
        );
    }
}

/// Shows the full name of an element as a tooltip on its shortened name.
fn full_name_ui(canvas: &mut Canvas<'_>, element: Element, rect: Rect, name: &str) {
    let id = canvas.id().with(("name", element));
    let response = canvas.ui().interact(rect, id, Sense::hover());
    let _shown = response.on_hover_text(name);
}
