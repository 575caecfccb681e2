// The built program as a child process, with its output in files of its own.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <set>
#include <sstream>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "simulator/base/json.h"
#include "simulator/models/provider.h"
#include "tests/scratch.h"

namespace simulate {

struct Ended {
  int status = -1;         // exit code, or 128 + signal
  int signal = 0;          // what ended it, if it did not end by itself
  int64_t peak_bytes = 0;  // of memory: its own, or of a child it waited for
  std::string out;
  std::string err;

  // The last JSON line on stdout.
  Json summary() const {
    size_t end = out.find_last_not_of('\n');
    if (end == std::string::npos) return Json();
    size_t begin = out.rfind('\n', end);
    begin = begin == std::string::npos ? 0 : begin + 1;
    return parse_json(out.substr(begin, end - begin + 1)).value_or(Json());
  }
};

// Runs in `scratch` with the shipped personas and prompts, and without the keys
// and the state of whoever runs the tests.
class Program {
 public:
  explicit Program(const Scratch& scratch) : scratch_(scratch) {}

  // What its next starts find in their environment beside our own.
  void set_environment(
      std::vector<std::pair<std::string, std::string>> variables) {
    environment_ = std::move(variables);
  }

  // Of processor time, for each of its next starts.
  void allow_seconds(rlim_t seconds) { most_seconds_ = seconds; }

  void start(std::vector<std::string> arguments) {
    // A child that is killed before it gets that far leaves nothing to read.
    std::error_code none;
    std::filesystem::remove(scratch_ / "out", none);
    std::filesystem::remove(scratch_ / "err", none);
    arguments.insert(arguments.begin(), SIMULATE_PROGRAM);
    std::vector<std::string> variables = environment();
    // Not fork: servers of the test have threads, and what they hold at that
    // moment, the allocator's lock say, would be held in the child for ever.
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    redirect(actions, scratch_ / "out", STDOUT_FILENO);
    redirect(actions, scratch_ / "err", STDERR_FILENO);
    ::posix_spawn_file_actions_addchdir_np(&actions, scratch_.folder().c_str());
    posix_spawnattr_t attributes;
    ::posix_spawnattr_init(&attributes);
    let_signals_through(attributes);
    int error =
        ::posix_spawn(&pid_, SIMULATE_PROGRAM, &actions, &attributes,
                      words_of(arguments).data(), words_of(variables).data());
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0) throw std::system_error(error, std::generic_category());
    bound_work();
  }

  // Until there is a sign of how far it has come, however slow the machine;
  // false when none came in so many minutes.
  static bool see(const std::function<bool()>& sign, int minutes = 1) {
    for (int tries = 0; tries < minutes * 12'000; ++tries) {
      if (sign()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
  }

  void kill(int signal) { ::kill(pid_, signal); }

  bool has_ended() const {
    siginfo_t found = {};
    ::waitid(P_PID, static_cast<id_t>(pid_), &found,
             WEXITED | WNOHANG | WNOWAIT);
    return found.si_pid == pid_;
  }

  // False when it has not ended within minutes: ten thousand folders on a busy
  // disk take more than one under sanitizers.
  bool ends() const {
    return see([this] { return has_ended(); }, 4);
  }

  Ended wait() {
    int status = 0;
    rusage used = {};
    ::wait4(pid_, &status, 0, &used);
    Ended ended;
    if (WIFSIGNALED(status)) ended.signal = WTERMSIG(status);
    ended.status = ended.signal == 0 ? WEXITSTATUS(status) : 128 + ended.signal;
    ended.peak_bytes = int64_t{used.ru_maxrss} * 1024;
    ended.out = text_of(scratch_ / "out");
    ended.err = text_of(scratch_ / "err");
    return ended;
  }

  Ended run(std::vector<std::string> arguments) {
    start(std::move(arguments));
    return wait();
  }

  pid_t pid() const { return pid_; }

 private:
  // Whoever started the tests may ignore signals, as nohup does, and a child
  // inherits that.
  static void let_signals_through(posix_spawnattr_t& attributes) {
    sigset_t signals;
    ::sigfillset(&signals);
    ::posix_spawnattr_setsigdefault(&attributes, &signals);
    ::sigemptyset(&signals);
    ::posix_spawnattr_setsigmask(&attributes, &signals);
    ::posix_spawnattr_setflags(&attributes,
                               POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  }

  // A program that works without end fails its test instead of holding it up.
  void bound_work() const {
    const rlimit limit = {most_seconds_, most_seconds_};
    ::prlimit(pid_, RLIMIT_CPU, &limit, nullptr);
  }

  static void redirect(posix_spawn_file_actions_t& actions,
                       const std::filesystem::path& path, int descriptor) {
    ::posix_spawn_file_actions_addopen(&actions, descriptor, path.c_str(),
                                       O_WRONLY | O_CREAT | O_TRUNC, 0644);
  }

  static std::vector<char*> words_of(std::vector<std::string>& texts) {
    std::vector<char*> words;
    for (std::string& text : texts) words.push_back(text.data());
    words.push_back(nullptr);
    return words;
  }

  std::vector<std::string> environment() const {
    std::set<std::string> without = {"http_proxy"};
    for (const std::string& variable : key_variables()) {
      without.insert(variable);
    }
    // What it learns of servers is no matter of whoever runs the tests.
    without.insert("XDG_STATE_HOME");
    std::vector<std::string> variables = {"XDG_STATE_HOME=" +
                                          (scratch_ / "state").string()};
    for (const auto& [name, value] : environment_) {
      variables.push_back(name + "=" + value);
      without.insert(name);
    }
    for (char** ours = ::environ; *ours != nullptr; ++ours) {
      std::string variable = *ours;
      if (without.count(variable.substr(0, variable.find('=')))) continue;
      variables.push_back(std::move(variable));
    }
    return variables;
  }

  static std::string text_of(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
  }

  const Scratch& scratch_;
  std::vector<std::pair<std::string, std::string>> environment_;
  rlim_t most_seconds_ = 300;  // what any test needs is a tenth of it
  pid_t pid_ = -1;
};

}  // namespace simulate
