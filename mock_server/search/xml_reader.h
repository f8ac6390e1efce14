#pragma once
// XML as office documents are made of it, read in one pass: tags and text, no declarations of its
// own, so that nothing expands.
#include <string>
#include <string_view>
#include <vector>

namespace assistants_mock::mock_server::search {

// Is told what the document holds. Names are without their prefix: "t" of <w:t>.
class XmlReceiver {
 public:
  virtual ~XmlReceiver() = default;
  // `parent` is empty for the outermost element. An empty element begins and ends too.
  virtual void element_begins(std::string_view name, std::string_view parent) = 0;
  virtual void element_ends(std::string_view name, std::string_view parent) = 0;
  // A piece of the text of the element that began last and did not end.
  virtual void text(std::string_view piece, std::string_view element) = 0;
  // Whether to go on; asked at every tag.
  virtual bool wants_more() const = 0;
};

// Elements within elements that are read.
inline constexpr std::size_t most_xml_depth = 256;

// False as soon as `document`, valid UTF-8, is not well-formed where it matters: elements that do
// not nest or too deep, unknown entities, a cut end, a document type. True too when the receiver
// has enough. Time and memory are in proportion to the document.
bool read_xml(std::string_view document, XmlReceiver& receiver);

}  // namespace assistants_mock::mock_server::search
