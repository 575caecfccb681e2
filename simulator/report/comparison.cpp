#include "simulator/report/comparison.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <set>
#include <unordered_map>

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "simulator/metrics/paired_test.h"

namespace simulate {

namespace {

constexpr size_t kFewest = 6;  // of each; below, nothing can be told

using Values = std::vector<std::optional<double>>;

// One conversation, as far as it is compared.
struct Member {
  std::string id;
  std::string slot;  // what a partner must have in common
  Values values;
};

// Of records the slot is told by seed, number and persona; of others by the
// number and what the person opens with.
std::string slot_of(const Reading& reading) {
  std::string seed = reading.label("seed");
  if (!seed.empty()) {
    return reading.id() + "\n" + seed + "\n" + reading.label("persona");
  }
  std::string opening =
      reading.questions.empty() ? "" : reading.questions.front()->content;
  return reading.id() + "\n" + opening;
}

std::vector<Member> members_of(ConversationSource& source,
                               const std::string& name,
                               const ComparisonRules& rules) {
  ReportRules reading_rules;
  reading_rules.assistant_name = rules.assistant_name;
  std::vector<Member> members;
  while (members.size() < rules.most_conversations) {
    std::optional<FinishedConversation> talk = source.next();
    if (!talk) break;
    FinishedConversation offered = with_offer(std::move(*talk));
    Reading reading(offered, reading_rules);
    Member member{reading.id(), slot_of(reading), {}};
    for (const ConversationNumber& number : conversation_numbers()) {
      member.values.push_back(number.of(reading));
    }
    members.push_back(std::move(member));
  }
  if (members.empty()) throw BadUsage(name + " holds no conversation");
  return members;
}

struct MemberPair {
  const Member* a = nullptr;
  const Member* b = nullptr;
};

std::vector<MemberPair> pairs_of(const std::vector<Member>& a,
                                 const std::vector<Member>& b) {
  std::unordered_map<std::string, const Member*> by_slot;
  for (const Member& one : a) by_slot[one.slot] = &one;
  std::vector<MemberPair> pairs;
  for (const Member& one : b) {
    auto found = by_slot.find(one.slot);
    if (found == by_slot.end() || !found->second) continue;
    pairs.push_back({found->second, &one});
    found->second = nullptr;
  }
  return pairs;
}

double mean_of(const std::vector<double>& values) {
  if (values.empty()) return 0;
  return std::accumulate(values.begin(), values.end(), 0.0) /
         static_cast<double>(values.size());
}

double variance_of(const std::vector<double>& values, double mean) {
  double sum = 0;
  for (double value : values) sum += (value - mean) * (value - mean);
  return sum / static_cast<double>(values.size() - 1);
}

ComparedNumber paired(const std::vector<MemberPair>& pairs, size_t at) {
  std::vector<double> a;
  std::vector<double> b;
  for (const MemberPair& pair : pairs) {
    if (!pair.a->values[at] || !pair.b->values[at]) continue;
    a.push_back(*pair.a->values[at]);
    b.push_back(*pair.b->values[at]);
  }
  ComparedNumber compared;
  compared.mean_a = mean_of(a);
  compared.mean_b = mean_of(b);
  compared.pairs = static_cast<int64_t>(a.size());
  if (a.size() < kFewest) return compared;
  PairedTest test = paired_test(a, b);
  compared.difference = test.mean_difference;
  compared.low = test.low;
  compared.high = test.high;
  compared.p = test.p;
  return compared;
}

std::vector<double> values_at(const std::vector<Member>& members, size_t at) {
  std::vector<double> values;
  for (const Member& one : members) {
    if (one.values[at]) values.push_back(*one.values[at]);
  }
  return values;
}

// Welch's test; of hundreds, t is as good as normal, of a few it says a little
// too much.
ComparedNumber unpaired(const std::vector<Member>& of_a,
                        const std::vector<Member>& of_b, size_t at) {
  std::vector<double> a = values_at(of_a, at);
  std::vector<double> b = values_at(of_b, at);
  ComparedNumber compared;
  compared.mean_a = mean_of(a);
  compared.mean_b = mean_of(b);
  if (a.size() < kFewest || b.size() < kFewest) return compared;
  double error = std::sqrt(
      variance_of(a, compared.mean_a) / static_cast<double>(a.size()) +
      variance_of(b, compared.mean_b) / static_cast<double>(b.size()));
  compared.difference = compared.mean_b - compared.mean_a;
  compared.low = compared.difference - 1.96 * error;
  compared.high = compared.difference + 1.96 * error;
  if (error > 0) {
    double z = std::abs(compared.difference) / error;
    compared.p = std::erfc(z / std::numbers::sqrt2);
  } else if (compared.difference != 0) {
    compared.p = 0;
  }
  return compared;
}

// Holm (1979): the smallest p times how many there are, the next times one
// less, and none below the one before.
void correct(std::vector<ComparedNumber>& numbers) {
  std::vector<ComparedNumber*> by_p;
  for (ComparedNumber& one : numbers) by_p.push_back(&one);
  std::stable_sort(by_p.begin(), by_p.end(),
                   [](const auto* a, const auto* b) { return a->p < b->p; });
  double least = 0;
  for (size_t i = 0; i < by_p.size(); ++i) {
    double times = static_cast<double>(by_p.size() - i);
    least = std::max(least, std::min(1.0, by_p[i]->p * times));
    by_p[i]->corrected_p = least;
  }
}

Difference outcome_of(const ComparedNumber& compared, double surely) {
  if (compared.corrected_p >= surely) return Difference::none;
  if (compared.number->better == Better::neither) return Difference::differs;
  bool more = compared.difference > 0;
  bool wanted = compared.number->better == Better::more;
  return more == wanted ? Difference::better : Difference::worse;
}

// Each number by how much it differs between pairs in general.
std::vector<double> scales_of(const std::vector<MemberPair>& pairs) {
  std::vector<double> scales(conversation_numbers().size(), 0);
  for (const MemberPair& pair : pairs) {
    for (size_t i = 0; i < scales.size(); ++i) {
      if (!pair.a->values[i] || !pair.b->values[i]) continue;
      scales[i] += std::abs(*pair.b->values[i] - *pair.a->values[i]);
    }
  }
  for (double& scale : scales) scale /= static_cast<double>(pairs.size());
  return scales;
}

double apart(const MemberPair& pair, const std::vector<double>& scales) {
  double sum = 0;
  for (size_t i = 0; i < scales.size(); ++i) {
    if (scales[i] <= 0 || !pair.a->values[i] || !pair.b->values[i]) continue;
    sum += std::abs(*pair.b->values[i] - *pair.a->values[i]) / scales[i];
  }
  return sum;
}

// Ids of a and b each; where nothing is paired, the first of both.
std::vector<std::pair<std::string, std::string>> to_show(
    std::vector<MemberPair> pairs, const std::vector<Member>& a,
    const std::vector<Member>& b, const ComparisonRules& rules) {
  std::vector<std::pair<std::string, std::string>> ids;
  for (const std::string& id : rules.shown) ids.emplace_back(id, id);
  if (!ids.empty()) return ids;
  if (pairs.empty()) {
    size_t most = std::min({a.size(), b.size(), rules.most_shown});
    for (size_t i = 0; i < most; ++i) ids.emplace_back(a[i].id, b[i].id);
    return ids;
  }
  std::vector<double> scales = scales_of(pairs);
  std::stable_sort(pairs.begin(), pairs.end(),
                   [&](const MemberPair& one, const MemberPair& other) {
                     return apart(one, scales) > apart(other, scales);
                   });
  for (const MemberPair& pair : pairs) {
    if (ids.size() == rules.most_shown) break;
    ids.emplace_back(pair.a->id, pair.b->id);
  }
  return ids;
}

std::unordered_map<std::string, FinishedConversation> texts_of(
    ConversationSource& source, const std::set<std::string>& ids) {
  std::unordered_map<std::string, FinishedConversation> texts;
  source.begin_again();
  while (texts.size() < ids.size()) {
    std::optional<FinishedConversation> talk = source.next();
    if (!talk) break;
    if (ids.count(talk->id)) texts.emplace(talk->id, std::move(*talk));
  }
  return texts;
}

std::vector<SidePair> read_pairs(
    ConversationSource& a, ConversationSource& b,
    const std::vector<std::pair<std::string, std::string>>& ids,
    const ComparisonRules& rules) {
  std::set<std::string> ids_a;
  std::set<std::string> ids_b;
  for (const auto& [one, other] : ids) {
    ids_a.insert(one);
    ids_b.insert(other);
  }
  auto texts_a = texts_of(a, ids_a);
  auto texts_b = texts_of(b, ids_b);
  std::vector<SidePair> pairs;
  for (const auto& [one, other] : ids) {
    auto in_a = texts_a.find(one);
    auto in_b = texts_b.find(other);
    if (in_a == texts_a.end() || in_b == texts_b.end()) {
      throw BadUsage("conversation \"" + quotable(one) + "\" is not in both " +
                     rules.name_a + " and " + rules.name_b);
    }
    pairs.push_back({in_a->second, in_b->second});
  }
  return pairs;
}

void append_list(std::string& text, const Comparison& comparison,
                 Difference outcome, const std::string& words) {
  std::vector<std::string> names;
  for (const ComparedNumber& one : comparison.numbers) {
    if (one.outcome == outcome) names.push_back(one.number->name);
  }
  if (names.empty()) return;
  if (!text.empty()) text += "; ";
  text += comparison.name_b + words + joined(names, ", ");
}

}  // namespace

Comparison compare(ConversationSource& a, ConversationSource& b,
                   const ComparisonRules& rules) {
  std::vector<Member> of_a = members_of(a, rules.name_a, rules);
  std::vector<Member> of_b = members_of(b, rules.name_b, rules);
  std::vector<MemberPair> pairs = pairs_of(of_a, of_b);
  Comparison comparison;
  comparison.name_a = rules.name_a;
  comparison.name_b = rules.name_b;
  comparison.cost_a = rules.cost_a;
  comparison.cost_b = rules.cost_b;
  comparison.conversations_a = static_cast<int64_t>(of_a.size());
  comparison.conversations_b = static_cast<int64_t>(of_b.size());
  comparison.pairs = static_cast<int64_t>(pairs.size());
  for (size_t i = 0; i < conversation_numbers().size(); ++i) {
    bool none = values_at(of_a, i).empty() || values_at(of_b, i).empty();
    if (none) continue;
    ComparedNumber compared =
        pairs.size() < kFewest ? unpaired(of_a, of_b, i) : paired(pairs, i);
    // Known of both, and of no pair: of judges that read others.
    if (pairs.size() >= kFewest && compared.pairs == 0) continue;
    compared.number = &conversation_numbers()[i];
    comparison.numbers.push_back(compared);
  }
  correct(comparison.numbers);
  for (ComparedNumber& one : comparison.numbers) {
    one.outcome = outcome_of(one, rules.surely);
  }
  comparison.shown = read_pairs(a, b, to_show(pairs, of_a, of_b, rules), rules);
  return comparison;
}

std::optional<ComparedCost> compared_cost(const PriceList& prices,
                                          const RunFacts& facts) {
  Bill bill = bill_of(prices, facts.spent);
  if (!bill.is_priced || facts.kept <= 0) return std::nullopt;
  return ComparedCost{bill.money.units() / static_cast<double>(facts.kept),
                      currency_text(prices, bill)};
}

std::string outcome_text(const Comparison& comparison) {
  std::string text;
  append_list(text, comparison, Difference::better, " is better in ");
  append_list(text, comparison, Difference::worse, " is worse in ");
  append_list(text, comparison, Difference::differs, " differs in ");
  int64_t rest = std::count_if(
      comparison.numbers.begin(), comparison.numbers.end(),
      [](const auto& one) { return one.outcome == Difference::none; });
  if (text.empty()) return "No difference can be told.";
  if (rest > 0) {
    text += "; in " + counted(rest, "other") + " no difference can be told";
  }
  return text + ".";
}

}  // namespace simulate
