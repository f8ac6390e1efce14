// The texts that the service itself sent: with a run's errors (run-lifecycle.md, last_error), and
// with files that it could not index (that of server_error is inferred).
#include <string_view>

#include "scenarios/scenario.h"

namespace assistants_mock::scenarios {

std::string_view usual_message(std::string_view code) {
  if (code == "server_error") return "Sorry, something went wrong.";
  if (code == "rate_limit_exceeded")
    return "You exceeded your current quota, please check your plan and billing details. For more "
           "information on this error, read the docs: "
           "https://platform.openai.com/docs/guides/error-codes/api-errors.";
  return {};
}

std::string_view usual_file_message(std::string_view code) {
  if (code == "unsupported_file") return "The file type is not supported.";
  if (code == "invalid_file") return "The file could not be parsed.";
  if (code == "server_error") return "An internal error occurred.";
  return {};
}

}  // namespace assistants_mock::scenarios
