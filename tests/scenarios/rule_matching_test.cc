#include "scenarios/rule_matching.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace assistants_mock::scenarios {
namespace {

// The rules of a scenario, asked again and again as a tenant asks them.
class Book {
 public:
  explicit Book(std::vector<Criteria> criteria) {
    Scenario scenario{.name = "book"};
    for (Criteria& when : criteria) scenario.rules.push_back({.when = std::move(when)});
    scenario_ = std::make_shared<const Scenario>(std::move(scenario));
  }

  RuleChoice ask(const RunQuestion& question) {
    return RuleMatcher(scenario_).choose(question, counts_);
  }

  // The number of the rule that answers, from 1, or 0.
  std::size_t answering(const RunQuestion& question) {
    const RuleChoice choice = ask(question);
    return choice.match ? choice.match->rule + 1 : 0;
  }

  std::string why_not(const RunQuestion& question) {
    return explain_no_match(*scenario_, ask(question));
  }

  const RuleCounts& counts() const { return counts_; }

 private:
  std::shared_ptr<const Scenario> scenario_;
  RuleCounts counts_;
};

RunQuestion saying(std::string message) {
  return {.message = std::move(message)};
}

TEST(RuleMatching, TakesTheFirstRuleThatFits) {
  Book book({{.message = "weather"}, {.message = "time|weather"}, {}});
  EXPECT_EQ(book.answering(saying("the weather")), 1U);
  EXPECT_EQ(book.answering(saying("the time")), 2U);
  EXPECT_EQ(book.answering(saying("anything")), 3U);
}

TEST(RuleMatching, SearchesAnywhereWithCaseAsThePatternSays) {
  Book book({{.message = "Oslo"}, {.message = "(?i)lima"}});
  EXPECT_EQ(book.answering(saying("to Oslo!")), 1U);
  EXPECT_EQ(book.answering(saying("to oslo!")), 0U);
  EXPECT_EQ(book.answering(saying("to LIMA!")), 2U);
}

TEST(RuleMatching, WantsAllCriteriaToHold) {
  Book book({{.message = "hi",
              .assistant = "^Guide$",
              .model = "4o",
              .instructions = "brief",
              .metadata = {{"plan", "pro"}, {"team", ""}}}});
  RunQuestion question{.message = "hi",
                       .assistant_id = "asst_1",
                       .assistant_name = "Guide",
                       .model = "gpt-4o",
                       .instructions = "be brief",
                       .metadata = {{"plan", "pro"}, {"team", "red"}}};
  EXPECT_EQ(book.answering(question), 1U);
  for (std::string RunQuestion::*field : {&RunQuestion::message, &RunQuestion::assistant_name,
                                          &RunQuestion::model, &RunQuestion::instructions}) {
    RunQuestion other = question;
    other.*field = "-";
    EXPECT_EQ(book.answering(other), 0U);
  }
  question.metadata.erase("team");
  EXPECT_EQ(book.answering(question), 0U) << "an empty pattern still wants the key to be there";
}

TEST(RuleMatching, KnowsAnAssistantByNameOrId) {
  Book book({{.assistant = "^Guide$|^asst_7$"}});
  EXPECT_EQ(book.answering({.assistant_id = "asst_1", .assistant_name = "Guide"}), 1U);
  EXPECT_EQ(book.answering({.assistant_id = "asst_7", .assistant_name = "Other"}), 1U);
  EXPECT_EQ(book.answering({.assistant_id = "asst_1", .assistant_name = "Other"}), 0U);
}

TEST(RuleMatching, CapturesTheGroupsThatTookPart) {
  Book book({{.message = R"((?P<city>\pL+)(?: on (?P<day>\w+))?(!)?)"}});
  const auto captures = book.ask(saying("Malmö!")).match->captures;
  EXPECT_EQ(captures, (std::map<std::string, std::string>{
                          {"0", "Malmö!"}, {"1", "Malmö"}, {"city", "Malmö"}, {"3", "!"}}));
}

TEST(RuleMatching, TellsAnEmptyGroupFromOneThatTookNoPart) {
  Book book({{.message = "a(b*)(c)?"}});
  const auto captures = book.ask(saying("a")).match->captures;
  EXPECT_EQ(captures, (std::map<std::string, std::string>{{"0", "a"}, {"1", ""}}));
}

TEST(RuleMatching, CountsHowOftenTheOtherCriteriaFitted) {
  Book book({{.message = "again", .times = Times{.listed = {1, 3}, .from_then_on = 5}}, {}});
  std::string answered;
  for (int time = 1; time <= 6; ++time) {
    answered += std::to_string(book.answering(saying("again")));
    EXPECT_EQ(book.answering(saying("other")), 2U) << "which is not counted";
  }
  EXPECT_EQ(answered, "121211");
}

TEST(RuleMatching, CountsNoFurtherThanTheChosenRule) {
  Book book({{.times = Times{.listed = {2}}}, {}, {}});
  book.ask({});
  EXPECT_EQ(book.counts().fitted, (std::vector<int>{1, 1, 0}));
  EXPECT_EQ(book.ask({}).match->time, 2);
  EXPECT_EQ(book.counts().fitted, (std::vector<int>{2, 1, 0}));
}

TEST(RuleMatching, RemembersWhyEarlierRulesDidNotFit) {
  Book book({{.message = "a", .model = "b"}, {.metadata = {{"k", "v"}}}, {}});
  const RuleChoice choice = book.ask({.message = "x", .model = "y"});
  ASSERT_EQ(choice.refusals.size(), 2U);
  ASSERT_EQ(choice.refusals[0].second.size(), 2U);
  EXPECT_EQ(choice.refusals[0].second[1].criterion, "model");
  EXPECT_EQ(choice.refusals[0].second[1].wanted, "/b/");
  EXPECT_EQ(choice.refusals[0].second[1].found, "\"y\"");
  EXPECT_EQ(choice.refusals[1].second.at(0).criterion, "metadata.k");
  EXPECT_EQ(choice.refusals[1].second.at(0).found, "no such key");
}

TEST(RuleMatching, NamesTheNearestRuleWhenNoneFits) {
  Book book({{.message = "a", .model = "b"}, {.message = "(?i)weather"}, {.message = "z"}});
  EXPECT_EQ(book.why_not({.message = "Hello", .model = "gpt-4o"}),
            "No rule of book answers this run. The nearest is rule 2 of book: message wants "
            "/(?i)weather/ and found \"Hello\".");
}

TEST(RuleMatching, NamesEveryCriterionOfTheNearestRule) {
  Book book({{.model = "mini", .times = Times{.listed = {1}}}, {.message = "a", .model = "b"}});
  Book two_criteria(std::vector<Criteria>{{.message = "a", .model = "b"}});
  EXPECT_EQ(two_criteria.why_not({.message = "x", .model = "y"}),
            "No rule of book answers this run. The nearest is rule 1 of book: message wants /a/ "
            "and found \"x\"; model wants /b/ and found \"y\".");
  EXPECT_EQ(book.answering({.model = "mini"}), 1U);
  EXPECT_EQ(book.why_not({.model = "mini"}),
            "No rule of book answers this run. The nearest is rule 1 of book: times wants 1 and "
            "found the 2nd time (its times are used up).");
}

TEST(RuleMatching, HasNothingToNameWithoutRules) {
  EXPECT_EQ(Book(std::vector<Criteria>()).why_not({}),
            "Scenario book has no rules, so it answers no run.");
}

TEST(RuleMatching, LabelsRulesByNumberAndName) {
  const Scenario scenario{.name = "weather_tool", .rules = {{.name = "greeting"}, {}}};
  EXPECT_EQ(rule_label(scenario, 0), "rule 1 (\"greeting\") of weather_tool");
  EXPECT_EQ(rule_label(scenario, 1), "rule 2 of weather_tool");
}

TEST(RuleMatching, WritesTimesAsTheFileDoes) {
  EXPECT_EQ(as_written(Times{.listed = {2}}), "2");
  EXPECT_EQ(as_written(Times{.listed = {}, .from_then_on = 3}), "3+");
  EXPECT_EQ(as_written(Times{.listed = {1, 2}, .from_then_on = 4}), "[1, 2, 4+]");
}

TEST(RuleMatching, FitsNothingWithAPatternThatDoesNotCompile) {
  for (const char* pattern : {"(", R"((?:\pL{1,1000}){1,1000})"}) {
    Book book({{.message = pattern}});
    EXPECT_NE(book.why_not(saying("(")).find("a pattern that does not compile"), std::string::npos)
        << pattern;
  }
}

TEST(RuleMatching, ShowsOnlyTheBeginningOfALongValue) {
  Book book({{.message = "a"}});
  const std::string why = book.why_not(saying("é" + std::string(1'000'000, 'x') + "\xFF"));
  EXPECT_LT(why.size(), 400U);
  EXPECT_NE(why.find("xxx…\""), std::string::npos);
}

TEST(RuleMatching, TakesLinearTimeForNastyPatterns) {
  Book book({{.message = "(a+)+$"}, {}});
  EXPECT_EQ(book.answering(saying(std::string(200'000, 'a') + "b")), 2U);
}

TEST(RuleMatching, LetsACopyOfAMatcherAnswerTheSame) {
  const auto scenario = std::make_shared<const Scenario>(
      Scenario{.name = "book", .rules = {{.when = {.message = "hi"}}}});
  auto original = std::make_unique<const RuleMatcher>(scenario);
  const RuleMatcher copy = *original;
  original.reset();
  RuleCounts counts;
  EXPECT_TRUE(copy.choose(saying("hi"), counts).match);
}

// The chosen rule is the first without a mismatch; every rule before it has one.
RC_GTEST_PROP(RuleMatching, ChoosesOrExplains, (const std::vector<bool>& fits)) {
  std::vector<Criteria> criteria;
  for (const bool fit : fits) criteria.push_back({.message = fit ? "x" : "y"});
  const RuleChoice choice = Book(criteria).ask(saying("x"));
  const auto first = static_cast<std::size_t>(std::ranges::find(fits, true) - fits.begin());
  RC_ASSERT(choice.match.has_value() == (first < fits.size()));
  RC_ASSERT(choice.refusals.size() == first);
  for (const auto& [rule, mismatches] : choice.refusals) RC_ASSERT(mismatches.size() == 1U);
}

}  // namespace
}  // namespace assistants_mock::scenarios
