// Refusals that hang on what was done before, each brought about by requests.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/mock_server/test_api.h"

namespace assistants_mock::mock_server {
namespace {

scenarios::ScenarioBook with_models(const std::string& models) {
  return scenarios::ScenarioBook::parse("models: " + models + "\nruns: [{ do: [{ wait: 1h }] }]");
}

// nf.model: wherever a model is named.
TEST(Refusals, AModelThatTheScenarioDoesNotHave) {
  TestApi api(with_models("[gpt-4o, gpt-4.1]"));
  const std::string assistant =
      "/assistants/" + api.post("/assistants", R"({"model":"gpt-4o"})").id();
  const std::string thread = api.post("/threads").id();
  const auto run = [&](const std::string& model) {
    return api.post("/threads/" + thread + "/runs", R"({"assistant_id":")" + assistant.substr(12) +
                                                        R"(","instructions":"Go","model":")" +
                                                        model + R"("})");
  };
  for (const TestAnswer& refused : {api.post("/assistants", R"({"model":"gpt-5"})"),
                                    api.post(assistant, R"({"model":"gpt-5"})"), run("gpt-5")}) {
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(refused.refusal, "nf.model");
    EXPECT_EQ(refused.message(), "The requested model 'gpt-5' does not exist.");
  }
  EXPECT_EQ(api.get(assistant).json.at("model"), "gpt-4o");
  EXPECT_EQ(api.get("/models").json.at("data").size(), 2U);
  EXPECT_EQ(api.get("/models/gpt-4.1").status, 200);
  EXPECT_EQ(api.get("/models/gpt-4o-mini").refusal, "nf.model-route");
  EXPECT_EQ(run("gpt-4.1").json.at("model"), "gpt-4.1");
}

// model.unsupported
TEST(Refusals, AModelThatIsNoneForAssistants) {
  TestApi api;
  for (const char* model : {"o1-mini", "o1-preview-2024-09-12", "text-embedding-3-small"})
    EXPECT_EQ(api.post("/assistants", std::string(R"({"model":")") + model + R"("})").refusal,
              "model.unsupported")
        << model;
  for (const char* model : {"o1", "o3-mini", "ft:gpt-4o:mine", "anything"})
    EXPECT_EQ(api.post("/assistants", std::string(R"({"model":")") + model + R"("})").status, 200)
        << model;
}

// beta.v1-only-route: with either header, since 2024-12-18.
TEST(Refusals, ARouteThatOnlyV1Had) {
  TestApi api("echo", {.first_version = FirstVersion::refused});
  for (const std::string beta : {"assistants=v1", "assistants=v2"})
    for (const char* path : {"/v1/assistants/asst_1/files", "/v1/assistants/asst_1/files/file-1",
                             "/v1/threads/thread_1/messages/msg_1/files"}) {
      const TestAnswer refused =
          api.send({"GET", path, {{"Authorization", "Bearer key"}, {"OpenAI-Beta", beta}}, ""});
      EXPECT_EQ(refused.refusal, "beta.v1-only-route") << path;
      EXPECT_EQ(refused.status, 400);
    }
  EXPECT_EQ(api.get("/assistants/asst_1/images").refusal, "route.unknown");
}

// lock.run-with-messages, beside lock.run and lock.message
TEST(Refusals, ABusyThreadSaysWhatItIsBusyFor) {
  TestApi api(with_models("[gpt-4o]"));
  const std::string assistant = api.post("/assistants", R"({"model":"gpt-4o"})").id();
  const std::string thread = "/threads/" + api.post("/threads").id();
  const std::string id = R"({"assistant_id":")" + assistant + R"(","instructions":"Go")";
  const std::string message = R"({"role":"user","content":"Hi"})";
  const std::string run = api.post(thread + "/runs", id + "}").id();
  EXPECT_EQ(api.post(thread + "/runs", id + "}").refusal, "lock.run");
  EXPECT_EQ(api.post(thread + "/messages", message).refusal, "lock.message");
  const TestAnswer both =
      api.post(thread + "/runs", id + R"(,"additional_messages":[)" + message + "]}");
  EXPECT_EQ(both.refusal, "lock.run-with-messages");
  EXPECT_NE(both.message().find("while a run " + run + " is active"), std::string::npos);
}

// delete.again
TEST(Refusals, OfWhatWasDeletedAreThoseOfWhatNeverWas) {
  TestApi api;
  const std::vector<std::string> paths = {
      "/assistants/" + api.post("/assistants", R"({"model":"gpt-4o"})").id(),
      "/threads/" + api.post("/threads").id(),
      "/vector_stores/" + api.post("/vector_stores", "{}").id(),
  };
  for (const std::string& path : paths) {
    const std::string gone = path.substr(path.rfind('/') + 1);
    const std::string never = gone.substr(0, gone.size() - 3) + "000";
    EXPECT_EQ(api.del(path).json.at("deleted"), true);
    const TestAnswer again = api.del(path);
    EXPECT_EQ(again.status, 404) << path;
    std::string words = api.del(path.substr(0, path.size() - 3) + "000").message();
    words.replace(words.find(never), never.size(), gone);
    EXPECT_EQ(again.message(), words);
    EXPECT_EQ(api.get(path).message(), words);
  }
}

}  // namespace
}  // namespace assistants_mock::mock_server
