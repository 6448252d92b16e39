// Prints docs/intervention-types.md.

#include <cstdio>

#include "scenario/intervention_types.h"

int main() {
    const auto text =
        "# Types of interventions\n\n"
        "<!-- Written by docs/write_intervention_types.cpp from the tables in sim/scenario/intervention_types.cpp. "
        "Change "
        "those, then: cmake --build --preset release --target update_intervention_types -->\n\n"
        "What an entry under `interventions` may be. The keys that all types share (`id`, `date` or `when`, `note`, "
        "`source`, `place`) are explained in [scenario-files.md](scenario-files.md), what each type does in full in "
        "[ODD.md](ODD.md), section 7.13. Cercles have their names in `world.cercles`, and a faction can be called by "
        "its "
        "organisation's name where that has only one. What lies outside the simulated regions is left out.\n\n" +
        sahelsim::scenario::intervention_tables();
    return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0 ? 0 : 1;
}
