#include "simulator/conversation/prompts.h"

#include <re2/re2.h>

#include <algorithm>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/hash.h"
#include "simulator/base/text.h"
#include "simulator/conversation/persona.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;

// A placeholder is {{words.with_dots}}; {{ }} around anything else is text.
const RE2& placeholder() {
  static const RE2 pattern(R"(\{\{([A-Za-z_][A-Za-z0-9_.]*)\}\})");
  return pattern;
}

Names tester_names() {
  Names names = {"topic", "style",   "mood", "situation", "opening",
                 "turns", "session", "date", "weekday",   "clock"};
  for (const auto& [name, unused] : placeholders_of(Persona())) {
    names.push_back(name);
  }
  return names;
}

const Names& assistant_names() {
  static const Names names = {"tools", "date", "weekday", "clock", "reminders"};
  return names;
}

const Names& tools_names() {
  static const Names names = {"tool_syntax", "tool_list"};
  return names;
}

void check_placeholders(const std::string& file, const std::string& text,
                        const Names& known) {
  size_t number = 0;
  for (const std::string& line : split(text, '\n')) {
    ++number;
    re2::StringPiece rest(line);
    std::string name;
    while (RE2::FindAndConsume(&rest, placeholder(), &name)) {
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      std::string guess = nearest(name, known);
      throw BadUsage("prompt " + file + ", line " + std::to_string(number) +
                     ": unknown placeholder {{" + name + "}}; " +
                     (guess.empty() ? "known: " + joined(known, ", ")
                                    : "did you mean {{" + guess + "}}?"));
    }
  }
}

void demand(const std::string& file, const std::string& text,
            const std::string& name) {
  if (contains(text, "{{" + name + "}}")) return;
  throw BadUsage("prompt " + file + " needs the placeholder {{" + name +
                 "}}: without it the model never learns what it stands for");
}

std::string version_of(const std::map<std::string, std::string>& files) {
  std::string all;
  for (const auto& [name, text] : files) {
    all += name + '\n' + std::to_string(text.size()) + '\n' + text;
  }
  return short_hash(all);
}

void learn_leaks(Prompts& prompts) {
  for (const auto& text : prompts.tester) prompts.tester_leaks.learn(text);
  for (const auto& text : prompts.assistant) {
    prompts.assistant_leaks.learn(text);
  }
  prompts.assistant_leaks.learn(prompts.teacher);
  prompts.assistant_leaks.learn(prompts.tools);
}

class Loader {
 public:
  explicit Loader(fs::path folder) : folder_(std::move(folder)) {}

  std::string one(const std::string& name, const Names& known) {
    fs::path path = folder_ / name;
    std::string text(trimmed(read_file(path)));
    if (text.empty()) throw BadUsage("prompt " + path.string() + " is empty");
    if (!is_utf8(text)) {
      throw BadUsage("prompt " + path.string() + " is not UTF-8; save it so");
    }
    check_placeholders(path.string(), text, known);
    files[name] = text;
    return text;
  }

  // name.md, then name.2.md, name.3.md, ... as far as they go.
  std::vector<std::string> variants(const std::string& name,
                                    const Names& known) {
    std::vector<std::string> texts = {one(name + ".md", known)};
    for (int number = 2;; ++number) {
      std::string file = name + "." + std::to_string(number) + ".md";
      std::error_code none;
      if (!fs::exists(folder_ / file, none)) return texts;
      texts.push_back(one(file, known));
    }
  }

  std::map<std::string, std::string> files;

 private:
  fs::path folder_;
};

}  // namespace

std::string rendered(const std::string& text, const Placeholders& values) {
  std::string result;
  re2::StringPiece rest(text);
  const char* copied = text.data();
  std::string name;
  while (RE2::FindAndConsume(&rest, placeholder(), &name)) {
    auto found = values.find(name);
    const char* end = rest.data();
    if (found == values.end()) continue;
    const char* begin = end - name.size() - 4;  // {{ and }}
    result.append(copied, begin);
    result += found->second;
    copied = end;
  }
  result.append(copied, text.data() + text.size());
  return result;
}

Prompts load_prompts(const fs::path& folder) {
  std::error_code none;
  if (!fs::is_directory(folder, none)) {
    throw BadUsage("there is no folder of prompts at " + folder.string() +
                   "; give --systemprompts one with tester.md, assistant.md, "
                   "assistant.teacher.md, tools.md and rewriter.md");
  }
  Loader load(folder);
  Prompts prompts;
  prompts.tester = load.variants("tester", tester_names());
  prompts.assistant = load.variants("assistant", assistant_names());
  prompts.teacher = load.one("assistant.teacher.md", {});
  prompts.tools = load.one("tools.md", tools_names());
  prompts.rewriter = load.one("rewriter.md", {});
  prompts.files = std::move(load.files);
  prompts.version = version_of(prompts.files);
  learn_leaks(prompts);
  for (const auto& [file, text] : prompts.files) {
    if (file.starts_with("assistant.") && file != "assistant.teacher.md") {
      demand((folder / file).string(), text, "tools");
    }
  }
  demand((folder / "tools.md").string(), prompts.tools, "tool_syntax");
  demand((folder / "tools.md").string(), prompts.tools, "tool_list");
  return prompts;
}

}  // namespace simulate
