#include "simulator/base/terminal.h"

#include <sys/ioctl.h>

namespace simulate {

size_t columns_of(std::FILE* out) {
  winsize size = {};
  if (::ioctl(::fileno(out), TIOCGWINSZ, &size) != 0 || size.ws_col < 20) {
    return 80;
  }
  return size.ws_col;
}

}  // namespace simulate
