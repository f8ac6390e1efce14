#pragma once
// An example: a small client of the API in C++, over cpp-httplib, that polls. It has one
// conversation of one question. What it does right can be switched off, one thing at a time, for
// tests that look whether the checker sees it.
#include <string>

namespace assistants_mock::tests {

// All of it right.
struct Habits {
  bool knows_incomplete = true;  // as an end
  bool knows_expired = true;
  bool answers_all_calls = true;      // else the first alone
  bool answers_unknown_calls = true;  // of functions that it never declared
  bool guards_arguments = true;       // against what is no JSON
  bool answers_by_id = true;          // else all under the first call's id
  bool looks_at_status = true;        // else whatever ended is a success
  bool looks_for_lost = true;         // else what was lost is sent again
  bool waits_as_told = true;          // before it tries again
  bool gives_up = true;               // after some tries
  bool pauses = true;                 // between two polls
  bool reads_all_pages = true;
  bool filters_by_run = true;   // else the newest message of the thread is the reply
  bool reads_all_parts = true;  // else the first, which need not be a text
  bool cancels_what_it_leaves = true;
  bool asks_twice = false;  // a second message while the run is active
  bool polls_on = false;    // after the end
  bool sends_number_as_output = false;
};

struct Conversation {
  bool success = false;
  std::string shown = {};   // to the user
  std::string reason = {};  // of no success
};

// With an assistant that is there already, or else one of its own. Throws what the client would
// crash with.
Conversation ask(const std::string& base_url, const std::string& key, const Habits& habits = {},
                 const std::string& assistant_id = {});

}  // namespace assistants_mock::tests
