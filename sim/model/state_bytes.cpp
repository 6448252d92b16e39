#include "model/state_bytes.h"

#include <fmt/format.h>

#include "engine/archive.h"

namespace sahelsim::engine {

/// Follow from State::values.
template <>
struct Archived<model::Parameters> {
    static void save(ArchiveWriter& /*writer*/, const model::Parameters& /*parameters*/) {}
    static void load(ArchiveReader& /*reader*/, model::Parameters& parameters) { parameters = {}; }
};

/// Names and values: what else a record says is the scenario's.
template <>
struct Archived<scenario::ParameterSet> {
    static void save(ArchiveWriter& writer, const scenario::ParameterSet& set) {
        std::vector<std::string> names;
        std::vector<double> values;
        for (const auto& [name, record] : set.records()) {
            names.push_back(name);
            values.push_back(record.value);
        }
        writer.put(names);
        writer.put(values);
    }
    static void load(ArchiveReader& reader, scenario::ParameterSet& set) {
        std::vector<std::string> names;
        std::vector<double> values;
        reader.get(names);
        reader.get(values);
        if (names.size() != values.size()) throw ArchiveError("as many parameters as values are due");
        set = {};
        for (std::size_t i = 0; i < names.size(); ++i) {
            scenario::ParameterRecord record;
            record.name = names[i];
            record.value = values[i];
            set.put(std::move(record));
        }
    }
};

}  // namespace sahelsim::engine

namespace sahelsim::model {

std::vector<std::byte> bytes_of(const State& state) {
    engine::ArchiveWriter writer;
    writer.put(state);
    return writer.take();
}

State state_from(std::span<const std::byte> bytes) {
    engine::ArchiveReader reader(bytes);
    State state;
    reader.get(state);
    if (!reader.at_end()) throw engine::ArchiveError("something follows its end");
    return state;
}

std::string state_layout() {
    return fmt::format("{:016x}", engine::name_key(engine::archive_layout<State>()));
}

}  // namespace sahelsim::model
