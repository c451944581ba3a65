//! CSV tables as datasets, with unreadable rows and hostile text.

use std::path::Path;

use neurodial_core::data::{ColumnSelection, LoadedTable, SkippedRow, TableError, TableOptions, table};
use neurodial_core::formats::data_files::{data_path, read_table_at};
use neurodial_core::session::training_config::TableFile;
use proptest::prelude::*;

use crate::support::datasets::{class_names, labels, numbers};

fn read(text: &str) -> LoadedTable {
    table::read(text, &ColumnSelection::default()).unwrap()
}

#[test]
fn csv_files_of_different_spreadsheets_are_read_alike() {
    let expected = read("a,b,kind\n1.5,2,x\n-3,0.25,y\n").dataset;
    assert_eq!(expected.inputs(), [1.5, -3.0, 2.0, 0.25]);
    assert_eq!(class_names(&expected), ["x", "y"]);
    for text in [
        "\u{feff}a;b;kind\r\n1,5;2;x\r\n\r\n-3;0,25;y",
        "a\tb\tkind\r1.5\t2\tx\r−3\t1/4\ty\r",
        "\n\"a\",\"b\",\"kind\"\n\"1.5\",2,\"x\"\n -3 , .25 ,y\n\n",
        "a,b,kind\n1.5e0,200e-2,x\n-3,+0.25,y\n",
    ] {
        assert_eq!(read(text).dataset, expected, "{text:?}");
    }
    let unnamed = read("1.5,2,x\n-3,0.25,y\n").dataset;
    assert_eq!(
        (unnamed.inputs(), unnamed.feature_names()[0].as_str()),
        (expected.inputs(), "column 1")
    );
}

#[test]
fn class_names_are_sorted_alphabetically_and_numbers_by_value() {
    let names = |text: &str| {
        let data = read(text).dataset.into_classes().unwrap();
        (class_names(&data).join(" "), labels(&data).to_vec())
    };
    assert_eq!(
        names("a,y\n1,pear\n2,apple\n3,fig\n"),
        ("apple fig pear".into(), vec![2, 0, 1])
    );
    assert_eq!(
        names("a,y\n1,10\n2,9\n3,-1\n4,9.0\n"),
        ("-1 9 10".into(), vec![2, 1, 0, 1])
    );
    assert_eq!(names("a,y\n1,7\n2,no\n3,10\n"), ("10 7 no".into(), vec![1, 2, 0]));
}

#[test]
fn columns_are_selected_by_name_or_number() {
    let text = "id,height,weight,kind\nu,1,2,x\nv,3,4,y\n";
    let select = |target: Option<&str>, inputs: Option<&[&str]>| {
        let inputs = inputs.map(|inputs| inputs.iter().map(|&name| name.to_owned()).collect());
        let target = target.map(str::to_owned);
        table::read(
            text,
            &ColumnSelection {
                target,
                inputs,
                ..ColumnSelection::default()
            },
        )
    };
    let data = select(Some("KIND"), Some(&["3", "height"])).unwrap().dataset;
    assert_eq!(data.inputs(), [2.0, 4.0, 1.0, 3.0]);
    let data = select(Some("height"), Some(&["weight"])).unwrap().dataset;
    assert_eq!(numbers(&data), [1.0, 3.0]);
    assert_eq!(select(None, None), Err(TableError::NonNumericInput("id".into())));
    assert!(matches!(
        select(Some("age"), None),
        Err(TableError::UnknownColumn { .. })
    ));
    assert!(matches!(
        select(Some("5"), None),
        Err(TableError::UnknownColumn { .. })
    ));
    assert_eq!(
        select(Some("kind"), Some(&["kind"])),
        Err(TableError::TargetAmongInputs("kind".into()))
    );
}

#[test]
fn unreadable_rows_are_reported_with_their_line_numbers() {
    let text = "a,b,kind\n1,2,x\n\n,2,x\n1,two,y\n1,2\n1,2,3,4\n1,1e999,x\n1,nan,x\n4,5,\n6,7,y\n";
    let LoadedTable {
        dataset,
        skipped,
        skipped_count,
        ..
    } = read(text);
    assert_eq!((dataset.sample_count(), skipped_count), (2, 7));
    let reasons: Vec<String> = skipped.iter().map(SkippedRow::to_string).collect();
    assert_eq!(
        reasons,
        [
            "line 4, column “a”: there is no number",
            "line 5, column “b”: “two” is not a number; write it like 0.5, 0,5, 1/3 or -2e-3",
            "line 6 has 2 columns, but the first row has 3",
            "line 7 has 4 columns, but the first row has 3",
            "line 8, column “b”: “1e999” is too large",
            "line 9, column “b”: there is no number",
            "line 10, column “kind”: there is no target",
        ]
    );
    // A row with a line break in quotes takes two lines.
    let quoted = read("a,kind\n1,\"x\ny\"\nz,x\n2,x\n");
    assert_eq!((quoted.skipped[0].line, quoted.skipped_count), (4, 1));
}

#[test]
fn one_unreadable_number_does_not_turn_numeric_targets_into_classes() {
    let mut text = String::from("a,y\n");
    for row in 0..50 {
        text += &format!("{row},{}.5\n", row * row);
    }
    text += "7,12.5.\n";
    let loaded = read(&text);
    assert_eq!(numbers(&loaded.dataset).len(), 50);
    assert_eq!((loaded.skipped[0].line, loaded.skipped_count), (52, 1));
}

