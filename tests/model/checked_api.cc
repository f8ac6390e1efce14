#include "tests/model/checked_api.h"

#include <algorithm>
#include <chrono>

#include "assistants_mock/scenario_book.h"
#include "tests/mock_server/form_text.h"
#include "tests/model/difference.h"
#include "tests/model/transcript_line.h"

namespace assistants_mock::tests::model {
namespace {

using mock_server::api::Api;
using mock_server::api::EventStream;
using mock_server::api::Headers;

mock_server::api::ApiOptions options() {
  // One directory for all worlds: they hold what they uploaded, and nothing else is shared.
  static const auto blobs = std::make_shared<mock_server::store::BlobDirectory>();
  return {.epoch = state_machine::Instant(std::chrono::milliseconds(first_moment)),
          .first_version = mock_server::FirstVersion::refused,  // the model knows the second alone
          .blobs = blobs};
}

const std::shared_ptr<const scenarios::Scenario>& scenario() {
  static const auto parsed = scenarios::ScenarioBook::load(scenario_path).shared();
  return parsed;
}

mock_server::FormText form_of(const Asked& asked) {
  mock_server::FormText form;
  for (const FormPart& part : asked.form)
    part.filename.empty() ? form.field(part.name, part.value)
                          : form.file(part.name, part.filename, part.value);
  return form;
}

Headers headers_of(const Asked& asked) {
  Headers headers;
  if (asked.headers != HeadersKind::no_key) headers.emplace_back("Authorization", "Bearer key");
  if (asked.headers != HeadersKind::no_beta)
    headers.emplace_back("OpenAI-Beta",
                         asked.headers == HeadersKind::beta_v1 ? "assistants=v1" : "assistants=v2");
  headers.emplace_back("Content-Type",
                       asked.operation->form ? form_of(asked).content_type() : "application/json");
  return headers;
}

std::string all_of(EventStream& stream) {
  std::string bytes;
  while (stream.read(bytes, {}) == EventStream::State::open) {
  }
  return bytes;
}

// A run that is streamed: the first event that is of the run itself tells it.
std::string run_in(EventStream& stream) {
  std::string bytes;
  stream.read(bytes, {});
  std::size_t first = bytes.npos;
  for (const char* name : {"event: thread.run.created\n", "event: thread.run.queued\n"})
    first = std::min(first, bytes.find(name));
  if (first == bytes.npos) return "null";
  const std::size_t data = bytes.find("data: ", first) + 6;
  return bytes.substr(data, bytes.find('\n', data) - data);
}

}  // namespace

mock_server::api::Request request_of(const Asked& asked, const Names& names) {
  std::string body;
  if (asked.operation->form)
    body = form_of(asked).body();
  else if (asked.broken_json)
    body = "{";
  else if (!asked.body.is_null())
    body = names.meant(asked.body.dump());
  return {std::string(asked.operation->method), "/v1" + names.meant(target_of(asked)),
          headers_of(asked), std::move(body)};
}

CheckedApi::CheckedApi(Tally& tally, Answered model)
    : tally_(tally), model_(model), api_(options(), scenario()) {}

void CheckedApi::ask(const Operation& operation, const Choices& choices) {
  bool possible = true;
  ask(drawn(world_, operation, choices, possible));
}

void CheckedApi::ask(const Asked& asked) {
  for (const Asked& question : questions_for(world_, names_, asked)) {
    ask_at_once(question);
    ++tally_.look_ups;
  }
  ask_at_once(asked);
}

void CheckedApi::ask_at_once(const Asked& asked) {
  ++tally_.commands;
  if (asked.by != 0) {
    api_.advance_to(api_.now() + std::chrono::milliseconds(asked.by));
    exchanges_.push_back({told(asked), {}});
    static_cast<void>(model_(world_, asked));
    ++tally_.granted[std::string(asked.operation->id)];
    return;
  }
  Answer answer = answer_of(asked);
  const Expected expected = model_(world_, asked);
  const std::string trouble = difference_of(expected, answer);
  exchanges_.push_back({told(asked), std::move(answer)});
  if (!trouble.empty())
    throw Divergence(transcript() + "the model expects otherwise: " + names_.shown(trouble));
  if (expected.row.empty())
    ++tally_.granted[std::string(asked.operation->id)];
  else
    ++tally_.refused[expected.row];
}

CheckedApi::Answer CheckedApi::answer_of(const Asked& asked) {
  Api::Handled handled = api_.handle(request_of(asked, names_));
  Answer answer{handled.response.status, handled.refusal, std::move(handled.response.body)};
  if (handled.stream) {
    answer.body = run_in(*handled.stream);
  } else if (handled.response.stream) {
    answer.body = all_of(*handled.response.stream);
    answer.bytes = true;
  }
  return answer;
}

std::string CheckedApi::difference_of(const Expected& expected, const Answer& answer) {
  if (expected.status != answer.status || expected.row != answer.row)
    return std::to_string(expected.status) + " " + expected.row + " " +
           names_.meant(expected.body.dump());
  if (answer.bytes != !expected.bytes.empty()) return "a download and no JSON, or no download";
  if (answer.bytes) return expected.bytes == answer.body ? "" : "the bytes " + expected.bytes;
  return difference(expected.body, Json::parse(answer.body), names_);
}

std::string CheckedApi::transcript() const {
  constexpr std::size_t most = 1'500;  // of an answer, for people
  std::string text;
  for (const Exchange& exchange : exchanges_) {
    text += names_.shown(names_.meant(exchange.request)) + "\n";
    if (exchange.answer.status == 0) continue;
    std::string body = exchange.answer.body;
    if (!exchange.answer.bytes) body = Json::parse(body).dump();
    if (body.size() > most) body = body.substr(0, most) + " …";
    text += "  " + std::to_string(exchange.answer.status) + " " + names_.shown(body) + "\n";
  }
  return text;
}

}  // namespace assistants_mock::tests::model
