#include "bench/bad_lines.h"

#include <fstream>
#include <stdexcept>

#include "simulator/base/json.h"

namespace bench {

namespace {

using simulate::Json;
using simulate::string_at;

Turn turn_from(const Json& object) {
  Turn turn;
  turn.person = string_at(object, "person");
  turn.person_looks_like = string_at(object, "looks_like");
  for (const Json& step : object.at("steps")) {
    turn.steps.push_back({string_at(step, "thought"), string_at(step, "call"),
                          string_at(step, "words")});
  }
  return turn;
}

std::vector<Turn> turns_from(const Json& object) {
  std::vector<Turn> turns;
  for (const Json& turn : object.at("turns")) turns.push_back(turn_from(turn));
  return turns;
}

void add(Lines& lines, const Json& object) {
  std::string type = string_at(object, "type");
  if (type == "talk") {
    lines.talks.push_back(turns_from(object));
  } else if (type == "lookalike") {
    Turn turn = turns_from(object).at(0);
    turn.person_looks_like = string_at(object, "person");
    turn.assistant_looks_like = string_at(object, "assistant");
    lines.lookalikes.push_back(turn);
  } else if (type == "defect") {
    lines.defects[string_at(object, "role")][string_at(object, "kind")] =
        object.at("lines");
  } else if (type == "bye") {
    lines.byes = object.at("lines");
  } else if (type == "more") {
    lines.more.push_back(turns_from(object).at(0));
  } else if (type == "error") {
    lines.error = turns_from(object).at(0);
  } else {
    throw std::runtime_error("unknown type '" + type + "'");
  }
}

}  // namespace

LinesByLanguage read_lines(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error(path + " cannot be read");
  LinesByLanguage all;
  std::string text;
  for (int number = 1; std::getline(file, text); ++number) {
    try {
      Json object = Json::parse(text);
      add(all[object.at("language")], object);
    } catch (const std::exception& problem) {
      throw std::runtime_error(path + ", line " + std::to_string(number) +
                               ": " + problem.what());
    }
  }
  return all;
}

// In one pass: a value may hold braces of its own.
std::string filled(const std::string& line,
                   const std::map<std::string, std::string>& values) {
  std::string text;
  for (size_t at = 0; at < line.size();) {
    size_t end = line[at] == '{' ? line.find('}', at) : std::string::npos;
    auto value = end == std::string::npos
                     ? values.end()
                     : values.find(line.substr(at + 1, end - at - 1));
    if (value == values.end()) {
      text += line[at++];
    } else {
      text += value->second;
      at = end + 1;
    }
  }
  return text;
}

std::string thinking(const std::string& thought) {
  return "<think>\n" + thought + "\n</think>\n\n";
}

std::string tagged(const std::string& call) {
  return "<tool_call>" + call + "</tool_call>";
}

}  // namespace bench
