#pragma once
// A page of the documentation as the tests look at it: headings, links, what stands in backticks,
// blocks of code.
#include <string>
#include <string_view>
#include <vector>

namespace assistants_mock::tests {

struct Document {
  std::string path;  // from the root of the repository
  std::string text;
};

// Empty text when there is no such file.
Document document(std::string_view path);

// README.md and every page under docs/, in the order of their paths.
std::vector<Document> all_documents();

struct CodeBlock {
  std::string language;  // what stands behind the fence; may be empty
  std::string text;
};
std::vector<CodeBlock> code_blocks(const Document& page);

// These look at what is outside code blocks.
std::vector<std::string> headings(const Document& page);      // without their #
std::vector<std::string> link_targets(const Document& page);  // of [text](target)
std::vector<std::string> code_spans(const Document& page);    // without the backticks

// The text outside code blocks and backticks.
std::string prose_of(const Document& page);

// How a link names a heading: "Order of checks" is order-of-checks.
std::string anchor_of(std::string_view heading);

}  // namespace assistants_mock::tests
