#pragma once
// Every refusal as data: when the service gave it, how sure we are of its words and why, and what
// it looks like. Tests and docs/wire/errors.md are made from this list.
#include <span>
#include <string_view>

#include "mock_server/api/api_error.h"

namespace assistants_mock::mock_server::api {

enum class Confidence {
  verbatim,            // quoted from a real answer of this API
  verbatim_elsewhere,  // the same words from the shared validation layer, at another endpoint
  fragment,            // a part is attested, the rest rebuilt
  inferred,            // no text found; the likeliest by the grammar of the others
  ours,                // the service had no such refusal
};

struct ErrorSample {
  std::string_view situation;
  Confidence confidence;
  std::string_view evidence;  // a public link, or what kind of record it was
  ApiError sample;            // made by its function; sample.row names the row
};

// One sample for each row, in the order of api_error.h. Lives as long as the program.
std::span<const ErrorSample> error_catalogue();

}  // namespace assistants_mock::mock_server::api
