// A run whose replies come from a stranger: the first ones to one role are
// hostile, all others honest, so that it can end well.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/hostile/hostile.h"
#include "tests/hostile/stranger.h"

namespace simulate {

// What is wrong with each of the first answers to a role, as bytes of HTTP.
inline Stranger::Answer first(const std::string& role,
                              std::vector<std::string> answers) {
  return [role, answers = std::move(answers)](
             const Stranger::Asked& asked,
             RawConnection&) -> std::optional<std::string> {
    auto number = static_cast<size_t>(asked.number);
    if (asked.role != role || number > answers.size()) return std::nullopt;
    return answers[number - 1];
  };
}

// What is wrong with the first answer to each role. None of them is asked for
// again after the same pause as another one.
inline Stranger::Answer first_of_each(std::vector<std::string> answers) {
  return [answers = std::move(answers)](
             const Stranger::Asked& asked,
             RawConnection&) -> std::optional<std::string> {
    size_t role = asked.role == "tester"      ? 0
                  : asked.role == "assistant" ? 1
                                              : 2;
    if (asked.number > 1 || role >= answers.size()) return std::nullopt;
    return answers[role];
  };
}

// With an honest answer after each of them, as one that is rejected is asked
// for again.
inline std::vector<std::string> with_honest_between(
    const std::vector<std::string>& texts) {
  std::vector<std::string> answers;
  for (const std::string& text : texts) {
    answers.push_back(raw_response(chat_completion(text, "m")));
    answers.push_back(raw_response(
        chat_completion("<think>\nLet me see.\n</think>\n\nI see, number " +
                            std::to_string(answers.size()) + ".",
                        "m")));
  }
  return answers;
}

inline std::string in_text(const std::string& text) {
  return raw_response(chat_completion(text, "m"));
}

inline const std::string kThought = "<think>\nLet me see.\n</think>\n\n";

class HostileReply : public Hostile {
 protected:
  static Words from_box(int target) {
    return {"--providers",   "box",      "--target", std::to_string(target),
            "--output",      "run.json", "--turns",  "1-1",
            "--concurrency", "1"};
  }

  Ended run_with(Stranger& stranger, int target = 1) {
    stranger.introduce_to(scratch_);
    return run(from_box(target));
  }

  // Ends well all the same.
  void outlives(Stranger& stranger, int target = 1) {
    expect_saved(run_with(stranger, target), static_cast<size_t>(target));
  }

  int64_t number(const std::string& sql) {
    SQLite::Database database((scratch_ / "run.db").string());
    return database.execAndGet(sql).getInt64();
  }

  int64_t rejected() { return number("SELECT count(*) FROM rejected_replies"); }
};

}  // namespace simulate
