#include "scenarios/fault_check.h"

#include <algorithm>
#include <array>

#include "scenarios/fault_words.h"
#include "scenarios/nearest_word.h"
#include "state_machine/instant.h"
#include "state_machine/run_lifecycle.h"

namespace assistants_mock::scenarios {

namespace {

using Connection = Fault::Connection;
using Outcome = StreamFault::Outcome;

bool is_among(std::string_view word, std::span<const std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

std::string letters_as(char (*change)(char), std::string_view text) {
  std::string changed(text);
  std::ranges::transform(changed, changed.begin(), change);
  return changed;
}

char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

class FaultCheck {
 public:
  explicit FaultCheck(const Fault& fault) : fault_(fault), operation_(find_operation(fault.on)) {}

  std::vector<FaultMistake> mistakes() && {
    check_which();
    check_answer();
    std::ranges::for_each(fault_.headers, [&](const auto& header) { check_header(header); });
    if (fault_.stream) check_stream(*fault_.stream);
    return std::move(found_);
  }

 private:
  void add(std::string_view key, std::string what) {
    if (!what.empty()) found_.push_back({key, std::move(what)});
  }

  bool is_replaced() const {
    return !fault_.error.empty() || fault_.status ||
           (fault_.connection != Connection::kept && !fault_.keep_bytes);
  }

  void check_which() {
    add("on", wrong_operation(fault_.on));
    if (fault_.times.listed.empty() && !fault_.times.from_then_on)
      add("times", "it lists no time, so the fault would never fire");
    if (std::ranges::any_of(fault_.times.listed, [](int time) { return time < 1; }) ||
        fault_.times.from_then_on.value_or(1) < 1)
      add("times", "requests are counted from 1");
    if (!fault_.per.empty()) add("per", wrong_parameter(fault_.on, fault_.per));
    if (fault_.run_status.empty()) return;
    const auto& statuses = state_machine::run_status_names;
    if (!is_among(fault_.run_status, statuses))
      add("while", "there is no run status '" + fault_.run_status + "'" +
                       did_you_mean(fault_.run_status, statuses));
    else if (operation_ == nullptr || !has_parameter(*operation_, "run_id"))
      add("while", "'" + fault_.on + "' names no run, so there is no status to look at");
  }

  void check_answer() {
    const int ways = (fault_.error.empty() ? 0 : 1) + (fault_.status ? 1 : 0) +
                     (fault_.connection != Connection::kept && !fault_.keep_bytes ? 1 : 0);
    if (ways > 1) add("", "a fault has one of error, status and connection");
    if (!is_replaced() && fault_.headers.empty() && !fault_.keep_bytes &&
        fault_.delay == state_machine::Duration{} && !fault_.stream)
      add("",
          "the fault does not say what happens: error, status, connection, headers, keep_bytes, "
          "delay or stream");
    if (!fault_.error.empty()) check_row();
    if (fault_.status && (*fault_.status < 200 || *fault_.status > 599))
      add("status", "from 200 to 599");
    if (!fault_.body.empty() && !fault_.status) add("body", "a body belongs to a status");
    if ((fault_.status == 204 || fault_.status == 304) && !fault_.body.empty())
      add("body", "an answer of status 204 or 304 has no body");
    if (fault_.after_work && !is_replaced())
      add("after_work", "there is nothing in place of the answer: error, status or connection");
    if (fault_.connection != Connection::kept && !fault_.keep_bytes && !fault_.headers.empty())
      add("headers", "no header is sent when the connection ends without an answer");
    if (fault_.delay < state_machine::Duration{}) add("delay", "time does not go backwards");
  }

  void check_row() {
    if (fault_.error.starts_with("http."))
      add("error",
          "'" + fault_.error + "' is refused before the API is reached; take a status instead");
    else if (!is_among(fault_.error, error_rows()))
      add("error", "there is no row '" + fault_.error + "' in docs/wire/errors.md" +
                       did_you_mean(fault_.error, error_rows()));
  }

  // As HTTP has them (RFC 9110, section 5): what else is given would not reach the client.
  void check_header(const std::pair<std::string, std::string>& header) {
    constexpr std::string_view letters =
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    const auto& [name, value] = header;
    const std::string small = letters_as(lower, name);
    if (name.empty() || name.find_first_not_of(letters) != std::string::npos)
      add("headers", "'" + name + "' is no name of a header");
    else if (small == "content-length" || small == "transfer-encoding")
      add("headers", "'" + name + "' is set by the mock itself");
    if (std::ranges::any_of(value, [](unsigned char code) { return code < 0x20 || code == 0x7f; }))
      add("headers", "the value of '" + name + "' has control characters");
  }

  void check_stream(const StreamFault& stream) {
    if (operation_ != nullptr && !operation_->can_stream)
      add("stream", "'" + fault_.on + "' never streams");
    if (is_replaced() || fault_.keep_bytes)
      add("stream",
          "a stream that goes wrong is the real answer: without error, status, "
          "connection and keep_bytes");
    if (stream.nth < 1) add("stream", "events are counted from 1");
    if (stream.pieces < 0) add("stream", "a piece has a byte at least");
    if (stream.outcome == Outcome::none && stream.pieces == 0)
      add("stream", "it does not say what happens: then or pieces");
    if (stream.as.empty() == (stream.outcome == Outcome::rename))
      add("stream", "'as' is the name that rename gives to an event");
    if (!stream.as.empty() && !is_among(stream.as, stream_events()))
      add("stream",
          "there is no event '" + stream.as + "'" + did_you_mean(stream.as, stream_events()));
    if (stream.after != "*" && !is_among(stream.after, stream_events()))
      add("stream", "there is no event '" + stream.after + "'" +
                        did_you_mean(stream.after, stream_events()) + " (every event is \"*\")");
  }

  const Fault& fault_;
  const Operation* operation_;
  std::vector<FaultMistake> found_;
};

}  // namespace

std::vector<FaultMistake> mistakes_of(const Fault& fault) {
  return FaultCheck(fault).mistakes();
}

std::string wrong_operation(std::string_view on) {
  if (on == "*" || find_operation(on) != nullptr) return {};
  return "there is no operation '" + std::string(on) + "'" + did_you_mean(on, operation_names()) +
         " (every request is \"*\")";
}

std::string wrong_parameter(std::string_view on, std::string_view per) {
  const Operation* operation = find_operation(on);
  if (operation != nullptr && has_parameter(*operation, per)) return {};
  if (!is_among(per, path_parameters()))
    return "there is no parameter '" + std::string(per) + "'" +
           did_you_mean(per, path_parameters());
  return "the path of '" + std::string(on) + "' has no {" + std::string(per) + "}";
}

}  // namespace assistants_mock::scenarios
