// What is known of a conversation beside its words: one flat object, always the
// same keys and types, for its record, for `expect` and for --where. The fields
// are described in docs/record.md. Pure.
// Tested by tests/export/record_test.cpp.
#pragma once

#include "simulator/base/json.h"
#include "simulator/conversation/converse.h"

namespace simulate {

Json metadata_of(const Conversation& conversation);

// What a record and `expect` call whoever speaks: the tester is "user".
const char* record_role(Speaker speaker);

}  // namespace simulate
