// Whatever a client does to stores, files and batches, and however time passes in between: counters
// are those of the files, every file ends once, and nothing is found that is not there.
#include <gtest/gtest.h>
// After gtest.
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

#include "tests/mock_server/test_api.h"

namespace assistants_mock::mock_server::api {
namespace {

using Json = nlohmann::ordered_json;

// Files that take no time, some time and for ever, and that fail by script and by content.
constexpr const char* scenario = R"(scenario: stores
indexing:
  files:
    - { filename: quick, takes: 0 }
    - { filename: slow, takes: 5s }
    - { filename: stuck, takes: forever }
    - { filename: bad, takes: 2s, fail: server_error }
runs: [ { do: [ say: Hello. ] } ]
)";

constexpr std::array<const char*, 6> names = {"quick.txt", "slow.md",   "stuck.txt",
                                              "bad.txt",   "usual.txt", "broken.txt"};

Json counts_of(const Json& files) {
  Json counts = {
      {"in_progress", 0}, {"completed", 0}, {"failed", 0}, {"cancelled", 0}, {"total", 0}};
  for (const Json& file : files) {
    counts[file.at("status").get<std::string>()].get_ref<std::int64_t&>() += 1;
    counts["total"].get_ref<std::int64_t&>() += 1;
  }
  return counts;
}

class Session {
 public:
  Session() : api_(scenarios::ScenarioBook::parse(scenario)) {
    for (int store = 0; store < 2; ++store) stores_.push_back(api_.post("/vector_stores").id());
    for (const char* name : names)
      files_.push_back(api_.upload(name, std::string(name) == "broken.txt" ? "\xff\xff" : "cake"));
  }

  void act() {
    const std::string store = "/vector_stores/" + *rc::gen::elementOf(stores_);
    const std::string file = *rc::gen::elementOf(files_);
    switch (*rc::gen::inRange(0, 8)) {
      case 0:
      case 1:
        api_.post(store + "/files", Json{{"file_id", file}}.dump());
        attached_.erase({store, file});
        return;
      case 2:
        return attach_batch(store);
      case 3:
        if (!batches_.empty()) api_.post(*rc::gen::elementOf(batches_) + "/cancel");
        return;
      case 4:
        api_.del(store + "/files/" + file);
        return;
      case 5:
        if (*rc::gen::inRange(0, 4) == 0) api_.del("/files/" + file);
        return;
      default:
        api_.advance(std::chrono::milliseconds(*rc::gen::element(1, 500, 1000, 3000, 10'000)));
    }
  }

  void check() {
    for (const std::string& id : stores_) {
      const std::string store = "/vector_stores/" + id;
      const Json files = api_.get(store + "/files?limit=100").json.at("data");
      const Json shown = api_.get(store).json;
      RC_ASSERT(shown.at("file_counts") == counts_of(files));
      RC_ASSERT((shown.at("status") == "in_progress") ==
                (shown.at("file_counts").at("in_progress") != 0));
      check_ends(store, files);
      check_search(store, files);
    }
    for (const std::string& batch : batches_) {
      const Json shown = api_.get(batch).json;
      const Json counts = counts_of(api_.get(batch + "/files?limit=100").json.at("data"));
      RC_ASSERT(shown.at("file_counts") == counts);
      RC_ASSERT((shown.at("status") == "in_progress") == (counts.at("in_progress") != 0));
    }
  }

 private:
  using Attached = std::pair<std::string, std::string>;  // store, file

  void attach_batch(const std::string& store) {
    const auto chosen =
        *rc::gen::container<std::vector<bool>>(files_.size(), rc::gen::arbitrary<bool>());
    std::vector<std::string> ids;
    for (std::size_t file = 0; file < files_.size(); ++file)
      if (chosen[file]) ids.push_back(files_[file]);
    const TestAnswer batch = api_.post(store + "/file_batches", Json{{"file_ids", ids}}.dump());
    if (batch.status != 200) return;
    batches_.push_back(store + "/file_batches/" + batch.id());
    for (const std::string& id : ids) attached_.erase({store, id});
  }

  // What has ended stays as it ended, until it is attached again.
  void check_ends(const std::string& store, const Json& files) {
    std::map<Attached, std::string> now;
    for (const Json& file : files) {
      const Attached attached = {store, file.at("id")};
      const auto before = attached_.find(attached);
      const std::string status = file.at("status");
      if (before != attached_.end() && before->second != "in_progress")
        RC_ASSERT(status == before->second);
      now.emplace(attached, status);
    }
    std::erase_if(attached_, [&](const auto& entry) { return entry.first.first == store; });
    attached_.merge(now);
  }

  void check_search(const std::string& store, const Json& files) {
    std::set<std::string> completed;
    for (const Json& file : files)
      if (file.at("status") == "completed") completed.insert(file.at("id"));
    std::set<std::string> found;
    const TestAnswer page =
        api_.post(store + "/search", R"({"query":"cake","max_num_results":50})");
    for (const Json& result : page.json.at("data")) found.insert(result.at("file_id"));
    RC_ASSERT(found == completed);
  }

  TestApi api_;
  std::vector<std::string> stores_;
  std::vector<std::string> files_;
  std::vector<std::string> batches_;
  std::map<Attached, std::string> attached_;
};

RC_GTEST_PROP(VectorStores, CountersAreThoseOfTheirFiles, ()) {
  Session session;
  const int acts = *rc::gen::inRange(1, 25);
  for (int act = 0; act < acts; ++act) {
    session.act();
    session.check();
  }
}

}  // namespace
}  // namespace assistants_mock::mock_server::api
