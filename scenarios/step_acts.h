#pragma once
// Writes the message or the calls of one step as acts. What hosted tools bring about is noted at
// once, for the texts of later steps.
#include "scenarios/hosted_tools.h"
#include "scenarios/playback.h"
#include "scenarios/template_text.h"
#include "scenarios/turn_timing.h"

namespace assistants_mock::scenarios {

class StepActs {
 public:
  // Refers to all of them. `values` takes what hosted tools brought about from `hosted`.
  StepActs(TurnTiming& turn, const Scenario& scenario, const TemplateValues& values,
           HostedTools& tools, HostedOutcomes& hosted)
      : turn_(turn), scenario_(scenario), values_(values), tools_(tools), hosted_(hosted) {}

  void add(const Say& say);
  void add(const Call& call);

 private:
  void add_part(std::size_t index, const SayPart& part, const Pieces& pieces);
  void add_text(std::size_t index, std::string_view text, const Pieces& pieces);
  void add_pieces(AddToMessage delta, std::string_view text, const Pieces& pieces);
  void add_tool(std::size_t index, const FunctionCall& function, const Pieces& pieces);
  void add_tool(std::size_t index, const CodeRun& code, const Pieces& pieces);
  void add_tool(std::size_t index, const FileSearch& search, const Pieces& pieces);
  void make_file(const MadeFile& file);

  TurnTiming& turn_;
  const Scenario& scenario_;
  TemplateValues values_;
  HostedTools& tools_;
  HostedOutcomes& hosted_;
};

}  // namespace assistants_mock::scenarios
