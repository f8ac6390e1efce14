// A scenario's `messages_lag`: lists of messages that are late.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <iterator>
#include <string>
#include <vector>

#include "tests/mock_server/test_api.h"

namespace assistants_mock::mock_server::api {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::ordered_json;

// Every run takes a second to be picked up and a second to answer.
scenarios::ScenarioBook lagging(const std::string& lag) {
  return scenarios::ScenarioBook::parse("messages_lag: " + lag +
                                        "\nruns: [{ do: [{ say: \"Yes.\" }] }]\n");
}

// A thread in which questions are asked one after the other.
class Asking {
 public:
  explicit Asking(const scenarios::ScenarioBook& scenario, ApiOptions options = {})
      : api_(scenario, std::move(options)),
        assistant_(api_.post("/assistants", R"({"model":"gpt-4o"})").id()),
        thread_("/threads/" + api_.post("/threads", "{}").id()) {}

  // The run, which has not begun.
  std::string ask() {
    api_.post(thread_ + "/messages", R"({"role":"user","content":"Is it?"})");
    return api_.post(thread_ + "/runs", Json{{"assistant_id", assistant_}}.dump()).id();
  }
  std::vector<std::string> listed(const std::string& query = "") {
    return ids(api_.get(thread_ + "/messages?limit=100&order=asc" + query).json);
  }
  // The same, page by page.
  std::vector<std::string> walked(const std::string& order, int limit) {
    std::vector<std::string> all;
    for (std::string after, more = "yes"; !more.empty();) {
      const Json page =
          api_.get(thread_ + "/messages?order=" + order + "&limit=" + std::to_string(limit) + after)
              .json;
      const std::vector<std::string> some = ids(page);
      all.insert(all.end(), some.begin(), some.end());
      more = page.at("has_more").get<bool>() ? "yes" : "";
      if (!some.empty()) after = "&after=" + some.back();
    }
    return all;
  }
  // The message that the run's only step has made.
  std::string message_of(const std::string& run) {
    const Json steps = api_.get(thread_ + "/runs/" + run + "/steps").json.at("data");
    return steps.at(0).at("step_details").at("message_creation").at("message_id");
  }
  std::string status(const std::string& run) {
    return api_.get(thread_ + "/runs/" + run).json.at("status");
  }
  const std::string& thread() const { return thread_; }
  TestApi* operator->() { return &api_; }

 private:
  static std::vector<std::string> ids(const Json& page) {
    std::vector<std::string> ids;
    for (const Json& message : page.at("data")) ids.push_back(message.at("id"));
    return ids;
  }

