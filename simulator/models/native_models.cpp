#include "simulator/models/native_models.h"

#include "simulator/base/error.h"
#include "simulator/base/file.h"
#include "simulator/base/folder.h"
#include "simulator/base/json.h"
#include "simulator/base/state_file.h"

namespace simulate {

namespace {

// {"https://api.mistral.ai/v1": {"mistral-large-latest": "2026-11-23"}}
Json read_whole(const std::filesystem::path& file) {
  std::error_code none;
  if (file.empty() || !std::filesystem::is_regular_file(file, none)) {
    return Json::object();
  }
  try {
    Json whole = parse_json(read_file(file, kMostWritten)).value_or(Json());
    return whole.is_object() ? whole : Json::object();
  } catch (const BadUsage&) {
    return Json::object();
  }
}

}  // namespace

std::filesystem::path native_models_file() {
  return state_file("native_models.json");
}

std::set<std::string> native_models(const std::filesystem::path& file,
                                    const Provider& provider) {
  std::set<std::string> models;
  Json whole = read_whole(file);
  auto found = whole.find(provider.address());
  if (found == whole.end() || !found->is_object()) return models;
  for (const auto& [model, day] : found->items()) models.insert(model);
  return models;
}

void note_native_model(const std::filesystem::path& file,
                       const Provider& provider, const std::string& model,
                       bool calls_in_fields, const std::string& day) {
  if (file.empty()) return;
  Json whole = read_whole(file);
  Json& server = whole[provider.address()];
  if (!server.is_object()) server = Json::object();
  if (server.contains(model) == calls_in_fields) return;
  if (calls_in_fields) {
    server[model] = day;
  } else {
    server.erase(model);
  }
  make_folder(file.parent_path());
  write_file(file, whole.dump(2) + "\n", 0600);
}

}  // namespace simulate
