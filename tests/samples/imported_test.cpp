// What was exported comes back as it was, where the format has a place for it.
#include "simulator/samples/imported.h"

#include <gtest/gtest.h>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "simulator/export/record.h"
#include "simulator/samples/dataset.h"
#include "simulator/samples/imported_file.h"
#include "simulator/samples/message_json.h"
#include "tests/samples/told.h"
#include "tests/scratch.h"

namespace simulate {
namespace {

struct Kept {
  bool thoughts = true;
  bool ids = true;
  bool train = true;
};

// Speakers, words, thoughts, calls and results, a line each.
std::string text_of(const std::vector<Message>& messages, const Kept& kept) {
  std::string text;
  for (const Message& message : messages) {
    text += std::string(speaker_name(message.speaker)) + ": " + message.content;
    if (kept.thoughts) text += " (" + message.thinking + ")";
    for (const ToolCall& call : message.calls) {
      text +=
          " " + (kept.ids ? call.id : "") + call.name + to_text(call.arguments);
    }
    if (message.speaker == Speaker::tool) {
      text += (kept.ids ? message.result.call_id : "") + message.result.name +
              to_text(message.result.body) +
              (message.result.error ? " error" : "");
    }
    if (kept.train && message.train) text += " *";
    text += "\n";
  }
  return text;
}

std::vector<Sample> samples_for(const DatasetPlan& plan) {
  return samples_of(told(), plan.rules);
}

void expect_back(ExportSettings settings, const Kept& kept) {
  DatasetPlan plan = dataset_plan(settings);
  std::string which = settings.trainer + " " +
                      std::to_string(static_cast<int>(
                          settings.format.value_or(SampleFormat::messages)));
  std::vector<Sample> samples = samples_for(plan);
  ASSERT_FALSE(samples.empty()) << which;
  for (const Sample& sample : samples) {
    Json row = plan.trainer->row(sample, *plan.family);
    FinishedConversation back = imported(*parse_json(to_text(row)));
    EXPECT_EQ(text_of(back.transcript.messages, kept),
              text_of(sample.messages, kept))
        << which;
    ASSERT_TRUE(back.transcript.offer) << which;
    EXPECT_EQ(tools_json(back.transcript.offer->tools),
              tools_json(sample.tools))
        << which;
  }
}

TEST(Imported, IsWhatWasExported) {
  const Kept all;
  const Kept no_ids{.ids = false, .train = false};
  struct {
    const char* trainer;
    const char* family;
    Kept kept;
  } rows[] = {
      {"trl", "qwen3", all},
      {"axolotl", "qwen3", all},
      {"unsloth", "qwen3", {.train = false}},
      {"openai", "", all},
      {"together", "", all},
      {"llamafactory", "qwen3", no_ids},
      {"ms-swift", "qwen3", {.ids = false}},
  };
  for (const auto& row : rows) {
    ExportSettings settings;
    settings.trainer = row.trainer;
    settings.family = row.family;
    expect_back(settings, row.kept);
  }
  for (auto [format, kept] : {std::pair(SampleFormat::messages, all),
                              std::pair(SampleFormat::sharegpt, no_ids)}) {
    ExportSettings settings;
    settings.format = format;
    expect_back(settings, kept);
  }
}

TEST(Imported, OfARecordHasItsThoughtsCallsAndResults) {
  Conversation talk;
  talk.transcript = told().transcript;
  FinishedConversation back =
      imported(*parse_json(render_record(talk, ToolSyntax::python)));
  EXPECT_EQ(text_of(back.transcript.messages, {.ids = false}),
            text_of(talk.transcript.messages, {.ids = false}));
  EXPECT_EQ(back.metadata["situation"], "");
}

TEST(Imported, OfHermesReadsItsTags) {
  ExportSettings settings;
  settings.format = SampleFormat::hermes;
  DatasetPlan plan = dataset_plan(settings);
  Sample sample = samples_for(plan).back();
  FinishedConversation back = imported(plan.trainer->row(sample, *plan.family));
  const auto& messages = back.transcript.messages;
  ASSERT_EQ(messages.size(), sample.messages.size());
  EXPECT_EQ(messages[2].calls.size(), 2u);
  EXPECT_EQ(messages[3].result.body, sample.messages[3].result.body);
  EXPECT_EQ(messages.back().content, "Noted: Bo.");
}

TEST(Imported, SaysWhatIsWrong) {
  struct {
    const char* row;
    const char* said;
  } rows[] = {
      {"[]", "no JSON object"},
      {"{}", "no messages"},
      {R"({"messages":[{"role":"bot","content":""}]})", "nobody is known"},
      {R"({"messages":[5]})", "a message is no object"},
      {R"({"messages":[{"role":"assistant","tool_calls":[5]}]})",
       "a call is no object"},
      {R"({"messages":[{"role":"function_call","value":"[5]"}]})",
       "a call has no name"},
      {R"({"messages":[{"role":"tool","content":""}]})", "has no call"},
      {R"({"messages":[{"role":"assistant","content":"","tool_calls":
          [{"function":{"name":"f","arguments":"[1]"}}]}]})",
       "are no object"},
      {R"({"messages":[{"role":"assistant","content":"","tool_calls":
          [{"function":{"name":"f","arguments":"{}"}}]},
          {"role":"user","content":"x"}]})",
       "the call of f has no result"},
  };
  for (const auto& row : rows) {
    try {
      imported(*parse_json(row.row));
      ADD_FAILURE() << row.row;
    } catch (const BadUsage& wrong) {
      EXPECT_TRUE(contains(wrong.what(), row.said)) << wrong.what();
    }
  }
}

TEST(ImportedFile, IsLinesOrAnArray) {
  const char* row = R"({"messages":[{"role":"user","content":"a"}]})";
  std::string one = row;
  Scratch scratch;
  for (const std::string& text :
       {one + "\n" + one + "\n", "[\n" + one + ",\n" + one + "\n]\n",
        "[" + one + "," + one + "]", "[\n{\n\"messages\":[]},\n" + one + "]"}) {
    write_file(scratch / "in", text);
    ImportedFile file(scratch / "in");
    int count = 0;
    try {
      for (int round = 0; round < 2; ++round) {
        while (file.next()) ++count;
        file.begin_again();
      }
      EXPECT_EQ(count, 4) << text;
    } catch (const BadUsage& wrong) {
      EXPECT_TRUE(contains(wrong.what(), "in, element 1: it holds no messages"))
          << wrong.what();
    }
  }
}

TEST(ImportedFile, NamesTheLineThatIsWrong) {
  Scratch scratch;
  const std::string row = R"({"messages":[{"role":"user","content":"a"}]})";
  write_file(scratch / "in", row + "\n" + row + "\nrubbish\n");
  ImportedFile file(scratch / "in");
  file.next();
  file.next();
  try {
    file.next();
    ADD_FAILURE();
  } catch (const BadUsage& wrong) {
    EXPECT_TRUE(contains(wrong.what(), "line 3: it is no JSON object"))
        << wrong.what();
  }
  EXPECT_THROW(ImportedFile(scratch / "nowhere"), BadUsage);
}

}  // namespace
}  // namespace simulate
