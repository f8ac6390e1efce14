// The words of scenarios that belong to the server are the server's.
#include "scenarios/fault_words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "mock_server/api/error_catalogue.h"
#include "mock_server/api/routes.h"
#include "mock_server/engine/event_log.h"
#include "scenarios/stream_events.h"

namespace assistants_mock::mock_server::api {
namespace {

TEST(FaultWords, OperationsAreThoseOfTheRoutes) {
  std::vector<std::string> served, known;
  for (const Route& route : routes())
    served.push_back(std::string(route.operation) + " " + std::string(route.method) + " " +
                     std::string(route.path));
  for (const scenarios::Operation& operation : scenarios::operations())
    known.push_back(std::string(operation.id) + " " + std::string(operation.request));
  EXPECT_EQ(known, served);
}

TEST(FaultWords, ParametersAreThoseOfThePaths) {
  for (const scenarios::Operation& operation : scenarios::operations())
    for (std::size_t open = operation.request.find('{'); open != std::string_view::npos;
         open = operation.request.find('{', open + 1)) {
      const std::size_t close = operation.request.find('}', open);
      const auto name = operation.request.substr(open + 1, close - open - 1);
      const auto all = scenarios::path_parameters();
      EXPECT_NE(std::ranges::find(all, name), all.end()) << name;
    }
}

// All but those that are refused before the API is reached.
TEST(FaultWords, RowsAreThoseOfTheCatalogue) {
  std::set<std::string_view> made, known;
  for (const ErrorSample& one : error_catalogue())
    if (!one.sample.row.starts_with("http.")) made.insert(one.sample.row);
  for (const std::string_view row : scenarios::error_rows()) known.insert(row);
  EXPECT_EQ(known, made);
}

TEST(FaultWords, EventsEndStreamsAsLogsDo) {
  for (std::size_t place = 0; place < scenarios::stream_events.size(); ++place) {
    const auto event = static_cast<engine::EventName>(place);
    EXPECT_EQ(scenarios::stream_events.at(place).last, engine::ends_stream(event)) << name(event);
  }
}

}  // namespace
}  // namespace assistants_mock::mock_server::api
