#pragma once
// A place in one rule: what a run does next and when. The engine asks for one turn at a time: from
// a pick-up to the next set of function calls, or to the end. A turn is planned whole when it
// begins, because everything it says depends only on what is known by then; its searches are made
// then, too.
//
// Timing: an explicit `wait` or `over` is kept, and nothing is added to it. A turn that has neither
// works for one second, as the service did: its deltas are spread evenly over it, the last thing
// falling due at 1 s.
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "scenarios/hosted_tools.h"
#include "scenarios/rule_matching.h"
#include "scenarios/scenario.h"
#include "scenarios/template_text.h"

namespace assistants_mock::scenarios {

enum class PartKind { text, refusal, image_url, image_file };

// The acts of a turn. Indices count from 0 and never skip.
struct BeginMessage {
  std::optional<Usage> usage = {};  // of the step, however it will end
};
// Says that a piece of text stands for a file: from `begin` up to `end`, in characters of its part.
struct Annotation {
  Mark mark = {};
  std::size_t begin = 0;
  std::size_t end = 0;
};
struct AddToMessage {  // one delta: a piece of part `part`; an image comes in one piece
  std::size_t part = 0;
  PartKind kind = PartKind::text;
  std::string piece = {};   // text, refusal text, the image's URL, or its file's name or id; empty
                            // only for an empty part, which has this one delta so that it exists
  std::string detail = {};  // images only
  std::optional<Annotation> annotation = {};  // of the whole piece
};
struct EndMessage {};  // left out when the message stays unfinished
struct BeginCalls {
  std::optional<Usage> usage = {};
};
struct AddCall {  // opens call `call`: its name is known, its arguments follow
  std::size_t call = 0;
  std::string function = {};
};
struct AddArguments {  // never empty: empty arguments have no piece
  std::size_t call = 0;
  std::string piece = {};
};
struct AddCode {  // opens call `call`, of code_interpreter
  std::size_t call = 0;
};
struct AddCodeInput {  // never empty
  std::size_t call = 0;
  std::string piece = {};
};
struct AddLogs {  // output `output` of the code
  std::size_t call = 0;
  std::size_t output = 0;
  std::string text = {};
};
struct AddImage {  // output `output` of the code: the latest file of that name
  std::size_t call = 0;
  std::size_t output = 0;
  std::string filename = {};
};
struct MakeFile {
  std::string filename = {};
  std::string bytes = {};
};
struct AddSearch {  // call `call`, of file_search, with all that it found
  std::size_t call = 0;
  std::string query = {};
  std::vector<FoundChunk> results = {};
};
struct EndCalls {};   // all calls were of hosted tools: their step is done, the turn goes on
struct CallsMade {};  // ends the turn: the run requires action
struct Answer {};     // ends the run: completed
struct Error {        // ends the run: failed; an open message stays incomplete
  std::string code = {};
  std::string message = {};
};
struct CutShort {  // ends the run: incomplete
  std::string reason = {};
};
struct Silence {};  // ends the turn without an end: the run waits for its deadline
using Act = std::variant<BeginMessage, AddToMessage, EndMessage, BeginCalls, AddCall, AddArguments,
                         AddCode, AddCodeInput, AddLogs, AddImage, MakeFile, AddSearch, EndCalls,
                         CallsMade, Answer, Error, CutShort, Silence>;

// `after` is measured from the pick-up and never falls along the list.
struct TimedAct {
  Duration after{};
  Act act;
};

class Playback {
 public:
  // `match` is of a rule of `scenario`.
  Playback(std::shared_ptr<const Scenario> scenario, RuleMatch match, Conversation conversation);

  const Rule& rule() const;

  // The acts of the next turn, ending in exactly one of CallsMade, Answer, Error, CutShort and
  // Silence. A rule that has no steps left answers without a word.
  std::vector<TimedAct> next_turn(HostedTools& tools);

  // The client's outputs for the calls of the last turn, as (function, output) in the order of the
  // calls. To be told before the next next_turn().
  void outputs_arrived(const std::vector<std::pair<std::string, std::string>>& outputs);

 private:
  const Step* next_step();
  bool fits(const Branch& branch) const;
  TemplateValues values() const { return {match_, conversation_, outputs_, &hosted_}; }

  std::shared_ptr<const Scenario> scenario_;
  RuleMatch match_;
  Conversation conversation_;
  ToolOutputs outputs_;
  HostedOutcomes hosted_;
  // Where the script goes on: what is left of each list of steps that is under way, innermost last.
  std::vector<std::pair<const std::vector<Step>*, std::size_t>> places_;
};

}  // namespace assistants_mock::scenarios
