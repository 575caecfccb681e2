// The program described by its own tables, for those who read it elsewhere than
// in --help: the manual page, the completions of three shells, and the README's
// table of options. Pure; the build writes them, nothing else asks for them.
#pragma once

#include <string>

namespace simulate {

std::string manual_page();  // simulate.1, for man(1)

std::string bash_completion();
std::string zsh_completion();
std::string fish_completion();

// Markdown: every option of a run, its default, and what a change of it means
// for a run that exists.
std::string options_table();

}  // namespace simulate
