#pragma once
// What generated scenarios may hold, and what is known of the client that they are made for.
#include <array>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace assistants_mock::scenarios {

// Each has all of those before it.
enum class CaseProfile { gentle, rough, hostile };
inline constexpr std::array<std::string_view, 3> case_profile_names = {"gentle", "rough",
                                                                       "hostile"};
constexpr std::string_view name(CaseProfile profile) {
  return case_profile_names[static_cast<std::size_t>(profile)];
}

// What they hold, for people: docs/check.md, "Profiles".
inline constexpr std::array<std::string_view, 3> case_profile_meanings = {
    "what the service does while all of it is in order: waits from nothing to just under "
    "and over the ten minutes of a run, rounds of calls, calls side by side, functions "
    "that nobody declared, several messages, more than a page of them, images first, "
    "citations, every end of a run, cancels that win and lose, ids of unusual letters, "
    "lists that lag",

    "and what goes wrong between the service and its clients: 429 with and without a time to wait, "
    "401 for good, 500 and 503, connections that end before the work or after it, answers that are "
    "late, streams that are cut, in the middle of a character too, or end with an error; arguments "
    "that are no JSON, error codes and events that nobody listed",

    "and what no service should do: pages of HTML, bodies that break off or are `{}`, "
    "answers that never come, events repeated, swapped or under another name"};

struct DeclaredFunction {
  std::string name = {};
  std::string parameters = "{}";  // JSON Schema: what the arguments of calls are made by
  bool operator==(const DeclaredFunction&) const = default;
};

// What a client showed of itself; runs call what it declared, faults meet what it asks.
struct ClientTraits {
  std::vector<DeclaredFunction> functions = {};
  bool code_interpreter = false;
  bool file_search = false;
  // By their ids (docs/wire/endpoints.md), those that can stream apart. None at all: the operations
  // of an ordinary conversation.
  std::vector<std::string> operations = {};
  std::vector<std::string> streamed = {};
  // How long after a run's creation it cancels it, in the mock's time, when nothing happens; 0: it
  // was not seen to.
  std::chrono::milliseconds patience{};
  bool operator==(const ClientTraits&) const = default;
};

}  // namespace assistants_mock::scenarios
