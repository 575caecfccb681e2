#include "simulator/offline/words.h"

#include <re2/re2.h>

#include <cctype>
#include <map>

#include "simulator/base/text.h"

namespace simulate::offline {

namespace {

using Pronouns = std::map<std::string, std::string>;

bool in_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '\'' ||
         c == '-' || static_cast<signed char>(c) < 0;
}

size_t word_end(std::string_view text, size_t at) {
  while (at < text.size() && in_word(text[at])) ++at;
  return at;
}

bool ends_sentence(char c) { return c == '.' || c == '!' || c == '?'; }

const Pronouns& to_they() {
  static const Pronouns exchange = {{"i", "they"},
                                    {"i'm", "they are"},
                                    {"i've", "they have"},
                                    {"i'll", "they will"},
                                    {"i'd", "they would"},
                                    {"i am", "they are"},
                                    {"i was", "they were"},
                                    {"me", "them"},
                                    {"my", "their"},
                                    {"mine", "theirs"},
                                    {"myself", "themselves"},
                                    {"we", "they"},
                                    {"we're", "they are"},
                                    {"we've", "they have"},
                                    {"us", "them"},
                                    {"our", "their"},
                                    {"i wasn't", "they weren't"},
                                    {"ours", "theirs"}};
  return exchange;
}

const Pronouns& they_to_you() {
  static const Pronouns exchange = {
      {"they", "you"},       {"them", "you"},           {"their", "your"},
      {"theirs", "yours"},   {"they're", "you're"},     {"they've", "you've"},
      {"they'll", "you'll"}, {"themselves", "yourself"}};
  return exchange;
}

const Pronouns& i_to_you() {
  static const Pronouns exchange = {
      {"i", "you"},        {"i'm", "you're"},     {"i've", "you've"},
      {"i am", "you are"}, {"i was", "you were"}, {"me", "you"},
      {"my", "your"},      {"mine", "yours"},     {"myself", "yourself"},
      {"we", "you"},       {"us", "you"},         {"our", "your"},
      {"i'll", "you'll"},  {"i'd", "you'd"},      {"i wasn't", "you weren't"},
      {"ours", "yours"},   {"we're", "you're"},   {"we've", "you've"}};
  return exchange;
}

// Walks over words and copies the rest; what stands in quotation marks is
// somebody's own words and stays.
class Exchanger {
 public:
  Exchanger(std::string_view text, const Pronouns& exchange, bool starts = true)
      : text_(text), exchange_(exchange), starts_(starts) {}

  std::string run() {
    while (at_ < text_.size()) {
      if (in_word(text_[at_]) && !quoted_) {
        word();
      } else {
        copy();
      }
    }
    return result_;
  }

 private:
  void copy() {
    char c = text_[at_++];
    if (c == '"') quoted_ = !quoted_;
    if (ends_sentence(c)) starts_ = true;
    result_ += c;
  }

  void word() {
    size_t end = word_end(text_, at_);
    size_t second = word_end(text_, std::min(end + 1, text_.size()));
    if (!take(second)) {
      if (!take(end)) put(std::string(text_.substr(at_, end - at_)), end);
    }
    starts_ = false;
  }

  bool take(size_t end) {
    auto found = exchange_.find(lowered(text_.substr(at_, end - at_)));
    if (found == exchange_.end()) return false;
    put(starts_ ? capitalised(found->second) : found->second, end);
    return true;
  }

  void put(const std::string& word, size_t end) {
    result_ += starts_ ? capitalised(word) : word;
    at_ = end;
  }

  std::string_view text_;
  const Pronouns& exchange_;
  std::string result_;
  size_t at_ = 0;
  bool starts_;  // the next word begins a sentence
  bool quoted_ = false;
};

const std::set<std::string>& empty_words() {
  static const std::set<std::string> words = [] {
    std::set<std::string> all;
    for (const std::string& word : split(
             "i me my mine myself you your yours they them their theirs we us "
             "our he him his she her hers it its a an the this that these "
             "those and or but so if because than then when while is are was "
             "were be been being am do does did done have has had having can "
             "could will would shall should may might must not no nor yes in "
             "on at to of for from with without by about into onto over under "
             "after before until since as up down out off again still ever "
             "never always just only also too very more most some any all "
             "both each every what which who whom whose where why how there "
             "here now today ada thing things something anything nothing "
             "remember know knows tell told said say mention mentioned talk "
             "talked think thought time last time want wants like one "
             "likes get got gets go goes went going come let lets ask asked "
             "well don't didn't doesn't can't won't isn't i'm i've i'd i'll "
             "you're you've much many lot lots bit way day days right good",
             ' ')) {
      all.insert(word);
    }
    return all;
  }();
  return words;
}

}  // namespace

std::string third_person(std::string_view said) {
  // A "they" of the speaker's own could not be told from the speaker later.
  static const RE2 others(R"((?i)\b(?:they|them|their|they're|themselves)\b)");
  std::string text(trimmed(said));
  if (RE2::PartialMatch(text, others)) {
    return "They said: \"" + replaced(text, "\"", "'") + "\"";
  }
  return Exchanger(text, to_they()).run();
}

std::string second_person(std::string_view memory) {
  return Exchanger(memory, they_to_you()).run();
}

