// The words in phrases/ and what the speakers listen for belong together: what
// one of them says must be understood by the other.
#include "simulator/offline/phrasebook.h"

#include <gtest/gtest.h>

#include <functional>

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "simulator/offline/listening.h"
#include "simulator/offline/phrase_picker.h"
#include "simulator/offline/phrase_texts.h"
#include "simulator/offline/wanted_reminder.h"
#include "simulator/offline/words.h"

namespace simulate::offline {
namespace {

const TesterWords& tester() { return phrasebook().tester; }

// Calls `expect` with many draws of each phrase.
void draw(const Phrases& phrases, const Blanks& blanks,
          const std::function<void(const std::string&)>& expect) {
  for (const std::string& phrase : phrases) {
    for (uint64_t seed = 0; seed < 30; ++seed) {
      std::string text = PhrasePicker(seed, {}).pick({phrase}, blanks);
      EXPECT_NE(text, "") << phrase;
      expect(text);
    }
  }
}

Wishes wishes(const std::string& said, const Json& tools = Json::object()) {
  return wishes_in(said, "", tools);
}

TEST(Phrasebook, AsksTheAssistantInWordsThatItUnderstands) {
  const Json tools = {{"roll_dice", Json::object()}};
  draw(tester().quiz, {{"hint", "my cat"}}, [](const std::string& said) {
    EXPECT_TRUE(wishes(said).quiz) << said;
    EXPECT_EQ(subject_in(said), "my cat") << said;
  });
  draw(tester().quiz_wrong, {{"hint", "my cat"}}, [](const std::string& said) {
    EXPECT_TRUE(wishes(said).insists) << said;
  });
  draw(tester().forget, {{"hint", "my cat"}}, [](const std::string& said) {
    EXPECT_TRUE(wishes(said).forget) << said;
    EXPECT_EQ(subject_in(said), "my cat") << said;
  });
  draw(tester().opinion, {{"topic", "my cat"}}, [](const std::string& said) {
    EXPECT_TRUE(wishes(said).opinion) << said;
  });
  draw(tester().shopping, {{"things", "milk"}}, [](const std::string& said) {
    EXPECT_EQ(wishes(said).shopping, std::vector<std::string>{"milk"}) << said;
  });
  draw(tester().try_tool, {{"tool", "roll dice"}},
       [&tools](const std::string& said) {
         EXPECT_EQ(wishes(said, tools).errand, "roll_dice") << said;
       });
  draw(tester().goodbye, {}, [](const std::string& said) {
    EXPECT_TRUE(wishes(said).goodbye) << said;
  });
}

TEST(Phrasebook, AsksForRemindersThatHaveADay) {
  draw(tester().when_due, {{"weekday", "Friday"}}, [](const std::string& when) {
    Blanks blanks = {{"when", when}, {"task", "ring Joan"}};
    draw(tester().remind_me, blanks, [](const std::string& said) {
      EXPECT_TRUE(wishes(said).reminder) << said;
      WantedReminder wanted = wanted_reminder(said, "2025-03-04");
      EXPECT_EQ(wanted.text, "Ring Joan.") << said;
      EXPECT_TRUE(wanted.due.starts_with("2025-03-0")) << said;
    });
  });
}

TEST(Phrasebook, AnswersWhetherAReminderIsDone) {
  draw(phrasebook().assistant.mention, {{"reminder", "your hip"}},
       [](const std::string& asked) {
         EXPECT_TRUE(contains(lowered(asked), "is that done?")) << asked;
         draw(tester().done, {}, [&asked](const std::string& said) {
           EXPECT_TRUE(wishes_in(said, asked, Json::object()).done) << said;
         });
         draw(tester().not_done, {}, [&asked](const std::string& said) {
           EXPECT_TRUE(wishes_in(said, asked, Json::object()).not_done) << said;
         });
       });
}

TEST(Phrasebook, OpensATalkSoThatItsTopicIsFound) {
  for (const char* style :
       {"brief", "chatty", "direct", "hesitant", "dry", ""}) {
    draw(tester().openings.named_in(style), {{"topic", "my old boat"}},
         [](const std::string& said) {
           EXPECT_EQ(topic_in(said), "my old boat") << said;
         });
  }
  draw(tester().turn_to, {{"topic", "my old boat"}},
       [](const std::string& said) {
         EXPECT_TRUE(topic_in(said).starts_with("my old boat")) << said;
       });
}

// not_done has one that is kept as a fact: "No, I keep putting it off."
TEST(Phrasebook, StatesNoFactButThePersonas) {
  Blanks blanks = {{"topic", "my old boat"}, {"name", "Agnes"}};
  auto none = [](const std::string& said) {
    EXPECT_TRUE(facts_in(said).empty()) << said;
  };
  const TesterWords& words = tester();
  for (const Phrases* list :
       {&words.first_hello, &words.later_hello, &words.turn_to, &words.extend,
        &words.go_on, &words.answer_whether, &words.answer_either,
        &words.answer_when, &words.answer_how, &words.answer_who,
        &words.answer_why, &words.answer_what, &words.quiz_right, &words.let_go,
        &words.done, &words.goodbye}) {
    draw(*list, blanks, none);
  }
  for (const char* name :
       {"brief", "chatty", "direct", "hesitant", "dry", ""}) {
    draw(words.openings.named_in(name), blanks, none);
  }
  for (const char* name : {"calm", "tired", "cheerful", "worried", "curious",
                           "irritable", "restless", "content", "lonely"}) {
    draw(words.moods.named_in(name), blanks, none);
  }
  for (const Exchange& exchange : phrasebook().exchanges.all) {
    draw({exchange.answer}, blanks, none);
  }
}

TEST(Phrasebook, TellsAFactSoThatItIsTakenForOne) {
  std::string fact = "My cat is called Bishop and he bites anyone.";
  Blanks blanks = {{"fact", fact}, {"inside", inside_sentence(fact)}};
  for (const Phrases* list :
       {&tester().fact, &tester().aside_fact, &tester().answer_fact}) {
    draw(*list, blanks, [](const std::string& said) {
      EXPECT_EQ(facts_in(said).size(), 1u) << said;
    });
  }
}

TEST(Phrasebook, FindsEachQuestionByItsKeyAlone) {
  for (const Exchange& exchange : phrasebook().exchanges.all) {
    if (exchange.question.empty()) continue;
    EXPECT_EQ(phrasebook().exchanges.opened_in(lowered(exchange.question)),
              &exchange)
        << exchange.question;
  }
  EXPECT_EQ(phrasebook().exchanges.opened_in("what time is it?"), nullptr);
}

// A question without a place of its own stands in the assistant's words.
TEST(Phrasebook, AsksEveryQuestionThatHasAnAnswer) {
  std::string connects;
  for (const std::string& phrase : phrasebook().assistant.connect) {
    connects += lowered(phrase);
  }
  for (const Exchange& exchange : phrasebook().exchanges.all) {
    if (!exchange.question.empty()) continue;
    EXPECT_TRUE(contains(connects, exchange.key)) << exchange.key;
  }
}

TEST(Phrasebook, SaysWhichExchangeIsWrong) {
  const std::string good(phrase_text("exchanges"));
  const std::pair<std::string, std::string> rows[] = {
      {"\"comeback\"", "exchanges 1: nothing is named \"cameback\""},
      {"\"matter\": \"other\"", "no subject is named \"cameback\""},
      {"\"key\": \"the next step\"", "does not hold its key in lower case"},
  };
  const char* becomes[] = {"\"cameback\"", "\"matter\": \"cameback\"",
                           "\"key\": \"Next\""};
  for (size_t i = 0; i < std::size(rows); ++i) {
    try {
      Exchanges wrong(replaced(good, rows[i].first, becomes[i]));
      ADD_FAILURE() << rows[i].first;
    } catch (const Fatal& fault) {
      EXPECT_TRUE(contains(fault.what(), rows[i].second)) << fault.what();
    }
  }
}

}  // namespace
}  // namespace simulate::offline
