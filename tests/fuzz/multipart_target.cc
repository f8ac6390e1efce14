// A multipart/form-data body, whole and in pieces. An input is three things:
//
//   multipart/form-data; boundary=B       the Content-Type header, to the end of the line
//   3 1 20                                how long the pieces are, over and over; to the end of the
//   --B…                                  line; then the body
//
// The contract: the same parts, or the same mistake at the same place within the bytes, however the
// body is cut; what was read is in bounds; and parts written anew are read as the same.
#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "mock_server/api/multipart.h"
#include "tests/fuzz/contract.h"
#include "tests/fuzz/fuzz_targets.h"

namespace assistants_mock::tests {
namespace {

using mock_server::api::MultipartLimits;
using mock_server::api::MultipartMistake;
using mock_server::api::MultipartParser;
using mock_server::api::MultipartReceiver;
using mock_server::api::Part;
using mock_server::api::PartHead;

constexpr MultipartLimits limits{.parts = 8, .head_bytes = 512};

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

std::vector<std::size_t> lengths_in(std::string_view line) {
  std::vector<std::size_t> lengths;
  while (!line.empty()) {
    std::size_t length = 0;
    const auto read = std::from_chars(line.data(), line.data() + line.size(), length);
    if (read.ptr != line.data()) lengths.push_back(std::max<std::size_t>(length, 1));
    line.remove_prefix(std::max<std::size_t>(static_cast<std::size_t>(read.ptr - line.data()), 1));
  }
  if (lengths.empty()) lengths.push_back(1);
  return lengths;
}

class Witness final : public MultipartReceiver {
 public:
  void part_begins(PartHead head) override {
    require(!open, "a part begins within a part");
    open = true;
    parts.push_back({std::move(head), {}});
  }
  void part_data(std::string_view bytes) override {
    require(open, "data comes outside a part");
    require(!bytes.empty(), "data comes with no bytes");
    parts.back().data += bytes;
  }
  void part_ends() override {
    require(open, "a part ends that did not begin");
    open = false;
  }

  std::vector<Part> parts;
  bool open = false;
};

struct Outcome {
  std::vector<Part> parts;
  bool open = false;
  std::optional<MultipartMistake> mistake;
  bool operator==(const Outcome&) const = default;
};

Outcome read_in_pieces(std::string_view boundary, std::string_view body,
                       const std::vector<std::size_t>& lengths) {
  Witness witness;
  MultipartParser parser(boundary, witness, limits);
  for (std::size_t piece = 0; !body.empty(); ++piece) {
    // A copy of its own, so that reading beyond it or keeping it is seen.
    const std::string bytes(body.substr(0, lengths[piece % lengths.size()]));
    body.remove_prefix(bytes.size());
    if (!parser.feed(bytes)) break;
  }
  auto mistake = parser.finish();
  return {std::move(witness.parts), witness.open, std::move(mistake)};
}

void require_bounds(const Outcome& outcome, std::size_t size) {
  require(outcome.parts.size() <= limits.parts, "too many parts");
  for (const Part& part : outcome.parts)
    require(part.head.name.size() <= 2 * limits.head_bytes, "a name is longer than its header");
  if (!outcome.mistake) return require(!outcome.open, "a whole body leaves a part open");
  require(outcome.mistake->offset <= size, "a mistake lies outside the body");
  require(!outcome.mistake->expected.empty(), "a mistake does not say what was expected");
}

// A boundary that is nowhere in the data.
std::string boundary_for(const std::vector<Part>& parts) {
  std::string boundary = "b";
  while (std::ranges::any_of(parts, [&](const Part& part) {
    return part.data.find("--" + boundary) != std::string::npos;
  }))
    boundary += "b";
  return boundary;
}

// RFC 5987: what any client can write of any text.
std::string extended(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string written = "UTF-8''";
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    written += '%';
    written += digits[byte >> 4];
    written += digits[byte & 15];
  }
  return written;
}

std::string written(const std::vector<Part>& parts, const std::string& boundary) {
  std::string body;
  for (const Part& part : parts) {
    body += "--" + boundary + "\r\nContent-Disposition: form-data; name*=";
    body += extended(part.head.name);
    if (part.head.filename) body += "; filename*=" + extended(*part.head.filename);
    body += "\r\n";
    if (part.head.content_type) body += "Content-Type: " + *part.head.content_type + "\r\n";
    body += "\r\n" + part.data + "\r\n";
  }
  return body + "--" + boundary + "--";
}

void require_read_back(const std::vector<Part>& parts) {
  const std::string boundary = boundary_for(parts);
  if (boundary.size() > 70) return;  // longer than boundaries may be
  const auto read =
      mock_server::api::parse_multipart("multipart/form-data; boundary=" + boundary,
                                        written(parts, boundary), {.head_bytes = 8 * 512});
  const auto* again = std::get_if<std::vector<Part>>(&read);
  require(again != nullptr, "what was written anew is not read");
  require(*again == parts, "what was written anew is read as something else");
}

}  // namespace

void check_multipart(std::string_view input) {
  const std::string_view content_type = take_line(input);
  const std::vector<std::size_t> lengths = lengths_in(take_line(input));
  const auto boundary = mock_server::api::read_boundary(content_type);
  if (const auto* mistake = std::get_if<MultipartMistake>(&boundary)) {
    require(mistake->offset <= content_type.size(), "a mistake lies outside the header");
    return require(!mistake->expected.empty(), "a mistake does not say what was expected");
  }
  const auto& text = std::get<std::string>(boundary);
  require(!text.empty() && text.size() <= 70, "the boundary is out of bounds");

  const Outcome whole = read_in_pieces(text, input, {std::max<std::size_t>(input.size(), 1)});
  require_bounds(whole, input.size());
  require(read_in_pieces(text, input, lengths) == whole, "pieces are read as something else");
  require(read_in_pieces(text, input, {1}) == whole, "single bytes are read as something else");
  if (!whole.mistake) require_read_back(whole.parts);
}

}  // namespace assistants_mock::tests
