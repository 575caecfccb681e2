#include "simulator/offline/assistant_script.h"

#include "simulator/base/random.h"
#include "simulator/calls/call_syntax.h"
#include "simulator/offline/assistant_calls.h"
#include "simulator/offline/assistant_words.h"
#include "simulator/offline/moment.h"
#include "simulator/offline/thoughts.h"
#include "simulator/offline/voice.h"
#include "simulator/offline/words.h"

namespace simulate::offline {

namespace {

constexpr int kMostRounds = 4;

// Raw, as models think: some of it begins with filler.
std::string in_think_tags(const std::string& thought, Random& random) {
  std::string text = capitalised(thought);
  if (random.chance(0.4)) {
    std::string filler = random.pick(thoughts::kFillers);
    text = filler + (filler.find('.') == std::string::npos ? thought : text);
  }
  return "<think>\n" + text + "\n</think>\n\n";
}

std::string rendered(const Moment& moment,
                     const std::vector<PlannedCall>& calls) {
  ToolSyntax syntax =
      moment.json_syntax ? ToolSyntax::json : ToolSyntax::python;
  std::string text;
  for (const PlannedCall& call : calls) {
    if (!text.empty()) text += '\n';
    text += render_call(syntax, call.name, call.arguments);
  }
  return text;
}

}  // namespace

std::string assistant_script(const ChatRequest& request) {
  Moment moment(request);
  Random random(seed_for(request.seed, "filler"));
  Answer answer;
  if (request.scene.contains("correction")) {
    answer = safe_answer_to(moment);
  } else {
    Step step = moment.round < kMostRounds ? next_step(moment) : Step();
    if (!step.calls.empty()) {
      return in_think_tags(step.thought, random) + rendered(moment, step.calls);
    }
    answer = answer_to(moment);
  }
  return in_think_tags(answer.thought, random) + answer.words;
}

}  // namespace simulate::offline
