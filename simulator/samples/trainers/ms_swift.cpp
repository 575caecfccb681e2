// ms-swift: roles of its own for calls and results, `loss` on what the
// assistant says, `channel` for losses by kind. It drops reasoning_content, so
// thoughts stand in the words (dataset/preprocessor/core.py).
// Tested by tests/samples/trainer_test.cpp.
#include "simulator/samples/message_json.h"
#include "simulator/samples/row_rules.h"
#include "simulator/samples/trainer.h"

namespace simulate {

namespace {

// A thought, words, and each call become messages of their own, which it puts
// together again without anything between them.
void add_assistant(const Message& message, Json& messages) {
  std::string text = think_block(message.thinking) + message.content;
  if (!text.empty() || message.calls.empty()) {
    messages.push_back(
        {{"role", "assistant"}, {"content", text}, {"loss", message.train}});
  }
  for (const ToolCall& call : message.calls) {
    Json object = {{"name", call.name}, {"arguments", call.arguments}};
    messages.push_back({{"role", "tool_call"},
                        {"content", to_text(object)},
                        {"loss", message.train}});
  }
}

Json row(const Sample& sample, const Family&) {
  Json result = {{"messages", Json::array()}};
  Json& messages = result["messages"];
  for (const Message& message : sample.messages) {
    switch (message.speaker) {
      case Speaker::assistant:
        add_assistant(message, messages);
        break;
      case Speaker::tool:
        messages.push_back({{"role", "tool_response"},
                            {"content", result_text(message.result)}});
        break;
      case Speaker::system:
      case Speaker::tester:
        bool system = message.speaker == Speaker::system;
        messages.push_back({{"role", system ? "system" : "user"},
                            {"content", message.content}});
    }
  }
  if (!sample.tools.empty()) {
    result["tools"] = to_text(tools_json(sample.tools));
  }
  result["channel"] = string_at(sample.metadata, "situation", "none");
  return result;
}

Json preference_row(const Preference& pair, const Family& family) {
  Json result = row(pair.chosen, family);
  Sample other = pair.chosen;
  other.messages.back() = pair.rejected;
  result["rejected_messages"] = row(other, family)["messages"];
  return result;
}

std::string fault(const Json& row, const Family&) {
  bool learns = false;
  for (const Json& message : row["messages"]) {
    std::string role = string_at(message, "role");
    if (!message["content"].is_string()) return "a message without text";
    if (role == "tool_call" && !is_object_text(message["content"])) {
      return "a call that it cannot read";
    }
    learns = learns || message.value("loss", false);
  }
  return learns ? "" : "no message to learn";
}

std::string refusal(const Family& family, TrainedThoughts) {
  return family.thought == ThoughtPlace::thinking
             ? "would put its thoughts into the answer"
             : "";
}

Files files(const DatasetFacts& facts) {
  std::string command =
      "#!/bin/sh\n"
      "# sh swift.sh MODEL\n"
      "swift sft --model \"$1\" --dataset " +
      data_file("train", facts.container) + " \\\n";
  if (facts.has_validation) {
    command +=
        "  --val_dataset " + data_file("validation", facts.container) + " \\\n";
  }
  if (facts.family->tagged_results) command += "  --agent_template hermes \\\n";
  if (facts.thoughts != TrainedThoughts::none) {
    command += "  --add_non_thinking_prefix false \\\n";
  }
  command +=
      "  --loss_scale default --enable_channel_loss true \\\n"
      "  --max_length " +
      std::to_string(fitting_length(facts)) +
      " \\\n"
      "  --output_dir tuned\n";
  return {{"swift.sh", command}};
}

}  // namespace

const Trainer& ms_swift() {
  static const Trainer trainer = {
      .name = "ms-swift",
      .title = "ms-swift",
      .row = row,
      .fault = fault,
      .refusal = refusal,
      .preference_row = preference_row,
      .files = files,
  };
  return trainer;
}

}  // namespace simulate
