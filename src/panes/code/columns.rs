//! Columns of characters, from bytes.

/// The columns of bytes of a line, asked for from left to right.
pub(super) struct ColumnCounter<'a> {
    text: &'a str,
    byte: usize,
    column: usize,
}

impl<'a> ColumnCounter<'a> {
    /// Of a line.
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            byte: 0,
            column: 0,
        }
    }

    /// The column of a byte.
    pub fn column_at(&mut self, byte: usize) -> usize {
        let skipped = self.text.get(self.byte..byte).unwrap_or_default();
        self.column += skipped.chars().count();
        self.byte = self.byte.max(byte);
        self.column
    }
}
