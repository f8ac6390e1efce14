// Writes PNG by its specification (W3C, "Portable Network Graphics", sections 5, 10 and 11), with
// the pixels in one stored block: so small a picture needs no compression.
#include "scenarios/plot_image.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace assistants_mock::scenarios {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t width = 160;
constexpr std::size_t height = 96;
constexpr std::size_t pixels_in_byte = 4;  // two bits each
constexpr std::size_t bars = 8;
constexpr std::size_t bar_step = width / bars;
constexpr std::size_t margin = 4;

enum Colour : std::uint8_t { paper, axis, bar };

std::string big_endian(std::uint32_t value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 0xFF);
  return bytes;
}

std::string little_endian(std::uint16_t value) {
  return {static_cast<char>(value & 0xFF), static_cast<char>(value >> 8)};
}

std::uint32_t crc32(std::string_view bytes) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const char byte : bytes) {
    crc ^= static_cast<unsigned char>(byte);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (crc & 1 ? 0xEDB88320 : 0);
  }
  return ~crc;
}

std::uint32_t adler32(std::string_view bytes) {
  constexpr std::uint32_t modulus = 65521;
  std::uint32_t low = 1;
  std::uint32_t high = 0;
  for (const char byte : bytes) {
    low = (low + static_cast<unsigned char>(byte)) % modulus;
    high = (high + low) % modulus;
  }
  return high << 16 | low;
}

std::string chunk(std::string_view type, std::string_view data) {
  std::string typed(type);
  typed += data;
  return big_endian(static_cast<std::uint32_t>(data.size())) + typed + big_endian(crc32(typed));
}

// A zlib stream of one stored block, which holds up to 65,535 bytes.
std::string stored(std::string_view bytes) {
  const auto size = static_cast<std::uint16_t>(bytes.size());
  const auto complement = static_cast<std::uint16_t>(~size);
  std::string stream("\x78\x01\x01"sv);
  return stream.append(little_endian(size))
      .append(little_endian(complement))
      .append(bytes)
      .append(big_endian(adler32(bytes)));
}

// How high each bar is, from 1/16 of the picture to nearly all of it.
std::array<std::size_t, bars> heights_from(std::string_view name) {
  std::array<std::size_t, bars> heights{};
  std::uint32_t seed = crc32(name);
  for (std::size_t& one : heights) {
    one = height / 16 + (seed % 16) * (height - 3 * margin) / 18;
    seed = seed * 1664525 + 1013904223;
    seed = seed >> 16 | seed << 16;
  }
  return heights;
}

Colour colour_at(std::size_t x, std::size_t y, const std::array<std::size_t, bars>& heights) {
  const std::size_t from_ground = height - 1 - y;
  if (from_ground < margin || x < margin) return paper;
  if (from_ground == margin || x == margin) return axis;
  const std::size_t place = x % bar_step;
  const bool in_bar = place >= margin + 2 && place < bar_step - 2;
  return in_bar && from_ground - margin <= heights[x / bar_step] ? bar : paper;
}

std::string pixels(std::string_view name) {
  const auto heights = heights_from(name);
  std::string rows;
  for (std::size_t y = 0; y < height; ++y) {
    rows += '\0';  // the row is not filtered
    for (std::size_t x = 0; x < width; x += pixels_in_byte) {
      unsigned byte = 0;
      for (std::size_t next = 0; next < pixels_in_byte; ++next)
        byte = byte << 2 | colour_at(x + next, y, heights);
      rows += static_cast<char>(byte);
    }
  }
  return rows;
}

}  // namespace

std::string plot_image(std::string_view name) {
  constexpr std::string_view palette = "\xFF\xFF\xFF\x33\x33\x33\x1F\x77\xB4\0\0\0"sv;
  // Two bits for a pixel, colours from a palette, not interlaced.
  const std::string header = big_endian(width) + big_endian(height) + std::string("\2\3\0\0\0"sv);
  std::string png("\x89PNG\r\n\x1A\n"sv);
  return png.append(chunk("IHDR", header))
      .append(chunk("PLTE", palette))
      .append(chunk("IDAT", stored(pixels(name))))
      .append(chunk("IEND", ""));
}

}  // namespace assistants_mock::scenarios
