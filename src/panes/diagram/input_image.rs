//! The picture of the inputs, if they are the pixels of one, and the pictures of the weights with which the neurons of
//! the first layer look at it.

use std::collections::HashMap;

use egui::{Align2, Button, CornerRadius, Rect, RichText, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::canvas::{Canvas, Element, ElementInfo, HitShape, Placement};
use crate::panes::context::PaneContext;
use crate::theme::type_scale;
use crate::widgets::cached_texture::cached_texture;
use crate::widgets::pixel_image::{PixelColors, PixelImage};
use neurodial_core::network::{ImageShape, NeuronAddress};
use neurodial_core::session::{Adjustable, Edit, Session};

use super::Diagram;
use super::geometry::{ColumnContent, ColumnSlot, DiagramGeometry};

/// Returns the values of paper and ink of an input: the value of its range that is nearest to 0, and the upper end.
pub(crate) fn paper_and_ink(session: &Session, input: usize) -> [f64; 2] {
    let range = session.document().range(Adjustable::Input(input));
    [range.clamp(0.0), range.max]
}

/// Returns the picture of the current inputs.
fn input_picture(session: &Session, shape: ImageShape) -> PixelImage {
    let inputs = &session.document().inputs;
    let ends = (0..inputs.len()).map(|input| paper_and_ink(session, input));
    let [paper, ink] = ends.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], [paper, ink]| {
        [low.min(paper), high.max(ink)]
    });
    PixelImage {
        columns: shape.columns,
        values: inputs.clone(),
        colors: PixelColors::Ink([paper, ink]),
    }
}

/// Returns the picture of the weights of a neuron in the first layer. The strongest colors are those of the tenth of
/// its weights with the largest absolute values, because a few weights of pixels that hardly change can be huge.
fn weight_picture(session: &Session, shape: ImageShape, neuron: usize) -> PixelImage {
    let weights = session.document().network.layer(0).weights_of(neuron).to_vec();
    let mut sizes: Vec<f64> = weights.iter().map(|weight| weight.abs()).collect();
    sizes.sort_by(f64::total_cmp);
    let max = sizes.get(sizes.len() * 9 / 10).copied().unwrap_or(0.0);
    PixelImage {
        columns: shape.columns,
        values: weights,
        colors: PixelColors::Diverging(max),
    }
}

/// Returns the textures of the weights of the first layer's neurons in view; empty if the inputs are not a picture.
pub(super) fn weight_textures(
    ui: &Ui,
    context: &PaneContext<'_>,
    geometry: &DiagramGeometry,
) -> HashMap<NeuronAddress, egui::TextureId> {
    let shape = context.session.document().image_shape();
    let Some(shape) = shape.filter(|_| geometry.image.is_some()) else {
        return HashMap::new();
    };
    let first_layer = geometry
        .columns
        .iter()
        .find(|column| column.content == ColumnContent::Layer(0));
    let slots = first_layer.into_iter().flat_map(|column| &column.slots);
    let neurons = slots.filter_map(|&(slot, _)| match slot {
        ColumnSlot::Visible(neuron) => Some(neuron),
        ColumnSlot::Gap(_) => None,
    });
    let textures = neurons.map(|neuron| {
        let picture = weight_picture(context.session, shape, neuron);
        let id = ui.scope_id().with(("weights", neuron));
        let key = (picture.clone(), context.theme.mode);
        let texture = cached_texture(ui, id, key, || picture.image(context.theme));
        (NeuronAddress { layer: 0, neuron }, texture)
    });
    textures.collect()
}

impl Diagram<'_, '_> {
    /// Draws the picture of the inputs, or that of the weights of the neuron under the pointer, and lines from it to
    /// the first layer.
    pub(super) fn input_image_ui(&self, canvas: &mut Canvas<'_>) {
        let session = self.context.session;
        let (Some(rect), Some(shape)) = (self.geometry.image, session.document().image_shape()) else {
            return;
        };
        let (theme, scale) = (self.context.theme, self.context.scale);
        if let Some(column) = self.geometry.columns.get(1) {
            for (_, center) in &column.slots {
                let to = *center - vec2(self.geometry.radius, 0.0);
                let stroke = Stroke::new(scale, theme.axis);
                canvas.painter().line_segment([rect.right_center(), to], stroke);
            }
        }
        let hovered = match canvas.elements().highlighted {
            Some(Element::Neuron(NeuronAddress { layer: 0, neuron })) => Some(neuron),
            _ => None,
        };
        let picture = match hovered {
            Some(neuron) => weight_picture(session, shape, neuron),
            None => input_picture(session, shape),
        };
        let id = canvas.id().with("picture");
        picture.paint(canvas.ui(), theme, id, rect, CornerRadius::ZERO);
        let stroke = Stroke::new(1.5 * scale, theme.text);
        canvas
            .painter()
            .rect_stroke(rect, 0.0, stroke, StrokeKind::Outside);
        let messages = self.context.messages;
        let caption = match hovered {
            Some(neuron) => {
                let at = NeuronAddress { layer: 0, neuron };
                Some(messages.diagram_weights_of(session.architecture().describe_neuron(at, messages)))
            }
            None => None,
        };
        if let Some(caption) = caption {
            canvas.painter().text(
                pos2(rect.center().x, rect.bottom() + 4.0 * scale),
                Align2::CENTER_TOP,
                caption,
                self.context.font(type_scale::small()),
                theme.weak_text,
            );
        }
        canvas.place(Placement::new(Element::InputImage, HitShape::Rect(rect)), || {
            ElementInfo {
                name: messages.diagram_picture(shape.columns, shape.rows),
                description: Some(messages.diagram_picture_description().to_owned()),
                ..ElementInfo::default()
            }
        });
    }

    /// Draws the button below the picture that clears it.
    pub(super) fn clear_button_ui(&mut self, ui: &mut Ui) {
        let Some(image) = self.geometry.image else {
            return;
        };
        let session = self.context.session;
        let messages = self.context.messages;
        if self.context.options.is_some() || ui.max_rect().bottom() < image.bottom() + 24.0 {
            return;
        }
        let rect = Rect::from_min_size(
            pos2(image.left(), image.bottom() + 3.0),
            vec2(image.width().min(64.0), 20.0),
        );
        let text = RichText::new(messages.diagram_clear())
            .font(type_scale::small())
            .color(self.context.theme.weak_text);
        let button = Button::new(text).frame_when_inactive(false).truncate();
        let response = ui
            .put(rect, button)
            .on_hover_text(messages.diagram_clear_tooltip());
        if response.clicked() {
            let inputs = session.document().inputs.len();
            let paper = (0..inputs)
                .map(|input| paper_and_ink(session, input)[0])
                .collect();
            self.context.actions.push(Edit::SetInputs(paper).into());
        }
    }
}
