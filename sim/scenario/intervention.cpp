#include "scenario/intervention.h"

namespace sahelsim::scenario {

namespace {

template <class Value>
const Value& value_or_nothing(const Intervention& intervention, std::string_view field) {
    static const Value nothing{};
    const auto found = intervention.fields.find(field);
    return found == intervention.fields.end() ? nothing : std::get<Value>(found->second);
}

}  // namespace

const std::string& Intervention::text(std::string_view field) const {
    return value_or_nothing<std::string>(*this, field);
}

double Intervention::number(std::string_view field) const {
    return value_or_nothing<double>(*this, field);
}

long Intervention::integer(std::string_view field) const {
    return value_or_nothing<long>(*this, field);
}

bool Intervention::flag(std::string_view field) const {
    return value_or_nothing<bool>(*this, field);
}

const std::vector<std::string>& Intervention::names(std::string_view field) const {
    return value_or_nothing<std::vector<std::string>>(*this, field);
}

std::optional<engine::Date> Intervention::until() const {
    if (!has("until")) return std::nullopt;
    return value_or_nothing<engine::Date>(*this, "until");
}

}  // namespace sahelsim::scenario
