#pragma once
// Reads the fields of an intervention by the table of its type.

#include "scenario/context.h"
#include "scenario/intervention_types.h"
#include "scenario/map_reader.h"

namespace sahelsim::scenario {

class FieldReader {
   public:
    explicit FieldReader(Context& context);

    /// Puts what `map` says into `intervention.fields`, whose type, date and condition have been read.
    void read(const InterventionType& type, MapReader& map, Intervention& intervention);

    /// The names that a FieldKind::name stands for: of a kind of `Placeholders`, or "mechanism".
    [[nodiscard]] const std::vector<std::string>& names_of(const std::string& kind) { return names_[kind]; }

   private:
    std::optional<FieldValue> read_field(const FieldSchema& field, MapReader& map, const Intervention& intervention);
    std::optional<FieldValue> read_parameter(const FieldSchema& field, MapReader& map);
    std::optional<FieldValue> read_value(const FieldSchema& field, MapReader& map, const Intervention& intervention);
    std::optional<FieldValue> read_faction(const FieldSchema& field, MapReader& map);
    std::optional<FieldValue> read_cercles(const FieldSchema& field, MapReader& map);
    std::optional<FieldValue> read_last_day(const FieldSchema& field, MapReader& map, const Intervention& intervention);
    std::optional<std::string> read_cercle(const Node& node, const std::string& path);
    void check_choice(const Choice& choice, MapReader& map);
    [[nodiscard]] std::vector<std::string> accepted_factions();

    Context& context_;
    Problems& problems_;
    Placeholders names_;
};

}  // namespace sahelsim::scenario
