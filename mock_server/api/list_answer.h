#pragma once
// A page of a collection as its list answer (OpenAPI: List…Response). An empty page has null ids,
// as the service sent it.
#include <string>

#include "mock_server/api/api_error.h"
#include "mock_server/api/list_query.h"
#include "mock_server/api/wire_json.h"
#include "mock_server/store/collection.h"

namespace assistants_mock::mock_server::api {

template <class T>
std::string list_body(const store::Page<T>& page, const View& view) {
  std::string body;
  JsonWriter out(body, Layout::indented);
  out.begin_object();
  out.member("object", "list");
  out.key("data");
  out.begin_array();
  for (const auto& item : page.items) write(out, *item, view);
  out.end_array();
  if (page.items.empty()) {
    out.null_member("first_id");
    out.null_member("last_id");
  } else {
    out.member("first_id", page.items.front()->id);
    out.member("last_id", page.items.back()->id);
  }
  out.member("has_more", page.has_more);
  out.end_object();
  return body;
}

// Cursors that never named anything here are refused as the object's own route would (inferred:
// no capture of an unknown cursor is known); those of deleted objects still work.
template <class T>
store::PageRequest page_request(const ListQuery& query, const store::Collection<T>& collection,
                                ApiError (*not_found)(std::string_view)) {
  for (const std::string& cursor : {query.after, query.before})
    if (!cursor.empty() && !collection.place_of(cursor)) throw not_found(cursor);
  return {query.limit, query.ascending, query.after, query.before};
}

}  // namespace assistants_mock::mock_server::api
