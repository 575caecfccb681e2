// Requests as the conversation makes them of the scripted speakers, and the
// rounds of a turn with the shipped tools.
#pragma once

#include <string>
#include <vector>

#include "simulator/offline/scripts.h"
#include "tools/toolbox.h"

namespace simulate::offline {

const Json& agnes();  // a persona of seven facts and three topics

// Without a past; of another story for each of a hundred seeds.
ChatRequest tester_request(uint64_t seed, int session = 1);
// As the tester's prompt lists them.
std::string listed(const std::vector<std::string>& items);
// What was said before: the request is of a later turn then.
void add_exchanges(ChatRequest& request, int count);
ChatRequest assistant_request(const std::string& said, int session = 1);

// Answers the request and goes on with the tools' results until there are
// words. `after` becomes the state in the end, `names` the tools called.
std::string spoken(ChatRequest request, const ToolState& before = {},
                   ToolState* after = nullptr,
                   std::vector<std::string>* names = nullptr);

// What the scripted speaker says to the request.
inline std::string tester_script(const ChatRequest& request) {
  return tester_script(request, text_messages(request));
}
inline std::string assistant_script(const ChatRequest& request) {
  return assistant_script(request, text_messages(request));
}
inline std::string rewriter_script(const ChatRequest& request) {
  return rewriter_script(request, text_messages(request));
}

ToolState state_with(const std::vector<std::string>& memories);

}  // namespace simulate::offline
