#include "tools/toolbox.h"

#include <gtest/gtest.h>

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "simulator/calls/reply_parser.h"
#include "tests/shipped.h"

namespace simulate {
namespace {

// A storyline: a state that rounds change, on the same simulated morning.
class ToolboxTest : public testing::Test {
 protected:
  // The bodies of the results, one a line.
  std::string run(const std::string& calls) {
    std::vector<ToolCall> parsed;
    ParsedReply reply = parse_reply("<tool_call>" + calls + "</tool_call>");
    EXPECT_EQ(joined(reply.faults, "\n"), "");
    for (const ParsedCall& call : reply.calls) {
      parsed.push_back({"id0000001", call.name, call.arguments});
    }
    Toolbox::Round round = toolbox_.run(state_, parsed, {now_});
    state_ = round.state;
    results_ = round.results;
    std::vector<std::string> lines;
    for (const ToolResult& result : results_) {
      EXPECT_EQ(result.error, result.body.contains("error"));
      lines.push_back(to_text(result.body));
    }
    return joined(lines, "\n");
  }

  std::string error(const std::string& call) {
    run(call);
    EXPECT_EQ(results_.size(), 1u);
    EXPECT_TRUE(results_.at(0).error);
    return string_at(results_.at(0).body, "error");
  }

  Toolbox toolbox_{shipped_groups()};
  ToolState state_;
  SimulatedTime now_{20151 * 24 * 60 + 8 * 60 + 5};
  std::vector<ToolResult> results_;
};

TEST_F(ToolboxTest, OffersItsToolsInTheirOrder) {
  std::vector<std::string> names;
  for (const ToolSpec& spec : toolbox_.tools()) {
    names.push_back(spec.name);
    EXPECT_TRUE(parse_json(spec.example)) << spec.name;
    EXPECT_EQ(spec.parameters.at("type"), "object");
    EXPECT_TRUE(spec.parameters.at("properties").is_object()) << spec.name;
    EXPECT_TRUE(spec.parameters.at("required").is_array()) << spec.name;
  }
  EXPECT_EQ(joined(names, " "),
            "add_memory recall_memories search_memories update_memory "
            "delete_memory add_diary recall_diary update_diary delete_diary "
            "add_reminder recall_reminders complete_reminder "
            "delete_reminder check_watch");
}

TEST_F(ToolboxTest, StoresEveryMemoryOfTheList) {
  EXPECT_EQ(run(R"(add_memory(input_text=["a", "b"]))"),
            R"({"stored":["a","b"],"total":2})");
  EXPECT_EQ(run("recall_memories()"),
            R"({"memories":[{"index":1,"date":"2025-03-04","text":"a"},)"
            R"({"index":2,"date":"2025-03-04","text":"b"}]})");
}

TEST_F(ToolboxTest, SaysThatNothingIsStored) {
  EXPECT_EQ(run("recall_memories(), recall_diary(), recall_reminders()"),
            "{\"memories\":[],\"note\":\"Nothing is stored yet.\"}\n"
            "{\"diary\":[],\"note\":\"The diary is empty.\"}\n"
            "{\"reminders\":[],\"note\":\"No reminder is open.\"}");
  EXPECT_EQ(state_.text, "");
}

TEST_F(ToolboxTest, StoresNoMemoryTwice) {
  run(R"(add_memory(input_text=["a"]))");
  ToolState before = state_;
  EXPECT_EQ(run(R"(add_memory(input_text=[" a "]))"),
            R"({"already_known":["a"],"stored":[],"total":1})");
  EXPECT_EQ(state_.text, before.text);
  EXPECT_EQ(run(R"(add_memory(input_text=["b", "b"]))"),
            R"({"already_known":["b"],"stored":["b"],"total":2})");
}

TEST_F(ToolboxTest, WritesTheSameDiaryEntryTwice) {
  EXPECT_EQ(run(R"(add_diary(input_text=["a", "a"]))"),
            R"({"stored":["a","a"],"total":2})");
  EXPECT_EQ(run("delete_diary(indices=[1])"), R"({"deleted":["a"],"total":1})");
}

TEST_F(ToolboxTest, DeletesSeveralPositionsInOneStep) {
  run(R"(add_memory(input_text=["a", "b", "c", "d"]))");
  EXPECT_EQ(run("delete_memory(indices=[1, 2, 4])"),
            R"({"deleted":["a","b","d"],"total":1})");
  EXPECT_EQ(run("delete_memory(indices=1)"), R"({"deleted":["c"],"total":0})");
  EXPECT_EQ(state_.text, "");
}

TEST_F(ToolboxTest, DeletesNothingWhenOnePositionIsWrong) {
  run(R"(add_memory(input_text=["a", "b"]))");
  ToolState before = state_;
  EXPECT_EQ(error("delete_memory(indices=[1, 3])"),
            "delete_memory: there is no memory 3; valid indices are 1 to 2.");
  EXPECT_TRUE(contains(error("delete_memory(indices=[0])"), "no memory 0"));
  EXPECT_TRUE(contains(error("delete_memory(indices=[-1])"), "no memory -1"));
  EXPECT_TRUE(contains(error("delete_memory(indices=[1, 1])"), "twice"));
  EXPECT_TRUE(contains(error("delete_diary(indices=[1])"), "are no diary"));
  EXPECT_EQ(state_.text, before.text);
}

TEST_F(ToolboxTest, AnErrorUndoesTheWholeCallAndOnlyThatCall) {
  run(R"(add_memory(input_text=["a"]), add_memory(input_text=["b", " "]),
         add_memory(input_text=["c"]))");
  ASSERT_EQ(results_.size(), 3u);
  EXPECT_EQ(to_text(results_[1].body),
            R"({"error":"add_memory: item 2 of input_text is empty; write )"
            R"(what to keep."})");
  EXPECT_EQ(to_text(results_[2].body), R"({"stored":["c"],"total":2})");
}

