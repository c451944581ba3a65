//! Tables as spreadsheets, pandas, NumPy and R write them: how each is read, or why it is refused.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use neurodial_core::data::table::{self, ColumnSelection, InputName};
use neurodial_core::data::{TableAnalysis, TableError, TableOptions, TableText, TableValue, table_text};
use neurodial_core::formats::data_files::read_source;
use neurodial_core::text::{Localized as _, Messages};
use proptest::prelude::*;

fn case(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/core/table_cases")
        .join(name)
}

/// Returns how a table is read, in one line: separator, header, columns with kind, missing cells and classes, rows.
fn summary(source: &TableText, options: &TableOptions) -> String {
    let analysis = match TableAnalysis::new(source, options, 1) {
        Ok(analysis) => analysis,
        Err(e) => return e.message(Messages::ENGLISH),
    };
    if let Err(e) = analysis.check_open_choices(0..analysis.columns.len()) {
        return e.message(Messages::ENGLISH);
    }
    let separator = analysis
        .separator
        .map_or_else(|| "-".to_owned(), |separator| separator.name());
    let header = analysis.header_line.unwrap_or(0);
    let columns: Vec<String> = analysis
        .columns
        .iter()
        .map(|column| {
            let missing = if column.missing > 0 {
                format!(" -{}", column.missing)
            } else {
                String::new()
            };
            let classes: Vec<String> = column
                .classes
                .iter()
                .map(|(name, count)| format!("{name}={count}"))
                .collect();
            let classes = if classes.is_empty() {
                String::new()
            } else {
                format!(" {}", classes.join(","))
            };
            format!("{}:{}{missing}{classes}", column.name, column.kind.name())
        })
        .collect();
    let skipped = match analysis.skipped_count {
        0 => String::new(),
        count => format!(" skipped {count} at {}", analysis.skipped[0].line),
    };
    format!(
        "{separator} @{header} [{}] {}{skipped}",
        columns.join(" | "),
        analysis.rows
    )
}

fn text_summary(text: &str) -> String {
    bytes_summary(text.as_bytes(), &TableOptions::default())
}

fn bytes_summary(bytes: &[u8], options: &TableOptions) -> String {
    match table_text::decode(bytes.to_vec(), options) {
        Ok(source) => summary(&source, options),
        Err(e) => e.message(Messages::ENGLISH),
    }
}

/// Returns the first rows, with missing cells as `-`.
fn values(text: &str, options: &TableOptions) -> Vec<String> {
    let source = table_text::decode(text.as_bytes().to_vec(), options).unwrap();
    let analysis = TableAnalysis::new(&source, options, 1).unwrap();
    let cell = |value: &TableValue| match value {
        TableValue::Number(number) => number.to_string(),
        TableValue::Text(text) => text.clone(),
        TableValue::Missing => "-".to_owned(),
    };
    let rows = analysis.values.iter();
    rows.map(|row| row.iter().map(cell).collect::<Vec<_>>().join(" "))
        .collect()
}

