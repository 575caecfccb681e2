#include "simulator/net/event_stream.h"

#include <gtest/gtest.h>

namespace simulate {
namespace {

using Events = std::vector<ServerEvent>;

// As it comes when every piece has `size` bytes.
Events read_in_pieces(std::string_view bytes, size_t size) {
  EventStream stream;
  Events all;
  for (size_t at = 0; at < bytes.size(); at += size) {
    for (ServerEvent& event : stream.take(bytes.substr(at, size))) {
      all.push_back(std::move(event));
    }
  }
  for (ServerEvent& event : stream.finish()) all.push_back(std::move(event));
  return all;
}

TEST(EventStream, ReadsEveryKindOfLine) {
  struct Row {
    std::string_view bytes;
    Events events;
  };
  const std::vector<Row> rows = {
      {"", {}},
      {"\n\r\n\r", {}},
      {"data: a\n\ndata: b\n\n", {{"", "a"}, {"", "b"}}},
      {"data: a\r\n\r\ndata: b\r\r", {{"", "a"}, {"", "b"}}},
      {"data: a\r\n\ndata: b\r\r\n", {{"", "a"}, {"", "b"}}},
      {"data: a\ndata:b\n\n", {{"", "a\nb"}}},
      {"data:  a\n\n", {{"", " a"}}},
      {"data\n\n", {{"", ""}}},
      {": keep-alive\n\ndata: a\n\n", {{"", "a"}}},
      {"event: error\ndata: a\nid: 3\nretry: 9\n\n", {{"error", "a"}}},
      {"event: nothing\n\ndata: a\n\n", {{"", "a"}}},
      {"\xEF\xBB\xBF"
       "data: a\n\n",
       {{"", "a"}}},
      {"data: no end", {{"", "no end"}}},
      {"data: \xF0\x9F\x8C\xB1\r\n\r\n", {{"", "\xF0\x9F\x8C\xB1"}}},
  };
  for (const Row& row : rows) {
    for (size_t size : {1, 2, 3, 5, 1000}) {
      EXPECT_EQ(read_in_pieces(row.bytes, size), row.events)
          << row.bytes << " by " << size;
    }
  }
}

TEST(EventStream, TellsOfAnEventAsSoonAsItIsWhole) {
  EventStream stream;
  EXPECT_TRUE(stream.take("data: a\r\n").empty());
  EXPECT_EQ(stream.take("\r"), (Events{{"", "a"}}));
  EXPECT_TRUE(stream.take("\n").empty());
}

TEST(EventStream, ReadsNothingBehindAnEventThatIsTooLarge) {
  EventStream stream(20);
  Events events = stream.take("data: a\n\ndata: " + std::string(30, 'b') +
                              "\n\ndata: c\n\n");
  EXPECT_EQ(events, (Events{{"", "a"}}));
  EXPECT_TRUE(stream.is_too_large());
  EXPECT_TRUE(stream.take("\n\ndata: d\n\n").empty());
  EXPECT_TRUE(stream.finish().empty());
}

TEST(EventStream, CountsAllLinesOfAnEvent) {
  EventStream stream(20);
  for (int i = 0; i < 10; ++i) stream.take("data: 123456\n");
  EXPECT_TRUE(stream.is_too_large());
}

}  // namespace
}  // namespace simulate
