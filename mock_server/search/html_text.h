#pragma once
// The text of an HTML page as a reader would see it: without tags, comments, scripts and styles,
// with a line for each block and a tab between the cells of a table.
#include <optional>
#include <string>
#include <string_view>

namespace assistants_mock::mock_server::search {

// UTF-8, UTF-16 with a byte order mark, or windows-1252 where the page declares it or ISO 8859-1;
// nothing in any other encoding. Every page has some reading, as in a browser. Looks at each byte a
// few times at most: nesting and attributes, however many, cost nothing.
std::optional<std::string> html_text(std::string_view content);

}  // namespace assistants_mock::mock_server::search
