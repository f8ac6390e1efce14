// Every shipped scenario, played as fixtures/library/NAME.txt asks: blocks of what a client says,
// a line ----, and what comes of it. UPDATE_FIXTURES=1 writes the second half of each block anew.
//
//   message TEXT        begins a run; so does a block without any `output`
//   model NAME          of that run; gpt-4o unless given
//   assistant ID NAME   asst_1, without a name, unless given
//   instructions TEXT
//   metadata KEY=VALUE
//   output FUNCTION TEXT    the output of one call, in the order of the calls; the run goes on
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "assistants_mock/scenario_book.h"
#include "scenarios/explain.h"
#include "scenarios/playback.h"
#include "scenarios/rule_matching.h"
#include "tests/golden_file.h"

namespace assistants_mock::scenarios {
namespace {

namespace fs = std::filesystem;

// Names without their endings, from folders inside it too.
std::vector<std::string> names_in(std::string_view folder, std::string_view ending) {
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(source_path(folder)))
    if (entry.path().extension() == ending) names.push_back(entry.path().stem().string());
  std::ranges::sort(names);
  return names;
}

// Empty when no folder of the library has it.
std::string library_file(const std::string& name) {
  for (const fs::directory_entry& folder : fs::directory_iterator(source_path("scenarios/library")))
    if (const fs::path file = folder.path() / (name + ".yaml"); fs::exists(file))
      return file.string();
  return "";
}
std::string fixture_file(const std::string& name) {
  return "fixtures/library/" + name + ".txt";
}

// The input lines of each block of a fixture; blank lines stand between blocks.
std::vector<std::vector<std::string>> inputs_of(const std::string& fixture) {
  std::vector<std::vector<std::string>> blocks;
  std::istringstream lines(fixture);
  bool between = true;
  bool in_input = false;
  for (std::string line; std::getline(lines, line); between = line.empty()) {
    if (line.empty()) continue;
    if (between) blocks.emplace_back();
    in_input = (between || in_input) && line != "----";
    if (in_input) blocks.back().push_back(line);
  }
  return blocks;
}

// "metadata plan=pro" as "metadata" and "plan=pro".
std::pair<std::string, std::string> split_at(const std::string& text, char mark) {
  const std::size_t at = text.find(mark);
  if (at == std::string::npos) return {text, ""};
  return {text.substr(0, at), text.substr(at + 1)};
}

RunQuestion question_of(const std::vector<std::string>& input) {
  RunQuestion question{.message = "Hello", .assistant_id = "asst_1", .model = "gpt-4o"};
  for (const std::string& line : input) {
    const auto [key, value] = split_at(line, ' ');
    if (key == "message") {
      question.message = value;
    } else if (key == "model") {
      question.model = value;
    } else if (key == "instructions") {
      question.instructions = value;
    } else if (key == "assistant") {
      std::tie(question.assistant_id, question.assistant_name) = split_at(value, ' ');
    } else if (key == "metadata") {
      question.metadata.insert(split_at(value, '='));
    } else {
      ADD_FAILURE() << "no such input: " << line;
    }
  }
  return question;
}

// One client talking to one scenario.
class Client {
 public:
  explicit Client(std::shared_ptr<const Scenario> scenario)
      : scenario_(std::move(scenario)), matcher_(scenario_), tools_(*scenario_) {}

  std::string say(const std::vector<std::string>& input) {
    const bool answers = std::ranges::any_of(
        input, [](const std::string& line) { return line.starts_with("output "); });
    return answers ? submit(input) : ask(question_of(input));
  }

  // Places of the rules that answered.
  const std::set<std::size_t>& rules_played() const { return rules_played_; }

 private:
  std::string ask(const RunQuestion& question) {
    EXPECT_NE(explain(*scenario_, question, 0).find("✓"), std::string::npos);
    const RuleChoice choice = matcher_.choose(question, counts_);
    if (!choice.match) return explain_no_match(*scenario_, choice) + '\n';
    rules_played_.insert(choice.match->rule);
    const std::string run = std::to_string(++runs_);
    playback_.emplace(scenario_, *choice.match, Conversation{question, "thread_1", "run_" + run});
    const std::string label =
        rule_label(*scenario_, choice.match->rule) + ": " + circumstances(playback_->rule()) + '\n';
    return playback_->rule().queued.length ? label + next_turn() : label;
  }

