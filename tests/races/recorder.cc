// Threads wait for each other before they begin, by turning round and round: to sleep would spread
// them out.
#include "tests/races/recorder.h"

#include <stdexcept>
#include <thread>

namespace assistants_mock::tests {

void Runner::play(const Act& act) {
  switch (act.kind) {
    case ActKind::request:
      return request(act);
    case ActKind::advance: {
      const std::uint64_t invoked = invoke();
      world_.advance(act.by);
      return note({.thread = thread_, .act = act}, "", invoked);
    }
    case ActKind::read:
      return read(std::chrono::milliseconds{0});
    case ActKind::read_rest:
      return read_rest();
  }
}

void Runner::request(Act act) {
  constexpr std::string_view placeholder = "{id}";
  if (const auto at = act.path.find(placeholder); at != act.path.npos)
    act.path.replace(at, placeholder.size(), last_id_);
  const std::uint64_t invoked = invoke();
  Answer answer = world_.ask(act);
  Played played{
      .thread = thread_, .act = std::move(act), .status = answer.status, .body = answer.body};
  if (answer.stream) {
    stream_ = std::move(answer.stream);
    opener_ = played_.size();
  } else if (played.granted() && played.act.method != "DELETE") {
    last_id_ = played.json().value("id", last_id_);
  }
  note(std::move(played), std::move(answer.text), invoked);
}

void Runner::read(std::chrono::milliseconds patience) {
  if (!stream_) return;
  std::string bytes;
  const std::uint64_t invoked = invoke();
  const EventStream::State state = stream_->read(bytes, patience);
  if (state != EventStream::State::open) stream_ = nullptr;
  if (state == EventStream::State::open && bytes.empty()) return;
  note({.thread = thread_, .act = read_stream(), .opener = opener_, .body = bytes},
       text_of_read(state, bytes), invoked);
}

void Runner::read_rest() {
  constexpr int most_reads = 100;
  for (int left = most_reads; left > 0 && stream_; --left) read(std::chrono::seconds{1});
  if (stream_) throw std::runtime_error("a stream never ended");
}

std::uint64_t Runner::invoke() {
  hesitate();
  const std::uint64_t invoked = clock_++;
  if (meeting_ != nullptr) meeting_->arrive_and_wait();
  hesitate();
  return invoked;
}

void Runner::note(Played played, std::string answer, std::uint64_t invoked) {
  hesitate();
  std::string what = name_of(played.act);
  history_.push_back({thread_, std::move(what), std::move(answer), invoked, clock_++});
  played_.push_back(std::move(played));
}

// Not at all, for some moments, or until others had their turn.
void Runner::hesitate() {
  constexpr std::size_t most_moments = 3'000;
  switch (chance_.below(4)) {
    case 0:
      for (std::size_t left = chance_.below(most_moments); left > 0; --left)
        std::atomic_signal_fence(std::memory_order_seq_cst);  // which no compiler takes away
      return;
    case 1:
      return std::this_thread::yield();
    default:
      return;
  }
}

namespace {

// Meets the others until it leaves, at the latest when it goes.
class Attendance {
 public:
  Attendance(Runner& runner, std::barrier<>& meeting) : runner_(runner), meeting_(meeting) {
    runner_.meet_at(&meeting_);
  }
  ~Attendance() { leave(); }
  Attendance(const Attendance&) = delete;
  Attendance& operator=(const Attendance&) = delete;

  void leave() {
    if (left_) return;
    left_ = true;
    runner_.meet_at(nullptr);
    meeting_.arrive_and_drop();
  }

 private:
  Runner& runner_;
  std::barrier<>& meeting_;
  bool left_ = false;
};

void play_program(Runner& runner, const Program& program, std::barrier<>& meeting, Pacing pacing) {
  Attendance attendance(runner, meeting);
  if (pacing == Pacing::free) attendance.leave();
  for (const Act& act : program) {
    // It waits for what the others do, who must not wait for it.
    if (act.kind == ActKind::read_rest) attendance.leave();
    runner.play(act);
  }
}

}  // namespace

void play_at_once(std::vector<Runner>& runners, const std::vector<Program>& programs,
                  Pacing pacing) {
  std::atomic<std::size_t> missing = runners.size();
  std::barrier<> meeting(static_cast<std::ptrdiff_t>(runners.size()));
  std::vector<std::jthread> threads;
  std::vector<std::string> troubles(runners.size());
  for (std::size_t number = 0; number < runners.size(); ++number)
    threads.emplace_back([&, number] {
      --missing;
      while (missing != 0) std::this_thread::yield();
      try {
        play_program(runners[number], programs[number], meeting, pacing);
      } catch (const std::exception& trouble) {
        troubles[number] = trouble.what();
      }
    });
  threads.clear();
  for (const std::string& trouble : troubles)
    if (!trouble.empty()) throw std::runtime_error(trouble);
}

void play_in_turn(std::vector<Runner>& runners, const std::vector<Program>& programs,
                  Chance& chance) {
  std::vector<std::size_t> order;
  for (std::size_t number = 0; number < runners.size(); ++number) order.push_back(number);
  chance.shuffle(order);
  // What reads to the end needs the others to have acted: it waits until all have.
  for (const std::size_t number : order)
    for (const Act& act : programs[number])
      if (act.kind != ActKind::read_rest) runners[number].play(act);
  for (const std::size_t number : order)
    for (const Act& act : programs[number])
      if (act.kind == ActKind::read_rest) runners[number].play(act);
}

void collect(const std::vector<Runner>& runners, Round& round) {
  for (const Runner& runner : runners) {
    const std::size_t first = round.history.size();
    for (const Operation& operation : runner.history()) round.history.push_back(operation);
    for (Played played : runner.played()) {
      if (played.opener) *played.opener += first;
      round.played.push_back(std::move(played));
    }
  }
}

}  // namespace assistants_mock::tests
