// What a model family writes, however odd the arguments, is what we read.
#include "tests/calls/dialects.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "simulator/base/random.h"
#include "simulator/base/text.h"
#include "simulator/calls/reply_parser.h"
#include "tests/calls/random_calls.h"
#include "tests/repetitions.h"

namespace simulate {
namespace {

const std::vector<std::string> kThoughts = {
    "", "", "Hm.", "I want to look.\n\nThen {answer}: \"3 < 4\"."};
const std::vector<std::string> kSaid = {
    "", "", "Let me see.",
    "It's 3 < 4 (really), {maybe} \"so\":", "One moment, Ana.\nI look."};

std::string shown(const Calls& calls) {
  std::string text;
  for (const ParsedCall& call : calls) {
    text += call.name + " " + to_text(call.arguments) + "\n";
  }
  return text;
}

bool is_called_already(const Calls& calls, const std::string& name) {
  return std::any_of(calls.begin(), calls.end(),
                     [&](const ParsedCall& call) { return call.name == name; });
}

// The types of its arguments belong to a name, so each is called once.
ParsedCall call_for(const Dialect& dialect, const Calls& others,
                    Random& random) {
  while (true) {
    ParsedCall call = random_call(random);
    if (is_called_already(others, call.name)) continue;
    if (dialect.can_say(call)) return call;
  }
}

Turn random_turn(const Dialect& dialect, Random& random) {
  Turn turn;
  turn.thinking = random.pick(kThoughts);
  turn.before = random.pick(kSaid);
  for (int n = random.between(1, 3); n > 0; --n) {
    turn.calls.push_back(call_for(dialect, turn.calls, random));
  }
  if (dialect.text_behind) turn.behind = random.pick(kSaid);
  return turn;
}

std::string content_of(const Turn& turn) {
  std::string between =
      turn.before.empty() || turn.behind.empty() ? "" : "\n\n";
  return turn.before + between + turn.behind;
}

// What came of it, to be compared in one piece.
std::string shown(const std::vector<std::string>& faults, const Calls& calls,
                  const std::string& content, const std::string& thinking) {
  return "faults: " + joined(faults, " | ") + "\n" + shown(calls) +
         "content: " + content + "\nthinking: " + thinking;
}

// An empty text when it was; else what was read instead.
std::string misread(const Dialect& dialect, const Turn& turn) {
  std::string text = written(dialect, turn);
  ParsedReply reply = parse_reply(text, tools_for(turn.calls));
  std::string meant = shown({}, turn.calls, content_of(turn), turn.thinking);
  std::string read =
      shown(reply.faults, reply.calls, reply.content, reply.thinking);
  if (read == meant) return "";
  return text + "\n---- was read as\n" + read + "\n---- not as\n" + meant;
}

TEST(Dialects, AreReadBackAsTheyWereWritten) {
  size_t calls = 0;
  const auto rounds = static_cast<uint64_t>(repetitions(150, 30));
  for (const Dialect& dialect : dialects()) {
    for (uint64_t round = 0; round < rounds; ++round) {
      uint64_t seed = seed_for(round, dialect.name);
      Random random(seed);
      Turn turn = random_turn(dialect, random);
      calls += turn.calls.size();
      std::string wrong = misread(dialect, turn);
      EXPECT_EQ(wrong, "") << dialect.name << ", seed " << seed;
      if (!wrong.empty()) break;  // one of a kind says enough
    }
  }
  std::printf("%zu dialects, %zu calls\n", dialects().size(), calls);
}

// Without quotes and what opens thoughts, results and parameters: those may
// rightly swallow what follows.
const std::vector<std::string> kNonsense = {"so ",
                                            "\n",
                                            " ",
                                            "{",
                                            "}",
                                            "[",
                                            "]",
                                            "f(",
                                            ")",
                                            ",",
                                            ";",
                                            "```",
                                            "```json\n",
                                            "<tool_call>",
                                            "</tool_call>",
                                            "<tool_calls>",
                                            "</tool_calls>",
                                            "</function>",
                                            "</invoke>",
                                            "</parameter>",
                                            "</arg_value>",
                                            "<TOOLCALL>",
                                            "</TOOLCALL>",
                                            "[/TOOL_CALLS]",
                                            "[TOOL_CALLS]",
                                            "[ARGS]",
                                            "functools[",
                                            "<|python_tag|>",
                                            "<|tool_call|>",
                                            "<|call|>",
                                            "<|eot_id|>",
                                            "</s>",
                                            "<|tool_call_begin|>",
                                            "<|tool_call_end|>",
                                            "<|tool_calls_section_end|>",
                                            "<|END_ACTION|>",
                                            "<|python_end|>",
                                            "<tools>",
                                            "</tools>",
                                            "<|start|>assistant",
                                            "1e999",
                                            "=",
                                            "# ",
                                            "None"};

std::string nonsense(Random& random) {
  std::string text;
  for (int n = random.between(0, 8); n > 0; --n) text += random.pick(kNonsense);
  return text;
}

const Dialect& closed_dialect(Random& random) {
  while (true) {
    const Dialect& dialect = random.pick(dialects());
    if (dialect.closed) return dialect;
  }
}

bool holds(const Calls& calls, const ParsedCall& wanted) {
  return std::any_of(calls.begin(), calls.end(), [&](const ParsedCall& call) {
    return call.name == wanted.name && call.arguments == wanted.arguments;
  });
}

TEST(Dialects, LoseNoCallToTheNonsenseAroundIt) {
  const auto seeds = static_cast<uint64_t>(repetitions(5000, 1000));
  for (uint64_t seed = 0; seed < seeds; ++seed) {
    Random random(seed);
    std::string text = nonsense(random);
    Calls calls;
    std::string names;
    for (int i = 0; i < 2; ++i) {
      const Dialect& dialect = closed_dialect(random);
      calls.push_back(call_for(dialect, calls, random));
      text += dialect.write({calls.back()}) + nonsense(random);
      names += std::string(dialect.name) + ", ";
    }
    ParsedReply reply = parse_reply(text, tools_for(calls));
    for (const ParsedCall& call : calls) {
      ASSERT_TRUE(holds(reply.calls, call))
          << names << "seed " << seed << "\n"
          << text << "\nlost: " << shown({call}) << "found:\n"
          << shown(reply.calls) << joined(reply.faults, "\n");
    }
  }
}

// Two whole replies, cut anywhere, with anything between.
TEST(Dialects, MixedAndTornBreakNothing) {
  const auto seeds = static_cast<uint64_t>(repetitions(3000, 600));
  for (uint64_t seed = 0; seed < seeds; ++seed) {
    Random random(seed);
    std::string text;
    Calls calls;
    for (int i = 0; i < 2; ++i) {
      const Dialect& dialect = random.pick(dialects());
      Turn turn = random_turn(dialect, random);
      std::string whole = written(dialect, turn);
      text += whole.substr(0, random.below(whole.size() + 1));
      text += random_text(random) + nonsense(random);
      calls.insert(calls.end(), turn.calls.begin(), turn.calls.end());
    }
    ParsedReply reply = parse_reply(text, tools_for(calls));
    EXPECT_LE(reply.calls.size(), 16u) << "seed " << seed;
    EXPECT_LE(reply.faults.size(), 12u) << "seed " << seed;
    EXPECT_FALSE(contains(reply.content, "<tool_call>")) << "seed " << seed;
  }
}

}  // namespace
}  // namespace simulate
