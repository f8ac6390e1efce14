#include "mock_server/search/searchable_text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "mock_server/search/html_text.h"
#include "mock_server/search/office_text.h"
#include "mock_server/search/pdf_text.h"
#include "mock_server/search/text_encoding.h"
#include "mock_server/search/text_failure.h"

namespace assistants_mock::mock_server::search {
namespace {

// Content that holds nothing but text and its markup is not looked at beyond this: four bytes for
// each of the text.
constexpr std::size_t most_content = 4 * max_text_bytes;

TextOrFailure plain_text(std::string_view content) {
  if (content.size() > most_content) return too_large();
  std::optional<std::string> text = decoded_text(content);
  if (!text) return unparsable();
  return std::move(*text);
}

TextOrFailure page_text(std::string_view content) {
  if (content.size() > most_content) return too_large();
  std::optional<std::string> text = html_text(content);
  if (!text) return unparsable();
  return std::move(*text);
}

TextOrFailure pdf_file_text(std::string_view content) {
  return pdf_text(content);
}

TextOrFailure no_text(std::string_view) {
  return unsupported();
}

struct Kind {
  std::string_view extension;
  TextOrFailure (*read)(std::string_view content);
};

// The list is that of the service's own refusal of any other.
constexpr auto kinds = std::to_array<Kind>({
    {".c", plain_text},      {".cpp", plain_text}, {".cs", plain_text},   {".css", plain_text},
    {".doc", no_text},       {".docx", docx_text}, {".go", plain_text},   {".html", page_text},
    {".java", plain_text},   {".js", plain_text},  {".json", plain_text}, {".md", plain_text},
    {".pdf", pdf_file_text}, {".php", plain_text}, {".pptx", pptx_text},  {".py", plain_text},
    {".rb", plain_text},     {".sh", plain_text},  {".tex", plain_text},  {".ts", plain_text},
    {".txt", plain_text},
});

constexpr auto extensions = [] {
  std::array<std::string_view, kinds.size()> all{};
  std::ranges::transform(kinds, all.begin(), &Kind::extension);
  return all;
}();

const Kind* kind_of(std::string_view filename) {
  const auto* kind = std::ranges::find(kinds, extension_of(filename), &Kind::extension);
  return kind == kinds.end() ? nullptr : kind;
}

}  // namespace

std::span<const std::string_view> searchable_extensions() {
  return extensions;
}

bool is_searchable(std::string_view filename) {
  return kind_of(filename) != nullptr;
}

std::string extension_of(std::string_view filename) {
  const std::size_t dot = filename.find_last_of("./\\");
  if (dot == std::string_view::npos || filename[dot] != '.') return {};
  std::string extension(filename.substr(dot));
  for (char& letter : extension)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  return extension.size() > 1 ? extension : std::string();
}

TextOrFailure searchable_text(std::string_view filename, std::string_view content) {
  const Kind* kind = kind_of(filename);
  if (kind == nullptr) return unsupported();
  TextOrFailure result = kind->read(content);
  if (const auto* text = std::get_if<std::string>(&result)) {
    if (text->size() > max_text_bytes) return too_large();
    if (is_blank(*text)) return unparsable();
  }
  return result;
}

}  // namespace assistants_mock::mock_server::search