  std::string submit(const std::vector<std::string>& input) {
    if (!playback_) return "no run to submit to\n";
    std::vector<std::pair<std::string, std::string>> outputs;
    for (const std::string& line : input)
      outputs.push_back(split_at(line.substr(line.find(' ') + 1), ' '));
    playback_->outputs_arrived(outputs);
    return next_turn();
  }

  std::string next_turn() { return timeline(playback_->next_turn(tools_), ""); }

  std::shared_ptr<const Scenario> scenario_;
  RuleMatcher matcher_;
  SeededFilesFound tools_;
  RuleCounts counts_;
  int runs_ = 0;
  std::optional<Playback> playback_;
  std::set<std::size_t> rules_played_;
};

class Library : public testing::TestWithParam<std::string> {};

TEST_P(Library, PlaysAsReviewed) {
  const std::string fixture = fixture_file(GetParam());
  const auto blocks = inputs_of(file_text(source_path(fixture)));
  ASSERT_FALSE(blocks.empty()) << fixture << " is missing or has no input";
  const ScenarioBook book = ScenarioBook::load(library_file(GetParam()));
  Client client(book.shared());
  std::string transcript;
  for (const std::vector<std::string>& input : blocks) {
    if (!transcript.empty()) transcript += '\n';
    for (const std::string& line : input) transcript += line + '\n';
    transcript += "----\n" + client.say(input);
  }
  expect_golden(fixture, transcript);
  EXPECT_EQ(client.rules_played().size(), book.scenario().rules.size())
      << fixture << " leaves a rule untried";
}

TEST_P(Library, SaysWhatItTeaches) {
  const std::string text = file_text(library_file(GetParam()));
  EXPECT_TRUE(text.starts_with("# ")) << "its first line says what a client learns from it";
  const ScenarioBook book = ScenarioBook::load(library_file(GetParam()));
  EXPECT_EQ(book.scenario().name, GetParam());
  EXPECT_FALSE(book.scenario().teaches.empty());
}

TEST_P(Library, IsKnownByName) {
  const ScenarioBook by_name = ScenarioBook::load(GetParam());
  EXPECT_EQ(by_name.scenario(), ScenarioBook::load(library_file(GetParam())).scenario());
}

INSTANTIATE_TEST_SUITE_P(Scenarios, Library,
                         testing::ValuesIn(names_in("scenarios/library", ".yaml")),
                         [](const auto& name) { return name.param; });

TEST(LibraryFixtures, BelongToAScenarioEach) {
  EXPECT_EQ(names_in("fixtures/library", ".txt"), names_in("scenarios/library", ".yaml"));
}

// first_steps shows what can be scripted; all other folders show what goes wrong.
std::vector<ScenarioBook::LibraryEntry> failure_cases() {
  std::vector<ScenarioBook::LibraryEntry> cases = ScenarioBook::library();
  std::erase_if(cases, [](const auto& entry) { return entry.folder == "first_steps"; });
  return cases;
}

TEST(FailureCases, FillTheirFolders) {
  std::map<std::string, int> cases;
  for (const auto& entry : failure_cases()) ++cases[entry.folder];
  const std::map<std::string, int> expected = {{"active_run_conflicts", 7},
                                               {"cancelling", 7},
                                               {"slow_and_expired_runs", 9},
                                               {"tool_calls", 10},
                                               {"http_level", 10},
                                               {"reading_results", 6},
                                               {"failures_inside_the_run", 6},
                                               {"streaming", 8},
                                               {"files_and_stores", 10}};
  EXPECT_EQ(cases, expected) << "73 in all";
}

// One sentence: it begins like one, ends like one, and is short enough for a table.
void expect_sentence(const std::string& text, const std::string& what) {
  ASSERT_FALSE(text.empty()) << what;
  EXPECT_TRUE(text.ends_with('.')) << what << ": " << text;
  EXPECT_LE(text.size(), 130U) << what << ": " << text;
}

TEST(FailureCases, SayWhatTheyRevealAndWhereThatWasSeen) {
  for (const auto& entry : failure_cases()) {
    expect_sentence(entry.teaches, entry.name + " teaches");
    expect_sentence(entry.reveals, entry.name + " reveals");
    EXPECT_FALSE(entry.source.empty()) << entry.name;
    if (entry.source == "every polling client") continue;
    std::istringstream links(entry.source);
    for (std::string link; links >> link;)
      EXPECT_TRUE(link.starts_with("https://")) << entry.name << ": " << link;
  }
}

}  // namespace
}  // namespace assistants_mock::scenarios
