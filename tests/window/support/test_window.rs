//! A window without a screen.

use std::cell::{Ref, RefCell};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::accesskit::{Action, ActionData, ActionRequest, Role, TreeId};
use egui::{
    DroppedFile, Event, Key, Modifiers, OutputCommand, PointerButton, Pos2, Rect, Vec2, ViewportCommand,
    ViewportId, vec2,
};
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};
use neurodial::app::{App, StoragePaths};
use neurodial::canvas::{DragMapping, Element, Elements, HitShape, PlacedElement};
use neurodial::panes::Pane;
use neurodial_core::formats::Preset;
use neurodial_core::insight::Insight;
use neurodial_core::lessons::LessonRun;
use neurodial_core::session::{Adjustable, Session};
use neurodial_core::text::format_fixed;
use neurodial_core::text::{Locale, Messages};

use super::preset;
use super::renderer::SvgRenderer;

/// The possible beginnings of the text of a keyboard shortcut beside a menu entry.
const SHORTCUT_PREFIXES: [&str; 3] = [" Ctrl+", " Alt+", " F"];

/// The duration of a frame of a real window, in seconds.
const FRAME: f32 = 1.0 / 60.0;

/// Longer than any machine takes for what a test waits for.
const DEADLINE: Duration = Duration::from_secs(60);

/// The size of most windows, in points.
const SIZE: Vec2 = vec2(1280.0, 800.0);

/// The Ctrl key as egui reports it.
pub const CTRL: Modifiers = Modifiers {
    ctrl: true,
    command: true,
    ..Modifiers::NONE
};

/// The Ctrl and Shift keys.
pub const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..CTRL };

/// The program in a window that no screen shows. Every event has a frame of its own.
pub struct TestWindow {
    pub harness: Harness<'static, Rc<RefCell<Option<App>>>>,
    pointer: Pos2,
    modifiers: Modifiers,
    /// The texts in the language of the window.
    pub messages: Messages,
}

/// A file dropped on the window.
#[derive(Debug)]
struct FileOnDisk(PathBuf);

impl DroppedFile for FileOnDisk {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

impl TestWindow {
    /// Opens a window with a preset.
    pub fn with_preset(name: &str) -> Self {
        Self::with_session(preset(name))
    }

    /// Opens a window with a session. It stores nothing on the disk.
    pub fn with_session(session: Session) -> Self {
        Self::with_size(session, SIZE)
    }

    /// Opens a window of that size, in points.
    pub fn with_size(session: Session, size: Vec2) -> Self {
        Self::new(session, StoragePaths::default(), size)
    }

    /// Opens a window that stores its preferences and recovery files in these paths.
    pub fn with_storage(session: Session, storage: StoragePaths) -> Self {
        Self::new(session, storage, SIZE)
    }

    /// Opens a window of that size, in points, that stores its preferences and recovery files in these paths.
    pub fn new(session: Session, storage: StoragePaths, size: Vec2) -> Self {
        let app = Rc::new(RefCell::new(None));
        let shared = Rc::clone(&app);
        let harness = Harness::builder()
            .with_size(size)
            .with_step_dt(FRAME)
            .with_max_steps(20)
            .with_theme(egui::Theme::Light)
            .renderer(SvgRenderer::default())
            // The Chinese font is loaded at the end of the first pass that needs it.
            .allow_missing_glyphs()
            .with_context_setup(move |ctx| {
                *shared.borrow_mut() = Some(App::new(ctx, session, storage));
            })
            .build_ui_state(
                |ui, app: &mut Rc<RefCell<Option<App>>>| app.borrow_mut().as_mut().unwrap().pass_ui(ui),
                app,
            );
        Self {
            harness,
            pointer: Pos2::ZERO,
            modifiers: Modifiers::NONE,
            messages: Messages::ENGLISH,
        }
    }

