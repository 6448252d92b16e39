#include "scenario/parameter.h"

#include <stdexcept>

namespace sahelsim::scenario {

std::string_view to_string(Status status) {
    switch (status) {
        case Status::reported:
            return "reported";
        case Status::estimated:
            return "estimated";
        case Status::assumed:
            return "assumed";
    }
    return "";
}

std::string_view to_string(Distribution distribution) {
    switch (distribution) {
        case Distribution::uniform:
            return "uniform";
        case Distribution::log_uniform:
            return "log_uniform";
        case Distribution::triangular:
            return "triangular";
    }
    return "";
}

const ParameterRecord* ParameterSet::find(std::string_view name) const {
    const auto it = records_.find(name);
    return it == records_.end() ? nullptr : &it->second;
}

const ParameterRecord* ParameterSet::find(const std::vector<std::string>& scopes, std::string_view name) const {
    std::string full;
    for (const auto& scope : scopes) {
        full.assign(scope).append(1, '.').append(name);
        if (const auto* record = find(full)) return record;
    }
    return nullptr;
}

void ParameterSet::put(ParameterRecord record) {
    auto name = record.name;
    records_.insert_or_assign(std::move(name), std::move(record));
}

void ParameterSet::set_value(std::string_view name, double value) {
    const auto it = records_.find(name);
    if (it == records_.end()) throw std::logic_error("no parameter " + std::string(name));
    it->second.value = value;
}

}  // namespace sahelsim::scenario
