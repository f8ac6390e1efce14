#pragma once
// The shipped scenarios as they were when this was built, so that their names work wherever the
// program is installed. Made from library/*/*.yaml by embed_library.cmake.
#include <span>
#include <string_view>

namespace assistants_mock::scenarios {

struct LibraryText {
  std::string_view name;  // of the file, without its ending; unlike all others, in whatever folder
  std::string_view folder;  // what its case belongs to, such as tool_calls
  std::string_view yaml;
};

// In the order of their names.
std::span<const LibraryText> library_texts();

}  // namespace assistants_mock::scenarios
