//! Every control of a menu or dialog can be reached in windows of any size and scale.

use egui::accesskit::{Action, NodeId, Role};
use egui::{Event, Key, Modifiers, Rect, Vec2, vec2};
use egui_kittest::Node;
use egui_kittest::kittest::NodeT;
use neurodial::app::StoragePaths;
use neurodial::panes::Pane;
use neurodial_core::data::BundledDataset;
use neurodial_core::formats;
use neurodial_core::formats::recovery::RecoverySlot;
use neurodial_core::network::Knob;
use neurodial_core::session::{
    DataSource, Edit, Origin, Session, TrainingConfig, TrainingSetup, WindowLayout,
};
use neurodial_core::text::{Locale, Messages};
use tempfile::TempDir;

use crate::support::{CTRL, CTRL_SHIFT, TestWindow, action_request, is_button, menu_names, overlap, preset};

/// The sizes of the window at 100%, in points, and the scales, in percent.
const WINDOWS: [(Vec2, u32); 12] = [
    (vec2(640.0, 420.0), 75),
    (vec2(640.0, 420.0), 100),
    (vec2(640.0, 420.0), 250),
    (vec2(800.0, 600.0), 125),
    (vec2(1024.0, 768.0), 150),
    (vec2(1280.0, 720.0), 75),
    (vec2(1280.0, 720.0), 225),
    (vec2(1280.0, 720.0), 250),
    (vec2(1920.0, 1080.0), 100),
    (vec2(1920.0, 1080.0), 250),
    (vec2(3840.0, 2160.0), 75),
    (vec2(3840.0, 2160.0), 250),
];

/// The combinations of languages and themes.
const APPEARANCES: [Appearance; 4] = [
    Appearance::new(Locale::English, false),
    Appearance::new(Locale::SimplifiedChinese, true),
    Appearance::new(Locale::English, true),
    Appearance::new(Locale::SimplifiedChinese, false),
];

/// A language and a theme.
#[derive(Debug, Clone, Copy)]
struct Appearance {
    locale: Locale,
    is_dark: bool,
}

impl Appearance {
    const fn new(locale: Locale, is_dark: bool) -> Self {
        Self { locale, is_dark }
    }
}

/// The size of a window at 100% in points, the scale in percent, and the appearance.
#[derive(Debug, Clone, Copy)]
struct Setting {
    size: Vec2,
    percent: u32,
    appearance: Appearance,
}

impl Setting {
    fn describe(&self, what: &str) -> String {
        let Appearance { locale, is_dark } = self.appearance;
        let theme = if is_dark { "dark" } else { "light" };
        format!(
            "{what} in {} at {}%, {}, {theme}",
            self.size,
            self.percent,
            locale.name()
        )
    }
}

/// Returns every window in both languages, once in light and once in dark; which language is dark differs.
fn settings() -> impl Iterator<Item = Setting> {
    WINDOWS.into_iter().enumerate().flat_map(|(index, window)| {
        let first = 2 * (index % 2);
        APPEARANCES[first..first + 2]
            .iter()
            .map(move |&appearance| setting(window, appearance))
    })
}

/// Returns every window in one appearance; over all windows, all appearances occur.
fn single_settings() -> impl Iterator<Item = Setting> {
    let windows = WINDOWS.into_iter().enumerate();
    windows.map(|(index, window)| setting(window, APPEARANCES[index % APPEARANCES.len()]))
}

fn setting((size, percent): (Vec2, u32), appearance: Appearance) -> Setting {
    Setting {
        size,
        percent,
        appearance,
    }
}

/// A window with the folder of its preferences.
struct SmallWindow {
    window: TestWindow,
    folder: TempDir,
}

impl std::ops::Deref for SmallWindow {
    type Target = TestWindow;

    fn deref(&self) -> &TestWindow {
        &self.window
    }
}

impl std::ops::DerefMut for SmallWindow {
    fn deref_mut(&mut self) -> &mut TestWindow {
        &mut self.window
    }
}

