// Searching a vector store: docs/wire/vector-stores.md, "Search".
#include <array>

#include "mock_server/api/body_reader.h"
#include "mock_server/api/filter_reader.h"
#include "mock_server/api/vector_stores.h"
#include "mock_server/engine/file_search.h"
#include "mock_server/search/words.h"

namespace assistants_mock::mock_server::api {
namespace {

constexpr std::int64_t usual_results = 10;

std::vector<std::string> read_queries(const Body& body) {
  const Body& query = body.at("query");
  std::vector<std::string> queries;
  if (query.is_string())
    queries.push_back(query.get<std::string>());
  else
    for (const Body& one : query) queries.push_back(one.get<std::string>());
  if (!read_flag(body, "rewrite_query", false)) return queries;
  search::WordReader reader;
  for (std::string& one : queries) {
    std::string keywords = reader.keywords(one);
    if (!keywords.empty()) one = std::move(keywords);  // of stop words alone nothing would be left
  }
  return queries;
}

double read_threshold(const Body& body) {
  const Body* options = field(body, "ranking_options");
  return options ? read_number(*options, "score_threshold").value_or(0) : 0;
}

std::optional<search::AttributeFilter> read_filters(const Body& body) {
  const Body* filters = field(body, "filters");
  if (filters == nullptr) return std::nullopt;
  const BodyPath root;
  return read_filter(*filters, {&root, "filters"});
}

}  // namespace

Answer search_vector_store(Call& call) {
  const auto filter = read_filters(call.body);
  store::VectorStoreRecord& record = live_vector_store_of(call);
  const engine::FileSearch search = {
      .queries = read_queries(call.body),
      .most = static_cast<std::size_t>(
          read_integer(call.body, "max_num_results").value_or(usual_results)),
      .threshold = read_threshold(call.body),
      .filter = filter ? &*filter : nullptr};

  const auto found = engine::search_files(call.world.store, std::array{record.store->id}, search);
  call.world.indexer.touch(record, call.world.now);
  return {search_page(search.queries, found)};
}

}  // namespace assistants_mock::mock_server::api
