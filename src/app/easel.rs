//! Where figures are drawn beside the window, in a thread of their own.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use egui::Context;

use egui_figure::png::{Raster, raster};
use egui_figure::svg::Text;
use egui_figure::{FigureError, Studio};
use crate::panes::plate::{Kind, Plate, PlateError, Printed};
use neurodial_core::session::Document;
use neurodial_core::session::file::{FileError, write_atomically};

/// What is to become of a figure.
#[derive(Debug, Clone)]
pub enum Use {
    /// It is shown, so many pixels wide.
    Preview(u32),
    /// It is put on the clipboard.
    Copy,
    /// It is written to a file.
    Write {
        /// The file.
        path: PathBuf,
        /// Its format.
        kind: Kind,
        /// How its text is written.
        text: Text,
    },
}

/// What became of it.
#[derive(Debug)]
pub enum Done {
    /// To be shown.
    Preview(Raster),
    /// There is nothing to show, and why: one sentence.
    NoPreview(String),
    /// To be put on the clipboard.
    Copy(Raster),
    /// The file is written.
    Written(PathBuf),
}

/// Why nothing became of it: one sentence.
#[derive(Debug, thiserror::Error)]
pub enum EaselError {
    /// It can't be drawn.
    #[error(transparent)]
    Plate(#[from] PlateError),
    /// It can't be made a picture.
    #[error(transparent)]
    Figure(#[from] FigureError),
    /// The file can't be written.
    #[error(transparent)]
    File(#[from] FileError),
}

struct Order {
    plate: Plate,
    document: Document,
    purpose: Use,
}

/// A thread that draws figures, one after the other; of several previews only the last asked for is drawn.
#[derive(Debug)]
pub struct Easel {
    orders: Sender<Order>,
    results: Receiver<Result<Done, EaselError>>,
}

impl Easel {
    /// Starts the thread; it wakes the window when a figure is done, and ends with the window.
    pub fn start(ctx: &Context) -> Self {
        let (orders, wanted) = channel::<Order>();
        let (done, results) = channel();
        let ctx = ctx.clone();
        thread::spawn(move || {
            let mut studio = Studio::new();
            while let Ok(mut order) = wanted.recv() {
                while matches!(order.purpose, Use::Preview(_))
                    && let Ok(newer) = wanted.try_recv()
                {
                    order = newer;
                }
                // If the window is gone there is nobody to tell.
                if done.send(order.carry_out(&mut studio)).is_err() {
                    return;
                }
                ctx.request_repaint();
            }
        });
        Self { orders, results }
    }

    /// Asks for a figure of the document as it is now.
    pub fn ask(&self, plate: &Plate, document: &Document, purpose: Use) {
        let order = Order {
            plate: plate.clone(),
            document: document.clone(),
            purpose,
        };
        // The thread lives as long as this does.
        let _ = self.orders.send(order);
    }

    /// The next result, if one is there.
    pub fn result(&self) -> Option<Result<Done, EaselError>> {
        self.results.try_recv().ok()
    }
}

impl Order {
    fn carry_out(self, studio: &mut Studio) -> Result<Done, EaselError> {
        let is_preview = matches!(self.purpose, Use::Preview(_));
        match self.drawn(studio) {
            Err(error) if is_preview => Ok(Done::NoPreview(error.to_string())),
            done => done,
        }
    }

    fn drawn(self, studio: &mut Studio) -> Result<Done, EaselError> {
        let printed = self.plate.draw(studio, &self.document)?;
        match self.purpose {
            Use::Preview(width) => {
                let [page_width, page_height] = printed.page.map(|side| side.points());
                let height = (width as f32 * page_height / page_width).round().max(1.0);
                Ok(Done::Preview(pixels(&printed, [width, height as u32])?))
            }
            Use::Copy => Ok(Done::Copy(pixels(&printed, printed.pixels(None)?)?)),
            Use::Write { path, kind, text } => {
                write_atomically(&path, &printed.file(kind, text, None)?)?;
                Ok(Done::Written(path))
            }
        }
    }
}

fn pixels(printed: &Printed, size: [u32; 2]) -> Result<Raster, FigureError> {
    raster(&printed.svg(Text::Embedded)?, size)
}
