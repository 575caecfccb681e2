// What people say in a language, as the guards listen for it: the files of
// words/, edited by people who write no C++ (words/README.md). As they were
// when the program was built.
// Tested by tests/guards/words_test.cpp.
#pragma once

#include <re2/re2.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace simulate::guards {

// Of one language. Lists hold regular expressions (RE2, whatever the case), of
// which each may match, with <name> for any word of a class; tables hold what a
// word stands for.
class Words {
 public:
  using Table = std::map<std::string, std::string>;

  Words();
  ~Words();
  Words(Words&&) noexcept;
  // Throws Fatal naming the place when the file is no such file. A list is
  // compiled when it is first asked for: all of them take a while.
  Words(const std::string& name, std::string_view text);

  // Compiles every list. Throws Fatal naming the place when one is faulty, as
  // does whatever asks for it.
  void check() const;

  // One of the list's expressions matches somewhere in `text`. A list that the
  // language has not matches nothing.
  bool has(const std::string& list, std::string_view text) const;
  // What matches, in order, without overlaps.
  std::vector<std::string> all(const std::string& list,
                               std::string_view text) const;
  // Empty when the language has none of that name.
  const Table& table(const std::string& name) const;

 private:
  class List;

  std::map<std::string, std::unique_ptr<List>> lists_;
  std::map<std::string, Table> tables_;
};

// "de" or "de-AT"; of a language that has no file: one that has no lists.
const Words& words_of(const std::string& language);

// "de", "en", ...
const std::vector<std::string>& known_languages();

}  // namespace simulate::guards
