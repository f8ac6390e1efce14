#include "mock_server/store/store.h"

namespace assistants_mock::mock_server::store {

ThreadRecord& Store::add_thread(Thread thread) {
  auto record = std::make_unique<ThreadRecord>();
  record->thread = std::make_shared<const Thread>(std::move(thread));
  count(1);
  return *threads_.emplace(record->thread->id, std::move(record)).first->second;
}

ThreadRecord* Store::thread(std::string_view id) {
  const auto found = threads_.find(id);
  return found == threads_.end() ? nullptr : found->second.get();
}

const ThreadRecord* Store::thread(std::string_view id) const {
  const auto found = threads_.find(id);
  return found == threads_.end() ? nullptr : found->second.get();
}

bool Store::erase_thread(std::string_view id) {
  const auto found = threads_.find(id);
  if (found == threads_.end()) return false;
  const ThreadRecord& record = *found->second;
  uncount(1 + record.messages.size() + record.runs.size());
  for (const auto& [run, steps] : record.steps) uncount(steps.size());
  threads_.erase(found);
  return true;
}

std::size_t text_bytes(const Message& message) {
  std::size_t bytes = 0;
  for (const Content& part : message.content) {
    if (const auto* text = std::get_if<TextContent>(&part)) bytes += text->value.size();
    if (const auto* refusal = std::get_if<RefusalContent>(&part)) bytes += refusal->refusal.size();
  }
  return bytes;
}

std::string text_of(const Message& message) {
  std::string joined;
  for (const Content& part : message.content) {
    const auto* text = std::get_if<TextContent>(&part);
    if (text == nullptr) continue;
    if (!joined.empty()) joined += '\n';
    joined += text->value;
  }
  return joined;
}

}  // namespace assistants_mock::mock_server::store
