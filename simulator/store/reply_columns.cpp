#include "simulator/store/reply_columns.h"

namespace simulate {

namespace {

// [[call_id, name, body, error], ...]
void bind_results(SQLite::Statement& to, int at, const RecordedRound& round) {
  Json results = Json::array();
  for (const ToolResult& result : round.answer.results) {
    results.push_back({result.call_id, result.name, result.body, result.error});
  }
  to.bind(at, to_text(results));
}

void read_results(const SQLite::Column& from, RecordedRound& round) {
  for (const Json& row : parse_json(from.getString()).value_or(Json::array())) {
    round.answer.results.push_back({row.at(0).get<std::string>(),
                                    row.at(1).get<std::string>(), row.at(2),
                                    row.at(3).get<bool>()});
  }
}

// NULL: as before the round.
void bind_state(SQLite::Statement& to, int at, const RecordedRound& round) {
  if (!round.new_state) return to.bind(at);
  bind_member(to, at, round.answer.state.text);
}

void read_state(const SQLite::Column& from, RecordedRound& round) {
  round.new_state = !from.isNull();
  if (round.new_state) read_member(from, round.answer.state.text);
}

// `of` is the column that says whose they are.
Columns<RecordedReply> replies_in(const char* table, const char* of) {
  using R = RecordedReply;
  return Columns<R>(
      table,
      {column<R, &R::key, &AttemptKey::slot>(of),
       column<R, &R::key, &AttemptKey::attempt>("attempt"),
       column<R, &R::seq>("seq"), column<R, &R::role>("role"),
       column<R, &R::reply, &ChatReply::player, &Player::provider>("provider"),
       column<R, &R::reply, &ChatReply::player, &Player::model>("model"),
       column<R, &R::request>("request"),
       column<R, &R::reply, &ChatReply::content>("content"),
       column<R, &R::reply, &ChatReply::thinking>("thinking"),
       column<R, &R::reply, &ChatReply::finish>("finish"),
       column<R, &R::reply, &ChatReply::usage, &Usage::input_tokens>(
           "input_tokens"),
       column<R, &R::reply, &ChatReply::usage, &Usage::output_tokens>(
           "output_tokens"),
       column<R, &R::previous_rejection>("corrects"),
       column<R, &R::reply, &ChatReply::wire>("wire"),
       column<R, &R::correction>("correction")},
      {.hashed = {"reply"}, .has_hash = true});
}

}  // namespace

const Columns<RecordedReply>& reply_columns() {
  static const Columns<RecordedReply> columns = replies_in("replies", "slot");
  return columns;
}

const Columns<RecordedReply>& item_reply_columns() {
  static const Columns<RecordedReply> columns =
      replies_in("item_replies", "item");
  return columns;
}

const Columns<RecordedRound>& round_columns() {
  using R = RecordedRound;
  static const Columns<R> columns(
      "server_rounds",
      {column<R, &R::key, &AttemptKey::slot>("slot"),
       column<R, &R::key, &AttemptKey::attempt>("attempt"),
       column<R, &R::seq>("seq"),
       column<R, &R::question>("question"),
       {"results", bind_results, read_results},
       {"state", bind_state, read_state}},
      {.hashed = {"round"}, .has_hash = true});
  return columns;
}

}  // namespace simulate
