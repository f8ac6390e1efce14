#include "mock_server/api/filter_reader.h"

#include <algorithm>
#include <array>
#include <utility>

#include "mock_server/api/api_error.h"
#include "mock_server/api/body_wording.h"

namespace assistants_mock::mock_server::api {
namespace {

using search::AttributeFilter;
using search::AttributeValue;
using search::Comparison;
using search::ComparisonType;
using search::Compound;
using search::CompoundType;

// In the order in which a refusal names them.
constexpr auto filter_types = std::to_array<std::string_view>(
    {"eq", "ne", "gt", "gte", "lt", "lte", "in", "nin", "and", "or"});
constexpr std::size_t comparisons = 8;  // of them, in the order of ComparisonType

// ours, of all lists in a filter together: it is asked for every file of a store.
constexpr std::size_t most_values = 1'000;

// How many more values and filters there may be.
using Room = std::size_t;

AttributeFilter read_filter(const Body& filter, const BodyPath& path, Room& room);

const Body& required(const Body& filter, std::string_view key, const BodyPath& path) {
  const auto found = filter.find(key);
  if (found == filter.end()) throw api_error::missing(text_of({&path, key}));
  return *found;
}

void refuse_strangers(const Body& filter, std::span<const std::string_view> known,
                      const BodyPath& path) {
  for (const auto& [key, value] : filter.items())
    if (std::ranges::find(known, key) == known.end())
      throw api_error::unknown(text_of({&path, key}));
}

const std::string& text_at(const Body& filter, std::string_view key, const BodyPath& path) {
  const Body& value = required(filter, key, path);
  if (!value.is_string())
    throw api_error::wrong_type(text_of({&path, key}), "a string", got_words(value));
  return value.get_ref<const std::string&>();
}

const Body::array_t& list_at(const Body& value, std::string_view of_what, const BodyPath& path,
                             Room& room) {
  if (!value.is_array()) throw api_error::wrong_type(text_of(path), of_what, got_words(value));
  if (value.size() > room)
    throw api_error::array_too_long(text_of(path), most_values, most_values - room + value.size());
  room -= value.size();
  return value.get_ref<const Body::array_t&>();
}

AttributeValue read_value(const Body& value, const BodyPath& path) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>();
  if (value.is_number()) return value.get<double>();
  throw api_error::wrong_type(text_of(path), "one of a string or decimal or boolean",
                              got_words(value));
}

Comparison read_comparison(const Body& filter, ComparisonType type, const BodyPath& path,
                           Room& room) {
  Comparison comparison;
  comparison.type = type;
  comparison.key = text_at(filter, "key", path);
  const Body& value = required(filter, "value", path);
  refuse_strangers(filter, std::to_array<std::string_view>({"type", "key", "value"}), path);
  const BodyPath value_path{&path, "value"};
  if (type != ComparisonType::in && type != ComparisonType::nin) {
    comparison.values = {read_value(value, value_path)};
    return comparison;
  }
  const Body::array_t& values = list_at(value, "an array", value_path, room);
  for (std::size_t place = 0; place < values.size(); ++place)
    comparison.values.push_back(read_value(values[place], {&value_path, {}, place}));
  return comparison;
}

Compound read_compound(const Body& filter, CompoundType type, const BodyPath& path, Room& room) {
  Compound compound;
  compound.type = type;
  const BodyPath filters_path{&path, "filters"};
  const Body::array_t& filters =
      list_at(required(filter, "filters", path), "an array of objects", filters_path, room);
  refuse_strangers(filter, std::to_array<std::string_view>({"type", "filters"}), path);
  for (std::size_t place = 0; place < filters.size(); ++place)
    compound.filters.push_back(read_filter(filters[place], {&filters_path, {}, place}, room));
  return compound;
}

AttributeFilter read_filter(const Body& filter, const BodyPath& path, Room& room) {
  if (!filter.is_object())
    throw api_error::wrong_type(text_of(path), "an object", got_words(filter));
  const std::string& type = text_at(filter, "type", path);
  const auto* known = std::ranges::find(filter_types, type);
  if (known == filter_types.end())
    throw api_error::not_in_list(text_of({&path, "type"}), type, filter_types);
  const auto place = static_cast<std::size_t>(known - filter_types.begin());
  if (place < comparisons)
    return {read_comparison(filter, static_cast<ComparisonType>(place), path, room)};
  return {read_compound(filter, *known == "and" ? CompoundType::all_of : CompoundType::any_of, path,
                        room)};
}

}  // namespace

AttributeFilter read_filter(const Body& filter, const BodyPath& path) {
  Room room = most_values;
  return read_filter(filter, path, room);
}

}  // namespace assistants_mock::mock_server::api
