// A program that we start and speak to over three pipes. Whoever owns it may
// forget it at any time: its destructor kills it, with all the processes of
// its group, and leaves no zombie.
//
// posix_spawn cannot ask the kernel for PR_SET_PDEATHSIG, so the child is made
// by vfork, which is what posix_spawn does inside. The kernel kills the child
// when the thread that started it ends in whatever way: start it from the
// thread of the loop. Programs that the child started are not killed then, but
// see their stdin end. Our process must ignore SIGPIPE, as main does.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "simulator/base/file.h"

namespace simulate {

struct ChildCommand {
  std::filesystem::path program;  // where it lies, not searched for
  std::vector<std::string> arguments;
  std::vector<std::string> environment;  // "NAME=value", the whole of it
  std::filesystem::path folder;          // that it works in
};

class ChildProcess {
 public:
  // Throws Error when it cannot be started.
  explicit ChildProcess(const ChildCommand& command);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  pid_t id() const { return id_; }

  // "exit code 3" or "signal 9", once it has ended. Never waits.
  std::optional<std::string> ending() const;

  // To the whole group.
  void send_signal(int number) const;

  // Our ends of its pipes: what it reads, what it writes.
  Descriptor input;
  Descriptor output;
  Descriptor errors;

 private:
  pid_t id_ = -1;
};

// Where a shell would find `command`: itself, from our folder, when it has a
// slash in it, else in the folders of `search_path`. Empty when nowhere.
std::filesystem::path program_named(const std::string& command,
                                    const std::string& search_path);

}  // namespace simulate
