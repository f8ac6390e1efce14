#pragma once
// Messages as bodies of several operations bring them.
#include <optional>

#include "tests/model/operation.h"

namespace assistants_mock::tests::model {

Json drawn_message(const World& world, Draw& draw);
// What they name: files that are not there, or cannot be searched.
std::optional<Expected> check_attachments(World& world, const Json& messages);
// vs.expired.use: attachments for a store that has expired.
std::optional<Expected> check_store_of_attachments(World& world, const Json& resources,
                                                   const Json& messages);
void add_messages(World& world, Thread& thread, const Json& messages);
bool has_user_message(const Thread& thread);
bool has_user_message(const Json& messages);
std::string last_user_message(const Thread& thread);

std::vector<Field> message_fields();

}  // namespace assistants_mock::tests::model
