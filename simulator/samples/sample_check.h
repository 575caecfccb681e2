// Whether samples train as they are meant: what their trainer demands of a row,
// and, by the model's own template, what is left of each sample when the
// trainer has rendered it. For that, marks are planted in everything that is
// said, and counted in what comes out.
// Tested by tests/samples/sample_check_test.cpp.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "simulator/samples/seen_sample.h"

namespace simulate {

// What a mark can stand in.
enum class Marked {
  learnt_thought,
  learnt_call,
  learnt_words,
  history_thought,
  history_call,
  history_words,
  result,
  question,
  system,
  tool,
};
constexpr size_t kMarkedKinds = 10;

struct MarkCounts {
  int64_t in = 0;
  int64_t out = 0;
};

struct CheckedSamples {
  int64_t samples = 0;
  std::map<std::string, int64_t> faults;  // rules that are broken, how often
  // By the template; nothing when there was none.
  std::array<MarkCounts, kMarkedKinds> marks = {};
  // The template writes a call in another way than the family's models.
  bool other_calls = false;
  int64_t learnt_bytes = 0;
  int64_t unlearnable = 0;       // the prompt is not what the whole begins with
  int64_t refused = 0;           // by the template
  std::string complaint;         // the first of it
  std::vector<int64_t> lengths;  // samples by quarters of a KiB

  // Nothing that is learnt is lost, and no rule broken.
  bool good() const;
};

class SampleCheck {
 public:
  // The engine may be null.
  SampleCheck(const DatasetPlan& plan, TemplateEngine* engine);

  void look_at(const Sample& sample, const std::string& row);
  const CheckedSamples& found() const { return found_; }

 private:
  void render(const Sample& sample);
  void compare_calls(const Sample& sample);
  void count_lengths(size_t bytes);

  const DatasetPlan& plan_;
  TemplateEngine* engine_;
  bool has_compared_calls_ = false;
  CheckedSamples found_;
};

// As a person reads it.
std::string check_text(const CheckedSamples& found, const DatasetPlan& plan);

}  // namespace simulate