#[test]
fn the_shared_cases_are_read_or_refused() {
    for (name, expected) in [
        ("all-comma.csv", ", @1 [x:number | y:number | :empty -2] 2"),
        ("case.csv", ", @1 [x:number | y:class Yes=1,no=1,yes=1] 3"),
        ("comment.csv", ", @2 [x:number | y:number] 2"),
        ("comment2.csv", ", @2 [x:number | y:number] 2"),
        ("dash.csv", ", @1 [x:number | y:number -1] 3"),
        (
            "date.csv",
            "line 2, column “x”: “3/4” can be a fraction or a date",
        ),
        ("head-comma.csv", ", @1 [x:number | y:number | :empty"),
        ("intheader.csv", ", @1 [0:number | 1:number] 2"),
        ("latin1.csv", ", @1 [größe:number | y:number] 2"),
        ("na.csv", ", @1 [x:number | y:class AS=1,EU=1,NA=1] 3"),
        ("oneclass.csv", ", @1 [x:number | y:class no=2] 2"),
        ("pipe.csv", "| @1 [x:number | y:number] 2"),
        ("quote.csv", "the quote that opens on line 2 is not closed"),
        ("semi.csv", ", @1 [x (a; b):number | y:number] 2"),
        ("sep.csv", ", @2 [x:number | y:number] 2"),
        ("space.csv", "spaces @1 [x:number | y:number] 2"),
        (
            "thousands.csv",
            "line 2, column “y”: “1,000” can have thousands or decimals",
        ),
        (
            "thousands-mixed.csv",
            "line 2, column “y”: “1,000” can have thousands or decimals",
        ),
        (
            "thousands-row.csv",
            "line 2, column “x”: “1,000” can have thousands or decimals",
        ),
        ("utf16.csv", ", @1 [x:number | y:number] 1"),
        ("utf16nobom.csv", ", @1 [x:number | y:number] 2"),
        ("IRIS.data", ", @1 [Id:index | SepalLengthCm:number"),
    ] {
        let options = TableOptions::default();
        let found = match read_source(&case(name), &options) {
            Ok((source, _)) => summary(&source, &options),
            Err(e) => e.message(Messages::ENGLISH),
        };
        assert!(found.starts_with(expected), "{name}: {found}");
    }
}

