#include "tools/toolbox.h"

#include <gtest/gtest.h>

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "tools/reply_parser.h"

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
    Toolbox::Round round = toolbox_.run(state_, parsed, now_);
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

  Toolbox toolbox_;
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
            "add_memory recall_memories delete_memory add_diary recall_diary "
            "delete_diary add_reminder recall_reminders complete_reminder "
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
            R"({"stored":[],"already_known":["a"],"total":1})");
  EXPECT_EQ(state_.text, before.text);
  EXPECT_EQ(run(R"(add_memory(input_text=["b", "b"]))"),
            R"({"stored":["b"],"already_known":["b"],"total":2})");
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
  Toolbox::Round other = toolbox_.run(
      {}, {{"id0000001", "recall_memories", Json::object()}}, now_);
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
  EXPECT_EQ(run(R"(add_reminder(text="call mum", due="2025-03-05 18:00"),
                   add_reminder(text="tax"))"),
            "{\"stored\":{\"text\":\"call mum\",\"due\":\"2025-03-05 18:00\"},"
            "\"open\":1}\n{\"stored\":{\"text\":\"tax\"},\"open\":2}");
  EXPECT_EQ(
      toolbox_.open_reminders(state_),
      (std::vector<std::string>{"call mum (due 2025-03-05 18:00)", "tax"}));
  EXPECT_EQ(run("complete_reminder(indices=[1])"),
            R"({"completed":["call mum"],"open":1})");
  EXPECT_EQ(run("recall_reminders()"),
            R"({"reminders":[{"index":1,"text":"tax"}]})");
  EXPECT_EQ(run("delete_reminder(indices=[1])"),
            R"({"deleted":["tax"],"total":0})");
  EXPECT_TRUE(toolbox_.open_reminders(state_).empty());
  EXPECT_TRUE(contains(error("complete_reminder(indices=[1])"),
                       "there are no open reminders"));
}

TEST_F(ToolboxTest, ChecksWhenAReminderIsDue) {
  EXPECT_TRUE(contains(run("add_reminder(text='a', due='2025-03-04')"),
                       "\"due\":\"2025-03-04\""));
  EXPECT_TRUE(contains(run("add_reminder(text='a', due='2025-04-01T07:30:00')"),
                       "\"due\":\"2025-04-01 07:30\""));
  const std::pair<const char*, const char*> rows[] = {
      {"tomorrow", "must look like"},     {"2025-02-30", "that exist"},
      {"2025-03-05 24:00", "that exist"}, {"2025-03-05 8:00", "must look like"},
      {"2025-03-03", "in the past"},      {"2025-13-01", "that exist"},
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
  state_ = toolbox_
               .run(state_,
                    {{"id0000001", "add_diary", {{"input_text", texts}}}}, now_)
               .state;
  EXPECT_TRUE(contains(error("add_diary(input_text='x')"), "already 1000"));
  EXPECT_EQ(run("add_memory(input_text='x')"), R"({"stored":["x"],"total":1})");
}

TEST_F(ToolboxTest, ForgetsTheOldestDoneReminderWhenThereAreTooMany) {
  std::string calls = "add_reminder(text='a')";
  run(calls + ", complete_reminder(indices=[1])");
  for (int i = 0; i < 999; ++i) {
    Toolbox::Round round = toolbox_.run(
        state_, {{"id0000001", "add_reminder", {{"text", "b"}}}}, now_);
    state_ = round.state;
  }
  EXPECT_FALSE(contains(run("add_reminder(text='last')"), "error"));
  EXPECT_FALSE(contains(state_.text, "true"));
  EXPECT_TRUE(contains(error("add_reminder(text='more')"), "already 1000"));
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
            std::string("a\0b \xF0\x9F\x90\xB6 <\n>", 12));
}

TEST_F(ToolboxTest, WritesACompactStableState) {
  run(R"(add_reminder(text="r"), add_memory(input_text=["m"]),
         add_diary(input_text=["d"]))");
  EXPECT_EQ(state_.text,
            R"({"memories":[["2025-03-04","m"]],"diary":[["2025-03-04","d"]],)"
            R"("reminders":[["2025-03-04","r",null,false]]})");
}

TEST_F(ToolboxTest, RefusesAStateItDoesNotKnow) {
  const char* rows[] = {
      "nonsense",
      "[]",
      R"({"memories":[]})",
      R"({"memories":[],"diary":[],"notes":[]})",
      R"({"memories":[],"diary":[],"reminders":[],"more":[]})",
      R"({"memories":[["a"]],"diary":[],"reminders":[]})",
      R"({"memories":[[1,"a"]],"diary":[],"reminders":[]})",
      R"({"memories":[],"diary":[],"reminders":[["a","b","",0]]})",
  };
  for (const char* text : rows) {
    EXPECT_THROW(toolbox_.run({text}, {}, now_), Fatal) << text;
    EXPECT_THROW(toolbox_.open_reminders({text}), Fatal) << text;
  }
  EXPECT_EQ(run("recall_memories()").find("{\"memories\":[]"), 0u);
}

}  // namespace
}  // namespace simulate
