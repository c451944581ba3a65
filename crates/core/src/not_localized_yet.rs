//! Errors of other modules whose texts are not in the catalog yet: they stay in English.

use crate::text::{Localized, Messages};

macro_rules! in_english {
    ($($Error:ty),+ $(,)?) => {
        $(
            impl Localized for $Error {
                fn message(&self, _messages: Messages) -> String {
                    // The errors of number tables begin with the punctuation after the file's name.
                    self.to_string().trim_start_matches([':', ',', ' ']).to_owned()
                }
            }
        )+
    };
}

in_english!(
    crate::data::CustomPointsError,
    crate::data::DatasetError,
    crate::data::TableError,
    crate::data::computed_feature::UnknownComputedFeature,
    crate::data::generator::GeneratorError,
    crate::data::number_table::NumberTableError,
    crate::data::scaling::ScalingError,
    crate::network::ArchitectureError,
    crate::text::NumberError,
    crate::training::EncodingError,
    crate::training::HyperparametersError,
    crate::training::LossError,
    crate::training::TrainerError,
    crate::training::learning_rate_schedule::UnknownSchedule,
);
