# SPDX-License-Identifier: Apache-2.0
"""A FUSE mount that answers nothing, as a file server that has gone; in a mount namespace of its own."""
import ctypes
import os
import struct

NEW_NAMESPACE, PRIVATE, NO_SUID_NO_DEV, DETACH = 0x20000, 0x44000, 6, 2


def mount_dead(test, point):
    """Mounts it on the directory `point` until the test ends; skips the test where that is not allowed."""
    libc = ctypes.CDLL(None, use_errno=True)
    try:
        fd = os.open("/dev/fuse", os.O_RDWR)
    except OSError as error:
        test.skipTest(f"no FUSE: {error}")
    test.addCleanup(os.close, fd)
    options = f"fd={fd},rootmode=40000,user_id=0,group_id=0,allow_other".encode()
    if libc.unshare(NEW_NAMESPACE) or libc.mount(None, b"/", None, PRIVATE, None) or libc.mount(b"dead", bytes(point), b"fuse", NO_SUID_NO_DEV, options):
        test.skipTest(f"cannot mount: {os.strerror(ctypes.get_errno())}")
    test.addCleanup(libc.umount2, bytes(point), DETACH)
    unique = struct.unpack_from("<IIQ", os.read(fd, 1 << 20))[2]  # FUSE_INIT is answered, and nothing after it
    os.write(fd, struct.pack("<IiQ", 80, 0, unique) + struct.pack("<IIIIHHI", 7, 31, 0, 0, 0, 0, 4096) + b"\0" * 40)


def mount_small(test, point, size):
    """A file system of `size` on `point`, in a mount namespace of its own."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(NEW_NAMESPACE) or libc.mount(None, b"/", None, PRIVATE, None) or libc.mount(b"small", bytes(point), b"tmpfs", 0, f"size={size},mode=1777".encode()):
        test.skipTest(f"cannot mount: {os.strerror(ctypes.get_errno())}")
    test.addCleanup(libc.umount2, bytes(point), DETACH)
