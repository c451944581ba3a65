//! The whole window as a figure.

use crate::app::App;
use egui_figure::HeadlessContext;
use neurodial_core::insight::description;
use crate::look::ThemeMode;
use crate::panes::plate::{Length, FigureSpec, RenderedFigure};
use neurodial_core::session::{Session, format};

/// The shape of the window where no height is asked for.
const ASPECT: f32 = 800.0 / 1280.0;

/// Draws the window on a document: in the size that is asked for in pixels, or as wide as the author’s column.
///
/// # Errors
/// If the network lacks what is selected or swept, or the size can’t be drawn.
pub fn draw(spec: &FigureSpec, session: &Session) -> anyhow::Result<RenderedFigure> {
    let mut studio = HeadlessContext::new();
    let page = [spec.width, spec.height.unwrap_or(spec.width.scaled(ASPECT))];
    // On paper the window is as it is on a screen of 1280 points, made smaller.
    let width = if spec.width.is_in_pixels() {
        spec.width.points()
    } else {
        1280.0
    };
    let size = [width, width * page[1].points() / page[0].points()];
    let document = session.document();
    let mut session = Session::open(document.clone(), session.origin().clone());
    spec.apply_to(&mut session)?;
    let mut app = App::for_figure(
        studio.context(),
        session,
        spec.mode == ThemeMode::Dark,
        spec.decimals,
    );
    let drawing = studio.draw(size.into(), |ui| app.pass_ui(ui))?;
    Ok(RenderedFigure {
        drawing,
        page,
        background: None,
        title: "the neurodial window".to_owned(),
        description: description::describe(app.session(), app.insight()),
        document: spec.embeds_document.then(|| format::write(document)),
    })
}

/// The width of the window where none is asked for.
pub const WIDTH: Length = Length::pixels(1280.0);
