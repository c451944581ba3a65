//! Training beside the window, in a thread of its own.

use std::collections::BTreeSet;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use egui::Context;

use crate::learning::{Record, Status, Trainer};
use crate::network::{Knob, Network};
use crate::session::course::Material;
use crate::session::{Action, Coaching, Gesture, Lesson, Moment, Run, RunState, Session};

/// The window is told of news at most this often.
const PERIOD: Duration = Duration::from_micros(16_667);
/// The most records, and the most moments, that are kept of a run; of a longer one every other is dropped.
const MOST_RECORDS: usize = 2_000;
const MOST_MOMENTS: usize = 200;
/// About how many numbers all moments may hold together.
const MOMENT_NUMBERS: usize = 4_000_000;
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

/// Where the last run began.
#[derive(Debug, Clone)]
struct Start {
    knobs: Vec<f64>,
    /// Inputs and neurons of each layer: only a network of this shape can go back.
    shape: Vec<usize>,
    gesture: Gesture,
}

/// A run whose thread is there.
#[derive(Debug)]
struct Live {
    orders: Sender<Order>,
    news: Arc<Mutex<Option<News>>>,
    /// How many orders were sent: news from before the last one are too old.
    sent: u64,
    /// Knobs that a hand holds, so that training leaves them.
    held: BTreeSet<Knob>,
    gesture: Gesture,
}

#[derive(Debug, Clone, Copy)]
enum Order {
    Play,
    Pause,
    Epoch,
    Step,
    Turn(Knob, f64),
    SetLocked(Knob, bool),
}

#[derive(Debug)]
struct News {
    /// How many orders were carried out.
    heard: u64,
    knobs: Vec<f64>,
    run: Run,
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

    /// Whether a run goes on right now.
    pub fn is_playing(&self, session: &Session) -> bool {
        self.live.is_some() && session.run().state == RunState::Playing
    }

    /// Does what a person asks of training; gives back what the session is to do.
    pub fn coach(&mut self, asked: Coaching, session: &Session) -> Option<Action> {
        match asked {
            Coaching::PlayPause if self.is_playing(session) => self.send(Order::Pause),
            Coaching::PlayPause => return self.go_on(session, Order::Play),
            Coaching::Epoch => return self.go_on(session, Order::Epoch),
            Coaching::Step => return self.go_on(session, Order::Step),
            Coaching::Back => {
                let Start { knobs, gesture, .. } = self.start_of(session)?.clone();
                self.live = None;
                return Some(lesson(session, knobs, gesture, Run::default()));
            }
            Coaching::GoTo(moment) => {
                let gesture = self.start_of(session)?.gesture;
                let knobs = session.run().moments.get(moment)?.knobs.to_vec();
                self.live = None;
                let run = Run {
                    state: RunState::Ended,
                    ..session.run().clone()
                };
                return Some(lesson(session, knobs, gesture, run));
            }
            Coaching::NewNetwork => {}
        }
        None
    }

    /// Whether there is a start to go back to.
    pub fn has_start(&self, session: &Session) -> bool {
        self.start_of(session).is_some()
    }

    fn start_of(&self, session: &Session) -> Option<&Start> {
        self.start.as_ref().filter(|start| start.shape == shape(session))
    }

