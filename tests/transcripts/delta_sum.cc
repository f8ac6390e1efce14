#include "tests/transcripts/delta_sum.h"

#include <algorithm>
#include <string_view>

namespace assistants_mock::tests {
namespace {

Json without_index(Json item) {
  if (item.is_object()) item.erase("index");
  return item;
}

}  // namespace

std::string text_at(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

Json list_at(const Json& object, const std::string& pointer) {
  const Json::json_pointer place(pointer);
  return object.contains(place) && object.at(place).is_array() ? object.at(place) : Json::array();
}

bool merge(Json& whole, const Json& delta) {
  bool once = true;
  for (const auto& [key, value] : delta.items()) {
    if (key == "index") continue;
    Json& known = whole[key];
    if ((known.is_null() || known.is_object()) && value.is_object()) {
      if (known.is_null()) known = Json::object();
      once = merge(known, value) && once;
    } else if (known.is_string() && value.is_string() && key != "type") {
      known = known.get<std::string>() + value.get<std::string>();
    } else if ((known.is_null() || known.is_array()) && value.is_array()) {
      if (known.is_null()) known = Json::array();
      for (const Json& item : value) {
        once = once && item.value("index", Json()) == Json(known.size());
        known.push_back(without_index(item));
      }
    } else {
      once = once && !known.is_number();
      known = value;
    }
  }
  return once;
}

Json as_told_by_deltas(Json call) {
  if (call.contains("file_search")) call["file_search"] = Json::object();
  return call;
}

Json as_told_in_whole(Json part) {
  if (text_at(part, "type") != "text") return part;
  for (Json& annotation : part["text"]["annotations"])
    if (annotation.contains("file_citation")) annotation["file_citation"].erase("quote");
  return part;
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

}  // namespace assistants_mock::tests