/// Opens a window of that size at that scale, or at the largest one below it that the window has room for.
fn window_at_scale(size: Vec2, percent: u32) -> SmallWindow {
    open_window(preset("neuron"), setting((size, percent), APPEARANCES[0]), false)
}

/// Opens a window, if `has_recovered` with a document that another one has left unsaved.
fn open_window(session: Session, setting: Setting, has_recovered: bool) -> SmallWindow {
    let Setting {
        size,
        percent,
        appearance: Appearance { locale, is_dark },
    } = setting;
    let folder = tempfile::tempdir().unwrap();
    let preferences = folder.path().join("preferences.json");
    let text = format!(
        r#"{{"scale": {percent}, "language": "{}", "dark": {is_dark}}}"#,
        locale.name()
    );
    std::fs::write(&preferences, text).unwrap();
    let recovery = folder.path().join("unsaved");
    if has_recovered {
        let slot = RecoverySlot::create(&recovery).unwrap();
        slot.store(session.document(), &Origin::Untitled).unwrap();
    }
    let storage = StoragePaths {
        preferences: Some(preferences),
        recovery: Some(recovery),
    };
    // The harness takes the size at the scale of the first frame.
    let mut window = TestWindow::new(session, storage, size * 100.0 / percent as f32);
    window.settle();
    window.messages = Messages::new(locale);
    SmallWindow { window, folder }
}

/// Presses the topmost button of that name as a screen reader does, wherever it is.
#[track_caller]
fn press(window: &mut TestWindow, name: &str) {
    let node = window
        .button_named(name)
        .unwrap_or_else(|| panic!("no button {name}"));
    let request = action_request(&node, Action::Click, None);
    window.send(request);
    window.settle();
}

/// True if a node can be used. A disabled one can't have the focus.
fn is_control(node: &Node<'_>) -> bool {
    let (role, is_disabled) = (node.accesskit_node().role(), node.accesskit_node().is_disabled());
    let is_field = matches!(role, Role::TextInput | Role::ComboBox | Role::MultilineTextInput);
    !is_disabled && (is_field || is_button(node))
}

/// A control as the accessibility tree describes it.
struct Control {
    id: NodeId,
    name: String,
    rect: Rect,
    focus_request: Event,
}

/// Returns all controls.
fn controls(window: &TestWindow) -> Vec<Control> {
    let nodes = window.harness.root().children_recursive();
    let controls = nodes.filter(is_control).map(|node| Control {
        id: node.accesskit_node().locate().0,
        name: node.accesskit_node().label().unwrap_or_default(),
        rect: node.rect(),
        focus_request: action_request(&node, Action::Focus, None),
    });
    controls.collect()
}

/// Checks that no texts overlap, that no scroll bar covers a control, and that each control can be reached. Returns
/// the number of controls that were not there before.
#[track_caller]
fn check(window: &mut TestWindow, before: &[Control], situation: &str) -> usize {
    let problems = [
        overlapping_texts(window, situation),
        covered_controls(window, situation),
    ]
    .concat();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    check_reachable(window, before, situation)
}

