// Answers that are still being made when they are sent, and how a front ends with some under way.
#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <system_error>

#include "mock_server/http/http_front.h"
#include "tests/mock_server/http/fed_stream.h"
#include "tests/mock_server/http/raw_client.h"

namespace assistants_mock::mock_server::http {
namespace {

using api::Request;
using api::Response;
using State = api::EventStream::State;
using tests::FedStream;
using tests::RawAnswer;
using tests::RawClient;

// A front whose answers are all `stream`; it lets go of it where it hands it over.
HttpFront::Handler streaming(std::shared_ptr<FedStream> stream) {
  return [stream = std::move(stream)](const Request&) mutable {
    return Response{.headers = {{"Content-Type", "text/event-stream; charset=utf-8"}},
                    .stream = stream};
  };
}

const std::string get_root = "GET / HTTP/1.1\r\n\r\n";
const std::string stream_head =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
    "Transfer-Encoding: chunked\r\n\r\n";

TEST(StreamAnswer, TheHeadDoesNotWaitForTheFirstEvent) {
  const auto stream = std::make_shared<FedStream>();
  const HttpFront front({}, streaming(stream));
  RawClient client(front.port());
  client.send(get_root);
  EXPECT_EQ(client.read_until("\r\n\r\n"), stream_head);
  stream->feed("", State::ended);
  EXPECT_EQ(client.read_until("\r\n\r\n"), "0\r\n\r\n");
}

TEST(StreamAnswer, WhatIsReadyGoesOutInOneChunkAndAtOnce) {
  const auto stream = std::make_shared<FedStream>();
  stream->feed("one\n\n");
  stream->feed("two\n\n");
  const HttpFront front({}, streaming(stream));
  RawClient client(front.port());
  client.send(get_root);
  EXPECT_EQ(client.read_until("two\n\n\r\n"), stream_head + "a\r\none\n\ntwo\n\n\r\n");
  stream->feed("three");
  EXPECT_EQ(client.read_until("three\r\n"), "5\r\nthree\r\n");
  stream->feed("four", State::ended);
  EXPECT_EQ(client.read_until("\r\n\r\n"), "4\r\nfour\r\n0\r\n\r\n");
}

// As those of a fault that sends a stream in pieces.
class StreamOfPieces final : public api::EventStream {
 public:
  explicit StreamOfPieces(std::size_t pieces) : left_(pieces) {}
  State read(std::string& bytes, std::chrono::milliseconds) override {
    bytes += "piece\n\n";
    return --left_ == 0 ? State::ended : State::open;
  }

 private:
  std::size_t left_;
};

TEST(StreamAnswer, EachPieceIsAChunkOfItsOwn) {
  static constexpr std::size_t pieces = 1'000;
  const HttpFront front({}, [](const Request&) {
    return Response{.headers = {{"Content-Type", "text/event-stream; charset=utf-8"}},
                    .stream = std::make_shared<StreamOfPieces>(pieces)};
  });
  RawClient client(front.port());
  client.send(get_root);
  const RawAnswer answer = client.read_answer();
  EXPECT_TRUE(answer.complete);
  EXPECT_EQ(answer.chunks, pieces);
  EXPECT_EQ(answer.body.size(), pieces * 7);
}

TEST(StreamAnswer, TheConnectionGoesOnAfterAStream) {
  const auto stream = std::make_shared<FedStream>();
  stream->feed("all", State::ended);
  const HttpFront front({}, streaming(stream));
  RawClient client(front.port());
  client.send(get_root + get_root);
  EXPECT_EQ(client.read_answer().body, "all");
  const RawAnswer second = client.read_answer();
  EXPECT_EQ(second.body, "");
  EXPECT_TRUE(second.complete);
}

TEST(StreamAnswer, ACutStreamHasNoLastChunk) {
  const auto stream = std::make_shared<FedStream>();
  stream->feed("half", State::cut);
  const HttpFront front({}, streaming(stream));
  RawClient client(front.port());
  client.send(get_root);
  EXPECT_EQ(client.read_to_end(), stream_head + "4\r\nhalf\r\n");
}

TEST(StreamAnswer, AStreamCutLaterHasNoLastChunkEither) {
  const auto stream = std::make_shared<FedStream>();
  const HttpFront front({}, streaming(stream));
  RawClient client(front.port());
  client.send(get_root);
  client.read_until("\r\n\r\n");
  stream->feed("", State::cut);
  EXPECT_EQ(client.read_to_end(), "");
}

TEST(StreamAnswer, CutBeforeItsFirstByteAnAnswerIsNotBegun) {
  const auto stream = std::make_shared<FedStream>();
  stream->feed("", State::cut);
  const HttpFront front({}, streaming(stream));
  RawClient client(front.port());
  client.send(get_root);
  EXPECT_EQ(client.read_to_end(), "");
}

TEST(StreamAnswer, ClientsOfHttp10GetItUnchunkedUntilTheConnectionEnds) {
  const auto stream = std::make_shared<FedStream>();
  stream->feed("one");
  const HttpFront front({}, streaming(stream));
  RawClient client(front.port());
  client.send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_EQ(client.read_until("one"),
            "HTTP/1.1 200 OK\r\nConnection: close\r\n"
            "Content-Type: text/event-stream; charset=utf-8\r\n\r\none");
  stream->feed("two", State::ended);
  EXPECT_EQ(client.read_to_end(), "two");
}

TEST(StreamAnswer, AnswersToHeadDoNotBegin) {
  const auto stream = std::make_shared<FedStream>();
  const HttpFront front({}, streaming(stream));
  RawClient client(front.port());
  client.send("HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n");
  const RawAnswer answer = client.read_answer(true);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(client.read_to_end(), "");
}

// Tells when the front lets go of it.
class WatchedStream final : public FedStream {
 public:
  explicit WatchedStream(FedStream& ended) : ended_(ended) {}
  ~WatchedStream() override { ended_.feed("dropped", State::ended); }

