// Notices when the same replies give other requests or another conversation
// than they gave when kConduct got its number.
#include "simulator/conversation/conduct.h"

#include <gtest/gtest.h>

#include "simulator/base/hash.h"
#include "simulator/base/random.h"
#include "simulator/calls/reply_parser.h"
#include "simulator/models/recorded.h"
#include "simulator/transcript/render.h"
#include "tests/calls/dialects.h"
#include "tests/calls/random_calls.h"
#include "tests/conversation/stage.h"

namespace simulate {
namespace {

struct Golden {
  int conduct;
  const char* hash;
};

constexpr Golden kGolden = {6, "a5a0b45ccefdac54"};

// What went in and what came out of one conversation.
std::string trace_of(Stage& stage) {
  std::string trace;
  try {
    Conversation made = stage.play();
    for (const Message& message : made.transcript.messages) {
      trace += message_text(message, ToolSyntax::json, Thinking::shown) +
               (message.train ? " +\n" : " -\n") + message.original_thinking;
    }
    trace += ending_name(made.transcript.ending) + made.state.text;
  } catch (const AttemptFailure& failure) {
    trace += failure.reason() + failure.what();
  }
  for (const auto& [role, requests] : stage.requests) {
    for (const ChatRequest& request : requests) {
      trace += request_hash(request) + '\n';
      if (request.previous_rejection) {
        trace += request.previous_rejection->reason;
      }
    }
  }
  return trace;
}

const std::string kThought = "<think>\nI look it up.\n</think>\n\n";

std::vector<Stage::Lines> assistants() {
  const std::string call = "<tool_call>recall_memories()</tool_call>";
  const std::string add =
      "<tool_call>add_memory(input_text=[\"Bo sails.\"])</tool_call>";
  return {
      {kThought + "Hello."},
      {kThought + add + "\n" + call, "I have it."},
      {call, call, call, call, call, "Now then."},
      {"<tool_call>delete_memory(position=9)</tool_call>", "No such thing."},
      {"<tool_call>nonsense(</tool_call>", "Well."},
      {"<tool_call>add_memory(input_text=7)</tool_call>", "Well."},
      {add + "<tool_call>nonsense(</tool_call>", "Half of it."},
      {"", "An answer."},
      {"<|im_start|>", "An answer."},
      {"A <tool_result> here", "An answer."},
      {"", ""},
      {"<tool_call>{\"name\": \"add_memory\", \"arguments\": {\"input_text\": "
       "[\"a\"]}}</tool_call>",
       "Kept."},
      {"Sure. [recall_memories(), add_memory(input_text=[\"b\"])]", "Kept."},
  };
}

std::string trace_of_conversations() {
  std::string trace;
  for (Rewrite rewrite : {Rewrite::off, Rewrite::turn, Rewrite::conversation}) {
    for (const Stage::Lines& lines : assistants()) {
      Stage stage;
      stage.plan.slot.turns = 2;
      stage.plan.settings.rewrite = rewrite;
      stage.prompts.tester[0] +=
          " {{past}} {{news}} {{changes}} {{persona.facts}}";
      stage.plan.persona.events = {{"It sank.", "", "I swim."}};
      stage.plan.slot.events = "0";
      stage.plan.past = {true, "You: I sail.", ""};
      stage.lines[Role::tester] = {"hello", "<think>x</think>and then? [END]"};
      stage.lines[Role::assistant] = lines;
      stage.lines[Role::rewriter] = {"nothing",
                                     "<block n=\"1\">I look.</block>"};
      trace += trace_of(stage);
    }
  }
  return trace;
}

std::string trace_of_replies() {
  std::string trace;
  Random random(7);
  for (const Dialect& dialect : dialects()) {
    for (int i = 0; i < 20; ++i) {
      Turn turn{random_text(random),
                random_text(random),
                {random_call(random), random_call(random)},
                ""};
      ParsedReply reply =
          parse_reply(written(dialect, turn), tools_for(turn.calls));
      trace += reply.thinking + '\n' + reply.content + '\n';
      for (const ParsedCall& call : reply.calls) {
        trace += call.name + to_text(call.arguments) + '\n';
      }
      for (const std::string& fault : reply.faults) trace += fault + '\n';
    }
  }
  return trace;
}

TEST(Conduct, HasANumberThatRisesWithWhatItDoes) {
  std::string hash = short_hash(trace_of_conversations() + trace_of_replies());
  bool same = hash == kGolden.hash;
  EXPECT_TRUE(same == (kGolden.conduct == kConduct))
      << "The same replies give other requests or another conversation than "
         "under conduct "
      << kGolden.conduct
      << ". When that is meant, raise kConduct, say in conduct.h what changed, "
         "and write here {"
      << kConduct << ", \"" << hash << "\"}.";
  EXPECT_TRUE(same) << "the golden value is of another conduct: {" << kConduct
                    << ", \"" << hash << "\"}";
}

}  // namespace
}  // namespace simulate
