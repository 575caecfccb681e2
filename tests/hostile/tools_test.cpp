// Tools that somebody sends along, each a file of SQL and a schema.
#include "tests/hostile/hostile.h"
#include "tests/hostile/stranger.h"

namespace simulate {
namespace {

namespace fs = std::filesystem;

class HostileTools : public Hostile {
 protected:
  static std::string file(const Json& steps,
                          const Json& columns = {"text TEXT"},
                          const Json& parameters = Json(),
                          const std::string& bulletin = "") {
    Json tool = {{"name", "t"}, {"description", "d"}};
    tool["parameters"] = parameters.is_null()
                             ? *parse_json(R"({"type": "object", "properties": {
                  "text": {"type": "string"}, "list": {"type": "array"}}})")
                             : parameters;
    tool["steps"] = steps;
    Json file = {{"tables", {{"notes", columns}}}};
    if (!bulletin.empty()) file["bulletin"] = bulletin;
    file["tools"].push_back(tool);
    return to_text(file);
  }

  static std::string runs(const std::string& sql) {
    Json steps = Json::array();
    steps.push_back({{"run", sql}});
    return file(steps);
  }

  static std::string with_default(const std::string& column) {
    Json columns = Json::array(), steps = Json::array();
    columns.push_back(column);
    steps.push_back({{"run", "SELECT 1"}});
    return file(steps, columns);
  }

  // The assistant calls t() with `arguments` once, and then goes on in words.
  Ended run_calling(const std::string& tools, const std::string& arguments) {
    put("tools/mine.json", tools);
    Stranger stranger(
        [&arguments](const Stranger::Asked& asked,
                     RawConnection&) -> std::optional<std::string> {
          if (asked.role != "assistant") return std::nullopt;
          std::string call =
              "<think>\nLet me look.\n</think>\n\n"
              R"(<tool_call>{"name": "t", "arguments": )" +
              arguments + "}</tool_call>";
          std::string words = "<think>\nLet me see.\n</think>\n\nSo it is.";
          return raw_response(
              chat_completion(asked.number == 1 ? call : words, "m"));
        });
    stranger.introduce_to(scratch_);
    return run({"--providers", "box", "--target", "1", "--output", "run.json",
                "--turns", "1-1", "--tools", "memory,mine"});
  }

  void answers_with_error(const std::string& tools,
                          const std::string& arguments) {
    expect_saved(run_calling(tools, arguments), 1);
    EXPECT_TRUE(contains(said(), "<tool_result>{\"error\"")) << said();
    EXPECT_LT(kept().size(), size_t{8} << 20);
    forget_run();
  }

  const Words mine_ = {"--tools", "memory,mine"};
};

TEST_F(HostileTools, WithOtherSqlThanRowsIsRefused) {
  const char* const kSql[] = {
      "ATTACH 'x.db' AS x",
      "DETACH main",
      "PRAGMA journal_mode = OFF",
      "PRAGMA writable_schema = ON",
      "VACUUM INTO 'x.db'",
      "SELECT load_extension('x')",
      "SELECT readfile('/etc/passwd')",
      "SELECT random()",
      "SELECT hex(randomblob(9))",
      "SELECT date('now')",
      "SELECT * FROM pragma_database_list",
      "DELETE FROM sqlite_master",
      "DROP TABLE notes",
      "CREATE TRIGGER x AFTER INSERT ON notes BEGIN SELECT 1; END",
      "WITH RECURSIVE n AS (SELECT 1 UNION SELECT * FROM n) SELECT * FROM n",
      "SELECT 1; DELETE FROM notes",
  };
  for (const char* sql : kSql) {
    SCOPED_TRACE(sql);
    put("tools/mine.json", runs(sql));
    refused_by_all(mine_, "mine.json");
  }
  EXPECT_FALSE(fs::exists(scratch_ / "x.db"));
}

