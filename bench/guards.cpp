// How many planted defects the guards find, and how many clean replies they
// refuse, on the corpus in tests/guards/corpus.
//
//   guards_bench FOLDER [--half dev|held_out|unseen] [--show N]
//
// FOLDER holds defects.jsonl, clean.jsonl and ordinary.jsonl, and the tools of
// tools/*.json are offered. Recall counts a defect as found whichever guard of
// its speaker finds it. --show prints the first N items of a kind that were
// judged wrongly, with their lines: of the half that was asked for.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "simulator/base/json.h"
#include "simulator/guards/end_mark.h"
#include "simulator/guards/guard.h"
#include "simulator/guards/leak_detector.h"

namespace {

namespace fs = std::filesystem;
using namespace simulate;
using guards::Guard;

struct Options {
  fs::path folder = "tests/guards/corpus";
  std::string half = "dev";
  int show = 0;
};

struct Item {
  int line = 0;
  std::string kind;  // the defect, or what it looks like
  std::string language;
  guards::Said said;
  Transcript before;
  std::string person;
  int turns = 1;
  bool put_right = false;  // an odd end mark that was read
};

struct Prompts {
  guards::LeakDetector tester;
  guards::LeakDetector assistant;
};

std::string text_of(const fs::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

Prompts prompts() {
  Prompts all;
  for (const auto& entry : fs::directory_iterator("systemprompts")) {
    if (!entry.is_regular_file()) continue;
    std::string name = entry.path().filename();
    std::string text = text_of(entry.path());
    (name.starts_with("tester") ? all.tester : all.assistant).learn(text);
  }
  return all;
}

Offer offer() {
  Offer all;
  for (const auto& entry : fs::directory_iterator("tools")) {
    if (!entry.is_regular_file()) continue;
    if (entry.path().extension() != ".json") continue;
    std::optional<Json> group = parse_json(text_of(entry.path()));
    if (!group) continue;
    for (const Json& tool : group->value("tools", Json::array())) {
      all.tools.push_back({string_at(tool, "name"), "", "", Json::object()});
    }
  }
  return all;
}

std::vector<ToolCall> calls_in(const Json& object) {
  std::vector<ToolCall> calls;
  for (const Json& call : object.value("calls", Json::array())) {
    calls.push_back(
        {"", string_at(call, "name"), call.value("arguments", Json::object())});
  }
  return calls;
}

Message message_in(const Json& object) {
  Message message;
  message.speaker = speaker_named(string_at(object, "from"));
  message.content = string_at(object, "words");
  message.thinking = string_at(object, "thinking");
  message.calls = calls_in(object);
  message.result.name = string_at(object, "name");
  message.result.body = object.value("result", Json());
  message.result.error = object.value("error", false);
  return message;
}

Item item_in(const Json& object, int line, const Offer& tools) {
  Item item;
  item.line = line;
  item.kind = string_at(object, "defect", string_at(object, "lookalike", "-"));
  item.language = string_at(object, "language");
  item.person = string_at(object, "person");
  item.turns = object.value("turns", 1);
  item.said.speaker = speaker_named(string_at(object, "speaker"));
  item.said.words = string_at(object, "words");
  item.said.thinking = string_at(object, "thinking");
  item.said.leaves = object.value("leaves", false);
  item.said.calls = calls_in(object);
  for (const Json& message : object.value("before", Json::array())) {
    item.before.messages.push_back(message_in(message));
  }
  item.before.offer = tools;
  if (item.said.speaker == Speaker::tester) {
    guards::EndMark end = guards::read_end(item.said.words);
    bool plain = item.said.words.ends_with("[END]");
    item.put_right = end.leaves && !plain;
    item.said.leaves = item.said.leaves || end.leaves;
    item.said.words = end.words;
  }
  return item;
}

std::vector<Item> items_in(const fs::path& file, const std::string& half) {
  std::vector<Item> items;
  std::ifstream in(file);
  const Offer tools = offer();
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    std::optional<Json> object = parse_json(line);
    if (!object || string_at(*object, "half") != half) continue;
    items.push_back(item_in(*object, number, tools));
  }
  return items;
}

std::vector<const Guard*> judged(const Item& item, const Prompts& prompts) {
  bool tester = item.said.speaker == Speaker::tester;
  guards::Scene scene{item.before, item.language, item.person};
  scene.turn = item.before.turns() + (tester ? 1 : 0);
  scene.turns = item.turns;
  const auto& leaks = tester ? prompts.tester : prompts.assistant;
  scene.leaks = [&leaks](const std::string& text) { return leaks.leaks(text); };
  return guards::found(item.said, scene);
}

struct Count {
  int items = 0;
  int found = 0;
  std::map<std::string, std::pair<int, int>> languages;  // items, found
  std::map<std::string, int> guards;
};

double percent(int part, int whole) {
  return whole == 0 ? 0 : 100.0 * part / whole;
}

void print(const std::string& name, const Count& count) {
  std::printf("%-34s %4d %5.1f %%", name.c_str(), count.items,
              percent(count.found, count.items));
  for (const auto& [language, pair] : count.languages) {
    std::printf("  %s %3.0f", language.c_str(),
                percent(pair.second, pair.first));
  }
  std::printf(" ");
  for (const auto& [guard, times] : count.guards) {
    std::printf(" %s:%d", guard.c_str(), times);
  }
  std::printf("\n");
}

void show(const Item& item, const std::vector<const Guard*>& found) {
  std::string names;
  for (const Guard* guard : found) names += std::string(" ") + guard->name;
  std::printf("    line %d %s [%s]%s: %s\n", item.line, item.language.c_str(),
              item.kind.c_str(), names.c_str(), item.said.words.c_str());
}

void add(Count& count, const Item& item, const std::vector<const Guard*>& found,
         bool caught) {
  ++count.items;
  ++count.languages[item.language].first;
  if (!caught) return;
  ++count.found;
  ++count.languages[item.language].second;
  for (const Guard* guard : found) ++count.guards[guard->name];
}

// Of the processor: others may be busy. The lists have been used before.
double micros_for(const std::vector<Item>& items, const Prompts& prompts) {
  std::clock_t start = std::clock();
  for (const Item& item : items) judged(item, prompts);
  return 1e6 * static_cast<double>(std::clock() - start) /
         static_cast<double>(CLOCKS_PER_SEC) /
         static_cast<double>(items.size());
}

// `wanted`: whether finding something is right.
void measure(const Options& options, const std::string& file, bool wanted) {
  std::vector<Item> items =
      items_in(options.folder / (file + ".jsonl"), options.half);
  static const Prompts all_prompts = prompts();
  std::map<std::string, Count> counts;
  Count total;
  int shown = 0;
  for (const Item& item : items) {
    std::vector<const Guard*> found = judged(item, all_prompts);
    bool caught = !found.empty() || (wanted && item.put_right);
    std::string name = speaker_name(item.said.speaker) + (" " + item.kind);
    add(counts[name], item, found, caught);
    add(total, item, found, caught);
    if (caught != wanted && shown++ < options.show) show(item, found);
  }
  std::printf("\n%s, %s half%s\n", file.c_str(), options.half.c_str(),
              wanted ? ": found" : ": false alarms");
  for (const auto& [name, count] : counts) print(name, count);
  print("all", total);
  if (!items.empty()) {
    std::printf("%.0f us a reply\n", micros_for(items, all_prompts));
  }
}

Options options_from(int count, char** words) {
  Options options;
  for (int i = 1; i < count; ++i) {
    std::string word = words[i];
    bool more = i + 1 < count;
    if (word == "--half" && more) {
      options.half = words[++i];
    } else if (word == "--show" && more) {
      options.show = std::atoi(words[++i]);
    } else {
      options.folder = word;
    }
  }
  return options;
}

}  // namespace

int main(int count, char** words) {
  Options options = options_from(count, words);
  measure(options, "defects", true);
  measure(options, "clean", false);
  measure(options, "ordinary", false);
}
