// Tested by tests/program/personas_test.cpp.

#include <cstdio>

#include "simulator/base/file.h"
#include "simulator/base/folder.h"
#include "simulator/base/screen.h"
#include "simulator/base/text.h"
#include "simulator/commands/commands.h"
#include "simulator/commands/job_session.h"
#include "simulator/commands/shipped_files.h"
#include "simulator/run/persona_job.h"

namespace simulate {

namespace {

constexpr size_t kMostNamed = 10;

void tell(const PutPersonas& put, const std::filesystem::path& folder) {
  say(stdout,
      folder.string() + ": " + counted(put.made, "persona") + " written" +
          (put.before > 0 ? ", " + std::to_string(put.before) +
                                (put.before == 1 ? " was" : " were") + " there"
                          : "") +
          ". simulate --personas " + folder.string() + " plays them");
  for (size_t i = 0; i < std::min(kMostNamed, put.left_out.size()); ++i) {
    say(stdout, "left out: " + one_line(put.left_out[i]));
  }
  if (put.left_out.size() <= kMostNamed) return;
  say(stdout, "and " + std::to_string(put.left_out.size() - kMostNamed) +
                  " more are left out");
}

}  // namespace

ExitCode personas_command(const Settings& settings) {
  if (settings.one_liners.empty()) {
    throw BadUsage(
        "whom shall they be like? Name a file with a line about each, as in "
        "simulate personas lines.txt --output people");
  }
  if (settings.people.empty()) {
    throw BadUsage("where shall they go? Say it with --output DIR");
  }
  PersonaOrder order;
  order.lines = one_liners_in(settings.one_liners);
  auto lines = static_cast<int64_t>(order.lines.size());
  order.count = settings.count.value_or(lines);
  order.asks = read_file(shipped({}, "writer") / "persona.md", kMostWritten);
  make_folder(settings.people);
  JobSession session =
      JobSession::of_file(settings, Role::writer, settings.one_liners);
  order.scripted = session.scripted();
  WrittenPersonas items(order);
  ExitCode code = session.run(WrittenPersonas::kKind, order.settings(), items,
                              "Personas written:");
  tell(put_personas(session.reader(), order, settings.people), settings.people);
  return code;
}

}  // namespace simulate
