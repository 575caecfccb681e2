#include "simulator/base/random.h"
#include "simulator/calls/call_syntax.h"
#include "simulator/offline/assistant_calls.h"
#include "simulator/offline/assistant_view.h"
#include "simulator/offline/assistant_words.h"
#include "simulator/offline/phrasebook.h"
#include "simulator/offline/scripts.h"
#include "simulator/offline/words.h"

namespace simulate::offline {

namespace {

constexpr int kMostRounds = 4;

// Mostly clean. Now and then it begins with filler, so that in about a third of
// the conversations the rewriter has something to do.
std::string in_think_tags(const std::string& thought, Random& random) {
  std::string text = capitalised(thought);
  if (random.chance(0.06)) {
    std::string filler = random.pick(phrasebook().thoughts.fillers);
    text = filler + (filler.find('.') == std::string::npos ? thought : text);
  }
  return "<think>\n" + text + "\n</think>\n\n";
}

std::string rendered(const AssistantView& view,
                     const std::vector<PlannedCall>& calls) {
  ToolSyntax syntax = view.json_syntax ? ToolSyntax::json : ToolSyntax::python;
  std::string text;
  for (const PlannedCall& call : calls) {
    if (!text.empty()) text += '\n';
    text += render_call(syntax, call.name, call.arguments);
  }
  return text;
}

std::string reply_of(const AssistantView& view, const ChatRequest& request,
                     bool only_scenes) {
  Random random(seed_for(request.seed, "filler"));
  Answer answer;
  bool at_a_loss = only_scenes && view.line == nullptr;
  if (at_a_loss || request.scene.contains("correction")) {
    answer = safe_answer_to(view);
  } else {
    Step step = view.round < kMostRounds ? next_step(view) : Step();
    if (!step.calls.empty()) {
      return in_think_tags(step.thought, random) + rendered(view, step.calls);
    }
    answer = answer_to(view);
  }
  return in_think_tags(answer.thought, random) + answer.words;
}

}  // namespace

std::string assistant_script(const ChatRequest& request, const Texts& texts) {
  AssistantView view(request, texts, phrasebook().scenes);
  return reply_of(view, request, /*only_scenes=*/false);
}

std::string assistant_script(const ChatRequest& request, const Texts& texts,
                             const Scenes& world) {
  AssistantView view(request, texts, world);
  return reply_of(view, request, /*only_scenes=*/true);
}

}  // namespace simulate::offline
