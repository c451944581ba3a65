//! The whole window as a figure.

use crate::app::App;
use egui_figure::Studio;
use neurodial_core::insight::description;
use crate::look::Mode;
use crate::panes::plate::{Length, Plate, Printed};
use neurodial_core::session::{Session, format};

/// The shape of the window where no height is asked for.
const ASPECT: f32 = 800.0 / 1280.0;

/// Draws the window on a document: in the size that is asked for in pixels, or as wide as the author’s column.
///
/// # Errors
/// If the network lacks what is selected or swept, or the size can’t be drawn.
pub fn draw(plate: &Plate, session: &Session) -> anyhow::Result<Printed> {
    let mut studio = Studio::new();
    let page = [plate.width, plate.height.unwrap_or(plate.width.scaled(ASPECT))];
    // On paper the window is as it is on a screen of 1280 points, made smaller.
    let width = if plate.width.is_in_pixels() {
        plate.width.points()
    } else {
        1280.0
    };
    let size = [width, width * page[1].points() / page[0].points()];
    let document = session.document();
    let mut session = Session::open(document.clone(), session.origin().clone());
    plate.choose(&mut session)?;
    let mut app = App::for_figure(
        studio.context(),
        session,
        plate.mode == Mode::Dark,
        plate.decimals,
    );
    let drawing = studio.draw(size.into(), |ui| app.pass_ui(ui))?;
    Ok(Printed {
        drawing,
        page,
        ground: None,
        title: "the neurodial window".to_owned(),
        description: description::of(app.session(), app.insight()),
        state: plate.has_state.then(|| format::write(document)),
    })
}

/// The width of the window where none is asked for.
pub const WIDTH: Length = Length::pixels(1280.0);
