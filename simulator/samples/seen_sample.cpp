#include "simulator/samples/seen_sample.h"

namespace simulate {

namespace {

// Arguments and schemas that were text for the file's sake are read by the
// trainer before its template sees them.
void read_texts(Json& messages, Json& tools, const Family& family) {
  for (Json& message : messages) {
    if (!message.contains("tool_calls") || family.text_arguments) continue;
    for (Json& call : message["tool_calls"]) {
      Json& arguments = call["function"]["arguments"];
      if (!arguments.is_string()) continue;
      std::string text = arguments.get<std::string>();
      arguments = parse_json(text).value_or(Json::object());
    }
  }
  for (Json& tool : tools) {
    Json& parameters = tool["function"]["parameters"];
    if (!parameters.is_string()) continue;
    std::string text = parameters.get<std::string>();
    parameters = parse_json(text).value_or(Json::object());
  }
}

TemplateInput input_of(const Sample& sample, const DatasetPlan& plan) {
  Json row = plan.trainer->row(sample, *plan.family);
  TemplateInput input;
  if (row.contains("prompt")) {
    input.messages = row["prompt"];
    input.messages.push_back(row["completion"][0]);
  } else {
    input.messages = row["messages"];
  }
  if (row.contains("tools") && !row["tools"].empty()) {
    input.tools = row["tools"];
  }
  input.date = date_of(sample);
  read_texts(input.messages, input.tools, *plan.family);
  return input;
}

}  // namespace

bool is_seen_by_template(const DatasetPlan& plan) {
  return plan.format == SampleFormat::rendered ||
         plan.trainer->uses_chat_template;
}

SeenSample seen_sample(const Sample& sample, const DatasetPlan& plan,
                       TemplateEngine& engine) {
  if (plan.format == SampleFormat::rendered) {
    bool thinks = plan.rules.thoughts != TrainedThoughts::none;
    RenderedSample text = rendered_sample(sample, *plan.family, thinks, engine);
    return {text.prompt, text.completion, text.complaint};
  }
  TemplateInput input = input_of(sample, plan);
  TemplateOutput whole = engine.render(input);
  if (!whole.complaint.empty()) return {"", "", whole.complaint};
  if (!plan.rules.last_only) return {"", whole.text, ""};
  input.messages.erase(input.messages.size() - 1);
  input.add_generation_prompt = true;
  TemplateOutput prompt = engine.render(input);
  if (!prompt.complaint.empty()) return {"", "", prompt.complaint};
  if (!whole.text.starts_with(prompt.text)) return {whole.text, "", "", true};
  return {prompt.text, whole.text.substr(prompt.text.size()), ""};
}

}  // namespace simulate
