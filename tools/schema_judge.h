// Whether a JSON value is what a JSON Schema (draft 7) asks for. The one place
// that knows valijson. It is given no pattern, format or uniqueItems: it
// would hand model text to std::regex, which can overflow the stack, and
// compare all items with all; patterns and unique items are judged here.
// Tested by tests/tools/arguments_test.cpp.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "simulator/base/json.h"

namespace simulate {

class SchemaJudge {
 public:
  // Throws Error when `schema` is no schema, or refers to something outside.
  explicit SchemaJudge(const Json& schema);
  SchemaJudge(const SchemaJudge&) = delete;
  ~SchemaJudge();

  struct Objection {
    std::string where;  // "text", "list item 2"; empty: the whole
    std::string what;
  };
  // Nothing when the value is right, else the first thing that is wrong.
  std::optional<Objection> objection_to(const Json& value) const;

 private:
  struct Compiled;
  Json schema_;
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace simulate
