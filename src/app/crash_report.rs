//! Reports of internal errors. They are written beside the unsaved documents when a thread panics, and the next start
//! tells the user about them.

use std::backtrace::Backtrace;
use std::fs;
use std::io::Write as _;
use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// The names of all reports begin with this.
const PREFIX: &str = "crash-";
/// The names of reports that the user hasn't been told about end with this.
const NEW_SUFFIX: &str = ".new.txt";
/// The names of the other reports end with this.
const SUFFIX: &str = ".txt";
/// The maximum number of reports that a process writes.
const MAX_REPORTS: usize = 3;
/// The maximum number of reports that are kept.
const MAX_KEPT_REPORTS: usize = 10;

/// Writes a report to a folder whenever a thread of this process panics, from now on.
pub fn install(folder: PathBuf) {
    let count = AtomicUsize::new(0);
    let previous = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        previous(panic);
        let index = count.fetch_add(1, Ordering::Relaxed);
        if index < MAX_REPORTS {
            // The disk may be full; nothing more can be done here.
            let _ = write(&folder, index, &report(panic));
        }
    }));
}

/// Returns the reports that the user hasn't been told about, oldest first, and counts them as told.
pub(super) fn take_new(folder: &Path) -> Vec<PathBuf> {
    let mut new = Vec::new();
    let mut kept = Vec::new();
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries {
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| name.starts_with(PREFIX)) else {
            continue;
        };
        if let Some(stem) = name.strip_suffix(NEW_SUFFIX) {
            let told = folder.join(format!("{stem}{SUFFIX}"));
            // A report that can't be renamed is told about again.
            match fs::rename(entry.path(), &told) {
                Ok(()) => new.push(told),
                Err(_) => new.push(entry.path()),
            }
        } else if name.ends_with(SUFFIX) {
            kept.push(entry.path());
        }
    }
    // The names begin with the time.
    new.sort();
    kept.sort();
    let surplus = (kept.len() + new.len()).saturating_sub(MAX_KEPT_REPORTS);
    for old in kept.iter().take(surplus) {
        let _ = fs::remove_file(old);
    }
    new
}

fn write(folder: &Path, index: usize, report: &str) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let process = std::process::id();
    let name = format!(
        "{PREFIX}{:010}-{process}-{index}{NEW_SUFFIX}",
        seconds_since_1970()
    );
    let mut file = fs::File::create_new(folder.join(name))?;
    file.write_all(report.as_bytes())?;
    file.sync_all()
}

/// Returns the text of a report. It is in English, because the makers of the program read it.
fn report(panic: &PanicHookInfo<'_>) -> String {
    let thread = std::thread::current();
    format!(
        "neurodial {version} on {system} ({machine})\n\
         seconds since 1970: {time}\n\
         thread: {thread}\n\
         {panic}\n\n\
         {backtrace}",
        version = env!("CARGO_PKG_VERSION"),
        system = std::env::consts::OS,
        machine = std::env::consts::ARCH,
        time = seconds_since_1970(),
        thread = thread.name().unwrap_or("unnamed"),
        backtrace = Backtrace::force_capture(),
    )
}

fn seconds_since_1970() -> u64 {
    let time = SystemTime::now().duration_since(UNIX_EPOCH);
    time.map_or(0, |time| time.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_leaves_a_report_that_is_told_about_once() {
        let parent = tempfile::tempdir().expect("a temporary folder");
        let folder = parent.path().join("unsaved");
        install(folder.clone());
        let panicking = std::thread::Builder::new().name("worker".to_owned());
        let thread = panicking.spawn(|| {
            let numbers: Vec<usize> = Vec::new();
            numbers[std::hint::black_box(7)]
        });
        thread.expect("a thread").join().expect_err("it panics");
        let _ = std::panic::take_hook();

        // Another test may fail at the same time.
        let mut reports = take_new(&folder);
        let text = |report: &PathBuf| fs::read_to_string(report).expect("the report");
        reports.retain(|report| text(report).contains("thread: worker"));
        assert_eq!(reports.len(), 1);
        let text = text(&reports[0]);
        assert!(text.contains("the index is 7"), "{text}");
        assert!(
            text.contains(env!("CARGO_PKG_VERSION")) && text.contains("crash_report.rs"),
            "{text}"
        );
        assert!(take_new(&folder).is_empty());
        assert!(reports[0].exists(), "it is kept");

        for index in 0..12 {
            write(&folder, 100 + index, "older").expect("it can be written");
        }
        assert_eq!(take_new(&folder).len(), 12);
        write(&folder, 200, "newest").expect("it can be written");
        assert_eq!(take_new(&folder).len(), 1);
        assert_eq!(
            fs::read_dir(&folder).expect("the folder").count(),
            MAX_KEPT_REPORTS
        );
    }
}
