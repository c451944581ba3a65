//! A number while it is being typed.

use super::{NumberError, parse_number};

/// How a field opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InitialCursor {
    /// With all of it selected, so that what is typed replaces it.
    SelectAll,
    /// After what has been typed already.
    AtEnd,
}

/// A number while it is being typed.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldDraft {
    /// What has been typed so far.
    pub text: String,
    /// How its field still has to open and to get the focus; `None` once it has.
    pub pending_focus: Option<InitialCursor>,
}

impl FieldDraft {
    /// A present number to be changed, with the fewest digits that say it exactly.
    pub fn from_number(value: f64) -> Self {
        Self::from_text(format!("{value:?}"))
    }

    /// A present value in words to be changed.
    pub fn from_text(text: String) -> Self {
        Self {
            text,
            pending_focus: Some(InitialCursor::SelectAll),
        }
    }

    /// A new number that begins with what was typed before its field opened.
    pub fn from_typed(text: String) -> Self {
        Self {
            text,
            pending_focus: Some(InitialCursor::AtEnd),
        }
    }

    /// Types more while the field is not yet open.
    pub fn push_str(&mut self, text: &str) {
        if self.pending_focus == Some(InitialCursor::SelectAll) {
            self.text.clear();
            self.pending_focus = Some(InitialCursor::AtEnd);
        }
        self.text.push_str(text);
    }

    /// Takes the last character back, or all that is selected, while the field is not yet open.
    pub fn backspace(&mut self) {
        if self.pending_focus == Some(InitialCursor::SelectAll) {
            self.text.clear();
        }
        self.text.pop();
        self.pending_focus = Some(InitialCursor::AtEnd);
    }

    /// The number; `None` if nothing was typed.
    ///
    /// # Errors
    /// If it is no number.
    pub fn parse(&self) -> Result<Option<f64>, NumberError> {
        if self.text.trim().is_empty() {
            return Ok(None);
        }
        parse_number(&self.text).map(Some)
    }

    /// Why it can't be entered as it is. A sign alone is no mistake yet.
    pub fn error_message(&self) -> Option<String> {
        let is_sign_only = matches!(self.text.trim(), "-" | "−" | "+");
        let reason = self.parse().err()?;
        (!is_sign_only).then(|| reason.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_before_the_field_opens_replaces_what_is_selected() {
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
    fn a_draft_knows_its_number_or_why_it_has_none() {
        assert_eq!(FieldDraft::from_number(-0.91).text, "-0.91");
        assert_eq!(FieldDraft::from_number(1.0 / 3.0).parse(), Ok(Some(1.0 / 3.0)));
        for text in ["", " ", "4", "-4", "1/3"] {
            assert_eq!(FieldDraft::from_typed(text.to_owned()).error_message(), None, "{text}");
        }
        assert_eq!(FieldDraft::from_typed(" ".to_owned()).parse(), Ok(None));
        assert_eq!(FieldDraft::from_typed("-".to_owned()).error_message(), None);
        assert!(FieldDraft::from_typed("-".to_owned()).parse().is_err());
        let problem = FieldDraft::from_typed("two".to_owned()).error_message();
        assert!(problem.is_some_and(|text| text.contains("“two” is not a number")));
    }
}
