// Answers that a fault spoils on their way, as their bytes on the wire.
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>

#include "mock_server/http/http_front.h"
#include "tests/mock_server/http/fed_stream.h"
#include "tests/mock_server/http/raw_client.h"

namespace assistants_mock::mock_server::http {
namespace {

using api::Delivery;
using api::Response;
using Ending = Delivery::Ending;
using StreamState = api::EventStream::State;
using tests::FedStream;
using tests::RawClient;

const std::string get_root = "GET / HTTP/1.1\r\n\r\n";

HttpFront::Handler answering(Response response) {
  return [response = std::move(response)](const api::Request&) { return response; };
}

Response text(Delivery delivery) {
  return {.headers = {{"Content-Type", "text/plain"}}, .body = "0123456789", .delivery = delivery};
}

TEST(DamagedAnswer, AShorterBodyIsWholeAsItIs) {
  const HttpFront front({}, answering(text({.keep_bytes = 4})));
  RawClient client(front.port());
  for (int time = 0; time < 2; ++time) {  // the connection goes on
    client.send(get_root);
    const tests::RawAnswer answer = client.read_answer();
    EXPECT_EQ(answer.body, "0123");
    EXPECT_TRUE(answer.complete);
  }
}

TEST(DamagedAnswer, ABodyCutOffKeepsItsLength) {
  const HttpFront front({}, answering(text({.keep_bytes = 4, .ending = Ending::closed})));
  RawClient client(front.port());
  client.send(get_root);
  const std::string all = client.read_to_end();
  EXPECT_NE(all.find("Content-Length: 10\r\n"), std::string::npos) << all;
  EXPECT_TRUE(all.ends_with("\r\n\r\n0123")) << all;
}

TEST(DamagedAnswer, AConnectionEndsBehindABodyThatIsNoLonger) {
  const HttpFront front({}, answering(text({.keep_bytes = 10, .ending = Ending::closed})));
  RawClient client(front.port());
  client.send(get_root);
  EXPECT_TRUE(client.read_to_end().ends_with("\r\n\r\n0123456789"));
}

class Letters final : public api::EventStream {
 public:
  State read(std::string& bytes, std::chrono::milliseconds) override {
    bytes += next_++;
    return next_ > 'd' ? StreamState::ended : StreamState::open;
  }

