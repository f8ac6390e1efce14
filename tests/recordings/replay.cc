#include "tests/recordings/replay.h"

#include <algorithm>
#include <array>

#include "tests/recordings/shape_difference.h"
#include "tests/recordings/timeline.h"

namespace assistants_mock::tests {
namespace {

namespace api = mock_server::api;

api::ApiOptions options(mock_server::WireProfile profile, state_machine::Instant epoch) {
  return {.world = {.profile = profile}, .pace = api::Pace::given, .epoch = epoch, .poll_hint = {}};
}

// "GET /threads/{id}/messages": without version, ids and query.
std::string route_of(const api::Request& request) {
  std::string_view path = request.target;
  path = path.substr(0, path.find('?'));
  path.remove_prefix(std::string_view("/v1").size());
  std::string route = request.method + " ";
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/', 1), path.size());
    const std::string_view segment = path.substr(1, end - 1);
    route += '/';
    route += IdPairs::is_id(segment) ? "{id}" : segment;
    path.remove_prefix(end);
  }
  return route;
}

bool is_list(const Json& body) {
  return body.is_object() && body.value("object", "") == "list";
}

// Whose value follows from nothing but the API; the others name an account or measure something.
bool has_known_value(std::string_view header) {
  constexpr std::array<std::string_view, 2> known = {"Content-Type", "openai-version"};
  return std::ranges::find(known, header) != known.end();
}

// Pieces of one text in a row as one piece: how a model cuts its words says nothing of the API.
std::vector<Answer::Event> with_joined_texts(const std::vector<Answer::Event>& events) {
  constexpr auto text_at = "/delta/content/0/text/value";
  const Json::json_pointer value(text_at);
  const Json::json_pointer annotations("/delta/content/0/text/annotations/0");
  const auto is_text = [&](const Answer::Event& event) {
    return event.name == "thread.message.delta" && event.data.contains(value) &&
           !event.data.contains(annotations);
  };
  std::vector<Answer::Event> joined;
  for (const Answer::Event& event : events) {
    if (joined.empty() || !is_text(event) || !is_text(joined.back())) {
      joined.push_back(event);
      continue;
    }
    joined.back().data[value] =
        joined.back().data[value].get<std::string>() + event.data[value].get<std::string>();
  }
  return joined;
}

}  // namespace

Replay::Replay(std::vector<Exchange> recording, std::shared_ptr<const scenarios::Scenario> scenario,
               mock_server::WireProfile profile)
    : recording_(std::move(recording)),
      moments_(moments_of(recording_)),
      api_(options(profile, moments_.at(0)), std::move(scenario)) {}

std::vector<Finding> Replay::play(ExchangeLog& log) {
  for (const Exchange& exchange : recording_) {
    api_.advance_to(moments_[exchange_++]);
    route_ = route_of(exchange.request);
    compare(exchange.answer, answer(request_of(exchange), log));
  }
  return std::move(findings_);
}

// The recorded request with the mock's ids in it, and a key, which recordings leave out.
api::Request Replay::request_of(const Exchange& exchange) const {
  api::Request request = exchange.request;
  request.target = ids_.to_mock(request.target);
  request.body = ids_.to_mock(request.body);
  for (auto& [name, value] : request.headers) {
    if (name == "Authorization") value = "Bearer recorded";
    if (name == "Content-Length") value = std::to_string(request.body.size());
  }
  return request;
}

Answer Replay::answer(const api::Request& request, ExchangeLog& log) {
  const api::Api::Handled handled = api_.handle(request);
  const std::string stream_bytes = handled.stream ? read_to_the_end(*handled.stream) : "";
  log.record(request, handled, stream_bytes);
  return read_answer(handled.response.status, handled.response.headers,
                     handled.stream ? stream_bytes : handled.response.body);
}