#[test]
fn tables_of_many_programs_and_countries_are_read() {
    for (name, expected) in [
        (
            "xl-de.csv",
            "; @1 [Größe:number | Fläche:number | Bewertung:class gut=2,schön=1] 3",
        ),
        ("xl-acc.csv", ", @1 [item:class A=1,B=1,C=1 | amount:number] 3"),
        ("xl-dmy2.csv", "; @1 [day:date | y:number] 2"),
        ("xl-errors-de.csv", "; @1 [a:number -1 | b:number -4] 5"),
        ("xl-errors-es.csv", "; @1 [a:number -1 | b:number -2] 3"),
        ("lo-err.csv", ", @1 [a:number | b:number -1] 3"),
        (
            "xl-multiline.csv",
            ", @1 [text\nhere:class line 1\nline 2=2,other \"quoted\"=1 | y:number] 3",
        ),
        ("mac.csv", ", @1 [a:number | b:number] 2"),
        ("xl-ch.csv", "; @1 [Betrag:number | n:number] 2"),
        ("xl-fr2.csv", "; @1 [prix:number | n:number] 2"),
        (
            "xl-in.csv",
            ", @1 [city:class Delhi=1,Mumbai=1,Pune=1 | price:number] 3",
        ),
        ("xl-zhdate.csv", ", @1 [日期:date | 值:number] 2"),
        (
            "xl-jp.csv",
            ", @1 [日付:date | 売上:number | 種類:class みかん=1,りんご=1] 2",
        ),
        (
            "xl-big5.csv",
            ", @1 [名稱:class 白菜=1,蘋果=1,香蕉=1 | 數量:number | 種類:class 水果=2,蔬菜=1] 3",
        ),
        (
            "xl-titlepad.csv",
            ", @4 [region:class N=2,S=1 | units:number | price:number] 3",
        ),
        (
            "xl-titlepad2.csv",
            "; @3 [region:class N=2,S=1 | units:number | price:number | x:number] 3",
        ),
        ("footer.csv", ", @1 [a:number | b:number] 2 skipped 1 at 4"),
        ("pd-nat.csv", ", @1 [t:date -1 | y:number] 3"),
        ("pd-inf.csv", ", @1 [a:number | b:number] 3 skipped 2 at 2"),
        ("np-head.csv", ", @1 [a:number | b:number] 2"),
        (
            "r-table.txt",
            "spaces @1 [:class Datsun 710=1,Mazda RX4=1 | mpg:number | cyl:number | kind:class a=1,b=1] 2",
        ),
        (
            "r-csv2.csv",
            "; @1 [:index | Sepal.Length:number | Species:class setosa=1,virginica=1] 2",
        ),
        (
            "titanic.csv",
            ", @1 [PassengerId:index | Survived:number | Pclass:number | Name:text | Sex:class female=2,male=3 | Age:number -2 | Fare:number | Cabin:class -4 C85=1] 5",
        ),
        (
            "house.csv",
            ", @1 [Id:index | LotArea:number | Alley:class Grvl=1,NA=2,Pave=1 | PoolQC:class Ex=1,NA=3 | SalePrice:number] 4",
        ),
        (
            "adult.data",
            ", @0 [:number | :class -1 Private=1,Self-emp-not-inc=1,State-gov=1 | :number | :class 11th=1,Bachelors=2,HS-grad=1 | :number | :class <=50K=3,>50K=1] 4",
        ),
        (
            "auto-mpg.data",
            "spaces @0 [:number | :number | :number | :number -1 | :number | :number | :number | :number | :text] 3",
        ),
        (
            "mushroom.data",
            ", @0 [:class e=3,p=3 | :class b=1,x=5 | :class s=4,y=2 | :class n=2,w=2,y=2] 6",
        ),
        (
            "md.txt",
            "| @1 [:empty -2 | a:number | b:class x=1,y=1 | :empty -2] 2",
        ),
        ("psql.txt", "| @1 [a:number | b:number] 2 skipped 1 at 5"),
        ("spacequote.csv", ", @1 [a:number | b:class a, b=2,c, d=1] 3"),
        (
            "units.csv",
            ", @1 [time:number | temp:number | kind:class a=1,b=1] 2",
        ),
        (
            "wave.csv",
            ", @1 [400.0:number | 402.5:number | 405.0:number | label:class a=1,b=1] 2",
        ),
        (
            "datefrac.csv",
            "line 2, column “a”: “3/4” can be a fraction or a date, and no other cell decides; choose the order of dates, or no for fractions (option --dates)",
        ),
        ("conflict.csv", "; @1 [a:number | b:number] 2 skipped 1 at 2"),
        (
            "jsonl.csv",
            "this is a JSON file, not a table; export the table as CSV",
        ),
        (
            "arff.arff",
            "this is an ARFF file of Weka, not a table; save it as CSV",
        ),
        (
            "libsvm.txt",
            "this has rows of number:value pairs, as LIBSVM writes them; write every column, with zeros, as CSV",
        ),
        (
            "fullcomma.csv",
            ", @1 [身高:number | 体重:number | 类别:class a=1,b=1] 2",
        ),
        ("hash-id.csv", ", @1 [#:index | x:number | y:class a=2,b=1] 3"),
        ("frdate.csv", "; @1 [t:date | y:number] 3"),
        ("single-quotes.csv", ", @1 [a:number | b:class x, y=1,z=1] 2"),
        ("titlemany.txt", "tab @5 [time:number | temp:number] 3"),
        ("negacc.csv", ", @1 [a:number | b:number] 2"),
    ] {
        let options = TableOptions::default();
        let found = match read_source(&case(name), &options) {
            Ok((source, _)) => summary(&source, &options),
            Err(e) => e.message(Messages::ENGLISH),
        };
        assert!(found.ends_with(expected), "{name}: {found}");
    }
}

