// What a judge is asked about a finished conversation: statements that hold or
// do not, from a file that users may replace. A value; its text is what the
// ledger keeps.
// Tested by tests/conversation/judge_test.cpp.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace simulate {

struct RubricQuestion {
  std::string name;   // "natural": a key of the answer
  std::string holds;  // the statement
  // Planted defects (planted_defects.h) in spite of which it must not hold.
  std::vector<std::string> catches;
};

struct Rubric {
  std::string asks;  // what the judge is told before the statements
  std::vector<RubricQuestion> questions;
  std::string good;  // the question by which a conversation is good or not
  std::string text;  // JSON of all that
  std::string hash;  // of the text

  const RubricQuestion* find(const std::string& name) const;
};

// Throws BadUsage: `where`, the field, and what it must be.
Rubric rubric_from(const std::string& text, const std::string& where);
Rubric load_rubric(const std::filesystem::path& file);

}  // namespace simulate
