#include "mock_server/api/json_writer.h"

#include <array>
#include <charconv>

namespace assistants_mock::mock_server::api {
namespace {

// The length of the well-formed UTF-8 sequence that `text` begins with; 0 when there is none.
std::size_t utf8_sequence(std::string_view text) {
  const auto byte = [&](std::size_t place) { return static_cast<unsigned char>(text[place]); };
  const unsigned char lead = byte(0);
  const std::size_t length = lead < 0x80   ? 1
                             : lead < 0xC2 ? 0
                             : lead < 0xE0 ? 2
                             : lead < 0xF0 ? 3
                             : lead < 0xF5 ? 4
                                           : 0;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t place = 1; place < length; ++place)
    if ((byte(place) & 0xC0) != 0x80) return 0;
  const bool overlong = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xF0 && byte(1) < 0x90);
  const bool surrogate = lead == 0xED && byte(1) > 0x9F;
  const bool too_high = lead == 0xF4 && byte(1) > 0x8F;
  return overlong || surrogate || too_high ? 0 : length;
}

// Which bytes stand in a JSON string as they are.
constexpr auto plain_bytes = [] {
  std::array<bool, 256> plain{};
  for (std::size_t byte = 0x20; byte < 0x80; ++byte) plain[byte] = byte != '"' && byte != '\\';
  return plain;
}();

bool plain(char character) {
  return plain_bytes[static_cast<unsigned char>(character)];
}

void escape(std::string& out, char character) {
  constexpr std::string_view letters = "btn\vfr";  // \b is 8, \r is 13; \v has no short form
  const auto byte = static_cast<unsigned char>(character);
  out += '\\';
  if (character == '"' || character == '\\') {
    out += character;
  } else if (byte >= 8 && byte <= 13 && byte != 11) {
    out += letters[byte - 8U];
  } else {
    constexpr std::string_view digits = "0123456789abcdef";
    out += "u00";
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
  }
}

}  // namespace

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    std::size_t run = 0;
    while (run < text.size() && plain(text[run])) ++run;
    out += text.substr(0, run);
    text.remove_prefix(run);
    if (text.empty()) break;
    const std::size_t sequence = utf8_sequence(text);
    if (sequence == 0) {
      out += "\xEF\xBF\xBD";
    } else if (sequence == 1) {
      escape(out, text[0]);
    } else {
      out += text.substr(0, sequence);
    }
    text.remove_prefix(sequence == 0 ? 1 : sequence);
  }
  out += '"';
}

void JsonWriter::line_break() {
  if (layout_ == Layout::compact) return;
  out_ += '\n';
  out_.append(static_cast<std::size_t>(depth_) * 2, ' ');
}

void JsonWriter::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (depth_ == 0) return;
  if (!first_) out_ += ',';
  first_ = false;
  line_break();
}

void JsonWriter::open(char bracket) {
  before_value();
  out_ += bracket;
  ++depth_;
  first_ = true;
}

void JsonWriter::close(char bracket) {
  --depth_;
  if (!first_) line_break();
  out_ += bracket;
  first_ = false;
}

void JsonWriter::key(std::string_view name) {
  before_value();
  append_quoted(out_, name);
  out_ += layout_ == Layout::compact ? ":" : ": ";
  after_key_ = true;
}

void JsonWriter::text(std::string_view value) {
  before_value();
  append_quoted(out_, value);
}

void JsonWriter::integer(std::int64_t value) {
  before_value();
  std::array<char, 24> digits{};
  out_.append(digits.data(),
              std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
}

void JsonWriter::decimal(double value) {
  before_value();
  std::array<char, 40> digits{};
  const char* end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  const std::string_view spelled(digits.data(), static_cast<std::size_t>(end - digits.data()));
  out_ += spelled;
  if (spelled.find_first_of(".en") == std::string_view::npos) out_ += ".0";
}

void JsonWriter::boolean(bool value) {
  before_value();
  out_ += value ? "true" : "false";
}

void JsonWriter::null() {
  before_value();
  out_ += "null";
}

void JsonWriter::raw(std::string_view value) {
  before_value();
  out_ += value;
}

void JsonWriter::json(const nlohmann::ordered_json& value) {
  switch (value.type()) {
    case nlohmann::json::value_t::object:
      begin_object();
      for (const auto& [name, member] : value.items()) key(name), json(member);
      return end_object();
    case nlohmann::json::value_t::array:
      begin_array();
      for (const auto& item : value) json(item);
      return end_array();
    case nlohmann::json::value_t::string:
      return text(value.get_ref<const std::string&>());
    case nlohmann::json::value_t::boolean:
      return boolean(value.get<bool>());
    case nlohmann::json::value_t::number_integer:
      return integer(value.get<std::int64_t>());
    case nlohmann::json::value_t::number_float:
      return decimal(value.get<double>());
    case nlohmann::json::value_t::number_unsigned:
      return raw(value.dump());
    case nlohmann::json::value_t::null:
    case nlohmann::json::value_t::binary:
    case nlohmann::json::value_t::discarded:
      return null();
  }
}

}  // namespace assistants_mock::mock_server::api
