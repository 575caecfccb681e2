// A model's own chat template, as it lies beside the model, and the engine that
// renders it: the one that transformers uses, jinja2 in its sandbox, in a child
// process. What transformers gives a template is there: tojson,
// raise_exception, strftime_now, {% generation %}.
// Tested by tests/samples/chat_template_test.cpp.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "simulator/samples/family.h"

namespace simulate {

class AnsweringChild;

struct ChatTemplate {
  std::string text;
  std::string bos;
  std::string eos;
};

// From a chat_template.jinja or a tokenizer_config.json; the tokens are those
// of a tokenizer_config.json in the same folder, else the family's. Throws
// BadUsage when there is no template in it.
ChatTemplate read_chat_template(const std::filesystem::path& path,
                                const Family& family);

// What a template is given. `tools` may be null: none.
struct TemplateInput {
  Json messages = Json::array();
  Json tools = nullptr;
  bool add_generation_prompt = false;
  std::optional<bool> enable_thinking;  // none: as templates have it
  std::string date;  // "2026-03-02": today, as the template is told
};

// What it made of it: its text, or what it complained of.
struct TemplateOutput {
  std::string text;
  std::string complaint;
};

class TemplateEngine {
 public:
  // Throws BadUsage when python3 or jinja2 is missing (how to get it), or when
  // the template cannot be read by it.
  explicit TemplateEngine(const ChatTemplate& source);
  ~TemplateEngine();
  TemplateEngine(const TemplateEngine&) = delete;

  // What the tokenizer puts before a text.
  const std::string& bos() const { return bos_; }

  // Waits for the answer. Throws Fatal when the engine has gone.
  TemplateOutput render(const TemplateInput& input);

 private:
  std::string bos_;
  std::unique_ptr<AnsweringChild> child_;
};

}  // namespace simulate
