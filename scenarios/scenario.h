#pragma once
// What a script can say, as plain values. A scenario is a list of rules; a rule says which runs it
// answers (Criteria) and what happens in them, in order (Step). docs/scenarios.md is the same for
// people who write YAML; field_table.h is the list of keys that both are read from.
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "assistants_mock/fault.h"
#include "assistants_mock/times.h"
#include "state_machine/instant.h"

namespace assistants_mock::scenarios {

using state_machine::Duration;
using Json = nlohmann::ordered_json;

// Which runs a rule answers. All that is given must hold. Texts are RE2 patterns, searched for
// anywhere in the value; groups of `message` are captured for ${name} and ${1}.
struct Criteria {
  std::optional<std::string> message = {};       // the text of the thread's last user message
  std::optional<std::string> assistant = {};     // the assistant's name, or its id
  std::optional<std::string> model = {};         // the run's model
  std::optional<std::string> instructions = {};  // the run's instructions, additional ones included
  std::vector<std::pair<std::string, std::string>> metadata = {};  // the run's, else the thread's
  std::optional<Times> times =
      {};  // how often the rest of these criteria has fitted, this one included
  bool operator==(const Criteria&) const = default;
};

// How a text is cut into the deltas of a stream.
struct Pieces {
  enum class Unit { words, characters, whole };
  Unit unit = Unit::words;  // about what the service sent: one word with the space before it
  int characters = 0;       // for Unit::characters: Unicode characters in a piece, at least 1
  bool operator==(const Pieces&) const = default;
};

// Token counts of one run step; estimated when a script does not give them.
struct Usage {
  int prompt_tokens = 0;
  int completion_tokens = 0;
  bool operator==(const Usage&) const = default;
};

struct Wait {
  Duration length{};
  bool operator==(const Wait&) const = default;
};

struct TextPart {
  std::string text = {};  // a template
  bool operator==(const TextPart&) const = default;
};
struct RefusalPart {
  std::string refusal = {};  // a template
  bool operator==(const RefusalPart&) const = default;
};
struct ImageUrlPart {
  std::string url = {};  // a template
  std::string detail = "auto";
  bool operator==(const ImageUrlPart&) const = default;
};
struct ImageFilePart {
  std::string file = {};  // the name of a file that the run made, or the id of any file
  std::string detail = "auto";
  bool operator==(const ImageFilePart&) const = default;
};
using SayPart = std::variant<TextPart, RefusalPart, ImageUrlPart, ImageFilePart>;

// One assistant message with its message_creation step.
struct Say {
  std::vector<SayPart> parts = {};  // at least one
  Pieces pieces = {};
  std::optional<Duration> over = {};  // spread the deltas evenly over this long
  std::optional<Usage> usage = {};
  bool unfinished = false;  // stays open: the next step must be an end of the run
  bool operator==(const Say&) const = default;
};

// A function that the run calls. `arguments` is either text, sent exactly as written once its
// templates are filled in (and perhaps not JSON at all), or a JSON value whose strings are
// templates.
struct FunctionCall {
  std::string name = {};
  std::variant<std::string, Json> arguments = Json::object();
  bool operator==(const FunctionCall&) const = default;
};

// A file that code makes. An image that no bytes are given for is drawn: a small PNG that follows
// from its name (plot_image.h).
struct MadeFile {
  std::string filename = {};
  std::optional<std::string> bytes = {};
  bool operator==(const MadeFile&) const = default;
};
struct Logs {
  std::string text = {};  // a template
  bool operator==(const Logs&) const = default;
};
using CodeOutput = std::variant<Logs, MadeFile>;  // the file is an image

// Code that the run writes and runs, with what it put out. `files` it made without showing them.
struct CodeRun {
  std::string input = {};  // a template
  std::vector<CodeOutput> outputs = {};
  std::vector<MadeFile> files = {};  // their bytes are given
  bool operator==(const CodeRun&) const = default;
};

struct ScriptedResult {
  std::string file = {};  // the name or id of a file of the scenario, or any name
  std::string text = {};  // a template
  double score = 1;       // from 0 to 1
  bool operator==(const ScriptedResult&) const = default;
};

// A search in the files that the run can see: done for real, or with scripted results.
struct FileSearch {
  std::string query = "${message}";  // a template
  std::optional<std::vector<ScriptedResult>> results = {};
  bool operator==(const FileSearch&) const = default;
};

using CalledTool = std::variant<FunctionCall, CodeRun, FileSearch>;

// One tool_calls step. The run then waits in requires_action for the outputs of its functions; when
// it calls none, the step is done by itself and the turn goes on.
struct Call {
  std::vector<CalledTool> tools = {};  // at least one
  Pieces pieces = {};
  std::optional<Duration> over = {};
  std::optional<Usage> usage = {};
  bool unfinished = false;  // stays open: the next step must be an end of the run
  bool operator==(const Call&) const = default;
};
// Whether the run waits for outputs from its client after `call`.
inline bool needs_outputs(const Call& call) {
  for (const CalledTool& tool : call.tools)
    if (std::holds_alternative<FunctionCall>(tool)) return !call.unfinished;
  return false;
}

struct Fail {
  std::string code = {};
  std::string message = {};  // a template
  bool operator==(const Fail&) const = default;
};
// What `fail: CODE` says when it gives no message of its own; empty for codes without a usual one.
std::string_view usual_message(std::string_view code);

struct Incomplete {
  std::string reason = {};  // max_completion_tokens, max_prompt_tokens or content_filter
  bool operator==(const Incomplete&) const = default;
};

// Nothing more happens; the run expires unless it is cancelled.
struct Hang {
  bool operator==(const Hang&) const = default;
};

struct Step;

// Goes one way or the other by what the client's tool outputs were. `outputs` maps a function's
// name to an RE2 pattern that its latest output must contain; all must.
struct Branch {
  std::vector<std::pair<std::string, std::string>> outputs = {};
  std::vector<Step> then;
  std::vector<Step> otherwise;
  bool operator==(const Branch&) const;
};

struct Step {
  std::variant<Wait, Say, Call, Fail, Incomplete, Hang, Branch> action = {};
  bool operator==(const Step&) const = default;
};
inline bool Branch::operator==(const Branch& other) const {
  return outputs == other.outputs && then == other.then && otherwise == other.otherwise;
}

// What a cancel does to a run that is at work. A run that waits for tool outputs has nothing at
// work, so only `settles` and `never` differ there.
struct OnCancel {
  enum class Outcome {
    settles,   // cancelling for `after`, then cancelled (T11)
    too_late,  // the work goes on and the run ends as scripted (T12)
    never,     // cancelling until the run expires (T15)
  };
  Outcome outcome = Outcome::settles;
  Duration after = std::chrono::seconds{1};
  bool operator==(const OnCancel&) const = default;
};

// How long a run is queued before it is picked up.
struct Queued {
  std::optional<Duration> length = std::chrono::seconds{1};  // nothing: forever
  bool operator==(const Queued&) const = default;
};

struct Rule {
  std::string name = {};  // empty: told by its place in the file
  Criteria when = {};
  Queued queued = {};
  OnCancel on_cancel = {};
  std::vector<Step> steps = {};
  bool operator==(const Rule&) const = default;
};

// An assistant that is there before the first request, for clients that were configured with an
// id. `body` is what POST /assistants would have been sent.
struct SeededAssistant {
  std::string id = {};
  Json body = Json::object();
  bool operator==(const SeededAssistant&) const = default;
};

// A file that is there before the first request.
struct SeededFile {
  std::string id = {};
  std::string filename = {};
  std::string purpose = "assistants";
  std::string content = {};  // any bytes
  bool operator==(const SeededFile&) const = default;
};

// A vector store that is there before the first request, of files of the scenario.
struct SeededVectorStore {
  std::string id = {};
  std::optional<std::string> name = {};
  std::vector<std::string> file_ids = {};
  std::optional<int> expires_after_days = {};  // after it was last used
  int idle_days = 0;  // how long ago that was; only with expires_after_days above 0
  bool operator==(const SeededVectorStore&) const = default;
};

// Why a file could not be indexed: unsupported_file, invalid_file, server_error, or a code that no
// list has.
struct FileError {
  std::string code = {};
  std::string message = {};
  bool operator==(const FileError&) const = default;
};
// What `fail: CODE` of a file says when it gives no message of its own.
std::string_view usual_file_message(std::string_view code);

struct IndexingRule {
  std::optional<std::string> filename = {};                 // an RE2 pattern; nothing: every file
  std::optional<Duration> takes = std::chrono::seconds{1};  // nothing: for ever
  std::optional<FileError> fail = {};                       // nothing: it is completed
  bool operator==(const IndexingRule&) const = default;
};

// How vector stores index their files, and what they tell of it too late.
struct Indexing {
  std::vector<IndexingRule> files = {};   // the first that fits counts; else 1s, and completed
  Duration counters_lag{};                // counters show what was true so long ago
  Duration found_after{};                 // a file just attached is not found by its id for so long
  bool polled_batch_shows_store = false;  // a batch that is polled shows its store's id
  bool operator==(const Indexing&) const = default;
};

// At most so many requests of some operations in a minute of the mock's clock; what is beyond is
// rl.rpm. `on` and `per` as in Fault; the operations share the limit.
struct RateLimit {
  std::vector<std::string> on = {"*"};
  std::string per = {};
  int requests_per_minute = 0;
  bool operator==(const RateLimit&) const = default;
};

// What the ids that are made consist of, behind their prefix.
enum class IdLetters {
  usual,    // letters and digits
  unusual,  // '-' and '_' among them too
};

struct Scenario {
  std::string name = {};
  std::string teaches = {};
  std::string reveals = {};  // the mistake in a client
  std::string source = {};   // links to where it was seen, or words
  IdLetters ids = IdLetters::usual;
  std::vector<std::string> models = {};  // those that may be named; none: any
  std::vector<SeededAssistant> assistants = {};
  std::vector<SeededFile> files = {};
  std::vector<SeededVectorStore> vector_stores = {};
  Indexing indexing = {};
  Duration messages_lag{};  // a run's message is listed so long after it has ended
  std::vector<RateLimit> rate_limits = {};
  std::vector<Fault> faults = {};  // of the requests of each key, the first whose turn it is
  std::vector<Rule> rules = {};
  bool operator==(const Scenario&) const = default;
};

}  // namespace assistants_mock::scenarios
