// How clients write the names of fields and files, each understood here:
//   - browsers, Node and curl: `"` as %22, CR as %0D, LF as %0A, everything else as it is
//     (WHATWG HTML, "Multipart form data"); a backslash is a backslash;
//   - older curl, and RFC 2616 readers: `"` as \" and a backslash as \\;
//   - httpx: `"` as %22, a backslash as two;
//   - without quotes, up to the next semicolon;
//   - older Python requests: filename*=utf-8''…, in the form of RFC 5987.
#include "mock_server/api/part_head.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

#include "mock_server/api/letter_case.h"
#include "scenarios/utf8.h"

namespace assistants_mock::mock_server::api {
namespace {

constexpr std::string_view blanks = " \t";
constexpr std::size_t longest_boundary = 70;

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = scenarios::character_bytes(text, at);
    if (bytes == 0) return false;
    at += bytes;
  }
  return true;
}

// ---- Parameters: `; name="a"; filename=b` ------------------------------------------------------

struct Parameter {
  std::string_view name;
  std::string_view text;  // without the quotes around it, still escaped
  std::size_t offset;     // of its name
};

// What a header says: its first word and its parameters.
struct HeaderValue {
  std::string_view word;
  std::vector<Parameter> parameters;

  // Null when there is none.
  const Parameter* find(std::string_view name) const {
    const auto found = std::ranges::find_if(
        parameters, [&](const Parameter& each) { return equals_without_case(each.name, name); });
    return found == parameters.end() ? nullptr : &*found;
  }
};

// Reads a header's value piece by piece. `offset` is that of the value, for mistakes.
class ValueReader {
 public:
  ValueReader(std::string_view value, std::size_t offset) : value_(value), offset_(offset) {}

  std::variant<HeaderValue, MultipartMistake> read() {
    HeaderValue header{trimmed(take_until(";")), {}};
    while (at_ < value_.size()) {
      ++at_;  // the semicolon
      skip_blanks();
      if (at_ == value_.size()) break;  // some end with a semicolon
      if (!read_parameter(header)) return mistake_;
    }
    return header;
  }

 private:
  bool read_parameter(HeaderValue& header) {
    Parameter parameter{{}, {}, offset_ + at_};
    const std::size_t begin = at_;
    parameter.name = trimmed(take_until("=;"));
    if (parameter.name.empty() || at_ == value_.size() || value_[at_] != '=')
      return fail(begin, "a parameter, as name=\"value\"");
    ++at_;
    skip_blanks();
    const bool quoted = at_ < value_.size() && value_[at_] == '"';
    if (quoted && !take_quoted(parameter)) return false;
    if (!quoted) parameter.text = trimmed(take_until(";"));
    if (header.find(parameter.name) != nullptr)
      return fail(begin, "each parameter once: " + std::string(parameter.name));
    header.parameters.push_back(parameter);
    return true;
  }

  bool take_quoted(Parameter& parameter) {
    const std::size_t begin = ++at_;
    while (at_ < value_.size() && value_[at_] != '"') at_ += is_escape(at_) ? 2 : 1;
    if (at_ >= value_.size()) return fail(value_.size(), "the closing quote");
    parameter.text = value_.substr(begin, at_ - begin);
    ++at_;
    skip_blanks();
    return at_ == value_.size() || value_[at_] == ';' || fail(at_, "a semicolon");
  }

  // A backslash before the last quote of all does not escape it: it ends the name of a folder, sent
  // by a client to which a backslash is a backslash.
  bool is_escape(std::size_t at) const {
    if (value_[at] != '\\' || at + 1 == value_.size()) return false;
    if (value_[at + 1] == '\\') return true;
    return value_[at + 1] == '"' && value_.find('"', at + 2) != std::string_view::npos;
  }

  std::string_view take_until(std::string_view ends) {
    const std::size_t begin = at_;
    at_ = std::min(value_.find_first_of(ends, at_), value_.size());
    return value_.substr(begin, at_ - begin);
  }

