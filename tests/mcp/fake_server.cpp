// An MCP server that behaves as badly as a test asks for. Words on its command
// line change it as a whole:
//   pages       lists its tools in pages of two
//   garbage     writes lines that are no messages between its answers
//   wrong-ids   answers tools/call under ids that nobody used
//   dies        ends at once, with a word on stderr
//   mute        answers nothing at all
//   stubborn    ends neither at the end of stdin nor at SIGTERM
//   farewell    writes a file when stdin ends
//   old         speaks an older version, and answers in batches
// Its tools show the rest; see call() below.
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <set>
#include <string>

#include "simulator/base/json.h"

extern char** environ;

namespace {

using simulate::Json;

std::set<std::string> words;
std::map<std::string, Json> held;  // calls of "hold", by name
Json cancelled = Json::array();
Json told = Json::array();  // what the client answered to us

void say(const Json& message) {
  if (words.count("garbage")) std::cout << "Listening...\n[1, \n\n\"text\"\n";
  Json line = words.count("old") ? Json::array({message}) : message;
  std::cout << line.dump() << std::endl;
}

void answer(const Json& id, const Json& result) {
  say({{"jsonrpc", "2.0"}, {"id", id}, {"result", result}});
}

Json text(const std::string& words) {
  return {{"content", {{{"type", "text"}, {"text", words}}}}};
}

std::string file_content(const std::string& name) {
  std::ifstream file(name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Json environment() {
  std::string all;
  for (char** variable = environ; *variable; ++variable) {
    all += std::string(*variable) + "\n";
  }
  return text(all);
}

// What somebody else has left open for us: nothing, it is to be hoped.
Json descriptors() {
  int open = 0;
  for (int number = 3; number < 1024; ++number) {
    if (::fcntl(number, F_GETFD) != -1) ++open;
  }
  return text(std::to_string(open));
}

Json image_and_text() {
  return {{"content",
           {{{"type", "text"}, {"text", "A cat:"}},
            {{"type", "image"}, {"mimeType", "image/png"}, {"data", "AAAA"}}}}};
}

Json remember(const Json& arguments) {
  std::ofstream("notes.txt", std::ios::app)
      << arguments.at("text").get<std::string>() << "\n";
  return text("kept by " + std::to_string(::getpid()));
}

void ask_the_client(const Json& id) {
  held["asked"] = id;
  for (const char* method :
       {"ping", "roots/list", "sampling/createMessage", "elicitation/create"}) {
    say({{"jsonrpc", "2.0"}, {"id", method}, {"method", method}});
  }
}

// Our key as JSON whose every letter is escaped, which no search finds.
Json escaped_key() {
  std::string escaped;
  char letter[8];
  for (const char* key = std::getenv("FAKE_API_KEY"); key && *key; ++key) {
    std::snprintf(letter, sizeof letter, "\\u%04x", *key);
    escaped += letter;
  }
  return text("{\"key\": \"" + escaped + "\"}");
}

// Asks very often before it reads any answer; how many there are in the end.
Json flood() {
  constexpr int kQuestions = 20'000;
  constexpr int kSome = 500;  // fewer than are kept unsent
  auto ask = [](const char* id) {
    std::cout << Json({{"id", id}, {"method", "ping"}}).dump() << '\n';
  };
  for (int i = 0; i < kQuestions; ++i) ask("ping");
  std::cout.flush();
  for (int unread = 1; unread > 0; ::usleep(1000)) {
    if (::ioctl(1, FIONREAD, &unread) != 0) break;
  }
  // Once some are read the client has sent as many, and will not drop the
  // answer to one more question: it is the last.
  int answers = 0;
  for (std::string line; std::getline(std::cin, line); ++answers) {
    if (Json::parse(line).at("id") == "last") break;
    if (answers != kSome) continue;
    ask("last");
    std::cout.flush();
  }
  return text(std::to_string(answers));
}

using Tool = std::function<Json(const Json&)>;

const std::map<std::string, Tool>& tools() {
  static const std::map<std::string, Tool> kTools = {
      {"cancelled", [](const Json&) { return text(cancelled.dump()); }},
      {"descriptors", [](const Json&) { return descriptors(); }},
      {"echo", [](const Json& a) { return text(a.value("text", "")); }},
      {"environment", [](const Json&) { return environment(); }},
      {"escaped", [](const Json&) { return escaped_key(); }},
      {"fails",
       [](const Json&) {
         Json result = text("no such city");
         result["isError"] = true;
         return result;
       }},
      {"huge",
       [](const Json& a) {
         return text(std::string(a.value("bytes", 1), 'x'));
       }},
      {"image", [](const Json&) { return image_and_text(); }},
      {"recall", [](const Json&) { return text(file_content("notes.txt")); }},
      {"remember", remember},
      {"sleep", [](const Json&) { return text("never said"); }},
      {"structure",
       [](const Json&) {
         return Json{{"content", Json::array()},
                     {"structuredContent", {{"degrees", 21}}}};
       }},
  };
  return kTools;
}

void call(const Json& id, const std::string& name, const Json& arguments) {
  if (name == "die") {
    std::cerr << "out of luck, my key is hush-hush-1" << std::endl;
    std::_Exit(arguments.value("code", 3));
  }
  if (name == "silent" || name == "sleep") return;
  if (name == "ask") return ask_the_client(id);
  if (name == "flood") return answer(id, flood());
  if (name == "hold") {
    held[arguments.at("name")] = id;
    return;
  }
  if (name == "release") {
    answer(held.at(arguments.at("name")), text("held back"));
  }
  if (name == "changed") {
    say({{"jsonrpc", "2.0"}, {"method", "notifications/tools/list_changed"}});
  }
  auto tool = tools().find(name);
  if (tool != tools().end()) return answer(id, tool->second(arguments));
  if (name == "release" || name == "changed") return answer(id, text("done"));
  say({{"jsonrpc", "2.0"},
       {"id", id},
       {"error", {{"code", -32602}, {"message", "unknown tool " + name}}}});
}

Json listed(const std::string& name) {
  Json schema = {{"type", "object"}};
  if (name == "remember") {
    schema["properties"] = {{"text", {{"type", "string"}}}};
    schema["required"] = {"text"};
  }
  return {{"name", name}, {"title", "Does " + name}, {"inputSchema", schema}};
}

// The cursor is the name that the next page begins with.
void list_tools(const Json& id, const std::string& cursor) {
  Json page = {{"tools", Json::array()}};
  for (const auto& [name, tool] : tools()) {
    if (name < cursor) continue;
    if (words.count("pages") && page["tools"].size() == 2) {
      page["nextCursor"] = name;
      break;
    }
    page["tools"].push_back(listed(name));
  }
  answer(id, page);
}

void hear_answer(const Json& message) {
  told.push_back(message);
  bool all = held.count("asked") && told.size() == 4;
  if (all) answer(held.at("asked"), text(told.dump()));
}

void hear(const Json& message) {
  std::string method = message.value("method", "");
  Json parameters = message.value("params", Json::object());
  if (method.empty()) return hear_answer(message);
  if (method == "initialize") {
    answer(
        message.at("id"),
        {{"protocolVersion", words.count("old") ? "2024-11-05" : "2025-06-18"},
         {"capabilities", {{"tools", Json::object()}}},
         {"serverInfo", {{"name", "fake"}, {"version", "1"}}}});
  } else if (method == "tools/list") {
    list_tools(message.at("id"), parameters.value("cursor", ""));
  } else if (method == "tools/call") {
    Json id = message.at("id");
    if (words.count("wrong-ids")) id = id.get<int>() + 1000;
    call(id, parameters.at("name"), parameters.at("arguments"));
  } else if (method == "notifications/cancelled") {
    cancelled.push_back(parameters);
  }
}

}  // namespace

int main(int count, char** arguments) {
  words.insert(arguments + 1, arguments + count);
  if (words.count("dies")) {
    const char* key = std::getenv("FAKE_API_KEY");
    std::cerr << "cannot find my database " << (key ? key : "") << std::endl;
    return 4;
  }
  if (words.count("stubborn")) std::signal(SIGTERM, SIG_IGN);
  for (std::string line; std::getline(std::cin, line);) {
    if (!words.count("mute")) hear(Json::parse(line));
  }
  if (words.count("farewell")) std::ofstream("farewell.txt") << "goodbye";
  while (words.count("stubborn")) ::pause();
  return 0;
}
