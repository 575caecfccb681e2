#include "simulator/commands/run_files.h"

#include "simulator/base/error.h"
#include "simulator/base/hash.h"
#include "simulator/base/text.h"
#include "simulator/commands/setup.h"
#include "simulator/run/settings.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

constexpr uint64_t kDefaultSeed = 1;

// Checks that touch nothing, so that a refusal leaves no file behind.
const fs::path& checked_output(const Options& options) {
  const fs::path& output = options.output;
  fs::path folder = output.parent_path();
  std::error_code none;
  if (folder == "data") fs::create_directory(folder, none);
  if (!folder.empty() && !fs::is_directory(folder, none)) {
    throw BadUsage("there is no folder " + folder.string() +
                   " for --output; make it first: mkdir -p " + folder.string());
  }
  std::string extension = output.extension().string();
  if (extension != ".json" && extension != ".jsonl") {
    throw BadUsage("--output must end in .json or .jsonl, got " +
                   output.string());
  }
  bool ours = fs::exists(options.ledger(), none);
  if (!ours && fs::exists(output, none) && fs::file_size(output, none) > 0) {
    throw BadUsage(output.string() +
                   " exists, but there is no ledger beside it, so it is not "
                   "from a run of ours. It was not touched; choose another "
                   "--output");
  }
  return output;
}

// The seed of a run that exists is its own unless the user insists.
uint64_t seed_of(const Options& options, LedgerReader& reader) {
  uint64_t kept = kDefaultSeed;
  auto latest = reader.latest_settings();
  if (latest) kept = latest->settings.value("seed", kDefaultSeed);
  return options.seed.value_or(kept);
}

// A second training file of one ledger would leave the first one behind.
void refuse_another_name(const Options& options, LedgerReader& reader) {
  auto latest = reader.latest_settings();
  if (!latest) return;
  std::string name = options.output.filename().string();
  std::string known = string_at(latest->settings, "output", name);
  if (known == name) return;
  throw BadUsage(options.ledger().string() + " belongs to " + known +
                 ", not to " + name +
                 "; for the other format use simulate export, or choose "
                 "another --output");
}

Json models_of(const std::vector<Provider>& providers) {
  Json models = Json::object();
  for (const Provider& provider : providers) {
    for (Role role : {Role::tester, Role::assistant, Role::rewriter}) {
      models[provider.name][role_name(role)] = provider.model_for(role);
    }
  }
  return models;
}

Json names_of(const std::vector<Provider>& providers) {
  Json names = Json::array();
  for (const Provider& provider : providers) names.push_back(provider.name);
  return names;
}

Json sampling_of(const Provider& provider, Role role, Sampling sampling) {
  auto own = provider.roles.find(role);
  if (own != provider.roles.end()) {
    sampling.temperature =
        own->second.temperature.value_or(sampling.temperature);
    sampling.max_tokens = own->second.max_tokens.value_or(sampling.max_tokens);
  }
  return {{"temperature", sampling.temperature},
          {"max_tokens", sampling.max_tokens}};
}

Json settings_of(const Options& options, const Material& material,
                 const std::vector<ToolSpec>& tools, uint64_t seed) {
  Json settings;
  settings["target"] = options.target;
  settings["output"] = options.output.filename().string();
  settings["seed"] = seed;
  settings["tool_syntax"] = syntax_name(options.tool_syntax);
  settings["mode"] = all_offline(material.providers) ? "offline" : "real";
  settings["providers"] = names_of(material.providers);
  settings["models"] = models_of(material.providers);
  Direction direction;
  for (const Provider& provider : material.providers) {
    Json& sampling = settings["models"][provider.name]["sampling"];
    sampling["tester"] = sampling_of(provider, Role::tester, direction.tester);
    sampling["assistant"] =
        sampling_of(provider, Role::assistant, direction.assistant);
    sampling["rewriter"] =
        sampling_of(provider, Role::rewriter, direction.rewriter);
  }
  settings["cast"] = Json::object();
  for (const auto& [role, players] : material.cast) {
    settings["cast"][role_name(role)] = players;
  }
  settings["rewrite"] = rewrite_name(options.rewrite);
  for (const auto& [file, text] : material.prompts.files) {
    settings["prompts"][file] = content_hash(text);
  }
  settings["tools"] = Json::array();
  for (const ToolSpec& tool : tools) settings["tools"].push_back(tool.name);
  std::string personas;
  for (const Persona& persona : material.personas) {
    personas += to_text(persona.to_json());
  }
  settings["personas"] = short_hash(personas);
  settings["sessions"] = options.sessions;
  settings["turns"] = std::to_string(options.fewest_turns) + "-" +
                      std::to_string(options.most_turns);
  return settings;
}

