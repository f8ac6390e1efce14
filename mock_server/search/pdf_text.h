#pragma once
// The text of a PDF, by poppler's pdftotext as a process of its own: PDF is too large a format to
// be read here, and too hostile to be read in this process.
#include <string>
#include <string_view>

#include "mock_server/search/bounded_process.h"
#include "mock_server/search/text_failure.h"

namespace assistants_mock::mock_server::search {

// `program` is looked for in PATH; where it is missing, PDF is a file type that is not supported.
TextOrFailure pdf_text(std::string_view content, const std::string& program = "pdftotext",
                       const ProcessBounds& bounds = {});

}  // namespace assistants_mock::mock_server::search
