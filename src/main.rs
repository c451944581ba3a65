//! Opens the window or runs a headless command, depending on the arguments.

use std::process::ExitCode;

use neurodial::app;
use neurodial::cli::{self, Request};

/// mimalloc is used because a frame allocates thousands of shapes.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let outcome = cli::parse_args(std::env::args_os()).and_then(|request| match request {
        Request::Help(text) => cli::print(&text),
        Request::Command(command) => command.run(),
        Request::Window(session, opening, outside, fonts) => {
            cli::display::check()?;
            app::run(*session, opening, outside, fonts).map_err(|reason| cli::display::window_error(&reason))
        }
    });
    cli::exit_code(outcome)
}
