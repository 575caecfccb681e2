// What each trainer's rows are, byte by byte: tests/samples/golden. Where a
// change is meant, SIMULATE_RECORD=1 writes them anew.
#include "simulator/samples/trainer.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "simulator/samples/dataset.h"
#include "tests/samples/told.h"

namespace simulate {
namespace {

class OneConversation : public ConversationSource {
 public:
  std::optional<FinishedConversation> next() override {
    if (given_) return std::nullopt;
    given_ = true;
    return told();
  }
  void begin_again() override { given_ = false; }

 private:
  bool given_ = false;
};

struct Written {
  std::vector<Json> rows;
  DatasetPlan plan;
  DatasetTally tally;
};

Written written_for(ExportSettings settings) {
  Written result;
  result.plan = dataset_plan(settings);
  OneConversation source;
  result.tally =
      write_dataset(source, result.plan, nullptr,
                    [&](Part, const Sample&, const std::string& row) {
                      result.rows.push_back(*parse_json(row));
                    });
  return result;
}

Written written_for(const std::string& trainer, const std::string& family) {
  ExportSettings settings;
  settings.trainer = trainer;
  settings.family = family;
  return written_for(settings);
}

void expect_golden(const std::string& name, const std::string& found) {
  std::string path =
      std::string(SIMULATE_SOURCE_DIR "/tests/samples/golden/") + name;
  if (std::getenv("SIMULATE_RECORD")) write_file(path, found);
  EXPECT_EQ(read_file(path), found) << name;
}

TEST(Trainers, TakeTheRowsThatTheyAreKnownToTake) {
  for (const Trainer* trainer : all_trainers()) {
    std::string family = trainer->needs_family ? "qwen3" : "";
    Written written = written_for(trainer->name, family);
    std::string text;
    for (const Json& row : written.rows) text += row.dump(1) + "\n";
    expect_golden(std::string(trainer->name) + ".txt", text);
  }
}

TEST(Trainers, HaveConfigurationsThatFit) {
  for (const Trainer* trainer : all_trainers()) {
    if (!trainer->files) continue;
    DatasetFacts facts{&qwen3(), trainer->format,     true, Container::jsonl,
                       5000,     TrainedThoughts::all};
    std::string text;
    for (const auto& [name, content] : trainer->files(facts)) {
      text += "=== " + name + "\n" + content;
    }
    EXPECT_TRUE(contains(text, "5120")) << trainer->name;
    EXPECT_TRUE(contains(text, "validation.jsonl")) << trainer->name;
    expect_golden(std::string(trainer->name) + "_files.txt", text);
    facts.has_validation = false;
    for (const auto& [name, content] : trainer->files(facts)) {
      EXPECT_FALSE(contains(content, "validation.jsonl")) << name;
    }
  }
}

TEST(Trainers, TakeFormatsOfNobodyInParticular) {
  for (SampleFormat format :
       {SampleFormat::messages, SampleFormat::sharegpt, SampleFormat::hermes}) {
    ExportSettings settings;
    settings.format = format;
    std::string text;
    for (const Json& row : written_for(settings).rows) {
      text += row.dump(1) + "\n";
    }
    const char* names[] = {"record", "messages", "sharegpt", "hermes"};
    expect_golden(
        "any_" + std::string(names[static_cast<size_t>(format)]) + ".txt",
        text);
  }
}

TEST(Trainers, ThatLearnTheLastMessageGetOneToLearn) {
  for (const Trainer* trainer : all_trainers()) {
    if (trainer->learns != Learns::last) continue;
    Written written = written_for(trainer->name, "qwen3");
    EXPECT_EQ(written.rows.size(), 4u) << trainer->name;
    EXPECT_EQ(written.tally.trained_messages, 4) << trainer->name;
    EXPECT_EQ(written.tally.trained_thoughts, 4) << trainer->name;
    EXPECT_EQ(written.tally.trained_calls, 3) << trainer->name;
  }
}

// Its converter wants them in turn.
TEST(LlamaFactory, AlternatesWhoSpeaks) {
  for (const Json& row : written_for("llamafactory", "qwen3").rows) {
    const Json& turns = row["conversations"];
    EXPECT_EQ(turns.size() % 2, 0u);
    for (size_t at = 0; at < turns.size(); ++at) {
      std::string from = turns[at]["from"];
      bool right = at % 2 == 0 ? from == "human" || from == "observation"
                               : from == "gpt" || from == "function_call";
      EXPECT_TRUE(right) << at << " " << from;
    }
  }
}

TEST(LlamaFactory, HasOneListOfCallsThatItCanRead) {
  Json call = written_for("llamafactory", "qwen3").rows[0]["conversations"][1];
  std::string value = call["value"];
  size_t begin = value.find("\n</think>\n\n");
  ASSERT_NE(begin, value.npos);
  Json calls = *parse_json(value.substr(begin + 11));
  ASSERT_EQ(calls.size(), 2u);
  EXPECT_EQ(calls[1]["arguments"]["text"], "asked \"why\"");
}

TEST(LlamaFactory, TagsTheResultsOfHermesItself) {
  Json row = written_for("llamafactory", "hermes").rows[1];
  EXPECT_EQ(row["conversations"][2]["value"],
            "<tool_response>\n{\"found\":[\"Tom\"]}\n</tool_response>\n"
            "<tool_response>\n{\"total\":1}\n</tool_response>");
}

TEST(OpenAi, HasNoThoughtsAndWeighsWhatIsLearnt) {
  Written written = written_for("openai", "");
  ASSERT_EQ(written.rows.size(), 1u);
  EXPECT_FALSE(contains(written.rows[0].dump(), "think"));
  std::string weights;
  for (const Json& message : written.rows[0]["messages"]) {
    if (message.contains("weight")) weights += message["weight"].dump();
  }
  EXPECT_EQ(weights, "11011");
}

TEST(Together, WeighsMessagesOnlyWhereThereAreNoThoughts) {
  EXPECT_EQ(written_for("together", "").rows.size(), 4u);
  ExportSettings settings;
  settings.trainer = "together";
  settings.thoughts = TrainedThoughts::none;
  EXPECT_EQ(written_for(settings).rows.size(), 1u);
}

TEST(DatasetPlan, RefusesWhatDoesNotGoTogether) {
  struct {
    const char* trainer;
    const char* family;
    std::optional<SampleFormat> format;
    const char* said;
  } rows[] = {
      {"trll", "qwen3", {}, "there is no --for \"trll\""},
      {"trl", "", {}, "which --family of models?"},
      {"trl", "qwen", {}, "there is no --family \"qwen\""},
      {"trl", "gpt-oss", {}, "give --template FILE"},
      {"trl", "qwen3", SampleFormat::sharegpt, "takes another format"},
      {"trl", "qwen3", SampleFormat::record, "leave out --for"},
      {"openai", "", SampleFormat::rendered, "which --family"},
      {"openai", "qwen3", SampleFormat::rendered, "renders conversations"},
      {"llamafactory", "gpt-oss", {}, "has no template for it"},
      {"llamafactory", "mistral", {}, "take --thinking none"},
      {"ms-swift", "gpt-oss", {}, "would put its thoughts into the answer"},
      {"axolotl", "qwen3", SampleFormat::preference, "is not known to take"},
  };
  for (const auto& row : rows) {
    ExportSettings settings;
    settings.trainer = row.trainer;
    settings.family = row.family;
    settings.format = row.format;
    try {
      dataset_plan(settings);
      ADD_FAILURE() << row.trainer << " " << row.family;
    } catch (const std::exception& refusal) {
      EXPECT_TRUE(contains(refusal.what(), row.said)) << refusal.what();
    }
  }
}

TEST(DatasetCard, TellsWhatIsInIt) {
  Written written = written_for("trl", "qwen3");
  written.tally.licences["CC BY 4.0, of Somewhere"] = 1;
  expect_golden("card.md", dataset_card(written.plan, written.tally,
                                        "simulate export --for trl"));
}

}  // namespace
}  // namespace simulate
