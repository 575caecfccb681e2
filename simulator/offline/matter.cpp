#include "simulator/offline/matter.h"

#include <re2/re2.h>

#include <array>

#include "simulator/offline/english.h"

namespace simulate::offline {

namespace {

// In the order of the enumeration.
constexpr std::array kNames = {"other", "loss",    "health", "animal",
                               "money", "pastime", "family", "work"};

}  // namespace

std::string matter_name(Matter matter) {
  return kNames[static_cast<size_t>(matter)];
}

std::optional<Matter> matter_named(std::string_view name) {
  for (size_t i = 0; i < kNames.size(); ++i) {
    if (name == kNames[i]) return static_cast<Matter>(i);
  }
  return std::nullopt;
}

Matter matter_of(std::string_view text) {
  re2::StringPiece piece(text.data(), text.size());
  for (const Subject& subject : english().subjects) {
    if (RE2::PartialMatch(piece, *subject.words)) return subject.matter;
  }
  return Matter::other;
}

}  // namespace simulate::offline