  void skip_blanks() { at_ = std::min(value_.find_first_not_of(blanks, at_), value_.size()); }

  bool fail(std::size_t at, std::string expected) {
    mistake_ = {offset_ + at, std::move(expected)};
    return false;
  }

  std::string_view value_;
  std::size_t offset_;
  std::size_t at_ = 0;
  MultipartMistake mistake_;
};

// ---- Escapes -----------------------------------------------------------------------------------

// The three that browsers write, in the capitals they write them in (a file may well be called
// "100%25"), and the two of quoted strings that other clients write.
constexpr std::array<std::pair<std::string_view, char>, 5> escapes{
    {{"%22", '"'}, {"%0D", '\r'}, {"%0A", '\n'}, {"\\\"", '"'}, {"\\\\", '\\'}}};

std::string unescaped(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  while (!text.empty()) {
    const auto* escape = std::ranges::find_if(
        escapes, [&](const auto& each) { return text.starts_with(each.first); });
    plain += escape == escapes.end() ? text.front() : escape->second;
    text.remove_prefix(escape == escapes.end() ? 1 : escape->first.size());
  }
  return plain;
}

// True when every % was followed by two hexadecimal digits.
bool decode_percents(std::string_view text, std::string& decoded) {
  while (!text.empty()) {
    unsigned char byte = 0;
    const std::string_view digits = text.substr(1, 2);
    if (text.front() != '%') {
      decoded += text.front();
    } else {
      const char* end = digits.data() + digits.size();
      if (digits.size() != 2 || std::from_chars(digits.data(), end, byte, 16).ptr != end)
        return false;
      decoded += static_cast<char>(byte);
    }
    text.remove_prefix(text.front() == '%' ? 3 : 1);
  }
  return true;
}

std::string utf8_of_latin1(std::string_view text) {
  std::string utf8;
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    if (byte < 0x80) {
      utf8 += letter;
    } else {
      utf8 += static_cast<char>(0xC0 | byte >> 6);
      utf8 += static_cast<char>(0x80 | (byte & 0x3F));
    }
  }
  return utf8;
}

// charset'language'text with its %XX resolved (RFC 5987, section 3.2).
std::optional<std::string> extended_value(std::string_view text) {
  const std::size_t charset_end = text.find('\'');
  if (charset_end == std::string_view::npos) return std::nullopt;
  const std::size_t language_end = text.find('\'', charset_end + 1);
  if (language_end == std::string_view::npos) return std::nullopt;
  std::string decoded;
  if (!decode_percents(text.substr(language_end + 1), decoded)) return std::nullopt;
  const std::string_view charset = text.substr(0, charset_end);
  if (equals_without_case(charset, "UTF-8")) return decoded;
  if (equals_without_case(charset, "ISO-8859-1")) return utf8_of_latin1(decoded);
  return std::nullopt;
}

// ---- Header lines ------------------------------------------------------------------------------

struct HeaderLine {
  std::string_view name;
  std::string_view value;
  std::size_t value_offset;
};

class HeadReader {
 public:
  explicit HeadReader(std::string_view lines) : lines_(lines) {}

  std::variant<PartHead, MultipartMistake> read() {
    while (at_ < lines_.size())
      if (!read_line()) return mistake_;
    if (!disposition_) {
      fail(lines_.size(), "the header Content-Disposition of the part");
      return mistake_;
    }
    return std::move(head_);
  }

 private:
  bool read_line() {
    const std::size_t begin = at_;
    const std::size_t end = std::min(lines_.find("\r\n", begin), lines_.size());
    const std::string_view line = lines_.substr(begin, end - begin);
    at_ = std::min(end + 2, lines_.size());
    const std::size_t colon = line.find(':');
    const std::size_t name_end = line.find_first_of(": \t");
    if (colon == std::string_view::npos || colon == 0 || name_end != colon)
      return fail(begin, "a header line, as Name: value");
    const auto* control = std::ranges::find_if(line, [](char letter) {
      return (static_cast<unsigned char>(letter) < 0x20 && letter != '\t') || letter == 0x7F;
    });
    if (control != line.end())
      return fail(begin + static_cast<std::size_t>(control - line.begin()),
                  "no control characters in a header line");
    return understand({line.substr(0, colon), line.substr(colon + 1), begin + colon + 1});
  }

