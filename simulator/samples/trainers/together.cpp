// Together's tuning: as OpenAI's, with thoughts in reasoning_content. Of data
// with thoughts it learns the last message of a sample alone. Its check knows
// no keys but these two, and wants a content in every message.
// Tested by tests/samples/trainer_test.cpp.
#include <set>

#include "simulator/samples/message_json.h"
#include "simulator/samples/row_rules.h"
#include "simulator/samples/trainer.h"

namespace simulate {

namespace {

Json tuned_message(const Message& message, const Sample& sample) {
  MessageForm form{.text_arguments = true};
  Json object = message_json(message, form, sample.syntax);
  object.erase("name");
  if (message.speaker == Speaker::assistant) {
    object["weight"] = message.train ? 1 : 0;
  }
  return object;
}

Json row(const Sample& sample, const Family&) {
  Json result = {{"messages", Json::array()}};
  for (const Message& message : sample.messages) {
    result["messages"].push_back(tuned_message(message, sample));
  }
  if (!sample.tools.empty()) result["tools"] = tools_json(sample.tools);
  return result;
}

bool names_its_tools(const Json& row) {
  std::set<std::string> names;
  for (const Json& tool : row.value("tools", Json::array())) {
    names.insert(string_at(tool["function"], "name"));
  }
  for (const Json& message : row["messages"]) {
    for (const Json& call : message.value("tool_calls", Json::array())) {
      bool learnt = message.value("weight", 0) == 1;
      if (learnt && !names.contains(string_at(call["function"], "name"))) {
        return false;
      }
    }
  }
  return true;
}

std::string fault(const Json& row, const Family&) {
  std::string chat = chat_fault(row["messages"], {.text_arguments = true});
  if (!chat.empty()) return chat;
  return names_its_tools(row) ? "" : "a call of a tool that is not offered";
}

Json preference_row(const Preference& pair, const Family& family) {
  return tuning_pair(row(pair.chosen, family),
                     tuned_message(pair.rejected, pair.chosen));
}

}  // namespace

const Trainer& together_tuning() {
  static const Trainer trainer = {
      .name = "together",
      .title = "Together fine-tuning",
      .learns = Learns::last_with_thoughts,
      .needs_family = false,
      .row = row,
      .fault = fault,
      .preference_row = preference_row,
  };
  return trainer;
}

}  // namespace simulate
