#include "tests/fuzz/known_refusals.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "mock_server/api/error_catalogue.h"
#include "tests/fuzz/contract.h"
#include "tests/stream_events.h"

namespace assistants_mock::tests {
namespace {

using mock_server::api::error_catalogue;
using mock_server::api::ErrorSample;
using nlohmann::json;

// An error's string or null, as in the catalogue's samples.
std::optional<std::string> text_or_null(const json& value, std::string_view name) {
  if (value.is_null()) return std::nullopt;
  require(value.is_string(), std::string(name) + " of an error is neither text nor null");
  return value.get<std::string>();
}

void require_no_fault(int status) {
  require(status != 500, "a fault of the mock's own is answered");
}

}  // namespace

void require_known_row(std::string_view row, int status) {
  require_no_fault(status);
  const auto samples = error_catalogue();
  const bool known = std::ranges::any_of(samples, [&](const ErrorSample& each) {
    return each.sample.row == row && each.sample.status == status;
  });
  require(known, "no such row with status " + std::to_string(status) + ": " + std::string(row));
}

void require_known_error(int status, std::string_view body) {
  require_no_fault(status);
  const json envelope = json::parse(body, nullptr, false);
  const std::string shown(body);
  require(envelope.is_object() && envelope.size() == 1 && envelope.contains("error"),
          "an error without its envelope: " + shown);
  const json& error = envelope["error"];
  require(error.is_object() && error.size() == 4 && error.contains("message") &&
              error.contains("type") && error.contains("param") && error.contains("code"),
          "an error with other fields: " + shown);
  require(error["message"].is_string() && !error["message"].get<std::string>().empty(),
          "an error without a message: " + shown);
  const auto type = text_or_null(error["type"], "type");
  const auto code = text_or_null(error["code"], "code");
  static_cast<void>(text_or_null(error["param"], "param"));
  const auto samples = error_catalogue();
  const bool known = std::ranges::any_of(samples, [&](const ErrorSample& each) {
    return each.sample.status == status && each.sample.type == type && each.sample.code == code;
  });
  require(known, "status " + std::to_string(status) + " is not in the catalogue with: " + shown);
}

void require_json_object(std::string_view body) {
  require(json::parse(body, nullptr, false).is_object(), "no JSON object: " + std::string(body));
}

void require_event_stream(std::string_view bytes, bool ended) {
  const std::vector<StreamEvent> events = stream_events(bytes);
  for (const StreamEvent& event : events) {
    require(!event.name.empty(), "an event without a name");
    require((event.name == "done") == (event.data == "[DONE]"), "a [DONE] that is not done's");
    require(event.name == "done" || json::accept(event.data), "no JSON: " + event.data);
  }
  const auto done = std::ranges::find(events, "done", &StreamEvent::name);
  if (!ended) return require(done == events.end(), "a stream that is done has not ended");
  require(done != events.end() && done + 1 == events.end(), "a stream ends in something else");
}

}  // namespace assistants_mock::tests
