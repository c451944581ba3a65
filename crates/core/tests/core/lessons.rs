//! Lessons: what the check says about broken ones, a play-through, translations, and training in solutions.

use std::sync::Arc;

use neurodial_core::lessons::{
    Answer, CheckedLesson, GoOn, Lesson, LessonFolder, LessonRun, LessonSource, Sketch, Truth, check,
    played_steps,
};
use neurodial_core::network::Knob;
use neurodial_core::session::{Adjustable, Edit, Origin, Session};
use neurodial_core::text::{Locale, Localized as _, Messages};
use proptest::prelude::*;

const PANES: [&str; 4] = ["knobs", "curves", "formula", "training"];

/// A lesson whose lines the messages below name.
const LESSON: &str = "\
# Where it turns on

```toml
format  = 1
id      = \"threshold\"
edition = 1
minutes = 9
start   = { preset = \"neuron\", set = [\"activation[1]=step\"] }
show    = [\"knobs\", \"curves\"]
```

## More bias {#more-bias}

### Ask

The jump moves …

- [x] left
- [ ] right
  - Most people say so. Where is x + 2 equal to 0?
- [ ] up
- [ ] nowhere

### Do

Raise the bias to 2.
It is the only knob
of this step.

```toml
pass     = \"near(b[1,1], 2, 0.05) and only(b[1,1])\"
solution = [\"b[1,1]=2\"]
```

### Hint

Which knob is the bias?

### After

It turns on at {threshold}.

### Hint

Only one knob is unlocked.
";

const TRANSLATION: &str = "\
# 阈值在哪里
<!-- translates edition 1 -->

## 增大偏置 {#more-bias}

### 想一想

跳变的位置会……


- [x] 向左移
- [ ] 向右移
  - 多数人会这么想。x + 2 在哪里等于 0？
- [ ] 向上移
- [ ] 不动

### 动手

把偏置调到 2。

### 提示

哪个旋钮是偏置？

### 小结

在 {threshold} 处开启。

### 提示

只有一个旋钮没有锁定。
";

fn checked(text: &str) -> CheckedLesson {
    check(&LessonSource::from_text("threshold.md", text), &PANES)
}

/// Returns the messages about a text.
fn messages(text: &str) -> Vec<String> {
    checked(text).problems.iter().map(ToString::to_string).collect()
}

/// Returns the messages about the lesson with a part replaced.
fn messages_with(from: &str, to: &str) -> Vec<String> {
    assert!(LESSON.contains(from), "{from}");
    messages(&LESSON.replacen(from, to, 1))
}

/// Returns the messages about a translation of the lesson.
fn messages_of_translation(lesson: &str, translation: &str) -> Vec<String> {
    let (lesson, problems) = Lesson::read(&LessonSource::from_text("threshold.md", lesson));
    assert_eq!(problems, []);
    let source = LessonSource::from_text("threshold.zh-Hans.md", translation);
    let (_, problems) = lesson.unwrap().translated(&source);
    problems.iter().map(ToString::to_string).collect()
}

fn lesson(text: &str) -> Arc<Lesson> {
    let checked = checked(text);
    assert_eq!(checked.problems, []);
    checked.original.unwrap()
}

#[test]
fn a_good_lesson_has_no_problems() {
    assert_eq!(messages(LESSON), [""; 0]);
    assert_eq!(messages_of_translation(LESSON, TRANSLATION), [""; 0]);
}

