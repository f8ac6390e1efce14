// The delimiter line is CR LF, two dashes, the boundary, and then either two dashes more (the last)
// or blanks and CR LF (a part follows). Anything else that begins like one is data: a boundary may
// be the beginning of a longer line. As no boundary holds a CR, a line that turns out to be data
// can hold no other delimiter's beginning, so nothing is ever looked at twice.
#include "mock_server/api/multipart.h"

#include <algorithm>
#include <utility>

namespace assistants_mock::mock_server::api {
namespace {

constexpr std::string_view line_end = "\r\n";
constexpr std::size_t most_padding = 64;  // blanks after a boundary; RFC 2046 sets no bound

}  // namespace

MultipartParser::MultipartParser(std::string_view boundary, MultipartReceiver& receiver,
                                 MultipartLimits limits)
    : delimiter_("\r\n--" + std::string(boundary)), receiver_(receiver), limits_(limits) {}

bool MultipartParser::feed(std::string_view bytes) {
  while (!bytes.empty() && state_ != State::epilogue && state_ != State::wrong) {
    const std::size_t count = state_ == State::head ? feed_head(bytes) : feed_text(bytes);
    bytes.remove_prefix(count);
  }
  return state_ != State::wrong;
}

std::optional<MultipartMistake> MultipartParser::finish() {
  if (state_ == State::preamble) fail(offset_, "the delimiter " + delimiter_.substr(2));
  if (state_ == State::head) fail(offset_, "the empty line after the headers of a part");
  if (state_ == State::data) fail(offset_, "the closing delimiter " + delimiter_.substr(2) + "--");
  return mistake_;
}

// How many bytes of the preamble or of data were used.
std::size_t MultipartParser::feed_text(std::string_view bytes) {
  if (held_.empty() && implied_ == 0) {
    const std::size_t plain = std::min(bytes.find('\r'), bytes.size());
    if (plain > 0) {
      if (state_ == State::data) receiver_.part_data(bytes.substr(0, plain));
      offset_ += plain;
      return plain;
    }
  }
  switch (const Match matched = match(bytes.front())) {
    case Match::fails:
      // The byte is looked at again, as the first of what follows.
      give_up_match();
      return 0;
    case Match::grows:
      held_ += bytes.front();
      ++offset_;
      return 1;
    case Match::next_part:
    case Match::last:
      ++offset_;
      end_part(matched);
      return 1;
  }
  return 1;
}

MultipartParser::Match MultipartParser::match(char letter) const {
  const std::size_t place = implied_ + held_.size();
  if (place < delimiter_.size()) return letter == delimiter_[place] ? Match::grows : Match::fails;
  const std::size_t tail = place - delimiter_.size();
  const char before = tail == 0 ? '\0' : held_.back();
  if (before == '\r') return letter == '\n' ? Match::next_part : Match::fails;
  if (before == '-') return letter == '-' ? Match::last : Match::fails;
  if (letter == '\r' || (letter == '-' && tail == 0)) return Match::grows;
  const bool blank = letter == ' ' || letter == '\t';
  return blank && tail < most_padding ? Match::grows : Match::fails;
}

void MultipartParser::give_up_match() {
  implied_ = 0;
  if (state_ == State::data && !held_.empty()) receiver_.part_data(held_);
  held_.clear();
}

void MultipartParser::end_part(Match matched) {
  const std::size_t begin = offset_ - held_.size() - 1 + (line_end.size() - implied_);
  held_.clear();
  if (state_ == State::data) receiver_.part_ends();
  if (matched == Match::last) {
    state_ = State::epilogue;
  } else if (parts_ == limits_.parts) {
    fail(begin, "at most " + std::to_string(limits_.parts) + " parts");
  } else {
    ++parts_;
    state_ = State::head;
  }
}

// How many bytes of header lines were used: up to a line's end, so that the empty line is seen.
std::size_t MultipartParser::feed_head(std::string_view bytes) {
  const std::size_t line = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
  const std::size_t room = limits_.head_bytes + line_end.size() - held_.size();
  const std::size_t count = std::min(line, room);
  held_ += bytes.substr(0, count);
  offset_ += count;
  if (held_ == line_end || held_.ends_with("\r\n\r\n"))
    begin_part();
  else if (held_.size() == limits_.head_bytes + line_end.size())
    fail(offset_ - held_.size(),
         "at most " + std::to_string(limits_.head_bytes) + " bytes of headers in a part");
  return count;
}

void MultipartParser::begin_part() {
  const std::size_t begin = offset_ - held_.size();
  held_.resize(held_.size() - line_end.size());
  auto read = read_part_head(held_);
  held_.clear();
  if (auto* mistake = std::get_if<MultipartMistake>(&read))
    return fail(begin + mistake->offset, std::move(mistake->expected));
  implied_ = 2;
  state_ = State::data;
  receiver_.part_begins(std::move(std::get<PartHead>(read)));
}

void MultipartParser::fail(std::size_t offset, std::string expected) {
  state_ = State::wrong;
  mistake_ = MultipartMistake{offset, std::move(expected)};
}

namespace {

class PartCollector final : public MultipartReceiver {
 public:
  void part_begins(PartHead head) override { parts_.push_back({std::move(head), {}}); }
  void part_data(std::string_view bytes) override { parts_.back().data += bytes; }
  void part_ends() override {}

  std::vector<Part> take() { return std::move(parts_); }

 private:
  std::vector<Part> parts_;
};

}  // namespace

std::variant<std::vector<Part>, MultipartMistake> parse_multipart(std::string_view content_type,
                                                                  std::string_view body,
                                                                  MultipartLimits limits) {
  auto boundary = read_boundary(content_type);
  if (auto* mistake = std::get_if<MultipartMistake>(&boundary)) return std::move(*mistake);
  PartCollector parts;
  MultipartParser parser(std::get<std::string>(boundary), parts, limits);
  parser.feed(body);
  if (auto mistake = parser.finish()) return std::move(*mistake);
  return parts.take();
}

}  // namespace assistants_mock::mock_server::api
