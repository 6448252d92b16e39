#include "python/arrays.h"

#include <map>
#include <memory>
#include <utility>

namespace sahelsim::python {

namespace py = pybind11;

namespace {

using model::State;

/// What arrays of a state are made from.
struct Source {
    const Morning& morning;

    [[nodiscard]] const State& state() const { return *morning.state; }
    [[nodiscard]] py::ssize_t communes() const { return morning.setup->communes(); }
    [[nodiscard]] py::ssize_t communities() const { return morning.setup->communities(); }

    /// Strides in bytes. The state lives as long as any view of it.
    template <class Value>
    [[nodiscard]] py::array view(const Value* values, std::vector<py::ssize_t> shape,
                                 std::vector<py::ssize_t> strides) const {
        using Owner = std::shared_ptr<const State>;
        auto owner = std::make_unique<Owner>(morning.state);
        const py::capsule base(owner.get(), [](void* held) { delete static_cast<Owner*>(held); });
        static_cast<void>(owner.release());  // the capsule has it
        py::array_t<Value> array(std::move(shape), std::move(strides), values, base);
        array.attr("flags").attr("writeable") = false;
        return array;
    }

    template <class Value>
    [[nodiscard]] py::array view(const std::vector<Value>& values) const {
        return view(values.data(), {static_cast<py::ssize_t>(values.size())}, {sizeof(Value)});
    }

    /// [row, column] of whatever order.
    template <class Derived>
    [[nodiscard]] py::array view(const Eigen::PlainObjectBase<Derived>& values) const {
        using Value = typename Derived::Scalar;
        const auto size = static_cast<py::ssize_t>(sizeof(Value));
        return view(values.data(), {values.rows(), values.cols()},
                    {size * values.rowStride(), size * values.colStride()});
    }

    /// [commune * communities + community] as [commune, community].
    template <class Value>
    [[nodiscard]] py::array by_community(const std::vector<Value>& values) const {
        const auto size = static_cast<py::ssize_t>(sizeof(Value));
        return view(values.data(), {communes(), communities()}, {size * communities(), size});
    }

    /// [commune * communities + community, side] as [commune, community, side].
    [[nodiscard]] py::array by_community(const model::Field& values) const {
        const auto size = static_cast<py::ssize_t>(sizeof(float));
        const auto row = size * values.rowStride();
        return view(values.data(), {communes(), communities(), values.cols()}, {row * communities(), row, size});
    }

