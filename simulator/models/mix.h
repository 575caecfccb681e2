// A mix: who plays a role, and in which shares, as "mistral:mistral-large=70,
// together=30". Pure.
// Tested by tests/models/mix_test.cpp.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "simulator/models/player.h"

namespace simulate {

// PROVIDER[:MODEL][=WEIGHT],...; either all have a weight, or none, but two
// models of one provider share alike. Throws BadUsage; `flag` is "--assistant".
Players mix_named(const std::string& flag, const std::string& text);

// The same with its weights, if it has any: "mistral:mistral-large=70".
std::string mix_text(const Player& player);
std::string mix_text(const Players& players);

// Whether shares are to be kept; else whoever is free may play.
bool has_weights(const Players& players);

// Who is to be given the next one, when so many were given to each, by
// player_text: whose share is missing most. Null when there is nobody.
const Player* most_missing(const Players& players,
                           const std::map<std::string, int64_t>& given);

// The one whose turn it is for the number-th of many: any stretch of numbers
// holds each about as often as its weight says. Roles take turns in orders of
// their own. Null when there is none.
const Player* turn_of(const Players& players, Role role, int64_t number);

}  // namespace simulate
