//! Encodes frames as GIF, animated PNG or single PNG files.

use super::FigureError;
use super::png::{self as still, Raster};

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
/// # Errors
/// Returns an error if `frames` is empty, the frames differ in size, a side of a GIF is over 65,535 pixels,
/// or encoding fails.
pub fn encode(
    format: AnimationFormat,
    frames: &[Raster],
    frame_hundredths: u16,
) -> Result<Vec<u8>, FigureError> {
    let Some(first) = frames.first() else {
        return Err(FigureError::InvalidSize("animated without a picture".to_owned()));
    };
    if frames
        .iter()
        .any(|frame| (frame.width, frame.height) != (first.width, first.height))
    {
        return Err(FigureError::InvalidSize(
            "animated with pictures of different sizes".to_owned(),
        ));
    }
    match format {
        AnimationFormat::Gif => gif(first, frames, frame_hundredths),
        AnimationFormat::Apng => apng(first, frames, frame_hundredths),
    }
}

/// Encodes one frame as a PNG file.
///
/// # Errors
/// Returns an error if the size doesn't match the number of pixels, or encoding fails.
pub fn frame_to_png(frame: &Raster) -> Result<Vec<u8>, FigureError> {
    still::encode(frame, None, None)
}

fn gif(first: &Raster, frames: &[Raster], frame_hundredths: u16) -> Result<Vec<u8>, FigureError> {
    /// The speed of the color quantization, from 1 (slowest, best) to 30.
    const SPEED: i32 = 10;
    let fault = |e: gif::EncodingError| FigureError::Encode("GIF", e.to_string());
    let to_gif_side = |side: u32| {
        u16::try_from(side).map_err(|_| FigureError::InvalidSize(format!("a GIF {side} pixels wide or high")))
    };
    let (width, height) = (to_gif_side(first.width)?, to_gif_side(first.height)?);
    let mut file = Vec::new();
    {
        let mut encoder = gif::Encoder::new(&mut file, width, height, &[]).map_err(fault)?;
        encoder.set_repeat(gif::Repeat::Infinite).map_err(fault)?;
        for raster in frames {
            let mut pixels = raster.rgba.clone();
            let mut frame = gif::Frame::from_rgba_speed(width, height, &mut pixels, SPEED);
            frame.delay = frame_hundredths;
            encoder.write_frame(&frame).map_err(fault)?;
        }
    }
    Ok(file)
}

fn apng(first: &Raster, frames: &[Raster], frame_hundredths: u16) -> Result<Vec<u8>, FigureError> {
    let fault = |e: png::EncodingError| FigureError::Encode("PNG", e.to_string());
    let count = u32::try_from(frames.len()).unwrap_or(u32::MAX);
    let mut file = Vec::new();
    {
        let mut encoder = png::Encoder::new(&mut file, first.width, first.height);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_animated(count, 0).map_err(fault)?;
        encoder.set_frame_delay(frame_hundredths, 100).map_err(fault)?;
        let mut writer = encoder.write_header().map_err(fault)?;
        for frame in frames {
            writer.write_image_data(&frame.rgba).map_err(fault)?;
        }
        writer.finish().map_err(fault)?;
    }
    Ok(file)
}
