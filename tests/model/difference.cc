#include "tests/model/difference.h"

#include <algorithm>
#include <set>

namespace assistants_mock::tests::model {
namespace {

constexpr std::string_view open_end = "…";

std::string unlike(const Json& expected, const Json& answer, const std::string& at) {
  return at.substr(at.empty() ? 0 : 1) + " should be " + expected.dump() + ", is " + answer.dump();
}

// Whether the words are those expected, ids in the places of names; some may be told here first.
bool fits_words(std::string_view expected, std::string_view words, Names& names) {
  constexpr std::string_view of_ids =
      "_-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  for (auto at = expected.find('@'); at != expected.npos; at = expected.find('@')) {
    if (words.substr(0, at) != expected.substr(0, at)) return false;
    words.remove_prefix(at);
    expected.remove_prefix(at);
    const std::string_view name = Names::first_name(expected);
    const std::string_view id = words.substr(0, words.find_first_not_of(of_ids));
    if (!names.learn(std::string(name), std::string(id))) return false;
    words.remove_prefix(id.size());
    expected.remove_prefix(name.size());
  }
  return expected.ends_with(open_end)
             ? words.starts_with(expected.substr(0, expected.size() - open_end.size()))
             : words == expected;
}

bool fits_text(const std::string& expected, const Json& answer, Names& names) {
  if (expected == "*") return !answer.is_null();
  if (!answer.is_string()) return false;
  return fits_words(expected, answer.get_ref<const std::string&>(), names);
}

// Objects that have no other fields than the model knows.
bool is_closed(const std::string& at) {
  static const std::set<std::string, std::less<>> names = {
      "metadata", "tool_resources", "attributes", "file_counts", "expires_after", "error"};
  return names.contains(at.substr(at.rfind('.') + 1));
}

std::string difference_of_lists(const Json& expected, const Json& answer, Names& names,
                                const std::string& at) {
  if (!answer.is_array() || answer.size() != expected.size()) return unlike(expected, answer, at);
  for (std::size_t place = 0; place < expected.size(); ++place) {
    const std::string here = at + "[" + std::to_string(place) + "]";
    if (std::string unlikeness = difference(expected[place], answer[place], names, here);
        !unlikeness.empty())
      return unlikeness;
  }
  return "";
}

std::string difference_of_sets(const Json& expected, bool all, const Json& answer, Names& names,
                               const std::string& at) {
  if (!answer.is_array() || (all && answer.size() != expected.size()))
    return unlike(expected, answer, at);
  for (const Json& wanted : expected)
    if (std::ranges::none_of(
            answer, [&](const Json& one) { return difference(wanted, one, names, at).empty(); }))
      return unlike(expected, answer, at);
  return "";
}

}  // namespace

std::string difference(const Json& expected, const Json& answer, Names& names,
                       const std::string& at) {
  if (expected.is_string())
    return fits_text(expected.get_ref<const std::string&>(), answer, names)
               ? ""
               : unlike(names.meant(expected), answer, at);
  if (expected.is_array()) return difference_of_lists(expected, answer, names, at);
  if (!expected.is_object()) return expected == answer ? "" : unlike(expected, answer, at);
  for (const char* name : {"$any_order", "$some"})
    if (const auto set = expected.find(name); set != expected.end())
      return difference_of_sets(*set, name == std::string_view("$any_order"), answer, names, at);
  if (!answer.is_object() || (is_closed(at) && answer.size() != expected.size()))
    return unlike(expected, answer, at);
  for (const auto& [name, value] : expected.items()) {
    const auto field = answer.find(name);
    if (field == answer.end()) return at + "." + name + " is absent";
    if (std::string unlikeness = difference(value, *field, names, at + "." + name);
        !unlikeness.empty())
      return unlikeness;
  }
  return "";
}

}  // namespace assistants_mock::tests::model
