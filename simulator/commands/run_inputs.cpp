#include "simulator/commands/run_inputs.h"

#include "simulator/base/hash.h"
#include "simulator/commands/setup.h"
#include "simulator/conversation/dialogue.h"

namespace simulate {

namespace {

Json models_of(const std::vector<Provider>& providers) {
  Json models = Json::object();
  for (const Provider& provider : providers) {
    for (Role role : {Role::tester, Role::assistant, Role::rewriter}) {
      models[provider.name][role_name(role)] = provider.model_for(role);
    }
  }
  return models;
}

Json names_of(const std::vector<Provider>& providers) {
  Json names = Json::array();
  for (const Provider& provider : providers) names.push_back(provider.name);
  return names;
}

Json sampling_of(const Provider& provider, Role role, Sampling sampling) {
  auto own = provider.roles.find(role);
  if (own != provider.roles.end()) {
    sampling.temperature =
        own->second.temperature.value_or(sampling.temperature);
    sampling.max_tokens = own->second.max_tokens.value_or(sampling.max_tokens);
  }
  return {{"temperature", sampling.temperature},
          {"max_tokens", sampling.max_tokens}};
}

}  // namespace

RunInputs read_run_inputs(const Options& options) {
  RunInputs inputs;
  inputs.prompts =
      load_prompts(shipped(options.systemprompts, "systemprompts"));
  inputs.personas = load_personas(shipped(options.personas, "personas"));
  inputs.tools = load_tool_groups(tools_folder(), options.tools);
  inputs.optional_tools = options.optional_tools;
  Chosen chosen = chosen_providers(options);
  inputs.providers = std::move(chosen.providers);
  inputs.cast = std::move(chosen.cast);
  return inputs;
}

Json settings_of(const Options& options, const RunInputs& inputs,
                 uint64_t seed) {
  Json settings;
  settings["target"] = options.target;
  settings["output"] = options.output.filename().string();
  settings["seed"] = seed;
  settings["tool_syntax"] = syntax_name(options.tool_syntax);
  settings["mode"] = all_offline(inputs.providers) ? "offline" : "real";
  settings["providers"] = names_of(inputs.providers);
  settings["models"] = models_of(inputs.providers);
  ConversationSettings usual;
  for (const Provider& provider : inputs.providers) {
    Json& sampling = settings["models"][provider.name]["sampling"];
    sampling["tester"] = sampling_of(provider, Role::tester, usual.tester);
    sampling["assistant"] =
        sampling_of(provider, Role::assistant, usual.assistant);
    sampling["rewriter"] =
        sampling_of(provider, Role::rewriter, usual.rewriter);
  }
  settings["cast"] = Json::object();
  for (const auto& [role, players] : inputs.cast) {
    settings["cast"][role_name(role)] = players;
  }
  settings["rewrite"] = rewrite_name(options.rewrite);
  if (options.tool_failures > 0) {
    settings["tool_failures"] = options.tool_failures;
  }
  for (const auto& [file, text] : inputs.prompts.files) {
    settings["prompts"][file] = content_hash(text);
  }
  for (const ToolGroup& group : inputs.tools) {
    settings["tools"][group.name] = content_hash(group.text);
  }
  if (!inputs.optional_tools.empty()) {
    settings["optional_tools"] = inputs.optional_tools;
  }
  std::string personas;
  for (const Persona& persona : inputs.personas) {
    personas += to_text(persona.to_json());
  }
  settings["personas"] = short_hash(personas);
  settings["sessions"] = options.sessions;
  settings["turns"] = std::to_string(options.fewest_turns) + "-" +
                      std::to_string(options.most_turns);
  return settings;
}

}  // namespace simulate
