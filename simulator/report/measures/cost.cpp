// Cost: tokens and money for a kept conversation, and for what there is to
// train on.
// Tested by tests/report/measures_test.cpp.
#include "simulator/base/text.h"
#include "simulator/report/measures.h"
#include "simulator/report/tallies.h"

namespace simulate {

namespace {

constexpr double kMillion = 1e6;

class CostMeasure : public Measure {
 public:
  explicit CostMeasure(const Asked& asked)
      : facts_(asked.facts), rules_(asked.rules) {}

  void add(const Reading& reading) override {
    ++conversations_;
    trained_ += double(reading.trained_tokens);
    each_.add(reading.trained_tokens);
    auto in = reading.number("input_tokens");
    auto out = reading.number("output_tokens");
    if (!in || !out) return;
    ++told_;
    trained_of_told_ += double(reading.trained_tokens);
    in_ += *in;
    out_ += *out;
    repeated_ += reading.number("repeated_tokens").value_or(0);
  }

  Section section() override {
    Section section{"cost", "Cost", "What did it take, and what came of it?"};
    section.figures.push_back(to_train_on());
    if (told_ > 0) {
      section.figures.push_back(tokens());
      section.figures.push_back(repeated());
    }
    if (facts_ && !facts_->spent.empty()) {
      section.figures.push_back(lost());
      section.figures.push_back(by_player());
      if (is_priced()) add_money(section);
    }
    return section;
  }

 private:
  static Figure number(const char* key, const char* name, double value,
                       const char* of) {
    Figure figure;
    figure.key = key;
    figure.name = name;
    figure.unit = Unit::number;
    figure.value = value;
    figure.of = of;
    return figure;
  }

  Figure to_train_on() const {
    Figure figure =
        number("trained_tokens", "Tokens to train on, a conversation",
               trained_ / double(conversations_), "tokens, at four bytes each");
    figure.good = "as your trainer wants; all together " +
                  figure_text(trained_, Unit::count);
    figure.bars = each_.histogram(12);
    figure.is_histogram = true;
    return figure;
  }

  // Of all attempts where a ledger tells of them, else of those kept.
  Figure tokens() const {
    auto [in, out] = sums();
    double kept =
        double(facts_ && !facts_->spent.empty() ? conversations_ : told_);
    double trained =
        facts_ && !facts_->spent.empty() ? trained_ : trained_of_told_;
    Figure figure;
    figure.key = "tokens";
    figure.name = "Tokens spent";
    figure.good = "low is good; repeated input is cheap where it is cached";
    figure.table.of = "tokens";
    figure.table.columns = {{"in", "in", Unit::count},
                            {"out", "out", Unit::count}};
    figure.table.rows = {
        {"a kept conversation", {in / kept, out / kept}},
        {"1,000 to train on",
         {ratio(1000 * in, trained), ratio(1000 * out, trained)}},
        {"all", {in, out}}};
    return figure;
  }

  Figure repeated() const {
    Figure figure;
    figure.key = "repeated";
    figure.name = "Input that repeats the request before";
    figure.unit = Unit::share;
    figure.value = ratio(repeated_, in_);
    figure.good = "high is good where providers cache prefixes";
    return figure;
  }

  std::pair<double, double> sums() const {
    if (!facts_ || facts_->spent.empty()) return {in_, out_};
    double in = 0;
    double out = 0;
    for (const Spent& spent : facts_->spent) {
      in += double(spent.input_tokens);
      out += double(spent.output_tokens);
    }
    return {in, out};
  }

  Figure lost() const {
    auto [in, out] = sums();
    Figure figure;
    figure.key = "lost";
    figure.name = "Tokens that went into attempts that failed";
    figure.unit = Unit::share;
    if (in + out <= 0 || told_ < conversations_) return figure;
    figure.value = std::max(0.0, 1 - (in_ + out_) / (in + out));
    figure.good = "low is good: under 20 %";
    figure.verdict = small_is_good(*figure.value, 0.2, 0.5);
    figure.finding = figure_text(*figure.value, Unit::share) +
                     " of the tokens went into attempts that failed";
    return figure;
  }

  const Price* price_of(const std::string& player) const {
    std::string provider = player.substr(0, player.find(':'));
    const Price* found = nullptr;
    for (const Price& price : rules_.prices) {
      if (price.player == player) return &price;
      if (price.player == provider) found = &price;
    }
    return found;
  }

  bool is_priced() const {
    for (const Spent& spent : facts_->spent) {
      if (price_of(spent.player)) return true;
    }
    return false;
  }

  std::optional<double> money_of(const Spent& spent) const {
    const Price* price = price_of(spent.player);
    if (!price) return std::nullopt;
    return (double(spent.input_tokens) * price->input +
            double(spent.output_tokens) * price->output) /
           kMillion;
  }

  Figure by_player() const {
    Figure figure;
    figure.key = "by_player";
    figure.name = "By model and role, all attempts";
    figure.table.of = "model";
    figure.table.columns = {{"replies", "replies", Unit::count},
                            {"in", "in", Unit::count},
                            {"out", "out", Unit::count}};
    if (is_priced()) {
      figure.table.columns.push_back({"money", rules_.currency, Unit::number});
    }
    for (const Spent& spent : facts_->spent) {
      Table::Row row{spent.role + " " + spent.player,
                     {double(spent.replies), double(spent.input_tokens),
                      double(spent.output_tokens)}};
      if (is_priced()) row.values.push_back(money_of(spent));
      figure.table.rows.push_back(row);
    }
    return figure;
  }

  void add_money(Section& section) const {
    double all = 0;
    for (const Spent& spent : facts_->spent) {
      all += money_of(spent).value_or(0);
    }
    const char* of = rules_.currency.c_str();
    section.figures.push_back(number("money_conversation",
                                     "Cost of a kept conversation",
                                     all / double(conversations_), of));
    if (trained_ <= 0) return;
    section.figures.push_back(number("money_trained",
                                     "Cost of 1,000 tokens to train on",
                                     1000 * all / trained_, of));
  }

  const RunFacts* facts_;
  const ReportRules& rules_;
  int64_t conversations_ = 0;
  int64_t told_ = 0;  // whose metadata tell what they cost
  double trained_ = 0;
  double trained_of_told_ = 0;
  double in_ = 0;
  double out_ = 0;
  double repeated_ = 0;
  Distribution each_;
};

}  // namespace

std::unique_ptr<Measure> cost_measure(const Asked& asked) {
  return std::make_unique<CostMeasure>(asked);
}

}  // namespace simulate
