//! Training beside the window, in a thread of its own.
//!
//! | file | noun |
//! | --- | --- |
//! | [`book`] | `Book`: what is kept of a run |
//! | [`start`] | `Start`: where a run began, and what it has learned from since |
//! | [`room`] | `Room`: the thread that trains; `Post`: what goes in and out of it |

mod book;
mod room;
mod start;

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::Context;

use neurodial_core::learning::{Bookmark, Settings};
use neurodial_core::network::{Activation, Knob};
use neurodial_core::session::{Action, Coaching, Course, Gesture, Lesson, Run, RunState, Session};

pub(super) use room::{Order, Post, Room};
use start::Start;

/// Gestures of runs are counted from here, far from those of hands.
const FIRST_GESTURE: u64 = 1 << 63;

/// Trains in a thread of its own what the session holds, and brings the news.
///
/// The thread owns a copy of the network. It ends when its run is over for the session, and with the window.
#[derive(Debug)]
pub struct Coach {
    ctx: Context,
    live: Option<Live>,
    start: Option<Start>,
    runs: u64,
}

/// Inputs, and the activation of each neuron: what makes knobs mean the same.
pub(super) type Architecture = (usize, Vec<Vec<Activation>>);

/// A run whose thread is there.
#[derive(Debug)]
struct Live {
    post: Post,
    /// Knobs that a hand holds, so that training leaves them.
    held: BTreeSet<Knob>,
    gesture: Gesture,
}

impl Coach {
    /// Nobody trains yet; news wake the window of `ctx`.
    pub fn new(ctx: &Context) -> Self {
        Self {
            ctx: ctx.clone(),
            live: None,
            start: None,
            runs: 0,
        }
    }

    /// How many runs there were.
    pub fn runs(&self) -> u64 {
        self.runs
    }

    /// Whether a run goes on right now.
    pub fn is_playing(&self, session: &Session) -> bool {
        self.live.is_some() && session.run().state == RunState::Playing
    }

    /// Does what a person asks of training; gives back what the session is to do.
    pub fn coach(&mut self, asked: Coaching, session: &Session) -> Option<Action> {
        match asked {
            Coaching::PlayPause if self.is_playing(session) => {
                self.send(Order::Pause);
                None
            }
            Coaching::PlayPause => self.go_on(session, Order::Play),
            Coaching::Epoch => self.go_on(session, Order::Epoch),
            Coaching::Step => self.go_on(session, Order::Step),
            Coaching::Back => self.go_to(session, 0),
            Coaching::GoTo(epoch) => self.go_to(session, epoch),
            Coaching::TakeUp(branch) => {
                let mut run = session.run().clone();
                let is_there = self.has_start(session) && run.take_up(branch);
                is_there.then(|| self.wait_at(session, run, usize::MAX))?
            }
            _ => None,
        }
    }

    /// Whether there is a start to go back to.
    pub fn has_start(&self, session: &Session) -> bool {
        self.start_of(session).is_some() && !session.run().line.moments.is_empty()
    }

    fn start_of(&self, session: &Session) -> Option<&Start> {
        self.start
            .as_ref()
            .filter(|start| start.architecture == architecture(session))
    }

    /// To the moment nearest to an epoch of the present line.
    fn go_to(&mut self, session: &Session, epoch: usize) -> Option<Action> {
        if !self.has_start(session) {
            return None;
        }
        self.wait_at(session, session.run().clone(), epoch)
    }

    fn wait_at(&mut self, session: &Session, mut run: Run, epoch: usize) -> Option<Action> {
        let gesture = self.start.as_ref()?.gesture;
        let moment = run.line.moment_near(epoch)?;
        let knobs = moment.knobs.to_vec();
        run.at = moment.epoch;
        run.state = RunState::Paused;
        self.live = None;
        Some(lesson(session, knobs, gesture, run))
    }