#[test]
fn layouts_are_recognized() {
    for (text, expected) in [
        // Separators.
        ("a;b\n1,5;2\n2,5;3\n", "; @1 [a:number | b:number] 2"),
        ("a\tb\n1\t2\n3\t4\n", "tab @1 [a:number | b:number] 2"),
        (
            "a  b   c\n1.5   2   x\n2.5  3 y\n",
            "spaces @1 [a:number | b:number | c:class x=1,y=1] 2",
        ),
        ("  1.0  2.0\n  3.0  4.0\n", "spaces @0 [:number | :number] 2"),
        (
            "a,b,c\n\"x; y\",1,2\n\"z; w\",3,4\n",
            ", @1 [a:class x; y=1,z; w=1 | b:number | c:number] 2",
        ),
        (
            "name,age\nAnn Lee,5\nBob Fox,6\nCy Ek,7\n",
            ", @1 [name:text | age:number] 3",
        ),
        ("sep=;\na;b\n1;2\n", "; @2 [a:number | b:number] 1"),
        // Headers.
        ("1,2\n3,4\n", ", @0 [:number | :number] 2"),
        ("0,1,2\n3,4,5\n6,7,8\n", ", @0 [:number | :number | :number] 3"),
        (",0,1\n0,5.5,6\n1,7,8\n", ", @1 [:index | 0:number | 1:number] 2"),
        ("0,1\n1,0\n", ", @0 [:number | :number] 2"),
        (
            "country,2019,2020\nFR,1.5,2\nDE,3,4\n",
            ", @1 [country:class DE=1,FR=1 | 2019:number | 2020:number] 2",
        ),
        (
            "Report of May\n\na,b,c\n1,2,x\n3,4,y\n",
            ", @3 [a:number | b:number | c:class x=1,y=1] 2",
        ),
        (
            "Report,,\n,,\na,b,c\n1,2,x\n3,4,y\n",
            ", @3 [a:number | b:number | c:class x=1,y=1] 2",
        ),
        ("# x y\n1 2\n3 4\n", "spaces @1 [x:number | y:number] 2"),
        ("% made by hand\n1 2\n3 4\n", "spaces @0 [:number | :number] 2"),
        (
            "length,mass\ncm,kg\n1,2\n3,4\n",
            ", @1 [length:number | mass:number] 2",
        ),
        (
            "\"x\" \"y\"\n\"1\" 0.5 2\n\"2\" 0.7 3\n",
            "spaces @1 [:index | x:number | y:number] 2",
        ),
        // Empty columns and rows.
        (
            "x,y,,\n1,2,,\n\n,,,\n3,4,,\n",
            ", @1 [x:number | y:number | :empty -2 | :empty -2] 2",
        ),
        ("x,y\n1,2,\n2,3,\n", ", @1 [x:number | y:number | :empty -2] 2"),
        // Index columns.
        (
            "Unnamed: 0,a,b\n0,5,1\n1,6,2\n",
            ", @1 [Unnamed: 0:index | a:number | b:number] 2",
        ),
        (
            "Id,a,b\n1,5,1\n2,6,2\n",
            ", @1 [Id:index | a:number | b:number] 2",
        ),
        (
            "Id,a,b\n7,5,1\n2,6,2\n",
            ", @1 [Id:number | a:number | b:number] 2",
        ),
        // Comments within the data.
        ("x,y\n1,2\n# a note\n3,4\n", ", @1 [x:number | y:number] 2"),
        (
            "color,y\n#ff0000,1\n#00ff00,2\n#0000ff,3\n",
            ", @1 [color:class #0000ff=1,#00ff00=1,#ff0000=1 | y:number] 3",
        ),
        // Line breaks in quotes.
        ("a,b\n\"1\n2\",3\n\"x\",4\n", ", @1 [a:class"),
    ] {
        let found = text_summary(text);
        assert!(found.starts_with(expected), "{text:?}\n{found}\n{expected}");
    }
}

