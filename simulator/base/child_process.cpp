#include "simulator/base/child_process.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <csignal>
#include <cstring>

#include "simulator/base/error.h"
#include "simulator/base/text.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const ChildCommand& command, int trouble) {
  throw Error("cannot start " + one_line(command.program.string()) + ": " +
              std::strerror(trouble));
}

struct Pipe {
  Descriptor read;
  Descriptor write;
};

// Above 2, so that a child may put them in the place of its own 0, 1 and 2.
Descriptor moved_up(int number) {
  Descriptor low(number);
  return Descriptor(::fcntl(low.number(), F_DUPFD_CLOEXEC, 3));
}

Pipe make_pipe(const ChildCommand& command) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) fail(command, errno);
  Pipe pipe{moved_up(ends[0]), moved_up(ends[1])};
  if (!pipe.read || !pipe.write) fail(command, errno);
  return pipe;
}

// Pointers as execve wants them; the texts outlive them.
std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (const std::string& text : texts) {
    all.push_back(const_cast<char*>(text.c_str()));
  }
  all.push_back(nullptr);
  return all;
}

// All that the child needs, made before it is born: it shares our memory, so
// it must not allocate.
struct Birth {
  const char* program;
  const char* folder;
  char* const* arguments;
  char* const* environment;
  int input;
  int output;
  int errors;
  pid_t parent;
  volatile int trouble;  // errno of the step that failed
};

// What we handle or ignore is not the child's business.
void forget_signals() {
  struct sigaction usual = {};
  usual.sa_handler = SIG_DFL;
  for (int number = 1; number < NSIG; ++number) {
    ::sigaction(number, &usual, nullptr);
  }
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

// Runs in the child, in our memory: system calls only.
[[noreturn]] void become(Birth& birth) {
  bool good = ::setpgid(0, 0) == 0 && ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 &&
              ::getppid() == birth.parent && ::chdir(birth.folder) == 0 &&
              ::dup2(birth.input, 0) == 0 && ::dup2(birth.output, 1) == 1 &&
              ::dup2(birth.errors, 2) == 2;
  if (good) {
    ::close_range(3, UINT_MAX, 0);
    forget_signals();
    ::execve(birth.program, birth.arguments, birth.environment);
  }
  birth.trouble = errno;
  ::_exit(127);
}

// No handler of ours may run in the child, where it would work on our memory.
pid_t give_birth(Birth& birth) {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t id = ::vfork();
  if (id == 0) become(birth);
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return id;
}

void reap(pid_t id) {
  while (::waitpid(id, nullptr, 0) < 0 && errno == EINTR) {
  }
}

bool can_be_run(const fs::path& path) {
  std::error_code none;
  return fs::is_regular_file(path, none) && ::access(path.c_str(), X_OK) == 0;
}

}  // namespace

ChildProcess::ChildProcess(const ChildCommand& command) {
  Pipe in = make_pipe(command);
  Pipe out = make_pipe(command);
  Pipe err = make_pipe(command);
  std::vector<std::string> words = {command.program.string()};
  words.insert(words.end(), command.arguments.begin(), command.arguments.end());
  std::vector<char*> arguments = pointers(words);
  std::vector<char*> environment = pointers(command.environment);
  Birth birth = {command.program.c_str(),
                 command.folder.c_str(),
                 arguments.data(),
                 environment.data(),
                 in.read.number(),
                 out.write.number(),
                 err.write.number(),
                 ::getpid(),
                 0};
  pid_t id = give_birth(birth);
  if (id < 0) fail(command, errno);
  if (birth.trouble != 0) {
    reap(id);
    fail(command, birth.trouble);
  }
  id_ = id;
  input = std::move(in.write);
  output = std::move(out.read);
  errors = std::move(err.read);
}

// Killed before it is reaped: until then nobody else can get its number.
ChildProcess::~ChildProcess() {
  send_signal(SIGKILL);
  reap(id_);
}

std::optional<std::string> ChildProcess::ending() const {
  siginfo_t found = {};
  if (::waitid(P_PID, static_cast<id_t>(id_), &found,
               WEXITED | WNOHANG | WNOWAIT) != 0 ||
      found.si_pid == 0) {
    return std::nullopt;
  }
  const char* what = found.si_code == CLD_EXITED ? "exit code " : "signal ";
  return what + std::to_string(found.si_status);
}

void ChildProcess::send_signal(int number) const { ::kill(-id_, number); }

fs::path program_named(const std::string& command,
                       const std::string& search_path) {
  if (contains(command, "/")) {
    fs::path path = fs::absolute(command);
    return can_be_run(path) ? path : fs::path();
  }
  for (const std::string& folder : split(search_path, ':')) {
    fs::path path = fs::absolute(folder.empty() ? "." : folder) / command;
    if (can_be_run(path)) return path;
  }
  return {};
}

}  // namespace simulate
