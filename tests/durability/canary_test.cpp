// A key that is known to nobody else in every place where a key may stand,
// and then a search for it in everything that the program writes.
#include <gtest/gtest.h>
#include <httplib.h>
#include <openssl/evp.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <deque>
#include <filesystem>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

#include "simulator/base/file.h"
#include "simulator/base/hash.h"
#include "simulator/base/text.h"
#include "simulator/models/provider.h"
#include "tests/canned_models.h"
#include "tests/program/program.h"

namespace simulate {
namespace {

namespace fs = std::filesystem;

constexpr size_t kPiece = 12;  // so much of a key is worth stealing

std::string canary_of(const std::string& slot) {
  return content_hash("the canary in " + slot).substr(0, 40);
}

std::string base64(const std::string& text) {
  std::string code(4 * ((text.size() + 2) / 3) + 1, '\0');
  int size =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(code.data()),
                      reinterpret_cast<const unsigned char*>(text.data()),
                      static_cast<int>(text.size()));
  code.resize(static_cast<size_t>(size));
  return code;
}

// Finds any piece of any canary, as it is or in base64, and names its slot.
class CanarySearch {
 public:
  void add(const std::string& slot) {
    const std::string canary = canary_of(slot);
    add_pieces(canary, slot);
    // What stands before it in a text shifts its base64 by 0, 1 or 2 bytes;
    // only the letters that belong to the canary alone are looked for.
    for (size_t shift = 0; shift < 3; ++shift) {
      std::string code = base64(std::string(shift, ' ') + canary);
      size_t begin = shift == 0 ? 0 : shift + 1;
      add_pieces(code.substr(begin, code.size() - begin - 4),
                 slot + " in base64");
    }
  }

  std::set<std::string> slots_in(std::string_view text) const {
    std::set<std::string> found;
    for (size_t at = 0; at + kPiece <= text.size(); ++at) {
      auto piece = pieces_.find(text.substr(at, kPiece));
      if (piece != pieces_.end()) found.insert(piece->second);
    }
    return found;
  }

 private:
  void add_pieces(const std::string& text, const std::string& slot) {
    const std::string& kept = texts_.emplace_back(text);
    for (size_t at = 0; at + kPiece <= kept.size(); ++at) {
      pieces_[std::string_view(kept).substr(at, kPiece)] = slot;
    }
  }

  std::deque<std::string> texts_;  // what the pieces point into
  std::unordered_map<std::string_view, std::string> pieces_;
};

// How a server answers; "@" stands for the key that came with the request.
struct Echo {
  const char* what;
  int status;
  std::string body;
};

std::vector<Echo> echoes() {
  return {
      {"an object", 401, R"({"error":{"message":"Incorrect key: @."}})"},
      {"plain text", 401, "invalid token @"},
      {"a header", 403, R"({"error":"Authorization: Bearer @ is refused"})"},
      {"no credit", 402, R"({"error":"@ has no credit"})"},
      {"no path", 404, "there is no /v1/@"},
      {"a message", 400, R"({"message":"@ is no key"})"},
      {"a list", 422, R"({"detail":[{"msg":"bad header @","input":"@"}]})"},
      {"too many", 429, R"({"message":"@ calls too often"})"},
      {"a page", 500, "<html><body>Authorization: Bearer @</body></html>"},
      {"overload", 503, "@"},
      {"a redirect", 307, "moved to /stolen/@"},
      {"a login", 200, "<html>@</html>"},
      {"no chat", 200, R"({"your_key":"@"})"},
  };
}

// One real server: /plain/v1 answers as a model would, /echo/N/v1 as the Nth
// echo. It remembers the keys that it was sent.
class Server {
 public:
  Server() {
    server_.new_task_queue = [] { return new httplib::ThreadPool(64); };
    server_.Post("/plain/v1/chat/completions",
                 [this](const auto& request, auto& response) {
                   note(request);
                   std::this_thread::sleep_for(std::chrono::milliseconds(10));
                   answer(request, response);
                 });
    server_.Post(R"(/echo/(\d+)/v1/chat/completions)",
                 [this](const auto& request, auto& response) {
                   note(request);
                   size_t which = std::stoul(request.matches[1]);
                   echo(echoes_.at(which), request, response);
                 });
    auto steal = [this](const auto&, auto&) { followed_ = true; };
    server_.Get("/stolen/.*", steal).Post("/stolen/.*", steal);
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
  }

