#pragma once
// The API's error body as the front writes it.
#include <string>

namespace assistants_mock::tests {

inline std::string envelope(const std::string& message, const std::string& type) {
  return "{\n  \"error\": {\n    \"message\": \"" + message + "\",\n    \"type\": \"" + type +
         "\",\n    \"param\": null,\n    \"code\": null\n  }\n}";
}

}  // namespace assistants_mock::tests
