// The inputs that are kept, through the same functions that libFuzzer calls, in every build.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "tests/fuzz/contract.h"
#include "tests/fuzz/fuzz_targets.h"
#include "tests/golden_file.h"

namespace assistants_mock::tests {
namespace {

namespace fs = std::filesystem;

const fs::path corpus = source_path("tests/fuzz/corpus");

std::vector<fs::path> inputs_of(std::string_view target) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(corpus / target)) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

class Corpus : public testing::TestWithParam<FuzzTarget> {};

TEST_P(Corpus, KeepsTheContract) {
  const auto inputs = inputs_of(GetParam().name);
  EXPECT_GE(inputs.size(), 5u) << "the corpus is missing";
  for (const fs::path& input : inputs) {
    SCOPED_TRACE(input.string());
    EXPECT_NO_THROW(GetParam().check(file_text(input)));
  }
}

// As a client that is cut off, or a file that is, anywhere.
TEST_P(Corpus, CutShortKeepsTheContract) {
  for (const fs::path& input : inputs_of(GetParam().name)) {
    SCOPED_TRACE(input.string());
    const std::string text = file_text(input);
    for (std::size_t part = 1; part < 8; ++part)
      EXPECT_NO_THROW(GetParam().check(std::string_view(text).substr(0, text.size() * part / 8)));
  }
}

INSTANTIATE_TEST_SUITE_P(Fuzz, Corpus,
                         testing::ValuesIn(fuzz_targets().begin(), fuzz_targets().end()),
                         [](const auto& target) { return std::string(target.param.name); });

TEST(FuzzTargets, AreThoseThatHaveACorpus) {
  std::vector<std::string> folders;
  for (const auto& entry : fs::directory_iterator(corpus))
    folders.push_back(entry.path().filename().string());
  std::vector<std::string> names;
  for (const FuzzTarget& target : fuzz_targets()) names.emplace_back(target.name);
  std::ranges::sort(folders);
  std::ranges::sort(names);
  EXPECT_EQ(folders, names);
}

}  // namespace
}  // namespace assistants_mock::tests
