// A drawn image, taken apart as a decoder would.
#include "scenarios/plot_image.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace assistants_mock::scenarios {
namespace {

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
  std::uint32_t number = 0;
  for (const char byte : bytes.substr(at, 4))
    number = number << 8 | static_cast<std::uint8_t>(byte);
  return number;
}

// Bit by bit, by the polynomial of the specification.
std::uint32_t checksum(std::string_view bytes) {
  std::uint32_t crc = ~std::uint32_t{0};
  for (const char byte : bytes)
    for (int bit = 0; bit < 8; ++bit) {
      const bool odd = ((crc ^ (static_cast<std::uint8_t>(byte) >> bit)) & 1U) != 0;
      crc = crc >> 1 ^ (odd ? 0xEDB88320U : 0U);
    }
  return ~crc;
}

struct Chunk {
  std::string type;
  std::string data;
};

std::vector<Chunk> chunks_of(std::string_view png) {
  EXPECT_EQ(png.substr(0, 8), "\x89PNG\r\n\x1A\n");
  std::vector<Chunk> chunks;
  for (std::size_t at = 8; at + 12 <= png.size();) {
    const std::size_t size = number_at(png, at);
    const std::string_view typed = png.substr(at + 4, 4 + size);
    EXPECT_EQ(number_at(png, at + 8 + size), checksum(typed)) << typed.substr(0, 4);
    chunks.push_back({std::string(typed.substr(0, 4)), std::string(typed.substr(4))});
    at += 12 + size;
  }
  return chunks;
}

TEST(PlotImage, HasTheChecksumThatEveryPngEndsWith) {
  EXPECT_TRUE(plot_image("a.png").ends_with("IEND\xAE\x42\x60\x82"));
}

TEST(PlotImage, IsAPngOfWholeRows) {
  const auto chunks = chunks_of(plot_image("plot.png"));
  ASSERT_EQ(chunks.size(), 4U);
  EXPECT_EQ(chunks[0].type + chunks[1].type + chunks[2].type + chunks[3].type, "IHDRPLTEIDATIEND");
  const std::size_t width = number_at(chunks[0].data, 0);
  const std::size_t height = number_at(chunks[0].data, 4);
  EXPECT_EQ(chunks[0].data.substr(8), std::string("\2\3\0\0\0", 5));  // two bits, a palette
  EXPECT_EQ(chunks[1].data.size() % 3, 0U);
  const std::string& stream = chunks[2].data;
  const std::size_t pixels = height * (1 + width / 4);
  ASSERT_EQ(stream.size(), 2 + 5 + pixels + 4);
  EXPECT_EQ(
      (static_cast<std::uint8_t>(stream[0]) * 256 + static_cast<std::uint8_t>(stream[1])) % 31, 0);
  EXPECT_EQ(stream[2], 1);  // the last block, stored
  for (std::size_t row = 0; row < height; ++row) EXPECT_EQ(stream[7 + row * (1 + width / 4)], 0);
}

// RFC 1950: what a decoder checks the pixels against.
TEST(PlotImage, HasTheSumOfItsPixels) {
  const std::string stream = chunks_of(plot_image("plot.png")).at(2).data;
  std::uint64_t low = 1;
  std::uint64_t high = 0;
  for (const char byte : stream.substr(7, stream.size() - 11)) {
    low += static_cast<std::uint8_t>(byte);
    high += low;
  }
  EXPECT_EQ(number_at(stream, stream.size() - 4), (high % 65521) << 16 | low % 65521);
}

TEST(PlotImage, FollowsFromItsName) {
  EXPECT_EQ(plot_image("a.png"), plot_image("a.png"));
  EXPECT_NE(plot_image("a.png"), plot_image("b.png"));
  EXPECT_LT(plot_image(std::string(10'000, 'x')).size(), 8'192U);
  chunks_of(plot_image(""));
}

}  // namespace
}  // namespace assistants_mock::scenarios
