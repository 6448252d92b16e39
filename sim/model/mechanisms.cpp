#include "model/mechanisms.h"

#include <array>
#include <cassert>
#include <utility>

namespace sahelsim::model {

namespace {

constexpr auto kSwitches = std::to_array<std::pair<const char*, bool Mechanisms::*>>({
    {"adaptation", &Mechanisms::adaptation},
    {"air_power", &Mechanisms::air_power},
    {"control", &Mechanisms::control},
    {"defection", &Mechanisms::defection},
    {"demography", &Mechanisms::demography},
    {"desertion", &Mechanisms::desertion},
    {"displacement", &Mechanisms::displacement},
    {"gathering", &Mechanisms::gathering},
    {"governance", &Mechanisms::governance},
    {"harm_to_civilians", &Mechanisms::harm_to_civilians},
    {"imprisonment", &Mechanisms::imprisonment},
    {"information", &Mechanisms::information},
    {"kin_protection", &Mechanisms::kin_protection},
    {"land", &Mechanisms::land},
    {"leadership", &Mechanisms::leadership},
    {"local_accords", &Mechanisms::local_accords},
    {"orders", &Mechanisms::orders},
    {"reactions", &Mechanisms::reactions},
    {"recruitment", &Mechanisms::recruitment},
    {"replacement", &Mechanisms::replacement},
    {"revenge", &Mechanisms::revenge},
    {"rivalry", &Mechanisms::rivalry},
    {"politics", &Mechanisms::politics},
    {"partners", &Mechanisms::partners},
    {"dialogue", &Mechanisms::dialogue},
    {"spread", &Mechanisms::spread},
});

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
