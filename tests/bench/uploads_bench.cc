// Half a gigabyte over loopback into the program and out of it again, and through the least that
// any server could do: bytes from a socket written to a file, and bytes of the file sent.
#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/bench/benchmarks.h"
#include "tests/bench/client_socket.h"
#include "tests/bench/http_load.h"
#include "tests/bench/measure.h"
#include "tests/bench/program.h"
#include "tests/mock_server/form_text.h"

namespace assistants_mock::bench {
namespace {

using mock_server::FormText;
using mock_server::http::FileDescriptor;

constexpr std::size_t file_bytes = std::size_t{512} << 20;
constexpr std::size_t block_bytes = std::size_t{1} << 20;
constexpr int transfers = 5;

void send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) throw std::runtime_error("the server reads no more");
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

void send_file(int socket) {
  const std::string block(block_bytes, 'x');
  for (std::size_t sent = 0; sent < file_bytes; sent += block_bytes) send_all(socket, block);
}

std::size_t receive(int socket, std::vector<char>& block) {
  const ssize_t count = ::recv(socket, block.data(), block.size(), 0);
  if (count <= 0) throw std::runtime_error("the server ended the connection");
  return static_cast<std::size_t>(count);
}

// Takes a file's bytes and drops them.
void receive_file(int socket, std::size_t already = 0) {
  std::vector<char> block(block_bytes);
  for (std::size_t got = already; got < file_bytes;) got += receive(socket, block);
}

// An answer's head, with what came of its body.
std::string receive_head(int socket) {
  std::string text;
  std::vector<char> block(block_bytes);
  while (text.find("\r\n\r\n") == std::string::npos)
    text.append(block.data(), receive(socket, block));
  if (!text.starts_with("HTTP/1.1 200")) throw std::runtime_error(text);
  return text;
}

// ---- The least ----------------------------------------------------------------------------------

// A process that keeps one file: 'w' and as many bytes as it has to write it, 'r' to read it.
class PlainServer {
 public:
  PlainServer() {
    const FileDescriptor listener(::socket(AF_INET, SOCK_STREAM, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* plain = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener.number(), plain, size) != 0 || ::listen(listener.number(), 1) != 0 ||
        ::getsockname(listener.number(), plain, &size) != 0)
      throw std::runtime_error("no port");
    port_ = ::ntohs(address.sin_port);
    process_ = ::fork();
    if (process_ == 0) serve(listener.number());
  }
  ~PlainServer() {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  PlainServer(const PlainServer&) = delete;
  PlainServer& operator=(const PlainServer&) = delete;

  int port() const { return port_; }

 private:
  [[noreturn]] static void serve(int listener) {
    std::FILE* file = std::tmpfile();
    while (file != nullptr) {
      const FileDescriptor client(::accept(listener, nullptr, nullptr));
      char command = 0;
      if (::recv(client.number(), &command, 1, 0) != 1) continue;
      ::lseek(::fileno(file), 0, SEEK_SET);
      if (command == 'w')
        write_file(client.number(), ::fileno(file));
      else
        read_file(client.number(), ::fileno(file));
    }
    std::_Exit(1);
  }

  static void write_file(int client, int file) {
    if (::ftruncate(file, 0) != 0) return;
    std::array<char, 65'536> block{};
    for (std::size_t left = file_bytes; left > 0;) {
      const ssize_t count = ::recv(client, block.data(), block.size(), 0);
      if (count <= 0 || ::write(file, block.data(), static_cast<std::size_t>(count)) != count)
        return;
      left -= static_cast<std::size_t>(count);
    }
    send_all(client, "d");
  }

  static void read_file(int client, int file) {
    std::array<char, 65'536> block{};
    for (ssize_t count = 0; (count = ::read(file, block.data(), block.size())) > 0;)
      send_all(client, {block.data(), static_cast<std::size_t>(count)});
  }

  pid_t process_ = 0;
  int port_ = 0;
};

double plain_upload(int port) {
  return microseconds_of([&] {
    const FileDescriptor socket = connect_to(port);
    send_all(socket.number(), "w");
    send_file(socket.number());
    char done = 0;
    if (::recv(socket.number(), &done, 1, 0) != 1) throw std::runtime_error("it was not written");
  });
}

double plain_download(int port) {
  return microseconds_of([&] {
    const FileDescriptor socket = connect_to(port);
    send_all(socket.number(), "r");
    receive_file(socket.number());
  });
}

// ---- The program --------------------------------------------------------------------------------

FormText batch_form(std::string_view bytes) {
  return FormText().field("purpose", "batch").file("file", "a.jsonl", bytes);
}

std::string head_of(const std::string& line, const std::string& headers) {
  return line + " HTTP/1.1\r\nAuthorization: Bearer key\r\n" + headers + "\r\n";
}

// The id of the file.
std::string upload(int port, double& took) {
  const std::string form = batch_form("!").body();
  const std::size_t place = form.find('!');
  const std::string head = head_of(
      "POST /v1/files", "Content-Type: " + batch_form("").content_type() + "\r\nContent-Length: " +
                            std::to_string(form.size() - 1 + file_bytes) + "\r\n");
  std::string answer;
  took = microseconds_of([&] {
    const FileDescriptor socket = connect_to(port);
    send_all(socket.number(), head + form.substr(0, place));
    send_file(socket.number());
    send_all(socket.number(), form.substr(place + 1));
    answer = receive_head(socket.number());
  });
  const std::size_t begin = answer.find("file-");
  return answer.substr(begin, answer.find('"', begin) - begin);
}

double download(int port, const std::string& id) {
  return microseconds_of([&] {
    const FileDescriptor socket = connect_to(port);
    send_all(socket.number(), head_of("GET /v1/files/" + id + "/content", ""));
    const std::string begin = receive_head(socket.number());
    receive_file(socket.number(), begin.size() - begin.find("\r\n\r\n") - 4);
  });
}

void remove(int port, const std::string& id) {
  const FileDescriptor socket = connect_to(port);
  send_all(socket.number(), head_of("DELETE /v1/files/" + id, ""));
  receive_head(socket.number());
}

// The most that a process has held since clear_peak().
double peak_mebibytes(const std::string& process) {
  std::ifstream status("/proc/" + process + "/status");
  for (std::string word; status >> word;)
    if (word == "VmHWM:") {
      double kibibytes = 0;
      status >> kibibytes;
      return kibibytes / 1024;
    }
  throw std::runtime_error("the system does not tell of a process's memory");
}
void clear_peak(const std::string& process) {
  std::ofstream("/proc/" + process + "/clear_refs") << '5';
}

// ---- Figures ------------------------------------------------------------------------------------

double rate(double microseconds) {
  return static_cast<double>(file_bytes) / (1 << 20) / (microseconds / 1e6);
}

void print(const char* what, const std::vector<double>& ours, const std::vector<double>& plain) {
  std::vector<double> ratios;
  for (std::size_t round = 0; round < ours.size(); ++round)
    ratios.push_back(plain[round] / ours[round]);
  std::printf("%-26s%10.0f MiB/s%14.0f MiB/s plain   %.2f of it\n", what, rate(median(ours)),
              rate(median(plain)), median(ratios));
}

void report_large_files() {
  const PlainServer plain;
  const Program program;
  std::vector<double> up, down, plain_up, plain_down;
  double idle = 0, peak_up = 0, peak_down = 0;
  for (int round = 0; round < transfers; ++round) {
    plain_up.push_back(plain_upload(plain.port()));
    idle = static_cast<double>(resident_bytes(program.process())) / (1 << 20);
    clear_peak(program.process());
    double took = 0;
    const std::string id = upload(program.port(), took);
    up.push_back(took);
    peak_up = std::max(peak_up, peak_mebibytes(program.process()) - idle);
    plain_down.push_back(plain_download(plain.port()));
    clear_peak(program.process());
    down.push_back(download(program.port(), id));
    peak_down = std::max(peak_down, peak_mebibytes(program.process()) - idle);
    remove(program.port(), id);
  }
  print("upload of 512 MiB", up, plain_up);
  print("download of 512 MiB", down, plain_down);
  std::printf("  memory at its peak above the idle program: %.1f MiB up, %.1f MiB down\n", peak_up,
              peak_down);
}

void report_small_files() {
  const Program program;
  const FormText form = batch_form(std::string(1'000, 'x'));
  const std::string request =
      head_of("POST /v1/files", "Content-Type: " + form.content_type() + "\r\nContent-Length: " +
                                    std::to_string(form.body().size()) + "\r\n") +
      form.body();
  std::printf("files of 1,000 bytes     ");
  for (const int connections : {1, 16}) {
    std::vector<double> rates;
    for (int round = 0; round < rounds; ++round)
      rates.push_back(run_load(program.port(), {connections, 2'000, request}).requests_per_second);
    std::printf("%10.0f /s with %d connections", median(rates), connections);
  }
  std::printf("\n");
}

}  // namespace

void report_uploads() {
  report_large_files();
  report_small_files();
}

}  // namespace assistants_mock::bench
