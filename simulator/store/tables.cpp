#include "simulator/store/tables.h"

namespace simulate {

const char* const kTablesOfVersion3 = R"sql(
-- Prompts, personas and settings, once each, by content.
CREATE TABLE texts(
  hash TEXT PRIMARY KEY,
  body TEXT NOT NULL
) WITHOUT ROWID;

-- Sums that are asked for at every start: never counted from the rows.
-- cut_off: requests that were in flight when a process died. rebuild: 1 when
-- the training file must be written anew before anything is appended to it.
CREATE TABLE counters(
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO counters(name, value) VALUES
  ('kept', 0), ('abandoned', 0), ('record_bytes', 0), ('planned_slots', 0),
  ('planned_places', 0), ('storylines', 0), ('wave', 0), ('cut_off', 0),
  ('rebuild', 0);

-- A row per change of settings; settings is the hash of a JSON text.
CREATE TABLE versions(
  version INTEGER PRIMARY KEY,
  settings TEXT NOT NULL REFERENCES texts(hash),
  since TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE waves(
  wave INTEGER PRIMARY KEY,
  first_place INTEGER NOT NULL,
  first_storyline INTEGER NOT NULL,
  sessions INTEGER NOT NULL,
  fewest_turns INTEGER NOT NULL,
  most_turns INTEGER NOT NULL,
  tester_variants INTEGER NOT NULL,
  assistant_variants INTEGER NOT NULL,
  seed INTEGER NOT NULL,
  personas TEXT NOT NULL REFERENCES texts(hash), -- a JSON list of hashes
  closed INTEGER NOT NULL DEFAULT 0,             -- no more slots are drawn
  optional_tools TEXT NOT NULL DEFAULT '' -- groups that a storyline may lack
);

-- A storyline gets a row when its first attempt begins and it is given the
-- provider that its assistant stays with.
CREATE TABLE storylines(
  storyline INTEGER PRIMARY KEY,
  provider TEXT NOT NULL
);

CREATE TABLE slots(
  slot INTEGER PRIMARY KEY,
  place INTEGER NOT NULL,
  wave INTEGER NOT NULL,
  storyline INTEGER NOT NULL,
  session INTEGER NOT NULL,
  persona TEXT NOT NULL,
  persona_text TEXT NOT NULL REFERENCES texts(hash),
  situation TEXT NOT NULL,
  topic TEXT NOT NULL,
  style TEXT NOT NULL,
  mood TEXT NOT NULL,
  opening TEXT NOT NULL,
  appetite TEXT NOT NULL,
  turns INTEGER NOT NULL,
  tester_variant INTEGER NOT NULL,
  assistant_variant INTEGER NOT NULL,
  seed INTEGER NOT NULL,
  starts_at INTEGER NOT NULL,      -- simulated minutes since 1970
  withheld TEXT NOT NULL DEFAULT '',    -- groups of tools it is not offered
  status TEXT NOT NULL DEFAULT 'open'
    CHECK (status IN ('open', 'kept', 'abandoned', 'replaced')),
  attempt INTEGER NOT NULL DEFAULT 1,   -- the one that is next or under way
  failures INTEGER NOT NULL DEFAULT 0   -- attempts used up
);
CREATE INDEX open_slots ON slots(slot) WHERE status = 'open';

CREATE TABLE attempts(
  slot INTEGER NOT NULL REFERENCES slots(slot),
  attempt INTEGER NOT NULL,
  version INTEGER NOT NULL REFERENCES versions(version),
  status TEXT NOT NULL DEFAULT 'running' CHECK (
    status IN ('running', 'kept', 'failed', 'parked', 'outdated',
               'superseded')),
  reason TEXT NOT NULL DEFAULT '',
  detail TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (slot, attempt)
) WITHOUT ROWID;
CREATE INDEX unfinished_attempts ON attempts(status)
  WHERE status IN ('running', 'parked');

-- Every answer that was ever received, written before it is used.
-- The key is slot * 2^24 + attempt * 2^16 + seq: one tree, so that keeping a
-- reply writes one page.
CREATE TABLE replies(
  reply INTEGER PRIMARY KEY,
  slot INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  role TEXT NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  request TEXT NOT NULL,            -- content hash of what was asked
  content TEXT NOT NULL,
  thinking TEXT NOT NULL,
  finish TEXT NOT NULL,
  input_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  corrects TEXT NOT NULL DEFAULT '' -- why the reply before it was rejected
);

-- What MCP servers answered, written before it is used. The key is made like
-- that of replies; seq counts the rounds of calls, the last of which has none:
-- then the conversation leaves its servers.
CREATE TABLE server_rounds(
  round INTEGER PRIMARY KEY,
  slot INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  question TEXT NOT NULL,           -- content hash of the calls
  results TEXT NOT NULL,            -- JSON: [[call_id, name, body, error], ...]
  state TEXT                        -- what they remember then; NULL: as before
);

-- Replies and their tokens by who gave them, over all attempts that ended.
CREATE TABLE usage(
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  role TEXT NOT NULL,
  replies INTEGER NOT NULL,
  input_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  PRIMARY KEY (provider, model, role)
) WITHOUT ROWID;

-- Why attempts failed.
CREATE TABLE failures(
  reason TEXT PRIMARY KEY,
  attempts INTEGER NOT NULL,
  example TEXT NOT NULL
) WITHOUT ROWID;

-- What was learned of each provider, over all processes; written every few
-- seconds. The clock is the machine's, in seconds since 1970.
CREATE TABLE lanes(
  provider TEXT PRIMARY KEY,
  calls INTEGER NOT NULL,
  rate_limited INTEGER NOT NULL,
  retries INTEGER NOT NULL,
  maybe_billed INTEGER NOT NULL,    -- failed, and yet perhaps answered
  seconds_per_call REAL NOT NULL,
  rests_for INTEGER NOT NULL,       -- seconds, as the server asked
  rests_until INTEGER NOT NULL
) WITHOUT ROWID;

-- Saved conversations, in the order in which they were saved.
CREATE TABLE conversations(
  commit_no INTEGER PRIMARY KEY,
  slot INTEGER NOT NULL UNIQUE REFERENCES slots(slot),
  attempt INTEGER NOT NULL,
  language TEXT NOT NULL,
  assistant TEXT NOT NULL,
  tester TEXT NOT NULL,
  rewriter TEXT NOT NULL,
  prompts TEXT NOT NULL,
  ending TEXT NOT NULL,
  input_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  record_version INTEGER NOT NULL,
  record_bytes INTEGER NOT NULL,    -- of its record in the training file
  record_hash TEXT NOT NULL
);

-- The canonical transcript of a saved conversation; the key is slot * 2^16 +
-- position.
CREATE TABLE messages(
  message INTEGER PRIMARY KEY,
  slot INTEGER NOT NULL,
  position INTEGER NOT NULL,
  speaker TEXT NOT NULL,
  content TEXT NOT NULL,
  thinking TEXT NOT NULL,
  original_thinking TEXT NOT NULL,
  train INTEGER NOT NULL,
  repairs TEXT NOT NULL DEFAULT ''  -- of its calls, as they were read; JSON
);

CREATE TABLE tool_calls(
  slot INTEGER NOT NULL,
  position INTEGER NOT NULL,        -- of the message that calls
  call_id TEXT NOT NULL,
  name TEXT NOT NULL,
  arguments TEXT NOT NULL,          -- JSON
  result TEXT NOT NULL,             -- JSON
  error INTEGER NOT NULL,
  planned INTEGER NOT NULL DEFAULT 0, -- it failed because the plan wanted it
  repairs TEXT NOT NULL DEFAULT '', -- of its arguments; a JSON list
  PRIMARY KEY (slot, call_id)
);

-- What a storyline's tools remember after each of its sessions.
CREATE TABLE tool_states(
  storyline INTEGER NOT NULL,
  session INTEGER NOT NULL,
  state TEXT NOT NULL,
  servers TEXT NOT NULL DEFAULT '', -- what MCP servers remember; JSON
  PRIMARY KEY (storyline, session)
);

-- What people and later passes think of a conversation.
CREATE TABLE marks(
  slot INTEGER NOT NULL REFERENCES slots(slot),
  attempt INTEGER NOT NULL,
  mark TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (slot, attempt, mark)
) WITHOUT ROWID;
)sql";

}  // namespace simulate
