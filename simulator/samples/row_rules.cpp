#include "simulator/samples/row_rules.h"

#include <vector>

namespace simulate {

namespace {

std::string role_of(const Json& message) { return string_at(message, "role"); }

bool has_text(const Json& message) {
  auto content = message.find("content");
  return content != message.end() && content->is_string();
}

class ChatJudge {
 public:
  explicit ChatJudge(const ChatRules& rules) : rules_(rules) {}

  std::string fault_of(const Json& message) {
    std::string role = role_of(message);
    bool calls = message.contains("tool_calls");
    bool may_lack_text = calls && !rules_.content_with_calls;
    if (!has_text(message) && !may_lack_text) return "a message without text";
    if (role == "tool") return fault_of_result(message);
    if (!open_.empty()) return "a call without its result";
    if (role == "assistant") return calls ? fault_of_calls(message) : "";
    if (role == "user") return "";
    if (role != "system") return "the unknown role \"" + role + "\"";
    return first_ ? "" : "a system message that is not the first";
  }

  void went_by() { first_ = false; }
  bool waits_for_results() const { return !open_.empty(); }

 private:
  std::string fault_of_calls(const Json& message) {
    for (const Json& call : message["tool_calls"]) {
      const Json function = call.value("function", Json::object());
      const Json arguments = function.value("arguments", Json());
      bool right = rules_.text_arguments ? is_object_text(arguments)
                                         : arguments.is_object();
      if (!right) {
        return rules_.text_arguments ? "arguments that are no text of an object"
                                     : "arguments that are no object";
      }
      if (string_at(function, "name").empty()) return "a call without a name";
      open_.push_back(string_at(call, "id"));
    }
    return "";
  }

  std::string fault_of_result(const Json& message) {
    if (open_.empty()) return "a result without its call";
    std::string id = open_.front();
    open_.erase(open_.begin());
    return string_at(message, "tool_call_id") == id
               ? ""
               : "a result with the id of another call";
  }

  ChatRules rules_;
  std::vector<std::string> open_;
  bool first_ = true;
};

}  // namespace

std::string chat_fault(const Json& messages, const ChatRules& rules) {
  if (!messages.is_array() || messages.empty()) return "no messages";
  ChatJudge judge(rules);
  for (const Json& message : messages) {
    std::string fault = judge.fault_of(message);
    if (!fault.empty()) return fault;
    judge.went_by();
  }
  return role_of(messages.back()) == "assistant" ? "" : "no reply at its end";
}

std::string tools_fault(const Json& tools) {
  if (!tools.is_array()) return "tools that are no list";
  for (const Json& tool : tools) {
    const Json function = tool.value("function", Json::object());
    if (string_at(function, "name").empty()) return "a tool without a name";
    const Json parameters = function.value("parameters", Json());
    if (!parameters.is_object() && !is_object_text(parameters)) {
      return "a tool without a schema";
    }
  }
  return "";
}

bool is_object_text(const Json& value) {
  if (!value.is_string()) return false;
  std::optional<Json> object = parse_json(value.get_ref<const std::string&>());
  return object && object->is_object();
}

}  // namespace simulate
