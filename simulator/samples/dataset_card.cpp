// The README.md of a dataset.
// Tested by tests/samples/trainer_test.cpp.
#include "simulator/base/text.h"
#include "simulator/samples/dataset.h"

namespace simulate {

namespace {

std::string percent(int64_t part, int64_t whole) {
  if (whole == 0) return "0 %";
  int64_t tenths = (part * 1000 + whole / 2) / whole;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

std::string table(const char* what, const std::map<std::string, int64_t>& sums,
                  int64_t whole) {
  std::string text = std::string("\n| ") + what +
                     " | conversations | share |\n|---|---|---|\n";
  for (const auto& [name, number] : sums) {
    text += "| " + one_line(name) + " | " + std::to_string(number) + " | " +
            percent(number, whole) + " |\n";
  }
  return text;
}

std::string list(const char* what, const std::map<std::string, int64_t>& sums) {
  std::vector<std::string> names;
  for (const auto& [name, number] : sums) names.push_back(one_line(name));
  if (names.empty()) return "";
  return std::string("- ") + what + ": " + joined(names, ", ") + "\n";
}

// What the hubs read.
std::string front_matter(const DatasetPlan& plan, const DatasetTally& tally) {
  std::string text =
      "---\n"
      "task_categories:\n- text-generation\n"
      "tags:\n- synthetic\n- tool-use\n- conversational\n"
      "configs:\n- config_name: default\n  data_files:\n"
      "  - split: train\n    path: " +
      data_file("train", plan.container) + "\n";
  if (tally.validation_samples > 0) {
    text += "  - split: validation\n    path: " +
            data_file("validation", plan.container) + "\n";
  }
  text += "language:\n";
  for (const auto& [language, number] : tally.languages) {
    if (language.size() == 2) text += "- " + language + "\n";
  }
  return text + "---\n\n";
}

std::string people_text(const DatasetTally& tally) {
  bool all = tally.people.size() < DatasetTally::kMostPeople;
  return (all ? "" : "more than ") +
         std::to_string(tally.people.size() - (all ? 0 : 1));
}

std::string what_is_trained(const DatasetPlan& plan,
                            const DatasetTally& tally) {
  std::string text = "- " + counted(tally.trained_messages, "message") +
                     " to learn, " +
                     counted(tally.trained_thoughts, "thought") + " and " +
                     counted(tally.trained_calls, "call") + " among them\n";
  text += plan.rules.last_only
              ? "- A sample has one message to learn, its last; the others are "
                "its history, as a served model is shown it.\n"
              : "- Messages to learn are marked.\n";
  text += "- " + counted(tally.untrained_messages, "message") +
          " of the assistant, with a faulty call or otherwise not worth "
          "imitating, " +
          (tally.untrained_messages == 1 ? "is" : "are") +
          (plan.rules.errors == Untrained::mask
               ? " history and not learnt.\n"
               : " left out, with what follows.\n");
  return text;
}

}  // namespace

std::string dataset_card(const DatasetPlan& plan, const DatasetTally& tally,
                         const std::string& command) {
  std::string text = front_matter(plan, tally);
  text += "# Conversations with tools\n\n";
  bool divided = tally.validation_samples > 0;
  text += counted(tally.samples - tally.validation_samples, "sample") +
          " to train on";
  if (divided) {
    text += " and " + std::to_string(tally.validation_samples) +
            " to validate with";
  }
  text += ", from " + counted(tally.conversations, "conversation") + " of " +
          people_text(tally) +
          " simulated people with an assistant whose tools really ran.";
  text += divided ? " No person stands on both sides.\n\n" : "\n\n";
  text += "Made with `" + command + "`";
  if (plan.trainer->title[0] != '\0') {
    text += std::string(", for ") + plan.trainer->title;
  }
  if (plan.family->name[0] != '\0') {
    text += std::string(" and models of the family ") + plan.family->name +
            " (" + plan.family->models + ")";
  }
  text += ".\n\n## What is learnt\n\n" + what_is_trained(plan, tally);
  text += "- Samples have at most some " +
          std::to_string(tally.longest_tokens) +
          " tokens, reckoned at two and a half bytes each, for what a template "
          "adds.\n";
  text += "\n## Who spoke\n\n" + list("assistant", tally.assistants) +
          list("tester", tally.testers) +
          "- Their words are model output: the terms of those models apply.\n";
  for (const auto& [licence, number] : tally.licences) {
    text += "- people of " + std::to_string(number) +
            " conversations: " + one_line(licence) + "\n";
  }
  text += "\n## What about\n" +
          table("language", tally.languages, tally.conversations) +
          table("situation", tally.situations, tally.conversations);
  return text;
}

}  // namespace simulate
