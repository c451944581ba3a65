//! The error type for drawing, encoding and reading figures.

use egui::Vec2;

/// An error while drawing, encoding or reading a figure.
///
/// `Display` gives one English sentence without a full stop. The variants hold everything that a program
/// needs to write a sentence of its own. File formats are given by name: `SVG`, `PNG`, `PDF` or `GIF`.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FigureError {
    /// A shape that SVG can't represent.
    #[error("the figure holds {0}, which cannot be drawn in a file")]
    UnsupportedShape(UnsupportedShape),
    /// A character that neither a bundled font nor one of the [`FallbackFonts`](crate::FallbackFonts) can draw.
    #[error(
        "the figure can't be drawn: no font has an outline of the character “{0}” (U+{code:04X}); install a font \
         for it, or name a font file",
        code = u32::from(*.0)
    )]
    MissingCharacter(char),
    /// The size of a drawing, in points, is not positive, not finite or too large.
    #[error("the figure can't be {} × {} points large", .0.x, .0.y)]
    InvalidDrawingSize(Vec2),
    /// The size of an image, in pixels, is zero or too large.
    #[error("the figure can't be {} × {} pixels large", .0[0], .0[1])]
    InvalidImageSize([u32; 2]),
    /// The size of a PDF page, in pt, is not positive or not finite.
    #[error("the figure can't be {} × {} pt large", .0[0], .0[1])]
    InvalidPageSize([f32; 2]),
    /// The width or height of a GIF, in pixels, is too large.
    #[error("the figure can't be a GIF {0} pixels wide or high")]
    InvalidGifSize(u32),
    /// An animation without frames.
    #[error("the figure can't be animated without a picture")]
    NoFrames,
    /// An animation whose frames have different sizes.
    #[error("the figure can't be animated with pictures of different sizes")]
    DifferentFrameSizes,
    /// A font can't be used.
    #[error("the font {name} can't be used: {reason}")]
    InvalidFont {
        /// The name of the font.
        name: String,
        /// The reason.
        reason: String,
    },
    /// A figure can't be encoded, or its SVG can't be parsed.
    #[error("the figure can't be written as {format}: {reason}")]
    Encode {
        /// The file format.
        format: &'static str,
        /// The reason.
        reason: String,
    },
    /// The name of an embedded text is invalid.
    #[error(
        "“{0}” can't be the name of an embedded text: it needs 1 to 79 ASCII letters, digits, “-” or “_”, the \
         first a letter"
    )]
    InvalidTextName(String),
    /// A text is over 64 MiB, too large to be embedded in a file of this format.
    #[error("the figure can't be written as {0}: its embedded text is larger than 64 MB")]
    EmbeddedTextTooLarge(&'static str),
    /// A file in this format has no embedded text of the name.
    #[error("this {0} file has no embedded text")]
    NoEmbeddedText(&'static str),
    /// The text embedded in a file can't be extracted.
    #[error("the text embedded in this {format} file can't be read: {reason}")]
    InvalidEmbeddedText {
        /// The file format.
        format: &'static str,
        /// The reason.
        reason: String,
    },
}

/// A shape that SVG can't represent. `Display` gives a noun phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnsupportedShape {
    /// A paint callback other than a [`FigureMarker`](crate::FigureMarker).
    #[error("a drawing made by the graphics card (a paint callback)")]
    PaintCallback,
    /// A mesh that shows glyphs from egui's font atlas.
    #[error("a mesh that shows glyphs of a font as a texture")]
    GlyphMesh,
    /// A mesh with a texture on triangles that don't make up upright rectangles.
    #[error("a picture on a shape that is no upright rectangle")]
    TexturedTriangles,
    /// A texture that the drawing lacks, such as egui's font atlas.
    #[error("a picture that is not there, or that is made of glyphs")]
    MissingTexture,
    /// Texture coordinates that extend beyond the texture.
    #[error("a picture that repeats beyond its edge")]
    RepeatedTexture,
}
