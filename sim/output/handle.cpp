#include "output/handle.h"

#include <vector>

namespace sahelsim::output {

namespace {

extern "C" herr_t collect_error(unsigned /*depth*/, const H5E_error2_t* error, void* texts) {
    static_cast<std::vector<std::string>*>(texts)->emplace_back(error->desc != nullptr ? error->desc : "");
    return 0;
}

/// After a failed write (a full disk) HDF5 1.10 crashes in what it does at the end of a process: it tries once more to
/// write what it could not. Handles close everything, so that nothing is left to do then. Works before HDF5's first use.
void leave_nothing_to_exit() {
    [[maybe_unused]] static const herr_t once = H5dont_atexit();
}

}  // namespace

std::unique_lock<std::mutex> lock_hdf5() {
    static std::mutex mutex;
    return std::unique_lock(mutex);
}

ErrorPrintingOff::ErrorPrintingOff() {
    leave_nothing_to_exit();
    H5Eget_auto2(H5E_DEFAULT, &print_, &data_);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

ErrorPrintingOff::~ErrorPrintingOff() {
    H5Eset_auto2(H5E_DEFAULT, print_, data_);
}

Handle text_type() {
    Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
    H5Tset_size(type.id(), H5T_VARIABLE);
    H5Tset_cset(type.id(), H5T_CSET_UTF8);
    return type;
}

std::string hdf5_error() {
    std::vector<std::string> texts;
    // Downward: from the function that the program called to the place where it went wrong.
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_DOWNWARD, collect_error, &texts);
    H5Eclear2(H5E_DEFAULT);
    std::string joined;
    for (const auto& text : texts) {
        if (text.empty()) continue;
        if (!joined.empty()) joined += ": ";
        joined += text;
    }
    return joined.empty() ? "unknown HDF5 error" : joined;
}

}  // namespace sahelsim::output
