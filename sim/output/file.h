#pragma once
// One HDF5 file with the layout of the schema: creates it whole, without values, then takes values by variable.

#include <cstdint>
#include <filesystem>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "output/attributes.h"
#include "output/handle.h"
#include "output/layout.h"
#include "output/schema.h"
#include "output/value_sink.h"

namespace sahelsim::output {

/// What series hold for runs that are not done; reals hold "not a number".
inline constexpr std::int64_t fill_value_of_counts = std::numeric_limits<std::int64_t>::min();

class File : public ValueSink {
   public:
    /// Makes an empty file into one with all groups, dimensions, variables and their attributes. `shown` is the name
    /// for messages. Throws FileError, as all functions here do.
    File(const std::filesystem::path& path, std::string shown, const Schema& schema, const Layout& layout,
         const model::Labels& labels);

    /// Of the file.
    void set_attribute(const Attribute& attribute);

    /// All values of a variable in row-major order. Numbers are converted to the type on disk, texts are UTF-8.
    void write(const std::string& variable, const std::vector<double>& values) override;
    void write(const std::string& variable, const std::vector<std::string>& values) override;

    /// Values of `count` runs from run `first` on, for variables whose leading dimension is run. Series of counts are
    /// handed over as int64, all others as double.
    void write_runs(const std::string& variable, std::uint64_t first, std::uint64_t count,
                    const std::vector<double>& values);
    void write_runs(const std::string& variable, std::uint64_t first, std::uint64_t count,
                    const std::vector<std::int64_t>& values);

    /// Makes room for entries at the end of the event log; the number of the first new one is returned.
    std::uint64_t extend_events(std::uint64_t count);
    void write_events(const std::string& variable, std::uint64_t first, const std::vector<double>& values);

    /// Variables that nothing has been written to: none in a file that is finished, but those of events if there are none.
    [[nodiscard]] std::vector<std::string> unwritten() const;

    /// Writes everything to the file system and closes.
    void close();

   private:
    struct Dataset {
        Handle handle;
        std::vector<hsize_t> shape;
        bool written = false;
    };

    void create(const std::filesystem::path& path);
    void create_group(const Group& group, const Schema& schema, const Layout& layout, const model::Labels& labels);
    void create_variable(const Variable& variable, const Layout& layout);
    void create_bare_dimension(const std::string& group, const std::string& dimension, const Layout& layout);
    void make_scale(const std::string& path, const std::string& name);
    void attach_scales(const Variable& variable);
    void describe(const Variable& variable, const std::vector<Variable>& siblings, const model::Labels& labels);
    void put(hid_t object, const Attribute& attribute, hid_t list_type);
    void put_text(hid_t object, const char* name, const std::string& text);
    void put_numbers(hid_t object, const char* name, hid_t disk_type, hid_t memory_type, const void* values,
                     std::uint64_t count);
    void write_slab(const std::string& variable, std::uint64_t first, std::uint64_t count, hid_t memory_type,
                    const void* values, std::uint64_t value_count);
    Dataset& dataset(const std::string& path);
    /// Throws with HDF5's own words if a call failed; gives back what it returned otherwise.
    template <typename Result>
    Result check(Result result, std::string_view doing) const {
        if (result < 0) fail(doing);
        return result;
    }
    [[noreturn]] void fail(std::string_view doing) const;

    ErrorPrintingOff quiet_;
    std::string shown_;
    Handle file_;
    std::map<std::string, Handle, std::less<>> groups_;
    std::map<std::string, Dataset, std::less<>> datasets_;  ///< by path: variables, and dimensions without one
    std::uint64_t events_ = 0;
};

}  // namespace sahelsim::output
