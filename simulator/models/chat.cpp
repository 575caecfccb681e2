#include "simulator/models/chat.h"

namespace simulate {

const char* finish_name(Finish finish) {
  switch (finish) {
    case Finish::stop:
      return "stop";
    case Finish::length:
      return "length";
    case Finish::refused:
      return "refused";
  }
  return "";
}

Finish finish_named(const std::string& name) {
  if (name == "length") return Finish::length;
  if (name == "refused") return Finish::refused;
  return Finish::stop;
}

}  // namespace simulate
