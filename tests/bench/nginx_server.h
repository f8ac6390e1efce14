#pragma once
// nginx with one static file, as a measure that everybody knows. One worker, no access log, in a
// temporary directory of its own; it ends with this, and with the bench if that is killed.
#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>

namespace assistants_mock::bench {

class NginxServer {
 public:
  // Serves `file` for every GET, from when it returns; nothing where nginx is not installed. Throws
  // std::runtime_error when nginx is there and does not start.
  static std::unique_ptr<NginxServer> start(const std::string& file);

  ~NginxServer();
  NginxServer(const NginxServer&) = delete;
  NginxServer& operator=(const NginxServer&) = delete;

  int port() const { return port_; }

 private:
  NginxServer(const std::filesystem::path& program, const std::string& file);
  void write_files(const std::string& file) const;
  void wait_until_ready() const;

  std::filesystem::path directory_;
  int port_;
  pid_t process_ = -1;
};

}  // namespace assistants_mock::bench
