// Query strings as clients send them, and those that are refused.
#include "mock_server/api/list_query.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "tests/mock_server/api/refusal.h"

namespace assistants_mock::mock_server::api {
namespace {

constexpr QueryParameters everything{.paging = true, .run_id = true, .include = true};

ListQuery read(std::string_view query) {
  return parse_list_query(query, everything);
}

Refusal refusal(std::string_view query, QueryParameters accepted = everything) {
  return refusal_of([&] { parse_list_query(query, accepted); });
}

TEST(ListQuery, WithoutParametersTheDefaultsHold) {
  for (const char* query : {"", "&", "&&"}) {
    const ListQuery result = read(query);
    EXPECT_EQ(result.limit, 20U);
    EXPECT_FALSE(result.ascending);
    EXPECT_EQ(result.after + result.before + result.run_id, "");
    EXPECT_FALSE(result.include_content);
  }
}

TEST(ListQuery, ReadsWhatClientsSend) {
  const ListQuery result = read("limit=100&order=asc&after=msg_1&before=msg_9&run_id=run_1");
  EXPECT_EQ(result.limit, 100U);
  EXPECT_TRUE(result.ascending);
  EXPECT_EQ(result.after, "msg_1");
  EXPECT_EQ(result.before, "msg_9");
  EXPECT_EQ(result.run_id, "run_1");
}

TEST(ListQuery, EmptyValuesCountAsNotGiven) {
  const ListQuery result = read("limit=&order=&after=&before&run_id=&include[]=");
  EXPECT_EQ(result.limit, 20U);
  EXPECT_FALSE(result.ascending);
  EXPECT_FALSE(result.include_content);
}

TEST(ListQuery, IncludeMayBeEncodedOrNot) {
  for (const char* query :
       {"include[]=step_details.tool_calls[*].file_search.results[*].content",
        "include%5B%5D=step_details.tool_calls%5B%2A%5D.file_search.results%5B%2A%5D.content",
        "include%5b%5d=step_details%2Etool_calls[%2a].file_search.results[*].content"})
    EXPECT_TRUE(read(query).include_content) << query;
}

TEST(ListQuery, BytesThatAreNoEscapesStay) {
  EXPECT_EQ(read("after=100%").after, "100%");
  EXPECT_EQ(read("after=%4").after, "%4");
  EXPECT_EQ(read("after=%zz%41").after, "%zzA");
  EXPECT_EQ(read("after=a+b%2Bc").after, "a b+c");
  EXPECT_EQ(read("after=a=b").after, "a=b");
  EXPECT_EQ(read("after=%00").after, std::string(1, '\0'));
}

TEST(ListQuery, OfAParameterGivenTwiceTheLastCounts) {
  EXPECT_EQ(read("limit=5&limit=7").limit, 7U);
  EXPECT_EQ(read("order=asc&order=desc").ascending, false);
}

struct Case {
  std::string query;
  Refusal refusal;
};

TEST(ListQuery, RefusesInTheWordsOfTheService) {
  const auto limit_type = [](const std::string& got) {
    return Refusal{"v.type", "limit",
                   "Invalid type for 'limit': expected an integer, but got " + got + " instead."};
  };
  const auto above = [](const std::string& got) {
    return Refusal{
        "v.intmax", "limit",
        "Invalid 'limit': integer above maximum value. Expected a value <= 100, but got " + got +
            " instead."};
  };
  const auto below = [](const std::string& got) {
    return Refusal{"v.intmin", "limit",
                   "Invalid 'limit': integer below minimum value. Expected a value >= 1, but got " +
                       got + " instead."};
  };
  const std::vector<Case> cases = {
      {"limit=0", below("0")},
      {"limit=-7", below("-7")},
      {"limit=-99999999999999999999", below("-99999999999999999999")},
      {"limit=101", above("101")},
      {"limit=99999999999999999999", above("99999999999999999999")},
      {"limit=ten", limit_type("a string")},
      {"limit=1.5", limit_type("a decimal number")},
      {"limit=1e1", limit_type("a decimal number")},
      {"limit=5x", limit_type("a string")},
      {"limit=+5", limit_type("a string")},
      {"limit=true", limit_type("a string")},
      {"limit=nan", limit_type("a string")},
      {"order=up",
       {"v.enum", "order", "Invalid value: 'up'. Supported values are: 'asc' and 'desc'."}},
      {"order=ASC",
       {"v.enum", "order", "Invalid value: 'ASC'. Supported values are: 'asc' and 'desc'."}},
      {"include[]=step_details.tool_calls[*].file_search.results[*].content&include[]=usage",
       {"v.enum", "include[1]",
        "Invalid value: 'usage'. Supported values are: "
        "'step_details.tool_calls[*].file_search.results[*].content'."}},
      {"page=2", {"v.unknown", "page", "Unknown parameter: 'page'."}},
      {"include=usage", {"v.unknown", "include", "Unknown parameter: 'include'."}},
      {"Limit=5", {"v.unknown", "Limit", "Unknown parameter: 'Limit'."}},
      {"=5", {"v.unknown", "", "Unknown parameter: ''."}},
      {"zzz", {"v.unknown", "zzz", "Unknown parameter: 'zzz'."}},
      {"order=up&limit=0",
       {"v.enum", "order", "Invalid value: 'up'. Supported values are: 'asc' and 'desc'."}},
  };
  for (const Case& entry : cases) EXPECT_EQ(refusal(entry.query), entry.refusal) << entry.query;
}

TEST(ListQuery, EveryOperationHasItsOwnParameters) {
  EXPECT_EQ(refusal("limit=5", {.paging = true}), Refusal{});
  EXPECT_EQ(refusal("run_id=run_1", {.paging = true}).param, "run_id");
  EXPECT_EQ(refusal("include[]=", {.paging = true}).param, "include[]");
  EXPECT_EQ(refusal("after=x", {.include = true}).param, "after");
  EXPECT_EQ(refusal("before=x", {}).param, "before");
}

RC_GTEST_PROP(ListQueryProperty, AnyTextIsReadOrRefusedWith400, (const std::string& text)) {
  for (const char* name : {"", "limit=", "include[]=", "after="}) {
    const std::string query = name + text;
    try {
      const ListQuery result = read(query);
      RC_ASSERT(result.limit >= 1U && result.limit <= 100U);
    } catch (const ApiError& error) {
      RC_ASSERT(error.status == 400);
    }
  }
}

RC_GTEST_PROP(ListQueryProperty, AnyTextComesThroughItsEscapes, (const std::string& text)) {
  std::string escaped;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    escaped += '%';
    escaped += "0123456789abcdef"[byte / 16];
    escaped += "0123456789ABCDEF"[byte % 16];
  }
  RC_ASSERT(read("after=" + escaped).after == text);
}

}  // namespace
}  // namespace assistants_mock::mock_server::api
