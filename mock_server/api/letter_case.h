#pragma once
// Words that mean the same however their letters are written: names of headers, types of files.
#include <strings.h>

#include <string_view>

namespace assistants_mock::mock_server::api {

inline bool equals_without_case(std::string_view left, std::string_view right) {
  return left.size() == right.size() && ::strncasecmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace assistants_mock::mock_server::api
