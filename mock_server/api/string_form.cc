#include "mock_server/api/string_form.h"

#include <algorithm>

namespace assistants_mock::mock_server::api {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_name_character(char c) {
  return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool equal_but_for_case(std::string_view text, std::string_view lower_case) {
  return std::ranges::equal(text, lower_case, {}, lower);
}

bool has_image_ending(std::string_view text) {
  for (const std::string_view ending : {".jpeg", ".jpg", ".png", ".gif", ".webp"})
    if (text.size() > ending.size() &&
        equal_but_for_case(text.substr(text.size() - ending.size()), ending))
      return true;
  return false;
}

}  // namespace

bool is_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_name_character);
}

bool is_web_url(std::string_view text) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!equal_but_for_case(text.substr(0, scheme.size()), scheme)) continue;
    const std::string_view rest = text.substr(scheme.size());
    const std::string_view host = rest.substr(0, rest.find_first_of("/?#"));
    const auto is_blank = [](char c) { return (c >= '\0' && c <= ' ') || c == '\x7F'; };
    return !host.empty() && std::ranges::none_of(rest, is_blank);
  }
  return false;
}

bool ends_as_image(std::string_view url) {
  return has_image_ending(url) || has_image_ending(url.substr(0, url.find_first_of("?#")));
}

}  // namespace assistants_mock::mock_server::api
