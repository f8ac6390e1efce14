// One loosened form of the pattern, compiled at the first question, tells most strangers from near
// misses; only near misses are looked at closely.
#include "scenarios/near_fit.h"

#include <array>
#include <cctype>

#include "scenarios/pattern.h"

namespace assistants_mock::scenarios {
namespace {

using re2::RE2;

constexpr std::size_t longest_value = 4096;

bool fits(const RE2& pattern, std::string_view value) {
  return pattern.ok() && RE2::PartialMatch(re2::StringPiece(value.data(), value.size()), pattern);
}

bool fits(const std::string& pattern, std::string_view value) {
  return fits(RE2(pattern, pattern_options()), value);
}

bool is_space(char letter) {
  return std::isspace(static_cast<unsigned char>(letter)) != 0;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

// Each run of white space, line feeds and no-break spaces included, as one blank.
std::string evenly_spaced(std::string_view text) {
  constexpr std::string_view no_break_space = "\xC2\xA0";
  std::string even;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool no_break = text.substr(at).starts_with(no_break_space);
    if (no_break) at += no_break_space.size() - 1;
    const bool space = no_break || is_space(text[at]);
    if (!space || even.empty() || even.back() != ' ') even += space ? ' ' : text[at];
  }
  return even;
}

// Flags that a pattern can begin with, fewest first, and what the value's fitting then says.
struct Loosening {
  std::string_view flags;
  std::string_view says;
  std::string_view effect;
};
constexpr std::array<Loosening, 7> loosenings = {{
    {"i", "only its case differs", "takes either"},
    {"s", "only line feeds keep it from fitting", "lets . take them"},
    {"m", "a line of it fits", "takes ^ and $ at every line"},
    {"is", "only case and line feeds keep it from fitting",
     "takes either case and lets . take them"},
    {"im", "but for its case a line of it fits", "takes either case, and ^ and $ at every line"},
    {"sm", "but for line feeds a line of it fits",
     "lets . take them, and takes ^ and $ at every line"},
    {"ism", "but for case and line feeds a line of it fits",
     "takes either case, lets . take line feeds, and takes ^ and $ at every line"},
}};

std::string with_flags(std::string_view flags, const std::string& pattern) {
  return "(?" + std::string(flags) + ")" + pattern;
}

std::string by_flags(const std::string& pattern, std::string_view value) {
  for (const Loosening& loosening : loosenings)
    if (fits(with_flags(loosening.flags, pattern), value))
      return std::string(loosening.says) + ": (?" + std::string(loosening.flags) +
             ") in front of the pattern " + std::string(loosening.effect);
  return "";
}

std::string by_spaces(const RE2& pattern, std::string_view value, const std::string& even) {
  if (trimmed(value).size() != value.size() && fits(pattern, trimmed(value)))
    return "it would fit without the white space around it";
  if (even != value && fits(pattern, even))
    return "it would fit if each white space in it were a single blank";
  return "";
}

// A pattern that also fits nothing at all is not meant: it may end in a line feed to choose it.
bool fits_without_its_spaces(const std::string& pattern, std::string_view value) {
  const std::string bare(trimmed(pattern));
  return bare.size() != pattern.size() && fits(bare, value) && !fits(bare, "");
}

// The end of what begins at `at` and says no word itself: an escape, a set, the head of a group.
std::size_t past_syntax(std::string_view pattern, std::size_t at) {
  const std::size_t end = pattern.size();
  if (pattern[at] == '\\') return std::min(end, at + 2);
  if (pattern[at] == '[') return std::min(end, pattern.find(']', std::min(end, at + 2)));
  if (pattern.substr(at).starts_with("(?"))
    return std::min(end, pattern.find_first_of(">:)", at + 2));
  return at + 1;
}

}  // namespace

bool NearFit::could_fit(std::string_view value) const {
  std::call_once(loosened_, [this] {
    loose_ = std::make_unique<const RE2>(with_flags("ism", pattern_.pattern()), pattern_options());
  });
  return fits(*loose_, value);
}

std::string NearFit::with(std::string_view value) const {
  if (!pattern_.ok() || value.empty() || value.size() > longest_value) return "";
  const std::string& text = pattern_.pattern();
  if (could_fit(value)) return by_flags(text, value);
  const std::string even = evenly_spaced(value);
  if (std::string told = by_spaces(pattern_, value, even); !told.empty()) return told;
  if (fits_without_its_spaces(text, value))
    return "it would fit without the white space around the pattern";
  if (value.find(text) != value.npos)
    return "it has this very text, but some signs mean something in a pattern; between \\Q and \\E "
           "they do not";
  const std::string_view bare = trimmed(even);
  if (bare != value && could_fit(bare))
    return "case, line feeds and white space are all that keeps it from fitting";
  return "";
}

bool NearFit::has_a_word() const {
  constexpr int letters_of_a_word = 3;
  const std::string_view pattern = pattern_.pattern();
  int letters = 0;
  for (std::size_t at = 0; at < pattern.size();) {
    const auto byte = static_cast<unsigned char>(pattern[at]);
    letters = std::isalnum(byte) != 0 || byte >= 0x80 ? letters + 1 : 0;
    if (letters == letters_of_a_word) return true;
    at = past_syntax(pattern, at);
  }
  return false;
}

}  // namespace assistants_mock::scenarios
