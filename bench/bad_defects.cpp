// How each kind of defect is made of a place's good reply and a written line,
// and where it fits.
#include <array>

#include "bench/bad_speakers.h"

namespace bench {

using simulate::Random;

namespace {

enum class Fits {
  anywhere,
  first,           // of the person's messages
  later,           // than the first
  last,            // of the person's messages
  repeating,       // after a reply of some length of its own
  parroting,       // words of some length
  answering,       // where the good reply is words
  before_calls,    // where this turn has no call yet
  before_results,  // where the conversation has none
};

struct Kind {
  const char* role;
  const char* name;
  Fits fits;
};

constexpr std::array kKinds = {
    Kind{"tester", "echo", Fits::later},
    Kind{"tester", "loop", Fits::repeating},
    Kind{"tester", "near_repeat", Fits::repeating},
    Kind{"tester", "role_inversion", Fits::anywhere},
    Kind{"tester", "both_sides", Fits::anywhere},
    Kind{"tester", "name_prefix", Fits::anywhere},
    Kind{"tester", "stage_directions", Fits::anywhere},
    Kind{"tester", "talks_about_task", Fits::anywhere},
    Kind{"tester", "refusal", Fits::anywhere},
    Kind{"tester", "other_language", Fits::anywhere},
    Kind{"tester", "written_call", Fits::anywhere},
    Kind{"tester", "odd_end_mark", Fits::last},
    Kind{"tester", "leaves_while_pending", Fits::later},
    Kind{"tester", "leaves_too_early", Fits::first},
    Kind{"assistant", "claims_saved", Fits::before_results},
    Kind{"assistant", "claims_set", Fits::before_results},
    Kind{"assistant", "claims_deleted", Fits::before_results},
    Kind{"assistant", "claims_found", Fits::before_results},
    Kind{"assistant", "claims_remembered", Fits::before_results},
    Kind{"assistant", "announced_call", Fits::before_calls},
    Kind{"assistant", "prose_call", Fits::before_calls},
    Kind{"assistant", "unseen_index", Fits::before_results},
    Kind{"assistant", "words_beside_calls", Fits::before_calls},
    Kind{"assistant", "no_thinking", Fits::answering},
    Kind{"assistant", "only_thinking", Fits::answering},
    Kind{"assistant", "teacher_notes", Fits::anywhere},
    Kind{"assistant", "claims_human", Fits::answering},
    Kind{"assistant", "boilerplate", Fits::answering},
    Kind{"assistant", "refusal", Fits::answering},
    Kind{"assistant", "parroting", Fits::parroting},
    Kind{"assistant", "loop", Fits::repeating},
    Kind{"assistant", "unasked_structure", Fits::answering},
    Kind{"assistant", "other_language", Fits::answering},
    Kind{"assistant", "speaks_for_person", Fits::answering},
    Kind{"assistant", "invented_result", Fits::answering},
};

constexpr std::array kUnseenIndices = {
    "delete_memory(indices=[3])",
    "delete_memory(indices=[1, 2])",
    "update_memory(index=2, text=\"...\")",
    "delete_diary(indices=[2])",
};

}  // namespace

void BadSpeakers::plant_defect(Place& place, Random& random) const {
  auto fits = [&](Fits where) {
    switch (where) {
      case Fits::anywhere:
        return true;
      case Fits::first:
        return place.first;
      case Fits::later:
        return !place.first;
      case Fits::last:
        return place.last;
      case Fits::repeating:
        return place.values.contains("own") && !place.calls_now;
      case Fits::parroting:
        return place.tells_something && !place.calls_now;
      case Fits::answering:
        return !place.calls_now;
      case Fits::before_calls:
        return place.before_calls;
      case Fits::before_results:
        return place.before_calls && !place.knows_results;
    }
    return false;
  };
  std::vector<std::string> kinds;
  for (const Kind& kind : kKinds) {
    if (place.good.role == kind.role && fits(kind.fits)) {
      kinds.push_back(kind.name);
    }
  }
  place.good.defect = random.pick(kinds);
  place.good.looks_like.clear();
  place.good.content = defective(place, random);
}

std::string BadSpeakers::defective(const Place& place, Random& random) const {
  const std::string& kind = place.good.defect;
  const std::map<std::string, std::string>& values = place.values;
  const Lines& lines = lines_.at(place.good.language);
  std::string line;
  if (lines.defects.at(place.good.role).contains(kind)) {
    line =
        filled(random.pick(lines.defects.at(place.good.role).at(kind)), values);
  }
  if (kind == "other_language") line = foreign(place, random);
  if (kind == "loop") line = values.at("own");
  if (place.good.role == "tester") {
    return kind == "both_sides" ? values.at("bye") + "\n\nAda: " + line : line;
  }
  std::string call =
      values.contains("call") ? values.at("call") : "recall_memories()";
  if (kind == "no_thinking") return values.at("words");
  if (kind == "only_thinking") return thinking(line);
  if (kind == "teacher_notes") {
    return thinking(line) +
           (place.calls_now ? tagged(call) : values.at("words"));
  }
  if (kind == "unseen_index") line = tagged(random.pick(kUnseenIndices));
  if (kind == "words_beside_calls") line += "\n\n" + tagged(call);
  return thinking(values.at("thought")) + line;
}

}  // namespace bench
