// Reading headers without regard to case.
#include "mock_server/api/request.h"

#include <strings.h>

#include <algorithm>

namespace assistants_mock::mock_server::api {
namespace {

Headers::const_iterator find(const Headers& headers, std::string_view name) {
  return std::ranges::find_if(headers, [&](const auto& header) {
    return header.first.size() == name.size() &&
           ::strncasecmp(header.first.data(), name.data(), name.size()) == 0;
  });
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
