//! A robot uses the whole window at random: the controls by their names, and pointer, keys and touch anywhere.
//!
//! After each action the shown outputs must agree with an independent evaluation, and at times undo must lead back to the
//! start, saving must write the document, and the work must survive the end of the process.
//! `ROBOT_ACTIONS=100000 cargo test --release --test window robot -- --nocapture` does that many actions in each language.

use std::collections::VecDeque;
use std::fs;
use std::path::PathBuf;

use egui::accesskit::{Action, ActionData, Role};
use egui::{
    Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, Rect, TouchDeviceId,
    TouchId, TouchPhase, Vec2, pos2, vec2,
};
use egui_kittest::kittest::NodeT;
use neurodial::app::StoragePaths;
use neurodial::panes::Pane;
use neurodial_core::formats::{self, json};
use neurodial_core::session::{Document, Origin, RunState, Session};
use neurodial_core::text::{Locale, Messages};
use tempfile::TempDir;

use crate::support::independent::evaluate;
use crate::support::overlap::overlapping_texts;
use crate::support::{CTRL, CTRL_SHIFT, Rng, TestWindow, action_request, preset};

/// The number of actions in each language, unless `ROBOT_ACTIONS` says another one.
const ACTIONS: usize = 1000;
/// The number of actions between two checks of undo and of the diagram.
const UNDO_INTERVAL: usize = 500;
/// The number of actions between two ends of the process.
const KILL_INTERVAL: usize = 250;
/// A network with more knobs is replaced, so that the actions stay quick.
const MAX_KNOBS: usize = 250;
/// The sizes of the window.
const SIZES: [Vec2; 4] = [
    vec2(1280.0, 800.0),
    vec2(1920.0, 1080.0),
    vec2(900.0, 620.0),
    vec2(640.0, 420.0),
];
/// The documents that the robot begins with.
const PRESETS: [&str; 3] = ["article", "article-quiet", "xor"];
/// The texts that the robot types.
const TEXTS: [&str; 16] = [
    "0", "1", "-1", "0.5", "1/3", "2,5", "-0.75", "12", "1e-300", "1e308", "NaN", "inf", "abc", "３", "",
    "x1*x2",
];
const KEYS: [Key; 22] = [
    Key::Tab,
    Key::Tab,
    Key::Enter,
    Key::Space,
    Key::Escape,
    Key::ArrowUp,
    Key::ArrowDown,
    Key::ArrowLeft,
    Key::ArrowRight,
    Key::Home,
    Key::End,
    Key::PageUp,
    Key::PageDown,
    Key::Delete,
    Key::Backspace,
    Key::F1,
    Key::F2,
    Key::F10,
    Key::L,
    Key::P,
    Key::X,
    Key::Num5,
];

struct Robot {
    window: TestWindow,
    rng: Rng,
    seed: u64,
    locale: Locale,
    folder: TempDir,
    /// The last actions.
    log: VecDeque<String>,
    count: usize,
}

impl Drop for Robot {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!(
                "seed {}, {:?}, action {}; the last actions: {:#?}",
                self.seed, self.locale, self.count, self.log
            );
        }
    }
}

impl Robot {
    fn new(seed: u64, locale: Locale) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let preferences = format!(r#"{{"language": "{}"}}"#, locale.name());
        fs::write(folder.path().join("preferences.json"), preferences).unwrap();
        let mut rng = Rng(seed);
        let window = open_window(&folder, &mut rng);
        Self {
            window,
            rng,
            seed,
            locale,
            folder,
            log: VecDeque::new(),
            count: 0,
        }
    }

    fn document(&self) -> Document {
        self.window.session().document().clone()
    }

    /// Runs a few frames.
    fn step(&mut self, frames: usize) {
        for _ in 0..frames {
            self.window.harness.step();
        }
    }

    fn screen(&self) -> Rect {
        self.window.harness.ctx.content_rect()
    }

    fn random_pos(&mut self) -> Pos2 {
        let screen = self.screen();
        pos2(
            screen.left() + self.rng.fraction() * screen.width(),
            screen.top() + self.rng.fraction() * screen.height(),
        )
    }

