//! Adding the name of an option to an error.

/// Adds the name of an option to an error.
pub(crate) trait OptionContext<T> {
    /// Puts the name of the option before the error message.
    ///
    /// # Errors
    /// Returns the error of `self`, with the name of the option.
    fn option_context(self, option: &str) -> anyhow::Result<T>;
}

impl<T, E: std::fmt::Display> OptionContext<T> for Result<T, E> {
    fn option_context(self, option: &str) -> anyhow::Result<T> {
        self.map_err(|e| anyhow::anyhow!("{option}: {e}"))
    }
}
