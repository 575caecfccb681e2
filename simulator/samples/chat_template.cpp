#include "simulator/samples/chat_template.h"

#include <cstdlib>

#include "simulator/base/answering_child.h"
#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/text.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

// A template that loops for ever shall not keep an export waiting.
constexpr int kLongestRendering = 60'000;  // milliseconds

// One line of JSON in, one out; the first is the template.
constexpr const char* kEngine = R"python(
import datetime, json, os, sys
lines, answers = sys.stdin.buffer, sys.stdout.buffer
sys.stderr = open(os.devnull, "w")

def answer(value):
    answers.write(json.dumps(value).encode() + b"\n")
    answers.flush()

try:
    import jinja2
    from jinja2.ext import Extension
    from jinja2.sandbox import ImmutableSandboxedEnvironment
except ImportError as error:
    answer({"missing": str(error)})
    sys.exit(0)

class Generation(Extension):
    tags = {"generation"}

    def parse(self, parser):
        next(parser.stream)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)

def tojson(value, ensure_ascii=False, indent=None, separators=None,
           sort_keys=False):
    return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent,
                      separators=separators, sort_keys=sort_keys)

def raise_exception(message):
    raise jinja2.exceptions.TemplateError(message)

today = datetime.datetime.now()
source = json.loads(lines.readline())
try:
    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True,
        extensions=[Generation, "jinja2.ext.loopcontrols"])
    environment.filters["tojson"] = tojson
    environment.globals["raise_exception"] = raise_exception
    environment.globals["strftime_now"] = lambda text: today.strftime(text)
    template = environment.from_string(source["template"])
    answer({"ready": True})
except Exception as error:
    answer({"error": str(error)})
    sys.exit(0)

for line in lines:
    given = json.loads(line)
    date = given.pop("date")
    today = (datetime.datetime.fromisoformat(date) if date
             else datetime.datetime.now())
    try:
        answer({"text": template.render(
            documents=None, bos_token=source["bos_token"],
            eos_token=source["eos_token"], **given)})
    except Exception as error:
        answer({"error": str(error)})
)python";

// A special token is its text, or an object with it; null when there is none.
std::string token_at(const Json& config, const char* key,
                     const std::string& otherwise) {
  auto found = config.find(key);
  if (found == config.end()) return otherwise;
  if (found->is_object()) return string_at(*found, "content");
  return found->is_string() ? found->get<std::string>() : "";
}

// Models with several templates name one for tools.
std::string template_in(const Json& config) {
  auto found = config.find("chat_template");
  if (found == config.end()) return "";
  if (found->is_string()) return found->get<std::string>();
  std::string text;
  for (const Json& named : *found) {
    std::string name = string_at(named, "name");
    if (text.empty() || name == "tool_use") text = string_at(named, "template");
  }
  return text;
}

Json config_in(const fs::path& path) {
  std::optional<Json> config = parse_json(read_file(path));
  if (config && config->is_object()) return *config;
  throw BadUsage(path.string() + " is no JSON object");
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

// Debian's python3-jinja2 is the system's Python's, which another one may
// stand before.
std::vector<fs::path> pythons() {
  std::vector<fs::path> found;
  for (const fs::path& path : {program_named("python3", variable("PATH")),
                               fs::path("/usr/bin/python3")}) {
    std::error_code none;
    if (!path.empty() && fs::exists(path, none)) found.push_back(path);
  }
  return found;
}

ChildCommand engine_in(const fs::path& python) {
  return {
      python,
      {"-c", kEngine},
      {"PATH=" + variable("PATH"), "HOME=" + variable("HOME"), "PYTHONUTF8=1"},
      "/"};
}

}  // namespace

ChatTemplate read_chat_template(const fs::path& path, const Family& family) {
  bool is_config = path.extension() == ".json";
  fs::path beside = path.parent_path() / "tokenizer_config.json";
  std::error_code none;
  Json config = Json::object();
  if (is_config) {
    config = config_in(path);
  } else if (fs::exists(beside, none)) {
    config = config_in(beside);
  }
  ChatTemplate result{is_config ? template_in(config) : read_file(path),
                      token_at(config, "bos_token", family.bos),
                      token_at(config, "eos_token", family.eos)};
  if (!trimmed(result.text).empty()) return result;
  throw BadUsage(path.string() +
                 " holds no chat template. It is in chat_template.jinja, or in "
                 "tokenizer_config.json, beside the model's weights");
}

TemplateEngine::TemplateEngine(const ChatTemplate& source) : bos_(source.bos) {
  Json question = {{"template", source.text},
                   {"bos_token", source.bos},
                   {"eos_token", source.eos}};
  for (const fs::path& python : pythons()) {
    child_ =
        std::make_unique<AnsweringChild>(engine_in(python), kLongestRendering);
    std::optional<Json> answer = child_->ask(question);
    if (!answer || answer->contains("missing")) continue;
    if (answer->contains("ready")) return;
    throw BadUsage("the chat template cannot be read: " +
                   one_line(string_at(*answer, "error")));
  }
  throw BadUsage(
      "chat templates are rendered by Python's jinja2, as transformers does, "
      "and it is not here. On Debian: apt-get install python3-jinja2; "
      "elsewhere: pip install jinja2");
}

TemplateEngine::~TemplateEngine() = default;

TemplateOutput TemplateEngine::render(const TemplateInput& input) {
  Json question = {{"messages", input.messages},
                   {"tools", input.tools},
                   {"add_generation_prompt", input.add_generation_prompt},
                   {"date", input.date}};
  if (input.enable_thinking) {
    question["enable_thinking"] = *input.enable_thinking;
  }
  std::optional<Json> answer = child_->ask(question);
  if (!answer) {
    throw Fatal("the chat template's engine has ended, or did not answer for " +
                std::to_string(kLongestRendering / 1000) + " seconds");
  }
  return {string_at(*answer, "text"), string_at(*answer, "error")};
}

}  // namespace simulate
