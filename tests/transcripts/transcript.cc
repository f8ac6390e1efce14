#include "tests/transcripts/transcript.h"

#include <sstream>
#include <stdexcept>

#include "tests/transcripts/conversation.h"

namespace assistants_mock::tests {
namespace {

constexpr std::string_view indent = "  ";

// What a person wrote: lines of comments, empty lines, and blocks of commands.
struct Block {
  std::vector<std::string> lines;
  bool commands = false;
};

std::vector<Block> blocks_of(const std::string& text) {
  std::vector<Block> blocks;
  std::istringstream stream(text);
  bool in_block = false;
  bool in_outcome = false;
  for (std::string line; std::getline(stream, line);) {
    if (line.empty()) in_block = in_outcome = false;
    if (in_outcome) continue;
    if (line == "----") {
      in_outcome = true;
    } else if (in_block) {
      blocks.back().lines.push_back(line);
    } else {
      in_block = !line.empty() && !line.starts_with('#');
      blocks.push_back({{line}, in_block});
    }
  }
  return blocks;
}

std::vector<Command> commands_of(const Block& block) {
  std::vector<Command> commands;
  for (const std::string& line : block.lines) {
    if (line.starts_with('#')) continue;
    if (!line.starts_with(indent))
      commands.push_back({line});
    else if (!commands.empty())
      commands.back().body += line.substr(indent.size()) + "\n";
    else
      throw std::invalid_argument("belongs to no command: " + line);
  }
  return commands;
}

std::string play(Conversation& conversation, const Command& command) {
  try {
    return conversation.play(command);
  } catch (const std::exception& error) {
    throw std::invalid_argument("'" + command.line + "': " + error.what());
  }
}

}  // namespace

PlayedTranscript play_transcript(const std::string& text, mock_server::api::ApiVersion version) {
  Conversation conversation(version);
  PlayedTranscript played;
  for (const Block& block : blocks_of(text)) {
    for (const std::string& line : block.lines) played.text += line + "\n";
    if (!block.commands) continue;
    played.text += "----\n";
    for (const Command& command : commands_of(block)) played.text += play(conversation, command);
  }
  played.broken = conversation.broken();
  played.events_read = conversation.events_read();
  played.moves = conversation.moves();
  return played;
}

}  // namespace assistants_mock::tests