    /// Returns the roles, names and centers of the controls in view.
    fn controls(&self) -> Vec<(Role, String, Pos2)> {
        let screen = self.screen();
        let nodes = self.window.harness.root().children_recursive();
        let controls = nodes.filter_map(|node| {
            let accessible = node.accesskit_node();
            let role = accessible.role();
            // A node without a place is not drawn.
            accessible.bounding_box()?;
            let center = node.rect().center();
            let is_control = matches!(
                role,
                Role::Button
                    | Role::CheckBox
                    | Role::RadioButton
                    | Role::ComboBox
                    | Role::Slider
                    | Role::SpinButton
                    | Role::TextInput
                    | Role::Link
                    | Role::Tab
                    | Role::Image
                    | Role::Unknown
            );
            let name = accessible.label()?;
            (is_control && screen.contains(center)).then_some((role, name, center))
        });
        controls.collect()
    }

    fn random_control(&mut self) -> Option<(Role, String, Pos2)> {
        let controls = self.controls();
        self.rng.choose(&controls).cloned()
    }

    /// Performs a random action and returns its description.
    fn act(&mut self) -> String {
        match self.rng.below(26) {
            0..=6 => self.click_control(),
            7..=9 => self.request(),
            10..=13 => self.drag_handle(),
            14..=16 => self.use_pointer(),
            17 => self.use_wheel(),
            18 | 19 => self.press_command(),
            20..=22 => self.press_keys(),
            23 => self.type_text(),
            24 => self.touch(),
            _ if self.rng.one_in(3) => {
                let size = *self.rng.choose(&SIZES).unwrap();
                self.window.harness.set_size(size);
                format!("resize to {size}")
            }
            _ => {
                for _ in 0..2 {
                    self.window.press_key(Key::Escape);
                }
                "escape".to_owned()
            }
        }
    }

    fn click_control(&mut self) -> String {
        let Some((role, name, pos)) = self.random_control() else {
            return "no control".to_owned();
        };
        self.window.press_at(pos);
        self.window.release();
        format!("click {role:?} {name}")
    }

    /// Sends a random request of a screen reader.
    fn request(&mut self) -> String {
        let Some((role, name, _)) = self.random_control() else {
            return "no control".to_owned();
        };
        let (action, data) = match self.rng.below(6) {
            0 => (Action::Click, None),
            1 => (Action::Focus, None),
            2 => (Action::Increment, None),
            3 => (Action::Decrement, None),
            4 => {
                let value = f64::from(self.rng.fraction()) * 8.0 - 4.0;
                (Action::SetValue, Some(ActionData::NumericValue(value)))
            }
            _ => {
                let text = *self.rng.choose(&TEXTS).unwrap();
                (Action::SetValue, Some(ActionData::Value(text.into())))
            }
        };
        let event = self
            .window
            .harness
            .root()
            .children_recursive()
            .find(|node| node.accesskit_node().label().as_deref() == Some(&name))
            .map(|node| action_request(&node, action, data.clone()));
        if let Some(event) = event {
            self.window.send(event);
        }
        format!("request {action:?} {data:?} of {role:?} {name}")
    }

    fn drag_handle(&mut self) -> String {
        let screen = self.screen();
        let handles: Vec<(String, Pos2)> = self
            .window
            .elements()
            .placed()
            .iter()
            .filter(|placed| placed.handle.is_some())
            .map(|placed| {
                (
                    format!("{:?}", placed.element),
                    placed.hit_shape.bounds().center(),
                )
            })
            .filter(|(_, pos)| screen.contains(*pos))
            .collect();
        let Some((element, from)) = self.rng.choose(&handles).cloned() else {
            return "no handle".to_owned();
        };
        let distance = [10.0, 60.0, 400.0][self.rng.below(3)];
        let modifiers = match self.rng.below(4) {
            0 => Modifiers::SHIFT,
            _ => Modifiers::NONE,
        };
        self.window.set_modifiers(modifiers);
        self.window.press_at(from);
        for _ in 0..1 + self.rng.below(3) {
            let offset = vec2(self.rng.fraction() - 0.5, self.rng.fraction() - 0.5);
            self.window.move_to(from + distance * offset);
        }
        match self.rng.below(8) {
            0 => self.window.press_key(Key::Escape),
            1 => self.window.press_key_with(CTRL, Key::Z),
            2 => self.window.press_key(Key::ArrowUp),
            _ => {}
        }
        self.window.set_modifiers(modifiers);
        self.window.release();
        self.window.set_modifiers(Modifiers::NONE);
        format!("drag {element} from {from}")
    }

