// Tested by tests/program/dedup_test.cpp.

#include <cstdio>
#include <set>

#include "simulator/base/screen.h"
#include "simulator/base/text.h"
#include "simulator/commands/chosen_dataset.h"
#include "simulator/commands/commands.h"

namespace simulate {

namespace {

std::vector<LeftOut> with_notes(const Selection& selection) {
  std::vector<LeftOut> chosen;
  for (const Selected& one : selection.chosen) {
    char note[64];
    std::snprintf(note, sizeof note, "number %zu: quality %.2f, new %.2f",
                  chosen.size() + 1, one.quality, one.novelty);
    chosen.push_back({static_cast<size_t>(one.number), note});
  }
  return chosen;
}

// Of what is nearly the same, only the earliest can be chosen.
void leave_out(const std::vector<LeftOut>& duplicates,
               std::vector<Choosable>& candidates) {
  std::set<int64_t> gone;
  for (const LeftOut& one : duplicates) {
    gone.insert(static_cast<int64_t>(one.place));
  }
  std::erase_if(candidates, [&](const Choosable& one) {
    return gone.contains(one.number);
  });
}

void tell(const Settings& settings, const ChosenDataset& data,
          const Selection& selection, const std::vector<LeftOut>& others) {
  std::string text =
      std::to_string(selection.chosen.size()) + " of " +
      counted(static_cast<int64_t>(data.ids().size()), "conversation") +
      " chosen";
  if (data.is_run()) {
    text += "; simulate export --output " + settings.output.string();
    text += R"( --where "marks ->> 'selected' IS NOT NULL" takes them)";
  } else {
    text += "; " + settings.to.string() + " has them";
  }
  say(settings.json ? stderr : stdout, text);
  if (!settings.json && !others.empty()) say(stdout, "Not among them:");
  tell_left_out(settings, data.ids(), others);
}

}  // namespace

ExitCode select_command(const Settings& settings) {
  if (!settings.top) throw BadUsage("how many? Say it with --top");
  ChosenDataset data(settings);
  std::vector<Choosable> candidates;
  NearDuplicates like;
  while (auto talk = data.next()) {
    size_t place = data.ids().size() - 1;
    candidates.push_back(choosable_of(*talk, place, quality_of(*talk)));
    like.add(static_cast<int64_t>(place), spoken_text(talk->transcript));
  }
  std::vector<LeftOut> others = duplicates_of(data.ids(), like.pairs());
  leave_out(others, candidates);
  Selection selection =
      select_diverse(candidates, static_cast<size_t>(*settings.top));
  for (LeftOut& one : passed_over(data.ids(), selection)) {
    others.push_back(std::move(one));
  }
  data.finish("selected", with_notes(selection), others);
  tell(settings, data, selection, others);
  return ExitCode::done;
}

}  // namespace simulate
