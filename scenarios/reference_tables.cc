// Writes the field table as Markdown.
#include "scenarios/reference_tables.h"

#include "scenarios/field_table.h"

namespace assistants_mock::scenarios {

namespace {

std::string row(const Field& field) {
  std::string cells = "| `" + std::string(field.key) + "`" + (field.required ? " (needed)" : "");
  cells += " | " + std::string(info(field.value).wording);
  return cells + " | " + std::string(field.description) + " |\n";
}

// "a say step" as "Say step".
std::string heading(std::string_view title) {
  for (std::string_view article : {"a ", "an ", "the "})
    if (title.starts_with(article)) {
      title.remove_prefix(article.size());
      break;
    }
  std::string text(title);
  if (text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

}  // namespace

std::string reference_tables() {
  std::string text;
  for (const SectionInfo& section : sections()) {
    text += "### " + heading(section.title) + "\n\n" + std::string(section.description) + "\n\n";
    text += "| key | takes | meaning |\n|---|---|---|\n";
    for (const Field& field : fields_of(section.section)) text += row(field);
    text += '\n';
  }
  text.pop_back();
  return text;
}

}  // namespace assistants_mock::scenarios
