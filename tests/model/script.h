#pragma once
// How runs behave in the model's world: the scenario that the server plays, and the same in plain
// fields. Behaviours are chosen by how the last message of a user begins.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assistants_mock::tests::model {

enum class MoveKind {
  open_message,
  close_message,
  open_calls,   // of functions
  demand,       // their outputs
  hosted,       // opens a step whose calls the service does itself
  close_calls,  // of those
  make_file,    // which code wrote
  fail,
  cut,  // the run is incomplete
  hang,
  complete,
};

struct Move {
  std::int64_t after = 0;  // milliseconds since the last one
  MoveKind kind;
  std::vector<std::string> names = {};  // of the tools that are called; the text of a message
};

enum class CancelKind { settles, too_late, never };

struct Behaviour {
  std::string message;  // of the user; empty: any other
  std::vector<Move> moves;
  std::optional<std::int64_t> queued = 1'000;  // none: for ever
  CancelKind cancel = CancelKind::settles;
  std::int64_t settles_after = 1'000;
  std::string error = {};  // that it fails with
};

const std::vector<Behaviour>& behaviours();
const Behaviour& behaviour_of(const std::string& last_user_message);

// What files do in vector stores, by the beginning of their names.
struct Indexing {
  std::string filename;
  std::optional<std::int64_t> takes;  // none: for ever
  std::string error = {};
};
const Indexing& indexing_of(const std::string& filename);

// The same as YAML.
extern const char* const scenario_path;

}  // namespace assistants_mock::tests::model
