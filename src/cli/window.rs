//! The whole window as a figure.

use crate::app::App;
use crate::figure_page::{FigureSpec, Length, RenderedFigure};
use egui_figure::HeadlessContext;
use neurodial_core::insight::description;
use neurodial_core::session::{Session, format};
use neurodial_core::text::Messages;

/// The width of the window if none is given.
pub(crate) const WIDTH: Length = Length::pixels(1280.0);
/// The ratio of height to width of the window if no height is given.
const ASPECT: f32 = 800.0 / 1280.0;

/// Draws the window with a document. A width in pixels is the width of the window; for other units a window
/// that is 1280 points wide is scaled to the width.
///
/// # Errors
/// Returns an error if the network lacks the selected neuron or the swept knob or input, or if the size can’t be drawn.
pub(crate) fn draw(spec: &FigureSpec, session: &Session) -> anyhow::Result<RenderedFigure> {
    let mut headless = HeadlessContext::new();
    let page = [spec.width, spec.height.unwrap_or(spec.width.scaled(ASPECT))];
    // In print, the window is drawn as on a screen that is 1280 points wide, and scaled down.
    let width = if spec.width.is_in_pixels() {
        spec.width.points()
    } else {
        1280.0
    };
    let size = [width, width * page[1].points() / page[0].points()];
    let document = session.document();
    let mut session = Session::open(document.clone(), session.origin().clone());
    spec.apply_to(&mut session)?;
    let mut app = App::for_figure(headless.context(), session, spec);
    let drawing = headless.draw(size.into(), |ui| app.pass_ui(ui))?;
    Ok(RenderedFigure {
        drawing,
        page,
        background: None,
        title: "the neurodial window".to_owned(),
        description: description::describe(app.session(), app.insight(), Messages::new(spec.locale)),
        document: spec.embeds_document.then(|| format::write(document)),
    })
}
