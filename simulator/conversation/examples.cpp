#include "simulator/conversation/examples.h"

#include <re2/re2.h>

#include <algorithm>
#include <set>

#include "simulator/base/error.h"
#include "simulator/base/random.h"
#include "simulator/base/text.h"

namespace simulate {

namespace {

constexpr size_t kMostOfSituation = 2;
// Each costs as much as a message or two, with every call.
constexpr double kChanceOfFourth = 0.25;

std::vector<std::string> names_in(const std::string& list) {
  std::vector<std::string> names;
  for (const std::string& part : split(list, ',')) {
    std::string name(trimmed(part));
    if (!name.empty()) names.push_back(name);
  }
  return names;
}

std::vector<std::string> calls_in(const std::string& text) {
  static const RE2 call(R"(\b([a-z][a-z0-9]*(?:_[a-z0-9]+)+)\()");
  std::set<std::string> names;
  re2::StringPiece rest(text);
  std::string name;
  while (RE2::FindAndConsume(&rest, call, &name)) names.insert(name);
  return {names.begin(), names.end()};
}

bool can_be_followed(const Example& example,
                     const std::vector<ToolSpec>& offered) {
  return std::all_of(
      example.calls.begin(), example.calls.end(),
      [&](const std::string& name) { return tool_named(offered, name); });
}

bool shows(const Example& example, const std::string& situation) {
  const auto& names = example.situations;
  return std::find(names.begin(), names.end(), situation) != names.end();
}

// Takes `count` out of `from`, or all.
void take(size_t count, std::vector<Example>& from, Random& random,
          std::vector<Example>& into) {
  for (; count > 0 && !from.empty(); --count) {
    auto which = static_cast<ptrdiff_t>(random.below(from.size()));
    into.push_back(std::move(from[static_cast<size_t>(which)]));
    from.erase(from.begin() + which);
  }
}

}  // namespace

Example example_from(const std::string& name, const std::string& file,
                     const std::string& where) {
  static const RE2 form(R"((?s)situations:([^\n]*)\n\s*\n(.*))");
  Example example;
  example.name = name;
  std::string situations;
  if (!RE2::FullMatch(file, form, &situations, &example.text) ||
      names_in(situations).empty()) {
    throw BadUsage("example " + where +
                   " must begin with a line such as \"situations: "
                   "recall_found, forget\" (or \"any\") and an empty line");
  }
  example.situations = names_in(situations);
  example.text = trimmed(example.text);
  example.calls = calls_in(example.text);
  return example;
}

std::vector<Example> drawn_examples(const std::vector<Example>& all,
                                    const std::string& situation,
                                    const std::vector<ToolSpec>& offered,
                                    uint64_t seed) {
  std::vector<Example> fitting;
  std::vector<Example> others;
  for (const Example& example : all) {
    if (!can_be_followed(example, offered)) continue;
    (shows(example, situation) ? fitting : others).push_back(example);
  }
  Random random(seed);
  size_t count = random.chance(kChanceOfFourth) ? 4 : 3;
  std::vector<Example> drawn;
  take(kMostOfSituation, fitting, random, drawn);
  take(count - drawn.size(), others, random, drawn);
  return drawn;
}

std::string examples_text(const std::vector<Example>& examples) {
  std::string text;
  for (const Example& example : examples) {
    if (!text.empty()) text += "\n\n";
    text += example.text;
  }
  return text;
}

}  // namespace simulate
