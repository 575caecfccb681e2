// A dataset for a trainer: the rows that a source's conversations become, and
// what there is to tell of them.
// Tested by tests/samples/trainer_test.cpp.
#pragma once

#include <functional>
#include <map>
#include <set>

#include "simulator/samples/export_settings.h"
#include "simulator/samples/rendering.h"
#include "simulator/samples/source.h"
#include "simulator/samples/trainer.h"

namespace simulate {

// What is asked for, with what follows from it.
struct DatasetPlan {
  const Trainer* trainer = nullptr;
  const Family* family = nullptr;
  SampleFormat format = SampleFormat::messages;
  SampleRules rules;
  double val_size = 0;
  Container container = Container::jsonl;
};

// Throws BadUsage for what does not go together, with what would.
DatasetPlan dataset_plan(const ExportSettings& settings);

// What a dataset card tells. Sums, so that it stays small.
struct DatasetTally {
  static constexpr size_t kMostPeople = 20'000;  // that are told apart

  int64_t conversations = 0;
  int64_t samples = 0;
  int64_t validation_samples = 0;
  int64_t trained_messages = 0;
  int64_t trained_thoughts = 0;
  int64_t trained_calls = 0;
  int64_t untrained_messages = 0;  // of the assistant, in conversations
  int64_t left_out = 0;            // samples that the template refused
  std::string complaint;           // the first of it
  int64_t longest_tokens = 0;
  std::map<std::string, int64_t> languages;
  std::map<std::string, int64_t> situations;
  std::map<std::string, int64_t> assistants;
  std::map<std::string, int64_t> testers;
  std::map<std::string, int64_t> licences;
  std::set<std::string> people;

  void add(const FinishedConversation& conversation);
  void add(const Sample& sample, size_t bytes);
};

enum class Part { train, validation };

// A row of JSON, without a line break.
using PutRow = std::function<void(Part, const Sample&, const std::string&)>;

// Reads the source through, twice when it is to be divided. The engine may be
// null unless the format is rendered. Throws BadUsage when no sample came of
// it.
DatasetTally write_dataset(ConversationSource& source, const DatasetPlan& plan,
                           TemplateEngine* engine, const PutRow& put);

// The dataset's README.md, as the hubs show it.
std::string dataset_card(const DatasetPlan& plan, const DatasetTally& tally,
                         const std::string& command);

DatasetFacts facts_of(const DatasetPlan& plan, const DatasetTally& tally);

}  // namespace simulate
