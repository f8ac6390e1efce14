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
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

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
};

// A filled text is cut, between two characters, at this many bytes: outputs come from clients, and
// a script may repeat them. Room for the longest message the API takes (256 000 characters).
inline constexpr std::size_t max_filled_bytes = 4 << 20;

// `text` with every reference replaced by its value and `$${` by `${`. Values are not looked into
// for references. Always valid UTF-8: bytes that are none become U+FFFD.
std::string fill(std::string_view text, const TemplateValues& values);

}  // namespace assistants_mock::scenarios
