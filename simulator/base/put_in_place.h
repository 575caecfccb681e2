// The last step of a file that somebody else wrote beside its place.
// Tested by tests/tables/parquet_writer_test.cpp.
#pragma once

#include <filesystem>

namespace simulate {

// Syncs `beside`, renames it over `path` and syncs the folder: a reader sees
// the old file or the new one, whole. Throws Fatal.
void put_in_place(const std::filesystem::path& beside,
                  const std::filesystem::path& path);

}  // namespace simulate