  TestApi api_;
  std::string assistant_;
  std::string thread_;
};

TEST(MessageList, LacksTheAnswerOfACompletedRunForAWhile) {
  Asking api(lagging("3s"));
  const std::string run = api.ask();
  api->advance(2s);
  ASSERT_EQ(api.status(run), "completed");
  const std::string message = api.message_of(run);
  EXPECT_EQ(api.listed().size(), 1U) << "the question";
  EXPECT_EQ(api.listed("&run_id=" + run), std::vector<std::string>{});
  EXPECT_EQ(api->get(api.thread() + "/messages/" + message).json.at("status"), "completed");

  api->advance(2'999ms);
  EXPECT_EQ(api.listed().size(), 1U);
  api->advance(1ms);
  EXPECT_EQ(api.listed().size(), 2U);
  EXPECT_EQ(api.listed("&run_id=" + run), std::vector{message});
}

// What a client would take for the answer is the one before.
TEST(MessageList, ShowsTheAnswerBefore) {
  Asking api(lagging("3s"));
  const std::string first = api.ask();
  api->advance(5s);
  const std::string second = api.ask();
  api->advance(2s);
  ASSERT_EQ(api.status(second), "completed");
  const std::vector<std::string> listed = api.listed();
  ASSERT_EQ(listed.size(), 3U);
  EXPECT_EQ(listed.at(1), api.message_of(first));
  api->advance(3s);
  EXPECT_EQ(api.listed().back(), api.message_of(second));
}

// One that a run left open is listed so long after it was cut short.
TEST(MessageList, CountsFromTheEndOfAMessageHoweverItEnded) {
  Asking api(scenarios::ScenarioBook::parse(
      "messages_lag: 3s\n"
      "runs: [{ do: [{ say: A long story., over: 10s }], on_cancel: 2s }]\n"));
  const std::string run = api.ask();
  api->advance(5s);
  EXPECT_EQ(api->get(api.thread() + "/messages/" + api.message_of(run)).json.at("status"),
            "in_progress");
  EXPECT_EQ(api.listed().size(), 1U) << "still being written";
  api->post(api.thread() + "/runs/" + run + "/cancel");
  api->advance(2s);
  ASSERT_EQ(api.status(run), "cancelled");
  api->advance(2'999ms);
  EXPECT_EQ(api.listed().size(), 1U);
  api->advance(1ms);
  EXPECT_EQ(api.listed("&run_id=" + run), std::vector{api.message_of(run)});
}

TEST(MessageList, HasWhatClientsWroteAtOnce) {
  Asking api(lagging("3s"));
  api->post(api.thread() + "/messages", R"({"role":"assistant","content":"I was here."})");
  EXPECT_EQ(api.listed().size(), 1U);
}

// Where no time passes, a list that lagged would lag for ever.
TEST(MessageList, NeverLagsWithoutTime) {
  Asking api(lagging("3s"), {.pace = Pace::immediate});
  const std::string run = api.ask();
  EXPECT_EQ(api.listed("&run_id=" + run), std::vector{api.message_of(run)});
}

// Another scenario's lists are those of its own lag.
TEST(MessageList, FollowsTheScenarioThatIsPlayed) {
  Asking api(lagging("1h"));
  const std::string run = api.ask();
  api->advance(2s);
  EXPECT_EQ(api.listed().size(), 1U);
  api->api().play(scenarios::RuleMatcher(lagging("0").shared()));
  EXPECT_EQ(api.listed().size(), 2U);
}

TEST(MessageList, TakesACursorThatItDoesNotShowYet) {
  Asking api(lagging("3s"));
  const std::string run = api.ask();
  api->advance(2s);
  const std::string message = api.message_of(run);
  const std::string question = api.listed().front();
  EXPECT_EQ(api.listed("&after=" + message), std::vector<std::string>{});
  EXPECT_EQ(api.listed("&before=" + message), std::vector{question});
}

// At any moment all pages together are the list, in either order, and what is missing from it are
// answers that ended within the lag; after the lag nothing is.
RC_GTEST_PROP(MessageList, PagesAgreeAndCatchUp, ()) {
  const std::chrono::milliseconds lag{*rc::gen::inRange(1, 8'000)};
  Asking late(lagging(std::to_string(lag.count()) + "ms"));
  Asking prompt(lagging("0"));  // the same requests, and so the same ids
  const int questions = *rc::gen::inRange(1, 8);
  std::chrono::milliseconds now{};
  std::vector<std::chrono::milliseconds> answered;
  for (int question = 0; question < questions; ++question) {
    late.ask();
    prompt.ask();
    answered.push_back(now + 2s);
    const auto pause = std::chrono::milliseconds(*rc::gen::inRange(2'000, 6'000));
    now += pause;
    late->advance(pause);
    prompt->advance(pause);
    const std::vector<std::string> listed = late.listed();
    const std::vector<std::string> all = prompt.listed();
    std::vector<std::string> found;
    std::ranges::copy_if(all, std::back_inserter(found), [&](const std::string& id) {
      return std::ranges::find(listed, id) != listed.end();
    });
    RC_ASSERT(found == listed);
    const auto listed_answers =
        std::ranges::count_if(answered, [&](auto ended) { return ended + lag <= now; });
    RC_ASSERT(listed.size() == answered.size() + static_cast<std::size_t>(listed_answers));
    const int limit = *rc::gen::inRange(1, 5);
    RC_ASSERT(late.walked("asc", limit) == listed);
    std::vector<std::string> newest_first = late.walked("desc", limit);
    std::ranges::reverse(newest_first);
    RC_ASSERT(newest_first == listed);
  }
  late->advance(lag);
  RC_ASSERT(late.listed() == prompt.listed());
}

}  // namespace
}  // namespace assistants_mock::mock_server::api
