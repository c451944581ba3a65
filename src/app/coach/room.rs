//! The thread that trains, and what goes in and out of it.

use std::collections::BTreeSet;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use egui::Context;

use neurodial_core::learning::{Bookmark, Settings, Status, Trainer};
use neurodial_core::network::{Knob, Network};
use neurodial_core::session::course::Material;
use neurodial_core::session::run::{Line, change_words};
use neurodial_core::session::{RunState, Session};

use super::book::{Book, knobs};

/// The window is told of news at most this often.
const PERIOD: Duration = Duration::from_micros(16_667);

/// A pause waits for the end of the epoch no longer than this: it is to be seen in the next frame.
const PATIENCE: Duration = Duration::from_millis(10);

/// What a thread is asked to do.
#[derive(Debug, Clone)]
pub enum Order {
    /// Goes on until it is over.
    Play,
    /// Waits.
    Pause,
    /// To the end of an epoch, then waits.
    Epoch,
    /// One step, then waits.
    Step,
    /// The most epochs a second.
    Pace(Option<u32>),
    /// Goes on with other settings.
    Settings(Box<Settings>),
    /// Turns a knob.
    Turn(Knob, f64),
    /// Holds a knob, or lets it go.
    SetLocked(Knob, bool),
}

/// How a thread stands.
#[derive(Debug)]
pub struct News {
    /// How many orders were carried out.
    heard: u64,
    /// The knobs for raw inputs.
    pub knobs: Vec<f64>,
    /// Whether it goes on.
    pub state: RunState,
    /// The way to here.
    pub line: Line,
    /// The epoch that the knobs are at: the end of the line, but after a roll-back.
    pub at: usize,
}

/// What goes in and out of a thread, which ends when this is dropped.
#[derive(Debug)]
pub struct Post {
    orders: Sender<Order>,
    news: Arc<Mutex<Option<News>>>,
    /// How many orders were sent: news from before the last one are too old.
    sent: u64,
}

impl Post {
    /// Sends an order.
    pub fn send(&mut self, order: Order) {
        self.sent += 1;
        // A thread that has ended has told why.
        let _ = self.orders.send(order);
    }

    /// The news since the last time.
    pub fn take(&mut self) -> Option<News> {
        let mut news = self.news.lock().unwrap_or_else(PoisonError::into_inner);
        news.take().filter(|news| news.heard >= self.sent)
    }
}

/// What a thread needs to train.
#[derive(Debug)]
pub struct Room {
    network: Network,
    locked: BTreeSet<Knob>,
    material: Arc<Material>,
    settings: Settings,
    pace: Option<u32>,
    line: Line,
    at: usize,
    mark: Option<Arc<Bookmark>>,
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
    /// To the end of the epoch if that comes before then.
    Pause(Instant),
    Epoch,
    Step,
}

impl Room {
    /// To train on from the session’s present knobs, at an epoch of a line.
    pub fn new(
        session: &Session,
        material: &Arc<Material>,
        settings: Settings,
        line: Line,
        at: usize,
    ) -> Self {
        let document = session.document();
        Self {
            network: document.network.clone(),
            locked: document.locked.clone(),
            material: Arc::clone(material),
            settings,
            pace: session.view().pace,
            line,
            at,
            mark: None,
        }
    }

    /// The same from a bookmark, if there is one.
    #[must_use]
    pub fn resumed(mut self, mark: Option<Arc<Bookmark>>) -> Self {
        self.mark = mark;
        self
    }

    /// Starts the thread; it waits for orders.
    pub fn open(self, ctx: &Context) -> Post {
        let (orders, heard) = channel();
        let news = Arc::new(Mutex::new(None));
        let board = Board {
            ctx: ctx.clone(),
            news: Arc::clone(&news),
            told: None,
        };
        thread::spawn(move || self.run(&heard, board));
        Post {
            orders,
            news,
            sent: 0,
        }
    }

    fn trainer(&self) -> Result<Trainer, String> {
        let data = (&self.material.train, self.material.test.as_ref());
        let scaling = self.material.scaling.clone();
        let mut settings = self.settings.clone();
        settings.epochs = epochs(settings.epochs, self.at);
        let mut trainer =
            Trainer::new(&self.network, &self.locked, data, scaling, settings).map_err(|e| e.to_string())?;
        trainer.count_from(self.at);
        if let Some(mark) = &self.mark {
            trainer.resume(mark);
        }
        Ok(trainer)
    }

