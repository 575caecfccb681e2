// The offline model behind a server that does now and then what servers do
// wrong (faults.h): to see what a run makes of it, and what its settings are
// worth, before money is at stake. Which calls go wrong is decided by a
// request's seed and the number of the call.
// Tested by tests/offline/faults_test.cpp.
#pragma once

#include <memory>

#include "simulator/models/chat.h"
#include "simulator/models/provider.h"

namespace simulate {

class ChaoticModel : public ChatModel {
 public:
  // `rate`: of the calls, from 0 to 1.
  ChaoticModel(Provider provider, std::unique_ptr<ChatModel> model,
               double rate);

  asio::awaitable<ChatOutcome> reply(const ChatRequest& request) override;

 private:
  Provider provider_;
  std::unique_ptr<ChatModel> model_;
  double rate_;
  uint64_t calls_ = 0;
};

}  // namespace simulate