std::string turned_to_you(std::string_view said) {
  return inside_sentence(Exchanger(said, i_to_you(), false).run());
}

std::string turned_to_they(std::string_view said) {
  return inside_sentence(Exchanger(said, to_they(), false).run());
}

std::string inside_sentence(std::string_view sentence) {
  static const RE2 small(
      R"((?:You|Your|My|The|They|Their|A|An|It|Our|We|You're|You've)\b.*)");
  std::string text(trimmed(sentence));
  while (!text.empty() && ends_sentence(text.back())) text.pop_back();
  std::string first = text.substr(0, text.find_first_of(" ,"));
  if (RE2::FullMatch(first, small)) {
    text[0] = static_cast<char>(std::tolower(text[0]));
  }
  return text;
}

std::string capitalised(std::string_view text) {
  std::string result(text);
  if (!result.empty() && result[0] >= 'a' && result[0] <= 'z') {
    result[0] = static_cast<char>(result[0] - 'a' + 'A');
  }
  return result;
}

std::vector<std::string> sentences_of(std::string_view text) {
  static const RE2 title(R"((?i)(?:^|.*\W)(?:mr|mrs|ms|dr|st)\.$)");
  std::vector<std::string> sentences;
  std::string sentence;
  for (size_t i = 0; i < text.size(); ++i) {
    sentence += text[i];
    bool last = i + 1 == text.size();
    bool stop = ends_sentence(text[i]) &&
                (last || text[i + 1] == ' ' || text[i + 1] == '\n');
    if (text[i] != '\n' && !last && (!stop || RE2::FullMatch(sentence, title)))
      continue;
    std::string whole(trimmed(sentence));
    if (!whole.empty()) sentences.push_back(whole);
    sentence.clear();
  }
  return sentences;
}

std::set<std::string> content_words(std::string_view text) {
  std::set<std::string> words;
  for (size_t at = 0; at < text.size();) {
    size_t end = word_end(text, at);
    if (end == at) {
      ++at;
      continue;
    }
    std::string word = lowered(text.substr(at, end - at));
    at = end;
    if (word.size() < 3 || empty_words().count(word) > 0) continue;
    if (word.ends_with("'s")) word.resize(word.size() - 2);
    if (word.size() > 3 && word.back() == 's') word.pop_back();
    words.insert(word);
  }
  return words;
}

size_t shared_words(std::string_view a, std::string_view b) {
  std::set<std::string> words = content_words(b);
  size_t count = 0;
  for (const std::string& word : content_words(a)) count += words.count(word);
  return count;
}

Matter matter_of(std::string_view text) {
  static const RE2 loss(
      R"((?i)\b(?:died|dead|death|funeral|widow\w*|empty house|passed away|)"
      R"(late (?:wife|husband|mother|father|sister|brother)|)"
      R"((?:wife|husband|mother|father|brother)'s (?:piano|pocket watch))\b)");
  static const RE2 health(
      R"((?i)\b(?:surgery|blood|pain|hip|knees?|finger|shoulder|back hurts|)"
      R"(asthma|insulin|diabetes|allergic|bad sleep|cholesterol|cane|smok\w+|)"
      R"(heart attack|parkinson's|frostbite|swells|doctor wants|step count|)"
      R"(meniscus|arthritis|eyes?|8,000 steps)\b)");
  static const RE2 animal(
      R"((?i)\b(?:my|your|their|the|a) (?:shiba )?(?:cat|dog|hamster)\b)");
  static const RE2 money(
      R"((?i)\b(?:owe[sd]?|money|loan|lent|bill|price|fees|payment|saving|)"
      R"(paid)\b)");
  static const RE2 pastime(
      R"((?i)\b(?:guitar|bridge|charango|comic|draw|archery|choir|fish|)"
      R"(walleye|swim\w*|stamps|open mic|party|video|channel|soda bread|)"
      R"(sourdough|narrowboat|trees|letters?|arsenal|plov|bake|prop|)"
      R"(semi-final|turn to cook)\b)");
  static const RE2 family(
      R"((?i)\b(?:(?:grand)?(?:son|daughter|mother|father)s?|sister|brother|)"
      R"(wife|husband|nephew|niece|parents|mam|mum|dad|nana|uncle|aunt|cousin|)"
      R"(ex|partner|girlfriend|boyfriend|friend|mate|flatmate|neighbour|)"
      R"(children|mother-in-law|compadre)\b)");
  static const RE2 work(
      R"((?i)\b(?:works?|shifts?|schedule|shop|bakery|job|contract|generators?|)"
      R"(stall|boss|apprentice|deputy|customers?|office|station|taxi|school|)"
      R"(thesis|chemistry|class|study|studying|migration|team lead|teacher|)"
      R"(career|dress|dresses|passenger|tourists|nurse|truck|drove|repair)\b)");
  static const std::pair<const RE2*, Matter> all[] = {
      {&loss, Matter::loss},       {&health, Matter::health},
      {&animal, Matter::animal},   {&money, Matter::money},
      {&pastime, Matter::pastime}, {&family, Matter::family},
      {&work, Matter::work}};
  for (const auto& [pattern, matter] : all) {
    if (RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *pattern))
      return matter;
  }
  return Matter::other;
}

}  // namespace simulate::offline
