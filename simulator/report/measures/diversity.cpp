// Diversity: how varied the answers and the messages are, and which phrases
// come again and again.
// Tested by tests/report/measures_test.cpp.
#include "simulator/metrics/text_diversity.h"
#include "simulator/report/measures.h"
#include "simulator/report/tallies.h"

namespace simulate {

namespace {

// A phrase in more conversations than this is noticed by who reads them.
constexpr double kPhraseLook = 0.02;
constexpr double kPhraseBad = 0.1;
constexpr int64_t kFewTexts = 200;  // below, the numbers say little
constexpr size_t kMostPhrases = 12;

// What one of the two speakers said: all of a conversation is one text for
// phrases, so that they are counted once in each.
struct Voice {
  const char* key;
  const char* name;
  TextDiversity texts;          // a message each
  TextDiversity conversations;  // all messages of one together
  int64_t messages = 0;
};

class Diversity : public Measure {
 public:
  void add(const Reading& reading) override {
    add(assistant_, reading.answers);
    add(tester_, reading.questions);
  }

  Section section() override {
    Section section{"diversity", "Diversity",
                    "Does it sound like many talks, or like one said again?"};
    if (assistant_.texts.texts() == 0) return section;
    section.figures.push_back(numbers());
    for (const Voice* voice : {&assistant_, &tester_}) {
      section.figures.push_back(compression(*voice));
      section.figures.push_back(phrases(*voice));
    }
    return section;
  }

 private:
  static void add(Voice& voice, const std::vector<const Message*>& messages) {
    std::string all;
    for (const Message* message : messages) {
      voice.texts.add(message->content);
      // No phrase leads from one message into the next.
      all += message->content + " " + std::to_string(++voice.messages) + " ";
    }
    voice.conversations.add(all);
  }

  static std::string key_of(const Voice& voice, const char* what) {
    return std::string(voice.key) + "_" + what;
  }

  Figure numbers() const {
    Figure figure;
    figure.key = "numbers";
    figure.name = "Words and phrases";
    figure.good =
        "distinct-n high is good; self-repetition low, 0 if no run of four "
        "words comes twice";
    figure.table.of = "who";
    figure.table.columns = {
        {"texts", "messages", Unit::count},
        {"distinct_1", "distinct-1", Unit::number},
        {"distinct_2", "distinct-2", Unit::number},
        {"distinct_3", "distinct-3", Unit::number},
        {"self_repetition", "self-repetition", Unit::number}};
    for (const Voice* voice : {&assistant_, &tester_}) {
      const TextDiversity& texts = voice->texts;
      figure.table.rows.push_back(
          {voice->name,
           {static_cast<double>(texts.texts()), texts.distinct(1),
            texts.distinct(2), texts.distinct(3), texts.self_repetition()}});
    }
    return figure;
  }

  static Figure compression(const Voice& voice) {
    Figure figure;
    figure.key = key_of(voice, "compression");
    figure.name = std::string("Compression ratio, ") + voice.name;
    figure.unit = Unit::number;
    figure.value = voice.texts.compression_ratio();
    figure.good = "low is good: prose lies near 2.5, templates over 4";
    if (voice.texts.texts() < kFewTexts) return figure;
    figure.verdict = small_is_good(*figure.value, 3.2, 4.5);
    figure.finding = "what the " + std::string(voice.name) +
                     " says shrinks by " +
                     figure_text(*figure.value, Unit::number) +
                     ": it is said in the same words again";
    return figure;
  }

  static Figure phrases(const Voice& voice) {
    Figure figure;
    figure.key = key_of(voice, "phrases");
    figure.name =
        std::string("Phrases in the most conversations, ") + voice.name;
    figure.unit = Unit::share;
    figure.good =
        "low is good: under 2 % for the most frequent of six words and more";
    auto all = static_cast<double>(voice.conversations.texts());
    for (const ClonedPhrase& one :
         voice.conversations.cloned_phrases(kMostPhrases)) {
      double share = static_cast<double>(one.texts) / all;
      figure.bars.push_back({one.phrase, share});
      figure.bars.back().verdict = verdict_on(share);
    }
    figure.value = figure.bars.empty() ? 0 : figure.bars.front().value;
    figure.of = "of the conversations have the most frequent one";
    if (all < kFewTexts) return figure;
    figure.verdict = verdict_on(*figure.value);
    if (!figure.bars.empty()) {
      figure.finding = "\"" + figure.bars.front().label + "\" stands in " +
                       figure_text(*figure.value, Unit::share) +
                       " of the conversations";
    }
    return figure;
  }

  static FigureVerdict verdict_on(double share) {
    return small_is_good(share, kPhraseLook, kPhraseBad);
  }

  Voice assistant_{"assistant", "assistant", {}, {}, 0};
  Voice tester_{"tester", "tester", {}, {}, 0};
};

}  // namespace

std::unique_ptr<Measure> diversity_measure(const Asked&) {
  return std::make_unique<Diversity>();
}

}  // namespace simulate
