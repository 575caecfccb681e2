// Axolotl: messages with `train` on each, which it heeds only when told of it.
// It finds what to learn by rendering a conversation with and without the
// message, which a template that drops earlier thoughts leads astray: so one
// message a sample. Arguments and parameters are texts, which it reads: Arrow
// would make one shape of them (prompt_strategies/chat_template.py).
// Tested by tests/samples/trainer_test.cpp.
#include "simulator/samples/message_json.h"
#include "simulator/samples/row_rules.h"
#include "simulator/samples/trainer.h"

namespace simulate {

namespace {

Json row(const Sample& sample, const Family& family) {
  MessageForm form{family.thought, true, &family};
  Json result = {{"messages", messages_json(sample, form)},
                 {"tools", tools_json(sample.tools)}};
  for (Json& tool : result["tools"]) {
    Json& parameters = tool["function"]["parameters"];
    parameters = to_text(parameters);
  }
  for (Json& message : result["messages"]) message["train"] = false;
  result["messages"].back()["train"] = true;
  return result;
}

std::string fault(const Json& row, const Family&) {
  int64_t learnt = 0;
  for (const Json& message : row["messages"]) {
    if (message.value("train", true)) ++learnt;
  }
  if (learnt != 1 || !row["messages"].back().value("train", false)) {
    return "another message to learn than the last";
  }
  std::string chat = chat_fault(row["messages"], {.text_arguments = true});
  return chat.empty() ? tools_fault(row["tools"]) : chat;
}

// It adds nothing of its own to these texts.
Json rendered_row(const std::string& prompt, const std::string& completion) {
  return {{"segments",
           {{{"label", false}, {"text", prompt}},
            {{"label", true}, {"text", completion}}}}};
}

std::string dataset(const char* part, const DatasetFacts& facts) {
  std::string text = "  - path: " + data_file(part, facts.container) +
                     "\n"
                     "    ds_type: " +
                     loader_of(facts.container) + "\n";
  if (facts.format == SampleFormat::rendered) {
    return text + "    type: input_output\n";
  }
  text +=
      "    type: chat_template\n"
      "    field_messages: messages\n"
      "    message_field_training: train\n"
      "    roles_to_train: []\n"
      "    train_on_eos: turn\n";
  if (facts.family->thought == ThoughtPlace::thinking) {
    text +=
        "    field_thinking: thinking\n"
        "    template_thinking_key: thinking\n";
  }
  return text;
}

Files files(const DatasetFacts& facts) {
  std::string config =
      "# axolotl train axolotl.yaml\n"
      "base_model: # the model that you tune\n"
      "datasets:\n" +
      dataset("train", facts);
  if (facts.has_validation) {
    config += "test_datasets:\n" + dataset("validation", facts) +
              "    split: train\n";
  }
  config +=
      "dataset_prepared_path: prepared\n"
      "train_on_inputs: false\n"
      "# The longest sample fits; one that did not would be dropped.\n"
      "sequence_len: " +
      std::to_string(fitting_length(facts)) +
      "\n"
      "output_dir: tuned\n"
      "adapter: lora\n"
      "lora_r: 16\n"
      "lora_alpha: 32\n"
      "lora_target_linear: true\n"
      "micro_batch_size: 1\n"
      "gradient_accumulation_steps: 8\n"
      "learning_rate: 1.0e-4\n"
      "num_epochs: 2\n"
      "bf16: auto\n";
  return {{"axolotl.yaml", config}};
}

}  // namespace

const Trainer& axolotl() {
  static const Trainer trainer = {
      .name = "axolotl",
      .title = "Axolotl",
      .learns = Learns::last,
      .usual_cut = 512,
      .row = row,
      .rendered_row = rendered_row,
      .fault = fault,
      .uses_chat_template = true,
      .adds_bos = false,
      .files = files,
  };
  return trainer;
}

}  // namespace simulate
