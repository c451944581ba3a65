//! Converts SVG to pixels and PNG files.

use std::sync::{Arc, OnceLock};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{self, FontResolver, Tree};

use super::FigureError;
use super::bundled_fonts;
use super::embedded_text::EmbeddedText;

/// An image in memory, with four bytes per pixel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raster {
    /// The width in pixels.
    pub width: u32,
    /// The height in pixels.
    pub height: u32,
    /// Red, green, blue and alpha of each pixel, row by row from the top left; colors are not premultiplied
    /// by alpha.
    pub rgba: Vec<u8>,
}

impl Raster {
    /// Replaces each color by the gray of the same luminance (Rec. 709, on gamma-encoded values).
    pub(crate) fn desaturate(&mut self) {
        for pixel in self.rgba.chunks_exact_mut(4) {
            let [red, green, blue] = [pixel[0], pixel[1], pixel[2]].map(f32::from);
            let gray = (0.2126 * red + 0.7152 * green + 0.0722 * blue).round() as u8;
            pixel[..3].fill(gray);
        }
    }
}

/// The maximum number of pixels of an image; more would take over a gigabyte of memory.
const MAX_PIXELS: u64 = 150_000_000;

/// Renders an SVG as a PNG file of `pixels` `[width, height]`; the SVG is stretched to that size.
///
/// The file has an alpha channel only if some pixel is not opaque. `dots_per_meter` is its resolution (11,811
/// for 300 dots per inch); `embedded_text` can be extracted again by
/// [`embedded_text::extract`](crate::embedded_text::extract).
///
/// ```
/// # fn main() -> Result<(), egui_figure::FigureError> {
/// use egui_figure::png;
///
/// let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" width="96" height="48"><circle r="20"/></svg>"#;
/// let file = png::from_svg(svg, [192, 96], None, None)?;
/// assert!(file.starts_with(b"\x89PNG"));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// Returns an error if `svg` can't be parsed, the size is zero or over 150 million pixels, the embedded text
/// is over 64 MiB or its name is invalid, or encoding fails.
pub fn from_svg(
    svg: &str,
    pixels: [u32; 2],
    dots_per_meter: Option<u32>,
    embedded_text: Option<&EmbeddedText>,
) -> Result<Vec<u8>, FigureError> {
    let pixmap = render_pixmap(svg, pixels)?;
    let size = [pixmap.width(), pixmap.height()];
    // Pixels of the pixmap are premultiplied by alpha, which changes nothing where alpha is 255.
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

/// Renders an SVG as an image of `pixels` `[width, height]`; the SVG is stretched to that size.
///
/// # Errors
/// Returns an error if `svg` can't be parsed, or the size is zero or over 150 million pixels.
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
    let size_error = || FigureError::InvalidImageSize(pixels);
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(size_error());
    }
    let mut pixmap = Pixmap::new(width, height).ok_or_else(size_error)?;
    let tree = parse_svg(svg, "PNG")?;
    let scale = Transform::from_scale(
        width as f32 / tree.size().width(),
        height as f32 / tree.size().height(),
    );
    resvg::render(&tree, scale, &mut pixmap.as_mut());
    Ok(pixmap)
}

/// Returns red, green and blue of the pixels without alpha, or `None` if some pixel is not opaque.
fn rgb_if_opaque(rgba: &[u8]) -> Option<Vec<u8>> {
    let pixels = rgba.chunks_exact(4);
    // A fold without early exit, which the compiler vectorizes.
    let alpha_bits = pixels.clone().fold(255, |bits, pixel| bits & pixel[3]);
    (alpha_bits == 255).then(|| {
        let mut rgb = vec![0; rgba.len() / 4 * 3];
        for (to, from) in rgb.chunks_exact_mut(3).zip(pixels) {
            to.copy_from_slice(&from[..3]);
        }
        rgb
    })
}

