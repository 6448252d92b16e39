#pragma once
// A table of a scenario: a CSV file that it names, or a list of maps with the columns as keys.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "scenario/context.h"
#include "scenario/csv.h"

namespace sahelsim::scenario {

/// A row, read by the names of its columns.
class Row {
   public:
    Row(const std::vector<std::string>& columns, const std::vector<Field>& fields, Problems& problems)
        : columns_(columns), fields_(fields), problems_(problems) {}

    [[nodiscard]] const Field& field(const std::string& column) const;
    [[nodiscard]] const std::string& text(const std::string& column) const { return field(column).text; }

    /// A number within bounds; reported and 0 otherwise.
    [[nodiscard]] double number(const std::string& column, double lower, double upper);
    [[nodiscard]] long integer(const std::string& column, long lower, long upper);

    /// The parts of "a;b;c".
    [[nodiscard]] std::vector<std::string> list(const std::string& column) const;

    [[nodiscard]] Location where(const std::string& column) const { return field(column).where.location(); }
    [[nodiscard]] Location where() const { return fields_.front().where.location(); }

   private:
    const std::vector<std::string>& columns_;
    const std::vector<Field>& fields_;
    Problems& problems_;
};

/// Calls `read` for each row of the table that `node` names or holds.
void for_each_row(const Node& node, const std::string& key, const std::vector<std::string>& columns, Context& context,
                  const std::function<void(Row&)>& read);

}  // namespace sahelsim::scenario
