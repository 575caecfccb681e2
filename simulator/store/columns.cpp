#include "simulator/store/columns.h"

namespace simulate {

void bind_member(SQLite::Statement& to, int at, const std::string& value) {
  to.bindNoCopy(at, value);
}

void bind_member(SQLite::Statement& to, int at, int64_t value) {
  to.bind(at, value);
}

// SQLite's numbers have a sign; the bits come back as they were.
void bind_member(SQLite::Statement& to, int at, uint64_t value) {
  to.bind(at, static_cast<int64_t>(value));
}

void bind_member(SQLite::Statement& to, int at, int value) {
  to.bind(at, value);
}

void bind_member(SQLite::Statement& to, int at, bool value) {
  to.bind(at, value ? 1 : 0);
}

void bind_member(SQLite::Statement& to, int at, const Json& value) {
  to.bind(at, to_text(value));
}

// Empty for an empty list, as most are.
void bind_member(SQLite::Statement& to, int at,
                 const std::vector<std::string>& value) {
  to.bind(at, value.empty() ? "" : to_text(Json(value)));
}

void bind_member(SQLite::Statement& to, int at, Role value) {
  to.bind(at, role_name(value));
}

void bind_member(SQLite::Statement& to, int at, Finish value) {
  to.bind(at, finish_name(value));
}

void bind_member(SQLite::Statement& to, int at, Speaker value) {
  to.bind(at, speaker_name(value));
}

void bind_member(SQLite::Statement& to, int at, Ending value) {
  to.bind(at, ending_name(value));
}

void read_member(const SQLite::Column& from, std::string& value) {
  value = from.getString();
}

void read_member(const SQLite::Column& from, int64_t& value) {
  value = from.getInt64();
}

void read_member(const SQLite::Column& from, uint64_t& value) {
  value = static_cast<uint64_t>(from.getInt64());
}

void read_member(const SQLite::Column& from, int& value) {
  value = from.getInt();
}

void read_member(const SQLite::Column& from, bool& value) {
  value = from.getInt() != 0;
}

void read_member(const SQLite::Column& from, Json& value) {
  value = parse_json(from.getString()).value_or(Json::object());
}

void read_member(const SQLite::Column& from, std::vector<std::string>& value) {
  value = parse_json(from.getString()).value_or(Json::array());
}

void read_member(const SQLite::Column& from, Role& value) {
  value = role_named(from.getString()).value_or(Role::assistant);
}

void read_member(const SQLite::Column& from, Finish& value) {
  value = finish_named(from.getString());
}

void read_member(const SQLite::Column& from, Speaker& value) {
  value = speaker_named(from.getString());
}

void read_member(const SQLite::Column& from, Ending& value) {
  value = ending_named(from.getString());
}

}  // namespace simulate
