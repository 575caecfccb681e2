// A sample as its model sees it when it is trained: the text that the trainer
// makes of a row by the model's chat template, and which part of it is learnt.
// Tested by tests/samples/sample_check_test.cpp.
#pragma once

#include "simulator/samples/dataset.h"

namespace simulate {

struct SeenSample {
  std::string prompt;
  std::string learnt;
  std::string complaint;  // of the template; then there is no text
  bool shifted = false;   // the whole does not begin with its prompt
};

// False for trainers with templates of their own.
bool is_seen_by_template(const DatasetPlan& plan);

SeenSample seen_sample(const Sample& sample, const DatasetPlan& plan,
                       TemplateEngine& engine);

}  // namespace simulate
