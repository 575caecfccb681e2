// Tested by tests/program/parse_reply_test.cpp.

#include "simulator/commands/commands.h"

#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iostream>

#include "simulator/base/screen.h"
#include "simulator/base/text.h"
#include "simulator/calls/reply_parser.h"
#include "simulator/commands/shipped_files.h"
#include "tools/toolbox.h"

namespace simulate {

namespace {

// Of {"id", "text", "tools"?}; throws Error when it is no such object.
class Line {
 public:
  explicit Line(const std::string& written)
      : object_(parse_json(written).value_or(Json())) {
    if (!object_.is_object() || !object_.contains("text") ||
        !object_["text"].is_string()) {
      throw Error(
          "a line must be a JSON object with a string \"text\", as in "
          "{\"id\": 1, \"text\": \"<tool_call>f()</tool_call>\"}");
    }
  }

  Json id() const { return object_.value("id", Json()); }
  std::string text() const { return object_["text"].get<std::string>(); }

  std::vector<ToolSpec> tools(const std::vector<ToolSpec>& otherwise) const {
    auto written = object_.find("tools");
    if (written == object_.end()) return otherwise;
    if (!written->is_array()) throw Error("\"tools\" must be a list");
    std::vector<ToolSpec> specs;
    for (const Json& tool : *written) {
      auto spec = tool_spec_from(tool);
      if (!spec) {
        throw Error("\"tools\" must hold OpenAI function schemas, got " +
                    shortened(to_text(tool), 80));
      }
      specs.push_back(std::move(*spec));
    }
    return specs;
  }

 private:
  Json object_;
};

Json described(const ParsedReply& reply) {
  Json calls = Json::array();
  for (const ParsedCall& call : reply.calls) {
    Json object;
    object["name"] = call.name;
    object["arguments"] = call.arguments;
    calls.push_back(std::move(object));
  }
  Json object;
  object["thinking"] = reply.thinking;
  object["content"] = reply.content;
  object["tool_calls"] = std::move(calls);
  object["faults"] = reply.faults;
  object["repairs"] = reply.repairs;
  return object;
}

void write_line(const Json& object) {
  std::string text = to_text(object) + "\n";
  hand_out(stdout, text);
}

// False when the line could not be read; it is answered all the same.
bool answer(const std::string& written, int64_t number,
            const std::vector<ToolSpec>& shipped) {
  Json reply;
  try {
    Line line(written);
    reply["id"] = line.id();
    reply.update(described(parse_reply(line.text(), line.tools(shipped))));
  } catch (const Error& wrong) {
    reply["error"] = "line " + std::to_string(number) + ": " + wrong.what();
  }
  write_line(reply);
  return !reply.contains("error");
}

}  // namespace

ExitCode parse_reply_command(const Settings& settings) {
  std::ifstream file;
  if (!settings.replies.empty()) {
    file.open(settings.replies);
    if (!file) throw BadUsage("cannot read " + settings.replies.string());
  } else if (::isatty(STDIN_FILENO)) {
    say(stderr,
        "Reading JSON lines {\"id\", \"text\"} from the terminal; Ctrl-D "
        "ends.");
  }
  std::istream& lines = settings.replies.empty() ? std::cin : file;
  const std::vector<ToolSpec> shipped = Toolbox(shipped_tools()).tools();
  bool all = true;
  int64_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (trimmed(line).empty()) continue;
    all = answer(line, number, shipped) && all;
  }
  return all ? ExitCode::done : ExitCode::bad_usage;
}

}  // namespace simulate