 private:
  char next_ = 'a';
};

TEST(DamagedAnswer, PiecesWithPausesAreTheSameChunks) {
  const HttpFront front({}, answering({.stream = std::make_shared<Letters>(),
                                       .delivery = {.pause = std::chrono::milliseconds{1}}}));
  RawClient client(front.port());
  client.send(get_root);
  const tests::RawAnswer answer = client.read_answer();
  EXPECT_EQ(answer.body, "abcd");
  EXPECT_EQ(answer.chunks, 4U);
}

TEST(DamagedAnswer, AClientThatHasLeftIsNotHeldOnTo) {
  const HttpFront front({}, answering(text({.ending = Ending::hanging})));
  RawClient client(front.port());
  client.send(get_root);
  client.close_sending();
  client.wait_for_end();
}

TEST(DamagedAnswer, AConnectionThatIsClosedSaysNothing) {
  const HttpFront front({}, answering(text({.ending = Ending::closed})));
  RawClient client(front.port());
  client.send(get_root);
  EXPECT_EQ(client.read_to_end(), "");
}

// Most clients send head and body of a request one after the other.
TEST(DamagedAnswer, IsTheSameWhenTheBodyComesLater) {
  const std::string head = "POST / HTTP/1.1\r\nContent-Length: 4\r\nConnection: close\r\n\r\n";
  for (const Delivery& delivery : {Delivery{.ending = Ending::closed}, Delivery{.keep_bytes = 4},
                                   Delivery{.keep_bytes = 4, .ending = Ending::closed},
                                   Delivery{.delay = std::chrono::milliseconds(1)}}) {
    const HttpFront front({}, answering(text(delivery)));
    RawClient at_once(front.port());
    at_once.send(head + "body");
    RawClient later(front.port());
    later.send(head);
    EXPECT_FALSE(later.has_answer(std::chrono::milliseconds(20)));
    later.send("body");
    EXPECT_EQ(later.read_to_end(), at_once.read_to_end());
  }
}

TEST(DamagedAnswer, AConnectionThatIsResetIsNoEnd) {
  const HttpFront front({}, answering(text({.ending = Ending::reset})));
  RawClient client(front.port());
  client.send(get_root);
  EXPECT_THROW(client.read_to_end(), std::runtime_error);
}

TEST(DamagedAnswer, AConnectionThatHangsEndsWithItsServer) {
  const auto front =
      std::make_unique<HttpFront>(FrontOptions{}, answering(text({.ending = Ending::hanging})));
  RawClient client(front->port());
  client.send(get_root);
  EXPECT_FALSE(client.has_answer(std::chrono::milliseconds(50)));
  front->stop();
  client.wait_for_end();
}

TEST(DamagedAnswer, ABodyMayHangInItsMiddle) {
  const auto front = std::make_unique<HttpFront>(
      FrontOptions{}, answering(text({.keep_bytes = 4, .ending = Ending::hanging})));
  RawClient client(front->port());
  client.send(get_root);
  EXPECT_TRUE(client.read_until("0123").ends_with("\r\n\r\n0123"));
  EXPECT_FALSE(client.has_answer(std::chrono::milliseconds(50)));
  front->stop();
  client.wait_for_end();
}

TEST(DamagedAnswer, AnAnswerMayBeLate) {
  const HttpFront front({}, answering(text({.delay = std::chrono::milliseconds(1)})));
  RawClient client(front.port());
  client.send(get_root);
  EXPECT_EQ(client.read_answer().body, "0123456789");
}

TEST(DamagedAnswer, AnAnswerThatIsVeryLateHoldsUpNoStop) {
  const auto front = std::make_unique<HttpFront>(FrontOptions{},
                                                 answering(text({.delay = std::chrono::hours(1)})));
  RawClient client(front->port());
  client.send(get_root);
  EXPECT_FALSE(client.has_answer(std::chrono::milliseconds(50)));
  front->stop();
  client.wait_for_end();
}

Response stream(const std::shared_ptr<FedStream>& events, Delivery delivery) {
  return {
      .headers = {{"Content-Type", "text/event-stream"}}, .stream = events, .delivery = delivery};
}

TEST(DamagedAnswer, AStreamMayEndInOrderAfterSoManyBytes) {
  const auto events = std::make_shared<FedStream>();
  events->feed("one\n\ntwo\n\n", StreamState::ended);
  const HttpFront front({}, answering(stream(events, {.keep_bytes = 7})));
  RawClient client(front.port());
  client.send(get_root);
  const tests::RawAnswer answer = client.read_answer();
  EXPECT_EQ(answer.body, "one\n\ntw");
  EXPECT_TRUE(answer.complete);
}

TEST(DamagedAnswer, AStreamMayBeCutAfterSoManyBytes) {
  const auto events = std::make_shared<FedStream>();
  events->feed("one\n\ntwo\n\n", StreamState::ended);
  const HttpFront front({}, answering(stream(events, {.keep_bytes = 7, .ending = Ending::closed})));
  RawClient client(front.port());
  client.send(get_root);
  const tests::RawAnswer answer = client.read_answer();
  EXPECT_EQ(answer.body, "one\n\ntw");
  EXPECT_FALSE(answer.complete);
}

TEST(DamagedAnswer, AStreamThatIsResetIsNoEnd) {
  const auto events = std::make_shared<FedStream>();
  const HttpFront front({}, answering(stream(events, {})));
  RawClient client(front.port());
  client.send(get_root);
  client.read_until("\r\n\r\n");
  events->feed("one\n\n", StreamState::reset);
  EXPECT_THROW(client.read_to_end(), std::runtime_error);
}

}  // namespace
}  // namespace assistants_mock::mock_server::http
