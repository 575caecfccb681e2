// The small values of base: JSON, hashes, random numbers, time, files.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "simulator/base/base64.h"
#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/hash.h"
#include "simulator/base/json.h"
#include "simulator/base/json_trouble.h"
#include "simulator/base/random.h"
#include "simulator/base/time.h"
#include "tests/scratch.h"

namespace simulate {
namespace {

TEST(Json, KeepsTheOrderOfKeys) {
  EXPECT_EQ(to_text(*parse_json(R"({"b":1,"a":2})")), R"({"b":1,"a":2})");
}

TEST(Json, RefusesWhatNestsTooDeep) {
  auto nested = [](size_t depth) {
    return parse_json(std::string(depth, '[') + std::string(depth, ']'));
  };
  EXPECT_TRUE(nested(200));
  EXPECT_FALSE(nested(201));
  EXPECT_FALSE(nested(100'000));
  EXPECT_FALSE(parse_json("{"));
  EXPECT_TRUE(parse_json(R"({"a":"[[[[ \" [["})"));
}

std::string object_of(int keys) {
  std::string text = "{";
  for (int i = 0; i < keys; ++i) {
    text += (i ? ",\"k" : "\"k") + std::to_string(i) + "\":1";
  }
  return text + "}";
}

// Objects keep the order of their keys, and so grow slow as they grow large.
TEST(Json, RefusesObjectsThatWouldTakeLongToRead) {
  EXPECT_TRUE(parse_json(object_of(5'000)));
  EXPECT_FALSE(parse_json(object_of(100'000)));
  std::string many = "[" + object_of(5'000);
  for (int i = 0; i < 20; ++i) many += "," + object_of(5'000);
  EXPECT_FALSE(parse_json(many + "]")) << "the sum counts";
  std::string lists = "[1";
  for (int i = 0; i < 200'000; ++i) lists += ",1";
  EXPECT_TRUE(parse_json(lists + "]"));
}

TEST(Json, ReadsHalfOfASurrogatePairAsAReplacement) {
  const std::pair<const char*, const char*> rows[] = {
      {R"({"a":"\ud83d"})", "{\"a\":\"\xEF\xBF\xBD\"}"},
      {R"("\udc36 behind")", "\"\xEF\xBF\xBD behind\""},
      {R"("\ud83d\ud83d\udc36")", "\"\xEF\xBF\xBD\xF0\x9F\x90\xB6\""},
      {R"("\uD83D\n\uDC36")", "\"\xEF\xBF\xBD\\n\xEF\xBF\xBD\""},
      {R"("\ud83d\u0041")",
       "\"\xEF\xBF\xBD"
       "A\""},
      {R"("\ud83d\udc36")", "\"\xF0\x9F\x90\xB6\""},
      {R"("\\ud83d \ud83d")", "\"\\\\ud83d \xEF\xBF\xBD\""},
      {R"({"\ud83d":1})", "{\"\xEF\xBF\xBD\":1}"},
  };
  for (const auto& [text, expected] : rows) {
    std::optional<Json> value = parse_json(text);
    ASSERT_TRUE(value) << text;
    EXPECT_EQ(to_text(*value), expected);
  }
  EXPECT_EQ(to_text(*parse_json(R"("\\ud83d")")), R"("\\ud83d")");
  for (const char* none : {R"("\ud83")", R"("\ud83d)", R"(\ud83d)"}) {
    EXPECT_FALSE(parse_json(none)) << none;
  }
}

TEST(Json, WritesBytesThatAreNotUtf8AsReplacements) {
  EXPECT_EQ(to_text(Json("a\xFF")), "\"a\xEF\xBF\xBD\"");
}

TEST(Json, WritesTheSameTextAsTheLibrary) {
  for (const char* text :
       {R"({"a":[1,-2,3.5,true,null,"x"],"b":{},"c":[]})",
        R"(["\"\\\n\r\t\b\f\u0001\u001f\u007f","grüße 😀",1e30])", "7"}) {
    Json value = *parse_json(text);
    EXPECT_EQ(to_text(value), value.dump()) << text;
  }
  Random random(11);
  for (int i = 0; i < 2000; ++i) {
    std::string text;
    for (auto length = random.below(40); length > 0; --length) {
      text += random.chance(0.1)
                  ? "ß"
                  : std::string(1, static_cast<char>(random.below(128)));
    }
    ASSERT_EQ(to_text(Json(text)), Json(text).dump()) << text;
  }
}

// FIPS 180-4's example.
TEST(Hash, IsSha256) {
  EXPECT_EQ(content_hash("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Random, IsTheSameEverywhere) {
  Random random(42);
  EXPECT_EQ(random.next(), 13679457532755275413u);
  EXPECT_NE(seed_for(1, "a"), seed_for(1, "b"));
  EXPECT_NE(seed_for(1, "a"), seed_for(2, "a"));
}

TEST(Random, StaysWithinItsBounds) {
  Random random(7);
  for (int i = 0; i < 1000; ++i) {
    int value = random.between(2, 5);
    EXPECT_TRUE(value >= 2 && value <= 5);
  }
}

TEST(Time, SpellsTheSimulatedMoment) {
  SimulatedTime time{20151LL * 24 * 60 + 8 * 60 + 5};
  EXPECT_EQ(moment_text(time), "2025-03-04 08:05");
  EXPECT_EQ(weekday_text(time), "Tuesday");
}

TEST(File, ReplacesAFileWholeAndKeepsItsMode) {
  Scratch scratch;
  auto path = scratch / "f";
  write_file(path, "one", 0600);
  write_file(path, "two", 0600);
  EXPECT_EQ(read_file(path), "two");
  struct stat status = {};
  ::stat(path.c_str(), &status);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST(File, NamesWhatItCannotRead) {
  try {
    read_file("/nowhere/f");
    FAIL();
  } catch (const BadUsage& error) {
    EXPECT_STREQ(error.what(),
                 "cannot read /nowhere/f: No such file or "
                 "directory");
  }
}

TEST(SimulatedTime, SaysHowLongAgoSomethingWas) {
  const SimulatedTime now{20'151 * 1440 + 600};
  auto ago = [&](int64_t minutes) {
    return ago_text({now.minutes - minutes}, now);
  };
  EXPECT_EQ(ago(60), "earlier today");
  EXPECT_EQ(ago(601), "yesterday");
  EXPECT_EQ(ago(13 * 1440), "13 days ago");
  EXPECT_EQ(ago(14 * 1440), "2 weeks ago");
  EXPECT_EQ(ago(59 * 1440), "8 weeks ago");
  EXPECT_EQ(ago(60 * 1440), "2 months ago");
}

TEST(Json, TroubleIsNamedByItsLineAndNeverQuoted) {
  EXPECT_EQ(json_trouble("{\"key\": 1}"), "");
  EXPECT_EQ(json_trouble("{\"key\": 1e999}"),
            "a number is too large to be read");
  std::string trouble = json_trouble("{\n \"key\": secret\n}");
  EXPECT_TRUE(trouble.starts_with("line 2: ")) << trouble;
  EXPECT_EQ(trouble.find("secret"), std::string::npos) << trouble;
}

TEST(WholeFile, IsNeverWrittenThroughALinkThatWaitsForIt) {
  Scratch scratch;
  write_file(scratch / "precious", "mine");
  std::filesystem::create_symlink(scratch / "precious", scratch / "a.new");
  write_file(scratch / "a", "new", 0600);
  EXPECT_EQ(read_file(scratch / "precious"), "mine");
  EXPECT_EQ(read_file(scratch / "a"), "new");
  EXPECT_FALSE(std::filesystem::is_symlink(scratch / "a"));
  struct stat status = {};
  ::stat((scratch / "a").c_str(), &status);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST(File, IsPlainWithoutLinksAndSecondNames) {
  Scratch scratch;
  write_file(scratch / "a", "x");
  EXPECT_TRUE(is_plain_file(scratch / "a"));
  EXPECT_TRUE(is_plain_file(scratch / "none"));
  std::filesystem::create_symlink(scratch / "a", scratch / "link");
  EXPECT_FALSE(is_plain_file(scratch / "link"));
  std::filesystem::create_hard_link(scratch / "a", scratch / "second");
  EXPECT_FALSE(is_plain_file(scratch / "a"));
  ::mkfifo((scratch / "pipe").c_str(), 0600);
  EXPECT_FALSE(is_plain_file(scratch / "pipe"));
}

TEST(Base64, IsReadBackWhateverTheBytes) {
  EXPECT_EQ(base64_of("user:pass"), "dXNlcjpwYXNz");
  for (const std::string& bytes :
       {std::string(), std::string("a"), std::string("ab"), std::string("abc"),
        std::string("\0\xFF\n", 3)}) {
    EXPECT_EQ(from_base64(base64_of(bytes)), bytes);
  }
  EXPECT_FALSE(from_base64("!!!!"));
}

}  // namespace
}  // namespace simulate
