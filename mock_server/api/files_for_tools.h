#pragma once
// Files that somebody attached without a word of the tool they are for, as the API's first version
// did: to an assistant, to a message. They go to whichever tools there are (docs/wire/
// first-version.md, "One object, two versions").
#include <cstddef>
#include <string>
#include <vector>

#include "mock_server/api/world.h"

namespace assistants_mock::mock_server::api {

// How many files an assistant has at most (OpenAPI of 2024-04-15: AssistantObject, file_ids).
inline constexpr std::size_t most_files_of_assistant = 20;

// The assistant's files that are there still.
std::vector<std::string> files_of(const World& world, const store::Assistant& assistant);

// Throws nf.files-in-body for a file that is not there, and f.retrieval for one that none of the
// tools takes.
void require_usable(const World& world, const store::Json& tools,
                    const std::vector<std::string>& file_ids);

// From now on these are the assistant's files, and its tools have them; those that it had before
// are taken out of its tools. The caller has made sure that they are usable and that there is room
// for objects_for_files().
void set_files(World& world, store::Assistant& assistant, const std::vector<std::string>& file_ids);
std::size_t objects_for_files(std::size_t files);

// Gives a run's tools what its assistant and the messages of its thread have for them, and the run
// the names of its assistant's files. The run's stores may be others then.
void give_files(World& world, store::RunSettings& settings, store::ThreadRecord& thread);
// How many objects that makes at most: of the assistant's files, the thread's, and those of
// messages that the thread is to have.
std::size_t objects_to_give(const World& world, const store::RunSettings& settings,
                            const std::vector<store::AttachedFile>& of_thread,
                            const std::vector<store::Message>& messages);

}  // namespace assistants_mock::mock_server::api
