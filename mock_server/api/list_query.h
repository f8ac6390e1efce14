#pragma once
// The query parameters of the operations: docs/wire/endpoints.md, "List parameters" and the column
// Q of section 2.
#include <cstddef>
#include <string>
#include <string_view>

namespace assistants_mock::mock_server::api {

struct ListQuery {
  std::size_t limit = 20;  // 1 to 100; of files 1 to 10,000
  bool ascending = false;  // by created_at
  std::string after;       // an object id; empty: not given
  std::string before;      // an object id; empty: not given
  std::string run_id;      // empty: not given
  std::string filter;      // a status of store files; empty: not given
  std::string purpose;     // of files; empty: not given
  bool include_content =
      false;  // include[]=step_details.tool_calls[*].file_search.results[*].content
};

// Which parameters an operation takes; all others are unknown to it.
struct QueryParameters {
  bool paging = false;   // limit, order, after, before
  bool run_id = false;   // listMessages
  bool include = false;  // include[]: createRun, listRunSteps, getRunStep
  bool filter = false;   // listVectorStoreFiles, listFilesInVectorStoreBatch
  bool files = false;    // listFiles: limit, order, after, purpose; 10,000 are the default
};

// Reads what follows the `?` of a target, still percent-encoded, with or without encoded brackets;
// escapes that are none stay as they are, and `+` is a blank. A parameter with an empty value (as
// openai@4.16.0 sends null) counts as not given; of one given twice the last counts. `api-version`
// is let through everywhere (spelling.h). Throws the first refusal, in the order sent: ApiError of
// v.unknown, v.type, v.intmin, v.intmax or v.enum.
ListQuery parse_list_query(std::string_view query, QueryParameters accepted);

}  // namespace assistants_mock::mock_server::api
