// What a folder holds, as a value, and back: how the memory of a program that
// keeps it in files becomes a part of a storyline's tool state. Regular files
// count, in folders within folders, too; links, empty folders and modes do
// not. These functions wait for the disk: not for the loop's thread.
#pragma once

#include <filesystem>
#include <optional>
#include <system_error>

#include "simulator/base/json.h"
#include "simulator/base/redactor.h"

namespace simulate {

// {"notes/a.txt": "its text", "b.db": {"base64": "..."}}, sorted by path, so
// that the same content is the same bytes, without what `redactor` hides.
// Nothing when it is more than `most_bytes` or 10,000 entries, of which empty
// folders and links are some. Throws Error when it cannot be read.
std::optional<Json> read_folder_state(const std::filesystem::path& folder,
                                      size_t most_bytes,
                                      const Redactor& redactor);

// Leaves exactly `state` in `folder`, which is made, for us alone. Throws Error
// when it cannot be written, or is no such state.
void write_folder_state(const std::filesystem::path& folder, const Json& state);

// Also what the program has made read-only. What could not be done, if so.
std::error_code remove_folder(const std::filesystem::path& folder);

}  // namespace simulate
