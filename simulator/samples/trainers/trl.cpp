// TRL: `prompt` messages, `completion` one message, `tools`. It renders both
// with the model's template and learns what the completion adds; it knows no
// mark on a message. Keys that some calls lack must be declared as JSON, or
// Arrow fills them with null (sft_trainer.py; datasets 4.7, features.Json).
// Tested by tests/samples/trainer_test.cpp.
#include "simulator/base/text.h"
#include "simulator/samples/message_json.h"
#include "simulator/samples/row_rules.h"
#include "simulator/samples/trainer.h"

namespace simulate {

namespace {

Json row(const Sample& sample, const Family& family) {
  MessageForm form{family.thought, family.text_arguments, &family};
  Json prompt = messages_json(sample, form);
  Json completion = Json::array({prompt.back()});
  prompt.erase(prompt.size() - 1);
  return {{"id", sample.id},
          {"prompt", std::move(prompt)},
          {"completion", std::move(completion)},
          {"tools", tools_json(sample.tools)}};
}

std::string fault(const Json& row, const Family& family) {
  if (row["completion"].size() != 1) return "a completion of several messages";
  Json all = row["prompt"];
  all.push_back(row["completion"][0]);
  std::string chat = chat_fault(all, {.text_arguments = family.text_arguments});
  return chat.empty() ? tools_fault(row["tools"]) : chat;
}

Json preference_row(const Preference& pair, const Family& family) {
  MessageForm form{family.thought, family.text_arguments, &family};
  Json pairless = row(pair.chosen, family);
  Json other = message_json(pair.rejected, form, pair.chosen.syntax);
  return {{"id", pairless["id"]},
          {"prompt", pairless["prompt"]},
          {"chosen", pairless["completion"]},
          {"rejected", Json::array({other})},
          {"tools", pairless["tools"]}};
}

// The end of each script.
constexpr const char* kSteps = R"python(        eval_strategy=EVALUATION,
        per_device_train_batch_size=1,
        gradient_accumulation_steps=8,
        learning_rate=RATE,
        num_train_epochs=EPOCHS,
        bf16=True,
    ),
    train_dataset=data["train"],
    eval_dataset=data.get("validation"),
)
trainer.train()
)python";

constexpr const char* kMessages =
    R"python(# pip install "trl>=1.0" "datasets>=4.7"; python train.py
from datasets import Features, Json, List, Value, load_dataset
from trl import SFTConfig, SFTTrainer

# Declared, or a key that some calls lack would come back as null.
features = Features({"id": Value("string"), "prompt": List(Json()),
                     "completion": List(Json()), "tools": List(Json())})
data = load_dataset("LOADER", data_files={FILES}, features=features)

trainer = SFTTrainer(
    model="the model that you tune",
    args=SFTConfig(
        output_dir="tuned",
        max_length=LENGTH,  # the longest sample fits
        completion_only_loss=True,  # assistant_only_loss would learn history
STEPS)python";

constexpr const char* kPreferences =
    R"python(# pip install "trl>=1.0" "datasets>=4.7"; python train.py
from datasets import Features, Json, List, Value, load_dataset
from trl import DPOConfig, DPOTrainer

# Declared, or a key that some calls lack would come back as null.
features = Features({"id": Value("string"), "prompt": List(Json()),
                     "chosen": List(Json()), "rejected": List(Json()),
                     "tools": List(Json())})
data = load_dataset("LOADER", data_files={FILES}, features=features)

trainer = DPOTrainer(
    model="the model that you tune",
    args=DPOConfig(
        output_dir="tuned",
        max_length=LENGTH,  # the longest pair fits
STEPS)python";

// A text is tokenized here: TRL would add an end where a call ends otherwise.
constexpr const char* kRendered =
    R"python(# pip install trl datasets; python train.py
from datasets import load_dataset
from transformers import AutoTokenizer
from trl import SFTConfig, SFTTrainer

MODEL = "the model that you tune"
tokenizer = AutoTokenizer.from_pretrained(MODEL)


def tokens_of(row):
    # The tokenizer puts its own first token before the prompt, if it has one;
    # the completion ends with its last.
    prompt = tokenizer(row["prompt"])["input_ids"]
    completion = tokenizer(row["completion"], add_special_tokens=False)["input_ids"]
    return {"input_ids": prompt + completion,
            "completion_mask": [0] * len(prompt) + [1] * len(completion)}


data = load_dataset("LOADER", data_files={FILES})
data = data.map(tokens_of, remove_columns=data["train"].column_names)

trainer = SFTTrainer(
    model=MODEL,
    processing_class=tokenizer,
    args=SFTConfig(
        output_dir="tuned",
        max_length=LENGTH,  # the longest sample fits
        completion_only_loss=True,
STEPS)python";

Files files(const DatasetFacts& facts) {
  const char* script = kMessages;
  if (facts.format == SampleFormat::rendered) script = kRendered;
  bool pairs = facts.format == SampleFormat::preference;
  if (pairs) script = kPreferences;
  std::string text = replaced(script, "STEPS", kSteps);
  text = replaced(std::move(text), "RATE", pairs ? "1e-6" : "1e-5");
  text = replaced(std::move(text), "EPOCHS", pairs ? "1" : "2");
  return {{"train.py", filled_in(std::move(text), facts)}};
}

}  // namespace

const Trainer& trl() {
  static const Trainer trainer = {
      .name = "trl",
      .title = "TRL",
      .learns = Learns::last,
      .usual_cut = 1024,
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
