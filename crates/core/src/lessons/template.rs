//! The text of a new lesson.

use crate::formats::json;
use crate::session::Document;
use crate::text::Messages;

use super::reader::proposed_id;

/// Returns the text of a new lesson with one step. It starts with the document, or else with the preset `neuron`, and
/// shows the panes with these names, or those that are open if there are none.
pub fn lesson_text(title: &str, document: Option<&Document>, panes: &[&str], messages: Messages) -> String {
    let title = match title.is_empty() {
        true => messages.lesson_template_title(),
        false => title,
    };
    let title: String = title.chars().filter(|c| !c.is_control()).collect();
    let start = match document {
        Some(_) => "{ here = true }",
        None => "{ preset = \"neuron\" }",
    };
    let mut text = format!(
        "# {title}\n\n```toml\nformat  = 1\nid      = \"{}\"\n",
        proposed_id(&title)
    );
    text += &format!("edition = 1\nminutes = 5\nstart   = {start}\n");
    if !panes.is_empty() {
        let panes: Vec<String> = panes.iter().map(|pane| format!("\"{pane}\"")).collect();
        text += &format!("show    = [{}]\n", panes.join(", "));
    }
    text += "```\n";
    if let Some(document) = document {
        text += &format!("\n```json\n{}\n```\n", json::write(document).trim_end());
    }
    let step = messages.lesson_template_step();
    text += &format!(
        "\n{}\n\n## {step} {{#step-1}}\n",
        messages.lesson_template_introduction()
    );
    text += &format!(
        "\n### {}\n\n{}\n",
        messages.lesson_part_do(),
        messages.lesson_template_do()
    );
    text + &format!(
        "\n### {}\n\n{}\n",
        messages.lesson_part_after(),
        messages.lesson_template_after()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::Preset;
    use crate::lessons::{LessonSource, check};
    use crate::text::Locale;

    #[test]
    fn a_new_lesson_has_no_problems() {
        let document = Preset::DEFAULT.document().unwrap();
        for locale in Locale::ALL {
            for document in [None, Some(&document)] {
                let text = lesson_text("My lesson", document, &["knobs"], Messages::new(locale));
                let checked = check(&LessonSource::from_text("my.md", text.as_str()), &["knobs"]);
                assert_eq!(checked.problems, [], "{text}");
                assert_eq!(checked.good_steps, 1);
                let lesson = checked.original.unwrap();
                assert_eq!(
                    (lesson.head.id.as_str(), lesson.title.value.as_str()),
                    ("my-lesson", "My lesson")
                );
            }
        }
    }
}