    /// Enumerations as their numbers.
    template <class Enumeration>
    [[nodiscard]] py::array codes(const std::vector<Enumeration>& values) const {
        static_assert(sizeof(Enumeration) == 1);
        return view(reinterpret_cast<const std::uint8_t*>(values.data()), {static_cast<py::ssize_t>(values.size())},
                    {1});
    }
};

py::array strengths(const Source& from) {
    const auto& units = from.state().units;
    py::array_t<std::int32_t> strengths(units.size());
    auto values = strengths.mutable_unchecked<1>();
    for (int u = 0; u < units.size(); ++u) values(u) = units.strength(u);
    strengths.attr("flags").attr("writeable") = false;
    return strengths;
}

using Make = py::array (*)(const Source&);

const std::map<std::string, Make, std::less<>>& table() {
    // clang-format off
    static const std::map<std::string, Make, std::less<>> all = {
        {"control", [](const Source& s) { return s.view(s.state().control.share); }},
        {"information", [](const Source& s) { return s.view(s.state().control.information); }},
        {"residents", [](const Source& s) { return s.by_community(s.state().cohorts.people); }},
        {"displaced_from", [](const Source& s) { return s.by_community(s.state().displacement.away); }},
        {"displaced_to", [](const Source& s) { return s.view(s.state().displacement.hosted); }},
        {"presence", [](const Source& s) { return s.view(s.state().presence.of_faction); }},
        {"standing", [](const Source& s) { return s.view(s.state().presence.standing); }},
        {"sympathy", [](const Source& s) { return s.view(s.state().sympathy.kin); }},
        {"support", [](const Source& s) { return s.view(s.state().sympathy.support); }},
        {"grievance", [](const Source& s) { return s.by_community(s.state().attitudes.grievance); }},
        {"fear", [](const Source& s) { return s.by_community(s.state().attitudes.fear); }},
        {"hardship", [](const Source& s) { return s.view(s.state().hardship); }},
        {"pasture_stress", [](const Source& s) { return s.view(s.state().pasture_stress); }},
        {"state_agents", [](const Source& s) { return s.view(s.state().governance.agents); }},
        {"schools", [](const Source& s) { return s.view(s.state().governance.schools); }},
        {"schools_closed", [](const Source& s) { return s.view(s.state().governance.closed); }},
        {"besieged_by", [](const Source& s) {
            static_assert(sizeof(model::Siege) == sizeof(model::Siege::unit));
            const auto& sieges = s.state().sieges;
            return s.view(sieges.empty() ? nullptr : &sieges.front().unit, {static_cast<py::ssize_t>(sieges.size())},
                          {sizeof(model::Siege)});
        }},
        {"cohorts.commune", [](const Source& s) { return s.view(s.state().cohorts.commune); }},
        {"cohorts.community", [](const Source& s) { return s.view(s.state().cohorts.community); }},
        {"cohorts.livelihood", [](const Source& s) { return s.view(s.state().cohorts.livelihood); }},
        {"cohorts.residents", [](const Source& s) { return s.view(s.state().cohorts.residents); }},
        {"cohorts.displaced", [](const Source& s) { return s.view(s.state().cohorts.displaced); }},
        {"cohorts.armed", [](const Source& s) { return s.view(s.state().cohorts.armed); }},
        {"cohorts.hostages", [](const Source& s) { return s.view(s.state().cohorts.hostages); }},
        {"cohorts.prisoners", [](const Source& s) { return s.view(s.state().cohorts.prisoners); }},
        {"cohorts.dead", [](const Source& s) { return s.view(s.state().cohorts.dead); }},
        {"cohorts.increase", [](const Source& s) { return s.view(s.state().cohorts.increase); }},
        {"units.organisation", [](const Source& s) { return s.view(s.state().units.organisation); }},
        {"units.faction", [](const Source& s) { return s.view(s.state().units.faction); }},
        {"units.type", [](const Source& s) { return s.codes(s.state().units.type); }},
        {"units.base", [](const Source& s) { return s.view(s.state().units.base); }},
        {"units.place", [](const Source& s) { return s.view(s.state().units.place); }},
        {"units.established", [](const Source& s) { return s.view(s.state().units.established); }},
        {"units.strength", strengths},
        {"units.experience", [](const Source& s) { return s.view(s.state().units.experience); }},
        {"units.morale", [](const Source& s) { return s.view(s.state().units.morale); }},
        {"units.supply", [](const Source& s) { return s.view(s.state().units.supply); }},
        {"units.leader", [](const Source& s) { return s.view(s.state().units.leader); }},
        {"units.action", [](const Source& s) { return s.codes(s.state().units.action); }},
        {"units.target", [](const Source& s) { return s.view(s.state().units.target); }},
        {"units.arrival", [](const Source& s) { return s.view(s.state().units.arrival); }},
        {"units.latent_until", [](const Source& s) { return s.view(s.state().units.latent_until); }},
    };
    // clang-format on
    return all;
}

/// Takes the values over without a copy.
template <class Value>
py::array owned(std::vector<Value> values, const std::vector<py::ssize_t>& shape) {
    auto kept = std::make_unique<std::vector<Value>>(std::move(values));
    const auto* data = kept->data();
    const py::capsule base(kept.get(), [](void* held) { delete static_cast<std::vector<Value>*>(held); });
    static_cast<void>(kept.release());  // the capsule has it
    return py::array_t<Value>(shape, data, base);
}

template <class Value, class From>
py::array converted(const std::vector<From>& values, const std::vector<py::ssize_t>& shape) {
    std::vector<Value> all;
    all.reserve(values.size());
    for (const From value : values) all.push_back(static_cast<Value>(value));
    return owned(std::move(all), shape);
}

template <class From>
py::array converted(const std::vector<From>& values, output::Type type, const std::vector<py::ssize_t>& shape) {
    switch (type) {
        case output::Type::int8:
            return converted<std::int8_t>(values, shape);
        case output::Type::int16:
            return converted<std::int16_t>(values, shape);
        case output::Type::int32:
            return converted<std::int32_t>(values, shape);
        case output::Type::int64:
            return converted<std::int64_t>(values, shape);
        case output::Type::float64:
        case output::Type::text:
            break;
    }
    return converted<double>(values, shape);
}

}  // namespace

py::array state_array(const Morning& morning, const std::string& name) {
    return table().at(name)(Source{morning});
}

py::object values_array(output::VariableInMemory variable) {
    const std::vector<py::ssize_t> shape(variable.shape.begin(), variable.shape.end());
    if (const auto* texts = std::get_if<std::vector<std::string>>(&variable.values)) {
        py::list list;
        for (const auto& text : *texts) list.append(py::str(text));
        if (shape.empty()) return list[0];
        return list;
    }
    if (auto* counts = std::get_if<std::vector<std::int64_t>>(&variable.values))
        return owned(std::move(*counts), shape);
    auto& numbers = std::get<std::vector<double>>(variable.values);
    if (variable.variable.type == output::Type::float64) return owned(std::move(numbers), shape);
    return converted(numbers, variable.variable.type, shape);
}

py::array codes_array(const std::vector<std::int64_t>& codes, output::Type type) {
    return converted(codes, type, {static_cast<py::ssize_t>(codes.size())});
}

}  // namespace sahelsim::python