#[test]
fn text_that_is_not_a_table_is_refused() {
    for text in [
        "",
        "\n\n",
        "a\n1\n",
        "a,b\n",
        "a,b\n,\n",
        "a,b\nx,y\n",
        ",,,,\n,,,,\n",
        "\"",
        "\u{feff}",
    ] {
        assert!(
            table::read(text, &ColumnSelection::default()).is_err(),
            "{text:?}"
        );
    }
    let wide = "a,".repeat(table::MAX_COLUMNS + 1);
    assert!(matches!(
        table::read(&wide, &ColumnSelection::default()),
        Err(TableError::TooManyColumns(_))
    ));
}

#[test]
fn a_hundred_thousand_rows_are_read() {
    let mut text = String::from("a,b,kind\n");
    for row in 0..100_000 {
        text += &format!("{row},{}.25,k{}\n", row % 7, row % 3);
    }
    let data = read(&text).dataset;
    assert_eq!(
        (data.sample_count(), data.input(0)[99_999], data.input(1)[8]),
        (100_000, 99_999.0, 1.25)
    );
}

fn table_file(path: &Path) -> TableFile {
    TableFile {
        file: data_path(path).unwrap(),
        target: None,
        columns: None,
        options: TableOptions::default(),
        skips_unreadable_rows: true,
        checksum: 0,
    }
}

#[test]
fn a_large_file_is_read_like_its_text() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.csv");
    let rows = |line_end: &str, special_row: &dyn Fn(usize) -> Option<&'static str>| {
        let mut text = format!("\u{feff}a;b;y{line_end}");
        for row in 0..60_000 {
            match special_row(row) {
                Some(line) => text += line,
                None => text += &format!("{row};-{}e{};{}.5", row % 7, row % 3, row / 3),
            }
            text += line_end;
        }
        text
    };
    let late_word = |row: usize| (row == 41_234).then_some("1;two;3");
    let quoted = |row: usize| match row {
        30_000 => Some("1;\"2\";3"),
        30_001 => Some("1;2;\"3\n\""),
        41_234 => Some("1;two;3"),
        _ => None,
    };
    let bad_number = |row: usize| match row {
        17 => Some("1;2"),
        59_998 => Some("1;2;12.5."),
        _ => None,
    };
    let blank = |row: usize| match row {
        12_345 => Some("  \r\n\n"),
        50_000 => Some("x;1;2"),
        _ => None,
    };
    for (name, text, line) in [
        ("plain", rows("\n", &|_| None), None),
        ("a late word", rows("\n", &late_word), Some(41_236)),
        (
            "carriage returns and line feeds",
            rows("\r\n", &late_word),
            Some(41_236),
        ),
        ("carriage returns", rows("\r", &late_word), Some(41_236)),
        ("late quotes", rows("\n", &quoted), Some(41_237)),
        ("a bad number", rows("\n", &bad_number), Some(19)),
        ("blank rows", rows("\r\n", &blank), Some(50_004)),
    ] {
        std::fs::write(&path, &text).unwrap();
        let whole = read(&text);
        let (loaded, _) = read_table_at(&path, &table_file(&path), Vec::new()).unwrap();
        assert!(
            loaded == whole,
            "{name}: {:?} {:?}",
            loaded.skipped,
            whole.skipped
        );
        assert_eq!(loaded.skipped.first().map(|bad| bad.line), line, "{name}");
    }
}

#[test]
fn a_target_column_with_some_words_has_one_class_for_each_text() {
    // Every tenth target is a word, so all targets are classes, and the names of numbers are their text.
    let rows: String = (0..200)
        .map(|row| match row % 10 {
            0 => format!("{row},other\n"),
            _ => format!("{row},{}.0\n", row % 40),
        })
        .collect();
    let data = read(&format!("x,y\n{rows}")).dataset;
    let names = class_names(&data);
    assert_eq!((names.len(), names[0], names[36]), (37, "1.0", "other"));
    assert!(names.is_sorted());
    for (row, &label) in labels(&data).iter().enumerate() {
        let expected = match row % 10 {
            0 => "other".to_owned(),
            _ => format!("{}.0", row % 40),
        };
        assert_eq!(names[label], expected);
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "[-0-9a-c.,;\t\"\r\n /eE+é\u{0}]{0,80}") {
        if let Ok(LoadedTable { dataset, skipped, skipped_count, .. }) = table::read(&text, &ColumnSelection::default()) {
            prop_assert!(dataset.sample_count() >= 1 && dataset.inputs().iter().all(|x| x.is_finite()));
            prop_assert!(skipped.len() <= skipped_count);
            prop_assert!(skipped.iter().all(|row| row.line >= 1 && row.line <= text.lines().count() + text.matches('\r').count()));
        }
    }

    #[test]
    fn numbers_are_read_to_the_last_bit(value in any::<f64>().prop_filter("finite", |x| x.is_finite()), digits in 0_usize..18, whole in -1_000_000_000_i64..1_000_000_000) {
        let short = format!("{:.digits$}", whole as f64 / 1000.0);
        for text in [value.to_string(), format!("{value:e}"), short] {
            let read = read(&format!("a,y\n{text},1\n"));
            prop_assert_eq!(read.dataset.input(0)[0].to_bits(), text.parse::<f64>().unwrap().to_bits(), "{}", text);
        }
    }
}
