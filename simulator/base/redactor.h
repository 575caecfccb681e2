// Hides keys in what arrives from elsewhere, before it is read, stored or
// shown: whole or any eight characters of them in a row, in upper or lower
// case, percent-coded, escaped as JSON does it, or in base64. A value; copies
// share what they know. No member tells a key.
// Tested by tests/base/redactor_test.cpp.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace simulate {

class Redactor {
 public:
  Redactor() = default;  // knows nothing
  // A secret of fewer than six bytes stands everywhere by chance: it is not
  // looked for. One of fewer than eight is looked for as a whole.
  explicit Redactor(const std::vector<std::string>& secrets);

  // One that knows these as well.
  Redactor with(const std::vector<std::string>& secrets) const;

  // Each place becomes "(hidden)"; with quotes around it where JSON had a bare
  // number, so that JSON stays JSON.
  void redact(std::string& text) const;

  // Each byte of each place becomes '*': for files, whose parts keep their
  // places.
  void blank(std::string& bytes) const;

 private:
  class Patterns;
  std::shared_ptr<const Patterns> patterns_;  // null: none
};

}  // namespace simulate