#[test]
fn missing_cells_and_classes_are_told_apart() {
    for (text, expected) in [
        (
            "x,y\n1,NA\n,2\nN/A,nan\n-,#DIV/0!\n.,3\n2,null\n",
            ", @1 [x:number -4 | y:number -4] 6",
        ),
        (
            "x,y\n1,NA\n2,EU\n3,\n4,?\n",
            ", @1 [x:number | y:class -2 EU=1,NA=1] 4",
        ),
        ("x,y\n1,+\n2,-\n3,-\n", ", @1 [x:number | y:class +=1,-=2] 3"),
        (
            "x,y\n1,True\n2,False\n3,True\n",
            ", @1 [x:number | y:class False=1,True=2] 3",
        ),
        (
            "x,y\n1,2\n2,oops\n3,4\n4,5\n5,6\n",
            ", @1 [x:number | y:number] 4 skipped 1 at 3",
        ),
        (
            "x,y\n1,2\n2\n3,4,5\n4,5\n",
            ", @1 [x:number | y:number] 2 skipped 2 at 3",
        ),
        (
            "x,y\n1,2024-01-31\n2,2024-02-01\n3,\n",
            ", @1 [x:number | y:date -1] 3",
        ),
        ("x,y\n1,13/04/2024\n2,03/04/2024\n", ", @1 [x:number | y:date] 2"),
        (
            "x,y\n1,03/04/2024\n2,05/06/2024\n",
            "line 2, column “y”: the order of day and month",
        ),
        ("x,y\n1,3/4\n2,0.5\n", ", @1 [x:number | y:number] 2"),
        (
            "x;y\n1;1.234\n2;5.678\n",
            "line 2, column “y”: “1.234” can have thousands or decimals",
        ),
        ("x;y\n1;1.234\n2;5.6\n", "; @1 [x:number | y:number] 2"),
        ("x,y\n1,1.234\n2,5.678\n", ", @1 [x:number | y:number] 2"),
    ] {
        let found = text_summary(text);
        assert!(found.starts_with(expected), "{text:?}\n{found}\n{expected}");
    }
}

#[test]
fn numbers_are_read_in_the_notation_of_their_column() {
    let read = |text: &str| values(text, &TableOptions::default());
    assert_eq!(read("a;b\n1.234,5;50%\n2,25;7%\n"), ["1234.5 0.5", "2.25 0.07"]);
    assert_eq!(read("a;b\n1 234,5;1\n2,5;2\n"), ["1234.5 1", "2.5 2"]);
    assert_eq!(read("a,b\n\"$1,200\",1\n\"$15.50\",2\n"), ["1200 1", "15.5 2"]);
    assert_eq!(
        read("a,b\n\"1,234\",1\n\"1,234,567\",2\n"),
        ["1234 1", "1234567 2"]
    );
    assert_eq!(read("a;b\n1.234;1\n1.234.567;2\n"), ["1234 1", "1234567 2"]);
    assert_eq!(read("a,b\n\"1,5\",1\n\"2,25\",2\n"), ["1.5 1", "2.25 2"]);
    assert_eq!(
        read("a,b\n31.12.2024,1\n1.1.2025,2\n"),
        ["2024-12-31 1", "2025-01-01 2"]
    );
    assert_eq!(read("a,b\nNA,x\n3,y\n"), ["- x", "3 y"]);
    let options = TableOptions {
        decimal: Some(",".parse().unwrap()),
        missing: vec!["-999".to_owned()],
        ..TableOptions::default()
    };
    assert_eq!(values("a;b\n1,000;-999\n2,5;3\n", &options), ["1 -", "2.5 3"]);
}

#[test]
fn choices_are_followed() {
    let with = |text: &str, change: fn(&mut TableOptions)| {
        let mut options = TableOptions::default();
        change(&mut options);
        bytes_summary(text.as_bytes(), &options)
    };
    let thousands = "x,y\n1,\"1,000\"\n2,\"2,000\"\n";
    assert_eq!(
        with(thousands, |options| options.thousands = Some(',')),
        ", @1 [x:number | y:number] 2"
    );
    assert_eq!(
        with("1,2\n3,4\n", |options| options.header =
            Some("yes".parse().unwrap())),
        ", @1 [1:number | 2:number] 1"
    );
    assert_eq!(
        with("0,1\n9,8\n", |options| options.header =
            Some("no".parse().unwrap())),
        ", @0 [:number | :number] 2"
    );
    assert_eq!(
        with("t,u\nv,w\na,b\n1,2\n", |options| options.header =
            Some("3".parse().unwrap())),
        ", @3 [a:number | b:number] 1"
    );
    assert_eq!(
        with("a;b\n1;2\n", |options| options.separator =
            Some(",".parse().unwrap())),
        "- @1 [a;b:class 1;2=1] 1"
    );
    assert_eq!(
        with("x,y\n3/4,1\n1/2,2\n", |options| options.dates =
            Some("no".parse().unwrap())),
        ", @1 [x:number | y:number] 2"
    );
    assert_eq!(
        with("x,y\n1,Yes\n2,yes\n3,yes\n4,no\n", |options| options
            .merges_classes =
            true),
        ", @1 [x:number | y:class no=1,yes=3] 4"
    );
    assert_eq!(
        with("x,y\n!c\n1,2\n", |options| options.comment = Some('!')),
        ", @1 [x:number | y:number] 1"
    );
    assert_eq!(
        with("x,y\n1,none\n2,5\n", |options| options.missing =
            vec!["5".to_owned()]),
        ", @1 [x:number | y:empty -2] 2"
    );
}

