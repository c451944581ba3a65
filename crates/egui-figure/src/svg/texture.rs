//! Textures, as embedded PNG images.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use egui::{Color32, ColorImage, Pos2, Rect, TextureId, pos2};

use super::element::SvgElement;
use super::format::format_fine;
use super::writer::SvgWriter;
use crate::headless::Texture;
use crate::png;
use crate::{FigureError, UnsupportedShape};

/// The maximum number of pixels per side of an enlarged image.
const MAX_ENLARGED_SIDE: usize = 2048;

impl SvgWriter<'_> {
    /// Returns the region `uv` of a texture as an image over `rect`. `uv` is from 0 to 1; where its minimum
    /// is above its maximum, the image is mirrored.
    ///
    /// If `uv` cuts through texels, the image has the whole texels and extends beyond `rect`.
    ///
    /// # Errors
    /// Returns an error if the drawing lacks the texture, or `uv` extends beyond it.
    pub(crate) fn texture_image(
        &self,
        id: TextureId,
        uv: Rect,
        rect: Rect,
        tint: Color32,
    ) -> Result<SvgElement, FigureError> {
        let texture = self.texture(id)?;
        let image = &texture.image;
        let [width, height] = image.size;
        let (x_fractions, left, right) = covered_texels(uv.min.x, uv.max.x, width)?;
        let (y_fractions, top, bottom) = covered_texels(uv.min.y, uv.max.y, height)?;
        let (columns, rows) = (right - left, bottom - top);
        // Most programs smooth enlarged images; large squares of pixels stay squares everywhere.
        let magnification = if texture.uses_nearest_filter {
            (MAX_ENLARGED_SIDE / columns.max(rows)).clamp(1, 16)
        } else {
            1
        };
        let rgba = (0..rows * magnification).flat_map(|y| {
            let y = y / magnification;
            let y = if uv.max.y < uv.min.y {
                bottom - 1 - y
            } else {
                top + y
            };
            (0..columns * magnification).flat_map(move |x| {
                let x = x / magnification;
                let x = if uv.max.x < uv.min.x {
                    right - 1 - x
                } else {
                    left + x
                };
                tinted_texel(image, x, y, tint)
            })
        });
        let mut raster = png::Raster {
            width: (columns * magnification) as u32,
            height: (rows * magnification) as u32,
            rgba: rgba.collect(),
        };
        if !texture.uses_nearest_filter {
            let texel = (rect.width() / columns as f32).max(rect.height() / rows as f32);
            raster = interpolated(raster, texel);
        }
        let range = |fractions: [f32; 2], start: f32, length: f32| {
            fractions.map(|fraction| start + fraction * length)
        };
        let [x0, x1] = range(x_fractions, rect.min.x, rect.width());
        let [y0, y1] = range(y_fractions, rect.min.y, rect.height());
        let element = image_element(&raster, Rect::from_min_max(pos2(x0, y0), pos2(x1, y1)))?;
        Ok(if texture.uses_nearest_filter {
            // As a style, because resvg ignores the attribute.
            element.with("style", "image-rendering:pixelated")
        } else {
            element
        })
    }

    /// Returns a texture, mapped so that `uv` covers `rect`, as an image over all of `area`. Beyond the
    /// texture its edge texels repeat.
    ///
    /// # Errors
    /// Returns an error if the drawing lacks the texture.
    pub(crate) fn clamped_texture_image(
        &self,
        id: TextureId,
        uv: Rect,
        rect: Rect,
        area: Rect,
        tint: Color32,
    ) -> Result<SvgElement, FigureError> {
        /// The resolution of the image, unless that is too many pixels.
        const PIXELS_PER_POINT: f32 = 4.0;
        let texture = self.texture(id)?;
        let [width, height] = texture.image.size.map(|side| side as f32);
        let pixels_per_point = PIXELS_PER_POINT.min(MAX_ENLARGED_SIDE as f32 / area.size().max_elem());
        let size = (area.size() * pixels_per_point).ceil();
        let texel_index = |at: f32, count: f32| at.clamp(0.0, count - 1.0) as usize;
        let color = |x: f32, y: f32| {
            let u = uv.min.x + (x - rect.min.x) / rect.width() * uv.width();
            let v = uv.min.y + (y - rect.min.y) / rect.height() * uv.height();
            tinted_texel(
                &texture.image,
                texel_index(u * width, width),
                texel_index(v * height, height),
                tint,
            )
        };
        let rows = (0..size.y as u32).map(|row| area.min.y + (row as f32 + 0.5) / pixels_per_point);
        let rgba = rows.flat_map(|y| {
            let columns =
                (0..size.x as u32).map(|column| area.min.x + (column as f32 + 0.5) / pixels_per_point);
            columns.flat_map(move |x| color(x, y)).collect::<Vec<u8>>()
        });
        let raster = png::Raster {
            width: size.x as u32,
            height: size.y as u32,
            rgba: rgba.collect(),
        };
        image_element(&raster, Rect::from_min_size(area.min, size / pixels_per_point))
    }

    /// Returns the id of an image stretched over `rect`, which may have a side of about 1 and is written once.
    ///
    /// # Errors
    /// Returns an error if the image can't be encoded.
    pub(crate) fn define_image(&mut self, raster: &png::Raster, rect: Rect) -> Result<String, FigureError> {
        let data = STANDARD.encode(png::encode(raster, None, None)?);
        let [x, y, width, height] = [rect.min.x, rect.min.y, rect.width(), rect.height()].map(format_fine);
        let attributes = format!(
            r#" x="{x}" y="{y}" width="{width}" height="{height}" preserveAspectRatio="none" href="data:image/png;base64,{data}""#
        );
        Ok(self.define("image", &attributes, ""))
    }

    fn texture(&self, id: TextureId) -> Result<&Texture, FigureError> {
        let texture = self.drawing.textures.get(&id);
        texture.ok_or(FigureError::UnsupportedShape(UnsupportedShape::MissingTexture))
    }

    /// Writes an image clipped to a shape.
    pub(crate) fn push_clipped(&mut self, bounds: Rect, clip_shape: &SvgElement, image: &SvgElement) {
        let mut content = String::new();
        clip_shape.write_to(&mut content, None);
        let id = self.define("clipPath", "", content.trim_end());
        let mut inner = String::new();
        image.write_to(&mut inner, None);
        let group = SvgElement::new("g")
            .with("clip-path", format!("url(#{id})"))
            .with_content(inner.trim_end());
        // A clip of the page needs another group around this one.
        let outer = if self.is_clipped(bounds) {
            let mut inner = String::new();
            group.write_to(&mut inner, None);
            SvgElement::new("g").with_content(inner.trim_end())
        } else {
            group
        };
        self.push(bounds, &outer);
    }

    /// Writes a texture over `rect`, clipped to it where texels extend beyond it.
    ///
    /// # Errors
    /// Returns an error if the drawing lacks the texture, or `uv` extends beyond it.
    pub(crate) fn push_texture(
        &mut self,
        id: TextureId,
        uv: Rect,
        rect: Rect,
        tint: Color32,
    ) -> Result<(), FigureError> {
        if tint == Color32::TRANSPARENT || !rect.is_positive() || !self.is_visible(rect) {
            return Ok(());
        }
        let image = self.texture_image(id, uv, rect, tint)?;
        let [width, height] = self.texture(id)?.image.size;
        let is_whole = |value: f32, count: usize| {
            let texels = value * count as f32;
            (texels - texels.round()).abs() < 0.01
        };
        if [uv.min, uv.max]
            .iter()
            .all(|at| is_whole(at.x, width) && is_whole(at.y, height))
        {
            self.push(rect, &image);
        } else {
            let clip_shape = SvgElement::new("rect").with_lengths([
                ("x", rect.min.x),
                ("y", rect.min.y),
                ("width", rect.width()),
                ("height", rect.height()),
            ]);
            self.push_clipped(rect, &clip_shape, &image);
        }
        Ok(())
    }
}

