#pragma once
// The forms that some strings of a body must have.
#include <string_view>

namespace assistants_mock::mock_server::api {

// Letters, digits, _ and - of ASCII, at least one: name_pattern of body_schema.h (v.fn.name).
bool is_name(std::string_view text);

// http:// or https:// and a host, without blanks or control characters. The service refused images
// given as data: URLs (v.url).
bool is_web_url(std::string_view text);

// Whether a URL, with or without its query and fragment, ends in .jpeg, .jpg, .png, .gif or .webp
// (v.image.format), letters of either case.
bool ends_as_image(std::string_view url);

}  // namespace assistants_mock::mock_server::api
