#include "scenarios/generator/simpler_parts.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "scenarios/fault_check.h"

namespace assistants_mock::scenarios {
namespace {

using namespace std::chrono_literals;

using Steps = std::vector<Step>;

bool is_end(const Step& step) {
  return std::holds_alternative<Fail>(step.action) ||
         std::holds_alternative<Incomplete>(step.action) ||
         std::holds_alternative<Hang>(step.action);
}

std::string text_of(const SayPart& part) {
  const auto* text = std::get_if<TextPart>(&part);
  return text == nullptr ? "" : text->text;
}

bool refers_to_results(const Say& say) {
  return std::ranges::any_of(
      say.parts, [](const SayPart& part) { return text_of(part).find("${") != std::string::npos; });
}

bool shows_file(const Say& say) {
  return std::ranges::any_of(
      say.parts, [](const SayPart& part) { return std::holds_alternative<ImageFilePart>(part); });
}

template <class Tool>
bool calls(const Step& step) {
  const auto* call = std::get_if<Call>(&step.action);
  return call != nullptr && std::ranges::any_of(call->tools, [](const CalledTool& tool) {
           return std::holds_alternative<Tool>(tool);
         });
}

bool draws(const Step& step) {
  const auto* call = std::get_if<Call>(&step.action);
  return call != nullptr && std::ranges::any_of(call->tools, [](const CalledTool& tool) {
           const auto* code = std::get_if<CodeRun>(&tool);
           return code != nullptr && code->outputs.size() > 1;
         });
}

// Whether each step has what it needs before it, and after it where it is unfinished.
bool make_sense(const Steps& steps) {
  bool searched = false;
  bool made_files = false;
  for (std::size_t place = 0; place < steps.size(); ++place) {
    searched = searched || calls<FileSearch>(steps[place]);
    made_files = made_files || draws(steps[place]);
    const auto* say = std::get_if<Say>(&steps[place].action);
    if (say == nullptr) continue;
    if (refers_to_results(*say) && !searched) return false;
    if (shows_file(*say) && !made_files) return false;
    const bool ends_next = place + 1 < steps.size() && is_end(steps[place + 1]);
    if (say->unfinished && !ends_next) return false;
  }
  return true;
}

// ---- Single steps

// "Reply 7." of "Reply 7, and more."; empty when it is no such text, or all of one.
std::string shortest(const std::string& text) {
  constexpr std::string_view words = "Reply ";
  const std::size_t begin = text.find(words);
  if (begin == std::string::npos) return {};
  const std::size_t end = text.find_first_not_of("0123456789", begin + words.size());
  const std::string shorter = text.substr(begin, end - begin) + ".";
  return shorter == text ? "" : shorter;
}

void add_simpler(const Say& say, std::vector<Step>& found) {
  const auto offer = [&](auto change) {
    Say copy = say;
    change(copy);
    found.push_back({std::move(copy)});
  };
  for (const SayPart& part : say.parts)
    if (say.parts.size() > 1) offer([&](Say& copy) { copy.parts = {part}; });
  for (std::size_t place = 0; place < say.parts.size(); ++place) {
    const std::string shorter = shortest(text_of(say.parts[place]));
    if (!shorter.empty()) offer([&](Say& copy) { copy.parts[place] = TextPart{shorter}; });
  }
  offer([](Say& copy) { copy.pieces = {}; });
  offer([](Say& copy) { copy.over.reset(); });
  offer([](Say& copy) { copy.unfinished = false; });
  for (const Duration shorter : shorter_waits(say.over.value_or(0s)))
    offer([&](Say& copy) { copy.over = shorter; });
}

void add_simpler(const Call& call, std::vector<Step>& found) {
  const auto offer = [&](auto change) {
    Call copy = call;
    change(copy);
    found.push_back({std::move(copy)});
  };
  for (std::size_t place = 0; place < call.tools.size(); ++place) {
    if (call.tools.size() > 1) {
      offer([&](Call& copy) { copy.tools = {call.tools[place]}; });
      offer([&](Call& copy) {
        copy.tools.erase(copy.tools.begin() + static_cast<std::ptrdiff_t>(place));
      });
    }
    if (std::holds_alternative<FileSearch>(call.tools[place]))
      offer([&](Call& copy) { copy.tools[place] = FileSearch{}; });
    if (std::holds_alternative<CodeRun>(call.tools[place]))
      offer([&](Call& copy) { copy.tools[place] = CodeRun{.input = "df.plot()"}; });
    const auto* function = std::get_if<FunctionCall>(&call.tools[place]);
    if (function == nullptr) continue;
    const auto with_arguments = [&](std::variant<std::string, Json> arguments) {
      offer([&](Call& copy) {
        std::get<FunctionCall>(copy.tools[place]).arguments = std::move(arguments);
      });
    };
    with_arguments(Json::object());
    with_arguments(std::string());
    const auto* json = std::get_if<Json>(&function->arguments);
    if (json == nullptr || !json->is_object()) continue;
    for (const auto& [key, value] : json->items()) {
      Json fewer = *json;
      fewer.erase(key);
      with_arguments(std::move(fewer));
    }
  }
  offer([](Call& copy) { copy.pieces = {}; });
}

void add_simpler(const Wait& wait, std::vector<Step>& found) {
  for (const Duration shorter : shorter_waits(wait.length)) found.push_back({Wait{shorter}});
}
void add_simpler(const Fail& fail, std::vector<Step>& found) {
  const std::string usual = "server_error";
  if (fail.code != usual) found.push_back({Fail{usual, std::string(usual_message(usual))}});
}
void add_simpler(const Incomplete& incomplete, std::vector<Step>& found) {
  const std::string usual = "content_filter";
  if (incomplete.reason != usual) found.push_back({Incomplete{usual}});
}
template <class Other>
void add_simpler(const Other&, std::vector<Step>&) {}

std::vector<Step> simpler_step(const Step& step) {
  std::vector<Step> found;
  std::visit([&](const auto& action) { add_simpler(action, found); }, step.action);
  return found;
}

// ---- Lists of steps

Steps without(const Steps& steps, std::size_t from, std::size_t count) {
  Steps fewer;
  for (std::size_t place = 0; place < steps.size(); ++place)
    if (place < from || place >= from + count) fewer.push_back(steps[place]);
  return fewer;
}

// Stretches of half of them, of a quarter, and so on down to one.
void add_shorter(const Steps& steps, std::vector<Steps>& found) {
  for (std::size_t length = steps.size(); length > 0; length = length / 2)
    for (std::size_t from = 0; from < steps.size(); from += length)
      found.push_back(without(steps, from, std::min(length, steps.size() - from)));
}

// Every message as plain as can be, at once: there may be many.
void add_plain_messages(const Steps& steps, std::vector<Steps>& found) {
  Steps plain = steps;
  for (Step& step : plain) {
    auto* say = std::get_if<Say>(&step.action);
    if (say == nullptr) continue;
    say->pieces = {};
    say->over.reset();
    for (SayPart& part : say->parts)
      if (const std::string shorter = shortest(text_of(part)); !shorter.empty())
        part = TextPart{shorter};
  }
  if (plain != steps) found.push_back(std::move(plain));
}

// A wait goes, and another one takes its length.
void add_merged_waits(const Steps& steps, std::vector<Steps>& found) {
  for (std::size_t gone = 0; gone < steps.size(); ++gone) {
    const auto* wait = std::get_if<Wait>(&steps[gone].action);
    if (wait == nullptr) continue;
    for (std::size_t place = 0; place < steps.size(); ++place) {
      if (place == gone || !std::holds_alternative<Wait>(steps[place].action)) continue;
      Steps merged = steps;
      Duration& length = std::get<Wait>(merged[place].action).length;
      length = std::min(length + wait->length, longest_wait);
      found.push_back(without(merged, gone, 1));
    }
  }
}

// An open message is left open no longer, where its end has gone.
void close_what_is_open(Steps& steps) {
  for (std::size_t place = 0; place < steps.size(); ++place) {
    auto* say = std::get_if<Say>(&steps[place].action);
    const bool ends_next = place + 1 < steps.size() && is_end(steps[place + 1]);
    if (say != nullptr && !ends_next) say->unfinished = false;
  }
}

}  // namespace

std::vector<Duration> shorter_waits(Duration length) {
  constexpr std::array<Duration, 7> round = {0s, 1s, 2s, 60s, 590s, 600s, 601s};
  std::vector<Duration> shorter;
  for (const Duration wait : round)
    if (wait < length) shorter.push_back(wait);
  return shorter;
}

std::vector<std::vector<Step>> simpler_steps(const std::vector<Step>& steps) {
  std::vector<Steps> found;
  add_plain_messages(steps, found);
  add_shorter(steps, found);
  add_merged_waits(steps, found);
  for (std::size_t place = 0; place < steps.size(); ++place)
    for (Step& simpler : simpler_step(steps[place])) {
      found.push_back(steps);
      found.back()[place] = std::move(simpler);
    }
  for (Steps& candidate : found) close_what_is_open(candidate);
  std::erase_if(found, [](const Steps& candidate) { return !make_sense(candidate); });
  return found;
}

std::vector<Fault> simpler_faults(const Fault& fault) {
  std::vector<Fault> found;
  const auto offer = [&](auto change) {
    Fault copy = fault;
    change(copy);
    if (copy != fault && mistakes_of(copy).empty()) found.push_back(std::move(copy));
  };
  offer([](Fault& copy) { copy.times = {.listed = {1}}; });
  for (const int time : fault.times.listed)
    offer([&](Fault& copy) { copy.times = {.listed = {time}}; });
  offer([](Fault& copy) { copy.headers.clear(); });
  offer([](Fault& copy) { copy.after_work = false; });
  offer([](Fault& copy) { copy.delay = {}; });
  if (fault.connection == Fault::Connection::reset)
    offer([](Fault& copy) { copy.connection = Fault::Connection::closed; });
  if (!fault.stream) return found;
  offer([](Fault& copy) { copy.stream->pieces = 0; });
  offer([](Fault& copy) { copy.stream->nth = 1; });
  offer([](Fault& copy) {
    copy.stream->outcome = StreamFault::Outcome::cut;
    copy.stream->as.clear();
  });
  offer([](Fault& copy) {
    copy.stream->after = "*";
    copy.stream->nth = 1;
  });
  if (fault.stream->nth > 1) offer([](Fault& copy) { --copy.stream->nth; });
  return found;
}

std::size_t weight_of(const Fault& fault) {
  std::size_t weight = fault.times.from_then_on ? 500 : 0;
  for (const int time : fault.times.listed) weight += 100U + static_cast<std::size_t>(time);
  if (fault.stream) weight += static_cast<std::size_t>(fault.stream->nth) * 10;
  if (fault.stream && fault.stream->outcome != StreamFault::Outcome::cut) weight += 5;
  return weight;
}

}  // namespace assistants_mock::scenarios