#[test]
fn every_broken_lesson_says_the_file_the_line_and_what_to_write() {
    let condition = "near(b[1,1], 2, 0.05) and only(b[1,1])";
    for (from, to, expected) in [
        (
            condition,
            "near(b[1,2], 2, 0.05)",
            "threshold.md, line 31: pass: this network has no b[1,2]; layer 1 has 1 neuron, so its bias is b[1,1]",
        ),
        (
            condition,
            "loss < 1",
            "threshold.md, line 31: pass: \"loss\" needs data, and the start has none; add \"data\" to the document or use \
             out(…)",
        ),
        (
            condition,
            "near(b[1,1], 2)",
            "threshold.md, line 31: pass: after “near(b[1,1], 2” a comma and the distance are missing, as in near(b[1,1], 2, \
             0.05)",
        ),
        (
            "solution = [\"b[1,1]=2\"]",
            "solution = [\"b[1,1]=3\"]",
            "threshold.md, line 32: step “More bias” is not passed by its own solution: after b[1,1]=3, near(b[1,1], 2, 0.05) \
             is false (b[1,1] is 3)",
        ),
        (
            "- [x] left",
            "- [ ] left",
            "threshold.md, line 18: no choice is marked as right; put an x in its box: - [x]",
        ),
        (
            "### Hint\n\nOnly",
            "### Hints\n\nOnly",
            "threshold.md, line 43: there is no part “Hints”; the parts of a step are Ask, Do, Hint and After",
        ),
        (
            "\"knobs\", \"curves\"",
            "\"knobs\", \"curve\"",
            "threshold.md, line 9: there is no pane “curve”; did you mean “curves”?",
        ),
        (
            "```toml\npass     = \"near(b[1,1], 2, 0.05) and only(b[1,1])\"\nsolution = [\"b[1,1]=2\"]\n```\n",
            "```toml\npass     = \"near(b[1,1], 2, 0.05)\"\n```\n",
            "threshold.md, line 31: step “More bias” has no solution; add a line such as solution = [\"b[1,1]=2\"]",
        ),
        (
            "edition = 1",
            "editon = 1",
            "threshold.md, line 6: there is no setting “editon” here; did you mean “edition”?",
        ),
        (
            "minutes = 9",
            "minutes = \"nine\"",
            "threshold.md, line 7: “minutes” has to be written as in minutes = 9",
        ),
        (
            "{threshold}",
            "{treshold}",
            "threshold.md, line 41: {treshold}: there is no quantity “treshold”; did you mean “threshold”?",
        ),
        (
            "\"b[1,1]=2\"",
            "\"b[1,2]=2\"",
            "threshold.md, line 32: solution: this network has no b[1,2]; layer 1 has 1 neuron, so its bias is b[1,1]",
        ),
        (
            "preset = \"neuron\"",
            "preset = \"neurone\"",
            "threshold.md, line 8: start: there is no preset “neurone”; the presets are neuron, article, article-quiet, and, \
             xor, bump, softmax, deep",
        ),
        (
            "Which knob is the bias?",
            "![](knob.png)",
            "threshold.md, line 37: the picture knob.png has no words for those who don’t see it; write them between the \
             brackets: ![The curve jumps at −2](knob.png)",
        ),
    ] {
        let found = messages_with(from, to);
        assert!(
            found.iter().any(|message| message == expected),
            "{expected}\n{found:#?}"
        );
    }
}

#[test]
fn a_condition_that_is_true_at_the_start_is_a_problem_of_its_line() {
    let found = messages_with(
        "near(b[1,1], 2, 0.05) and only(b[1,1])\"\nsolution = [\"b[1,1]=2\"]",
        "near(b[1,1], 0, 0.05)\"\nsolution = [\"b[1,1]=0\"]",
    );
    assert_eq!(
        found,
        [
            "threshold.md, line 31: step “More bias” is passed before anything is done; with the state at its start, \
             near(b[1,1], 0, 0.05) is already true"
        ]
    );
    let found = messages_with("near(b[1,1], 2, 0.05) and", "near(b[1,1], 3, 0.05) and");
    assert_eq!(
        found,
        [
            "threshold.md, line 32: step “More bias” is not passed by its own solution: after b[1,1]=2, near(b[1,1], 3, 0.05) \
             is false (b[1,1] is 2)"
        ]
    );
}

#[test]
fn what_is_missing_at_the_beginning_ends_the_check() {
    assert_eq!(
        messages("# Title\n\nText\n\n## Step {#a}\n"),
        ["threshold.md, line 1: there is no toml block under the title"]
    );
    assert_eq!(
        messages("# Title\n\n```toml\nformat = 1\n\n## Step {#a}\n"),
        ["threshold.md, line 3: this toml block does not end; close it with ``` on a line of its own"]
    );
    assert_eq!(
        messages("Text\n"),
        [
            "threshold.md, line 1: there is no title; begin the file with a heading such as # Where it turns on"
        ]
    );
    let large = format!("{LESSON}{}", "word ".repeat(60_000));
    assert_eq!(
        messages(&large),
        ["threshold.md: the text is larger than 256 KB; shorten it, or divide the lesson"]
    );
}

