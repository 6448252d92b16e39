#include <cstdio>
#include <string>

#include "engine/date.h"
#include "engine/version.h"

int main() {
    const std::string version(sahelsim::engine::version());
    const auto date = sahelsim::engine::parse_date("2017-01-01");
    std::printf("sahelsim %s\n", version.c_str());
    return date && sahelsim::engine::is_first_of_month(*date) && !version.empty() ? 0 : 1;
}
