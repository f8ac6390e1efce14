#pragma once
// Reads multipart/form-data bodies (RFC 7578) as they arrive: a file of half a gigabyte passes
// through to whoever stores it, and nothing is held here but a delimiter and one part's headers.
//
//   MultipartParser parser(boundary, receiver);  // boundary: read_boundary(Content-Type)
//   while (…) if (!parser.feed(bytes)) break;    // receiver.part_begins(…), part_data(…), …
//   if (auto mistake = parser.finish()) …        // where the body went wrong
//
// What comes of a body does not depend on how its bytes are cut. For small bodies there is
// parse_multipart().
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mock_server/api/part_head.h"

namespace assistants_mock::mock_server::api {

struct MultipartLimits {
  std::size_t parts = 100;
  std::size_t head_bytes = std::size_t{8} * 1024;  // of the headers of one part
};

// Told of the parts in the order they were sent.
class MultipartReceiver {
 public:
  virtual ~MultipartReceiver() = default;
  virtual void part_begins(PartHead head) = 0;
  // Some of the part's data: any number of calls, never with none. Valid only during the call.
  virtual void part_data(std::string_view bytes) = 0;
  virtual void part_ends() = 0;  // left out when the body breaks off within the part
};

class MultipartParser {
 public:
  // `boundary` is one that read_boundary() gave; `receiver` must outlive the parser.
  MultipartParser(std::string_view boundary, MultipartReceiver& receiver,
                  MultipartLimits limits = {});

  // False once the body is known to be wrong; everything further is then ignored. What comes
  // before the first delimiter and after the closing one is ignored as well. Throws only what
  // `receiver` throws.
  bool feed(std::string_view bytes);

  // No more bytes will come. Nothing when the body was right and whole.
  std::optional<MultipartMistake> finish();

 private:
  enum class State {
    preamble,  // anything, up to the first delimiter
    head,      // a part's header lines
    data,      // a part's content
    epilogue,  // anything
    wrong,     // mistake_ says how
  };
  // What a byte does to the delimiter line that may be under way in held_.
  enum class Match { grows, next_part, last, fails };

  std::size_t feed_text(std::string_view bytes);
  std::size_t feed_head(std::string_view bytes);
  Match match(char letter) const;
  void give_up_match();
  void end_part(Match matched);
  void begin_part();
  void fail(std::size_t offset, std::string expected);

  std::string delimiter_;  // CR LF -- boundary
  MultipartReceiver& receiver_;
  MultipartLimits limits_;
  State state_ = State::preamble;
  // What was read and may be the beginning of a delimiter line; or the header lines so far.
  std::string held_;
  // At the front of the body, and of a part, the delimiter needs no CR LF before it.
  std::size_t implied_ = 2;
  std::size_t offset_ = 0;  // of the next byte
  std::size_t parts_ = 0;
  std::optional<MultipartMistake> mistake_;
};

struct Part {
  PartHead head = {};
  std::string data = {};
  bool operator==(const Part&) const = default;
};

// A whole body at once. Mistakes of `content_type` count from its front, others from the body's.
std::variant<std::vector<Part>, MultipartMistake> parse_multipart(std::string_view content_type,
                                                                  std::string_view body,
                                                                  MultipartLimits limits = {});

}  // namespace assistants_mock::mock_server::api
