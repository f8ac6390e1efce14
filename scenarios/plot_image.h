#pragma once
// A picture for scripts that name an image and give no bytes: a bar chart, as a small PNG.
#include <string>
#include <string_view>

namespace assistants_mock::scenarios {

// The same name gives the same bytes; other names give other bars. Any PNG decoder reads it.
std::string plot_image(std::string_view name);

}  // namespace assistants_mock::scenarios