/// Returns an image element stretched over `rect`.
///
/// # Errors
/// Returns an error if the image can't be encoded.
pub(crate) fn image_element(raster: &png::Raster, rect: Rect) -> Result<SvgElement, FigureError> {
    let data = STANDARD.encode(png::encode(raster, None, None)?);
    let element = SvgElement::new("image").with_lengths([
        ("x", rect.min.x),
        ("y", rect.min.y),
        ("width", rect.width()),
        ("height", rect.height()),
    ]);
    Ok(element
        .with("preserveAspectRatio", "none")
        .with("href", format!("data:image/png;base64,{data}")))
}

/// Returns an image with more pixels in between if its pixels, `size` points wide, are so large that a program which
/// doesn't smooth them shows squares.
fn interpolated(raster: png::Raster, size: f32) -> png::Raster {
    /// The largest size of a pixel, in points.
    const MAX_SIZE: f32 = 0.9;
    const MAX_STEPS: usize = 8;
    const MAX_SIDE: usize = 1000;
    let [width, height] = [raster.width, raster.height].map(|side| side as usize);
    let affordable = MAX_SIDE / width.max(height).max(1);
    let steps = ((size / MAX_SIZE).ceil() as usize).min(MAX_STEPS).min(affordable);
    if steps < 2 {
        return raster;
    }
    // Positions within the image are those of the centers of pixels, of which the outermost extend to the edge.
    let source = |index: usize, count: usize| {
        let at = ((index as f32 + 0.5) / steps as f32 - 0.5).clamp(0.0, count as f32 - 1.0);
        let first = at as usize;
        (first, (first + 1).min(count - 1), at - first as f32)
    };
    let mut rgba = Vec::with_capacity(4 * width * height * steps * steps);
    for row in 0..height * steps {
        let (top, bottom, y_part) = source(row, height);
        for column in 0..width * steps {
            let (left, right, x_part) = source(column, width);
            for channel in 0..4 {
                let at = |y: usize, x: usize| f32::from(raster.rgba[4 * (y * width + x) + channel]);
                let above = at(top, left) + x_part * (at(top, right) - at(top, left));
                let below = at(bottom, left) + x_part * (at(bottom, right) - at(bottom, left));
                rgba.push((above + y_part * (below - above)).round() as u8);
            }
        }
    }
    png::Raster {
        width: (width * steps) as u32,
        height: (height * steps) as u32,
        rgba,
    }
}

