#include "simulator/conversation/first_state.h"

#include <gtest/gtest.h>

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "tests/shipped.h"
#include "tools/toolbox.h"

namespace simulate {
namespace {

Persona person_with(const std::string& state) {
  Json whole = {{"name", "Bo"}, {"background", "Buys."}};
  whole["state"] = *parse_json(state);
  return persona_from(whole, "bo.json");
}

Slot first_slot(uint64_t seed) {
  Slot slot;
  slot.seed = seed;
  slot.starts_at = {20'151 * 1440 + 600};  // 2025-03-04 10:00
  return slot;
}

constexpr const char* kMemories =
    R"({"memories": [{"date": "{{today-5}}", "text": "No. {{digits:4}}."},
                     {"text": "Due {{today+2}}.", "date": "{{today}}"}]})";

TEST(FirstState, CountsItsDaysFromTheFirstSession) {
  ToolState state = first_state(person_with(kMemories), first_slot(1));
  EXPECT_TRUE(contains(state.text, R"("date":"2025-02-27")")) << state.text;
  EXPECT_TRUE(contains(state.text, "Due 2025-03-06.")) << state.text;
}

TEST(FirstState, HasOtherNumbersInEachStorylineAndTheSameInOne) {
  Persona bo = person_with(kMemories);
  EXPECT_EQ(first_state(bo, first_slot(1)).text,
            first_state(bo, first_slot(1)).text);
  EXPECT_NE(first_state(bo, first_slot(1)).text,
            first_state(bo, first_slot(2)).text);
}

TEST(FirstState, IsEmptyForWhoBringsNothing) {
  Persona bo;
  EXPECT_EQ(first_state(bo, first_slot(1)).text, "");
  EXPECT_FALSE(bo.to_json().contains("state")) << "old texts stay as they are";
}

TEST(FirstState, IsWhatTheToolsFind) {
  ToolState state = first_state(person_with(kMemories), first_slot(1));
  Toolbox toolbox(shipped_groups());
  std::vector<ToolCall> calls = {
      {"call00001", "recall_memories", Json::object()}};
  Toolbox::Round looked = toolbox.run(state, calls, {{20'151 * 1440}});
  EXPECT_EQ(looked.results[0].body["memories"].size(), 2u);
  EXPECT_EQ(looked.results[0].body["memories"][1]["text"], "Due 2025-03-06.");
  EXPECT_EQ(looked.state.text, state.text) << "nothing was changed";
  calls = {{"call00002", "delete_memory", {{"indices", {1}}}}};
  Toolbox::Round changed = toolbox.run(state, calls, {{20'151 * 1440}});
  EXPECT_EQ(changed.state.text,
            R"({"memories":[["2025-03-04","Due 2025-03-06."]]})");
}

TEST(FirstState, IsRefusedWhereItIsNoRows) {
  for (const char* wrong :
       {"[]", R"({"memories": {}})", R"({"memories": [["a"]]})",
        R"({"memories": [{}]})", R"({"memories": [{"text": ["a"]}]})",
        R"({"memories": [{"text": "{{tomorrow}}"}]})",
        R"({"memories": [{"text": "{{digits:0}}"}]})"}) {
    EXPECT_THROW(person_with(wrong), BadUsage) << wrong;
  }
}

TEST(FirstState, IsRefusedWhereNoToolHasItsTable) {
  auto fault = [](const char* state) {
    return state_fault(*parse_json(state), shipped_groups());
  };
  EXPECT_EQ(fault(R"({"memories": [{"text": "a"}]})"), "");
  EXPECT_TRUE(contains(fault(R"({"memoris": [{"text": "a"}]})"),
                       "did you mean \"memories\"?"));
  EXPECT_TRUE(contains(fault(R"({"memories": [{"txt": "a"}]})"),
                       "did you mean \"text\"?"));
}

}  // namespace
}  // namespace simulate
