#include "simulator/models/native_models.h"

#include <gtest/gtest.h>

#include "simulator/base/file.h"
#include "simulator/base/state_file.h"
#include "tests/scratch.h"

namespace simulate {
namespace {

TEST(NativeModels, AreRememberedByServer) {
  Scratch scratch;
  auto file = scratch / "deep" / "models.json";
  Provider one = known_provider("mistral");
  Provider other = known_provider("together");
  note_native_model(file, one, "large", true, "2026-11-23");
  note_native_model(file, one, "small", true, "2026-11-23");
  EXPECT_EQ(native_models(file, one),
            (std::set<std::string>{"large", "small"}));
  EXPECT_TRUE(native_models(file, other).empty());
  note_native_model(file, one, "small", false, "2026-11-24");
  EXPECT_EQ(native_models(file, one), std::set<std::string>{"large"});
}

TEST(NativeModels, KeepNoPassword) {
  Scratch scratch;
  auto file = scratch / "models.json";
  Provider box = known_provider("vllm");
  box.base_url = "http://user:secret@127.0.0.1:8000/v1";
  note_native_model(file, box, "m", true, "2026-11-23");
  EXPECT_EQ(read_file(file).find("secret"), std::string::npos);
  EXPECT_EQ(native_models(file, box), std::set<std::string>{"m"});
}

TEST(NativeModels, OfADamagedFileAreNone) {
  Scratch scratch;
  Provider box = known_provider("vllm");
  for (const char* text :
       {"", "[]", "{", R"({"http://127.0.0.1:8000/v1":1})"}) {
    write_file(scratch / "models.json", text);
    EXPECT_TRUE(native_models(scratch / "models.json", box).empty()) << text;
    note_native_model(scratch / "models.json", box, "m", true, "2026-11-23");
    EXPECT_EQ(native_models(scratch / "models.json", box),
              std::set<std::string>{"m"});
  }
}

TEST(NativeModels, AreNowhereWithoutAHome) {
  Provider box = known_provider("vllm");
  note_native_model("", box, "m", true, "2026-11-23");
  EXPECT_TRUE(native_models("", box).empty());
}

}  // namespace
}  // namespace simulate