  bool understand(const HeaderLine& line) {
    if (equals_without_case(line.name, "Content-Disposition")) return read_disposition(line);
    if (equals_without_case(line.name, "Content-Type")) {
      if (head_.content_type) return fail(line.value_offset, "Content-Type once in a part");
      head_.content_type = trimmed(line.value);
      return is_utf8(*head_.content_type) || fail(line.value_offset, "UTF-8");
    }
    // Data in another coding would be taken for what it is not.
    if (equals_without_case(line.name, "Content-Transfer-Encoding")) {
      const std::string_view coding = trimmed(line.value);
      return equals_without_case(coding, "binary") || equals_without_case(coding, "8bit") ||
             equals_without_case(coding, "7bit") || fail(line.value_offset, "binary, 8bit or 7bit");
    }
    return true;
  }

  bool read_disposition(const HeaderLine& line) {
    if (disposition_) return fail(line.value_offset, "Content-Disposition once in a part");
    disposition_ = true;
    auto read = ValueReader(line.value, line.value_offset).read();
    if (const auto* mistake = std::get_if<MultipartMistake>(&read)) {
      mistake_ = *mistake;
      return false;
    }
    const HeaderValue& header = std::get<HeaderValue>(read);
    if (!equals_without_case(header.word, "form-data")) return fail(line.value_offset, "form-data");
    std::optional<std::string> name;
    if (!read_name(header, "name", name) || !read_name(header, "filename", head_.filename))
      return false;
    if (!name) return fail(line.value_offset, "the parameter name");
    head_.name = std::move(*name);
    return true;
  }

  // The extended form goes before the plain one, which clients add for those who do not know it.
  bool read_name(const HeaderValue& header, const std::string& name,
                 std::optional<std::string>& read) {
    const Parameter* parameter = header.find(name + '*');
    if (parameter != nullptr) {
      read = extended_value(parameter->text);
      if (!read) return fail(parameter->offset, name + "*=UTF-8''text, bytes written as %XX");
    } else {
      parameter = header.find(name);
      if (parameter != nullptr) read = unescaped(parameter->text);
    }
    return !read || is_utf8(*read) || fail(parameter->offset, "UTF-8");
  }

  bool fail(std::size_t offset, std::string expected) {
    mistake_ = {offset, std::move(expected)};
    return false;
  }

  std::string_view lines_;
  std::size_t at_ = 0;
  bool disposition_ = false;
  PartHead head_;
  MultipartMistake mistake_;
};

}  // namespace

std::variant<PartHead, MultipartMistake> read_part_head(std::string_view lines) {
  return HeadReader(lines).read();
}

std::variant<std::string, MultipartMistake> read_boundary(std::string_view content_type) {
  auto read = ValueReader(content_type, 0).read();
  if (const auto* mistake = std::get_if<MultipartMistake>(&read)) return *mistake;
  const HeaderValue& header = std::get<HeaderValue>(read);
  if (!equals_without_case(header.word, "multipart/form-data"))
    return MultipartMistake{0, "multipart/form-data"};
  const Parameter* boundary = header.find("boundary");
  if (boundary == nullptr) return MultipartMistake{content_type.size(), "the parameter boundary"};
  const std::string_view text = boundary->text;
  const bool printable = std::ranges::all_of(
      text, [](char letter) { return letter >= ' ' && letter <= '~' && letter != '"'; });
  if (text.empty() || text.size() > longest_boundary || !printable || text.back() == ' ')
    return MultipartMistake{boundary->offset,
                            "a boundary of 1 to 70 printable characters, the last no space"};
  return std::string(text);
}

}  // namespace assistants_mock::mock_server::api