/// Returns the controls that a horizontal scroll bar covers, even partly, or a vertical one for the most part.
fn covered_controls(window: &TestWindow, situation: &str) -> Vec<String> {
    /// The common width of what only touches, in points.
    const TOLERANCE: f32 = 3.0;
    let screen = window.harness.ctx.content_rect();
    let nodes = || window.harness.root().children_recursive();
    let bars = nodes().filter(|node| node.accesskit_node().role() == Role::ScrollBar);
    let mut covered = Vec::new();
    for bar in bars {
        let bar_rect = bar.rect();
        // What the bar scrolls is beside it in the tree.
        let Some(around) = bar.accesskit_node().parent().map(|parent| parent.locate().0) else {
            continue;
        };
        // What is scrolled out of an area with two bars is cut beside them.
        let is_only_bar = {
            let of_the_area = |node: &Node<'_>| {
                let is_bar = node.accesskit_node().role() == Role::ScrollBar;
                let parent = node.accesskit_node().parent().map(|parent| parent.locate().0);
                is_bar && parent == Some(around) && node.rect().intersects(bar_rect.expand(12.0))
            };
            nodes().filter(of_the_area).count() == 1
        };
        // Likewise if the bar is in an area that is scrolled itself, and reaches out of the window.
        if !is_only_bar || !screen.expand(1.0).contains_rect(bar_rect) {
            continue;
        }
        let is_beside = |node: &Node<'_>| {
            let mut parent = node.accesskit_node().parent();
            while let Some(ancestor) = parent {
                if ancestor.locate().0 == around {
                    return true;
                }
                parent = ancestor.parent();
            }
            false
        };
        for control in nodes().filter(|node| is_control(node) && is_beside(node)) {
            let rect = control.rect().intersect(screen);
            let common = rect.intersect(bar_rect);
            let is_covered = if bar_rect.width() > bar_rect.height() {
                common.height() > TOLERANCE && common.width() > TOLERANCE
            } else {
                common.height() > TOLERANCE && common.width() > 0.5 * rect.width()
            };
            if rect.is_positive() && is_covered {
                let name = control.accesskit_node().label().unwrap_or_default();
                covered.push(format!("{situation}: {bar_rect} covers {name} at {rect}"));
            }
        }
    }
    covered
}

/// Checks that each control that was not there before is in the window, or is scrolled there when it gets the
/// focus; of a long list that scrolls, some are enough. Returns the number of controls.
#[track_caller]
fn check_reachable(window: &mut TestWindow, before: &[Control], situation: &str) -> usize {
    let screen = window.harness.ctx.content_rect().expand(0.5);
    let mut shown = controls(window);
    shown.retain(|control| before.iter().all(|known| known.id != control.id));
    let count = shown.len();
    shown.retain(|control| !screen.contains_rect(control.rect));
    // The arrows of a long row of tabs, and the View menu, lead to those out of view.
    let titles: Vec<&str> = panes_of_the_window()
        .map(|pane| pane.title(window.messages))
        .collect();
    shown.retain(|control| !titles.contains(&control.name.as_str()));
    let stride = shown.len() / 6 + 1;
    for Control {
        id,
        name,
        focus_request,
        ..
    } in shown.into_iter().rev().step_by(stride)
    {
        window.send(focus_request);
        window.settle();
        let now = controls(window);
        let rect = now
            .iter()
            .find(|control| control.id == id)
            .map_or(Rect::NOTHING, |control| control.rect);
        assert!(
            screen.contains_rect(rect),
            "{situation}: {name} is at {rect} and can't be reached"
        );
    }
    count
}

fn close(window: &mut TestWindow) {
    for _ in 0..3 {
        window.press_key(Key::Escape);
    }
    window.settle();
}

#[test]
fn every_entry_of_every_menu_can_be_reached() {
    for setting in settings() {
        let mut window = open_window(preset("neuron"), setting, false);
        let messages = window.messages;
        for menu in menu_names(messages) {
            let situation = setting.describe(menu);
            let before = controls(&window);
            press(&mut window, menu);
            let count = check(&mut window, &before, &situation);
            // Without data, no training command is enabled.
            let is_enabled = menu != messages.menu_train();
            assert!(count >= 3 || !is_enabled, "{situation}: {count}");
            close(&mut window);
        }
        for path in [
            [messages.menu_file(), messages.menu_open_preset()],
            [messages.menu_view(), messages.menu_maximize_pane()],
            [messages.menu_view(), messages.menu_curve_display()],
        ] {
            let situation = setting.describe(path[1]);
            press(&mut window, path[0]);
            let before = controls(&window);
            press(&mut window, path[1]);
            let count = check(&mut window, &before, &situation);
            assert!(count >= 3, "{situation}: {count}");
            close(&mut window);
        }
    }
}

