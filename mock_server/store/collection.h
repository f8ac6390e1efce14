#pragma once
// Objects by id in the order of their creation: what a list operation pages through. Finding one,
// and finding where a page starts, costs the same however many there are (O(log n)).
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace assistants_mock::mock_server::store {

// Which part of a list is asked for (OpenAPI: the parameters limit, order, after and before).
// Cursors are ids; empty means none.
struct PageRequest {
  std::size_t limit = 20;
  bool ascending = false;
  std::string after;
  std::string before;
};

template <class T>
struct Page {
  std::vector<std::shared_ptr<const T>> items;
  bool has_more = false;
};

template <class T>
class Collection {
 public:
  using Item = std::shared_ptr<const T>;

  Collection() = default;
  Collection(Collection&&) = default;
  Collection& operator=(Collection&&) = default;
  Collection(const Collection&) = delete;  // places_ refers to erased_
  Collection& operator=(const Collection&) = delete;
  ~Collection() = default;

  // Returns its place: places rise and are never given twice. An id that was here before is a new
  // item all the same.
  std::uint64_t add(Item item) {
    forget_erased(item->id);
    const std::uint64_t place = next_place_++;
    places_.emplace(item->id, place);
    items_.emplace_hint(items_.end(), place, std::move(item));
    return place;
  }

  // Puts a newer snapshot in the place of the one with its id, which must be there.
  void replace(Item item) {
    Item& present = items_.find(places_.find(item->id)->second)->second;
    rename(present->id, item->id);
    present = std::move(item);
  }

  Item find(std::string_view id) const {
    const auto place = places_.find(id);
    return place == places_.end() ? nullptr : at(place->second);
  }
  // Null when nothing is at this place (any more).
  Item at(std::uint64_t place) const {
    const auto item = items_.find(place);
    return item == items_.end() ? nullptr : item->second;
  }

  // The id keeps its place for a while (the last `remembered` of them do), so that a client which
  // pages and deletes as it goes finds its way.
  bool erase(std::string_view id) {
    const auto place = places_.find(id);
    if (place == places_.end()) return false;
    const auto item = items_.find(place->second);
    if (item == items_.end()) return false;
    rename(id, erased_.emplace_back(id));
    items_.erase(item);
    if (erased_.size() > remembered) {
      places_.erase(erased_.front());
      erased_.pop_front();
    }
    return true;
  }

  std::size_t size() const { return items_.size(); }
  bool empty() const { return items_.empty(); }
  auto begin() const { return items_.begin(); }
  auto end() const { return items_.end(); }
  Item newest() const { return items_.empty() ? nullptr : items_.rbegin()->second; }

  // The place of an id that is here, or was until not long ago.
  std::optional<std::uint64_t> place_of(std::string_view id) const {
    const auto place = places_.find(id);
    if (place == places_.end()) return std::nullopt;
    return place->second;
  }

  // Those that `wanted` accepts. The cursors must have a place here. With `before` alone the page
  // is the one that ends just before it.
  template <class Wanted>
  Page<T> page(const PageRequest& request, Wanted wanted) const {
    auto low = items_.begin();
    auto high = items_.end();
    const std::string& above = request.ascending ? request.after : request.before;
    const std::string& below = request.ascending ? request.before : request.after;
    if (!above.empty()) low = items_.upper_bound(*place_of(above));
    if (!below.empty()) high = items_.lower_bound(*place_of(below));
    if (low != items_.end() && (high == items_.end() || low->first < high->first))
      return take(low, high, request, wanted);
    return {};
  }
  Page<T> page(const PageRequest& request) const {
    return page(request, [](const T&) { return true; });
  }

 private:
  static constexpr std::size_t remembered = 10'000;
  using Places = std::map<std::uint64_t, Item>;
  using Position = typename Places::const_iterator;

  // A file comes back to a vector store with the id it had.
  void forget_erased(std::string_view id) {
    if (erased_.empty() || places_.erase(id) == 0) return;
    erased_.remove_if([id](const std::string& erased) { return erased == id; });
  }

  // Lets the entry of `id` refer to `same_id`, which has the same letters and stays longer.
  void rename(std::string_view id, std::string_view same_id) {
    auto entry = places_.extract(id);
    entry.key() = same_id;
    places_.insert(std::move(entry));
  }

  template <class Wanted>
  static Page<T> take(Position low, Position high, const PageRequest& request, Wanted wanted) {
    // A page before a cursor is read from the cursor outwards and then turned round.
    const bool from_before = request.after.empty() && !request.before.empty();
    const bool upwards = request.ascending != from_before;
    Page<T> page;
    auto offer = [&](const Item& item) {
      if (!wanted(*item)) return true;
      if (page.items.size() == request.limit) {
        page.has_more = true;
        return false;
      }
      page.items.push_back(item);
      return true;
    };
    if (upwards) {
      for (; low != high; ++low)
        if (!offer(low->second)) break;
    } else {
      while (high != low)
        if (!offer((--high)->second)) break;
    }
    if (from_before) page.items = {page.items.rbegin(), page.items.rend()};
    return page;
  }

  Places items_;
  // The ids are those in the items and in erased_.
  std::unordered_map<std::string_view, std::uint64_t> places_;
  std::list<std::string> erased_;  // oldest first; unlike other sequences it costs nothing empty
  std::uint64_t next_place_ = 0;
};

}  // namespace assistants_mock::mock_server::store
