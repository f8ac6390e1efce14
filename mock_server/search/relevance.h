#pragma once
// The arithmetic of ranking: BM25 with a background, and the score that is told of it.
#include <cstddef>

namespace assistants_mock::mock_server::search {

// What a term is worth that `holding` of `chunks` chunks have: the rarer, the more. As if there
// were some more chunks without it, so that words are told apart by their worth in a store of one
// chunk too, and a word that no chunk has is worth little more than one that a single chunk has.
double term_worth(std::size_t chunks, std::size_t holding);

// How much of a term's worth a chunk gets that has it `count` times: 1 for once in a chunk of
// average length, less in a longer one, and up to 2.2 for many times.
double term_share(double count, double length, double average_length);

// The score of a chunk that got `got` of what the query's terms are worth together: 0 for nothing,
// 0.5 for a half, 0.75 for all of it, nearer to 1 the more. Rounded to six places, so that nobody
// sees the last bits that mathematical libraries disagree on.
double score_of(double got, double worth);

}  // namespace assistants_mock::mock_server::search
