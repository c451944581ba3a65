//! The macro for enums whose variants have names.

/// Defines an enum whose variants have names, with `ALL`, `name` and `Display`. If an error type with its
/// sentence follows, the enum also has `FromStr`; in the sentence, `{0}` is the unknown name and `{list}` the
/// list of all names.
///
/// ```
/// neurodial_core::named_enum! {
///     /// A season.
///     pub enum Season {
///         /// June to August.
///         Summer = "summer",
///         /// December to February.
///         Winter = "winter",
///     }
///
///     /// Error for a name that is not one of the seasons.
///     pub struct UnknownSeason("there is no season “{0}”; use one of {list}");
/// }
///
/// assert_eq!(Season::ALL, [Season::Summer, Season::Winter]);
/// assert_eq!(Season::Winter.name(), "winter");
/// assert_eq!("summer".parse(), Ok(Season::Summer));
/// let error = "spring".parse::<Season>().unwrap_err();
/// assert_eq!(error.to_string(), "there is no season “spring”; use one of summer, winter");
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
            $error_visibility:vis struct $Error:ident($sentence:literal);
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
            #[derive(Debug, Clone, PartialEq, Eq, ::thiserror::Error)]
            #[error($sentence, list = $Enum::ALL.map($Enum::name).join(", "))]
            $error_visibility struct $Error(String);

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
