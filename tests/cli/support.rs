//! Reads files that the command wrote, and interrupts a running command.

use std::fs;
use std::path::Path;

use roxmltree::Document;
use serde_json::Value;

use crate::command::stdout_in;

#[cfg(unix)]
pub use interrupt::interrupt_after;

/// Draws a figure into a file of a folder and returns the file’s bytes.
pub fn draw_figure(folder: &Path, document: &str, file: &str, options: &[&str]) -> Vec<u8> {
    let arguments = [&["figure", document, "-o", file], options].concat();
    assert_eq!(stdout_in(folder, &arguments), "");
    fs::read(folder.join(file)).unwrap()
}

/// Returns the content of every text element of an SVG, and of every part of one in another format.
pub fn svg_texts(svg: &str) -> Vec<String> {
    let document = Document::parse(svg).unwrap();
    let texts = document.descendants().filter_map(|node| {
        let is_text = node.has_tag_name("text") || node.has_tag_name("tspan");
        node.text().filter(|_| is_text)
    });
    texts.map(str::to_owned).collect()
}

/// Reads a JSON file.
pub fn json_file(folder: &Path, name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(folder.join(name)).unwrap()).unwrap()
}

/// Runs a command in a folder and parses its stdout as JSON.
pub fn printed_json(folder: &Path, arguments: &[&str]) -> Value {
    serde_json::from_str(&stdout_in(folder, arguments)).unwrap()
}

#[cfg(unix)]
mod interrupt {
    use std::io::{BufRead as _, BufReader};
    use std::path::Path;
    use std::process::{Child, Command, ExitStatus, Stdio};
    use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
    use std::thread;
    use std::time::{Duration, Instant};

    use crate::command::command_in;

    /// Longer than any machine needs to start the command or to end it.
    const DEADLINE: Duration = Duration::from_secs(120);

    /// Runs neurodial in a folder and interrupts it, as Ctrl+C does, once it has written a line to stderr that starts
    /// with `line_start`. Returns the exit status and all of stderr.
    ///
    /// # Panics
    /// Panics if the line is not written, or if the command does not end after the signal.
    pub fn interrupt_after(folder: &Path, arguments: &[&str], line_start: &str) -> (ExitStatus, String) {
        let mut command = command_in(folder, arguments);
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let (sender, lines) = mpsc::channel();
        let reader = thread::spawn(move || {
            for line in stderr.lines() {
                sender.send(line.unwrap()).unwrap();
            }
        });
        let mut written = String::new();
        let is_found = read_lines(&mut child, &lines, &mut written, |line| {
            line.starts_with(line_start)
        });
        assert!(is_found, "{arguments:?} ended without “{line_start}”: {written}");
        let process_id = child.id().to_string();
        let kill = Command::new("kill").args(["-INT", &process_id]).status();
        assert!(kill.unwrap().success());
        read_lines(&mut child, &lines, &mut written, |_| false);
        reader.join().unwrap();
        (child.wait().unwrap(), written)
    }

    /// Appends lines to `written` up to one for which `is_last` is true; returns false if stderr ends before it.
    fn read_lines(
        child: &mut Child,
        lines: &Receiver<String>,
        written: &mut String,
        is_last: impl Fn(&str) -> bool,
    ) -> bool {
        let end = Instant::now() + DEADLINE;
        loop {
            match lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(line) => {
                    written.push_str(&line);
                    written.push('\n');
                    if is_last(&line) {
                        return true;
                    }
                }
                Err(RecvTimeoutError::Disconnected) => return false,
                Err(RecvTimeoutError::Timeout) => {
                    let _ = child.kill();
                    panic!("the command takes longer than {DEADLINE:?}; stderr: {written}");
                }
            }
        }
    }
}