// A client that reads a stream sees time pass: on to whatever happens next, until the stream ends.
std::string Replay::read_to_the_end(api::RunStream& stream) {
  std::string bytes;
  while (stream.read(bytes, {}) == api::EventStream::State::open) {
    const auto due = api_.next_due();
    if (!due) {
      found(route_, "the stream does not end");
      break;
    }
    api_.advance_to(*due);
  }
  return bytes;
}

void Replay::compare(const Answer& recorded, const Answer& mock) {
  compare_headers(recorded, mock);
  const std::size_t before = findings_.size();
  if (recorded.status != mock.status || recorded.is_stream() != mock.is_stream())
    return found(route_ + " status", "recorded " + std::to_string(recorded.status) + ", mock " +
                                         std::to_string(mock.status) + " " + mock.bytes);
  if (recorded.is_stream())
    compare_events(recorded, mock);
  else
    compare_bodies(recorded.body, mock.body);
  if (findings_.size() == before && recorded.bytes != ids_.to_recorded(mock.bytes))
    found(route_ + " bytes", "the same JSON is written differently:\n" + recorded.bytes + "\n" +
                                 ids_.to_recorded(mock.bytes));
}

void Replay::compare_headers(const Answer& recorded, const Answer& mock) {
  for (const auto& [name, value] : recorded.headers) {
    if (!api::has_header(mock.headers, name))
      found("header " + name, "the mock has no such header");
    else if (has_known_value(name) && mock.header(name) != value)
      found("header " + name, "recorded " + value + ", mock " + std::string(mock.header(name)));
  }
  for (const auto& [name, value] : mock.headers)
    if (!api::has_header(recorded.headers, name))
      found("header " + name, "only the mock has this header: " + value);
}

void Replay::compare_bodies(const Json& recorded, const Json& mock) {
  compare_json(route_, is_list(recorded) ? without_the_account(recorded) : recorded, mock);
}

void Replay::compare_events(const Answer& recorded, const Answer& mock) {
  if (recorded.events.size() == mock.events.size())
    return compare_events(recorded.events, mock.events);
  found(route_ + " events", "recorded " + std::to_string(recorded.events.size()) + ", mock " +
                                std::to_string(mock.events.size()) + ", the texts cut otherwise");
  compare_events(with_joined_texts(recorded.events), with_joined_texts(mock.events));
}

void Replay::compare_events(const std::vector<Answer::Event>& recorded,
                            const std::vector<Answer::Event>& mock) {
  const std::string place = route_ + " event ";
  std::vector<std::string> recorded_names;
  std::vector<std::string> mock_names;
  for (const Answer::Event& event : recorded) recorded_names.push_back(event.name);
  for (const Answer::Event& event : mock) mock_names.push_back(event.name);
  if (recorded_names != mock_names)
    found(route_ + " events",
          "recorded " + Json(recorded_names).dump() + ", mock " + Json(mock_names).dump());
  for (std::size_t at = 0; at < std::min(recorded.size(), mock.size()); ++at)
    compare_json(place + recorded[at].name, recorded[at].data, mock[at].data);
}

void Replay::compare_json(const std::string& place, const Json& recorded, const Json& mock) {
  for (ShapeDifference& difference : shape_differences(recorded, mock, ids_))
    found(difference.at.empty() ? place : place + " " + difference.at, std::move(difference.what));
}

// The account that was recorded had more objects than those of the conversation; they are older.
Json Replay::without_the_account(const Json& recorded) {
  Json list = recorded;
  const auto begin = state_machine::unix_seconds(moments_.front());
  const std::size_t gone = std::erase_if(
      list["data"].get_ref<Json::array_t&>(),
      [&](const Json& item) { return item.at("created_at").get<std::int64_t>() < begin; });
  if (gone > 0)
    found(route_ + " /data",
          "recorded " + std::to_string(gone) + " objects that are older than the conversation");
  return list;
}

void Replay::found(std::string place, std::string what) {
  findings_.push_back({std::move(place), std::move(what), exchange_});
}

}  // namespace assistants_mock::tests
