#include "simulator/commands/run_inputs.h"

#include <algorithm>

#include "simulator/base/hash.h"
#include "simulator/base/text.h"
#include "simulator/commands/mcp_session.h"
#include "simulator/commands/setup.h"
#include "simulator/commands/shipped_files.h"
#include "simulator/conversation/conduct.h"
#include "simulator/conversation/evidence.h"

namespace simulate {

namespace {

RoleSettings role_settings(const Provider& provider, Role role,
                           const Sampling& usual) {
  RoleSettings settings{provider.model_for(role), usual.temperature,
                        usual.max_tokens};
  auto own = provider.roles.find(role);
  if (own == provider.roles.end()) return settings;
  settings.temperature = own->second.temperature.value_or(usual.temperature);
  settings.max_tokens = own->second.max_tokens.value_or(usual.max_tokens);
  return settings;
}

ModelSettings models_of(const std::vector<Provider>& providers,
                        const ConversationSettings& usual) {
  ModelSettings models;
  for (const Provider& provider : providers) {
    auto& roles = models[provider.name];
    roles[Role::tester] = role_settings(provider, Role::tester, usual.tester);
    roles[Role::assistant] =
        role_settings(provider, Role::assistant, usual.assistant);
    roles[Role::rewriter] =
        role_settings(provider, Role::rewriter, usual.rewriter);
  }
  return models;
}

std::vector<std::string> names_of(const std::vector<Provider>& providers) {
  std::vector<std::string> names;
  for (const Provider& provider : providers) names.push_back(provider.name);
  return names;
}

TextHashes hashes_of(const PromptFiles& files) {
  TextHashes hashes;
  for (const auto& [file, text] : files) hashes.set(file, content_hash(text));
  return hashes;
}

TextHashes hashes_of(const std::vector<ToolGroup>& groups) {
  TextHashes hashes;
  for (const ToolGroup& group : groups) {
    hashes.set(group.name, content_hash(group.text));
  }
  return hashes;
}

bool offers_all(const std::vector<ToolGroup>& tools,
                const std::vector<std::string>& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&](const auto& name) {
    return std::any_of(tools.begin(), tools.end(),
                       [&](const auto& group) { return group.name == name; });
  });
}

// Their SQL reads the tables of the tools that they need.
void look_at_situations(RunInputs& inputs) {
  Evidence evidence(inputs.tools);
  std::vector<std::string> left_out;
  for (const Situation& situation : inputs.situations.all) {
    if (offers_all(inputs.tools, situation.tools)) {
      evidence.check(situation);
    } else {
      left_out.push_back(situation.name);
    }
  }
  if (left_out.empty()) return;
  inputs.notes.push_back(
      "Without the tools that they need these situations "
      "are not played: " +
      joined(left_out, ", ") + ".");
}

}  // namespace

RunInputs read_run_inputs(const Settings& asked) {
  RunInputs inputs;
  inputs.prompts = load_prompts(shipped(asked.systemprompts, "systemprompts"));
  inputs.personas = load_personas(shipped(asked.personas, "personas"));
  inputs.tools = load_tools(asked.tools.groups);
  inputs.situations = load_situations(shipped(asked.situations, "situations"));
  Chosen chosen = chosen_providers(asked);
  inputs.providers = std::move(chosen.providers);
  inputs.notes = std::move(chosen.notes);
  inputs.secrets = std::move(chosen.secrets);
  look_at_situations(inputs);
  for (std::string& secret : secrets_of_servers(asked)) {
    inputs.secrets.push_back(std::move(secret));
  }

  Settings& settings = inputs.settings = asked;
  settings.conversation.cast = std::move(chosen.cast);
  settings.conversation.scripted = all_offline(inputs.providers);
  settings.providers = names_of(inputs.providers);
  settings.models = models_of(inputs.providers, settings.conversation);
  settings.prompts = hashes_of(inputs.prompts.files);
  settings.tool_texts = hashes_of(inputs.tools);
  settings.optional_tools = asked.tools.optional;
  settings.persona_texts = inputs.personas.hash();
  settings.situation_texts = inputs.situations.hash;
  settings.conduct = kConduct;
  return inputs;
}

std::string names_of_groups(const std::vector<ToolGroup>& tools) {
  std::vector<std::string> names;
  for (const ToolGroup& group : tools) names.push_back(group.name);
  return joined(names, ",");
}

RunInputs with_served_tools(RunInputs inputs, const ServedTools& served) {
  for (const ToolGroup& group : served.groups) inputs.tools.push_back(group);
  for (const std::string& name : served.optional) {
    inputs.settings.optional_tools.push_back(name);
  }
  inputs.settings.tool_texts = hashes_of(inputs.tools);
  return inputs;
}

}  // namespace simulate
