#include "simulator/store/transcripts.h"

#include "simulator/store/keys.h"
#include "simulator/store/plan_columns.h"
#include "simulator/store/texts.h"

namespace simulate {

namespace {

// A call and its result are one row.
struct CallRow {
  ToolCall call;
  ToolResult result;
};

const Columns<Conversation>& conversation_columns() {
  using C = Conversation;
  static const Columns<C> columns(
      "conversations",
      {column<C, &C::attempt>("attempt"), column<C, &C::language>("language"),
       column<C, &C::assistant>("assistant"), column<C, &C::tester>("tester"),
       column<C, &C::rewriter>("rewriter"), column<C, &C::prompts>("prompts"),
       column<C, &C::transcript, &Transcript::ending>("ending"),
       column<C, &C::usage, &Usage::input_tokens>("input_tokens"),
       column<C, &C::usage, &Usage::output_tokens>("output_tokens"),
       column<C, &C::situation>("situation"), column<C, &C::about>("about"),
       column<C, &C::missed>("missed"), column<C, &C::guards>("guards"),
       column<C, &C::thoughts_refused>("thoughts_refused"),
       column<C, &C::examples>("examples"),
       column<C, &C::blemishes>("blemishes"), column<C, &C::calls>("calls"),
       column<C, &C::repeated_tokens>("repeated_tokens"),
       column<C, &C::trained_tokens>("trained_tokens")},
      {.hashed = {"slot", "messages", "turns", "offered", "tools_text_at",
                  "tools_text_size"},
       .others = {"record_version", "record_bytes", "record_hash"},
       .has_hash = true});
  return columns;
}

const Columns<Message>& message_columns() {
  static const Columns<Message> columns(
      "messages",
      {column<Message, &Message::speaker>("speaker"),
       column<Message, &Message::content>("content"),
       column<Message, &Message::thinking>("thinking"),
       column<Message, &Message::original_thinking>("original_thinking"),
       column<Message, &Message::train>("train"),
       column<Message, &Message::repairs>("repairs")},
      {.hashed = {"message", "slot", "position"}, .has_hash = true});
  return columns;
}

const Columns<CallRow>& call_columns() {
  using C = CallRow;
  static const Columns<C> columns(
      "tool_calls",
      {column<C, &C::call, &ToolCall::id>("call_id"),
       column<C, &C::call, &ToolCall::name>("name"),
       column<C, &C::call, &ToolCall::arguments>("arguments"),
       column<C, &C::result, &ToolResult::body>("result"),
       column<C, &C::result, &ToolResult::error>("error"),
       column<C, &C::result, &ToolResult::planned>("planned"),
       column<C, &C::result, &ToolResult::repairs>("repairs")},
      {.hashed = {"slot", "position"}, .has_hash = true});
  return columns;
}

void write_call(Statements& statements, int64_t slot, int64_t position,
                const CallRow& call) {
  SQLite::Statement& row = statements.insert(call_columns(), call);
  row.bind(":slot", slot);
  row.bind(":position", position);
  row.exec();
}

void write_messages(Statements& statements, int64_t slot,
                    const std::vector<Message>& messages) {
  for (size_t i = 0; i < messages.size(); ++i) {
    const Message& message = messages[i];
    auto position = static_cast<int64_t>(i);
    for (size_t call = 0; call < message.calls.size(); ++call) {
      write_call(statements, slot, position,
                 {message.calls[call], messages.at(i + 1 + call).result});
    }
    if (message.speaker == Speaker::tool) continue;
    SQLite::Statement& row = statements.insert(message_columns(), message);
    row.bind(":message", message_key(slot, position));
    row.bind(":slot", slot);
    row.bind(":position", position);
    row.exec();
  }
}

void append_calls(Statements& statements, int64_t slot, int64_t position,
                  std::vector<Message>& messages) {
  static const std::string sql =
      "SELECT " + call_columns().names() +
      " FROM tool_calls WHERE slot = ?1 AND position = ?2 ORDER BY call_id";
  size_t caller = messages.size() - 1;
  Query row = statements.query(sql);
  row.bind(1, slot);
  row.bind(2, position);
  while (row.next()) {
    CallRow read;
    row.read(call_columns(), read);
    Message told;
    told.speaker = Speaker::tool;
    told.result = std::move(read.result);
    told.result.call_id = read.call.id;
    told.result.name = read.call.name;
    messages[caller].calls.push_back(std::move(read.call));
    messages.push_back(std::move(told));
  }
}

// Those of the slot, without calls, in order: visit(message, position).
template <class Visit>
void for_each_message(Statements& statements, int64_t slot, Visit visit) {
  static const std::string sql =
      "SELECT position, " + message_columns().names() +
      " FROM messages WHERE message BETWEEN ?1 AND ?2 ORDER BY message";
  Query row = statements.query(sql);
  KeyRange keys = messages_of(slot);
  row.bind(1, keys.first);
  row.bind(2, keys.last);
  while (row.next()) {
    Message message;
    row.read(message_columns(), message);
    visit(std::move(message), row.column("position").getInt64());
  }
}

std::vector<Message> read_messages(Statements& statements, int64_t slot) {
  std::vector<Message> messages;
  for_each_message(statements, slot, [&](Message message, int64_t position) {
    messages.push_back(std::move(message));
    append_calls(statements, slot, position, messages);
  });
  return messages;
}

std::string schemas_text(const std::vector<ToolSpec>& tools) {
  Json schemas = Json::array();
  for (const ToolSpec& tool : tools) schemas.push_back(function_json(tool));
  return to_text(schemas);
}

void bind_offer(Statements& statements, SQLite::Statement& row,
                const std::optional<Offer>& offer) {
  if (!offer) {
    for (const char* name : {":offered", ":tools_text_at", ":tools_text_size"})
      row.bind(name);
    return;
  }
  row.bind(":offered", keep_text(statements, schemas_text(offer->tools)));
  row.bind(":tools_text_at", offer->text_begin);
  row.bind(":tools_text_size", offer->text_size);
}

std::optional<Offer> read_offer(Statements& statements, Query& row) {
  if (row.column("offered").isNull()) return std::nullopt;
  auto schemas =
      parse_json(text_with_hash(statements, row.column("offered").getString()));
  if (!schemas) return std::nullopt;
  Offer offer;
  for (const Json& schema : *schemas) {
    if (auto tool = tool_spec_from(schema)) offer.tools.push_back(*tool);
  }
  read_member(row.column("tools_text_at"), offer.text_begin);
  read_member(row.column("tools_text_size"), offer.text_size);
  return offer;
}

}  // namespace

std::vector<HashedTable> transcript_tables() {
  return {{"conversations", "saved conversations",
           conversation_columns().intact(), conversation_columns().hashed()},
          {"messages", "messages", message_columns().intact(),
           message_columns().hashed()},
          {"tool_calls", "tool calls", call_columns().intact(),
           call_columns().hashed()}};
}

void write_conversation(Statements& statements, const Conversation& saved,
                        const RecordStamp& record) {
  SQLite::Statement& row = statements.insert(conversation_columns(), saved);
  row.bind(":slot", saved.slot.number);
  row.bind(":messages", static_cast<int64_t>(saved.transcript.messages.size()));
  row.bind(":turns", static_cast<int64_t>(saved.transcript.turns()));
  row.bind(":record_version", record.version);
  row.bind(":record_bytes", record.bytes);
  row.bind(":record_hash", record.hash);
  bind_offer(statements, row, saved.transcript.offer);
  row.exec();
  write_messages(statements, saved.slot.number, saved.transcript.messages);
}

std::optional<Conversation> read_conversation(Statements& statements,
                                              int64_t commit_no) {
  static const std::string sql =
      "SELECT " + slot_columns().names() + ", " +
      conversation_columns().names() +
      ", offered, tools_text_at, tools_text_size, (SELECT seed FROM waves "
      "WHERE waves.wave = slots.wave) AS run_seed "
      "FROM conversations JOIN slots USING (slot) WHERE commit_no = ?1";
  Query row = statements.query(sql);
  row.bind(1, commit_no);
  if (!row.next()) return std::nullopt;
  Conversation result;
  row.read(slot_columns(), result.slot);
  row.read(conversation_columns(), result);
  read_member(row.column("run_seed"), result.run_seed);
  result.transcript.offer = read_offer(statements, row);
  result.transcript.messages = read_messages(statements, result.slot.number);
  return result;
}

std::vector<Message> spoken_in(Statements& statements, int64_t slot) {
  std::vector<Message> spoken;
  for_each_message(statements, slot, [&](Message message, int64_t) {
    if (message.speaker == Speaker::system || message.content.empty()) return;
    spoken.push_back(std::move(message));
  });
  return spoken;
}

}  // namespace simulate
