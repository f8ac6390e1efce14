#pragma once
// Lengths of time as people write them: 250ms, 1s, 1.5s, 10min, 1h.
#include <string>
#include <string_view>
#include <variant>

#include "state_machine/instant.h"

namespace assistants_mock::scenarios {

// No run lives longer than ten minutes; a day leaves room for every script.
inline constexpr state_machine::Duration longest_duration = std::chrono::hours{24};

// The length that `text` says, or the sentence that says what is wrong with it. A number needs a
// unit, 0 alone excepted; nothing finer than a millisecond and nothing over longest_duration.
std::variant<state_machine::Duration, std::string> parse_duration(std::string_view text);

// The shortest text without a fraction that parse_duration() reads as `length`.
std::string duration_text(state_machine::Duration length);

}  // namespace assistants_mock::scenarios
