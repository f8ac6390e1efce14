#include "mock_server/check/evidence.h"

#include <algorithm>

#include "mock_server/api/api_error.h"
#include "mock_server/api/routes.h"
#include "state_machine/run_lifecycle.h"

namespace assistants_mock::mock_server::check {
namespace {

constexpr std::string_view run_object = "thread.run";
constexpr std::string_view message_object = "thread.message";

std::string_view path_of(const RecordedRequest& request) {
  return std::string_view(request.path).substr(0, request.path.find('?'));
}

// The data of the events that are whole; data of one line, as the mock sends it.
std::vector<Json> events_in(std::string_view bytes) {
  constexpr std::string_view prefix = "data: ";
  std::vector<Json> events;
  for (;;) {
    const std::size_t end = bytes.find("\n\n");
    if (end == std::string_view::npos) return events;
    const std::string_view event = bytes.substr(0, end);
    const std::size_t data = event.find(prefix);
    bytes.remove_prefix(end + 2);
    if (data == std::string_view::npos) continue;
    Json json = Json::parse(event.substr(data + prefix.size()), nullptr, false);
    if (!json.is_discarded()) events.push_back(std::move(json));
  }
}

std::string text_at(const Json& json, std::string_view key) {
  if (!json.is_object()) return {};
  const auto value = json.find(key);
  return value != json.end() && value->is_string() ? value->get<std::string>() : std::string();
}

std::string id_of(const api::RouteMatch& match, std::string_view name) {
  const std::string* id = match.id(name);
  return id == nullptr ? "" : *id;
}

Exchange exchange_of(const RecordedRequest& request, MachineTime answered) {
  Exchange exchange{.request = &request, .answered = answered};
  try {
    const api::RouteMatch match = api::match_route(request.method, path_of(request));
    exchange.operation = match.route->operation;
    exchange.thread_id = id_of(match, "thread_id");
    exchange.run_id = id_of(match, "run_id");
  } catch (const api::ApiError&) {
    // The refusal says so itself.
  }
  exchange.streams = request.status == 200 && request.answer.starts_with("event: ");
  if (exchange.streams) {
    exchange.events = events_in(request.answer);
  } else if (request.status != 0) {
    Json answer = Json::parse(request.answer, nullptr, false);
    if (!answer.is_discarded()) exchange.answer = std::move(answer);
  }
  return exchange;
}

// A text as a client may show it: what is cited stands there by a marker, which clients replace.
std::vector<std::string> texts_between_markers(const Json& text) {
  std::string value = text_at(text, "value");
  std::vector<std::string> texts;
  for (const Json& annotation : text.value("annotations", Json::array())) {
    const std::string marker = text_at(annotation, "text");
    const std::size_t at = marker.empty() ? std::string::npos : value.find(marker);
    if (at == std::string::npos) continue;
    texts.push_back(value.substr(0, at));
    value.erase(0, at + marker.size());
  }
  texts.push_back(std::move(value));
  std::erase_if(texts, [](const std::string& part) { return part.empty(); });
  return texts;
}

MessageOfRun message_of(const Json& message) {
  MessageOfRun read{.id = text_at(message, "id")};
  for (const Json& part : message.value("content", Json::array()))
    if (part.contains("text") && part["text"].is_object())
      for (std::string& text : texts_between_markers(part["text"]))
        read.texts.push_back(std::move(text));
  return read;
}

RoundOfCalls round_of(const Json& run) {
  RoundOfCalls round;
  const auto calls = Json::json_pointer("/required_action/submit_tool_outputs/tool_calls");
  if (!run.contains(calls)) return round;
  for (const Json& call : run.at(calls)) {
    ++round.calls;
    round.functions.push_back(text_at(call.value("function", Json::object()), "name"));
  }
  return round;
}

RunOfCase run_of(const RunReport& report, std::size_t number) {
  RunOfCase run{
      .id = report.id, .thread_id = report.thread_id, .status = report.status, .number = number};
  for (const RunReport::Event& event : report.events) {
    const bool ends_message =
        event.name == "thread.message.completed" || event.name == "thread.message.incomplete";
    const bool asks = event.name == "thread.run.requires_action";
    if (!ends_message && !asks) continue;
    const Json data = Json::parse(event.data, nullptr, false);
    if (ends_message) run.messages.push_back(message_of(data));
    if (asks) run.rounds.push_back(round_of(data));
  }
  return run;
}

// The answer came by seconds later, as a fault wanted it: who does not wait that long never had it.
bool is_slow(const RecordedRequest& request) {
  constexpr std::string_view delay = "delay ";
  const std::size_t at = request.fault.find(delay);
  if (at == std::string::npos) return false;
  const std::size_t unit = request.fault.find_first_not_of("0123456789.", at + delay.size());
  return unit != std::string::npos &&
         !std::string_view(request.fault).substr(unit).starts_with("ms");
}

bool creates_run(const Exchange& exchange) {
  return exchange.operation == "createRun" || exchange.operation == "createThreadAndRun";
}

}  // namespace

bool is_final(std::string_view status) {
  return std::ranges::any_of(state_machine::run_transitions, [&](const auto& row) {
    return state_machine::is_terminal(row.to) && state_machine::name(row.to) == status;
  });
}

Json words_of(const Json& message) {
  if (!message.is_object()) return message;
  return {{"role", message.value("role", Json())}, {"content", message.value("content", Json())}};
}

bool RunOfCase::is_over() const {
  return is_final(status);
}

Evidence::Evidence(const ObservedCase& observed) : observed_(observed) {
  read_exchanges();
  read_runs();
  match_creators();
  read_shown();
}

void Evidence::read_exchanges() {
  exchanges_.reserve(observed_.requests.size());
  for (std::size_t place = 0; place < observed_.requests.size(); ++place)
    exchanges_.push_back(exchange_of(observed_.requests[place], place < observed_.answered.size()
                                                                    ? observed_.answered[place]
                                                                    : MachineTime{}));
}

void Evidence::read_runs() {
  for (const RunReport& report : observed_.runs) runs_.push_back(run_of(report, runs_.size() + 1));
}

// Runs and the requests that created them have the same order.
void Evidence::match_creators() {
  std::size_t next = 0;
  for (std::size_t place = 0; place < exchanges_.size() && next < runs_.size(); ++place) {
    if (!creates_run(exchanges_[place]) || !exchanges_[place].granted()) continue;
    RunOfCase& run = runs_[next++];
    run.creator = place;
    exchanges_[place].run_id = run.id;
    if (exchanges_[place].thread_id.empty()) exchanges_[place].thread_id = run.thread_id;
  }
}

void Evidence::read_shown() {
  for (std::size_t place = 0; place < exchanges_.size(); ++place) {
    const Exchange& exchange = exchanges_[place];
    if (exchange.answer && exchange.status() == 200)
      show(place, *exchange.answer, !is_slow(*exchange.request));
    for (const Json& event : exchange.events) show(place, event, false);
  }
}

void Evidence::show(std::size_t exchange, const Json& object, bool surely) {
  const std::string kind = text_at(object, "object");
  if (kind == "list") {
    for (const Json& item : object.value("data", Json::array())) show(exchange, item, surely);
  } else if (kind == run_object) {
    if (RunOfCase* run = find_run(text_at(object, "id"))) {
      run->known = true;
      run->shown.push_back({exchange, text_at(object, "status"), surely});
    }
  } else if (kind == message_object) {
    show_message(object);
  }
}

void Evidence::show_message(const Json& message) {
  if (message.value("content", Json::array()).empty()) return;
  const std::string id = text_at(message, "id");
  for (RunOfCase& run : runs_)
    for (MessageOfRun& written : run.messages)
      if (written.id == id) written.shown = true;
}

RunOfCase* Evidence::find_run(std::string_view id) {
  const auto found = std::ranges::find(runs_, id, &RunOfCase::id);
  return found == runs_.end() ? nullptr : &*found;
}

const RunOfCase* Evidence::run(std::string_view id) const {
  const auto found = std::ranges::find(runs_, id, &RunOfCase::id);
  return found == runs_.end() ? nullptr : &*found;
}

std::vector<const RunOfCase*> Evidence::last_runs() const {
  std::vector<const RunOfCase*> last;
  for (const RunOfCase& run : runs_) {
    std::erase_if(last, [&](const RunOfCase* earlier) { return takes_place_of(*earlier, run); });
    last.push_back(&run);
  }
  return last;
}

bool Evidence::takes_place_of(const RunOfCase& earlier, const RunOfCase& later) const {
  if (earlier.thread_id == later.thread_id) return true;
  const auto end = shown_end(earlier, false);
  return (!earlier.known || (end && *end < later.creator)) &&
         question(earlier.thread_id) == question(later.thread_id);
}

std::vector<std::string> Evidence::question(std::string_view thread_id) const {
  std::vector<std::string> contents;
  const auto add_all = [&](const Json& body, const char* pointer) {
    const Json::json_pointer messages(pointer);
    if (!body.contains(messages) || !body.at(messages).is_array()) return;
    for (const Json& message : body.at(messages)) contents.push_back(words_of(message).dump());
  };
  for (const Exchange& exchange : exchanges_) {
    const bool creates_it = exchange.operation == "createThread" && exchange.answer &&
                            text_at(*exchange.answer, "id") == thread_id;
    if (!exchange.granted() || (exchange.thread_id != thread_id && !creates_it)) continue;
    const Json body = Json::parse(exchange.request->body, nullptr, false);
    if (!body.is_object()) continue;
    if (exchange.operation == "createMessage") contents.push_back(words_of(body).dump());
    for (const char* messages : {"/messages", "/thread/messages", "/additional_messages"})
      add_all(body, messages);
  }
  return contents;
}

const RunOfCase* Evidence::active_run(const std::string& thread_id, std::size_t exchange) const {
  const RunOfCase* active = nullptr;
  for (const RunOfCase& run : runs_)
    if (run.thread_id == thread_id && run.creator < exchange) active = &run;
  return active;
}

const Shown* Evidence::last_shown(const RunOfCase& run, std::size_t exchange) {
  const Shown* last = nullptr;
  for (const Shown& shown : run.shown)
    if (shown.exchange < exchange && shown.surely) last = &shown;
  return last;
}

std::optional<std::size_t> Evidence::shown_end(const RunOfCase& run, bool surely) {
  for (const Shown& shown : run.shown)
    if (is_final(shown.status) && (shown.surely || !surely)) return shown.exchange;
  return std::nullopt;
}

bool Evidence::was_deleted(const std::string& thread_id) const {
  return std::ranges::any_of(exchanges_, [&](const Exchange& exchange) {
    return exchange.operation == "deleteThread" && exchange.thread_id == thread_id &&
           exchange.granted();
  });
}

bool Evidence::asked(std::string_view operation, const RunOfCase& run) const {
  return std::ranges::any_of(exchanges_, [&](const Exchange& exchange) {
    return exchange.operation == operation && exchange.run_id == run.id;
  });
}

std::string named(const Exchange& exchange) {
  const std::string what = exchange.operation.empty()
                               ? exchange.request->method + " " + exchange.request->path
                               : std::string(exchange.operation);
  return "request " + std::to_string(exchange.request->number) + " (" + what + ")";
}

}  // namespace assistants_mock::mock_server::check
