// The private in-memory SQLite database in which the tools run, with their
// prepared statements. Owned by the toolbox; it holds rows only during a
// Visit. What a model wrote reaches it as bound values and in no other way, and
// the SQL of a tool may read and change rows, nothing else. Functions may throw
// SQLite::Exception when SQLite itself fails; the toolbox translates.
// Tested by tests/tools/tool_file_test.cpp.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "simulator/base/time.h"
#include "tools/prepared_step.h"
#include "tools/table_rows.h"
#include "tools/tool_file.h"
#include "tools/tool_state.h"

namespace simulate {

class ToolDatabase {
  struct Tool;

 public:
  // Throws BadUsage when SQL of a group cannot be used: group, tool, why.
  explicit ToolDatabase(const std::vector<ToolGroup>& groups);
  ToolDatabase(const ToolDatabase&) = delete;
  ~ToolDatabase();

  // The rows exist between its construction and its destruction, which rolls
  // everything back. Throws Fatal when a row does not fit its table.
  class Visit {
   public:
    // `state` outlives it.
    Visit(ToolDatabase& database, const ToolState& state);
    ~Visit();
    Visit(const Visit&) = delete;

    // Of all tables; those that no group has are as they were given.
    ToolState state();

   private:
    friend class ToolDatabase;
    // A call that was done, to do it again.
    struct Done {
      Tool& tool;
      Json arguments;
      SimulatedTime now;
    };

    void begin();
    void begin_again();

    ToolDatabase& database_;
    const ToolState& before_;
    std::vector<Done> done_;
    std::vector<TableState> foreign_;
  };

  // During a visit. A call that is refused is undone as a whole; so is one that
  // is only `undone` to see what would come of it.
  ToolOutcome run(const std::string& tool, const Json& arguments,
                  SimulatedTime now, bool undone = false);
  // Without the lines of the groups in `withheld`.
  std::vector<std::string> bulletin(
      const std::vector<std::string>& withheld_tools);
  int changes() const { return database_.getTotalChanges(); }

 private:
  void add_table(const ToolTable& table, const std::string& group);
  void add_tool(const ToolDefinition& tool, const std::string& group);
  void make_indexes(const Tool& tool);
  void drop_indexes(const Tool& tool);
  void allow_everything(bool allowed);
  ToolOutcome run_steps(Tool& tool, const Json& arguments, SimulatedTime now);
  int pages();

  SQLite::Database database_;
  std::unique_ptr<SQLite::Statement> begin_, rollback_, savepoint_, undo_,
      release_, page_count_;
  std::vector<std::unique_ptr<TableRows>> tables_;
  std::map<std::string, std::unique_ptr<Tool>> tools_;
  // By the group whose it is.
  std::vector<std::pair<std::string, std::unique_ptr<SQLite::Statement>>>
      bulletins_;
  Visit* visit_ = nullptr;  // the one under way
  bool allowed_ = false;
};

}  // namespace simulate
