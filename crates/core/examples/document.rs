//! Opens a document, changes it by actions, describes it in sentences, undoes a change, and writes and reads
//! it as JSON.
//!
//! ```text
//! cargo run -p neurodial-core --example document
//! ```

use neurodial_core::formats::{Preset, json};
use neurodial_core::insight::{Insight, description};
use neurodial_core::network::Knob;
use neurodial_core::session::{Adjustable, Edit, HistoryCommand, Origin, Session};
use neurodial_core::text::{Localized as _, Messages};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let preset = Preset::DEFAULT;
    let mut session = Session::open(preset.document()?, Origin::Preset(preset.name));
    let mut insight = Insight::new(&session);
    println!(
        "{}\n",
        description::describe(&session, &insight, Messages::ENGLISH)
    );

    // An action is refused with a reason or becomes one undo step.
    let bias = Adjustable::Knob(Knob::bias(0, 1));
    session.apply(Edit::Set {
        target: bias,
        value: -1.5,
    })?;
    insight.update(&session);
    if let Some(label) = session.history().undo_label() {
        println!("After “{}”:", label.message(Messages::ENGLISH));
    }
    println!(
        "{}\n",
        description::describe(&session, &insight, Messages::ENGLISH)
    );

    session.apply(Edit::SetLocked {
        knob: Knob::bias(0, 1),
        is_locked: true,
    })?;
    let refused = session.apply(Edit::Set {
        target: bias,
        value: 0.0,
    });
    if let Err(reason) = refused {
        println!("Refused: {reason}");
    }

    session.apply(HistoryCommand::Undo)?;
    session.apply(HistoryCommand::Undo)?;
    println!(
        "After two undos the bias is {:?}.\n",
        session.document().value(bias)
    );

    let text = json::write(session.document());
    println!("{text}");
    let read = json::read(&text)?;
    println!(
        "The same bits after reading: {}",
        read.is_bitwise_equal(session.document())
    );
    Ok(())
}
