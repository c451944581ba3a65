//! The text of an entry field while a value is being typed.

use super::{Localized, Messages, NumberError, parse_number, to_half_width};

/// The selection with which an entry field opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InitialCursor {
    /// All text is selected, so that typing replaces it.
    SelectAll,
    /// The cursor is behind the text that has already been typed.
    AtEnd,
}

/// The text of an entry field while a number or another value is being typed.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldDraft {
    /// The text typed so far.
    pub text: String,
    /// The selection with which the field still has to open and take the focus; `None` once it is open.
    pub pending_focus: Option<InitialCursor>,
}

impl FieldDraft {
    /// Creates a draft from the current number, with the fewest digits that represent it exactly.
    pub fn from_number(value: f64) -> Self {
        Self::from_text(format!("{value:?}"))
    }

    /// Creates a draft from the text of the current value.
    pub fn from_text(text: String) -> Self {
        Self {
            text,
            pending_focus: Some(InitialCursor::SelectAll),
        }
    }

    /// Creates a draft from text that was typed before the field opened.
    pub fn from_typed(text: String) -> Self {
        Self {
            text,
            pending_focus: Some(InitialCursor::AtEnd),
        }
    }

    /// Appends typed text while the field isn't open yet. Selected text is replaced.
    pub fn push_str(&mut self, text: &str) {
        if self.pending_focus == Some(InitialCursor::SelectAll) {
            self.text.clear();
            self.pending_focus = Some(InitialCursor::AtEnd);
        }
        self.text.push_str(text);
    }

    /// Deletes the last character, or all text if it is selected, while the field isn't open yet.
    pub fn backspace(&mut self) {
        if self.pending_focus == Some(InitialCursor::SelectAll) {
            self.text.clear();
        }
        self.text.pop();
        self.pending_focus = Some(InitialCursor::AtEnd);
    }

    /// Parses the text as a number. Returns `None` if the text is blank.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not a number.
    pub fn parse(&self) -> Result<Option<f64>, NumberError> {
        if self.text.trim().is_empty() {
            return Ok(None);
        }
        parse_number(&self.text).map(Some)
    }

    /// Returns the reason why the text can't be accepted, or `None` if it can. A lone sign is not reported,
    /// because a number may still follow.
    pub fn error_message(&self, messages: Messages) -> Option<String> {
        let reason = self.parse().err()?;
        (!self.is_sign_only()).then(|| reason.message(messages))
    }

    /// True if the text is only a sign.
    pub fn is_sign_only(&self) -> bool {
        matches!(to_half_width(self.text.trim()).as_str(), "-" | "+")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_before_the_field_opens_replaces_the_selection() {
        let mut draft = FieldDraft::from_number(-0.91);
        draft.push_str("4");
        draft.push_str(".2");
        assert_eq!(draft, FieldDraft::from_typed("4.2".to_owned()));
        draft.backspace();
        assert_eq!(draft.text, "4.");
        let mut draft = FieldDraft::from_number(-0.91);
        draft.backspace();
        assert_eq!(draft, FieldDraft::from_typed(String::new()));
    }

    #[test]
    fn a_draft_gives_a_number_or_an_error_message() {
        assert_eq!(FieldDraft::from_number(-0.91).text, "-0.91");
        assert_eq!(FieldDraft::from_number(1.0 / 3.0).parse(), Ok(Some(1.0 / 3.0)));
        let error = |text: &str| FieldDraft::from_typed(text.to_owned()).error_message(Messages::ENGLISH);
        for text in ["", " ", "4", "-4", "1/3", "１．５", "-", "−", "＋"] {
            assert_eq!(error(text), None, "{text}");
        }
        assert_eq!(FieldDraft::from_typed(" ".to_owned()).parse(), Ok(None));
        assert!(FieldDraft::from_typed("-".to_owned()).parse().is_err());
        assert!(error("two").is_some_and(|text| text.contains("“two” is not a number")));
    }
}
