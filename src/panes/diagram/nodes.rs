//! The discs of inputs and neurons, with their numbers and biases.

use egui::{Align2, Pos2, Rect, pos2, vec2};

use crate::canvas::{Canvas, Description, Grip, Item, Part, Place};
use crate::look::type_scale;
use neurodial_core::network::{Knob, NeuronAt};
use crate::panes::number_entry::number_entry;
use neurodial_core::session::Target;

use super::geometry::{self, Shows};
use super::needs::OutputBias;
use super::slots::Slot;
use super::{Diagram, REACH, paint, paper};

impl Diagram<'_, '_> {
    pub(super) fn nodes_ui(&mut self, canvas: &mut Canvas<'_>) {
        let columns = std::mem::take(&mut self.geometry.columns);
        let spacing = self.geometry.spacing;
        for column in &columns {
            for &(slot, at) in &column.slots {
                match (column.shows, slot) {
                    (Shows::Inputs, Slot::One(input)) => self.input_ui(canvas, input, at),
                    (Shows::Layer(layer), Slot::One(neuron)) => {
                        self.neuron_ui(canvas, NeuronAt { layer, neuron }, at);
                    }
                    (Shows::Gap(_), _) => paint::gap(canvas.painter(), self.scene.look, at, None, spacing),
                    (_, Slot::Gap(left_out)) => {
                        let room = spacing.min(2.0 * (canvas.rect().right() - at.x));
                        paint::gap(canvas.painter(), self.scene.look, at, Some(left_out), room);
                    }
                }
            }
        }
        self.geometry.columns = columns;
    }

    fn input_ui(&mut self, canvas: &mut Canvas<'_>, input: usize, center: Pos2) {
        let radius = self.geometry.radius;
        let target = Target::Input(input);
        let part = Part::Target(target);
        let session = self.scene.session;
        let blueprint = session.blueprint();
        let is_lit = canvas.is_lit(part) || session.view().held == Some(target);
        canvas.begin(part);
        paint::input(canvas.painter(), self.scene.look, center, radius, is_lit);
        paint::input_name(
            canvas.painter(),
            self.scene.look,
            blueprint,
            input,
            center - vec2(self.geometry.reach + 8.0, 0.0),
        );
        let value = session.document().inputs[input];
        let range = session.document().range(target);
        let item = Item::new(part, Place::Circle { center, radius })
            .grip(Some(Grip::lever(target, range)))
            .rank(2);
        canvas.place(self.reachable(item), || Description {
            name: blueprint.input_words(input),
            value: Some(self.scene.number(value)),
            number: Some((value, range)),
            ..Description::default()
        });
        let font = paint::number_font(radius, paper::least_number(self.scene));
        let number =
            canvas
                .painter()
                .layout_no_wrap(self.scene.number(value), font.clone(), self.scene.look.ink);
        let mut inner = Rect::from_center_size(center, vec2(2.0 * radius - 6.0, 22.0));
        let least = number.size().x * paper::least_number(self.scene).min(font.size) / font.size;
        if least > inner.width() {
            inner = Rect::from_center_size(center, vec2(least + 4.0, 22.0));
            paint::plate(
                canvas.painter(),
                self.scene.look,
                Rect::from_center_size(center, vec2(least, 14.0)),
            );
        }
        number_entry(canvas, self.scene, target, inner, font, Align2::CENTER_CENTER);
        canvas.end();
    }

