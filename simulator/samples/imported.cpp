#include "simulator/samples/imported.h"

#include <algorithm>

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "simulator/calls/reply_parser.h"

namespace simulate {

namespace {

// What stands at the first of these keys.
std::string text_at(const Json& object, std::vector<const char*> keys) {
  for (const char* key : keys) {
    auto found = object.find(key);
    if (found != object.end() && found->is_string()) {
      return found->get<std::string>();
    }
  }
  return "";
}

Json read_or_text(const std::string& text) {
  std::optional<Json> value = parse_json(text);
  return value ? *value : Json(text);
}

Json list_at(const Json& row, const char* key) {
  auto found = row.find(key);
  if (found == row.end()) return Json::array();
  if (found->is_string()) {
    return parse_json(found->get<std::string>()).value_or(Json::array());
  }
  return found->is_array() ? *found : Json::array();
}

// A text between two tags, and what is behind it.
std::optional<std::string> cut_out(std::string_view& text,
                                   std::string_view open,
                                   std::string_view close) {
  size_t begin = text.find(open);
  if (begin == text.npos) return std::nullopt;
  begin += open.size();
  size_t end = text.find(close, begin);
  if (end == text.npos) return std::nullopt;
  std::string inside(trimmed(text.substr(begin, end - begin)));
  text.remove_prefix(end + close.size());
  return inside;
}

class Importer {
 public:
  explicit Importer(const Json& row) : row_(row) {}

  FinishedConversation conversation() {
    talk_.id = text_at(row_, {"id"});
    auto metadata = row_.find("metadata");
    if (metadata != row_.end() && metadata->is_object()) {
      talk_.metadata = *metadata;
    }
    read_tools();
    read_messages();
    if (messages().empty()) throw BadUsage("it holds no messages");
    return std::move(talk_);
  }

 private:
  std::vector<Message>& messages() { return talk_.transcript.messages; }

  void read_tools() {
    Offer offer;
    for (Json tool : list_at(row_, "tools")) {
      read_schema(tool);
      if (auto spec = tool_spec_from(tool)) offer.tools.push_back(*spec);
    }
    if (!offer.tools.empty()) talk_.transcript.offer = std::move(offer);
  }

  // Of those who keep it as text.
  static void read_schema(Json& tool) {
    if (!tool.is_object()) return;
    Json& function = tool.contains("function") ? tool["function"] : tool;
    auto schema = function.find("parameters");
    if (schema == function.end() || !schema->is_string()) return;
    *schema = parse_json(schema->get<std::string>()).value_or(Json());
  }

  void read_messages() {
    std::string system = text_at(row_, {"system"});
    if (!system.empty()) add(Speaker::system).content = system;
    if (row_.contains("completion")) {
      for (const Json& message : list_at(row_, "prompt")) read(message, false);
      for (const Json& message : list_at(row_, "completion")) {
        read(message, true);
      }
      return;
    }
    const char* key = row_.contains("messages") ? "messages" : "conversations";
    for (const Json& message : list_at(row_, key)) read(message, true);
  }

  Message& add(Speaker speaker) {
    Message& message = messages().emplace_back();
    message.speaker = speaker;
    return message;
  }

  void read(const Json& message, bool train) {
    if (!message.is_object()) throw BadUsage("a message is no object");
    std::string role = text_at(message, {"role", "from"});
    std::string text = text_at(message, {"content", "value"});
    if (role == "system") {
      add(Speaker::system).content = text;
    } else if (role == "user" || role == "human") {
      close_calls();
      add(Speaker::tester).content = text;
    } else if (role == "assistant" || role == "gpt") {
      close_calls();
      read_reply(message, text, train);
    } else if (role == "function_call" || role == "tool_call") {
      read_call_text(role, message, text, train);
    } else if (role == "tool" || role == "observation" ||
               role == "tool_response") {
      read_results(message, text);
    } else {
      throw BadUsage("nobody is known who is called \"" + quotable(role) +
                     "\"");
    }
  }

  static bool is_trained(const Json& message, bool otherwise) {
    for (const char* key : {"train", "weight", "loss"}) {
      auto found = message.find(key);
      if (found == message.end()) continue;
      if (found->is_boolean()) return found->get<bool>();
      if (found->is_number()) return found->get<double>() != 0;
    }
    return otherwise;
  }

  void read_reply(const Json& json, const std::string& text, bool train) {
    Message& message = add(Speaker::assistant);
    message.train = is_trained(json, train);
    message.thinking =
        text_at(json, {"reasoning_content", "thinking", "reasoning"});
    const Json calls = list_at(json, "tool_calls");
    if (!calls.empty() || !message.thinking.empty()) {
      message.content = text;
    } else {
      read_tags(text, message);
    }
    for (const Json& call : calls) {
      if (!call.is_object()) throw BadUsage("a call is no object");
      const Json function = call.value("function", call);
      add_call(message, text_at(call, {"id"}), function);
    }
  }

