#include "mock_server/search/relevance.h"

#include <cmath>

namespace assistants_mock::mock_server::search {
namespace {

constexpr double background_chunks = 100;
constexpr double saturation = 1.2;         // k1, as usual
constexpr double length_influence = 0.75;  // b, as usual

}  // namespace

double term_worth(std::size_t chunks, std::size_t holding) {
  const double all = static_cast<double>(chunks) + background_chunks;
  const auto some = static_cast<double>(holding);
  return std::log(1 + (all - some + 0.5) / (some + 0.5));
}

double term_share(double count, double length, double average_length) {
  const double norm =
      saturation * (1 - length_influence + length_influence * length / average_length);
  return count * (saturation + 1) / (count + norm);
}

double score_of(double got, double worth) {
  constexpr double places = 1e6;
  if (worth <= 0) return 0;
  return std::round((1 - std::exp2(-2 * got / worth)) * places) / places;
}

}  // namespace assistants_mock::mock_server::search
