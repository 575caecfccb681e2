#include "simulator/export/record.h"

#include "simulator/transcript/render.h"

namespace simulate {

namespace {

const char* record_role(Speaker speaker) {
  switch (speaker) {
    case Speaker::system:
      return "system";
    case Speaker::tester:
      return "user";
    case Speaker::assistant:
      return "assistant";
    case Speaker::tool:
      return "tool";
  }
  return "user";
}

Json record_message(const Message& message, ToolSyntax syntax) {
  return {{"role", record_role(message.speaker)},
          {"content", message_text(message, syntax, Thinking::shown)},
          {"train", message.speaker == Speaker::assistant && message.train}};
}

Json record_metadata(const Conversation& conversation) {
  const Slot& slot = conversation.slot;
  const Transcript& transcript = conversation.transcript;
  return {{"record_version", kRecordVersion},
          {"persona", slot.persona},
          {"language", conversation.language},
          {"storyline", slot.storyline},
          {"session", slot.session},
          {"situation", slot.situation},
          {"assistant", conversation.assistant},
          {"tester", conversation.tester},
          {"rewriter", conversation.rewriter},
          {"prompts", conversation.prompts},
          {"seed", conversation.run_seed},
          {"ending", ending_name(transcript.ending)},
          {"turns", transcript.turns()},
          {"tool_calls", transcript.tool_calls()},
          {"tool_errors", transcript.tool_errors()},
          {"tool_failures", transcript.tool_failures()},
          {"input_tokens", conversation.usage.input_tokens},
          {"output_tokens", conversation.usage.output_tokens}};
}

}  // namespace

std::string render_record(const Conversation& conversation, ToolSyntax syntax) {
  Json record;
  record["id"] = conversation_id(conversation.slot.number);
  record["conversations"] = Json::array();
  for (const Message& message : conversation.transcript.messages) {
    record["conversations"].push_back(record_message(message, syntax));
  }
  record["metadata"] = record_metadata(conversation);
  return to_text(record);
}

}  // namespace simulate
