// One step of a tool, prepared: its SQL, bound to the arguments of a call and
// to the clock. Owned by the tool database; and here is how values get into
// SQLite and out again. What a model wrote is bound, it never becomes a part of
// any SQL. Functions may throw SQLite::Exception when SQLite itself fails.
// Tested by tests/tools/tool_file_test.cpp.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <memory>
#include <string>
#include <vector>

#include "simulator/base/time.h"
#include "tools/tool_file.h"

namespace simulate {

// Lists and objects as JSON text, without NULs.
void bind_value(SQLite::Statement& statement, int index, const Json& value);
Json value_in(const SQLite::Column& column);

// With `error` the body is a JSON string: what is wrong and what to do.
struct ToolOutcome {
  Json body;
  bool error = false;
};

// A step has found more than a model is ever told at once.
struct TooMuch {};

class PreparedStep {
 public:
  // Throws BadUsage, with `where` before the reason, when the SQL is not one
  // statement that reads or changes rows, or asks for what is not there.
  PreparedStep(SQLite::Database& database, const ToolStep& step,
               const std::vector<std::string>& arguments,
               const std::string& where);

  // Adds what the step gives to an outcome, or refuses the call. Throws
  // TooMuch.
  void run(const Json& arguments, SimulatedTime now, ToolOutcome& outcome);
  void reset();  // after a failure

  // The statement goes with an index that it reads, and comes back with it.
  void finalize();
  void prepare(SQLite::Database& database);

 private:
  void bind(const Json& arguments, SimulatedTime now);
  Json selected();

  ToolStep step_;
  std::vector<std::string> words_;  // of its parameters, in their order
  std::unique_ptr<SQLite::Statement> statement_;
};

}  // namespace simulate
