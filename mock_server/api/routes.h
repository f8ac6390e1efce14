#pragma once
// The API's table of contents: every operation that is served, with what its handler may expect.
// Rows of docs/wire/endpoints.md.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mock_server/api/api_version.h"
#include "mock_server/api/handlers.h"
#include "mock_server/api/spelling.h"

namespace assistants_mock::mock_server::api {

struct Route {
  std::string_view operation;  // OpenAPI: operationId
  std::string_view method;
  std::string_view path;  // without what is in front (spelling.h); {names} take one segment
  Answer (*handler)(Call&);
  const ObjectSchema* body = nullptr;  // null: a body is not looked at
  QueryParameters query = {};
  bool beta = true;                               // needs the OpenAI-Beta header
  bool polled = false;                            // asked again and again by pollers
  const FormSchema* form = nullptr;               // in place of a JSON body
  const ObjectSchema* first_body = nullptr;       // of clients of the first version; null: `body`
  std::optional<ApiVersion> only = std::nullopt;  // when no other version has it
};

std::span<const Route> routes();

// The route of an operation that is named by its id or by method and path; null when there is none.
const Route* route_named(std::string_view named);

// The form that the route of a request takes; null when it takes none, or when there is no route.
// `path` as in match_route().
const FormSchema* form_of(std::string_view method, std::string_view path);

struct RouteMatch {
  const Route* route = nullptr;
  std::vector<std::pair<std::string_view, std::string>> path_ids;  // decoded
  Spelling spelling = Spelling::openai;

  // Null when the path has none of this name.
  const std::string* id(std::string_view name) const;
};

// The route for a path in any spelling, still percent-encoded and without its query. Throws
// route.unknown or route.method.
RouteMatch match_route(std::string_view method, std::string_view path);

// Whether the version has an operation with this path, whatever its method.
bool others_have(std::string_view path, ApiVersion version);

// Whether a target is of the form of `pattern`, a path as in the table: {names} and * take one
// segment. Both in any spelling; the target's query is left aside.
bool path_fits(std::string_view pattern, std::string_view target);

}  // namespace assistants_mock::mock_server::api
