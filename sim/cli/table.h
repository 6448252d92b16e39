#pragma once
// Tables on the screen.

#include <string>
#include <vector>

namespace sahelsim::cli {

/// Cells from left to right; every line of a table has the same number of them.
using TableLine = std::vector<std::string>;

/// Prints lines with aligned columns, two blanks between them. On a terminal the last columns, which hold sentences, are
/// cut so that a line fits it; files and pipes get all of it.
void print_table(const std::vector<TableLine>& lines);

}  // namespace sahelsim::cli
