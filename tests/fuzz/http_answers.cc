#include "tests/fuzz/http_answers.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "tests/fuzz/contract.h"

namespace assistants_mock::tests {
namespace {

constexpr std::string_view version = "HTTP/1.1 ";

class AnswerReader {
 public:
  AnswerReader(std::string_view bytes, bool sent_head) : rest_(bytes), sent_head_(sent_head) {}

  std::vector<HttpAnswer> read() {
    std::vector<HttpAnswer> answers;
    while (!rest_.empty()) answers.push_back(read_answer());
    return answers;
  }

 private:
  HttpAnswer read_answer() {
    HttpAnswer answer;
    answer.status = read_status(take_line());
    for (std::string_view line = take_line(); !line.empty(); line = take_line())
      answer.headers.push_back(read_header(line));
    read_body(answer);
    return answer;
  }

  static int read_status(std::string_view line) {
    require(line.starts_with(version), "no status line: " + std::string(line));
    line.remove_prefix(version.size());
    const auto status = number(line.substr(0, 3), 10);
    require(status && *status >= 100 && *status <= 599 && line.substr(3).starts_with(' '),
            "no status: " + std::string(line));
    return static_cast<int>(*status);
  }

  static std::pair<std::string, std::string> read_header(std::string_view line) {
    const std::size_t colon = line.find(": ");
    const bool named = colon != std::string_view::npos && colon > 0 &&
                       std::ranges::all_of(line.substr(0, colon), [](char letter) {
                         return letter > ' ' && letter < 0x7F && letter != ':';
                       });
    const bool plain = std::ranges::none_of(line, [](char letter) {
      return (letter >= 0 && letter < ' ' && letter != '\t') || letter == 0x7F;
    });
    require(named && plain, "no header: " + std::string(line));
    return {std::string(line.substr(0, colon)), std::string(line.substr(colon + 2))};
  }

  void read_body(HttpAnswer& answer) {
    const bool chunked = answer.header("Transfer-Encoding") == "chunked";
    const std::string_view length = answer.header("Content-Length");
    require(!chunked || length.empty(), "an answer with two framings");
    if (answer.status < 200 || answer.status == 204) return;
    const bool bodiless = rest_.empty() || rest_.starts_with(version);
    if (bodiless && length != "0" && sent_head_) {
      answer.to_head = true;
    } else if (chunked) {
      read_chunks(answer);
    } else if (!length.empty()) {
      const auto size = number(length, 10);
      require(size.has_value(), "no length: " + std::string(length));
      answer.body = take(*size);
    } else {
      require(answer.header("Connection") == "close", "an answer without an end");
      answer.until_close = true;
      answer.body = take(rest_.size());
    }
  }

  void read_chunks(HttpAnswer& answer) {
    while (true) {
      const std::string_view line = take_line();
      const auto size = number(line, 16);
      require(size.has_value(), "no chunk: " + std::string(line));
      answer.body += take(*size);
      require(take_line().empty(), "a chunk that is longer than it says");
      if (*size == 0) return;
    }
  }

  // All of `text` as a number.
  static std::optional<std::size_t> number(std::string_view text, int base) {
    std::size_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
    return value;
  }

  std::string_view take_line() {
    const std::size_t end = rest_.find("\r\n");
    require(end != std::string_view::npos, "a line without its end: " + std::string(rest_));
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end + 2);
    return line;
  }

  std::string_view take(std::size_t size) {
    require(size <= rest_.size(), "a body that breaks off");
    const std::string_view bytes = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return bytes;
  }

  std::string_view rest_;
  bool sent_head_;
};

}  // namespace

std::vector<HttpAnswer> read_answers(std::string_view bytes, bool sent_head) {
  return AnswerReader(bytes, sent_head).read();
}

}  // namespace assistants_mock::tests