TEST_F(ToolboxTest, LaterCallsSeeWhatEarlierOnesDid) {
  EXPECT_EQ(run(R"(add_memory(input_text=["a"]), recall_memories())"),
            "{\"stored\":[\"a\"],\"total\":1}\n"
            "{\"memories\":[{\"index\":1,\"date\":\"2025-03-04\","
            "\"text\":\"a\"}]}");
}

TEST_F(ToolboxTest, KeepsStorylinesApart) {
  run(R"(add_memory(input_text=["a"]))");
  std::vector<ToolCall> recall = {
      {"id0000001", "recall_memories", Json::object()}};
  Toolbox::Round other = toolbox_.run({}, recall, {now_});
  EXPECT_EQ(other.results[0].body["memories"].size(), 0u);
}

TEST_F(ToolboxTest, AnswersAnUnknownToolWithTheNearestOne) {
  std::string text = error("add_memories(input_text=['a'])");
  EXPECT_EQ(text.find("There is no tool named \"add_memories\". Did you mean "
                      "add_memory? Tools: add_memory, recall_memories, "),
            0u)
      << text;
}

TEST_F(ToolboxTest, NamesAreMatchedExactly) {
  EXPECT_TRUE(contains(error("memory()"), "There is no tool named"));
  EXPECT_TRUE(contains(error("Add_memory(input_text='a')"), "no tool named"));
}

TEST_F(ToolboxTest, ExplainsWrongArguments) {
  EXPECT_EQ(error("add_memory(input_text={'a': 5})"),
            "add_memory: argument \"input_text\" must be a list of strings, "
            "got an object. Example: add_memory(input_text=[\"...\"])");
  EXPECT_TRUE(contains(error("recall_memories(a=1)"), "takes no arguments"));
}

TEST_F(ToolboxTest, RemembersRemindersUntilTheyAreDone) {
  EXPECT_EQ(
      run(R"(add_reminder(text="call mum", due="2025-03-05 18:00"),
                   add_reminder(text="tax"))"),
      "{\"stored\":\"call mum\",\"due\":\"2025-03-05 18:00\",\"open\":1}\n"
      "{\"stored\":\"tax\",\"open\":2}");
  EXPECT_EQ(
      toolbox_.bulletin(state_),
      (std::vector<std::string>{"call mum (due 2025-03-05 18:00)", "tax"}));
  EXPECT_EQ(run("complete_reminder(indices=[1])"),
            R"({"completed":["call mum"],"open":1})");
  EXPECT_EQ(run("recall_reminders()"),
            R"({"reminders":[{"index":1,"text":"tax"}]})");
  EXPECT_EQ(run("delete_reminder(indices=[1])"),
            R"({"deleted":["tax"],"total":0})");
  EXPECT_TRUE(toolbox_.bulletin(state_).empty());
  EXPECT_TRUE(contains(error("complete_reminder(indices=[1])"),
                       "there are no open reminders"));
}

