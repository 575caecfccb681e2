#include "simulator/samples/chat_template.h"

#include <gtest/gtest.h>

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "tests/scratch.h"

namespace simulate {
namespace {

TemplateOutput rendered(const std::string& text, const TemplateInput& input) {
  TemplateEngine engine({text, "<s>", "</s>"});
  return engine.render(input);
}

TEST(ChatTemplate, IsGivenWhatTransformersGives) {
  TemplateInput input;
  input.messages = {{{"role", "user"}, {"content", "Grüße \"<b>\" 猫"}}};
  input.tools = {{{"name", "f"}, {"n", {1, nullptr}}}};
  input.date = "2026-03-02";
  struct {
    const char* text;
    const char* output;
  } rows[] = {
      {"{{ bos_token }}{{ messages[0].content }}{{ eos_token }}",
       "<s>Grüße \"<b>\" 猫</s>"},
      {"{{ messages[0].content | tojson }}", "\"Grüße \\\"<b>\\\" 猫\""},
      {"{{ tools[0] | tojson }}", "{\"name\": \"f\", \"n\": [1, null]}"},
      {"{{ tools[0] | tojson(indent=1) }}",
       "{\n \"name\": \"f\",\n \"n\": [\n  1,\n  null\n ]\n}"},
      {"{{ strftime_now('%d %b %Y') }}", "02 Mar 2026"},
      {"{% generation %}x{{ messages | length }}{% endgeneration %}", "x1"},
      {"{% for m in messages %}\n{% break %}\n{% endfor %}\nz", "z"},
      {"{{ add_generation_prompt }}{{ documents is none }}", "FalseTrue"},
  };
  for (const auto& row : rows) {
    TemplateOutput output = rendered(row.text, input);
    EXPECT_EQ(output.text, row.output) << output.complaint;
  }
}

TEST(ChatTemplate, SaysWhatItComplainedOf) {
  TemplateEngine engine(
      {"{% if messages %}{{ raise_exception('no "
       "messages, please') }}{% endif %}fine",
       "", ""});
  TemplateInput input;
  EXPECT_EQ(engine.render(input).text, "fine");
  input.messages = {{{"role", "user"}}};
  EXPECT_EQ(engine.render(input).complaint, "no messages, please");
  input.messages = Json::array();
  EXPECT_EQ(engine.render(input).text, "fine");
}

TEST(ChatTemplate, MayNotLeaveItsSandbox) {
  TemplateInput input;
  TemplateOutput output =
      rendered("{{ messages.__class__.__mro__[1].__subclasses__() }}", input);
  EXPECT_TRUE(contains(output.complaint, "unsafe")) << output.text;
}

TEST(ChatTemplate, ThatCannotBeReadIsRefused) {
  EXPECT_THROW(TemplateEngine({"{% if %}", "", ""}), BadUsage);
}

TEST(ChatTemplate, IsFoundInTheFilesOfAModel) {
  Scratch scratch;
  write_file(scratch / "chat_template.jinja", "alone");
  ChatTemplate alone =
      read_chat_template(scratch / "chat_template.jinja", mistral());
  EXPECT_EQ(alone.text, "alone");
  EXPECT_EQ(alone.bos, "<s>");
  write_file(scratch / "tokenizer_config.json",
             R"({"bos_token": {"content": "<B>"}, "eos_token": "<E>",
                 "chat_template": [{"name": "default", "template": "d"},
                                   {"name": "tool_use", "template": "t"}]})");
  ChatTemplate beside =
      read_chat_template(scratch / "chat_template.jinja", mistral());
  EXPECT_EQ(beside.bos + beside.eos + beside.text, "<B><E>alone");
  EXPECT_EQ(TemplateEngine(beside).bos(), "<B>");
  write_file(scratch / "tokenizer_config.json", R"({"bos_token": null})");
  EXPECT_EQ(read_chat_template(scratch / "chat_template.jinja", mistral()).bos,
            "");
  write_file(scratch / "tokenizer_config.json",
             R"({"chat_template": [{"name": "default", "template": "d"},
                                   {"name": "tool_use", "template": "t"}]})");
  EXPECT_EQ(
      read_chat_template(scratch / "tokenizer_config.json", mistral()).text,
      "t");
  write_file(scratch / "tokenizer_config.json", "{}");
  EXPECT_THROW(read_chat_template(scratch / "tokenizer_config.json", mistral()),
               BadUsage);
}

}  // namespace
}  // namespace simulate
