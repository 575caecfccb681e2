// Which conversations validate what is learnt from the others: all of some
// people, so that nobody stands on both sides, chosen so that each language and
// each situation has its share. What is counted first decides; the same
// conversations are divided in the same way.
// Tested by tests/samples/validation_split_test.cpp.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "simulator/base/json.h"

namespace simulate {

class ValidationSplit {
 public:
  // Of more people than this only the share is kept to; among so many, kinds
  // have theirs by themselves. Bounds what is remembered.
  static constexpr size_t kMostPeople = 20'000;

  explicit ValidationSplit(double share) : share_(share) {}

  void count(const Json& metadata);
  void divide();
  bool is_validation(const Json& metadata) const;

 private:
  using Counts = std::map<std::string, int64_t>;  // by language, by situation

  bool brings_nearer(const Counts& person,
                     const std::map<std::string, double>& missing) const;

  double share_;
  bool counted_by_person_ = true;
  std::map<std::string, Counts> people_;
  Counts all_;
  std::set<std::string> chosen_;
};

}  // namespace simulate
