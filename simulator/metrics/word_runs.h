// Runs of words by their hashes: what texts are compared by. The hashes are the
// same on every machine, spread well, and prove nothing against malice.
// Tested by tests/metrics/word_runs_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace simulate {

uint64_t text_hash(std::string_view text, uint64_t seed = 0);

std::vector<uint64_t> word_hashes(const std::vector<std::string>& words);

// A hash for each run of `length` of them, in order; none if there are fewer.
std::vector<uint64_t> run_hashes(const std::vector<uint64_t>& words,
                                 size_t length);

// Sorted, each once.
void make_distinct(std::vector<uint64_t>& hashes);

}  // namespace simulate
