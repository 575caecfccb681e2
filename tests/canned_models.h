// What a server would answer that plays all three roles: short, in no language
// in particular, varied by the request's content, and always the same for the
// same request.
#pragma once

#include <re2/re2.h>

#include <string>

#include "simulator/base/hash.h"
#include "simulator/base/json.h"
#include "simulator/base/text.h"

namespace simulate {

inline std::string canned_rewrite(const std::string& user) {
  static const RE2 block(R"re((?s)<block n="(\d+)">(.*?)</block>)re");
  std::string reply, number, text;
  re2::StringPiece rest(user);
  while (RE2::FindAndConsume(&rest, block, &number, &text)) {
    if (text == "...") continue;
    reply += "<block n=\"" + number + "\">So, " + text + "</block>\n";
  }
  return reply;
}

inline std::string canned_line(const Json& messages, uint64_t hash) {
  size_t mine = 0;
  for (const Json& message : messages) mine += message["role"] == "assistant";
  std::string text = "line " + std::to_string(mine + 1) + " of " +
                     std::to_string(hash % 100000);
  return mine >= 2 && hash % 3 == 0 ? text + "\n[END]" : text;
}

inline std::string canned_answer(const std::string& last, uint64_t hash) {
  std::string think = "<think>\nOkay, line " + std::to_string(hash % 977) +
                      " makes me think\n</think>\n\n";
  if (contains(last, "<tool_result>"))
    return think + "Okay, line " + std::to_string(hash % 977) + ".";
  switch (hash % 4) {
    case 0:
      return think + "<tool_call>add_memory(input_text=[\"They said " +
             std::to_string(hash % 9973) + ".\", \"a ] b\"])</tool_call>";
    case 1:
      return think + "<tool_call>recall_memories()</tool_call>";
    default:
      return think + "Line " + std::to_string(hash % 7919) + "?";
  }
}

// `body` is a chat-completions request.
inline std::string canned_reply(const Json& body) {
  const Json& messages = body["messages"];
  const auto& system = messages[0]["content"].get_ref<const std::string&>();
  const auto& last =
      messages[messages.size() - 1]["content"].get_ref<const std::string&>();
  uint64_t hash =
      quick_hash(last) ^ quick_hash(system.substr(0, 4000)) ^ messages.size();
  if (contains(system, "edit the private thoughts"))
    return canned_rewrite(last);
  if (contains(system, "play a person")) return canned_line(messages, hash);
  return canned_answer(last, hash);
}

inline std::string chat_completion(const std::string& content,
                                   const std::string& model) {
  Json message = {{"role", "assistant"}, {"content", content}};
  Json choice = {
      {"index", 0}, {"message", std::move(message)}, {"finish_reason", "stop"}};
  Json body = {{"id", "x"}, {"object", "chat.completion"}, {"model", model}};
  body["choices"].push_back(std::move(choice));
  body["usage"] = {{"prompt_tokens", 100}, {"completion_tokens", 20}};
  return to_text(body);
}

}  // namespace simulate
