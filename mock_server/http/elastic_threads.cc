#include "mock_server/http/elastic_threads.h"

#include <utility>

namespace assistants_mock::mock_server::http {
namespace {

constexpr std::chrono::seconds idle_life{5};

}  // namespace

ElasticThreads::~ElasticThreads() {
  while (!finish(std::chrono::hours(1))) {
  }
}

void ElasticThreads::run(Task task) {
  const std::lock_guard lock(mutex_);
  join_ended();
  if (idle_ <= tasks_.size()) start_thread();
  tasks_.push_back(std::move(task));
  task_or_end_.notify_one();
}

bool ElasticThreads::finish(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  finishing_ = true;
  task_or_end_.notify_all();
  const bool all = last_ended_.wait_for(lock, patience, [&] { return running_.empty(); });
  join_ended();
  return all;
}

// A thread that is started stays in running_ until it has nothing to do; it waits for the mutex, so
// the place in the list is filled before it looks there.
void ElasticThreads::start_thread() {
  const auto place = running_.emplace(running_.end());
  try {
    *place = std::thread([this, place] { work(place); });
  } catch (...) {
    running_.erase(place);
    throw;
  }
}

void ElasticThreads::work(Thread self) {
  std::unique_lock lock(mutex_);
  while (true) {
    ++idle_;
    const bool woken =
        task_or_end_.wait_for(lock, idle_life, [&] { return finishing_ || !tasks_.empty(); });
    --idle_;
    if (tasks_.empty() && (finishing_ || !woken)) break;
    Task task = std::move(tasks_.front());
    tasks_.pop_front();
    lock.unlock();
    task();
    task = nullptr;  // what it holds is let go outside the lock
    lock.lock();
  }
  ended_.splice(ended_.end(), running_, self);
  if (running_.empty()) last_ended_.notify_all();
}

void ElasticThreads::join_ended() {
  for (std::thread& thread : ended_) thread.join();
  ended_.clear();
}

}  // namespace assistants_mock::mock_server::http