TEST_F(ToolboxTest, ChecksWhenAReminderIsDue) {
  EXPECT_TRUE(contains(run("add_reminder(text='a', due='2025-03-04')"),
                       "\"due\":\"2025-03-04\""));
  EXPECT_TRUE(contains(run("add_reminder(text='a', due='2025-04-01T07:30:00')"),
                       "\"due\":\"2025-04-01 07:30\""));
  const std::pair<const char*, const char*> rows[] = {
      {"tomorrow", "that exists"},         {"2025-02-30", "that exists"},
      {"2025-03-05 24:00", "that exists"}, {"2025-03-05 8:00", "that exists"},
      {"2025-03-03", "in the past"},       {"2025-13-01", "that exists"},
  };
  for (const auto& [due, expected] : rows) {
    std::string text =
        error("add_reminder(text='a', due='" + std::string(due) + "')");
    EXPECT_TRUE(contains(text, expected)) << text;
    EXPECT_TRUE(contains(text, "It is now 2025-03-04 08:05")) << text;
  }
}

TEST_F(ToolboxTest, ReadsTheSimulatedWatch) {
  EXPECT_EQ(run("check_watch()"),
            R"({"date":"2025-03-04","weekday":"Tuesday","time":"08:05"})");
}

TEST_F(ToolboxTest, RefusesAnEntryThatIsTooLong) {
  EXPECT_EQ(error("add_memory(input_text='" + std::string(2001, 'a') + "')"),
            "add_memory: item 1 of input_text has 2001 bytes; at most 2000 "
            "are allowed. Make it shorter.");
  EXPECT_FALSE(contains(
      run("add_memory(input_text='" + std::string(2000, 'a') + "')"), "error"));
}

TEST_F(ToolboxTest, HoldsAThousandEntriesOfAKind) {
  Json texts = Json::array();
  for (int i = 0; i < 1000; ++i) texts.push_back(std::to_string(i));
  std::vector<ToolCall> calls = {
      {"id0000001", "add_diary", {{"input_text", texts}}}};
  state_ = toolbox_.run(state_, calls, {now_}).state;
  EXPECT_TRUE(contains(error("add_diary(input_text='x')"), "at most 1000"));
  EXPECT_EQ(run("add_memory(input_text='x')"), R"({"stored":["x"],"total":1})");
  texts.erase(texts.begin());
  calls = {{"id0000001", "add_memory", {{"input_text", texts}}}};
  state_ = toolbox_.run(state_, calls, {now_}).state;
  EXPECT_TRUE(contains(error("add_memory(input_text='y')"), "at most 1000"));
}

TEST_F(ToolboxTest, ForgetsTheOldestDoneReminderWhenThereAreTooMany) {
  std::string calls = "add_reminder(text='a')";
  run(calls + ", complete_reminder(indices=[1])");
  for (int i = 0; i < 999; ++i) {
    std::vector<ToolCall> add = {
        {"id0000001", "add_reminder", {{"text", "b"}}}};
    state_ = toolbox_.run(state_, add, {now_}).state;
  }
  EXPECT_FALSE(contains(run("add_reminder(text='last')"), "error"));
  EXPECT_FALSE(contains(state_.text, ",1]"));
  EXPECT_TRUE(contains(error("add_reminder(text='more')"), "at most 1000"));
}

TEST_F(ToolboxTest, TreatsSqlAsText) {
  std::string evil = "'); DROP TABLE entries; --";
  EXPECT_FALSE(
      contains(run("add_memory(input_text=[\"" + evil + "\"])"), "error"));
  EXPECT_TRUE(contains(run("recall_memories()"), evil));
}

