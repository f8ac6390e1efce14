#pragma once
// The messages of a thread. The last one that a user wrote is what runs are chosen by, so it is
// found at once, however much an assistant has said since.
#include <cstdint>
#include <vector>

#include "mock_server/store/collection.h"
#include "mock_server/store/resources.h"

namespace assistants_mock::mock_server::store {

class MessageList : public Collection<Message> {
 public:
  // As those of Collection; the role of a message never changes.
  void add(Item message);
  bool erase(std::string_view id);

  // Null when there is none.
  Item last_by_user() const;

 private:
  // Places of users' messages that are there, rising.
  std::vector<std::uint64_t> by_user_;
};

}  // namespace assistants_mock::mock_server::store
