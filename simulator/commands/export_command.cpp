// Tested by tests/program/run_test.cpp.

#include "simulator/commands/commands.h"

#include <cstdio>

#include "simulator/base/file.h"
#include "simulator/base/screen.h"
#include "simulator/export/training_file.h"
#include "simulator/store/ledger_reader.h"

namespace simulate {

namespace {

// The same bytes as the training file's, one record in memory at a time.
void write_all(LedgerView& ledger, FileFormat format,
               const RecordStream::Put& put) {
  RecordStream stream(format, put);
  int64_t records = ledger.records();
  for (int64_t number = 1; number <= records; ++number) {
    stream.add(ledger.render(number));
  }
  stream.end();
}

void put_to_stdout(std::string_view text) {
  if (hand_out(stdout, text)) return;
  throw Fatal(
      "cannot write the export: the disk may be full, or the reader went away");
}

}  // namespace

ExitCode export_command(const Settings& settings) {
  LedgerReader reader(settings.ledger());
  LedgerReader::Snapshot snapshot(reader);
  if (settings.to.empty()) {
    write_all(reader, *settings.format, put_to_stdout);
    return ExitCode::done;
  }
  std::error_code none;
  if (std::filesystem::exists(settings.to, none)) {
    throw BadUsage(settings.to.string() +
                   " exists already; --to does not write over files");
  }
  WholeFile file(settings.to, 0644);
  write_all(reader, *settings.format,
            [&file](std::string_view text) { file.append(text); });
  file.finish();
  return ExitCode::done;
}

}  // namespace simulate
