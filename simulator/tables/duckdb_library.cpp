#include "simulator/tables/duckdb_library.h"

#include <dlfcn.h>

#include <cstdlib>

#include "simulator/base/error.h"

namespace simulate {

namespace {

namespace fs = std::filesystem;

constexpr const char* kFile = "libduckdb.so";

// DuckDB's own package for Node.js, since it holds the library as it is.
// scripts/install-duckdb has the same, with its hashes.
#ifdef __aarch64__
constexpr const char* kPackage = "@duckdb/node-bindings-linux-arm64@1.5.5-r.5";
#else
constexpr const char* kPackage = "@duckdb/node-bindings-linux-x64@1.5.6-r.1";
#endif

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

// It stays, since threads and destructors of it may outlive what used it.
void* loaded(const std::string& file) {
  return ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
}

[[noreturn]] void cannot_load(const std::string& file) {
  const char* why = ::dlerror();
  throw BadUsage("cannot load " + file + ": " +
                 (why ? why : "it is no library") +
                 "; give SIMULATE_DUCKDB a libduckdb.so for this machine, or "
                 "get one: " +
                 duckdb_install_command());
}

[[noreturn]] void missing() {
  throw BadUsage(
      "Parquet is written and read by DuckDB's library, and there is no "
      "libduckdb.so beside this program, in ../lib/simulate, in "
      "~/.local/lib/simulate or among the system's libraries; get it (70 MB, "
      "MIT licence) with " +
      duckdb_install_command() +
      ", or set SIMULATE_DUCKDB to the one you have");
}

// One that is there and does not load is told of: a search that went on would
// hide why.
void* library(const DuckDbPlaces& places) {
  for (const std::string& file : places.files()) {
    std::error_code none;
    bool by_system = file.find('/') == file.npos;
    if (places.named.empty() && !by_system && !fs::exists(file, none)) continue;
    if (void* handle = loaded(file)) return handle;
    if (!by_system) cannot_load(file);
  }
  missing();
}

template <typename Function>
void find(void* handle, const std::string& name, Function& function) {
  function =
      reinterpret_cast<Function>(::dlsym(handle, ("duckdb_" + name).c_str()));
  if (function) return;
  throw BadUsage("the libduckdb.so that was found has no duckdb_" + name +
                 "; it is too old or too new: get the one that this program "
                 "was tried with: " +
                 duckdb_install_command());
}

}  // namespace

DuckDbPlaces DuckDbPlaces::of_this_process() {
  std::error_code none;
  DuckDbPlaces places;
  places.named = environment("SIMULATE_DUCKDB");
  places.program_folder =
      fs::read_symlink("/proc/self/exe", none).parent_path();
  places.home = environment("HOME");
  return places;
}

std::vector<std::string> DuckDbPlaces::files() const {
  // As a path: the system is asked for a mere name.
  if (!named.empty()) return {fs::absolute(named).string()};
  std::vector<std::string> files;
  if (!program_folder.empty()) {
    files.push_back((program_folder / kFile).string());
    files.push_back(
        (program_folder.parent_path() / "lib/simulate" / kFile).string());
  }
  if (!home.empty()) {
    files.push_back((home / ".local/lib/simulate" / kFile).string());
  }
  if (system) files.push_back(kFile);
  return files;
}

DuckDbFunctions duckdb_functions(const DuckDbPlaces& places) {
  void* from = library(places);
  DuckDbFunctions all;
  find(from, "open", all.open);
  find(from, "close", all.close);
  find(from, "connect", all.connect);
  find(from, "disconnect", all.disconnect);
  find(from, "library_version", all.library_version);
  find(from, "query", all.query);
  find(from, "prepare", all.prepare);
  find(from, "prepare_error", all.prepare_error);
  find(from, "destroy_prepare", all.destroy_prepare);
  find(from, "execute_prepared_streaming", all.execute_prepared_streaming);
  find(from, "result_error", all.result_error);
  find(from, "destroy_result", all.destroy_result);
  find(from, "column_count", all.column_count);
  find(from, "column_name", all.column_name);
  find(from, "column_logical_type", all.column_logical_type);
  find(from, "fetch_chunk", all.fetch_chunk);
  find(from, "destroy_data_chunk", all.destroy_data_chunk);
  find(from, "data_chunk_get_size", all.data_chunk_get_size);
  find(from, "data_chunk_get_vector", all.data_chunk_get_vector);
  find(from, "vector_get_data", all.vector_get_data);
  find(from, "vector_get_validity", all.vector_get_validity);
  find(from, "get_type_id", all.get_type_id);
  find(from, "list_type_child_type", all.list_type_child_type);
  find(from, "struct_type_child_count", all.struct_type_child_count);
  find(from, "struct_type_child_name", all.struct_type_child_name);
  find(from, "struct_type_child_type", all.struct_type_child_type);
  find(from, "destroy_logical_type", all.destroy_logical_type);
  find(from, "free", all.free);
  return all;
}

std::string duckdb_install_command() {
  return std::string(
             "(mkdir -p ~/.local/lib/simulate && cd "
             "~/.local/lib/simulate && tar xzf \"$(npm pack --silent ") +
         kPackage +
         ")\" --strip-components=1 package/libduckdb.so && rm -f "
         "duckdb-node-bindings-*.tgz)";
}

}  // namespace simulate
