//! The problems of lessons: file, line, what is wrong, and what to write instead.

use crate::text::{Localized, Messages, SharedText, shortened};

use super::expression::LessonExpressionError;
use super::instruction::InstructionError;
use super::lesson::{MAX_CHOICES, MAX_HINTS, MAX_STEPS};
use super::source::MAX_TEXT_BYTES;

/// A problem of a lesson.
#[derive(Debug, Clone, PartialEq)]
pub struct LessonProblem {
    /// The name of the file.
    pub file: String,
    /// The line, counted from 1; `None` if the problem belongs to the whole file.
    pub line: Option<usize>,
    /// The setting of a `toml` block that is wrong, such as `pass`.
    pub key: Option<&'static str>,
    /// The problem.
    pub kind: Box<ProblemKind>,
}

/// A part of a step that a translation counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountedPart {
    /// The choices of a question.
    Choices,
    /// The replies to choices.
    Replies,
    /// The replies to numbers and the sentences of partial results.
    Items,
    /// The hints.
    Hints,
    /// The questions.
    Questions,
    /// The numbers in braces and the blanks.
    Expressions,
}

/// A mistake in a lesson.
#[derive(Debug, Clone, PartialEq)]
pub enum ProblemKind {
    /// The text is too large.
    TooLarge,
    /// There is no heading with the title.
    NoTitle,
    /// There is a second title.
    SecondTitle,
    /// There is no block of settings under the title.
    NoHead,
    /// A fenced block has no end; with its language.
    UnclosedBlock(&'static str),
    /// A block is not TOML; with the reason of the reader.
    NotToml(String),
    /// A setting is unknown.
    UnknownKey {
        /// The setting.
        key: String,
        /// The known ones.
        known: Vec<&'static str>,
        /// The one that may be meant.
        suggestion: Option<&'static str>,
    },
    /// A setting is missing; with an example.
    MissingKey(&'static str, &'static str),
    /// A setting has a value of the wrong kind; with an example.
    WrongValue(&'static str, &'static str),
    /// A heading under a step is none of the parts.
    UnknownPart(String),
    /// A heading is deeper than those of parts.
    DeepHeading(String),
    /// A part stands before the first step.
    PartBeforeStep(String),
    /// There are no steps.
    NoSteps,
    /// There are too many steps.
    TooManySteps(usize),
    /// There are too many choices.
    TooManyChoices(usize),
    /// There are too many hints.
    TooManyHints(usize),
    /// A step has no id; with its title and a proposal.
    NoId(String, String),
    /// Two steps have the same id; with the id and the line of the first.
    DuplicateId(String, usize),
    /// An id has other characters than letters, digits and hyphens.
    InvalidId(String),
    /// A step has a second task.
    SecondTask,
    /// A block of settings stands where none belongs.
    MisplacedBlock(&'static str),
    /// A question has neither choices nor settings.
    NoQuestion,
    /// A question has more than one kind of answer.
    SeveralKinds,
    /// No choice is right.
    NoRightChoice,
    /// There is only one choice.
    SingleChoice,
    /// Some items of a list have boxes and some don't.
    MixedList,
    /// A question with blanks has none.
    NoBlanks,
    /// A reply doesn't begin with a number.
    ReplyWithoutNumber(String),
    /// The number of conditions of a partial result and of their sentences differ.
    PartlySentences {
        /// The number of conditions.
        conditions: usize,
        /// The number of sentences.
        sentences: usize,
    },
    /// A brace or a bracket is not closed.
    UnclosedBrace(&'static str),
    /// The content of braces is no expression.
    InsertedExpression(String, LessonExpressionError),
    /// A picture has no alt text.
    NoAltText(String),
    /// A file is outside of the lesson's folder.
    OutsideFolder(String),
    /// A file doesn't exist.
    MissingFile(String),
    /// There is neither a preset nor a file with this name.
    MissingDocument(String),
    /// There is no preset with this name; with the names of all.
    UnknownPreset(String, Vec<&'static str>),
    /// A document can't be read.
    Document(SharedText),
    /// A document names a data file.
    DocumentWithDataFile(String),
    /// There is no JSON block under the head.
    NoJsonBlock,
    /// The JSON block is not used.
    UnusedJsonBlock,
    /// There is no pane with this name; with the one that may be meant.
    UnknownPane(String, Option<String>, Vec<String>),
    /// A text is no expression.
    Expression(LessonExpressionError),
    /// A text is no instruction.
    Instruction(InstructionError),
    /// A text is not the address of a neuron.
    NotANeuron(String),
    /// A text is not the address of a knob or an input.
    NotAnAddress(String),
    /// The text of a sketch has no “over”.
    SketchForm(String),
    /// The network has no such layer.
    NoLayer {
        /// The address.
        address: String,
        /// The number of layers.
        layers: usize,
    },
    /// The layer has no such bias.
    NoBias {
        /// The address.
        address: String,
        /// The layer, counted from 1.
        layer: usize,
        /// The number of its neurons.
        neurons: usize,
    },
    /// The layer has no such neuron.
    NoNeuron {
        /// The address.
        address: String,
        /// The layer, counted from 1.
        layer: usize,
        /// The number of its neurons.
        neurons: usize,
        /// The same address for the first and for the last neuron.
        examples: [String; 2],
    },
    /// The neuron has no such weight.
    NoWeight {
        /// The address.
        address: String,
        /// The beginning of the address, as in `w[1,1`.
        start: String,
        /// The number of inputs of the neuron.
        inputs: usize,
    },
    /// The network has no such input.
    NoInput {
        /// The address.
        address: String,
        /// The number of inputs.
        inputs: usize,
    },
    /// The network has no such output.
    NoOutput {
        /// The address.
        address: String,
        /// The number of outputs.
        outputs: usize,
    },
    /// The network has several outputs, and none is named.
    SeveralOutputs(usize),
    /// A call has not as many numbers as the network has inputs.
    InputCount {
        /// The call.
        call: String,
        /// The number of inputs.
        inputs: usize,
    },
    /// The network has several inputs, and none is named.
    ThresholdInput(usize),
    /// The number of saved inputs is not that of the wanted outputs.
    SavedInputCount {
        /// The number of saved inputs.
        rows: usize,
        /// The number of wanted outputs.
        wanted: usize,
    },
    /// A quantity needs data.
    NeedsData(String),
    /// A quantity needs data with classes.
    NeedsClasses(String),
    /// A quantity needs a test set.
    NeedsTestSet(String),
    /// A quantity is used where it has no value.
    OnlyInSketch(String),
    /// An instruction can't be carried out.
    Refused(String, SharedText),
    /// An instruction would train for too long.
    TooMuchTraining(String),
    /// An instruction of a solution changes a locked knob.
    LockedKnob(String, String),
    /// The step is passed at its start.
    PassedAtStart {
        /// The title.
        step: String,
        /// The condition.
        condition: String,
    },
    /// The step is not passed by its solution.
    NotPassed {
        /// The title.
        step: String,
        /// The solution.
        solution: String,
        /// The part of the condition that is false.
        condition: String,
        /// The quantities in it and their values.
        values: Vec<(String, String)>,
    },
    /// The condition has no solution.
    NoSolution(String),
    /// The solution has no condition.
    NoPass(String),
    /// The true answer is not finite.
    AnswerNotFinite(String),
    /// A block of settings is in a translation.
    BlockInTranslation,
    /// A step of the original is missing in the translation.
    MissingStep {
        /// The id.
        step: String,
        /// The file of the original.
        original: String,
    },
    /// A step of the translation is not in the original.
    UnknownStep {
        /// The id.
        step: String,
        /// The file of the original.
        original: String,
    },
    /// A part of a step is missing in the translation.
    MissingPart {
        /// The id.
        step: String,
        /// The name of the part.
        part: &'static str,
        /// The file of the original.
        original: String,
    },
    /// A number of parts of a step differs.
    DifferentCount {
        /// The id.
        step: String,
        /// The part.
        part: CountedPart,
        /// The number in the translation.
        here: usize,
        /// The number in the original.
        there: usize,
        /// The file of the original.
        original: String,
    },
    /// Expressions differ from those of the original.
    DifferentExpressions {
        /// The id of the step; empty for the introduction.
        step: String,
        /// Those in the translation.
        here: String,
        /// Those in the original.
        there: String,
        /// The file of the original.
        original: String,
    },
    /// The digits differ from those of the original.
    DifferentDigits {
        /// The id of the step.
        step: String,
        /// Those in the translation.
        here: String,
        /// Those in the original.
        there: String,
        /// The file of the original.
        original: String,
    },
    /// The comment with the edition is missing.
    NoEdition(usize),
    /// The translation belongs to another edition.
    OtherEdition {
        /// The edition that it translates.
        here: usize,
        /// The edition of the original.
        there: usize,
        /// The file of the original.
        original: String,
        /// The ids of the steps that were changed since.
        changed: Vec<String>,
    },
}

impl LessonProblem {
    /// True if the lesson works in spite of it.
    pub fn is_warning(&self) -> bool {
        matches!(
            *self.kind,
            ProblemKind::DifferentDigits { .. } | ProblemKind::UnusedJsonBlock
        )
    }
}

impl Localized for LessonProblem {
    fn message(&self, messages: Messages) -> String {
        let kind = self.kind.message(messages);
        let text = match self.key {
            Some(key) => messages.lesson_problem_of_key(key, kind),
            None => kind,
        };
        let text = match self.is_warning() {
            true => messages.lesson_problem_warning(text),
            false => text,
        };
        match self.line {
            Some(line) => messages.lesson_problem_at_line(&self.file, line, text),
            None => messages.lesson_problem_in_file(&self.file, text),
        }
    }
}

impl Localized for ProblemKind {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::TooLarge => messages.lesson_too_large(MAX_TEXT_BYTES / 1024),
            Self::NoTitle => messages.lesson_no_title().to_owned(),
            Self::SecondTitle => messages.lesson_second_title().to_owned(),
            Self::NoHead => messages.lesson_no_head().to_owned(),
            Self::UnclosedBlock(language) => messages.lesson_unclosed_block(language),
            Self::NotToml(reason) => messages.lesson_not_toml(reason),
            Self::UnknownKey {
                key,
                known,
                suggestion,
            } => match suggestion {
                Some(suggestion) => messages.lesson_unknown_key_suggestion(shortened(key), suggestion),
                None => messages.lesson_unknown_key(shortened(key), messages.list(known)),
            },
            Self::MissingKey(key, example) => messages.lesson_missing_key(key, example),
            Self::WrongValue(key, example) => messages.lesson_wrong_value(key, example),
            Self::UnknownPart(part) => messages.lesson_unknown_part(shortened(part)),
            Self::DeepHeading(text) => messages.lesson_deep_heading(shortened(text)),
            Self::PartBeforeStep(part) => messages.lesson_part_before_step(shortened(part)),
            Self::NoSteps => messages.lesson_no_steps().to_owned(),
            Self::TooManySteps(count) => messages.lesson_too_many_steps(*count, MAX_STEPS),
            Self::TooManyChoices(count) => messages.lesson_too_many_choices(*count, MAX_CHOICES),
            Self::TooManyHints(count) => messages.lesson_too_many_hints(*count, MAX_HINTS),
            Self::NoId(title, proposal) => messages.lesson_step_without_id(title, proposal),
            Self::DuplicateId(id, line) => messages.lesson_duplicate_id(id, *line),
            Self::InvalidId(id) => messages.lesson_invalid_id(shortened(id)),
            Self::SecondTask => messages.lesson_second_task().to_owned(),
            Self::MisplacedBlock(language) => messages.lesson_misplaced_block(language),
            Self::NoQuestion => messages.lesson_no_question().to_owned(),
            Self::SeveralKinds => messages.lesson_several_kinds().to_owned(),
            Self::NoRightChoice => messages.lesson_no_right_choice().to_owned(),
            Self::SingleChoice => messages.lesson_single_choice().to_owned(),
            Self::MixedList => messages.lesson_mixed_list().to_owned(),
            Self::NoBlanks => messages.lesson_no_blanks().to_owned(),
            Self::ReplyWithoutNumber(text) => messages.lesson_reply_without_number(shortened(text)),
            Self::PartlySentences {
                conditions,
                sentences,
            } => messages.lesson_partly_sentences(*conditions, *sentences),
            Self::UnclosedBrace(brace) => messages.lesson_unclosed_brace(brace),
            Self::InsertedExpression(text, error) => {
                messages.lesson_inserted_expression(shortened(text), error.message(messages))
            }
            Self::NoAltText(path) => messages.lesson_no_alt_text(shortened(path)),
            Self::OutsideFolder(path) => messages.lesson_outside_folder(shortened(path)),
            Self::MissingFile(path) => messages.lesson_missing_file(shortened(path)),
            Self::MissingDocument(name) => messages.lesson_missing_document(shortened(name)),
            Self::UnknownPreset(name, names) => {
                messages.lesson_unknown_preset(shortened(name), names.join(", "))
            }
            Self::Document(reason) => reason.message(messages),
            Self::DocumentWithDataFile(name) => messages.lesson_document_with_data_file(shortened(name)),
            Self::NoJsonBlock => messages.lesson_no_json_block().to_owned(),
            Self::UnusedJsonBlock => messages.lesson_unused_json_block().to_owned(),
            Self::UnknownPane(pane, suggestion, names) => match suggestion {
                Some(suggestion) => messages.lesson_unknown_pane_suggestion(shortened(pane), suggestion),
                None => messages.lesson_unknown_pane(shortened(pane), names.join(", ")),
            },
            Self::Expression(error) => error.message(messages),
            Self::Instruction(error) => error.message(messages),
            Self::NotANeuron(text) => messages.lesson_not_a_neuron(shortened(text)),
            Self::NotAnAddress(text) => messages.lesson_not_an_address(shortened(text)),
            Self::SketchForm(text) => messages.lesson_sketch_form(shortened(text)),
            Self::NoLayer { address, layers } => messages.lesson_no_layer(address, *layers),
            Self::NoBias {
                address,
                layer,
                neurons,
            } => messages.lesson_no_bias(address, layer, *neurons),
            Self::NoNeuron {
                address,
                layer,
                neurons,
                examples: [first, last],
            } => messages.lesson_no_neuron(address, layer, *neurons, first, last),
            Self::NoWeight {
                address,
                start,
                inputs,
            } => messages.lesson_no_weight(address, *inputs, start),
            Self::NoInput { address, inputs } => messages.lesson_no_input(address, *inputs),
            Self::NoOutput { address, outputs } => messages.lesson_no_output(address, *outputs),
            Self::SeveralOutputs(outputs) => messages.lesson_several_outputs(*outputs),
            Self::InputCount { call, inputs } => messages.lesson_input_count(call, *inputs),
            Self::ThresholdInput(inputs) => messages.lesson_threshold_input(*inputs),
            Self::SavedInputCount { rows, wanted } => messages.lesson_saved_input_count(*wanted, *rows),
            Self::NeedsData(quantity) => messages.lesson_needs_data(quantity),
            Self::NeedsClasses(quantity) => messages.lesson_needs_classes(quantity),
            Self::NeedsTestSet(quantity) => messages.lesson_needs_test_set(quantity),
            Self::OnlyInSketch(quantity) => messages.lesson_only_in_sketch(quantity),
            Self::Refused(instruction, reason) => {
                messages.lesson_refused(instruction, reason.message(messages))
            }
            Self::TooMuchTraining(instruction) => messages.lesson_too_much_training(instruction),
            Self::LockedKnob(instruction, knob) => messages.lesson_locked_knob(instruction, knob),
            Self::PassedAtStart { step, condition } => messages.lesson_passed_at_start(step, condition),
            Self::NotPassed {
                step,
                solution,
                condition,
                values,
            } => {
                let is = |(quantity, value): &(String, String)| messages.lesson_value_is(quantity, value);
                match values.is_empty() {
                    true => messages.lesson_not_passed(step, solution, condition),
                    false => messages.lesson_not_passed_with_values(
                        step,
                        solution,
                        condition,
                        messages.list(values.iter().map(is)),
                    ),
                }
            }
            Self::NoSolution(step) => messages.lesson_no_solution(step),
            Self::NoPass(step) => messages.lesson_no_pass(step),
            Self::AnswerNotFinite(answer) => messages.lesson_answer_not_finite(answer),
            Self::BlockInTranslation => messages.lesson_block_in_translation().to_owned(),
            Self::MissingStep { step, original } => messages.lesson_missing_step(step, original),
            Self::UnknownStep { step, original } => messages.lesson_unknown_step(step, original),
            Self::MissingPart { step, part, original } => messages.lesson_missing_part(step, part, original),
            Self::DifferentCount {
                step,
                part,
                here,
                there,
                original,
            } => {
                let count = match part {
                    CountedPart::Choices => messages.lesson_count_choices(*here),
                    CountedPart::Replies => messages.lesson_count_replies(*here),
                    CountedPart::Items => messages.lesson_count_items(*here),
                    CountedPart::Hints => messages.lesson_count_hints(*here),
                    CountedPart::Questions => messages.lesson_count_questions(*here),
                    CountedPart::Expressions => messages.lesson_count_expressions(*here),
                };
                messages.lesson_different_count(step, count, *there, original)
            }
            Self::DifferentExpressions {
                step,
                here,
                there,
                original,
            } => messages.lesson_different_expressions(step, here, there, original),
            Self::DifferentDigits {
                step,
                here,
                there,
                original,
            } => messages.lesson_different_digits(step, here, there, original),
            Self::NoEdition(edition) => messages.lesson_no_edition(edition),
            Self::OtherEdition {
                here,
                there,
                original,
                changed,
            } => match changed.is_empty() {
                true => messages.lesson_other_edition(here, original, there),
                false => messages.lesson_other_edition_changed(here, original, there, changed.join(", ")),
            },
        }
    }
}

crate::localized_errors!(LessonProblem);
