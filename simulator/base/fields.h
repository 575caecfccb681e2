// The members of a JSON object that a person wrote, read by name. Every
// complaint (BadUsage) begins with where the object stands and names the
// member. A value; the object outlives it.
// Tested by tests/base/fields_test.cpp.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "simulator/base/json.h"

namespace simulate {

class Fields {
 public:
  // `where`: "situation 'recall.json'".
  Fields(const Json& object, std::string where);

  // Trimmed; empty when it is absent.
  std::string text(const std::string& name);
  std::vector<std::string> texts(const std::string& name);
  bool flag(const std::string& name);  // false when it is absent
  // Nothing when it is absent; least <= number <= most.
  std::optional<double> number(const std::string& name, double least,
                               double most);
  // [2, 8], or [2] for 2 and `most`; `otherwise` when it is absent.
  std::pair<int, int> range(const std::string& name,
                            std::pair<int, int> otherwise, int most);
  // A list of whatever; empty when it is absent.
  const Json& list(const std::string& name);
  // The same of an object.
  const Json& object(const std::string& name);

  // What was not asked for until now is a typing error.
  void refuse_others() const;

  [[noreturn]] void refuse(const std::string& what) const;

 private:
  const Json* find(const std::string& name);

  const Json& object_;
  std::string where_;
  std::vector<std::string> known_;
};

}  // namespace simulate
