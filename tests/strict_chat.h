// What the strictest chat-completions servers refuse in a request, after
// Mistral's validator (mistral-common, protocol/instruct/validator.py).
#pragma once

#include <re2/re2.h>

#include <set>
#include <string>

#include "simulator/base/json.h"

namespace simulate {

class StrictChat {
 public:
  explicit StrictChat(const Json& body) : body_(body) {}

  // Empty: it would be answered.
  std::string why_refused() {
    const Json& messages = body_["messages"];
    if (messages.empty()) return "no messages";
    for (const Json& message : messages) {
      std::string why = look_at(message);
      if (!why.empty()) return why;
    }
    bool asks = before_ == "user" || before_ == "tool";
    if (!open_.empty()) return "a call without its result";
    return asks ? "" : "the last message is the " + before_ + "'s";
  }

 private:
  std::string look_at(const Json& message) {
    std::string role = message["role"];
    std::string why = role == "tool" ? result(message) : other(role, message);
    before_ = role;
    return why;
  }

  std::string result(const Json& message) {
    if (!message["content"].is_string()) return "a result without words";
    std::string id = string_at(message, "tool_call_id");
    return open_.erase(id) == 1 ? "" : "a result of no call: " + id;
  }

  std::string other(const std::string& role, const Json& message) {
    static const std::map<std::string, std::set<std::string>> kBefore = {
        {"system", {""}},
        {"user", {"", "system", "assistant"}},
        {"assistant", {"user", "tool"}}};
    auto found = kBefore.find(role);
    if (found == kBefore.end()) return "an unknown role: " + role;
    if (!found->second.contains(before_)) return role + " behind " + before_;
    if (!open_.empty()) return "a call without its result";
    const Json& content = message["content"];
    bool calls = message.contains("tool_calls");
    if (!content.is_string() && !(calls && content.is_null())) {
      return "a message without content";
    }
    if (content == "" && !calls) return "an empty message";
    return calls ? these_calls(message["tool_calls"]) : "";
  }

  std::string these_calls(const Json& calls) {
    static const RE2 kId("[a-zA-Z0-9]{9}");
    static const RE2 kName("[a-zA-Z0-9_-]{1,64}");
    for (const Json& call : calls) {
      std::string id = string_at(call, "id");
      if (!RE2::FullMatch(id, kId)) return "an id that is none: " + id;
      if (!open_.insert(id).second) return "an id twice: " + id;
      const Json& function = call["function"];
      if (!RE2::FullMatch(string_at(function, "name"), kName)) {
        return "a name that is none";
      }
      if (!parse_json(string_at(function, "arguments"))) {
        return "arguments that are no JSON";
      }
    }
    return "";
  }

  const Json& body_;
  std::string before_;
  std::set<std::string> open_;  // ids of calls whose results are to come
};

inline std::string why_refused(const Json& body) {
  return StrictChat(body).why_refused();
}

}  // namespace simulate
