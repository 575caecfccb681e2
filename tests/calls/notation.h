// A value as Python's own functions write it: what models have learnt from.
#pragma once

#include <string>

#include "simulator/base/json.h"

namespace simulate {

// json.dumps(value): spaces behind commas and colons, nothing but ASCII.
std::string python_dumps(const Json& value);

// json.dumps(value, ensure_ascii=False)
std::string python_dumps_unicode(const Json& value);

// repr(value): {'a': True, 'b': "it's", 'c': None}
std::string python_repr(const Json& value);

}  // namespace simulate
