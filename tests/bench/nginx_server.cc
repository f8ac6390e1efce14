#include "tests/bench/nginx_server.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <system_error>
#include <thread>

#include "mock_server/http/listening_socket.h"
#include "tests/mock_server/http/raw_client.h"

namespace assistants_mock::bench {
namespace {

namespace fs = std::filesystem;

// Debian installs it where only root's PATH looks.
fs::path find_nginx() {
  for (const char* const place : {"/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx"})
    if (::access(place, X_OK) == 0) return place;
  return {};
}

fs::path new_directory() {
  std::string name = (fs::temp_directory_path() / "assistants-mock-bench-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary directory");
  return name;
}

// Free when it is asked for; nginx takes it right afterwards.
int free_port() {
  return mock_server::http::ListeningSocket("127.0.0.1", 0).port();
}

pid_t start_process(const fs::path& program, const fs::path& directory) {
  const std::string prefix = directory.string();
  const std::string configuration = (directory / "nginx.conf").string();
  const pid_t parent = ::getpid();
  const pid_t process = ::fork();
  if (process != 0) return process;
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (::getppid() != parent) ::_exit(1);
  const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  ::dup2(nowhere, STDERR_FILENO);  // it complains there that it may not write its usual log
  ::execl(program.c_str(), program.c_str(), "-p", prefix.c_str(), "-c", configuration.c_str(),
          static_cast<char*>(nullptr));
  ::_exit(1);
}

// The files that it would write elsewhere are kept in the directory. A single process is the worker
// itself, so that nothing outlives it. The limit on requests of a connection is out of the way.
std::string configuration(const fs::path& directory, int port) {
  const std::string at = directory.string() + "/";
  return "daemon off;\nmaster_process off;\npid " + at + "pid;\nerror_log " + at +
         "errors;\n"
         "events { worker_connections 1024; }\n"
         "http {\n  access_log off;\n  default_type application/json;\n  sendfile on;\n"
         "  keepalive_requests 1000000000;\n  client_body_temp_path " +
         at + "body;\n  proxy_temp_path " + at + "proxy;\n  fastcgi_temp_path " + at +
         "fastcgi;\n  uwsgi_temp_path " + at + "uwsgi;\n  scgi_temp_path " + at +
         "scgi;\n  server {\n    listen 127.0.0.1:" + std::to_string(port) + ";\n    root " + at +
         "files;\n  }\n}\n";
}

}  // namespace

std::unique_ptr<NginxServer> NginxServer::start(const std::string& file) {
  const fs::path program = find_nginx();
  if (program.empty()) return nullptr;
  std::unique_ptr<NginxServer> server(new NginxServer(program, file));
  server->wait_until_ready();
  return server;
}

NginxServer::NginxServer(const fs::path& program, const std::string& file)
    : directory_(new_directory()), port_(free_port()) {
  write_files(file);
  process_ = start_process(program, directory_);
}

NginxServer::~NginxServer() {
  if (process_ > 0) {
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
  }
  std::error_code ignored;
  fs::remove_all(directory_, ignored);
}

void NginxServer::write_files(const std::string& file) const {
  fs::create_directory(directory_ / "files");
  std::ofstream(directory_ / "files" / "run.json") << file;
  std::ofstream(directory_ / "nginx.conf") << configuration(directory_, port_);
}

void NginxServer::wait_until_ready() const {
  for (int tries = 0; tries < 500; ++tries) {
    try {
      const tests::RawClient client(port_);
      return;
    } catch (const std::system_error&) {  // not yet
    }
    if (::waitpid(process_, nullptr, WNOHANG) != 0) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  throw std::runtime_error("nginx is installed and does not start");
}

}  // namespace assistants_mock::bench
