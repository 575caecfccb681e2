#include "simulator/conversation/prompts.h"

#include <re2/re2.h>

#include <algorithm>
#include <set>

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
  Names names = {"topic",   "style",     "mood",    "situation",
                 "opening", "turns",     "session", "date",
                 "weekday", "clock",     "past",    "news",
                 "changes", "abilities", "typing",  "purpose"};
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
                     ": unknown placeholder {{" + quotable(name) + "}}; " +
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

std::string version_of(const PromptFiles& files) {
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
  for (const Example& one : prompts.examples) {
    prompts.assistant_leaks.learn(one.text);
  }
  prompts.assistant_leaks.learn(prompts.tools);
}

std::string read_prompt(const fs::path& path) {
  std::string text(trimmed(read_file(path, kMostWritten)));
  if (text.empty()) throw BadUsage("prompt " + path.string() + " is empty");
  if (!is_utf8(text)) {
    throw BadUsage("prompt " + path.string() + " is not UTF-8; save it so");
  }
  return text;
}

// name.md, then name.2.md, name.3.md, ... as far as they go.
std::string variant_name(const std::string& name, int number) {
  return number == 1 ? name + ".md"
                     : name + "." + std::to_string(number) + ".md";
}

std::vector<std::string> variants(const PromptFiles& files,
                                  const std::string& name) {
  std::vector<std::string> texts;
  while (true) {
    int number = static_cast<int>(texts.size()) + 1;
    auto found = files.find(variant_name(name, number));
    if (found == files.end()) return texts;
    texts.push_back(found->second);
  }
}

bool is_variant_of(const std::string& file, const std::string& name) {
  return file.starts_with(name + ".") && file != "assistant.teacher.md";
}

constexpr std::string_view kExamples = "examples/";

void check_prompt(const std::string& folder, const std::string& file,
                  const std::string& text) {
  std::string path = (fs::path(folder) / file).string();
  if (is_variant_of(file, "tester")) {
    check_placeholders(path, text, tester_names());
  } else if (is_variant_of(file, "assistant")) {
    check_placeholders(path, text, assistant_names());
    demand(path, text, "tools");
  } else if (file == "tools.md") {
    check_placeholders(path, text, tools_names());
    demand(path, text, "tool_syntax");
    demand(path, text, "tool_list");
  } else if (file == "assistant.teacher.md") {
    check_placeholders(path, text, {"examples"});
  } else {
    check_placeholders(path, text, {});
  }
}

// Variants behind a gap would be left out of every conversation.
void refuse_gaps(const fs::path& folder, const PromptFiles& files) {
  static const RE2 kVariant("(tester|assistant)\\.[0-9]+\\.md");
  std::set<std::string> there;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder, none)) {
    there.insert(entry.path().filename().string());
  }
  for (const std::string& file : there) {
    std::string name;
    if (files.contains(file) || !RE2::FullMatch(file, kVariant, &name))
      continue;
    int next = 1;
    while (files.contains(variant_name(name, next))) ++next;
    throw BadUsage("prompt " + (folder / file).string() +
                   " would not be used: variants are numbered 2, 3, ... "
                   "without a gap, and the next one is " +
                   variant_name(name, next));
  }
}

std::vector<Example> examples_in(const PromptFiles& files,
                                 const std::string& folder) {
  std::vector<Example> examples;
  for (const auto& [file, text] : files) {
    if (!file.starts_with(kExamples)) continue;
    std::string name = fs::path(file).stem().string();
    examples.push_back(
        example_from(name, text, (fs::path(folder) / file).string()));
  }
  return examples;
}

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

void check_tester_text(const std::string& where, const std::string& text) {
  Names names = tester_names();
  names.push_back("about");
  check_placeholders(where, text, names);
}

PromptFiles read_prompt_files(const fs::path& folder) {
  std::error_code none;
  if (!fs::is_directory(folder, none)) {
    throw BadUsage("there is no folder of prompts at " + folder.string() +
                   "; give --systemprompts one with tester.md, assistant.md, "
                   "assistant.teacher.md, tools.md and rewriter.md, and "
                   "perhaps examples/*.md");
  }
  PromptFiles files;
  for (const char* name : {"assistant.teacher.md", "tools.md", "rewriter.md"}) {
    files[name] = read_prompt(folder / name);
  }
  for (const char* name : {"tester", "assistant"}) {
    for (int number = 1;; ++number) {
      std::string file = variant_name(name, number);
      if (number > 1 && !fs::exists(folder / file, none)) break;
      files[file] = read_prompt(folder / file);
    }
  }
  refuse_gaps(folder, files);
  for (const auto& entry : fs::directory_iterator(folder / kExamples, none)) {
    if (entry.path().extension() != ".md") continue;
    std::string name = entry.path().filename().string();
    files[std::string(kExamples) + name] = read_prompt(entry.path());
  }
  return files;
}

Prompts prompts_from(PromptFiles files, const std::string& folder) {
  for (const auto& [file, text] : files) check_prompt(folder, file, text);
  Prompts prompts;
  prompts.tester = variants(files, "tester");
  prompts.assistant = variants(files, "assistant");
  prompts.teacher = files["assistant.teacher.md"];
  prompts.tools = files["tools.md"];
  prompts.examples = examples_in(files, folder);
  if (!prompts.examples.empty()) {
    demand((fs::path(folder) / "assistant.teacher.md").string(),
           prompts.teacher, "examples");
  }
  prompts.rewriter = files["rewriter.md"];
  prompts.files = std::move(files);
  prompts.version = version_of(prompts.files);
  learn_leaks(prompts);
  return prompts;
}

Prompts load_prompts(const fs::path& folder) {
  return prompts_from(read_prompt_files(folder), folder.string());
}

}  // namespace simulate
