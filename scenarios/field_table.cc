// The table itself; value_table.cc has what each kind of value is.
#include "scenarios/field_table.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace assistants_mock::scenarios {

namespace {

constexpr auto section_table = std::to_array<SectionInfo>({
    {Section::scenario, "scenario", "a scenario", "The whole file."},
    {Section::assistant, "assistant", "an assistant",
     "An assistant that is there before the first request."},
    {Section::seeded_file, "seeded_file", "a file",
     "A file that is there before the first request. Its bytes are `content` or `base64`."},
    {Section::vector_store, "vector_store", "a vector store",
     "A vector store that is there before the first request."},
    {Section::indexing, "indexing", "the indexing",
     "How vector stores index their files, and what they tell of it late or wrong."},
    {Section::indexing_rule, "indexing_rule", "a rule of the indexing",
     "How files of some name are indexed."},
    {Section::file_failure, "file_failure", "the failure of a file",
     "The `last_error` of a file in its vector store."},
    {Section::rate_limit, "rate_limit", "a rate limit",
     "How many of some requests are answered in a minute of the mock's clock; the others get "
     "rl.rpm, with the headers that say when to try again."},
    {Section::fault, "fault", "a fault",
     "What goes wrong with certain requests of each key. In place of the answer there is one of "
     "`error`, `status` and `connection`; without them the answer is the real one, with the rest "
     "done to it. Of several faults whose turn it is, the first counts."},
    {Section::stream_fault, "stream_fault", "a fault of a stream",
     "What goes wrong inside an event stream, once in each that the fault is on."},
    {Section::rule, "rule", "a rule", "Which runs it answers, and what happens in them."},
    {Section::criteria, "criteria", "the criteria of a rule",
     "Which runs a rule answers. All that is given must hold."},
    {Section::wait_step, "wait_step", "a wait step", "Time passes."},
    {Section::say_step, "say_step", "a say step", "The assistant writes one message."},
    {Section::call_step, "call_step", "a call step",
     "The run calls tools. It waits in requires_action for the outputs of its functions; "
     "`code_interpreter` and `file_search` are hosted tools, done by the service itself, and a "
     "step that calls only them goes on by itself."},
    {Section::code_run, "code_run", "a call of code_interpreter",
     "Code that the run writes and runs."},
    {Section::code_output, "code_output", "an output of code",
     "What the code put out; has exactly one of these keys."},
    {Section::output_image, "output_image", "an image of code",
     "An image that says more than its name."},
    {Section::made_file, "made_file", "a file that code makes",
     "A file for links in texts. Its bytes are `content` or `base64`."},
    {Section::file_search, "file_search", "a call of file_search",
     "A search in the vector stores of the run's assistant and thread. `file_search` alone is "
     "enough."},
    {Section::search_result, "search_result", "a result of a search", "A passage found."},
    {Section::fail_step, "fail_step", "a fail step", "The run ends as failed."},
    {Section::incomplete_step, "incomplete_step", "an incomplete step",
     "The run ends as incomplete."},
    {Section::hang_step, "hang_step", "a hang step",
     "Nothing more happens; the run expires unless it is cancelled. `- hang` alone is enough."},
    {Section::branch_step, "branch_step", "a when step",
     "Goes one way or the other by what the tool outputs were."},
    {Section::branch_criteria, "branch_criteria", "the criteria of a when step",
     "What a `when` step looks at."},
    {Section::say_part, "say_part", "a part of a message",
     "One content part; has exactly one of these keys."},
    {Section::image, "image", "an image", "An image part that says more than its address."},
    {Section::image_file, "image_file", "an image file",
     "An image part that says more than its file."},
    {Section::failure, "failure", "a failure", "The run's `last_error`."},
    {Section::usage, "usage", "a token count",
     "What the run step is said to have used; estimated when it is left out."},
});

constexpr auto field_table = std::to_array<Field>({
    {Section::scenario, "scenario", Value::scenario_name, false,
     "The scenario's name. Left out, it is the file's name without its ending."},
    {Section::scenario, "teaches", Value::text, false,
     "What the author of a client learns from it, in a sentence."},
    {Section::scenario, "reveals", Value::text, false,
     "The mistake in a client that it brings to light."},
    {Section::scenario, "source", Value::text, false,
     "Where that was seen: links with spaces or commas between them, or words."},
    {Section::scenario, "ids", Value::id_letters, false,
     "`unusual`: ids that are made have '-' and '_' among their letters and digits, at places "
     "that the seed says. usual, which is without them, unless given."},
    {Section::scenario, "models", Value::models, false,
     "The models there are: an assistant or a run that names another is refused. Left out, any "
     "may be named."},
    {Section::scenario, "assistants", Value::assistants, false,
     "Assistants that are there before the first request."},
    {Section::scenario, "files", Value::files, false,
     "Files that are there before the first request."},
    {Section::scenario, "vector_stores", Value::vector_stores, false,
     "Vector stores that are there before the first request."},
    {Section::scenario, "indexing", Value::indexing, false,
     "How vector stores index their files: each in 1s, and completed, unless given."},
    {Section::scenario, "messages_lag", Value::duration, false,
     "A message that a run wrote comes into the thread's list so long after it has ended; by its "
     "id it is found at once."},
    {Section::scenario, "rate_limits", Value::rate_limits, false,
     "Limits to requests per minute: none unless given. `published` are those that the service "
     "published: 300 a minute that attach files to one vector store, 1000 uploads."},
    {Section::scenario, "faults", Value::faults, false, "What goes wrong with requests."},
    {Section::scenario, "runs", Value::rules, true,
     "The rules. The first that fits a run answers it."},

    {Section::assistant, "id", Value::assistant_id, true, "The id that clients know it by."},
    {Section::assistant, "model", Value::text, true, "Its model; any text."},
    {Section::assistant, "name", Value::text, false, "At most 256 characters."},
    {Section::assistant, "description", Value::text, false, "At most 512 characters."},
    {Section::assistant, "instructions", Value::text, false, "At most 256000 characters."},
    {Section::assistant, "tools", Value::tools, false,
     "As POST /assistants takes them; at most 128."},
    {Section::assistant, "tool_resources", Value::json_map, false,
     "As POST /assistants takes them."},
    {Section::assistant, "metadata", Value::metadata, false,
     "Keys of at most 64 characters, values of at most 512."},
    {Section::assistant, "temperature", Value::temperature, false, "As POST /assistants takes it."},
    {Section::assistant, "top_p", Value::top_p, false, "As POST /assistants takes it."},
    {Section::assistant, "response_format", Value::response_format, false,
     "As POST /assistants takes it."},

    {Section::seeded_file, "id", Value::file_id, true, "The id that clients know it by."},
    {Section::seeded_file, "filename", Value::filename, true, "Its name."},
    {Section::seeded_file, "content", Value::text, false, "Its bytes, as text."},
    {Section::seeded_file, "base64", Value::base64, false, "Its bytes, when they are no text."},
    {Section::seeded_file, "purpose", Value::file_purpose, false, "assistants unless given."},

    {Section::vector_store, "id", Value::store_id, true, "The id that clients know it by."},
    {Section::vector_store, "name", Value::text, false, "Its name; any text."},
    {Section::vector_store, "file_ids", Value::file_ids, false,
     "The files in it, indexed already."},
    {Section::vector_store, "expires_after_days", Value::days, false,
     "It expires so many days after it was last used; left out, never."},
    {Section::vector_store, "idle_days", Value::days, false,
     "It was made, and last used, so many days ago; only where expires_after_days is given. Left "
     "out, just now."},

    {Section::indexing, "files", Value::indexing_rules, false,
     "The rules. The first that fits a file's name says how the file is indexed."},
    {Section::indexing, "counters_lag", Value::duration, false,
     "Counters, and a completed status with them, show what was true so long ago."},
    {Section::indexing, "found_after", Value::duration, false,
     "A file that was just attached is not found by its id for so long."},
    {Section::indexing, "polled_batch_id", Value::polled_batch_id, false,
     "`store`: a batch that is polled shows its vector store's id where its own belongs."},

    {Section::indexing_rule, "filename", Value::pattern, false,
     "Searched for in the file's name. Left out, it fits every file, and has to be the last rule."},
    {Section::indexing_rule, "takes", Value::queued, false,
     "How long the file is in_progress: 1s unless given."},
    {Section::indexing_rule, "fail", Value::file_failure, false,
     "The file fails; left out, it is completed. The codes alone have a usual message."},

    {Section::file_failure, "code", Value::error_code, true,
     "Usually unsupported_file, invalid_file or server_error."},
    {Section::file_failure, "message", Value::text, true, "For people to read."},

    {Section::rate_limit, "on", Value::operations, false,
     "Which requests, as for a fault; several operations share the limit."},
    {Section::rate_limit, "per", Value::path_parameter, false, "As for a fault."},
    {Section::rate_limit, "requests_per_minute", Value::position, true,
     "So many may come at once, and again as many in each minute."},

    {Section::fault, "on", Value::operation, false,
     "Which requests: an operation by its id or by method and path. Left out, all."},
    {Section::fault, "times", Value::times, false,
     "Which of those, counted from 1: `2`, `3+`, `[1, 2, 5+]`; the first unless given."},
    {Section::fault, "per", Value::path_parameter, false,
     "Counted for each thread, run, file … by itself: the name of a parameter of the path, such "
     "as run_id. Left out, all are counted together."},
    {Section::fault, "while", Value::run_status, false,
     "Only requests that find the run of the path in this status; others do not count."},
    {Section::fault, "error", Value::error_row, false,
     "A row of [errors.md](wire/errors.md): its answer, with the words of the example there."},
    {Section::fault, "status", Value::http_status, false, "Any answer at all."},
    {Section::fault, "body", Value::http_body, false,
     "The body of `status`: a text, or a map or list that is sent as JSON; empty unless given."},
    {Section::fault, "connection", Value::connection, false,
     "The connection is closed in order, is reset, or stays open and silent, before anything of "
     "the answer is sent; with `keep_bytes`, after those."},
    {Section::fault, "after_work", Value::truth, false,
     "`true`: the work is done first, and its answer is lost."},
    {Section::fault, "headers", Value::http_headers, false,
     "Headers that take the place of the answer's or come on top, such as "
     "`{retry-after-ms: 20}`."},
    {Section::fault, "keep_bytes", Value::byte_count, false,
     "The answer's body ends after so many bytes: as if that were all, or, with `connection`, in "
     "the middle of it."},
    {Section::fault, "delay", Value::duration, false,
     "The answer comes so much later. Real time, as on a slow network, whatever the mock's clock "
     "says."},
    {Section::fault, "stream", Value::stream_fault, false,
     "What goes wrong in the event stream. Requests that do not stream do not count."},

    {Section::stream_fault, "then", Value::stream_outcome, false,
     "What happens: cut (the connection ends after the event), reset, hang (nothing more comes), "
     "end (without `done`), cut_inside (in the middle of the event), cut_in_character (inside a "
     "character of several bytes, in this or a later event of the name), error and bare_error (an "
     "error event in place of the rest), unknown_event (one follows), repeat (the event comes "
     "twice), swap (it comes after the next one), rename (it comes under another name). Left out: "
     "cut, unless there are `pieces`."},
    {Section::stream_fault, "after", Value::stream_event, false,
     "At which event: its name. Left out, any event."},
    {Section::stream_fault, "nth", Value::position, false,
     "At the how many-th of them: 1 unless given."},
    {Section::stream_fault, "as", Value::stream_event, false, "The name that `rename` gives."},
    {Section::stream_fault, "pieces", Value::position, false,
     "The stream is sent in pieces of so many bytes, wherever characters and events end. Each "
     "is sent by itself, but may arrive joined to others."},
    {Section::stream_fault, "pause", Value::duration, false,
     "So much real time passes after each of the `pieces`, so that they arrive apart; 1s at most."},

    {Section::rule, "name", Value::rule_name, false,
     "How messages and the journal name the rule; no two rules have the same."},
    {Section::rule, "when", Value::criteria, false,
     "Which runs the rule answers. Left out, it answers every run, and has to be the last rule."},
    {Section::rule, "queued", Value::queued, false,
     "How long a run is queued before it is picked up: 1s unless given."},
    {Section::rule, "on_cancel", Value::on_cancel, false,
     "What a cancel does: the run is cancelling for that long and then cancelled (1s unless "
     "given), or the cancel is too_late and the run ends as scripted, or it is never settled and "
     "the run stays cancelling until it expires."},
    {Section::rule, "do", Value::steps, true,
     "What happens in the run, in order; at most 1000 steps. A run that gets to their end is "
     "completed."},

    {Section::criteria, "message", Value::pattern, false,
     "Searched for in the text of the thread's last user message. Its groups give values: "
     "`${name}` and `${1}`."},
    {Section::criteria, "assistant", Value::pattern, false,
     "Searched for in the assistant's name and in its id."},
    {Section::criteria, "model", Value::pattern, false, "Searched for in the run's model."},
    {Section::criteria, "instructions", Value::pattern, false,
     "Searched for in the run's instructions, additional ones included."},
    {Section::criteria, "metadata", Value::metadata_patterns, false,
     "Searched for in the value that the run, or else the thread, has under that key."},
    {Section::criteria, "times", Value::times, false,
     "Which times the rule applies, of all times that its other criteria fit: `2`, `3+`, "
     "`[1, 2, 5+]`."},

    {Section::wait_step, "wait", Value::duration, true, "How long; at most 24h."},

    {Section::say_step, "say", Value::message, true,
     "The text, a template; or the message's parts, at most 100."},
    {Section::say_step, "chunk", Value::pieces, false,
     "How the text is cut into the deltas of a stream: words unless given."},
    {Section::say_step, "over", Value::duration, false, "The deltas are spread over this long."},
    {Section::say_step, "usage", Value::usage, false, "The tokens that the step used."},
    {Section::say_step, "unfinished", Value::truth, false,
     "`true`: the message stays open. The next step has to be fail, incomplete or hang."},

    {Section::call_step, "call", Value::calls, true,
     "The tools; at most 128. Arguments of functions are a map or list, sent as JSON, its texts "
     "being templates; or a text, sent as it is, even if it is no JSON; or nothing, sent as {}. "
     "Names are up to 64 letters, digits, '_', '-' and '.'; `code_interpreter` and `file_search` "
     "are the hosted tools, described below."},
    {Section::call_step, "chunk", Value::pieces, false,
     "How arguments and code are cut into the deltas of a stream: words unless given."},
    {Section::call_step, "over", Value::duration, false, "The deltas are spread over this long."},
    {Section::call_step, "usage", Value::usage, false, "The tokens that the step used."},
    {Section::call_step, "unfinished", Value::truth, false,
     "`true`: the calls stay open. The next step has to be fail, incomplete or hang."},

    {Section::code_run, "input", Value::text, true, "The code, a template."},
    {Section::code_run, "outputs", Value::code_outputs, false,
     "What it put out, in order; at most 100."},
    {Section::code_run, "files", Value::made_files, false,
     "Files that it made without showing them; at most 100."},

    {Section::code_output, "logs", Value::text, false, "What it printed, a template."},
    {Section::code_output, "image", Value::output_image, false,
     "An image. Without base64 a small plot is drawn, as PNG; its name has to end in .png."},

    {Section::output_image, "filename", Value::filename, true, "Its name."},
    {Section::output_image, "base64", Value::base64, false, "Its bytes."},

    {Section::made_file, "filename", Value::filename, true, "Its name, for `${link.NAME}`."},
    {Section::made_file, "content", Value::text, false, "Its bytes, as text."},
    {Section::made_file, "base64", Value::base64, false, "Its bytes, when they are no text."},

    {Section::file_search, "query", Value::text, false,
     "What is searched for, a template: ${message} unless given."},
    {Section::file_search, "results", Value::search_results, false,
     "What is found; left out, the vector stores are searched for real."},

    {Section::search_result, "file", Value::filename, true,
     "The name or id of a file of the scenario, or any other name."},
    {Section::search_result, "text", Value::text, true, "The passage, a template."},
    {Section::search_result, "score", Value::score, false, "How well it fits: 1 unless given."},

    {Section::fail_step, "fail", Value::failure, true,
     "`server_error` and `rate_limit_exceeded` have a usual message; every other code needs one."},

    {Section::incomplete_step, "incomplete", Value::incomplete_reason, true,
     "Why the run was cut short."},

    {Section::hang_step, "hang", Value::nothing, true, "Takes no value."},

    {Section::branch_step, "when", Value::branch_criteria, true, "What has to hold."},
    {Section::branch_step, "do", Value::steps, true, "What happens if it holds."},
    {Section::branch_step, "otherwise", Value::steps, false, "What happens if it does not."},

    {Section::branch_criteria, "outputs", Value::output_patterns, true,
     "For each function a pattern, searched for in its latest output. All have to be found; an "
     "earlier step has to call the function."},

    {Section::say_part, "text", Value::text, false, "A text, a template."},
    {Section::say_part, "refusal", Value::text, false, "A refusal, a template."},
    {Section::say_part, "image_url", Value::image, false, "An image by its address, a template."},
    {Section::say_part, "image_file", Value::image_file, false,
     "An image by its file: the name of one that code made in an earlier step, or an id."},

    {Section::image, "url", Value::text, true, "Its address, a template."},
    {Section::image, "detail", Value::image_detail, false, "auto unless given."},

    {Section::image_file, "file", Value::filename, true, "Its name or id."},
    {Section::image_file, "detail", Value::image_detail, false, "auto unless given."},

    {Section::failure, "code", Value::error_code, true,
     "Usually server_error, rate_limit_exceeded or invalid_prompt."},
    {Section::failure, "message", Value::text, true, "For people to read; a template."},

    {Section::usage, "prompt_tokens", Value::token_count, true, "Tokens read."},
    {Section::usage, "completion_tokens", Value::token_count, true, "Tokens written."},
});

constexpr std::array<Section, 7> step_table = {
    Section::wait_step,       Section::say_step,  Section::call_step,  Section::fail_step,
    Section::incomplete_step, Section::hang_step, Section::branch_step};

static_assert(std::ranges::is_sorted(field_table, {}, &Field::section),
              "the fields of a section stand together, in the order of the sections");
static_assert(
    [] {
      for (std::size_t place = 0; place < section_table.size(); ++place)
        if (section_table[place].section != static_cast<Section>(place)) return false;
      return section_table.back().section == Section::usage;
    }(),
    "a row for every section, in order");
}  // namespace

std::span<const SectionInfo> sections() {
  return section_table;
}

const SectionInfo& info(Section section) {
  return section_table[static_cast<std::size_t>(section)];
}

std::span<const Field> fields_of(Section section) {
  const auto begin = std::ranges::lower_bound(field_table, section, {}, &Field::section);
  const auto end = std::ranges::upper_bound(field_table, section, {}, &Field::section);
  return {begin, end};
}

std::vector<std::string_view> keys_of(Section section) {
  std::vector<std::string_view> keys;
  for (const Field& field : fields_of(section)) keys.push_back(field.key);
  return keys;
}

const Field* find_field(Section section, std::string_view key) {
  for (const Field& field : fields_of(section))
    if (field.key == key) return &field;
  return nullptr;
}

std::span<const Section> step_sections() {
  return step_table;
}

}  // namespace assistants_mock::scenarios