    /// The news since the last time, as an action.
    pub fn take(&mut self, session: &Session) -> Option<Action> {
        let live = self.live.as_mut()?;
        let news = live.post.take()?;
        let gesture = live.gesture;
        if matches!(news.state, RunState::Refused(_)) {
            self.live = None;
            let run = Arc::new(Run {
                state: news.state,
                ..Run::default()
            });
            return Some(Action::TakeLesson(Lesson {
                knobs: None,
                gesture,
                run,
            }));
        }
        let run = Run {
            at: news.at,
            state: news.state,
            line: news.line,
            branches: Arc::clone(&session.run().branches),
        };
        Some(lesson(session, news.knobs, gesture, run))
    }

    /// The gesture of a run that goes on: what hands turn meanwhile belongs to its undo step.
    pub fn gesture(&self, session: &Session) -> Option<Gesture> {
        let live = self.live.as_ref().filter(|_| self.is_playing(session))?;
        Some(live.gesture)
    }

    /// The window.
    pub fn ctx(&self) -> &Context {
        &self.ctx
    }

    /// A hand has turned a knob; it is held until [`Self::let_go`] if the hand goes on.
    pub fn turn(&mut self, knob: Knob, value: f64, is_held: bool) {
        let is_new = match &mut self.live {
            Some(live) => is_held && live.held.insert(knob),
            None => return,
        };
        if is_new {
            self.send(Order::SetLocked(knob, true));
        }
        self.send(Order::Turn(knob, value));
    }

    /// The hands are empty.
    pub fn let_go(&mut self, session: &Session) {
        let held = match &mut self.live {
            Some(live) => std::mem::take(&mut live.held),
            None => return,
        };
        for knob in held {
            self.send(Order::SetLocked(knob, session.document().locked.contains(&knob)));
        }
    }

    /// Locks have changed from `before`.
    pub fn lock(&mut self, before: &BTreeSet<Knob>, session: &Session) {
        let now = &session.document().locked;
        for &knob in before.symmetric_difference(now) {
            self.send(Order::SetLocked(knob, now.contains(&knob)));
        }
    }

    /// It goes on at another pace.
    pub fn set_pace(&mut self, pace: Option<u32>) {
        if let Some(live) = &mut self.live {
            live.post.send(Order::Pace(pace));
        }
    }

    /// Settings were changed, not the data: a run goes on with the new ones.
    pub fn change(&mut self, course: &Course, session: &Session) {
        let Some(live) = &mut self.live else { return };
        let settings = settings(course, session);
        if let Some(start) = &mut self.start
            && start.settings != settings
        {
            live.post.send(Order::Settings(Box::new(settings.clone())));
            start.settings = settings;
        }
    }

    /// Ends the run: what it trained is no longer what the session holds. Gives back what the session is to do: of
    /// another architecture’s run nothing is kept.
    pub fn end(&mut self, session: &Session) -> Option<Action> {
        let live = self.live.take();
        let start = self.start.as_ref()?;
        let gesture = start.gesture;
        let run = if start.architecture == architecture(session) {
            // Without a thread it may wait for other data.
            if live.is_none() && session.run().state != RunState::Playing {
                return None;
            }
            let mut run = session.run().clone();
            let knobs = session.document().network.knobs();
            let is_here = run
                .line
                .moments
                .iter()
                .rev()
                .find(|moment| *moment.knobs == *knobs);
            run.at = is_here.map_or(run.at, |moment| moment.epoch);
            run.state = RunState::Ended;
            run
        } else {
            self.start = None;
            Run::default()
        };
        Some(Action::TakeLesson(Lesson {
            knobs: None,
            gesture,
            run: Arc::new(run),
        }))
    }

    /// Leaves the run where it is, to go on with other data.
    pub fn leave(&mut self) {
        self.live = None;
    }

    /// A run that waits for other data waits on for somebody to play it.
    pub fn pause(&mut self, session: &Session) -> Option<Action> {
        let start = self.start.as_ref()?;
        let mut run = session.run().clone();
        run.state = RunState::Paused;
        Some(Action::TakeLesson(Lesson {
            knobs: None,
            gesture: start.gesture,
            run: Arc::new(run),
        }))
    }

    /// Forgets the run and its start: the session is another one, or its network or data is.
    pub fn forget(&mut self) {
        (self.live, self.start) = (None, None);
    }

