#include "cli/version_text.h"

#include <CLI/Version.hpp>
#include <Eigen/src/Core/util/Macros.h>
#include <H5public.h>
#include <boost/version.hpp>
#include <fmt/format.h>
#include <oneapi/tbb/version.h>

#include "engine/version.h"

namespace sahelsim::cli {

std::string version_text() {
    return fmt::format(
        "sahelsim {} ({})\n"
        "compiler: {} {}\n"
        "libraries: Boost {}.{}.{}, CLI11 {}, Eigen {}.{}.{}, fmt {}.{}.{}, HDF5 {}.{}.{}, oneTBB {}",
        engine::version(), engine::git_hash(),
#ifdef __clang__
        "Clang",
#else
        "GCC",
#endif
        __VERSION__, BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100, CLI11_VERSION,
        EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION, FMT_VERSION / 10000, FMT_VERSION / 100 % 100,
        FMT_VERSION % 100, H5_VERS_MAJOR, H5_VERS_MINOR, H5_VERS_RELEASE, TBB_runtime_version());
}

}  // namespace sahelsim::cli
