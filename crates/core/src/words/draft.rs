//! A number while it is being typed.

use super::{NumberError, parse_number};

/// How a field opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opens {
    /// With all of it selected, so that what is typed replaces it.
    Selected,
    /// After what has been typed already.
    AtEnd,
}

/// A number while it is being typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// What has been typed so far.
    pub text: String,
    /// How its field still has to open and to get the focus; `None` once it has.
    pub opens: Option<Opens>,
}

impl Draft {
    /// A present number to be changed, with the fewest digits that say it exactly.
    pub fn of(value: f64) -> Self {
        Self::of_text(format!("{value:?}"))
    }

    /// A present value in words to be changed.
    pub fn of_text(text: String) -> Self {
        Self {
            text,
            opens: Some(Opens::Selected),
        }
    }

    /// A new number that begins with what was typed before its field opened.
    pub fn begun(text: String) -> Self {
        Self {
            text,
            opens: Some(Opens::AtEnd),
        }
    }

    /// Types more while the field is not yet open.
    pub fn type_more(&mut self, text: &str) {
        if self.opens == Some(Opens::Selected) {
            self.text.clear();
            self.opens = Some(Opens::AtEnd);
        }
        self.text.push_str(text);
    }

    /// Takes the last character back, or all that is selected, while the field is not yet open.
    pub fn take_back(&mut self) {
        if self.opens == Some(Opens::Selected) {
            self.text.clear();
        }
        self.text.pop();
        self.opens = Some(Opens::AtEnd);
    }

    /// The number; `None` if nothing was typed.
    ///
    /// # Errors
    /// If it is no number.
    pub fn number(&self) -> Result<Option<f64>, NumberError> {
        if self.text.trim().is_empty() {
            return Ok(None);
        }
        parse_number(&self.text).map(Some)
    }

    /// Why it can't be entered as it is. A sign alone is no mistake yet.
    pub fn problem(&self) -> Option<String> {
        let is_begun = matches!(self.text.trim(), "-" | "−" | "+");
        let reason = self.number().err()?;
        (!is_begun).then(|| reason.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_before_the_field_opens_replaces_what_is_selected() {
        let mut draft = Draft::of(-0.91);
        draft.type_more("4");
        draft.type_more(".2");
        assert_eq!(draft, Draft::begun("4.2".to_owned()));
        draft.take_back();
        assert_eq!(draft.text, "4.");
        let mut draft = Draft::of(-0.91);
        draft.take_back();
        assert_eq!(draft, Draft::begun(String::new()));
    }

    #[test]
    fn a_draft_knows_its_number_or_why_it_has_none() {
        assert_eq!(Draft::of(-0.91).text, "-0.91");
        assert_eq!(Draft::of(1.0 / 3.0).number(), Ok(Some(1.0 / 3.0)));
        for text in ["", " ", "4", "-4", "1/3"] {
            assert_eq!(Draft::begun(text.to_owned()).problem(), None, "{text}");
        }
        assert_eq!(Draft::begun(" ".to_owned()).number(), Ok(None));
        assert_eq!(Draft::begun("-".to_owned()).problem(), None);
        assert!(Draft::begun("-".to_owned()).number().is_err());
        let problem = Draft::begun("two".to_owned()).problem();
        assert!(problem.is_some_and(|text| text.contains("“two” is not a number")));
    }
}