TEST_F(HostileTools, WithDefaultsThatDifferFromRunToRunIsRefused) {
  for (const char* column :
       {"a BLOB DEFAULT (randomblob(4))", "a TEXT DEFAULT CURRENT_TIMESTAMP",
        "a INT DEFAULT (random())", "a TEXT DEFAULT (datetime('now'))",
        "a TEXT DEFAULT (strftime ('%s'))", "a AS (b)", "a TEXT); DROP TABLE x",
        "a TEXT DEFAULT ('x' || \"randomblob\"(4))",
        "a TEXT GENERATED ALWAYS AS (1)"}) {
    SCOPED_TRACE(column);
    put("tools/mine.json", with_default(column));
    refused_by_all(mine_, "mine.json");
  }
}

TEST_F(HostileTools, OfNoShapeIsRefused) {
  const Trap traps[] = {
      {times(100'000, "["), "mine.json"},
      {object_with_keys(100'000), "mine.json"},
      {R"({"tables": )" + object_with_keys(100'000) + "}", "mine.json"},
      {to_text(Json{{kTrap, 1}}), "mine.json"},
      {to_text(Json{{"tables", {{std::string(kTrap) + "\n", {"a"}}}}}),
       "mine.json"},
      {R"({"tools": [{"name": "a", "description": "d", "steps": [{"run": ")" +
           std::string(2'000'000, 'x') + "\"}]}]}",
       "mine.json"},
  };
  for (const Trap& trap : traps) {
    SCOPED_TRACE(shortened(trap.text, 60));
    put("tools/mine.json", trap.text);
    refused_by_all(mine_, trap.what);
  }
}

TEST_F(HostileTools, WithASchemaThatMultipliesIsRefused) {
  Json definitions = Json::object();
  for (int i = 0; i < 30; ++i) {
    Json next = {{"$ref", "#/definitions/d" + std::to_string(i + 1)}};
    definitions["d" + std::to_string(i)] = {{"anyOf", {next, next}}};
  }
  definitions["d30"] = {{"type", "string"}};
  Json multiplies = {{"definitions", definitions},
                     {"$ref", "#/definitions/d0"}};
  Json circles = *parse_json(
      R"({"definitions": {"a": {"$ref": "#/definitions/b"},
          "b": {"$ref": "#/definitions/a"}}, "$ref": "#/definitions/a"})");
  Json steps = Json::array();
  steps.push_back({{"run", "SELECT 1"}});
  for (const Json& schema : {multiplies, circles}) {
    SCOPED_TRACE(shortened(to_text(schema), 60));
    put("tools/mine.json", file(steps, {"text TEXT"}, schema));
    refused_by_all(mine_, "\"t\"");
  }
}

TEST_F(HostileTools, WithASchemaThatMultipliesWithTheCallAnswersWithAnError) {
  Json schema =
      *parse_json(R"({"type": "object", "definitions": {"n": {"anyOf": [
      {"properties": {"a": {"$ref": "#/definitions/n"}}, "required": ["b"]},
      {"properties": {"a": {"$ref": "#/definitions/n"}}, "required": ["c"]}]}},
      "properties": {"x": {"$ref": "#/definitions/n"}}})");
  Json steps = Json::array();
  steps.push_back({{"run", "SELECT 1"}});
  std::string deep =
      times(60, R"({"c":1,"a":)") + R"({"c":1})" + times(60, "}");
  answers_with_error(file(steps, {"text TEXT"}, schema),
                     "{\"x\": " + deep + "}");
}

TEST_F(HostileTools, ThatWorkWithoutEndAreGivenUp) {
  std::string rows = "(SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3)";
  for (int i = 0; i < 18; ++i) {
    rows += ", (SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3)";
  }
  for (const char* word : {"value", "column", "rows"}) {
    SCOPED_TRACE(word);
    Json steps = Json::array();
    steps.push_back({{word, "SELECT count(*) AS n FROM " + rows}, {"as", "n"}});
    answers_with_error(file(steps), "{}");
  }
  Json refusal = Json::array();
  refusal.push_back({{"refuse", "SELECT '' FROM " + rows + " WHERE 0"}});
  expect_saved(run_calling(file(refusal), "{}"), 1);
}

