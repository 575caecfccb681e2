#include "simulator/guards/assertions.h"

#include <gtest/gtest.h>

namespace simulate::guards {
namespace {

struct Row {
  const char* language;
  const char* before;
  const char* after;
};

std::string turned(const Row& row) {
  const Words& language = words_of(row.language);
  return turned_around(read_words(row.before, language),
                       read_words(row.after, language), language);
}

TEST(Assertions, AreTurnedAroundByANegation) {
  const Row rows[] = {
      {"en", "I haven't heard about the boat.", "I have heard about the boat."},
      {"de", "Sie will nicht reden.", "Sie will reden."},
      {"es", "Su hermana no viene hoy.", "Su hermana viene hoy."},
      {"fr", "Elle ne boit pas de café.", "Elle boit du café."},
      {"pt", "Ele não gosta de café.", "Ele gosta de café."},
      {"ja", "彼女は結婚していない。", "彼女は結婚している。"},
  };
  for (const Row& row : rows) EXPECT_NE(turned(row), "") << row.before;
  EXPECT_EQ(turned({"en", "There is nothing about the boat.",
                    "I have no note about the boat."}),
            "");
  EXPECT_EQ(turned({"en", "I don't want to guess, I look.",
                    "I look rather than guess."}),
            "");
}

TEST(Assertions, AreTurnedAroundWhenAPlanIsDone) {
  const Row rows[] = {
      {"en", "I will set the reminder.", "I have set the reminder."},
      {"de", "Ich werde die Notiz löschen.", "Ich habe die Notiz gelöscht."},
      {"es", "Voy a guardar el dato.", "He guardado el dato."},
      {"fr", "Je vais garder la date.", "J'ai gardé la date."},
      {"pt", "Vou guardar a data.", "Já guardei a data."},
      {"ja", "日付を保存するつもりだ。", "日付を保存した。"},
  };
  for (const Row& row : rows) EXPECT_NE(turned(row), "") << row.before;
}

TEST(Assertions, AreTurnedAroundWhenADenialIsGone) {
  EXPECT_NE(turned({"de", "Ihre Schwester hat angerufen, nicht sie.",
                    "Sie hat ihre Schwester angerufen."}),
            "");
}

TEST(Assertions, ThatForbidAreDenials) {
  EXPECT_EQ(turned({"de", "Schmeicheln ist verboten.",
                    "Schmeicheln hilft ihm nicht."}),
            "");
  EXPECT_EQ(turned({"ja", "お世辞は禁止。", "お世辞は言わない。"}), "");
}

TEST(Assertions, MustNotForeseeWhatASearchBrings) {
  EXPECT_NE(turned({"en", "I look for the hotel.",
                    "I look for the hotel, but nothing is stored."}),
            "");
  EXPECT_NE(turned({"pt", "Tento guardar a placa.",
                    "Tento guardar a placa, mas vai dar erro."}),
            "");
  EXPECT_NE(turned({"ja", "番号を探す。", "番号を探すが、見つからない。"}), "");
  EXPECT_EQ(turned({"en", "I look for the hotel.",
                    "I look for the hotel. If nothing is stored, I ask."}),
            "");
  EXPECT_EQ(turned({"en", "I look for the hotel.",
                    "I don't want to guess, so I look for the hotel."}),
            "");
}

TEST(Assertions, NameDaysAndRelationsByMeaning) {
  const Words& english = words_of("en");
  auto changed = [&](const char* table, const char* before, const char* after,
                     const char* known) {
    Vocabulary heard;
    heard.add(read_words(known, english));
    return changed_meaning(table, read_words(before, english),
                           read_words(after, english), heard, english);
  };
  EXPECT_EQ(changed("thought_relations", "her mum", "her mother", ""), "");
  EXPECT_EQ(changed("thought_relations", "her mum", "her aunt", "my aunt"),
            "aunt, she");
  EXPECT_EQ(
      changed("thought_relations", "Pavel", "her brother Pavel", "my brother"),
      "");
  EXPECT_EQ(changed("thought_days", "on Monday", "on Tuesday", "Tuesday"),
            "Tuesday");
}

}  // namespace
}  // namespace simulate::guards
