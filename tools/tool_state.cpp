#include "tools/tool_state.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "simulator/calls/literal_scanner.h"

namespace simulate {

namespace {

[[noreturn]] void refuse(const std::string& what) {
  throw Fatal("the stored tool state of a storyline cannot be read (" + what +
              "); it was written by another version of simulate. Continue "
              "with that version, or clear it with `simulate reset-tools`");
}

bool is_row(const Json& row) {
  return row.is_structured() && !row.empty() &&
         std::none_of(row.begin(), row.end(),
                      [](const Json& value) { return value.is_structured(); });
}

// Half the time that the JSON library takes, and each round pays it.
std::optional<Json> read(const std::string& text) {
  LiteralScanner scanner(text);
  std::optional<Json> object = scanner.value();
  if (object && scanner.at_end()) return object;
  return parse_json(text);
}

}  // namespace

std::vector<TableState> tables_of(const ToolState& state) {
  std::vector<TableState> tables;
  if (state.text.empty()) return tables;
  std::optional<Json> object = read(state.text);
  if (!object || !object->is_object()) refuse("it is no JSON object");
  for (auto& [name, rows] : object->items()) {
    if (!rows.is_array()) refuse("\"" + shortened(name, 60) + "\" is no list");
    for (const Json& row : rows) {
      if (is_row(row)) continue;
      refuse("a row of \"" + shortened(name, 60) + "\" is " +
             shortened(to_text(row), 80));
    }
    tables.push_back({name, std::move(rows)});
  }
  return tables;
}

ToolState state_from(std::vector<TableState> tables) {
  Json object = Json::object();
  for (TableState& table : tables) {
    if (!table.rows.empty()) object[table.name] = std::move(table.rows);
  }
  if (object.empty()) return {};
  return {to_text(object)};
}

}  // namespace simulate
