//! Lessons: each bundled one is played through by accessible names, passed by its solutions, and answered wrongly.

use egui::accesskit::{Action, Role};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use neurodial::app::StoragePaths;
use neurodial::lessons;
use neurodial::panes::Pane;
use neurodial_core::lessons::{Answer, AnswerChoice, LessonRun, QuestionKind, TrueCurve, Truth, value_text};
use neurodial_core::network::Knob;
use neurodial_core::session::Adjustable;
use neurodial_core::text::{Locale, format_ascii};

use crate::support::{CTRL, TestWindow};

/// The number of columns in which a sketch is drawn with the keys.
const COLUMNS: usize = 20;

/// Starts a bundled lesson from the menu.
fn start(window: &mut TestWindow, id: &'static str) {
    let index = lessons::bundled_ids()
        .iter()
        .position(|other| *other == id)
        .unwrap();
    let messages = window.messages;
    let title = lessons::bundled_title(id, messages.locale);
    let entry = messages.menu_lesson(index + 1, title);
    window.choose(&[messages.menu_lessons(), &entry]);
    window.settle();
}

fn run(window: &TestWindow) -> LessonRun {
    window.lesson_run().unwrap()
}

/// Returns the text of a choice as its button has it.
fn choice_text(window: &TestWindow, choice: &AnswerChoice) -> String {
    let run = run(window);
    let session = window.session();
    let evaluation = run.evaluation(&session, 0.0);
    choice
        .prose
        .plain_text(|expression, decimals| value_text(&evaluation.value(expression), decimals))
}

/// Gives an answer to the question that is asked now, with the controls of the panel.
fn give(window: &mut TestWindow, question: usize, answer: &Answer) {
    let messages = window.messages;
    let asked = run(window).step().questions().nth(question).unwrap().clone();
    match answer {
        Answer::Choices(chosen) => {
            for &index in chosen {
                let text = choice_text(window, &asked.choices()[index]);
                let role = match asked.kind {
                    QuestionKind::Choice(_) => Role::RadioButton,
                    _ => Role::CheckBox,
                };
                window
                    .harness
                    .get_by_role_and_label(role, &text)
                    .click_accesskit();
                window.settle();
            }
        }
        Answer::Number(number) => {
            window.focus(messages.lesson_number_name());
            window.type_text(&format_ascii(*number, 6));
        }
        Answer::Blanks(numbers) => {
            for (index, number) in numbers.iter().enumerate() {
                window.focus(&messages.lesson_blank_name(index + 1));
                window.type_text(&format_ascii(number.unwrap_or(0.0), 6));
            }
        }
        Answer::Sketch(_) => unreachable!("sketches are drawn with the keys"),
    }
    window.settle();
    window.request_action(messages.lesson_answer(), Action::Click, None);
    window.settle();
}

/// Draws a curve with the arrow keys and Enter, and answers with it.
fn draw_with_keys(window: &mut TestWindow, curve: &TrueCurve) {
    let messages = window.messages;
    window.focus(messages.lesson_sketch_name());
    let [low, high] = curve.y_range;
    let sketch = curve.to_sketch();
    // The keys go in 40 steps from one end of an axis to the other, and begin in the middle of the left end.
    let mut height = 20_i32;
    for column in 0..=COLUMNS {
        let x = curve.x_range[0] + (curve.x_range[1] - curve.x_range[0]) * column as f64 / COLUMNS as f64;
        let y = sketch.at(x).unwrap_or(low).clamp(low, high);
        let wanted = (40.0 * (y - low) / (high - low)).round() as i32;
        while height != wanted {
            let key = if height < wanted {
                Key::ArrowUp
            } else {
                Key::ArrowDown
            };
            window.press_key(key);
            height += (wanted - height).signum();
        }
        window.press_key(Key::Enter);
        if column < COLUMNS {
            window.press_key(Key::ArrowRight);
            window.press_key(Key::ArrowRight);
        }
    }
    window.settle();
    window.request_action(messages.lesson_answer(), Action::Click, None);
    window.settle();
}