    /// Chooses the language in the menu.
    pub fn choose_language(&mut self, locale: Locale) {
        let messages = self.messages;
        self.choose(&[messages.menu_view(), messages.menu_language(), locale.own_name()]);
        self.settle();
        self.messages = Messages::new(locale);
    }

    fn app(&self) -> Ref<'_, App> {
        Ref::map(self.harness.state().borrow(), |app| app.as_ref().unwrap())
    }

    /// Returns the lesson that is played as it is now.
    pub fn lesson_run(&self) -> Option<LessonRun> {
        self.app().lesson_run().cloned()
    }

    /// Shows the choice of what to do, as at the start of the program.
    pub fn show_start_screen(&mut self) {
        self.harness
            .state()
            .borrow_mut()
            .as_mut()
            .unwrap()
            .show_start_screen();
    }

    pub fn session(&self) -> Ref<'_, Session> {
        Ref::map(self.app(), App::session)
    }

    pub fn elements(&self) -> Ref<'_, Elements> {
        Ref::map(self.app(), App::elements)
    }

    pub fn insight(&self) -> Ref<'_, Insight> {
        Ref::map(self.app(), App::insight)
    }

    /// Returns the current value of a knob or an input.
    pub fn value(&self, target: Adjustable) -> f64 {
        self.session().document().value(target).unwrap()
    }

    /// Formats a number as the window shows it.
    pub fn formatted(&self, value: f64) -> String {
        format_fixed(value, self.session().view().decimals)
    }

    /// Returns the number of steps that can be undone.
    pub fn undo_count(&self) -> usize {
        self.session().history().len()
    }

    // Frames and events.

    /// Runs one frame with one event.
    pub fn send(&mut self, event: Event) {
        self.harness.event(event);
        self.harness.step();
    }

    /// Runs one frame with several events.
    pub fn send_all(&mut self, events: impl IntoIterator<Item = Event>) {
        self.harness.input_mut().events.extend(events);
        self.harness.step();
    }

    /// Runs frames until no further one is requested, and checks that every control has a name.
    pub fn settle(&mut self) {
        self.harness.run();
    }

    /// Runs the frames of that many seconds.
    pub fn run_for(&mut self, seconds: f32) {
        self.harness.run_steps((seconds / FRAME).ceil() as usize);
    }

    /// Runs frames until the condition holds; fails with `awaited` after a minute.
    #[track_caller]
    pub fn step_until(&mut self, awaited: &str, condition: impl Fn(&Self) -> bool) {
        let deadline = Instant::now() + DEADLINE;
        while !condition(self) {
            assert!(
                Instant::now() < deadline,
                "{awaited} did not come: {:?}",
                self.session().run().state
            );
            self.harness.step();
            std::thread::yield_now();
        }
    }

    pub fn set_modifiers(&mut self, modifiers: Modifiers) {
        self.modifiers = modifiers;
        self.send(Event::ModifiersChanged(modifiers));
    }

    pub fn move_to(&mut self, pos: Pos2) {
        self.pointer = pos;
        self.send(Event::PointerMoved(pos));
    }

    fn button_event(&self, button: PointerButton, pressed: bool) -> Event {
        Event::PointerButton {
            pos: self.pointer,
            button,
            pressed,
            modifiers: self.modifiers,
        }
    }

    pub fn press_at(&mut self, pos: Pos2) {
        self.move_to(pos);
        self.send(self.button_event(PointerButton::Primary, true));
    }

    pub fn release(&mut self) {
        self.send(self.button_event(PointerButton::Primary, false));
    }

    /// Releases the button and moves the pointer on in the same frame.
    pub fn release_and_move_to(&mut self, pos: Pos2) {
        let release = self.button_event(PointerButton::Primary, false);
        self.pointer = pos;
        self.send_all([release, Event::PointerMoved(pos)]);
    }

    pub fn click_at(&mut self, pos: Pos2) {
        self.press_at(pos);
        self.release();
        self.settle();
    }

    pub fn right_click_at(&mut self, pos: Pos2) {
        self.move_to(pos);
        self.send(self.button_event(PointerButton::Secondary, true));
        self.send(self.button_event(PointerButton::Secondary, false));
        self.settle();
    }

    /// Drags from `from` to `to` in a few frames.
    pub fn drag(&mut self, from: Pos2, to: Pos2) {
        self.press_at(from);
        for step in 1..=5u8 {
            self.move_to(from + f32::from(step) / 5.0 * (to - from));
        }
        self.release();
    }

    /// Drags the handle of a slider so that its value grows by `change`.
    #[track_caller]
    pub fn drag_slider(&mut self, target: Adjustable, change: f32) {
        let (handle, points_per_unit) = self.slider_handle(target);
        self.drag(handle, handle + vec2(change * points_per_unit, 0.0));
    }

    /// Returns the distance of two values on a slider that are a pixel apart. A drag picks the roundest value
    /// within a pixel.
    #[track_caller]
    pub fn pixel(&self, target: Adjustable) -> f64 {
        f64::from(1.0 / self.slider_handle(target).1)
    }

    /// Returns all texts drawn in the last frame.
    pub fn painted_texts(&self) -> Vec<String> {
        let shapes = self.harness.output().shapes.iter();
        let texts = shapes.filter_map(|clipped| match &clipped.shape {
            egui::Shape::Text(text) => Some(text.galley.text().to_owned()),
            _ => None,
        });
        texts.collect()
    }

    /// Scrolls the wheel by `lines` notches at the pointer; positive is up.
    pub fn scroll(&mut self, lines: f32) {
        self.send(Event::MouseWheel {
            unit: egui::MouseWheelUnit::Line,
            delta: vec2(0.0, lines),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: self.modifiers,
        });
    }

    /// Drops a file on the window.
    pub fn drop_file(&mut self, path: &Path) {
        let file = Arc::new(FileOnDisk(path.to_owned()));
        self.harness.input_mut().dropped_files.push(file);
        self.harness.step();
    }

    pub fn send_key(&mut self, key: Key, modifiers: Modifiers, pressed: bool) {
        self.send(key_event(key, modifiers, pressed));
    }

    pub fn press_key_with(&mut self, modifiers: Modifiers, key: Key) {
        if modifiers != Modifiers::NONE {
            self.set_modifiers(modifiers);
        }
        self.send_key(key, modifiers, true);
        self.send_key(key, modifiers, false);
        if modifiers != Modifiers::NONE {
            self.set_modifiers(Modifiers::NONE);
        }
    }

    pub fn press_key(&mut self, key: Key) {
        self.press_key_with(Modifiers::NONE, key);
    }

    /// Presses a key together with Ctrl, and settles.
    pub fn press_ctrl(&mut self, key: Key) {
        self.press_key_with(CTRL, key);
        self.settle();
    }

    /// Types a text, with a frame for each character.
    pub fn type_text(&mut self, text: &str) {
        for character in text.chars() {
            self.send(Event::Text(character.to_string()));
        }
    }

    /// Presses a key that types a text; both come in one frame as from a real keyboard.
    pub fn type_key(&mut self, key: Key, text: &str) {
        self.send_all([
            key_event(key, Modifiers::NONE, true),
            Event::Text(text.to_owned()),
        ]);
        self.send_key(key, Modifiers::NONE, false);
    }

    /// Sends the request of a screen reader to the node with that name.
    #[track_caller]
    pub fn request_action(&mut self, name: &str, action: Action, data: Option<ActionData>) {
        let request = action_request(&self.node(name), action, data);
        self.send(request);
    }

    /// Focuses the node with that name, and settles.
    #[track_caller]
    pub fn focus(&mut self, name: &str) {
        self.request_action(name, Action::Focus, None);
        self.settle();
    }

    // Accessible nodes.

    /// Returns the only node with that name.
    #[track_caller]
    pub fn node<'a>(&'a self, name: &'a str) -> Node<'a> {
        self.harness.get_by_label(name)
    }

    pub fn has_node(&self, name: &str) -> bool {
        self.harness.query_by_label(name).is_some()
    }

    /// True if the name of any node contains the text.
    pub fn shows_text(&self, text: &str) -> bool {
        self.harness.query_all_by_label_contains(text).next().is_some()
    }

    /// Returns the value of a node as text.
    #[track_caller]
    pub fn text_value(&self, name: &str) -> String {
        self.node(name).value().unwrap()
    }

    #[track_caller]
    pub fn numeric_value(&self, name: &str) -> f64 {
        self.node(name).accesskit_node().numeric_value().unwrap()
    }

    /// Returns the name of the node with the focus.
    pub fn focused_name(&self) -> Option<String> {
        let id = self.harness.ctx.memory(egui::Memory::focused)?;
        let root = self.harness.root();
        let node = root
            .children_recursive()
            .find(|node| node.accesskit_node().locate().0 == id.accesskit_id())?;
        node.accesskit_node().label()
    }

    pub fn has_focus(&self, name: &str) -> bool {
        self.focused_name().as_deref() == Some(name)
    }

    #[track_caller]
    pub fn check_focus(&self, name: &str) {
        assert_eq!(self.focused_name().as_deref(), Some(name));
    }

    /// Lists role, name and value of every node, one node per line.
    pub fn accessibility_tree(&self) -> String {
        let nodes = self.harness.root().children_recursive();
        let lines = nodes.map(|node| {
            let node = node.accesskit_node();
            format!("{:?} {:?} {:?}", node.role(), node.label(), node.value())
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Clicks with the mouse at the center of the node with that name.
    #[track_caller]
    pub fn click(&mut self, name: &str) {
        let pos = self.node(name).rect().center();
        self.click_at(pos);
    }

    /// Clicks a sequence of buttons: a menu, its submenus and an entry.
    #[track_caller]
    pub fn choose(&mut self, path: &[&str]) {
        for name in path {
            let pos = self.button_named(name).unwrap().rect().center();
            self.click_at(pos);
        }
    }

    /// Opens a preset from its menu.
    #[track_caller]
    pub fn open_preset(&mut self, name: &str) {
        let messages = Messages::ENGLISH;
        let title = Preset::from_name(name).unwrap().title(messages);
        self.choose(&[messages.menu_file(), messages.menu_open_preset(), title]);
    }

    /// Maximizes a pane, or shows all panes again.
    #[track_caller]
    pub fn toggle_maximized(&mut self, pane: Pane) {
        let messages = self.messages;
        let entry = messages.command_maximize_pane(pane.title(messages));
        self.choose(&[messages.menu_view(), messages.menu_maximize_pane(), &entry]);
    }

    /// Returns the topmost button with that text, with or without a keyboard shortcut after it.
    pub fn button_named(&self, name: &str) -> Option<Node<'_>> {
        let nodes = self.harness.root().children_recursive();
        nodes
            .filter(|node| {
                let text = node.accesskit_node().label().unwrap_or_default();
                is_button(node)
                    && text.strip_prefix(name).is_some_and(|rest| {
                        rest.is_empty() || SHORTCUT_PREFIXES.iter().any(|prefix| rest.starts_with(prefix))
                    })
            })
            .last()
    }

    // Elements of the panes.

    /// Returns the elements of a pane as they were placed in the last frame.
    pub fn elements_in(&self, pane: Pane) -> Vec<PlacedElement> {
        let canvas = pane.canvas_id();
        let elements = self.elements();
        let placed = elements.placed().iter();
        placed.filter(|placed| placed.canvas == canvas).cloned().collect()
    }

    /// Returns the shapes of one element of a pane.
    pub fn hit_shapes(&self, pane: Pane, element: Element) -> Vec<HitShape> {
        let placed = self.elements_in(pane).into_iter();
        placed
            .filter(|placed| placed.element == element)
            .map(|placed| placed.hit_shape)
            .collect()
    }

    /// Returns the bounds of the first shape of an element of a pane.
    #[track_caller]
    pub fn element_rect(&self, pane: Pane, element: Element) -> Rect {
        self.hit_shapes(pane, element)[0].bounds()
    }

    /// Returns the mapping of the first handle of an element of a pane.
    pub fn drag_mapping(&self, pane: Pane, element: Element) -> Option<DragMapping> {
        let placed = self.elements_in(pane).into_iter();
        placed
            .filter(|placed| placed.element == element)
            .find_map(|placed| placed.handle)
            .map(|handle| handle.mapping)
    }

    /// Returns the track of a knob's slider.
    #[track_caller]
    pub fn slider_track(&self, target: Adjustable) -> Rect {
        let mut placed = self.elements_in(Pane::Knobs).into_iter();
        let track = placed
            .find(|placed| placed.element == Element::Adjustable(target) && placed.handle.is_some())
            .unwrap();
        track.hit_shape.bounds()
    }

    /// Returns the position of a slider's handle, and the points by which it moves per unit of the value.
    #[track_caller]
    pub fn slider_handle(&self, target: Adjustable) -> (Pos2, f32) {
        match self.drag_mapping(Pane::Knobs, Element::Adjustable(target)) {
            Some(DragMapping::Track {
                from,
                to,
                scale,
                handle_pos: Some(handle_pos),
            }) => (handle_pos, (to - from).length() / (scale.max - scale.min) as f32),
            other => panic!("{target} has no slider: {other:?}"),
        }
    }

    // Output of the last frame.

    /// Returns the number of passes that the last frame needed.
    pub fn pass_count(&self) -> usize {
        self.harness.output().platform_output.num_completed_passes
    }

    /// Checks that the last frame needed one pass and nothing requested another.
    #[track_caller]
    pub fn check_one_pass(&self) {
        assert_eq!(self.pass_count(), 1);
        let reasons = &self.harness.output().platform_output.request_discard_reasons;
        assert!(reasons.is_empty(), "{reasons:?}");
    }

    /// Checks that the last frame requested no other one within an hour.
    #[track_caller]
    pub fn check_no_repaint_requested(&self, situation: &str) {
        let delay = self.harness.output().viewport_output[&ViewportId::ROOT].repaint_delay;
        assert!(delay > Duration::from_secs(3600), "{situation}: {delay:?}");
    }

    /// Returns the commands for the native window in the last frame.
    pub fn viewport_commands(&self) -> Vec<ViewportCommand> {
        self.harness.output().viewport_output[&ViewportId::ROOT]
            .commands
            .clone()
    }

    /// Returns the text that was copied in the last frame.
    pub fn copied_text(&self) -> Option<String> {
        let commands = self.harness.output().platform_output.commands.iter();
        commands
            .filter_map(|command| match command {
                OutputCommand::CopyText(text) => Some(text.clone()),
                _ => None,
            })
            .next()
    }
}

/// True if a node can be pressed.
pub fn is_button(node: &Node<'_>) -> bool {
    matches!(
        node.accesskit_node().role(),
        Role::Button | Role::RadioButton | Role::CheckBox
    )
}

/// Returns the event of a key.
pub fn key_event(key: Key, modifiers: Modifiers, pressed: bool) -> Event {
    Event::Key {
        key,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers,
    }
}

/// Returns the event of a screen reader's request to a node.
pub fn action_request(node: &Node<'_>, action: Action, data: Option<ActionData>) -> Event {
    Event::AccessKitActionRequest(ActionRequest {
        action,
        target_tree: TreeId::ROOT,
        target_node: node.accesskit_node().locate().0,
        data,
    })
}
