#pragma once
// What text a file holds, by its extension: the text that is cut into chunks and searched.
// docs/search.md tells what is read of each kind of file, and what is not.
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace assistants_mock::mock_server::search {

// What a store file's last_error says (OpenAPI: VectorStoreFileObject.last_error).
struct TextFailure {
  std::string code;
  std::string message;
  bool operator==(const TextFailure&) const = default;
};

// Extensions that file_search takes, with the dot, in the order in which the service lists them.
std::span<const std::string_view> searchable_extensions();

// By the extension, in any case.
bool is_searchable(std::string_view filename);

// ".txt", in lower case; empty when the name has none.
std::string extension_of(std::string_view filename);

// The text of a file's content, valid UTF-8 with something else in it than white space; or why
// there is none. Takes time and memory in proportion to the content, whatever is in it, and beyond
// that no more than the bounds of docs/search.md.
std::variant<std::string, TextFailure> searchable_text(std::string_view filename,
                                                       std::string_view content);

// 5,000,000 tokens, which is what the service takes of a file.
inline constexpr std::size_t max_text_bytes = 20'000'000;

}  // namespace assistants_mock::mock_server::search
