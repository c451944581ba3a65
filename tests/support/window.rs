//! The window without a screen: real frames, real events, and what a screen reader is told.

#![allow(dead_code, reason = "not every test file needs all of it")]

#[path = "renderer.rs"]
mod renderer;

use std::cell::{Ref, RefCell};
use std::rc::Rc;

use egui::accesskit::{Action, ActionData, ActionRequest, Role, TreeId};
use egui::{Event, Id, Key, Modifiers, PointerButton, Pos2, Rect, Vec2, ViewportCommand, ViewportId};
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};
use neurodial::app::{App, StoragePaths};
use neurodial::canvas::{Element, Elements, HitShape, PlacedElement};
use neurodial::panes::Pane;
use neurodial_core::insight::Insight;
use neurodial_core::network::{Activation, Architecture, Initialization, Initializer, Knob, Network};
use neurodial_core::session::{Adjustable, Document, Origin, Preset, Session};
use neurodial_core::text::format_fixed;

/// How the name of a key begins that stands beside an entry of a menu.
const KEYS: [&str; 3] = [" Ctrl+", " Alt+", " F"];

/// A frame of a real window.
const FRAME: f32 = 1.0 / 60.0;

pub const COMMAND: Modifiers = Modifiers {
    ctrl: true,
    command: true,
    ..Modifiers::NONE
};

/// With the command key.
pub const SHIFT: Modifiers = Modifiers {
    shift: true,
    ..COMMAND
};

/// The program in a window of 1280 × 800 points that no screen shows. Every event has a frame of its own.
pub struct Window {
    pub harness: Harness<'static, Rc<RefCell<Option<App>>>>,
    pointer: Pos2,
    modifiers: Modifiers,
}

/// A preset by its name.
pub fn preset(name: &str) -> Session {
    let preset = Preset::from_name(name).unwrap();
    Session::open(preset.document().unwrap(), Origin::Preset(preset.name))
}

/// A tanh network with these widths, the inputs first.
pub fn network(widths: &[usize]) -> Session {
    let layers: Vec<_> = widths[1..]
        .iter()
        .map(|&width| (width, Activation::Tanh))
        .collect();
    let blueprint = Architecture::dense(widths[0], &layers).unwrap();
    let how = Initialization {
        initializer: Initializer::Xavier,
        seed: 1,
        has_random_biases: true,
    };
    let values = how.values(&blueprint);
    let document = Document::new(Network::from_knobs(blueprint, values).unwrap());
    Session::open(document, Origin::Preset("article"))
}

/// The weight of the only layer's `neuron` on `input`, both counted from 1 as in `w₂₁`.
pub fn w(neuron: usize, input: usize) -> Adjustable {
    Knob::weight(0, neuron - 1, input - 1).into()
}

/// The bias of the only layer's `neuron`, counted from 1.
pub fn b(neuron: usize) -> Adjustable {
    Knob::bias(0, neuron - 1).into()
}

impl Window {
    /// The window on a preset.
    pub fn on(name: &str) -> Self {
        Self::open(preset(name))
    }

    /// The window on a session; it remembers nothing.
    pub fn open(session: Session) -> Self {
        Self::with(session, StoragePaths::default(), Vec2::new(1280.0, 800.0))
    }

    pub fn with(session: Session, places: StoragePaths, size: Vec2) -> Self {
        let app = Rc::new(RefCell::new(None));
        let shared = Rc::clone(&app);
        let harness = Harness::builder()
            .with_size(size)
            .with_step_dt(FRAME)
            .with_max_steps(20)
            .with_theme(egui::Theme::Light)
            .renderer(renderer::FigureRenderer::default())
            .with_context_setup(move |ctx| {
                *shared.borrow_mut() = Some(App::new(ctx, session, places));
            })
            .build_ui_state(
                |ui, app: &mut Rc<RefCell<Option<App>>>| app.borrow_mut().as_mut().unwrap().pass_ui(ui),
                app,
            );
        Self {
            harness,
            pointer: Pos2::ZERO,
            modifiers: Modifiers::NONE,
        }
    }

