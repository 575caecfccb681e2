// Reads one file of phrases/: what the scripted speakers say, edited by people
// who write no C++. What is wrong in it is told in plain words (Fatal), with
// the file, the list and the number of the phrase. A class for each file
// derives from this and names its lists, each as a member.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "simulator/base/json.h"
#include "simulator/offline/matter.h"

namespace simulate::offline {

using Phrases = std::vector<std::string>;

// Lists by the name of the occasion, in the file's order; the one named
// "other" is for the rest.
class PhraseGroups {
 public:
  using Group = std::pair<std::string, Phrases>;
  explicit PhraseGroups(std::vector<Group> groups)
      : groups_(std::move(groups)) {}

  const Phrases& named(std::string_view name) const;
  const Phrases& on(Matter matter) const { return named(matter_name(matter)); }
  // Of the first name that occurs in `text`.
  const Phrases& named_in(std::string_view text) const;

 private:
  std::vector<Group> groups_;
};

class PhraseFile {
 public:
  using Pairs = std::vector<std::pair<std::string, std::string>>;

  // Of phrases/, or a path that ends in .json. `blanks` are those that a phrase
  // of this file may hold, without braces.
  PhraseFile(std::string name, std::string_view text,
             std::set<std::string> blanks);

 protected:
  Phrases list(const std::string& key);
  PhraseGroups groups(const std::string& key);
  // Groups whose names are matters.
  PhraseGroups groups_by_matter(const std::string& key);

  // Texts that are not drawn from: no choices, no blanks.
  std::string text(const std::string& key);
  std::vector<std::string> texts(const std::string& key);
  Pairs pairs(const std::string& key);
  // Regular expressions joined to one in which each may match.
  std::string any_of(const std::string& key);

  // The value at `key`, for what is neither of these; it must be read whole.
  Json take(const std::string& key);
  bool has(const std::string& key) const { return lists_.contains(key); }
  void check_phrase(const std::string& where, const std::string& phrase) const;
  // The same without regard to its blanks.
  void check_choices(const std::string& where, const std::string& phrase) const;
  std::string joined_patterns(const std::string& where,
                              const Json& patterns) const;
  [[noreturn]] void fail(const std::string& where,
                         const std::string& trouble) const;
  // To be called when all lists are read: one that is left has no use.
  void expect_nothing_left() const;

 private:
  std::vector<std::string> texts_in(const std::string& where,
                                    const Json& value) const;
  Phrases phrases_in(const std::string& where, const Json& value) const;

  std::string name_;
  std::set<std::string> blanks_;
  Json lists_;  // those that were not read so far
};

}  // namespace simulate::offline
