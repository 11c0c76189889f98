// SPDX-License-Identifier: Apache-2.0
// A FUSE mount whose server takes every request and answers none: what a dead file server looks like. A process that
// touches it sleeps uninterruptibly. Needs root and /dev/fuse; without them mounted() is false and a test is skipped.
#pragma once

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <string>

#include <fcntl.h>
#include <linux/fuse.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace hpcdoc::test {

class DeadMount {
public:
    explicit DeadMount(std::filesystem::path point) : m_point(std::move(point))
    {
        std::filesystem::create_directories(m_point);
        const int fd = ::open("/dev/fuse", O_RDWR | O_CLOEXEC);
        if (fd < 0) {
            return;
        }
        const std::string options = "fd=" + std::to_string(fd) + ",rootmode=40000,user_id=0,group_id=0,allow_other";
        m_mounted = ::mount("dead", m_point.c_str(), "fuse", MS_NOSUID | MS_NODEV, options.c_str()) == 0;
        if (m_mounted) {
            m_server = ::fork();
            if (m_server == 0) {
                serve(fd);
            }
        }
        ::close(fd);
    }
    ~DeadMount()
    {
        if (!m_mounted) {
            return;
        }
        ::kill(m_server, SIGKILL); // its end closes the connection and wakes all that were stuck
        ::waitpid(m_server, nullptr, 0);
        ::umount2(m_point.c_str(), MNT_DETACH);
    }
    DeadMount(const DeadMount&) = delete;
    DeadMount& operator=(const DeadMount&) = delete;

    bool mounted() const { return m_mounted; }
    const std::filesystem::path& point() const { return m_point; }

private:
    [[noreturn]] static void serve(int fd)
    {
        static std::array<char, 1 << 20> buffer;
        while (true) {
            const ssize_t count = ::read(fd, buffer.data(), buffer.size());
            if (count < 0 && errno != EINTR && errno != EAGAIN && errno != ENOENT) {
                ::_exit(0);
            }
            struct fuse_in_header request = {};
            if (count < static_cast<ssize_t>(sizeof request)) {
                continue;
            }
            std::memcpy(&request, buffer.data(), sizeof request);
            if (request.opcode == FUSE_INIT) {
                answer_init(fd, request.unique);
            }
        }
    }
    static void answer_init(int fd, std::uint64_t unique)
    {
        struct {
            struct fuse_out_header header;
            struct fuse_init_out init;
        } answer = {};
        answer.header.len = sizeof answer;
        answer.header.unique = unique;
        answer.init.major = FUSE_KERNEL_VERSION;
        answer.init.minor = FUSE_KERNEL_MINOR_VERSION;
        answer.init.max_write = 4096;
        [[maybe_unused]] const ssize_t count = ::write(fd, &answer, sizeof answer);
    }

    std::filesystem::path m_point;
    bool m_mounted = false;
    pid_t m_server = -1;
};

} // namespace hpcdoc::test
