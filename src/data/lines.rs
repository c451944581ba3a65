//! What separates the columns of a text, and on which line a row is.

/// What separates columns: judged by the first two lines that are not blank, as a header may have none.
pub fn delimiter(text: &str) -> u8 {
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

/// Turns byte positions, asked for in ascending order, into line numbers.
pub struct LineCounter<'a> {
    bytes: &'a [u8],
    at: usize,
    line: usize,
}

impl<'a> LineCounter<'a> {
    /// At the beginning of a text.
    pub fn new(text: &'a str) -> Self {
        Self {
            bytes: text.as_bytes(),
            at: 0,
            line: 1,
        }
    }

    /// The line of the record that is read from `start` on: line ends and blanks before it are not part of it.
    pub fn line_of_record(&mut self, start: usize) -> usize {
        while let Some(&byte) = self.bytes.get(self.at) {
            if self.at >= start && !matches!(byte, b'\n' | b'\r') {
                break;
            }
            let is_lone_return = byte == b'\r' && self.bytes.get(self.at + 1) != Some(&b'\n');
            self.line += usize::from(byte == b'\n' || is_lone_return);
            self.at += 1;
        }
        self.line
    }
}
