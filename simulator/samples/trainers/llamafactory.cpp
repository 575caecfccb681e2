// LLaMA-Factory: ShareGPT rows, which its converter wants in turn (human or
// observation, then gpt or function_call), so the results of a round are one
// observation. It marks no messages: `mask_history` learns the last alone. Its
// templates for thinking models would then drop the thoughts of the tool rounds
// under way, too: history is pruned here, and the template without thoughts of
// its own named (data/converter.py, template.py, formatter.py).
// Tested by tests/samples/trainer_test.cpp.
#include "simulator/base/text.h"
#include "simulator/samples/message_json.h"
#include "simulator/samples/row_rules.h"
#include "simulator/samples/trainer.h"

namespace simulate {

namespace {

// Only the first tag of a message is read, and a text in a call must not look
// like one.
std::string calls_text(const std::vector<ToolCall>& calls) {
  Json list = Json::array();
  for (const ToolCall& call : calls) {
    list.push_back({{"name", call.name}, {"arguments", call.arguments}});
  }
  std::string text = python_json(list);
  text = replaced(std::move(text), "<tool_call>", "\\u003ctool_call>");
  return replaced(std::move(text), "</tool_call>", "\\u003c/tool_call>");
}

Json assistant_turn(const Message& message) {
  std::string text = think_block(message.thinking) + message.content;
  if (message.calls.empty()) return {{"from", "gpt"}, {"value", text}};
  std::string calls = calls_text(message.calls);
  bool words = !message.content.empty();
  text += words ? "\n<tool_call>" + calls + "</tool_call>" : calls;
  return {{"from", "function_call"}, {"value", text}};
}

// The results of a round as one observation. The template of Qwen puts the tags
// around it all; chatml puts none.
std::string observed(const std::vector<std::string>& results,
                     const Family& family) {
  if (!family.tagged_results) return joined(results, "\n");
  std::string all = joined(results, "\n</tool_response>\n<tool_response>\n");
  bool bare = std::string_view(family.llamafactory_template) == "chatml";
  return bare ? "<tool_response>\n" + all + "\n</tool_response>" : all;
}

Json turns_of(const Sample& sample, const Family& family) {
  Json turns = Json::array();
  std::vector<std::string> results;
  for (const Message& message : sample.messages) {
    if (message.speaker == Speaker::tool) {
      results.push_back(result_text(message.result));
      continue;
    }
    if (!results.empty()) {
      turns.push_back(
          {{"from", "observation"}, {"value", observed(results, family)}});
      results.clear();
    }
    if (message.speaker == Speaker::assistant) {
      turns.push_back(assistant_turn(message));
    } else if (message.speaker == Speaker::tester) {
      turns.push_back({{"from", "human"}, {"value", message.content}});
    }
  }
  return turns;
}

std::string system_of(const Sample& sample) {
  const Message& first = sample.messages.front();
  return first.speaker == Speaker::system ? first.content : "";
}

Json row(const Sample& sample, const Family& family) {
  return {{"conversations", turns_of(sample, family)},
          {"system", system_of(sample)},
          {"tools", to_text(tools_json(sample.tools))}};
}

Json preference_row(const Preference& pair, const Family& family) {
  Json result = row(pair.chosen, family);
  Json chosen = result["conversations"].back();
  result["conversations"].erase(result["conversations"].size() - 1);
  result["chosen"] = chosen;
  result["rejected"] = assistant_turn(pair.rejected);
  return result;
}

// Of a function_call: what is behind the thought, or in the tag.
bool has_calls_it_reads(const std::string& value) {
  constexpr std::string_view kOpen = "<tool_call>";
  size_t tag = value.find(kOpen);
  size_t thought = value.find("\n</think>\n\n");
  size_t begin = 0;
  size_t end = value.size();
  if (tag != value.npos) {
    begin = tag + kOpen.size();
    end = value.find("</tool_call>", begin);
  } else if (thought != value.npos) {
    begin = thought + std::string_view("\n</think>\n\n").size();
  }
  if (end == value.npos) return false;
  std::optional<Json> calls = parse_json(value.substr(begin, end - begin));
  return calls && calls->is_array() && !calls->empty();
}

std::string fault(const Json& row, const Family&) {
  const Json& turns = row["conversations"];
  if (turns.empty() || turns.size() % 2 != 0) {
    return "a number of messages that is not even";
  }
  for (size_t at = 0; at < turns.size(); ++at) {
    std::string from = string_at(turns[at], "from");
    bool asks = from == "human" || from == "observation";
    if (asks != (at % 2 == 0)) return "speakers that do not take turns";
    if (from == "function_call" &&
        !has_calls_it_reads(string_at(turns[at], "value"))) {
      return "a call that it cannot read";
    }
  }
  return tools_fault(
      parse_json(string_at(row, "tools")).value_or(Json(nullptr)));
}

std::string refusal(const Family& family, TrainedThoughts thoughts) {
  std::string name = family.llamafactory_template;
  if (name.empty()) return "has no template for it that reads calls";
  bool thinks = thoughts != TrainedThoughts::none;
  return name == "mistral" && thinks
             ? "fails on a thought before a call there: take --thinking none"
             : "";
}

Json dataset(const std::string& file, bool pairs) {
  Json info = {{"file_name", file},
               {"formatting", "sharegpt"},
               {"columns",
                {{"messages", "conversations"},
                 {"system", "system"},
                 {"tools", "tools"}}},
               {"tags",
                {{"role_tag", "from"},
                 {"content_tag", "value"},
                 {"user_tag", "human"},
                 {"assistant_tag", "gpt"},
                 {"observation_tag", "observation"},
                 {"function_tag", "function_call"},
                 {"system_tag", "system"}}}};
  if (!pairs) return info;
  info["ranking"] = true;
  info["columns"]["chosen"] = "chosen";
  info["columns"]["rejected"] = "rejected";
  return info;
}

Files files(const DatasetFacts& facts) {
  bool pairs = facts.format == SampleFormat::preference;
  auto file = [&](const char* part) {
    return data_file(part, facts.container);
  };
  Json info = {{"simulate_train", dataset(file("train"), pairs)}};
  if (facts.has_validation) {
    info["simulate_validation"] = dataset(file("validation"), pairs);
  }
  std::string config =
      "# llamafactory-cli train llamafactory.yaml\n"
      "model_name_or_path: # the model that you tune\n"
      "stage: " +
      std::string(pairs ? "dpo" : "sft") +
      "\n"
      "do_train: true\n"
      "finetuning_type: lora\n"
      "lora_target: all\n"
      "dataset_dir: .\n"
      "dataset: simulate_train\n";
  if (facts.has_validation) {
    config +=
        "eval_dataset: simulate_validation\n"
        "eval_strategy: steps\n"
        "eval_steps: 100\n";
  }
  config +=
      "template: " + std::string(facts.family->llamafactory_template) + "\n";
  if (facts.family == &hermes()) {
    config += "tool_format: qwen  # which is that of Hermes\n";
  }
  if (!pairs) {
    config +=
        "# Each sample has one message to learn, its last.\n"
        "mask_history: true\n";
  }
  config += "cutoff_len: " + std::to_string(fitting_length(facts)) +
            "\n"
            "output_dir: tuned\n"
            "per_device_train_batch_size: 1\n"
            "gradient_accumulation_steps: 8\n"
            "learning_rate: " +
            std::string(pairs ? "5.0e-6\nnum_train_epochs: 1\n"
                              : "1.0e-4\nnum_train_epochs: 2\n") +
            "bf16: true\n";
  return {{"dataset_info.json", info.dump(2) + "\n"},
          {"llamafactory.yaml", config}};
}

}  // namespace

const Trainer& llamafactory() {
  static const Trainer trainer = {
      .name = "llamafactory",
      .title = "LLaMA-Factory",
      .format = SampleFormat::sharegpt,
      .learns = Learns::last,
      .usual_cut = 2048,
      .row = row,
      .fault = fault,
      .refusal = refusal,
      .preference_row = preference_row,
      .files = files,
  };
  return trainer;
}

}  // namespace simulate
