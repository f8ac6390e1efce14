#include "mock_server/store/message_list.h"

#include <algorithm>

namespace assistants_mock::mock_server::store {

void MessageList::add(Item message) {
  const bool by_user = message->role == Role::user;
  const std::uint64_t place = Collection::add(std::move(message));
  if (by_user) by_user_.push_back(place);
}

bool MessageList::erase(std::string_view id) {
  const auto place = place_of(id);
  if (!Collection::erase(id)) return false;
  const auto entry = std::ranges::lower_bound(by_user_, *place);
  if (entry != by_user_.end() && *entry == *place) by_user_.erase(entry);
  return true;
}

MessageList::Item MessageList::last_by_user() const {
  return by_user_.empty() ? nullptr : at(by_user_.back());
}

}  // namespace assistants_mock::mock_server::store
