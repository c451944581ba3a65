//! SVG to pixels.

use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{self, Tree};

use super::FigureError;
use super::state;
use super::typeface;

/// A picture of pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raster {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Red, green, blue and opacity of each pixel, row by row; the colours are not multiplied by the opacity.
    pub rgba: Vec<u8>,
}

/// More would take over a gigabyte.
const MAX_PIXELS: u64 = 150_000_000;

/// The figure as a PNG file.
///
/// # Errors
/// If `svg` can't be read, or no such picture can be made.
pub fn from_svg(
    svg: &str,
    pixels: [u32; 2],
    dots_per_meter: Option<u32>,
    embedded_text: Option<&str>,
) -> Result<Vec<u8>, FigureError> {
    let pixmap = render_pixmap(svg, pixels)?;
    let size = [pixmap.width(), pixmap.height()];
    // Colours are multiplied by the opacity, which makes no difference where it is 1.
    match rgb_if_opaque(pixmap.data()) {
        Some(rgb) => encode_pixels(size, png::ColorType::Rgb, &rgb, dots_per_meter, embedded_text),
        None => encode_pixels(
            size,
            png::ColorType::Rgba,
            &pixmap.take_demultiplied(),
            dots_per_meter,
            embedded_text,
        ),
    }
}

/// The figure as pixels, `pixels` wide and high.
///
/// # Errors
/// If `svg` can't be read, or no such picture can be made.
pub fn rasterize(svg: &str, pixels: [u32; 2]) -> Result<Raster, FigureError> {
    let pixmap = render_pixmap(svg, pixels)?;
    Ok(Raster {
        width: pixmap.width(),
        height: pixmap.height(),
        rgba: pixmap.take_demultiplied(),
    })
}

fn render_pixmap(svg: &str, pixels: [u32; 2]) -> Result<Pixmap, FigureError> {
    let [width, height] = pixels;
    let size = || FigureError::InvalidSize(format!("{width} × {height} pixels large"));
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(size());
    }
    let mut pixmap = Pixmap::new(width, height).ok_or_else(size)?;
    let tree = parse_svg(svg, "PNG")?;
    let scale = Transform::from_scale(
        width as f32 / tree.size().width(),
        height as f32 / tree.size().height(),
    );
    resvg::render(&tree, scale, &mut pixmap.as_mut());
    Ok(pixmap)
}

/// Red, green and blue of pixels; `None` if one of them is not opaque.
fn rgb_if_opaque(rgba: &[u8]) -> Option<Vec<u8>> {
    let pixels = rgba.chunks_exact(4);
    // Without a way out of the loop it is done for many pixels at once.
    let all = pixels.clone().fold(255, |all, pixel| all & pixel[3]);
    (all == 255).then(|| {
        let mut rgb = vec![0; rgba.len() / 4 * 3];
        for (to, from) in rgb.chunks_exact_mut(3).zip(pixels) {
            to.copy_from_slice(&from[..3]);
        }
        rgb
    })
}

/// The pixels as a PNG file: opaque ones without an opacity channel.
///
/// # Errors
/// If the sizes don't fit.
pub(super) fn encode(
    raster: &Raster,
    dots_per_meter: Option<u32>,
    embedded_text: Option<&str>,
) -> Result<Vec<u8>, FigureError> {
    let size = [raster.width, raster.height];
    match rgb_if_opaque(&raster.rgba) {
        Some(rgb) => encode_pixels(size, png::ColorType::Rgb, &rgb, dots_per_meter, embedded_text),
        None => encode_pixels(size, png::ColorType::Rgba, &raster.rgba, dots_per_meter, embedded_text),
    }
}

fn encode_pixels(
    [width, height]: [u32; 2],
    color: png::ColorType,
    pixels: &[u8],
    dots_per_meter: Option<u32>,
    embedded_text: Option<&str>,
) -> Result<Vec<u8>, FigureError> {
    let fault = |error: png::EncodingError| FigureError::Encode("PNG", error.to_string());
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_color(color);
    encoder.set_compression(png::Compression::Balanced);
    // Areas of one colour, which figures are made of, pack smaller and faster as they are.
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_pixel_dims(dots_per_meter.map(|dots| png::PixelDimensions {
        xppu: dots,
        yppu: dots,
        unit: png::Unit::Meter,
    }));
    let mut writer = encoder.write_header().map_err(fault)?;
    if let Some(text) = embedded_text {
        let text = state::check_size(text, "PNG")?;
        state::add_to_png(&mut writer, text).map_err(fault)?;
    }
    writer.write_image_data(pixels).map_err(fault)?;
    writer.finish().map_err(fault)?;
    Ok(file)
}

/// `svg` as resvg and krilla read it, with the bundled faces and no others.
pub(super) fn parse_svg(svg: &str, format: &'static str) -> Result<Tree, FigureError> {
    static FONTS: OnceLock<Arc<Database>> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| {
        let mut fonts = Database::new();
        for face in typeface::ALL {
            fonts.load_font_source(Source::Binary(Arc::new(face.bytes)));
        }
        Arc::new(fonts)
    });
    let options = usvg::Options {
        fontdb: Arc::clone(fonts),
        ..usvg::Options::default()
    };
    Tree::from_str(svg, &options).map_err(|error| FigureError::Encode(format, error.to_string()))
}
