#pragma once
// A program under test: started with words, read by lines, ended by a signal or by itself.
#include <sys/types.h>

#include <initializer_list>
#include <string>
#include <vector>

namespace assistants_mock::tests {

class ChildProcess {
 public:
  // `environment` holds NAME=VALUE lines that are added to this process's own.
  explicit ChildProcess(std::vector<std::string> words,
                        const std::vector<std::string>& environment = {});
  ~ChildProcess();  // kills what still runs
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  // The next line of standard output or error, without its end; an empty text when there is no
  // more. Blocks.
  std::string output_line();
  std::string error_line();
  // Reads error lines up to the one that has `text`, and returns it.
  std::string error_line_with(const std::string& text);

  void signal(int number) const;

  struct End {
    int status = -1;  // of the exit; 128 + N after signal N
    std::string output;
    std::string error;
  };
  // Waits for the end, and gives what was not read yet.
  End wait();

 private:
  pid_t process_ = 0;
  int output_ = -1;
  int error_ = -1;
};

// Runs the program to its end.
ChildProcess::End run_program(const std::vector<std::string>& arguments,
                              const std::vector<std::string>& environment = {});

// The program's words: its path and then these.
std::vector<std::string> program(std::initializer_list<std::string> arguments);

}  // namespace assistants_mock::tests