    pub fn app(&self) -> Ref<'_, App> {
        Ref::map(self.harness.state().borrow(), |app| app.as_ref().unwrap())
    }

    pub fn session(&self) -> Ref<'_, Session> {
        Ref::map(self.app(), App::session)
    }

    pub fn stage(&self) -> Ref<'_, Elements> {
        Ref::map(self.app(), App::elements)
    }

    pub fn insight(&self) -> Ref<'_, Insight> {
        Ref::map(self.app(), App::insight)
    }

    pub fn value(&self, target: Adjustable) -> f64 {
        self.session().document().value(target).unwrap()
    }

    /// A number as the window shows it.
    pub fn shown(&self, value: f64) -> String {
        format_fixed(value, self.session().view().decimals)
    }

    /// The number of steps that can be undone.
    pub fn steps(&self) -> usize {
        self.session().history().len()
    }

    // What happens to the window.

    /// One frame with one event.
    pub fn send(&mut self, event: Event) {
        self.harness.event(event);
        self.harness.step();
    }

    /// One frame with several events.
    pub fn send_all(&mut self, events: impl IntoIterator<Item = Event>) {
        self.harness.input_mut().events.extend(events);
        self.harness.step();
    }

    /// Frames until nothing asks for another one; checks that every control has a name.
    pub fn rest(&mut self) {
        self.harness.run();
    }

    /// Frames for that many seconds.
    pub fn wait(&mut self, seconds: f32) {
        self.harness.run_steps((seconds / FRAME).ceil() as usize);
    }

    pub fn hold(&mut self, modifiers: Modifiers) {
        self.modifiers = modifiers;
        self.send(Event::ModifiersChanged(modifiers));
    }

    pub fn move_to(&mut self, pos: Pos2) {
        self.pointer = pos;
        self.send(Event::PointerMoved(pos));
    }

    fn button(&mut self, button: PointerButton, pressed: bool) {
        self.send(Event::PointerButton {
            pos: self.pointer,
            button,
            pressed,
            modifiers: self.modifiers,
        });
    }

    pub fn press_at(&mut self, pos: Pos2) {
        self.move_to(pos);
        self.button(PointerButton::Primary, true);
    }

    pub fn release(&mut self) {
        self.button(PointerButton::Primary, false);
    }

    pub fn click_at(&mut self, pos: Pos2) {
        self.press_at(pos);
        self.release();
        self.rest();
    }

    pub fn right_click_at(&mut self, pos: Pos2) {
        self.move_to(pos);
        self.button(PointerButton::Secondary, true);
        self.button(PointerButton::Secondary, false);
        self.rest();
    }

    /// Presses at `from`, goes to `to` in a few steps, and lets go.
    pub fn drag(&mut self, from: Pos2, to: Pos2) {
        self.press_at(from);
        for step in 1..=5u8 {
            self.move_to(from + f32::from(step) / 5.0 * (to - from));
        }
        self.release();
    }

    /// Turns the wheel by `lines` notches, up for more, wherever the pointer is.
    pub fn wheel(&mut self, lines: f32) {
        self.send(Event::MouseWheel {
            unit: egui::MouseWheelUnit::Line,
            delta: Vec2::new(0.0, lines),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: self.modifiers,
        });
    }

    pub fn key_event(&mut self, key: Key, modifiers: Modifiers, pressed: bool) {
        self.send(Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers,
        });
    }

    pub fn key_with(&mut self, modifiers: Modifiers, key: Key) {
        if modifiers != Modifiers::NONE {
            self.hold(modifiers);
        }
        self.key_event(key, modifiers, true);
        self.key_event(key, modifiers, false);
        if modifiers != Modifiers::NONE {
            self.hold(Modifiers::NONE);
        }
    }

    pub fn key(&mut self, key: Key) {
        self.key_with(Modifiers::NONE, key);
    }

    pub fn command(&mut self, key: Key) {
        self.key_with(COMMAND, key);
        self.rest();
    }

    /// Types a text, a frame for each character.
    pub fn type_text(&mut self, text: &str) {
        for character in text.chars() {
            self.send(Event::Text(character.to_string()));
        }
    }

    /// What a screen reader asks of the thing with that name.
    pub fn ask(&mut self, name: &str, action: Action, data: Option<ActionData>) {
        let target_node = self.node(name).accesskit_node().locate().0;
        self.send(Event::AccessKitActionRequest(ActionRequest {
            action,
            target_tree: TreeId::ROOT,
            target_node,
            data,
        }));
    }

    // What the window tells.

    /// The one thing with that accessible name.
    #[track_caller]
    pub fn node<'a>(&'a self, name: &'a str) -> Node<'a> {
        self.harness.get_by_label(name)
    }

    pub fn has(&self, name: &str) -> bool {
        self.harness.query_by_label(name).is_some()
    }

    /// Whether some label, whatever its kind, contains a text.
    pub fn says(&self, text: &str) -> bool {
        self.harness.query_all_by_label_contains(text).next().is_some()
    }

    /// The accessible value of the thing with that name.
    #[track_caller]
    pub fn told(&self, name: &str) -> String {
        self.node(name).value().unwrap()
    }

    #[track_caller]
    pub fn told_number(&self, name: &str) -> f64 {
        self.node(name).accesskit_node().numeric_value().unwrap()
    }

    /// The name of what has the keyboard's focus.
    pub fn focus(&self) -> Option<String> {
        let id = self.harness.ctx.memory(egui::Memory::focused)?;
        let root = self.harness.root();
        let node = root
            .children_recursive()
            .find(|node| node.accesskit_node().locate().0 == id.accesskit_id())?;
        node.accesskit_node().label()
    }

    pub fn has_focus(&self, name: &str) -> bool {
        self.focus().as_deref() == Some(name)
    }

    /// Everything with a name or a value: role, name and value, a line each.
    pub fn tree(&self) -> String {
        let nodes = self.harness.root().children_recursive();
        let lines = nodes.map(|node| {
            let node = node.accesskit_node();
            format!("{:?} {:?} {:?}", node.role(), node.label(), node.value())
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Clicks in the middle of the thing with that name, as a person with a mouse would.
    #[track_caller]
    pub fn click(&mut self, name: &str) {
        let pos = self.node(name).rect().center();
        self.click_at(pos);
    }

    /// Opens a menu and chooses an entry, with submenus on the way.
    #[track_caller]
    pub fn choose(&mut self, path: &[&str]) {
        for name in path {
            let pos = self.button_named(name).unwrap().rect().center();
            self.click_at(pos);
        }
    }

    /// One pane fills the window, or all are there again.
    #[track_caller]
    pub fn switch_alone(&mut self, pane: Pane) {
        let entry = format!("{} fills the window", pane.title());
        self.choose(&["View", "One pane alone", &entry]);
    }

    /// The topmost button with that text, whatever key stands beside it.
    pub fn button_named(&self, name: &str) -> Option<Node<'_>> {
        let nodes = self.harness.root().children_recursive();
        nodes
            .filter(|node| {
                let node = node.accesskit_node();
                let text = node.label().unwrap_or_default();
                let is_button = matches!(node.role(), Role::Button | Role::RadioButton | Role::CheckBox);
                let rest = text.strip_prefix(name);
                is_button
                    && rest
                        .is_some_and(|rest| rest.is_empty() || KEYS.iter().any(|keys| rest.starts_with(keys)))
            })
            .last()
    }

    /// The parts of a pane as they were placed in the last frame.
    pub fn parts(&self, pane: Pane) -> Vec<PlacedElement> {
        let canvas: Id = pane.canvas_id();
        let stage = self.stage();
        stage
            .placed()
            .iter()
            .filter(|placed| placed.canvas == canvas)
            .cloned()
            .collect()
    }

    /// The places of one part in a pane.
    pub fn places(&self, pane: Pane, part: Element) -> Vec<HitShape> {
        let parts = self.parts(pane).into_iter();
        parts
            .filter(|placed| placed.element == part)
            .map(|placed| placed.hit_shape)
            .collect()
    }

    /// Where the slider of a knob is: the track in its row.
    #[track_caller]
    pub fn track(&self, target: Adjustable) -> Rect {
        let parts = self.parts(Pane::Knobs).into_iter();
        let mut tracks =
            parts.filter(|placed| placed.element == Element::Adjustable(target) && placed.handle.is_some());
        tracks.next().unwrap().hit_shape.bounds()
    }

    /// The point of a slider's handle, and how far its groove goes for one whole.
    #[track_caller]
    pub fn handle(&self, target: Adjustable) -> (Pos2, f32) {
        use neurodial::canvas::DragMapping;
        let parts = self.parts(Pane::Knobs).into_iter();
        let grips = parts.filter(|placed| placed.element == Element::Adjustable(target));
        let motion = grips
            .filter_map(|placed| placed.handle)
            .map(|grip| grip.mapping)
            .next();
        match motion {
            Some(DragMapping::Track {
                from,
                to,
                range,
                handle_pos: handle,
            }) => (handle, (to - from).length() / (range.max - range.min) as f32),
            other => panic!("no track: {other:?}"),
        }
    }

    /// How often the last frame was drawn.
    pub fn passes(&self) -> usize {
        self.harness.output().platform_output.num_completed_passes
    }

    /// Checks that the last frame was drawn once and nothing asked for more.
    #[track_caller]
    pub fn check_one_pass(&self) {
        assert_eq!(self.passes(), 1);
        let reasons = &self.harness.output().platform_output.request_discard_reasons;
        assert!(reasons.is_empty(), "{reasons:?}");
    }

    /// What the window asked of the system in the last frame.
    pub fn commands(&self) -> Vec<ViewportCommand> {
        self.harness.output().viewport_output[&ViewportId::ROOT]
            .commands
            .clone()
    }
}
