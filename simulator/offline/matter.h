// What kind of thing a sentence or a topic is about, as far as single words
// tell; the words are in phrases/english.json.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace simulate::offline {

enum class Matter { other, loss, health, animal, money, pastime, family, work };

// As the phrase files spell it.
std::string matter_name(Matter matter);
std::optional<Matter> matter_named(std::string_view name);

Matter matter_of(std::string_view text);

}  // namespace simulate::offline
