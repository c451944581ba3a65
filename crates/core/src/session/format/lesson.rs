//! Data and training settings as they stand in a document: `"data"` and `"training"`.
//!
//! Data that is made or bundled is its recipe, points set by hand are rows, and a file is its path.

use std::path::PathBuf;
use std::sync::Arc;

use serde::Deserialize;

use crate::data::{Feature, OwnPoint, PointTarget, Points};
use crate::learning::Penalty;
use crate::session::choice::{DataPath, PairFile, TableFile};
use crate::session::{Choice, Course, Source};
use crate::words::shortened;

use super::write::{number, quoted, row};
use super::{DocumentError, Object, error};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DataFile {
    set: Option<String>,
    file: Option<String>,
    checksum: Option<String>,
    target: Option<String>,
    columns: Option<Vec<String>>,
    skip_bad_rows: Option<bool>,
    inputs_file: Option<String>,
    targets_file: Option<String>,
    points: Option<Vec<Vec<serde_json::Value>>>,
    inputs: Option<Vec<String>>,
    classes: Option<Vec<String>>,
    samples: Option<usize>,
    noise: Option<f64>,
    seed: Option<u64>,
    test: Option<f64>,
    #[serde(default)]
    features: Vec<String>,
    standardise: Option<bool>,
    targets: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct TrainingFile {
    loss: Option<String>,
    l1: Option<f64>,
    l2: Option<f64>,
    optimizer: Option<String>,
    learning_rate: Option<f64>,
    schedule: Option<Schedule>,
    batch: Option<Batch>,
    epochs: Option<usize>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Schedule {
    Name(String),
    Factor(f64),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Batch {
    Samples(usize),
    Name(String),
}

/// The course of a document; data in files has not been read.
pub(super) fn course_of(
    data: Option<Object<DataFile>>,
    training: Option<Object<TrainingFile>>,
) -> Result<Option<Arc<Course>>, DocumentError> {
    let Some(Object(data)) = data else {
        return match training {
            Some(_) => error("\"training\" has no \"data\" beside it to learn from"),
            None => Ok(None),
        };
    };
    let Object(training) = training.unwrap_or(Object(TrainingFile::default()));
    let source = source_of(&data)?;
    let mut choice = Choice::of(source);
    set_data(&mut choice, data)?;
    set_training(&mut choice, training)?;
    let checked = choice.check();
    let course = match choice.source.is_file() {
        true => {
            let reason = format!("{} has not been read", choice.source.name());
            checked.map(|()| Course::without_data(choice, reason))
        }
        false => Course::new(choice),
    };
    match course {
        Ok(course) => Ok(Some(Arc::new(course))),
        Err(e) => error(format!("\"data\" and \"training\": {e}")),
    }
}

fn in_data<T, E: std::fmt::Display>(key: &str, result: Result<T, E>) -> Result<T, DocumentError> {
    result.map_err(|e| DocumentError(format!("\"data\", \"{key}\": {e}")))
}

fn in_training<T, E: std::fmt::Display>(key: &str, result: Result<T, E>) -> Result<T, DocumentError> {
    result.map_err(|e| DocumentError(format!("\"training\", \"{key}\": {e}")))
}

fn path_of(written: &str) -> DataPath {
    DataPath {
        path: PathBuf::from(written),
        written: written.to_owned(),
    }
}

fn source_of(data: &DataFile) -> Result<Source, DocumentError> {
    let checksum = match &data.checksum {
        Some(text) => in_data(
            "checksum",
            u64::from_str_radix(text, 16)
                .map_err(|_| format!("“{}” is no hexadecimal number", shortened(text))),
        )?,
        None => 0,
    };
    let source = match (&data.set, &data.file, &data.points, &data.inputs_file) {
        (Some(name), None, None, None) => match Source::named(name) {
            Some(source) => source,
            None => {
                let names: Vec<String> = Source::all().map(|source| source.name()).collect();
                return error(format!(
                    "\"data\": there is no set “{}”; the sets are {}",
                    shortened(name),
                    names.join(", ")
                ));
            }
        },
        (None, Some(file), None, None) => Source::Table(TableFile {
            file: path_of(file),
            target: data.target.clone(),
            columns: data.columns.clone(),
            skips_bad_rows: data.skip_bad_rows.unwrap_or(false),
            checksum,
        }),
        (None, None, Some(rows), None) => Source::Own(Arc::new(points_of(data, rows)?)),
        (None, None, None, Some(inputs)) => {
            let Some(targets) = &data.targets_file else {
                return error("\"data\": \"inputs_file\" has no \"targets_file\" beside it");
            };
            Source::Pair(PairFile {
                inputs: path_of(inputs),
                targets: path_of(targets),
                checksum,
            })
        }
        (None, None, None, None) => {
            return error(
                "\"data\" says with \"set\", \"file\", \"points\" or \"inputs_file\" what it is; give one of them",
            );
        }
        _ => {
            return error(
                "\"data\": \"set\", \"file\", \"points\" and \"inputs_file\" exclude each other; give one of them",
            );
        }
    };
    check_keys(data, &source)?;
    Ok(source)
}

/// Refuses keys that belong to another kind of data.
fn check_keys(data: &DataFile, source: &Source) -> Result<(), DocumentError> {
    let (is_table, is_pair) = (
        matches!(source, Source::Table(_)),
        matches!(source, Source::Pair(_)),
    );
    let (is_own, is_made) = (
        matches!(source, Source::Own(_)),
        matches!(source, Source::Made(_)),
    );
    let keys = [
        ("target", data.target.is_some(), is_table || is_own),
        ("columns", data.columns.is_some(), is_table),
        ("skip_bad_rows", data.skip_bad_rows.is_some(), is_table),
        ("checksum", data.checksum.is_some(), is_table || is_pair),
        ("targets_file", data.targets_file.is_some(), is_pair),
        ("inputs", data.inputs.is_some(), is_own),
        ("classes", data.classes.is_some(), is_own),
        ("samples", data.samples.is_some(), is_made),
        ("noise", data.noise.is_some(), is_made),
    ];
    match keys.iter().find(|(_, is_given, fits)| *is_given && !fits) {
        Some((key, ..)) => error(format!("\"data\": \"{key}\" belongs to another kind of data")),
        None => Ok(()),
    }
}

fn points_of(data: &DataFile, rows: &[Vec<serde_json::Value>]) -> Result<Points, DocumentError> {
    let target = match (&data.classes, &data.target) {
        (Some(classes), None) => PointTarget::Classes(classes.clone()),
        (None, target) => PointTarget::Number(target.clone().unwrap_or_else(|| "y".to_owned())),
        (Some(_), Some(_)) => {
            return error("\"data\": points have either \"classes\" or a \"target\"; give one of them");
        }
    };
    let inputs = match (&data.inputs, rows.first()) {
        (Some(names), _) => names.clone(),
        (None, Some(row)) if row.len() == 2 => vec!["x".to_owned()],
        (None, _) => vec!["x1".to_owned(), "x2".to_owned()],
    };
    let point = |(index, row): (usize, &Vec<serde_json::Value>)| {
        let refused =
            |what: &str| DocumentError(format!("\"data\", \"points\", entry {}: {what}", index + 1));
        let (last, first) = row.split_last().ok_or_else(|| refused("there is nothing"))?;
        let inputs: Option<Vec<f64>> = first.iter().map(serde_json::Value::as_f64).collect();
        let inputs = inputs.ok_or_else(|| refused("an input is no number"))?;
        let target = match &target {
            PointTarget::Number(_) => last.as_f64().ok_or_else(|| refused("the target is no number"))?,
            PointTarget::Classes(classes) => {
                let class = classes
                    .iter()
                    .position(|class| Some(class.as_str()) == last.as_str());
                class.ok_or_else(|| refused("its last entry is none of the \"classes\""))? as f64
            }
        };
        Ok(OwnPoint { inputs, target })
    };
    let points: Vec<OwnPoint> = rows.iter().enumerate().map(point).collect::<Result<_, _>>()?;
    in_data("points", Points::new(inputs, target, points))
}

fn set_data(choice: &mut Choice, data: DataFile) -> Result<(), DocumentError> {
    let set = |slot: &mut f64, value: Option<f64>| *slot = value.unwrap_or(*slot);
    choice.samples = data.samples.unwrap_or(choice.samples);
    set(&mut choice.noise, data.noise);
    set(&mut choice.test, data.test);
    choice.seed = data.seed.unwrap_or(choice.seed);
    choice.is_standardised = data.standardise.unwrap_or(choice.is_standardised);
    let features = data.features.iter().map(|text| text.parse::<Feature>());
    choice.features = in_data("features", features.collect::<Result<_, _>>())?;
    choice.has_classes = match data.targets.as_deref() {
        None | Some("numbers") => false,
        Some("classes") => true,
        Some(other) => {
            let reason = format!("“{}” is neither numbers nor classes", shortened(other));
            return in_data("targets", Err(reason));
        }
    };
    Ok(())
}

fn set_training(choice: &mut Choice, training: TrainingFile) -> Result<(), DocumentError> {
    if let Some(loss) = &training.loss {
        choice.loss = Some(in_training("loss", loss.parse())?);
    }
    if let Some(optimizer) = &training.optimizer {
        choice.optimizer = in_training("optimizer", optimizer.parse())?;
        choice.learning_rate = choice.optimizer.usual_rate();
    }
    if let Some(rate) = training.learning_rate {
        choice.learning_rate = rate;
    }
    choice.penalty = Penalty {
        l1: training.l1.unwrap_or(0.0),
        l2: training.l2.unwrap_or(0.0),
    };
    if let Some(schedule) = training.schedule {
        let text = match schedule {
            Schedule::Name(name) => name,
            Schedule::Factor(factor) => factor.to_string(),
        };
        choice.schedule = in_training("schedule", text.parse())?;
    }
    match training.batch {
        None => {}
        Some(Batch::Samples(samples)) => choice.batch = Some(samples),
        Some(Batch::Name(name)) if name == "all" => choice.batch = None,
        Some(Batch::Name(name)) => {
            let reason = format!("“{}” is neither a whole number nor all", shortened(&name));
            return in_training("batch", Err(reason));
        }
    }
    choice.epochs = training.epochs.unwrap_or(choice.epochs);
    Ok(())
}

/// The two fields of a course; `name` says how the document names a file.
pub(super) fn write(course: &Course, name: &dyn Fn(&DataPath) -> String) -> [String; 2] {
    let choice = course.choice();
    let mut data = source_fields(&choice.source, name);
    let text = |text: &str| quoted(text);
    let texts = |all: &[String]| {
        let all: Vec<String> = all.iter().map(|one| quoted(one)).collect();
        format!("[{}]", all.join(", "))
    };
    if matches!(choice.source, Source::Made(_)) {
        data.push(format!("\"samples\": {}", choice.samples));
        data.push(format!("\"noise\": {}", number(choice.noise)));
    }
    data.push(format!("\"seed\": {}", choice.seed));
    data.push(format!("\"test\": {}", number(choice.test)));
    if !choice.features.is_empty() {
        let features: Vec<String> = choice.features.iter().map(Feature::to_string).collect();
        data.push(format!("\"features\": {}", texts(&features)));
    }
    data.push(format!("\"standardise\": {}", choice.is_standardised));
    if choice.has_classes {
        data.push("\"targets\": \"classes\"".to_owned());
    }
    let mut training = Vec::new();
    if let Some(loss) = choice.loss {
        training.push(format!("\"loss\": {}", text(loss.name())));
    }
    let Penalty { l1, l2 } = choice.penalty;
    training.push(format!("\"l1\": {}, \"l2\": {}", number(l1), number(l2)));
    training.push(format!("\"optimizer\": {}", text(choice.optimizer.name())));
    training.push(format!("\"learning_rate\": {}", number(choice.learning_rate)));
    training.push(match choice.schedule {
        crate::learning::Schedule::Decay(factor) => format!("\"schedule\": {}", number(factor)),
        named => format!("\"schedule\": {}", text(&named.to_string())),
    });
    training.push(match choice.batch {
        Some(samples) => format!("\"batch\": {samples}"),
        None => "\"batch\": \"all\"".to_owned(),
    });
    training.push(format!("\"epochs\": {}", choice.epochs));
    [
        format!("\"data\": {{{}}}", data.join(", ")),
        format!("\"training\": {{{}}}", training.join(", ")),
    ]
}

fn source_fields(source: &Source, name: &dyn Fn(&DataPath) -> String) -> Vec<String> {
    let checksum = |sum: u64| format!("\"checksum\": \"{sum:016x}\"");
    let texts = |all: &[String]| {
        let all: Vec<String> = all.iter().map(|one| quoted(one)).collect();
        format!("[{}]", all.join(", "))
    };
    match source {
        Source::Made(_) | Source::Bundled(_) => vec![format!("\"set\": {}", quoted(&source.name()))],
        Source::Table(table) => {
            let mut fields = vec![format!("\"file\": {}", quoted(&name(&table.file)))];
            if let Some(target) = &table.target {
                fields.push(format!("\"target\": {}", quoted(target)));
            }
            if let Some(columns) = &table.columns {
                fields.push(format!("\"columns\": {}", texts(columns)));
            }
            if table.skips_bad_rows {
                fields.push("\"skip_bad_rows\": true".to_owned());
            }
            fields.push(checksum(table.checksum));
            fields
        }
        Source::Pair(pair) => vec![
            format!("\"inputs_file\": {}", quoted(&name(&pair.inputs))),
            format!("\"targets_file\": {}", quoted(&name(&pair.targets))),
            checksum(pair.checksum),
        ],
        Source::Own(points) => {
            let rows = points.points().iter().map(|point| {
                let inputs = row(&point.inputs);
                let target = match points.target() {
                    PointTarget::Number(_) => number(point.target),
                    PointTarget::Classes(classes) => quoted(&classes[point.target as usize]),
                };
                format!("\n    {}, {target}]", inputs.trim_end_matches(']'))
            });
            let rows = rows.collect::<Vec<_>>().join(",");
            let kind = match points.target() {
                PointTarget::Number(name) => format!("\"target\": {}", quoted(name)),
                PointTarget::Classes(classes) => format!("\"classes\": {}", texts(classes)),
            };
            let names = format!("\"inputs\": {}", texts(points.names()));
            vec![format!("\"points\": [{rows}]"), names, kind]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Generator;

    #[test]
    fn every_set_has_one_name() {
        for source in Source::all() {
            assert_eq!(Source::named(&source.name()), Some(source));
        }
        assert_eq!(Source::named("spiral"), Some(Source::Made(Generator::Spiral)));
    }
}