    fn use_pointer(&mut self) -> String {
        let pos = self.random_pos();
        match self.rng.below(4) {
            0 => {
                self.window.press_at(pos);
                self.window.release();
                self.window.press_at(pos);
                self.window.release();
                format!("double-click {pos}")
            }
            1 => {
                self.window.move_to(pos);
                for pressed in [true, false] {
                    self.window.send(Event::PointerButton {
                        pos,
                        button: PointerButton::Secondary,
                        pressed,
                        modifiers: Modifiers::NONE,
                    });
                }
                format!("right-click {pos}")
            }
            2 => {
                let to = self.random_pos();
                self.window.press_at(pos);
                self.window.move_to(pos + 0.3 * (to - pos));
                self.window.move_to(to);
                self.window.release();
                format!("drag from {pos} to {to}")
            }
            _ => {
                self.window.move_to(pos);
                self.step(1 + self.rng.0 as usize % 12);
                format!("hover {pos}")
            }
        }
    }

    fn use_wheel(&mut self) -> String {
        let pos = self.random_pos();
        self.window.move_to(pos);
        let modifiers = [Modifiers::NONE, Modifiers::NONE, CTRL, Modifiers::SHIFT][self.rng.below(4)];
        let delta = vec2(0.0, [-3.0, -1.0, 1.0, 3.0][self.rng.below(4)]);
        self.window.set_modifiers(modifiers);
        self.window.send(Event::MouseWheel {
            unit: MouseWheelUnit::Line,
            delta,
            phase: TouchPhase::Move,
            source: MouseWheelSource::Wheel,
            modifiers,
        });
        self.window.set_modifiers(Modifiers::NONE);
        format!("wheel {delta} at {pos}")
    }

    fn press_command(&mut self) -> String {
        let keys = [
            (CTRL, Key::Z),
            (CTRL, Key::Z),
            (CTRL_SHIFT, Key::Z),
            (CTRL, Key::R),
            (CTRL, Key::Space),
            (CTRL, Key::Enter),
            (CTRL_SHIFT, Key::Enter),
            (CTRL, Key::Backspace),
            (CTRL, Key::N),
            (CTRL, Key::E),
            (CTRL, Key::S),
            (CTRL_SHIFT, Key::P),
            (CTRL, Key::Num1),
            (CTRL, Key::Num2),
            (CTRL, Key::Num3),
            (CTRL, Key::Plus),
            (CTRL, Key::Minus),
            (CTRL, Key::Num0),
            (Modifiers::ALT, Key::ArrowDown),
            (Modifiers::ALT, Key::ArrowRight),
            (Modifiers::NONE, Key::F5),
            (Modifiers::NONE, Key::F11),
        ];
        let (modifiers, key) = *self.rng.choose(&keys).unwrap();
        self.window.press_key_with(modifiers, key);
        format!("press {modifiers:?} {key:?}")
    }

    fn press_keys(&mut self) -> String {
        let key = *self.rng.choose(&KEYS).unwrap();
        let modifiers = match self.rng.below(4) {
            0 => Modifiers::SHIFT,
            _ => Modifiers::NONE,
        };
        let times = 1 + self.rng.below(3);
        for _ in 0..times {
            self.window.press_key_with(modifiers, key);
        }
        format!("press {key:?} {times} times, Shift: {}", modifiers.shift)
    }

