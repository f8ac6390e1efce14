#include "mock_server/api/body_parser.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "mock_server/api/api_error.h"

namespace assistants_mock::mock_server::api {
namespace {

using Object = Body::object_t;

// As the vector beneath does it, which does not look for the key first.
void append(Object& object, std::string key, Body value) {
  object.std::vector<Object::value_type>::emplace_back(std::move(key), std::move(value));
}

bool has_repeated_key(const Object& object) {
  constexpr std::size_t few = 16;  // for which comparing all pairs is cheaper than sorting
  if (object.size() <= few) {
    for (auto one = object.begin(); one != object.end(); ++one)
      for (auto other = object.begin(); other != one; ++other)
        if (one->first == other->first) return true;
    return false;
  }
  std::vector<std::string_view> keys;
  keys.reserve(object.size());
  for (const auto& [key, value] : object) keys.emplace_back(key);
  std::ranges::sort(keys);
  return std::ranges::adjacent_find(keys) != keys.end();
}

// Keeps, of the entries of one key, the place of the first and the value of the last.
void drop_repeated_keys(Object& object) {
  std::unordered_map<std::string_view, Body*> last_value;
  for (auto& [key, value] : object) last_value[key] = &value;
  Object kept;
  for (const auto& [key, value] : object) {
    Body*& last = last_value[key];
    if (!last) continue;  // this key was kept before
    append(kept, key, std::move(*last));
    last = nullptr;
  }
  object = std::move(kept);
}

// Builds the value from the events of nlohmann's reader; answering false ends the reading.
class BodyBuilder {
 public:
  explicit BodyBuilder(const Limits& limits) : limits_(limits) {}

  Body take() { return std::move(root_); }

  bool null() { return add(nullptr); }
  bool boolean(bool value) { return add(value); }
  bool number_integer(std::int64_t value) { return add(value); }
  bool number_unsigned(std::uint64_t value) { return add(value); }
  bool number_float(double value, const std::string& text) {
    const bool is_integer_beyond_64_bits = text.find_first_of(".eE") == std::string::npos;
    return !is_integer_beyond_64_bits && add(value);
  }
  bool string(std::string& value) { return add(std::move(value)); }
  bool binary(Body::binary_t&) { return false; }

  bool start_object(std::size_t) { return open(Body::object()); }
  bool key(std::string& name) {
    auto& object = open_.back()->get_ref<Object&>();
    if (object.size() >= limits_.json_keys)
      throw api_error::over_limit(limits_, &Limits::json_keys);
    append(object, std::move(name), nullptr);
    return true;
  }
  bool end_object() {
    auto& object = open_.back()->get_ref<Object&>();
    if (has_repeated_key(object)) drop_repeated_keys(object);
    open_.pop_back();
    return true;
  }

  bool start_array(std::size_t) { return open(Body::array()); }
  bool end_array() {
    open_.pop_back();
    return true;
  }

  static bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) {
    return false;
  }

 private:
  // Where the next value goes: after the last key, at the end of the array, or the root.
  template <typename Value>
  Body& place(Value&& value) {
    if (open_.empty()) return root_ = Body(std::forward<Value>(value));
    if (open_.back()->is_array())
      return open_.back()->get_ref<Body::array_t&>().emplace_back(std::forward<Value>(value));
    return open_.back()->get_ref<Object&>().back().second = Body(std::forward<Value>(value));
  }

  template <typename Value>
  bool add(Value&& value) {
    place(std::forward<Value>(value));
    return true;
  }

  bool open(Body container) {
    if (open_.size() == limits_.json_depth)
      throw api_error::over_limit(limits_, &Limits::json_depth);
    open_.push_back(&place(std::move(container)));
    return true;
  }

  const Limits& limits_;
  Body root_;
  // The containers around the next value. A container does not move while one inside it is open.
  std::vector<Body*> open_;
};

}  // namespace

Body parse_body(std::string_view text, const Limits& limits) {
  if (text.empty()) return Body::object();
  // Two things that nlohmann's reader lets pass: it skips a byte order mark, which JSON must not
  // begin with (RFC 8259, section 8.1), and takes a null byte for the end of the text.
  const bool has_mark = text.starts_with("\xEF\xBB\xBF");
  if (has_mark || text.find('\0') != std::string_view::npos) throw api_error::body_not_json();
  BodyBuilder builder(limits);
  if (!Body::sax_parse(text, &builder)) throw api_error::body_not_json();
  return builder.take();
}

}  // namespace assistants_mock::mock_server::api
