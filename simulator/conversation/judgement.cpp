#include "simulator/conversation/judgement.h"

#include "simulator/base/text.h"
#include "simulator/guards/guard.h"

namespace simulate {

namespace {

using guards::Guard;
using guards::Said;

guards::Scene scene_of(const DialogueState& dialogue, Speaker speaker) {
  const Assignment& assignment = dialogue.assignment;
  const guards::LeakDetector& leaks = speaker == Speaker::tester
                                          ? assignment.prompts->tester_leaks
                                          : assignment.prompts->assistant_leaks;
  return {dialogue.transcript,
          assignment.persona.language,
          assignment.persona.name,
          assignment.settings.assistant_name,
          dialogue.turn,
          assignment.moment.brief ? 0 : assignment.slot.turns,
          [&leaks](const std::string& text) { return leaks.leaks(text); }};
}

// Of a reply as long as a book this much is judged: nobody waits for more.
// Tags and tokens behind it are found when the conversation is looked at as a
// whole (validate.h).
constexpr size_t kMostJudged = 64 << 10;  // bytes

// What could not be read is told as it was found.
std::string correction_of(const Guard& guard, const Said& said,
                          const std::string& assistant_name) {
  std::string text = replaced(guard.correction, "Ada", assistant_name);
  bool unread = guard.name == std::string_view("unreadable_call");
  return unread ? joined(said.faults, " ") + " " + text : text;
}

}  // namespace

Judgement judgement_of(const DialogueState& dialogue, Said said) {
  said.words = shortened(said.words, kMostJudged);
  said.thinking = shortened(said.thinking, kMostJudged);
  Judgement result;
  const std::string& name = dialogue.assignment.settings.assistant_name;
  for (const Guard* guard :
       guards::found(said, scene_of(dialogue, said.speaker))) {
    if (guard->severity == guards::Severity::untrained) {
      result.blemishes.push_back(guard->name);
    } else if (!result.rejection) {
      result.rejection =
          Rejection{guard->name, correction_of(*guard, said, name)};
    }
  }
  return result;
}

}  // namespace simulate
