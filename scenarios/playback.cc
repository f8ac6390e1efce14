// Walks the steps of a rule and writes each as acts; turn_timing.h says when they fall due.
#include "scenarios/playback.h"

#include <algorithm>
#include <cassert>
#include <string_view>

#include "scenarios/pattern.h"
#include "scenarios/text_pieces.h"
#include "scenarios/turn_timing.h"

namespace assistants_mock::scenarios {
namespace {

void add_pieces(TurnTiming& turn, AddToMessage delta, std::string_view text, const Pieces& pieces) {
  const std::vector<std::string_view> cut = text_pieces(text, pieces);
  turn.reserve(cut.size());
  for (const std::string_view piece : cut)
    turn.add(AddToMessage{.part = delta.part, .kind = delta.kind, .piece = std::string(piece)});
  if (cut.empty()) turn.add(std::move(delta));
}

void add_part(TurnTiming& turn, std::size_t index, const SayPart& part, const Pieces& pieces,
              const TemplateValues& values) {
  AddToMessage delta{.part = index};
  if (const auto* text = std::get_if<TextPart>(&part)) {
    add_pieces(turn, std::move(delta), fill(text->text, values), pieces);
  } else if (const auto* refusal = std::get_if<RefusalPart>(&part)) {
    delta.kind = PartKind::refusal;
    add_pieces(turn, std::move(delta), fill(refusal->refusal, values), pieces);
  } else if (const auto* image = std::get_if<ImageUrlPart>(&part)) {
    delta.kind = PartKind::image_url;
    delta.piece = fill(image->url, values);
    delta.detail = image->detail;
    turn.add(std::move(delta));
  }
}

void add_message(TurnTiming& turn, const Say& say, const TemplateValues& values) {
  turn.begin_spread();
  turn.add(BeginMessage{say.usage});
  for (std::size_t part = 0; part < say.parts.size(); ++part)
    add_part(turn, part, say.parts[part], say.pieces, values);
  turn.end_spread(say.over);
  if (!say.unfinished) turn.add(EndMessage{});
}

void fill_strings(Json& json, const TemplateValues& values) {
  if (json.is_string()) {
    json = fill(json.get_ref<const std::string&>(), values);
  } else if (json.is_structured()) {
    for (Json& child : json) fill_strings(child, values);
  }
}

std::string filled_arguments(const FunctionCall& call, const TemplateValues& values) {
  if (const auto* text = std::get_if<std::string>(&call.arguments)) return fill(*text, values);
  Json json = std::get<Json>(call.arguments);
  fill_strings(json, values);
  // Keys come from a file that may hold any bytes; what is sent is always UTF-8.
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void add_calls(TurnTiming& turn, const Call& call, const TemplateValues& values) {
  turn.begin_spread();
  turn.add(BeginCalls{call.usage});
  for (std::size_t index = 0; index < call.functions.size(); ++index) {
    const FunctionCall& function = call.functions[index];
    turn.add(AddCall{index, function.name});
    const std::string arguments = filled_arguments(function, values);
    for (const std::string_view piece : text_pieces(arguments, call.pieces))
      turn.add(AddArguments{index, std::string(piece)});
  }
  turn.end_spread(call.over);
}

// The act that ends a turn here, if `step` is such an end.
std::optional<Act> end_of_turn(const Step& step, const TemplateValues& values) {
  if (std::holds_alternative<Call>(step.action)) return CallsMade{};
  if (const auto* fail = std::get_if<Fail>(&step.action))
    return Error{fail->code, fill(fail->message, values)};
  if (const auto* incomplete = std::get_if<Incomplete>(&step.action))
    return CutShort{incomplete->reason};
  if (std::holds_alternative<Hang>(step.action)) return Silence{};
  return std::nullopt;
}

}  // namespace

Playback::Playback(std::shared_ptr<const Scenario> scenario, RuleMatch match,
                   Conversation conversation)
    : scenario_(std::move(scenario)),
      match_(std::move(match)),
      conversation_(std::move(conversation)) {
  assert(match_.rule < scenario_->rules.size());
  places_.emplace_back(&rule().steps, 0);
}

const Rule& Playback::rule() const {
  return scenario_->rules[match_.rule];
}

std::vector<TimedAct> Playback::next_turn() {
  TurnTiming turn;
  while (const Step* step = next_step()) {
    if (const auto* wait = std::get_if<Wait>(&step->action)) turn.wait(wait->length);
    if (const auto* say = std::get_if<Say>(&step->action)) add_message(turn, *say, values());
    if (const auto* call = std::get_if<Call>(&step->action)) add_calls(turn, *call, values());
    if (const auto* branch = std::get_if<Branch>(&step->action))
      places_.emplace_back(fits(*branch) ? &branch->then : &branch->otherwise, 0);
    if (auto end = end_of_turn(*step, values())) return turn.finish(std::move(*end));
  }
  return turn.finish(Answer{});
}

void Playback::outputs_arrived(const std::vector<std::pair<std::string, std::string>>& outputs) {
  for (const auto& [function, output] : outputs) outputs_[function].push_back(output);
}

const Step* Playback::next_step() {
  while (!places_.empty() && places_.back().second == places_.back().first->size())
    places_.pop_back();
  if (places_.empty()) return nullptr;
  auto& [steps, next] = places_.back();
  return &(*steps)[next++];
}

bool Playback::fits(const Branch& branch) const {
  return std::ranges::all_of(branch.outputs, [this](const auto& wanted) {
    const auto& [function, pattern] = wanted;
    const auto found = outputs_.find(function);
    if (found == outputs_.end() || found->second.empty()) return false;
    const std::string& latest = found->second.back();
    const re2::RE2 regex(pattern, pattern_options());
    return regex.ok() && re2::RE2::PartialMatch(latest, regex);
  });
}

}  // namespace assistants_mock::scenarios
