#include "scenarios/fault_check.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/duration_text.h"
#include "scenarios/fault_words.h"
#include "scenarios/nearest_word.h"
#include "scenarios/stream_events.h"
#include "scenarios/times_reader.h"
#include "state_machine/instant.h"
#include "state_machine/run_lifecycle.h"

namespace assistants_mock::scenarios {

namespace {

using Connection = Fault::Connection;
using Outcome = StreamFault::Outcome;

bool is_among(std::string_view word, std::span<const std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

std::string in_small_letters(std::string_view text) {
  std::string small(text);
  for (char& letter : small)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  return small;
}

std::string ids_of_senders(const StreamEvent& event) {
  std::string ids;
  for (const Operation& operation : operations())
    if (may_send(operation, event)) ids += (ids.empty() ? "" : " and ") + std::string(operation.id);
  return ids;
}

std::string at_most(const std::string& most) {
  return "at most " + most + " is possible";
}

std::string no_event(std::string_view name) {
  return "there is no event '" + std::string(name) + "'" + did_you_mean(name, stream_event_names);
}

class FaultCheck {
 public:
  explicit FaultCheck(const Fault& fault) : fault_(fault), operation_(find_operation(fault.on)) {}

  std::vector<FaultMistake> mistakes() && {
    check_which();
    check_answer();
    check_bounds();
    check_headers();
    if (fault_.stream) check_stream(*fault_.stream);
    return std::move(found_);
  }

 private:
  void add(std::string_view key, std::string what) {
    if (!what.empty()) found_.push_back({key, std::move(what), {}});
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
    else if (fault_.stream && operation_->stream && fault_.run_status != "requires_action")
      add("while",
          "a run takes outputs in requires_action alone, so no stream ever begins in another "
          "status: write that, or leave 'while' out");
  }

  void check_answer() {
    const int ways = (fault_.error.empty() ? 0 : 1) + (fault_.status ? 1 : 0) +
                     (fault_.connection != Connection::kept && !fault_.keep_bytes ? 1 : 0);
    if (ways > 1) add("", "a fault has one of error, status and connection");
    if (!replaces_answer(fault_) && fault_.headers.empty() && !fault_.keep_bytes &&
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
    if (fault_.after_work && !replaces_answer(fault_))
      add("after_work", "there is nothing in place of the answer: error, status or connection");
    if (fault_.connection != Connection::kept && !fault_.keep_bytes && !fault_.headers.empty())
      add("headers", "no header is sent when the connection ends without an answer");
  }

  // What a file cannot say is refused here for those who write no file.
  void check_bounds() {
    if (fault_.delay < state_machine::Duration{}) add("delay", "time does not go backwards");
    if (fault_.delay > longest_duration) add("delay", at_most(duration_text(longest_duration)));
    const Times& times = fault_.times;
    if (times.listed.size() > max_times)
      add("times", at_most("a list of " + std::to_string(max_times)));
    if (std::ranges::any_of(times.listed, [](int time) { return time > largest_time; }) ||
        times.from_then_on.value_or(1) > largest_time)
      add("times", at_most(std::to_string(largest_time)));
    const std::string most = at_most(std::to_string(largest_fault_number));
    if (std::cmp_greater(fault_.keep_bytes.value_or(0), largest_fault_number))
      add("keep_bytes", most);
    if (!fault_.stream) return;
    if (fault_.stream->nth > largest_fault_number) add("stream.nth", most);
    if (fault_.stream->pieces > largest_fault_number) add("stream.pieces", most);
  }

  void check_row() {
    if (fault_.error.starts_with("http."))
      add("error",
          "'" + fault_.error + "' is refused before the API is reached; take a status instead");
    else if (!is_among(fault_.error, error_rows()))
      add("error", "there is no row '" + fault_.error + "' in docs/wire/errors.md" +
                       did_you_mean(fault_.error, error_rows()));
  }

  void check_headers() {
    std::set<std::string> seen;
    for (std::size_t place = 0; place < fault_.headers.size(); ++place) {
      const auto& [name, value] = fault_.headers[place];
      const auto tell = [&](std::string what) {
        if (!what.empty()) found_.push_back({"headers", std::move(what), place});
      };
      const std::string small = in_small_letters(name);
      tell(wrong_header(name, small));
      if (!seen.insert(small).second)
        tell("'" + name + "' is there already, in whatever letters; give it once");
      if (std::ranges::any_of(value,
                              [](unsigned char code) { return code < 0x20 || code == 0x7f; }))
        tell("the value of '" + name + "' has control characters");
    }
  }

  // As HTTP has them (RFC 9110, section 5): what else is given would not reach the client.
  static std::string wrong_header(const std::string& name, std::string_view small) {
    constexpr std::string_view letters =
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    constexpr std::array<std::string_view, 2> of_the_body = {"content-length", "transfer-encoding"};
    constexpr std::array<std::string_view, 6> of_the_connection = {
        "connection", "keep-alive", "proxy-connection", "te", "trailer", "upgrade"};
    if (name.empty() || name.find_first_not_of(letters) != std::string::npos)
      return "'" + name + "' is no name of a header";
    if (is_among(small, of_the_body))
      return "'" + name + "' is set by the mock itself; 'keep_bytes' ends a body early";
    if (is_among(small, of_the_connection))
      return "'" + name +
             "' is about the connection, which is the mock's own; leave it out, or "
             "say with 'connection' how it ends";
    return {};
  }

  void check_stream(const StreamFault& stream) {
    if (operation_ != nullptr && !operation_->stream)
      add("stream", "'" + fault_.on + "' never streams");
    if (replaces_answer(fault_) || fault_.keep_bytes)
      add("stream",
          "a stream that goes wrong is the real answer: without error, status, "
          "connection and keep_bytes");
    if (stream.nth < 1) add("stream.nth", "events are counted from 1");
    if (stream.pieces < 0) add("stream.pieces", "a piece has a byte at least");
    check_pause(stream);
    check_rename(stream);
    if (stream.outcome == Outcome::none)
      check_pieces_alone(stream);
    else if (stream.after != "*")
      check_event(stream);
  }

  void check_pieces_alone(const StreamFault& stream) {
    if (stream.pieces == 0) add("stream", "it does not say what happens: then or pieces");
    if (stream.after != StreamFault{}.after) add("stream.after", place_without_outcome("after"));
    if (stream.nth != StreamFault{}.nth) add("stream.nth", place_without_outcome("nth"));
  }

  void check_pause(const StreamFault& stream) {
    if (stream.pause < state_machine::Duration{} || stream.pause > longest_pause)
      add("stream.pause", "a pause takes from 0 to " + duration_text(longest_pause));
    else if (stream.pause != state_machine::Duration{} && stream.pieces == 0)
      add("stream.pause", "'pause' comes after each of the 'pieces'; say how long those are");
  }

  void check_rename(const StreamFault& stream) {
    if (stream.as.empty() && stream.outcome == Outcome::rename)
      add("stream.then", "'as' is missing, the name that rename gives to an event");
    else if (stream.as.empty())
      return;
    else if (stream.outcome != Outcome::rename)
      add("stream.as", "'as' is the name that rename gives to an event");
    else if (find_stream_event(stream.as) == nullptr)
      add("stream.as", no_event(stream.as));
    else if (stream.as == stream.after)
      add("stream.as", "the event has that name already; give it another");
  }

  void check_event(const StreamFault& stream) {
    const StreamEvent* event = find_stream_event(stream.after);
    if (event == nullptr)
      return add("stream.after", no_event(stream.after) + " (every event is \"*\")");
    const std::string name = "'" + stream.after + "'";
    if (operation_ != nullptr && operation_->stream && !may_send(*operation_, *event))
      add("stream.after", "no stream of '" + fault_.on + "' has " + name + "; those of " +
                              ids_of_senders(*event) + " have it");
    if (event->once && stream.nth > 1)
      add("stream.nth", "a stream has one " + name + " at most; leave 'nth' out");
    if (event->last && stream.outcome == Outcome::swap)
      add("stream.then", "nothing comes after " + name +
                             " that it could change places with; name an earlier event");
    if (event->ids_alone && stream.outcome == Outcome::cut_in_character)
      add("stream.then", "no " + name +
                             " has a character of several bytes; name an event that "
                             "has text, such as thread.message.delta");
  }

  const Fault& fault_;
  const Operation* operation_;
  std::vector<FaultMistake> found_;
};

}  // namespace

std::vector<FaultMistake> mistakes_of(const Fault& fault) {
  return FaultCheck(fault).mistakes();
}

std::string place_without_outcome(std::string_view key) {
  return "'" + std::string(key) +
         "' is where something happens, and 'pieces' cut the whole stream; say what happens with "
         "'then', or leave '" +
         std::string(key) + "' out";
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
