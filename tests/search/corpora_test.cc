// Small stores of files under fixtures/search/, each with queries.txt: a question and the file that
// is to be found first, in lines of "question -> file". An empty file name means that nothing with
// a score above 0.2 is to be found.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "mock_server/search/chunk_index.h"
#include "mock_server/search/searchable_text.h"
#include "tests/golden_file.h"

namespace assistants_mock::mock_server::search {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> sorted_entries(const fs::path& folder) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(folder)) paths.push_back(entry.path());
  std::ranges::sort(paths);
  return paths;
}

struct Question {
  std::string query;
  std::string file;
};

std::vector<Question> questions_in(const fs::path& corpus) {
  std::vector<Question> questions;
  std::istringstream lines(file_text(corpus / "queries.txt"));
  for (std::string line; std::getline(lines, line);) {
    const std::size_t arrow = line.find(" ->");
    EXPECT_NE(arrow, std::string::npos) << line;
    const std::size_t file = std::min(line.find_first_not_of(' ', arrow + 3), line.size());
    questions.push_back({line.substr(0, arrow), line.substr(file)});
  }
  return questions;
}

ChunkIndex index_of(const fs::path& corpus, const ChunkSizes& sizes) {
  ChunkIndex index;
  for (const fs::path& path : sorted_entries(corpus)) {
    const std::string name = path.filename();
    if (name == "queries.txt") continue;
    auto result = searchable_text(name, file_text(path));
    auto* text = std::get_if<std::string>(&result);
    if (text == nullptr) {
      ADD_FAILURE() << path << ": " << std::get<TextFailure>(result).message;
      continue;
    }
    const auto shared = std::make_shared<const std::string>(std::move(*text));
    index.add(name, shared, chunks_of(*shared, sizes));
  }
  return index;
}

class Corpus : public testing::TestWithParam<fs::path> {};

TEST_P(Corpus, AnswersItsQuestions) {
  const auto questions = questions_in(GetParam());
  EXPECT_GE(questions.size(), 8U) << "the questions are missing";
  for (const ChunkSizes& sizes : {ChunkSizes{}, ChunkSizes{100, 50}}) {
    const ChunkIndex index = index_of(GetParam(), sizes);
    for (const auto& [query, file] : questions) {
      const auto hits = index.search(query, 3, 0.2, {});
      EXPECT_EQ(hits.empty() ? "" : hits[0].file_id, file)
          << query << ", in chunks of " << sizes.max_chunk_size_tokens
          << (hits.empty() ? "" : ", score " + std::to_string(hits[0].score));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Search, Corpus,
                         testing::ValuesIn(sorted_entries(source_path("fixtures/search"))),
                         [](const auto& corpus) { return corpus.param.filename().string(); });

}  // namespace
}  // namespace assistants_mock::mock_server::search
