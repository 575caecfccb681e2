// Whole personas from lines like "a beekeeper who is afraid of heights": what a
// writer is asked, and what of its answer is good enough to be played.
// Tested by tests/conversation/persona_writer_test.cpp.
#pragma once

#include <optional>
#include <string>

#include "simulator/conversation/persona.h"
#include "simulator/models/chat.h"

namespace simulate {

struct OneLiner {
  std::string text;
  int variant = 1;  // of several people made of one line
};

// `asks` is the writer's prompt. Each line and variant gets letters that the
// name begins with, so that not everybody is called the same.
ChatRequest persona_request(const std::string& asks, const OneLiner& line,
                            bool scripted);

// Nothing, and `fault` says what its writer is told, when it is no JSON, no
// persona, or one with too little in it to be played for long.
std::optional<Persona> written_persona(const std::string& reply,
                                       std::string& fault);

}  // namespace simulate
