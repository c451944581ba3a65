//! The command line. It works without a display and reports every error as one sentence.
//!
//! A file imports only files above it in this table.
//!
//! | file | contents |
//! | --- | --- |
//! | `values` | parsers for the values of options; `Choices` for closed choices |
//! | `output` | what commands write: [`print()`], [`exit_code`] |
//! | [`display`] | the check that a window can be opened |
//! | `document_arg` | the DOCUMENT argument: a preset’s name or a file |
//! | `table_args` | the options by which tables are read |
//! | `hyperparameter_args` | the options for hyperparameters |
//! | `training_job` | the data and configuration to train with |
//! | `progress` | progress messages of commands that take long |
//! | `training_args` | the training options of commands that draw |
//! | `font_args` | the option `--font`, and the note on installed fonts in a figure |
//! | `figure_subject` | the content of a figure and its file |
//! | `figure_args` | the options for the content and the style of figures |
//! | `data` | how a table is read |
//! | `presets`, `new`, `show`, `set`, `forward`, `code`, `describe`, `link` | one command each |
//! | `train`, `gradients` | the commands for training |
//! | `lesson_arg`, `lesson_print`, `lesson_summary`, `lesson` | the commands for lessons |
//! | `figure_rows` | one figure for each row of a CSV file |
//! | `figure`, `animate`, `article_figures`, `fonts` | the commands for figures |
//! | `args` | the arguments of the program; [`parse_args`] parses them |
//!
//! Neither preferences nor the locale change the output of a command. Errors exit with code 2, and then
//! nothing has been written.

pub(crate) mod animate;
pub(crate) mod args;
pub(crate) mod article_figures;
pub(crate) mod code;
pub(crate) mod data;
pub(crate) mod describe;
pub mod display;
pub(crate) mod document_arg;
pub(crate) mod figure;
pub(crate) mod figure_args;
pub(crate) mod figure_rows;
pub(crate) mod figure_subject;
pub(crate) mod font_args;
pub(crate) mod fonts;
pub(crate) mod forward;
pub(crate) mod gradients;
pub(crate) mod hyperparameter_args;
pub(crate) mod lesson;
pub(crate) mod lesson_arg;
pub(crate) mod lesson_print;
pub(crate) mod lesson_summary;
pub(crate) mod link;
pub(crate) mod new;
pub(crate) mod output;
pub(crate) mod presets;
pub(crate) mod progress;
pub(crate) mod set;
pub(crate) mod show;
pub(crate) mod table_args;
pub(crate) mod train;
pub(crate) mod training_args;
pub(crate) mod training_job;
pub(crate) mod values;

pub use args::{Request, parse_args};
pub use output::{exit_code, print};
