#pragma once
// Ownership over HDF5's identifiers, and its errors as text.

#include <mutex>
#include <string>
#include <utility>

#include <hdf5.h>

namespace sahelsim::output {

/// Closes an HDF5 identifier at the end of its life.
class Handle {
   public:
    using Close = herr_t (*)(hid_t);

    Handle() = default;
    Handle(hid_t id, Close close) : id_(id), close_(close) {}
    Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
    Handle& operator=(Handle&& other) noexcept {
        if (this != &other) {
            reset();
            id_ = std::exchange(other.id_, -1);
            close_ = other.close_;
        }
        return *this;
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() { reset(); }

    [[nodiscard]] hid_t id() const { return id_; }

    /// Closes now; what HDF5 answered, so that a failure to write what was still in memory is seen.
    herr_t reset() noexcept {
        const hid_t id = std::exchange(id_, -1);
        return id >= 0 ? close_(id) : 0;
    }

   private:
    hid_t id_ = -1;
    Close close_ = nullptr;
};

/// HDF5 may be built without support for threads: who is called from several takes this first.
[[nodiscard]] std::unique_lock<std::mutex> lock_hdf5();

/// Keeps HDF5 from printing its errors while it lives: they are in the exceptions.
class ErrorPrintingOff {
   public:
    ErrorPrintingOff();
    ErrorPrintingOff(const ErrorPrintingOff&) = delete;
    ErrorPrintingOff& operator=(const ErrorPrintingOff&) = delete;
    ~ErrorPrintingOff();

   private:
    H5E_auto2_t print_ = nullptr;
    void* data_ = nullptr;
};

/// The type of texts, on disk and in memory: UTF-8 of variable length.
[[nodiscard]] Handle text_type();

/// What HDF5's error stack says of the call that just failed, from the call inwards; clears the stack.
[[nodiscard]] std::string hdf5_error();

}  // namespace sahelsim::output
