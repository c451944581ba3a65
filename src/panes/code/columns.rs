//! Conversion of byte positions in a line to columns of characters.

/// Converts byte positions in a line to columns. The positions must be passed in ascending order.
pub(super) struct ColumnCounter<'a> {
    text: &'a str,
    byte: usize,
    column: usize,
}

impl<'a> ColumnCounter<'a> {
    /// Returns a counter for a line.
    pub(crate) fn new(text: &'a str) -> Self {
        Self {
            text,
            byte: 0,
            column: 0,
        }
    }

    /// Returns the column of the character at a byte position.
    pub(crate) fn column_at(&mut self, byte: usize) -> usize {
        let skipped = self.text.get(self.byte..byte).unwrap_or_default();
        self.column += skipped.chars().count();
        self.byte = self.byte.max(byte);
        self.column
    }
}