#[test]
fn every_control_of_every_dialog_can_be_reached() {
    for setting in settings() {
        let mut window = open_window(preset("neuron"), setting, false);
        let messages = window.messages;
        let before = controls(&window);
        for path in [
            [messages.menu_file(), messages.command_new()],
            [messages.menu_file(), messages.command_import_weights()],
            [messages.menu_file(), messages.command_export_figure()],
            [messages.menu_network(), messages.command_initialize()],
            [messages.menu_help(), messages.command_palette()],
            [messages.menu_help(), messages.command_shortcuts()],
            [messages.menu_help(), messages.command_about()],
        ] {
            let situation = setting.describe(path[1]);
            for name in path {
                press(&mut window, name);
            }
            let count = check(&mut window, &before, &situation);
            assert!(count > 0, "{situation}");
            close(&mut window);
        }
        let architecture = window.session().architecture().clone();
        let weight = architecture.describe_knob(Knob::weight(0, 0, 0), messages);
        for (element, entry) in [
            (weight.clone(), messages.element_menu_range()),
            (
                architecture.describe_input(0, messages),
                messages.element_menu_rename(),
            ),
        ] {
            let situation = setting.describe(entry);
            window.focus(&element);
            window.press_key(Key::Menu);
            window.settle();
            check(&mut window, &before, &situation);
            press(&mut window, entry);
            assert!(check(&mut window, &before, &situation) >= 2, "{situation}");
            close(&mut window);
        }
        window.request_action(&weight, Action::Increment, None);
        window.press_key_with(CTRL, Key::Q);
        window.settle();
        assert!(window.has_node(messages.unsaved_changes_title()));
        let situation = setting.describe(messages.unsaved_changes_title());
        check(&mut window, &before, &situation);
    }
}

#[test]
fn every_control_of_the_dialog_for_a_changed_file_can_be_reached() {
    for setting in settings() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shared.json");
        let mut session = preset("article");
        formats::save(session.document(), &path).unwrap();
        session = Session::open(formats::open(&path).unwrap(), Origin::File(path.clone()));
        let edit = Edit::Set {
            target: Knob::weight(0, 1, 1).into(),
            value: 0.7,
        };
        session.apply(edit).unwrap();
        let mut window = open_window(session, setting, false);
        let messages = window.messages;
        let before = controls(&window);
        formats::save(preset("article-quiet").document(), &path).unwrap();
        window.press_key_with(CTRL, Key::S);
        window.settle();
        let situation = setting.describe(messages.changed_file_title());
        let count = check(&mut window, &before, &situation);
        assert!(count >= 3, "{situation}: {count}");
        press(&mut window, messages.changed_file_compare());
        check(&mut window, &before, &situation);
    }
}

#[test]
fn every_control_of_the_dialogs_for_files_can_be_reached() {
    for setting in settings() {
        let situation = |dialog: &str| setting.describe(dialog);
        let mut window = open_window(preset("neuron"), setting, true);
        let messages = window.messages;
        assert!(window.has_node(messages.recovery_title()));
        // Only the controls of the dialog are its own.
        let behind = controls(&open_window(preset("neuron"), setting, false));
        let count = check(&mut window, &behind, &situation(messages.recovery_title()));
        assert!(count >= 3, "{count}");
        press(&mut window, messages.recovery_discard());
        let before = controls(&window);

        press(&mut window, messages.menu_file());
        press(&mut window, messages.command_save_as());
        window.step_until("the field for the path", |window| {
            window.has_node(messages.file_path())
        });
        window.settle();
        let count = check(&mut window, &before, &situation(messages.file_save_as()));
        assert!(count >= 2, "{count}");
        close(&mut window);

        let table = window.folder.path().join("table.csv");
        let columns: Vec<String> = (1..=9).map(|column| format!("column {column}")).collect();
        let rows = "1,2,3,4,5,6,7,8,a\n9,8,7,6,5,4,3,2,b\n".repeat(4);
        std::fs::write(&table, format!("{}\n{rows}", columns.join(","))).unwrap();
        window.drop_file(&table);
        let text = messages.import_data_size(8, 8);
        window.step_until("the rows", |window| window.has_node(&text));
        window.settle();
        let count = check(&mut window, &before, &situation(messages.import_data_title()));
        assert!(count >= 4, "{count}");
    }
}