    /// The news since the last time, as an action.
    pub fn take(&mut self, session: &Session) -> Option<Action> {
        let live = self.live.as_ref()?;
        let mut news = live.news.lock().unwrap_or_else(PoisonError::into_inner);
        let News { heard, knobs, run } = news.take()?;
        drop(news);
        if heard < live.sent {
            return None;
        }
        if matches!(run.state, RunState::Refused(_)) {
            let gesture = live.gesture;
            self.live = None;
            let run = Arc::new(run);
            return Some(Action::TakeLesson(Lesson {
                knobs: None,
                gesture,
                run,
            }));
        }
        Some(lesson(session, knobs, live.gesture, run))
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

    /// Ends the run: what it trained is no longer what the session holds. The session is told if it was going on.
    pub fn end(&mut self, session: &Session) -> Option<Action> {
        let live = self.live.take()?;
        let state = RunState::Ended;
        Some(Action::TakeLesson(Lesson {
            knobs: None,
            gesture: live.gesture,
            run: Arc::new(Run {
                state,
                ..session.run().clone()
            }),
        }))
    }

    /// Forgets the run and its start: the session is another one, or its network is.
    pub fn forget(&mut self) {
        (self.live, self.start) = (None, None);
    }

    fn send(&mut self, order: Order) {
        if let Some(live) = &mut self.live {
            live.sent += 1;
            // A thread that has ended has told why.
            let _ = live.orders.send(order);
        }
    }

    /// Goes on with the run, or begins one.
    fn go_on(&mut self, session: &Session, order: Order) -> Option<Action> {
        let mut run = session.run().clone();
        if !matches!(run.state, RunState::Playing | RunState::Paused) {
            self.live = None;
        }
        if self.live.is_none() {
            self.begin(session)?;
            run = Run::default();
        }
        self.send(order);
        run.state = RunState::Playing;
        Some(Action::TakeLesson(Lesson {
            knobs: None,
            gesture: self.live.as_ref()?.gesture,
            run: Arc::new(run),
        }))
    }

    /// Starts the thread of a new run, if there is something to learn.
    fn begin(&mut self, session: &Session) -> Option<()> {
        let course = session.course()?;
        self.runs += 1;
        let gesture = Gesture(FIRST_GESTURE + self.runs);
        let document = session.document();
        let blueprint = session.blueprint();
        let room = Room {
            network: document.network.clone(),
            locked: document.locked.clone(),
            material: Arc::clone(course.material().ok()?),
            settings: course.settings(&blueprint.layers()[blueprint.last_layer()]),
            pace: session.view().pace,
        };
        self.start = Some(Start {
            knobs: document.network.knobs().to_vec(),
            shape: shape(session),
            gesture,
        });
        let (orders, heard) = channel();
        let news = Arc::new(Mutex::new(None));
        let board = Board {
            ctx: self.ctx.clone(),
            news: Arc::clone(&news),
            told: None,
        };
        thread::spawn(move || room.run(&heard, board));
        self.live = Some(Live {
            orders,
            news,
            sent: 0,
            held: BTreeSet::new(),
            gesture,
        });
        Some(())
    }
}

fn shape(session: &Session) -> Vec<usize> {
    let blueprint = session.blueprint();
    let widths = blueprint.layers().iter().map(|plan| plan.neurons.len());
    std::iter::once(blueprint.inputs()).chain(widths).collect()
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

/// What a thread needs to train.
struct Room {
    network: Network,
    locked: BTreeSet<Knob>,
    material: Arc<Material>,
    settings: crate::learning::Settings,
    pace: Option<u32>,
}

/// Where a thread leaves its news.
struct Board {
    ctx: Context,
    news: Arc<Mutex<Option<News>>>,
    told: Option<Instant>,
}

/// How far a thread is to go.
#[derive(Clone, Copy, PartialEq)]
enum Goal {
    Wait,
    Play,
    Epoch,
    Step,
}

impl Room {
    fn run(self, orders: &Receiver<Order>, mut board: Board) {
        let data = (&self.material.train, self.material.test.as_ref());
        let scaling = self.material.scaling.clone();
        let made = Trainer::new(&self.network, &self.locked, data, scaling, self.settings);
        let mut trainer = match made {
            Ok(trainer) => trainer,
            Err(e) => {
                let run = Run {
                    state: RunState::Refused(e.to_string()),
                    ..Run::default()
                };
                board.tell(u64::MAX, Vec::new(), run);
                return;
            }
        };
        let mut book = Book::new(&trainer, self.network.knobs().len());
        let mut goal = Goal::Wait;
        let mut heard = 0;
        let mut next_epoch = Instant::now();
        let period = self.pace.map(|pace| Duration::from_secs(1) / pace.max(1));
        loop {
            // Until there is something to do it sleeps; whoever sent orders may be gone, and then it ends.
            let pause = match (goal, period) {
                (Goal::Wait, _) => None,
                (Goal::Play, Some(_)) => Some(next_epoch.saturating_duration_since(Instant::now())),
                _ => Some(Duration::ZERO),
            };
            let mut order = match pause {
                None => match orders.recv() {
                    Ok(order) => Some(order),
                    Err(_) => return,
                },
                Some(Duration::ZERO) => match orders.try_recv() {
                    Ok(order) => Some(order),
                    Err(TryRecvError::Empty) => None,
                    Err(TryRecvError::Disconnected) => return,
                },
                Some(pause) => match orders.recv_timeout(pause) {
                    Ok(order) => Some(order),
                    Err(RecvTimeoutError::Timeout) => None,
                    Err(RecvTimeoutError::Disconnected) => return,
                },
            };
            let was = goal;
            let mut is_told = order.is_some();
            while let Some(now) = order {
                heard += 1;
                match now {
                    Order::Play => goal = Goal::Play,
                    Order::Pause => goal = Goal::Wait,
                    Order::Epoch => goal = Goal::Epoch,
                    Order::Step => goal = Goal::Step,
                    Order::Turn(knob, value) => trainer.turn(knob, value),
                    Order::SetLocked(knob, is_locked) => trainer.set_locked(knob, is_locked),
                }
                order = orders.try_recv().ok();
            }
            if was != goal {
                next_epoch = Instant::now();
            }
            if goal == Goal::Play && Instant::now() < next_epoch {
                if is_told {
                    board.tell(heard, knobs(&trainer), book.run(&trainer, goal));
                }
                continue;
            }
            if goal != Goal::Wait {
                let epoch = trainer.record().epoch;
                let status = trainer.step();
                let has_ended = trainer.record().epoch != epoch;
                if has_ended {
                    book.write(&trainer);
                    next_epoch += period.unwrap_or_default();
                    // What was missed is not made up for.
                    next_epoch = next_epoch.max(Instant::now() - PERIOD);
                }
                let is_there = goal == Goal::Step || goal == Goal::Epoch && has_ended;
                if is_there || status != Status::Running {
                    goal = Goal::Wait;
                    is_told = true;
                }
            }
            if is_told || board.is_due() {
                board.tell(heard, knobs(&trainer), book.run(&trainer, goal));
            }
        }
    }
}

fn knobs(trainer: &Trainer) -> Vec<f64> {
    let mut knobs = trainer.network().knobs().to_vec();
    trainer.knobs_into(&mut knobs);
    knobs
}

impl Board {
    fn is_due(&self) -> bool {
        self.told.is_none_or(|told| told.elapsed() >= PERIOD)
    }

    fn tell(&mut self, heard: u64, knobs: Vec<f64>, run: Run) {
        self.told = Some(Instant::now());
        let news = News { heard, knobs, run };
        *self.news.lock().unwrap_or_else(PoisonError::into_inner) = Some(news);
        self.ctx.request_repaint();
    }
}

/// What is kept of a run.
struct Book {
    records: Arc<Vec<Record>>,
    moments: Arc<Vec<Moment>>,
    /// Every how many epochs one is kept.
    strides: [usize; 2],
    most_moments: usize,
}

impl Book {
    fn new(trainer: &Trainer, knobs: usize) -> Self {
        let mut book = Self {
            records: Arc::default(),
            moments: Arc::default(),
            strides: [1, 1],
            most_moments: (MOMENT_NUMBERS / knobs.max(1)).clamp(8, MOST_MOMENTS),
        };
        book.write(trainer);
        book
    }

    fn write(&mut self, trainer: &Trainer) {
        let record = trainer.record();
        if matches!(trainer.status(), Status::Diverged(_)) {
            // It is back at an earlier epoch.
            return;
        }
        let [every, every_moment] = &mut self.strides;
        let is_last = trainer.status() == Status::Done;
        if record.epoch.is_multiple_of(*every) || is_last {
            let records = Arc::make_mut(&mut self.records);
            records.push(record);
            if records.len() > MOST_RECORDS {
                *every *= 2;
                records.retain(|record| record.epoch.is_multiple_of(*every));
            }
        }
        if record.epoch.is_multiple_of(*every_moment) || is_last {
            let moments = Arc::make_mut(&mut self.moments);
            moments.push(Moment {
                epoch: record.epoch,
                knobs: knobs(trainer).into(),
            });
            if moments.len() > self.most_moments {
                *every_moment *= 2;
                moments.retain(|moment| moment.epoch.is_multiple_of(*every_moment));
            }
        }
    }

    fn run(&self, trainer: &Trainer, goal: Goal) -> Run {
        let state = match trainer.status() {
            Status::Diverged(why) => RunState::Diverged(why),
            Status::Done => RunState::Done,
            Status::Running if goal == Goal::Wait => RunState::Paused,
            Status::Running => RunState::Playing,
        };
        Run {
            state,
            records: Arc::clone(&self.records),
            moments: Arc::clone(&self.moments),
        }
    }
}
