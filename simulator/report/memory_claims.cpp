#include "simulator/report/memory_claims.h"

#include <algorithm>

#include "simulator/base/text.h"
#include "simulator/guards/claims.h"
#include "simulator/guards/guard.h"
#include "simulator/guards/names.h"

namespace simulate {

namespace {

using guards::Deed;

struct DeedClaim {
  const char* kind;
  const char* list;   // who says so
  const char* guard;  // that finds those without a deed
};

constexpr DeedClaim kDeeds[] = {
    {"saved", "says_saved", "claims_saved"},
    {"set", "says_set", "claims_set"},
    {"deleted", "says_deleted", "claims_deleted"},
    {"looked", "says_looked", "claims_looked"},
    {"remembered", "says_found", "claims_remembered"},
};

// Smaller ones are said of anything: "two of us", "a one".
constexpr int64_t kLeastNumber = 3;
// What an assistant says of a thing that it has just noted is the note again,
// or what it knows of the world.
constexpr double kMostlyRetold = 0.5;
constexpr int64_t kMostNumber = 1'000'000'000'000;

int64_t number_of(const std::string& digits) {
  return digits.size() > 12 ? kMostNumber : std::stoll(digits);
}

// A conversation gone through from its beginning; what is known grows.
class Hearing {
 public:
  Hearing(const FinishedConversation& talk, const Between& between)
      : talk_(talk),
        between_(between),
        language_(guards::words_of(between.language)),
        heard_(talk, between) {
    before_.offer = talk.transcript.offer;
  }

  std::vector<MemoryClaim> claims() {
    const std::vector<Message>& messages = talk_.transcript.messages;
    for (position_ = 0; position_ < messages.size(); ++position_) {
      const Message& message = messages[position_];
      heard_.go_on_to(position_);
      if (message.speaker == Speaker::assistant) judge(message);
      before_.messages.push_back(message);
    }
    return std::move(claims_);
  }

 private:
  void judge(const Message& message) {
    guards::Said said;
    said.words = message.content;
    said.thinking = message.thinking;
    said.calls = message.calls;
    guards::Scene scene{before_, between_.language, between_.person,
                        between_.companion};
    if (!message.content.empty()) {
      guards::Utterance heard(said, scene);
      judge_deeds(heard);
      judge_what_is_told(heard);
    }
    for (const ToolCall& call : message.calls) judge_what_is_stored(call);
  }

  void judge_deeds(const guards::Utterance& heard) {
    for (const DeedClaim& deed : kDeeds) {
      if (!heard.says(deed.list)) continue;
      const auto* guard = guards::guard_named(deed.guard, Speaker::assistant);
      add(deed.kind, sentence_with(heard, deed.list), "", !guard->finds(heard));
    }
    if (guards::invents_a_result(heard)) {
      add("remembered", shortened(heard.prose, 200), "", false);
    }
  }

  static std::string sentence_with(const guards::Utterance& heard,
                                   const char* list) {
    for (const std::string& sentence : heard.sentences) {
      if (heard.matches(list, sentence)) return sentence;
    }
    return shortened(heard.prose, 200);
  }

  void judge_what_is_told(const guards::Utterance& heard) {
    size_t begin = heard.start_of_turn();
    bool set = guards::was_done(before_, begin, Deed::set);
    bool looked = guards::something_was_found(before_, begin) || set ||
                  guards::was_done(before_, begin, Deed::remove);
    bool asked = asks_what_is_kept(heard);
    bool in_vain = looked_in_vain(begin);
    bool saved = guards::was_done(before_, begin, Deed::save);
    // What was set is told of what was asked for and set in this turn, and not
    // of any day or hour that was ever named.
    bool narrow = set && heard_.of_this_turn().has_dates();
    bool first = true;
    for (const std::string& sentence : heard.sentences) {
      bool retold = first || retells(sentence);
      first = false;
      bool tells = asked || (looked && retold) ||
                   (saved && told_again(sentence) >= kMostlyRetold) ||
                   (in_vain && !heard.matches("admits_nothing", sentence)) ||
                   says_what_is_kept(heard, sentence);
      if (!tells || guards::is_question(sentence)) continue;
      judge_facts(sentence,
                  narrow && retold ? heard_.of_this_turn() : heard_.known());
    }
  }

