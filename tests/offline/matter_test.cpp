#include "simulator/offline/matter.h"

#include <gtest/gtest.h>

namespace simulate::offline {
namespace {

TEST(Matter, TellWhatKindOfThingIsSpokenOf) {
  const std::pair<const char*, Matter> rows[] = {
      {"my cataract surgery", Matter::health},
      {"My wife Carol died four years ago.", Matter::loss},
      {"my dog Goma's strange habits", Matter::animal},
      {"the money my compadre lent me", Matter::money},
      {"my crate guitar", Matter::pastime},
      {"my daughter's Sunday phone calls", Matter::family},
      {"my run of night shifts", Matter::work},
      {"the midwinter", Matter::other},
  };
  for (const auto& [text, matter] : rows) {
    EXPECT_EQ(matter_of(text), matter) << text;
  }
}

}  // namespace
}  // namespace simulate::offline
