// The built program as a child process, with its output in files of its own.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "simulator/base/json.h"
#include "tests/scratch.h"

namespace simulate {

struct Ended {
  int status = -1;  // exit code, or 128 + signal
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

// Runs in `scratch` with the shipped personas and prompts, and without the
// keys of whoever runs the tests.
class Program {
 public:
  explicit Program(const Scratch& scratch) : scratch_(scratch) {}

  // What its next starts find in their environment beside our own.
  void set_environment(
      std::vector<std::pair<std::string, std::string>> variables) {
    environment_ = std::move(variables);
  }

  void start(std::vector<std::string> arguments) {
    // A child that is killed before it gets that far leaves nothing to read.
    std::error_code none;
    std::filesystem::remove(scratch_ / "out", none);
    std::filesystem::remove(scratch_ / "err", none);
    pid_ = ::fork();
    if (pid_ != 0) return;
    redirect(scratch_ / "out", STDOUT_FILENO);
    redirect(scratch_ / "err", STDERR_FILENO);
    for (const char* name : {"MISTRAL_API_KEY", "TOGETHER_API_KEY", "HF_TOKEN",
                             "OPENAI_API_KEY", "http_proxy"}) {
      ::unsetenv(name);
    }
    for (const auto& [name, value] : environment_) {
      ::setenv(name.c_str(), value.c_str(), 1);
    }
    arguments.insert(arguments.begin(), SIMULATE_PROGRAM);
    std::vector<char*> words;
    for (std::string& word : arguments) words.push_back(word.data());
    words.push_back(nullptr);
    if (::chdir(scratch_.folder().c_str()) == 0) {
      ::execv(words[0], words.data());
    }
    ::_exit(127);
  }

  void kill(int signal) { ::kill(pid_, signal); }

  Ended wait() {
    int status = 0;
    ::waitpid(pid_, &status, 0);
    Ended ended;
    ended.status =
        WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
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
  static void redirect(const std::filesystem::path& path, int descriptor) {
    int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    ::dup2(file, descriptor);
  }

  static std::string text_of(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
  }

  const Scratch& scratch_;
  std::vector<std::pair<std::string, std::string>> environment_;
  pid_t pid_ = -1;
};

}  // namespace simulate
