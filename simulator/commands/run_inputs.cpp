#include "simulator/commands/run_inputs.h"

#include <algorithm>

#include "simulator/base/error.h"
#include "simulator/base/hash.h"
#include "simulator/base/text.h"
#include "simulator/commands/mcp_session.h"
#include "simulator/commands/setup.h"
#include "simulator/commands/shipped_files.h"
#include "simulator/commands/world.h"
#include "simulator/conversation/conduct.h"
#include "simulator/conversation/evidence.h"
#include "simulator/conversation/first_state.h"
#include "simulator/conversation/tasks.h"
#include "simulator/offline/offline_model.h"
#include "tools/toolbox.h"

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

// Only those whom a task is for, when each is for somebody.
void keep_people_of_tasks(RunInputs& inputs) {
  std::vector<std::string> names;
  for (const Situation& task : inputs.situations.all) {
    if (task.persona.empty()) continue;
    if (inputs.personas.find(task.persona)) continue;
    for (const Persona& persona : inputs.personas)
      names.push_back(persona.name);
    std::string guess = nearest(task.persona, names);
    throw BadUsage("the task " + quotable(task.name) + " is for \"" +
                   quotable(task.persona) + "\", who takes no part" +
                   (guess.empty() ? "" : "; did you mean \"" + guess + "\"?"));
  }
  PersonaList wanted;
  for (const std::string& name : people_of(inputs.situations)) {
    if (!wanted.find(name))
      wanted.add(inputs.personas[*inputs.personas.find(name)]);
  }
  if (!wanted.empty()) inputs.personas = std::move(wanted);
}

void refuse_turns_out_of_range(const Situations& tasks, CountRange turns) {
  for (const Situation& task : tasks.all) {
    if (!task.says.empty() ||
        (task.turns.fewest <= turns.most && task.turns.most >= turns.fewest)) {
      continue;
    }
    throw BadUsage("the task " + quotable(task.name) + " has " +
                   counted(task.turns.fewest, "turn") +
                   ", which --turns does not allow");
  }
}

// Whoever makes something of the conversations is bound by them.
void name_licences(RunInputs& inputs) {
  for (const auto& [licence, people] : inputs.personas.licences()) {
    inputs.notes.push_back(std::to_string(people) + " of " +
                           std::to_string(inputs.personas.size()) +
                           " people are under a licence: " + licence + ".");
  }
}

// So that nobody is answered in a language that they do not speak.
void leave_out_other_languages(RunInputs& inputs, const Settings& asked) {
  const auto& languages = inputs.personas.languages();
  bool all_heard = std::all_of(
      languages.begin(), languages.end(),
      [](const auto& one) { return OfflineModel::speaks(one.first); });
  if (all_heard) return;
  size_t all = inputs.personas.size();
  PersonaList heard;
  for (const Persona& persona : inputs.personas) {
    bool spoken = OfflineModel::speaks(persona.language);
    (spoken ? heard : inputs.left_out).add(persona);
  }
  if (heard.empty()) {
    throw BadUsage(
        "the scripted model speaks English, and none of the personas does; "
        "choose others with --personas, or a provider that has a key");
  }
  inputs.personas = std::move(heard);
  if (asked.personas.empty()) return;  // those that ship: nobody's choice
  inputs.notes.push_back(std::to_string(inputs.left_out.size()) + " of " +
                         std::to_string(all) +
                         " people are left out: the scripted model speaks "
                         "English.");
}

void look_at_scenes(RunInputs& inputs, const Settings& asked) {
  if (!all_offline(inputs.providers)) return;
  inputs.scenes = offline_scenes(asked);
  std::vector<std::string> names;
  for (const Situation& one : inputs.situations.all) names.push_back(one.name);
  std::vector<std::string> missing =
      OfflineModel::unplayed(inputs.scenes, names);
  if (missing.empty()) return;
  throw BadUsage(asked.offline.string() + " has no scenes for " +
                 joined(missing, ", ") +
                 ": without them they cannot be played offline");
}

// Rows that fit no table would end a run in its middle.
void look_at_states(const RunInputs& inputs) {
  if (inputs.personas.with_state().empty()) return;
  Toolbox toolbox(inputs.tools);
  for (size_t index : inputs.personas.with_state()) {
    Persona persona = inputs.personas[index];
    std::string fault = state_fault(persona.state, inputs.tools);
    try {
      if (fault.empty()) toolbox.bulletin(first_state(persona, Slot()));
    } catch (const Fatal& wrong) {
      fault = std::string("does not fit: ") + wrong.what();
    }
    if (fault.empty()) continue;
    throw BadUsage("persona '" + quotable(persona.name) +
                   "': field \"state\" " + fault);
  }
}

void refuse_idle_rubric(const Settings& asked) {
  if (asked.rubric.empty()) return;
  if (asked.conversation.judging != Judging::off) return;
  throw BadUsage("--rubric " + asked.rubric.string() +
                 " is for a judge, and none is asked for: add --judge mark, "
                 "or use it with simulate judge afterwards");
}

}  // namespace

Situations chosen_situations(const Settings& asked) {
  Situations situations =
      load_situations(shipped(asked.situations, "situations"));
  if (asked.tasks.empty()) return situations;
  Situations tasks = load_tasks(asked.tasks, std::move(situations.axes));
  refuse_turns_out_of_range(tasks, asked.turns);
  return tasks;
}

Rubric chosen_rubric(const Settings& asked) {
  if (!asked.rubric.empty()) return load_rubric(asked.rubric);
  return load_rubric(shipped({}, "rubrics") / "conversation.json");
}

RunInputs read_run_inputs(const Settings& asked) {
  refuse_idle_rubric(asked);
  RunInputs inputs;
  inputs.prompts = load_prompts(shipped(asked.systemprompts, "systemprompts"));
  inputs.personas = load_personas(shipped(asked.personas, "personas"));
  inputs.tools = load_tools(asked.tools.groups);
  inputs.situations = chosen_situations(asked);
  Chosen chosen = chosen_providers(asked, roles_of(asked.conversation));
  inputs.providers = std::move(chosen.providers);
  inputs.notes = std::move(chosen.notes);
  inputs.secrets = std::move(chosen.secrets);
  look_at_situations(inputs);
  if (all_offline(inputs.providers)) leave_out_other_languages(inputs, asked);
  keep_people_of_tasks(inputs);
  name_licences(inputs);
  look_at_states(inputs);
  look_at_scenes(inputs, asked);
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
  if (settings.conversation.judging != Judging::off) {
    inputs.rubric = chosen_rubric(asked);
    settings.rubric_text = inputs.rubric->hash;
  }
  settings.conduct = kConduct;
  return inputs;
}

std::set<Role> roles_of(const ConversationSettings& settings) {
  std::set<Role> roles = {Role::tester, Role::assistant};
  if (settings.rewrite != Rewrite::off) roles.insert(Role::rewriter);
  if (settings.judging != Judging::off) roles.insert(Role::judge);
  return roles;
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
