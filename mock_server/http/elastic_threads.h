#pragma once
// Threads that grow with the work: a task never waits for another one to end, so that connections
// which only wait starve nobody. Threads out of work are reused, and end after some seconds.
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <list>
#include <mutex>
#include <thread>

namespace assistants_mock::mock_server::http {

class ElasticThreads {
 public:
  using Task = std::function<void()>;  // must not throw

  ElasticThreads() = default;
  ElasticThreads(const ElasticThreads&) = delete;
  ElasticThreads& operator=(const ElasticThreads&) = delete;
  ~ElasticThreads();  // waits for every task

  // Starts `task` at once, in an idle thread or a new one. Throws std::system_error, with the task
  // dropped, when the system gives no thread.
  void run(Task task);

  // Takes no more tasks, and waits up to `patience` for those under way. True when all have ended.
  bool finish(std::chrono::milliseconds patience);

 private:
  using Thread = std::list<std::thread>::iterator;
  void start_thread();
  void work(Thread self);
  void join_ended();

  std::mutex mutex_;
  std::condition_variable task_or_end_;
  std::condition_variable last_ended_;
  std::deque<Task> tasks_;
  std::size_t idle_ = 0;
  std::list<std::thread> running_;
  std::list<std::thread> ended_;  // to be joined, which takes no time any more
  bool finishing_ = false;
};

}  // namespace assistants_mock::mock_server::http
