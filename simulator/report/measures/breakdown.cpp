// Breakdown: the key figures by persona, model, version of the prompts and
// situation, and who stands out.
// Tested by tests/report/measures_test.cpp.
#include <algorithm>

#include "simulator/metrics/paired_test.h"
#include "simulator/report/conversation_numbers.h"
#include "simulator/report/measures.h"
#include "simulator/report/tallies.h"

namespace simulate {

namespace {

constexpr size_t kMostGroups = 20'000;
constexpr int64_t kEnoughHits = 5;
constexpr double kStandsOut = 1.5;  // times the share of all

struct Of {
  const char* key;
  const char* name;
};
constexpr Of kOf[] = {{"assistant", "By assistant's model"},
                      {"tester", "By tester's model"},
                      {"prompts", "By version of the prompts"},
                      {"situation", "By situation"},
                      {"persona", "By persona"},
                      {"language", "By language"}};

struct Sum {
  double sum = 0;
  int64_t count = 0;
  void add(std::optional<double> value) {
    if (!value) return;
    sum += *value;
    ++count;
  }
  void add(const Sum& other) {
    sum += other.sum;
    count += other.count;
  }
};

struct Group {
  int64_t conversations = 0;
  int64_t with_unbacked = 0;
  int64_t with_faults = 0;
  std::vector<Sum> sums;

  void add(const Group& other) {
    conversations += other.conversations;
    with_unbacked += other.with_unbacked;
    with_faults += other.with_faults;
    sums.resize(std::max(sums.size(), other.sums.size()));
    for (size_t i = 0; i < other.sums.size(); ++i) sums[i].add(other.sums[i]);
  }
};

Group group_of(const Reading& reading) {
  Group group;
  group.conversations = 1;
  group.with_unbacked = reading.unbacked_claims() > 0 ? 1 : 0;
  for (const ConversationNumber& number : conversation_numbers()) {
    if (!number.in_breakdown) continue;
    group.sums.emplace_back().add(number.of(reading));
  }
  for (const KeptFault& fault : reading.faults) {
    if (fault.guard->severity == guards::Severity::correct) {
      group.with_faults = 1;
    }
  }
  return group;
}

class Breakdown : public Measure {
 public:
  explicit Breakdown(const Asked& asked) : most_(asked.rules.most_values) {}

  void add(const Reading& reading) override {
    Group group = group_of(reading);
    all_.add(group);
    for (const Of& of : kOf) {
      std::string value = reading.label(of.key);
      if (value.empty()) continue;
      auto& groups = groups_[of.key];
      bool full = groups.size() >= kMostGroups && !groups.count(value);
      groups[full ? LabelCounts::kOthers : value].add(group);
    }
  }

  Section section() override {
    Section section{"breakdown", "Breakdown",
                    "Who stands out? Means of a conversation."};
    for (const Of& of : kOf) {
      auto found = groups_.find(of.key);
      if (found == groups_.end() || found->second.size() < 2) continue;
      section.figures.push_back(table_of(of, found->second));
    }
    return section;
  }

 private:
  using Groups = std::map<std::string, Group>;

  Figure table_of(const Of& of, const Groups& groups) const {
    Figure figure;
    figure.key = of.key;
    figure.name = of.name;
    figure.good =
        "alike is good; marked is who has unbacked claims or faults half "
        "again as often as all, and not by chance";
    figure.table.of = of.key;
    figure.table.columns = columns();
    Group rest;
    for (const auto& [value, group] : by_count(groups)) {
      if (figure.table.rows.size() < most_) {
        figure.table.rows.push_back(row(value, group));
        judge(of, figure);
      } else {
        rest.add(group);
      }
    }
    if (rest.conversations > 0) {
      std::string others =
          figure_text(double(groups.size() - most_), Unit::count) + " others";
      figure.table.rows.push_back(row(others, rest));
    }
    figure.table.rows.push_back(row("all", all_));
    figure.table.rows.back().verdict = FigureVerdict::none;
    return figure;
  }

  static std::vector<std::pair<std::string, Group>> by_count(
      const Groups& groups) {
    std::vector<std::pair<std::string, Group>> all(groups.begin(),
                                                   groups.end());
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
      return a.second.conversations > b.second.conversations;
    });
    return all;
  }

  static std::vector<Table::Column> columns() {
    std::vector<Table::Column> columns = {
        {"conversations", "talks", Unit::count},
        {"with_unbacked", "with unbacked", Unit::share},
        {"with_faults", "with faults", Unit::share}};
    for (const ConversationNumber& number : conversation_numbers()) {
      if (!number.in_breakdown) continue;
      columns.push_back({number.key, number.name, number.unit});
    }
    return columns;
  }

  Table::Row row(const std::string& label, const Group& group) const {
    auto all = static_cast<double>(group.conversations);
    Table::Row row{label,
                   {all, ratio(double(group.with_unbacked), all),
                    ratio(double(group.with_faults), all)}};
    for (const Sum& sum : group.sums) {
      row.values.push_back(ratio(sum.sum, double(sum.count)));
    }
    if (stands_out(group.with_unbacked, group.conversations,
                   all_.with_unbacked) ||
        stands_out(group.with_faults, group.conversations, all_.with_faults)) {
      row.verdict = FigureVerdict::look;
    }
    return row;
  }

  bool stands_out(int64_t hits, int64_t of, int64_t hits_of_all) const {
    double usual = double(hits_of_all) / double(all_.conversations);
    return hits >= kEnoughHits && share_of(hits, of).low > kStandsOut * usual;
  }

  static void judge(const Of& of, Figure& figure) {
    const Table::Row& row = figure.table.rows.back();
    if (row.verdict < FigureVerdict::look ||
        figure.verdict >= FigureVerdict::look)
      return;
    figure.verdict = FigureVerdict::look;
    figure.finding = std::string(of.key) + " " + row.label +
                     " has unbacked claims or faults more often than others";
  }

  size_t most_;
  Group all_;
  std::map<std::string, Groups> groups_;
};

}  // namespace

std::unique_ptr<Measure> breakdown_measure(const Asked& asked) {
  return std::make_unique<Breakdown>(asked);
}

}  // namespace simulate
