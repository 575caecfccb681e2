// With small templates that behave as those of the families do.
#include "simulator/samples/sample_check.h"

#include <gtest/gtest.h>

#include "simulator/base/text.h"
#include "simulator/samples/show_sample.h"
#include "tests/samples/told.h"

namespace simulate {
namespace {

std::string template_file(const std::string& family) {
  return std::string(SIMULATE_SOURCE_DIR "/tests/samples/templates/") +
         replaced(family, "-", "_") + ".jinja";
}

// What the check finds in the samples of one conversation.
class Checked {
 public:
  explicit Checked(ExportSettings settings, const std::string& other = "")
      : plan_(plan_of(settings)) {
    std::string family = other.empty() ? settings.family : other;
    TemplateEngine engine(
        read_chat_template(template_file(family), *plan_.family));
    SampleCheck check(plan_, &engine);
    for (const Sample& sample : samples_of(told(), plan_.rules)) {
      std::string row = "{}";
      if (plan_.format != SampleFormat::rendered) {
        row = to_text(plan_.trainer->row(sample, *plan_.family));
      }
      check.look_at(sample, row);
    }
    found_ = check.found();
  }

  const CheckedSamples& found() const { return found_; }
  const DatasetPlan& plan() const { return plan_; }

  // "3/4": of four that went in, three came out.
  std::string shown(Marked kind) const {
    const MarkCounts& counts = found_.marks[static_cast<size_t>(kind)];
    return std::to_string(counts.out) + "/" + std::to_string(counts.in);
  }

 private:
  static DatasetPlan plan_of(ExportSettings& settings) {
    settings.chat_template = "some.jinja";
    return dataset_plan(settings);
  }

