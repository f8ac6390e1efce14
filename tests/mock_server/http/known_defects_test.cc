// What goes wrong in a server that is httplib as it comes, one test for each, over real sockets:
// first what makes it slow or lets it hang, then how it reads what it is sent. Each says what the
// defect is and which versions have it; "all" means up to 0.53.1 at least. Further ones are tested
// where they belong: what is refused in refused_request_test.cc (lengths given twice or as words,
// chunks without limit, compressed bodies, heads without end), what reaches the handler untouched
// in http_front_test.cc (methods, targets, header values, bodies of every type), lost clients in
// stream_answer_test.cc.
#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "mock_server/http/http_front.h"
#include "tests/mock_server/http/raw_client.h"

namespace assistants_mock::mock_server::http {
namespace {

using api::Request;
using api::Response;
using std::chrono::milliseconds;
using tests::ask;
using tests::RawClient;

constexpr std::size_t an_hour_ms = 3'600'000;
const std::string get = "GET / HTTP/1.1\r\n\r\n";

Response echo_target(const Request& request) {
  return {.body = request.method + " " + request.target};
}

int option(int socket, int level, int name) {
  int value = 0;
  socklen_t size = sizeof value;
  ::getsockopt(socket, level, name, &value, &size);
  return value;
}

bool has_port(int socket, int port) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  return ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0 &&
         address.sin_family == AF_INET && ntohs(address.sin_port) == port;
}

// The sockets of this process on the server's side of `port`: the one that listens, or the others.
std::vector<int> server_sockets(int port, bool listening) {
  std::vector<int> found;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    const int number = std::stoi(entry.path().filename());
    if (has_port(number, port) && (option(number, SOL_SOCKET, SO_ACCEPTCONN) != 0) == listening)
      found.push_back(number);
  }
  return found;
}

// How often each thread of this process has gone to wait.
std::map<std::string, long> waits_of_threads() {
  std::map<std::string, long> waits;
  for (const auto& task : std::filesystem::directory_iterator("/proc/self/task")) {
    std::ifstream status(task.path() / "status");
    for (std::string line; std::getline(status, line);)
      if (line.starts_with("voluntary_ctxt_switches:"))
        waits[task.path().filename()] = std::stol(line.substr(line.find(':') + 1));
  }
  return waits;
}

// Small packets are held back until the last one was acknowledged, and the client takes 40 ms for
// that: all, unless set_tcp_nodelay is called.
TEST(KnownDefects, NoAnswerWaitsForAnAcknowledgement) {
  const HttpFront front({}, echo_target);
  RawClient client(front.port());
  client.send(get);
  client.read_answer();
  const std::vector<int> accepted = server_sockets(front.port(), false);
  ASSERT_EQ(accepted.size(), 1u);
  EXPECT_EQ(option(accepted.front(), IPPROTO_TCP, TCP_NODELAY), 1);
}

// Head and body are sent one by one, which is what has to wait: all.
TEST(KnownDefects, AnAnswerComesInOnePiece) {
  const HttpFront front({}, [](const Request&) { return Response{.body = "body"}; });
  RawClient client(front.port());
  for (int count = 0; count < 50; ++count) {
    client.send(get);
    ASSERT_EQ(client.read_some(), "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody");
  }
}

// A connection ends after 5 requests, from 0.17 on after 100: all, unless it is told otherwise.
TEST(KnownDefects, AConnectionIsNotUsedUp) {
  const HttpFront front({}, echo_target);
  RawClient client(front.port());
  for (int count = 0; count < 500; ++count) {
    client.send(get);
    ASSERT_EQ(client.read_answer().head.find("Connection"), std::string::npos);
  }
}

// Each connection keeps one of eight or so threads while it idles, and the next waits: all, with
// the pool that is there by default.
TEST(KnownDefects, IdleConnectionsKeepNobodyWaiting) {
  const HttpFront front({.limits = {.idle_ms = an_hour_ms}}, echo_target);
  std::vector<std::unique_ptr<RawClient>> idle;
  for (int count = 0; count < 200; ++count) {
    idle.push_back(std::make_unique<RawClient>(front.port()));
    idle.back()->send(get);
    ASSERT_EQ(idle.back()->read_answer().status, 200);
  }
  EXPECT_EQ(ask(front.port(), get).status, 200);
}

// So do clients that begin a request and do not end it: all.
TEST(KnownDefects, HalfRequestsKeepNobodyWaiting) {
  const HttpFront front({.limits = {.head_ms = an_hour_ms}}, echo_target);
  std::vector<std::unique_ptr<RawClient>> slow;
  for (int count = 0; count < 200; ++count) {
    slow.push_back(std::make_unique<RawClient>(front.port()));
    slow.back()->send(count % 2 == 0 ? "GET / HTTP/1.1\r\nX-A"
                                     : "POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nhalf");
  }
  EXPECT_EQ(ask(front.port(), get).status, 200);
}

