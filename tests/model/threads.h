#pragma once
// Threads as createThread and createThreadAndRun make them.
#include <optional>

#include "tests/model/operation.h"

namespace assistants_mock::tests::model {

Json drawn_thread(const World& world, Draw& draw);
// What the body names has to be there, and a store of it to live when files are attached.
std::optional<Expected> check_thread(World& world, const Json& body);
Thread& make_thread(World& world, const Json& body);
// Several messages, as bodies bring them.
Json drawn_messages(const World& world, Draw& draw, std::size_t most);

}  // namespace assistants_mock::tests::model
