#pragma once
// How a request spells what it asks for: in OpenAI's way or in that of the Azure service, which has
// the same operations behind other paths and another header for the key. Rows of
// docs/wire/endpoints.md, "Azure's spelling".
#include <string_view>

#include "mock_server/api/request.h"

namespace assistants_mock::mock_server::api {

enum class Spelling {
  openai,    // /v1/…, or nothing in front
  azure,     // /openai/…?api-version=…
  azure_v1,  // /openai/v1/…, where the version may be left out
};

struct SpelledPath {
  Spelling spelling = Spelling::openai;
  std::string_view rest = {};  // as in the table of routes; the whole path when nothing is in front
};

// `path` without its query and without /tenant/NAME.
SpelledPath spelled(std::string_view path);

inline constexpr std::string_view azure_version = "api-version";  // a query parameter

// Throws route.api-version when the spelling asks for a version and `query` has none.
void require_api_version(Spelling spelling, std::string_view query);

// The key that came, in `api-key` or as a bearer's in `Authorization`; throws auth.missing or
// auth.empty. Where both have one, that of `api-key` counts: whoever sends it means it.
std::string_view key_in(const Headers& headers);

// Whether there is a header that should hold a key.
bool has_key_header(const Headers& headers);

}  // namespace assistants_mock::mock_server::api
