#pragma once
// The program as the benchmarks run it.
#include <sys/types.h>

#include <string>

namespace assistants_mock::bench {

// Serves on a free port until this goes.
class Program {
 public:
  Program();
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  int port() const { return port_; }
  std::string process() const { return std::to_string(process_); }

 private:
  pid_t process_ = 0;
  int port_ = 0;
};

}  // namespace assistants_mock::bench
