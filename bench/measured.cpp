// Runs a command and prints what the kernel says it cost.
//
//   measured COMMAND [WORD ...]
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>

namespace {

double seconds(timeval time) {
  return static_cast<double>(time.tv_sec) +
         1e-6 * static_cast<double>(time.tv_usec);
}

}  // namespace

int main(int count, char** words) {
  if (count < 2) {
    std::fprintf(stderr, "usage: measured COMMAND [WORD ...]\n");
    return 2;
  }
  auto begun = std::chrono::steady_clock::now();
  pid_t child = fork();
  if (child == 0) {
    execvp(words[1], words + 1);
    _exit(127);
  }
  int status = 0;
  rusage used{};
  wait4(child, &status, 0, &used);
  std::chrono::duration<double> span = std::chrono::steady_clock::now() - begun;
  // ru_oublock counts 512-byte blocks that the process made dirty.
  std::printf(
      "{\"status\":%d,\"seconds\":%.3f,\"cpu_seconds\":%.3f,"
      "\"bytes_written\":%lld,\"peak_mib\":%.1f}\n",
      WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
      span.count(), seconds(used.ru_utime) + seconds(used.ru_stime),
      static_cast<long long>(used.ru_oublock) * 512,
      static_cast<double>(used.ru_maxrss) / 1024);
}
