#include "model/processes/information.h"

#include <algorithm>

#include "engine/mathematics.h"

namespace sahelsim::model {

namespace {

double fear_of_others(const Setup& setup, const Sympathy& sympathy, int place, int authority) {
    double most = 0.0;
    for (int side = 0; side < setup.actors.sides; ++side) {
        if (side != setup.actors.side_of_authority[static_cast<std::size_t>(authority)])
            most = std::max(most, static_cast<double>(sympathy.fear(place, side)));
    }
    return most;
}

}  // namespace

void update_information(const Setup& setup, const Parameters& parameters, const Sympathy& sympathy, double elapsed_days,
                        Control& control) {
    const auto& p = parameters.information;
    const double silence = parameters.people.reactions.fear_silence;
    const double kept_untold = engine::exponential(-(1.0 / p.decay_time) * elapsed_days);
    for (int i = 0; i < setup.communes(); ++i) {
        for (int a = 0; a < setup.actors.authorities; ++a) {
            if (control.share(i, a) <= 0.0 && p.control_exponent > 0.0) {  // nobody tells anything
                control.information(i, a) *= kept_untold;
                continue;
            }
            const double rate = p.tip_rate * engine::power(control.share(i, a), p.control_exponent) *
                                engine::exponential(p.support_weight * static_cast<double>(sympathy.support(i, a)) -
                                                    silence * fear_of_others(setup, sympathy, i, a));
            const double total = rate + 1.0 / p.decay_time;
            const double keep = engine::exponential(-total * elapsed_days);
            control.information(i, a) = keep * control.information(i, a) + (1.0 - keep) * rate / total;
        }
    }
}

}  // namespace sahelsim::model