  void read_tags(const std::string& text, Message& message) {
    std::vector<ToolSpec> tools;
    if (talk_.transcript.offer) tools = talk_.transcript.offer->tools;
    ParsedReply reply = parse_reply(text, tools);
    message.thinking = std::move(reply.thinking);
    message.content = std::move(reply.content);
    for (ParsedCall& call : reply.calls) {
      add_call(message, "",
               {{"name", call.name}, {"arguments", call.arguments}});
    }
  }

  void add_call(Message& message, std::string id, const Json& function) {
    if (id.empty()) {
      std::string number = std::to_string(++made_ids_);
      id = "call" + std::string(5 - std::min<size_t>(5, number.size()), '0') +
           number;
    }
    auto given = function.find("arguments");
    Json arguments = given == function.end() ? Json::object() : *given;
    if (arguments.is_string()) {
      arguments = parse_json(arguments.get<std::string>()).value_or(Json());
    }
    if (!arguments.is_object()) {
      throw BadUsage("a call's arguments are no object");
    }
    std::string name = text_at(function, {"name"});
    if (name.empty()) throw BadUsage("a call has no name");
    message.calls.push_back({id, name, arguments});
    open_.push_back({id, message.calls.back().name});
  }

  // A thought and words, then a call or a list of them, in tags or not.
  void read_call_text(const std::string& role, const Json& json,
                      const std::string& text, bool train) {
    bool joins = role == "tool_call" && !messages().empty() &&
                 messages().back().speaker == Speaker::assistant;
    if (!joins) close_calls();
    Message& message = joins ? messages().back() : add(Speaker::assistant);
    if (!joins) message.train = is_trained(json, train);
    std::string_view rest = text;
    if (auto thought = cut_out(rest, "<think>", "</think>")) {
      message.thinking = *thought;
    }
    std::string calls(trimmed(rest));
    size_t tag = rest.find("<tool_call>");
    if (tag != rest.npos) {
      message.content = trimmed(rest.substr(0, tag));
      calls = cut_out(rest, "<tool_call>", "</tool_call>").value_or("");
    }
    Json list = parse_json(calls).value_or(Json());
    if (list.is_object()) list = Json::array({list});
    if (!list.is_array()) throw BadUsage("a call cannot be read");
    for (const Json& call : list) add_call(message, "", call);
  }

  void read_results(const Json& json, const std::string& text) {
    std::string id = text_at(json, {"tool_call_id"});
    std::string_view rest = text;
    if (auto body = cut_out(rest, "<tool_result>", "</tool_result>")) {
      return add_result(id, read_or_text(*body));
    }
    if (trimmed(text).starts_with("<tool_response>")) {
      while (auto body = cut_out(rest, "<tool_response>", "</tool_response>")) {
        Json read = read_or_text(*body);
        bool named = read.is_object() && read.contains("content");
        add_result("", named ? read["content"] : read);
      }
      return;
    }
    for (const std::string& part : parts_of(text)) {
      add_result(id, read_or_text(part));
    }
  }

  // The results of a round in one, where there are as many as calls.
  std::vector<std::string> parts_of(const std::string& text) const {
    for (std::string_view separator :
         {std::string_view("\n</tool_response>\n<tool_response>\n"),
          std::string_view("\n")}) {
      std::vector<std::string> parts;
      std::string_view rest = text;
      size_t end = 0;
      while ((end = rest.find(separator)) != rest.npos) {
        parts.emplace_back(rest.substr(0, end));
        rest.remove_prefix(end + separator.size());
      }
      parts.emplace_back(rest);
      if (parts.size() == open_.size()) return parts;
    }
    return {text};
  }

  void add_result(const std::string& id, Json body) {
    if (open_.empty()) throw BadUsage("a result has no call");
    auto call = std::find_if(open_.begin(), open_.end(),
                             [&](const auto& one) { return one.id == id; });
    if (call == open_.end()) call = open_.begin();
    Message& message = add(Speaker::tool);
    bool error = body.is_object() && body.size() == 1 && body.contains("error");
    message.result = {call->id, call->name, std::move(body), error};
    open_.erase(call);
  }

  // Before anybody speaks on, every call must have been answered; the last
  // message of a sample may be a call.
  void close_calls() const {
    if (!open_.empty()) {
      throw BadUsage("the call of " + quotable(open_.front().name) +
                     " has no result");
    }
  }

  struct OpenCall {
    std::string id;
    std::string name;
  };

  const Json& row_;
  FinishedConversation talk_;
  std::vector<OpenCall> open_;
  int made_ids_ = 0;
};

}  // namespace

FinishedConversation imported(const Json& row) {
  if (!row.is_object()) throw BadUsage("it is no JSON object");
  return Importer(row).conversation();
}

}  // namespace simulate
