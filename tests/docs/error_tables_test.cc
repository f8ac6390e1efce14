// docs/wire/errors.md beside the catalogue of refusals.
#include <gtest/gtest.h>

#include <algorithm>

#include "mock_server/api/error_catalogue.h"
#include "tests/docs/document.h"
#include "tests/docs/joined_table.h"

namespace assistants_mock::tests {
namespace {

using mock_server::api::ApiError;
using mock_server::api::Confidence;
using mock_server::api::error_catalogue;
using mock_server::api::ErrorSample;

constexpr std::string_view page = "docs/wire/errors.md";

struct Section {
  std::string_view mark;
  std::vector<std::string_view> kinds;  // what its rows begin with
};

const std::vector<Section>& sections() {
  static const std::vector<Section> all = {
      {"errors 1.1", {"auth", "beta", "route", "body"}},
      {"errors 1.2", {"nf", "model", "id"}},
      {"errors 1.3", {"lock", "run", "submit", "cancel", "vs"}},
      {"errors 1.4", {"v"}},
      {"errors 1.5", {"ours", "rl", "srv"}},
      {"errors 1.6", {"f", "upload"}},
      {"errors 1.0", {"http"}},
  };
  return all;
}

bool belongs(const Section& section, std::string_view row) {
  return std::ranges::find(section.kinds, row.substr(0, row.find('.'))) != section.kinds.end();
}

std::string words_of(Confidence confidence) {
  switch (confidence) {
    case Confidence::verbatim:
      return "verbatim";
    case Confidence::verbatim_elsewhere:
      return "verbatim, elsewhere";
    case Confidence::fragment:
      return "fragment";
    case Confidence::inferred:
      return "inferred";
    case Confidence::ours:
      return "ours";
  }
  return "";
}

std::string answer_of(const ApiError& error) {
  std::string answer = std::to_string(error.status);
  if (error.type != "invalid_request_error") answer += ", type " + code(error.type);
  if (error.code) answer += ", code " + code(*error.code);
  if (error.param) answer += ", param " + code(*error.param);
  return answer + "<br>" + code(error.message);
}

JoinedTable table_of(const Section& section) {
  JoinedTable table{{"row", "when", "answer", "words"}, {"evidence", "held by"}};
  for (const ErrorSample& entry : error_catalogue())
    if (belongs(section, entry.sample.row))
      table.rows.push_back({code(entry.sample.row), std::string(entry.situation),
                            answer_of(entry.sample), words_of(entry.confidence)});
  return table;
}

TEST(WireDocs, ErrorsAreThoseOfTheCatalogue) {
  for (const Section& section : sections())
    expect_joined_table(page, std::string(section.mark), table_of(section));
}

TEST(WireDocs, EveryErrorHasASection) {
  for (const ErrorSample& entry : error_catalogue())
    EXPECT_EQ(
        std::ranges::count_if(
            sections(), [&](const Section& section) { return belongs(section, entry.sample.row); }),
        1)
        << entry.sample.row;
}

// A link that the code gives as its evidence is the one that the page gives.
TEST(WireDocs, ErrorsCiteTheEvidenceOfTheCatalogue) {
  const std::string text = document(page).text;
  for (const ErrorSample& entry : error_catalogue()) {
    const bool is_link = entry.evidence.starts_with("https://");
    EXPECT_TRUE(!is_link || text.find(entry.evidence) != std::string::npos) << entry.sample.row;
  }
}

}  // namespace
}  // namespace assistants_mock::tests
