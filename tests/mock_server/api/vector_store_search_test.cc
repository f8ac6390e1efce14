// Searching a vector store, as its client sees it: docs/wire/vector-stores.md, "Search".
#include <gtest/gtest.h>

#include "tests/mock_server/api/stores_client.h"

namespace assistants_mock::mock_server::api {
namespace {

using namespace std::chrono_literals;

TEST(VectorStoreSearch, AnswersAPage) {
  Stores stores;
  const std::string foods = stores.text_file("Filip likes cake.");
  const std::string store =
      stores.store({{"file_ids", {foods, stores.text_file("Ships sail the sea.")}}});
  EXPECT_TRUE(stores.search(store, {{"query", "cake"}}).json.at("data").empty())
      << "nothing is found in files that are in progress";
  stores->advance(2s);
  const Json page = stores.search(store, {{"query", "cake"}}).json;
  EXPECT_EQ(page.at("object"), "vector_store.search_results.page");
  EXPECT_EQ(page.at("search_query"), Json::array({"cake"}));
  ASSERT_EQ(page.at("data").size(), 1);
  EXPECT_EQ(page.at("data")[0].at("file_id"), foods);
  EXPECT_EQ(page.at("data")[0].at("filename"), "notes-1.txt");
  EXPECT_EQ(page.at("data")[0].at("content"),
            Json::parse(R"([{"type":"text","text":"Filip likes cake."}])"));
  EXPECT_EQ(page.at("next_page"), nullptr);
}

TEST(VectorStoreSearch, JoinsSeveralQueries) {
  Stores stores;
  const std::string store = stores.store(
      {{"file_ids",
        {stores.text_file("Filip likes cake."), stores.text_file("Effie likes pizza.")}}});
  stores->advance(2s);
  const Json page = stores.search(store, {{"query", {"cake", "pizza", "cake"}}}).json;
  EXPECT_EQ(page.at("search_query"), Json::array({"cake", "pizza", "cake"}));
  EXPECT_EQ(page.at("data").size(), 2);
}

TEST(VectorStoreSearch, RewritesQueries) {
  Stores stores;
  const std::string store = stores.store({{"file_ids", {stores.text_file("Filip likes cake.")}}});
  stores->advance(1s);
  const Json page =
      stores.search(store, {{"query", "What is it that Filip likes?"}, {"rewrite_query", true}})
          .json;
  EXPECT_EQ(page.at("search_query"), Json::array({"filip likes"}));
  EXPECT_EQ(page.at("data").size(), 1);
}

TEST(VectorStoreSearch, KeepsToItsBounds) {
  Stores stores;
  std::vector<std::string> files;
  for (int number = 0; number < 12; ++number)
    files.push_back(stores.text_file("Cake number " + std::to_string(number)));
  const std::string store = stores.store({{"file_ids", files}});
  stores->advance(2s);
  EXPECT_EQ(stores.search(store, {{"query", "cake"}}).json.at("data").size(), 10);
  EXPECT_EQ(
      stores.search(store, {{"query", "cake"}, {"max_num_results", 3}}).json.at("data").size(), 3);
  const auto above = [&](double threshold) {
    return stores
        .search(store, {{"query", "cake number 7"},
                        {"max_num_results", 50},
                        {"ranking_options", {{"score_threshold", threshold}}}})
        .json.at("data");
  };
  EXPECT_EQ(above(0).size(), 12);
  EXPECT_LT(above(above(0)[0].at("score").get<double>()).size(), 12);
  for (const Json& result : above(0.3)) EXPECT_GE(result.at("score").get<double>(), 0.3);
  EXPECT_EQ(stores.search(store, {{"query", "x"}, {"max_num_results", 51}}).refusal, "v.intmax");
  EXPECT_EQ(stores.search(store, {{"query", ""}}).refusal, "v.empty");
}

TEST(VectorStoreSearch, Filters) {
  Stores stores;
  const std::string store = stores.store();
  for (int year = 2020; year < 2024; ++year)
    ASSERT_EQ(
        stores
            ->post("/vector_stores/" + store + "/files",
                   Json{{"file_id", stores.text_file("Cake of " + std::to_string(year))},
                        {"attributes", {{"year", year}, {"draft", year == 2023}, {"by", "Effie"}}}}
                       .dump())
            .status,
        200);
  stores->advance(2s);
  const auto years = [&](const Json& filter) {
    std::vector<int> found;
    const TestAnswer page = stores.search(store, {{"query", "cake"}, {"filters", filter}});
    for (const Json& result : page.json.at("data"))
      found.push_back(result.at("attributes").at("year"));
    std::ranges::sort(found);
    return found;
  };
  const auto comparison = [](const char* type, const char* key, Json value) {
    return Json{{"type", type}, {"key", key}, {"value", std::move(value)}};
  };
  EXPECT_EQ(years(comparison("eq", "year", 2021)), std::vector{2021});
  EXPECT_EQ(years(comparison("ne", "draft", true)), (std::vector{2020, 2021, 2022}));
  EXPECT_EQ(years(comparison("in", "year", {2020, 2023})), (std::vector{2020, 2023}));
  EXPECT_EQ(
      years(
          {{"type", "or"},
           {"filters",
            {comparison("lt", "year", 2021),
             {{"type", "and"},
              {"filters", {comparison("gte", "year", 2022), comparison("eq", "draft", false)}}}}}}),
      (std::vector{2020, 2022}));

  const auto refusal = [&](const Json& filter) {
    const TestAnswer answer = stores.search(store, {{"query", "cake"}, {"filters", filter}});
    return answer.refusal + " " + answer.json.at("error").at("param").get<std::string>();
  };
  EXPECT_EQ(refusal({{"type", "like"}, {"key", "year"}, {"value", 1}}), "v.enum filters.type");
  EXPECT_EQ(refusal({{"type", "eq"}, {"value", 1}}), "v.missing filters.key");
  EXPECT_EQ(refusal(comparison("eq", "year", nullptr)), "v.type filters.value");
  EXPECT_EQ(refusal({{"type", "and"}, {"filters", {{{"type", "eq"}, {"key", "a"}}}}}),
            "v.missing filters.filters[0].value");
  EXPECT_EQ(refusal({{"type", "eq"}, {"key", "a"}, {"value", 1}, {"x", 1}}), "v.unknown filters.x");
}

// ours: a thousand values and filters, of all its lists together.
TEST(VectorStoreSearch, RefusesFiltersOfTheWrongForm) {
  Stores stores;
  const std::string store = stores.store();
  const auto refusal = [&](const Json& filter) {
    return stores.search(store, {{"query", "cake"}, {"filters", filter}}).refusal;
  };
  EXPECT_EQ(refusal({{"type", "eq"}, {"key", "a"}, {"value", Json::array({"x"})}}), "v.type");
  EXPECT_EQ(refusal({{"type", "in"}, {"key", "a"}, {"value", "x"}}), "v.type");
  EXPECT_EQ(refusal({{"key", "a"}, {"value", "x"}}), "v.missing");
}

TEST(VectorStoreSearch, FiltersAreBounded) {
  Stores stores;
  const std::string store = stores.store();
  const Json values(599, 1);
  const Json one = {{"type", "in"}, {"key", "a"}, {"value", values}};
  const auto search = [&](const Json& filters) {
    const Json all = {{"type", "and"}, {"filters", filters}};
    return stores.search(store, {{"query", "cake"}, {"filters", all}});
  };
  EXPECT_EQ(search(Json::array({one})).status, 200);
  const TestAnswer refused = search(Json::array({one, one}));
  EXPECT_EQ(refused.refusal, "v.arrmax");
  EXPECT_EQ(refused.json.at("error").at("param"), "filters.filters[1].value");
}

}  // namespace
}  // namespace assistants_mock::mock_server::api
