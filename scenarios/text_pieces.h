#pragma once
// How a text is cut into the deltas of a stream.
#include <cstddef>
#include <string_view>
#include <vector>

#include "scenarios/scenario.h"

namespace assistants_mock::scenarios {

// A text that would yield more pieces gets longer ones: neighbours are joined, equally many each.
inline constexpr std::size_t max_pieces = 4096;

// `text` in pieces that point into it: joined they are the text, none is empty, and none cuts a
// Unicode character of valid UTF-8. An empty text has no pieces.
//   words       what recorded streams look like: a word with the white space before it, a run of
//               punctuation apart ("Since", " it's", " warm", ",", " you"), but a single mark
//               with the letters right after it (" t", "-shirt"). Numbers such as 12.5 stay
//               whole; characters from U+2E80 on (CJK, emoji) stand alone, as tokens do. The same
//               cut turns arguments into fragments: `{"`, `city`, `":"`, `Oslo`, `"}`.
//   characters  so many Unicode characters each, the last piece perhaps fewer
//   whole       one piece
// `most` is at least 1.
std::vector<std::string_view> text_pieces(std::string_view text, const Pieces& pieces,
                                          std::size_t most = max_pieces);

}  // namespace assistants_mock::scenarios
