#include "mock_server/tenants/request_match.h"

#include <algorithm>
#include <charconv>
#include <system_error>

#include "mock_server/api/api_error.h"
#include "mock_server/api/body_parser.h"
#include "mock_server/api/routes.h"

namespace assistants_mock::mock_server::tenants {
namespace {

// What a dotted path leads to, or null.
const api::Body* field_at(const api::Body& body, std::string_view path) {
  const api::Body* value = &body;
  while (!path.empty()) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    const std::string_view step = path.substr(0, dot);
    path.remove_prefix(std::min(dot + 1, path.size()));
    if (value->is_array()) {
      std::size_t place = 0;
      const auto read = std::from_chars(step.data(), step.data() + step.size(), place);
      const bool is_place = read.ec == std::errc() && read.ptr == step.data() + step.size();
      if (!is_place || place >= value->size()) return nullptr;
      value = &(*value)[place];
    } else {
      const auto member = value->is_object() ? value->find(step) : value->end();
      if (member == value->end()) return nullptr;
      value = &*member;
    }
  }
  return value;
}

bool body_fits(const RecordedRequest& request, const RequestQuery& query) {
  if (query.body.empty()) return true;
  try {
    const api::Body body = api::parse_body(request.body);
    return std::ranges::all_of(query.body, [&](const auto& wanted) {
      const api::Body* value = field_at(body, wanted.first);
      if (value == nullptr) return false;
      return value->is_string() ? value->template get_ref<const std::string&>() == wanted.second
                                : value->dump() == wanted.second;
    });
  } catch (const api::ApiError&) {  // not JSON, or cut short: it has no such field
    return false;
  }
}

}  // namespace

bool fits(const JournalEntry& entry, const RequestQuery& query) {
  const RecordedRequest& request = entry.request;
  if (request.number <= query.after) return false;
  if (!query.method.empty() && request.method != query.method) return false;
  if (!query.path.empty() && !api::path_fits(query.path, request.path)) return false;
  if (query.status && request.status != *query.status) return false;
  if (query.refusal == "*" ? request.refusal.empty()
                           : !query.refusal.empty() && request.refusal != query.refusal)
    return false;
  if (query.unmatched && (!entry.origin || entry.origin->choice.match)) return false;
  return body_fits(request, query);
}

}  // namespace assistants_mock::mock_server::tenants
