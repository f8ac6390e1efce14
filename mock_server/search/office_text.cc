#include "mock_server/search/office_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "mock_server/search/text_encoding.h"
#include "mock_server/search/xml_reader.h"
#include "mock_server/search/zip_archive.h"

namespace assistants_mock::mock_server::search {
namespace {

// Both formats name alike what matters here: p, r, t, br, tab, tr and tc.
class OfficeText final : public XmlReceiver {
 public:
  void element_begins(std::string_view name, std::string_view parent) override {
    if (name == "Fallback") ++fallbacks_;  // says again what the Choice before it said
    if (fallbacks_ > 0 || name == "t") return;
    if (name == "br" || name == "cr") text_ += '\n';
    if (name == "tab" && parent == "r") text_ += '\t';  // elsewhere it is a place on the ruler
    if (name == "noBreakHyphen") text_ += '-';
  }

  void element_ends(std::string_view name, std::string_view) override {
    if (name == "Fallback") --fallbacks_;
    if (fallbacks_ > 0) return;
    if (name == "p") text_ += '\n';
    if (name == "tc") end_with('\n', '\t');
    if (name == "tr") end_with('\t', '\n');
  }

  void text(std::string_view piece, std::string_view element) override {
    if (fallbacks_ == 0 && element == "t") text_ += piece;
  }

  bool wants_more() const override { return text_.size() <= max_text_bytes; }

  std::string take() && {
    while (text_.ends_with('\n')) text_.pop_back();
    return std::move(text_);
  }

 private:
  void end_with(char instead_of, char end) {
    if (text_.ends_with(instead_of)) text_.pop_back();
    text_ += end;
  }

  std::string text_;
  int fallbacks_ = 0;
};

std::optional<TextFailure> read_part(ZipArchive& archive, const std::string& name,
                                     OfficeText& text) {
  const ZipArchive::Part part = archive.read(name);
  if (part.fault) return part.fault == ZipArchive::Fault::too_large ? too_large() : unparsable();
  const auto document = decoded_text(part.bytes);
  if (!document || !read_xml(*document, text)) return unparsable();
  return std::nullopt;
}

TextOrFailure text_of_parts(ZipArchive& archive, const std::vector<std::string>& parts) {
  OfficeText text;
  for (const std::string& part : parts)
    if (auto failure = read_part(archive, part, text)) return std::move(*failure);
  return std::move(text).take();
}

// The 12 of "ppt/slides/slide12.xml".
std::optional<std::uint32_t> slide_number(std::string_view name) {
  constexpr std::string_view before = "ppt/slides/slide";
  constexpr std::string_view after = ".xml";
  if (!name.starts_with(before) || !name.ends_with(after)) return std::nullopt;
  const char* begin = name.data() + before.size();
  const char* end = name.data() + name.size() - after.size();
  std::uint32_t number = 0;
  if (begin >= end || std::from_chars(begin, end, number).ptr != end) return std::nullopt;
  return number;
}

}  // namespace

TextOrFailure docx_text(std::string_view content) {
  auto archive = ZipArchive::open(content);
  if (!archive) return unparsable();
  std::vector<std::string> parts = {"word/document.xml"};
  const std::vector<std::string> names = archive->names();
  for (const char* notes : {"word/footnotes.xml", "word/endnotes.xml"})
    if (std::ranges::find(names, notes) != names.end()) parts.emplace_back(notes);
  return text_of_parts(*archive, parts);
}

TextOrFailure pptx_text(std::string_view content) {
  auto archive = ZipArchive::open(content);
  if (!archive) return unparsable();
  std::vector<std::pair<std::uint32_t, std::string>> slides;
  for (std::string& name : archive->names())
    if (const auto number = slide_number(name)) slides.emplace_back(*number, std::move(name));
  if (slides.empty()) return unparsable();
  std::ranges::sort(slides);
  std::vector<std::string> parts;
  for (auto& [number, name] : slides) parts.push_back(std::move(name));
  return text_of_parts(*archive, parts);
}

}  // namespace assistants_mock::mock_server::search
