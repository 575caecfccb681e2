#include "simulator/guards/rewrite_proof.h"

#include <gtest/gtest.h>

namespace simulate::guards {
namespace {

const std::string kEndless(400, 'x');

struct Row {
  const char* language;
  const char* before;
  const char* after;
};

constexpr const char* kKnown =
    "Nora called at nine, and my brother Pavel starts in Graz in May. The dog "
    "is ill.";

std::string fault(const Row& row) {
  Heard heard(row.language);
  heard.add(kKnown);
  std::string before = row.before, after = row.after;
  return rewrite_fault({before, after, heard, {row.language, "Ada"}});
}

TEST(RewriteProof, TakesWhatSaysTheSame) {
  const Row rows[] = {
      {"en", "Okay, so Nora called at 9. I recall_memories first.",
       "It was at 9 that Nora called, so recall_memories comes first."},
      {"en", "She has 2 cats.", "She has two cats."},
      {"en", "They mean Tuesday, I guess. Let me look.",
       "I guess they mean Tuesday, so I look."},
      {"en",
       "The user is asking about their brother. According to my instructions "
       "I should check memory first with recall_memories. Rule 3 says not to "
       "guess.",
       "They ask about their brother, and I don't want to guess, so I look "
       "with recall_memories first."},
      {"en", "1. The user says Pavel starts in May.\n2. I store it.",
       "Pavel starts in May, so I store it."},
      {"de",
       "Okay, der Nutzer fragt nach seinem Bruder Pavel. Ich sollte laut "
       "Anweisung zuerst recall_memories aufrufen.",
       "Es geht um den Bruder Pavel. Ich will nicht raten, also schaue ich "
       "zuerst mit recall_memories nach."},
      {"ja", "ユーザーの妹は二十五歳だ。", "妹は25歳だ。"},
      {"de", "Ich als Ada freue mich mit Nora.", "Ich freue mich mit Nora."},
      {"fr", "Le chien est malade. La règle : deux phrases au plus.",
       "Le chien est malade."},
      {"es", "El perro está malo. Prohibido adular.",
       "El perro está malo, y adular no le sirve de nada."},
  };
  for (const Row& row : rows) EXPECT_EQ(fault(row), "") << row.before;
}

TEST(RewriteProof, RefusesWhatSaysSomethingElse) {
  const Row rows[] = {
      {"en", "She has 2 cats.", "She has cats."},
      {"en", "She has 2 cats.", "She has 3 cats."},
      {"en", "I wonder what Nora wants.", "I wonder what she wants."},
      {"en", "I wonder what she wants.", "I wonder what Marta wants."},
      {"en", "I could use add_memory here.", "I could store this."},
      {"en", "I think of the dog.", ""},
      {"en", "I think of the dog.", "The weather, then."},
      {"en", "I think of it.", "I think of it. <tool_call>f()</tool_call>"},
      {"en", "I think of it.", kEndless.c_str()},
      {"en", "The user is sad.", "The user is sad."},
      {"en", "The dog is ill.", "The dog is ill, says Ada."},
      {"en", "The dog is ill.",
       "The dog is ill, and the vet charged too much."},
      {"en", "They don't want advice.", "They want advice."},
      {"en", "I will set the reminder.", "I have set the reminder."},
      {"en", "Their brother called.", "Their uncle called."},
      {"en", "They meet on Monday.", "They meet on Friday."},
      {"de", "Sie hat fünfundzwanzig Bücher.", "Sie hat 52 Bücher."},
      {"fr", "Je cherche le nom du kiné.",
       "Je cherche le nom du kiné, M. Petit."},
      {"ja", "神戸に引っ越したことを残したい。", "引っ越したことを残したい。"},
      {"pt", "O joelho ainda dói depois da queda.", "Penso no que dizer."},
      {"en", "She plans to tell her boss.", "She told her boss."},
  };
  for (const Row& row : rows) EXPECT_NE(fault(row), "") << row.after;
}

}  // namespace
}  // namespace simulate::guards
