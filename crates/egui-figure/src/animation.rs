//! Encodes frames as an animated GIF or PNG file.

use super::FigureError;
use super::png::Raster;

/// A file format for animations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnimationFormat {
    /// GIF: at most 256 colors per frame, supported everywhere.
    Gif,
    /// Animated PNG: all colors.
    Apng,
}

/// Encodes an animation that loops forever. Each frame is shown for `frame_hundredths` hundredths of a
/// second.
///
/// ```
/// # fn main() -> Result<(), egui_figure::FigureError> {
/// use egui_figure::animation::{self, AnimationFormat};
/// use egui_figure::png::Raster;
///
/// let frame = |gray: u8| Raster {
///     width: 1,
///     height: 1,
///     rgba: vec![gray, gray, gray, 255],
/// };
/// let gif = animation::encode(AnimationFormat::Gif, &[frame(0), frame(255)], 50)?;
/// assert!(gif.starts_with(b"GIF89a"));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// Returns an error if `frames` is empty, the frames differ in size, a side of a GIF is over 65,535 pixels,
/// or encoding fails.
pub fn encode(
    format: AnimationFormat,
    frames: &[Raster],
    frame_hundredths: u16,
) -> Result<Vec<u8>, FigureError> {
    let first = frames.first().ok_or(FigureError::NoFrames)?;
    if frames
        .iter()
        .any(|frame| (frame.width, frame.height) != (first.width, first.height))
    {
        return Err(FigureError::DifferentFrameSizes);
    }
    match format {
        AnimationFormat::Gif => encode_gif(first, frames, frame_hundredths),
        AnimationFormat::Apng => encode_apng(first, frames, frame_hundredths),
    }
}

fn encode_gif(first: &Raster, frames: &[Raster], frame_hundredths: u16) -> Result<Vec<u8>, FigureError> {
    /// The speed of the color quantization, from 1 (slowest, best) to 30.
    const SPEED: i32 = 10;
    let encode_error = |error: gif::EncodingError| FigureError::Encode {
        format: "GIF",
        reason: error.to_string(),
    };
    let to_gif_side = |side: u32| u16::try_from(side).map_err(|_| FigureError::InvalidGifSize(side));
    let (width, height) = (to_gif_side(first.width)?, to_gif_side(first.height)?);
    let mut file = Vec::new();
    {
        let mut encoder = gif::Encoder::new(&mut file, width, height, &[]).map_err(encode_error)?;
        encoder.set_repeat(gif::Repeat::Infinite).map_err(encode_error)?;
        for raster in frames {
            let mut pixels = raster.rgba.clone();
            let mut frame = gif::Frame::from_rgba_speed(width, height, &mut pixels, SPEED);
            frame.delay = frame_hundredths;
            encoder.write_frame(&frame).map_err(encode_error)?;
        }
    }
    Ok(file)
}

fn encode_apng(first: &Raster, frames: &[Raster], frame_hundredths: u16) -> Result<Vec<u8>, FigureError> {
    let encode_error = |error: png::EncodingError| FigureError::Encode {
        format: "PNG",
        reason: error.to_string(),
    };
    let count = u32::try_from(frames.len()).unwrap_or(u32::MAX);
    let mut file = Vec::new();
    {
        let mut encoder = png::Encoder::new(&mut file, first.width, first.height);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_animated(count, 0).map_err(encode_error)?;
        encoder
            .set_frame_delay(frame_hundredths, 100)
            .map_err(encode_error)?;
        let mut writer = encoder.write_header().map_err(encode_error)?;
        for frame in frames {
            writer.write_image_data(&frame.rgba).map_err(encode_error)?;
        }
        writer.finish().map_err(encode_error)?;
    }
    Ok(file)
}
