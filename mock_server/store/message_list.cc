#include "mock_server/store/message_list.h"

namespace assistants_mock::mock_server::store {

void MessageList::add(Item message) {
  const bool by_user = message->role == Role::user;
  const std::uint64_t place = Collection::add(std::move(message));
  if (by_user) by_user_.push_back(place);
}

bool MessageList::erase(std::string_view id) {
  if (!Collection::erase(id)) return false;
  while (!by_user_.empty() && !at(by_user_.back())) by_user_.pop_back();
  return true;
}

MessageList::Item MessageList::last_by_user() const {
  return by_user_.empty() ? nullptr : at(by_user_.back());
}

}  // namespace assistants_mock::mock_server::store
