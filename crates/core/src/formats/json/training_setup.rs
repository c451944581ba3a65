//! Training data and settings in a document: the fields `"data"` and `"training"`.
//!
//! Generated and bundled data are stored by name and parameters, custom points as rows, and data files as
//! paths.

use std::path::PathBuf;
use std::sync::Arc;

use crate::data::custom_points::MAX_POINTS;
use crate::data::table::MAX_COLUMNS;
use crate::data::table_options::{HeaderChoice, Separator, TableOptions};
use crate::data::{ComputedFeature, CustomPoint, CustomPoints, CustomPointsError, PointTarget};
use crate::formats::file::DocumentError;
use crate::network::architecture::MAX_WIDTH;
use crate::session::training_config::{DataPath, PairFile, TableFile};
use crate::session::{DataSource, TrainingConfig, TrainingSetup, TrainingSetupError};
use crate::text::{Localized, SharedText, shortened};
use crate::training::{LearningRateSchedule, Regularization, StoppingCriteria};

use super::document_file::{
    BatchFile, Counted, DataFile, JsonObject, Number, PointCell, PointsFile, ScheduleFile, TrainingFile,
    WholeNumber,
};
use super::json_error::{JsonError, PointProblem, error};

/// Returns the training setup of a document. Data files are not read yet.
pub(super) fn training_setup_from_file(
    data: Option<JsonObject<DataFile>>,
    training: Option<JsonObject<TrainingFile>>,
) -> Result<Option<Arc<TrainingSetup>>, DocumentError> {
    let Some(JsonObject(data)) = data else {
        return match training {
            Some(_) => error(JsonError::TrainingAlone),
            None => Ok(None),
        };
    };
    let JsonObject(training) = training.unwrap_or(JsonObject(TrainingFile::default()));
    let source = source_from_file(&data)?;
    let mut config = TrainingConfig::new(source);
    set_data(&mut config, data)?;
    set_training(&mut config, training)?;
    let checked = config.check();
    let setup = match config.source.is_file() {
        true => {
            let reason = SharedText::new(TrainingSetupError::NotRead(config.source.name()));
            checked.map(|()| TrainingSetup::without_data(config, reason))
        }
        false => TrainingSetup::new(config),
    };
    match setup {
        Ok(setup) => Ok(Some(Arc::new(setup))),
        Err(e) => error(JsonError::Training(e)),
    }
}

/// Adds the field `"data"` and its `key` to an error.
fn with_data_context<T, E: Localized + Send + Sync + 'static>(
    key: &'static str,
    result: Result<T, E>,
) -> Result<T, JsonError> {
    result.map_err(|e| JsonError::DataKey {
        key,
        error: SharedText::new(e),
    })
}

/// Adds the field `"training"` and its `key` to an error.
fn with_training_context<T, E: Localized + Send + Sync + 'static>(
    key: &'static str,
    result: Result<T, E>,
) -> Result<T, JsonError> {
    result.map_err(|e| JsonError::TrainingKey {
        key,
        error: SharedText::new(e),
    })
}

fn data_path(written: &str) -> DataPath {
    DataPath {
        path: PathBuf::from(written),
        path_in_document: written.to_owned(),
    }
}

fn source_from_file(data: &DataFile) -> Result<DataSource, DocumentError> {
    let checksum = match &data.checksum {
        Some(text) => u64::from_str_radix(text, 16).map_err(|_| JsonError::Checksum(shortened(text)))?,
        None => 0,
    };
    let given = (
        &data.set,
        &data.condition,
        &data.file,
        &data.points,
        &data.inputs_file,
    );
    let source = match given {
        (Some(name), None, None, None, None) => match DataSource::from_name(name) {
            Some(source) => source,
            None => return error(JsonError::Dataset(shortened(name))),
        },
        (None, Some(text), None, None, None) => {
            DataSource::Condition(Arc::new(with_data_context("condition", text.parse())?))
        }
        (None, None, Some(file), None, None) => DataSource::Table(TableFile {
            options: options_from_file(data)?,
            file: data_path(file),
            target: data.target.clone(),
            columns: data.columns.clone(),
            skips_unreadable_rows: data.skip_bad_rows.unwrap_or(false),
            checksum,
        }),
        (None, None, None, Some(rows), None) => DataSource::Custom(Arc::new(points_from_rows(data, rows)?)),
        (None, None, None, None, Some(inputs)) => {
            let Some(targets) = &data.targets_file else {
                return error(JsonError::NoTargetsFile);
            };
            DataSource::Pair(PairFile {
                inputs: data_path(inputs),
                targets: data_path(targets),
                checksum,
            })
        }
        (None, None, None, None, None) => return error(JsonError::NoSource),
        _ => return error(JsonError::SeveralSources),
    };
    check_keys(data, &source)?;
    Ok(source)
}