    fn type_text(&mut self) -> String {
        let text = *self.rng.choose(&TEXTS).unwrap();
        if self.rng.one_in(2) {
            self.window.press_key_with(CTRL, Key::A);
        }
        match self.rng.one_in(4) {
            true => self.window.send(Event::Paste(text.to_owned())),
            false => self.window.type_text(text),
        }
        if self.rng.one_in(2) {
            self.window.press_key(Key::Enter);
        }
        format!("type {text}")
    }

    fn touch(&mut self) -> String {
        let (from, to) = (self.random_pos(), self.random_pos());
        let fingers: &[u64] = if self.rng.one_in(3) { &[0, 1] } else { &[0] };
        let is_tap = self.rng.one_in(3);
        let path: Vec<(TouchPhase, f32)> = match is_tap {
            true => vec![(TouchPhase::Start, 0.0), (TouchPhase::End, 0.0)],
            false => vec![
                (TouchPhase::Start, 0.0),
                (TouchPhase::Move, 0.3),
                (TouchPhase::Move, 1.0),
                (TouchPhase::End, 1.0),
            ],
        };
        for (phase, fraction) in path {
            let mut events = Vec::new();
            for &finger in fingers {
                let pos = from + fraction * (to - from) * (1.0 - 2.0 * finger as f32);
                events.push(Event::Touch {
                    device_id: TouchDeviceId(0),
                    id: TouchId(finger),
                    phase,
                    pos,
                    force: None,
                });
            }
            let pos = from + fraction * (to - from);
            let button = |pressed| Event::PointerButton {
                pos,
                button: PointerButton::Primary,
                pressed,
                modifiers: Modifiers::NONE,
            };
            match phase {
                TouchPhase::Start => events.extend([Event::PointerMoved(pos), button(true)]),
                TouchPhase::Move => events.push(Event::PointerMoved(pos)),
                TouchPhase::End | TouchPhase::Cancel => events.extend([button(false), Event::PointerGone]),
            }
            self.window.send_all(events);
        }
        format!(
            "touch with {} fingers from {from} to {to}, tap: {is_tap}",
            fingers.len()
        )
    }

