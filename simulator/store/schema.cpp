#include "simulator/store/schema.h"

#include <string>

#include "simulator/base/error.h"
#include "simulator/store/guarded.h"
#include "simulator/store/migration.h"
#include "simulator/store/views.h"

namespace simulate {

namespace {

int number_in(SQLite::Database& database, const std::string& pragma) {
  return database.execAndGet("PRAGMA " + pragma).getInt();
}

bool is_empty(SQLite::Database& database) {
  return number_in(database, "schema_version") == 0;
}

void put_version(SQLite::Database& database) {
  database.exec("PRAGMA application_id = " +
                std::to_string(kLedgerApplicationId));
  database.exec("PRAGMA user_version = " + std::to_string(kLedgerVersion));
}

}  // namespace

void refuse_unless_ledger(SQLite::Database& database) {
  const std::string& file = database.getFilename();
  if (!is_empty(database) &&
      number_in(database, "application_id") != kLedgerApplicationId) {
    throw BadUsage(file +
                   " is a database of another program; choose another "
                   "--output");
  }
  int version = number_in(database, "user_version");
  if (version > kLedgerVersion) {
    throw BadUsage(file + " was written by a newer version of simulate (" +
                   std::to_string(version) + " > " +
                   std::to_string(kLedgerVersion) + "); update simulate");
  }
  if (is_empty(database)) return;
  if (version < 1) {
    throw BadUsage(file + " says that it is of version " +
                   std::to_string(version) +
                   ", which no ledger of simulate is. It was not touched");
  }
  std::string foreign = foreign_part(database, version);
  if (foreign.empty()) return;
  throw BadUsage(file + " is not as simulate makes a ledger: it has " +
                 foreign +
                 ". It was not touched; simulate check --repair takes out of "
                 "it what is a ledger's");
}

bool is_up_to_date(SQLite::Database& database) {
  if (is_empty(database)) {
    throw BadUsage(database.getFilename() + " is empty: no ledger of simulate");
  }
  return number_in(database, "user_version") == kLedgerVersion;
}

void prepare_schema(SQLite::Database& database) {
  refuse_unless_ledger(database);
  bool is_new = is_empty(database);
  if (!is_new && is_up_to_date(database)) {
    SQLite::Transaction transaction(database);
    renew_views(database);
    transaction.commit();
    return;
  }
  SQLite::Transaction transaction(database,
                                  SQLite::TransactionBehavior::IMMEDIATE);
  if (is_new) {
    create_schema(database);
  } else {
    migrate(database, number_in(database, "user_version"));
  }
  put_version(database);
  transaction.commit();
}

}  // namespace simulate
