#include "simulator/samples/validation_split.h"

#include <algorithm>
#include <vector>

#include "simulator/base/hash.h"

namespace simulate {

namespace {

// A place for each person that depends on the name alone.
std::string place_of(const std::string& person) {
  return content_hash("validation " + person);
}

double share_of_place(const std::string& person) {
  std::string digits = place_of(person).substr(0, 8);
  return static_cast<double>(std::stoul(digits, nullptr, 16)) / 4294967296.0;
}

std::string person_of(const Json& metadata) {
  return string_at(metadata, "persona");
}

}  // namespace

void ValidationSplit::count(const Json& metadata) {
  if (!counted_by_person_) return;
  Counts& counts = people_[person_of(metadata)];
  for (const char* kind : {"language", "situation"}) {
    std::string name = std::string(kind) + ":" + string_at(metadata, kind);
    ++counts[name];
    ++all_[name];
  }
  if (people_.size() <= kMostPeople) return;
  counted_by_person_ = false;
  people_.clear();
}

bool ValidationSplit::brings_nearer(
    const Counts& person, const std::map<std::string, double>& missing) const {
  double gained = 0;
  for (const auto& [kind, number] : person) {
    double before = missing.at(kind);
    double after = before - static_cast<double>(number);
    gained += before * before - after * after;
  }
  return gained > 0;
}

void ValidationSplit::divide() {
  std::map<std::string, double> missing;
  for (const auto& [kind, number] : all_) {
    missing[kind] = share_ * static_cast<double>(number);
  }
  std::vector<std::string> order;
  for (const auto& [person, counts] : people_) order.push_back(person);
  std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return place_of(a) < place_of(b);
  });
  for (const std::string& person : order) {
    bool last_to_learn_from = chosen_.size() + 1 == people_.size();
    if (last_to_learn_from || !brings_nearer(people_[person], missing)) {
      continue;
    }
    chosen_.insert(person);
    for (const auto& [kind, number] : people_[person]) {
      missing[kind] -= static_cast<double>(number);
    }
  }
  // Few people with much to say each: the nearest to a share may be nobody.
  if (chosen_.empty() && share_ > 0 && order.size() > 1) {
    chosen_.insert(order.front());
  }
  people_.clear();
}

bool ValidationSplit::is_validation(const Json& metadata) const {
  std::string person = person_of(metadata);
  return counted_by_person_ ? chosen_.contains(person)
                            : share_of_place(person) < share_;
}

}  // namespace simulate
