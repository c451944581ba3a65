//! The error type for drawing, encoding and reading figures.

use egui::Vec2;

/// An error while drawing, encoding or reading a figure.
///
/// `Display` gives one English sentence without a full stop. The variants hold everything that a program
/// needs to write a sentence of its own in any language. File formats are given by name: `SVG`, `PNG`, `PDF` or `GIF`.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FigureError {
    /// A shape that SVG can't represent.
    #[error("the figure has {0}, which can't be drawn in a file")]
    UnsupportedShape(UnsupportedShape),
    /// A character that neither a bundled font nor one of the [`FallbackFonts`](crate::FallbackFonts) can draw.
    #[error(
        "the figure can't be drawn: no font has the character “{0}” (U+{code:04X}); install a font \
         that has it, or add a font file",
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
    #[error("a GIF can't be {0} pixels wide or high; the maximum is 65,535")]
    InvalidGifSize(u32),
    /// An animation without frames.
    #[error("an animation needs at least one frame")]
    NoFrames,
    /// An animation whose frames have different sizes.
    #[error("all frames of an animation need the same size")]
    DifferentFrameSizes,
    /// A font can't be used.
    #[error("the font {name} can't be used: {reason}")]
    InvalidFont {
        /// The name of the font, or the path of its file.
        name: String,
        /// The reason.
        reason: FontProblem,
    },
    /// A figure can't be encoded, or its SVG can't be parsed.
    #[error("the figure can't be written as {format}: {reason}")]
    Encode {
        /// The file format.
        format: &'static str,
        /// The reason, in the words of the library that encodes the format.
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
        reason: EmbeddedTextProblem,
    },
}

/// A shape that SVG can't represent. `Display` gives a noun phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnsupportedShape {
    /// A paint callback other than a [`FigureMarker`](crate::FigureMarker).
    #[error("a drawing made by the graphics card (a paint callback)")]
    PaintCallback,
    /// A mesh that shows glyphs from egui's font atlas.
    #[error("a mesh with glyphs of a font as its texture")]
    GlyphMesh,
    /// A mesh with a texture on triangles that don't make up upright rectangles.
    #[error("an image on a shape that is not an upright rectangle")]
    TexturedTriangles,
    /// A texture that the drawing lacks, such as egui's font atlas.
    #[error("an image that is missing or made of glyphs")]
    MissingTexture,
    /// Texture coordinates that extend beyond the texture.
    #[error("an image that repeats beyond its edge")]
    RepeatedTexture,
}

/// The reason why a font can't be used. `Display` gives a clause.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FontProblem {
    /// The path leads to a folder or a device.
    #[error("it is not a file")]
    NotAFile,
    /// The file can't be read, for the reason that the operating system gives.
    #[error("{0}")]
    Unreadable(String),
    /// The file is larger than the maximum, in MiB.
    #[error("it is larger than {0} MB")]
    TooLarge(u64),
    /// The content is not a font.
    #[error("it is not a TrueType or OpenType font")]
    NotAFont,
    /// A table of the font is missing or damaged.
    #[error("it is damaged")]
    Damaged,
}

/// The reason why the text embedded in a file can't be extracted. `Display` gives a clause.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EmbeddedTextProblem {
    /// The file is over 128 MiB.
    #[error("the file is larger than 128 MB")]
    FileTooLarge,
    /// The text, or the data around it, is over 64 MiB.
    #[error("it is larger than 64 MB")]
    TextTooLarge,
    /// The file or its compressed data can't be decompressed within the limits.
    #[error("it is damaged, encrypted, or larger than 64 MB")]
    Damaged,
    /// The file breaks the rules of its format, in the words of the parser.
    #[error("{0}")]
    Syntax(String),
    /// The text is not UTF-8.
    #[error("it is not UTF-8 text")]
    NotUtf8,
    /// The attached file of a PDF is missing.
    #[error("its attached file is missing")]
    MissingAttachment,
    /// Elements of the SVG are nested too deeply.
    #[error("its elements are nested too deeply")]
    TooDeep,
    /// The PDF has more streams than this, so that reading them would take too long.
    #[error("it has more than {0} streams")]
    TooManyStreams(usize),
    /// The data of a PDF is compressed in another way than by deflate.
    #[error("it is compressed by an unsupported method")]
    UnsupportedCompression,
}
