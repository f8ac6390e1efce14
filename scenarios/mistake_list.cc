// Gathers mistakes and puts them in order.
#include "scenarios/mistake_list.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace assistants_mock::scenarios {

MistakeList::MistakeList(std::string_view file) : file_(file) {}

void MistakeList::add(Place place, std::string what) {
  if (!is_full()) told_.push_back({file_, place.line, place.column, std::move(what)});
}

std::vector<Mistake> MistakeList::in_order() const {
  std::vector<Mistake> mistakes = told_;
  std::ranges::stable_sort(mistakes, {}, [](const Mistake& mistake) {
    return std::tuple(mistake.line, mistake.column);
  });
  if (is_full()) {
    const Mistake last = mistakes.back();
    mistakes.push_back({file_, last.line, last.column,
                        "there may be more mistakes than these " + std::to_string(most_told)});
  }
  return mistakes;
}

}  // namespace assistants_mock::scenarios