    fn send(&mut self, order: Order) {
        if let Some(live) = &mut self.live {
            live.post.send(order);
        }
    }

    /// Goes on with the run, or begins one.
    fn go_on(&mut self, session: &Session, order: Order) -> Option<Action> {
        let mut run = session.run().clone();
        if !matches!(run.state, RunState::Playing | RunState::Paused) {
            self.live = None;
        }
        if self.live.is_none() {
            let course = session.course()?;
            let material = course.material().ok()?;
            let settings = settings(course, session);
            let mut mark = None;
            if self.can_go_on(session) {
                run.branch_off();
                if let Some(start) = &mut self.start {
                    start.go_on(&mut run, course, material, &settings);
                }
                mark = mark_of(session, &run);
            } else {
                self.runs += 1;
                run = Run::default();
                self.start = Some(Start {
                    architecture: architecture(session),
                    gesture: Gesture(FIRST_GESTURE + self.runs),
                    settings: settings.clone(),
                    data: vec![course.choice().clone()],
                    material: Arc::clone(material),
                });
            }
            let room = Room::new(session, material, settings, run.line.clone(), run.at).resumed(mark);
            self.live = Some(Live {
                post: room.open(&self.ctx),
                held: BTreeSet::new(),
                gesture: self.start.as_ref()?.gesture,
            });
        }
        self.send(order);
        run.state = RunState::Playing;
        Some(Action::TakeLesson(Lesson {
            knobs: None,
            gesture: self.live.as_ref()?.gesture,
            run: Arc::new(run),
        }))
    }

    /// Whether the next epoch belongs to the run that there was: it waits, also for other data, or undo and redo have come to one of its
    /// moments.
    fn can_go_on(&self, session: &Session) -> bool {
        let run = session.run();
        let is_at_moment = || {
            let knobs = session.document().network.knobs();
            let moment = run.line.moment_near(run.at);
            moment.is_some_and(|moment| *moment.knobs == *knobs)
        };
        self.has_start(session)
            && match run.state {
                RunState::Playing | RunState::Paused | RunState::Done | RunState::Diverged(_) => true,
                RunState::Ended => is_at_moment(),
                RunState::None | RunState::Refused(_) => false,
            }
    }
}

/// What it takes to go on from where the knobs are as if the run had not been left; `None` if they are no moment of it.
fn mark_of(session: &Session, run: &Run) -> Option<Arc<Bookmark>> {
    let knobs = session.document().network.knobs();
    let moment = run.line.moments.iter().find(|moment| moment.epoch == run.at)?;
    let is_here = moment
        .knobs
        .iter()
        .zip(knobs)
        .all(|(then, now)| then.to_bits() == now.to_bits());
    moment.mark.clone().filter(|_| is_here)
}

/// The settings of a run of the session’s network.
pub(super) fn settings(course: &Course, session: &Session) -> Settings {
    let blueprint = session.blueprint();
    course.settings(&blueprint.layers()[blueprint.last_layer()])
}

/// What makes the knobs of two networks mean the same.
pub(super) fn architecture(session: &Session) -> Architecture {
    let blueprint = session.blueprint();
    let layers = blueprint.layers().iter();
    let activations = layers.map(|plan| plan.neurons.iter().map(|neuron| neuron.activation).collect());
    (blueprint.inputs(), activations.collect())
}

/// Knobs for a session; what is locked stays.
fn lesson(session: &Session, mut knobs: Vec<f64>, gesture: Gesture, run: Run) -> Action {
    let document = session.document();
    let present = document.network.knobs();
    for &knob in &document.locked {
        if let Some(index) = session.blueprint().index_of(knob)
            && let (Some(slot), Some(&value)) = (knobs.get_mut(index), present.get(index))
        {
            *slot = value;
        }
    }
    // Before a run that diverges is rolled back, its knobs may be no numbers.
    let is_sound = knobs.len() == present.len() && knobs.iter().all(|knob| knob.is_finite());
    Action::TakeLesson(Lesson {
        knobs: is_sound.then_some(knobs),
        gesture,
        run: Arc::new(run),
    })
}
