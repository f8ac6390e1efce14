#pragma once
// The characters that HTML 4 has names for.
#include <optional>
#include <string_view>

namespace assistants_mock::mock_server::search {

// By its name, without ampersand and semicolon; capitals count.
std::optional<char32_t> character_named(std::string_view name);

}  // namespace assistants_mock::mock_server::search
