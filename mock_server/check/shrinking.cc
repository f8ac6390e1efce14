#include "mock_server/check/shrinking.h"

#include <set>
#include <string>
#include <utility>

#include "scenarios/generator/simpler_scenarios.h"
#include "scenarios/scenario_writer.h"

namespace assistants_mock::mock_server::check {

using scenarios::Scenario;

Shrunk shrink(Scenario scenario, const FindBroken& find_broken, std::size_t most_tries) {
  Shrunk shrunk{.scenario = std::move(scenario)};
  std::set<std::string> kept_the_rule;  // and will do so again
  while (shrunk.tries < most_tries) {
    std::vector<Scenario> candidates = simpler_scenarios(shrunk.scenario);
    std::erase_if(candidates, [&](const Scenario& candidate) {
      return kept_the_rule.contains(to_yaml(candidate));
    });
    const Found found = find_broken(candidates, most_tries - shrunk.tries);
    shrunk.tries += found.tried;
    if (!found.place) break;
    for (std::size_t place = 0; place < *found.place; ++place)
      kept_the_rule.insert(to_yaml(candidates[place]));
    shrunk.scenario = std::move(candidates[*found.place]);
  }
  return shrunk;
}

}  // namespace assistants_mock::mock_server::check
