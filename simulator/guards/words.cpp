#include "simulator/guards/words.h"

#include "simulator/base/error.h"
#include "simulator/base/json.h"
#include "simulator/base/text.h"
#include "simulator/guards/word_texts.h"

namespace simulate::guards {

namespace {

[[noreturn]] void fail(const std::string& name, const std::string& trouble) {
  throw Fatal("words/" + name + ".json: " + trouble);
}

// In scripts that set words apart, an expression stands for whole words; RE2's
// own \b knows ASCII alone.
std::string joined_pattern(const std::vector<std::string>& patterns,
                           bool whole_words) {
  std::string all = "(" + joined(patterns, "|") + ")";
  if (!whole_words) return "(?i)" + all;
  return R"((?i)(?:^|[^\p{L}\p{N}_]))" + all + R"((?:$|[^\p{L}\p{N}_]))";
}

std::vector<std::string> patterns_in(const std::string& name,
                                     const std::string& list,
                                     const Json& value) {
  std::vector<std::string> patterns;
  if (!value.is_array()) fail(name, list + " must be a list of texts");
  for (const Json& one : value) {
    if (!one.is_string()) fail(name, list + " must be a list of texts");
    RE2 alone(one.get<std::string>(), RE2::Quiet);
    if (!alone.ok()) {
      fail(name,
           list + ", \"" + one.get<std::string>() + "\": " + alone.error());
    }
    if (alone.NumberOfCapturingGroups() > 0) {
      fail(name, list + ", \"" + one.get<std::string>() +
                     "\": write (?:...) for a group");
    }
    patterns.push_back("(?:" + one.get<std::string>() + ")");
  }
  return patterns;
}

}  // namespace

Words::Words(const std::string& name, std::string_view text) {
  std::optional<Json> whole = parse_json(text);
  if (!whole || !whole->is_object()) fail(name, "is no JSON object");
  bool whole_words = whole->value("whole_words", true);
  for (const auto& [list, value] :
       whole->value("lists", Json::object()).items()) {
    std::vector<std::string> patterns = patterns_in(name, list, value);
    if (patterns.empty()) continue;
    lists_[list] = std::make_shared<RE2>(joined_pattern(patterns, whole_words));
  }
  for (const auto& [table, value] :
       whole->value("tables", Json::object()).items()) {
    if (!value.is_object()) fail(name, table + " must be an object of texts");
    for (const auto& [word, meaning] : value.items()) {
      if (!meaning.is_string())
        fail(name, table + " must be an object of texts");
      tables_[table][word] = meaning.get<std::string>();
    }
  }
}

bool Words::has(const std::string& list, std::string_view text) const {
  auto found = lists_.find(list);
  return found != lists_.end() &&
         RE2::PartialMatch(re2::StringPiece(text.data(), text.size()),
                           *found->second);
}

std::vector<std::string> Words::all(const std::string& list,
                                    std::string_view text) const {
  std::vector<std::string> matches;
  auto found = lists_.find(list);
  if (found == lists_.end()) return matches;
  re2::StringPiece rest(text.data(), text.size());
  re2::StringPiece match;
  while (RE2::PartialMatch(rest, *found->second, &match)) {
    matches.emplace_back(match);
    // What follows may begin with the character that ended this one.
    auto read = static_cast<size_t>(match.data() + match.size() - rest.data());
    if (match.empty()) break;
    rest.remove_prefix(read);
  }
  return matches;
}

const Words::Table& Words::table(const std::string& name) const {
  static const Table none;
  auto found = tables_.find(name);
  return found == tables_.end() ? none : found->second;
}

const Words& words_of(const std::string& language) {
  static const std::map<std::string, Words> all = [] {
    std::map<std::string, Words> words;
    for (const auto& [name, text] : word_texts()) {
      words.emplace(name, Words(name, text));
    }
    return words;
  }();
  static const Words none;
  auto found = all.find(language.substr(0, language.find_first_of("-_")));
  return found == all.end() ? none : found->second;
}

const std::vector<std::string>& known_languages() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const auto& [name, unused] : word_texts()) all.push_back(name);
    return all;
  }();
  return names;
}

}  // namespace simulate::guards
