// Cost: tokens and money for a kept conversation, and for what there is to
// train on.
// Tested by tests/report/measures_test.cpp.
#include "simulator/report/bill.h"
#include "simulator/report/measures.h"
#include "simulator/report/tallies.h"

namespace simulate {

namespace {

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
      if (is_of_all()) section.figures.push_back(lost());
      add_money(section);
      add_players(section);
    }
    if (facts_ && !facts_->job_spent.empty()) section.figures.push_back(jobs());
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
    double kept = double(is_of_all() ? conversations_ : told_);
    double trained = is_of_all() ? trained_ : trained_of_told_;
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

  // What the run spent is spread over what was read only if that is all of it.
  bool is_of_all() const {
    return facts_ && !facts_->spent.empty() && conversations_ >= facts_->kept;
  }

  std::pair<double, double> sums() const {
    if (!is_of_all()) return {in_, out_};
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

  void add_money(Section& section) const {
    Bill bill = bill_of(rules_.prices, facts_->spent);
    if (!bill.unpriced.empty()) section.figures.push_back(unpriced(bill));
    if (!bill.is_priced || !is_of_all()) return;
    section.figures.push_back(money(bill, "money_conversation",
                                    "Cost of a kept conversation",
                                    double(conversations_)));
    if (trained_ <= 0) return;
    section.figures.push_back(money(bill, "money_trained",
                                    "Cost of 1,000 tokens to train on",
                                    trained_ / 1000));
  }

  Figure money(const Bill& bill, const char* key, const char* name,
               double by) const {
    std::string of = currency_text(rules_.prices, bill);
    Figure figure = number(key, name, bill.money.units() / by, of.c_str());
    figure.unit = Unit::money;
    figure.good =
        "low is good; failed attempts are in it, and what a provider took "
        "from its cache counts as if it were new";
    if (!bill.oldest.empty()) figure.good += "; prices of " + bill.oldest;
    return figure;
  }

  static Figure unpriced(const Bill& bill) {
    Figure figure;
    figure.key = "unpriced";
    figure.name = "Models without a known price";
    figure.value = double(bill.unpriced.size());
    figure.good = "none is good: --prices takes a list with yours";
    for (const std::string& player : bill.unpriced) {
      figure.examples.push_back({"", player});
    }
    return figure;
  }

  Figure spent(const char* key, const char* name, double by = 1) const {
    Figure figure = spent_table(rules_.prices, facts_->spent, by);
    figure.key = key;
    figure.name = name;
    return figure;
  }

  void add_players(Section& section) const {
    section.figures.push_back(
        spent("by_player", "By model and role, all attempts"));
    if (!is_of_all()) return;
    section.figures.push_back(spent("by_player_conversation",
                                    "The same, for a kept conversation",
                                    double(conversations_)));
    if (trained_ <= 0) return;
    section.figures.push_back(spent("by_player_trained",
                                    "The same, for 1,000 tokens to train on",
                                    trained_ / 1000));
  }

  Figure jobs() const {
    Figure figure = spent_table(rules_.prices, facts_->job_spent);
    figure.key = "jobs";
    figure.name = "Beside the conversations: judges, personas, embeddings";
    Bill bill = bill_of(rules_.prices, facts_->job_spent);
    if (!bill.is_priced) return figure;
    figure.unit = Unit::money;
    figure.value = bill.money.units();
    figure.of = currency_text(rules_.prices, bill);
    return figure;
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
