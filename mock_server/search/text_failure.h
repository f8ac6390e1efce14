#pragma once
// The failures that texts are refused with; rows of docs/search.md.
#include <string>
#include <variant>

#include "mock_server/search/searchable_text.h"

namespace assistants_mock::mock_server::search {

using TextOrFailure = std::variant<std::string, TextFailure>;

inline TextFailure unsupported() {
  return {"unsupported_file", "The file type is not supported."};
}
inline TextFailure unparsable() {
  return {"invalid_file", "The file could not be parsed."};
}
inline TextFailure too_large() {
  return {"invalid_file", "The file could not be parsed because it is too large."};
}
// Of the system: no memory, no process to be had.
inline TextFailure internal_error() {
  return {"server_error", "An internal error occurred."};
}

}  // namespace assistants_mock::mock_server::search
