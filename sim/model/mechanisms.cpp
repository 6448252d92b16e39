#include "model/mechanisms.h"

#include <array>
#include <cassert>
#include <utility>

namespace sahelsim::model {

namespace {

constexpr std::array<std::pair<const char*, bool Mechanisms::*>, 9> kSwitches = {{
    {"adaptation", &Mechanisms::adaptation},
    {"air_power", &Mechanisms::air_power},
    {"control", &Mechanisms::control},
    {"gathering", &Mechanisms::gathering},
    {"harm_to_civilians", &Mechanisms::harm_to_civilians},
    {"information", &Mechanisms::information},
    {"kin_protection", &Mechanisms::kin_protection},
    {"replacement", &Mechanisms::replacement},
    {"revenge", &Mechanisms::revenge},
}};

}  // namespace

std::vector<std::string> mechanism_names() {
    std::vector<std::string> names;
    for (const auto& [name, member] : kSwitches) names.emplace_back(name);
    return names;
}

void switch_mechanism(Mechanisms& mechanisms, const std::string& name, bool on) {
    for (const auto& [known, member] : kSwitches) {
        if (name != known) continue;
        mechanisms.*member = on;
        return;
    }
    assert(false && "the reader of scenarios knows all mechanisms");
}

}  // namespace sahelsim::model
