#pragma once
// Says aloud what a scenario does: which rule answers a run and why not the others, and what
// happens in the run, as a timeline. For the command line and for tests.
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/playback.h"
#include "scenarios/rule_matching.h"

namespace assistants_mock::scenarios {

// What happens before and around a rule's turns: "queued for 1s; a cancel settles after 1s".
std::string circumstances(const Rule& rule);

// One line for each act, deltas of one part or call together on one line, as
//
//   0.000 s          a message begins
//   0.250 - 1.000 s  text: It¦ is¦ warm¦.
//   1.000 s          the message ends
//   1.000 s          the run is completed
//
// `¦` is where one delta ends and the next begins. Control characters are escaped; a long text is
// shown by its beginning and its length. Every line starts with `indent` and ends in a line feed.
std::string timeline(const std::vector<TimedAct>& turn, std::string_view indent);

// Every rule with ✓, or with what each criterion wanted above what it found; then the chosen rule's
// first turn, or what the run's last_error will say. A search finds the scenario's own files, since
// there are no vector stores. `asked_before` is how often the same question
// was asked already (at most 100 000 are played through), which is what `times` goes by.
std::string explain(const Scenario& scenario, const RunQuestion& question, int asked_before);

}  // namespace assistants_mock::scenarios
