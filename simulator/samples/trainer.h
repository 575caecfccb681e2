// Who trains: what a row of its dataset looks like, which messages of it are
// learnt, and what lies beside the dataset. A row for each in trainers/; what
// is said of one was read in its own source or manual (2026-11).
// Tested by tests/samples/trainer_test.cpp.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "simulator/samples/export_settings.h"
#include "simulator/samples/preference.h"

namespace simulate {

// Which messages of a sample a trainer learns.
enum class Learns {
  marked,              // those that are marked
  last,                // the last
  last_with_thoughts,  // the same where there are thoughts, else the marked
};

// What the configurations beside a dataset are written from.
struct DatasetFacts {
  const Family* family = nullptr;
  SampleFormat format = SampleFormat::messages;
  bool has_validation = false;
  Container container = Container::jsonl;
  int64_t longest_tokens = 0;  // of a sample, an estimate that is not too low
  TrainedThoughts thoughts = TrainedThoughts::all;
};

// "train.jsonl", and what load_dataset() calls such a file.
std::string data_file(const char* part, Container container);
const char* loader_of(Container container);

using Files = std::map<std::string, std::string>;  // name, content

struct Trainer {
  const char* name = "";
  const char* title = "";
  SampleFormat format = SampleFormat::messages;
  Learns learns = Learns::marked;
  bool takes_thoughts = true;
  bool needs_family = true;  // a chat template comes between it and a model
  int64_t usual_cut = 0;     // its default length, in tokens; 0: unknown

  Json (*row)(const Sample& sample, const Family& family) = nullptr;
  Json (*rendered_row)(const std::string& prompt,
                       const std::string& completion) = nullptr;
  // What its reader would stumble over in a row, a clause; empty when nothing.
  std::string (*fault)(const Json& row, const Family& family) = nullptr;
  // Why it cannot train a family, a clause behind its name; empty: it can.
  std::string (*refusal)(const Family& family,
                         TrainedThoughts thoughts) = nullptr;
  bool uses_chat_template = false;  // the model's own, on messages
  bool adds_bos = true;  // its tokenizing puts BOS before a rendered text
  Json (*preference_row)(const Preference& pair,
                         const Family& family) = nullptr;
  Files (*files)(const DatasetFacts& facts) = nullptr;  // null: none
};

const std::vector<const Trainer*>& all_trainers();

// Null when there is none of that name.
const Trainer* trainer_named(const std::string& name);

// Who takes a format as it is, without a --for.
const Trainer& anyone_for(SampleFormat format);

// 1024, 2048, 3072, ...: a length that cuts no sample.
int64_t fitting_length(const DatasetFacts& facts);

// A script of TRL's kind with its FILES, LENGTH and EVALUATION filled in.
std::string filled_in(std::string script, const DatasetFacts& facts);

// {"prompt", "completion"}
Json prompt_completion(const std::string& prompt,
                       const std::string& completion);

// {"input", "preferred_output", "non_preferred_output"}, of a row that ends
// with what is preferred. Pairs have no weights.
Json tuning_pair(Json row, Json rejected);

// A row each, in trainers/.
const Trainer& trl();
const Trainer& axolotl();
const Trainer& llamafactory();
const Trainer& openai_tuning();
const Trainer& together_tuning();
const Trainer& unsloth();
const Trainer& ms_swift();
const Trainer& anyone_messages();
const Trainer& anyone_sharegpt();
const Trainer& anyone_hermes();

}  // namespace simulate
