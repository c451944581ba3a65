//! Columns of characters, from bytes.

/// The columns of bytes of a line, asked for from left to right.
pub(super) struct Columns<'a> {
    text: &'a str,
    byte: usize,
    column: usize,
}

impl<'a> Columns<'a> {
    /// Of a line.
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            byte: 0,
            column: 0,
        }
    }

    /// The column of a byte.
    pub fn of(&mut self, byte: usize) -> usize {
        let way = self.text.get(self.byte..byte).unwrap_or_default();
        self.column += way.chars().count();
        self.byte = self.byte.max(byte);
        self.column
    }
}
