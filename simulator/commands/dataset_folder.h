// The folder that a trainer is pointed at: train.jsonl, validation.jsonl, its
// configuration and a card. It appears file by file, each of them whole.
// Tested by tests/program/export_test.cpp.
#pragma once

#include "simulator/samples/dataset.h"

namespace simulate {

// Throws BadUsage when something is in the folder already.
DatasetTally write_dataset_folder(const std::filesystem::path& folder,
                                  ConversationSource& source,
                                  const DatasetPlan& plan,
                                  TemplateEngine* engine,
                                  const std::string& command);

}  // namespace simulate
