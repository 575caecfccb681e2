#include "simulator/samples/trainer.h"

#include <algorithm>

#include "simulator/base/text.h"

namespace simulate {

const std::vector<const Trainer*>& all_trainers() {
  static const std::vector<const Trainer*> trainers = {
      &trl(),           &axolotl(),         &llamafactory(),
      &openai_tuning(), &together_tuning(), &unsloth(),
      &ms_swift()};
  return trainers;
}

const Trainer* trainer_named(const std::string& name) {
  for (const Trainer* trainer : all_trainers()) {
    if (name == trainer->name) return trainer;
  }
  return nullptr;
}

const Trainer& anyone_for(SampleFormat format) {
  if (format == SampleFormat::sharegpt) return anyone_sharegpt();
  if (format == SampleFormat::hermes) return anyone_hermes();
  return anyone_messages();
}

std::string data_file(const char* part, Container container) {
  return std::string(part) +
         (container == Container::parquet ? ".parquet" : ".jsonl");
}

const char* loader_of(Container container) {
  return container == Container::parquet ? "parquet" : "json";
}

int64_t fitting_length(const DatasetFacts& facts) {
  constexpr int64_t kStep = 1024;
  return std::max<int64_t>(1, (facts.longest_tokens + kStep - 1) / kStep) *
         kStep;
}

std::string filled_in(std::string script, const DatasetFacts& facts) {
  auto quoted = [&](const char* part) {
    return '"' + data_file(part, facts.container) + '"';
  };
  std::string files = "{\"train\": " + quoted("train");
  if (facts.has_validation) {
    files += ", \"validation\": " + quoted("validation");
  }
  script = replaced(std::move(script), "LOADER", loader_of(facts.container));
  script = replaced(std::move(script), "{FILES}", files + "}");
  script = replaced(std::move(script), "LENGTH",
                    std::to_string(fitting_length(facts)));
  return replaced(std::move(script), "EVALUATION",
                  facts.has_validation ? "\"steps\"" : "\"no\"");
}

Json prompt_completion(const std::string& prompt,
                       const std::string& completion) {
  return {{"prompt", prompt}, {"completion", completion}};
}

Json tuning_pair(Json row, Json rejected) {
  Json& messages = row["messages"];
  for (Json& message : messages) message.erase("weight");
  Json preferred = messages.back();
  messages.erase(messages.size() - 1);
  rejected.erase("weight");
  return {{"input", std::move(row)},
          {"preferred_output", Json::array({std::move(preferred)})},
          {"non_preferred_output", Json::array({std::move(rejected)})}};
}

}  // namespace simulate
