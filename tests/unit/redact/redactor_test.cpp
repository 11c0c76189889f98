// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <filesystem>
#include <thread>

#include <hpcdoc/redact.hpp>

#include "examples.hpp"
#include "temp_dir.hpp"
#include "util/strings.hpp"

namespace redactor_test {

using namespace hpcdoc;

namespace {

Redactor fresh()
{
    Result<Redactor> loaded = Redactor::load(std::vector{std::filesystem::path(HPCDOC_SOURCE_DIR) / "share/hpcdoc/redact"});
    REQUIRE_MESSAGE(loaded, (loaded ? "" : loaded.error().message));
    return std::move(*loaded);
}

std::string clean(std::string_view text)
{
    const Redactor redactor = fresh();
    const Result<std::string> cleaned = redactor.clean(text);
    REQUIRE(cleaned);
    return *cleaned;
}

std::string expanded(std::string_view text)
{
    test::Examples examples;
    return examples.expand(text);
}

std::string key_body(std::string_view line_end)
{
    test::Examples examples;
    std::string body;
    for (int line = 0; line < 5; ++line) {
        body += examples.expand("{base64:64}") + std::string(line_end);
    }
    return body;
}

const std::string k_begin = "-----BEGIN RSA PRIVATE" " KEY-----";
const std::string k_end = "-----END RSA PRIVATE" " KEY-----";

} // namespace

TEST_CASE("a private key goes from BEGIN to END, in any form of line ends")
{
    CHECK(clean("a\n" + k_begin + "\n" + key_body("\n") + k_end + "\nb") == "a\n[REDACTED:private-key#1]\nb");
    CHECK(clean("\"" + k_begin + "\\n" + key_body("\\n") + k_end + "\\n\"") == "\"[REDACTED:private-key#1]\\n\"");
    CHECK(clean(k_begin + "\r\nProc-Type: 4,ENCRYPTED\r\nDEK-Info: AES-128-CBC,00\r\n\r\n" + key_body("\r\n") + k_end) == "[REDACTED:private-key#1]");
    CHECK(clean("-----BEGIN PGP PRIVATE" " KEY BLOCK-----\n\n" + key_body("\n") + "-----END PGP PRIVATE" " KEY BLOCK-----\n") == "[REDACTED:private-key#1]\n");
    CHECK(clean("x\n-----BEGIN OPENSSH PRIVATE" " KEY-----\n" + key_body("\n") + "-----END OPENSSH PRIVATE" " KEY-----") == "x\n[REDACTED:private-key#1]");
}

TEST_CASE("a private key that was cut off is taken out too")
{
    CHECK(clean("a\n" + k_begin + "\n" + key_body("\n")) == "a\n[REDACTED:private-key#1]");
    CHECK(clean("plain words\n" + key_body("\n") + k_end + "\nb") == "plain words\n[REDACTED:private-key#1]\nb");
    CHECK(clean(key_body("\\n") + k_end) == "[REDACTED:private-key#1]");
}

TEST_CASE("of a PuTTY key the private lines go")
{
    const std::string head = "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPublic-Lines: 1\nAAAAC3Nz\n";
    CHECK(clean(head + "Private-Lines: 2\n" + key_body("\n") + "Private-MAC: 0123456789abcdef\nafter\n") == head + "[REDACTED:private-key#1]\nafter\n");
    CHECK(clean(head + "Private-Lines: 2\n" + key_body("\n")) == head + "[REDACTED:private-key#1]");
}

TEST_CASE("names and words behind an escape are found")
{
    const std::string token = expanded("hf_{alnum:34}"), value = expanded("{alnum:20}");
    for (const std::string& text : {std::string("a\\n") + token, "x%3D" + token, "\x1b[1;31m" + token + "\x1b[0m", "\\u0022" + token + "\\u0022", "a\\npassword=" + value,
                                    "x%26password%3D" + value + "%26y", "\x1b[31mpassword: " + value, "%22api_token%22%3A%20%22" + value + "%22", "\x1b[1;32mTOKEN=" + value}) {
        CAPTURE(text);
        const std::string cleaned = clean(text);
        CHECK_FALSE(util::contains(cleaned, token));
        CHECK_FALSE(util::contains(cleaned, value));
        CHECK(clean(cleaned) == cleaned);
    }
}

TEST_CASE("a private key that is only spoken of stays")
{
    const std::string text = "expected " + k_begin + " at the start\nand " + k_end + " at the end, see sshd(8)\n";
    CHECK(clean(text) == text);
    CHECK(clean("-----BEGIN CERTIFICATE-----\n" + key_body("\n") + "-----END CERTIFICATE-----\n").starts_with("-----BEGIN CERTIFICATE-----"));
}

TEST_CASE("a named secret is taken out in every way of writing it")
{
    const std::string secret = expanded("{alnum:20}");
    for (const char* form : {"HF_TOKEN=%", "export HF_TOKEN=%", "+ export WANDB_API_KEY=%", "declare -x DB_PASSWORD=\"%\"", "setenv API_KEY %", "AWS_SECRET_ACCESS_KEY = %",
                             "{\"password\": \"%\"}", "{\\\"password\\\": \\\"%\\\"}", "{'clientSecret': '%'}", "password: %", "  - api_key: \"%\"", "--password=%",
                             "--token %", "--api-key '%'", "<password>%</password>", "StoragePass=%", "AccountingStoragePass=%", "JobCompPass=%", "MYSQL_PWD=%", "PGPASSWORD=% psql",
                             "APPTAINER_DOCKER_PASSWORD=%", "my.db.password=%", "secret_key=%", "auth-token: %", "srun --export=ALL,TOKEN=%,FOO=1", "ACCESS_TOKEN:=%",
                             "SSHPASS=% ssh x", "GITHUB_PASSWORD='%", "Environment=DB_PASSWORD=%", "jwt=%", "url?token=%&x=1", "token => %"}) {
        const std::string text = util::replace_all(form, "%", secret);
        CAPTURE(text);
        const std::string cleaned = clean(text);
        CHECK(cleaned.find(secret) == std::string::npos);
        CHECK(cleaned.find("[REDACTED:") != std::string::npos);
        CHECK(clean(cleaned) == cleaned);
    }
    CHECK(clean("DB_PASSWORD=correct horse battery\nX=1") == "DB_PASSWORD=[REDACTED:named-secret#1]\nX=1");
    CHECK(clean("a TOKEN=abc123def,FOO=1") == "a TOKEN=[REDACTED:named-secret#1],FOO=1");
    CHECK(clean("password='two words'; next") == "password='[REDACTED:named-secret#1]'; next");
}

TEST_CASE("what is no secret stays as it is")
{
    for (const char* text : {
             "TOKENIZERS_PARALLELISM=true", "HF_TOKEN_PATH=/home/alice/.cache/token", "AccountingStoragePass=/var/run/munge/global.socket.2", "max_num_tokens=4096",
             "num_tokens: 4096, tokens_per_second: 33.1", "commit 3b18e512dba79e4c8300dd08aeb37f8e728b8dad", "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
             "uuid 123e4567-e89b-12d3-a456-426614174000", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ2hY1Xo5mK8Qw3Zr7Nf4Vt6Bs9Cp0DqLuEjFgHkMnOx alice@login",
             "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQDZ alice", "numpy-1.26.4-py311h64a7726_0", "/opt/spack/gcc-12.2.0/openmpi-4.1.6-k3fy5zq7ckz4i3h2m6y2tq4a5x6b7c8d",
             "IIIIIIIIIIHHHHHHHGGGGFFFFF@@@?A?>>>===", "@hf_ggggggghhhhhhhhhhhhhhhhhhhhhhhhhhhhgg", "0x506b4b0300c5b3a2 GUID", "node port guid: 0xb8599f0300b11a2e",
             "PASSWORD=$SECRET", "password=${DB_PASSWORD}", "token: expired", "Invalid token: foo", "SyntaxError: unexpected token '<'", "password: ********", "password=None",
             "api_key=api_key", "token = get_token()", "password=os.environ[\"X\"]", "password = getpass.getpass()", "secret: <hidden>", "PASS: test_scan_42", "FAIL 2, PASS 30",
             "AWS_ACCESS_KEY_ID_FILE=/x", "SECRET_NAME=my-secret", "--token-file /home/x/tok", "use --token to log in", "pass=2 fail=0", "public_key=abcdefgh12345678", "keying=abcdef123456",
             "Enter password: ", "(null)", "SLURM_JOB_ID=4242", "KEY=value", "key: 7", "compass=north1234", "bypass=yes1234567", "monkey=banana123", "TOKEN=", "cookie", "secret_name: x",
             "AuthInfo=socket=/var/run/munge/munge.socket.2", "JobCompPass=(null)", "StoragePass=****", "password_file=/etc/x", "credential.helper=store", "gpg: public key is AB12CD34"}) {
        CAPTURE(text);
        CHECK(clean(text) == text);
    }
}

TEST_CASE("one secret has one number, another another")
{
    const Redactor redactor = fresh();
    CHECK(*redactor.clean("TOKEN=abc123def and TOKEN=xyz789uvw and TOKEN=abc123def") ==
          "TOKEN=[REDACTED:named-secret#1] and TOKEN=[REDACTED:named-secret#2] and TOKEN=[REDACTED:named-secret#1]");
    CHECK(*redactor.clean("password=\"xyz789uvw\"") == "password=\"[REDACTED:named-secret#2]\"");
}

TEST_CASE("a known value is taken out in every encoding")
{
    Redactor redactor = fresh();
    const std::string value = "p@ss/w\"rd +é!9";
    redactor.know(value + "\n");
    for (const std::string& text : {value, std::string("p@ss/w\\\"rd +é!9"), std::string("p@ss\\/w\\\"rd +é!9"), std::string("p%40ss%2Fw%22rd%20%2B%C3%A9%219"),
                                    std::string("p%40ss%2fw%22rd+%2b%c3%a9%219"), util::base64_encode(value), util::base64_encode("x" + value + "y"),
                                    util::base64_encode("ab" + value), util::base64_encode("user:" + value)}) {
        CAPTURE(text);
        const std::string cleaned = *redactor.clean("see " + text + " there");
        CHECK(cleaned.find("[REDACTED:") != std::string::npos);
        CHECK(cleaned.find("#1]") != std::string::npos);
        CHECK(cleaned.find(text) == std::string::npos);
    }
}

TEST_CASE("values that stand everywhere are not taken for secrets")
{
    Redactor redactor = fresh();
    for (const char* value : {"", "short", "password", "/home/alice", "12345678", "~/x/y/zzzzzz"}) {
        redactor.know(value);
    }
    CHECK(*redactor.clean("my password is in /home/alice/x, id 12345678") == "my password is in /home/alice/x, id 12345678");
}

TEST_CASE("names of secrets are told from names about them")
{
    for (const char* name : {"TOKEN", "HF_TOKEN", "clientSecret", "aws-secret-access-key", "MYSQL_PWD", "PGPASSWORD", "SLURM_JWT", "my.api.key", "ACCOUNT_KEYS", "ldap_default_authtok", "db_pass"}) {
        CAPTURE(name);
        CHECK(Redactor::secret_name(name));
    }
    for (const char* name : {"", "TOKENS", "max_num_tokens", "TOKENIZERS_PARALLELISM", "HF_TOKEN_PATH", "SECRET_FILE", "API_KEY_ID", "PUBLIC_KEY", "KEY", "COMPASS", "PWD", "OLDPWD", "SSH_AUTH_SOCK", "PASS_COUNT"}) {
        CAPTURE(name);
        CHECK_FALSE(Redactor::secret_name(name));
    }
}

TEST_CASE("files that hold nothing but secrets are never opened")
{
    for (const char* file : {"/home/a/.ssh/id_ed25519", "/home/a/.ssh/work_key", "/etc/munge/munge.key", "/home/a/.netrc", "/home/a/.aws/credentials", "/tmp/krb5cc_1000", "/home/a/x.pem",
                             "/home/a/.config/gcloud/x.db", "/home/a/.bash_history", "/scratch/core.1234", "/proc/17/environ", "/etc/ssh/ssh_host_ed25519_key", "/home/a/.ssh/../.ssh/id_rsa",
                             "/home/a/.docker/config.json", "/home/a/.gnupg/private-keys-v1.d/x", "/etc/shadow"}) {
        CAPTURE(file);
        CHECK(Redactor::never_open(file));
    }
    for (const char* file : {"/home/a/.ssh/config", "/home/a/.ssh/known_hosts", "/home/a/.ssh/id_rsa.pub", "/etc/slurm/slurm.conf", "/home/a/slurm-1.out", "/proc/self/environ", "/home/a/core_utils.py",
                             "/home/a/keyboard.txt", "/etc/ssh/sshd_config", "/home/a/core.py"}) {
        CAPTURE(file);
        CHECK_FALSE(Redactor::never_open(file));
    }
}

TEST_CASE("a wrong rule, or none at all, is an error and no text")
{
    const test::TempDir dir;
    const Result<Redactor> none = Redactor::load(std::vector{dir.path()});
    REQUIRE_FALSE(none);
    CHECK(none.error().message == "no redaction rules in '" + dir.path().string() + "'");
    dir.write("a.toml", "[[rule]]\nid = 'x'\ncontains = ['tok']\npattern = '('\n");
    const Result<Redactor> wrong = Redactor::load(std::vector{dir.path()});
    if (wrong) {
        const Result<std::string> cleaned = wrong->clean("a tok b");
        REQUIRE_FALSE(cleaned);
        CHECK(cleaned.error().message.find("a.toml:4:11: wrong pattern: ") != std::string::npos);
    } else {
        CHECK(wrong.error().message.find("a.toml:4:11: wrong pattern: ") != std::string::npos);
    }
    dir.write("a.toml", "[[rule]]\nid = 'x'\ncontain = ['tok']\npattern = 'x'\n");
    CHECK(Redactor::load(std::vector{dir.path()}).error().message.find("a.toml:3:1: a redaction rule has no key 'contain'") != std::string::npos);
}

TEST_CASE("a text of any bytes comes through, in linear time")
{
    const Redactor redactor = fresh();
    std::string bytes;
    for (int round = 0; round < 400; ++round) {
        for (int byte = 0; byte < 256; ++byte) {
            bytes += static_cast<char>(byte);
        }
    }
    CHECK(redactor.clean(bytes));
    for (const std::string_view piece : {"token=", "token", "\\\"", "PRIVATE" " KEY", "-----BEGIN PRIVATE" " KEY", "-----END RSA PRIVATE" " KEY-----\n", "-----END RSA PRIVATE" " KEY-----", "://a:b", "password: ", "--password ", "\"key\":\"", "eyJ.ey", "token:", "token=$", "token=${", "token=os.x(", "--token=$X,", "password=\\\"", "<token>", "curl -u a:$b ", "PuTTY-User-Key-File-", "-----BEGIN RSA PRIVATE" " KEY-----\n", ";;;;token=", "%3D%3Atoken%3D", "eyJhbGciOiJI.", "ghp_", "hf_aaaaaaaaaaaaaaaa"}) {
        CAPTURE(piece);
        std::string text;
        while (text.size() < 200'000) {
            text += piece;
        }
        CHECK(redactor.clean(text));
    }
}

TEST_CASE("several threads may use one redactor")
{
    const Redactor redactor = fresh();
    std::vector<std::thread> threads;
    std::atomic<int> good = 0;
    for (int at = 0; at < 4; ++at) {
        threads.emplace_back([&redactor, &good] {
            for (int round = 0; round < 50; ++round) {
                good += redactor.clean("TOKEN=abc123def").value_or("") == "TOKEN=[REDACTED:named-secret#1]" ? 1 : 0;
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    CHECK(good == 200);
}

} // namespace redactor_test
