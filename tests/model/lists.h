#pragma once
// Pages of lists (endpoints.md, "List parameters").
#include <algorithm>
#include <string>
#include <vector>

#include "tests/model/operation.h"

namespace assistants_mock::tests::model {

inline const std::vector<std::string_view> paging = {"limit", "order", "after", "before"};

// Adds parameters of paging; `things` are those that cursors may name.
template <class Thing>
void draw_paging(Draw& draw, Asked& asked, const std::vector<Thing>& things, const Id& unknown) {
  if (draw.one_in(2)) asked.query.emplace_back("order", "asc");
  const std::size_t limit = draw.below(8);
  if (limit > 3) asked.query.emplace_back("limit", std::to_string(limit - 3));
  const std::size_t cursor = draw.below(6);
  if (cursor > 3 && !things.empty())
    asked.query.emplace_back(cursor == 4 ? "after" : "before",
                             draw.one_in(12) ? unknown : things[draw.below(things.size())].id);
}

// The list of what is wanted of `things`, which are in the order of their creation. Those that were
// deleted are not wanted, but cursors may still name them (errors.md 1.2).
template <class Thing, class Wanted, class Shown, class Unknown>
Expected listed(const std::vector<Thing>& things, const Asked& asked, Wanted wanted, Shown show,
                Unknown unknown, std::size_t usual_limit = 20) {
  std::vector<const Thing*> sequence;
  for (const Thing& thing : things) sequence.push_back(&thing);
  if (asked.in_query("order") != "asc") std::ranges::reverse(sequence);

  std::size_t begin = 0;
  std::size_t end = sequence.size();
  for (const char* name : {"after", "before"}) {
    const std::string cursor = asked.in_query(name);
    if (cursor.empty()) continue;
    const auto at = std::ranges::find(sequence, cursor, &Thing::id);
    if (at == sequence.end()) return unknown(cursor);
    const auto place = static_cast<std::size_t>(at - sequence.begin());
    *(name == std::string("after") ? &begin : &end) = place + (name == std::string("after"));
  }

  std::vector<const Thing*> page;
  for (std::size_t place = begin; place < end; ++place)
    if (!sequence[place]->deleted && wanted(*sequence[place])) page.push_back(sequence[place]);
  const std::string limit = asked.in_query("limit");
  const std::size_t most = limit.empty() ? usual_limit : std::stoul(limit);
  const bool has_more = page.size() > most;
  // "before" asks for the page that ends there, the others for the one that begins.
  if (has_more && !asked.in_query("before").empty())
    page.erase(page.begin(), page.end() - static_cast<std::ptrdiff_t>(most));
  page.resize(std::min(page.size(), most));

  Json data = Json::array();
  for (const Thing* thing : page) data.push_back(show(*thing));
  const Json first = page.empty() ? Json(nullptr) : Json(page.front()->id);
  const Json last = page.empty() ? Json(nullptr) : Json(page.back()->id);
  return {.body = {{"object", "list"},
                   {"data", std::move(data)},
                   {"first_id", first},
                   {"last_id", last},
                   {"has_more", has_more}}};
}

inline bool always(const auto&) {
  return true;
}

}  // namespace assistants_mock::tests::model
