#include "simulator/mcp/disk_thread.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>

#include "tests/mcp/mcp_loop.h"

namespace simulate {
namespace {

TEST(DiskThread, WorksOnAThreadOfItsOwn) {
  McpLoop loop;
  DiskThread disk;
  std::thread::id first, second;
  loop.run(disk.run([&] { first = std::this_thread::get_id(); }));
  loop.run(disk.run([&] { second = std::this_thread::get_id(); }));
  EXPECT_NE(first, std::this_thread::get_id());
  EXPECT_EQ(first, second);
}

TEST(DiskThread, ThrowsWhatTheWorkThrew) {
  McpLoop loop;
  DiskThread disk;
  auto fail = [] { throw std::runtime_error("the disk is full"); };
  EXPECT_THROW(loop.run(disk.run(fail)), std::runtime_error);
}

}  // namespace
}  // namespace simulate
