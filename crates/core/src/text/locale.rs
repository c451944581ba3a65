//! The languages of the texts.

crate::named_enum! {
    /// A language of everything that people read: the window, figures and descriptions.
    #[derive(Default, serde::Serialize, serde::Deserialize)]
    pub enum Locale {
        /// English.
        #[default]
        #[serde(rename = "en")]
        English = "en",
        /// 简体中文, Simplified Chinese.
        #[serde(rename = "zh-Hans")]
        SimplifiedChinese = "zh-Hans",
    }

    /// Error for a name that is not one of the languages.
    pub struct UnknownLocale(unknown_locale);
}

impl Locale {
    /// Returns the language's name in itself, which is the same in every language.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::SimplifiedChinese => "简体中文",
        }
    }

    /// Returns the language for a name of the operating system, such as `zh_CN.UTF-8` or `de-DE`: Chinese for
    /// every kind of Chinese, and English for everything else.
    pub fn from_system_name(name: &str) -> Self {
        let language = name.split(['-', '_', '.', '@']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("zh") {
            Self::SimplifiedChinese
        } else {
            Self::English
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_chinese_is_shown_in_chinese_and_everything_else_in_english() {
        for name in [
            "zh",
            "zh-CN",
            "zh_CN.UTF-8",
            "zh-Hans-SG",
            "zh-TW",
            "zh_HK@stroke",
            "ZH-cn",
        ] {
            assert_eq!(
                Locale::from_system_name(name),
                Locale::SimplifiedChinese,
                "{name}"
            );
        }
        for name in ["en-US", "de_DE.UTF-8", "C", "POSIX", "", "zha", "ja-JP"] {
            assert_eq!(Locale::from_system_name(name), Locale::English, "{name}");
        }
    }

    #[test]
    fn an_unknown_language_names_the_available_ones() {
        assert_eq!("zh-Hans".parse(), Ok(Locale::SimplifiedChinese));
        let error = "fr".parse::<Locale>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "there is no language “fr”; use one of en, zh-Hans"
        );
    }
}
