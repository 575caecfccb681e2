// DuckDB's C functions, found in a library that is loaded when a table is
// written or read, and never linked: who needs no Parquet needs no DuckDB.
// Tested by tests/tables/duckdb_library_test.cpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace simulate {

// What follows is as duckdb.h of DuckDB 1.5 declares it. The struct's layout
// has been the same since 0.3.2, and its first fields are no longer filled.
struct DuckDbResult {
  uint64_t counts[3] = {};
  void* columns = nullptr;
  char* error = nullptr;
  void* internal = nullptr;
};

// A text in a column: short ones lie in it, long ones elsewhere.
struct DuckDbText {
  static constexpr uint32_t kMostInlined = 12;

  uint32_t length;
  char prefix[4];
  union {
    char rest[8];
    const char* elsewhere;
  };

  std::string_view view() const {
    return {length <= kMostInlined ? prefix : elsewhere, length};
  }
};

// A state is 0 where all went well. What is a pointer to something opaque there
// is a void* here.
struct DuckDbFunctions {
  int (*open)(const char* path, void** database) = nullptr;
  void (*close)(void** database) = nullptr;
  int (*connect)(void* database, void** connection) = nullptr;
  void (*disconnect)(void** connection) = nullptr;
  const char* (*library_version)() = nullptr;

  int (*query)(void* connection, const char* sql, DuckDbResult*) = nullptr;
  int (*prepare)(void* connection, const char* sql, void** prepared) = nullptr;
  const char* (*prepare_error)(void* prepared) = nullptr;
  void (*destroy_prepare)(void** prepared) = nullptr;
  int (*execute_prepared_streaming)(void* prepared, DuckDbResult*) = nullptr;

  const char* (*result_error)(DuckDbResult*) = nullptr;
  void (*destroy_result)(DuckDbResult*) = nullptr;
  uint64_t (*column_count)(DuckDbResult*) = nullptr;
  const char* (*column_name)(DuckDbResult*, uint64_t column) = nullptr;
  void* (*column_logical_type)(DuckDbResult*, uint64_t column) = nullptr;

  void* (*fetch_chunk)(DuckDbResult) = nullptr;
  void (*destroy_data_chunk)(void** chunk) = nullptr;
  uint64_t (*data_chunk_get_size)(void* chunk) = nullptr;
  void* (*data_chunk_get_vector)(void* chunk, uint64_t column) = nullptr;
  void* (*vector_get_data)(void* vector) = nullptr;
  uint64_t* (*vector_get_validity)(void* vector) = nullptr;

  int (*get_type_id)(void* type) = nullptr;
  void* (*list_type_child_type)(void* type) = nullptr;
  uint64_t (*struct_type_child_count)(void* type) = nullptr;
  char* (*struct_type_child_name)(void* type, uint64_t index) = nullptr;
  void* (*struct_type_child_type)(void* type, uint64_t index) = nullptr;
  void (*destroy_logical_type)(void** type) = nullptr;
  void (*free)(void* memory) = nullptr;
};

// Where the library may be.
struct DuckDbPlaces {
  std::string named;                     // by SIMULATE_DUCKDB; then no other
  std::filesystem::path program_folder;  // beside it, and in ../lib/simulate
  std::filesystem::path home;            // in .local/lib/simulate
  bool system = true;                    // where the system's libraries are

  static DuckDbPlaces of_this_process();

  // In the order in which they are tried.
  std::vector<std::string> files() const;
};

// Loads it, once in a process, until its end. Throws BadUsage when it is
// nowhere, with the command that gets it, or when it is not one.
DuckDbFunctions duckdb_functions(const DuckDbPlaces& places);

// A line for a shell that puts the library into ~/.local/lib/simulate.
std::string duckdb_install_command();

}  // namespace simulate
