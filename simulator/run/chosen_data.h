// Which conversations of a dataset are worth keeping: those that are not like
// an earlier one, and the best that are unlike each other; and why the others
// are not among them. Tested by tests/run/chosen_data_test.cpp.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "simulator/conversation/judge.h"
#include "simulator/metrics/diverse_selection.h"
#include "simulator/metrics/near_duplicates.h"
#include "simulator/metrics/nearest_vectors.h"
#include "simulator/samples/source.h"

namespace simulate {

// All that both have said: what conversations are compared by.
std::string spoken_text(const Transcript& transcript);

// One that is left out, by its place in the source from 0.
struct LeftOut {
  size_t place = 0;
  std::string why;  // "the same as conv_000012", "like conv_000012 (0.93)"
};

// `ids` of all, in order; the pairs' numbers are places.
std::vector<LeftOut> duplicates_of(const std::vector<std::string>& ids,
                                   const std::vector<DuplicatePair>& pairs);
std::vector<LeftOut> duplicates_of(const std::vector<std::string>& ids,
                                   const std::vector<VectorPair>& pairs);

// From 0 to 1, by what is known: of a judged one the share of statements that
// hold, and a half where the whole is not good; less for each correction of a
// turn, for what was not played as drawn and for what guards found in it.
double quality_of(const FinishedConversation& talk);

// A sample of its runs of words, and who, in what situation, with which tools.
Choosable choosable_of(const FinishedConversation& talk, size_t place,
                       double quality);

std::vector<LeftOut> passed_over(const std::vector<std::string>& ids,
                                 const Selection& selection);

}  // namespace simulate
