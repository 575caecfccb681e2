#include "simulator/guards/words.h"

#include <mutex>

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
  std::string all = "((?:" + joined(patterns, ")|(?:") + "))";
  if (!whole_words) return "(?i)" + all;
  return R"((?i)(?:^|[^\p{L}\p{N}_]))" + all + R"((?:$|[^\p{L}\p{N}_]))";
}

// Names of classes and the group that each stands for: "body" for
// (?:knee|back).
using Classes = std::map<std::string, std::string>;

// With the group in place of each <name>.
std::string expanded(const std::string& pattern, const Classes& classes) {
  std::string whole = pattern;
  for (const auto& [name, group] : classes) {
    whole = replaced(std::move(whole), "<" + name + ">", group);
  }
  return whole;
}

std::vector<std::string> texts_in(const std::string& name,
                                  const std::string& list, const Json& value) {
  std::vector<std::string> texts;
  if (!value.is_array()) fail(name, list + " must be a list of texts");
  for (const Json& one : value) {
    if (!one.is_string()) fail(name, list + " must be a list of texts");
    texts.push_back(one.get<std::string>());
  }
  return texts;
}

Classes classes_in(const std::string& name, const Json& whole) {
  Classes classes;
  const Json all = whole.value("classes", Json::object());
  for (const auto& [one, value] : all.items()) {
    std::vector<std::string> words = texts_in(name, "class " + one, value);
    classes[one] = "(?:" + joined(words, "|") + ")";
  }
  return classes;
}

// Which of them is at fault, and how.
std::string fault_among(const std::vector<std::string>& patterns) {
  for (const std::string& pattern : patterns) {
    RE2 alone(pattern, RE2::Quiet);
    std::string place = ", \"" + pattern + "\": ";
    if (!alone.ok()) return place + alone.error();
    if (alone.NumberOfCapturingGroups() > 0)
      return place + "write (?:...) for a group";
  }
  return ": too much for one list";
}

}  // namespace

class Words::List {
 public:
  List(std::string place, std::vector<std::string> patterns, bool whole_words)
      : place_(std::move(place)),
        patterns_(std::move(patterns)),
        whole_words_(whole_words) {}

  const RE2& expression(const std::string& name) const {
    std::call_once(once_, [&] {
      auto whole = std::make_unique<RE2>(
          joined_pattern(patterns_, whole_words_), RE2::Quiet);
      if (!whole->ok() || whole->NumberOfCapturingGroups() != 1) {
        fail(place_, name + fault_among(patterns_));
      }
      expression_ = std::move(whole);
    });
    return *expression_;
  }

 private:
  std::string place_;
  std::vector<std::string> patterns_;
  bool whole_words_;
  mutable std::once_flag once_;
  mutable std::unique_ptr<RE2> expression_;
};

Words::Words() = default;
Words::~Words() = default;
Words::Words(Words&&) noexcept = default;

Words::Words(const std::string& name, std::string_view text) {
  std::optional<Json> whole = parse_json(text);
  if (!whole || !whole->is_object()) fail(name, "is no JSON object");
  bool whole_words = whole->value("whole_words", true);
  const Classes classes = classes_in(name, *whole);
  const Json lists = whole->value("lists", Json::object());
  for (const auto& [list, value] : lists.items()) {
    std::vector<std::string> patterns = texts_in(name, list, value);
    if (patterns.empty()) continue;
    for (std::string& one : patterns) one = expanded(one, classes);
    lists_[list] =
        std::make_unique<List>(name, std::move(patterns), whole_words);
  }
  const Json tables = whole->value("tables", Json::object());
  for (const auto& [table, value] : tables.items()) {
    if (!value.is_object()) fail(name, table + " must be an object of texts");
    for (const auto& [word, meaning] : value.items()) {
      if (!meaning.is_string())
        fail(name, table + " must be an object of texts");
      tables_[table][word] = meaning.get<std::string>();
    }
  }
}

void Words::check() const {
  for (const auto& [name, list] : lists_) list->expression(name);
}

bool Words::has(const std::string& list, std::string_view text) const {
  auto found = lists_.find(list);
  return found != lists_.end() &&
         RE2::PartialMatch(re2::StringPiece(text.data(), text.size()),
                           found->second->expression(list));
}

std::vector<std::string> Words::all(const std::string& list,
                                    std::string_view text) const {
  std::vector<std::string> matches;
  auto found = lists_.find(list);
  if (found == lists_.end()) return matches;
  const RE2& expression = found->second->expression(list);
  re2::StringPiece rest(text.data(), text.size());
  re2::StringPiece match;
  while (RE2::PartialMatch(rest, expression, &match)) {
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
