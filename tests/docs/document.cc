#include "tests/docs/document.h"

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "tests/golden_file.h"

namespace assistants_mock::tests {
namespace {

namespace fs = std::filesystem;

struct Parts {
  std::string prose;
  std::vector<CodeBlock> blocks;
};

Parts parts_of(const Document& page) {
  Parts parts;
  bool in_block = false;
  std::istringstream lines(page.text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) {
      in_block = !in_block;
      if (in_block) parts.blocks.push_back({line.substr(3), ""});
    } else {
      (in_block ? parts.blocks.back().text : parts.prose) += line + "\n";
    }
  }
  return parts;
}

struct Split {
  std::vector<std::string> spans;
  std::string rest;
};

Split split_at_backticks(const Document& page) {
  const std::string prose = parts_of(page).prose;
  Split split;
  std::size_t at = 0;
  for (std::size_t tick = 0; (tick = prose.find('`', at)) != std::string::npos;) {
    split.rest += prose.substr(at, tick - at);
    const std::size_t begin = std::min(prose.find_first_not_of('`', tick), prose.size());
    const std::string fence = prose.substr(tick, begin - tick);
    const std::size_t end = std::min(prose.find(fence, begin), prose.size());
    split.spans.push_back(prose.substr(begin, end - begin));
    at = std::min(end + fence.size(), prose.size());
  }
  split.rest += prose.substr(at);
  return split;
}

}  // namespace

Document document(std::string_view path) {
  return {std::string(path), file_text(source_path(path))};
}

std::vector<Document> all_documents() {
  std::vector<Document> pages = {document("README.md")};
  for (const auto& entry : fs::recursive_directory_iterator(source_path("docs")))
    if (entry.path().extension() == ".md")
      pages.push_back(document(fs::relative(entry.path(), source_path("")).string()));
  std::ranges::sort(pages, {}, &Document::path);
  return pages;
}

std::vector<CodeBlock> code_blocks(const Document& page) {
  return parts_of(page).blocks;
}

std::vector<std::string> headings(const Document& page) {
  std::vector<std::string> found;
  std::istringstream lines(parts_of(page).prose);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t text = line.find_first_not_of('#');
    if (text > 0 && text < line.size() && line[text] == ' ') found.push_back(line.substr(text + 1));
  }
  return found;
}

std::vector<std::string> link_targets(const Document& page) {
  const std::string prose = parts_of(page).prose;
  std::vector<std::string> targets;
  for (std::size_t at = 0; (at = prose.find("](", at)) != std::string::npos;) {
    at += 2;
    targets.push_back(prose.substr(at, prose.find(')', at) - at));
  }
  return targets;
}

std::vector<std::string> code_spans(const Document& page) {
  return split_at_backticks(page).spans;
}

std::string prose_of(const Document& page) {
  return split_at_backticks(page).rest;
}

std::string anchor_of(std::string_view heading) {
  std::string anchor;
  for (const char character : heading) {
    const auto code = static_cast<unsigned char>(character);
    if (std::isalnum(code) != 0 || character == '_' || code >= 0x80)
      anchor += static_cast<char>(std::tolower(code));
    else if (character == ' ' || character == '-')
      anchor += '-';
  }
  return anchor;
}

}  // namespace assistants_mock::tests
