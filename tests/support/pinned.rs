//! A document with a pin, for the tests of figures.

use neurodial_core::session::{Action, Adjustable, Document, Origin, Preset, Session};

/// The article's network, turned away from a state that is pinned.
pub fn pinned() -> Document {
    let document = Preset::from_name("article").unwrap().document().unwrap();
    let mut session = Session::open(document, Origin::Untitled);
    session
        .apply(Action::TakeSnapshot("before the turn".to_owned()))
        .unwrap();
    for (target, value) in [
        ("w[1,2,2]", 1.4),
        ("w[1,3,1]", -2.0),
        ("b[1,1]", -1.25),
        ("x[3]", 0.5),
    ] {
        let target = Adjustable::parse(target).unwrap();
        session.apply(Action::Set { target, value }).unwrap();
    }
    session.document().clone()
}
