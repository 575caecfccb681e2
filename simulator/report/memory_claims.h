// What the assistant says that it did, keeps or knows, held against what its
// tools returned, what the person said and what the system message told: the
// claims of one conversation. Pure.
//
// Deeds ("I've saved that") are judged by the guards of claims.h. What is told
// of what is kept is judged by its names, numbers and days: each must have
// stood somewhere before. Nothing is said of a claim in other words, and
// nothing of general talk, in which an assistant may name what nobody told it.
// Tested by tests/report/memory_claims_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "simulator/report/heard_so_far.h"
#include "simulator/samples/source.h"

namespace simulate {

struct MemoryClaim {
  size_t position = 0;  // of its message
  std::string kind;     // of claim_kinds()
  std::string text;     // the sentence
  std::string fact;     // "Tuesday"; of a deed nothing
  bool backed = true;
};

// "saved", "set", "deleted", "looked", "remembered": deeds; "name", "number",
// "day": told of what is kept; "written": a name or number in what it stored.
const std::vector<std::string>& claim_kinds();

std::vector<MemoryClaim> memory_claims(const FinishedConversation& talk,
                                       const Between& between);

}  // namespace simulate
