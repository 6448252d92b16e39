#include "scenario/csv.h"

#include <memory>

#include <fmt/format.h>

namespace sahelsim::scenario {

namespace {

class Reader {
   public:
    Reader(std::string_view text, const std::string& shown)
        : text_(text), file_(std::make_shared<const std::string>(shown)) {}

    [[nodiscard]] bool done() const { return at_ == text_.size(); }

    /// The fields of the next row; a row ends with its line, quoted line breaks aside. `most`: fields kept at all.
    /// Returns false after a malformed field, which ends the file.
    bool next(std::vector<Field>& fields, std::size_t most, Problems& problems) {
        fields.clear();
        count_ = 0;
        while (true) {
            Field field{{}, {file_, line_, column()}};
            if (!take_field(field.text, problems)) return false;
            if (fields.size() < most) fields.push_back(std::move(field));
            ++count_;
            if (done() || take_line_end()) return true;
            ++at_;  // the comma
        }
    }

    /// Fields of the last row, those that were not kept included.
    [[nodiscard]] std::size_t count() const { return count_; }

   private:
    [[nodiscard]] int column() const { return static_cast<int>(at_ - line_start_) + 1; }

    [[nodiscard]] bool at_end_of_field() const {
        return done() || text_[at_] == ',' || text_[at_] == '\n' || text_.substr(at_).starts_with("\r\n");
    }

    bool take_line_end() {
        if (text_.substr(at_).starts_with("\r\n")) ++at_;
        if (text_[at_] != '\n') return false;
        ++at_;
        start_line();
        return true;
    }

    void start_line() {
        ++line_;
        line_start_ = at_;
    }

    bool malformed(Problems& problems, const std::string& found, const std::string& expected) const {
        problems.add({*file_, line_, column()}, "", found, expected);
        return false;
    }

    bool take_field(std::string& field, Problems& problems) {
        return !done() && text_[at_] == '"' ? take_quoted(field, problems) : take_plain(field, problems);
    }

    bool take_plain(std::string& field, Problems& problems) {
        const auto start = at_;
        while (!at_end_of_field()) {
            if (text_[at_] == '"') {
                return malformed(problems, "a quote inside a field",
                                 "the whole field in quotes, with quotes inside doubled");
            }
            if (text_[at_] == '\r')
                return malformed(problems, "a carriage return alone", "lines that end in LF or CRLF");
            ++at_;
        }
        field = text_.substr(start, at_ - start);
        return true;
    }

    bool take_quoted(std::string& field, Problems& problems) {
        const Location opened{*file_, line_, column()};
        for (++at_; !done(); ++at_) {
            const char c = text_[at_];
            if (c == '"') {
                if (++at_ == text_.size() || text_[at_] != '"') return ends_cleanly(problems);
            }
            field += c;
            if (c == '\n') {
                ++line_;
                line_start_ = at_ + 1;
            }
        }
        problems.add(opened, "", "a quote that is never closed", "a closing quote");
        return false;
    }

    bool ends_cleanly(Problems& problems) const {
        return at_end_of_field() || malformed(problems, "text after a closing quote", "a comma or the end of the line");
    }

    std::string_view text_;
    std::shared_ptr<const std::string> file_;
    std::size_t at_ = 0;
    std::size_t line_start_ = 0;
    std::size_t count_ = 0;
    int line_ = 1;
};

bool header_is(const std::vector<Field>& header, std::size_t count, const std::vector<std::string>& columns) {
    if (count != columns.size()) return false;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (header[i].text != columns[i]) return false;
    }
    return true;
}

std::string names(const std::vector<Field>& header) {
    std::vector<std::string> texts;
    for (const auto& field : header) texts.push_back(field.text);
    return fmt::format("{}", fmt::join(texts, ","));
}

}  // namespace

void read_csv(std::string_view text, const std::string& shown, const std::vector<std::string>& columns,
              Problems& problems, const std::function<void(const std::vector<Field>&)>& row) {
    Reader reader(text, shown);
    std::vector<Field> fields;
    const std::size_t most = columns.size() + 1;
    if (!reader.next(fields, most, problems)) return;
    if (!header_is(fields, reader.count(), columns)) {
        problems.add({shown, 1, 1}, "", "the header " + in_quotes(names(fields)),
                     fmt::format("exactly {}", fmt::join(columns, ",")));
        return;
    }
    while (!reader.done() && !problems.full()) {
        if (!reader.next(fields, most, problems)) return;
        if (reader.count() == columns.size()) {
            row(fields);
        } else {
            problems.add(fields.front().where.location(), "", fmt::format("{} fields", reader.count()),
                         fmt::format("{}, as in the header", columns.size()));
        }
    }
}

std::string csv_field(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string field = "\"";
    for (const char c : text) {
        if (c == '"') field += '"';
        field += c;
    }
    return field + '"';
}

}  // namespace sahelsim::scenario
