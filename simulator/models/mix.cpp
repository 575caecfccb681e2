#include "simulator/models/mix.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "simulator/base/error.h"
#include "simulator/base/text.h"

namespace simulate {

namespace {

constexpr double kMostWeight = 1e6;

[[noreturn]] void refuse(const std::string& flag, const std::string& why) {
  throw BadUsage(flag + " " + why +
                 "; write it as provider:model=weight, as in "
                 "mistral:mistral-large-latest=70,together=30");
}

double weight_in(const std::string& flag, const std::string& text) {
  double weight = 0;
  const char* end = text.data() + text.size();
  auto read = std::from_chars(text.data(), end, weight);
  bool good = read.ec == std::errc() && read.ptr == end && weight > 0 &&
              weight <= kMostWeight;
  if (!good) {
    refuse(flag, "has a weight that is no number above 0: \"" + quotable(text) +
                     "\"");
  }
  return weight;
}

// A model's name may hold an equals sign, a weight may not.
Player player_in(const std::string& flag, const std::string& text) {
  size_t equals = text.rfind('=');
  Player player = player_named(std::string(trimmed(text.substr(0, equals))));
  if (equals != std::string::npos) {
    player.weight =
        weight_in(flag, std::string(trimmed(text.substr(equals + 1))));
  }
  if (player.provider.empty()) refuse(flag, "names no provider");
  return player;
}

bool has_one_twice(const Players& players) {
  std::set<std::string> names;
  for (const Player& player : players) names.insert(player.provider);
  return names.size() < players.size();
}

double sum_of(const Players& players) {
  double sum = 0;
  for (const Player& player : players) sum += player.weight;
  return sum;
}

}  // namespace

Players mix_named(const std::string& flag, const std::string& text) {
  Players players;
  for (const std::string& part : split(text, ',')) {
    players.push_back(player_in(flag, part));
  }
  auto weighted =
      std::count_if(players.begin(), players.end(),
                    [](const Player& player) { return player.weight > 0; });
  if (weighted != 0 && weighted != static_cast<int64_t>(players.size())) {
    refuse(flag, "gives a weight to some and to others none");
  }
  if (weighted == 0 && has_one_twice(players)) {
    for (Player& player : players) player.weight = 1;
  }
  return players;
}

std::string mix_text(const Player& player) {
  std::string text = player_text(player);
  return player.weight > 0 ? text + "=" + shortest(player.weight) : text;
}

std::string mix_text(const Players& players) {
  std::vector<std::string> texts;
  for (const Player& player : players) texts.push_back(mix_text(player));
  return joined(texts, ",");
}

bool has_weights(const Players& players) {
  return !players.empty() && players.front().weight > 0;
}

const Player* most_missing(const Players& players,
                           const std::map<std::string, int64_t>& given) {
  auto given_to = [&given](const Player& player) {
    auto found = given.find(player_text(player));
    return found == given.end() ? int64_t{0} : found->second;
  };
  int64_t all = 1;
  for (const Player& player : players) all += given_to(player);
  const Player* best = nullptr;
  double most = 0;
  double sum = sum_of(players);
  for (const Player& player : players) {
    double missing = player.weight / sum * static_cast<double>(all) -
                     static_cast<double>(given_to(player));
    if (best && missing <= most) continue;
    most = missing;
    best = &player;
  }
  return best;
}

// Multiples of an irrational number fall evenly into the unit interval, each
// role's by one of its own (golden ratio, and roots).
const Player* turn_of(const Players& players, Role role, int64_t number) {
  static constexpr double kSteps[] = {0.6180339887, 0.4142135624, 0.7320508076,
                                      0.2360679775, 0.6457513111, 0.3166247904};
  double whole = 0;
  double at =
      std::modf(static_cast<double>(number) * kSteps[static_cast<size_t>(role)],
                &whole) *
      sum_of(players);
  for (const Player& player : players) {
    at -= player.weight;
    if (at < 0) return &player;
  }
  return players.empty() ? nullptr : &players.back();
}

}  // namespace simulate
