#include "simulator/store/rebuild.h"

#include "simulator/base/file.h"
#include "simulator/base/hash.h"
#include "simulator/export/record.h"
#include "simulator/store/ledger_totals.h"

namespace simulate {

namespace {

// Writes all records to `file`; returns their bytes together.
int64_t render_all(SQLite::Database& database, LedgerReader& reader,
                   FileFormat format, WholeFile& file) {
  SQLite::Statement update(database,
                           "UPDATE conversations SET record_version = ?1, "
                           "record_bytes = ?2, record_hash = ?3 WHERE "
                           "commit_no = ?4");
  RecordStream stream(format,
                      [&file](std::string_view text) { file.append(text); });
  int64_t bytes = 0;
  int64_t records = reader.records();
  for (int64_t number = 1; number <= records; ++number) {
    std::string record = reader.render(number);
    stream.add(record);
    auto size = static_cast<int64_t>(record.size());
    bytes += size;
    update.reset();
    update.bind(1, kRecordVersion);
    update.bind(2, size);
    update.bind(3, content_hash(record));
    update.bind(4, number);
    update.exec();
  }
  stream.end();
  return bytes;
}

}  // namespace

bool needs_rebuild(LedgerReader& reader) {
  Counters counters = reader.counters();
  if (counters.rebuild != 0) return true;
  // The first record is the oldest: a rebuild renders all of them.
  return counters.kept > 0 && reader.record_version_of(1) != kRecordVersion;
}

void rebuild_training_file(Ledger& ledger, LedgerReader& reader,
                           const std::filesystem::path& path) {
  SQLite::Database& database = ledger.database();
  WholeFile file(path, 0644);
  SQLite::Transaction transaction(database,
                                  SQLite::TransactionBehavior::IMMEDIATE);
  int64_t bytes = render_all(database, reader, format_of(path), file);
  set_counter(database, "record_bytes", bytes);
  set_counter(database, "rebuild", 1);
  transaction.commit();
  file.finish();
  rebuild_is_done(ledger);
}

void rebuild_is_done(Ledger& ledger) {
  set_counter(ledger.database(), "rebuild", 0);
}

}  // namespace simulate
