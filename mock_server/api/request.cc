// Reading headers without regard to case.
#include "mock_server/api/request.h"

#include <algorithm>

#include "mock_server/api/letter_case.h"

namespace assistants_mock::mock_server::api {
namespace {

Headers::const_iterator find(const Headers& headers, std::string_view name) {
  return std::ranges::find_if(
      headers, [&](const auto& header) { return equals_without_case(header.first, name); });
}

}  // namespace

std::string_view header(const Headers& headers, std::string_view name) {
  const auto found = find(headers, name);
  return found == headers.end() ? std::string_view{} : std::string_view{found->second};
}

bool has_header(const Headers& headers, std::string_view name) {
  return find(headers, name) != headers.end();
}

}  // namespace assistants_mock::mock_server::api