#[test]
fn all_mistakes_are_told_in_the_order_of_lines() {
    let text = LESSON
        .replace("\"curves\"]", "\"curve\"]")
        .replace("- [x] left", "- [ ] left")
        .replace("near(b[1,1], 2, 0.05)", "near(b[1,1], 2)");
    let lines: Vec<Option<usize>> = checked(&text)
        .problems
        .iter()
        .map(|problem| problem.line)
        .collect();
    assert_eq!(lines, [Some(9), Some(18), Some(31)]);
    assert!(checked(&text).is_broken());
}

#[test]
fn the_limits_are_kept() {
    let steps: String = (0..41).map(|index| format!("\n## S {{#s{index}}}\n")).collect();
    assert_eq!(
        messages(&format!("{LESSON}{steps}")).len(),
        1,
        "a lesson can have 40 steps"
    );
    let choices = "- [ ] more\n".repeat(5);
    let found = messages_with("- [ ] nowhere\n", &format!("- [ ] nowhere\n{choices}"));
    assert_eq!(
        found,
        ["threshold.md, line 27: there are 9 choices, and a question can have at most 8"]
    );
    let hints = "\n### Hint\n\nMore.\n".repeat(7);
    let found = messages(&format!("{LESSON}{hints}"));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].ends_with("there are 9 hints, and a step can have at most 8"),
        "{found:?}"
    );
}

#[test]
fn broken_translations_say_what_differs() {
    let choices = TRANSLATION.replace("- [ ] 不动\n", "");
    assert_eq!(
        messages_of_translation(LESSON, &choices),
        ["threshold.zh-Hans.md, line 11: step “more-bias” has 3 choices here and 4 in threshold.md"]
    );
    let second_edition = LESSON.replace("edition = 1", "edition = 2");
    let marked = second_edition.replace("{#more-bias}\n", "{#more-bias}\n\n```toml\nedition = 2\n```\n");
    assert_eq!(
        messages_of_translation(&marked, TRANSLATION),
        [
            "threshold.zh-Hans.md: translates edition 1 and threshold.md is edition 2; changed since: more-bias"
        ]
    );
    let changed = second_edition.replace("Raise the bias to 2.", "Raise the bias to 2 in 7 s.");
    assert_eq!(
        messages_of_translation(&changed, TRANSLATION)[0],
        "threshold.zh-Hans.md: translates edition 1 and threshold.md is edition 2; changed since: more-bias"
    );
    let digits = TRANSLATION.replace("调到 2", "调到 3");
    let found = messages_of_translation(LESSON, &digits);
    assert_eq!(
        found,
        [
            "threshold.zh-Hans.md, line 4: warning: step “more-bias” has the numbers 3 here and – in threshold.md"
        ]
    );
    let expression = TRANSLATION.replace("{threshold}", "{b[1,1]}");
    assert_eq!(
        messages_of_translation(LESSON, &expression),
        [
            "threshold.zh-Hans.md, line 27: step “more-bias” has the expressions {b[1,1]} here and {threshold} in threshold.md; \
             copy them as they are"
        ]
    );
    let step = TRANSLATION.replace("{#more-bias}", "{#more}");
    assert_eq!(
        messages_of_translation(LESSON, &step),
        [
            "threshold.zh-Hans.md: step “more-bias” of threshold.md is missing here; it is shown in the original language",
            "threshold.zh-Hans.md, line 4: step “more” is not in threshold.md; write the same id there and here"
        ]
    );
    let toml = TRANSLATION.replace("### 动手\n", "### 动手\n\n```toml\npass = \"true\"\n```\n");
    assert_eq!(
        messages_of_translation(LESSON, &toml)[0],
        "threshold.zh-Hans.md, line 19: a translation has no toml and no json blocks; remove this one, as all settings are in \
         the original"
    );
    let hints = TRANSLATION.replace("### 提示\n\n只有一个旋钮没有锁定。\n", "");
    assert_eq!(
        messages_of_translation(LESSON, &hints),
        ["threshold.zh-Hans.md, line 21: step “more-bias” has 1 hint here and 2 in threshold.md"]
    );
}

#[test]
fn problems_are_told_in_chinese_too() {
    let problems = checked(&LESSON.replace("\"curves\"]", "\"curve\"]")).problems;
    assert_eq!(
        problems[0].message(Messages::new(Locale::SimplifiedChinese)),
        "threshold.md 第 9 行：没有窗格“curve”；是否想写“curves”？"
    );
}

