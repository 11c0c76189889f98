// SPDX-License-Identifier: Apache-2.0
// HPCDOC_TEST_SANITIZED: 1 when compiled with the address sanitizer. Its allocator keeps locks over fork() that the C
// library's releases in the child, so a test that forks while other threads allocate may stand still under it.
#pragma once

#if defined(__SANITIZE_ADDRESS__)
#define HPCDOC_TEST_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HPCDOC_TEST_SANITIZED 1
#endif
#endif

#ifndef HPCDOC_TEST_SANITIZED
#define HPCDOC_TEST_SANITIZED 0
#endif