  static bool says_what_is_kept(const guards::Utterance& heard,
                                const std::string& sentence) {
    return heard.matches("says_found", sentence) ||
           heard.matches("says_earlier", sentence) ||
           heard.matches("says_set", sentence);
  }

  bool looked_in_vain(size_t begin) const {
    return guards::was_done(before_, begin, Deed::find) &&
           !guards::something_was_found(before_, begin);
  }

  bool asks_what_is_kept(const guards::Utterance& heard) const {
    const Message* last = heard.last_of(Speaker::tester);
    return last &&
           heard.matches("asks_what_is_kept", guards::prose_of(last->content));
  }

  bool retells(const std::string& sentence) { return told_again(sentence) > 0; }

  // Of the words that carry something, the share that the tools returned in
  // this turn.
  double told_again(const std::string& sentence) {
    const guards::Vocabulary& returned = heard_.returned();
    int carrying = 0;
    int again = 0;
    for (const auto& word : guards::read_words(sentence, language_).words) {
      if (!word.carries) continue;
      ++carrying;
      if (returned.has_stem(word.plain)) ++again;
    }
    return carrying == 0 ? 0 : static_cast<double>(again) / carrying;
  }

  void judge_facts(const std::string& sentence, const KnownFacts& of_time) {
    guards::TextWords read = guards::read_words(sentence, language_);
    for (size_t i = 0; i < read.words.size(); ++i) {
      const guards::Word& word = read.words[i];
      std::string day = day_meant(word.plain, language_);
      bool is_another_word = word.opens && (day == "May" || day == "March");
      if (is_another_word) continue;
      if (!day.empty() && word.capital) {
        add("day", sentence, word.text, of_time.has_day(day));
      } else if (is_surely_a_name(read, i)) {
        add("name", sentence, word.text, heard_.has_name(word.plain));
      }
    }
    judge_numbers("number", sentence, of_time);
  }

  // "Hints don't work": what opens a sentence is one where it is one elsewhere.
  bool is_surely_a_name(const guards::TextWords& read, size_t at) {
    const guards::Word& word = read.words[at];
    if (word.opens && !heard_.all_words().as_name(word.plain)) return false;
    return guards::is_name(read, at, heard_.all_words(), language_);
  }

  void judge_numbers(const char* kind, const std::string& text,
                     const KnownFacts& known) {
    for (const std::string& one : guards::numbers_in(text, language_).sure) {
      int64_t value = number_of(one);
      if (value < kLeastNumber) continue;
      add(kind, text, one, known.has_number(value));
    }
  }

  // Days are worked out from what people say, and not judged.
  void judge_what_is_stored(const ToolCall& call) {
    if (!guards::does(call.name, Deed::save)) return;
    Json arguments = call.arguments;
    change_strings(arguments, [this](std::string& text) {
      bool is_text = contains(trimmed(text), " ");
      bool is_date = text.size() >= 8 && !text.empty() && text[0] >= '0' &&
                     text[0] <= '9' && text.find('-') == 4;
      if (is_text && !is_date) judge_stored(text);
    });
  }

  void judge_stored(const std::string& text) {
    guards::TextWords read = guards::read_words(text, language_);
    for (size_t i = 0; i < read.words.size(); ++i) {
      const guards::Word& word = read.words[i];
      if (!day_meant(word.plain, language_).empty()) continue;
      if (is_surely_a_name(read, i)) {
        add("written", text, word.text, heard_.has_name(word.plain));
      }
    }
    judge_numbers("written", text, heard_.known());
  }

  void add(std::string kind, std::string text, std::string fact, bool backed) {
    claims_.push_back(
        {position_, std::move(kind), std::move(text), std::move(fact), backed});
  }

  const FinishedConversation& talk_;
  const Between& between_;
  const guards::Words& language_;
  HeardSoFar heard_;
  Transcript before_;  // the same, as guards take it
  size_t position_ = 0;
  std::vector<MemoryClaim> claims_;
};

}  // namespace

const std::vector<std::string>& claim_kinds() {
  static const std::vector<std::string> kinds = {
      "saved", "set",    "deleted", "looked", "remembered",
      "name",  "number", "day",     "written"};
  return kinds;
}

std::vector<MemoryClaim> memory_claims(const FinishedConversation& talk,
                                       const Between& between) {
  return Hearing(talk, between).claims();
}

}  // namespace simulate
