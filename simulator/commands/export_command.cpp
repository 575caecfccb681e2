#include "simulator/commands/export_command.h"

#include <cstdio>
#include <memory>

#include "simulator/export/training_file.h"
#include "simulator/store/ledger_reader.h"

namespace simulate {

namespace {

// The same bytes as the training file's, one record in memory at a time.
void write_all(LedgerView& ledger, FileFormat format, std::FILE* out) {
  const Frame& frame = frame_of(format);
  auto put = [out](std::string_view text) {
    if (std::fwrite(text.data(), 1, text.size(), out) != text.size()) {
      throw Fatal(
          "cannot write the export: the disk may be full, or the "
          "reader went away");
    }
  };
  put(frame.open);
  int64_t records = ledger.records();
  for (int64_t number = 1; number <= records; ++number) {
    if (number > 1) put(frame.separator);
    put(ledger.render(number));
  }
  put(records == 0 ? frame.close_empty : frame.close);
  if (std::fflush(out) != 0) {
    throw Fatal("cannot write the export: the disk may be full");
  }
}

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

ExitCode export_command(const Options& options) {
  LedgerReader reader(options.ledger());
  if (options.to.empty()) {
    write_all(reader, options.format, stdout);
    return ExitCode::done;
  }
  std::error_code none;
  if (std::filesystem::exists(options.to, none)) {
    throw BadUsage(options.to.string() +
                   " exists already; --to does not write over files");
  }
  std::unique_ptr<std::FILE, CloseFile> file(
      std::fopen(options.to.c_str(), "wxe"));
  if (!file) {
    throw BadUsage("cannot write " + options.to.string() +
                   "; choose a folder that you may write to");
  }
  write_all(reader, options.format, file.get());
  return ExitCode::done;
}

}  // namespace simulate
