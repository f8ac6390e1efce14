// Many small files attached to a store and indexed, all in memory but the files: how long that
// takes beside reading the same files from disk, and what a file holds afterwards.
#include <array>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "assistants_mock/scenario_book.h"
#include "mock_server/api/api.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/measure.h"

namespace assistants_mock::bench {
namespace {

using Json = nlohmann::ordered_json;
using namespace mock_server;

constexpr std::size_t files = 10'000;
constexpr std::size_t batch = 2'000;  // as many as the API takes at once

class World {
 public:
  std::string post(const std::string& path, const std::string& body,
                   const std::string& type = "application/json") {
    const auto handled = api_.handle(
        {"POST", "/v1" + path, {{"Authorization", "Bearer key"}, {"Content-Type", type}}, body});
    return Json::parse(handled.response.body).at("id");
  }

  std::string upload(std::size_t number) {
    const std::string name = "note-" + std::to_string(number) + ".txt";
    const std::string line = "--b\r\nContent-Disposition: form-data; name=";
    return post("/files",
                line + "purpose\r\n\r\nassistants\r\n" + line + "file; filename=" + name +
                    "\r\n\r\n" + text_of(number) + "\r\n--b--\r\n",
                "multipart/form-data; boundary=b");
  }

  void read_all(const std::vector<std::string>& ids) {
    for (const std::string& id : ids) {
      const auto handled =
          api_.handle({"GET", "/v1/files/" + id, {{"Authorization", "Bearer key"}}, ""});
      bytes_ += handled.response.body.size();
    }
  }
  void advance(std::chrono::milliseconds by) { api_.advance_to(api_.now() + by); }

 private:
  // About half a kilobyte, no two alike.
  static std::string text_of(std::size_t number) {
    std::string text;
    for (std::size_t word = 0; word < 70; ++word)
      text += "word" + std::to_string((number * 31 + word * word) % 9'973) + ' ';
    return text;
  }

  api::Api api_{{}, scenarios::ScenarioBook().shared()};
  std::size_t bytes_ = 0;
};

}  // namespace

void report_vector_stores() {
  World world;
  std::vector<std::string> ids;
  const double uploaded = microseconds_of([&] {
    for (std::size_t number = 0; number < files; ++number) ids.push_back(world.upload(number));
  });
  const double read = microseconds_of([&] { world.read_all(ids); });
  const std::size_t before = resident_bytes();
  const std::string store = "/vector_stores/" + world.post("/vector_stores", "{}");
  const double attached = microseconds_of([&] {
    for (std::size_t begin = 0; begin < files; begin += batch) {
      const std::vector<std::string> some(ids.begin() + static_cast<std::ptrdiff_t>(begin),
                                          ids.begin() + static_cast<std::ptrdiff_t>(begin + batch));
      world.post(store + "/file_batches", Json{{"file_ids", some}}.dump());
    }
  });
  const double indexed = microseconds_of([&] { world.advance(std::chrono::seconds{3}); });
  const std::size_t after = resident_bytes();
  const auto each = [](double microseconds) { return microseconds / static_cast<double>(files); };
  std::printf("%zu files of half a kilobyte, in batches of %zu\n", files, batch);
  std::printf("  uploaded  %6.1f us each\n", each(uploaded));
  std::printf("  GET       %6.1f us each, the baseline\n", each(read));
  std::printf("  attached  %6.1f us each, %.1f times a GET\n", each(attached), attached / read);
  std::printf("  indexed   %6.1f us each, %.1f times a GET\n", each(indexed), indexed / read);
  std::printf("  resident  %6zu bytes more for each\n", (after - before) / files);
}

}  // namespace assistants_mock::bench
