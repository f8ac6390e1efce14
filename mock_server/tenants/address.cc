#include "mock_server/tenants/address.h"

#include "mock_server/api/api_error.h"
#include "mock_server/api/percent_text.h"
#include "mock_server/api/spelling.h"

namespace assistants_mock::mock_server::tenants {
namespace {

// Without a readable key there is none; the world of nobody refuses in the right order.
std::string_view key_of(const api::Request& request) {
  try {
    return api::key_in(request.headers);
  } catch (const api::ApiError&) {
    return "";
  }
}

// The name at the front of the target, which is taken off; or nothing, and it stays.
std::string take_name(std::string& target) {
  constexpr std::string_view prefix = "/tenant/";
  if (!target.starts_with(prefix)) return "";
  const std::size_t end = target.find_first_of("/?", prefix.size());
  const std::size_t length = std::min(end, target.size()) - prefix.size();
  std::string name = api::percent_decoded(std::string_view(target).substr(prefix.size(), length));
  if (name.empty() || name.size() > longest_name) return "";
  target.erase(0, prefix.size() + length);
  if (!target.starts_with('/')) target.insert(0, 1, '/');
  return name;
}

}  // namespace

Address take_address(api::Request& request) {
  Address address{.tenant = take_name(request.target)};
  address.by_path = !address.tenant.empty();
  address.key = key_of(request);
  address.key_is_unread = address.key.empty() && api::has_key_header(request.headers);
  if (!address.by_path) address.tenant = address.key;
  return address;
}

std::string_view scenario_of(std::string_view tenant) {
  const std::size_t slash = tenant.find('/');
  return slash == std::string_view::npos ? std::string_view() : tenant.substr(0, slash);
}

}  // namespace assistants_mock::mock_server::tenants
