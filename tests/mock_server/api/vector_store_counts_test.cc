// Whatever a client does to stores, files and batches, and however time passes in between: counters
// are those of the files, every file ends once, and nothing is found that is not there.
#include <gtest/gtest.h>
// After gtest.
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
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
    stores_.push_back(api_.post("/vector_stores").id());
    stores_.push_back(
        api_.post("/vector_stores", R"({"expires_after":{"anchor":"last_active_at","days":1}})")
            .id());
    for (const char* name : names)
      files_.push_back(api_.upload(name, std::string(name) == "broken.txt" ? "\xff\xff" : "cake"));
  }

  void act() {
    const std::string store = *rc::gen::elementOf(stores_);
    const std::string path = "/vector_stores/" + store;
    const std::string file = *rc::gen::elementOf(files_);
    switch (*rc::gen::inRange(0, 11)) {
      case 0:
      case 1:
        return attach(store, file);
      case 2:
        return attach_batch(store);
      case 3:
        if (!batches_.empty())
          api_.post(batches_.at(*rc::gen::inRange<std::size_t>(0, batches_.size())) + "/cancel");
        return;
      case 4:
        api_.del(path + "/files/" + file);
        return;
      case 5:
        if (*rc::gen::inRange(0, 4) == 0 && api_.del("/files/" + file).status == 200)
          deleted_.insert(file);
        return;
      case 6:
        return erase(store);
      case 7:
        return make_thread(store, file);
      case 8:
        api_.advance(std::chrono::days(*rc::gen::element(1, 7)));
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
      if (!is_expired(shown))
        RC_ASSERT((shown.at("status") == "in_progress") ==
                  (shown.at("file_counts").at("in_progress") != 0));
      check_expiry(id, shown);
      check_ends(id, files);
      check_search(store, files, is_expired(shown));
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

  static bool is_expired(const Json& store) { return store.at("status") == "expired"; }
  bool is_expired(const std::string& store) { return expired_.contains(store); }

  // What happens to a request that brings files to a store.
  void expect(const TestAnswer& answer, const std::string& store,
              const std::vector<std::string>& files) {
    const bool lacks_some =
        std::ranges::any_of(files, [&](const auto& file) { return deleted_.contains(file); });
    RC_ASSERT((answer.status == 200) == (!lacks_some && !files.empty() && !is_expired(store)));
    if (answer.status != 200) return;
    for (const std::string& file : files) attached_.erase({store, file});
  }

  void attach(const std::string& store, const std::string& file) {
    expect(api_.post("/vector_stores/" + store + "/files", Json{{"file_id", file}}.dump()), store,
           {file});
  }

  void attach_batch(const std::string& store) {
    const auto chosen =
        *rc::gen::container<std::vector<bool>>(files_.size(), rc::gen::arbitrary<bool>());
    std::vector<std::string> ids;
    for (std::size_t file = 0; file < files_.size(); ++file)
      if (chosen[file]) ids.push_back(files_[file]);
    const std::string path = "/vector_stores/" + store + "/file_batches";
    const TestAnswer batch = api_.post(path, Json{{"file_ids", ids}}.dump());
    expect(batch, store, ids);
    if (batch.status == 200) batches_.push_back(path + "/" + batch.id());
  }

  void erase(const std::string& store) {
    if (stores_.size() < 2) return;
    RC_ASSERT(api_.del("/vector_stores/" + store).status == 200);
    RC_ASSERT(api_.get("/vector_stores/" + store).status == 404);
    std::erase(stores_, store);
    expired_.erase(store);
    std::erase_if(batches_, [&](const auto& batch) { return batch.find(store) != batch.npos; });
    std::erase_if(attached_, [&](const auto& entry) { return entry.first.first == store; });
  }

  // With the store itself, a store of its own, or a file attached to a message.
  void make_thread(const std::string& store, const std::string& file) {
    if (stores_.size() > 4) return;
    const Json searching = Json::array({{{"type", "file_search"}}});
    const Json message = {
        {"role", "user"},
        {"content", "Hi"},
        {"attachments", Json::array({{{"file_id", file}, {"tools", searching}}})}};
    Json body;
    const int kind = *rc::gen::inRange(0, 3);
    if (kind != 0) body["messages"] = Json::array({message});
    if (kind == 1) body["tool_resources"]["file_search"]["vector_store_ids"] = Json::array({store});
    if (kind == 0)
      body["tool_resources"]["file_search"]["vector_stores"] =
          Json::array({{{"file_ids", Json::array({file})}}});
    const TestAnswer thread = api_.post("/threads", body.dump());
    const bool refused = deleted_.contains(file) || (kind == 1 && is_expired(store));
    RC_ASSERT((thread.status == 200) == !refused);
    if (refused) return;
    const std::string searched =
        thread.json.at("tool_resources").at("file_search").at("vector_store_ids").at(0);
    RC_ASSERT((searched == store) == (kind == 1));
    if (kind == 1)
      attached_.erase({store, file});
    else
      stores_.push_back(searched);
  }

  // It comes when it was said to come, to the second, and for good.
  void check_expiry(const std::string& id, const Json& store) {
    const auto now = state_machine::unix_seconds(api_.api().now());
    const Json& at = store.at("expires_at");
    if (at.is_null() || now < at) RC_ASSERT(!is_expired(store));
    if (!at.is_null() && now > at) RC_ASSERT(is_expired(store));
    if (is_expired(id)) RC_ASSERT(is_expired(store));
    if (is_expired(store)) expired_.insert(id);
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

  void check_search(const std::string& store, const Json& files, bool expired) {
    std::set<std::string> completed;
    for (const Json& file : files)
      if (file.at("status") == "completed") completed.insert(file.at("id"));
    const TestAnswer page =
        api_.post(store + "/search", R"({"query":"cake","max_num_results":50})");
    RC_ASSERT((page.status == 200) == !expired);
    if (expired) return;
    std::set<std::string> found;
    for (const Json& result : page.json.at("data")) found.insert(result.at("file_id"));
    RC_ASSERT(found == completed);
  }

  TestApi api_;
  std::vector<std::string> stores_;
  std::vector<std::string> files_;
  std::vector<std::string> batches_;
  std::set<std::string> deleted_;  // files
  std::set<std::string> expired_;  // stores
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
