#include "tests/docs/sample_objects.h"

#include "tests/docs/joined_table.h"

namespace assistants_mock::tests {

using namespace mock_server;
using Json = nlohmann::ordered_json;

store::Assistant assistant() {
  store::Assistant one;
  one.id = "asst_…";
  one.created_at = birth;
  one.name = "Weather";
  one.model = "gpt-4o";
  return one;
}

store::Thread thread() {
  store::Thread one;
  one.id = "thread_…";
  one.created_at = birth;
  return one;
}

store::Message message() {
  store::Message one;
  one.id = "msg_…";
  one.thread_id = "thread_…";
  one.created_at = birth;
  one.role = store::Role::assistant;
  one.content = {store::TextContent{"12 C"}};
  one.assistant_id = "asst_…";
  one.run_id = "run_…";
  one.completed_at = birth;
  return one;
}

store::Run run_with_usage() {
  store::RunSettings settings;
  settings.assistant_id = "asst_…";
  settings.model = "gpt-4o";
  settings.truncation_strategy = {{"type", "auto"}, {"last_messages", nullptr}};
  store::Run one;
  one.id = "run_…";
  one.thread_id = "thread_…";
  one.settings = std::make_shared<const store::RunSettings>(std::move(settings));
  one.state = state_machine::created(birth);
  one.usage = store::Usage{20, 5};
  return one;
}

store::RunStep step() {
  store::RunStep one;
  one.id = "step_…";
  one.run_id = "run_…";
  one.thread_id = "thread_…";
  one.assistant_id = "asst_…";
  one.created_at = birth;
  one.details = "msg_…";
  one.expires_at = birth + state_machine::run_lifetime;
  return one;
}

std::string value_of(const Json& object, const std::string& key) {
  return object.contains(key) ? code(object.at(key).dump()) : "absent";
}

std::vector<std::string> merged_keys(const Json& one, const Json& other) {
  std::vector<std::string> keys;
  auto next = other.begin();
  for (const auto& [key, value] : one.items()) {
    if (other.contains(key))
      for (; next != other.end() && next.key() != key; ++next)
        if (!one.contains(next.key())) keys.push_back(next.key());
    if (next != other.end() && next.key() == key) ++next;
    keys.push_back(key);
  }
  for (; next != other.end(); ++next) keys.push_back(next.key());
  return keys;
}

}  // namespace assistants_mock::tests
