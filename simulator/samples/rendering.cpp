#include "simulator/samples/rendering.h"

#include "simulator/samples/message_json.h"

namespace simulate {

namespace {

// Some templates begin the thought themselves, or write an empty one. A thought
// that is begun must end, also when there is none.
void go_on_from(const std::string& prompt, std::string& completion) {
  constexpr std::string_view kEmpty = "<think>\n\n</think>\n\n";
  constexpr std::string_view kBegun = "<think>\n";
  if (prompt.ends_with(kEmpty) && completion.starts_with(kEmpty)) {
    completion.erase(0, kEmpty.size());
  } else if (prompt.ends_with(kBegun) && completion.starts_with(kBegun)) {
    completion.erase(0, kBegun.size());
  } else if (prompt.ends_with(kBegun)) {
    completion.insert(0, "\n</think>\n\n");
  }
}

}  // namespace

RenderedSample rendered_sample(const Sample& sample, const Family& family,
                               bool thinks, TemplateEngine& engine) {
  MessageForm form{family.thought, family.text_arguments, &family};
  TemplateInput input;
  for (const Message& message : sample.messages) {
    if (&message == &sample.messages.back()) break;
    input.messages.push_back(message_json(message, form, sample.syntax));
  }
  if (!sample.tools.empty()) input.tools = tools_json(sample.tools);
  input.add_generation_prompt = true;
  input.enable_thinking = thinks;
  input.date = date_of(sample);
  TemplateOutput output = engine.render(input);
  if (!output.complaint.empty()) return {"", "", output.complaint};
  RenderedSample result{std::move(output.text),
                        family.reply(sample.messages.back(), sample.syntax),
                        ""};
  go_on_from(result.prompt, result.completion);
  return result;
}

std::string date_of(const Sample& sample) {
  return string_at(sample.metadata, "date");
}

}  // namespace simulate
