// Asks every model that a run would play with once, in the way in which it
// would be used: for `check`.
// Tested by tests/program/check_test.cpp.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "simulator/commands/run_inputs.h"
#include "simulator/models/lanes.h"
#include "simulator/net/http.h"

namespace simulate {

struct ModelsAsked {
  int silent = 0;  // that did not answer
};

// Who asks, and whom to tell: `tell` gets a provider's name and a sentence.
// They outlive the wait.
struct Asking {
  const RunInputs& inputs;
  Lanes& lanes;
  Http& http;
  std::filesystem::path native_models;  // where what calls in fields is noted
  std::string day;
  std::function<void(const std::string&, const std::string&)> tell;
};

// A model that calls a tool in fields, and reads its result there, is noted:
// --tool-mode auto goes by that. Where a name is not served, those that are,
// and the nearest.
asio::awaitable<ModelsAsked> ask_models(const Asking& asking);

}  // namespace simulate
