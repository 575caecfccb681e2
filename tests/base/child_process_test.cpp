#include "simulator/base/child_process.h"

#include <gtest/gtest.h>

#include <csignal>
#include <thread>

#include "simulator/base/error.h"
#include "simulator/base/time.h"
#include "tests/scratch.h"

namespace simulate {
namespace {

ChildCommand shell(const std::string& script,
                   const std::filesystem::path& folder) {
  return {"/bin/sh", {"-c", script}, {"PATH=/usr/bin:/bin"}, folder};
}

// Half a minute and no longer.
std::string ending_of(const ChildProcess& process) {
  for (int tries = 0; tries < 3000; ++tries) {
    if (auto ending = process.ending()) return *ending;
    std::this_thread::sleep_for(Millis(10));
  }
  return "it lives on";
}

TEST(ChildProcess, SaysHowItEnded) {
  Scratch scratch;
  ChildProcess exits(shell("exit 3", scratch.folder()));
  EXPECT_EQ(ending_of(exits), "exit code 3");
  ChildProcess sleeps(shell("sleep 100", scratch.folder()));
  EXPECT_EQ(sleeps.ending(), std::nullopt);
  sleeps.send_signal(SIGKILL);
  EXPECT_EQ(ending_of(sleeps), "signal 9");
}

TEST(ChildProcess, WorksInItsFolderWithItsOwnEnvironment) {
  Scratch scratch;
  ChildCommand command =
      shell("[ -z \"$HOME\" ] && echo x > here", scratch.folder());
  ChildProcess writes(command);
  EXPECT_EQ(ending_of(writes), "exit code 0");
  EXPECT_TRUE(std::filesystem::exists(scratch / "here"));
}

TEST(ChildProcess, ThrowsWhenThereIsNoSuchProgram) {
  Scratch scratch;
  ChildCommand command = shell("", scratch.folder());
  command.program = scratch / "nothing";
  EXPECT_THROW(ChildProcess{command}, Error);
}

TEST(ChildProcess, IsFoundOnThePath) {
  EXPECT_EQ(program_named("sh", "/nowhere:/bin"), "/bin/sh");
  EXPECT_EQ(program_named("sh", "/nowhere"), "");
  EXPECT_EQ(program_named("/bin/sh", ""), "/bin/sh");
}

}  // namespace
}  // namespace simulate