  ~Server() {
    server_.stop();
    thread_.join();
  }

  void set_echoes(std::vector<Echo> all) { echoes_ = std::move(all); }
  std::string address(const std::string& path, const std::string& login = "") {
    return "http://" + login + "127.0.0.1:" + std::to_string(port_) + path;
  }

  // The Authorization headers so far, "Bearer " cut away.
  std::set<std::string> keys() {
    std::lock_guard lock(mutex_);
    return keys_;
  }
  bool was_followed() const { return followed_; }

 private:
  static std::string key_in(const httplib::Request& request) {
    std::string header = request.get_header_value("Authorization");
    return header.starts_with("Bearer ") ? header.substr(7) : header;
  }

  void note(const httplib::Request& request) {
    std::lock_guard lock(mutex_);
    keys_.insert(key_in(request));
  }

  static void answer(const httplib::Request& request,
                     httplib::Response& response) {
    Json body = parse_json(request.body).value_or(Json());
    response.set_content(chat_completion(canned_reply(body), "m"),
                         "application/json");
  }

  void echo(const Echo& echo, const httplib::Request& request,
            httplib::Response& response) {
    std::string key = key_in(request);
    response.status = echo.status;
    response.set_header("WWW-Authenticate", "Bearer " + key);
    response.set_header("Location", address("/stolen/" + key));
    response.set_header("Retry-After", key);
    response.set_content(replaced(echo.body, "@", key), "application/json");
  }

  httplib::Server server_;
  std::vector<Echo> echoes_ = echoes();
  int port_ = 0;
  std::thread thread_;
  std::mutex mutex_;
  std::set<std::string> keys_;
  std::atomic<bool> followed_ = false;
};

// Where the keys of the known providers stand.
struct Slots {
  std::string provider;
  std::string field;
  std::string variable;
};
std::vector<Slots> known() {
  std::vector<Slots> slots;
  for (const Provider& provider : known_providers()) {
    if (!provider.dialect.needs_key) continue;
    slots.push_back({provider.name, provider.key_field, provider.key_variable});
  }
  return slots;
}

const std::vector<Slots> kKnown = known();

// What beats what: each place is used where no later one is filled.
enum class Place { entry, field, dot_env, environment };

std::string place_name(Place place) {
  switch (place) {
    case Place::entry:
      return "providers.*.api_key";
    case Place::field:
      return "*_api_key";
    case Place::dot_env:
      return ".env";
    case Place::environment:
      return "the environment";
  }
  return "";
}

std::string slot_name(const Slots& slots, Place place) {
  return std::string(slots.provider) + " in " + place_name(place);
}

constexpr const char* kBox = "box in providers.*.api_key";

// A folder with keys in all places up to one, and the program in it.
class Nest {
 public:
  Nest(Server& server, Place highest, const std::string& path)
      : server_(server), path_(path), highest_(highest) {
    write_secrets();
    if (highest >= Place::dot_env) write_dot_env();
    if (highest >= Place::environment) set_environment();
  }

  // Puts a canary there, and will look for it.
  std::string plant(const std::string& slot) {
    search_.add(slot);
    return canary_of(slot);
  }

  Ended run(std::vector<std::string> arguments) {
    Ended ended = program_.run(std::move(arguments));
    expect_no_canary();
    return ended;
  }

