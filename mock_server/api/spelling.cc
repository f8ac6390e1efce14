#include "mock_server/api/spelling.h"

#include <algorithm>
#include <optional>

#include "mock_server/api/api_error.h"
#include "mock_server/api/percent_text.h"

namespace assistants_mock::mock_server::api {
namespace {

constexpr std::string_view key_header = "api-key";

// What follows `prefix`, if that is the whole of one segment or more.
std::optional<std::string_view> after(std::string_view prefix, std::string_view path) {
  if (!path.starts_with(prefix)) return std::nullopt;
  const std::string_view rest = path.substr(prefix.size());
  return rest.empty() || rest.starts_with('/') ? std::optional(rest) : std::nullopt;
}

std::string_view bearer_key(std::string_view value) {
  constexpr std::string_view scheme = "Bearer";
  if (!value.starts_with(scheme)) throw api_error::auth_missing();
  value.remove_prefix(scheme.size());
  const std::size_t key = value.find_first_not_of(' ');
  if (key == std::string_view::npos) throw api_error::auth_empty();
  return value.substr(key);
}

}  // namespace

SpelledPath spelled(std::string_view path) {
  if (const auto rest = after("/v1", path)) return {Spelling::openai, *rest};
  // An endpoint that ends in a slash, as the service's own are shown, gives two.
  const std::string_view single = path.starts_with("//") ? path.substr(1) : path;
  if (const auto rest = after("/openai/v1", single)) return {Spelling::azure_v1, *rest};
  if (const auto rest = after("/openai", single)) return {Spelling::azure, *rest};
  return {Spelling::openai, path};
}

void require_api_version(Spelling spelling, std::string_view query) {
  if (spelling != Spelling::azure) return;
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (query_text(pair.substr(0, equals)) == azure_version && equals + 1 < pair.size()) return;
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
  }
  throw api_error::route_api_version();
}

std::string_view key_in(const Headers& headers) {
  const std::string_view key = header(headers, key_header);
  if (!key.empty()) return key;
  const bool only_empty = has_header(headers, key_header) && !has_header(headers, "Authorization");
  if (only_empty) throw api_error::auth_empty();
  return bearer_key(header(headers, "Authorization"));
}

bool has_key_header(const Headers& headers) {
  return has_header(headers, key_header) || has_header(headers, "Authorization");
}

}  // namespace assistants_mock::mock_server::api
