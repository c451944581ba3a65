//! The READMEs in both languages have the same sections and the same commands, and the program knows the commands.

use neurodial::cli::parse_args;

const ENGLISH: &str = include_str!("../../README.md");
const CHINESE: &str = include_str!("../../README.zh-CN.md");

/// Returns the lines of code without their explanations, which follow after two spaces or a `#`.
fn code(readme: &str) -> Vec<&str> {
    let lines = readme.lines().filter_map(|line| line.strip_prefix("    "));
    lines
        .map(|line| {
            let line = line.trim();
            let end = line.find("  ").unwrap_or(line.len());
            &line[..end]
        })
        .collect()
}

/// Splits a command into its arguments; quotes hold an argument together.
fn arguments(command: &str) -> Vec<String> {
    let mut arguments = vec![String::new()];
    let mut is_quoted = false;
    for c in command.chars() {
        match c {
            '\'' => is_quoted = !is_quoted,
            ' ' if !is_quoted => arguments.push(String::new()),
            c => arguments.last_mut().unwrap().push(c),
        }
    }
    arguments
}

#[test]
fn both_languages_have_the_same_commands_and_sections() {
    assert_eq!(code(ENGLISH), code(CHINESE));
    let levels = |readme: &str| -> Vec<usize> {
        let headings = readme.lines().filter(|line| line.starts_with('#'));
        headings
            .map(|line| line.chars().take_while(|&c| c == '#').count())
            .collect()
    };
    assert_eq!(levels(ENGLISH), levels(CHINESE));
    let rows = |readme: &str| readme.lines().filter(|line| line.starts_with('|')).count();
    assert_eq!(rows(ENGLISH), rows(CHINESE));
}

#[test]
fn each_language_links_to_the_other_at_the_top() {
    for (readme, other) in [(ENGLISH, "(README.zh-CN.md)"), (CHINESE, "(README.md)")] {
        assert!(readme.lines().take(3).any(|line| line.contains(other)), "{other}");
    }
}

#[test]
fn the_program_knows_every_command() {
    // Lines with alternatives or optional parts are patterns of commands.
    let is_command = |line: &&str| line.starts_with("neurodial ") && !line.contains(['|', '…', '\\']);
    let commands: Vec<&str> = code(ENGLISH)
        .into_iter()
        .filter(is_command)
        .filter(|line| !line.contains(" [") && !line.contains("DIR"))
        .collect();
    assert!(commands.len() > 15, "{commands:?}");
    for command in commands {
        let parsed = parse_args(arguments(command).into_iter().map(Into::into));
        assert!(parsed.is_ok(), "{command}: {:?}", parsed.err());
    }
}
