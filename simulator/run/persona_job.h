// Writing personas: a person for each line, each an item of a job. What is
// written is a file of its own; who is too like somebody else is left out.
// Tested by tests/program/personas_test.cpp.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "simulator/conversation/persona_writer.h"
#include "simulator/run/job.h"

namespace simulate {

struct PersonaOrder {
  std::vector<std::string> lines;
  int64_t count = 0;  // of people; more than lines: several for each
  std::string asks;   // the writer's prompt
  bool scripted = false;

  // What makes a writing the same one.
  Json settings() const;
};

// Lines of text, or rows of a collection (persona_list.h). Throws BadUsage.
std::vector<std::string> one_liners_in(const std::filesystem::path& file);

class WrittenPersonas : public JobSource {
 public:
  static constexpr const char* kKind = "personas";

  explicit WrittenPersonas(const PersonaOrder& order) : order_(order) {}

  std::unique_ptr<JobItem> next() override;

 private:
  const PersonaOrder& order_;
  int64_t next_ = 0;
  std::map<std::string, int> variants_;  // of each line, so far
};

struct PutPersonas {
  int64_t made = 0;    // files, now
  int64_t before = 0;  // that stood there
  // "Ivo Dunn, too like Ada Cole".
  std::vector<std::string> left_out;
};

// Of the items that are done, in their order, whoever has no file in `folder`
// yet; nobody whose name is there, or who is nearly the same as somebody
// before.
PutPersonas put_personas(LedgerReader& reader, const PersonaOrder& order,
                         const std::filesystem::path& folder);

}  // namespace simulate
