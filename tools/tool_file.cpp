#include "tools/tool_file.h"

#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <set>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/json_trouble.h"
#include "simulator/base/text.h"
#include "simulator/calls/example_arguments.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

const std::map<std::string, ToolStep::Kind> kKinds = {
    {"refuse", ToolStep::Kind::refuse},
    {"run", ToolStep::Kind::run},
    {"value", ToolStep::Kind::value},
    {"column", ToolStep::Kind::column},
    {"rows", ToolStep::Kind::rows}};

bool is_name(const std::string& text) {
  static const RE2 pattern("[A-Za-z_][A-Za-z0-9_]{0,63}");
  return RE2::FullMatch(text, pattern);
}

// Reads one file; every complaint names it.
class FileReader {
 public:
  explicit FileReader(std::string file) : file_(std::move(file)) {}

  ToolGroup group(const std::string& name, const std::string& text);

 private:
  [[noreturn]] void refuse(const std::string& what) const {
    throw BadUsage("tools file '" + quotable(file_) + "': " + what);
  }
  void expect_fields(const Json& object, const std::string& where,
                     const std::vector<std::string>& known) const;
  std::string text_of(const Json& object, const char* field,
                      const std::string& where) const;
  const Json& list_of(const Json& object, const char* field,
                      const std::string& where) const;
  ToolTable table(const std::string& name, const Json& columns) const;
  ToolDefinition tool(const Json& object) const;
  ToolDefinition served_tool(const Json& object) const;
  std::string sql_of(const Json& written, const std::string& where) const;
  ToolStep step(const Json& object, const std::string& where) const;
  ToolIndex index(const std::string& name, const Json& of,
                  const std::string& where) const;

  std::string file_;
};

void FileReader::expect_fields(const Json& object, const std::string& where,
                               const std::vector<std::string>& known) const {
  if (!object.is_object()) refuse(where + " must be an object");
  for (const auto& [field, value] : object.items()) {
    if (std::find(known.begin(), known.end(), field) != known.end()) continue;
    std::string meant = nearest(field, known);
    refuse(where + " has no field \"" + shortened(field, 60) + "\"" +
           (meant.empty() ? "; it may have " + joined(known, ", ")
                          : "; did you mean \"" + meant + "\"?"));
  }
}

std::string FileReader::text_of(const Json& object, const char* field,
                                const std::string& where) const {
  std::string text = string_at(object, field);
  if (trimmed(text).empty()) {
    refuse(where + " needs a \"" + field + "\", a text");
  }
  return text;
}

const Json& FileReader::list_of(const Json& object, const char* field,
                                const std::string& where) const {
  auto list = object.find(field);
  if (list == object.end() || !list->is_array() || list->empty()) {
    refuse(where + " needs \"" + field + "\", a list that is not empty");
  }
  return *list;
}

ToolGroup FileReader::group(const std::string& name, const std::string& text) {
  std::optional<Json> object = parse_json(text);
  if (!object) refuse("it is not JSON; " + json_trouble(text));
  expect_fields(*object, "the file",
                {"about", "tables", "tools", "bulletin", "served"});
  ToolGroup group;
  group.name = name;
  group.text = text;
  group.served = object->value("served", Json()) == Json(true);
  group.bulletin = string_at(*object, "bulletin");
  const Json tables = object->value("tables", Json::object());
  if (!tables.is_object()) refuse("\"tables\" must be an object");
  for (const auto& [table_name, columns] : tables.items()) {
    group.tables.push_back(table(table_name, columns));
  }
  for (const Json& written : list_of(*object, "tools", "the file")) {
    group.tools.push_back(group.served ? served_tool(written) : tool(written));
  }
  return group;
}

ToolTable FileReader::table(const std::string& name,
                            const Json& columns) const {
  std::string where = "table \"" + quotable(name) + "\"";
  if (!is_name(name) || lowered(name).rfind("sqlite_", 0) == 0) {
    refuse(where + ": a table's name is letters, digits and _");
  }
  if (!columns.is_array() || columns.empty()) {
    refuse(where +
           R"( must be a list of columns, as in ["text TEXT NOT NULL"])");
  }
  ToolTable table;
  table.name = name;
  for (const Json& column : columns) {
    std::string written =
        column.is_string() ? column.get<std::string>() : std::string();
    std::string first = written.substr(0, written.find(' '));
    if (!is_name(first) || lowered(first) == "id") {
      refuse(where +
             ": a column is a name and a type, as in \"text TEXT\" "
             "(\"id\" is there already)");
    }
    static const RE2 more(R"((?i);|--|/\*|\bas\s*\()");
    if (RE2::PartialMatch(written, more)) {
      refuse(where + ": a column is a name, a type and a default, got: " +
             quotable(written));
    }
    table.columns.push_back(first);
    table.written.push_back(written);
  }
  return table;
}

