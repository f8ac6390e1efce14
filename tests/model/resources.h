#pragma once
// What tool_resources and attachments do (vector-stores.md, "From assistants and threads").
#include <optional>
#include <string>
#include <vector>

#include "tests/model/operation.h"

namespace assistants_mock::tests::model {

// As a body has them; null for none. `making`: where a store may be described.
Json drawn_resources(const World& world, Draw& draw, bool making);
// Whether all that they name is there.
std::optional<Expected> check_resources(World& world, const Json& resources);
// As they are shown, once the stores that they describe are made, which live so many days.
Json made_resources(World& world, const Json& resources, std::optional<int> days);
inline constexpr int days_of_thread_stores = 7;

// Some of the files that are there, each once; now and then one that is not.
std::vector<Id> drawn_files(const World& world, Draw& draw, std::size_t most);
// nf.files-in-body.
std::optional<Expected> check_files(World& world, const std::vector<Id>& ids);
// f.retrieval.
std::optional<Expected> check_retrieval(World& world, const std::vector<Id>& ids);

Store& make_store(World& world, std::optional<int> days);
// V2: each begins anew, and its store is in use.
void attach(World& world, Store& store, const Id& file, const Json& attributes = Json::object(),
            const Id& batch = {});

}  // namespace assistants_mock::tests::model