/// Returns the choices by which a table is read.
fn options_from_file(data: &DataFile) -> Result<TableOptions, DocumentError> {
    fn parsed<T, E: Localized + Send + Sync + 'static>(
        key: &'static str,
        text: &Option<String>,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Result<Option<T>, JsonError> {
        with_data_context(key, text.as_deref().map(parse).transpose())
    }
    const MAX_MISSING_WORDS: usize = 1_000;
    let columns = data.columns.as_ref().map_or(0, Vec::len);
    for (key, found, limit) in [
        ("missing", data.missing.len(), MAX_MISSING_WORDS),
        ("columns", columns, MAX_COLUMNS),
    ] {
        if found > limit {
            return error(JsonError::TooManyEntries { key, found, limit });
        }
    }
    let options = TableOptions {
        encoding: parsed("encoding", &data.encoding, TableOptions::parse_encoding)?,
        separator: parsed("separator", &data.separator, str::parse)?,
        decimal: parsed("decimal", &data.decimal, str::parse)?,
        thousands: parsed("thousands", &data.thousands, TableOptions::parse_thousands)?,
        dates: parsed("dates", &data.dates, str::parse)?,
        header: parsed("header", &data.header, str::parse)?,
        comment: parsed("comment", &data.comment, TableOptions::parse_comment)?,
        missing: data.missing.clone(),
        sheet: data.sheet.clone(),
        merges_classes: data.merge_classes.unwrap_or(false),
    };
    with_data_context("thousands", options.check())?;
    Ok(options)
}

/// Rejects fields that belong to another kind of data source.
fn check_keys(data: &DataFile, source: &DataSource) -> Result<(), DocumentError> {
    let (is_table, is_pair) = (
        matches!(source, DataSource::Table(_)),
        matches!(source, DataSource::Pair(_)),
    );
    let (is_own, is_made) = (matches!(source, DataSource::Custom(_)), source.is_generated());
    let keys = [
        ("target", data.target.is_some(), is_table || is_own),
        ("columns", data.columns.is_some(), is_table),
        ("encoding", data.encoding.is_some(), is_table),
        ("separator", data.separator.is_some(), is_table),
        ("decimal", data.decimal.is_some(), is_table),
        ("thousands", data.thousands.is_some(), is_table),
        ("dates", data.dates.is_some(), is_table),
        ("header", data.header.is_some(), is_table),
        ("comment", data.comment.is_some(), is_table),
        ("missing", !data.missing.is_empty(), is_table),
        ("sheet", data.sheet.is_some(), is_table),
        ("merge_classes", data.merge_classes.is_some(), is_table),
        ("skip_bad_rows", data.skip_bad_rows.is_some(), is_table),
        ("checksum", data.checksum.is_some(), is_table || is_pair),
        ("targets_file", data.targets_file.is_some(), is_pair),
        ("inputs", data.inputs.is_some(), is_own),
        ("classes", data.classes.is_some(), is_own),
        ("samples", data.samples.is_some(), is_made),
        ("noise", data.noise.is_some(), is_made),
    ];
    match keys.iter().find(|(_, is_given, fits)| *is_given && !fits) {
        Some((key, ..)) => error(JsonError::OtherSource(key)),
        None => Ok(()),
    }
}

