#include "mock_server/http/answer_headers.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mock_server/http/header_text.h"

namespace assistants_mock::mock_server::http {
namespace {

bool is_ours(std::string_view name) {
  constexpr std::array<std::string_view, 4> ours = {"Connection", "Keep-Alive", "Content-Length",
                                                    "Transfer-Encoding"};
  return std::ranges::any_of(
      ours, [&](std::string_view our_name) { return equals_without_case(our_name, name); });
}

}  // namespace

Framing framing_of(const api::Response& answer, bool reads_chunks) {
  if (answer.status == 204 || answer.status == 304) return Framing::none;
  if (!answer.stream || answer.length) return Framing::length;
  return reads_chunks ? Framing::chunks : Framing::connection;
}

bool asks_to_close(const api::Response& answer) {
  return list_contains(api::header(answer.headers, "Connection"), "close");
}

api::Headers take_wire_headers(api::Response& answer, Framing framing, bool closes) {
  api::Headers headers = std::move(answer.headers);
  std::erase_if(headers, [](const auto& header) {
    return is_ours(header.first) || !is_token(header.first) || !is_header_value(header.second);
  });
  if (framing == Framing::length)
    headers.emplace_back("Content-Length",
                         std::to_string(answer.length.value_or(answer.body.size())));
  if (framing == Framing::chunks) headers.emplace_back("Transfer-Encoding", "chunked");
  if (closes) headers.emplace_back("Connection", "close");
  std::ranges::stable_sort(headers, is_less_without_case, &api::Headers::value_type::first);
  return headers;
}

}  // namespace assistants_mock::mock_server::http
