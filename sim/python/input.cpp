#include "python/input.h"

#include <memory>

#include <fmt/format.h>

#include "scenario/scalars.h"

namespace sahelsim::python {

namespace py = pybind11;

namespace {

/// Of dates, and of NumPy's and pandas' numbers and times.
bool has(py::handle value, const char* method) {
    return py::hasattr(value, method);
}

std::string type_name(py::handle value) {
    return py::str(py::type::handle_of(value).attr("__name__"));
}

/// The text of a value that isn't a text; nothing for what is no single value.
std::optional<std::string> scalar_text(py::handle value) {
    if (py::isinstance<py::bool_>(value)) return value.cast<bool>() ? "true" : "false";
    if (py::isinstance<py::int_>(value)) return std::string(py::str(value));
    if (py::isinstance<py::float_>(value)) return scenario::number_text(value.cast<double>());
    if (has(value, "isoformat")) {
        // A day at midnight, as datetime and pandas write it, is that day.
        std::string text = py::str(value.attr("isoformat")());
        constexpr const char* midnight = "T00:00:00";
        if (text.ends_with(midnight)) text.resize(text.size() - std::string(midnight).size());
        return text;
    }
    return std::nullopt;
}

class Conversion {
   public:
    explicit Conversion(const std::string& where) : file_(std::make_shared<const std::string>(where)) {}

    // NOLINTNEXTLINE(misc-no-recursion): as deep as what Python gives
    scenario::Node node(py::handle value) const {
        scenario::Node node;
        node.where.file = file_;
        if (value.is_none()) return node;
        if (py::isinstance<py::str>(value)) return scalar(value.cast<std::string>(), true);
        if (const auto text = scalar_text(value)) return scalar(*text, false);
        if (py::isinstance<py::dict>(value)) return map(py::reinterpret_borrow<py::dict>(value));
        if (py::isinstance<py::list>(value) || py::isinstance<py::tuple>(value)) {
            node.kind = scenario::Node::Kind::sequence;
            for (const auto item : value) node.items.push_back(this->node(item));
            return node;
        }
        if (has(value, "tolist")) return this->node(value.attr("tolist")());
        throw py::type_error(
            fmt::format("{}: a value of type {}; dicts, lists, texts, numbers, truth values and dates "
                        "can be given",
                        *file_, type_name(value)));
    }

   private:
    [[nodiscard]] scenario::Node scalar(std::string text, bool quoted) const {
        scenario::Node node;
        node.kind = scenario::Node::Kind::scalar;
        node.text = std::move(text);
        node.quoted = quoted;
        node.where.file = file_;
        return node;
    }

    [[nodiscard]] scenario::Node map(const py::dict& values) const {
        scenario::Node node;
        node.kind = scenario::Node::Kind::map;
        node.where.file = file_;
        for (const auto& [key, value] : values) {
            if (!py::isinstance<py::str>(key))
                throw py::type_error(fmt::format("{}: a key of type {}; keys are texts", *file_, type_name(key)));
            node.entries.push_back({key.cast<std::string>(), node.where, this->node(value)});
        }
        return node;
    }

    std::shared_ptr<const std::string> file_;
};

}  // namespace

scenario::Node node_of(py::handle value, const std::string& where) {
    return Conversion(where).node(value);
}

std::vector<scenario::Override> overrides_of(const py::dict& values) {
    std::vector<scenario::Override> overrides;
    for (const auto& [key, value] : values) {
        if (!py::isinstance<py::str>(key))
            throw py::type_error(fmt::format("overrides: a key of type {}; keys are names", type_name(key)));
        auto name = key.cast<std::string>();
        auto node = node_of(value, "overrides");
        if (!node.is_scalar())
            throw py::type_error(fmt::format("overrides: {} is {}; a number, text, truth value or date is expected",
                                             name, node.describe()));
        overrides.push_back({std::move(name), std::move(node.text)});
    }
    return overrides;
}

engine::Date date_of(int day_number) {
    return engine::Date(std::chrono::days(day_number));
}

}  // namespace sahelsim::python
