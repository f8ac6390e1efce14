#pragma once
// Every key of the language in tables for people to read, made from the field table.
#include <string>

namespace assistants_mock::scenarios {

// Markdown: a heading and a table for each kind of map. A part of docs/scenarios.md.
std::string reference_tables();

}  // namespace assistants_mock::scenarios
