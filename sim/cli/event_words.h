#pragma once
// Events in plain words.

#include <string>

#include "model/recording.h"
#include "output/result_reader.h"

namespace sahelsim::cli {

/// Who did what to whom with how many victims, as in "JNIM (Katiba Macina) attacked civilians: 5 Dogon killed"; and by
/// which intervention, if that is the cause.
[[nodiscard]] std::string what_happened(const model::Event& event, const output::EventNames& names);

/// Commune, cercle and region, as in "Mondoro (Douentza, Mopti)".
[[nodiscard]] std::string where_it_happened(const model::Event& event, const output::EventNames& names);

/// The intervention that is the event's cause; empty if its cause is none.
[[nodiscard]] std::string intervention_of(const model::Event& event, const output::EventNames& names);

/// The name at a position; empty for the position -1, and for any that the list doesn't have.
[[nodiscard]] const scenario::Labelled& name_at(const std::vector<scenario::Labelled>& names, int position);

}  // namespace sahelsim::cli
