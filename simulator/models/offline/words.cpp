#include "simulator/models/offline/words.h"

#include <re2/re2.h>

#include <cctype>
#include <map>

#include "simulator/base/text.h"

namespace simulate::offline {

namespace {

using Exchange = std::map<std::string, std::string>;

bool in_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '\'' ||
         c == '-' || static_cast<signed char>(c) < 0;
}

size_t word_end(std::string_view text, size_t at) {
  while (at < text.size() && in_word(text[at])) ++at;
  return at;
}

bool ends_sentence(char c) { return c == '.' || c == '!' || c == '?'; }

const Exchange& to_they() {
  static const Exchange exchange = {{"i", "they"},
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

const Exchange& they_to_you() {
  static const Exchange exchange = {
      {"they", "you"},       {"them", "you"},           {"their", "your"},
      {"theirs", "yours"},   {"they're", "you're"},     {"they've", "you've"},
      {"they'll", "you'll"}, {"themselves", "yourself"}};
  return exchange;
}

const Exchange& i_to_you() {
  static const Exchange exchange = {
      {"i", "you"},        {"i'm", "you're"},     {"i've", "you've"},
      {"i am", "you are"}, {"i was", "you were"}, {"me", "you"},
      {"my", "your"},      {"mine", "yours"},     {"myself", "yourself"},
      {"we", "you"},       {"us", "you"},         {"our", "your"},
      {"i'll", "you'll"},  {"i'd", "you'd"}};
  return exchange;
}

// Walks over words and copies the rest; what stands in quotation marks is
// somebody's own words and stays.
class Exchanger {
 public:
  Exchanger(std::string_view text, const Exchange& exchange)
      : text_(text), exchange_(exchange) {}

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
  const Exchange& exchange_;
  std::string result_;
  size_t at_ = 0;
  bool starts_ = true;
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

// Words that end a noun phrase when nothing else does.
bool is_common_verb(const std::string& word) {
  static const RE2 verbs(
      "rings|brings|lives|died|plays|left|runs|works|sells|makes|keeps?|set|"
      "drives|posts|sits?|does|gives|expects|teaches|owes|hurts?|lent|speaks|"
      "checks|whistles|turns|leaves|comes|thinks|bites|arrives?|starts|sold|"
      "still|never|always|told|took|takes|fell|sews|sings|grows|broke|"
      "gave|made|bought|ran|really|already|wanted|moved|opened|worked|sleep|"
      "wont|each|sometimes|seems?|looks?|feels?|stands?|stays?|goes|says|"
      "nobody|everybody|too|soon|instead|alone|twice|once|first|next|has|"
      "wants");
  return RE2::FullMatch(word, verbs);
}

bool ends_phrase(const std::string& word) {
  std::string low = lowered(word);
  if (empty_words().count(low) > 0 || is_common_verb(low)) return true;
  return std::isdigit(static_cast<unsigned char>(word[0])) != 0 ||
         (low.size() > 4 && low.ends_with("ed")) || low.ends_with("n't");
}

bool is_name(const std::string& word) {
  static const RE2 name(R"(\p{Lu}[\p{L}'-]+)");
  return RE2::FullMatch(word, name);
}

bool is_vague(const std::string& head) {
  static const RE2 vague(
      "(?i)mind|head|own|bit|lot|while|day|week|month|year|moment|minute|"
      "thing|end|time|way|other|few|first|second|last|little|evening|morning|"
      "night|whole|rest|same|one|next|right|record|truth|point|background|"
      "detail|age|life|part|opinion|view|job|word|days|hurry|mood|weekend|"
      "second-best|best|worst|half|idea|side|subject|start|beginning|name|"
      "answer|question|guess|guesses|news|subject|door|principle|minutes|"
      "family|note|stove|maniac|doctor|smoking|fuss|honest|plain|short|long|"
      "tip|"
      "few|fourth|couple|funny|place|usual|small|big|proper|story|"
      "world|weather|walk|cup|tongue|memory|list|chat|friend");
  return RE2::FullMatch(head, vague);
}

struct Span {
  std::string text;
  size_t end = 0;
};

// The words of one noun phrase from `at` on, at most four.
Span phrase_from(std::string_view text, size_t at) {
  Span span{"", at};
  bool named = false;
  for (int count = 0; count < 4 && at < text.size(); ++count) {
    size_t end = word_end(text, at);
    if (end == at) break;
    std::string word(text.substr(at, end - at));
    if (ends_phrase(word) || (named && !is_name(word))) break;
    named = is_name(word) && !word.ends_with("'s");
    if (!span.text.empty()) span.text += ' ';
    span.text += word;
    span.end = end;
    if (end >= text.size() || text[end] != ' ') break;
    at = end + 1;
  }
  return span;
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
  std::string text = Exchanger(said, i_to_you()).run();
  return inside_sentence(text);
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

std::vector<std::string> things_in(std::string_view text) {
  static const RE2 article(R"((?i)\b(my|the|an?) )");
  std::vector<std::string> things;
  re2::StringPiece rest(text.data(), text.size());
  std::string word;
  while (RE2::FindAndConsume(&rest, article, &word)) {
    size_t at = text.size() - rest.size();
    Span span = phrase_from(text, at);
    std::string head = span.text.substr(0, span.text.find(' '));
    if (span.text.empty() || is_vague(head)) continue;
    if (lowered(word) != "my" && is_name(head)) continue;  // "a Tiger"
    things.push_back(lowered(word) + ' ' + span.text);
  }
  return things;
}

std::vector<std::string> names_in(std::string_view text) {
  static const RE2 calendar(
      "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|January|February|March|"
      "April|May|June|July|August|September|October|November|December|"
      "Easter|Christmas|English|Mr|Mrs|Dr");
  static const RE2 pattern(
      R"([\p{Ll},;] (\p{Lu}[\p{L}'-]+(?: \p{Lu}[\p{L}'-]+)*))");
  std::vector<std::string> names;
  re2::StringPiece rest(text.data(), text.size());
  std::string name;
  while (RE2::FindAndConsume(&rest, pattern, &name)) {
    if (name.starts_with("I'") || name == "Ada") continue;
    if (RE2::FullMatch(name, calendar)) continue;
    if (name.ends_with("'s")) name.resize(name.size() - 2);
    names.push_back(name);
  }
  return names;
}

}  // namespace simulate::offline
