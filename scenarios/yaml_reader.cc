// Builds the tree from yaml-cpp's events. Its own tree is not used: it forgets which keys came
// twice and shares what aliases stand for.
#include "scenarios/yaml_reader.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assistants_mock::scenarios {

namespace {

// Thrown through yaml-cpp once a limit is passed; the mistake is already on the list.
struct ReadingStopped {};

// Thrown where a second document begins; that is on the list, too.
struct SecondDocument {};

// yaml-cpp counts lines and columns from 0.
Place place_of(const YAML::Mark& mark) {
  if (mark.is_null()) return {};
  return {mark.line + 1, mark.column + 1};
}

struct Size {
  std::size_t nodes = 1;
  std::size_t bytes = 0;
  std::size_t depth = 1;
};

Size size_of(const YamlNode& node) {
  Size size{.bytes = node.text.size()};
  const auto add = [&size](const Size& child, std::size_t key_bytes) {
    size.nodes += child.nodes;
    size.bytes += child.bytes + key_bytes;
    size.depth = std::max(size.depth, child.depth + 1);
  };
  for (const YamlNode& item : node.items) add(size_of(item), 0);
  for (const YamlEntry& entry : node.entries) add(size_of(entry.value), entry.key.size());
  return size;
}

class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(const SourceText& source, MistakeList& mistakes)
      : source_(source), mistakes_(mistakes) {}

  YamlNode take() { return std::move(root_); }

  // The [ or { that was opened last and is still open.
  std::optional<Place> open_bracket() const {
    for (auto open = open_.rbegin(); open != open_.rend(); ++open)
      if (open->bracketed) return open->node.place;
    return std::nullopt;
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ == 1) return;
    mistakes_.add(place_of(mark),
                  "something follows the end of the scenario; a file holds one scenario");
    throw SecondDocument{};
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    add(empty_node(YamlNode::Kind::null, place_of(mark)), anchor);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    const Place place = place_of(mark);
    check_tag(place, tag);
    if (tag == "!") check_quote(place);
    add(scalar_node(value, tag == "?", place), anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    open(YamlNode::Kind::sequence, place_of(mark), tag, anchor, style);
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    open(YamlNode::Kind::map, place_of(mark), tag, anchor, style);
  }
  void OnMapEnd() override { close(); }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const Place place = place_of(mark);
    const auto found = anchored_.find(anchor);
    if (found == anchored_.end()) stop(place, "an alias cannot stand inside what it stands for");
    const Size size = size_of(found->second);
    if (open_.size() + size.depth > max_yaml_depth) stop_too_deep(place);
    spend(size, place);
    place_node(found->second);
  }

 private:
  // A list or map under way. In a map every other value is a key.
  struct Open {
    YamlNode node;
    YAML::anchor_t anchor = 0;
    bool bracketed = false;
    bool has_key = false;
    bool drop_value = false;  // of a key that a mistake was made of
    std::string key = {};
    Place key_place = {};
    std::map<std::string, Place, std::less<>> keys = {};
  };

  [[noreturn]] void stop(Place place, std::string what) {
    mistakes_.add(place, std::move(what));
    throw ReadingStopped{};
  }

  [[noreturn]] void stop_too_deep(Place place) {
    stop(place, "lists and maps are nested too deep here; at most " +
                    std::to_string(max_yaml_depth) + " levels are read");
  }

  void spend(const Size& size, Place place) {
    nodes_ += size.nodes;
    bytes_ += size.bytes;
    if (nodes_ <= max_yaml_nodes && bytes_ <= max_yaml_bytes) return;
    stop(place, "too much to read, aliases filled in: at most " + std::to_string(max_yaml_nodes) +
                    " values of together " + std::to_string(max_yaml_bytes) + " bytes are read");
  }

  void check_tag(Place place, const std::string& tag) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    mistakes_.add(place, "tags such as !!str are not used here; quotes make a text of a value");
  }

  // yaml-cpp takes the end of the text for the closing quote.
  void check_quote(Place place) {
    const std::string_view text = source_.text();
    const std::size_t start = after_properties(source_.offset_of(place));
    if (start >= text.size()) return;
    const char quote = text[start];
    if (quote != '"' && quote != '\'') return;
    for (std::size_t at = start + 1; at < text.size(); ++at) {
      if (quote == '"' && text[at] == '\\') {
        ++at;
      } else if (text[at] == quote) {
        if (quote == '"' || at + 1 >= text.size() || text[at + 1] != quote) return;
        ++at;
      }
    }
    stop(source_.place_of(start), "the quote that opens here is never closed");
  }

  // An anchor or a tag may stand between a scalar's place and its quote.
  std::size_t after_properties(std::size_t at) const {
    const std::string_view text = source_.text();
    constexpr std::string_view blank = " \t\r\n";
    while (at < text.size() && (text[at] == '&' || text[at] == '!' || text[at] == '#')) {
      at = text.find_first_of(text[at] == '#' ? "\n" : blank, at);
      at = std::min(text.find_first_not_of(blank, at), text.size());
    }
    return at;
  }

  void open(YamlNode::Kind kind, Place place, const std::string& tag, YAML::anchor_t anchor,
            YAML::EmitterStyle::value style) {
    if (open_.size() >= max_yaml_depth) stop_too_deep(place);
    check_tag(place, tag);
    spend({}, place);
    open_.push_back({.node = empty_node(kind, place),
                     .anchor = anchor,
                     .bracketed = style == YAML::EmitterStyle::Flow});
  }

  void close() {
    Open done = std::move(open_.back());
    open_.pop_back();
    remember(done.node, done.anchor);
    place_node(std::move(done.node));
  }

  void add(YamlNode node, YAML::anchor_t anchor) {
    spend({.bytes = node.text.size()}, node.place);
    remember(node, anchor);
    place_node(std::move(node));
  }

  void remember(const YamlNode& node, YAML::anchor_t anchor) {
    if (anchor == 0) return;
    spend(size_of(node), node.place);
    anchored_[anchor] = node;
  }

  // Puts a finished value where it belongs: into the list, or as key or value into the map.
  void place_node(YamlNode node) {
    if (open_.empty()) {
      root_ = std::move(node);
    } else if (Open& parent = open_.back(); parent.node.is_sequence()) {
      parent.node.items.push_back(std::move(node));
    } else if (!parent.has_key) {
      take_key(parent, node);
    } else {
      take_value(parent, std::move(node));
    }
  }

  void take_key(Open& map, const YamlNode& key) {
    map.has_key = true;
    map.key = key.text;
    map.key_place = key.place;
    map.drop_value = true;
    if (!key.is_scalar()) {
      mistakes_.add(key.place, key.is_null() ? "a key is missing here, or is null: write it out, "
                                               "or put it in quotes"
                                             : "a key has to be a text, not a list or a map");
    } else if (key.plain && key.text == "<<") {
      mistakes_.add(key.place, "merge keys (<<) are not used here; write the keys out");
    } else if (const auto [first, is_new] = map.keys.try_emplace(key.text, key.place); !is_new) {
      mistakes_.add(key.place, "the key '" + key.text + "' is here twice; the first is in line " +
                                   std::to_string(first->second.line));
    } else {
      map.drop_value = false;
    }
  }

  void take_value(Open& map, YamlNode value) {
    map.has_key = false;
    if (map.drop_value) {
      map.node.lacks_entries = true;
      return;
    }
    // yaml-cpp puts an absent value where the next one begins.
    if (value.is_null() && value.place.line != map.key_place.line) value.place = map.key_place;
    map.node.entries.push_back({std::move(map.key), map.key_place, std::move(value)});
  }

  const SourceText& source_;
  MistakeList& mistakes_;
  YamlNode root_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, YamlNode> anchored_;
  std::size_t nodes_ = 0;
  std::size_t bytes_ = 0;
  int documents_ = 0;
};

