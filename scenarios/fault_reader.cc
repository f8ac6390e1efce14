#include "scenarios/fault_reader.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/fault_check.h"
#include "scenarios/fault_order.h"
#include "scenarios/fault_words.h"
#include "scenarios/field_reader.h"
#include "scenarios/times_reader.h"
#include "scenarios/yaml_values.h"

namespace assistants_mock::scenarios {

namespace {

constexpr std::size_t max_faults = 1000;
constexpr std::size_t max_headers = 100;
constexpr int most = largest_fault_number;

// One of the words of an enum, which is its place among them.
template <class Enum>
std::optional<Enum> read_enum(const FieldReader& fields, std::string_view key,
                              std::span<const std::string_view> words) {
  const std::optional<std::string> word = fields.word(key, words);
  if (!word) return std::nullopt;
  return static_cast<Enum>(std::ranges::find(words, *word) - words.begin());
}

// As it is, or a map or list as the JSON that it stands for.
std::string read_body(const YamlNode& node, const Asked& asked, MistakeList& mistakes) {
  if (node.is_map() || node.is_sequence()) return to_json(node, mistakes).dump();
  return read_text(node, asked, mistakes).value_or("");
}

std::vector<std::pair<std::string, std::string>> read_headers(const YamlNode& node,
                                                              const Asked& asked,
                                                              MistakeList& mistakes) {
  std::vector<std::pair<std::string, std::string>> headers;
  if (!is_map(node, asked, 1, max_headers, mistakes)) return headers;
  for (const YamlEntry& entry : node.entries) {
    // A number is as good as a text: a header knows no difference.
    if (!entry.value.is_scalar())
      add_needed(entry.value, {"'headers." + entry.key + "'", Value::text}, mistakes);
    else
      headers.emplace_back(entry.key, entry.value.text);
  }
  return headers;
}

StreamFault read_stream(const YamlNode& node, MistakeList& mistakes) {
  using Outcome = StreamFault::Outcome;
  const FieldReader fields(Section::stream_fault, node, mistakes);
  StreamFault stream;
  stream.after = fields.text("after").value_or(stream.after);
  stream.nth = fields.integer("nth", 1, most).value_or(stream.nth);
  stream.as = fields.text("as").value_or("");
  stream.pieces = fields.integer("pieces", 1, most).value_or(stream.pieces);
  stream.pause = fields.duration("pause").value_or(stream.pause);
  const bool in_pieces_alone = fields.find("then") == nullptr && fields.find("pieces") != nullptr;
  stream.outcome =
      in_pieces_alone
          ? Outcome::none
          : read_enum<Outcome>(fields, "then", stream_outcome_names).value_or(Outcome::cut);
  if (stream.outcome != Outcome::none) return stream;
  for (const std::string_view key : {"after", "nth"})  // with any value
    if (const YamlNode* given = fields.find(key))
      mistakes.add(given->place, place_without_outcome(key));
  return stream;
}

// The operation by method and path, however it was named.
std::string canonical(const std::string& named) {
  const Operation* operation = find_operation(named);
  return operation == nullptr ? named : std::string(operation->request);
}

// OpenAPI: "rate limit of 300 requests per minute" at the operations that attach files, and 1,000
// uploads a minute.
std::vector<RateLimit> published_rate_limits() {
  return {{.on = {canonical("createVectorStoreFile"), canonical("createVectorStoreFileBatch")},
           .per = "vector_store_id",
           .requests_per_minute = 300},
          {.on = {canonical("createFile")}, .per = "", .requests_per_minute = 1000}};
}

RateLimit read_rate_limit(const YamlNode& node, MistakeList& mistakes) {
  const FieldReader fields(Section::rate_limit, node, mistakes);
  RateLimit limit;
  const YamlNode* on = fields.find("on");
  const auto add = [&](const YamlNode& named) {
    const auto text = read_text(named, fields.asked_for("on"), mistakes);
    if (!text) return;
    if (std::string wrong = wrong_operation(*text); !wrong.empty())
      mistakes.add(named.place, std::move(wrong));
    if (*text == "*" && on->is_sequence())
      mistakes.add(named.place, "\"*\" is every request, with which no other stands in a list");
    limit.on.push_back(canonical(*text));
  };
  if (on != nullptr) limit.on.clear();
  if (on != nullptr && on->is_sequence()) {
    if (is_list(*on, fields.asked_for("on"), 1, operations().size(), mistakes))
      for (const YamlNode& named : on->items) add(named);
  } else if (on != nullptr) {
    add(*on);
  }
  limit.per = fields.text("per").value_or("");
  if (!limit.per.empty())
    for (const std::string& named : limit.on)
      if (std::string wrong = wrong_parameter(named, limit.per); !wrong.empty())
        mistakes.add(fields.find("per")->place, std::move(wrong));
  limit.requests_per_minute = fields.integer("requests_per_minute", 1, most).value_or(1);
  return limit;
}

// At the value of its key, or as near to it as anything was written.
Place place_of(const FaultMistake& mistake, const YamlNode& fault) {
  const YamlNode* at = &fault;
  for (std::string_view keys = mistake.key; !keys.empty();) {
    const std::size_t end = std::min(keys.find('.'), keys.size());
    const YamlNode* next = find(*at, keys.substr(0, end));
    if (next == nullptr) break;
    at = next;
    keys.remove_prefix(std::min(end + 1, keys.size()));
  }
  return mistake.entry ? at->entries.at(*mistake.entry).key_place : at->place;
}

}  // namespace

Fault read_fault(const YamlNode& node, MistakeList& mistakes) {
  const std::size_t before = mistakes.size();
  const FieldReader fields(Section::fault, node, mistakes);
  Fault fault;
  fault.on = canonical(fields.text("on").value_or(fault.on));
  if (const YamlNode* times = fields.find("times"))
    fault.times = read_times(*times, fields.asked_for("times"), mistakes).value_or(fault.times);
  fault.per = fields.text("per").value_or("");
  fault.run_status = fields.text("while").value_or("");
  fault.error = fields.text("error").value_or("");
  fault.status = fields.integer("status", 200, 599);
  if (const YamlNode* body = fields.find("body"))
    fault.body = read_body(*body, fields.asked_for("body"), mistakes);
  fault.connection = read_enum<Fault::Connection>(fields, "connection", connection_names)
                         .value_or(Fault::Connection::kept);
  fault.after_work = fields.truth("after_work").value_or(false);
  if (const YamlNode* headers = fields.find("headers"))
    fault.headers = read_headers(*headers, fields.asked_for("headers"), mistakes);
  if (const auto bytes = fields.integer("keep_bytes", 0, most))
    fault.keep_bytes = static_cast<std::size_t>(*bytes);
  fault.delay = fields.duration("delay").value_or(Duration{});
  if (const YamlNode* stream = fields.find("stream")) fault.stream = read_stream(*stream, mistakes);
  if (mistakes.size() != before) return fault;  // not what was meant
  for (FaultMistake& mistake : mistakes_of(fault))
    mistakes.add(place_of(mistake, node), std::move(mistake.what));
  return fault;
}

std::vector<Fault> read_faults(const YamlNode& node, const Asked& asked, MistakeList& mistakes) {
  std::vector<Fault> faults;
  if (!is_list(node, asked, 0, max_faults, mistakes)) return faults;
  FaultOrder order;
  for (const YamlNode& item : node.items) {
    const std::size_t before = mistakes.size();
    faults.push_back(read_fault(item, mistakes));
    if (mistakes.size() != before) continue;
    if (order.leaves_nothing_to(faults.back())) {
      const YamlNode* times = find(item, "times");
      mistakes.add(times == nullptr ? item.place : times->place,
                   "faults before this one strike each time that it would, and the first in the "
                   "file wins; give it other times, or leave it out");
    }
    order.add(faults.back());
  }
  return faults;
}

std::vector<RateLimit> read_rate_limits(const YamlNode& node, const Asked& asked,
                                        MistakeList& mistakes) {
  constexpr std::array<std::string_view, 1> presets = {"published"};
  std::vector<RateLimit> limits;
  if (node.is_scalar()) {
    if (read_word(node, asked, presets, mistakes)) return published_rate_limits();
    return limits;
  }
  if (!is_list(node, asked, 1, max_faults, mistakes)) return limits;
  for (const YamlNode& item : node.items) limits.push_back(read_rate_limit(item, mistakes));
  return limits;
}

}  // namespace assistants_mock::scenarios
