// Explains by doing: the question goes through the same matcher and playback as a real run.
#include "scenarios/explain.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "scenarios/duration_text.h"
#include "scenarios/shown_text.h"
#include "scenarios/utf8.h"

namespace assistants_mock::scenarios {
namespace {

constexpr int most_asked_before = 100'000;
constexpr std::size_t shown_bytes = 600;  // of one run of deltas, or of one value
constexpr std::string_view piece_end = "¦";

std::string beginning_shown(std::string_view text) {
  return escaped(beginning_of(text, shown_bytes)) + (text.size() > shown_bytes ? "…" : "");
}

std::string seconds(Duration at) {
  const long long milliseconds = at.count();
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%lld.%03lld", milliseconds / 1000, milliseconds % 1000);
  return text.data();
}

std::string with_usage(std::string text, const std::optional<Usage>& usage) {
  if (!usage) return text;
  return text + " (usage: " + std::to_string(usage->prompt_tokens) + " prompt, " +
         std::to_string(usage->completion_tokens) + " completion tokens)";
}

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

std::string shown(std::string_view text) {
  return in_quotes(text, shown_bytes);
}

std::string output_label(std::size_t output) {
  return "output " + std::to_string(output) + ": ";
}

// "call 0: file_search "cake", found foods.txt (0.9), menu.txt (0.4)"
std::string search_shown(const AddSearch& search) {
  std::string text =
      "call " + std::to_string(search.call) + ": file_search " + shown(search.query) + ", found ";
  if (search.results.empty()) return text + "nothing";
  for (const FoundChunk& result : search.results) {
    if (&result != &search.results.front()) text += ", ";
    text += escaped(result.filename) + " (" + Json(result.score).dump() + ")";
  }
  return text;
}

std::string described(const Act& act) {
  return std::visit(
      Overloaded{
          [](const BeginMessage& begin) { return with_usage("a message begins", begin.usage); },
          [](const EndMessage&) -> std::string { return "the message ends"; },
          [](const BeginCalls& begin) { return with_usage("tool calls begin", begin.usage); },
          [](const AddCall& call) {
            return "call " + std::to_string(call.call) + ": " + escaped(call.function);
          },
          [](const AddCode& code) {
            return "call " + std::to_string(code.call) + ": code_interpreter";
          },
          [](const AddLogs& logs) {
            return output_label(logs.output) + "logs " + shown(logs.text);
          },
          [](const AddImage& image) {
            return output_label(image.output) + "image " + escaped(image.filename);
          },
          [](const MakeFile& file) {
            return "a file is made: " + escaped(file.filename) + ", " +
                   std::to_string(file.bytes.size()) + " bytes";
          },
          [](const AddSearch& search) { return search_shown(search); },
          [](const EndCalls&) -> std::string { return "the tool calls end"; },
          [](const CallsMade&) -> std::string {
            return "the run requires action: it waits for the outputs";
          },
          [](const Answer&) -> std::string { return "the run is completed"; },
          [](const Error& error) {
            return "the run fails: " + escaped(error.code) + ", " +
                   in_quotes(error.message, shown_bytes);
          },
          [](const CutShort& cut) { return "the run is incomplete: " + escaped(cut.reason); },
          [](const Silence&) -> std::string { return "nothing more happens; the run expires"; },
          [](const auto&) { return std::string(); },
      },
      act);
}

// What a run of deltas is of: deltas with the same label stand on one line.
std::string delta_label(const Act& act) {
  if (const auto* add = std::get_if<AddToMessage>(&act)) {
    const std::string part = add->part == 0 ? "" : "part " + std::to_string(add->part) + ", ";
    if (add->kind == PartKind::text) return part + "text: ";
    if (add->kind == PartKind::refusal) return part + "refusal: ";
    const std::string kind = add->kind == PartKind::image_url ? "image_url" : "image_file";
    return part + kind + " (detail " + escaped(add->detail) + "): ";
  }
  if (std::holds_alternative<AddArguments>(act)) return "arguments: ";
  if (std::holds_alternative<AddCodeInput>(act)) return "input: ";
  return {};
}

std::string_view delta_piece(const Act& act) {
  if (const auto* add = std::get_if<AddToMessage>(&act)) return add->piece;
  if (const auto* add = std::get_if<AddArguments>(&act)) return add->piece;
  if (const auto* add = std::get_if<AddCodeInput>(&act)) return add->piece;
  return {};
}

using Turn = std::vector<TimedAct>;

// The end of the run of deltas that begins at `first`; one past it for anything else.
Turn::const_iterator end_of_line(Turn::const_iterator first, Turn::const_iterator end) {
  const std::string label = delta_label(first->act);
  if (label.empty()) return first + 1;
  return std::find_if(first + 1, end,
                      [&](const TimedAct& timed) { return delta_label(timed.act) != label; });
}

std::string said(Turn::const_iterator first, Turn::const_iterator end) {
  std::string text;
  std::size_t bytes = 0;
  for (auto timed = first; timed != end; ++timed) {
    if (timed != first) text += piece_end;
    text += delta_piece(timed->act);
    bytes += delta_piece(timed->act).size();
  }
  std::string line = delta_label(first->act) + beginning_shown(text);
  if (text.size() > shown_bytes)
    line += " (" + std::to_string(bytes) + " bytes in " + std::to_string(end - first) + " deltas)";
  return line;
}

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(width, text.size()), ' ');
  return text;
}

