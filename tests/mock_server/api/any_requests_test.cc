// Whatever is asked, in whatever order, in whatever time: answers come from the catalogue, and what
// can be read afterwards is whole.
#include <gtest/gtest.h>
// After gtest.
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "mock_server/api/request_bodies.h"
#include "mock_server/api/routes.h"
#include "tests/mock_server/api/body_generator.h"
#include "tests/mock_server/test_api.h"

namespace assistants_mock::mock_server::api {
namespace {

const std::vector<std::string> scripts = {"echo",
                                          "tool_rounds",
                                          "same_tool_twice",
                                          "fails_mid_message",
                                          "cancel_too_late",
                                          "hangs_mid_message",
                                          "cancel_never_settles",
                                          "out_of_completion_tokens"};

// A client without a plan: any operation of either version, on ids that it has seen or made up.
class Wanderer {
 public:
  explicit Wanderer(TestApi& api) : api_(api) {
    see(api_.post("/assistants", R"({"model":"gpt-4o","instructions":"Be brief."})"));
    see(api_.post("/threads", R"({"messages":[{"role":"user","content":"Hello"}]})"));
  }

  TestAnswer wander() {
    const Route& route = *rc::gen::elementOf(routes());
    std::string path(route.path);
    for (std::size_t open = 0; (open = path.find('{')) != std::string::npos;)
      path.replace(open, path.find('}') - open + 1, any_id());
    const bool first = *rc::gen::inRange(0, 3) == 0;
    Body body = Body::object();
    if (const ObjectSchema* schema = first && route.first_body ? route.first_body : route.body)
      body = BodyGenerator(*rc::gen::element(0, 0, 30)).object(*schema);
    if (route.form != nullptr) {
      const TestAnswer answer = api_.post(path, any_form(route));
      see(answer);
      return answer;
    }
    if (body.is_object() && body.contains("assistant_id") && *rc::gen::inRange(0, 4) != 0)
      body["assistant_id"] = assistant_;
    if (body.is_object() && body.contains("tool_outputs") && *rc::gen::inRange(0, 4) != 0)
      body["tool_outputs"] = outputs_for_open_calls();
    name_files(body);
    const std::string text =
        body.dump(-1, ' ', false, Body::error_handler_t::replace);  // texts hold any bytes
    Headers headers = TestApi::client_headers();
    if (first) headers[1].second = "assistants=v1";
    const TestAnswer answer = api_.send({std::string(route.method), "/v1" + path,
                                         std::move(headers), route.body != nullptr ? text : ""});
    see(answer);
    return answer;
  }

 private:
  // Mostly one that is taken.
  static FormText any_form(const Route& route) {
    FormText form;
    if (route.operation == "createFile")
      form.field("purpose", *rc::gen::element("assistants", "batch", "vision", "none"));
    const std::string name = *rc::gen::element("a.txt", "b.jsonl", "c", "d.exe", "");
    return form.file(route.form->file, name, *rc::gen::element("", "one", "two"));
  }

  // Files that are there, mostly, or were.
  void name_files(Body& body) {
    std::vector<std::string> files;
    for (const std::string& id : ids_)
      if (id.starts_with("file-")) files.push_back(id);
    if (files.empty() || !body.is_object() || *rc::gen::inRange(0, 4) == 0) return;
    if (body.contains("file_ids")) body["file_ids"] = {*rc::gen::elementOf(files)};
    if (body.contains("file_id")) body["file_id"] = *rc::gen::elementOf(files);
  }

  std::string any_id() { return *rc::gen::elementOf(ids_); }

  void see(const TestAnswer& answer) {
    if (!answer.json.is_object() || !answer.json.contains("id")) return;
    const std::string id = answer.id();
    if (std::ranges::find(ids_, id) == ids_.end()) ids_.push_back(id);
    if (id.starts_with("asst_")) assistant_ = id;
    const auto action = answer.json.find("required_action");
    if (action != answer.json.end() && action->is_object())
      open_calls_ = action->at("submit_tool_outputs").at("tool_calls");
  }

  Body outputs_for_open_calls() const {
    Body outputs = Body::array();
    for (const Body& call : open_calls_)
      outputs.push_back({{"tool_call_id", call.at("id")}, {"output", "done"}});
    return outputs;
  }

  TestApi& api_;
  std::vector<std::string> ids_ = {"undefined", "thread_none", "run_none"};
  std::string assistant_;
  Body open_calls_ = Body::array();
};

void require_told_in_the_services_way(const TestAnswer& answer) {
  const std::set<int> statuses = {200, 400, 404, 405};
  RC_ASSERT(statuses.contains(answer.status));
  RC_ASSERT(answer.refusal.empty() == (answer.status == 200));
  if (answer.status == 200) return;
  RC_ASSERT(answer.json.at("error").size() == 4U);
  RC_ASSERT(!answer.message().empty());
}

void require_threads_whole(TestApi& api, const TestAnswer& run) {
  if (!run.json.is_object() || run.json.value("object", "") != "thread.run") return;
  const std::string thread = run.json.at("thread_id");
  const TestAnswer runs = api.get("/threads/" + thread + "/runs?limit=100");
  const auto active = std::ranges::count_if(
      runs.json.at("data"), [](const auto& each) { return !each.at("expires_at").is_null(); });
  RC_ASSERT(active <= 1);  // lock.run
}

RC_GTEST_PROP(AnyRequests, AreAnsweredFromTheCatalogue, ()) {
  const ApiOptions options{.pace = *rc::gen::element(Pace::given, Pace::stepped, Pace::immediate)};
  TestApi api(*rc::gen::elementOf(scripts), options);
  Wanderer wanderer(api);
  for (int steps = *rc::gen::inRange(1, 40); steps > 0; --steps) {
    const TestAnswer answer = wanderer.wander();
    require_told_in_the_services_way(answer);
    require_threads_whole(api, answer);
    if (*rc::gen::inRange(0, 4) == 0)
      api.advance(*rc::gen::element(std::chrono::seconds{1}, std::chrono::seconds{599},
                                    std::chrono::seconds{601}));
  }
}

}  // namespace
}  // namespace assistants_mock::mock_server::api