fn points_from_rows(data: &DataFile, rows: &PointsFile) -> Result<CustomPoints, DocumentError> {
    if rows.count > MAX_POINTS {
        return Ok(with_data_context(
            "points",
            Err(CustomPointsError::TooMany(rows.count)),
        )?);
    }
    let rows = &rows.entries;
    let target = match (&data.classes, &data.target) {
        (Some(classes), None) => PointTarget::Classes(classes.clone()),
        (None, target) => PointTarget::Number(target.clone().unwrap_or_else(|| "y".to_owned())),
        (Some(_), Some(_)) => {
            return error(JsonError::PointTargets);
        }
    };
    with_data_context("classes", target.check())?;
    let inputs = match (&data.inputs, rows.first()) {
        (Some(names), _) => names.clone(),
        (None, Some(row)) if row.count == 2 => vec!["x".to_owned()],
        (None, _) => vec!["x1".to_owned(), "x2".to_owned()],
    };
    let number = |cell: &PointCell| match cell {
        PointCell::Number(number) => Some(*number),
        PointCell::Text(_) | PointCell::Other => None,
    };
    let point = |(index, row): (usize, &Counted<PointCell, 4>)| {
        let refused = |problem| JsonError::Point {
            number: index + 1,
            problem,
        };
        let (last, first) = row
            .entries
            .split_last()
            .ok_or_else(|| refused(PointProblem::Empty))?;
        let inputs: Option<Vec<f64>> = first.iter().map(number).collect();
        let inputs = inputs.ok_or_else(|| refused(PointProblem::Input))?;
        let target = match &target {
            PointTarget::Number(_) => number(last).ok_or_else(|| refused(PointProblem::Target))?,
            PointTarget::Classes(classes) => {
                let class = classes
                    .iter()
                    .position(|class| matches!(last, PointCell::Text(name) if name == class));
                class.ok_or_else(|| refused(PointProblem::Class))? as f64
            }
        };
        Ok(CustomPoint { inputs, target })
    };
    let points = rows
        .iter()
        .enumerate()
        .map(point)
        .collect::<Result<_, JsonError>>()?;
    Ok(with_data_context(
        "points",
        CustomPoints::new(inputs, target, points),
    )?)
}

fn set_data(config: &mut TrainingConfig, data: DataFile) -> Result<(), DocumentError> {
    let set = |slot: &mut f64, value: Option<Number>| *slot = value.map_or(*slot, |number| number.0);
    config.samples = data.samples.map_or(config.samples, WholeNumber::count);
    set(&mut config.noise, data.noise);
    set(&mut config.test_fraction, data.test);
    config.seed = data.seed.map_or(config.seed, |seed| seed.0);
    config.is_standardized = data.standardise.unwrap_or(config.is_standardized);
    if data.features.len() > MAX_WIDTH {
        return error(JsonError::TooManyEntries {
            key: "features",
            found: data.features.len(),
            limit: MAX_WIDTH,
        });
    }
    let features = data.features.iter().map(|text| text.parse::<ComputedFeature>());
    config.features = with_data_context("features", features.collect::<Result<_, _>>())?;
    config.has_class_targets = match data.targets.as_deref() {
        None | Some("numbers") => false,
        Some("classes") => true,
        Some(other) => {
            return error(JsonError::Targets(shortened(other)));
        }
    };
    Ok(())
}

fn set_training(config: &mut TrainingConfig, training: TrainingFile) -> Result<(), DocumentError> {
    if let Some(loss) = &training.loss {
        config.loss = Some(with_training_context("loss", loss.parse())?);
    }
    if let Some(optimizer) = &training.optimizer {
        config.optimizer = with_training_context("optimizer", optimizer.parse())?;
        config.learning_rate = config.optimizer.default_learning_rate();
    }
    if let Some(Number(rate)) = training.learning_rate {
        config.learning_rate = rate;
    }
    config.regularization = Regularization {
        l1: training.l1.map_or(0.0, |number| number.0),
        l2: training.l2.map_or(0.0, |number| number.0),
    };
    if let Some(schedule) = training.schedule {
        let text = match schedule {
            ScheduleFile::Name(name) => name,
            ScheduleFile::Factor(factor) => factor.to_string(),
        };
        config.schedule = with_training_context("schedule", text.parse())?;
    }
    match training.batch {
        None => {}
        Some(BatchFile::Samples(samples)) => config.batch_size = Some(samples),
        Some(BatchFile::Name(name)) if name == "all" => config.batch_size = None,
        Some(BatchFile::Name(name)) => {
            return error(JsonError::BatchSize(shortened(&name)));
        }
    }
    config.epochs = training.epochs.map_or(config.epochs, WholeNumber::count);
    config.stopping = StoppingCriteria {
        target_loss: training.stop_at_loss.map(|number| number.0),
        target_accuracy: training.stop_at_accuracy.map(|number| number.0),
        patience: training.patience.map(WholeNumber::count),
        test_patience: training.test_patience.map(WholeNumber::count),
    };
    Ok(())
}

