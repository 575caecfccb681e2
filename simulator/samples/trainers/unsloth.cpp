// Unsloth trains with TRL; its own helpers for chat data know no tools, so
// the rows hold messages and tools, and the script beside them renders both
// and masks all but the last reply (unsloth_zoo/dataset_utils.py).
// Tested by tests/samples/trainer_test.cpp.
#include "simulator/samples/message_json.h"
#include "simulator/samples/row_rules.h"
#include "simulator/samples/trainer.h"

namespace simulate {

namespace {

Json row(const Sample& sample, const Family& family) {
  MessageForm form{family.thought, family.text_arguments, &family};
  return {{"id", sample.id},
          {"messages", messages_json(sample, form)},
          {"tools", tools_json(sample.tools)}};
}

std::string fault(const Json& row, const Family& family) {
  std::string chat =
      chat_fault(row["messages"], {.text_arguments = family.text_arguments});
  return chat.empty() ? tools_fault(row["tools"]) : chat;
}

constexpr const char* kScript =
    R"python(# pip install unsloth "datasets>=4.7"; python train.py
from unsloth import FastLanguageModel
from unsloth.chat_templates import train_on_responses_only
from datasets import Features, Json, List, Value, load_dataset
from trl import SFTConfig, SFTTrainer

model, tokenizer = FastLanguageModel.from_pretrained(
    "the model that you tune", max_seq_length=LENGTH, load_in_4bit=True)
model = FastLanguageModel.get_peft_model(model, r=16, lora_alpha=32)

# Declared, or a key that some calls lack would come back as null.
features = Features({"id": Value("string"), "messages": List(Json()),
                     "tools": List(Json())})
data = load_dataset("LOADER", data_files={FILES}, features=features)


def text_of(row):
    return {"text": tokenizer.apply_chat_template(
        row["messages"], tools=row["tools"] or None, tokenize=False)}


data = data.map(text_of, remove_columns=data["train"].column_names)
trainer = SFTTrainer(
    model=model,
    processing_class=tokenizer,
    args=SFTConfig(output_dir="tuned", dataset_text_field="text",
                   max_length=LENGTH, eval_strategy=EVALUATION,
                   per_device_train_batch_size=1,
                   gradient_accumulation_steps=8, learning_rate=2e-4,
                   num_train_epochs=2),
    train_dataset=data["train"],
    eval_dataset=data.get("validation"),
)
# Each sample has one message to learn, its last.
trainer = train_on_responses_only(trainer, last_response_only=True)
trainer.train()
)python";

Json preference_row(const Preference& pair, const Family& family) {
  return trl().preference_row(pair, family);
}

Files files(const DatasetFacts& facts) {
  if (facts.format != SampleFormat::messages) return trl().files(facts);
  return {{"train.py", filled_in(kScript, facts)}};
}

}  // namespace

const Trainer& unsloth() {
  static const Trainer trainer = {
      .name = "unsloth",
      .title = "Unsloth",
      .learns = Learns::last,
      .usual_cut = 2048,
      .row = row,
      .rendered_row = prompt_completion,
      .fault = fault,
      .uses_chat_template = true,
      .preference_row = preference_row,
      .files = files,
  };
  return trainer;
}

}  // namespace simulate