/// The panes that are not in the window.
const FIGURES_ONLY: [Pane; 4] = [Pane::Dials, Pane::HeatMap, Pane::Family, Pane::SmallMultiples];

/// Returns a session with a network for flowers, whose inputs and outputs have names, and with its data.
fn flowers() -> Session {
    let config = TrainingConfig::new(DataSource::Bundled(BundledDataset::Iris));
    let document = TrainingSetup::new(config).unwrap().new_document().unwrap();
    Session::open(document, Origin::Untitled)
}

/// Returns a session with a network that tells two spirals apart, and with their data.
fn spirals() -> Session {
    let config = TrainingConfig::new(DataSource::from_name("spiral").unwrap());
    let document = TrainingSetup::new(config).unwrap().new_document().unwrap();
    Session::open(document, Origin::Untitled)
}

/// Returns a sentence for each text in view that overlaps another one.
fn overlapping_texts(window: &TestWindow, situation: &str) -> Vec<String> {
    let found = overlap::overlapping_texts(window).into_iter();
    found
        .map(|(sentence, _)| format!("{situation}: {sentence}"))
        .collect()
}

/// Returns the panes of the window that are maximized in the tests.
fn panes_of_the_window() -> impl Iterator<Item = Pane> {
    Pane::ALL.into_iter().filter(|pane| !FIGURES_ONLY.contains(pane))
}

#[test]
fn every_pane_that_fills_the_window_is_complete() {
    for setting in single_settings() {
        let mut window = open_window(flowers(), setting, false);
        let messages = window.messages;
        for pane in panes_of_the_window() {
            window.press_key_with(CTRL_SHIFT, Key::P);
            window.settle();
            window.type_text(&messages.command_maximize_pane(pane.title(messages)));
            window.press_key(Key::Enter);
            window.settle();
            check(&mut window, &[], &setting.describe(pane.title(messages)));
        }
    }
}

#[test]
fn every_pane_of_every_layout_is_complete() {
    for setting in single_settings() {
        let mut window = open_window(spirals(), setting, false);
        let messages = window.messages;
        // The panel of the layout Figure has the contents of the dialog, which has a test of its own.
        for layout in WindowLayout::ALL
            .into_iter()
            .filter(|&layout| layout != WindowLayout::Figure)
        {
            choose_layout(&mut window, layout);
            for pane in panes_of_the_window() {
                let title = pane.title(messages);
                if is_tab(&window, title) {
                    press(&mut window, title);
                }
                if window.has_node(&messages.command_maximize_pane(title)) {
                    let situation = format!("{} of {}", title, layout.label(messages));
                    check(&mut window, &[], &setting.describe(&situation));
                }
            }
        }
    }
}

/// Chooses a layout with its key.
fn choose_layout(window: &mut TestWindow, layout: WindowLayout) {
    let key = match layout {
        WindowLayout::Explore => Key::Num1,
        WindowLayout::Train => Key::Num2,
        WindowLayout::Present => Key::Num3,
        WindowLayout::Figure => Key::Num4,
    };
    window.press_key_with(Modifiers::ALT, key);
    window.settle();
}

/// True if a pane is one of several tabs.
fn is_tab(window: &TestWindow, title: &str) -> bool {
    window.button_named(title).is_some()
}

/// Returns the titles of the panes in view.
fn shown_panes(window: &TestWindow) -> Vec<&'static str> {
    let messages = window.messages;
    let titles = panes_of_the_window().map(|pane| pane.title(messages));
    titles
        .filter(|title| window.has_node(&messages.command_maximize_pane(title)))
        .collect()
}

