// Which models have called a tool in fields of their own, and on whose server:
// `check` writes it down, and whoever sends tools as --tool-mode auto says
// reads it. A file of the user's; one that is damaged counts as empty.
// Tested by tests/models/native_models_test.cpp.
#pragma once

#include <filesystem>
#include <set>
#include <string>

#include "simulator/models/provider.h"

namespace simulate {

// The place of the file; empty where the user has no home.
std::filesystem::path native_models_file();

// Those of the server at the provider's address.
std::set<std::string> native_models(const std::filesystem::path& file,
                                    const Provider& provider);

// `day` is when that was seen, as in "2026-11-23". Throws Fatal when it cannot
// be written.
void note_native_model(const std::filesystem::path& file,
                       const Provider& provider, const std::string& model,
                       bool calls_in_fields, const std::string& day);

}  // namespace simulate