#[test]
fn a_translation_has_the_logic_of_the_original() {
    let original = lesson(LESSON);
    let source = LessonSource::from_text("threshold.zh-Hans.md", TRANSLATION);
    let (translated, _) = original.translated(&source);
    assert_eq!(translated.title.value, "阈值在哪里");
    assert_eq!(translated.steps[0].title, "增大偏置");
    let question = translated.steps[0].questions().next().unwrap();
    assert_eq!(question.choices()[1].prose.markdown(), "向右移");
    assert!(question.choices()[1].reply.is_some() && question.choices()[0].is_right);
    assert_eq!(
        translated.steps[0].task().unwrap().pass,
        original.steps[0].task().unwrap().pass
    );
    let (mut run, _) = LessonRun::new(original).unwrap();
    assert!(run.set_lesson(Arc::new(translated)));
}

#[test]
fn a_lesson_is_played_with_prediction_hints_and_reset() {
    let own = Session::open(
        neurodial_core::formats::Preset::DEFAULT.document().unwrap(),
        Origin::Untitled,
    );
    let (mut run, mut session) = LessonRun::new(lesson(LESSON)).unwrap();
    run.put_aside(own.clone());
    assert!(!run.is_task_due());
    assert_eq!(run.current_question(), Some(0));
    assert!(!run.update(&session, 0.0));
    // The last hint needs a try.
    assert!(run.show_hint(&session, 1.0).is_some());
    assert!(run.show_hint(&session, 2.0).is_none());
    let verdict = run.answer(0, Answer::Choices(vec![1]), &session, 3.0).unwrap();
    assert!(!verdict.is_right);
    assert_eq!(
        verdict.replies[0].markdown(),
        "Most people say so. Where is x + 2 equal to 0?"
    );
    assert_eq!(
        run.state().question(0).unwrap().revealed(),
        Some(&Truth::Choices(vec![0]))
    );
    assert!(run.show_hint(&session, 4.0).is_some());
    assert!(run.is_task_due() && run.afterwords().is_empty());

    let bias = Adjustable::Knob(Knob::bias(0, 0));
    session
        .apply(Edit::Set {
            target: bias,
            value: 1.0,
        })
        .unwrap();
    assert!(!run.update(&session, 5.0));
    let reset = run.reset_step();
    assert_eq!(reset.document().value(bias), Some(0.0));
    session
        .apply(Edit::Set {
            target: bias,
            value: 2.0,
        })
        .unwrap();
    assert!(run.update(&session, 6.0));
    assert!(run.state().is_passed() && run.is_complete());
    let evaluation = run.evaluation(&session, 6.0);
    let text = run.afterwords()[0].plain_text(|expression, decimals| {
        neurodial_core::lessons::value_text(&evaluation.value(expression), decimals)
    });
    assert_eq!(text, "It turns on at −2.");
    assert!(matches!(run.go_on(&session, 7.0).unwrap(), GoOn::Finished));
    assert!(run.take_own_work().unwrap().document() == own.document());
    let events: Vec<&str> = run.take_events().iter().map(|event| event.event.name()).collect();
    assert_eq!(events, ["shown", "hint", "answer", "hint", "pass"]);
}

/// Two steps: the second begins where the first ended.
fn two_steps() -> String {
    format!(
        "{LESSON}\n## The weight {{#weight}}\n\n```toml\nfree = [\"w[1,1,1]\"]\n```\n\n### Do\n\n```toml\n\
         pass = \"near(threshold, -1, 0.03)\"\nsolution = [\"w[1,1,1]=2\"]\n```\n"
    )
}

