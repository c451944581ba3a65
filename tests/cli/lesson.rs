//! `neurodial lesson`: check, list, new, run, print and summary.

use std::fs;

use crate::command::{error_in, neurodial_in, stdout_in, stdout_of};
use crate::support::svg_texts;

const LESSON: &str = "# Bias\n\n```toml\nformat = 1\nid = \"bias\"\nminutes = 3\nstart = { preset = \"neuron\" }\n\
    show = [\"knobs\", \"curves\"]\n```\n\n## Raise it {#raise}\n\n```toml\nfree = [\"b[1,1]\"]\n```\n\n### Ask\n\n\
    The line moves …\n\n- [x] up\n- [ ] down\n\n### Ask\n\nSketch the line for bias 2.\n\n```toml\n\
    sketch = \"a[1,1] over x[1]\"\ngiven = [\"b[1,1]=2\"]\n```\n\n### Do\n\nRaise the bias to 2.\n\n```toml\n\
    pass = \"near(b[1,1], 2, 0.05)\"\nsolution = [\"b[1,1]=2\"]\n```\n\n### After\n\nIt is {b[1,1]:1} now.\n";

const LOG: &str = "\u{feff}time,learner,lesson,edition,language,step,event,kind,try,answer,expected,is_right,distance,hints,seconds,\
    changed,program\r\n\
    2026-03-02T09:14:31+08:00,k7,bias,1,en,raise,shown,,1,,,,,0,0,,0.1.0\r\n\
    2026-03-02T09:14:36+08:00,k7,bias,1,en,raise,answer,choice,1,2,1,no,,0,5,,0.1.0\r\n\
    2026-03-02T09:14:46+08:00,k7,bias,1,en,raise,answer,sketch,2,-5 -3;5 6,-5 -3;5 7,yes,0.02,0,15,,0.1.0\r\n\
    2026-03-02T09:14:51+08:00,k7,bias,1,en,raise,pass,do,2,,,,,1,20,\"b[1,1]=2\",0.1.0\r\n";

#[test]
fn every_bundled_lesson_is_listed_and_has_no_problems() {
    let list = stdout_of(&["lesson", "list"]);
    let ids: Vec<&str> = list
        .lines()
        .map(|line| line.split_whitespace().next().unwrap())
        .collect();
    for id in ids {
        let report = stdout_of(&["lesson", "check", id]);
        assert!(report.contains("no problems in"), "{report}");
        assert!(!report.contains("warning"), "{report}");
    }
}

#[test]
fn a_broken_lesson_is_reported_and_the_exit_code_is_2() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bias.md"), LESSON).unwrap();
    assert_eq!(
        stdout_in(folder.path(), &["lesson", "check", "bias.md"]),
        "bias.md: no problems in 1 step\n"
    );
    let broken = LESSON
        .replace("\"curves\"]", "\"curve\"]")
        .replace("b[1,1]=2\"]\n```\n\n### After", "b[1,1]=1\"]\n```\n\n### After");
    fs::write(folder.path().join("bias.md"), broken).unwrap();
    let output = neurodial_in(folder.path(), &["lesson", "check", "bias.md"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "bias.md, line 8: there is no pane “curve”; did you mean “curves”?\n\
         bias.md, line 39: step “Raise it” is not passed by its own solution: after b[1,1]=1, near(b[1,1], 2, 0.05) is false \
         (b[1,1] is 1)\n"
    );
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "neurodial: 2 problems in 1 lesson; see above\n"
    );
    let error = error_in(folder.path(), &["lesson", "check", "nothing"]);
    assert!(
        error.contains("there is no bundled lesson and no file named “nothing”"),
        "{error}"
    );
}

#[test]
fn a_new_lesson_has_the_document_and_no_problems() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    stdout_in(path, &["lesson", "new", "my-lesson.md", "--from", "xor"]);
    let text = fs::read_to_string(path.join("my-lesson.md")).unwrap();
    assert!(
        text.starts_with("# my lesson\n") && text.contains("```json\n{"),
        "{text}"
    );
    stdout_in(path, &["lesson", "check", "my-lesson.md"]);
    let error = error_in(path, &["lesson", "new", "my-lesson.md"]);
    assert!(error.contains("exists already"), "{error}");
    assert!(error_in(path, &["lesson", "new", "my-lesson.txt"]).contains("let it end with .md"));
}

#[test]
fn solutions_are_played_and_printed_with_their_numbers() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bias.md"), LESSON).unwrap();
    assert_eq!(
        stdout_in(folder.path(), &["lesson", "run", "bias.md", "--solve"]),
        "Bias (bias, edition 1)\n\n1 raise: Raise it\n  choice: 1\n  sketch: -5 -3;5 7\n  solution: b[1,1]=2\n  \
         passed: b[1,1] is 2\n  It is 2.0 now.\n"
    );
}

#[test]
fn a_worksheet_has_the_questions_and_empty_axes() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bias.md"), LESSON).unwrap();
    stdout_in(folder.path(), &["lesson", "print", "bias.md", "-o", "sheet.svg"]);
    let svg = fs::read_to_string(folder.path().join("sheet.svg")).unwrap();
    let texts = svg_texts(&svg).join(" ");
    for text in [
        "Bias",
        "Name",
        "Raise it",
        "The line moves …",
        "up",
        "down",
        "Sketch the line",
        "Raise the bias to 2.",
    ] {
        assert!(texts.contains(text), "{text}: {texts}");
    }
    assert!(!texts.contains("now."), "{texts}");
    stdout_in(
        folder.path(),
        &[
            "lesson",
            "print",
            "bias.md",
            "-o",
            "sheet.pdf",
            "--paper",
            "letter",
        ],
    );
    let pdf = fs::read(folder.path().join("sheet.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF"));
}

#[test]
fn a_class_is_summarized_as_text_and_as_a_figure() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::write(path.join("bias.md"), LESSON).unwrap();
    fs::write(path.join("a.csv"), LOG).unwrap();
    fs::write(path.join("b.csv"), LOG.replace("k7", "q2")).unwrap();
    let arguments = [
        "lesson",
        "summary",
        "a.csv",
        "b.csv",
        "--lesson",
        "bias.md",
        "-o",
        "class.svg",
    ];
    assert_eq!(
        stdout_in(path, &arguments),
        "Bias (bias, edition 1)\n2 learners\n\n1 raise: Raise it\n  seen by 2, passed by 2, skipped by 0, median time 20 s, median \
         hints 1\n  choice: 0 of 2 right at first (0%); commonest wrong answer 2 “down”, 2×\n  sketch: 2 of 2 right at first \
         (100%); 2 sketches\n"
    );
    let texts = svg_texts(&fs::read_to_string(path.join("class.svg")).unwrap()).join(" ");
    assert!(texts.contains("2 sketches over the true curve"), "{texts}");
    fs::write(path.join("c.csv"), "a,b\n1,2\n").unwrap();
    let error = error_in(path, &["lesson", "summary", "c.csv"]);
    assert!(error.contains("c.csv: there is no column “time”"), "{error}");
}
