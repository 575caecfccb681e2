#include "simulator/offline/phrase_file.h"

#include <re2/re2.h>

#include "simulator/base/error.h"
#include "simulator/base/json_trouble.h"
#include "simulator/base/text.h"

namespace simulate::offline {

namespace {

constexpr std::string_view kOther = "other";

// Nothing when the choices of `phrase` are well formed.
std::string choice_trouble(std::string_view phrase) {
  int depth = 0;
  for (char c : phrase) {
    if (c == '[') ++depth;
    if (c == '|' && depth == 0) return "a \"|\" stands outside of [...]";
    if (c == ']' && --depth < 0) return "a \"]\" has no \"[\"";
  }
  return depth > 0 ? "a \"[\" has no \"]\"" : "";
}

// The names in braces; a brace that is left alone is a name as well.
std::vector<std::string> blanks_in(const std::string& phrase) {
  static const RE2 blank(R"(\{([^{}]*)\}|([{}]))");
  std::vector<std::string> found;
  re2::StringPiece rest(phrase);
  std::string name, brace;
  while (RE2::FindAndConsume(&rest, blank, &name, &brace)) {
    found.push_back(brace.empty() ? name : brace);
  }
  return found;
}

std::string lower_first(std::string text) {
  if (!text.empty()) text[0] = static_cast<char>(std::tolower(text[0]));
  return text;
}

}  // namespace

const Phrases& PhraseGroups::named(std::string_view name) const {
  const Phrases* other = nullptr;
  for (const auto& [of, phrases] : groups_) {
    if (of == name) return phrases;
    if (of == kOther) other = &phrases;
  }
  return *other;
}

const Phrases& PhraseGroups::named_in(std::string_view text) const {
  for (const auto& [name, phrases] : groups_) {
    if (name != kOther && contains(text, name)) return phrases;
  }
  return named(kOther);
}

PhraseFile::PhraseFile(std::string name, std::string_view text,
                       std::set<std::string> blanks)
    : name_(std::move(name)), blanks_(std::move(blanks)) {
  std::string trouble = json_trouble(text);
  if (!trouble.empty()) fail("", trouble);
  lists_ = parse_json(text).value_or(Json());
  if (!lists_.is_object()) fail("", "it must be an object of lists");
  lists_.erase("about");
}

Phrases PhraseFile::list(const std::string& key) {
  return phrases_in(key, take(key));
}

PhraseGroups PhraseFile::groups(const std::string& key) {
  Json value = take(key);
  if (!value.is_object() || !value.contains(kOther)) {
    fail(key, "it must hold lists by name, and one of them named \"other\"");
  }
  std::vector<PhraseGroups::Group> groups;
  for (const auto& [name, phrases] : value.items()) {
    groups.emplace_back(name, phrases_in(key + ": " + name, phrases));
  }
  return PhraseGroups(std::move(groups));
}

PhraseGroups PhraseFile::groups_by_matter(const std::string& key) {
  const Json value = lists_.value(key, Json::object());
  for (const auto& [name, phrases] : value.items()) {
    if (!matter_named(name)) fail(key, "no subject is named \"" + name + "\"");
  }
  return groups(key);
}

std::string PhraseFile::text(const std::string& key) {
  Json value = take(key);
  if (!value.is_string()) fail(key, "it must be a text in quotation marks");
  return value.get<std::string>();
}

std::vector<std::string> PhraseFile::texts(const std::string& key) {
  return texts_in(key, take(key));
}

PhraseFile::Pairs PhraseFile::pairs(const std::string& key) {
  Json value = take(key);
  if (!value.is_object() || value.empty()) {
    fail(key, "it must hold texts and what takes their place");
  }
  Pairs pairs;
  for (const auto& [from, to] : value.items()) {
    if (!to.is_string()) fail(key, "\"" + from + "\" must become a text");
    pairs.emplace_back(from, to.get<std::string>());
  }
  return pairs;
}

std::string PhraseFile::any_of(const std::string& key) {
  return joined_patterns(key, take(key));
}

Json PhraseFile::take(const std::string& key) {
  auto found = lists_.find(key);
  if (found == lists_.end()) fail(key, "it is missing");
  Json value = std::move(*found);
  lists_.erase(found);
  return value;
}

void PhraseFile::check_phrase(const std::string& where,
                              const std::string& phrase) const {
  check_choices(where, phrase);
  for (const std::string& blank : blanks_in(phrase)) {
    if (blanks_.contains(lower_first(blank))) continue;
    std::vector<std::string> known(blanks_.begin(), blanks_.end());
    fail(where, "no blank is named \"" + blank + "\" here: " + phrase +
                    "; there are: " + joined(known, ", "));
  }
}

void PhraseFile::check_choices(const std::string& where,
                               const std::string& phrase) const {
  std::string trouble = choice_trouble(phrase);
  if (!trouble.empty()) fail(where, trouble + ": " + phrase);
}

std::string PhraseFile::joined_patterns(const std::string& where,
                                        const Json& patterns) const {
  std::vector<std::string> texts = texts_in(where, patterns);
  for (size_t i = 0; i < texts.size(); ++i) {
    RE2 pattern(texts[i], RE2::Quiet);
    if (pattern.ok()) continue;
    fail(where + " " + std::to_string(i + 1), "no pattern: " + pattern.error());
  }
  return joined(texts, "|");
}

void PhraseFile::fail(const std::string& where,
                      const std::string& trouble) const {
  std::string file =
      name_.ends_with(".json") ? name_ : "phrases/" + name_ + ".json";
  throw Fatal(file + ": " + (where.empty() ? "" : where + ": ") + trouble);
}

void PhraseFile::expect_nothing_left() const {
  if (lists_.empty()) return;
  fail(lists_.begin().key(), "no list of this name is used");
}

std::vector<std::string> PhraseFile::texts_in(const std::string& where,
                                              const Json& value) const {
  if (!value.is_array() || value.empty()) {
    fail(where, "it must be a list of at least one text");
  }
  std::vector<std::string> texts;
  for (const Json& text : value) {
    if (!text.is_string() || text.get_ref<const std::string&>().empty()) {
      fail(where + " " + std::to_string(texts.size() + 1),
           "it must be a text in quotation marks");
    }
    texts.push_back(text.get<std::string>());
  }
  return texts;
}

Phrases PhraseFile::phrases_in(const std::string& where,
                               const Json& value) const {
  Phrases phrases = texts_in(where, value);
  for (size_t i = 0; i < phrases.size(); ++i) {
    check_phrase(where + " " + std::to_string(i + 1), phrases[i]);
  }
  return phrases;
}

}  // namespace simulate::offline