std::string question_line(const Scenario& scenario, const RunQuestion& question, int asked_before) {
  std::string line = scenario.name + ", asked " + in_quotes(question.message, shown_bytes);
  if (!question.model.empty()) line += ", model " + in_quotes(question.model);
  if (!question.assistant_name.empty()) line += ", assistant " + in_quotes(question.assistant_name);
  for (const auto& [key, value] : question.metadata)
    line += ", metadata " + escaped(key) + '=' + in_quotes(value, shown_bytes);
  return line + ", for the " + ordinal(asked_before + 1) + " time\n\n";
}

std::string rule_line(std::string_view mark, const Scenario& scenario, std::size_t rule) {
  return std::string(mark) + ' ' + rule_label(scenario, rule);
}

// A rule's criteria one beneath the other, what was found beneath what was wanted:
//     message        fits   /weather/
//     metadata.plan  wanted /^pro$/
//                    found  "free"
std::string criteria_shown(const Criteria& when, const std::vector<Mismatch>& mismatches) {
  const auto criteria = criteria_of(when);
  std::size_t width = 0;
  for (const auto& [name, wanted] : criteria) width = std::max(width, character_count(name));
  const auto line = [&](std::string_view name, std::string_view what, const std::string& value) {
    std::string text = "    " + std::string(name);
    text.append(width - character_count(name) + 2, ' ');
    return text.append(what).append(" ").append(value) + '\n';
  };
  std::string text;
  for (const auto& [name, wanted] : criteria) {
    const auto wrong = std::ranges::find(mismatches, name, &Mismatch::criterion);
    if (wrong != mismatches.end()) {
      text += line(name, "wanted", wanted) + line("", "found ", wrong->found);
      if (!wrong->hint.empty()) text += line("", "note  ", wrong->hint);
    } else if (name != "times") {  // asked only when all else fits
      text += line(name, "fits  ", wanted);
    }
  }
  return text;
}

std::string rules_asked(const Scenario& scenario, const RuleChoice& choice) {
  std::string text;
  if (scenario.rules.empty()) return text;
  for (const auto& [rule, mismatches] : choice.refusals)
    text += rule_line("✗", scenario, rule) + '\n' +
            criteria_shown(scenario.rules[rule].when, mismatches);
  if (!choice.match) return text + '\n';
  text += rule_line("✓", scenario, choice.match->rule) + '\n';
  for (std::size_t rule = choice.match->rule + 1; rule < scenario.rules.size(); ++rule)
    text += rule_line("–", scenario, rule) + ": not asked, an earlier rule fits\n";
  return text + '\n';
}

std::string chosen_rule(const Scenario& scenario, const RuleMatch& match,
                        const RunQuestion& question) {
  const Conversation conversation{question, "thread_example", "run_example"};
  Playback playback(std::make_shared<const Scenario>(scenario), match, conversation);
  std::string text = rule_label(scenario, match.rule) + ", for the " + ordinal(match.time) +
                     " time: " + circumstances(playback.rule()) + '\n';
  for (const auto& [name, value] : match.captures)
    text += "  ${" + name + "} is " + in_quotes(value, shown_bytes) + '\n';
  if (!playback.rule().queued.length) return text;
  SeededFilesFound tools(scenario);
  return text + timeline(playback.next_turn(tools), "  ");
}

}  // namespace

std::string circumstances(const Rule& rule) {
  std::string text = rule.queued.length ? "queued for " + duration_text(*rule.queued.length)
                                        : "queued for ever; the run expires";
  switch (rule.on_cancel.outcome) {
    case OnCancel::Outcome::settles:
      return text + "; a cancel settles after " + duration_text(rule.on_cancel.after);
    case OnCancel::Outcome::too_late:
      return text + "; a cancel comes too late";
    case OnCancel::Outcome::never:
      return text + "; a cancel never settles";
  }
  return text;
}

std::string timeline(const std::vector<TimedAct>& turn, std::string_view indent) {
  constexpr std::size_t time_width = 18;
  std::string text;
  for (auto first = turn.begin(); first != turn.end();) {
    const auto end = end_of_line(first, turn.end());
    std::string when = seconds(first->after);
    if (end[-1].after != first->after) when += " - " + seconds(end[-1].after);
    const bool deltas = !delta_label(first->act).empty();
    text += std::string(indent) + padded(when + " s", time_width) +
            (deltas ? said(first, end) : described(first->act)) + '\n';
    first = end;
  }
  return text;
}

std::string explain(const Scenario& scenario, const RunQuestion& question, int asked_before) {
  const RuleMatcher matcher(std::make_shared<const Scenario>(scenario));
  const int before = std::clamp(asked_before, 0, most_asked_before);
  RuleCounts counts;
  for (int asked = 0; asked < before; ++asked) matcher.choose(question, counts);
  const RuleChoice choice = matcher.choose(question, counts);
  const std::string text =
      question_line(scenario, question, before) + rules_asked(scenario, choice);
  if (!choice.match) return text + explain_no_match(scenario, choice) + '\n';
  return text + chosen_rule(scenario, *choice.match, question);
}

}  // namespace assistants_mock::scenarios
