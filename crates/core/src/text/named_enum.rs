//! The macro for enums whose variants have names.

/// Defines an enum whose variants have names, with `ALL`, `name` and `Display`. If an error type with its
/// message follows, the enum also has `FromStr`; the arguments of the message are the unknown name and the list
/// of all names.
///
/// ```
/// neurodial_core::named_enum! {
///     /// A language of Switzerland.
///     pub enum Language {
///         /// French.
///         French = "fr",
///         /// Romansh.
///         Romansh = "rm",
///     }
///
///     /// Error for a name that is not one of the languages.
///     pub struct UnknownLanguage(unknown_locale);
/// }
///
/// assert_eq!(Language::ALL, [Language::French, Language::Romansh]);
/// assert_eq!(Language::Romansh.name(), "rm");
/// assert_eq!("fr".parse(), Ok(Language::French));
/// let error = "en".parse::<Language>().unwrap_err();
/// assert_eq!(error.to_string(), "there is no language “en”; use one of fr, rm");
/// ```
#[macro_export]
macro_rules! named_enum {
    (
        $(#[$attribute:meta])*
        $visibility:vis enum $Enum:ident {
            $($(#[$variant_attribute:meta])* $Variant:ident = $name:literal,)+
        }
        $(
            $(#[$error_attribute:meta])*
            $error_visibility:vis struct $Error:ident($message:ident);
        )?
    ) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        $visibility enum $Enum {
            $($(#[$variant_attribute])* $Variant,)+
        }

        impl $Enum {
            /// All variants, in the order of menus.
            $visibility const ALL: [Self; [$(stringify!($Variant)),+].len()] = [$(Self::$Variant),+];

            /// Returns the name.
            $visibility const fn name(self) -> &'static str {
                match self {
                    $(Self::$Variant => $name,)+
                }
            }
        }

        impl ::std::fmt::Display for $Enum {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.name())
            }
        }

        $(
            $(#[$error_attribute])*
            #[derive(Debug, Clone, PartialEq, Eq)]
            $error_visibility struct $Error(String);

            impl $crate::text::Localized for $Error {
                fn message(&self, messages: $crate::text::Messages) -> String {
                    messages.$message(&self.0, $Enum::ALL.map($Enum::name).join(", "))
                }
            }

            $crate::localized_errors!($Error);

            impl ::std::str::FromStr for $Enum {
                type Err = $Error;

                fn from_str(text: &str) -> Result<Self, Self::Err> {
                    Self::ALL
                        .into_iter()
                        .find(|variant| variant.name() == text)
                        .ok_or_else(|| $Error($crate::text::shortened(text)))
                }
            }
        )?
    };
}
