// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <random>

#include "util/strings.hpp"

namespace strings_test {

using namespace hpcdoc::util;

TEST_CASE("trim takes blanks off both ends only")
{
    CHECK(trim("  a b\t\r\n") == "a b");
    CHECK(trim(" \n ") == "");
    CHECK(trim("") == "");
}

TEST_CASE("split keeps empty parts")
{
    CHECK(split("a,,b", ',') == std::vector<std::string_view>{"a", "", "b"});
    CHECK(split("", ',') == std::vector<std::string_view>{""});
    CHECK(split("a||b|", "||") == std::vector<std::string_view>{"a", "b|"});
    CHECK(split("abc", "") == std::vector<std::string_view>{"abc"});
}

TEST_CASE("lines end with LF or CRLF and the last one needs no end")
{
    CHECK(lines("a\r\n\nb") == std::vector<std::string_view>{"a", "", "b"});
    CHECK(lines("a\n") == std::vector<std::string_view>{"a"});
    CHECK(lines("").empty());
    CHECK(lines("\n") == std::vector<std::string_view>{""});
}

TEST_CASE("replace_all replaces each and does not look at what it put in")
{
    CHECK(replace_all("aXbX", "X", "XX") == "aXXbXX");
    CHECK(replace_all("aa", "", "x") == "aa");
    CHECK(replace_all("", "x", "y") == "");
}

TEST_CASE("letters are compared as ASCII whatever the locale")
{
    CHECK(to_lower("ÄBc-Ü") == "Äbc-Ü");
    CHECK(equal_ignoring_case("SLURM", "slurm"));
    CHECK_FALSE(equal_ignoring_case("slurm", "slur"));
}

TEST_CASE("a number is the whole text or nothing")
{
    CHECK(parse_unsigned("0") == 0u);
    CHECK(parse_unsigned("18446744073709551615") == 18446744073709551615u);
    for (const char* wrong :
         {"", " 1", "1 ", "+1", "-1", "0x1", "1e3", "18446744073709551616", "999999999999999999999999999999"}) {
        CAPTURE(wrong);
        CHECK_FALSE(parse_unsigned(wrong));
    }
    CHECK(parse_signed("-9223372036854775808") == std::numeric_limits<std::int64_t>::min());
    CHECK(parse_signed("+7") == 7);
    CHECK_FALSE(parse_signed("+-7"));
    CHECK_FALSE(parse_signed("+"));
    CHECK(parse_real("1.5") == 1.5);
    for (const char* wrong : {"", "nan", "inf", "1,5", "1.5x", "1e999"}) {
        CAPTURE(wrong);
        CHECK_FALSE(parse_real(wrong));
    }
}

TEST_CASE("UTF-8 is checked strictly")
{
    CHECK(valid_utf8("añ€😀"));
    for (const char* wrong :
         {"\x80", "\xc0\xaf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf5", "a\xc3"}) {
        CHECK_FALSE(valid_utf8(wrong));
    }
}

TEST_CASE("printable shows what would steer a terminal or deceive a reader")
{
    CHECK(printable("a\x1b[31mb") == "a\\x1b[31mb");
    CHECK(printable("a\tb\nc") == "a\tb\\x0ac");
    CHECK(printable("a\nb", true) == "a\nb");
    CHECK(printable("\r") == "\\x0d");
    CHECK(printable(std::string_view("\0", 1)) == "\\x00");
    CHECK(printable("\x7f\xc2\x9b") == "\\x7f\\x9b");
    CHECK(printable("a\u202eb\u2066") == "a\\u202eb\\u2066");
    CHECK(printable("\U000e0041") == "\\U000e0041");
    CHECK(printable("\xff"
                    "a\xe2\x82") == "\ufffda\ufffd");
    CHECK(printable("grüße 漢字 👩‍🔬") == "grüße 漢字 👩‍🔬");
}

TEST_CASE("strip_ansi takes escape sequences out and leaves the text")
{
    CHECK(strip_ansi("\x1b[1;31mred\x1b[0m") == "red");
    CHECK(strip_ansi("\x1b]0;title\x07text\x1b]8;;http://x\x1b\\link") == "textlink");
    CHECK(strip_ansi("\x1b(Ba\x1b=b\x1b") == "ab");
    CHECK(strip_ansi("\xc2\x9b"
                     "31mred") == "red");
    CHECK(strip_ansi("\x1b]0;never ended\nnext line") == "\nnext line");
    CHECK(strip_ansi("\x1b[31\nnext") == "\nnext");
    CHECK(strip_ansi("plain [31m") == "plain [31m");
}

TEST_CASE("strip_ansi keeps what a progress bar showed last")
{
    CHECK(strip_ansi(" 10%\r 50%\r100%\nError: x\r\n") == "100%\nError: x\n");
    CHECK(strip_ansi("a\rb\r") == "b");
}

TEST_CASE("width counts columns and not bytes")
{
    CHECK(display_width("abc") == 3);
    CHECK(display_width("漢字") == 4);
    CHECK(display_width("e\u0301") == 1);
    CHECK(display_width("😀") == 2);
    CHECK(display_width("ｆ") == 2);
    CHECK(display_width("\xff") == 1);
    CHECK(display_width("") == 0);
}

TEST_CASE("shorten cuts to columns and says that it did")
{
    CHECK(shorten("abcdef", 6) == "abcdef");
    CHECK(shorten("abcdef", 4) == "abc…");
    CHECK(shorten("abcdef", 5, false) == "ab...");
    CHECK(shorten("漢字漢", 4) == "漢…");
    CHECK(shorten("e\u0301e\u0301e\u0301", 2) == "e\u0301…");
    CHECK(shorten("abc", 0) == "");
    CHECK(shorten("abcdef", 2, false) == "..");
}

TEST_CASE("wrap fills lines and leaves long words whole")
{
    CHECK(wrap("one two three four", 9) == "one two\nthree\nfour");
    CHECK(wrap("one two three four", 10, "  ") == "one two\n  three\n  four");
    CHECK(wrap("a/very/long/path b", 5) == "a/very/long/path\nb");
    CHECK(wrap("  a \n  b ", 20) == "a b");
    CHECK(wrap("", 10) == "");
}

TEST_CASE("a word is quoted for a shell only if it must be")
{
    CHECK(shell_quote("--mem=4G") == "--mem=4G");
    CHECK(shell_quote("") == "''");
    CHECK(shell_quote("a b") == "'a b'");
    CHECK(shell_quote("it's") == "'it'\\''s'");
    CHECK(shell_quote("$(reboot)") == "'$(reboot)'");
    CHECK(shell_quote("~") == "'~'");
    CHECK(shell_quote("=ls") == "'=ls'");
}

TEST_CASE("edit distance counts a swap of neighbours as one")
{
    CHECK(edit_distance("", "abc") == 3);
    CHECK(edit_distance("job", "jbo") == 1);
    CHECK(edit_distance("ca", "abc") == 3);
    CHECK(edit_distance("kitten", "sitting") == 3);
}

TEST_CASE("nearest finds a slip of the finger and guesses nothing else")
{
    const std::vector<std::string> names{"job", "bundle", "explain", "list", "quota"};
    CHECK(nearest("jbo", names) == "job");
    CHECK(nearest("explian", names) == "explain");
    CHECK(nearest("BUNDEL", names) == "bundle");
    CHECK_FALSE(nearest("restore", names));
    CHECK_FALSE(nearest("", names));
    CHECK_FALSE(nearest("xy", std::vector<std::string>{"ab", "c"}));
}

TEST_CASE("base64 goes both ways and refuses what no encoder writes")
{
    CHECK(base64_encode("") == "");
    CHECK(base64_encode("f") == "Zg==");
    CHECK(base64_encode("fo") == "Zm8=");
    CHECK(base64_encode("foo") == "Zm9v");
    std::mt19937 random(1);
    for (int i = 0; i < 200; ++i) {
        std::string bytes(random() % 50, '\0');
        for (char& c : bytes) {
            c = static_cast<char>(random());
        }
        CHECK(base64_decode(base64_encode(bytes)) == bytes);
    }
    for (const char* wrong : {"Zg", "Zg=", "Zh==", "Z===", "====", "Z=g=", "Zm9\n", "Zm-_"}) {
        CAPTURE(wrong);
        CHECK_FALSE(base64_decode(wrong));
    }
}

TEST_CASE("no function of text fails on random bytes")
{
    std::mt19937 random(2);
    constexpr std::string_view k_nasty = "\x1b[];\x9b\xc2\xe2\xf0\r\n\a\\ a0%m";
    for (int i = 0; i < 3000; ++i) {
        std::string text(random() % 40, '\0');
        for (char& c : text) {
            c = random() % 3 == 0 ? static_cast<char>(random()) : k_nasty[random() % k_nasty.size()];
        }
        const std::string safe = printable(text);
        CHECK(valid_utf8(safe));
        CHECK(safe.find('\x1b') == std::string::npos);
        CHECK(display_width(shorten(safe, 7)) <= 7);
        CHECK(strip_ansi(text).find("\x1b[") == std::string::npos);
        wrap(text, 5, "  ");
    }
}

} // namespace strings_test
