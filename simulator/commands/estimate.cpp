#include "simulator/commands/estimate.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>

#include "simulator/base/text.h"

namespace simulate {

namespace {

constexpr int kRoleCount = std::size(kRoles);

// Fewer say little of the rest.
constexpr int64_t kEnoughToMeasure = 5;

// Of a guess, and of what was measured: replies that are asked for again and
// conversations that fail stand above both.
constexpr Between kGuessed = {0.7, 1, 1.5};
constexpr Between kMeasured = {0.9, 1, 1.25};

constexpr double kBytesPerToken = 4;   // of prose in most languages
constexpr double kTokensOfTurn = 120;  // that is shown again in later calls

// Of a request, what stood at the beginning of the one before; measured with
// the prompts that ship.
constexpr double kRepeated = 0.7;

// Where all that a person says is written before, no tester is called.
double share_with_tester(const Situations& situations) {
  double all = 0, with = 0;
  for (const Situation& one : situations.all) {
    all += one.share;
    if (one.says.empty()) with += one.share;
  }
  return all > 0 ? with / all : 1;
}

// Of a conversation, roughly: a tester and one and a half assistant calls a
// turn, the rewrite, and the judge.
double calls_each(const RunInputs& inputs, Role role) {
  const Settings& settings = inputs.settings;
  double turns = mean_turns(settings.turns);
  if (role == Role::tester) return turns * share_with_tester(inputs.situations);
  if (role == Role::assistant) return 1.5 * turns;
  if (role == Role::judge) return inputs.rubric ? 1 : 0;
  if (settings.conversation.rewrite == Rewrite::off) return 0;
  return settings.conversation.rewrite == Rewrite::turn ? turns : 1;
}

bool plays(const RunInputs& inputs, const Provider& provider, Role role) {
  const Cast& cast = inputs.settings.conversation.cast;
  return may_play(players_of(cast, role), provider.name);
}

bool plays_one_of(const RunInputs& inputs, const Provider& provider,
                  int roles) {
  for (int i = 0; i < kRoleCount; ++i) {
    if ((roles >> i & 1) && plays(inputs, provider, kRoles[i])) return true;
  }
  return false;
}

// Calls a second of all who play one of `roles`, a set of bits; 0 when one of
// them has no limit.
double rate_of(const RunInputs& inputs, int roles) {
  double rate = 0;
  for (const Provider& provider : inputs.providers) {
    if (!plays_one_of(inputs, provider, roles)) continue;
    if (provider.requests_per_second() <= 0) return 0;
    rate += provider.requests_per_second();
  }
  return rate;
}

// What the limits allow a conversation to take at least: the calls of some
// roles, over the rate of all who may answer them. The worst such set counts.
double seconds_each(const RunInputs& inputs) {
  double most = 0;
  for (int roles = 1; roles < 1 << kRoleCount; ++roles) {
    double rate = rate_of(inputs, roles);
    if (rate <= 0) continue;
    double calls = 0;
    for (int i = 0; i < kRoleCount; ++i) {
      if (roles >> i & 1) calls += calls_each(inputs, kRoles[i]);
    }
    most = std::max(most, calls / rate);
  }
  return most;
}

size_t prompt_bytes(const Prompts& prompts, Role role) {
  if (role == Role::tester) return prompts.tester.front().size();
  if (role == Role::rewriter) return prompts.rewriter.size();
  size_t bytes = prompts.assistant.front().size() + prompts.tools.size() +
                 prompts.teacher.size();
  if (role == Role::judge) return bytes;
  size_t examples = 0;
  for (const Example& one : prompts.examples) examples += one.text.size();
  size_t shown = std::min<size_t>(3, prompts.examples.size());
  if (shown > 0) bytes += shown * examples / prompts.examples.size();
  return bytes;
}

// What a role takes in a conversation.
struct Need {
  double calls = 0;
  double input = 0;
  double output = 0;
};
using Needs = std::map<Role, Need>;

Needs guessed_needs(const RunInputs& inputs) {
  static const std::map<Role, double> kWritten = {{Role::tester, 40},
                                                  {Role::assistant, 120},
                                                  {Role::rewriter, 250},
                                                  {Role::judge, 200}};
  double history = mean_turns(inputs.settings.turns) * kTokensOfTurn / 2;
  Needs needs;
  for (const auto& [role, written] : kWritten) {
    Need& need = needs[role];
    need.calls = calls_each(inputs, role);
    double prompt = double(prompt_bytes(inputs.prompts, role)) / kBytesPerToken;
    need.input = need.calls * (prompt + history);
    need.output = need.calls * written;
  }
  return needs;
}

Need sum_of(const Needs& needs) {
  Need sum;
  for (const auto& [role, need] : needs) {
    sum.calls += need.calls;
    sum.input += need.input;
    sum.output += need.output;
  }
  return sum;
}

// The guess says how the roles share what was measured of all.
void scale(Needs& needs, const Cost& before) {
  Need guessed = sum_of(needs);
  auto each = [&before](int64_t sum) {
    return double(sum) / double(before.conversations);
  };
  for (auto& [role, need] : needs) {
    need.calls *= each(before.calls) / guessed.calls;
    need.input *= each(before.input_tokens) / guessed.input;
    need.output *= each(before.output_tokens) / guessed.output;
  }
}

// Of a role's work, by weight where there are weights, else by what each
// provider lets through.
std::map<Player, double> shares_of(const RunInputs& inputs, Role role) {
  const Players& players = players_of(inputs.settings.conversation.cast, role);
  std::map<Player, double> shares;
  double sum = 0;
  auto add = [&](const Provider& provider, const Player& player) {
    double rate = provider.requests_per_second();
    double share = player.weight > 0 ? player.weight : rate > 0 ? rate : 10;
    std::string model =
        player.model.empty() ? provider.model_for(role) : player.model;
    shares[{provider.name, model}] += share;
    sum += share;
  };
  for (const Provider& provider : inputs.providers) {
    if (players.empty()) add(provider, {provider.name});
    for (const Player& player : players) {
      if (player.provider == provider.name) add(provider, player);
    }
  }
  for (auto& [player, share] : shares) share /= sum;
  return shares;
}

constexpr double kTokensOfPrice = 1e6;

// With a cache that always helps, and without one.
void add_money(const Price& price, const Need& need, double repeated,
               double share, Between& money) {
  double in = need.input * share / kTokensOfPrice;
  double out = need.output * share / kTokensOfPrice * price.output.units();
  double cached = repeated * price.cached_input.units() +
                  (1 - repeated) * price.input.units();
  double low = in * std::min(cached, price.input.units()) + out;
  double high = in * price.input.units() + out;
  money.low += low;
  money.about += (low + high) / 2;
  money.high += high;
}

Between money_each(const RunInputs& inputs, const PriceList& prices,
                   const Needs& needs, double repeated,
                   std::vector<std::string>& unpriced) {
  Between money;
  for (const auto& [role, need] : needs) {
    if (need.calls <= 0) continue;
    for (const auto& [player, share] : shares_of(inputs, role)) {
      const Price* price = prices.find(player);
      if (price) {
        add_money(*price, need, repeated, share, money);
        continue;
      }
      std::string name = player_text(player);
      if (std::count(unpriced.begin(), unpriced.end(), name) == 0) {
        unpriced.push_back(std::move(name));
      }
    }
  }
  return money;
}

// What a provider does of a conversation.
Need part_of(const RunInputs& inputs, const Provider& provider,
             const Needs& needs) {
  Need part;
  for (const auto& [role, need] : needs) {
    for (const auto& [player, share] : shares_of(inputs, role)) {
      if (player.provider != provider.name) continue;
      part.calls += need.calls * share;
      part.input += need.input * share;
      part.output += need.output * share;
    }
  }
  return part;
}

std::vector<std::string> months_of(const RunInputs& inputs,
                                   const Needs& needs) {
  constexpr Micros kDay = std::chrono::hours(24);
  constexpr double kMonth = 30 * 86'400;  // seconds
  std::vector<std::string> sentences;
  for (const Provider& provider : inputs.providers) {
    Need part = part_of(inputs, provider, needs);
    for (const RateLimit& limit : provider.limits) {
      double each = limit.counted == Counted::requests
                        ? part.calls
                        : part.input + part.output;
      if (limit.window < kDay || each <= 0) continue;
      auto many = static_cast<int64_t>(limit.per_second() * kMonth / each);
      sentences.push_back(provider.name + ": " + text_of(limit) +
                          " is its part of some " + std::to_string(many) +
                          " conversations a month");
    }
  }
  return sentences;
}

Between times(double value, Between factor) {
  return {value * factor.low, value * factor.about, value * factor.high};
}

}  // namespace

Estimate estimate_of(const RunInputs& inputs, const PriceList& prices,
                     const Cost& before, double conversations) {
  Needs needs = guessed_needs(inputs);
  bool is_measured = before.conversations >= kEnoughToMeasure;
  if (is_measured) scale(needs, before);
  double repeated =
      is_measured && before.input_tokens > 0
          ? double(before.repeated_tokens) / double(before.input_tokens)
          : kRepeated;
  Between about = is_measured ? kMeasured : kGuessed;
  Need each = sum_of(needs);
  Estimate estimate;
  estimate.calls = times(conversations * each.calls, about);
  estimate.input_tokens = times(conversations * each.input, about);
  estimate.output_tokens = times(conversations * each.output, about);
  Between money =
      money_each(inputs, prices, needs, repeated, estimate.unpriced);
  estimate.money = {conversations * money.low * about.low,
                    conversations * money.about,
                    conversations * money.high * about.high};
  estimate.seconds = conversations * seconds_each(inputs);
  estimate.months = months_of(inputs, needs);
  return estimate;
}

}  // namespace simulate
