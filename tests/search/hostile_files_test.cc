// Files that are made to hurt whoever reads them: each fails as any other that cannot be parsed,
// or is read, and in either case soon and within bounds.
#include <gtest/gtest.h>

#include <string>

#include "mock_server/search/pdf_text.h"
#include "mock_server/search/searchable_text.h"
#include "mock_server/search/text_failure.h"
#include "mock_server/search/zip_archive.h"
#include "tests/golden_file.h"
#include "tests/search/zip_maker.h"

namespace assistants_mock::mock_server::search {
namespace {

using tests::docx_of;
using tests::zip_of;

TextFailure failure_of(std::string_view filename, std::string_view content) {
  const auto result = searchable_text(filename, content);
  const auto* failure = std::get_if<TextFailure>(&result);
  return failure == nullptr ? TextFailure{"none", ""} : *failure;
}

std::string text_of(std::string_view filename, std::string_view content) {
  auto result = searchable_text(filename, content);
  auto* text = std::get_if<std::string>(&result);
  return text == nullptr ? "" : std::move(*text);
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  all.reserve(text.size() * times);
  for (std::size_t time = 0; time < times; ++time) all += text;
  return all;
}

std::string numbered(const std::string& before, int count, const std::string& behind) {
  std::string all;
  for (int number = 0; number < count; ++number) all += before + std::to_string(number) + behind;
  return all;
}

// 100 MB of spaces in 100 KB.
TEST(HostileFile, ZipBombIsNotUnpacked) {
  const std::string bomb = docx_of("<w:p>" + std::string(100'000'000, ' ') + "</w:p>");
  ASSERT_LT(bomb.size(), 200'000U);
  EXPECT_EQ(failure_of("a.docx", bomb), too_large());
}

TEST(HostileFile, PartsTogetherAreBounded) {
  const std::string bytes = numbered("text ", 20'000, "");
  const std::string zip = zip_of({{"a", bytes}, {"b", bytes}});
  auto archive = ZipArchive::open(zip, {.bytes = bytes.size() + 1});
  ASSERT_TRUE(archive);
  EXPECT_EQ(archive->read("a").bytes, bytes);
  EXPECT_EQ(archive->read("b").fault, ZipArchive::Fault::too_large);
  EXPECT_EQ(archive->read("c").fault, ZipArchive::Fault::missing);
}

TEST(HostileFile, ArchiveWithTooManyEntriesIsNotOpened) {
  std::vector<tests::ZipEntry> entries;
  for (int entry = 0; entry < 20; ++entry) entries.push_back({std::to_string(entry), "x"});
  const std::string zip = zip_of(entries);
  EXPECT_TRUE(ZipArchive::open(zip, {.entries = 20}));
  EXPECT_FALSE(ZipArchive::open(zip, {.entries = 19}));
}

TEST(HostileFile, ArchiveThatIsCutFailsWhereverItIs) {
  const std::string whole = docx_of("<w:p><w:r><w:t>some text</w:t></w:r></w:p>");
  ASSERT_EQ(text_of("a.docx", whole), "some text");
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_EQ(failure_of("a.docx", whole.substr(0, size)), unparsable()) << size;
}

TEST(HostileFile, ArchiveWithAByteChangedIsReadOrFails) {
  const std::string whole = docx_of("<w:p><w:r><w:t>some text</w:t></w:r></w:p>");
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 0x55);
    const auto failure = failure_of("a.docx", changed);
    EXPECT_TRUE(failure.code == "none" || failure == unparsable()) << at;
  }
}

TEST(HostileFile, DeepXmlFails) {
  const auto nested = [](std::size_t depth) {
    return docx_of(repeated("<w:p>", depth) + "<w:t>x</w:t>" + repeated("</w:p>", depth));
  };
  EXPECT_EQ(text_of("a.docx", nested(250)), "x");
  EXPECT_EQ(failure_of("a.docx", nested(300)), unparsable());
  EXPECT_EQ(failure_of("a.docx", nested(1'000'000)), too_large()) << "it is a zip bomb before that";
}

TEST(HostileFile, EntitiesOfItsOwnFail) {
  const auto document = [](const std::string& xml) { return zip_of({{"word/document.xml", xml}}); };
  EXPECT_EQ(failure_of("a.docx", document("<!DOCTYPE d [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>"
                                          "<!ENTITY c '&b;&b;&b;'>]><d><t>&c;</t></d>")),
            unparsable());
  EXPECT_EQ(
      failure_of("a.docx", document("<!DOCTYPE d SYSTEM 'file:///etc/passwd'><d><t>x</t></d>")),
      unparsable());
  EXPECT_EQ(failure_of("a.docx", document("<d><t>&unknown;</t></d>")), unparsable());
}

TEST(HostileFile, XmlThatIsNotWellFormedFails) {
  for (const char* body : {"<w:p>", "</w:p>", "<w:p></w:r>", "<w:p a='>", "<", "<w:p <w:t>x</w:t>",
                           "<!-- x", "<![CDATA[x", "&#0;", "<?x"})
    EXPECT_EQ(failure_of("a.docx", docx_of(body)), unparsable()) << body;
}

// What took libxml2 more than a minute.
TEST(HostileFile, ManyAttributesAreReadInLinearTime) {
  const std::string attributes = numbered(" x", 1'000'000, "=''");
  EXPECT_EQ(text_of("a.html", "<p" + attributes + ">text"), "text");
  EXPECT_EQ(text_of("a.docx", docx_of("<w:p" + attributes + "><w:t>text</w:t></w:p>")), "text");
}

TEST(HostileFile, DeepAndUnclosedHtmlIsReadInLinearTime) {
  constexpr std::size_t many = 1'000'000;
  EXPECT_EQ(text_of("a.html", repeated("<b>", many) + "text" + repeated("</i>", many)), "text");
  EXPECT_EQ(text_of("a.html", "text" + repeated("<!--", many)), "text");
  EXPECT_EQ(text_of("a.html", "text" + repeated("<a '", many)), "text");
  EXPECT_EQ(text_of("a.html", "text" + repeated("<script></", many)), "text");
  EXPECT_EQ(text_of("a.html", repeated("<", many)).size(), many);
  EXPECT_EQ(text_of("a.html", repeated("&", many)).size(), many);
}

TEST(HostileFile, TruncatedPdfIsReadOrFails) {
  const std::string whole = file_text(source_path("fixtures/search/kitchen/opening_hours.pdf"));
  ASSERT_FALSE(text_of("a.pdf", whole).empty());
  for (std::size_t part = 0; part < 16; ++part) {
    const auto failure = failure_of("a.pdf", whole.substr(0, whole.size() * part / 16));
    EXPECT_TRUE(failure.code == "none" || failure == unparsable()) << part;
  }
}

TEST(HostileFile, TextOfTheSizeLimitIsTakenAndNoLonger) {
  std::string text(max_text_bytes, 'x');
  EXPECT_EQ(text_of("a.txt", text).size(), max_text_bytes);
  text += 'x';
  EXPECT_EQ(failure_of("a.txt", text), too_large());
  EXPECT_EQ(failure_of("a.html", "<p>" + text), too_large());
  EXPECT_EQ(failure_of("a.html", std::string(100'000'000, ' ')), too_large())
      << "not looked at, for its size alone";
}

TEST(HostileFile, NulBytesFail) {
  const std::string nul(1000, '\0');
  for (const char* name : {"a.txt", "a.html", "a.docx", "a.pptx", "a.pdf", "a.py"})
    EXPECT_EQ(failure_of(name, nul), unparsable()) << name;
}

}  // namespace
}  // namespace assistants_mock::mock_server::search
