// Faults that are laid on a server while it runs, by the mock's own routes.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/mock_server/control/control_server.h"

namespace assistants_mock::mock_server::control {
namespace {

TEST(ControlOfFaults, FireInTheirTurnAndAreCounted) {
  Server server;
  server.post("/_mock/faults",
              {{"on", "POST /threads"}, {"times", {1, "3+"}}, {"error", "rl.rpm"}});
  std::vector<int> seen;
  for (int time = 0; time < 5; ++time) seen.push_back(server.post("/v1/threads").status);
  EXPECT_EQ(seen, (std::vector<int>{429, 200, 429, 429, 429}));
  EXPECT_EQ(server.get("/v1/models").status, 200) << "another request";
  EXPECT_EQ(server.send("POST", "/v1/threads", nullptr, "other").status, 200) << "another key";

  const json fault = server.get("/_mock/faults").body.at("data").at(0);
  EXPECT_EQ(fault.at("times"), json({1, "3+"}));
  EXPECT_EQ(fault.at("asked"), 5);
  EXPECT_EQ(fault.at("fired"), 4);
  EXPECT_EQ(server.get("/_mock/journal?refusal=rl.rpm").body.at("count"), 4);
  EXPECT_EQ(server.send("DELETE", "/_mock/faults").body.at("data").size(), 0U);
  EXPECT_EQ(server.post("/v1/threads").status, 200);
}

TEST(ControlOfFaults, OfAllAreThoseOfKeysToComeToo) {
  Server server;
  const json laid =
      server.post("/_mock/faults", {{"on", "POST /threads"}, {"error", "srv.503"}}, "").body;
  EXPECT_EQ(laid.at("data").size(), 1U);
  for (const char* key : {"one", "other"}) {
    EXPECT_EQ(server.post("/v1/threads", nullptr, key).status, 503);
    EXPECT_EQ(server.post("/v1/threads", nullptr, key).status, 200);
  }
  server.send("DELETE", "/_mock/faults", nullptr, "");
  EXPECT_EQ(server.post("/v1/threads", nullptr, "third").status, 200);
}

TEST(ControlOfFaults, AFaultForAllIsLaidOnNobodyWhenOneHasNoRoom) {
  Server server(TimeMode::manual, {.faults = 1});
  server.get("/v1/models", "empty");
  server.post("/_mock/faults", {{"on", "*"}, {"times", "9+"}, {"error", "rl.rpm"}}, "full");
  EXPECT_EQ(server.post("/_mock/faults", {{"on", "*"}, {"error", "rl.rpm"}}, "").status, 400);
  EXPECT_EQ(server.get("/_mock/faults", "empty").body.at("data").size(), 0U);
}

TEST(ControlOfFaults, AnswerWhateverTheyAreTold) {
  Server server;
  server.post("/_mock/faults", {{"on", "GET /models"},
                                {"status", 503},
                                {"headers", {{"retry-after", "7"}}},
                                {"body", {{"odd", true}}}});
  const auto answer = server.get("/v1/models");
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.body, json({{"odd", true}}));
  const json entry = server.get("/_mock/journal").body.at("data").at(0);
  EXPECT_EQ(entry.at("refusal"), "fault");
}

// It has what was sent, and says what was done to it.
TEST(ControlOfFaults, TheJournalTellsOfSpoiltAnswers) {
  Server server;
  server.post("/_mock/faults", {{"on", "GET /models"}, {"keep_bytes", 10}, {"delay", "1ms"}});
  server.post("/_mock/faults", {{"on", "GET /files"}, {"status", 200}, {"body", "<html>"}});
  server.post("/_mock/faults",
              {{"on", "POST /threads"}, {"connection", "reset"}, {"after_work", true}});
  server.get("/v1/models");
  server.get("/v1/files");
  server.post("/v1/threads");
  server.get("/v1/models");
  server.post("/_mock/faults", {{"on", "DELETE /models/{model}"},
                                {"status", 500},
                                {"body", "half an answer"},
                                {"keep_bytes", 4},
                                {"connection", "closed"}});
  server.send("DELETE", "/v1/models/gpt-4o");
  const json entries = server.get("/_mock/journal").body.at("data");
  const auto is = [&](std::size_t place, int status, const json& refusal, const json& fault) {
    EXPECT_EQ(entries.at(place).at("status"), status);
    EXPECT_EQ(entries.at(place).at("refusal"), refusal);
    EXPECT_EQ(entries.at(place).at("fault"), fault);
  };
  is(0, 200, "", "keep_bytes 10, delay 1ms");
  is(1, 200, "", "status 200");
  is(2, 0, "fault", "after_work, connection reset");
  is(3, 200, "", "");
  is(4, 500, "fault", "status 500, connection closed, keep_bytes 4");
  EXPECT_EQ(entries.at(4).at("answer"), "half");
  EXPECT_EQ(entries.at(0).at("answer").get<std::string>().size(), 10U);
  EXPECT_EQ(entries.at(1).at("answer"), "<html>");
  EXPECT_TRUE(entries.at(2).at("answer").is_null());
  EXPECT_GT(entries.at(3).at("answer").dump().size(), 10U);
}

TEST(ControlOfFaults, ACutComesBeforeTheWorkOrAfterIt) {
  Server server;
  server.post("/_mock/faults", {{"on", "createAssistant"}, {"times", 1}, {"connection", "closed"}});
  server.post(
      "/_mock/faults",
      {{"on", "createAssistant"}, {"times", 2}, {"connection", "closed"}, {"after_work", true}});
  const auto made = [&] { return server.get("/v1/assistants").body.at("data").size(); };
  server.post("/v1/assistants", {{"model", "gpt-4o"}});
  EXPECT_EQ(made(), 0U);
  server.post("/v1/assistants", {{"model", "gpt-4o"}});
  EXPECT_EQ(made(), 1U);
  const json cut = server.get("/_mock/journal?method=POST").body.at("data");
  EXPECT_EQ(cut.at(0).at("status"), 0);
  EXPECT_EQ(cut.at(1).at("status"), 0);
}

TEST(ControlOfFaults, ARunWhoseAnswerWasCutOffIsInTheJournal) {
  Server server;
  server.post("/_mock/faults",
              {{"on", "POST /threads/runs"}, {"connection", "closed"}, {"after_work", true}});
  const json assistant = server.post("/v1/assistants", {{"model", "gpt-4o"}}).body;
  server.post("/v1/threads/runs",
              {{"assistant_id", assistant.at("id")},
               {"thread", {{"messages", {{{"role", "user"}, {"content", "Bye"}}}}}}});
  EXPECT_EQ(server.get("/_mock/journal?unmatched=true").body.at("count"), 1);
}

TEST(ControlOfFaults, ThatCannotBeMeantAreRefused) {
  Server server;
  const std::vector<std::pair<json, std::string>> wrong = {
      {{{"on", "POST /thread"}, {"error", "rl.rpm"}}, "did you mean 'POST /threads'"},
      {{{"on", "*"}, {"error", "rl-rpm"}}, "did you mean 'rl.rpm'"},
      {{{"on", "*"}}, "does not say what happens"},
      {{{"on", "*"}, {"error", "rl.rpm"}, {"connection", "reset"}}, "has one of error, status"},
      {{{"on", "*"}, {"error", "rl.rpm"}, {"times", 0}}, "needs a number from 1"},
      {{{"on", "*"}, {"error", "rl.rpm"}, {"times", "often"}}, "needs a number from 1"},
      {{{"on", "*"}, {"error", "rl.rpm"}, {"times", json::array()}}, "needs a number from 1"},
      {{{"on", "*"}, {"status", 99}}, "'status'"},
      {{{"on", "*"}, {"status", 204}, {"body", "x"}}, "no body"},
      {{{"on", "*"}, {"status", 503}, {"headers", {{"retry after", "7"}}}}, "no name of a header"},
      {{{"on", "*"}, {"status", 503}, {"headers", {{"x", "a\r\ny: b"}}}}, "control characters"},
      {{{"on", "*"}, {"status", 503}, {"headers", {{"Content-Length", "7"}}}}, "set by the mock"},
      {{{"on", "*"}, {"error", "http.head"}}, "before the API"},
      {{{"on", "*"}, {"error", "rl.rpm"}, {"body", "x"}}, "belongs to a status"},
      {{{"on", "*"}, {"eror", "rl.rpm"}}, "did you mean 'error'"},
      {{{"on", "getRun"}, {"per", "file_id"}, {"error", "rl.rpm"}}, "has no {file_id}"},
      {{{"on", "getRun"}, {"while", "queud"}, {"error", "rl.rpm"}}, "did you mean 'queued'"},
      {{{"on", "getThread"}, {"while", "queued"}, {"error", "rl.rpm"}}, "names no run"},
      {{{"on", "getRun"}, {"stream", {{"then", "cut"}}}}, "never streams"},
      {{{"on", "createRun"}, {"stream", {{"after", "thread.run.done"}}}}, "there is no event"},
      {{{"stream", {{"after", "thread.run.failed"}, {"nth", 2}}}}, "leave 'nth' out"},
      {{{"stream", {{"after", "error"}, {"then", "swap"}}}}, "name an earlier event"},
      {{{"stream", {{"after", "*"}, {"pieces", 7}}}}, "leave 'after' out"},
      {{{"status", 503}, {"headers", {{"Upgrade", "h2c"}}}}, "about the connection"},
      {{{"status", 503}, {"headers", {{"X-Odd", "1"}, {"x-odd", "2"}}}}, "is there already"},
      {{{"delay", "25h"}}, "at most 24h is possible"},
  };
  for (const auto& [fault, words] : wrong) {
    const auto refused = server.post("/_mock/faults", fault);
    EXPECT_EQ(refused.status, 400) << fault;
    EXPECT_NE(refused.message().find(words), std::string::npos) << refused.message();
  }
  EXPECT_EQ(server.get("/_mock/faults").body.at("data").size(), 0U);
}

}  // namespace
}  // namespace assistants_mock::mock_server::control
