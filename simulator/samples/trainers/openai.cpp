// OpenAI's own tuning: messages with ids, arguments as text, `weight` 0 or 1 on
// those of the assistant; there is no place for thoughts, and no key beside
// these.
// Tested by tests/samples/trainer_test.cpp.
#include "simulator/samples/message_json.h"
#include "simulator/samples/row_rules.h"
#include "simulator/samples/trainer.h"

namespace simulate {

namespace {

Json tuned_message(const Message& message, const Sample& sample) {
  MessageForm form{.text_arguments = true};
  Message spoken = message;
  spoken.thinking.clear();
  Json object = message_json(spoken, form, sample.syntax);
  object.erase("name");
  if (message.speaker != Speaker::assistant) return object;
  if (object.contains("tool_calls") && message.content.empty()) {
    object.erase("content");
  }
  object["weight"] = message.train ? 1 : 0;
  return object;
}

Json row(const Sample& sample, const Family&) {
  Json result = {{"messages", Json::array()}};
  for (const Message& message : sample.messages) {
    result["messages"].push_back(tuned_message(message, sample));
  }
  if (sample.tools.empty()) return result;
  result["tools"] = tools_json(sample.tools);
  result["parallel_tool_calls"] = true;
  return result;
}

std::string fault(const Json& row, const Family&) {
  bool learns = false;
  for (const Json& message : row["messages"]) {
    learns = learns || message.value("weight", 0) == 1;
    if (message.contains("reasoning_content")) return "a thought";
  }
  if (!learns) return "no message to learn";
  ChatRules rules{.text_arguments = true, .content_with_calls = false};
  std::string chat = chat_fault(row["messages"], rules);
  return chat.empty() && row.contains("tools") ? tools_fault(row["tools"])
                                               : chat;
}

Json preference_row(const Preference& pair, const Family& family) {
  return tuning_pair(row(pair.chosen, family),
                     tuned_message(pair.rejected, pair.chosen));
}

}  // namespace

const Trainer& openai_tuning() {
  static const Trainer trainer = {
      .name = "openai",
      .title = "OpenAI fine-tuning",
      .takes_thoughts = false,
      .needs_family = false,
      .usual_cut = 65536,
      .row = row,
      .fault = fault,
      .preference_row = preference_row,
  };
  return trainer;
}

}  // namespace simulate
