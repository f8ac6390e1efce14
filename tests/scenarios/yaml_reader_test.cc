// The tree of a YAML text: values, their places, aliases.
#include "scenarios/yaml_reader.h"

#include <gtest/gtest.h>

#include <string>

namespace assistants_mock::scenarios {
namespace {

// Every value with its place: {a@1:4 "b"@1:7}. Mistakes are told instead.
std::string shown(const YamlNode& node) {
  const std::string place =
      "@" + std::to_string(node.place.line) + ":" + std::to_string(node.place.column);
  if (node.is_null()) return "null" + place;
  if (node.is_scalar()) return (node.plain ? node.text : '"' + node.text + '"') + place;
  std::string inside;
  for (const YamlNode& item : node.items) inside += (inside.empty() ? "" : " ") + shown(item);
  for (const YamlEntry& entry : node.entries)
    inside += (inside.empty() ? "" : " ") + entry.key + "=" + shown(entry.value);
  return (node.is_sequence() ? "[" + inside + "]" : "{" + inside + "}") + place;
}

std::string read(std::string_view text) {
  MistakeList mistakes("t");
  const SourceText source(text);
  const auto root = read_yaml(source, mistakes);
  std::string result = root && mistakes.is_empty() ? shown(*root) : "";
  for (const Mistake& mistake : mistakes.in_order())
    result += std::to_string(mistake.line) + ":" + std::to_string(mistake.column) + " " +
              mistake.what + "\n";
  return result;
}

TEST(ReadYaml, KnowsWhereEverythingIs) {
  EXPECT_EQ(read("a: 1\nb:\n  - x\n  - 'y'\n"), "{a=1@1:4 b=[x@3:5 \"y\"@4:5]@3:3}@1:1");
  EXPECT_EQ(read("{a: {b: [c]}}"), "{a={b=[c@1:10]@1:9}@1:5}@1:1");
}

TEST(ReadYaml, CountsColumnsInBytes) {
  EXPECT_EQ(read("{ä: ö, b: c}"), "{ä=ö@1:6 b=c@1:13}@1:1");
}

TEST(ReadYaml, LeavesOutAByteOrderMark) {
  EXPECT_EQ(read("\xEF\xBB\xBF"
                 "a: 1"),
            "{a=1@1:4}@1:1");
}

TEST(ReadYaml, PutsAnAbsentValueAtItsKey) {
  EXPECT_EQ(read("a:\nb: ~\n"), "{a=null@1:1 b=null@2:4}@1:1");
}

TEST(ReadYaml, FillsAliasesIn) {
  EXPECT_EQ(read("a: &x [1]\nb: *x\nc: *x\n"), "{a=[1@1:8]@1:4 b=[1@1:8]@1:4 c=[1@1:8]@1:4}@1:1");
  EXPECT_EQ(read("a: &x\n  b: &y 1\nc: [*x, *y]\n"),
            "{a={b=1@2:6}@1:4 c=[{b=1@2:6}@1:4 1@2:6]@3:4}@1:1");
}

TEST(ReadYaml, TellsQuotedFromPlain) {
  EXPECT_EQ(read("- 5\n- '5'\n- \"5\"\n- |\n  5\n"), "[5@1:3 \"5\"@2:3 \"5\"@3:3 \"5\n\"@4:3]@1:1");
}

TEST(ReadYaml, AnEmptyTextIsNothing) {
  EXPECT_EQ(read(""), "null@1:1");
  EXPECT_EQ(read("---\n"), "null@2:1");
}

TEST(ReadYaml, FindsClosingQuotesBehindAnchorsAndEscapes) {
  EXPECT_EQ(read(R"(a: &x "b\"c")"), "{a=\"b\"c\"@1:4}@1:1");
  EXPECT_EQ(read("a: 'it''s'"), "{a=\"it's\"@1:4}@1:1");
  EXPECT_EQ(read("a: &x 'it''s\n"), "1:7 the quote that opens here is never closed\n");
  EXPECT_EQ(read("\"a\\\""),
            "1:5 this is not YAML: illegal EOF in scalar; a quote is opened and never closed\n");
}

TEST(ReadYaml, GoesOnAfterAMistakeThatLeavesTheRestReadable) {
  EXPECT_EQ(read("a: 1\na: 2\n<<: x\n? [b]\n: c\nd: !t 1\n"),
            "2:1 the key 'a' is here twice; the first is in line 1\n"
            "3:1 merge keys (<<) are not used here; write the keys out\n"
            "4:3 a key has to be a text, not a list or a map\n"
            "6:4 tags such as !!str are not used here; quotes make a text of a value\n");
}

TEST(ReadYaml, StopsAtTheLimitOfDepth) {
  const std::string fits(max_yaml_depth, '[');
  EXPECT_EQ(read(fits + std::string(max_yaml_depth, ']')).substr(0, 1), "[");
  EXPECT_EQ(read("[" + fits + std::string(max_yaml_depth + 1, ']')),
            "1:65 lists and maps are nested too deep here; at most 64 levels are read\n");
}

TEST(ReadYaml, StopsAtTheLimitOfValues) {
  std::string list = "[x";
  for (std::size_t item = 2; item < max_yaml_nodes; ++item) list += ",x";
  EXPECT_EQ(read(list + "]").substr(0, 1), "[");
  EXPECT_NE(read(list + ",x]").find("too much to read"), std::string::npos);
}

TEST(ReadYaml, StopsAtTheLimitOfBytes) {
  const std::string text = "- &x " + std::string(max_yaml_bytes / 8, 'x') + "\n";
  std::string aliases;
  for (int alias = 0; alias < 6; ++alias) aliases += "- *x\n";
  EXPECT_EQ(read(text + aliases).substr(0, 1), "[");
  EXPECT_NE(read(text + aliases + "- *x\n").find("too much to read"), std::string::npos);
}

}  // namespace
}  // namespace assistants_mock::scenarios
