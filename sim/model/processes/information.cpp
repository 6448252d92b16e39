#include "model/processes/information.h"

#include "engine/mathematics.h"

namespace sahelsim::model {

void update_information(const Setup& setup, const Parameters& parameters, const Sympathy& sympathy, double elapsed_days,
                        Control& control) {
    const auto& p = parameters.information;
    for (int i = 0; i < setup.communes(); ++i) {
        for (int a = 0; a < setup.actors.authorities; ++a) {
            const double rate = p.tip_rate * engine::power(control.share(i, a), p.control_exponent) *
                                engine::exponential(p.support_weight * static_cast<double>(sympathy.support(i, a)));
            const double total = rate + 1.0 / p.decay_time;
            const double keep = engine::exponential(-total * elapsed_days);
            control.information(i, a) = keep * control.information(i, a) + (1.0 - keep) * rate / total;
        }
    }
}

}  // namespace sahelsim::model
