#include "mock_server/http/request_head.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "mock_server/http/header_text.h"

namespace assistants_mock::mock_server::http {
namespace {

constexpr Refusal bad_line{400, "The request line is malformed."};
constexpr Refusal bad_header{400, "A request header is malformed."};
constexpr Refusal bad_length{400, "The Content-Length header is malformed."};
constexpr Refusal bad_framing{
    400, "Content-Length and Transfer-Encoding may be sent once, and not both."};
constexpr Refusal bad_host{400, "The Host header may be sent once."};
constexpr Refusal head_with_body{400, "A HEAD request carries no body."};
constexpr Refusal body_too_large{413, "The request body is too large."};
constexpr Refusal encoded_body{415, "Request bodies with a Content-Encoding are not supported."};
constexpr Refusal unknown_expectation{417, "The only expectation supported is 100-continue."};
constexpr Refusal too_many_headers{431, "The request has too many headers."};
constexpr Refusal unknown_coding{501, "The only transfer coding supported is chunked."};
constexpr Refusal unknown_version{505, "The HTTP versions supported are 1.0 and 1.1."};

using Verdict = std::optional<Refusal>;  // nothing: go on

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
  explicit HeadParser(const FrontLimits& limits) : limits_(limits) {}

  Verdict take_request_line(std::string_view line) {
    head_.method = take_until(line, " ");
    head_.target = take_until(line, " ");
    if (!is_token(head_.method) || !is_target(head_.target) || !is_version(line)) return bad_line;
    if (line != "HTTP/1.1" && line != "HTTP/1.0") return unknown_version;
    head_.http_1_0 = line == "HTTP/1.0";
    return {};
  }

  Verdict take_header(std::string_view line) {
    if (head_.headers.size() == limits_.headers) return too_many_headers;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return bad_header;
    const std::string_view name = line.substr(0, colon);
    const std::string_view value = trimmed(line.substr(colon + 1));
    // A line that begins with a space would continue the one before; its "name" is no token.
    if (!is_token(name) || !is_header_value(value)) return bad_header;
    head_.headers.emplace_back(name, value);
    return note(name, value);
  }

  // What only the whole head can say.
  Verdict finish() {
    if (lengths_ + codings_ > 1 || hosts_ > 1) return hosts_ > 1 ? bad_host : bad_framing;
    if (head_.http_1_0 && head_.chunked) return bad_framing;
    if (head_.content_length > limits_.body_bytes) return body_too_large;
    if (head_.method == "HEAD" && (head_.chunked || head_.content_length > 0))
      return head_with_body;
    if (head_.http_1_0) {
      head_.expects_continue = false;
      head_.closes = true;
    }
    return {};
  }

  RequestHead take() { return std::move(head_); }

 private:
  static bool is_target(std::string_view text) {
    return !text.empty() && text.find('\t') == std::string_view::npos && is_header_value(text);
  }

  Verdict note(std::string_view name, std::string_view value) {
    if (equals_without_case(name, "Content-Length")) return note_length(value);
    if (equals_without_case(name, "Transfer-Encoding")) {
      ++codings_;
      head_.chunked = equals_without_case(value, "chunked");
      if (!head_.chunked) return unknown_coding;
    } else if (equals_without_case(name, "Content-Encoding")) {
      if (!equals_without_case(value, "identity")) return encoded_body;
    } else if (equals_without_case(name, "Expect")) {
      head_.expects_continue = equals_without_case(value, "100-continue");
      if (!head_.expects_continue) return unknown_expectation;
    } else if (equals_without_case(name, "Connection")) {
      head_.closes = head_.closes || list_contains(value, "close");
    } else if (equals_without_case(name, "Host")) {
      ++hosts_;
    }
    return {};
  }

  Verdict note_length(std::string_view value) {
    ++lengths_;
    const bool digits = !value.empty() && value.find_first_not_of("0123456789") == value.npos;
    if (!digits) return bad_length;
    const char* const end = value.data() + value.size();
    if (std::from_chars(value.data(), end, head_.content_length).ec != std::errc{})
      return body_too_large;
    return {};
  }

  const FrontLimits& limits_;
  RequestHead head_;
  int lengths_ = 0;
  int codings_ = 0;
  int hosts_ = 0;
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

std::variant<RequestHead, Refusal> parse_request_head(std::string_view head,
                                                      const FrontLimits& limits) {
  if (head.size() > limits.head_bytes) return Refusal{431, "The request head is too large."};
  HeadParser parser(limits);
  if (const Verdict refused = parser.take_request_line(take_until(head, "\r\n"))) return *refused;
  while (true) {
    const std::string_view line = take_until(head, "\r\n");
    if (line.empty()) break;
    if (const Verdict refused = parser.take_header(line)) return *refused;
  }
  if (const Verdict refused = parser.finish()) return *refused;
  return parser.take();
}

}  // namespace assistants_mock::mock_server::http
