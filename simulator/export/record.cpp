#include "simulator/export/record.h"

#include "simulator/conversation/metadata.h"
#include "simulator/transcript/render.h"

namespace simulate {

namespace {

Json record_message(const Message& message, ToolSyntax syntax) {
  return {{"role", record_role(message.speaker)},
          {"content", message_text(message, syntax, Thinking::shown)},
          {"train", message.speaker == Speaker::assistant && message.train}};
}

Json record_metadata(const Conversation& conversation) {
  Json::object_t metadata = {{"record_version", kRecordVersion}};
  const Json known = metadata_of(conversation);
  for (const auto& [name, value] : known.items()) {
    metadata.push_back({name, value});
  }
  return metadata;
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
