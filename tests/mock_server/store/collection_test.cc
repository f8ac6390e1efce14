// Paging beside the plain way to say it: filter, turn round, cut.
#include "mock_server/store/collection.h"

#include <gtest/gtest.h>
// After gtest.
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace assistants_mock::mock_server::store {
namespace {

struct Thing {
  std::string id;
};

std::vector<std::string> ids(const Page<Thing>& page) {
  std::vector<std::string> ids;
  for (const auto& item : page.items) ids.push_back(item->id);
  return ids;
}

struct Shelf {
  Collection<Thing> things;
  std::vector<std::string> all;  // in the order of creation, deleted ones included
  std::vector<std::string> left;

  explicit Shelf(const std::vector<bool>& kept) {
    for (std::size_t number = 0; number < kept.size(); ++number) {
      all.push_back("t" + std::to_string(number));
      things.add(std::make_shared<const Thing>(Thing{all.back()}));
    }
    for (std::size_t number = 0; number < kept.size(); ++number)
      if (kept[number])
        left.push_back(all[number]);
      else
        things.erase(all[number]);
  }

  std::size_t place(const std::string& id) const {
    return static_cast<std::size_t>(std::ranges::find(all, id) - all.begin());
  }
};

// What the page must be: those after `after` and before `before` in the order asked for; the first
// `limit` of them, or with `before` alone the last.
std::pair<std::vector<std::string>, bool> expected(const Shelf& shelf, const PageRequest& request) {
  std::vector<std::string> wanted = shelf.left;
  if (!request.ascending) std::ranges::reverse(wanted);
  const auto comes_later = [&](const std::string& id, const std::string& cursor) {
    return request.ascending ? shelf.place(id) > shelf.place(cursor)
                             : shelf.place(id) < shelf.place(cursor);
  };
  std::erase_if(wanted, [&](const std::string& id) {
    return (!request.after.empty() && !comes_later(id, request.after)) ||
           (!request.before.empty() && !comes_later(request.before, id));
  });
  const bool has_more = wanted.size() > request.limit;
  if (has_more && request.after.empty() && !request.before.empty())
    wanted.erase(wanted.begin(), wanted.end() - static_cast<std::ptrdiff_t>(request.limit));
  else if (has_more)
    wanted.resize(request.limit);
  return {wanted, has_more};
}

RC_GTEST_PROP(Collection, PagesAsPlainlySaid, (const std::vector<bool>& kept)) {
  const Shelf shelf(kept);
  const auto cursor = [&] {
    return shelf.all.empty()
               ? std::string()
               : *rc::gen::oneOf(rc::gen::just(std::string()), rc::gen::elementOf(shelf.all));
  };
  const PageRequest request{.limit = *rc::gen::inRange<std::size_t>(1, 8),
                            .ascending = *rc::gen::arbitrary<bool>(),
                            .after = cursor(),
                            .before = cursor()};
  const Page<Thing> page = shelf.things.page(request);
  const auto [wanted, has_more] = expected(shelf, request);
  RC_ASSERT(ids(page) == wanted);
  RC_ASSERT(page.has_more == has_more);
}

// Following `after` until has_more is false sees everything once, also when each page's objects are
// deleted before the next is asked for.
RC_GTEST_PROP(Collection, WalkSeesEverythingOnce, (const std::vector<bool>& kept, bool deleting)) {
  Shelf shelf(kept);
  PageRequest request;
  request.limit = *rc::gen::inRange<std::size_t>(1, 5);
  request.ascending = true;
  std::vector<std::string> seen;
  for (bool more = true; more;) {
    const Page<Thing> page = shelf.things.page(request);
    for (const std::string& id : ids(page)) {
      seen.push_back(id);
      if (deleting) shelf.things.erase(id);
    }
    more = page.has_more;
    if (more) request.after = seen.back();
  }
  RC_ASSERT(seen == shelf.left);
}

TEST(Collection, ReplacesInPlace) {
  Collection<Thing> things;
  things.add(std::make_shared<const Thing>(Thing{"a"}));
  things.add(std::make_shared<const Thing>(Thing{"b"}));
  const auto newer = std::make_shared<const Thing>(Thing{"a"});
  things.replace(newer);
  EXPECT_EQ(things.find("a"), newer);
  EXPECT_EQ(ids(things.page({20, true, "", ""})), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(things.find("c"), nullptr);
  EXPECT_FALSE(things.erase("c"));
}

TEST(Collection, AnErasedIdCanComeBack) {
  Collection<Thing> things;
  things.add(std::make_shared<const Thing>(Thing{"a"}));
  things.add(std::make_shared<const Thing>(Thing{"b"}));
  things.erase("a");
  const auto back = std::make_shared<const Thing>(Thing{"a"});
  things.add(back);
  EXPECT_EQ(things.find("a"), back);
  EXPECT_EQ(ids(things.page({20, true, "", ""})), (std::vector<std::string>{"b", "a"}));
  EXPECT_EQ(ids(things.page({20, true, "b", ""})), std::vector<std::string>{"a"});
}

TEST(Collection, RemembersTheLastOfTheErased) {
  Collection<Thing> things;
  const auto name = [](int number) { return "t" + std::to_string(number); };
  for (int number = 0; number < 10'002; ++number)
    things.add(std::make_shared<const Thing>(Thing{name(number)}));
  for (int number = 0; number < 10'001; ++number) EXPECT_TRUE(things.erase(name(number)));
  EXPECT_FALSE(things.place_of(name(0)));
  EXPECT_TRUE(things.place_of(name(1)));
  EXPECT_EQ(things.size(), 1U);
}

}  // namespace
}  // namespace assistants_mock::mock_server::store
