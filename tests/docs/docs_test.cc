// The documentation as a whole: links lead somewhere, tests that are named exist, and whatever the
// code cites is explained.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "tests/docs/citations.h"
#include "tests/docs/document.h"
#include "tests/golden_file.h"

namespace assistants_mock::tests {
namespace {

namespace fs = std::filesystem;

bool leads_out(std::string_view target) {
  return target.starts_with("https://") || target.starts_with("http://");
}

bool has_heading(const Document& page, std::string_view anchor) {
  return std::ranges::any_of(headings(page),
                             [&](const auto& heading) { return anchor_of(heading) == anchor; });
}

TEST(Docs, EveryLinkLeadsSomewhere) {
  for (const Document& page : all_documents()) {
    for (const std::string& target : link_targets(page)) {
      if (leads_out(target)) continue;
      const std::size_t hash = std::min(target.find('#'), target.size());
      const fs::path file =
          hash == 0
              ? fs::path(page.path)
              : (fs::path(page.path).parent_path() / target.substr(0, hash)).lexically_normal();
      EXPECT_TRUE(fs::exists(source_path(file.string()))) << page.path << ": " << target;
      if (hash == target.size()) continue;
      EXPECT_TRUE(has_heading(document(file.string()), target.substr(hash + 1)))
          << page.path << ": there is no heading for " << target;
    }
  }
}

// "[name]" in the text; what stands in backticks is none.
std::set<std::string> references(const Document& page) {
  std::set<std::string> found;
  const std::string prose = prose_of(page);
  for (std::size_t at = 0; (at = prose.find('[', at)) != std::string::npos; ++at) {
    const std::size_t end = std::min(prose.find(']', at), prose.size() - 1);
    if (prose[end + 1] != '(' && prose[end + 1] != ':')
      found.insert(prose.substr(at + 1, end - at - 1));
  }
  return found;
}

// "[name]: https://…" at the foot of a page.
std::set<std::string> definitions(const Document& page) {
  std::set<std::string> found;
  const std::string prose = prose_of(page);
  for (std::size_t at = 0; (at = prose.find("\n[", at)) != std::string::npos; ++at) {
    const std::size_t end = prose.find("]: https://", at);
    if (end < prose.find('\n', at + 1)) found.insert(prose.substr(at + 2, end - at - 2));
  }
  return found;
}

TEST(Docs, EveryReferenceIsDefinedAndUsed) {
  for (const Document& page : all_documents()) {
    const auto used = references(page);
    const auto defined = definitions(page);
    for (const std::string& name : used)
      EXPECT_TRUE(defined.contains(name)) << page.path << ": where does [" << name << "] lead?";
    for (const std::string& name : defined)
      EXPECT_TRUE(used.contains(name)) << page.path << ": nobody uses [" << name << "]";
  }
}

// "Suite.Name", as the pages name tests.
bool looks_like_a_test(std::string_view span) {
  const std::size_t dot = span.find('.');
  const auto is_name = [](std::string_view name) {
    return !name.empty() && name[0] >= 'A' && name[0] <= 'Z' &&
           std::ranges::all_of(name, [](char c) { return std::isalnum(c) != 0; });
  };
  return dot != span.npos && is_name(span.substr(0, dot)) && is_name(span.substr(dot + 1));
}

bool looks_like_a_path(std::string_view span) {
  constexpr std::array<std::string_view, 7> folders = {
      "docs/", "fixtures/", "mock_server/", "scenarios/", "state_machine/", "tests/", "cmake/"};
  return span.find_first_of(" *{<…") == span.npos &&
         std::ranges::any_of(folders, [&](auto folder) { return span.starts_with(folder); });
}

// fixtures/ and tests/ that are named are there; of a test of the compat part its file is named.
TEST(Docs, EveryTestAndFileThatIsNamedExists) {
  const std::vector<std::string> tests = defined_tests();
  for (const Document& page : all_documents()) {
    for (const std::string& span : code_spans(page)) {
      const bool is_known = std::ranges::find(tests, span) != tests.end();
      EXPECT_TRUE(!looks_like_a_test(span) || is_known)
          << page.path << ": there is no test " << span;
      EXPECT_TRUE(!looks_like_a_path(span) || fs::exists(source_path(span)))
          << page.path << ": there is no " << span;
    }
  }
}

std::set<std::string> explained_rows() {
  std::set<std::string> rows;
  for (const Document& page : all_documents()) {
    if (!page.path.starts_with("docs/wire/")) continue;
    for (const std::string& span : code_spans(page)) rows.insert(span);
  }
  for (const std::string& span : code_spans(document("docs/wire/streaming.md")))
    if (span.size() == 1) rows.insert("row " + span);
  return rows;
}

TEST(Docs, EveryRowThatIsCitedIsExplained) {
  const std::set<std::string> explained = explained_rows();
  for (const Citation& citation : cited_rows())
    EXPECT_TRUE(explained.contains(citation.what))
        << citation.file << " cites " << citation.what << ", which docs/wire/ does not explain";
}

TEST(Docs, EveryPageThatIsCitedExists) {
  std::set<std::string> names;
  for (const Document& page : all_documents()) names.insert(fs::path(page.path).filename());
  for (const Citation& citation : cited_pages())
    EXPECT_TRUE(names.contains(citation.what)) << citation.file << " cites " << citation.what;
}

// "1.4" is the heading "1.4 Bodies", "Bodies" as well.
bool has_section(const Document& page, std::string_view section) {
  return std::ranges::any_of(headings(page), [&](const std::string& heading) {
    const std::size_t text = heading.find_first_not_of("0123456789. ");
    return heading.starts_with(std::string(section) + " ") ||
           heading.starts_with(std::string(section) + ". ") ||
           (text != heading.npos && heading.substr(text) == section);
  });
}

TEST(Docs, EverySectionThatIsCitedExists) {
  for (const Citation& citation : cited_sections()) {
    const std::size_t hash = citation.what.find('#');
    const Document page = document(citation.what.substr(0, hash));
    EXPECT_FALSE(page.text.empty()) << citation.file << " cites " << page.path;
    EXPECT_TRUE(has_section(page, citation.what.substr(hash + 1)))
        << citation.file << " cites " << citation.what;
  }
}

// The tests above see what they look for.
TEST(Docs, CitationsAreFound) {
  std::set<std::string> rows;
  for (const Citation& citation : cited_rows()) rows.insert(citation.what);
  for (const char* known : {"T9", "S1", "lock.run", "v.meta.key", "row J", "hdr.api"})
    EXPECT_TRUE(rows.contains(known)) << known;
  std::set<std::string> sections;
  for (const Citation& citation : cited_sections()) sections.insert(citation.what);
  EXPECT_TRUE(sections.contains("docs/wire/errors.md#Order of checks"));
  EXPECT_TRUE(sections.contains("docs/wire/run-lifecycle.md#Fields per status"));
  EXPECT_TRUE(sections.contains("docs/wire/endpoints.md#3"));
  EXPECT_FALSE(cited_pages().empty());
}

}  // namespace
}  // namespace assistants_mock::tests
