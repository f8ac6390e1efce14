// Many requests, one after another, to one world of the API. An input is a script of lines:
//
//   weather_tool stepped                      the scenario of the library, and the pace
//   createAssistant {"model":"gpt-4o"}        an operation by its OpenAPI name, then its body
//   createThread {}
//   createRun $thread {"assistant_id":"$asst","stream":true}
//   advance 1500                              milliseconds
//   getRun $thread0 $run0                     ids of the path come before body or query
//   listMessages $thread limit=1&order=asc
//   createFile purpose=batch&file/a.jsonl=x   fields of a form; one with a slash is a file
//   addUploadPart $upload data/blob=x
//
// $asst, $thread, $msg, $run, $step, $call, $file, $upload and $part stand for the ids of that kind
// that answers have shown, $run2 for the third. A word that names no scenario, pace or operation
// stands for some one all the same, so that few inputs are in vain.
//
// The contract: every answer is JSON or an event stream; every refusal is a row of the catalogue
// with that row's status; there is no 500; the world stays within its bounds, and with it go all
// bytes on disk. Where the scenario lays faults, those decide what an answer is, and the contract
// is about the bounds alone.
#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "assistants_mock/scenario_book.h"
#include "mock_server/api/api.h"
#include "mock_server/api/routes.h"
#include "tests/fuzz/contract.h"
#include "tests/fuzz/fuzz_targets.h"
#include "tests/fuzz/known_refusals.h"
#include "tests/mock_server/form_text.h"

namespace assistants_mock::tests {
namespace {

using mock_server::api::Api;
using mock_server::api::EventStream;
using mock_server::api::Pace;
using mock_server::api::Route;
using nlohmann::json;

constexpr std::size_t longest_script = std::size_t{64} * 1024;
constexpr int most_lines = 100;
constexpr std::size_t most_ids = 64;  // remembered of a kind
constexpr mock_server::Limits limits{.objects = 60,
                                     .streams = 4,
                                     .body_bytes = 4'096,
                                     .file_bytes = 1'024,
                                     .part_bytes = 512,
                                     .upload_bytes = 2'048,
                                     .stored_bytes = 8'192,
                                     .form_parts = 8,
                                     .form_field_bytes = 256};
// What runs add by themselves is not refused: a run of the library makes a dozen objects at most.
constexpr std::size_t most_objects = limits.objects + limits.objects * 12;
constexpr std::chrono::milliseconds longest_advance = std::chrono::hours{24 * 365};

std::string_view take_until(std::string_view& text, char end) {
  const std::size_t size = std::min(text.find(end), text.size());
  const std::string_view word = text.substr(0, size);
  text.remove_prefix(std::min(size + 1, text.size()));
  return word;
}

// The item that `word` names; some item for any other word.
template <typename Items, typename Name>
const auto& named(const Items& items, std::string_view word, Name name) {
  const auto found =
      std::ranges::find_if(items, [&](const auto& item) { return word == name(item); });
  if (found != items.end()) return *found;
  std::size_t sum = 0;
  for (const char letter : word) sum += static_cast<unsigned char>(letter);
  return items[sum % items.size()];
}

using ScenarioPointer = std::shared_ptr<const scenarios::Scenario>;
using Library = std::vector<std::pair<std::string, ScenarioPointer>>;

// Read once: reading a scenario takes longer than most scripts.
const Library& library() {
  static const Library read = [] {
    Library all;
    for (const auto& entry : scenarios::ScenarioBook::library())
      all.emplace_back(entry.name, scenarios::ScenarioBook::load(entry.name).shared());
    return all;
  }();
  return read;
}

Pace pace_of(std::string_view word) {
  static constexpr std::array<std::pair<std::string_view, Pace>, 3> paces{
      {{"stepped", Pace::stepped}, {"given", Pace::given}, {"immediate", Pace::immediate}}};
  return named(paces, word, [](const auto& each) { return each.first; }).second;
}

// The ids that answers have shown, by kind.
class SeenIds {
 public:
  // Notes whatever is called "id" anywhere in `value`.
  void note(const json& value) {
    if (value.is_object() && value.contains("id") && value["id"].is_string()) note_id(value["id"]);
    if (value.is_structured())
      for (const json& part : value) note(part);
  }

  // `text` with $kind and $kind2 replaced, as far as there are such ids.
  std::string filled_in(std::string_view text) const {
    std::string filled;
    while (!text.empty()) {
      filled += take_until_mark(text);
      if (text.empty()) break;
      std::size_t end = 1;
      while (end < text.size() && text[end] >= 'a' && text[end] <= 'z') ++end;
      const auto ids = ids_.find(std::string(text.substr(1, end - 1)));
      std::size_t place = 0;
      const char* digits_end =
          std::from_chars(text.data() + end, text.data() + text.size(), place).ptr;
      if (ids == ids_.end())
        filled += text.substr(0, end);
      else
        filled += ids->second[place % ids->second.size()];
      const auto size = static_cast<std::size_t>(digits_end - text.data());
      text.remove_prefix(ids == ids_.end() ? end : size);
    }
    return filled;
  }

 private:
  static std::string_view take_until_mark(std::string_view& text) {
    const std::size_t size = std::min(text.find('$'), text.size());
    const std::string_view plain = text.substr(0, size);
    text.remove_prefix(size);
    return plain;
  }

