// With small templates that behave as those of the families do.
#include "simulator/samples/rendering.h"

#include <gtest/gtest.h>

#include "simulator/base/text.h"
#include "simulator/samples/message_json.h"
#include "tests/samples/told.h"

namespace simulate {
namespace {

std::string file_of(const Family& family) {
  return std::string(SIMULATE_SOURCE_DIR "/tests/samples/templates/") +
         replaced(family.name, "-", "_") + ".jinja";
}

std::vector<RenderedSample> rendered_told(const Family& family,
                                          TrainedThoughts thoughts) {
  TemplateEngine engine(read_chat_template(file_of(family), family));
  SampleRules rules;
  rules.family = &family;
  rules.last_only = true;
  rules.thoughts = thoughts;
  std::vector<RenderedSample> result;
  for (const Sample& sample : samples_of(told(), rules)) {
    bool thinks = thoughts != TrainedThoughts::none;
    result.push_back(rendered_sample(sample, family, thinks, engine));
  }
  return result;
}

TEST(Rendering, ShowsEachFamilyEveryTrainedThoughtCallAndAnswer) {
  for (const Family* family : all_families()) {
    auto samples = rendered_told(*family, TrainedThoughts::all);
    ASSERT_EQ(samples.size(), 4u) << family->name;
    const char* thoughts[] = {"I look it up.", "Found it.",
                              "The name was wrong.", "Done."};
    const char* words[] = {"recall", "Tom.", "note", "Noted: Bo."};
    for (size_t at = 0; at < samples.size(); ++at) {
      const RenderedSample& sample = samples[at];
      EXPECT_EQ(sample.complaint, "") << family->name;
      EXPECT_TRUE(contains(sample.completion, thoughts[at])) << family->name;
      EXPECT_TRUE(contains(sample.completion, words[at])) << family->name;
      EXPECT_TRUE(contains(sample.prompt, "What is my cat called?"))
          << family->name;
    }
    EXPECT_FALSE(contains(samples[3].prompt, "Found it.")) << family->name;
  }
}

// What the model is trained on is what its own template makes of the message,
// where the template loses nothing.
TEST(Rendering, CompletesAsTheTemplateItselfWould) {
  const Family& family = qwen3();
  TemplateEngine engine(read_chat_template(file_of(family), family));
  SampleRules rules;
  rules.family = &family;
  rules.last_only = true;
  for (const Sample& sample : samples_of(told(), rules)) {
    RenderedSample text = rendered_sample(sample, family, true, engine);
    TemplateInput whole;
    MessageForm form{family.thought, false, &family};
    for (const Message& message : sample.messages) {
      whole.messages.push_back(message_json(message, form, sample.syntax));
    }
    whole.tools = tools_json(sample.tools);
    EXPECT_EQ(engine.render(whole).text, text.prompt + text.completion + "\n");
  }
}

TEST(Rendering, LeavesOutWhatThePromptHasBegun) {
  auto r1 = rendered_told(deepseek_r1(), TrainedThoughts::all);
  EXPECT_TRUE(r1[0].prompt.ends_with("<think>\n"));
  EXPECT_TRUE(r1[0].completion.starts_with("I look it up.\n</think>\n\n"));
  auto qwen = rendered_told(qwen3(), TrainedThoughts::none);
  EXPECT_TRUE(qwen[0].prompt.ends_with("<think>\n\n</think>\n\n"));
  EXPECT_TRUE(qwen[0].completion.starts_with("<tool_call>"));
}

TEST(Rendering, EndsAThoughtThatThePromptHasBegunForNothing) {
  auto r1 = rendered_told(deepseek_r1(), TrainedThoughts::none);
  ASSERT_FALSE(r1.empty());
  EXPECT_TRUE(r1[1].prompt.ends_with("<think>\n"));
  EXPECT_TRUE(r1[1].completion.starts_with("\n</think>\n\nTom."));
}

TEST(Rendering, TellsTheTemplateTheDayOfTheConversation) {
  auto samples = rendered_told(gpt_oss(), TrainedThoughts::all);
  EXPECT_TRUE(contains(samples[0].prompt, "Current date: 2026-03-02"));
  EXPECT_TRUE(contains(samples[1].prompt, "analysis<|message|>I look it up."));
}

TEST(Rendering, SaysWhatTheTemplateRefuses) {
  TemplateEngine engine({"{{ raise_exception('not you') }}", "", ""});
  Sample sample;
  sample.messages = {said(Speaker::tester, "Hi"),
                     said(Speaker::assistant, "Hello")};
  EXPECT_EQ(rendered_sample(sample, qwen3(), true, engine).complaint,
            "not you");
}

}  // namespace
}  // namespace simulate
