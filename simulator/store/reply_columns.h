// The columns of the tables replies, item_replies and server_rounds, for the
// ledger and its reader.
// Tested by tests/store/ledger_test.cpp.
#pragma once

#include "simulator/conversation/recorded_servers.h"
#include "simulator/models/recorded.h"
#include "simulator/store/columns.h"

namespace simulate {

// The other column is `reply`, its key.
const Columns<RecordedReply>& reply_columns();

// The same of what was asked for items, which stand for slots.
const Columns<RecordedReply>& item_reply_columns();

// The other column is `round`, its key.
const Columns<RecordedRound>& round_columns();

}  // namespace simulate
