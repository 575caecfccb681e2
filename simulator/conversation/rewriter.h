// The rewriter cleans the assistant's thinking once the talk is over. A thought
// that is clean is not sent to it, and a rewrite that fails its proof
// (guards/rewrite_proof.h) is left out: the original stays.
// Tested by tests/conversation/converse_test.cpp.
#pragma once

#include "simulator/conversation/dialogue.h"

namespace simulate {

// Rewrites the thinking of the whole transcript, or of the last turn alone, in
// one call, or in none when all of it is clean. Throws AttemptFailure only
// where no reply can be had now.
asio::awaitable<void> rewrite_thinking(DialogueState& dialogue, Rewrite scope);

}  // namespace simulate
