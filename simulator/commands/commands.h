// The commands, a function each: main calls the one that the command line
// names. Each reads its own settings, does its work and says how it ended.
// Errors leave as Fatal or BadUsage.
// Tested by tests/program/usage_test.cpp and its neighbours.
#pragma once

#include "simulator/base/error.h"
#include "simulator/settings/settings.h"

namespace simulate {

// The main job: fills the plan and saves each conversation. Continues a run
// that is there.
ExitCode simulate_command(const Settings& settings);

// Lays out personas, prompts, tools and a file for keys in a folder, for the
// user to edit. What is there already stays as it is.
ExitCode init_command(const Settings& settings);

// One conversation now, printed and kept out of the run.
ExitCode try_command(const Settings& settings);

// Looks at everything a run needs and asks each provider for one word, before
// a night is spent on it.
ExitCode check_command(const Settings& settings);

// The training file again, in either format, from the ledger. Reads only.
ExitCode export_command(const Settings& settings);

// A ledger's run once more, from its recorded replies alone. `done` when
// everything came out as it is kept, `work_left` when something differs.
ExitCode replay_command(const Settings& settings);

// How far the run of --output is, also while it is going. Reads only.
ExitCode status_command(const Settings& settings);

// From now on, what is not begun yet in the run of --output belongs to new
// storylines, with empty memories. Throws Fatal while another process has it.
ExitCode reset_tools_command(const Settings& settings);

// What the run of --output is going to do next, and how near its shares are.
// Reads only.
ExitCode plan_command(const Settings& settings);

// One saved conversation, printed. Reads only.
ExitCode show_command(const Settings& settings);

// The saved conversations that --where chooses are taken out of the run of
// --output, to be made again; or given up for others.
ExitCode redo_command(const Settings& settings);
ExitCode drop_command(const Settings& settings);

// A judge is asked about the saved conversations of --output, or those of
// --input; or, with --calibrate, about planted defects.
ExitCode judge_command(const Settings& settings);

// JSON lines with replies in, JSON lines with what the parser reads in them
// out: what one reaches for to see why a call did not run.
ExitCode parse_reply_command(const Settings& settings);

}  // namespace simulate
