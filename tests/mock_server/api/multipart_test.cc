// Forms as clients write them, each quirk by name; and whatever is sent, however it is cut.
#include "mock_server/api/multipart.h"

#include <gtest/gtest.h>
// After gtest.
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace assistants_mock::mock_server::api {
namespace {

constexpr std::string_view form = "multipart/form-data; boundary=B";

std::string told(const MultipartMistake& mistake) {
  return std::to_string(mistake.offset) + ": expected " + mistake.expected;
}

// The parts of a body, one a line: name, file name, type, data; or the mistake.
std::string read_parts(std::string_view body, std::string_view content_type = form,
                       MultipartLimits limits = {}) {
  const auto parsed = parse_multipart(content_type, body, limits);
  if (const auto* mistake = std::get_if<MultipartMistake>(&parsed)) return told(*mistake);
  std::string lines;
  for (const Part& part : std::get<std::vector<Part>>(parsed)) {
    lines += part.head.name + "|" + part.head.filename.value_or("-") + "|" +
             part.head.content_type.value_or("-") + "|" + part.data + "\n";
  }
  return lines;
}

// A body of one part whose headers are `lines`.
std::string body_with(const std::string& lines, const std::string& data = "x") {
  return "--B\r\n" + lines + "\r\n" + data + "\r\n--B--\r\n";
}

std::string read_disposition(const std::string& value) {
  return read_parts(body_with("Content-Disposition: " + value + "\r\n"));
}

TEST(Multipart, GivesThePartsInTheOrderSent) {
  EXPECT_EQ(
      read_parts("--B\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nassistants\r\n"
                 "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
                 "Content-Type: text/plain\r\n\r\nline\r\n\r\n--B--\r\n"),
      "purpose|-|-|assistants\nfile|a.txt|text/plain|line\r\n\n");
  EXPECT_EQ(read_parts("--B\r\ncontent-disposition: form-data; name=b\r\n\r\n2\r\n"
                       "--B\r\nCONTENT-DISPOSITION: form-data; name=a\r\n\r\n1\r\n"
                       "--B\r\nContent-Disposition: form-data; name=b\r\n\r\n3\r\n--B--\r\n"),
            "b|-|-|2\na|-|-|1\nb|-|-|3\n");
}

TEST(Multipart, OfNoPartsIsAForm) {
  EXPECT_EQ(read_parts("--B--\r\n"), "");
  EXPECT_EQ(read_parts("--B--"), "");
}

TEST(Multipart, TakesTheFileNameBeforeTheName) {
  EXPECT_EQ(read_disposition("form-data; filename=\"a.txt\"; name=\"file\""), "file|a.txt|-|x\n");
}

TEST(Multipart, TakesValuesWithoutQuotes) {
  EXPECT_EQ(read_disposition("form-data; name=file; filename=my notes.txt"),
            "file|my notes.txt|-|x\n");
  EXPECT_EQ(read_disposition("Form-Data;NAME=file;FileName=a.txt;"), "file|a.txt|-|x\n");
}

TEST(Multipart, TakesNamesThatAreEmpty) {
  EXPECT_EQ(read_disposition("form-data; name=\"\"; filename=\"\""), "||-|x\n");
}

// Browsers, Node and curl.
TEST(Multipart, ResolvesPercentEscapesOfQuotesAndLineEnds) {
  EXPECT_EQ(read_disposition("form-data; name=\"a%22b\"; filename=\"%22%0D%0A%22\""),
            "a\"b|\"\r\n\"|-|x\n");
  EXPECT_EQ(read_disposition("form-data; name=f; filename=\"100%25 %2e %0a.txt\""),
            "f|100%25 %2e %0a.txt|-|x\n");
}

// Older curl.
TEST(Multipart, ResolvesBackslashEscapes) {
  EXPECT_EQ(read_disposition(R"(form-data; name="a\"b"; filename="c\\d\".txt")"),
            "a\"b|c\\d\".txt|-|x\n");
}

// Browsers on Windows, and Node.
TEST(Multipart, LeavesOtherBackslashesAlone) {
  EXPECT_EQ(read_disposition(R"(form-data; name=f; filename="C:\notes\a.txt")"),
            "f|C:\\notes\\a.txt|-|x\n");
  EXPECT_EQ(read_disposition(R"(form-data; name=f; filename="notes\")"), "f|notes\\|-|x\n");
}

// Older Python requests; RFC 5987.
TEST(Multipart, PrefersTheExtendedFileName) {
  EXPECT_EQ(read_disposition("form-data; name=f; filename*=UTF-8''na%C3%AFve%20%22.txt"),
            "f|naïve \".txt|-|x\n");
  EXPECT_EQ(
      read_disposition("form-data; name=f; filename=\"naive\"; filename*=utf-8'fr'na%c3%afve"),
      "f|naïve|-|x\n");
  EXPECT_EQ(read_disposition("form-data; name*=iso-8859-1''na%EFve; filename*=\"UTF-8''a.txt\""),
            "naïve|a.txt|-|x\n");
}

TEST(Multipart, ReadsWithoutALineEndAfterTheClosingDelimiter) {
  const std::string part = "--B\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n";
  for (const std::string end : {"--B--", "--B--\r\n", "--B--\r\n\r\nbye\r\n--B\r\n", "--B-- ?"})
    EXPECT_EQ(read_parts(part + end), "a|-|-|1\n") << end;
}

TEST(Multipart, IgnoresWhatComesBeforeTheFirstDelimiter) {
  for (const std::string preamble :
       {"\r\n", "For mailers.\r\n", "--Bx\r\n", "x--B\r\n", "\r\r\n", "--B \r \r\n"})
    EXPECT_EQ(read_parts(preamble + body_with("Content-Disposition: form-data; name=a\r\n")),
              "a|-|-|x\n")
        << preamble;
}

TEST(Multipart, TakesBlanksAfterADelimiter) {
  EXPECT_EQ(read_parts("--B \t\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--B-- \r\n"),
            "a|-|-|1\n");
}

TEST(Multipart, TakesABoundaryInQuotesOrNot) {
  const std::string body =
      "--a b:?\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--a b:?--";
  EXPECT_EQ(read_parts(body, "multipart/form-data; boundary=\"a b:?\""), "a|-|-|1\n");
  EXPECT_EQ(read_parts(body, "Multipart/Form-Data;charset=utf-8; Boundary=a b:? ;"), "a|-|-|1\n");
}

TEST(Multipart, KeepsDataThatLooksLikeADelimiter) {
  for (const std::string& data :
       std::vector<std::string>{"--Bx", "\r\n--Bx\r\n", "\r\n--", "\r\n-", "\r\n", "\r", "\r\r\n",
                                "\r\n--B-x", "\r\n--B \rx", "\n--B--\n", "\r\n--B-\r",
                                "\r\n--B                                                       "
                                "                         \r\n"})
    EXPECT_EQ(read_parts(body_with("Content-Disposition: form-data; name=a\r\n", data)),
              "a|-|-|" + data + "\n")
        << data;
}

TEST(Multipart, TakesEmptyData) {
  EXPECT_EQ(read_parts(body_with("Content-Disposition: form-data; name=a\r\n", "")), "a|-|-|\n");
  // Without the line end that separates headers from no data (RFC 2046, section 5.1.1).
  EXPECT_EQ(read_parts("--B\r\nContent-Disposition: form-data; name=a\r\n\r\n--B--"), "a|-|-|\n");
}

TEST(Multipart, IgnoresOtherHeaders) {
  EXPECT_EQ(read_parts(body_with("Content-Length: 1\r\nX: \r\nContent-Transfer-Encoding: Binary\r\n"
                                 "Content-Disposition: form-data; name=a\r\nContent-Type:\r\n")),
            "a|-||x\n");
}

// ---- Mistakes, by the place where the body stops making sense ----------------------------------

TEST(Multipart, TellsWhereABodyBreaksOff) {
  EXPECT_EQ(read_parts(""), "0: expected the delimiter --B");
  EXPECT_EQ(read_parts("name=a&b=c"), "10: expected the delimiter --B");
  EXPECT_EQ(read_parts("--B\r\nContent-Disposition: form-data; name=a\r\n"),
            "45: expected the empty line after the headers of a part");
  EXPECT_EQ(read_parts("--B\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--B"),
            "53: expected the closing delimiter --B--");
  EXPECT_EQ(read_parts("--B\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--B-"),
            "54: expected the closing delimiter --B--");
}

TEST(Multipart, TellsWhichHeaderIsWrong) {
  EXPECT_EQ(read_parts(body_with("")), "5: expected the header Content-Disposition of the part");
  EXPECT_EQ(read_parts(body_with("X: 1\r\nnot a header\r\n")),
            "11: expected a header line, as Name: value");
  EXPECT_EQ(read_parts(body_with("X: 1\r\n folded: x\r\n")),
            "11: expected a header line, as Name: value");
  EXPECT_EQ(read_parts(body_with("X: a\nb\r\n")),
            "9: expected no control characters in a header line");
  EXPECT_EQ(read_parts(body_with("Content-Transfer-Encoding: base64\r\n")),
            "31: expected binary, 8bit or 7bit");
  EXPECT_EQ(read_parts(body_with("Content-Type: a\r\nContent-Type: b\r\n")),
            "35: expected Content-Type once in a part");
}

TEST(Multipart, TellsWhatIsWrongWithADisposition) {
  EXPECT_EQ(read_disposition("attachment; name=a"), "25: expected form-data");
  EXPECT_EQ(read_disposition("form-data"), "25: expected the parameter name");
  EXPECT_EQ(read_disposition("form-data; filename=a"), "25: expected the parameter name");
  EXPECT_EQ(read_disposition("form-data; name"), "37: expected a parameter, as name=\"value\"");
  EXPECT_EQ(read_disposition("form-data; =a"), "37: expected a parameter, as name=\"value\"");
  EXPECT_EQ(read_disposition("form-data; name=\"a"), "44: expected the closing quote");
  EXPECT_EQ(read_disposition("form-data; name=\"a\" b"), "46: expected a semicolon");
  EXPECT_EQ(read_disposition("form-data; name=a; NAME=b"),
            "45: expected each parameter once: NAME");
  EXPECT_EQ(read_disposition("form-data; name=\xFF"), "37: expected UTF-8");
  for (const char* value : {"naive", "UTF-8'naive", "UTF-8''%4", "UTF-8''%zz", "UTF-16''a"})
    EXPECT_EQ(read_disposition(std::string("form-data; name=a; filename*=") + value),
              "45: expected filename*=UTF-8''text, bytes written as %XX")
        << value;
  EXPECT_EQ(read_disposition("form-data; name=a; filename*=UTF-8''%FF"), "45: expected UTF-8");
}

TEST(Multipart, TellsWhatIsWrongWithAContentType) {
  EXPECT_EQ(read_parts("", "application/json"), "0: expected multipart/form-data");
  EXPECT_EQ(read_parts("", "multipart/form-data"), "19: expected the parameter boundary");
  const std::string boundary =
      "21: expected a boundary of 1 to 70 printable characters, the last no space";
  EXPECT_EQ(read_parts("", "multipart/form-data; boundary="), boundary);
  EXPECT_EQ(read_parts("", "multipart/form-data; boundary=\"a \""), boundary);
  EXPECT_EQ(read_parts("", "multipart/form-data; boundary=\xC3\xA9"), boundary);
  EXPECT_EQ(read_parts("", "multipart/form-data; boundary=\"a\rb\""), boundary);
  EXPECT_EQ(read_parts("", "multipart/form-data; boundary=" + std::string(71, 'b')), boundary);
  const std::string longest(70, 'b');
  EXPECT_EQ(read_parts("--" + longest + "--", "multipart/form-data; boundary=" + longest), "");
}

// ---- Bounds ------------------------------------------------------------------------------------

std::string many_parts(int count) {
  std::string body;
  for (int part = 0; part < count; ++part)
    body += "--B\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n";
  return body + "--B--";
}

TEST(Multipart, HasABoundOnParts) {
  const auto parsed = parse_multipart(form, many_parts(100));
  EXPECT_EQ(std::get<std::vector<Part>>(parsed).size(), 100u);
  EXPECT_EQ(read_parts(many_parts(101)), "4900: expected at most 100 parts");
  EXPECT_EQ(read_parts(many_parts(2), form, {.parts = 1}), "49: expected at most 1 parts");
}

TEST(Multipart, HasABoundOnTheHeadersOfAPart) {
  const std::string disposition = "Content-Disposition: form-data; name=a\r\n";
  const auto padded = [&](std::size_t size) {
    return disposition + "X: " + std::string(size - disposition.size() - 5, 'x') + "\r\n";
  };
  EXPECT_EQ(read_parts(body_with(padded(8192))), "a|-|-|x\n");
  EXPECT_EQ(read_parts(body_with(padded(8193))),
            "5: expected at most 8192 bytes of headers in a part");
}

// ---- Properties --------------------------------------------------------------------------------

// Writes a part as browsers do.
std::string browser_name(std::string_view name) {
  std::string written = "\"";
  for (const char letter : name) {
    if (letter == '"')
      written += "%22";
    else if (letter == '\r')
      written += "%0D";
    else if (letter == '\n')
      written += "%0A";
    else
      written += letter;
  }
  return written + "\"";
}

std::string written(const std::vector<Part>& parts, const std::string& boundary) {
  std::string body;
  for (const Part& part : parts) {
    body += "--" + boundary + "\r\nContent-Disposition: form-data; name=";
    body += browser_name(part.head.name);
    if (part.head.filename) body += "; filename=" + browser_name(*part.head.filename);
    if (part.head.content_type) body += "\r\nContent-Type: " + *part.head.content_type;
    body += "\r\n\r\n" + part.data + "\r\n";
  }
  return body + "--" + boundary + "--\r\n";
}

// Pieces that boundaries and escapes are made of come often. Backslashes do not: a browser's name
// with one is not always the one it was.
std::string any_text(std::initializer_list<std::string> pieces) {
  std::string text;
  for (const auto& piece : *rc::gen::container<std::vector<std::string>>(
           rc::gen::elementOf(std::vector<std::string>(pieces))))
    text += piece;
  return text;
}

Part any_part() {
  Part part;
  part.head.name = any_text({"a", "b;", "\"", "\r", "\n", "=", "é", " ", "filename=", "%"});
  if (*rc::gen::arbitrary<bool>())
    part.head.filename = any_text({"a", ".", ";", "\"", "\r\n", "日本", " ", "--B", "'"});
  if (*rc::gen::arbitrary<bool>()) part.head.content_type = "text/plain; charset=\"utf-8\"";
  part.data = any_text({"\r", "\n", "\r\n", "-", "--", "B", "--Bb", "\r\n--", "x", "\xFF", " ",
                        std::string(1, '\0')});
  return part;
}

std::vector<Part> any_parts() {
  std::vector<Part> parts;
  for (int count = *rc::gen::inRange(0, 5); count > 0; --count) parts.push_back(any_part());
  return parts;
}

// As a client chooses one: it is nowhere in the data.
std::string boundary_for(const std::vector<Part>& parts) {
  std::string boundary = "B";
  while (std::ranges::any_of(parts, [&](const Part& part) {
    return part.data.find("--" + boundary) != std::string::npos;
  }))
    boundary += "b";
  return boundary;
}

// What a receiver was told, in order; data of one part joined.
class Witness final : public MultipartReceiver {
 public:
  void part_begins(PartHead head) override {
    RC_ASSERT(!open_);
    open_ = true;
    parts_.push_back({std::move(head), {}});
  }
  void part_data(std::string_view bytes) override {
    RC_ASSERT(open_);
    RC_ASSERT(!bytes.empty());
    parts_.back().data += bytes;
  }
  void part_ends() override {
    RC_ASSERT(open_);
    open_ = false;
  }

  const std::vector<Part>& parts() const { return parts_; }
  bool is_open() const { return open_; }

 private:
  std::vector<Part> parts_;
  bool open_ = false;
};

// Feeds `body` in pieces that the generator chooses.
std::optional<MultipartMistake> feed_in_pieces(MultipartParser& parser, std::string_view body) {
  const int longest = *rc::gen::element(1, 2, 5, 40);
  while (!body.empty()) {
    const auto length = static_cast<std::size_t>(*rc::gen::inRange(1, longest + 1));
    const std::string piece(body.substr(0, length));  // its own bytes, so that nothing is kept
    body.remove_prefix(piece.size());
    if (!parser.feed(piece)) break;
  }
  return parser.finish();
}

RC_GTEST_PROP(Multipart, IsReadBackAsItWasWrittenHoweverItIsCut, ()) {
  const std::vector<Part> parts = any_parts();
  const std::string boundary = boundary_for(parts);
  Witness witness;
  MultipartParser parser(boundary, witness);
  RC_ASSERT(!feed_in_pieces(parser, written(parts, boundary)));
  RC_ASSERT(!witness.is_open());
  RC_ASSERT(witness.parts() == parts);
}

RC_GTEST_PROP(Multipart, IsTheSameMistakeHoweverItIsCut, ()) {
  const std::vector<Part> parts = any_parts();
  std::string body = written(parts, boundary_for(parts));
  for (int changes = *rc::gen::inRange(1, 4); changes > 0; --changes)
    body[static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(body.size())))] =
        *rc::gen::element('\r', '\n', '-', 'B', ' ', ':', '"', '\\', ';', '=', '*', '\0');
  Witness whole;
  MultipartParser at_once("B", whole);
  at_once.feed(body);
  const auto mistake = at_once.finish();
  Witness pieces;
  MultipartParser in_pieces("B", pieces);
  RC_ASSERT(feed_in_pieces(in_pieces, body) == mistake);
  RC_ASSERT(pieces.parts() == whole.parts());
  RC_ASSERT(pieces.is_open() == whole.is_open());
}

// A file of half a gigabyte does not fit a server that holds it: what is told of it at the end of
// each feed() lags behind by a delimiter at most.
RC_GTEST_PROP(Multipart, PassesDataOnAtOnce, ()) {
  const Part part{{.name = "file"}, any_text({"\r\n--B", "\r", "x", "-", "\n"}) + "end"};
  const std::vector<Part> parts{part};
  const std::string boundary = boundary_for(parts);
  const std::string body = written(parts, boundary);
  const std::size_t begin = body.find("\r\n\r\n") + 4;
  Witness witness;
  MultipartParser parser(boundary, witness);
  parser.feed(std::string_view(body).substr(0, begin));
  for (std::size_t fed = 1; fed <= part.data.size(); ++fed) {
    parser.feed(body.substr(begin + fed - 1, 1));
    RC_ASSERT(witness.parts().back().data.size() + boundary.size() + 5 >= fed);
  }
}

}  // namespace
}  // namespace assistants_mock::mock_server::api
