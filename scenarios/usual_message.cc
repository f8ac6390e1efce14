// The texts that the service itself sent with a run's errors (run-lifecycle.md, last_error).
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

}  // namespace assistants_mock::scenarios