  // In every file below but those that are there to hold keys.
  void expect_no_canary() {
    for (const auto& entry : fs::recursive_directory_iterator(folder())) {
      std::string name = entry.path().filename();
      if (!entry.is_regular_file() || holds_keys(name)) continue;
      searched_.insert(name);
      expect_none_in(read_file(entry.path()), name);
    }
  }

  void expect_none_in(const std::string& text, const std::string& where) {
    for (const std::string& slot : search_.slots_in(text)) {
      ADD_FAILURE() << where << " has the key of " << slot << ":\n"
                    << (text.size() < 4000 ? text : "");
    }
  }

  // The keys that the server must get.
  std::set<std::string> keys() const {
    std::set<std::string> keys = {canary_of(kBox)};
    for (const Slots& slots : kKnown) {
      keys.insert(canary_of(slot_name(slots, highest_)));
    }
    return keys;
  }

  const CanarySearch& search() const { return search_; }
  const std::set<std::string>& searched() const { return searched_; }
  const fs::path& folder() const { return scratch_.folder(); }
  Program& program() { return program_; }

 private:
  static bool holds_keys(const std::string& name) {
    return name == "secrets.json" || name == ".env";
  }

  void write_secrets() {
    Json secrets = {{"providers", Json::object()}};
    for (const Slots& slots : kKnown) {
      std::string key = plant(slot_name(slots, Place::entry));
      secrets["providers"][slots.provider] = entry(key);
      if (highest_ < Place::field) continue;
      secrets[slots.field] = plant(slot_name(slots, Place::field));
    }
    secrets["providers"]["box"] = entry(plant(kBox));
    write_file(folder() / "secrets.json", to_text(secrets), 0600);
  }

  Json entry(const std::string& key) {
    return {{"base_url", server_.address(path_)},
            {"api_key", key},
            {"model", "m"},
            {"requests_per_second", 0}};
  }

  void write_dot_env() {
    std::string text;
    for (const Slots& slots : kKnown) {
      text += std::string(slots.variable) + "=" +
              plant(slot_name(slots, Place::dot_env)) + "\n";
    }
    write_file(folder() / ".env", text, 0600);
  }

  void set_environment() {
    std::vector<std::pair<std::string, std::string>> variables;
    for (const Slots& slots : kKnown) {
      variables.emplace_back(slots.variable,
                             plant(slot_name(slots, Place::environment)));
    }
    program_.set_environment(std::move(variables));
  }

