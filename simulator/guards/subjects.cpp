#include "simulator/guards/subjects.h"

#include <algorithm>
#include <set>
#include <string>

#include "simulator/guards/accounts.h"

namespace simulate::guards {

namespace {

// They cannot be the same person, whatever the texts are about.
bool differ(const Somebody& one, const Somebody& other) {
  if (one.speaks() != other.speaks()) return true;
  bool both_named = one.is_named() && other.is_named();
  if (both_named && one.is_relation == other.is_relation) {
    return !same_stem(one.who, other.who);
  }
  return (one.is_he() && other.is_she()) || (one.is_she() && other.is_he());
}

// "Tom" and, of his birthday, "Toms" are.
bool is_same(const Somebody& one, const Somebody& other) {
  bool names = one.is_named() && other.is_named() && !one.is_relation;
  return names ? same_stem(one.who, other.who) : one.who == other.who;
}

bool is_among(const std::vector<Somebody>& all, const Somebody& one) {
  return std::any_of(all.begin(), all.end(), [&](const Somebody& other) {
    return is_same(other, one);
  });
}

// Of one stem, and not by chance: "começa" and "comemorar" are not.
bool same_deed(const std::string& one, const std::string& other) {
  size_t longer = std::max(one.size(), other.size());
  auto alike =
      std::mismatch(one.begin(), one.end(), other.begin(), other.end());
  bool letters = static_cast<signed char>(one.front()) > 0;
  bool half = (alike.first - one.begin()) * 2 >= static_cast<long>(longer);
  return same_stem(one, other) && (!letters || half);
}

bool does(const Account& account, const Somebody& somebody,
          const std::string& what) {
  return std::any_of(account.begin(), account.end(), [&](const Act& deed) {
    return deed.subject.who == somebody.who && same_deed(deed.what, what);
  });
}

// Two persons have changed places: each does now what the other did.
bool trade_deeds(const Account& before, const Account& after,
                 const Somebody& was, const Somebody& is) {
  if (was.who == is.who) return false;
  return std::any_of(before.begin(), before.end(), [&](const Act& deed) {
    return deed.subject.who == is.who && does(after, was, deed.what);
  });
}

// Who did it has it done to them now: "her mother calls her", "she calls her
// mother". Where a verb names nobody, only a preposition tells.
bool becomes_object(const Act& old, const Act& now) {
  if (!old.subject.is_named() || is_among(old.objects, old.subject) ||
      now.subject.who == old.subject.who) {
    return false;
  }
  return std::any_of(now.objects.begin(), now.objects.end(),
                     [&](const Somebody& one) {
                       return is_same(one, old.subject) &&
                              (!now.subject.who.empty() || one.is_object());
                     });
}

// "They asked me", "I asked them".
bool changes_sides(const Act& old, const Act& now) {
  auto object = [](const Act& deed, bool speaks) {
    return std::any_of(deed.objects.begin(), deed.objects.end(),
                       [&](const Somebody& one) {
                         return !one.is_named() && one.speaks() == speaks;
                       });
  };
  return object(old, true) != object(old, false) &&
         object(old, true) != object(now, true) &&
         object(old, false) != object(now, false);
}

// All objects, where no verb names its subject (Spanish).
Act without_subjects(const Account& account) {
  Act all;
  for (const Act& deed : account) {
    if (!deed.subject.who.empty()) return {};
    all.objects.insert(all.objects.end(), deed.objects.begin(),
                       deed.objects.end());
  }
  return all;
}

std::set<std::string> relations_in(const TextWords& read,
                                   const Words& language) {
  const Words::Table& table = language.table("thought_relations");
  std::set<std::string> found;
  for (const Word& word : read.words) {
    auto relation = table.find(word.plain);
    if (relation != table.end()) found.insert(relation->second);
  }
  return found;
}

// "My sister": who thinks has none.
bool has_relatives(const TextWords& read, const Words& language) {
  const Words::Table& table = language.table("thought_relations");
  for (size_t i = 1; i < read.words.size(); ++i) {
    bool mine = language.has("thought_mine", read.words[i - 1].text);
    if (mine && table.count(read.words[i].plain) > 0) return true;
  }
  return false;
}

// "Her sister is ill", "she is ill", and nothing more of a sister.
bool is_dropped(const Somebody& was, const Somebody& is,
                const std::set<std::string>& relations) {
  return was.is_relation && !is.is_named() && !is.who.empty() &&
         relations.count(was.who) == 0;
}

bool is_turned(const Account& before, const Account& after, const Act& old,
               const Act& now, const std::set<std::string>& relations,
               const Words& language) {
  if (becomes_object(old, now) || becomes_object(now, old)) return true;
  bool nobody = old.subject.who.empty() && now.subject.who.empty();
  if (nobody) return changes_sides(old, now);
  if (!old.is_close || !now.is_close) return false;
  if (does(after, old.subject, old.what)) return false;
  if (does(before, now.subject, now.what)) return false;
  if (trade_deeds(before, after, old.subject, now.subject)) return true;
  if (is_dropped(old.subject, now.subject, relations)) return true;
  // Thinking and asking is done by all: "they want me to ask, I ask".
  bool anybodys = old.subject.speaks() != now.subject.speaks() &&
                  language.has("thought_reasoning", old.what) &&
                  !changes_sides(old, now);
  return !anybodys && differ(old.subject, now.subject);
}

}  // namespace

std::string changed_subject(const TextWords& before, const TextWords& after,
                            const Vocabulary& around, const Words& language) {
  if (has_relatives(after, language) && !has_relatives(before, language)) {
    return "whose: they / me";
  }
  Account was = account_of(before, around, language);
  Account is = account_of(after, around, language);
  std::set<std::string> relations = relations_in(after, language);
  for (const Act& old : was) {
    for (const Act& now : is) {
      if (same_deed(old.what, now.what) &&
          is_turned(was, is, old, now, relations, language)) {
        return old.what + ": " + old.subject.who + " / " + now.subject.who;
      }
    }
  }
  Act all_before = without_subjects(was), all_after = without_subjects(is);
  bool turned = !all_before.objects.empty() && !all_after.objects.empty() &&
                changes_sides(all_before, all_after);
  return turned ? "me / them" : "";
}

}  // namespace simulate::guards
