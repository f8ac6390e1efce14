#pragma once
// The files and vector stores that assistants, threads, messages and runs bring along: checked
// first, then made and remembered (docs/wire/vector-stores.md, "From assistants and threads").
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "mock_server/api/body_schema.h"
#include "mock_server/api/world.h"

namespace assistants_mock::mock_server::api {

// `tool_resources` of a body.
class ToolResources {
 public:
  // Throws the first refusal (nf.files-in-body, f.retrieval, nf.vs-ref). Stores that the body
  // describes will expire after so many days without use, or never.
  ToolResources(const World& world, const Body& body, std::optional<int> days_without_use);

  // The resources as they were sent, stores described in full.
  const store::Json& sent() const { return shown_; }
  // How many objects apply() makes.
  std::size_t objects() const;
  // Makes the stores; gives what is shown: a store that was described as its id.
  store::Json apply(World& world);

 private:
  store::Json shown_;
  std::vector<engine::NewVectorStore> stores_;
};

// How long stores of threads live without use.
inline constexpr int days_of_thread_stores = 7;

// The store that `tool_resources` names for file_search; empty when it names none.
std::string store_of(const store::Json& tool_resources);

// Gives files to a tool by way of the `resources` that it uses: for file_search in the store that
// is named there, or else in a new one, which expires after so many days without use; for
// code_interpreter in its list. The store must not have expired; a file that is in it already is
// read once more.
void search_files(World& world, store::Json& resources, const std::vector<std::string>& ids,
                  std::optional<int> days_without_use);
void give_to_interpreter(store::Json& resources, const std::vector<std::string>& ids);

// Throws what is wrong with the attachments and images that these messages name: they are not
// there, or the tools cannot take them.
void check_message_files(const World& world, const std::vector<store::Message>& messages);
// Throws what keeps a thread with these `thread_resources` from taking the attachments: more files
// than code interpreter takes, a store that has expired.
void require_takes_files(const World& world, const store::Json& thread_resources,
                         const std::vector<store::Message>& messages);
// How many objects their attachments make at most.
std::size_t objects_of_attachments(const std::vector<store::Message>& messages);
// Gives a message's attachments to the tools of its thread: for file_search into the thread's
// store, which is made when there is none; for code_interpreter into its list of files.
void attach_files(World& world, store::ThreadRecord& thread, const store::Message& message);

}  // namespace assistants_mock::mock_server::api
