#include "mock_server/search/searchable_text.h"

#include <gtest/gtest.h>

#include "mock_server/search/pdf_text.h"
#include "mock_server/search/text_failure.h"
#include "tests/golden_file.h"
#include "tests/search/zip_maker.h"

namespace assistants_mock::mock_server::search {
namespace {

using tests::docx_of;
using tests::zip_of;

std::string text_of(std::string_view filename, std::string_view content) {
  const auto result = searchable_text(filename, content);
  if (const auto* text = std::get_if<std::string>(&result)) return *text;
  const auto& failure = std::get<TextFailure>(result);
  return failure.code + ": " + failure.message;
}

const std::string unsupported_file = "unsupported_file: The file type is not supported.";
const std::string invalid_file = "invalid_file: The file could not be parsed.";

TEST(SearchableText, KnowsFilesByTheirExtension) {
  EXPECT_EQ(searchable_extensions().size(), 21U);
  for (const std::string_view extension : searchable_extensions())
    EXPECT_TRUE(is_searchable("file" + std::string(extension)));
  EXPECT_TRUE(is_searchable("READ.ME.TXT"));
  EXPECT_FALSE(is_searchable("table.csv"));
  EXPECT_FALSE(is_searchable("txt"));
  EXPECT_EQ(extension_of("Report.DocX"), ".docx");
  EXPECT_EQ(extension_of("a.b/README"), "");
  EXPECT_EQ(extension_of("ends."), "");
  EXPECT_EQ(extension_of(""), "");
}

TEST(SearchableText, OfTextFilesIsWhatTheyHold) {
  EXPECT_EQ(text_of("a.txt", "One\r\ntwo €"), "One\r\ntwo €");
  EXPECT_EQ(text_of("a.py", "def f():\n  return 1\n"), "def f():\n  return 1\n");
  EXPECT_EQ(text_of("a.json", R"({"a": "\u00e9"})"), R"({"a": "\u00e9"})");
  EXPECT_EQ(text_of("a.txt", "\xEF\xBB\xBFmarked"), "marked");
}

TEST(SearchableText, DecodesUtf16WithItsMark) {
  EXPECT_EQ(text_of("a.txt", std::string_view("\xFF\xFEh\0i\0\x3C\xD8\x70\xDF", 10)), "hi🍰");
  EXPECT_EQ(text_of("a.txt", std::string_view("\xFE\xFF\0h\0i", 6)), "hi");
  EXPECT_EQ(text_of("a.txt", std::string_view("\xFF\xFEh\0i", 5)), invalid_file) << "half a unit";
  EXPECT_EQ(text_of("a.txt", std::string_view("\xFF\xFE\x3C\xD8", 4)), invalid_file)
      << "half a pair";
}

TEST(SearchableText, IsNotMadeOfWhatIsNone) {
  EXPECT_EQ(text_of("a.txt", ""), invalid_file);
  EXPECT_EQ(text_of("a.md", " \n\t "), invalid_file);
  EXPECT_EQ(text_of("a.txt", "caf\xE9"), invalid_file);
  EXPECT_EQ(text_of("a.txt", std::string_view("a\0b", 3)), invalid_file);
  EXPECT_EQ(text_of("a.doc", "anything"), unsupported_file);
  EXPECT_EQ(text_of("a.csv", "a,b"), unsupported_file);
}

// ---- HTML ---------------------------------------------------------------------------------------

std::string page(std::string_view content) {
  return text_of("a.html", content);
}

TEST(HtmlText, IsWhatAReaderSees) {
  EXPECT_EQ(page("<!DOCTYPE html><html><head><title>Oslo</title>"
                 "<style>p { color: red }</style><script>if (a<b) x();</script></head>\n"
                 "<body><h1>The  city</h1>\n<p>Of <b>Nor</b>way,<br>in the\n south.</p></body>"),
            "Oslo\nThe city\nOf Norway,\nin the south.");
}

TEST(HtmlText, KeepsTablesListsAndCode) {
  EXPECT_EQ(page("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>"
                 "<ul><li>one<li>two</ul><pre>x\n  y</pre>z"),
            "a\tb\n1\t2\none\ntwo\nx\n  y\nz");
}

TEST(HtmlText, KnowsCharactersByNameAndNumber) {
  EXPECT_EQ(page("caf&eacute; &amp; &lt;b&gt; &#8364;&#x1F370; &nosuch; &copy 1&2 &"),
            "café & <b> €🍰 &nosuch; &copy 1&2 &");
  EXPECT_EQ(page("&#0;&#xD800;&#99999999999;"), "\uFFFD\uFFFD\uFFFD");
}

TEST(HtmlText, ReadsPastWhatIsBroken) {
  EXPECT_EQ(page("a < b <1 <p title='x > y' class=\"q'\"  z>text</nosuch><!-- hidden <p> -->!"),
            "a < b <1\ntext!");
  EXPECT_EQ(page("seen<!-- never closed <p>not seen"), "seen");
  EXPECT_EQ(page("seen<script>var x = '</scrip>';"), "seen");
  EXPECT_EQ(page("seen<a href='never closed>x"), "seen");
  EXPECT_EQ(page("<script>a</SCRIPT>seen<!-->too"), "seentoo");
}

TEST(HtmlText, IsInTheEncodingThatThePageDeclares) {
  EXPECT_EQ(page("<meta charset='iso-8859-1'><p>caf\xE9 \x80"), "café €");
  EXPECT_EQ(page("<meta charset=shift_jis><p>\x93\xFA"), invalid_file);
  EXPECT_EQ(page("<p>caf\xE9"), invalid_file);
  EXPECT_EQ(page("<meta charset='iso-8859-1'><p>café"), "café") << "what is UTF-8 is read as that";
}

// ---- Office documents ---------------------------------------------------------------------------

TEST(OfficeText, OfAWordDocumentHasALineForEachParagraph) {
  EXPECT_EQ(text_of("a.docx", docx_of("<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr>"
                                      "<w:r><w:t>The </w:t></w:r><w:r><w:t>first &amp; </w:t>"
                                      "<w:tab/><w:t>last</w:t><w:br/><w:t>line</w:t></w:r></w:p>"
                                      "<w:p><w:r><w:delText>gone</w:delText>"
                                      "<w:t xml:space='preserve'> caf&#233;</w:t></w:r></w:p>")),
            "The first & \tlast\nline\n café");
}

TEST(OfficeText, HasTabsBetweenTheCellsOfATable) {
  const auto cell = [](const std::string& text) {
    return "<w:tc><w:p><w:r><w:t>" + text + "</w:t></w:r></w:p></w:tc>";
  };
  EXPECT_EQ(text_of("a.docx", docx_of("<w:tbl><w:tr>" + cell("a") + cell("b") + "</w:tr><w:tr>" +
                                      cell("1") + cell("2") + "</w:tr></w:tbl>")),
            "a\tb\n1\t2");
}

TEST(OfficeText, SaysOnceWhatADocumentSaysForOldReadersAgain) {
  EXPECT_EQ(text_of("a.docx", docx_of("<w:p><mc:AlternateContent><mc:Choice><w:r><w:t>box</w:t>"
                                      "</w:r></mc:Choice><mc:Fallback><w:r><w:t>box</w:t></w:r>"
                                      "</mc:Fallback></mc:AlternateContent></w:p>")),
            "box");
}

TEST(OfficeText, HasTheNotesOfADocumentBehindItsBody) {
  const auto part = [](const std::string& text) {
    return "<w:x><w:p><w:r><w:t>" + text + "</w:t></w:r></w:p></w:x>";
  };
  EXPECT_EQ(text_of("a.docx", zip_of({{"word/endnotes.xml", part("end")},
                                      {"word/footnotes.xml", part("foot")},
                                      {"word/document.xml", part("body")}})),
            "body\nfoot\nend");
}

TEST(OfficeText, OfAPresentationIsInTheOrderOfItsSlides) {
  const auto slide = [](const std::string& text) {
    return "<p:sld><a:p><a:r><a:t>" + text + "</a:t></a:r></a:p></p:sld>";
  };
  EXPECT_EQ(text_of("a.pptx", zip_of({{"ppt/slides/slide10.xml", slide("ten")},
                                      {"ppt/slides/slide2.xml", slide("two")},
                                      {"ppt/slides/_rels/slide1.xml.rels", "<x/>"},
                                      {"ppt/slides/slide1.xml", slide("one")}})),
            "one\ntwo\nten");
}

TEST(OfficeText, IsNotMadeOfOtherArchives) {
  EXPECT_EQ(text_of("a.docx", zip_of({{"a.txt", "text"}})), invalid_file);
  EXPECT_EQ(text_of("a.pptx", zip_of({{"a.txt", "text"}})), invalid_file);
  EXPECT_EQ(text_of("a.docx", "no archive"), invalid_file);
  EXPECT_EQ(text_of("a.docx", docx_of("")), invalid_file) << "nothing is written in it";
}

// ---- PDF ----------------------------------------------------------------------------------------

std::string opening_hours() {
  return file_text(source_path("fixtures/search/kitchen/opening_hours.pdf"));
}

TEST(PdfText, IsWhatPdftotextReads) {
  const std::string text = text_of("a.pdf", opening_hours());
  EXPECT_NE(text.find("Café Fjord is open"), std::string::npos) << text;
  EXPECT_EQ(text.find('\f'), std::string::npos);
}

TEST(PdfText, FailsAsNotSupportedWithoutTheProgram) {
  EXPECT_EQ(std::get<TextFailure>(pdf_text("%PDF-1.4", "no-such-program-anywhere")), unsupported());
}

TEST(PdfText, FailsWhereTheProgramDoes) {
  EXPECT_EQ(text_of("a.pdf", "%PDF-1.4\nnothing else"), invalid_file);
  EXPECT_EQ(text_of("a.pdf", "no pdf"), invalid_file);
  EXPECT_EQ(std::get<TextFailure>(pdf_text(opening_hours(), "pdftotext", {.output_bytes = 20})),
            too_large());
}

}  // namespace
}  // namespace assistants_mock::mock_server::search
