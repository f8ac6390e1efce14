#include "tests/model/sequences.h"

#include <rapidcheck.h>
#include <rapidcheck/state.h>

#include <algorithm>
#include <sstream>

namespace assistants_mock::tests::model {
namespace {

class ChosenCommand : public rc::state::Command<World, CheckedApi> {
 public:
  explicit ChosenCommand(const Choice& choice) : choice_(choice) {}

  // That what it refers to is there: a run of which no thread has any cannot be asked for.
  void checkPreconditions(const World& world) const override {
    bool possible = true;
    static_cast<void>(drawn(world, *choice_.operation, choice_.choices, possible));
    RC_PRE(possible);
  }
  void apply(World& world) const override {
    bool possible = true;
    static_cast<void>(answered(world, drawn(world, *choice_.operation, choice_.choices, possible)));
  }
  void run(const World&, CheckedApi& api) const override {
    api.ask(*choice_.operation, choice_.choices);
  }
  void show(std::ostream& out) const override { out << written({choice_}); }
  const Choice& choice() const { return choice_; }

 private:
  Choice choice_;
};

using Chosen = std::shared_ptr<const rc::state::Command<World, CheckedApi>>;

// Operations as often as they weigh.
const std::vector<const Operation*>& lots() {
  static const auto all = [] {
    std::vector<const Operation*> weighed;
    for (const Operation& operation : all_operations())
      weighed.insert(weighed.end(), static_cast<std::size_t>(operation.weight), &operation);
    return weighed;
  }();
  return all;
}

Choice any_choice(rc::Random random) {
  Choice choice{lots()[random.next() % lots().size()]};
  for (std::size_t place = 0; place < choice.choices.size(); place += sizeof(std::uint64_t)) {
    std::uint64_t bits = random.next();
    for (std::size_t byte = 0; byte < sizeof bits; ++byte, bits >>= 8U)
      choice.choices[place + byte] = static_cast<std::uint8_t>(bits & 0xFFU);
  }
  return choice;
}

// All at their simplest, then one after the other: nought, half, one less.
std::vector<Choice> simpler(const Choice& choice) {
  std::vector<Choice> all;
  if (choice.choices != Choices{}) all.push_back({choice.operation});
  for (std::size_t place = 0; place < choice.choices.size(); ++place) {
    const unsigned value = choice.choices[place];
    for (const unsigned less : {0U, value / 2, value - 1}) {
      if (value == 0 || (less != 0 && less >= value)) continue;
      all.push_back(choice);
      all.back().choices[place] = static_cast<std::uint8_t>(less);
    }
  }
  return all;
}

rc::Gen<Chosen> any_command(const World&) {
  return rc::Gen<Chosen>([](const rc::Random& random, int) {
    auto choices = rc::shrinkable::shrinkRecur(any_choice(random), [](const Choice& choice) {
      return rc::seq::fromContainer(simpler(choice));
    });
    return rc::shrinkable::map(std::move(choices), [](const Choice& choice) -> Chosen {
      return std::make_shared<ChosenCommand>(choice);
    });
  });
}

Sequence sequence_of(const std::vector<Chosen>& commands) {
  Sequence sequence;
  for (const Chosen& command : commands)
    sequence.push_back(dynamic_cast<const ChosenCommand&>(*command).choice());
  return sequence;
}

}  // namespace

std::string written(const Sequence& sequence) {
  std::string text;
  for (const auto& [operation, choices] : sequence) {
    text += operation->id;
    const auto last = std::ranges::find_if(choices.rbegin(), choices.rend(),
                                           [](std::uint8_t choice) { return choice != 0; });
    for (auto choice = choices.begin(); choice != last.base(); ++choice)
      text += "\t" + std::to_string(*choice);
    text += "\n";
  }
  return text;
}

Sequence read_sequence(const std::string& text) {
  Sequence sequence;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == '#') continue;
    std::istringstream fields(line);
    std::string field;
    std::getline(fields, field, '\t');
    Choice choice{&operation_named(field)};
    for (std::size_t place = 0; std::getline(fields, field, '\t'); ++place)
      choice.choices.at(place) = static_cast<std::uint8_t>(std::stoi(field));
    sequence.push_back(choice);
  }
  return sequence;
}

Sequence drawn_sequence(std::uint64_t seed, std::size_t length) {
  rc::Random random(seed);
  Sequence sequence;
  World world;
  while (sequence.size() < length) {
    const Choice choice = any_choice(random.split());
    bool possible = true;
    const Asked asked = drawn(world, *choice.operation, choice.choices, possible);
    if (!possible) continue;
    static_cast<void>(answered(world, asked));
    sequence.push_back(choice);
  }
  return sequence;
}

Checked check_sequences(const Plan& plan) {
  Checked checked;
  rc::detail::TestParams params = rc::detail::configuration().testParams;
  checked.seed = params.seed;
  params.seed += plan.part;
  params.maxSuccess = plan.sequences;
  const auto property = [&] {
    const auto commands =
        *rc::gen::resize(plan.longest, rc::state::gen::commands(World{}, any_command));
    CheckedApi api(checked.tally, plan.model);
    try {
      // Not runAll: the world that it would bring along is the one that `api` has.
      for (const Chosen& command : commands) command->run(api.world(), api);
    } catch (const Divergence& divergence) {
      // RapidCheck keeps what is smaller and diverges still: the last one is the smallest.
      checked.shrunk = sequence_of(commands);
      checked.transcript = divergence.what();
      RC_FAIL("divergence");
    }
  };
  const auto result = rc::detail::checkTestable(property, rc::detail::TestMetadata{}, params);
  if (!result.is<rc::detail::SuccessResult>() && checked.shrunk.empty()) {
    std::ostringstream text;
    rc::detail::printResultMessage(result, text);
    checked.trouble = text.str();
  }
  return checked;
}

}  // namespace assistants_mock::tests::model
