#include "simulator/store/statements.h"

#include "simulator/store/ledger_trouble.h"

namespace simulate {

bool Query::next() {
  try {
    return statement_.executeStep();
  } catch (const SQLite::Exception& failure) {
    throw_ledger_trouble(file_, "read", failure);
  }
}

Query Statements::query(std::string_view sql) {
  try {
    return Query(fresh(sql), database_.getFilename());
  } catch (const SQLite::Exception& failure) {
    throw_ledger_trouble(database_.getFilename(), "read", failure);
  }
}

SQLite::Statement& Statements::fresh(std::string_view sql) {
  auto found = all_.find(sql);
  if (found == all_.end()) {
    std::string text(sql);
    auto made = std::make_unique<SQLite::Statement>(database_, text);
    found = all_.emplace(std::move(text), std::move(made)).first;
  }
  // The last use may have failed, which a reset would tell once more.
  found->second->tryReset();
  return *found->second;
}

}  // namespace simulate
