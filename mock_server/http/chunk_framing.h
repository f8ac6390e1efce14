#pragma once
// Watches a chunked body as it passes by, byte for byte: where it ends, how large its content is,
// and whether it is framed as RFC 9112, section 7.1, has it. httplib alone takes a chunk that is
// longer than it says for the end of the body, and what follows for the next request.
#include <cstddef>
#include <string>
#include <string_view>

namespace assistants_mock::mock_server::http {

class ChunkFraming {
 public:
  enum class State {
    incomplete,
    complete,
    malformed,  // trailers count as such: httplib does not read them
    too_large,  // the content exceeds its limit, or the framing is out of proportion
  };

  explicit ChunkFraming(std::size_t content_limit) : content_left_(content_limit) {}

  State state() const;

  // How many of the first of `bytes` belong to the body: all of them while it is incomplete.
  std::size_t pass(std::string_view bytes);
  // The same, and appends what is content among them.
  std::size_t pass(std::string_view bytes, std::string& content);

 private:
  enum class Expected {
    first_digit,
    digit,
    extension,
    size_line_feed,
    content,
    content_return,
    content_line_feed,
    last_return,
    last_line_feed,
    nothing,  // the body is complete
    malformed,
    too_large,
  };
  template <class Content>
  std::size_t pass_on(std::string_view bytes, Content content);
  Expected after(char letter);
  Expected after_digit(char letter);
  Expected after_size_line();

  Expected expected_ = Expected::first_digit;
  std::size_t content_left_;
  std::size_t chunk_left_ = 0;
  std::size_t line_size_ = 0;  // of the line that tells the chunk's size
};

}  // namespace assistants_mock::mock_server::http
