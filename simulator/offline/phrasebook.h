// All that the scripted speakers say: a class for each file of phrases/, a
// member for each list in it. Read once from what was compiled in; a fault in a
// file is Fatal when the book is first opened.
#pragma once

#include <re2/re2.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/offline/phrase_file.h"
#include "simulator/offline/scenes.h"

namespace simulate::offline {

// What Ada says.
class AssistantWords : PhraseFile {
 public:
  explicit AssistantWords(std::string_view text);

  const Phrases meet = list("meet");
  const Phrases meet_plain = list("meet_plain");
  const PhraseGroups reactions = groups_by_matter("reactions");
  const Phrases react_on_topic = list("react_on_topic");
  const Phrases on_topic = list("on_topic");
  const Phrases plain = list("plain");
  const PhraseGroups opinions = groups_by_matter("opinions");
  const Phrases recalled = list("recalled");
  const Phrases not_found = list("not_found");
  const Phrases still_not_found = list("still_not_found");
  const Phrases found_after_all = list("found_after_all");
  const Phrases only_that = list("only_that");
  const Phrases reminder_set = list("reminder_set");
  const Phrases on_the_list = list("on_the_list");
  const Phrases tried_out = list("tried_out");
  const Phrases leaned = list("leaned");
  const Phrases change_noted = list("change_noted");
  const Phrases made_exact = list("made_exact");
  const Phrases did_not_work = list("did_not_work");
  const Phrases forgotten = list("forgotten");
  const Phrases nothing_to_forget = list("nothing_to_forget");
  const Phrases completed = list("completed");
  const Phrases left_open = list("left_open");
  const Phrases mention = list("mention");
  const Phrases connect = list("connect");
  const Phrases farewell = list("farewell");
  const Phrases farewell_plain = list("farewell_plain");
  const Phrases clock = list("clock");
  const Phrases diary = list("diary");
  const Phrases diary_plain = list("diary_plain");
  const Phrases oops = list("oops");
};

// What Ada thinks, by what she does next.
class AssistantThoughts : PhraseFile {
 public:
  explicit AssistantThoughts(std::string_view text);

  const Phrases fillers = texts("fillers");
  const Phrases store = list("store");
  const Phrases recall = list("recall");
  const Phrases look_to_forget = list("look_to_forget");
  const Phrases delete_memory = list("delete_memory");
  const Phrases remind = list("remind");
  const Phrases look_to_complete = list("look_to_complete");
  const Phrases complete = list("complete");
  const Phrases watch = list("watch");
  const Phrases write_diary = list("write_diary");
  const Phrases write_diary_plain = list("write_diary_plain");
  const Phrases mistaken = list("mistaken");
  const Phrases again = list("again");
  const Phrases shop = list("shop");
  const Phrases try_out = list("try_out");
  const Phrases lean = list("lean");
  const Phrases change = list("change");
  const Phrases answer = list("answer");
  const Phrases answer_more = list("answer_more");
  const Phrases answer_plain = list("answer_plain");
  const Phrases answer_reply = list("answer_reply");
  const Phrases answer_unkept = list("answer_unkept");
  const Phrases answer_stored = list("answer_stored");
  const Phrases answer_found = list("answer_found");
  const Phrases answer_missing = list("answer_missing");
  const Phrases answer_shopped = list("answer_shopped");
  const Phrases answer_tried = list("answer_tried");
  const Phrases answer_not_tried = list("answer_not_tried");
  const Phrases answer_set = list("answer_set");
  const Phrases answer_changed = list("answer_changed");
  const Phrases answer_forgot = list("answer_forgot");
  const Phrases answer_only_that = list("answer_only_that");
  const Phrases answer_done = list("answer_done");
  const Phrases answer_open = list("answer_open");
  const Phrases answer_opinion = list("answer_opinion");
  const Phrases answer_bye = list("answer_bye");
};

// What the person says.
class TesterWords : PhraseFile {
 public:
  explicit TesterWords(std::string_view text);

  const Phrases first_hello = list("first_hello");
  const Phrases later_hello = list("later_hello");
  const PhraseGroups openings = groups("openings");
  const Phrases turn_to = list("turn_to");
  const PhraseGroups moods = groups("moods");
  const Phrases news = list("news");
  const Phrases fact = list("fact");
  const Phrases aside_fact = list("aside_fact");
  const Phrases answer_fact = list("answer_fact");
  const Phrases answer_whether = list("answer_whether");
  const Phrases answer_either = list("answer_either");
  const Phrases answer_when = list("answer_when");
  const Phrases answer_how = list("answer_how");
  const Phrases answer_who = list("answer_who");
  const Phrases answer_why = list("answer_why");
  const Phrases answer_what = list("answer_what");
  const Phrases extend = list("extend");
  const Phrases go_on = list("go_on");
  const Phrases opinion = list("opinion");
  const Phrases remind_me = list("remind_me");
  const Phrases shopping = list("shopping");
  const Phrases things = list("things");
  const Phrases try_tool = list("try_tool");
  const PhraseGroups tasks = groups_by_matter("tasks");
  const Phrases when_due = list("when_due");
  const Phrases quiz = list("quiz");
  const Phrases quiz_right = list("quiz_right");
  const Phrases quiz_wrong = list("quiz_wrong");
  const Phrases let_go = list("let_go");
  const Phrases tell_again = list("tell_again");
  const Phrases forget = list("forget");
  const Phrases lean_on = list("lean_on");
  const Phrases changed = list("changed");
  const Phrases make_exact = list("make_exact");
  const Phrases details = list("details");
  const Phrases all_done = list("all_done");
  const Phrases done = list("done");
  const Phrases not_done = list("not_done");
  const Phrases goodbye = list("goodbye");
};

// What Ada may ask and what comes of it: her question, the person's answer and
// her word to that belong together, so both scripts read this one table.
struct Exchange {
  Matter matter = Matter::other;  // other: fits every topic
  std::string question;           // empty: it is asked in AssistantWords
  std::string key;  // what the question is recognised by, in lower case
  std::string answer;
  std::string comeback;
};

class Exchanges : PhraseFile {
 public:
  explicit Exchanges(std::string_view text);

  const std::vector<Exchange> all = read_all();

  // The one that `text`, in lower case, has opened; null when its question is
  // none of ours.
  const Exchange* opened_in(std::string_view text) const;

 private:
  std::vector<Exchange> read_all();
  Exchange read(const std::string& where, const Json& value) const;
  void expect_whole(const std::string& where, const Exchange& exchange) const;
};

// How the rewriter cleans a thought.
struct Rewording {
  std::unique_ptr<RE2> pattern;  // a pattern is not copied or moved
  std::string becomes;
};

class RewriterWords : PhraseFile {
 public:
  explicit RewriterWords(std::string_view text);

  const std::string fillers = any_of("fillers");  // a pattern
  const std::vector<Rewording> rewordings = read_rewordings();
  const std::string nothing_left = text("nothing_left");

 private:
  std::vector<Rewording> read_rewordings();
};

struct Phrasebook {
  AssistantWords assistant;
  AssistantThoughts thoughts;
  TesterWords tester;
  Exchanges exchanges;
  Scenes scenes;
  RewriterWords rewriter;
};

const Phrasebook& phrasebook();

}  // namespace simulate::offline
