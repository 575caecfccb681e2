// A sample as text: what a model reads up to where it begins to write, by its
// own template, and what it writes there, as its family writes it.
// Tested by tests/samples/rendering_test.cpp.
#pragma once

#include "simulator/samples/chat_template.h"
#include "simulator/samples/sample.h"

namespace simulate {

struct RenderedSample {
  std::string prompt;
  std::string completion;
  std::string complaint;  // of the template; then there is no text
};

// `thinks` is false where thoughts are left out of the whole dataset.
RenderedSample rendered_sample(const Sample& sample, const Family& family,
                               bool thinks, TemplateEngine& engine);

// The day that a template is told: the conversation's.
std::string date_of(const Sample& sample);

}  // namespace simulate