#[test]
fn sheets_of_a_workbook_are_read() {
    let options = TableOptions::default();
    let (source, _) = read_source(&case("fruit.xlsx"), &options).unwrap();
    assert_eq!((source.encoding, source.sheets.len()), ("xlsx", 2));
    let first = summary(&source, &options);
    assert!(first.starts_with("- @1 ["), "{first}");
    let second = TableOptions {
        sheet: Some(source.sheets[1].clone()),
        ..options.clone()
    };
    let (other, _) = read_source(&case("fruit.xlsx"), &second).unwrap();
    assert_ne!(other.text, source.text);
    let none = TableOptions {
        sheet: Some("nothing".to_owned()),
        ..options
    };
    let error = read_source(&case("fruit.xlsx"), &none).unwrap_err().to_string();
    assert!(error.contains("there is no sheet “nothing”"), "{error}");
}

/// Writes an archive with these files.
fn archive(path: &Path, files: &[(&str, &str)]) {
    let mut zip = zip::ZipWriter::new(std::fs::File::create(path).unwrap());
    for (name, text) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
}

/// Returns the content of an OpenDocument spreadsheet with these rows.
fn open_document(rows: &str) -> String {
    let namespaces = ["office", "table", "text"]
        .map(|name| format!("xmlns:{name}=\"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0\""))
        .join(" ");
    format!(
        "<?xml version=\"1.0\"?><office:document-content {namespaces}><office:body><office:spreadsheet>\
         <table:table table:name=\"One\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
}

#[test]
fn open_document_spreadsheets_are_read_and_bombs_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.ods");
    let options = TableOptions::default();
    let text = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let number = |number: f64| {
        format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{number}\"><text:p>{number}</text:p></table:table-cell>"
        )
    };
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let rows = [
        row(&[text("size"), text("kind")]),
        row(&[number(1.5), text("a, b")]),
        row(&[number(1000.0), text("c")]),
        "<table:table-row table:number-rows-repeated=\"1048573\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>".to_owned(),
    ];
    let manifest = (
        "META-INF/manifest.xml",
        "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>",
    );
    let mime = ("mimetype", "application/vnd.oasis.opendocument.spreadsheet");
    archive(
        &path,
        &[mime, manifest, ("content.xml", &open_document(&rows.concat()))],
    );
    let (source, _) = read_source(&path, &options).unwrap();
    assert_eq!(
        summary(&source, &options),
        "- @1 [size:number | kind:class a, b=1,c=1] 2"
    );
    let filled = "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"float\" office:value=\"1\"/></table:table-row>";
    archive(&path, &[mime, manifest, ("content.xml", &open_document(filled))]);
    let error = read_source(&path, &options).unwrap_err().to_string();
    assert!(error.contains("too large"), "{error}");
    let zeros = " ".repeat(70 << 20);
    archive(
        &path,
        &[
            ("xl/workbook.xml", "<workbook/>"),
            ("xl/worksheets/sheet1.xml", &zeros),
        ],
    );
    let error = read_source(&path, &options).unwrap_err().to_string();
    assert!(error.contains("too large"), "{error}");
    archive(&path, &[("readme.txt", "nothing")]);
    let error = read_source(&path, &options).unwrap_err().to_string();
    assert!(error.contains("this is an archive, not a table"), "{error}");
}