/// Encodes an image as PNG, without an alpha channel if all pixels are opaque.
///
/// # Errors
/// Returns an error if the size doesn't match the number of pixels, the embedded text is over 64 MiB or its
/// name is invalid, or encoding fails.
pub fn encode(
    raster: &Raster,
    dots_per_meter: Option<u32>,
    embedded_text: Option<&EmbeddedText>,
) -> Result<Vec<u8>, FigureError> {
    let size = [raster.width, raster.height];
    match rgb_if_opaque(&raster.rgba) {
        Some(rgb) => encode_pixels(size, png::ColorType::Rgb, &rgb, dots_per_meter, embedded_text),
        None => encode_pixels(
            size,
            png::ColorType::Rgba,
            &raster.rgba,
            dots_per_meter,
            embedded_text,
        ),
    }
}

/// True if many neighboring pixels differ, as in a gradient.
fn is_smooth(pixels: &[u8], bytes_per_pixel: usize) -> bool {
    let pairs = pixels.chunks_exact(2 * bytes_per_pixel);
    let changes = pairs
        .clone()
        .filter(|pair| pair[..bytes_per_pixel] != pair[bytes_per_pixel..]);
    4 * changes.count() > pairs.len()
}

fn encode_pixels(
    [width, height]: [u32; 2],
    color: png::ColorType,
    pixels: &[u8],
    dots_per_meter: Option<u32>,
    embedded_text: Option<&EmbeddedText>,
) -> Result<Vec<u8>, FigureError> {
    let encode_error = |error: png::EncodingError| FigureError::Encode {
        format: "PNG",
        reason: error.to_string(),
    };
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_color(color);
    encoder.set_compression(png::Compression::Balanced);
    // Figures consist mostly of areas of one color, which compress better and faster without a row filter.
    encoder.set_filter(if is_smooth(pixels, color.samples()) {
        png::Filter::Paeth
    } else {
        png::Filter::NoFilter
    });
    encoder.set_pixel_dims(dots_per_meter.map(|dots| png::PixelDimensions {
        xppu: dots,
        yppu: dots,
        unit: png::Unit::Meter,
    }));
    let mut writer = encoder.write_header().map_err(encode_error)?;
    if let Some(embedded) = embedded_text {
        embedded.check("PNG")?;
        embedded.add_to_png(&mut writer).map_err(encode_error)?;
    }
    writer.write_image_data(pixels).map_err(encode_error)?;
    writer.finish().map_err(encode_error)?;
    Ok(file)
}

/// Parses `svg` for resvg and krilla, with the bundled fonts and those embedded in it, and no installed fonts or
/// fonts that a text doesn't name.
///
/// # Errors
/// Returns an error that names `format` if `svg` can't be parsed.
pub(super) fn parse_svg(svg: &str, format: &'static str) -> Result<Tree, FigureError> {
    static FONTS: OnceLock<Arc<Database>> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| {
        let mut fonts = Database::new();
        for face in bundled_fonts::ALL {
            fonts.load_font_source(Source::Binary(Arc::new(face.bytes)));
        }
        Arc::new(fonts)
    });
    let mut fonts = Arc::clone(fonts);
    for font in embedded_fonts(svg) {
        Arc::make_mut(&mut fonts).load_font_data(font);
    }
    // Each part of a text names a font that has its characters. usvg would look for a font that has those of the whole
    // text, and draw all of it with that.
    let font_resolver = FontResolver {
        select_fallback: Box::new(|_, _, _| None),
        ..FontResolver::default()
    };
    let options = usvg::Options {
        fontdb: fonts,
        font_resolver,
        ..usvg::Options::default()
    };
    Tree::from_str(svg, &options).map_err(|error| FigureError::Encode {
        format,
        reason: error.to_string(),
    })
}

/// Returns the font files that [`svg::from_drawing`](crate::svg::from_drawing) has embedded, except those that
/// are part of a bundled font.
fn embedded_fonts(svg: &str) -> impl Iterator<Item = Vec<u8>> {
    let rules = svg.split("@font-face{font-family:\"").skip(1);
    rules.filter_map(|rule| {
        let (family, rest) = rule.split_once('"')?;
        let data = rest.split_once(";base64,")?.1.split_once(')')?.0;
        let is_bundled = bundled_fonts::ALL.iter().any(|face| face.family == family);
        (!is_bundled).then(|| STANDARD.decode(data).ok()).flatten()
    })
}
