// A connection's bytes through the front, the tenants and the API and back. An input is what a
// client sends before it closes its side.
//
// The contract: what comes back is whole answers, well formed; each is JSON, a file, a stream that
// ends, or a refusal of the catalogue; a bare status is the last one; there is no 500; and the same
// comes back when the client sends the same bytes in pieces.
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "assistants_mock/scenario_book.h"
#include "mock_server/control/control.h"
#include "mock_server/http/conversation.h"
#include "mock_server/tenants/tenants.h"
#include "tests/fuzz/contract.h"
#include "tests/fuzz/fuzz_targets.h"
#include "tests/fuzz/http_answers.h"
#include "tests/fuzz/known_refusals.h"

namespace assistants_mock::tests {
namespace {

using mock_server::Limits;
using mock_server::http::ConnectionSocket;
using mock_server::http::FileDescriptor;
using mock_server::http::RefusedRequest;
using mock_server::tenants::Tenants;
using mock_server::tenants::TenantsOptions;

constexpr std::size_t longest_input = std::size_t{64} * 1024;
constexpr std::size_t most_pieces = 16;

// Small, so that inputs reach them. Waits for the client have none of their own: an input that is
// not answered at once is one that hangs.
constexpr Limits limits{.keys = 3,
                        .objects = 40,
                        .streams = 2,
                        .faults = 3,
                        .body_bytes = 8'192,
                        .file_bytes = 2'048,
                        .part_bytes = 1'024,
                        .upload_bytes = 4'096,
                        .stored_bytes = 16'384,
                        .form_parts = 8,
                        .form_field_bytes = 256,
                        .head_bytes = 2'048,
                        .headers = 20,
                        .json_depth = 20,
                        .json_keys = 40,
                        .head_ms = 3'600'000,
                        .idle_ms = 3'600'000,
                        .journal_entries = 50,
                        .journal_bytes = 65'536,
                        .journal_body_bytes = 1'024,
                        .wait_ms = 1};

constexpr std::string_view scenario_text = R"yaml(
scenario: fuzz
assistants:
  - { id: asst_fuzz, model: gpt-4o, instructions: Be brief. }
runs:
  - when: { message: tool }
    do:
      - call: { get_weather: { city: "${message}" } }
      - when: { outputs: { get_weather: rain } }
        do: [{ say: Take an umbrella. }]
        otherwise: [{ say: "It is ${outputs.get_weather}." }]
  - when: { message: fail }
    do: [{ say: One moment, unfinished: true }, { fail: server_error }]
  - when: { message: "(?i)slow (?P<what>[a-z]+)" }
    on_cancel: never
    do: [{ wait: 30s }, { say: "${what}" }]
  - when: { message: more, times: 1 }
    do: [{ incomplete: max_completion_tokens }]
  - do: [{ say: "You said: ${message}" }]
)yaml";

const std::shared_ptr<const scenarios::Scenario>& scenario() {
  static const auto read = scenarios::ScenarioBook::parse(scenario_text, "fuzz.yaml").shared();
  return read;
}

// ---- The client ---------------------------------------------------------------------------------

// Sends `bytes` in pieces, each once the server has read the one before; then closes its side, and
// reads all along. On a thread of its own.
class Client {
 public:
  Client(FileDescriptor socket, std::string_view bytes, std::size_t piece)
      : socket_(std::move(socket)), unsent_(bytes), piece_(piece), thread_([this] { run(); }) {}

  // Returns once the server has closed the connection.
  std::string read_to_end() {
    thread_.join();
    return std::move(received_);
  }

 private:
  void run() {
    do send_what_fits();
    while (receive());
    socket_ = FileDescriptor();  // a server that said its last word waits for this
  }

  void send_what_fits() {
    if (closed_ || unread_by_server() > 0) return;
    if (unsent_.empty()) {
      closed_ = true;
      ::shutdown(socket_.number(), SHUT_WR);
      return;
    }
    const std::size_t size = std::min(piece_, unsent_.size());
    const ssize_t sent =
        ::send(socket_.number(), unsent_.data(), size, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent >= 0)
      unsent_.remove_prefix(static_cast<std::size_t>(sent));
    else
      closed_ = errno != EAGAIN && errno != EINTR;  // the server reads no more
  }

  int unread_by_server() const {
    int bytes = 0;
    return ::ioctl(socket_.number(), SIOCOUTQ, &bytes) == 0 ? bytes : 0;
  }