TEST_F(ToolboxTest, KeepsBytesOfAllKinds) {
  run(R"(add_memory(input_text=["a\u0000b \ud83d\udc36 <\n>"]))");
  run("recall_memories()");
  EXPECT_EQ(results_[0].body["memories"][0]["text"],
            "a\xEF\xBF\xBD"
            "b \xF0\x9F\x90\xB6 <\n>");
}

TEST_F(ToolboxTest, WritesACompactStableState) {
  run(R"(add_reminder(text="r"), add_memory(input_text=["m"]),
         add_diary(input_text=["d"]))");
  EXPECT_EQ(state_.text,
            R"({"memories":[["2025-03-04","m"]],"diary":[["2025-03-04","d"]],)"
            R"("reminders":[["2025-03-04","r",null,0]]})");
}

TEST_F(ToolboxTest, RefusesAStateItDoesNotKnow) {
  const char* rows[] = {
      "nonsense",
      "[]",
      R"({"memories":5})",
      R"({"memories":[5]})",
      R"({"memories":[[]]})",
      R"({"memories":[["a",["b"]]]})",
      R"({"memories":[["a","b","c"]]})",
  };
  for (const char* text : rows) {
    std::vector<ToolCall> none;
    EXPECT_THROW(toolbox_.run({text}, none, {now_}), Fatal) << text;
    EXPECT_THROW(toolbox_.bulletin({text}), Fatal) << text;
  }
  EXPECT_EQ(run("recall_memories()").find("{\"memories\":[]"), 0u);
}

TEST_F(ToolboxTest, ReadsAStateOfTheToolsThatWereBuiltIn) {
  state_.text = R"({"memories":[["2025-03-01","m"]],"diary":[],)"
                R"("reminders":[["2025-03-01","r",null,false],)"
                R"(["2025-03-01","s","2025-03-09",true]]})";
  EXPECT_EQ(toolbox_.bulletin(state_), (std::vector<std::string>{"r"}));
  EXPECT_TRUE(contains(run("recall_memories()"), "\"text\":\"m\""));
}

TEST_F(ToolboxTest, KeepsTheRowsOfToolsThatAreNotOffered) {
  state_.text = R"({"others":[["x",1]]})";
  run(R"(add_memory(input_text=["a"]))");
  EXPECT_EQ(state_.text,
            R"({"memories":[["2025-03-04","a"]],"others":[["x",1]]})");
}

TEST_F(ToolboxTest, ReplacesAnEntryInItsPlace) {
  run(R"(add_memory(input_text=["a", "b", "c"]))");
  EXPECT_EQ(run("update_memory(index=2, text=' B ')"),
            R"({"before":"b","updated":"B"})");
  EXPECT_TRUE(contains(state_.text, R"("a"],["2025-03-04","B"],["2025)"));
  EXPECT_TRUE(contains(error("update_memory(index=4, text='x')"),
                       "there is no memory 4; valid indices are 1 to 3."));
  EXPECT_TRUE(contains(error("update_diary(index=1, text='x')"),
                       "there are no diary entries"));
}

TEST_F(ToolboxTest, FindsAmongManyMemories) {
  Json texts = Json::array();
  for (int i = 1; i <= 200; ++i) texts.push_back("fact " + std::to_string(i));
  texts.push_back("their sister Ann lives in Bergen");
  std::vector<ToolCall> add = {
      {"id0000001", "add_memory", {{"input_text", texts}}}};
  state_ = toolbox_.run(state_, add, {now_}).state;
  std::string all = run("recall_memories()");
  EXPECT_TRUE(contains(all, "the newest 60 of 201; search_memories"));
  EXPECT_TRUE(contains(all, "\"index\":142,")) << all.substr(0, 200);
  EXPECT_FALSE(contains(all, "\"index\":141,")) << all.substr(0, 200);
  EXPECT_EQ(run("search_memories(query='Where does the SISTER live?')"),
            R"({"found":[{"index":201,"date":"2025-03-04","text":)"
            R"("their sister Ann lives in Bergen"}]})");
  EXPECT_TRUE(contains(run("search_memories(query='nothing like \"this')"),
                       "Nothing with these words"));
  EXPECT_EQ(run("search_memories(query='*')").find("{\"found\":[]"), 0u);
}

}  // namespace
}  // namespace simulate