TEST_F(HostileTools, ThatGrowWithoutEndAreGivenUp) {
  const std::string arguments = "{\"text\": \"" + std::string(2'000, 'a') +
                                "\", \"list\": [" +
                                times(2'000, "\"some words\",") + "1]}";
  for (const char* sql :
       {"SELECT replace(replace(:text, 'a', :text), 'a', :text)",
        "SELECT group_concat(a.value || b.value) FROM json_each(:list) a, "
        "json_each(:list) b",
        "SELECT json_group_array(:text) FROM json_each(:list) a, "
        "json_each(:list) b"}) {
    SCOPED_TRACE(sql);
    Json steps = Json::array();
    steps.push_back({{"value", sql}, {"as", "n"}});
    answers_with_error(file(steps), arguments);
  }
  Json steps = Json::array();
  steps.push_back({{"run",
                    "INSERT INTO notes (text) SELECT :text FROM "
                    "json_each(:list) a, json_each(:list) b"}});
  answers_with_error(file(steps), arguments);
}

TEST_F(HostileTools, WithAPatternThatBacktracksAreAnsweredSoon) {
  for (const char* pattern :
       {"^(a+)+$", "^(a|a)*$", "^((((a{1,100}){1,100}){1,100}){1,100})$"}) {
    SCOPED_TRACE(pattern);
    Json schema = {{"type", "object"}};
    schema["properties"]["text"] = {{"type", "string"}, {"pattern", pattern}};
    Json steps = Json::array();
    steps.push_back({{"run", "SELECT 1"}});
    Ended ended =
        run_calling(file(steps, {"text TEXT"}, schema),
                    "{\"text\": \"" + std::string(50'000, 'a') + "b\"}");
    expect_saved(ended, 1);
    forget_run();
  }
}

// A single step of SQLite's may take as long as its values let it.
TEST_F(HostileTools, WithAPatternWithoutEndAreGivenUp) {
  for (const char* sql :
       {"SELECT :text LIKE '%' || substr(:text, 1, 400) || '%b'",
        "SELECT :text LIKE replace(substr(:text, 1, 250), 'a', '%a_') || 'b'",
        "SELECT :text GLOB replace(substr(:text, 1, 250), 'a', '*a?') || 'b'",
        "SELECT instr(:text, substr(:text, 1, 100000) || 'b')",
        "SELECT replace(:text, substr(:text, 1, 20000) || 'b', '')"}) {
    SCOPED_TRACE(sql);
    Json steps = Json::array();
    steps.push_back({{"value", sql}, {"as", "n"}});
    Ended ended = run_calling(
        file(steps), "{\"text\": \"" + std::string(200'000, 'a') + "\"}");
    expect_saved(ended, 1);
    forget_run();
  }
}

TEST_F(HostileTools, WithABulletinWithoutEndAreGivenUp) {
  std::string rows = "(SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3)";
  for (int i = 0; i < 18; ++i) {
    rows += ", (SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3)";
  }
  Json steps = Json::array();
  steps.push_back({{"run", "SELECT 1"}});
  for (const std::string& bulletin :
       {"SELECT count(*) || '' FROM " + rows, "SELECT 'x' FROM " + rows,
        std::string(
            "SELECT hex(zeroblob(500000)) FROM json_each('[1,2,3,4,5]')")}) {
    SCOPED_TRACE(shortened(bulletin, 40));
    put("tools/mine.json", file(steps, {"text TEXT"}, Json(), bulletin));
    Ended ended = run(offline(1) + mine_);
    EXPECT_TRUE(ended.status == 0 || ended.status == 2) << ended.err;
    EXPECT_LT(kept().size(), size_t{8} << 20);
    forget_run();
  }
}

TEST_F(HostileTools, OfAnotherFolderAreRefused) {
  put("elsewhere.json", runs("SELECT 1"));
  fs::create_directory(scratch_ / "tools");
  for (const std::string& name :
       {std::string("../elsewhere"), (scratch_ / "elsewhere").string(),
        std::string("."), std::string("../../../../etc/passwd"),
        std::string(kTrap), std::string("a\nb")}) {
    refused_by_all({"--tools", "memory," + name}, "there are no tools");
  }
}

TEST_F(HostileTools, ThatAreNoFileAreRefused) {
  link("tools/mine.json", "/dev/zero");
  refused_by_all(mine_, "mine.json");
  fs::remove(scratch_ / "tools" / "mine.json");
  pipe("tools/mine.json");
  refused_by_all(mine_, "mine.json");
}

}  // namespace
}  // namespace simulate
