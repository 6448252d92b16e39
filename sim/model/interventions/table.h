#pragma once
// What interventions do, by type: the functions behind the table in scenario/intervention_types.cpp.

#include <cstddef>
#include <span>
#include <string_view>

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// Does what is due today; `number` is the intervention's place in the scenario. Returns whether it is over: otherwise it is
/// called again every day.
using InterventionFunction = bool (*)(const Setup& setup, const Step& step, const scenario::Intervention& intervention,
                                      std::size_t number, State& state);

struct InterventionEntry {
    const char* type = "";
    InterventionFunction apply = nullptr;
};

[[nodiscard]] std::span<const InterventionEntry> intervention_table();

/// The type must be in the table.
[[nodiscard]] InterventionFunction find_intervention(std::string_view type);

// One file each, called like its type.
bool apply_set(const Setup&, const Step&, const scenario::Intervention&, std::size_t number, State&);
bool apply_switch(const Setup&, const Step&, const scenario::Intervention&, std::size_t number, State&);
bool apply_deploy(const Setup&, const Step&, const scenario::Intervention&, std::size_t number, State&);
bool apply_withdraw(const Setup&, const Step&, const scenario::Intervention&, std::size_t number, State&);
bool apply_lose_leader(const Setup&, const Step&, const scenario::Intervention&, std::size_t number, State&);
bool apply_coup(const Setup&, const Step&, const scenario::Intervention&, std::size_t number, State&);
bool apply_sanctions(const Setup&, const Step&, const scenario::Intervention&, std::size_t number, State&);
bool apply_dialogue(const Setup&, const Step&, const scenario::Intervention&, std::size_t number, State&);
bool apply_mediate(const Setup&, const Step&, const scenario::Intervention&, std::size_t number, State&);
bool apply_disarm(const Setup&, const Step&, const scenario::Intervention&, std::size_t number, State&);

}  // namespace sahelsim::model