    fn run(mut self, orders: &Receiver<Order>, mut board: Board) {
        let mut trainer = match self.trainer() {
            Ok(trainer) => trainer,
            Err(reason) => return board.refuse(reason),
        };
        let mut book = Book::new(&trainer, std::mem::take(&mut self.line));
        let mut goal = Goal::Wait;
        let mut heard = 0;
        let mut next_epoch = Instant::now();
        loop {
            let period = self.pace.map(|pace| Duration::from_secs(1) / pace.max(1));
            // Until there is something to do it sleeps; whoever sent orders may be gone, and then it ends.
            let pause = match (goal, period) {
                (Goal::Wait, _) => None,
                (Goal::Play, Some(_)) => Some(next_epoch.saturating_duration_since(Instant::now())),
                _ => Some(Duration::ZERO),
            };
            let Ok(mut order) = next_order(orders, pause) else {
                return;
            };
            let was = goal;
            let mut is_told = order.is_some();
            while let Some(now) = order {
                heard += 1;
                match now {
                    Order::Play => goal = Goal::Play,
                    Order::Pause if goal == Goal::Play => {
                        goal = Goal::Pause(Instant::now() + PATIENCE);
                    }
                    Order::Pause => goal = Goal::Wait,
                    Order::Epoch => goal = Goal::Epoch,
                    Order::Step => goal = Goal::Step,
                    Order::Pace(pace) => self.pace = pace,
                    Order::Settings(settings) => {
                        if let Err(reason) = self.change(&mut trainer, &mut book, *settings) {
                            return board.refuse(reason);
                        }
                    }
                    Order::Turn(knob, value) => trainer.turn(knob, value),
                    Order::SetLocked(knob, is_locked) => trainer.set_locked(knob, is_locked),
                }
                order = orders.try_recv().ok();
            }
            if was != goal {
                next_epoch = Instant::now();
            }
            if goal == Goal::Play && self.pace.is_some() && Instant::now() < next_epoch {
                if is_told {
                    board.tell(heard, &trainer, &book, goal);
                }
                continue;
            }
            if matches!(goal, Goal::Pause(_)) && trainer.is_between() {
                goal = Goal::Wait;
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
                let is_there = match goal {
                    Goal::Wait | Goal::Play => false,
                    Goal::Pause(until) => has_ended || Instant::now() >= until,
                    Goal::Epoch => has_ended,
                    Goal::Step => true,
                };
                if is_there || status != Status::Running {
                    goal = Goal::Wait;
                    is_told = true;
                }
            }
            if is_told || board.is_due() {
                board.tell(heard, &trainer, &book, goal);
            }
        }
    }

    /// Goes on with other settings.
    fn change(&mut self, trainer: &mut Trainer, book: &mut Book, settings: Settings) -> Result<(), String> {
        let words = change_words(&self.settings, &settings);
        self.settings = settings.clone();
        let data = (&self.material.train, self.material.test.as_ref());
        let epochs = epochs(settings.epochs, trainer.record().epoch);
        let settings = Settings { epochs, ..settings };
        trainer.change(data, settings).map_err(|e| e.to_string())?;
        book.change(trainer, words);
        Ok(())
    }
}

/// After the last epoch there are as many again.
fn epochs(chosen: usize, at: usize) -> usize {
    chosen.max(1) * (at / chosen.max(1) + 1)
}

/// The next order; `None` if none came within the pause, of which there is no end if it is `None`.
fn next_order(orders: &Receiver<Order>, pause: Option<Duration>) -> Result<Option<Order>, Gone> {
    match pause {
        None => orders.recv().map(Some).map_err(|_| Gone),
        Some(Duration::ZERO) => match orders.try_recv() {
            Ok(order) => Ok(Some(order)),
            Err(TryRecvError::Empty) => Ok(None),
            Err(TryRecvError::Disconnected) => Err(Gone),
        },
        Some(pause) => match orders.recv_timeout(pause) {
            Ok(order) => Ok(Some(order)),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => Err(Gone),
        },
    }
}

/// Nobody will send orders any more.
struct Gone;

impl Board {
    fn is_due(&self) -> bool {
        self.told.is_none_or(|told| told.elapsed() >= PERIOD)
    }

    fn tell(&mut self, heard: u64, trainer: &Trainer, book: &Book, goal: Goal) {
        self.told = Some(Instant::now());
        let state = match trainer.status() {
            Status::Diverged(why) => RunState::Diverged(why),
            Status::Done => RunState::Done,
            Status::Running if goal == Goal::Wait => RunState::Paused,
            Status::Running => RunState::Playing,
        };
        self.put(News {
            heard,
            knobs: knobs(trainer),
            state,
            line: book.line((goal == Goal::Wait).then(|| trainer.bookmark()).flatten()),
            at: trainer.record().epoch,
        });
    }

    /// Training is not possible, for a reason.
    fn refuse(&mut self, reason: String) {
        self.put(News {
            heard: u64::MAX,
            knobs: Vec::new(),
            state: RunState::Refused(reason),
            line: Line::default(),
            at: 0,
        });
    }

    fn put(&mut self, news: News) {
        *self.news.lock().unwrap_or_else(PoisonError::into_inner) = Some(news);
        self.ctx.request_repaint();
    }
}
