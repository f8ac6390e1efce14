#include "mock_server/api/api_version.h"

#include <optional>
#include <string_view>

#include "mock_server/api/api_error.h"
#include "mock_server/api/request.h"
#include "mock_server/api/routes.h"

namespace assistants_mock::mock_server::api {
namespace {

std::optional<ApiVersion> asked_version(const Request& request) {
  const std::string_view beta = header(request.headers, "OpenAI-Beta");
  if (beta.find("assistants=v2") != std::string_view::npos) return ApiVersion::second;
  if (beta.find("assistants=v1") != std::string_view::npos) return ApiVersion::first;
  return std::nullopt;
}

// As before the operation was there: a path that others have refuses the method (inferred).
[[noreturn]] void refuse_new_operation(const Request& request) {
  const std::string_view target = request.target;
  const std::string_view path = target.substr(0, target.find('?'));
  if (others_have(path, ApiVersion::first)) throw api_error::route_method(request.method, path);
  throw api_error::route_unknown(request.method, path);
}

}  // namespace

ApiVersion version_of(const Request& request, const RouteMatch& match, FirstVersion first_version) {
  const Route& route = *match.route;
  // Azure's service goes by api-version instead, all of which mean the second one here.
  const bool is_azure = match.spelling != Spelling::openai;
  const std::optional<ApiVersion> asked =
      is_azure ? std::optional(ApiVersion::second) : asked_version(request);
  const bool is_served = first_version == FirstVersion::served;
  if (route.only == ApiVersion::first && !(asked == ApiVersion::first && is_served))
    throw api_error::beta_v1_route();
  if (asked == ApiVersion::first && is_served) {
    if (route.only == ApiVersion::second) refuse_new_operation(request);
    return ApiVersion::first;
  }
  if (route.beta && asked == ApiVersion::first) throw api_error::beta_v1();
  if (route.beta && !asked) throw api_error::beta_missing();
  return ApiVersion::second;
}

}  // namespace assistants_mock::mock_server::api
