#include "simulator/store/schema.h"

namespace simulate {

const char* const kLedgerSchema = R"sql(
-- Prompts, personas and settings, once each, by content.
CREATE TABLE texts(
  hash TEXT PRIMARY KEY,
  body TEXT NOT NULL
) WITHOUT ROWID;

-- Sums that are asked for at every start: never counted from the rows.
CREATE TABLE counters(
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO counters(name, value) VALUES
  ('kept', 0), ('abandoned', 0), ('record_bytes', 0), ('planned_slots', 0),
  ('planned_places', 0), ('storylines', 0), ('wave', 0);

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
  personas TEXT NOT NULL REFERENCES texts(hash)  -- a JSON list of hashes
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
  status TEXT NOT NULL DEFAULT 'open'
    CHECK (status IN ('open', 'kept', 'abandoned')),
  attempt INTEGER NOT NULL DEFAULT 1,   -- the one that is next or under way
  failures INTEGER NOT NULL DEFAULT 0   -- attempts used up
);
CREATE INDEX open_slots ON slots(slot) WHERE status = 'open';

CREATE TABLE attempts(
  slot INTEGER NOT NULL REFERENCES slots(slot),
  attempt INTEGER NOT NULL,
  version INTEGER NOT NULL REFERENCES versions(version),
  status TEXT NOT NULL DEFAULT 'running' CHECK (
    status IN ('running', 'kept', 'failed', 'parked', 'outdated')),
  reason TEXT NOT NULL DEFAULT '',
  detail TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (slot, attempt)
) WITHOUT ROWID;

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
  output_tokens INTEGER NOT NULL
);

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
  train INTEGER NOT NULL
);

CREATE TABLE tool_calls(
  slot INTEGER NOT NULL,
  position INTEGER NOT NULL,        -- of the message that calls
  call_id TEXT NOT NULL,
  name TEXT NOT NULL,
  arguments TEXT NOT NULL,          -- JSON
  result TEXT NOT NULL,             -- JSON
  error INTEGER NOT NULL,
  PRIMARY KEY (slot, call_id)
);

-- What a storyline's tools remember after each of its sessions.
CREATE TABLE tool_states(
  storyline INTEGER NOT NULL,
  session INTEGER NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (storyline, session)
);

-- What people and later passes think of a conversation.
CREATE TABLE marks(
  slot INTEGER NOT NULL REFERENCES slots(slot),
  mark TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (slot, mark)
) WITHOUT ROWID;

CREATE VIEW usage AS
  SELECT provider, model, role, count(*) AS replies,
         sum(input_tokens) AS input_tokens,
         sum(output_tokens) AS output_tokens
  FROM replies GROUP BY provider, model, role;

CREATE VIEW failures AS
  SELECT reason, count(*) AS attempts, max(detail) AS example
  FROM attempts WHERE status = 'failed' GROUP BY reason;
)sql";

}  // namespace simulate