#[test]
fn going_on_applies_the_solution_and_back_keeps_what_was_done() {
    let (mut run, session) = LessonRun::new(lesson(&two_steps())).unwrap();
    let GoOn::Step(second) = run.go_on(&session, 1.0).unwrap() else {
        panic!("there is a second step");
    };
    assert!(run.states()[0].is_skipped() && !run.states()[0].is_passed());
    let bias = Adjustable::Knob(Knob::bias(0, 0));
    assert_eq!(second.document().value(bias), Some(2.0));
    // Only the weight is free, and undo doesn't lead into the first step.
    let mut second = *second;
    assert!(
        second
            .apply(Edit::Set {
                target: bias,
                value: 0.0
            })
            .is_err()
    );
    assert!(second.history().is_empty());
    let weight = Adjustable::Knob(Knob::weight(0, 0, 0));
    second
        .apply(Edit::Set {
            target: weight,
            value: 4.0,
        })
        .unwrap();
    let first = run.go_back(&second, 2.0).unwrap();
    assert_eq!(first.document().value(bias), Some(2.0));
    let GoOn::Step(again) = run.go_on(&first, 3.0).unwrap() else {
        panic!("there is a second step");
    };
    assert_eq!(again.document().value(weight), Some(4.0));
    let solved = run.solve(&again, 4.0).unwrap();
    assert!(run.update(&solved, 5.0));
    assert!(run.go_back(&solved, 6.0).is_some());
}

#[test]
fn a_solution_must_not_turn_a_locked_knob() {
    let text = two_steps().replace("solution = [\"w[1,1,1]=2\"]", "solution = [\"b[1,1]=1\"]");
    assert!(
        messages(&text)[0].ends_with("b[1,1]=1 turns b[1,1], which is locked in this step; add it to free"),
        "{:?}",
        messages(&text)
    );
}

/// A lesson with data: five points on 0.5 x + 1.
fn radio(steps: &str) -> String {
    format!(
        "# Radio\n\n```toml\nformat = 1\nid = \"radio\"\nstart = {{ here = true }}\n```\n\n```json\n\
         {{\"neurodial\":1,\"inputs\":[3],\"layers\":[{{\"activation\":\"linear\",\"weights\":[[0]],\"biases\":[0]}}],\
         \"data\":{{\"points\":[[1,1.5],[2,2],[3,2.5],[4,3],[5,3.5]],\"inputs\":[\"x\"],\"target\":\"y\",\"test\":0,\
         \"standardise\":false}},\"training\":{{\"loss\":\"mean_squared_error\",\"optimizer\":\"sgd\",\
         \"learning_rate\":0.05,\"batch\":\"all\",\"epochs\":100}}}}\n```\n\n{steps}"
    )
}

#[test]
fn training_is_a_part_of_solutions() {
    let text = radio(
        "## One step {#one-step}\n\n### Ask\n\nNew bias: 0 − 0.05 × (−5) = [[0.25]]\n\n\
         ### Do\n\n```toml\npass = \"near(w[1,1,1], 0.85, 0.001) and near(b[1,1], 0.25, 0.001) and epoch == 1\"\n\
         solution = [\"train 1\"]\n```\n\n\
         ### After\n\n{loss:3}\n\n\
         ## Bolder {#bolder}\n\n```toml\nset = [\"w[1,1,1]=0\", \"b[1,1]=0\", \"learning_rate=0.1\"]\n```\n\n\
         ### Do\n\n```toml\npass = \"loss > 20\"\nsolution = [\"train 2\"]\n```\n\n\
         ## Repair {#repair}\n\n```toml\nset = [\"w[1,1,1]=0\", \"b[1,1]=0\"]\n```\n\n\
         ### Do\n\n```toml\npass = \"loss < 0.01 and changed_before_training == 0\"\n\
         solution = [\"learning_rate=0.08\", \"train 46\"]\n```\n\n\
         ## Back {#back}\n\n### Do\n\n```toml\npass = \"epoch == 20 and epochs_run == 46 and best(loss) < 0.01\"\n\
         solution = [\"epoch 20\"]\n```\n",
    );
    let played = played_steps(&lesson(&text)).unwrap();
    let passed: Vec<_> = played
        .iter()
        .map(|step| (step.id.as_str(), step.is_passed))
        .collect();
    assert_eq!(
        passed,
        [
            ("one-step", Some(true)),
            ("bolder", Some(true)),
            ("repair", Some(true)),
            ("back", Some(true))
        ]
    );
    assert_eq!(played[0].afterwords, ["0.335"]);
}

