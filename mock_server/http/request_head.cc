#include "mock_server/http/request_head.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "mock_server/http/header_text.h"

namespace assistants_mock::mock_server::http {
namespace {

using Verdict = std::optional<Refusal>;  // nothing: go on

Refusal malformed(std::string_view what) {
  return {api::api_error::head_malformed(what), true};
}

Refusal doubtful(std::string_view what) {
  return {api::api_error::framing_refused(what)};
}

// The text up to `end`, which is taken off `rest` along with it.
std::string_view take_until(std::string_view& rest, std::string_view end) {
  const std::size_t at = rest.find(end);
  const std::string_view taken = rest.substr(0, at);
  rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + end.size());
  return taken;
}

bool is_version(std::string_view text) {
  const auto digit = [](char letter) { return letter >= '0' && letter <= '9'; };
  return text.size() == 8 && text.starts_with("HTTP/") && digit(text[5]) && text[6] == '.' &&
         digit(text[7]);
}

class HeadParser {
 public:
  HeadParser(const Limits& limits, RequestHead& head) : limits_(limits), head_(head) {}

  Verdict take_request_line(std::string_view line) {
    const std::string_view method = take_until(line, " ");
    const std::string_view target = take_until(line, " ");
    if (!is_token(method) || !is_target(target) || !is_version(line))
      return malformed("its first line is not a method, a target and a version");
    head_.method = method;
    head_.target = target;
    head_.http_1_0 = line == "HTTP/1.0";
    if (line != "HTTP/1.1" && !head_.http_1_0)
      return Refusal{api::api_error::version_unknown(), true};
    return {};
  }

  Verdict take_header(std::string_view line) {
    if (head_.headers.size() == limits_.headers)
      return Refusal{api::api_error::too_many_headers(limits_), true};
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return malformed("a header has no colon");
    const std::string_view name = line.substr(0, colon);
    const std::string_view value = trimmed(line.substr(colon + 1));
    // A line that begins with a space would continue the one before; its "name" is no token.
    if (!is_token(name)) return malformed("the name of a header has other letters than names have");
    if (!is_header_value(value)) return malformed("a header has control characters");
    head_.headers.emplace_back(name, value);
    note(name, value);
    return {};
  }

  // What only the whole head can say. Of several reasons the one that leaves the end of the request
  // in doubt comes first.
  Verdict finish() {
    if (lengths_ + codings_ > 1)
      return doubtful("Content-Length and Transfer-Encoding may be sent once, and not both");
    if (bad_length_) return doubtful("Content-Length is no number");
    if (head_.http_1_0 && codings_ > 0) return doubtful("HTTP/1.0 has no chunks");
    if (hosts_ > 1) return doubtful("the Host header may be sent once");
    if (head_.method == "HEAD" && (codings_ > 0 || head_.content_length > 0))
      return doubtful("a HEAD request carries no body");
    if (codings_ > 0 && !head_.chunked) return Refusal{api::api_error::coding_unknown()};
    if (encoded_) return Refusal{api::api_error::encoding_refused()};
    if (bad_expectation_) return Refusal{api::api_error::expectation_unknown()};
    if (head_.http_1_0) {
      head_.expects_continue = false;
      head_.closes = true;
    }
    return {};
  }

 private:
  static bool is_target(std::string_view text) {
    return !text.empty() && text.find('\t') == std::string_view::npos && is_header_value(text);
  }

  void note(std::string_view name, std::string_view value) {
    if (equals_without_case(name, "Content-Length")) {
      note_length(value);
    } else if (equals_without_case(name, "Transfer-Encoding")) {
      ++codings_;
      head_.chunked = equals_without_case(value, "chunked");
    } else if (equals_without_case(name, "Content-Encoding")) {
      encoded_ = encoded_ || !equals_without_case(value, "identity");
    } else if (equals_without_case(name, "Expect")) {
      head_.expects_continue = equals_without_case(value, "100-continue");
      bad_expectation_ = bad_expectation_ || !head_.expects_continue;
    } else if (equals_without_case(name, "Connection")) {
      head_.closes = head_.closes || list_contains(value, "close");
    } else if (equals_without_case(name, "Host")) {
      ++hosts_;
    }
  }

  void note_length(std::string_view value) {
    ++lengths_;
    bad_length_ = value.empty() || value.find_first_not_of("0123456789") != value.npos;
    if (bad_length_) return;
    const char* const end = value.data() + value.size();
    if (std::from_chars(value.data(), end, head_.content_length).ec != std::errc{})
      head_.content_length = std::numeric_limits<std::size_t>::max();
  }

  const Limits& limits_;
  RequestHead& head_;
  int lengths_ = 0;
  int codings_ = 0;
  int hosts_ = 0;
  bool bad_length_ = false;
  bool bad_expectation_ = false;
  bool encoded_ = false;
};

}  // namespace

HeadScan scan_head(std::string_view bytes, std::size_t scanned) {
  for (std::size_t at = scanned; at < bytes.size(); ++at) {
    const auto code = static_cast<unsigned char>(bytes[at]);
    const bool after_return = at > 0 && bytes[at - 1] == '\r';
    if (after_return != (code == '\n')) return {HeadScan::State::malformed};
    if (code == '\n' && at >= 3 && bytes.substr(at - 3, 4) == "\r\n\r\n")
      return {HeadScan::State::complete, at + 1};
    const bool line_or_tab = code == '\r' || code == '\n' || code == '\t';
    if ((code < 0x20 && !line_or_tab) || code == 0x7f) return {HeadScan::State::malformed};
  }
  return {HeadScan::State::incomplete};
}

std::optional<Refusal> read_request_head(std::string_view text, const Limits& limits,
                                         RequestHead& head) {
  if (text.size() > limits.head_bytes) return Refusal{api::api_error::head_too_large(limits), true};
  HeadParser parser(limits, head);
  if (Verdict refused = parser.take_request_line(take_until(text, "\r\n"))) return refused;
  while (true) {
    const std::string_view line = take_until(text, "\r\n");
    if (line.empty()) return parser.finish();
    if (Verdict refused = parser.take_header(line)) return refused;
  }
}

}  // namespace assistants_mock::mock_server::http
