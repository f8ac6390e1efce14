#pragma once
// What the API's users are told there is, in plain fields: the model that the server is held
// against. Written from docs/wire, rows of which are named where they are used; nothing in this
// folder but checked_api.cc and the threads' test knows how the server does it.
//
// Ids are names such as "@thread_2", the second that was made; names.h knows the server's for them.
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/model/script.h"

namespace assistants_mock::tests::model {

using Json = nlohmann::json;
using Time = std::int64_t;  // milliseconds since 1970
using Id = std::string;

inline constexpr Time second = 1'000;
inline constexpr Time day = 86'400 * second;
inline constexpr Time first_moment = 1'700'000'000 * second;

struct Assistant {
  Id id = {};
  Time created_at = 0;
  Json settings = {};   // name, description, model, instructions, tools, metadata
  Json resources = {};  // tool_resources, as they are shown
  bool deleted = false;
};

struct Message {
  Id id = {};
  Time created_at = 0;
  std::string role = "user";
  Json content = {};
  Json attachments = Json::array();
  Json metadata = Json::object();
  Id assistant = {};  // and run: of one that a run wrote
  Id run = {};
  std::string status = "completed";  // M1 to M3
  std::optional<Time> completed_at = {};
  std::optional<Time> incomplete_at = {};
  std::string reason = {};  // why it is incomplete
  bool deleted = false;
};

struct ToolCall {
  Id id = {};
  std::string type = "function";
  std::string name = {};
  std::optional<std::string> output = {};
};

struct Step {
  Id id = {};
  Time created_at = 0;
  Id message = {};  // of message_creation, else it is of tool_calls
  std::vector<ToolCall> calls = {};
  bool whole = false;                  // whether all calls are known
  std::string status = "in_progress";  // S1 to S5
  std::optional<Time> completed_at = {};
  std::optional<Time> failed_at = {};
  std::optional<Time> cancelled_at = {};
  std::optional<Time> expired_at = {};
  bool deleted = false;  // never: lists ask
};

struct Run {
  Id id = {};
  Id assistant = {};
  Time created_at = 0;
  std::string status = "queued";  // T1 to T15
  std::optional<Time> started_at = {};
  std::optional<Time> completed_at = {};
  std::optional<Time> failed_at = {};
  std::optional<Time> cancelled_at = {};
  std::string error = {};
  Json settings = {};  // model, instructions, tools, metadata
  std::vector<Step> steps = {};

  const Behaviour* behaviour = nullptr;
  std::size_t next_move = 0;
  std::optional<Time> due = {};      // of the next move, or of the pick-up while it is queued
  std::optional<Time> settles = {};  // a cancel
  bool deleted = false;              // never: lists ask

  bool active() const;
  Time expires_at() const { return created_at + 600 * second; }  // T1
};

struct Thread {
  Id id = {};
  Time created_at = 0;
  Json metadata = Json::object();
  Json resources = {};
  std::vector<Message> messages = {};
  std::vector<Run> runs = {};
  bool deleted = false;

  Run* active_run();
};

struct File {
  Id id = {};
  Time created_at = 0;
  std::string filename = {};
  std::string purpose = {};
  std::string content = {};
  std::optional<Time> expires_at = {};
  bool deleted = false;
};

struct Part {
  Id id = {};
  std::string content = {};
};

struct Upload {
  Id id = {};
  Time created_at = 0;
  std::string status = "pending";  // U1 to U4
  std::string filename = {};
  std::string purpose = {};
  std::size_t bytes = 0;
  std::vector<Part> parts = {};
  bool deleted = false;  // never

  Time expires_at() const { return created_at + 3'600 * second; }  // U1
};

struct StoreFile {
  Id id = {};  // the file's
  Time created_at = 0;
  std::string status = "in_progress";  // F1 to F4
  std::optional<Time> due = {};        // of its end; never, for one that is stuck
  std::string error = {};              // of one that will fail
  Json attributes = Json::object();
  Id batch = {};
  bool deleted = false;
};

struct Batch {
  Id id = {};
  Time created_at = 0;
  std::string status = "in_progress";  // B1 to B3
};

struct Store {
  Id id = {};
  Time created_at = 0;
  Json name = nullptr;
  Json metadata = Json::object();
  std::optional<int> days = {};  // expires_after
  Time last_active_at = 0;
  bool expired = false;
  std::vector<StoreFile> files = {};
  std::vector<Batch> batches = {};
  bool deleted = false;

  std::optional<Time> expires_at() const;
};

struct World {
  Time now = first_moment;
  std::vector<Assistant> assistants = {};
  std::vector<Thread> threads = {};
  std::vector<File> files = {};
  std::vector<Upload> uploads = {};
  std::vector<Store> stores = {};
  std::set<std::string> models_gone = {};
  std::map<std::string, int> made = {};  // how many ids, by kind

  // The next id of a kind: "thread" gives "@thread_1", "@thread_2" …
  Id next_id(const std::string& kind);
};

// The one that is there; null when there is none, or none any more.
template <class Thing>
Thing* find(std::vector<Thing>& things, const Id& id) {
  for (Thing& thing : things)
    if (thing.id == id && !thing.deleted) return &thing;
  return nullptr;
}
template <class Thing>
const Thing* find(const std::vector<Thing>& things, const Id& id) {
  for (const Thing& thing : things)
    if (thing.id == id && !thing.deleted) return &thing;
  return nullptr;
}
inline bool gone(const File& file, Time now) {
  return file.deleted || (file.expires_at && *file.expires_at <= now);
}
File* find_file(World& world, const Id& id);

// The last id of a store that the resources name; empty when there is none.
Id store_named(const Json& resources);

// Wire times are whole seconds.
inline Json shown(const std::optional<Time>& at) {
  return at ? Json(*at / second) : Json(nullptr);
}

// Time passes, and what is due happens: at one moment files are indexed, then stores expire, then
// runs move (T2 to T15, F2, F3, V3, V4, B2).
void advance(World& world, Time by);

// What a cancel does (T9, T10), and outputs do (T4).
void cancel(Run& run, Time now);
void resume(World& world, Run& run);
// What batches are once files moved or went away (B2).
void settle_batches(Store& store);

}  // namespace assistants_mock::tests::model
