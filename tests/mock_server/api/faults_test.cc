// Faults and rate limits of scenarios, seen by a client without HTTP: where they strike, and what
// they do to answers and streams.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "mock_server/api/error_answer.h"
#include "mock_server/api/error_catalogue.h"
#include "mock_server/api/fault_list.h"
#include "scenarios/fault_words.h"
#include "tests/mock_server/test_api.h"

namespace assistants_mock::mock_server::api {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::ordered_json;
using Ending = Delivery::Ending;

class Client {
 public:
  explicit Client(const std::string& faults, const std::string& acts = "say: Grüße aus Köln")
      : api_(scenarios::ScenarioBook::parse(faults + "\nruns: [{ do: [{ " + acts + " }] }]\n")),
        assistant_(api_.post("/assistants", R"({"model":"gpt-4o"})").id()) {}

  TestApi* operator->() { return &api_; }

  std::string thread() { return api_.post("/threads").id(); }
  TestAnswer run(const std::string& thread, bool stream = false) {
    return api_.post("/threads/" + thread + "/runs",
                     Json{{"assistant_id", assistant_},
                          {"stream", stream},
                          {"additional_messages", {{{"role", "user"}, {"content", "Hi"}}}}}
                         .dump());
  }
  // Path of a new run.
  std::string new_run() {
    const std::string id = thread();
    return "/threads/" + id + "/runs/" + run(id).id();
  }
  std::vector<int> statuses_of(const std::string& path, int times) {
    std::vector<int> statuses;
    for (int time = 0; time < times; ++time) statuses.push_back(api_.get(path).status);
    return statuses;
  }
  // All bytes of the stream of a run that has all its time, and how the stream stands then.
  std::pair<std::string, EventStream::State> streamed() {
    const auto stream = run(thread(), true).stream;
    api_.advance(1h);
    std::string bytes;
    auto state = EventStream::State::open;
    for (int read = 0; read < 10'000 && state == EventStream::State::open; ++read)
      state = stream->read(bytes, {});
    return {bytes, state};
  }

 private:
  TestApi api_;
  std::string assistant_;
};

TEST(Faults, AreCountedForEachKeyTogether) {
  Client client("faults: [{ on: getRun, times: [1, 3], error: srv.500 }]");
  const std::string one = client.new_run(), other = client.new_run();
  EXPECT_EQ(client.statuses_of(one, 2), (std::vector{500, 200}));
  EXPECT_EQ(client.statuses_of(other, 2), (std::vector{500, 200}));
}

TEST(Faults, AreCountedForEachRunApart) {
  Client client("faults: [{ on: getRun, times: 2, per: run_id, error: srv.500 }]");
  const std::string one = client.new_run(), other = client.new_run();
  EXPECT_EQ(client.statuses_of(one, 3), (std::vector{200, 500, 200}));
  EXPECT_EQ(client.statuses_of(other, 3), (std::vector{200, 500, 200}));
}

TEST(Faults, WaitForTheStatusOfTheRun) {
  Client client("faults: [{ on: getRun, while: requires_action, error: srv.503 }]",
                "call: get_weather");
  const std::string run = client.new_run();
  EXPECT_EQ(client.statuses_of(run, 2), (std::vector{200, 200}));
  client->advance(1min);
  EXPECT_EQ(client.statuses_of(run, 2), (std::vector{503, 200}));
  EXPECT_EQ(client->get(run).json.at("status"), "requires_action");
}

TEST(Faults, MayHideAnAnswerWhoseWorkIsDone) {
  Client client("faults: [{ on: createMessage, connection: closed, after_work: true }]");
  const std::string path = "/threads/" + client.thread() + "/messages";
  const api::Request request{"POST", "/v1" + path, TestApi::client_headers(),
                             R"({"role":"user","content":"Hi"})"};
  const auto lost = client->api().handle(request);
  EXPECT_EQ(lost.response.delivery, Delivery{.ending = Ending::closed});
  EXPECT_TRUE(lost.cut);
  EXPECT_EQ(client->get(path).json.at("data").size(), 1U);
}

TEST(Faults, HideARefusalToo) {
  Client client("faults: [{ on: getThread, status: 204, after_work: true }]");
  const api::Request request{"GET", "/v1/threads/thread_unknown", TestApi::client_headers()};
  EXPECT_EQ(client->api().handle(request).response.status, 204);
  EXPECT_EQ(client->api().handle(request).response.status, 404);
}

TEST(Faults, SpoilTheRealAnswer) {
  Client client(
      "faults: [{ on: listModels, headers: { content-type: text/html, X-Odd: 1 }, keep_bytes: 3, "
      "delay: 2s }]");
  const api::Request request{"GET", "/v1/models", TestApi::client_headers()};
  const auto spoilt = client->api().handle(request).response;
  EXPECT_EQ(spoilt.status, 200);
  EXPECT_EQ(header(spoilt.headers, "Content-Type"), "text/html");
  EXPECT_EQ(header(spoilt.headers, "X-Odd"), "1");
  EXPECT_EQ(spoilt.delivery, (Delivery{.delay = 2s, .keep_bytes = 3}));
  EXPECT_EQ(client->api().handle(request).response.delivery, Delivery{});
}

TEST(Faults, AnErrorMayHaveHeadersOfItsOwn) {
  Client client("faults: [{ on: listModels, error: rl.rpm, headers: { retry-after-ms: 20 } }]");
  const TestAnswer refused = client->get("/models");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(header(refused.headers, "retry-after-ms"), "20");
  EXPECT_EQ(refused.refusal, "rl.rpm");
}

// That of the catalogue, but for what names the request.
ApiError sample_for(std::string_view method, std::string_view path, std::string_view request_id,
                    std::string_view row) {
  if (row == "route.unknown") return api_error::route_unknown(method, path);
  if (row == "route.method") return api_error::route_method(method, path);
  if (row == "route.retired") return api_error::route_retired(method, path);
  if (row == "srv.500") return api_error::internal(request_id);
  const auto samples = error_catalogue();
  return std::ranges::find(samples, row, [](const ErrorSample& one) { return one.sample.row; })
      ->sample;
}

// Status, type, code, param, words and headers.
TEST(Faults, AnswerAsEveryRowOfTheCatalogue) {
  for (const std::string_view row : scenarios::error_rows()) {
    Client client("faults: [{ on: listModels, error: " + std::string(row) + " }]");
    const TestAnswer answer = client->get("/models");
    const std::string id(header(answer.headers, "x-request-id"));
    const ApiError sample = sample_for("GET", "/v1/models", id, row);
    EXPECT_EQ(answer.refusal, row);
    EXPECT_EQ(answer.status, sample.status) << row;
    EXPECT_EQ(answer.json, Json::parse(to_body(sample))) << row;
    EXPECT_EQ(answer.headers, error_answer(sample, id).headers) << row;
    EXPECT_EQ(client->get("/models").status, 200) << row;
  }
}

TEST(Faults, NameWhatTheRequestAskedFor) {
  const auto message = [](const std::string& on, const std::string& row, const std::string& path) {
    Client client("faults: [{ on: " + on + ", error: " + row + " }]");
    return client->get(path).json.at("error").at("message").get<std::string>();
  };
  EXPECT_EQ(message("getThread", "nf.thread", "/threads/thread_gone"),
            "No thread found with id 'thread_gone'.");
  EXPECT_EQ(message("getRun", "nf.run", "/threads/thread_1/runs/run_gone"),
            "No run found with id 'run_gone'.");
  EXPECT_EQ(message("retrieveFile", "nf.file", "/files/file-gone"),
            "No such File object: file-gone");
  EXPECT_EQ(message("getVectorStoreFile", "nf.vsfile", "/vector_stores/vs_1/files/file-gone"),
            api_error::no_store_file("file-gone", "vs_1").message);
  EXPECT_EQ(message("listModels", "route.retired", "/models?limit=1"),
            "Invalid URL (GET /v1/models)");
}

// The recorded profile has what the older backend refused twice (f.purpose).
TEST(Faults, AreInTheProfileOfTheWorld) {
  TestApi api(scenarios::ScenarioBook::parse("faults: [{ on: listFiles, error: f.purpose }]\n"
                                             "runs: [{ do: [] }]"),
              {.world = {.profile = WireProfile::recorded}});
  EXPECT_TRUE(api.get("/files").json.contains("detail"));
}

TEST(Faults, AScenarioBringsItsOwnInThePlaceOfTheLastOnes) {
  Client client("faults: [{ on: listModels, times: 1+, error: srv.503 }]");
  client->api().faults().add({{.on = "listFiles", .times = {{}, 1}, .error = "srv.500"}}, Limits{});
  client->api().play(scenarios::RuleMatcher(
      scenarios::ScenarioBook::parse("faults: [{ on: listAssistants, error: rl.quota }]\n"
                                     "runs: [{ do: [] }]")
          .shared()));
  EXPECT_EQ(client->get("/models").status, 200);
  EXPECT_EQ(client->get("/assistants").status, 429);
  EXPECT_EQ(client->get("/files").status, 500) << "one that was laid stays";
  EXPECT_EQ(client->api().faults().reports().size(), 2U);
}

TEST(Faults, OfTheScenarioTakeNoRoomFromThoseThatAreAdded) {
  Client client("faults: [{ on: listModels, error: srv.503 }]");
  const Limits one{.faults = 1};
  client->api().faults().add({{.on = "listFiles", .error = "srv.500"}}, one);
  EXPECT_THROW(client->api().faults().add({{.on = "listFiles", .error = "srv.500"}}, one),
               ApiError);
}

TEST(Faults, OfAStreamLookAtStreamsOnly) {
  Client client("faults: [{ on: createRun, stream: { then: cut } }]");
  const std::string thread = client.thread();
  EXPECT_EQ(client.run(thread).status, 200);
  EXPECT_EQ(client->api().faults().reports().at(0).asked, 0);
  EXPECT_EQ(client.streamed().second, EventStream::State::cut);
  EXPECT_EQ(client.streamed().second, EventStream::State::ended) << "the first time only";
}

TEST(Faults, OfAStreamHaveFiredOnceTheyHappened) {
  Client client(
      "faults: [{ on: createRun, stream: { after: thread.run.completed, then: repeat } }]");
  const auto fired = [&] { return client->api().faults().reports().at(0).fired; };
  const auto stream = client.run(client.thread(), true).stream;
  EXPECT_EQ(fired(), 0) << "the event is not there yet";
  client->advance(1h);
  std::string bytes;
  while (stream->read(bytes, {}) == EventStream::State::open) {
  }
  EXPECT_EQ(fired(), 1);
  EXPECT_EQ(client->api().faults().reports().at(0).asked, 1);
}

TEST(Faults, OfAStreamThatNeverComesSoFarHaveNotFired) {
  Client client("faults: [{ on: createRun, stream: { nth: 1000, then: cut } }]");
  EXPECT_EQ(client.streamed().second, EventStream::State::ended);
  EXPECT_EQ(client->api().faults().reports().at(0).fired, 0);
}

TEST(Faults, OfASwapHaveFiredOnceTheNextEventHasOvertaken) {
  Client client("faults: [{ on: createRun, times: 1+, stream: { nth: 1000, then: swap } }]");
  client.streamed();
  EXPECT_EQ(client->api().faults().reports().at(0).fired, 0);
  Client other("faults: [{ on: createRun, stream: { nth: 2, then: swap } }]");
  other.streamed();
  EXPECT_EQ(other->api().faults().reports().at(0).fired, 1);
}

TEST(Faults, OfPiecesHaveFiredWithTheFirstOne) {
  Client client("faults: [{ on: createRun, stream: { pieces: 7 } }]");
  const auto stream = client.run(client.thread(), true).stream;
  EXPECT_EQ(client->api().faults().reports().at(0).fired, 0);
  std::string bytes;
  stream->read(bytes, {});
  EXPECT_EQ(bytes.size(), 7U);
  EXPECT_EQ(client->api().faults().reports().at(0).fired, 1);
}

std::string with_stream_fault(const std::string& fault) {
  return "faults: [{ on: createRun, times: 1+, stream: { " + fault + " } }]";
}

// What a client would read without a fault, and the events of it.
struct Whole {
  std::string bytes;
  std::vector<std::string> events;  // with the empty line at their end
};
Whole whole() {
  Whole all;
  all.bytes = Client("").streamed().first;
  for (std::size_t at = 0; at < all.bytes.size();) {
    const std::size_t end = all.bytes.find("\n\n", at) + 2;
    all.events.push_back(all.bytes.substr(at, end - at));
    at = end;
  }
  return all;
}

std::size_t place_of(const Whole& whole, const std::string& name, int nth) {
  for (std::size_t place = 0; place < whole.events.size(); ++place)
    if (whole.events[place].starts_with("event: " + name + "\n") && --nth == 0) return place;
  ADD_FAILURE() << "no event " << name;
  return 0;
}

std::string up_to(const Whole& whole, std::size_t place) {
  std::string bytes;
  for (std::size_t event = 0; event <= place; ++event) bytes += whole.events[event];
  return bytes;
}

TEST(StreamFaults, CutAfterAnEvent) {
  const Whole all = whole();
  const std::size_t second = place_of(all, "thread.message.delta", 2);
  using State = EventStream::State;
  const auto streamed = [](const std::string& then) {
    return Client(with_stream_fault("after: thread.message.delta, nth: 2, then: " + then))
        .streamed();
  };
  EXPECT_EQ(streamed("cut"), std::pair(up_to(all, second), State::cut));
  EXPECT_EQ(streamed("reset"), std::pair(up_to(all, second), State::reset));
  EXPECT_EQ(streamed("end"), std::pair(up_to(all, second), State::ended));
  EXPECT_EQ(streamed("hang"), std::pair(up_to(all, second), State::open));
}

TEST(StreamFaults, CutInsideAnEvent) {
  const Whole all = whole();
  const std::size_t first = place_of(all, "thread.message.delta", 1);
  const auto [bytes, state] =
      Client(with_stream_fault("after: thread.message.delta, then: cut_inside")).streamed();
  const std::string before = up_to(all, first - 1);
  EXPECT_EQ(state, EventStream::State::cut);
  EXPECT_GT(bytes.size(), before.size());
  EXPECT_LT(bytes.size(), up_to(all, first).size());
  EXPECT_TRUE(up_to(all, first).starts_with(bytes));
}

// The first delta is "Gr\u00fc\u00dfe".
TEST(StreamFaults, CutInsideACharacter) {
  const Whole all = whole();
  const auto [bytes, state] =
      Client(with_stream_fault("after: thread.message.delta, then: cut_in_character")).streamed();
  EXPECT_EQ(state, EventStream::State::cut);
  EXPECT_TRUE(all.bytes.starts_with(bytes));
  EXPECT_TRUE(bytes.ends_with("Gr\xc3")) << bytes.substr(bytes.size() - 20);
}

TEST(StreamFaults, ACutInACharacterWaitsForOne) {
  const auto [bytes, state] =
      Client(with_stream_fault("after: thread.message.delta, nth: 2, then: cut_in_character"))
          .streamed();
  EXPECT_EQ(state, EventStream::State::cut);
  EXPECT_TRUE(bytes.ends_with("K\xc3")) << bytes.substr(bytes.size() - 20);
}

TEST(StreamFaults, AnErrorEventTakesThePlaceOfTheRest) {
  const Whole all = whole();
  const std::size_t first = place_of(all, "thread.message.delta", 1);
  const auto [wrapped, state] =
      Client(with_stream_fault("after: thread.message.delta, then: error")).streamed();
  EXPECT_EQ(state, EventStream::State::ended);
  const std::string begin = up_to(all, first);
  ASSERT_TRUE(wrapped.starts_with(begin + "event: error\ndata: {\"error\":{\"message\":"));
  EXPECT_TRUE(wrapped.ends_with("event: done\ndata: [DONE]\n\n"));
  const auto [bare, same] =
      Client(with_stream_fault("after: thread.message.delta, then: bare_error")).streamed();
  EXPECT_TRUE(bare.starts_with(begin + "event: error\ndata: {\"message\":"));
}

TEST(StreamFaults, EventsAreAddedRepeatedAndSwapped) {
  const Whole all = whole();
  const std::size_t first = place_of(all, "thread.message.delta", 1);
  const auto streamed = [](const std::string& then) {
    return Client(with_stream_fault("after: thread.message.delta, then: " + then)).streamed();
  };
  const std::string rest = all.bytes.substr(up_to(all, first).size());
  EXPECT_EQ(streamed("repeat").first, up_to(all, first) + all.events[first] + rest);
  std::string swapped = up_to(all, first - 1) + all.events[first + 1] + all.events[first];
  for (std::size_t event = first + 2; event < all.events.size(); ++event)
    swapped += all.events[event];
  EXPECT_EQ(streamed("swap").first, swapped);
  const std::string added = streamed("unknown_event").first;
  ASSERT_TRUE(added.starts_with(up_to(all, first) + "event: thread.run.annotated\ndata: {"));
  EXPECT_TRUE(added.ends_with(rest));
}

TEST(StreamFaults, AnEventMayComeUnderAnotherName) {
  const Whole all = whole();
  const std::size_t last = place_of(all, "thread.run.completed", 1);
  const auto [bytes, state] =
      Client(with_stream_fault("after: thread.run.completed, then: rename, as: thread.run.failed"))
          .streamed();
  EXPECT_EQ(bytes, up_to(all, last - 1) + "event: thread.run.failed" +
                       all.events[last].substr(all.events[last].find('\n')) + all.events[last + 1]);
}

TEST(StreamFaults, TheLastEventHasNoneToBeSwappedWith) {
  const Whole all = whole();
  const std::string last = std::to_string(all.events.size() - 1);  // before `done`
  EXPECT_EQ(Client(with_stream_fault("nth: " + last + ", then: swap")).streamed().first, all.bytes);
}

TEST(StreamFaults, PiecesAreOfAsManyBytes) {
  Client client(with_stream_fault("pieces: 7"));
  const auto stream = client.run(client.thread(), true).stream;
  client->advance(1h);
  std::string bytes, all;
  auto state = EventStream::State::open;
  while (state == EventStream::State::open) {
    bytes.clear();
    state = stream->read(bytes, {});
    EXPECT_LE(bytes.size(), 7U);
    EXPECT_TRUE(bytes.size() == 7 || state == EventStream::State::ended);
    all += bytes;
  }
  EXPECT_EQ(all, whole().bytes);
}

TEST(RateLimits, LetSoManyComeInAMinute) {
  Client client("rate_limits: [{ on: listModels, requests_per_minute: 3 }]");
  EXPECT_EQ(client.statuses_of("/models", 4), (std::vector{200, 200, 200, 429}));
  EXPECT_EQ(client->get("/files").status, 200) << "another operation";
  client->advance(19'999ms);
  EXPECT_EQ(client->get("/models").status, 429);
  client->advance(1ms);
  EXPECT_EQ(client.statuses_of("/models", 2), (std::vector{200, 429}));
  client->advance(1min);
  EXPECT_EQ(client.statuses_of("/models", 4), (std::vector{200, 200, 200, 429}));
}

TEST(RateLimits, TellOfThemselvesInHeaders) {
  Client client("rate_limits: [{ on: listModels, requests_per_minute: 2 }]");
  const auto headers = [](const TestAnswer& answer) {
    std::string all;
    for (const char* name : {"x-ratelimit-limit-requests", "x-ratelimit-remaining-requests",
                             "x-ratelimit-reset-requests", "retry-after-ms", "retry-after"})
      all += std::string(header(answer.headers, name)) + " ";
    return all;
  };
  EXPECT_EQ(headers(client->get("/models")), "2 1 30s   ");
  client->advance(500ms);
  EXPECT_EQ(headers(client->get("/models")), "2 0 59.5s   ");
  const TestAnswer refused = client->get("/models");
  EXPECT_EQ(headers(refused), "2 0 59.5s 29500 30 ");
  EXPECT_NE(refused.message().find("Limit 2, Used 2, Requested 1. Please try again in 29.5s."),
            std::string::npos)
      << refused.message();
  EXPECT_EQ(refused.refusal, "rl.rpm");
  EXPECT_EQ(headers(client->get("/files")), "     ") << "no limit, no headers";
}

TEST(RateLimits, HoldTogetherAndTellOfTheNearest) {
  Client client(
      "rate_limits: [{ requests_per_minute: 10 }, { on: listModels, requests_per_minute: 2 }]");
  // The client made an assistant.
  EXPECT_EQ(header(client->get("/files").headers, "x-ratelimit-remaining-requests"), "8");
  EXPECT_EQ(header(client->get("/models").headers, "x-ratelimit-remaining-requests"), "1");
  EXPECT_EQ(client.statuses_of("/models", 2), (std::vector{200, 429}));
  const TestAnswer unknown = client->get("/threads/thread_unknown");
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(header(unknown.headers, "x-ratelimit-remaining-requests"), "5");
}

TEST(RateLimits, CountWhatIsApartApart) {
  Client client("rate_limits: [{ on: getThread, per: thread_id, requests_per_minute: 1 }]");
  const std::string one = "/threads/" + client.thread(), other = "/threads/" + client.thread();
  EXPECT_EQ(client.statuses_of(one, 2), (std::vector{200, 429}));
  EXPECT_EQ(client.statuses_of(other, 2), (std::vector{200, 429}));
}

}  // namespace
}  // namespace assistants_mock::mock_server::api
