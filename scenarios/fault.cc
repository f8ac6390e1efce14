#include "assistants_mock/fault.h"

#include "scenarios/duration_text.h"

namespace assistants_mock::scenarios {

std::string what_happens(const Fault& fault) {
  std::string all;
  const auto add = [&](std::string_view key, const std::string& value) {
    all.append(all.empty() ? "" : ", ").append(key).append(value.empty() ? "" : " ").append(value);
  };
  if (fault.after_work) add("after_work", "");
  if (!fault.error.empty()) add("error", fault.error);
  if (fault.status) add("status", std::to_string(*fault.status));
  if (fault.connection != Fault::Connection::kept)
    add("connection", std::string(name(fault.connection)));
  if (!fault.headers.empty()) add("headers", "");
  if (fault.keep_bytes) add("keep_bytes", std::to_string(*fault.keep_bytes));
  if (fault.delay != std::chrono::milliseconds{}) add("delay", duration_text(fault.delay));
  if (!fault.stream) return all;
  const StreamFault& stream = *fault.stream;
  if (stream.outcome != StreamFault::Outcome::none)
    add("stream", std::string(name(stream.outcome)) + " at " +
                      (stream.after == "*" ? "event" : stream.after) + " " +
                      std::to_string(stream.nth));
  if (fault.stream->pieces != 0) add("pieces", std::to_string(fault.stream->pieces));
  return all;
}

}  // namespace assistants_mock::scenarios