    /// Checks what the window shows against the document.
    fn check_shown(&self) {
        let (session, insight) = (self.window.session(), self.window.insight());
        let document = session.document();
        assert!(
            document.network.knobs().iter().all(|knob| knob.is_finite()),
            "a knob"
        );
        let forward_pass = insight.forward_pass();
        let architecture = document.network.architecture();
        for (input, &value) in document.inputs.iter().enumerate() {
            let shown = forward_pass.x(input)[0];
            assert_eq!(shown.to_bits(), value.to_bits(), "input {input}");
        }
        for (layer, values) in evaluate(document).iter().enumerate() {
            for neuron in 0..architecture.width(layer) {
                for (name, found, expected) in [
                    ("z", forward_pass.z(layer, neuron)[0], values.z[neuron]),
                    ("a", forward_pass.a(layer, neuron)[0], values.a[neuron]),
                ] {
                    let tolerance = 1e-9 * (1e-3 + values.scale[neuron]);
                    let is_near = (found - expected).abs() <= tolerance;
                    let are_both_infinite = !found.is_finite() && !expected.is_finite();
                    assert!(
                        is_near || are_both_infinite,
                        "{name} of neuron {neuron} of layer {layer}: {found} is not {expected}"
                    );
                }
            }
        }
        let is_not_finite = |text: &String| {
            text.split(|c: char| !c.is_alphanumeric())
                .any(|word| matches!(word, "NaN" | "nan" | "inf" | "Inf" | "infinity" | "Infinity"))
        };
        // What the robot types itself is no number that the program shows.
        let is_typed = |text: &String| matches!(text.trim(), "NaN" | "inf");
        let texts = self.window.painted_texts();
        let wrong: Vec<&String> = texts
            .iter()
            .filter(|text| is_not_finite(text) && !is_typed(text) && !text.contains('“'))
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    /// Ends what goes on: gestures, dialogs, modes and training.
    fn calm(&mut self) {
        self.window.set_modifiers(Modifiers::NONE);
        self.window.release();
        self.window.send(Event::PointerGone);
        for _ in 0..8 {
            self.window.press_key(Key::Escape);
        }
        let messages = self.messages();
        for name in [
            messages.recovery_open(),
            messages.challenge_stop_name(),
            messages.challenge_close_name(),
        ] {
            let pos = self.window.button_named(name).map(|node| node.rect().center());
            if let Some(pos) = pos {
                self.window.press_at(pos);
                self.window.release();
            }
        }
        if self.window.session().run().state == RunState::Running {
            self.window.press_key_with(CTRL, Key::Space);
            self.window.step_until("the end of training", |window| {
                window.session().run().state != RunState::Running
            });
        }
        self.step(5);
    }

    /// Returns the messages of the language that the window has now; the robot may have chosen another one.
    fn messages(&self) -> Messages {
        let all = Locale::ALL.map(Messages::new);
        let shown = all
            .into_iter()
            .find(|messages| self.window.button_named(messages.menu_file()).is_some());
        shown.unwrap_or(Messages::new(self.locale))
    }

    /// Undoes everything, compares with the document that was opened, and redoes it.
    fn check_undo(&mut self) {
        self.calm();
        let end = self.document();
        let mut undone = 0;
        while self.window.undo_count() > 0 {
            let before = self.window.undo_count();
            self.window.press_key_with(CTRL, Key::Z);
            if self.window.undo_count() >= before {
                self.calm();
                self.window.press_key_with(CTRL, Key::Z);
            }
            assert!(self.window.undo_count() < before, "undo does nothing");
            undone += 1;
            self.check_shown();
        }
        assert!(
            self.document().is_bitwise_equal(self.window.session().opened()),
            "undo leads to the start"
        );
        for _ in 0..undone {
            self.window.press_key_with(CTRL_SHIFT, Key::Z);
        }
        assert!(self.document().is_bitwise_equal(&end), "redo leads to the end");
    }

    /// Checks that no texts overlap in the network diagram.
    fn check_diagram(&mut self) {
        self.calm();
        self.step(30);
        let elements = self.window.elements_in(Pane::Diagram);
        let diagram = elements
            .iter()
            .fold(Rect::NOTHING, |union, placed| union | placed.hit_shape.bounds());
        let overlapping: Vec<String> = overlapping_texts(&self.window)
            .into_iter()
            .filter(|(_, place)| diagram.contains(place.center()))
            .map(|(sentence, _)| sentence)
            .collect();
        assert!(overlapping.is_empty(), "{overlapping:#?}");
    }

    /// Saves the document if it has a file.
    fn check_saving(&mut self) {
        self.calm();
        let Origin::File(path) = self.window.session().origin().clone() else {
            return;
        };
        self.window.press_key_with(CTRL, Key::S);
        assert!(!self.window.session().is_unsaved(), "it is saved");
        let saved = formats::open(&path).unwrap();
        assert!(
            saved.is_bitwise_equal(&self.document()),
            "what is saved is the document"
        );
    }

    /// Ends the process without asking, starts it again, and checks that the work is still there.
    fn check_recovery(&mut self) {
        self.calm();
        let is_unsaved = self.window.session().is_unsaved();
        let before = self.document();
        if is_unsaved {
            let folder = self.folder.path().join("unsaved");
            self.window.step_until("the recovery file", |_| {
                autosaved(&folder)
                    .iter()
                    .any(|document| document.is_bitwise_equal(&before))
            });
        }
        self.close_window();
        self.window = open_window(&self.folder, &mut self.rng);
        self.step(3);
        let messages = self.messages();
        let open = self
            .window
            .button_named(messages.recovery_open())
            .map(|node| node.rect().center());
        assert_eq!(
            open.is_some(),
            is_unsaved,
            "a document is offered if there is one"
        );
        if let Some(pos) = open {
            self.window.press_at(pos);
            self.window.release();
            self.step(3);
            assert!(
                self.document().is_bitwise_equal(&before),
                "the recovered document"
            );
        }
    }

    /// Drops the window, so that nothing of it remains but its files.
    fn close_window(&mut self) {
        self.window = TestWindow::with_session(preset("neuron"));
    }

    /// Begins with another document.
    fn begin_anew(&mut self) {
        self.close_window();
        self.folder = tempfile::tempdir().unwrap();
        let preferences = format!(r#"{{"language": "{}"}}"#, self.locale.name());
        fs::write(self.folder.path().join("preferences.json"), preferences).unwrap();
        self.window = open_window(&self.folder, &mut self.rng);
    }

    fn run(&mut self, actions: usize) {
        let mut memory = Vec::new();
        for index in 0..actions {
            self.count = index;
            let action = self.act();
            self.log.push_back(action);
            if self.log.len() > 12 {
                self.log.pop_front();
            }
            self.step(1 + self.rng.0 as usize % 2);
            self.close_path_dialog();
            self.check_shown();
            let is_last = index + 1 == actions;
            if index % UNDO_INTERVAL == UNDO_INTERVAL - 1 || is_last {
                self.log.push_back("undo everything".to_owned());
                self.check_undo();
                self.check_diagram();
                memory.extend(resident_megabytes());
            }
            if index % KILL_INTERVAL == KILL_INTERVAL / 2 {
                self.log.push_back("save".to_owned());
                self.check_saving();
            }
            if index % KILL_INTERVAL == KILL_INTERVAL - 1 {
                self.log.push_back("end the process".to_owned());
                self.check_recovery();
            }
            let knobs = self.window.session().architecture().knob_count();
            if knobs > MAX_KNOBS || index % 2000 == 1999 {
                self.log.push_back("begin anew".to_owned());
                self.begin_anew();
            }
        }
        if actions > 20_000 {
            println!("seed {}: {memory:?} MB", self.seed);
            // Caches and freed memory of the first actions settle.
            let settled = memory[memory.len() / 4..].iter().take(5).max().unwrap();
            let last = memory[memory.len() - 5..].iter().min().unwrap();
            assert!(*last < settled + settled / 2, "the memory grows: {memory:?}");
        }
    }

    /// Closes a dialog for a path, so that nothing is written or read elsewhere.
    fn close_path_dialog(&mut self) {
        for messages in Locale::ALL.map(Messages::new) {
            if self.window.has_node(messages.file_path()) {
                self.window.press_key(Key::Escape);
                self.window.press_key(Key::Escape);
            }
        }
    }
}

fn open_window(folder: &TempDir, rng: &mut Rng) -> TestWindow {
    let storage = StoragePaths {
        preferences: Some(folder.path().join("preferences.json")),
        recovery: Some(folder.path().join("unsaved")),
    };
    let name = *rng.choose(&PRESETS).unwrap();
    let session = preset(name);
    let path: PathBuf = folder.path().join("robot.json");
    let session = match rng.one_in(2) {
        true => {
            formats::save(session.document(), &path).unwrap();
            Session::open(session.document().clone(), Origin::File(path))
        }
        false => session,
    };
    let mut window = TestWindow::with_storage(session, storage);
    window.harness.step();
    window
}

/// Returns the documents in the recovery files of a folder.
fn autosaved(folder: &std::path::Path) -> Vec<Document> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let files = entries.map(|entry| entry.path());
    let documents = files.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    documents
        .filter_map(|path| {
            let text = fs::read_to_string(path).ok()?;
            let content: serde_json::Value = serde_json::from_str(&text).ok()?;
            json::read(content["document"].as_str()?).ok()
        })
        .collect()
}

/// Returns the memory of the process in MB.
fn resident_megabytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024)
}

fn run_robot(seed: u64, locale: Locale) {
    let variable = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let actions = variable("ROBOT_ACTIONS").unwrap_or(ACTIONS);
    let seed = variable("ROBOT_SEED").map_or(seed, |seed| seed as u64);
    Robot::new(seed, locale).run(actions);
}

#[test]
fn a_robot_breaks_nothing_in_english() {
    run_robot(1, Locale::English);
}

#[test]
fn a_robot_breaks_nothing_in_chinese() {
    run_robot(2, Locale::SimplifiedChinese);
}