/// Plays the lesson that is open with right answers and the sample solutions.
fn play(window: &mut TestWindow) {
    let messages = window.messages;
    let steps = run(window).lesson().steps.len();
    for step in 0..steps {
        let place = format!("{}, step {}", run(window).lesson().head.id, step + 1);
        assert_eq!(run(window).step_index(), step, "{place}");
        for _ in 0..20 {
            let mut now = run(window);
            if let Some(question) = now.current_question() {
                match now
                    .truth(question)
                    .unwrap_or_else(|| panic!("{place}: no true answer"))
                {
                    Truth::Curve(curve) => draw_with_keys(window, &curve),
                    Truth::Choices(choices) => give(window, question, &Answer::Choices(choices)),
                    Truth::Number(number) => give(window, question, &Answer::Number(number)),
                    Truth::Blanks(numbers) => {
                        let numbers = numbers.into_iter().map(Some).collect();
                        give(window, question, &Answer::Blanks(numbers));
                    }
                }
                let now = run(window);
                let (answer, verdict) = now.state().question(question).unwrap().last().unwrap();
                assert!(verdict.is_right, "{place}: {answer:?} {verdict:?}");
            } else if !now.state().is_passed() && now.task().is_some_and(|task| !task.solution.is_empty()) {
                window.request_action(messages.lesson_solve(), Action::Click, None);
                window.settle();
            } else {
                break;
            }
        }
        let now = run(window);
        let has_condition = now.task().is_none_or(|task| task.pass.is_some());
        assert!(now.state().is_passed() || !has_condition, "{place} is not passed");
        let next = match step + 1 == steps {
            true => messages.lesson_finish(),
            false => messages.lesson_next(),
        };
        window.request_action(next, Action::Click, None);
        window.settle();
    }
    assert!(window.shows_text(messages.lesson_finished()));
}

#[test]
fn every_lesson_is_passed_by_its_answers_and_solutions() {
    for id in lessons::bundled_ids() {
        let mut window = TestWindow::with_preset("article");
        start(&mut window, id);
        play(&mut window);
    }
}

#[test]
fn lessons_are_passed_in_chinese_too() {
    for id in ["two-neurons", "threshold", "weight-bias", "four-three"] {
        let mut window = TestWindow::with_preset("article");
        window.choose_language(Locale::SimplifiedChinese);
        start(&mut window, id);
        play(&mut window);
    }
}

#[test]
fn every_wrong_choice_is_told_as_wrong_and_its_reply_is_shown() {
    for id in [
        "two-neurons",
        "weight-bias",
        "threshold",
        "activations",
        "softmax",
    ] {
        for wrong in 0..3 {
            let mut window = TestWindow::with_preset("article");
            let messages = window.messages;
            start(&mut window, id);
            let steps = run(&window).lesson().steps.len();
            for step in 0..steps {
                while let Some(question) = run(&window).current_question() {
                    let asked = run(&window).step().questions().nth(question).unwrap().clone();
                    let QuestionKind::Choice(choices) = &asked.kind else {
                        break;
                    };
                    let wrong_choices: Vec<usize> = (0..choices.len())
                        .filter(|&index| !choices[index].is_right)
                        .collect();
                    let index = wrong_choices[wrong % wrong_choices.len()];
                    give(&mut window, question, &Answer::Choices(vec![index]));
                    let now = run(&window);
                    let (_, verdict) = now.state().question(question).unwrap().last().unwrap();
                    assert!(!verdict.is_right, "{id}, step {}", step + 1);
                    assert!(window.shows_text(messages.lesson_wrong()));
                    if let Some(reply) = &choices[index].reply {
                        assert_eq!(verdict.replies, std::slice::from_ref(reply));
                        let session = window.session();
                        let evaluation = now.evaluation(&session, 0.0);
                        let text = reply.plain_text(|expression, decimals| {
                            value_text(&evaluation.value(expression), decimals)
                        });
                        let line = text.lines().next().unwrap_or_default();
                        assert!(
                            window.painted_texts().iter().any(|text| text.contains(line)),
                            "{line}"
                        );
                    }
                }
                if step + 1 < steps {
                    window.request_action(messages.lesson_next(), Action::Click, None);
                    window.settle();
                }
            }
        }
    }
}

#[test]
fn the_persons_own_work_is_left_alone_and_comes_back() {
    let mut window = TestWindow::with_preset("article");
    let messages = window.messages;
    window.drag_slider(crate::support::w(2, 2), 1.0);
    let own = window.session().document().clone();
    let steps = window.undo_count();
    start(&mut window, "threshold");
    assert_ne!(*window.session().document(), own);
    let only = Knob::bias(0, 0);
    let is_locked = |knob: Knob| window.session().document().is_locked(Adjustable::Knob(knob));
    assert!(!is_locked(only) && is_locked(Knob::weight(0, 0, 0)));
    for pane in [Pane::Knobs, Pane::Curves, Pane::Formula] {
        assert!(!window.elements_in(pane).is_empty(), "{pane:?}");
    }
    assert!(window.elements_in(Pane::Diagram).is_empty());
    window.click(messages.lesson_leave());
    window.settle();
    assert!(window.lesson_run().is_none());
    assert_eq!(*window.session().document(), own);
    assert_eq!(window.undo_count(), steps);
    assert!(!window.elements_in(Pane::Diagram).is_empty());
}

