// A saved conversation in the tables conversations, messages and tool_calls:
// written and read here, so that each column is named in one file.
// Tested by tests/store/ledger_test.cpp.
#pragma once

#include <optional>

#include "simulator/conversation/converse.h"
#include "simulator/store/row_hash.h"
#include "simulator/store/statements.h"

namespace simulate {

// What the ledger knows of the record that was made of a conversation.
struct RecordStamp {
  int version = 0;  // in which way it was rendered
  int64_t bytes = 0;
  std::string hash;
};

// Those of them whose rows carry a hash.
std::vector<HashedTable> transcript_tables();

// Within the caller's transaction. Throws SQLite::Exception.
void write_conversation(Statements& statements, const Conversation& saved,
                        const RecordStamp& record);

// Everything but the state of its tools. Throws Fatal; DamagedRow when it is
// not what was saved.
std::optional<Conversation> read_conversation(Statements& statements,
                                              int64_t commit_no);

// What both said in a saved conversation, in order; of a slot that has none,
// nothing. Throws DamagedRow.
std::vector<Message> spoken_in(Statements& statements, int64_t slot);

}  // namespace simulate
