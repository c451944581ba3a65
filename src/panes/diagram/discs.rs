//! The discs of inputs and neurons with their numbers and biases.

use egui::{Align2, Pos2, Rect, pos2, vec2};

use crate::canvas::{Canvas, Element, ElementInfo, Handle, HitShape, Placement};
use crate::panes::context::BiasStyle;
use crate::panes::number_entry::number_entry_ui;
use crate::theme::type_scale;
use neurodial_core::network::{Knob, NeuronAddress};
use neurodial_core::session::Adjustable;

use super::geometry::{self, ColumnContent, ColumnSlot};
use super::sizes::{OUTPUT_BIAS_GAP, OutputBiasPosition};
use super::{Diagram, HIT_TOLERANCE, paint, print_size};

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
                        paint::gap(canvas.painter(), self.context.theme, at, None, spacing)
                    }
                    (_, ColumnSlot::Gap(left_out)) => {
                        let available_width = spacing.min(2.0 * (canvas.rect().right() - at.x));
                        paint::gap(
                            canvas.painter(),
                            self.context.theme,
                            at,
                            Some((left_out, self.context.messages)),
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
        let radius = self.geometry.radius;
        let target = Adjustable::Input(input);
        let element = Element::Adjustable(target);
        let session = self.context.session;
        let architecture = session.architecture();
        let is_lit = canvas.is_highlighted(element) || session.view().highlighted == Some(target);
        canvas.begin_element(element);
        paint::input(canvas.painter(), self.context.theme, center, radius, is_lit);
        paint::input_name(
            canvas.painter(),
            self.context.theme,
            architecture,
            input,
            center - vec2(self.geometry.half_width + 8.0, 0.0),
        );
        let value = session.document().inputs[input];
        let range = session.document().range(target);
        let item = Placement::new(element, HitShape::Circle { center, radius })
            .handle(Some(Handle::vertical_drag(target, range)))
            .rank(2);
        canvas.place(self.with_focus_links(item), || ElementInfo {
            name: architecture.describe_input_in(input, self.context.messages),
            value: Some(self.context.format_number(value)),
            numeric_value: Some((value, range)),
            ..ElementInfo::default()
        });
        if !self.context.has_numbers() {
            canvas.end_element();
            return;
        }
        let font = paint::number_font(radius, print_size::min_number_size(self.context));
        let number = canvas.painter().layout_no_wrap(
            self.context.format_adjustable(value),
            font.clone(),
            self.context.theme.text,
        );
        let mut inner = Rect::from_center_size(center, vec2(2.0 * radius - 6.0, 22.0));
        let min_width =
            number.size().x * print_size::min_number_size(self.context).min(font.size) / font.size;
        if min_width > inner.width() {
            inner = Rect::from_center_size(center, vec2(min_width + 4.0, 22.0));
            paint::number_background(
                canvas.painter(),
                self.context.theme,
                Rect::from_center_size(center, vec2(min_width, 14.0)),
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
            name: architecture.layers()[at.layer].neurons[at.neuron].name.clone(),
            small_map: self
                .small_maps
                .get(&at)
                .copied()
                .filter(|_| self.context.is_computed(at)),
            dead_text: self
                .context
                .is_dead(at)
                .then(|| self.context.messages.diagram_dead()),
            min_number_size: print_size::min_number_size(self.context),
        };
        let value = session.document().value(bias).unwrap_or(0.0);
        let range = session.document().range(bias);
        let ring_radius = radius + self.geometry.bias_ring_gap();
        canvas.begin_element(Element::Adjustable(bias));
        if self.has_biases() {
            paint::bias_ring(
                canvas.painter(),
                self.context.theme,
                center,
                ring_radius,
                range,
                value,
                &state,
            );
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
        let neuron_name = architecture.describe_neuron_in(at, messages);
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
        paint::neuron(canvas.painter(), self.context.theme, center, radius, &state);
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

    /// Draws the bias as a number: beside an output neuron, with the state of its activation function, if
    /// there is space, otherwise below the neuron.
    fn bias_ui(&mut self, canvas: &mut Canvas<'_>, at: NeuronAddress, center: Pos2) {
        let radius = self.geometry.radius;
        let architecture = self.context.session.architecture();
        let bias = Knob::bias(at.layer, at.neuron);
        let is_output = at.layer == architecture.last_layer();
        let is_beside = is_output && self.geometry.output_bias_position == OutputBiasPosition::Beside;
        let is_hidden = !self.has_biases() || !self.context.has_numbers();
        if is_hidden || (!is_beside && !self.geometry.has_bias_lines) {
            return;
        }
        let symbol = architecture.symbol(bias);
        let is_roomy = radius > 16.0;
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
        let at_neuron = at;
        let number = if is_beside {
            let left = center.x + self.geometry.half_width + OUTPUT_BIAS_GAP;
            let name_offset = if is_roomy { 9.0 } else { 0.0 };
            let at = pos2(left, center.y - name_offset);
            let end = paint::bias_name(canvas.painter(), theme, &symbol, at);
            if is_roomy {
                let right = canvas.rect().right();
                paint::text_line(
                    canvas.painter(),
                    pos2(left, center.y + 9.0),
                    right,
                    &activation_text,
                    color,
                );
                if let Some(snapshot_output) = self.context.snapshot_output(at_neuron) {
                    let number = self.context.format_value(snapshot_output);
                    let text = self.context.messages.diagram_snapshot_output(number);
                    let pos = pos2(left, center.y + 25.0);
                    paint::text_line(canvas.painter(), pos, right, &text, theme.weak_text);
                }
            }
            Rect::from_min_size(pos2(end + 2.0, at.y - 9.0), vec2(58.0, 18.0))
        } else {
            // The bias ring is open at the bottom, so the line may begin inside it.
            let middle = pos2(
                center.x,
                center.y + radius + 0.5 * (geometry::BIAS_LINE_HEIGHT + 6.0),
            );
            let has_name = self.geometry.has_bias_names;
            let value = self.context.session.document().value(bias.into());
            let value = self.context.format_adjustable(value.unwrap_or(0.0));
            // The background is only as wide as the text on it, so that the edges below it reappear beside
            // it.
            let width = if has_name {
                paint::bias_width(canvas.painter(), theme, &symbol, &value) + 3.0
            } else {
                let number = canvas
                    .painter()
                    .layout_no_wrap(value, type_scale::small(), theme.text);
                number.size().x + 8.0
            };
            let background = Rect::from_center_size(middle, vec2(width, geometry::BIAS_LINE_HEIGHT - 2.0));
            canvas.painter().rect_filled(background, 3.0, theme.card);
            let left = pos2(background.left() + 3.0, middle.y);
            let end = if has_name {
                paint::bias_name(canvas.painter(), theme, &symbol, left)
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
            type_scale::small(),
            Align2::LEFT_CENTER,
        );
    }
}
