// Checks the arguments of a call against the tool's JSON Schema, and puts
// right before that what can only mean one thing.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "simulator/calls/remark_list.h"
#include "simulator/calls/tool.h"

namespace simulate {

class SchemaJudge;

// Owned by who offers the tool. Copies what it needs of the spec.
class ArgumentCheck {
 public:
  // Throws Error when the schema of the parameters is none.
  explicit ArgumentCheck(const ToolSpec& spec);
  ArgumentCheck(ArgumentCheck&&) noexcept;
  ~ArgumentCheck();

  struct Verdict {
    std::optional<std::string> problem;  // a sentence for the model
    RemarkList repairs;                  // a few words each
  };

  // Without a problem, `arguments` are exactly what the schema asks for: "1"
  // has become 1, a text a list of one text, null an absent argument.
  Verdict check(Json& arguments) const;

 private:
  std::string name_;
  std::string example_;
  Json schema_;
  std::unique_ptr<SchemaJudge> judge_;
};

}  // namespace simulate