// What people most often did when yaml-cpp says this.
struct Hint {
  std::string_view said;
  std::string_view hint;
};
constexpr std::array<Hint, 9> hints = {{
    {"illegal map value", "is the indentation right, and does a text with ': ' stand in quotes?"},
    {"end of map not found", "is the indentation the same as that of the keys above?"},
    {"end of sequence not found",
     "is the indentation right? the items of a list begin with '-' in one column"},
    {"illegal block entry", "a list begins in a line of its own, indented with spaces"},
    {"illegal tab", "indent with spaces"},
    {"illegal EOF in scalar", "a quote is opened and never closed"},
    {"unknown escape character", "in single quotes a backslash needs no escape"},
    {"unknown token", "put the text in quotes"},
    {"the referenced anchor is not defined", "a text that begins with '*' has to be in quotes"},
}};

std::string not_yaml(const std::string& said) {
  for (const Hint& hint : hints)
    if (said.starts_with(hint.said))
      return "this is not YAML: " + said + "; " + std::string(hint.hint);
  return "this is not YAML: " + said;
}

void tell(const YAML::Exception& error, const TreeBuilder& builder, MistakeList& mistakes) {
  const bool unclosed =
      error.msg == "end of sequence flow not found" || error.msg == "end of map flow not found";
  const std::optional<Place> bracket = builder.open_bracket();
  if (unclosed && bracket)
    mistakes.add(*bracket, "this is not YAML: the bracket that opens here is not closed properly");
  else
    mistakes.add(place_of(error.mark), not_yaml(error.msg));
}

}  // namespace

std::optional<YamlNode> read_yaml(const SourceText& source, MistakeList& mistakes) {
  TreeBuilder builder(source, mistakes);
  std::istringstream text{std::string(source.text())};
  try {
    YAML::Parser parser(text);
    // Twice and no more: the second call finds a second document, and a loop would never end on
    // the text ",", at which yaml-cpp stands still.
    if (parser.HandleNextDocument(builder)) parser.HandleNextDocument(builder);
    return builder.take();
  } catch (const SecondDocument&) {
    return builder.take();  // what stands before it is whole
  } catch (const ReadingStopped&) {
    return std::nullopt;
  } catch (const YAML::Exception& error) {
    tell(error, builder, mistakes);
    return std::nullopt;
  }
}

}  // namespace assistants_mock::scenarios
