#pragma once
// A client that is a process: run to its end, its output kept, stopped with all that it started.
#include <sys/types.h>

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "mock_server/http/file_descriptor.h"

namespace assistants_mock::cli {

// Of each of its two outputs; the rest is read and dropped.
inline constexpr std::size_t most_output_bytes = std::size_t{1} << 20;

class ClientProcess {
 public:
  // In a process group of its own, with nothing to read. Throws std::system_error when it cannot
  // be started.
  ClientProcess(std::vector<std::string> command, std::vector<std::string> environment);
  ~ClientProcess();  // kills what still runs of the group
  ClientProcess(const ClientProcess&) = delete;
  ClientProcess& operator=(const ClientProcess&) = delete;

  struct End {
    bool by_itself = false;
    int signal = 0;  // that ended it; 0 for none
    int status = 0;  // of its exit
    std::string output = {};
    std::string errors = {};
  };
  // Waits for its end. `is_over` is asked every few milliseconds; true ends the wait, and the whole
  // group is killed.
  End wait(const std::function<bool(std::chrono::milliseconds patience)>& is_over);

  // Whether it still runs. What it has put out by then is taken in; what it has left behind when it
  // does not is killed.
  bool runs();
  // The same for one that may be about to end.
  bool runs_after(std::chrono::milliseconds patience);
  // What it had said on its standard error when that was asked.
  const std::string& errors() const { return errors_.text; }

 private:
  struct Pipe {
    mock_server::http::FileDescriptor from = {};
    std::string text = {};
  };
  void read_what_is_there();
  static bool read(Pipe& pipe);  // whether there was anything
  void take_leave();

  pid_t process_ = 0;
  bool ended_ = false;
  bool writes_ = false;  // had something for us at the last look
  int status_ = 0;       // as waitpid() gives it
  Pipe output_;
  Pipe errors_;
};

}  // namespace assistants_mock::cli
