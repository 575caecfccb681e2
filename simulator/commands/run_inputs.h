// What a run is made from: the settings that were asked for, completed by what
// the user's files hold, and the contents of these files, read and checked
// once.
// Tested by tests/program/continue_test.cpp.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "simulator/conversation/persona_list.h"
#include "simulator/conversation/prompts.h"
#include "simulator/conversation/rubric.h"
#include "simulator/conversation/situations.h"
#include "simulator/models/provider.h"
#include "simulator/settings/settings.h"
#include "tools/tool_file.h"

namespace simulate {

struct RunInputs {
  Settings settings;  // with everything that was found out
  Prompts prompts;
  PersonaList personas;
  PersonaList left_out;  // they do not speak the scripted model's language
  Situations situations;
  std::vector<Provider> providers;
  std::vector<ToolGroup> tools;
  std::optional<Rubric> rubric;  // of the judge, if there is one
  std::string scenes;            // that the offline model plays; see world.h
  std::vector<std::string> secrets;  // that nothing may show or keep
  std::vector<std::string> notes;    // what the user should know of them
};

// The roles that a run of such conversations has.
std::set<Role> roles_of(const ConversationSettings& settings);

// Reads and checks prompts, personas, situations, tools and providers. Throws
// BadUsage.
RunInputs read_run_inputs(const Settings& asked);

// Those of --situations, or the tasks with the axes of those. Throws BadUsage.
Situations chosen_situations(const Settings& asked);

// That of --rubric, or the one that ships. Throws BadUsage.
Rubric chosen_rubric(const Settings& asked);

// Of the groups, "memory,diary".
std::string names_of_groups(const std::vector<ToolGroup>& tools);

// Tools that servers run, and which of their groups a storyline may lack.
struct ServedTools {
  std::vector<ToolGroup> groups;
  std::vector<std::string> optional;
};

// The same with tools of servers beside those of files.
RunInputs with_served_tools(RunInputs inputs, const ServedTools& served);

}  // namespace simulate
