// The last message of a user, beside the plain way to find it: look through all of them.
#include "mock_server/store/message_list.h"

#include <gtest/gtest.h>
// After gtest.
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace assistants_mock::mock_server::store {
namespace {

std::shared_ptr<const Message> message(std::size_t number, Role role) {
  Message made;
  made.id = "msg_" + std::to_string(number);
  made.role = role;
  return std::make_shared<const Message>(std::move(made));
}

std::string last_by_user(const MessageList& messages) {
  std::string last;
  for (const auto& [place, message] : messages)
    if (message->role == Role::user) last = message->id;
  return last;
}

RC_GTEST_PROP(MessageList, KnowsTheLastMessageOfAUser,
              (const std::vector<bool>& by_user, const std::vector<std::uint8_t>& erased)) {
  MessageList messages;
  for (std::size_t number = 0; number < by_user.size(); ++number) {
    messages.add(message(number, by_user[number] ? Role::user : Role::assistant));
    if (number >= erased.size()) continue;
    messages.erase("msg_" + std::to_string(erased[number] % (number + 1)));
    const auto last = messages.last_by_user();
    RC_ASSERT((last ? last->id : "") == last_by_user(messages));
  }
  const auto last = messages.last_by_user();
  RC_ASSERT((last ? last->id : "") == last_by_user(messages));
}

TEST(MessageList, ShowsTheNewestSnapshot) {
  MessageList messages;
  messages.add(message(1, Role::user));
  auto changed = std::make_shared<Message>(*message(1, Role::user));
  changed->metadata = {{"seen", "yes"}};
  messages.replace(changed);
  EXPECT_EQ(messages.last_by_user(), changed);
  EXPECT_EQ(messages.find("msg_1"), changed);
}

}  // namespace
}  // namespace assistants_mock::mock_server::store