  DatasetPlan plan_;
  CheckedSamples found_;
};

ExportSettings asked_for(const std::string& trainer,
                         const std::string& family) {
  ExportSettings settings;
  settings.trainer = trainer;
  settings.family = family;
  return settings;
}

TEST(SampleCheck, FindsNothingLostOfWhatIsLearntOfAnyFamily) {
  for (const char* trainer : {"trl", "axolotl", "unsloth"}) {
    for (const Family* family : all_families()) {
      Checked checked(asked_for(trainer, family->name));
      std::string which = std::string(trainer) + " " + family->name;
      EXPECT_TRUE(checked.found().good())
          << which << "\n"
          << check_text(checked.found(), checked.plan());
      EXPECT_EQ(checked.shown(Marked::learnt_thought), "4/4") << which;
      EXPECT_GT(checked.found().learnt_bytes, 0) << which;
    }
  }
}

TEST(SampleCheck, FindsTheExactMaskOfRenderedSamples) {
  for (const Family* family : all_families()) {
    ExportSettings settings = asked_for("trl", family->name);
    settings.format = SampleFormat::rendered;
    Checked checked(settings);
    EXPECT_TRUE(checked.found().good()) << family->name;
    EXPECT_EQ(checked.shown(Marked::learnt_thought), "4/4") << family->name;
  }
}

TEST(SampleCheck, FindsThatATemplateMovesWhatStandsBeforeAReply) {
  ExportSettings settings = asked_for("trl", "mistral");
  settings.format = SampleFormat::messages;
  Checked checked(settings);
  EXPECT_FALSE(checked.found().good());
  EXPECT_GT(checked.found().unlearnable, 0);
  EXPECT_TRUE(contains(check_text(checked.found(), checked.plan()),
                       "does not begin with its prompt"));
}

TEST(SampleCheck, FindsTheThoughtsThatATemplateDrops) {
  ExportSettings settings = asked_for("trl", "gpt-oss");
  settings.format = SampleFormat::messages;
  Checked checked(settings);
  // A thought before a call is dropped once an answer follows, so that the
  // whole is not what the prompt was.
  EXPECT_FALSE(checked.found().good());
  EXPECT_GT(checked.found().unlearnable, 0);

  settings = asked_for("trl", "deepseek-r1");
  settings.format = SampleFormat::messages;
  Checked distilled(settings);
  EXPECT_FALSE(distilled.found().good());
}

TEST(SampleCheck, FindsATemplateOfAnotherFamily) {
  Checked checked(asked_for("trl", "qwen3"), "llama3");
  EXPECT_FALSE(checked.found().good());
  EXPECT_GT(checked.found().refused, 0);
  EXPECT_TRUE(contains(checked.found().complaint, "single tool-calls"));
}

// What is rendered is written by the family: whether its template would write
// calls in that way, too, has to be looked at.
TEST(SampleCheck, FindsCallsThatATemplateWritesOtherwise) {
  ExportSettings settings = asked_for("trl", "hermes");
  settings.format = SampleFormat::rendered;
  EXPECT_FALSE(Checked(settings).found().other_calls);
  Checked checked(settings, "mistral");
  EXPECT_TRUE(checked.found().other_calls);
  EXPECT_FALSE(checked.found().good());
  EXPECT_TRUE(contains(check_text(checked.found(), checked.plan()),
                       "writes calls in another way"));
}

TEST(SampleCheck, FindsToolsThatATemplateDoesNotShow) {
  ExportSettings settings = asked_for("trl", "qwen3");
  EXPECT_EQ(Checked(settings).shown(Marked::tool), "8/8");
  EXPECT_EQ(Checked(settings, "deepseek-r1").shown(Marked::tool), "0/8");
}

TEST(SampleCheck, CountsWhatIsLearntWithoutItsMarks) {
  Checked checked(asked_for("trl", "qwen3"));
  size_t bytes = 0;
  for (const Sample& sample : samples_of(told(), checked.plan().rules)) {
    std::string reply = qwen3().reply(sample.messages.back(), sample.syntax);
    bytes += reply.size() + 1;  // the template ends a message with a line break
  }
  EXPECT_EQ(checked.found().learnt_bytes, static_cast<int64_t>(bytes));
}

TEST(SampleCheck, CountsWhatBreaksARule) {
  DatasetPlan plan = dataset_plan(asked_for("llamafactory", "qwen3"));
  SampleCheck check(plan, nullptr);
  Sample sample = samples_of(told(), plan.rules)[0];
  Json row = plan.trainer->row(sample, *plan.family);
  check.look_at(sample, to_text(row));
  EXPECT_TRUE(check.found().good());
  row["conversations"].erase(0);
  check.look_at(sample, to_text(row));
  EXPECT_EQ(check.found().faults,
            (std::map<std::string, int64_t>{
                {"a number of messages that is not even", 1}}));
  EXPECT_FALSE(check.found().good());
}

TEST(SampleCheck, SaysWhatWouldBeCut) {
  DatasetPlan plan = dataset_plan(asked_for("axolotl", "qwen3"));
  SampleCheck check(plan, nullptr);
  for (const Sample& sample : samples_of(told(), plan.rules)) {
    check.look_at(sample, to_text(plan.trainer->row(sample, *plan.family)));
  }
  std::string text = check_text(check.found(), plan);
  EXPECT_TRUE(contains(text, "Axolotl can read all of them")) << text;
  EXPECT_TRUE(contains(text, "Axolotl cuts at 512")) << text;
}

TEST(ShowSample, MarksWhatIsLearnt) {
  DatasetPlan plan = dataset_plan(asked_for("trl", "qwen3"));
  Sample sample = samples_of(told(), plan.rules)[1];
  std::string text = show_sample(sample, plan, nullptr, false).text();
  EXPECT_TRUE(contains(text, "=== conv_000007/5\n")) << text;
  EXPECT_TRUE(
      contains(text, "[learnt><think>\nFound it.\n</think>\n\nTom.<learnt]"))
      << text;
  TemplateEngine engine(
      read_chat_template(template_file("qwen3"), *plan.family));
  text = show_sample(sample, plan, &engine, false).text();
  EXPECT_TRUE(contains(text, "<|im_start|>assistant\n[learnt><think>\nFound"))
      << text;
  text = show_sample(sample, plan, &engine, true).text();
  EXPECT_TRUE(contains(text, "\x1b[32m<think>")) << text;
}

}  // namespace
}  // namespace simulate
