// What a user asks of `simulate export`. A value; part of Settings.
// Tested by tests/program/export_test.cpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "simulator/export/training_file.h"
#include "simulator/samples/sample_rules.h"

namespace simulate {

enum class Container { json, jsonl, parquet };

struct ExportSettings {
  std::optional<SampleFormat> format;   // none: the trainer's, or record
  std::optional<Container> container;   // none: by the name of the file
  std::filesystem::path input;          // a file instead of the ledger
  std::filesystem::path rejected_from;  // the training file of another run
  std::string trainer;                  // --for; empty: nobody
  std::string family;
  SampleUnit unit = SampleUnit::automatic;
  TrainedThoughts thoughts = TrainedThoughts::all;
  Untrained errors = Untrained::mask;
  double val_size = 0;  // the share of conversations
  std::filesystem::path chat_template;
  bool check = false;  // only look whether they train as they are meant
  int show = 0;        // only print so many
};

}  // namespace simulate
