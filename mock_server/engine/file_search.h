#pragma once
// What is found in vector stores: by the search of a store, and by the file_search of a run. How a
// text is found and ranked is docs/search.md.
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "mock_server/search/attribute_filter.h"
#include "mock_server/store/store.h"
#include "scenarios/hosted_tools.h"

namespace assistants_mock::mock_server::engine {

struct FileSearch {
  std::vector<std::string> queries = {};
  std::size_t most = 10;
  double threshold = 0;
  const search::AttributeFilter* filter = nullptr;  // null: every file
};

// The best first, over all of `stores`; those that are not there hold nothing. Of a chunk that
// several queries find its best score counts, and one that has nothing of any query is not found.
// A file that is in two stores is found in both (observed: docs/wire/vector-stores.md).
std::vector<scenarios::FoundChunk> search_files(const store::Store& store,
                                                std::span<const std::string> stores,
                                                const FileSearch& search);

}  // namespace assistants_mock::mock_server::engine
