#include "simulator/models/provider.h"

#include "simulator/base/error.h"
#include "simulator/base/text.h"
#include "simulator/models/key_shape.h"

namespace simulate {

namespace {

Provider named(const char* name, const char* base_url, const char* variable,
               const char* field, const char* model) {
  Provider provider;
  provider.name = name;
  provider.base_url = base_url;
  provider.key_variable = variable;
  provider.key_field = field;
  provider.model = model;
  return provider;
}

// https://docs.mistral.ai/api: unknown fields are answered with 422, the seed
// is called random_seed. One request per second is what free keys get.
Provider mistral() {
  Provider provider =
      named("mistral", "https://api.mistral.ai/v1", "MISTRAL_API_KEY",
            "mistral_api_key", "mistral-small-latest");
  provider.roles[Role::assistant].model = "mistral-large-latest";
  provider.key_page = "https://console.mistral.ai/api-keys";
  provider.limits = {{Counted::requests, 1, Seconds(1)}};
  provider.dialect.seed_field = "random_seed";
  provider.dialect.names_results = true;
  provider.dialect.highest_temperature = 1.5;
  provider.dialect.takes_answer_schema = true;
  return provider;
}

// https://docs.together.ai: stop is a list, limits are dynamic and steady
// traffic is rewarded; 403 is an input that is too long.
Provider together() {
  Provider provider =
      named("together", "https://api.together.ai/v1", "TOGETHER_API_KEY",
            "together_api_key", "meta-llama/Llama-3.3-70B-Instruct-Turbo");
  provider.key_page = "https://api.together.ai/settings/api-keys";
  provider.limits = {{Counted::requests, 1, Seconds(1)}};
  provider.dialect.highest_temperature = 1.0;
  provider.dialect.forbidden_means_too_long = true;
  provider.dialect.announced_bare = Seconds(1);
  provider.dialect.takes_answer_schema = true;
  return provider;
}

// https://huggingface.co/docs/inference-providers: a router in front of other
// providers, with at most four stop sequences; only some of those take a schema
// for the answer.
Provider huggingface() {
  Provider provider =
      named("huggingface", "https://router.huggingface.co/v1", "HF_TOKEN",
            "huggingface_api_key", "openai/gpt-oss-120b");
  provider.key_page = "https://huggingface.co/settings/tokens";
  provider.limits = {{Counted::requests, 30, Seconds(60)}};
  return provider;
}

Provider openai() {
  Provider provider = named("openai", "https://api.openai.com/v1",
                            "OPENAI_API_KEY", "openai_api_key", "gpt-4.1-mini");
  provider.key_page = "https://platform.openai.com/api-keys";
  provider.dialect.limit_field = "max_completion_tokens";
  provider.dialect.takes_stream_options = true;
  provider.dialect.takes_answer_schema = true;
  return provider;
}

// https://ai.google.dev/gemini-api/docs/openai: a field that it does not know
// is refused, the seed among them; a call must come back with its signature.
Provider gemini() {
  Provider provider =
      named("gemini", "https://generativelanguage.googleapis.com/v1beta/openai",
            "GEMINI_API_KEY", "gemini_api_key", "gemini-3.8-flash");
  provider.key_page = "https://aistudio.google.com/apikey";
  provider.limits = {{Counted::requests, 10, Seconds(60)}};
  provider.dialect.seed_field = "";
  provider.dialect.takes_answer_schema = true;
  provider.dialect.signs_calls = true;
  provider.dialect.names_results = true;
  return provider;
}

// https://openrouter.ai/docs: a router; what its providers do not know it
// leaves out.
Provider openrouter() {
  Provider provider =
      named("openrouter", "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY",
            "openrouter_api_key", "openai/gpt-oss-120b");
  provider.key_page = "https://openrouter.ai/keys";
  provider.limits = {{Counted::requests, 20, Seconds(60)}};
  return provider;
}

// https://console.groq.com/docs: "-requests" counts a day, "-tokens" a minute.
Provider groq() {
  Provider provider =
      named("groq", "https://api.groq.com/openai/v1", "GROQ_API_KEY",
            "groq_api_key", "openai/gpt-oss-120b");
  provider.key_page = "https://console.groq.com/keys";
  provider.limits = {{Counted::requests, 30, Seconds(60)}};
  provider.dialect.limit_field = "max_completion_tokens";
  provider.dialect.announced_requests = std::chrono::hours(24);
  return provider;
}

// https://api-docs.deepseek.com: no seed, no schemas, and no limit but
// patience.
Provider deepseek() {
  Provider provider =
      named("deepseek", "https://api.deepseek.com", "DEEPSEEK_API_KEY",
            "deepseek_api_key", "deepseek-flash");
  provider.key_page = "https://platform.deepseek.com/api_keys";
  provider.dialect.seed_field = "";
  provider.dialect.thinking_field = "reasoning_content";
  return provider;
}

// https://inference-docs.cerebras.ai
Provider cerebras() {
  Provider provider =
      named("cerebras", "https://api.cerebras.ai/v1", "CEREBRAS_API_KEY",
            "cerebras_api_key", "gpt-oss-120b");
  provider.key_page = "https://cloud.cerebras.ai";
  provider.limits = {{Counted::requests, 30, Seconds(60)}};
  provider.dialect.limit_field = "max_completion_tokens";
  provider.dialect.highest_temperature = 1.5;
  provider.dialect.takes_answer_schema = true;
  return provider;
}

// https://docs.fireworks.ai
Provider fireworks() {
  Provider provider = named(
      "fireworks", "https://api.fireworks.ai/inference/v1", "FIREWORKS_API_KEY",
      "fireworks_api_key", "accounts/fireworks/models/gpt-oss-120b");
  provider.key_page = "https://app.fireworks.ai/settings/users/api-keys";
  provider.limits = {{Counted::requests, 10, Seconds(60)}};
  provider.dialect.takes_answer_schema = true;
  return provider;
}

Provider local(const char* name, const char* base_url, const char* model,
               int in_flight) {
  Provider provider = named(name, base_url, "", "", model);
  provider.dialect.needs_key = false;
  provider.dialect.takes_stream_options = true;
  provider.dialect.takes_answer_schema = true;
  provider.in_flight = in_flight;
  return provider;
}

Provider offline() {
  Provider provider = local("offline", "", "script-1", 256);
  provider.wire = Wire::script;
  return provider;
}

}  // namespace

std::string Provider::login() const {
  size_t begin = base_url.find("://");
  if (begin == std::string::npos) return "";
  begin += 3;
  size_t end = base_url.substr(0, base_url.find('/', begin)).rfind('@');
  return end == std::string::npos || end < begin
             ? ""
             : base_url.substr(begin, end - begin);
}

std::string Provider::address() const {
  std::string shown = login();
  return shown.empty() ? base_url : replaced(base_url, shown + "@", "");
}

double Provider::requests_per_second() const {
  return simulate::requests_per_second(limits);
}

std::string Provider::model_for(Role role) const {
  auto found = roles.find(role);
  if (found != roles.end() && !found->second.model.empty()) {
    return found->second.model;
  }
  return model;
}

bool Provider::calls_in_fields(const ChatRequest& request,
                               const std::string& asked) const {
  if (wire != Wire::chat_completions || !request.offer) return false;
  ToolMode mode = request.tool_mode.value_or(tool_mode);
  return mode == ToolMode::native ||
         (mode == ToolMode::automatic && native_models.contains(asked));
}

const std::vector<Provider>& known_providers() {
  static const std::vector<Provider> providers = {
      mistral(),
      together(),
      huggingface(),
      openai(),
      gemini(),
      openrouter(),
      groq(),
      deepseek(),
      cerebras(),
      fireworks(),
      // Ollama runs one request at a time unless told otherwise.
      local("ollama", "http://127.0.0.1:11434/v1", "qwen3", 4),
      local("vllm", "http://127.0.0.1:8000/v1", "default", 64),
      local("llamacpp", "http://127.0.0.1:8080/v1", "default", 4),
      local("sglang", "http://127.0.0.1:30000/v1", "default", 64),
      offline(),
  };
  return providers;
}

std::vector<std::string> provider_names() {
  std::vector<std::string> names;
  for (const Provider& provider : known_providers()) {
    names.push_back(provider.name);
  }
  return names;
}

std::vector<std::string> key_variables() {
  std::vector<std::string> variables;
  for (const Provider& provider : known_providers()) {
    if (provider.key_variable.empty()) continue;
    variables.push_back(provider.key_variable);
  }
  return variables;
}

Provider known_provider(const std::string& name) {
  for (const Provider& provider : known_providers()) {
    if (provider.name == name) return provider;
  }
  std::vector<std::string> names = provider_names();
  std::string guess = nearest(name, names);
  std::string message = "there is no provider \"" + name_to_show(name) + "\"";
  message += guess.empty() ? "." : "; did you mean \"" + guess + "\"?";
  throw BadUsage(message + " Known: " + joined(names, ", ") +
                 "; any other name needs a base_url under \"providers\" in "
                 "secrets.json");
}

bool is_placeholder_key(const std::string& key) {
  std::string low = lowered(trimmed(key));
  return low.find_first_not_of("x.*-") == std::string::npos ||
         low.starts_with("your") || low.starts_with("<") ||
         low.ends_with("-here") || low == "changeme" || low == "change-me" ||
         low == "placeholder";
}

}  // namespace simulate
