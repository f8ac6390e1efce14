#include "mock_server/http/chunk_framing.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace assistants_mock::mock_server::http {
namespace {

using State = ChunkFraming::State;

constexpr std::size_t limit = 20;

State after(std::string_view bytes) {
  ChunkFraming framing(limit);
  framing.pass(bytes);
  return framing.state();
}

TEST(ChunkFraming, FindsTheEndAndLeavesWhatFollows) {
  const std::string body = "5\r\nhello\r\n0a ; ext=\"x\"\r\n0123456789\r\n00\r\n\r\n";
  ChunkFraming whole(limit);
  EXPECT_EQ(whole.pass(body + "GET / HTTP/1.1"), body.size());
  EXPECT_EQ(whole.state(), State::complete);

  ChunkFraming piecewise(limit);
  for (const char letter : body) {
    EXPECT_EQ(piecewise.state(), State::incomplete);
    EXPECT_EQ(piecewise.pass(std::string_view(&letter, 1)), 1u);
  }
  EXPECT_EQ(piecewise.state(), State::complete);
}

TEST(ChunkFraming, GivesTheContentHoweverItIsCut) {
  const std::string body = "5\r\nhello\r\n3;x\r\n\r\n0\r\n0\r\n\r\nGET /";
  for (std::size_t piece = 1; piece <= body.size(); ++piece) {
    ChunkFraming framing(limit);
    std::string content = "> ";
    std::size_t passed = 0;
    for (std::size_t at = 0; at < body.size(); at += piece)
      passed += framing.pass(std::string_view(body).substr(at, piece), content);
    EXPECT_EQ(content, "> hello\r\n0") << piece;
    EXPECT_EQ(body.substr(passed), "GET /") << piece;
  }
}

TEST(ChunkFraming, ContentMayLookLikeFraming) {
  EXPECT_EQ(after("5\r\n0\r\n\r\n\r\n"), State::incomplete);
  EXPECT_EQ(after("5\r\n0\r\n\r\n\r\n0\r\n\r\n"), State::complete);
}

TEST(ChunkFraming, MeasuresTheContentAndNotTheFraming) {
  std::string body;
  for (std::size_t count = 0; count < limit; ++count) body += "1\r\nx\r\n";
  EXPECT_EQ(after(body + "0\r\n\r\n"), State::complete);
  EXPECT_EQ(after(body + "1\r\n"), State::too_large);
  EXPECT_EQ(after("14\r\n"), State::incomplete);
  EXPECT_EQ(after("15\r\n"), State::too_large);
  EXPECT_EQ(after("ffffffffffffffffffff"), State::too_large);
  EXPECT_EQ(after("1;" + std::string(255, 'x')), State::incomplete);
  EXPECT_EQ(after("1;" + std::string(256, 'x')), State::too_large);
}

TEST(ChunkFraming, RefusesWhatIsNotFramedAsItShouldBe) {
  for (const std::string_view body :
       {"\r\n", "x\r\n", "-1\r\n", "+1\r\n", " 1\r\n", "0x1\r\n", "1\n", "1;x\n", "1\rx",
        "1\r\nxy\r\n", "1\r\nx\n", "1\r\nx\rx", "0\r\nTrailer: x\r\n\r\n", "0\r\n\rx"})
    EXPECT_EQ(after(body), State::malformed) << body;
}

}  // namespace
}  // namespace assistants_mock::mock_server::http