ToolDefinition FileReader::tool(const Json& object) const {
  expect_fields(
      object, "a tool",
      {"name", "description", "parameters", "example", "index", "steps"});
  ToolDefinition tool;
  tool.spec.name = text_of(object, "name", "a tool");
  std::string where = "tool \"" + tool.spec.name + "\"";
  if (!is_name(tool.spec.name)) {
    refuse(where + ": a tool's name is letters, digits and _");
  }
  tool.spec.description = text_of(object, "description", where);
  tool.spec.parameters =
      object.value("parameters", Json({{"type", "object"},
                                       {"properties", Json::object()},
                                       {"required", Json::array()},
                                       {"additionalProperties", false}}));
  if (!tool.spec.parameters.is_object()) {
    refuse(where + ": \"parameters\" must be a JSON Schema");
  }
  Json example =
      object.value("example", example_arguments(tool.spec.parameters));
  if (!example.is_object()) refuse(where + ": \"example\" must be an object");
  tool.spec.example = to_text(example);
  const Json indexes = object.value("index", Json::object());
  if (!indexes.is_object()) refuse(where + ": \"index\" must be an object");
  for (const auto& [name, of] : indexes.items()) {
    tool.indexes.push_back(index(name, of, where));
  }
  for (const Json& written : list_of(object, "steps", where)) {
    tool.steps.push_back(step(written, where));
  }
  return tool;
}

// Others gave it its name and its words.
ToolDefinition FileReader::served_tool(const Json& object) const {
  std::optional<ToolSpec> spec = tool_spec_from(object);
  if (!spec) refuse("a tool needs a \"name\", a text");
  return {std::move(*spec), {}, {}};
}

// A text, or its lines as a list.
std::string FileReader::sql_of(const Json& written,
                               const std::string& where) const {
  std::string sql;
  for (const Json& line :
       written.is_array() ? written : Json::array({written})) {
    if (!line.is_string()) refuse(where + " must be SQL, a text or its lines");
    sql += line.get<std::string>() + "\n";
  }
  if (trimmed(sql).empty()) refuse(where + " must not be empty");
  return std::string(trimmed(sql));
}

ToolStep FileReader::step(const Json& object, const std::string& where) const {
  expect_fields(
      object, "a step of " + where,
      {"refuse", "run", "value", "column", "rows", "as", "unless_empty"});
  ToolStep step;
  size_t kinds = 0;
  for (const auto& [word, kind] : kKinds) {
    if (!object.contains(word)) continue;
    step.kind = kind;
    step.sql = sql_of(object[word], "a step of " + where);
    ++kinds;
  }
  if (kinds != 1) {
    refuse("a step of " + where +
           " needs exactly one of refuse, run, value, column, rows");
  }
  bool says =
      step.kind != ToolStep::Kind::refuse && step.kind != ToolStep::Kind::run;
  if (says) step.as = text_of(object, "as", "a step of " + where);
  step.unless_empty = object.value("unless_empty", Json()) == Json(true);
  return step;
}

// {"found": "memories(text)"}
ToolIndex FileReader::index(const std::string& name, const Json& of,
                            const std::string& where) const {
  static const RE2 pattern(R"(\s*(\w+)\s*\(\s*(\w+)\s*\)\s*)");
  ToolIndex index;
  index.name = name;
  std::string written = of.is_string() ? of.get<std::string>() : std::string();
  if (!is_name(name) ||
      !RE2::FullMatch(written, pattern, &index.table, &index.column)) {
    refuse(where + ": an index is written {\"name\": \"table(column)\"}");
  }
  return index;
}

std::vector<std::string> groups_in(const std::vector<fs::path>& folders) {
  std::set<std::string> names;
  std::error_code none;
  for (const fs::path& folder : folders) {
    for (const auto& entry : fs::directory_iterator(folder, none)) {
      if (entry.path().extension() == ".json") {
        names.insert(entry.path().stem().string());
      }
    }
  }
  return {names.begin(), names.end()};
}

fs::path file_of_group(const std::vector<fs::path>& folders,
                       const std::string& name) {
  std::vector<std::string> places;
  std::error_code none;
  for (const fs::path& folder : folders) {
    fs::path file = folder / (name + ".json");
    if (is_name(name) && fs::exists(file, none)) return file;
    places.push_back(folder.string());
  }
  std::vector<std::string> known = groups_in(folders);
  std::string meant = nearest(name, known);
  throw BadUsage("there are no tools \"" + quotable(name) + "\" in " +
                 joined(places, " or ") +
                 (meant.empty() ? "; there are: " + joined(known, ", ")
                                : "; did you mean " + meant + "?"));
}

}  // namespace

ToolGroup tool_group_from(const std::string& name, const std::string& text) {
  return FileReader(name + ".json").group(name, text);
}

ToolGroup served_group(const std::string& name,
                       const std::vector<ToolSpec>& tools) {
  Json file = {{"served", true}, {"tools", Json::array()}};
  for (const ToolSpec& tool : tools) {
    file["tools"].push_back({{"name", tool.name},
                             {"description", tool.description},
                             {"parameters", tool.parameters}});
  }
  return tool_group_from(name, to_text(file));
}

std::vector<ToolGroup> load_tool_groups(const std::vector<fs::path>& folders,
                                        const std::vector<std::string>& names) {
  std::vector<ToolGroup> groups;
  for (const std::string& name : names) {
    fs::path file = file_of_group(folders, name);
    groups.push_back(tool_group_from(name, read_file(file, kMostWritten)));
    if (!groups.back().served) continue;
    throw BadUsage("tools file '" + name +
                   ".json': \"served\" is not for files; give the tools "
                   "\"steps\", or let a server run them with --mcp");
  }
  return groups;
}

std::vector<std::string> default_tool_groups() {
  return {"memory", "diary", "reminders", "watch"};
}

}  // namespace simulate