fn named(names: &[&str]) -> Vec<InputName> {
    let name = |name: &&str| InputName {
        name: (*name).to_owned(),
        is_given: true,
    };
    names.iter().map(name).collect()
}

#[test]
fn columns_are_matched_by_the_names_of_the_inputs() {
    let read = |text: &str| {
        let selection = ColumnSelection {
            network_inputs: named(&["height", "width"]),
            ..ColumnSelection::default()
        };
        table::read(text, &selection)
    };
    let loaded = read("Width,color,height,sum\n1,7,2,102\n2,7,1,201\n").unwrap();
    assert_eq!(loaded.dataset.inputs(), [2.0, 1.0, 1.0, 2.0]);
    assert_eq!(loaded.inputs_by_name.unwrap(), ["height", "Width"]);
    assert!(
        loaded
            .notes
            .iter()
            .any(|note| note.to_string() == "columns that are not used: color")
    );
    assert!(matches!(
        read("height,y\n1,2\n2,3\n"),
        Err(TableError::SomeInputs { .. })
    ));
    let loaded = read("a,b,y\n1,2,3\n4,5,6\n").unwrap();
    assert_eq!(loaded.dataset.input(0), [1.0, 4.0]);
    assert!(
        loaded
            .notes
            .iter()
            .any(|note| note.to_string().contains("used in their order: a and b"))
    );
    let rows = |text: &str| {
        let source = TableText {
            text: text.to_owned(),
            encoding: "UTF-8",
            sheets: Vec::new(),
        };
        table::read_numbers(
            &source,
            &TableOptions::default(),
            &named(&["height", "width"]),
            None,
        )
    };
    assert_eq!(rows("width,height\n5,1\n").unwrap().values, [1.0, 5.0]);
    assert_eq!(rows("5,1\n7,8\n").unwrap().values, [5.0, 7.0, 1.0, 8.0]);
    assert!(matches!(
        rows("width,length\n5,1\n"),
        Err(TableError::SomeInputs { .. })
    ));
    assert!(matches!(
        rows("1,2,3\n"),
        Err(TableError::WrongColumnCount { .. })
    ));
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(prop::sample::select(b"0159,.;|\t \"'\n\r#%-/:aexNA$=\xe9\xff\0".to_vec()), 0..120)) {
        let options = TableOptions::default();
        let _ = bytes_summary(&bytes, &options);
        if let Ok(source) = table_text::decode(bytes, &options)
            && let Ok(loaded) = table::read_with(&source, &options, &ColumnSelection::default())
        {
            prop_assert!(loaded.dataset.inputs().iter().all(|value| value.is_finite()));
        }
    }

    #[test]
    fn a_written_table_is_read_as_it_was(rows in prop::collection::vec((-1e6_f64..1e6, -1000_i32..1000, "[a-c]"), 2..30)) {
        for (separator, decimal) in [(",", "."), (";", ","), ("\t", "."), ("|", ",")] {
            let mut text = ["size", "count", "kind"].join(separator) + "\n";
            for (size, count, kind) in &rows {
                let size = format!("{size:.7}").replace('.', decimal);
                text += &[size, count.to_string(), kind.clone()].join(separator);
                text.push('\n');
            }
            let loaded = table::read(&text, &ColumnSelection::default()).unwrap();
            prop_assert_eq!(loaded.dataset.sample_count(), rows.len());
            for (row, (size, count, _)) in rows.iter().enumerate() {
                prop_assert!((loaded.dataset.input(0)[row] - size).abs() < 1e-6);
                prop_assert_eq!(loaded.dataset.input(1)[row], f64::from(*count));
            }
        }
    }
}
