// Prints docs/data-dictionary.md.

#include <cstdio>

#include "output/data_dictionary.h"

int main() {
    const auto text = sahelsim::output::data_dictionary();
    return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0 ? 0 : 1;
}