    fn neuron_ui(&mut self, canvas: &mut Canvas<'_>, at: NeuronAt, center: Pos2) {
        let radius = self.geometry.radius;
        let session = self.scene.session;
        let blueprint = session.blueprint();
        let part = Part::Neuron(at);
        let bias = Target::Knob(Knob::bias(at.layer, at.neuron));
        let state = paint::NeuronState {
            color: self.scene.identity(at),
            is_selected: self.scene.is_selected(at),
            is_lit: canvas.is_lit(part),
            is_bias_lit: canvas.is_lit(Part::Target(bias)) || session.view().held == Some(bias),
            text: self.scene.number(self.scene.output(at)),
            name: blueprint.layers()[at.layer].neurons[at.neuron].name.clone(),
            picture: self.pictures.get(&at).copied(),
            is_dead: self.scene.is_dead(at),
            least_number: paper::least_number(self.scene),
        };
        let value = session.document().value(bias).unwrap_or(0.0);
        let range = session.document().range(bias);
        let rim = radius + self.geometry.rim_gap();
        canvas.begin(Part::Target(bias));
        paint::rim(
            canvas.painter(),
            self.scene.look,
            center,
            rim,
            range,
            value,
            &state,
        );
        let rim = Place::Ring {
            center,
            radius: radius + self.geometry.rim_gap(),
            reach: REACH,
        };
        let item = Item::new(Part::Target(bias), rim)
            .grip(Some(Grip::lever(bias, range)))
            .rank(2);
        let words = blueprint.neuron_words(at);
        canvas.place(self.reachable(item), || Description {
            name: format!("rim of {words}, its bias"),
            value: Some(self.scene.number(value)),
            number: Some((value, range)),
            is_disabled: session.document().is_locked(bias),
            ..Description::default()
        });
        self.bias_ui(canvas, at, center);
        canvas.end();
        canvas.begin(part);
        paint::neuron(canvas.painter(), self.scene.look, center, radius, &state);
        let item = Item::new(part, Place::Circle { center, radius }).rank(3);
        canvas.place(self.reachable(item), || Description {
            name: match state.is_dead {
                true => format!("{words} in the diagram, dead"),
                false => format!("{words} in the diagram"),
            },
            value: Some(state.text.clone()),
            more: state.is_dead.then(|| paint::DEAD.to_owned()),
            is_button: true,
            is_selected: Some(state.is_selected),
            ..Description::default()
        });
        canvas.end();
    }

    /// The bias in numbers and what the activation does: beside an output neuron where there is room, else under it.
    fn bias_ui(&mut self, canvas: &mut Canvas<'_>, at: NeuronAt, center: Pos2) {
        let radius = self.geometry.radius;
        let blueprint = self.scene.session.blueprint();
        let bias = Knob::bias(at.layer, at.neuron);
        let is_output = at.layer == blueprint.last_layer();
        let is_beside = is_output && self.geometry.output_bias == OutputBias::Beside;
        if !is_beside && !self.geometry.has_lines {
            return;
        }
        let symbol = blueprint.symbol(bias);
        let is_roomy = radius > 16.0;
        let plan = &blueprint.layers()[at.layer].neurons[at.neuron];
        let state = paint::activation_words(plan.activation, self.scene.sum(at), blueprint.width(at.layer));
        let look = self.scene.look;
        let color = self.scene.identity(at);
        let at_neuron = at;
        let number = if is_beside {
            let left = center.x + self.geometry.reach + geometry::BESIDE;
            let line = if is_roomy { 9.0 } else { 0.0 };
            let at = pos2(left, center.y - line);
            let end = paint::bias_name(canvas.painter(), look, &symbol, at);
            if is_roomy {
                let right = canvas.rect().right();
                paint::words(canvas.painter(), pos2(left, center.y + 9.0), right, &state, color);
                if let Some(was) = self.scene.was_output(at_neuron) {
                    let text = format!("was {}", self.scene.number(was));
                    let place = pos2(left, center.y + 25.0);
                    paint::words(canvas.painter(), place, right, &text, look.ink_soft);
                }
            }
            Rect::from_min_size(pos2(end + 2.0, at.y - 9.0), vec2(58.0, 18.0))
        } else {
            // The rim is open at the bottom, so the line may begin inside it.
            let middle = pos2(center.x, center.y + radius + 0.5 * (geometry::BIAS_LINE + 6.0));
            let has_name = self.geometry.has_bias_names;
            let value = self.scene.session.document().value(bias.into());
            let value = self.scene.number(value.unwrap_or(0.0));
            // As wide as what stands on it: the edges under it are seen again beside it.
            let width = if has_name {
                paint::bias_width(canvas.painter(), look, &symbol, &value) + 3.0
            } else {
                let number = canvas
                    .painter()
                    .layout_no_wrap(value, type_scale::small(), look.ink);
                number.size().x + 8.0
            };
            let ground = Rect::from_center_size(middle, vec2(width, geometry::BIAS_LINE - 2.0));
            canvas.painter().rect_filled(ground, 3.0, look.card);
            let left = pos2(ground.left() + 3.0, middle.y);
            let end = if has_name {
                paint::bias_name(canvas.painter(), look, &symbol, left)
            } else {
                left.x
            };
            Rect::from_min_max(pos2(end, ground.top()), ground.max)
        };
        number_entry(
            canvas,
            self.scene,
            bias.into(),
            number,
            type_scale::small(),
            Align2::LEFT_CENTER,
        );
    }
}