#[test]
fn hints_come_one_by_one_and_the_last_one_only_after_a_try() {
    let mut window = TestWindow::with_preset("article");
    let messages = window.messages;
    start(&mut window, "threshold");
    window.click(messages.lesson_next_hint());
    window.settle();
    assert_eq!(run(&window).state().hints(), 1);
    assert!(
        window
            .node(messages.lesson_next_hint())
            .accesskit_node()
            .is_disabled()
    );
    give(&mut window, 0, &Answer::Choices(vec![1]));
    assert!(
        !window
            .node(messages.lesson_next_hint())
            .accesskit_node()
            .is_disabled()
    );
    window.click(messages.lesson_next_hint());
    window.settle();
    assert_eq!(run(&window).state().hints(), 2);
    // The step can be begun again; the answer stays, and so does what was passed.
    window.click(messages.lesson_reset());
    window.settle();
    assert_eq!(run(&window).state().hints(), 2);
    window.click(messages.lesson_next());
    window.settle();
    window.click(messages.lesson_back());
    window.settle();
    assert_eq!(run(&window).step_index(), 0);
    assert!(run(&window).state().question(0).unwrap().last().is_some());
}

#[test]
fn a_lesson_file_is_opened_and_read_again_when_it_is_saved() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.md");
    let text = |name: &str| {
        format!(
            "# Mine\n\n```toml\nformat = 1\nid = \"mine\"\nstart = {{ preset = \"neuron\" }}\n```\n\n\
             ## {name} {{#one}}\n\n### Do\n\nTurn *w*.\n\n```toml\npass = \"changed > 0\"\nsolution = [\"w[1,1,1]=2\"]\n```\n"
        )
    };
    std::fs::write(&path, text("First")).unwrap();
    let mut window = TestWindow::with_preset("article");
    window.drop_file(&path);
    window.settle();
    assert_eq!(run(&window).step().title, "First");
    std::fs::write(&path, text("Another and longer")).unwrap();
    window.send(egui::Event::WindowFocused(true));
    window.settle();
    assert_eq!(run(&window).step().title, "Another and longer");
    // A broken lesson stays at the last good state, with the message.
    std::fs::write(&path, text("Broken").replace("w[1,1,1]=2", "w[1,9,1]=2")).unwrap();
    window.send(egui::Event::WindowFocused(true));
    window.settle();
    assert_eq!(run(&window).step().title, "Another and longer");
    assert!(
        window.shows_text("mine.md, line 1"),
        "{}",
        window.accessibility_tree()
    );
    let mut window = TestWindow::with_preset("article");
    window.drop_file(&path);
    window.settle();
    assert!(window.lesson_run().is_none() && window.shows_text("mine.md, line 1"));
}

#[test]
fn in_presentation_mode_the_answer_is_hidden_until_space_is_pressed() {
    let mut window = TestWindow::with_preset("article");
    let messages = window.messages;
    start(&mut window, "threshold");
    window.press_key(Key::F11);
    window.settle();
    assert!(!window.shows_text(messages.lesson_right()));
    assert!(window.has_node(messages.lesson_reveal()));
    window.press_key_with(Modifiers::NONE, Key::Space);
    window.settle();
    assert!(window.shows_text(messages.lesson_right()));
    window.press_key(Key::Escape);
    window.settle();
    assert_eq!(run(&window).step_index(), 0);
}

#[test]
fn answers_are_kept_on_the_disk_in_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let storage = StoragePaths {
        preferences: Some(folder.path().join("preferences.json")),
        recovery: Some(folder.path().join("unsaved")),
    };
    let mut window = TestWindow::with_storage(crate::support::preset("article"), storage);
    start(&mut window, "threshold");
    give(&mut window, 0, &Answer::Choices(vec![1]));
    let log = std::fs::read_to_string(folder.path().join("answers/threshold.csv")).unwrap();
    assert!(log.starts_with("\u{feff}time,learner,lesson"), "{log}");
    let rows = neurodial_core::lessons::log::read(&log).unwrap();
    assert_eq!(rows.len(), 2);
    assert_eq!(
        (rows[1].event.answer.as_str(), rows[1].event.is_right),
        ("2", Some(false))
    );
}

#[test]
fn the_start_screen_leads_to_a_lesson_and_can_be_switched_off() {
    let folder = tempfile::tempdir().unwrap();
    let storage = StoragePaths {
        preferences: Some(folder.path().join("preferences.json")),
        recovery: None,
    };
    let mut window = TestWindow::with_storage(crate::support::preset("article"), storage);
    let messages = window.messages;
    assert!(!window.has_node(messages.start_learn()));
    window.show_start_screen();
    window.settle();
    for name in [
        messages.start_explore(),
        messages.start_train(),
        messages.start_figure(),
    ] {
        assert!(window.button_named(name).is_some(), "{name}");
    }
    window.click(messages.start_show_again());
    window.settle();
    window.click(messages.start_learn());
    window.settle();
    window.click(&messages.menu_lesson(3, lessons::bundled_title("threshold", Locale::English)));
    window.settle();
    assert_eq!(run(&window).lesson().head.id, "threshold");
    window.press_key_with(CTRL, Key::Z);
    window.click(messages.lesson_leave());
    window.settle();
    window.show_start_screen();
    window.settle();
    assert!(!window.has_node(messages.start_learn()));
}
