#pragma once
// Bytes as a text of 64 letters (RFC 4648, section 4).
#include <optional>
#include <string>
#include <string_view>

namespace assistants_mock::scenarios {

std::string base64_text(std::string_view bytes);

// Nothing when `text` is none. White space between the letters is skipped, so that a long text may
// have lines; padding is needed, and bits that stand for nothing must be zero: no two texts of the
// same letters give the same bytes.
std::optional<std::string> base64_bytes(std::string_view text);

}  // namespace assistants_mock::scenarios
