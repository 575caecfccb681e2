#include "simulator/models/native_calls.h"

#include "simulator/base/text.h"

namespace simulate {

namespace {

// What Gemini takes where a call has lost its signature, or never had one:
// https://ai.google.dev/gemini-api/docs/thought-signatures, read in 2026.
constexpr const char* kUnsigned = "skip_thought_signature_validator";

// More than any model writes in one reply.
constexpr size_t kMostCalls = 128;

Json kept_of(const Message& message) {
  std::optional<Json> kept = parse_json(message.wire);
  bool fits = kept && kept->is_array() && kept->size() == message.calls.size();
  return fits ? *kept : Json::array();
}

Json signature_at(const Json& kept, size_t index) {
  if (index < kept.size() && kept[index].is_object() &&
      kept[index].contains("extra_content")) {
    return kept[index]["extra_content"];
  }
  if (index > 0) return nullptr;  // only the first of a reply must have one
  return {{"google", {{"thought_signature", kUnsigned}}}};
}

void append_call(const Json& function, ChatReply& reply) {
  Json plain = {{"name", string_at(function, "name")}};
  if (function.contains("arguments")) {
    plain["arguments"] = function["arguments"];
  }
  // A "<" only stands inside strings there, where its escape means the same.
  reply.content += "\n<tool_call>" + replaced(to_text(plain), "<", "\\u003c") +
                   "</tool_call>";
}

// A thought that was not ended would swallow the calls behind it.
void end_thought(std::string& content) {
  size_t begun = content.rfind("<think>");
  if (begun == std::string::npos) return;
  if (content.find("</think>", begun) != std::string::npos) return;
  content += "\n</think>";
}

}  // namespace

Json calls_in_fields(const WireDialect& dialect, const Message& message) {
  Json calls = Json::array();
  Json kept = dialect.signs_calls ? kept_of(message) : Json::array();
  for (size_t i = 0; i < message.calls.size(); ++i) {
    const ToolCall& call = message.calls[i];
    Json field = {
        {"id", call.id},
        {"type", "function"},
        {"function",
         {{"name", call.name}, {"arguments", to_text(call.arguments)}}}};
    Json signature =
        dialect.signs_calls ? signature_at(kept, i) : Json(nullptr);
    if (!signature.is_null()) field["extra_content"] = std::move(signature);
    calls.push_back(std::move(field));
  }
  return calls;
}

void read_calls_in_fields(const Json& message, ChatReply& reply) {
  Json calls = Json::array();
  if (auto found = message.find("tool_calls");
      found != message.end() && found->is_array()) {
    calls = *found;
  }
  if (auto old = message.find("function_call");
      calls.empty() && old != message.end() && old->is_object()) {
    calls.push_back({{"function", *old}});
  }
  Json kept = Json::array();
  for (const Json& call : calls) {
    if (kept.size() == kMostCalls) break;
    if (!call.is_object() || !call.contains("function")) continue;
    const Json& function = call["function"];
    if (!function.is_object()) continue;
    if (kept.empty()) end_thought(reply.content);
    append_call(function, reply);
    Json& one = kept.emplace_back(Json::object());
    one["id"] = shortened(string_at(call, "id"), 200);
    if (call.contains("extra_content")) {
      one["extra_content"] = call["extra_content"];
    }
  }
  if (!kept.empty()) reply.wire = to_text(kept);
}

}  // namespace simulate
