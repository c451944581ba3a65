//! Line numbers of the rows of a CSV text, and quotes that are not closed.

/// Returns the line, counted from 1, of the quote that opens a cell and is never closed.
pub(crate) fn unclosed_quote(text: &str, delimiter: u8, comment: Option<&str>) -> Option<usize> {
    let bytes = text.as_bytes();
    if !bytes.contains(&b'"') {
        return None;
    }
    let mut line = 1;
    let mut at = 0;
    let mut is_cell_start = true;
    let mut is_line_start = true;
    while let Some(&byte) = bytes.get(at) {
        if is_line_start && comment.is_some_and(|comment| text[at..].starts_with(comment)) {
            at += bytes[at..]
                .iter()
                .position(|byte| matches!(byte, b'\n' | b'\r'))
                .unwrap_or(bytes.len() - at);
            is_line_start = false;
            continue;
        }
        if byte == b'"' && is_cell_start {
            let opening = line;
            at += 1;
            // A doubled quote stands for one quote.
            loop {
                let Some(length) = bytes[at..].iter().position(|&byte| byte == b'"') else {
                    return Some(opening);
                };
                line += bytes[at..at + length]
                    .iter()
                    .filter(|&&byte| byte == b'\n')
                    .count();
                at += length + 1;
                if bytes.get(at) != Some(&b'"') {
                    break;
                }
                at += 1;
            }
            (is_cell_start, is_line_start) = (false, false);
            continue;
        }
        let is_lone_return = byte == b'\r' && bytes.get(at + 1) != Some(&b'\n');
        is_line_start = byte == b'\n' || byte == b'\r';
        line += usize::from(byte == b'\n' || is_lone_return);
        is_cell_start = is_line_start || byte == delimiter;
        at += 1;
    }
    None
}

/// Converts byte positions to line numbers. The positions must be requested in ascending order.
pub struct LineCounter<'a> {
    bytes: &'a [u8],
    position: usize,
    line: usize,
}

impl<'a> LineCounter<'a> {
    /// Creates a counter at the beginning of a text.
    pub fn new(text: &'a str) -> Self {
        Self {
            bytes: text.as_bytes(),
            position: 0,
            line: 1,
        }
    }

    /// Returns the line, counted from 1, of the record that is read from the byte `start` on. Line ends
    /// before the record are not part of it.
    pub fn line_of_record(&mut self, start: usize) -> usize {
        while let Some(&byte) = self.bytes.get(self.position) {
            if self.position >= start && !matches!(byte, b'\n' | b'\r') {
                break;
            }
            let is_lone_return = byte == b'\r' && self.bytes.get(self.position + 1) != Some(&b'\n');
            self.line += usize::from(byte == b'\n' || is_lone_return);
            self.position += 1;
        }
        self.line
    }
}
