#pragma once
// Where the contents of a result file go: to a file, or into memory.

#include <string>
#include <vector>

namespace sahelsim::output {

class ValueSink {
   public:
    virtual ~ValueSink() = default;

    /// All values of a variable in row-major order, by its path.
    virtual void write(const std::string& variable, const std::vector<double>& values) = 0;
    virtual void write(const std::string& variable, const std::vector<std::string>& values) = 0;
};

}  // namespace sahelsim::output
