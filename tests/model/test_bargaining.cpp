// Bargaining in the shadow of war against closed forms.

#include <catch2/catch.hpp>

#include "model/bargaining.h"

using namespace sahelsim::model;

namespace {

IssueTerms only(Issue issue, double value) {
    IssueTerms terms{};
    terms[number(issue)] = value;
    return terms;
}

/// Two parties who care about one issue alone; each expects to win with its own probability, at its own cost.
struct TwoParties {
    double first_chance = 0.6;   ///< what the first thinks of its chances
    double second_chance = 0.4;  ///< what the second thinks of its own
    double first_cost = 0.1;
    double second_cost = 0.1;
    double compliance = 1.0;
    double after_first = 0.0;  ///< value of war to the first once the second broke its word

    [[nodiscard]] std::vector<Negotiator> parties() const {
        Negotiator first;
        first.interests.salience = only(Issue::qadis, 1.0);
        first.war_value = first_chance - first_cost;
        first.compliance = compliance;
        first.after = after_first;
        Negotiator second = first;
        second.second = true;
        second.interests.ideal = only(Issue::qadis, 1.0);
        second.war_value = second_chance - second_cost;
        second.compliance = 1.0;
        return {first, second};
    }
};

}  // namespace

TEST_CASE("two parties agree on one issue exactly when the costs of war exceed the gap between their hopes",
          "[dialogue]") {
    // W1 = p1 - c1 and W2 = p2 - c2 leave room for x with 1 - x >= W1 and x >= W2 if c1 + c2 >= p1 + p2 - 1.
    for (const double optimism : {0.0, 0.05, 0.1, 0.15, 0.1999, 0.2001, 0.25, 0.4}) {
        TwoParties two;
        two.first_chance = 0.6 + optimism;
        const auto terms = bargain(two.parties(), 0.5);
        CAPTURE(optimism);
        CHECK(terms.has_value() == (optimism <= 0.2));
        if (!terms) continue;
        const double x = (*terms)[number(Issue::qadis)];
        CHECK(1.0 - x >= two.first_chance - two.first_cost - 1e-9);
        CHECK(x >= two.second_chance - two.second_cost - 1e-9);
    }
}

TEST_CASE("the surplus is shared by power", "[dialogue]") {
    // 1 - x >= 0.5 and x >= 0.3: of the 0.2 between them the second gets its power's share.
    const TwoParties two;
    for (const double power : {0.0, 0.25, 0.5, 1.0}) {
        const auto terms = bargain(two.parties(), power);
        REQUIRE(terms);
        CHECK((*terms)[number(Issue::qadis)] == Approx(0.3 + 0.2 * power));
    }
}

TEST_CASE("who can't be held to his word can't sign, and a guarantee brings the agreement back", "[dialogue]") {
    TwoParties two;
    REQUIRE(bargain(two.parties(), 0.5));
    two.compliance = 0.5;
    CHECK_FALSE(bargain(two.parties(), 0.5));
    // The least that the second accepts leaves 0.7; q 0.7 + (1 - q) after >= 0.5 from q = 5/7 = 0.714 on.
    two.compliance = 0.72;
    CHECK(bargain(two.parties(), 0.5));
    two.compliance = 0.71;
    CHECK_FALSE(bargain(two.parties(), 0.5));
    two.after_first = 0.1;
    CHECK(bargain(two.parties(), 0.5));
}

TEST_CASE("who believes nothing does not sign away what war would keep", "[dialogue]") {
    // With no trust at all every paper is worth as much as war to the first, the second's wishes in full included.
    TwoParties two;
    two.compliance = 0.0;
    two.after_first = two.first_chance - two.first_cost;
    const auto terms = bargain(two.parties(), 0.5);
    REQUIRE(terms);
    CHECK(1.0 - (*terms)[number(Issue::qadis)] >= two.first_chance - two.first_cost - 1e-9);
}

TEST_CASE("issues are traded for each other", "[dialogue]") {
    Negotiator first;
    first.interests.salience[number(Issue::constitution)] = 0.9;
    first.interests.salience[number(Issue::prisoners)] = 0.1;
    Negotiator second;
    second.second = true;
    second.interests.ideal[number(Issue::constitution)] = second.interests.ideal[number(Issue::prisoners)] = 1.0;
    second.interests.salience[number(Issue::constitution)] = 0.1;
    second.interests.salience[number(Issue::prisoners)] = 0.9;
    first.war_value = second.war_value = 0.5;
    const auto terms = bargain({first, second}, 0.5);
    REQUIRE(terms);
    CHECK((*terms)[number(Issue::prisoners)] == Approx(1.0));
    CHECK((*terms)[number(Issue::constitution)] == Approx(0.0).margin(1e-9));
    CHECK(value_of_terms(first, *terms) > 0.85);
    CHECK(value_of_terms(second, *terms) > 0.85);
}

TEST_CASE("a faction with a veto can refuse for all, one without can't", "[dialogue]") {
    auto parties = TwoParties{}.parties();
    Negotiator hardliner = parties[1];
    hardliner.war_value = 0.95;
    hardliner.weight = 0.1;
    parties.push_back(hardliner);
    CHECK_FALSE(bargain(parties, 0.5));
    parties.back().veto = false;
    CHECK(bargain(parties, 0.5));
}

TEST_CASE("higher costs of war never take an agreement away", "[dialogue]") {
    for (int step = 0; step < 20; ++step) {
        TwoParties two;
        two.first_chance = 0.5 + 0.03 * step;
        bool agreed = false;
        for (int cost = 0; cost <= 20; ++cost) {
            two.first_cost = 0.05 * cost;
            const bool now = bargain(two.parties(), 0.5).has_value();
            CHECK((!agreed || now));
            agreed = now;
        }
        CHECK(agreed);
    }
}

TEST_CASE("the bargain has no favourite: swapping the sides mirrors the terms", "[dialogue]") {
    const auto mirrored = [](const IssueTerms& terms) {
        IssueTerms other{};
        for (std::size_t k = 0; k < issue_count; ++k) other[k] = 1.0 - terms[k];
        return other;
    };
    Negotiator first;
    first.interests.salience = {0.3, 0.05, 0.2, 0.15, 0.1, 0.05, 0.1, 0.05};
    first.war_value = 0.45;
    first.compliance = 0.9;
    first.after = 0.4;
    first.after_slope[0] = -0.1;
    Negotiator second;
    second.second = true;
    second.interests.ideal.fill(1.0);
    second.interests.salience = {0.1, 0.3, 0.1, 0.1, 0.12, 0.1, 0.1, 0.08};
    second.war_value = 0.4;
    second.compliance = 0.95;
    second.after = 0.3;
    const auto terms = bargain({first, second}, 0.4);
    REQUIRE(terms);

    auto swapped_first = second;
    swapped_first.second = false;
    swapped_first.interests.ideal = mirrored(second.interests.ideal);
    auto swapped_second = first;
    swapped_second.second = true;
    swapped_second.interests.ideal = mirrored(first.interests.ideal);
    // a + b x = (a + b) - b (1 - x)
    swapped_second.after = first.after + first.after_slope[0];
    swapped_second.after_slope[0] = -first.after_slope[0];
    const auto other = bargain({swapped_first, swapped_second}, 0.6);
    REQUIRE(other);
    const auto expected = mirrored(*terms);
    for (std::size_t k = 0; k < issue_count; ++k) CHECK((*other)[k] == Approx(expected[k]).margin(1e-9));
}
