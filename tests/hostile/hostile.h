// The built program before what somebody prepared to hurt it. Whatever that is,
// it has two seconds of processor time and 256 MiB, does not crash, and shows
// nothing that a terminal would obey or a reader would not see.
#pragma once

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "simulator/base/file.h"
#include "simulator/base/text.h"
#include "tests/program/program.h"
#include "tests/program/records.h"
#include "tests/scratch.h"

namespace simulate {

// A sanitizer costs several times as much of both, and a program that was not
// optimised several times the seconds.
#if defined(SIMULATE_SANITIZED)
constexpr rlim_t kMostSeconds = 20;
constexpr int64_t kMostMemory = int64_t{2560} << 20;
#elif defined(SIMULATE_UNOPTIMISED)
constexpr rlim_t kMostSeconds = 8;
constexpr int64_t kMostMemory = int64_t{256} << 20;
#else
constexpr rlim_t kMostSeconds = 2;
constexpr int64_t kMostMemory = int64_t{256} << 20;
#endif

using Words = std::vector<std::string>;

inline Words operator+(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

// Characters by their UTF-8, as they stand in what is shown or kept.
struct Range {
  char32_t first, last;
};

// What a terminal obeys, and what turns text round: in no text of a model.
constexpr Range kObeyed[] = {
    {0x00, 0x08},     {0x0B, 0x1F},     {0x7F, 0x9F},     {0x202A, 0x202E},
    {0x2066, 0x2069}, {0x200B, 0x200B}, {0x2060, 0x2060}, {0xFEFF, 0xFEFF}};

// What nobody sees besides: in nothing that is shown.
constexpr Range kUnseen[] = {{0x61C, 0x61C}, {0x200C, 0x200F}};

// The first character of `text` in one of `ranges`, as "U+202E", or what else
// is wrong with it; nothing when all is well.
template <size_t N>
std::string found_in(std::string_view text, const Range (&ranges)[N]) {
  if (!is_utf8(text)) return "bytes that are not UTF-8";
  for (size_t at = 0; at < text.size();) {
    auto byte = static_cast<unsigned char>(text[at]);
    int more = byte < 0x80 ? 0 : byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
    char32_t code = more == 0 ? byte : byte & (0x3F >> more);
    for (++at; more > 0; --more, ++at) {
      code = code << 6 | (static_cast<unsigned char>(text[at]) & 0x3F);
    }
    for (const Range& range : ranges) {
      if (code < range.first || code > range.last) continue;
      char name[16];
      std::snprintf(name, sizeof name, "U+%04X", static_cast<unsigned>(code));
      return name;
    }
  }
  return "";
}

inline std::string unfit_to_be_shown(std::string_view text) {
  std::string found = found_in(text, kObeyed);
  return found.empty() ? found_in(text, kUnseen) : found;
}

// "a\x1b[2J..." as somebody writes it who hopes that it is shown.
inline const char* const kTrap =
    "Eve\x1b[2J\x07\r\x7f\xC2\x9B"
    "31m\xE2\x80\xAE\xE2\x81\xA6\xE2\x80\x8B\xE2\x80\x8F\xD8\x9C\xEF\xBB\xBF!";

inline std::string times(size_t count, std::string_view text) {
  std::string all;
  all.reserve(count * text.size());
  for (size_t i = 0; i < count; ++i) all += text;
  return all;
}

// {"k0":0,"k1":0,...}: an object that takes long to read for who looks each
// key up in the order in which they came.
inline std::string object_with_keys(int count) {
  std::string text = "{";
  for (int i = 0; i < count; ++i) {
    text += (i == 0 ? "\"k" : ",\"k") + std::to_string(i) + "\":0";
  }
  return text + "}";
}

// What a file holds, and what is said of it.
struct Trap {
  std::string text;
  std::string what;
};

class Hostile : public testing::Test {
 protected:
  Hostile() { program_.allow_seconds(kMostSeconds); }

  // A run with the scripted models, of short conversations.
  static Words offline(int target) {
    return {"--providers",   "offline",  "--target", std::to_string(target),
            "--output",      "run.json", "--turns",  "1-2",
            "--concurrency", "1"};
  }

  void start(const Words& arguments) {
    forget_peak();
    program_.start(arguments);
#ifndef SIMULATE_SANITIZED
    // So that a test that fails does not take the machine's memory; what is
    // reserved and not used counts here.
    constexpr auto kMostReserved = static_cast<rlim_t>(8 * kMostMemory);
    const rlimit limit = {kMostReserved, kMostReserved};
    ::prlimit(program_.pid(), RLIMIT_AS, &limit, nullptr);
#endif
  }

  Ended end() {
    if (!program_.ends()) {
      ADD_FAILURE() << "it hangs";
      hangs_ = true;
      program_.kill(SIGKILL);
    }
    Ended ended = program_.wait();
    expect_bounded(ended);
    return ended;
  }

  // Of a test where one has hung the others are not waited for.
  Ended run(const Words& arguments) {
    SCOPED_TRACE(joined(arguments, " "));
    if (hangs_) return {};
    start(arguments);
    return end();
  }

  // One sentence, before anything was done.
  void expect_refused(const Ended& ended, const std::string& what) {
    if (hangs_) return;  // it has been said
    auto lines = std::count(ended.err.begin(), ended.err.end(), '\n');
    constexpr size_t kLongestSentence = 1000;
    const char* wrong =
        ended.status != 2                      ? "it ended otherwise: "
        : lines != 1                           ? "not one line: "
        : !ended.err.starts_with("simulate: ") ? "no sentence of ours: "
        : ended.err.size() > kLongestSentence  ? "no sentence, but a page: "
        : !contains(ended.err, what)           ? "something else was said: "
                                               : "";
    EXPECT_STREQ(wrong, "") << ended.status << ", " << what << "\n"
                            << shortened(ended.err, 1000);
  }

  void refuses(const Words& arguments, const std::string& what) {
    SCOPED_TRACE(joined(arguments, " "));
    expect_refused(run(arguments), what);
  }

  static Words checking(const Words& more) {
    return Words{"check", "--providers", "offline", "--output", "run.json"} +
           more;
  }

  // By a start, by a look ahead, by a try and by `check`, with nothing begun.
  void refused_by_all(const Words& with, const std::string& what) {
    refuses(offline(1) + with, what);
    refuses(offline(1) + with + Words{"--dry-run"}, what);
    refuses(Words{"try", "--providers", "offline"} + with, what);
    refuses(checking(with), what);
    EXPECT_FALSE(std::filesystem::exists(scratch_ / "run.db"));
    forget_run();
  }

  // All is well in the end, and what was made can be trained on.
  void expect_saved(const Ended& ended, size_t conversations) {
    EXPECT_EQ(ended.status, 0) << shortened(ended.err, 2000);
    Json records = records_in(scratch_ / "run.json");
    EXPECT_EQ(records.size(), conversations);
    for (const Json& record : records) {
      check_record(record);
      for (const Json& message : record["conversations"]) {
        EXPECT_EQ(found_in(string_at(message, "content"), kObeyed), "")
            << to_text(message);
      }
    }
  }

  // Of the training file, all that was said by anybody but us.
  std::string said() const {
    std::string all;
    for (const Json& record : records_in(scratch_ / "run.json")) {
      for (const Json& message : record["conversations"]) {
        if (string_at(message, "role") == "system") continue;
        all += string_at(message, "content") + "\n";
      }
    }
    return all;
  }

  // Every byte that a run leaves behind.
  std::string kept() const {
    std::string all;
    for (const char* name : {"run.json", "run.db", "run.db-wal"}) {
      if (std::filesystem::exists(scratch_ / name)) {
        all += read_file(scratch_ / name);
      }
    }
    return all;
  }

  void put(const std::string& name, const std::string& text,
           unsigned mode = 0600) {
    std::filesystem::path path = scratch_ / name;
    std::filesystem::create_directories(path.parent_path());
    write_file(path, text, mode);
  }

  void link(const std::string& name, const std::filesystem::path& target) {
    std::filesystem::create_directories((scratch_ / name).parent_path());
    std::filesystem::create_symlink(target, scratch_ / name);
  }

  void pipe(const std::string& name) {
    std::filesystem::create_directories((scratch_ / name).parent_path());
    ASSERT_EQ(::mkfifo((scratch_ / name).c_str(), 0600), 0);
  }

  // So that the next case begins with no run.
  void forget_run() {
    for (const char* name : {"run.json", "run.db", "run.lock"}) {
      std::filesystem::remove(scratch_ / name);
    }
  }

  Scratch scratch_;
  Program program_{scratch_};
  bool hangs_ = false;

 private:
  static void expect_bounded(const Ended& ended) {
    bool slow = ended.signal == SIGXCPU || ended.signal == SIGKILL;
    EXPECT_EQ(ended.signal, 0)
        << (slow ? "it used up its processor time" : "it crashed") << "\n"
        << shortened(ended.err, 2000);
    EXPECT_LE(ended.peak_bytes >> 20, kMostMemory >> 20) << "MiB";
    EXPECT_FALSE(contains(ended.err, "Sanitizer")) << ended.err;
    EXPECT_EQ(unfit_to_be_shown(ended.err), "") << to_text(Json(ended.err));
    EXPECT_EQ(unfit_to_be_shown(ended.out), "")
        << shortened(to_text(Json(ended.out)), 2000);
  }

  // The kernel counts what we used at most for the child that we spawn, until
  // it is another program and after.
  static void forget_peak() { std::ofstream("/proc/self/clear_refs") << "5"; }
};

}  // namespace simulate
