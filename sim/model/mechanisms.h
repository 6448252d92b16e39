#pragma once
// Rules that a scenario can switch off by name (`mechanisms:`), so that an analyst sees what depends on them.

#include <map>
#include <string>
#include <vector>

namespace sahelsim::model {

struct Mechanisms {
    bool adaptation = true;         ///< effort shifts to what pays
    bool air_power = true;          ///< strikes, air support and the threat of both
    bool control = true;            ///< control follows presence; off: it stays as at the start
    bool gathering = true;          ///< home cells gather into task forces and scatter
    bool harm_to_civilians = true;  ///< off: fights and raids leave civilians unharmed
    bool information = true;        ///< people's tips; off: technical means only
    bool kin_protection = true;     ///< units stay with or stand by people of their own whom provocations threaten
    bool replacement = true;        ///< centres take people on and rotate troops
    bool revenge = true;            ///< provocations pull to retaliate
    bool reactions = true;          ///< harm and rule change grievance, fear and support
    bool recruitment = true;        ///< people join armed groups and form new ones by themselves
    bool desertion = true;          ///< members go home
    bool defection = true;          ///< units change sides
    bool displacement = true;       ///< people flee and return
    bool spread = true;             ///< groups settle in new areas
    bool orders = true;             ///< leaders order spectacular attacks
    bool rivalry = true;            ///< relations of rivals change; off: they stay as stated
    bool land = true;               ///< pasture stress, disputes over land
    bool demography = true;         ///< births and natural deaths
    bool politics = true;           ///< legitimacy moves, coups
    bool partners = true;           ///< foreign forces reckon whether to stay
    bool dialogue = true;           ///< talks between the government and the armed opposition
    bool governance = true;         ///< agents of the state, schools, zakat, how strictly factions rule
    bool leadership = true;         ///< leaders are lost and followed by others
    bool imprisonment = true;       ///< beaten fighters are taken prisoner
    bool local_accords = true;      ///< villages and katibas talk, agree and stand down
};

[[nodiscard]] std::vector<std::string> mechanism_names();

/// The name must be one of mechanism_names().
void switch_mechanism(Mechanisms& mechanisms, const std::string& name, bool on);

}  // namespace sahelsim::model
