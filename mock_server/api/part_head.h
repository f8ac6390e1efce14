#pragma once
// What the headers of one multipart/form-data part say, and the boundary that Content-Type names:
// a pure reading of bytes. Clients disagree on how to write a name with a quote in it; all the
// common ways are understood (part_head.cc lists them).
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace assistants_mock::mock_server::api {

// Where a multipart body stops making sense.
struct MultipartMistake {
  std::size_t offset = 0;     // in the body, or in the Content-Type header where that is at fault
  std::string expected = {};  // what should have been there
  bool operator==(const MultipartMistake&) const = default;
};

struct PartHead {
  std::string name = {};                         // of the form's field; valid UTF-8
  std::optional<std::string> filename = {};      // a part that has one is a file; valid UTF-8
  std::optional<std::string> content_type = {};  // as sent; valid UTF-8
  bool operator==(const PartHead&) const = default;
};

// Reads the header lines of a part, each with its CR LF, without the empty line that ends them.
// Mistakes count from the front of `lines`.
std::variant<PartHead, MultipartMistake> read_part_head(std::string_view lines);

// The boundary of a Content-Type such as `multipart/form-data; boundary=x`: 1 to 70 printable ASCII
// characters, the last no space (RFC 2046, section 5.1.1), quoted or not.
std::variant<std::string, MultipartMistake> read_boundary(std::string_view content_type);

}  // namespace assistants_mock::mock_server::api
