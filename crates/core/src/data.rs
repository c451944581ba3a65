//! Data sets: generated, bundled and read from CSV. No egui, no files, no clock; every seed gives the same numbers
//! on every machine.
//!
//! | file | noun |
//! | --- | --- |
//! | [`dataset`] | [`Dataset`]: inputs `[feature][sample]` and [`Targets`] |
//! | [`generator`] | [`Generator`]: thirteen made-up data sets, by formula |
//! | [`bundled`] | [`Bundled`]: Iris and the handwritten digits |
//! | [`points`] | [`Points`]: samples that a person sets by hand |
//! | [`table`] | a CSV text as a data set |
//! | `header` | the names of a table's columns |
//! | `grid` | numbers that come row by row and are kept column by column |
//! | [`survey`](mod@survey) | [`Survey`]: the columns of a text, before any are chosen |
//! | [`column`](mod@column) | one column of a table, as it is read |
//! | [`records`] | [`records::Records`]: the rows of a text, cell by cell |
//! | [`lines`] | what separates columns, and on which line a row is |
//! | [`matrix`] | a CSV text that is nothing but numbers |
//! | [`feature`] | [`Feature`]: an input made of other inputs |
//! | [`scaling`] | [`Scaling`]: mean and deviation of each input |
//! | [`chance`] | [`Chance`]: seeded, value-stable random numbers |

pub mod bundled;
pub mod chance;
pub mod column;
pub mod dataset;
pub mod feature;
pub mod generator;
mod grid;
mod header;
pub mod lines;
pub mod matrix;
pub mod points;
pub mod records;
pub mod scaling;
pub mod survey;
pub mod table;

pub use bundled::BundledDataset;
pub use chance::{SeededRng, RandomStream};
pub use dataset::{Dataset, DatasetError, Targets};
pub use feature::ComputedFeature;
pub use generator::{DatasetGenerator, GeneratorConfig};
pub use points::{CustomPoint, PointTarget, CustomPoints, CustomPointsError};
pub use scaling::Scaling;
pub use survey::{ColumnSummary, SummarizedColumn, summarize_columns};
pub use table::{SkippedRow, ColumnSelection, LoadedTable, TableError};