// And may go on for ever, as the time counts from their last byte: all.
TEST(KnownDefects, ARequestThatComesByDripsIsEndedAllTheSame) {
  const HttpFront front({.limits = {.head_bytes = 2'000, .head_ms = 100}}, echo_target);
  RawClient client(front.port());
  client.send("GET / HTTP/1.1\r\nX-A: ");
  while (!client.has_answer(milliseconds(5))) client.send("a");
  EXPECT_EQ(client.read_answer().status, 408);
}

// The thread of an idle connection looks for a request a hundred times a second: until 0.18 for
// each connection, later still for their end.
TEST(KnownDefects, IdleConnectionsUseNoProcessor) {
  const HttpFront front({}, echo_target);
  std::vector<std::unique_ptr<RawClient>> idle;
  for (int count = 0; count < 20; ++count) {
    idle.push_back(std::make_unique<RawClient>(front.port()));
    idle.back()->send(get);
    idle.back()->read_answer();
  }
  RawClient busy(front.port());
  const auto before = waits_of_threads();
  for (int count = 0; count < 5'000; ++count) {
    busy.send(get);
    busy.read_answer();
  }
  std::size_t busy_threads = 0;  // a thread that was on its way to wait has done so once
  for (const auto& [thread, waits] : waits_of_threads())
    if (before.contains(thread) && waits > before.at(thread) + 1) ++busy_threads;
  // This one, that of the busy connection, perhaps one that accepts and one of a sanitizer.
  EXPECT_LT(busy_threads, idle.size() / 2);
}

// Five connections may wait to be accepted, the sixth tries again a second later: until 0.51.
TEST(KnownDefects, ManyMayWaitToBeAccepted) {
  std::promise<void> go_on;
  const std::shared_future<void> gone_on(go_on.get_future());
  const HttpFront front(
      {.limits = {.connections = 1}, .on_refused = [&](const RefusedRequest&) { gone_on.wait(); }},
      echo_target);
  std::shared_ptr<void> held_up(nullptr, [&](void*) { go_on.set_value(); });
  RawClient first(front.port());
  first.send(get);
  first.read_answer();
  std::vector<std::unique_ptr<RawClient>> waiting;  // one of them holds up the rest
  for (int count = 0; count < 200; ++count)
    waiting.push_back(std::make_unique<RawClient>(front.port()));
  EXPECT_FALSE(waiting.back()->has_answer(milliseconds(0)));
  held_up.reset();
  for (const auto& client : waiting) EXPECT_EQ(client->read_answer().status, 503);
}

// Routes are regular expressions that recur for each letter of a path, until the stack is used up:
// until 0.53.0.
TEST(KnownDefects, ALongPathNeedsNoDeepStack) {
  const HttpFront front({}, echo_target);
  const std::string path = "/" + std::string(30'000, 'a');
  EXPECT_EQ(ask(front.port(), "GET " + path + " HTTP/1.1\r\n\r\n").body, "GET " + path);
}

// Descriptors from 1024 on are answered with 500 where it was built to wait with select: until
// 0.19, unless CPPHTTPLIB_USE_POLL is defined.
TEST(KnownDefects, DescriptorsMayHaveHighNumbers) {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  const rlimit before = limit;
  if (limit.rlim_max < 2000) GTEST_SKIP() << "no more than " << limit.rlim_max << " descriptors";
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  std::vector<FileDescriptor> taken;
  do taken.emplace_back(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  while (taken.back().number() < 1100 && taken.back());
  const HttpFront front({}, echo_target);
  RawClient client(front.port());
  client.send(get);
  EXPECT_EQ(client.read_answer().status, 200);
  EXPECT_GT(server_sockets(front.port(), false).at(0), 1024);
  ::setrlimit(RLIMIT_NOFILE, &before);
}

// stop() waits for the time that connections may idle, five seconds (until 0.18.0), and for streams
// that have nothing to say: all.
TEST(KnownDefects, StopDoesNotWaitForConnections) {
  HttpFront front({.limits = {.head_ms = an_hour_ms, .idle_ms = an_hour_ms}}, echo_target);
  RawClient idle(front.port());
  idle.send(get);
  idle.read_answer();
  RawClient half(front.port());
  half.send("GET / HTT");
  front.stop();
  EXPECT_EQ(idle.read_to_end(), "");
}

// A POST without a length, as curl sends it, is answered after five seconds, and refused: until
// 0.18.6.
TEST(KnownDefects, APostWithoutLengthHasNoBodyToWaitFor) {
  const HttpFront front({.limits = {.head_ms = an_hour_ms}}, echo_target);
  EXPECT_EQ(ask(front.port(), "POST /cancel HTTP/1.1\r\n\r\n").body, "POST /cancel");
}

// Of requests that come together only the first is answered: all.
TEST(KnownDefects, RequestsThatComeTogetherAreAllAnswered) {
  const HttpFront front({}, echo_target);
  RawClient client(front.port());
  std::string requests;
  for (int count = 0; count < 50; ++count)
    requests += "GET /" + std::to_string(count) + " HTTP/1.1\r\n\r\n";
  client.send(requests);
  for (int count = 0; count < 50; ++count)
    ASSERT_EQ(client.read_answer().body, "GET /" + std::to_string(count));
}

// The body of a GET, where it is larger than a buffer, is read as the next request: until 0.39.
TEST(KnownDefects, TheBodyOfAGetIsNoRequest) {
  const HttpFront front({}, echo_target);
  RawClient client(front.port());
  std::string body(8'000, ' ');
  body += "GET /smuggled HTTP/1.1\r\n\r\n";
  client.send("GET /1 HTTP/1.1\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
              body + "GET /2 HTTP/1.1\r\n\r\n");
  EXPECT_EQ(client.read_answer().body, "GET /1");
  EXPECT_EQ(client.read_answer().body, "GET /2");
}

// A header of more than 8 KiB is refused, though tokens and cookies may be longer: all.
TEST(KnownDefects, AHeaderMayBeLong) {
  const HttpFront front({}, [](const Request& request) {
    return Response{.body = std::string(api::header(request.headers, "X-Long"))};
  });
  const std::string value(20'000, 'v');
  EXPECT_EQ(ask(front.port(), "GET / HTTP/1.1\r\nX-Long: " + value + "\r\n\r\n").body, value);
}

// A second question mark in a query is refused: until 0.14.2.
TEST(KnownDefects, AQueryMayHoldQuestionMarks) {
  const HttpFront front({}, echo_target);
  EXPECT_EQ(ask(front.port(), "GET /a?b=c?d HTTP/1.1\r\n\r\n").body, "GET /a?b=c?d");
}

// Percent signs in the value of a header are taken for encoding, so that a key changes and a line
// can be broken: until 0.43.
TEST(KnownDefects, HeaderValuesAreNotDecoded) {
  const HttpFront front({}, [](const Request& request) {
    return Response{.body = std::string(api::header(request.headers, "Authorization"))};
  });
  EXPECT_EQ(ask(front.port(), "GET / HTTP/1.1\r\nAuthorization: Bearer sk%41%0d%0a\r\n\r\n").body,
            "Bearer sk%41%0d%0a");
}

// "Connection: Close" is not understood, and the client waits for the end: until 0.53.1.
TEST(KnownDefects, CloseMayBeSpeltAnyWay) {
  const HttpFront front({.limits = {.idle_ms = an_hour_ms}}, echo_target);
  for (const std::string value : {"close", "Close", "CLOSE", "keep-alive, cLoSe"}) {
    RawClient client(front.port());
    client.send("GET /last HTTP/1.1\r\nConnection: " + value + "\r\n\r\n");
    EXPECT_TRUE(client.read_to_end().ends_with("\r\n\r\nGET /last")) << value;
  }
}

// What an exception says is sent to the client as a header: all, without a handler for them.
TEST(KnownDefects, ExceptionsDoNotReachTheClient) {
  const HttpFront front({}, [](const Request&) -> Response { throw std::runtime_error("secret"); });
  RawClient client(front.port());
  client.send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
  const std::string answer = client.read_to_end();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 500 ")) << answer;
  EXPECT_EQ(answer.find("secret"), std::string::npos) << answer;
}

// An empty line after a body, which old clients send, makes the next request a bad one: all. It may
// come in two packets.
TEST(KnownDefects, AnEmptyLineBetweenRequestsIsPassedOver) {
  const HttpFront front({}, echo_target);
  RawClient client(front.port());
  client.send("POST /1 HTTP/1.1\r\nContent-Length: 1\r\n\r\nx\r");
  EXPECT_EQ(client.read_answer().body, "POST /1");
  client.send("\n\r\nGET /2 HTTP/1.1\r\n\r\n\r\n");
  EXPECT_EQ(client.read_answer().body, "GET /2");
  client.send(get);
  EXPECT_EQ(client.read_answer().body, "GET /");
}

// Not httplib's: whoever closes looks like one who only sends no more, and is asked after a while.
TEST(KnownDefects, LostClientsOfQuietStreamsAreAskedFor) {
  const HttpFront front({}, echo_target);
  RawClient client(front.port());
  client.send(get);
  client.read_answer();
  const int accepted = server_sockets(front.port(), false).at(0);
  EXPECT_EQ(option(accepted, SOL_SOCKET, SO_KEEPALIVE), 1);
  EXPECT_LE(option(accepted, IPPROTO_TCP, TCP_KEEPIDLE), 60);
}

// Two servers take the same port and get every other connection: all, with the options that are
// there by default.
TEST(KnownDefects, APortBelongsToOneServer) {
  const HttpFront front({}, echo_target);
  EXPECT_THROW(HttpFront({.port = front.port()}, echo_target), std::system_error);
}

}  // namespace
}  // namespace assistants_mock::mock_server::http