  // False at the end of the connection.
  bool receive() {
    std::array<char, 16'384> block;
    const ssize_t count =
        ::recv(socket_.number(), block.data(), block.size(), closed_ ? 0 : MSG_DONTWAIT);
    if (count > 0) received_.append(block.data(), static_cast<std::size_t>(count));
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
      std::this_thread::yield();
      return true;
    }
    return count > 0;
  }

  FileDescriptor socket_;
  std::string_view unsent_;
  std::size_t piece_;
  bool closed_ = false;
  std::string received_;
  std::thread thread_;
};

// ---- The server ---------------------------------------------------------------------------------

TenantsOptions tenants_options() {
  // Of all servers: making its folder takes longer than most inputs.
  static const auto disk = std::make_shared<mock_server::store::BlobDirectory>(
      std::filesystem::path(), limits.stored_bytes);
  return {
      .api = {.world = {.limits = limits}, .pace = mock_server::api::Pace::stepped, .blobs = disk}};
}

// What a MockServer is behind its listening socket, with one connection.
class OneConnection {
 public:
  OneConnection()
      : tenants_(tenants_options(), scenario()),
        control_(tenants_, {.time_mode = mock_server::TimeMode::stepped, .limits = limits}) {
    options_.limits = limits;
    options_.open_body = [this](const std::string& method, const std::string& target,
                                const mock_server::api::Headers& headers) {
      return tenants_.open_body(method, target, headers);
    };
    options_.on_refused = [this](const RefusedRequest& refused) { refused_.push_back(refused); };
  }

  // What the client of `input` gets.
  std::string answer(std::string_view input, std::size_t piece) {
    std::array<int, 2> ends{};
    require(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) == 0, "no sockets are left");
    Client client(FileDescriptor{ends[0]}, input, piece);
    converse(FileDescriptor{ends[1]});
    return client.read_to_end();
  }

  // A client may ask for any answer, and for none, by laying a fault on the server.
  bool was_made_faulty() const { return faulty_; }

  void require_known_rows() const {
    for (const RefusedRequest& refused : refused_) require_known_row(refused.row, refused.status);
    for (const auto& recorded : tenants_.requests({}))
      if (!recorded.refusal.empty()) require_known_row(recorded.refusal, recorded.status);
  }

 private:
  void converse(FileDescriptor end) {
    const std::chrono::milliseconds patience(limits.idle_ms);
    ConnectionSocket socket(std::move(end), patience, patience);
    const mock_server::http::HttpFront::Handler handler =
        [this](mock_server::api::Request request) { return handle(std::move(request)); };
    const std::atomic<bool> stopping = false;
    mock_server::http::converse(socket, {handler, options_, stopping});
  }

  mock_server::api::Response handle(mock_server::api::Request request) {
    if (!mock_server::control::Control::is_meant_by(request.target))
      return tenants_.handle(std::move(request), std::nullopt);
    auto response = control_.answer(std::move(request));
    faulty_ = faulty_ || !tenants_.faults().empty();
    return response;
  }

  Tenants tenants_;
  mock_server::control::Control control_;
  mock_server::http::FrontOptions options_;
  std::vector<RefusedRequest> refused_;
  bool faulty_ = false;
};

// ---- The contract -------------------------------------------------------------------------------

void require_answer(const HttpAnswer& answer, bool last) {
  if (answer.status == 100 || answer.to_head) return;
  if (answer.status != 200) {
    if (!answer.body.empty()) return require_known_error(answer.status, answer.body);
    return require(last && answer.status >= 400 && answer.status != 500,
                   "a bare status " + std::to_string(answer.status) + " that is not the last");
  }
  if (answer.header("Content-Type").starts_with("text/event-stream"))
    return require_event_stream(answer.body, true);
  if (answer.header("Content-Type") == "application/octet-stream") return;  // a file
  require(answer.header("Content-Type").starts_with("application/json"), "neither JSON nor stream");
  require_json_object(answer.body);
}

}  // namespace

void check_request(std::string_view input) {
  if (input.size() > longest_input) return;
  OneConnection whole;
  const std::string answers = whole.answer(input, std::max<std::size_t>(input.size(), 1));
  if (!whole.was_made_faulty()) {
    const auto read = read_answers(answers, input.find("HEAD") != std::string_view::npos);
    for (const HttpAnswer& answer : read) require_answer(answer, &answer == &read.back());
    whole.require_known_rows();
  }
  const std::size_t piece = 1 + input.size() % 7 + input.size() / most_pieces;
  require(OneConnection().answer(input, piece) == answers,
          "bytes that come in pieces of " + std::to_string(piece) + " are answered differently");
}

}  // namespace assistants_mock::tests