 private:
  FedStream& ended_;
};

std::string wait_until_dropped(FedStream& ended) {
  std::string bytes;
  while (ended.read(bytes, std::chrono::seconds(20)) == State::open) {
  }
  return bytes;
}

HttpFront::Handler watched(FedStream& ended) {
  return [&ended](const Request&) {
    return Response{.stream = std::make_shared<WatchedStream>(ended)};
  };
}

TEST(StreamAnswer, IsDroppedWithoutAnEventWhenItsClientsConnectionIsBroken) {
  FedStream ended;
  const HttpFront front({}, watched(ended));
  {
    RawClient client(front.port());
    client.send(get_root);
    client.read_until("\r\n\r\n");
    client.send("GET /next");
    client.break_off();
  }
  EXPECT_EQ(wait_until_dropped(ended), "dropped");
}

// Has something to say at every look, and tells when the front lets go of it.
class TalkingStream final : public api::EventStream {
 public:
  explicit TalkingStream(FedStream& ended) : ended_(ended) {}
  ~TalkingStream() override { ended_.feed("dropped", State::ended); }
  State read(std::string& bytes, std::chrono::milliseconds) override {
    bytes += "event\n\n";
    return State::open;
  }

 private:
  FedStream& ended_;
};

TEST(StreamAnswer, IsDroppedAtTheNextEventsWhenItsClientHasClosed) {
  FedStream ended;
  const HttpFront front({}, [&](const Request&) {
    return Response{.stream = std::make_shared<TalkingStream>(ended)};
  });
  {
    RawClient client(front.port());
    client.send(get_root);
    client.read_until("event\n\n");
  }
  EXPECT_EQ(wait_until_dropped(ended), "dropped");
}

// The side that sends may be closed before the answer is there; what was sent beyond the request
// changes nothing.
TEST(StreamAnswer, GoesOnForAClientThatOnlySendsNoMore) {
  const auto stream = std::make_shared<FedStream>();
  const HttpFront front({}, streaming(stream));
  RawClient client(front.port());
  client.send(get_root + "GET /next");
  client.close_sending();
  client.read_until("\r\n\r\n");
  EXPECT_TRUE(stream->wait_for_reads(3));  // it has looked for its client at least once
  stream->feed("late", State::ended);
  EXPECT_EQ(client.read_to_end(), "4\r\nlate\r\n0\r\n\r\n");
}

class ThrowingStream final : public api::EventStream {
  State read(std::string& bytes, std::chrono::milliseconds) override {
    if (rounds_++ == 1) throw std::runtime_error("out of events");
    bytes += "one";
    return State::open;
  }
  int rounds_ = 0;
};

TEST(StreamAnswer, AStreamThatThrowsIsCut) {
  const HttpFront front(
      {}, [](const Request&) { return Response{.stream = std::make_shared<ThrowingStream>()}; });
  RawClient client(front.port());
  client.send(get_root);
  const RawAnswer answer = client.read_answer();
  EXPECT_EQ(answer.body, "one");
  EXPECT_FALSE(answer.complete);
}

TEST(Stop, EndsStreamsAndWaitingConnectionsAndCallsInterrupt) {
  FedStream ended;
  HttpFront front({}, watched(ended));
  RawClient streaming_client(front.port());
  streaming_client.send(get_root);
  streaming_client.read_until("\r\n\r\n");
  RawClient idle(front.port());
  RawClient half(front.port());
  half.send("GET / HT");
  bool interrupted = false;
  front.stop([&] { interrupted = true; });
  EXPECT_TRUE(interrupted);
  EXPECT_EQ(wait_until_dropped(ended), "dropped");
  EXPECT_EQ(streaming_client.read_to_end(), "");
  idle.wait_for_end();  // these may not even have been accepted yet
  half.wait_for_end();
}

TEST(Stop, WakesReadersThroughInterruptAlone) {
  const auto stream = std::make_shared<FedStream>();
  HttpFront front({}, streaming(stream));
  RawClient client(front.port());
  client.send(get_root);
  EXPECT_TRUE(stream->wait_for_reads(2));
  front.stop([&] { stream->feed("", State::cut); });
  EXPECT_FALSE(client.read_answer().complete);
}

TEST(Stop, FurtherCallsDoNothing) {
  HttpFront front({}, [](const Request&) { return Response{}; });
  int interrupts = 0;
  front.stop([&] { ++interrupts; });
  const int before = interrupts;
  front.stop([&] { ++interrupts; });
  EXPECT_EQ(interrupts, before);
}

TEST(Stop, NobodyListensAfterIt) {
  HttpFront front({}, [](const Request&) { return Response{}; });
  const int port = front.port();
  front.stop();
  EXPECT_THROW(RawClient client(port), std::system_error);
}

}  // namespace
}  // namespace assistants_mock::mock_server::http