#[test]
fn the_loss_and_its_slopes_are_those_of_the_formula() {
    // The loss over the weight is 11 w² − 17 w + 6.75.
    let text = radio(
        "## Slope {#slope}\n\n### Ask\n\nSketch the loss.\n\n```toml\nsketch = \"loss over w[1,1,1]\"\nx = [-1, 2.5]\n\
         y = [0, 40]\ngood = \"near(sketch.low, 0.77, 0.4)\"\n```\n\n\
         ### Ask\n\nThe slope?\n\n```toml\nnumber = \"slope(loss, w[1,1,1])\"\n```\n\n\
         - 17: The sign matters.\n",
    );
    let (mut run, session) = LessonRun::new(lesson(&text)).unwrap();
    let Some(Truth::Curve(curve)) = run.truth(0) else {
        panic!("there is a curve");
    };
    let [x, y] = curve.points[500];
    assert!((y - (11.0 * x * x - 17.0 * x + 6.75)).abs() < 1e-9, "{x} {y}");
    assert_eq!(
        (curve.x_range, curve.y_range, curve.jumps.len()),
        ([-1.0, 2.5], [0.0, 40.0], 0)
    );
    let sketch = Sketch::new([[-1.0, 35.0], [0.8, 0.0], [2.5, 33.0]]);
    assert!(
        run.answer(0, Answer::Sketch(sketch), &session, 1.0)
            .unwrap()
            .is_right
    );
    let wrong = run.answer(1, Answer::Number(17.0), &session, 2.0).unwrap();
    assert!(!wrong.is_right && wrong.replies[0].markdown() == "The sign matters.");
    assert_eq!(wrong.distance, Some(34.0));
    assert!(
        run.answer(1, Answer::Number(-17.0), &session, 3.0)
            .unwrap()
            .is_right
    );
    let events = run.take_events();
    let answers: Vec<&str> = events.iter().map(|event| event.answer.as_str()).collect();
    assert_eq!(answers, ["", "-1 35;0.8 0;2.5 33", "17", "", "-17"]);
    assert_eq!(events[2].expected, "-17");
}

#[test]
fn a_document_beside_the_lesson_is_loaded_and_none_outside_of_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let lessons = folder.path().join("lessons");
    let document = neurodial_core::formats::Preset::from_name("xor")
        .unwrap()
        .document()
        .unwrap();
    let text = neurodial_core::formats::json::write(&document);
    let write = |path: &std::path::Path, text: &str| {
        neurodial_core::formats::file::create_parent_folder(path).unwrap();
        neurodial_core::formats::file::write_atomically(path, text.as_bytes()).unwrap();
    };
    write(&lessons.join("inside.json"), &text);
    write(&folder.path().join("outside.json"), &text);
    let step = |name: &str| {
        let text = format!(
            "{LESSON}\n## Other {{#other}}\n\n```toml\ndocument = \"{name}\"\n```\n\nText {{out:0}}\n"
        );
        let source = LessonSource {
            name: "threshold.md".into(),
            text: text.into(),
            folder: LessonFolder::Directory(lessons.clone()),
        };
        let problems = check(&source, &PANES).problems;
        problems.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(step("inside"), [""; 0]);
    assert_eq!(step("xor"), [""; 0]);
    assert_eq!(
        step("../outside"),
        [
            "threshold.md, line 50: document: ../outside.json is outside of the lesson’s folder; put the file into that folder \
             and write its name alone"
        ]
    );
    assert_eq!(
        step("nothing"),
        [
            "threshold.md, line 50: document: there is neither a preset “nothing” nor a file nothing.json in the lesson’s folder"
        ]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_makes_the_check_panic(
        cuts in proptest::collection::vec((0.0..1.0_f64, 0_usize..30, "[\\[\\]{}#`\"=\n:a-z0-9 −：-]{0,8}"), 0..6),
    ) {
        let mut text: Vec<char> = two_steps().chars().collect();
        for (at, length, inserted) in cuts {
            let start = (at * text.len() as f64) as usize;
            let end = (start + length).min(text.len());
            text.splice(start..end, inserted.chars());
        }
        let text: String = text.into_iter().collect();
        let checked = checked(&text);
        if let Some(lesson) = &checked.original {
            let source = LessonSource::from_text("a.zh-Hans.md", text.as_str());
            let _ = lesson.translated(&source);
        }
        for problem in &checked.problems {
            prop_assert!(!problem.to_string().is_empty());
        }
    }

    #[test]
    fn no_markdown_makes_the_reader_panic(text in "(#|##|###| |\n|```|toml|json|- \\[x\\]|- |Ask|Do|\\{|\\}|\\[\\[|\\]\\]|=|\"|a|1|\\|){0,60}") {
        let _ = checked(&text);
    }
}
