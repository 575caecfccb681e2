// Tested by tests/run/replay_test.cpp and program/continue_test.cpp.

#include "simulator/commands/commands.h"

#include <cstdio>
#include <optional>

#include "simulator/base/file.h"
#include "simulator/base/screen.h"
#include "simulator/base/text.h"
#include "simulator/commands/shipped_files.h"
#include "simulator/run/replay.h"

namespace simulate {

namespace {

// Where the records go: a file of the caller's, or nowhere.
class Records {
 public:
  explicit Records(const std::filesystem::path& path) {
    if (path.empty()) return;
    std::error_code none;
    if (std::filesystem::exists(path, none)) {
      throw BadUsage(path.string() +
                     " exists already; replay does not write over files");
    }
    file_.emplace(path, 0644);
    stream_.emplace(format_of(path),
                    [this](std::string_view text) { file_->append(text); });
  }

  void add(const std::string& record) {
    if (stream_) stream_->add(record);
  }

  void finish() {
    if (!stream_) return;
    stream_->end();
    file_->finish();
  }

 private:
  std::optional<WholeFile> file_;
  std::optional<RecordStream> stream_;
};

std::string summary_of(const ReplayCounts& counts) {
  std::string text =
      "Replayed " + counted(counts.conversations, "conversation") + " and " +
      std::to_string(counts.other_attempts) + " other attempts: " +
      (counts.different == 0 ? "the same bytes"
                             : std::to_string(counts.different) + " differ");
  if (counts.of_older_conduct > 0) {
    text += "; " + std::to_string(counts.of_older_conduct) +
            " were made by an older simulate, and are as their transcripts "
            "say instead of played";
  }
  if (counts.of_old_settings > 0) {
    text += "; " + std::to_string(counts.of_old_settings) +
            " of older settings were not played";
  }
  return text + ".";
}

}  // namespace

ExitCode replay_command(const Settings& settings) {
  LedgerReader reader(settings.replayed);
  LedgerReader::Snapshot snapshot(reader);
  Records records(settings.records);
  Replay replay(
      reader, shipped_tools(),
      [&records](const std::string& record) { records.add(record); },
      [](const std::string& text) { say(stderr, text); });
  ReplayCounts counts = replay.run();
  records.finish();
  say(stderr, summary_of(counts));
  return counts.different == 0 ? ExitCode::done : ExitCode::work_left;
}

}  // namespace simulate
