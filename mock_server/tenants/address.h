#pragma once
// Whom a request is for. A world is named by the path, /tenant/NAME/v1/…, or else by the API key;
// the same name by either way is the same world. A name with a slash says which scenario the world
// plays: weather_tool/test-42.
#include <string>
#include <string_view>

#include "mock_server/api/request.h"

namespace assistants_mock::mock_server::tenants {

inline constexpr std::size_t longest_name = 256;  // in bytes

struct Address {
  std::string tenant;  // empty: neither path nor key names one
  bool by_path = false;
  std::string key = {};        // empty: none, or none that can be read
  bool key_is_unread = false;  // there is a header for it without a key
};

// Reads the address, and takes /tenant/NAME off the request's target. A name of the path may be
// percent-encoded; one that is empty or too long is left in the target, where no route has it.
Address take_address(api::Request& request);

// What stands before the first slash of a tenant's name; empty when there is no slash.
std::string_view scenario_of(std::string_view tenant);

}  // namespace assistants_mock::mock_server::tenants