  void note_id(const std::string& id) {
    auto& ids = ids_[id.substr(0, id.find_first_of("_-"))];
    if (ids.size() < most_ids && std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
  }

  std::map<std::string, std::vector<std::string>> ids_;  // none of them empty
};

// Of all worlds: making its folder takes longer than most scripts.
const std::shared_ptr<mock_server::store::BlobDirectory>& disk() {
  static const auto made = std::make_shared<mock_server::store::BlobDirectory>(
      std::filesystem::path(), limits.stored_bytes);
  return made;
}

// The form that a line describes.
mock_server::FormText form_of(std::string_view line) {
  mock_server::FormText form;
  while (!line.empty()) {
    std::string_view value = take_until(line, '&');
    std::string_view name = take_until(value, '=');
    const bool is_file = name.find('/') != std::string_view::npos;
    const std::string_view field = take_until(name, '/');
    if (is_file)
      form.file(field, name, value);
    else
      form.field(field, value);
  }
  return form;
}

class Player {
 public:
  Player(const ScenarioPointer& scenario, Pace pace)
      : api_({.world = {.limits = limits}, .pace = pace, .blobs = disk()}, scenario),
        whole_(pace != Pace::given),
        lays_faults_(!scenario->faults.empty()) {}

  void play(std::string_view line) {
    const std::string_view word = take_until(line, ' ');
    if (word == "advance")
      advance(line);
    else
      ask(named(mock_server::api::routes(), word, [](const Route& each) { return each.operation; }),
          line);
    read_streams();
    require(api_.objects() <= most_objects, "the world is out of bounds");
  }

 private:
  void advance(std::string_view text) {
    std::int64_t by = 0;
    std::from_chars(text.data(), text.data() + text.size(), by);
    api_.advance_to(api_.now() + std::clamp(std::chrono::milliseconds(by), {}, longest_advance));
  }

  void ask(const Route& route, std::string_view rest) {
    std::string target = "/v1";
    for (std::string_view path = route.path.substr(1); !path.empty();) {
      const std::string_view segment = take_until(path, '/');
      target += '/';
      target +=
          segment.starts_with('{') ? ids_.filled_in(take_until(rest, ' ')) : std::string(segment);
    }
    const std::string filled = ids_.filled_in(rest);
    if (route.form != nullptr) return send_form(std::move(target), form_of(filled));
    if (route.method == "GET" && !filled.empty()) target += "?" + filled;
    check(
        api_.handle({.method = std::string(route.method),
                     .target = std::move(target),
                     .headers = {{"Authorization", "Bearer key"}, {"OpenAI-Beta", "assistants=v2"}},
                     .body = route.method == "GET" ? "" : filled}));
  }

  void send_form(std::string target, const mock_server::FormText& form) {
    check(api_.handle(
        {.method = "POST",
         .target = std::move(target),
         .headers = {{"Authorization", "Bearer key"}, {"Content-Type", form.content_type()}},
         .body = form.body()}));
  }

  void check(const Api::Handled& handled) {
    const auto& response = handled.response;
    if (lays_faults_) return take_what_there_is(handled);
    if (!handled.refusal.empty()) {
      require_known_row(handled.refusal, response.status);
      return require_known_error(response.status, response.body);
    }
    require(response.status == 200, "a status that nobody refused with");
    if (handled.stream) return streams_.push_back({handled.stream, {}});
    if (response.length) return check_download(response);
    require_json_object(response.body);
    ids_.note(json::parse(response.body));
  }

  void take_what_there_is(const Api::Handled& handled) {
    if (handled.stream) return streams_.push_back({handled.stream, {}});
    ids_.note(json::parse(handled.response.body, nullptr, false));
  }

  static void check_download(const mock_server::api::Response& response) {
    std::string bytes;
    while (response.stream->read(bytes, {}) == EventStream::State::open) {
    }
    require(bytes.size() == *response.length, "a file that is not as long as it says");
  }

  struct OpenStream {
    std::shared_ptr<EventStream> stream;
    std::string bytes;
  };

  // A long stream comes in several reads.
  static EventStream::State read_all_there_is(OpenStream& open) {
    while (true) {
      const std::size_t before = open.bytes.size();
      const auto state = open.stream->read(open.bytes, {});
      if (state != EventStream::State::open || open.bytes.size() == before) return state;
    }
  }

  // The streams that are open read on, as their clients do.
  void read_streams() {
    for (OpenStream& open : streams_) {
      const auto state = read_all_there_is(open);
      const bool ended = state == EventStream::State::ended;
      if (!lays_faults_) {
        require(ended || !whole_, "a stream has not ended though time does not wait for it");
        require_event_stream(open.bytes, ended);
      }
      if (ended) open.stream = nullptr;
    }
    std::erase_if(streams_, [](const OpenStream& open) { return !open.stream; });
    require(streams_.size() <= limits.streams, "more streams are open than may be");
  }

  Api api_;
  bool whole_;  // streams are handed out whole
  bool lays_faults_;
  SeenIds ids_;
  std::vector<OpenStream> streams_;
};

}  // namespace

void check_api(std::string_view input) {
  if (input.size() > longest_script) return;
  std::string_view settings = take_until(input, '\n');
  const auto& scenario =
      named(library(), take_until(settings, ' '), [](const auto& each) { return each.first; });
  {
    Player player(scenario.second, pace_of(settings));
    for (int line = 0; line < most_lines && !input.empty(); ++line)
      player.play(take_until(input, '\n'));
  }
  require(disk()->bytes() == 0, "bytes on disk outlive their world");
}

}  // namespace assistants_mock::tests