  Server& server_;
  std::string path_;
  Place highest_;
  Scratch scratch_;
  Program program_{scratch_};
  CanarySearch search_;
  std::set<std::string> searched_;
};

std::string everybody() {
  std::string names = "box";
  for (const Slots& slots : kKnown) names += "," + slots.provider;
  return names;
}

const std::string kEverybody = everybody();

std::vector<std::string> run_of(const std::string& target) {
  return {"--target", target,          "--providers", kEverybody,
          "--output", "run.json",      "--json",      "--log-level",
          "debug",    "--concurrency", "16",          "--sessions",
          "3"};
}

TEST(Canary, IsFoundWhereItIs) {
  Server server;
  Nest nest(server, Place::environment, "/plain/v1");
  const CanarySearch& search = nest.search();
  std::string both = read_file(nest.folder() / "secrets.json") +
                     read_file(nest.folder() / ".env");
  EXPECT_EQ(search.slots_in(both).size(), kKnown.size() * 3 + 1);
  for (const Slots& slots : kKnown) {
    std::string slot = slot_name(slots, Place::environment);
    std::string key = canary_of(slot);
    EXPECT_EQ(search.slots_in("a " + key.substr(17, kPiece) + " b"),
              std::set<std::string>{slot});
    for (const char* before : {"", "a", "ab"}) {
      EXPECT_EQ(search.slots_in(base64(before + key)),
                std::set<std::string>{slot + " in base64"});
    }
  }
  EXPECT_TRUE(search.slots_in(std::string(1000, 'a')).empty());
}

class CanaryIn : public testing::TestWithParam<Place> {};

TEST_P(CanaryIn, GoesToTheServerAndNowhereElse) {
  Server server;
  Nest nest(server, GetParam(), "/plain/v1");
  EXPECT_EQ(nest.run(run_of("20")).status, 0);
  EXPECT_EQ(server.keys(), nest.keys());
  EXPECT_EQ(nest.run(run_of("20")).status, 0);
  for (const char* name : {"run.db", "run.json", "run.lock", "out", "err"}) {
    EXPECT_TRUE(nest.searched().count(name)) << name;
  }
}

TEST_P(CanaryIn, IsNotShownByTheOtherCommands) {
  Server server;
  Nest nest(server, GetParam(), "/plain/v1");
  EXPECT_EQ(nest.run(run_of("5")).status, 0);
  EXPECT_EQ(nest.run({"check", "--providers", kEverybody}).status, 0);
  EXPECT_EQ(nest.run({"try", "--providers", kEverybody}).status, 0);
  EXPECT_EQ(nest.run({"export", "--output", "run.json"}).status, 0);
  std::vector<std::string> dry = run_of("50");
  dry.push_back("--dry-run");
  EXPECT_EQ(nest.run(dry).status, 0);
}

// A crash leaves the log and its index behind, and perhaps words on stderr.
TEST_P(CanaryIn, IsNotLeftBehindByACrash) {
  for (int signal : {SIGABRT, SIGSEGV, SIGKILL}) {
    Server server;
    Nest nest(server, GetParam(), "/plain/v1");
    nest.program().start(run_of("100000"));
    for (int tries = 0; tries < 3000; ++tries) {
      if (server.keys() == nest.keys()) break;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    EXPECT_EQ(server.keys(), nest.keys());
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    fs::path process = "/proc/" + std::to_string(nest.program().pid());
    std::string words = read_file(process / "cmdline");
    EXPECT_NE(words.find("--target"), std::string::npos);
    nest.expect_none_in(words, "cmdline");
    nest.expect_no_canary();
    nest.program().kill(signal);
    EXPECT_NE(nest.program().wait().status, 0);
    nest.expect_no_canary();
    for (const char* name : {"run.db-wal", "run.db-shm", "run.lock", "err"}) {
      EXPECT_TRUE(nest.searched().count(name)) << name;
    }
  }
}

std::string name_of(const testing::TestParamInfo<Place>& info) {
  const char* names[] = {"Entry", "Field", "DotEnv", "Environment"};
  return names[static_cast<int>(info.param)];
}

INSTANTIATE_TEST_SUITE_P(Place, CanaryIn,
                         testing::Values(Place::entry, Place::field,
                                         Place::dot_env, Place::environment),
                         name_of);

// What each of the servers is asked; a few calls are enough to be refused.
void expect_silence(Server& server, size_t which) {
  Nest nest(server, Place::field, "/echo/" + std::to_string(which) + "/v1");
  Ended check = nest.run({"check", "--providers", kEverybody});
  EXPECT_EQ(check.status, 1) << check.out;
  EXPECT_NE(check.out.find("box            does not answer"), std::string::npos)
      << check.out;
  std::vector<std::string> command = run_of("20");
  command.insert(command.end(), {"--max-calls", "5"});
  Ended ended = nest.run(command);
  EXPECT_NE(ended.status, 0);
  EXPECT_NE(ended.err.find(" tester, "), std::string::npos) << ended.err;
  EXPECT_EQ(server.keys(), nest.keys());
  EXPECT_FALSE(server.was_followed());
}

TEST(Canary, IsNotRepeatedWhenAServerRepeatsIt) {
  std::vector<Echo> all = echoes();
  for (size_t which = 0; which < all.size(); ++which) {
    SCOPED_TRACE(all[which].what);
    Server server;
    expect_silence(server, which);
  }
}

TEST(Canary, IsNotRepeatedByATrial) {
  for (size_t which : {0u, 1u, 2u, 3u, 5u, 6u}) {  // refused at once
    SCOPED_TRACE(echoes()[which].what);
    Server server;
    Nest nest(server, Place::field, "/echo/" + std::to_string(which) + "/v1");
    Ended ended = nest.run({"try", "--providers", "mistral"});
    EXPECT_NE(ended.status, 0);
    EXPECT_NE(ended.err.find(std::to_string(echoes()[which].status)),
              std::string::npos)
        << ended.err;
  }
}

// A long answer is cut for the message, perhaps in the middle of the key.
TEST(Canary, IsNotRepeatedInPieces) {
  for (size_t before = 10; before < 220; before += 25) {
    SCOPED_TRACE(before);
    std::string text = std::string(before, '.') + "@ and more";
    Server server;
    server.set_echoes({{"refused", 401, text}, {"a page", 200, "<" + text}});
    expect_silence(server, 0);
    expect_silence(server, 1);
  }
}

// Files that are wrong near a key.
TEST(Canary, IsNotShownByAComplaintAboutItsFile) {
  for (const char* text :
       {R"({"mistral_api_key": "@" "together_api_key": 1})",
        R"({"mistral_api_key": "@)", R"({"mistral_api_key": @})",
        R"({"mistral_api_key": ["@"]})", R"({"mistral_api_key": {"@": "@"}})",
        R"({"mistral_api_key": "@\nX-Header: 1"})", R"("@")", R"(@)",
        R"({"providers": "@"})", R"({"providers": {"mistral": "@"}})",
        R"({"providers": {"mistral": {"apikey": "@"}}})",
        R"({"providers": {"mistral": {"api_key": ["@"]}}})",
        R"({"providers": {"mistral": {"in_flight": "@"}}})",
        R"({"providers": {"box": {"api_key": "@"}}})", R"({"roles": "@"})",
        R"({"roles": {"tester": "@"}})", R"({"enabled_providers": "@"})"}) {
    SCOPED_TRACE(text);
    Scratch scratch;
    CanarySearch search;
    search.add("the file");
    std::string wrong = replaced(text, "@", canary_of("the file"));
    write_file(scratch / "secrets.json", wrong, 0600);
    EXPECT_FALSE(search.slots_in(read_file(scratch / "secrets.json")).empty());
    for (const char* command : {"check", "try", "--dry-run", "--json"}) {
      Program program(scratch);
      Ended ended = program.run({command, "--providers", "mistral"});
      EXPECT_EQ(ended.status, 2) << ended.out;
      EXPECT_NE(ended.err, "");
      EXPECT_TRUE(search.slots_in(ended.out + ended.err).empty())
          << ended.out << ended.err;
    }
  }
}

// A gateway's password may stand in the address; curl sends it in base64.
TEST(Canary, IsNotShownWhenItIsThePasswordOfAnAddress) {
  Server server;
  server.set_echoes({{"refused", 401, "login failed: @"}});
  Scratch scratch;
  CanarySearch search;
  search.add("the address");
  std::string login = "me:" + canary_of("the address") + "@";
  Json box = {{"base_url", server.address("/echo/0/v1", login)}};
  Json secrets = {{"providers", {{"box", box}}}};
  write_file(scratch / "secrets.json", to_text(secrets), 0600);
  Program program(scratch);
  for (const char* command : {"check", "try", "--json"}) {
    Ended ended =
        program.run({command, "--providers", "box", "--output", "run.json"});
    EXPECT_NE(ended.status, 0);
    EXPECT_EQ(search.slots_in(ended.out + ended.err), std::set<std::string>())
        << ended.out << ended.err;
  }
  EXPECT_FALSE(search.slots_in(*server.keys().begin()).empty());
  std::string ledger = read_file(scratch / "run.db");
  EXPECT_EQ(search.slots_in(ledger), std::set<std::string>());
}

}  // namespace
}  // namespace simulate
