// Runs whose hosted tools reach the files and vector stores of a world, which a fake stands for.
#include <gtest/gtest.h>

#include "assistants_mock/scenario_book.h"
#include "mock_server/engine/run_engine.h"
#include "mock_server/store/blob_directory.h"

namespace assistants_mock::mock_server::engine {
namespace {

using namespace std::chrono_literals;

struct FakeRunTools : RunTools {
  std::vector<scenarios::FoundChunk> found = {};
  std::vector<std::string> asked = {};
  std::vector<std::string> made = {};

  std::vector<scenarios::FoundChunk> search(const store::Run& run,
                                            const store::ThreadRecord& thread,
                                            const std::string& query) override {
    EXPECT_EQ(run.thread_id, thread.thread->id);
    asked.push_back(query);
    return found;
  }
  bool is_full = false;
  std::string make_file(const std::string& filename, std::string_view bytes, Instant now) override {
    if (is_full) throw store::DiskError(store::DiskError::Reason::limit, "too much");
    made.push_back(filename + ", " + std::to_string(bytes.size()) + " bytes, at " +
                   std::to_string(now.time_since_epoch().count()));
    return "file-" + std::to_string(made.size());
  }
  Instant files_ended(const store::ThreadRecord&, Instant) override { return Instant::min(); }
};

store::Thread empty_thread() {
  store::Thread thread;
  thread.id = "thread_1";
  return thread;
}

// One run in one thread, from the question on.
class Played {
 public:
  explicit Played(const std::string& yaml, RunTools* tools, store::Json run_tools = {})
      : engine_(store_, ids_,
                scenarios::RuleMatcher(scenarios::ScenarioBook::parse(yaml, "script").shared()),
                Waits::as_scripted, tools),
        thread_(store_.add_thread(empty_thread())) {
    store::Message question;
    question.id = "msg_question";
    question.content = {store::TextContent{"cake?"}};
    thread_.messages.add(std::make_shared<const store::Message>(std::move(question)));
    store::RunSettings settings;
    settings.tools = std::move(run_tools);
    run_id_ = engine_.create_run(thread_, std::move(settings), {}, Instant{})->id;
    engine_.advance_to(Instant{1s});
  }

  void advance_to(Instant now) { engine_.advance_to(now); }
  std::string status() const {
    return std::string(state_machine::name(thread_.runs.find(run_id_)->state.status));
  }
  std::string error() const {
    const auto& error = thread_.runs.find(run_id_)->state.last_error;
    return error ? error->code + ": " + error->message : "";
  }
  std::vector<std::shared_ptr<const store::RunStep>> steps() const {
    std::vector<std::shared_ptr<const store::RunStep>> all;
    for (const auto& [place, step] : thread_.steps.at(run_id_)) all.push_back(step);
    return all;
  }
  template <class CallOf>
  CallOf call(std::size_t step, std::size_t place) const {
    const auto steps = this->steps();
    return std::get<CallOf>(
        std::get<std::vector<store::StepCall>>(steps.at(step)->details).at(place));
  }
  // A part of the last message.
  store::Content reply(std::size_t part) const {
    std::shared_ptr<const store::Message> last;
    for (const auto& [place, message] : thread_.messages) last = message;
    return last->content.at(part);
  }

 private:
  store::Store store_;
  store::IdSource ids_{1};
  RunEngine engine_;
  store::ThreadRecord& thread_;
  std::string run_id_;
};

TEST(HostedTools, SearchWhenTheTurnBeginsAndShowWhatIsFound) {
  FakeRunTools tools;
  tools.found = {{.file_id = "file-a", .filename = "a.txt", .score = 0.5, .text = "Cake."}};
  Played played(R"(runs: [{ do: [call: file_search, say: "${results[0].text}${cite[0]}"] }])",
                &tools);
  EXPECT_EQ(tools.asked, std::vector<std::string>{"cake?"});
  tools.found.clear();  // what changes later is not seen
  played.advance_to(Instant{2s});
  EXPECT_EQ(played.status(), "completed");
  EXPECT_EQ(played.call<store::SearchCall>(0, 0).results.at(0).text, "Cake.");
  const auto text = std::get<store::TextContent>(played.reply(0));
  EXPECT_EQ(text.value, "Cake.【4:0†a.txt】");
  ASSERT_EQ(text.annotations.size(), 1U);
  EXPECT_EQ(text.annotations[0].file_id, "file-a");
}

TEST(HostedTools, FailTheRunWhenTheDiskIsFull) {
  FakeRunTools tools;
  tools.is_full = true;
  Played played(R"(runs: [{ do: [
    { call: { code_interpreter: { input: x, outputs: [ { image: plot.png } ] } } },
    { say: Done. } ] }])",
                &tools);
  played.advance_to(Instant{20s});
  EXPECT_EQ(played.status(), "failed");
  EXPECT_EQ(played.error(), "server_error: The mock could not keep plot.png: too much");
  ASSERT_EQ(played.steps().size(), 1U) << "nothing of the script comes after that";
  EXPECT_EQ(played.steps()[0]->status, state_machine::StepStatus::failed);
}

