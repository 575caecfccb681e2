// Prints what the program says of itself: man, bash, zsh, fish or options. The
// build installs the first four; the README holds the last.
// Tested by tests/commands/describe_test.cpp.
#include <map>
#include <string>

#include "simulator/base/screen.h"
#include "simulator/commands/describe.h"

int main(int argc, char** argv) {
  const std::map<std::string, std::string (*)()> kinds = {
      {"man", simulate::manual_page},
      {"bash", simulate::bash_completion},
      {"zsh", simulate::zsh_completion},
      {"fish", simulate::fish_completion},
      {"options", simulate::options_table}};
  auto kind = kinds.find(argc == 2 ? argv[1] : "");
  if (kind == kinds.end()) {
    simulate::say(stderr, "usage: describe man|bash|zsh|fish|options");
    return 2;
  }
  return simulate::hand_out(stdout, kind->second()) ? 0 : 1;
}
