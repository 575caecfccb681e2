// The rewriter cleans the assistant's thinking once the talk is over. A
// rewritten block that fails its proof is left out and the original stays.
// Tested by tests/conversation/checks_test.cpp and converse_test.cpp.
#pragma once

#include <string>

#include "simulator/conversation/dialogue.h"

namespace simulate {

// Empty when `rewritten` says what `original` says: the same numbers, names
// and tool names, some prose, no tags. Else what is wrong with it. Pure.
std::string rewrite_fault(const std::string& original,
                          const std::string& rewritten);

// Rewrites the thinking of the whole transcript, or of the last turn alone, in
// one call. Throws AttemptFailure only where no reply can be had now.
asio::awaitable<void> rewrite_thinking(DialogueState& dialogue, Rewrite scope);

}  // namespace simulate
