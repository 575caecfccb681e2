// docs/tester.md shows what the tester of a third session is sent: exactly
// that.
#include <gtest/gtest.h>

#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "simulator/conversation/evidence.h"
#include "simulator/conversation/persona_list.h"
#include "tests/conversation/stage.h"

namespace simulate {
namespace {

namespace fs = std::filesystem;

PastSession said(int64_t day, const std::vector<std::string>& words) {
  PastSession session;
  session.starts_at = {day * 1440 + 1'000};
  for (size_t i = 0; i < words.size(); ++i) {
    session.spoken.push_back(
        {i % 2 == 0 ? Speaker::tester : Speaker::assistant, words[i]});
  }
  return session;
}

std::string prompt_of_session_three() {
  const fs::path source = SIMULATE_SOURCE_DIR;
  Stage stage;
  stage.prompts = load_prompts(source / "systemprompts");
  stage.plan.persona = load_personas(source / "personas" / "agnes.json")[0];
  Slot& slot = stage.plan.slot;
  slot.session = 3;
  slot.starts_at = {20'151 * 1440 + 1'130};
  slot.topic = "my cat Bishop and his temper";
  slot.style = "dry and a little ironic";
  slot.mood = "content";
  slot.typing = "with the abbreviations that people use in chats";
  slot.purpose = "to talk; what comes up comes up";
  slot.situation = "fact_changed";
  slot.opening = "Greet Ada as somebody you have talked to before.";
  slot.turns = 4;
  slot.events = "3,0";
  const std::vector<PastSession> before = {
      said(20'147,
           {"Good evening, Ada. I hope you are keeping better company than I "
            "am; Bishop has not forgiven me for the vet.",
            "Good evening. What did the vet do to deserve it?",
            "Looked at his teeth. He keeps them for himself, and for anyone "
            "who touches his tail.",
            "Then I shall keep my hands to myself."}),
      said(20'142, {"Is this where one writes? My grandson Cillian set up this "
                    "tablet for me.",
                    "It is. I'm Ada, and pleased to meet you."})};
  stage.plan.past = {true, past_text(before, slot.starts_at, "Ada"), "3"};
  Evidence evidence(shipped_groups());
  stage.plan.moment = moment_of(slot, load_situations(source / "situations"));
  stage.plan.moment.evidence = &evidence;
  TableState memories{"memories"};
  memories.rows.push_back(Json::array(
      {"2025-02-23",
       "They have cataract surgery on their left eye booked in Galway."}));
  stage.plan.state = state_from({memories});
  stage.lines[Role::tester] = {"one", "two", "three", "four"};
  stage.play();
  return stage.requests.at(Role::tester).at(0).messages.at(0).content;
}

TEST(TesterPage, ShowsWhatATesterIsSent) {
  const std::string page =
      read_file(fs::path(SIMULATE_SOURCE_DIR) / "docs" / "tester.md");
  const std::string prompt = prompt_of_session_three();
  EXPECT_TRUE(contains(page, "~~~\n" + prompt + "\n~~~\n"))
      << "docs/tester.md must have this between two lines of ~~~:\n"
      << prompt;
}

}  // namespace
}  // namespace simulate