TEST(HostedTools, FindNothingWithoutAWorld) {
  Played played(R"(runs: [{ do: [call: file_search, say: "${cite[0]}"] }])", nullptr);
  played.advance_to(Instant{2s});
  EXPECT_EQ(played.status(), "completed");
  EXPECT_TRUE(played.call<store::SearchCall>(0, 0).results.empty());
  EXPECT_EQ(std::get<store::TextContent>(played.reply(0)).value, "${cite[0]}");
}

TEST(HostedTools, ShowTheRankingOfTheRunsTool) {
  Played played("runs: [{ do: [call: file_search] }]", nullptr,
                store::Json::parse(R"([{"type": "function", "function": {"name": "f"}},
                    {"type": "file_search", "file_search":
                      {"ranking_options": {"ranker": "auto", "score_threshold": 0.25}}}])"));
  played.advance_to(Instant{2s});
  EXPECT_EQ(played.call<store::SearchCall>(0, 0).ranker, "auto");
  EXPECT_EQ(played.call<store::SearchCall>(0, 0).score_threshold, 0.25);

  Played without("runs: [{ do: [call: file_search] }]", nullptr);
  without.advance_to(Instant{2s});
  EXPECT_EQ(without.call<store::SearchCall>(0, 0).ranker, "default_2024_08_21");
}

TEST(HostedTools, MakeFilesWhenTheyFallDue) {
  FakeRunTools tools;
  Played played(R"(
runs:
  - do:
      - call:
          code_interpreter:
            input: x
            outputs: [{ image: { filename: a.png, base64: "AP8=" } }]
            files: [{ filename: a.csv, content: "1" }]
      - wait: 3s
      - call: { code_interpreter: { input: y, files: [{ filename: a.csv, content: "12" }] } }
      - say: [{ image_file: a.png }, "${link.a.csv}", { image_file: file-other }]
)",
                &tools);
  EXPECT_EQ(tools.made,
            (std::vector<std::string>{"a.csv, 1 bytes, at 1000", "a.png, 2 bytes, at 1000"}));
  played.advance_to(Instant{4s});
  EXPECT_EQ(tools.made.at(2), "a.csv, 2 bytes, at 4000");
  EXPECT_EQ(std::get<store::Image>(played.call<store::CodeCall>(0, 0).outputs.at(0)).file_id,
            "file-2");
  EXPECT_EQ(std::get<store::ImageFileContent>(played.reply(0)).file_id, "file-2");
  const auto link = std::get<store::TextContent>(played.reply(1));
  EXPECT_EQ(link.value, "sandbox:/mnt/data/a.csv");
  EXPECT_EQ(link.annotations.at(0).file_id, "file-3") << "the latest of that name";
  EXPECT_EQ(std::get<store::ImageFileContent>(played.reply(2)).file_id, "file-other");
}

TEST(HostedTools, MakeNoFileThatACancelledRunDidNotGetTo) {
  FakeRunTools tools;
  Played played(R"(
runs:
  - do:
      - call: { code_interpreter: { input: "one two", outputs: [{ image: a.png }] } }
        over: 700s
)",
                &tools);
  played.advance_to(Instant{700s});
  EXPECT_EQ(played.status(), "expired");
  EXPECT_TRUE(tools.made.empty());
  EXPECT_EQ(played.steps().at(0)->status, state_machine::StepStatus::expired);
}

}  // namespace
}  // namespace assistants_mock::mock_server::engine
