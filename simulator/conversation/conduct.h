// What the program does with a reply, as a number.
#pragma once

namespace simulate {

// Raised whenever the same replies would give other requests or another
// conversation: other parsing of calls, other checks or corrections, other
// prompts around the user's own. The ledger keeps it with the settings that a
// conversation was made under. Conversations of an older number are rendered
// from their transcripts by a replay, and not played again. A test plays
// recorded replies and fails when what comes out changes and this does not.
//
// 2: half a surrogate pair is read, lists of Python calls without a tag, names
//    in any script, mentions of tags, and words between tags that name no tool
//    are read otherwise.
// 3: hidden characters are taken out of what models write, a conversation ends
//    at 8 MiB, and a line that names a speaker is a reason to ask again.
// 4: the tester is told what was said in the sessions before and what has
//    happened since, and persons change with what happens to them.
// 5: the tester is told what kind of moment it is, which may withhold tools or
//    make calls fail; nothing is told to the assistant that the record lacks.
// 6: the assistant is shown examples that fit, tools in an order of their own,
//    and notes before its instructions.
constexpr int kConduct = 6;

}  // namespace simulate