#[test]
fn the_tabs_in_front_stay_there_at_every_scale() {
    for &appearance in &APPEARANCES[..2] {
        for layout in WindowLayout::ALL {
            let mut window = open_window(spirals(), setting((vec2(1280.0, 720.0), 100), appearance), false);
            let messages = window.messages;
            choose_layout(&mut window, layout);
            let before = shown_panes(&window);
            let first = match layout {
                WindowLayout::Explore => Pane::Knobs,
                WindowLayout::Train => Pane::Data,
                WindowLayout::Present | WindowLayout::Figure => Pane::Diagram,
            };
            for _ in 0..7 {
                window.press_key_with(CTRL, Key::Plus);
                window.settle();
                let shown = shown_panes(&window);
                let scale = window.harness.ctx.zoom_factor();
                assert!(
                    shown.contains(&first.title(messages)),
                    "{layout} at {scale}: {shown:?}"
                );
            }
            window.press_key_with(CTRL, Key::Num0);
            window.settle();
            assert_eq!(window.harness.ctx.zoom_factor(), 1.0);
            assert_eq!(shown_panes(&window), before, "{layout}");
        }
    }
}

#[test]
fn nothing_overlaps_in_the_top_bar() {
    for setting in settings() {
        {
            let Setting { size, percent, .. } = setting;
            let window = open_window(preset("neuron"), setting, false);
            let messages = window.messages;
            let bottom = window.button_named(messages.menu_help()).unwrap().rect().bottom();
            let screen = window.harness.ctx.content_rect();
            let mut shown: Vec<(String, Rect)> = Vec::new();
            for node in window.harness.root().children_recursive() {
                let accesskit_node = node.accesskit_node();
                let is_text = is_button(&node) || accesskit_node.role() == Role::Label;
                if !is_text || node.rect().center().y > bottom {
                    continue;
                }
                let (rect, name) = (
                    node.rect(),
                    accesskit_node
                        .label()
                        .or(accesskit_node.value())
                        .unwrap_or_default(),
                );
                assert!(
                    screen.expand(0.5).contains_rect(rect),
                    "{size} at {percent}%: {name} is at {rect}"
                );
                for (other, other_rect) in &shown {
                    let common = rect.intersect(*other_rect);
                    assert!(
                        common.width() < 1.0 || common.height() < 1.0,
                        "{size} at {percent}%: {name} at {rect} and {other} at {other_rect}"
                    );
                }
                shown.push((name, rect));
            }
            assert!(shown.len() >= 8, "{size} at {percent}%: {shown:?}");
        }
    }
}

#[test]
fn the_title_of_the_knobs_is_never_cut() {
    let title_width = |window: &TestWindow| {
        let nodes = window.harness.root().children_recursive();
        let mut titles = nodes.filter(|node| {
            let node = node.accesskit_node();
            node.role() == Role::Label && node.value().as_deref() == Some("Knobs")
        });
        titles.next().unwrap().rect().width()
    };
    let complete = title_width(&TestWindow::with_preset("article"));
    for (size, percent) in WINDOWS {
        let width = title_width(&window_at_scale(size, percent));
        assert!(
            width > complete - 1.0,
            "{size} at {percent}%: {width} of {complete}"
        );
    }
}

#[test]
fn the_scale_leaves_room_for_the_contents() {
    for (size, percent) in WINDOWS {
        let window = window_at_scale(size, percent);
        let contents = window.harness.ctx.content_rect().size();
        assert!(
            contents.x >= 479.9 && contents.y >= 319.9,
            "{size} at {percent}%: {contents}"
        );
    }
    // A window that becomes smaller has a smaller scale, and gets it back.
    let mut window = window_at_scale(vec2(1920.0, 1080.0), 250);
    assert_eq!(window.harness.ctx.zoom_factor(), 2.5);
    window.harness.set_size(vec2(640.0, 420.0) / 2.5);
    window.settle();
    assert_eq!(window.harness.ctx.zoom_factor(), 1.31);
    window.press_key_with(CTRL, Key::Minus);
    window.settle();
    assert_eq!(window.harness.ctx.zoom_factor(), 1.25);
    let entry = Messages::ENGLISH.command_zoom_in();
    window.press_key_with(CTRL, Key::Plus);
    window.settle();
    assert_eq!(window.harness.ctx.zoom_factor(), 1.25, "{entry} has no effect");
}
