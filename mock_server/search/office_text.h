#pragma once
// The text of Word documents and PowerPoint presentations: of the former its body, footnotes and
// endnotes, of the latter its slides in the order of their numbers. A line for each paragraph, a
// tab between the cells of a table.
#include <string_view>

#include "mock_server/search/text_failure.h"

namespace assistants_mock::mock_server::search {

TextOrFailure docx_text(std::string_view content);
TextOrFailure pptx_text(std::string_view content);

}  // namespace assistants_mock::mock_server::search