std::string list_of(const std::vector<SettingsChange>& changes,
                    Consequence consequence) {
  std::string text;
  for (const SettingsChange& change : changes) {
    if (change.consequence == consequence) text += "\n  " + change.text;
  }
  return text;
}

}  // namespace

Material read_material(const Options& options) {
  Material material;
  material.prompts =
      load_prompts(shipped(options.systemprompts, "systemprompts"));
  material.personas = load_personas(shipped(options.personas, "personas"));
  Chosen chosen = chosen_providers(options);
  material.providers = std::move(chosen.providers);
  material.cast = std::move(chosen.cast);
  return material;
}

RunFiles::RunFiles(const Options& options, const Material& material,
                   const std::vector<ToolSpec>& tools)
    : lock_((checked_output(options), options.ledger())),
      file_(options.output) {
  ledger_ = std::make_unique<Ledger>(options.ledger(), options.tool_syntax);
  reader_ = std::make_unique<LedgerReader>(options.ledger());
  seed_ = seed_of(options, *reader_);
  refuse_another_name(options, *reader_);
  std::string repaired = file_.reconcile(*reader_);
  if (!repaired.empty()) notes_.push_back(repaired);
  settle_settings(options, material, tools);
}

void RunFiles::settle_settings(const Options& options, const Material& material,
                               const std::vector<ToolSpec>& tools) {
  Json now = settings_of(options, material, tools, seed_);
  auto latest = reader_->latest_settings();
  if (latest) {
    refuse_or_note(options, latest->settings, now);
    settle_reset(options, latest->settings);
    version_ = latest->version;
    if (latest->settings == now) return;
    ++version_;
  }
  VersionBegun begun;
  begun.version = version_;
  begun.settings = to_text(now);
  for (const auto& [file, text] : material.prompts.files) {
    begun.texts.push_back(text);
  }
  Change change(std::move(begun));
  std::vector<Change*> changes = {&change};
  ledger_->apply(changes, /*durable=*/true);
}

void RunFiles::refuse_or_note(const Options& options, const Json& before,
                              const Json& now) {
  auto changes = compare_settings(before, now);
  std::string name = options.output.string();
  std::string refused = list_of(changes, Consequence::refused);
  if (!refused.empty()) {
    throw BadUsage(name +
                   " was begun with other settings that a run cannot "
                   "change:" +
                   refused + "\nGo back to them, or choose another --output");
  }
  std::string stops = list_of(changes, Consequence::stops);
  if (!stops.empty() && !options.continue_on_change) {
    throw BadUsage(
        name + " was made with other settings so far:" + stops +
        "\nTo go on with the new ones (each conversation knows its own): "
        "--on-change continue. To begin afresh: another --output");
  }
  for (const SettingsChange& change : changes) {
    if (change.consequence == Consequence::next_wave) {
      notes_.push_back("From the next wave on: " + change.text);
    }
  }
}

void RunFiles::settle_reset(const Options& options, const Json& before) {
  if (!options.reset_tools) return;
  int64_t old_target = before.value("target", int64_t{0});
  bool finished = reader_->counters().kept >= old_target;
  if (finished && options.target > old_target) {
    resets_tools_ = true;
    notes_.push_back("New storylines begin with empty memories.");
  } else if (!finished) {
    notes_.push_back(
        "--reset-tools does nothing in the middle of a run: its storylines "
        "go on with what they remember.");
  }
}

}  // namespace simulate
