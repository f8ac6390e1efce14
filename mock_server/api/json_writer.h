#pragma once
// Writes JSON text straight into a string, keys in the order they are given. Twice as fast as
// building a tree first, and it writes numbers the way the service did (1.0, not 1).
#include <concepts>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace assistants_mock::mock_server::api {

// How the service spaced its JSON: answers over two spaces, the data of events on one line
// (docs/wire/objects.md, "Bytes").
enum class Layout { indented, compact };

// Appends `text` as a JSON string; bytes that are not UTF-8 become U+FFFD.
void append_quoted(std::string& out, std::string_view text);

class JsonWriter {
 public:
  JsonWriter(std::string& out, Layout layout) : out_(out), layout_(layout) {}

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }

  // The name of the next value in an object.
  void key(std::string_view name);

  void text(std::string_view value);  // as append_quoted() does
  void integer(std::int64_t value);
  void decimal(double value);  // always with a point or an exponent
  void boolean(bool value);
  void null();
  void json(const nlohmann::ordered_json& value);

  // Ready JSON in this writer's own layout and depth, unchanged.
  void raw(std::string_view value);

  // Shorthands: a key with its value.
  void member(std::string_view name, std::string_view value) { key(name), text(value); }
  void member(std::string_view name, const char* value) { key(name), text(value); }
  void member(std::string_view name, std::int64_t value) { key(name), integer(value); }
  void member(std::string_view name, bool value) { key(name), boolean(value); }
  void member(std::string_view name, double value) { key(name), decimal(value); }
  template <std::same_as<nlohmann::ordered_json> Json>  // a text is no JSON value here
  void member(std::string_view name, const Json& value) {
    key(name), json(value);
  }
  template <class T>
  void member(std::string_view name, const std::optional<T>& value) {
    if (value)
      member(name, *value);
    else
      null_member(name);
  }
  void null_member(std::string_view name) { key(name), null(); }

 private:
  void open(char bracket);
  void close(char bracket);
  void before_value();
  void line_break();

  std::string& out_;
  Layout layout_;
  int depth_ = 0;
  bool first_ = true;  // nothing yet in the innermost object or array
  bool after_key_ = false;
};

}  // namespace assistants_mock::mock_server::api
