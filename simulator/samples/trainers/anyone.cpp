// Formats without a trainer of their own: for scripts, and for who converts
// once more.
// Tested by tests/samples/trainer_test.cpp.
#include "simulator/calls/call_syntax.h"
#include "simulator/samples/message_json.h"
#include "simulator/samples/trainer.h"

namespace simulate {

namespace {

void add_origin(const Sample& sample, Json& row) {
  row["id"] = sample.id;
  row["metadata"] = sample.metadata;
}

Json messages_row(const Sample& sample, const Family& family) {
  MessageForm form{ThoughtPlace::reasoning_content, family.text_arguments,
                   nullptr};
  Json row = {{"messages", Json::array()}, {"tools", tools_json(sample.tools)}};
  for (const Message& message : sample.messages) {
    Json object = message_json(message, form, sample.syntax);
    if (message.speaker == Speaker::assistant) object["train"] = message.train;
    row["messages"].push_back(std::move(object));
  }
  add_origin(sample, row);
  return row;
}

Json preference_row(const Preference& pair, const Family& family) {
  Json row = trl().preference_row(pair, family);
  row["reason"] = pair.reason;
  row["metadata"] = pair.chosen.metadata;
  return row;
}

Json sharegpt_row(const Sample& sample, const Family& family) {
  Json row = llamafactory().row(sample, family);
  add_origin(sample, row);
  return row;
}

// Of NousResearch's function calling data: <tools> in the system message,
// results as <tool_response>.
std::string hermes_system(const std::string& system,
                          const std::vector<ToolSpec>& tools) {
  if (tools.empty()) return system;
  std::string text = system +
                     "\n\nYou may call the functions whose signatures stand "
                     "in <tools></tools>:\n<tools>\n";
  for (const Json& tool : tools_json(tools)) text += python_json(tool) + "\n";
  return text +
         "</tools>\nFor each call write a JSON object with the function's "
         "name and its arguments in <tool_call></tool_call>:\n<tool_call>\n"
         "{\"name\": <function-name>, \"arguments\": <args-dict>}\n"
         "</tool_call>";
}

std::string response(const ToolResult& result) {
  return "<tool_response>\n" +
         python_json({{"name", result.name}, {"content", result.body}}) +
         "\n</tool_response>";
}

Json hermes_row(const Sample& sample, const Family&) {
  Json row = {{"conversations", Json::array()},
              {"tools", to_text(tools_json(sample.tools))}};
  Json& turns = row["conversations"];
  auto add = [&turns](const char* from, const std::string& value) {
    turns.push_back({{"from", from}, {"value", value}});
  };
  for (const Message& message : sample.messages) {
    switch (message.speaker) {
      case Speaker::system:
        add("system", hermes_system(message.content, sample.tools));
        break;
      case Speaker::tester:
        add("human", message.content);
        break;
      case Speaker::assistant:
        add("gpt", reply_text(message, hermes(), sample.syntax));
        break;
      case Speaker::tool:
        if (turns.back()["from"] != "tool") {
          add("tool", response(message.result));
        } else {
          turns.back()["value"].get_ref<std::string&>() +=
              "\n" + response(message.result);
        }
    }
  }
  add_origin(sample, row);
  return row;
}

}  // namespace

const Trainer& anyone_messages() {
  static const Trainer trainer = {.row = messages_row,
                                  .rendered_row = prompt_completion,
                                  .uses_chat_template = true,
                                  .preference_row = preference_row};
  return trainer;
}

const Trainer& anyone_sharegpt() {
  static const Trainer trainer = {.format = SampleFormat::sharegpt,
                                  .learns = Learns::last,
                                  .row = sharegpt_row};
  return trainer;
}

const Trainer& anyone_hermes() {
  static const Trainer trainer = {.format = SampleFormat::hermes,
                                  .learns = Learns::last,
                                  .row = hermes_row};
  return trainer;
}

}  // namespace simulate
