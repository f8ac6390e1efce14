#pragma once
// Texts that take values from the conversation: "It is ${outputs.get_weather.temperature} in
// ${city}." A value that cannot be found leaves its ${...} as written, so that it is seen.
//
//   ${message} ${model} ${instructions} ${times} ${metadata.KEY} ${assistant.id}
//   ${assistant.name} ${thread.id} ${run.id}
//   ${NAME} ${1} ${0}              a group of the rule's message pattern; hides a name above
//   ${outputs.FUNCTION}            the latest output of that function
//   ${outputs.FUNCTION[0]}         the output of its first call in this run
//   ${outputs.FUNCTION.key[2]}     a path into the output, read as JSON; a string is shown bare,
//                                  everything else as compact JSON. ${outputs.FUNCTION[0].key[2]}
//                                  is the same for the first call.
//   ${results[N].text}             what result N of the latest file search says; also filename,
//                                  file_id and score
//   ${cite[N]}                     a citation of that result: 【4:0†foods.txt】
//   ${link.NAME}                   a link to a file that the run made: sandbox:/mnt/data/NAME
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/hosted_tools.h"
#include "scenarios/rule_matching.h"

namespace assistants_mock::scenarios {

// What templates can name besides captures and outputs.
struct Conversation {
  RunQuestion question = {};
  std::string thread_id = {};
  std::string run_id = {};
};

// The outputs that a run was given so far: by function, in the order of its calls.
using ToolOutputs = std::map<std::string, std::vector<std::string>>;

// What the hosted tools of a run have brought about so far.
struct HostedOutcomes {
  int searches = 0;
  std::vector<FoundChunk> results = {};   // of the latest search
  std::set<std::string> made_files = {};  // by name
};

// One ${...} of a text, from its dollar sign on. `path` is what stands between the braces; it is
// empty, and `length` goes to the end of the text, when the closing brace is missing.
struct TemplateReference {
  std::size_t offset;
  std::size_t length;
  std::string path = {};
};

// Every ${...} of `text`, in order. `$${` is a literal `${` and no reference.
std::vector<TemplateReference> template_references(std::string_view text);

// Where fill() takes values from. Refers to what others own, for the length of a call.
struct TemplateValues {
  const RuleMatch& match;  // captures, ${times}
  const Conversation& conversation;
  const ToolOutputs& outputs;
  const HostedOutcomes* hosted = nullptr;  // null: no hosted tool was called
};

// A filled text is cut, between two characters, at this many bytes: outputs come from clients, and
// a script may repeat them. Room for the longest message the API takes (256 000 characters).
inline constexpr std::size_t max_filled_bytes = 4 << 20;

// `text` with every reference replaced by its value and `$${` by `${`. Values are not looked into
// for references. Always valid UTF-8: bytes that are none become U+FFFD.
std::string fill(std::string_view text, const TemplateValues& values);

enum class MarkKind { file_citation, file_path };

// What a stretch of a text stands for: a citation of a file, or a link to one.
struct Mark {
  MarkKind kind = MarkKind::file_citation;
  std::string file = {};  // the id of the cited file; the name of the linked one
  bool operator==(const Mark&) const = default;
};
struct FilledStretch {
  std::string text = {};
  std::optional<Mark> mark = {};
};

// The same as fill(), in stretches: what ${cite[…]} and ${link.…} became stands alone. None is
// empty.
std::vector<FilledStretch> fill_in_stretches(std::string_view text, const TemplateValues& values);

// The N of `name[N]` and what follows the bracket; nothing when `path` begins with no such thing.
struct NumberedName {
  std::size_t number;
  std::string_view rest;
};
std::optional<NumberedName> numbered_name(std::string_view path, std::string_view name);

// What ${results[N].…} can end in.
std::span<const std::string_view> result_fields();

}  // namespace assistants_mock::scenarios