/// Returns the texels that the range `from` to `to` of a texture touches: their start and end as fractions of
/// that range, the first texel, and the texel after the last.
fn covered_texels(from: f32, to: f32, count: usize) -> Result<([f32; 2], usize, usize), FigureError> {
    let (low, high) = (from.min(to), from.max(to));
    // NaN fails here too.
    if !(low >= -1e-3 && high <= 1.0 + 1e-3 && high > low) || count == 0 {
        return Err(FigureError::UnsupportedShape(UnsupportedShape::RepeatedTexture));
    }
    let scale = count as f32;
    let first = (low * scale + 0.01).floor().max(0.0);
    let last = (high * scale - 0.01).ceil().min(scale).max(first + 1.0);
    let fraction = |texel: f32| (texel / scale - low) / (high - low);
    let fractions = if to >= from {
        [fraction(first), fraction(last)]
    } else {
        [1.0 - fraction(last), 1.0 - fraction(first)]
    };
    Ok((fractions, first as usize, last as usize))
}

/// Returns a texel multiplied by a tint, as unmultiplied RGBA.
fn tinted_texel(image: &ColorImage, x: usize, y: usize, tint: Color32) -> [u8; 4] {
    let color = image
        .pixels
        .get(y * image.size[0] + x)
        .copied()
        .unwrap_or_default();
    (color * tint).to_srgba_unmultiplied()
}

/// Returns the rectangle that corners of a mesh (position, texture coordinates) make up, and the texture
/// region it shows; `None` if they are not an upright rectangle with an upright texture.
pub(crate) fn rect_and_uv(corners: &[(Pos2, Pos2)]) -> Option<(Rect, Rect)> {
    let rect = Rect::from_points(&corners.iter().map(|corner| corner.0).collect::<Vec<_>>());
    let uv_at = |position: Pos2| {
        let is_near = |corner: &&(Pos2, Pos2)| corner.0.distance(position) < 1e-3;
        corners.iter().find(is_near).map(|corner| corner.1)
    };
    let (min, max) = (uv_at(rect.min)?, uv_at(rect.max)?);
    let has_uv = |position: Pos2, uv: Pos2| uv_at(position).is_none_or(|actual| actual.distance(uv) < 1e-5);
    let is_upright =
        has_uv(rect.right_top(), pos2(max.x, min.y)) && has_uv(rect.left_bottom(), pos2(min.x, max.y));
    let is_corner = |position: Pos2| {
        let rect_corners = [rect.min, rect.max, rect.right_top(), rect.left_bottom()];
        rect_corners.iter().any(|corner| corner.distance(position) < 1e-3)
    };
    let is_rect = corners.iter().all(|corner| is_corner(corner.0));
    (is_upright && is_rect).then_some((rect, Rect { min, max }))
}
