// A conversation as others wrote it: rows of chat messages, of prompt and
// completion, of ShareGPT, of Hermes, and records of ours, told apart by their
// keys. What a format does not have is not there: ids are made, results are
// read as JSON where they are. Pure.
// Tested by tests/samples/imported_test.cpp.
#pragma once

#include "simulator/samples/source.h"

namespace simulate {

// Throws BadUsage with what is wrong, a clause.
FinishedConversation imported(const Json& row);

}  // namespace simulate