/// Returns the fields of a training setup. `name` returns the path to write for a data file.
pub(super) fn training_setup_to_file(
    setup: &TrainingSetup,
    name: &dyn Fn(&DataPath) -> String,
) -> (DataFile, TrainingFile) {
    let config = setup.config();
    let is_generated = config.source.is_generated();
    let data = DataFile {
        samples: is_generated.then_some(WholeNumber(config.samples as u64)),
        noise: is_generated.then_some(Number(config.noise)),
        seed: Some(WholeNumber(config.seed)),
        test: Some(Number(config.test_fraction)),
        features: config.features.iter().map(ComputedFeature::to_string).collect(),
        standardise: Some(config.is_standardized),
        targets: config.has_class_targets.then(|| "classes".to_owned()),
        ..source_to_file(&config.source, name)
    };
    let Regularization { l1, l2 } = config.regularization;
    let StoppingCriteria {
        target_loss,
        target_accuracy,
        patience,
        test_patience,
    } = config.stopping;
    let training = TrainingFile {
        loss: config.loss.map(|loss| loss.name().to_owned()),
        l1: Some(Number(l1)),
        l2: Some(Number(l2)),
        optimizer: Some(config.optimizer.name().to_owned()),
        learning_rate: Some(Number(config.learning_rate)),
        schedule: Some(match config.schedule {
            LearningRateSchedule::Exponential(factor) => ScheduleFile::Factor(factor),
            named => ScheduleFile::Name(named.to_string()),
        }),
        batch: Some(match config.batch_size {
            Some(samples) => BatchFile::Samples(samples),
            None => BatchFile::Name("all".to_owned()),
        }),
        epochs: Some(WholeNumber(config.epochs as u64)),
        stop_at_loss: target_loss.map(Number),
        stop_at_accuracy: target_accuracy.map(Number),
        patience: patience.map(|epochs| WholeNumber(epochs as u64)),
        test_patience: test_patience.map(|epochs| WholeNumber(epochs as u64)),
    };
    (data, training)
}

/// Returns the fields that say what the data is.
fn source_to_file(source: &DataSource, name: &dyn Fn(&DataPath) -> String) -> DataFile {
    let checksum = |sum: u64| Some(format!("{sum:016x}"));
    let unset = DataFile::default();
    match source {
        DataSource::Generated(_) | DataSource::Bundled(_) => DataFile {
            set: Some(source.name()),
            ..unset
        },
        DataSource::Condition(condition) => DataFile {
            condition: Some(condition.text().to_owned()),
            ..unset
        },
        DataSource::Table(table) => DataFile {
            file: Some(name(&table.file)),
            target: table.target.clone(),
            columns: table.columns.clone(),
            encoding: table.options.encoding.clone(),
            separator: table.options.separator.map(Separator::name),
            decimal: table.options.decimal.map(|sign| sign.character().to_string()),
            thousands: table.options.thousands.map(String::from),
            dates: table.options.dates.map(|dates| dates.name().to_owned()),
            header: table.options.header.map(HeaderChoice::text),
            comment: table.options.comment.map(TableOptions::comment_text),
            missing: table.options.missing.clone(),
            sheet: table.options.sheet.clone(),
            merge_classes: table.options.merges_classes.then_some(true),
            skip_bad_rows: table.skips_unreadable_rows.then_some(true),
            checksum: checksum(table.checksum),
            ..unset
        },
        DataSource::Pair(pair) => DataFile {
            inputs_file: Some(name(&pair.inputs)),
            targets_file: Some(name(&pair.targets)),
            checksum: checksum(pair.checksum),
            ..unset
        },
        DataSource::Custom(points) => {
            let (target, classes) = match points.target() {
                PointTarget::Number(name) => (Some(name.clone()), None),
                PointTarget::Classes(classes) => (None, Some(classes.clone())),
            };
            let row = |point: &CustomPoint| {
                let target = match &classes {
                    Some(classes) => PointCell::Text(classes[point.target as usize].clone()),
                    None => PointCell::Number(point.target),
                };
                let inputs = point.inputs.iter().map(|&input| PointCell::Number(input));
                inputs.chain([target]).collect::<Vec<_>>().into()
            };
            DataFile {
                points: Some(points.points().iter().map(row).collect::<Vec<_>>().into()),
                inputs: Some(points.input_names().to_vec()),
                target,
                classes,
                ..unset
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::DatasetGenerator;

    #[test]
    fn every_set_has_one_name() {
        for source in DataSource::all() {
            assert_eq!(DataSource::from_name(&source.name()), Some(source));
        }
        assert_eq!(
            DataSource::from_name("spiral"),
            Some(DataSource::Generated(DatasetGenerator::Spiral))
        );
    }
}
