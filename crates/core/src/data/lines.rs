//! What separates the columns of a text, on which line a row is, and where a text can be cut.

/// What separates columns: judged by the first two lines that are not blank, as a header may have none.
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
    // A number has commas but neither semicolons nor tabs.
    [';', '\t']
        .into_iter()
        .find(|&separator| has(separator))
        .map_or(b',', |separator| separator as u8)
}

/// The length of the first block of a text that goes on after `text`, to be read by
/// [`TableReader`](super::table::TableReader); `None` if it takes more of the text to tell. `is_first` is for the block
/// that the text begins with.
pub fn first_block_length(text: &[u8], is_first: bool) -> Option<usize> {
    if text.contains(&b'"') {
        return None;
    }
    let end = text.iter().rposition(|&byte| byte == b'\n')? + 1;
    let is_row = |line: &&[u8]| !line.trim_ascii().is_empty();
    let mut rows = text[..end]
        .split(|byte| matches!(byte, b'\n' | b'\r'))
        .filter(is_row);
    // A byte order mark alone is no row; a third one can do no harm.
    (!is_first || rows.nth(2).is_some()).then_some(end)
}

/// Turns byte positions, asked for in ascending order, into line numbers.
pub struct LineCounter<'a> {
    bytes: &'a [u8],
    position: usize,
    line: usize,
}

impl<'a> LineCounter<'a> {
    /// At the beginning of a text.
    pub fn new(text: &'a str) -> Self {
        Self {
            bytes: text.as_bytes(),
            position: 0,
            line: 1,
        }
    }

    /// The line of the record that is read from `start` on: line ends and blanks before it are not part of it.
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
