//! Detection of the delimiter of a CSV text, line numbers of its rows, and places where it can be cut into
//! blocks.

/// Returns the delimiter of a CSV text: `;` or a tab if it occurs outside quotes, else `,`. Only the first
/// two lines that are not blank are inspected; one is not enough, because a header may have no delimiter.
pub fn detect_delimiter(text: &str) -> u8 {
    let lines = || {
        text.split(['\n', '\r'])
            .filter(|line| !line.trim().is_empty())
            .take(2)
    };
    let has = |separator: char| {
        lines().any(|line| {
            let mut in_quotes = false;
            line.chars().any(|c| {
                in_quotes ^= c == '"';
                c == separator && !in_quotes
            })
        })
    };
    // A number can contain commas but neither semicolons nor tabs.
    [';', '\t']
        .into_iter()
        .find(|&separator| has(separator))
        .map_or(b',', |separator| separator as u8)
}

/// Returns the length in bytes of the first block of a text that continues after `text`. The block can be
/// passed to [`TableReader::read`](super::table::TableReader::read) and ends with a line feed.
///
/// Returns `None` if more of the text is needed: if `text` has quotes, no line feed or, at the beginning of
/// the text (`is_first`), too few rows.
pub fn first_block_length(text: &[u8], is_first: bool) -> Option<usize> {
    if text.contains(&b'"') {
        return None;
    }
    let end = text.iter().rposition(|&byte| byte == b'\n')? + 1;
    let is_row = |line: &&[u8]| !line.trim_ascii().is_empty();
    let mut rows = text[..end]
        .split(|byte| matches!(byte, b'\n' | b'\r'))
        .filter(is_row);
    // The reader needs two rows. A byte order mark alone is counted here but is not a row, so three are
    // required.
    (!is_first || rows.nth(2).is_some()).then_some(end)
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
