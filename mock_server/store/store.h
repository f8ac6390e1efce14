#pragma once
// Everything one tenant has made: assistants, threads with their messages, runs and steps, files,
// uploads and vector stores. Nothing here decides anything; the engine and the handlers do.
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "mock_server/search/by_text.h"
#include "mock_server/store/collection.h"
#include "mock_server/store/message_list.h"
#include "mock_server/store/resources.h"
#include "mock_server/store/vector_stores.h"

namespace assistants_mock::mock_server::store {

struct ThreadRecord {
  std::shared_ptr<const Thread> thread;
  MessageList messages;
  Collection<Run> runs;
  std::map<std::string, Collection<RunStep>, std::less<>> steps;  // by run
  std::vector<AttachedFile> files;  // of its messages, for whichever tools its runs have
  std::string active_run;           // the run that locks the thread; empty when none does
  std::size_t text_bytes = 0;       // of all messages; what token estimates are made from
};

class Store {
 public:
  Collection<Assistant> assistants;
  VectorStores vector_stores;
  Collection<File> files;
  std::map<std::string, Upload, std::less<>> uploads;
  // When a file or an upload that has not ended expires, with its id, soonest first.
  std::set<std::pair<Instant, std::string>> expiries;

  ThreadRecord& add_thread(Thread thread);
  // Null when there is none.
  ThreadRecord* thread(std::string_view id);
  const ThreadRecord* thread(std::string_view id) const;
  bool erase_thread(std::string_view id);

  // Objects of all kinds that are there now, as told by who adds and erases them; erase_thread()
  // tells of its own.
  std::size_t size() const { return size_; }
  void count(std::size_t added) { size_ += added; }
  void uncount(std::size_t gone) { size_ -= gone; }

  // Models that this tenant deleted (OpenAPI: deleteModel).
  std::set<std::string, std::less<>> deleted_models;

 private:
  search::ByText<std::unique_ptr<ThreadRecord>> threads_;
  std::size_t size_ = 0;
};

// The bytes of text in a message, from which tokens are estimated.
std::size_t text_bytes(const Message& message);
// The text parts of a message, joined by line feeds.
std::string text_of(const Message& message);

}  // namespace assistants_mock::mock_server::store
