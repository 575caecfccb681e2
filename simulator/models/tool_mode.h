// How a model is told of its tools and calls them.
// Tested by tests/models/wire_messages_test.cpp.
#pragma once

namespace simulate {

enum class ToolMode {
  automatic,  // native where `simulate check` has seen the model call so
  tags,       // in the words of its prompt and of its replies
  native,     // in fields that its server has for them
};

}  // namespace simulate
